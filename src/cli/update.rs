//! `schemavet snapshot --update`: writes what is there back into a spec that exists.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use clap::Args;

use super::checking::settle;
use super::{files, reading};
use crate::check::{self, Options};
use crate::equivalence::Equivalence;
use crate::error::{Error, Result, tell};
use crate::finding::{self, Change, Finding, Level, Rule};
use crate::model::{Database, Object, Sequence, covers_object};
use crate::source::{Reading, Server, Source};
use crate::spec::Spec;

/// How often a spec is brought up to date at most: a change may bring others to light, as where shapes are paired anew.
const ROUNDS: usize = 8;

/// What `--update` adds to a snapshot.
#[derive(Debug, Args)]
pub(super) struct Update {
    /// Write what differs back into this spec instead, and leave everything else in it as it is: comments, order, files.
    #[arg(long = "update", value_name = "SPEC", num_args = 1.., conflicts_with_all = ["schema", "roles", "platform", "output"])]
    specs: Vec<PathBuf>,
    /// With --update: only objects of this dotted name and what is in them, as `ignore` of a spec has them ("auth.*",
    /// "index public.users.*"). May be given several times.
    #[arg(long, value_name = "GLOB", requires = "specs")]
    only: Vec<String>,
    /// With --update: show the difference and write nothing; exit with 1 if there is one.
    #[arg(long, requires = "specs")]
    dry_run: bool,
}

/// A finding that stays, with the reason.
type Left = (Finding, String);

impl Update {
    pub(super) fn is_asked_for(&self) -> bool {
        !self.specs.is_empty()
    }

    pub(super) async fn run(&self, source: &Source, color: anstream::ColorChoice) -> Result<u8> {
        let spec = reading::spec(self.specs.clone()).await?;
        let (reading, mut server) = reading::read(source).await?;
        reading::tell_what_is_not_in("the update", &reading);
        let mut database = reading.database.clone();
        database.leave_out_homes(&reading.names);
        let (updated, left) = self.update(&spec, &reading, &database, server.as_mut()).await?;
        let files: Vec<(&str, &str, &str)> = spec
            .texts()
            .zip(updated.texts())
            .filter(|(old, new)| old.1 != new.1)
            .map(|((name, old), (_, new))| (name, old, new))
            .collect();
        if self.dry_run {
            let diffs: String = files.iter().map(|(name, old, new)| diff(name, old, new)).collect();
            super::print(diffs.as_bytes(), color)?;
        } else {
            files::write(files.iter().map(|(name, _, new)| (Path::new(*name), new.as_bytes())))?;
            for (name, ..) in &files {
                tell!("updated {name}");
            }
        }
        if files.is_empty() && left.is_empty() {
            let is_there = |glob: &&String| is_of_any(glob, [&spec.database, &reading.database]);
            if let Some(glob) = self.only.iter().find(|glob| !is_there(glob)) {
                let said = format!("--only {glob}: neither the spec nor the database has it");
                return Err(Error::input(said).help(
                    "a name has its schema before it: public.users, \"auth.*\", \"index public.*\"",
                ));
            }
            tell!(
                "nothing to update: {}",
                match self.only.as_slice() {
                    [] => "the database is what the spec says".to_owned(),
                    only => format!("nothing that is {} differs", only.join(" or ")),
                }
            );
        }
        if !left.is_empty() {
            tell!("{}", told(&left).trim_end());
        }
        Ok(u8::from(!left.is_empty() || (self.dry_run && !files.is_empty())))
    }

    /// The spec as it is to be, once that is known to be what was asked for; and what it still does not say.
    async fn update(
        &self,
        spec: &Spec,
        reading: &Reading,
        database: &Database,
        mut server: Option<&mut Server>,
    ) -> Result<(Spec, Vec<Left>)> {
        let mut current = copy(spec)?;
        let mut first: Option<Vec<Finding>> = None;
        let mut written = BTreeSet::new();
        for _ in 0..ROUNDS {
            let (mut findings, untold) =
                self.findings(&current, reading, server.as_deref_mut()).await?;
            // `serial` may be that of any sequence, which a snapshot names.
            for path in database.sequences_unlike(&current.database, &written) {
                let finding = unexpected_sequence(path);
                if self.is_chosen(&finding)
                    && !current.passes_over(&finding)
                    && !findings.iter().any(|other| other.path == finding.path)
                {
                    findings.push(finding);
                }
            }
            let brings_a_default =
                |finding: &&Finding| ["unexpected", "default"].contains(&finding.rule.aspect);
            let paths = findings.iter().filter(brings_a_default).map(|finding| &finding.path);
            written.extend(paths.cloned());
            let update = current.updated(&findings, &untold, database)?;
            let first = first.get_or_insert_with(|| findings.clone());
            let unchanged =
                current.texts().eq(update.texts.iter().map(|(name, text)| (&**name, &**text)));
            if unchanged {
                if update.left.len() < findings.len() {
                    return Err(cannot(&findings));
                }
                // What was so and is not any more comes of what is written for several, such as a YAML anchor.
                let was_so = |finding: &&Finding| {
                    !first.iter().any(|one| one.rule == finding.rule && one.path == finding.path)
                };
                let broken: Vec<Finding> = findings.iter().filter(was_so).cloned().collect();
                if !broken.is_empty() {
                    return Err(cannot(&broken));
                }
                return Ok((current, update.left));
            }
            current = Spec::parse(update.texts).map_err(|error| {
                let said =
                    "cannot update the spec: what would be written is no spec; nothing is written";
                let error = Error::unavailable(said).because(error.report().to_string());
                if self.only.is_empty() {
                    return error;
                }
                error.help("name with --only what goes with it, too, such as the old name of what was renamed")
            })?;
        }
        Err(cannot(&self.findings(&current, reading, server).await?.0))
    }

    /// Whether it is about what `--only` names.
    fn is_chosen(&self, finding: &Finding) -> bool {
        let covers = |glob: &String| covers_object(glob, finding.rule.kind, &finding.path);
        self.only.is_empty() || self.only.iter().any(covers)
    }

    /// What differs, of what was chosen, and what cannot be told of it.
    async fn findings(
        &self,
        spec: &Spec,
        reading: &Reading,
        server: Option<&mut Server>,
    ) -> Result<(Vec<Finding>, Vec<Finding>)> {
        let options = Options {
            strict: false,
            fail_on: Level::Info,
            allow_undecided: false,
            require_coverage: false,
        };
        let settle = async |equivalence: &mut Equivalence| settle(equivalence, server, None).await;
        let mut findings = check::check(spec, reading, options, settle).await?.findings;
        findings.retain(|finding| {
            !matches!(finding.change, Change::Equivalent { .. }) && self.is_chosen(finding)
        });
        let is_untold = |finding: &Finding| matches!(finding.change, Change::Unknown { .. });
        Ok(findings.into_iter().partition(|finding| !is_untold(finding)))
    }
}

/// Whether one of the databases has an object that is meant by `glob`.
fn is_of_any(glob: &str, databases: [&Database; 2]) -> bool {
    let mut found = false;
    for database in databases {
        database.visit_objects(&mut finding::Path::default(), &mut |kind, path, _| {
            found |= covers_object(glob, kind, path);
        });
    }
    found
}

fn copy(spec: &Spec) -> Result<Spec> {
    Spec::parse(spec.texts().map(|(name, text)| (name.to_owned(), text.to_owned())).collect())
}

fn cannot(findings: &[Finding]) -> Error {
    let what: Vec<String> = findings.iter().map(described).collect();
    Error::unavailable(format!(
        "cannot update the spec: after every change it would still differ in {}; nothing is written",
        what.join(", ")
    ))
    .help("change these by hand, or leave them out with --only")
}

fn unexpected_sequence(path: finding::Path) -> Finding {
    let rule = Rule { kind: Sequence::KIND, aspect: "unexpected" };
    Finding::new(rule, path.clone(), path, Change::Unexpected { actual: None, hint: None })
}

fn described(finding: &Finding) -> String {
    format!("{} {}", finding.rule, finding.path)
}

fn told(left: &[Left]) -> String {
    let mut text = "left as the spec has it, to be changed by hand:\n".to_owned();
    for (finding, reason) in left {
        let place = finding.location.as_ref().map_or(String::new(), |place| format!("  {place}"));
        let _ = writeln!(text, "  {}: {reason}{place}", described(finding));
    }
    text
}

fn diff(name: &str, old: &str, new: &str) -> String {
    let diff = similar::TextDiff::from_lines(old, new);
    diff.unified_diff().header(name, &format!("{name} (updated)")).to_string()
}
