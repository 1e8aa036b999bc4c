//! From a spec and a database to a report: the comparison, levels, ignores, positions.

mod platform;
mod types;

use std::borrow::Cow;
use std::collections::{BTreeMap, VecDeque};
use std::thread;

use crate::equivalence::Equivalence;
use crate::error::{Error, Result};
use crate::finding::{Change, Finding, Level, Location, Path, Rule};
use crate::model::{Database, Field, Object, Pass, Tally, Walk, Walked, covers, covers_object};
use crate::source::{Origin, Reading};
use crate::spec::Spec;

/// What a check comes to.
#[derive(Debug, Clone)]
pub struct Report {
    /// What the spec calls the system.
    pub name: Option<String>,
    /// Where the database was read from.
    pub database: String,
    /// Where the database was read from that stood in for a spec, where one did.
    pub expected: Option<String>,
    /// The server's version, such as 150018; zero for a source that is no server.
    pub server_version: u32,
    /// Every finding that is not ignored, in the order of the spec.
    pub findings: Vec<Finding>,
    /// The count of each kind.
    pub tallies: BTreeMap<&'static str, Tally>,
    /// Objects of kinds that are not read, by kind.
    pub not_modelled: BTreeMap<String, u64>,
    /// How the database came to be, where schemavet itself applied SQL.
    pub origin: Origin,
    /// The platform that the spec names, or that was recognized.
    pub platform: Option<&'static str>,
    /// Findings that `ignore` of the spec leaves out.
    pub ignored: usize,
    /// Findings about what the platform owns and the spec does not speak of.
    pub of_the_platform: usize,
    /// Findings whose level is `off`.
    pub switched_off: usize,
    /// Patterns of the spec that demand something and cover nothing, with their places.
    pub idle_patterns: Vec<(String, Option<Location>)>,
    /// The level from which on a finding counts as drift.
    pub fail_on: Level,
    /// Whether undecided expressions do not stand in the way of a match.
    pub allow_undecided: bool,
    /// Whether what is there and not read stands in the way of a match.
    pub require_coverage: bool,
}

/// What a report comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The database is what the spec says.
    Match,
    /// It is not.
    Drift,
    /// No drift was found, but something could not be decided.
    Undecided,
    /// No drift was found, but there is something that is not read, and all had to be.
    Incomplete,
}

impl Outcome {
    /// The process exit code.
    pub fn exit_code(self) -> u8 {
        match self {
            Self::Match => 0,
            Self::Drift => 1,
            Self::Undecided | Self::Incomplete => 3,
        }
    }

    /// One word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Match => "match",
            Self::Drift => "drift",
            Self::Undecided => "undecided",
            Self::Incomplete => "incomplete",
        }
    }
}

impl Report {
    /// What it comes to.
    pub fn outcome(&self) -> Outcome {
        if self.findings.iter().any(|finding| self.is_drift(finding)) {
            Outcome::Drift
        } else if !self.allow_undecided && self.undecided() > 0 {
            Outcome::Undecided
        } else if self.require_coverage && self.has_unread() {
            Outcome::Incomplete
        } else {
            Outcome::Match
        }
    }

    /// Whether a finding fails the run: it is decided, and as heavy as `fail_on`.
    pub fn is_drift(&self, finding: &Finding) -> bool {
        !finding.change.is_undecided() && finding.level >= self.fail_on
    }

    /// Whether something is there that was not read, or an attribute that could not be told.
    pub fn has_unread(&self) -> bool {
        let is_unknown = |finding: &Finding| matches!(finding.change, Change::Unknown { .. });
        !self.not_modelled.is_empty()
            || !self.origin.stubs.is_empty()
            || self.findings.iter().any(is_unknown)
    }

    /// How many findings have this level, undecided ones apart.
    pub fn count(&self, level: Level) -> usize {
        let decided = |finding: &&Finding| !finding.change.is_undecided();
        self.findings.iter().filter(decided).filter(|finding| finding.level == level).count()
    }

    /// How many findings could not be decided.
    pub fn undecided(&self) -> usize {
        self.findings.iter().filter(|finding| finding.change.is_undecided()).count()
    }
}

/// What the command line says about a check.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// Every key that is not written means "none".
    pub strict: bool,
    /// The level from which on a finding counts as drift.
    pub fail_on: Level,
    /// Undecided expressions do not stand in the way of a match.
    pub allow_undecided: bool,
    /// What is not read stands in the way of a match.
    pub require_coverage: bool,
}

/// A spec and the database that it is held against.
struct Check<'a> {
    spec: &'a Spec,
    expected: Cow<'a, Database>,
    reading: &'a Reading,
    options: Options,
}

/// Whether these are two entries of one collection of the spec.
fn are_siblings(one: &Path, other: &Path) -> bool {
    let (one, other) = (one.0.split_last(), other.0.split_last());
    one.zip(other).is_some_and(|((item, list), (other_item, other_list))| {
        list == other_list && item != other_item
    })
}

impl<'a> Check<'a> {
    fn new(spec: &'a Spec, reading: &'a Reading, options: Options) -> Result<Self> {
        let (said, held) = (&spec.database, &reading.database);
        for (what, said, held) in [
            ("roles", !said.roles.is_unsaid(), !held.roles.is_unsaid()),
            ("parameters", !said.parameters.is_unsaid(), !held.parameters.is_unsaid()),
        ] {
            if said && !held {
                let place = &reading.place;
                let error = format!("the spec speaks of {what}, and {place} holds none");
                return Err(Error::input(error).help("take the snapshot with --roles"));
            }
        }
        let mut expected = Cow::Borrowed(&spec.database);
        if options.strict && !spec.is_strict() {
            expected.to_mut().complete(&mut Pass::default());
        }
        Ok(Self { spec, expected, reading, options })
    }

    /// Compares as far as `equivalence` knows its answers, and notes what it does not know there.
    fn compare(&self, equivalence: &mut Equivalence) -> Walked {
        let (expected, Reading { database, names, .. }) = (&*self.expected, self.reading);
        let of_a_database = self.spec.place.is_some();
        let mut walk = Walk::new((expected, of_a_database), (database, names), equivalence)
            .on_server(self.reading.version);
        expected.compare(database, &mut walk);
        walk.finish()
    }

    /// What was found, with this spec's levels and what it ignores.
    fn report(&self, found: Walked) -> Report {
        let mut report = Report {
            name: self.spec.name.clone(),
            database: self.reading.place.clone(),
            expected: self.spec.place.clone(),
            server_version: self.reading.version,
            findings: Vec::with_capacity(found.findings.len()),
            tallies: found.tallies,
            not_modelled: self.reading.not_modelled.clone(),
            origin: self.reading.origin.clone(),
            platform: self.spec.platform.as_ref().map(|platform| platform.name),
            ignored: 0,
            of_the_platform: 0,
            switched_off: 0,
            idle_patterns: self.located(&found.idle_patterns),
            fail_on: self.options.fail_on,
            allow_undecided: self.options.allow_undecided,
            require_coverage: self.options.require_coverage,
        };
        let mut seen: BTreeMap<(Path, Rule), Vec<usize>> = BTreeMap::new();
        let mut findings = VecDeque::from(found.findings);
        while let Some(mut finding) = findings.pop_front() {
            let owner = self.spec.platform.as_ref();
            let owner = owner.filter(|_| self.spec.leaves_to_platform(&finding));
            if let (Some(owner), Change::Unexpected { .. }) = (owner, &finding.change) {
                let own = platform::users_own(owner, &self.reading.database, &finding);
                own.into_iter().rev().for_each(|own| findings.push_front(own));
            }
            let ignores = |glob: &String| covers_object(glob, finding.rule.kind, &finding.path);
            if self.spec.ignore.iter().any(ignores) {
                report.ignored += 1;
                continue;
            }
            if owner.is_some() {
                report.of_the_platform += 1;
                continue;
            }
            let rule = finding.rule.to_string();
            let set = self.spec.levels.iter().rev().find(|level| covers(&level.rule, &rule));
            match set.map(|level| level.level) {
                Some(None) => {
                    report.switched_off += 1;
                    continue;
                }
                Some(Some(level)) if finding.change.level() == Level::Error => {
                    finding.level = level;
                }
                Some(Some(level)) if finding.change.is_undecided() => {
                    finding.level = level.min(finding.level);
                }
                _ => {}
            }
            // Two patterns may demand the same; two items of one list are two objects.
            let alike = seen.entry((finding.path.clone(), finding.rule)).or_default();
            let is_same = |at: &usize| {
                report.findings.get(*at).is_some_and(|told| {
                    told.change == finding.change
                        && !are_siblings(&told.spec_path, &finding.spec_path)
                })
            };
            if !alike.iter().any(is_same) {
                alike.push(report.findings.len());
                report.findings.push(finding);
            }
        }
        self.locate(&mut report.findings);
        report
    }

    /// Patterns by their paths, with where they stand.
    fn located(&self, patterns: &[Path]) -> Vec<(String, Option<Location>)> {
        let places = self.spec.locate_each(&patterns.iter().collect::<Vec<_>>());
        patterns.iter().map(|path| path.name().to_owned()).zip(places).collect()
    }

    /// Says of every finding where the spec speaks of it.
    fn locate(&self, findings: &mut [Finding]) {
        let paths: Vec<&Path> = findings.iter().map(|finding| &finding.spec_path).collect();
        let places = self.spec.locate_each(&paths);
        for (finding, place) in findings.iter_mut().zip(places) {
            finding.location = place;
        }
    }
}

/// Compares, has what text cannot decide settled by `settle`, and compares again.
///
/// # Errors
/// Bad input: the spec names a data type that neither it nor the database knows, and no finding tells of it; or roles or
/// parameters where a stored snapshot left them out. And what `settle` gives.
pub async fn check(
    spec: &Spec,
    reading: &Reading,
    options: Options,
    settle: impl AsyncFnOnce(&mut Equivalence) -> Result<()>,
) -> Result<Report> {
    let check = Check::new(spec, reading, options)?;
    let mut equivalence = Equivalence::new(reading.names.path().to_vec());
    // Both take a look at everything that is said.
    let (unknown, mut compared) = thread::scope(|scope| {
        let unknown = thread::Builder::new().spawn_scoped(scope, || types::unknown(spec, reading));
        let compared = check.compare(&mut equivalence);
        let unknown = match unknown {
            Ok(thread) => thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
            // There are no more threads to be had.
            Err(_) => types::unknown(spec, reading),
        };
        (unknown, compared)
    });
    if equivalence.has_questions() {
        settle(&mut equivalence).await?;
        compared = check.compare(&mut equivalence);
        if equivalence.has_questions() {
            // The same walk asks the same questions; should it ever ask others, they must not pass for "same".
            equivalence.refuse("it was not asked in time");
            compared = check.compare(&mut equivalence);
        }
    }
    types::tell(&unknown, &mut compared.findings).map_err(|unknown| unknown.error(spec))?;
    Ok(check.report(compared))
}
