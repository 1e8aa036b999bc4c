//! The real systems: each is what its spec says, and each drift is found, whole and nothing else.
#![cfg(unix)]
#![expect(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod common;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use common::{CHECK, Outcome, STRICT};
use schemavet::check::{Outcome as Verdict, Report};
use schemavet::finding::{Finding, Level};
use schemavet::report::Format;
use schemavet::source::migrations::Migrations;
use schemavet::source::script::{self, File, Script};
use schemavet::spec::Spec;

struct System {
    name: String,
    /// A file, or a folder of files, by the short name that a person would write.
    spec: String,
    fixture: PathBuf,
}

/// Every folder of fixtures that has a spec.
fn systems() -> Vec<System> {
    let names = common::fixtures().into_iter();
    let systems = names.filter_map(|name| {
        let specs = [format!("specs/{name}.yaml"), format!("specs/{name}")];
        let spec = specs.into_iter().find(|spec| common::root().join(spec).exists())?;
        Some(System { spec, fixture: common::root().join("fixtures").join(&name), name })
    });
    let systems: Vec<System> = systems.collect();
    assert!(systems.len() >= 2);
    systems
}

impl System {
    fn read_spec(&self) -> Outcome<Spec> {
        let spec = common::root().join(&self.spec);
        let mut files = vec![self.spec.clone()];
        if spec.is_dir() {
            let entries = std::fs::read_dir(&spec)?.collect::<Result<Vec<_>, _>>()?;
            let names = entries.iter().map(std::fs::DirEntry::file_name);
            files = names.map(|name| format!("{}/{}", self.spec, name.to_string_lossy())).collect();
            files.sort();
        }
        // The short name is what positions show.
        let read = |file: String| {
            let text = std::fs::read_to_string(common::root().join(&file))?;
            Ok::<_, std::io::Error>((file, text))
        };
        Ok(Spec::parse(files.into_iter().map(read).collect::<Result<_, _>>()?)?)
    }

    fn drifts(&self) -> Vec<PathBuf> {
        let files = std::fs::read_dir(self.fixture.join("drift")).expect("a folder of drifts");
        let mut files: Vec<PathBuf> = files.map(|file| file.expect("a file").path()).collect();
        files.retain(|file| file.extension().is_some_and(|extension| extension == "sql"));
        files.sort();
        assert!(!files.is_empty(), "{} has no drift", self.name);
        files
    }
}

#[tokio::test]
async fn a_system_is_what_its_spec_says() -> Outcome {
    for system in systems() {
        let database = common::database_of(&system.fixture).await?;
        let report = common::validate(&system.read_spec()?, &database, CHECK).await?;
        assert!(
            report.findings.iter().all(|finding| finding.level == Level::Info),
            "{}:\n{}",
            system.name,
            common::details(&report)
        );
        assert_eq!(report.outcome(), Verdict::Match, "{}", common::details(&report));
        assert!(report.tallies.values().any(|tally| tally.matched > 0));
    }
    Ok(())
}

#[tokio::test]
async fn a_snapshot_is_what_it_was_taken_of() -> Outcome {
    for system in systems() {
        let database = common::database_of(&system.fixture).await?;
        let reading = common::read(&database).await?;
        let spec = common::spec(&common::snapshot(&database).await?)?;
        let report = common::validate_by_text(&spec, &reading, STRICT).await;
        assert_eq!(common::details(&report), "", "{}", system.name);
        assert_eq!(report.outcome(), Verdict::Match);
        assert!(report.tallies.values().all(|tally| tally.no_opinion == 0));
    }
    Ok(())
}

#[tokio::test]
async fn every_drift_is_found_and_nothing_else() -> Outcome {
    let mut wrong = String::new();
    let mut page = PAGE.to_owned();
    for system in systems() {
        let template = common::database_of(&system.fixture).await?;
        let spec = system.read_spec()?;
        let clean = common::validate(&spec, &template, CHECK).await?;
        let drifts = system.drifts();
        let mut found_drifts = 0;
        for drift in &drifts {
            let database = common::copy(&template).await?;
            script::apply(&common::connect(&database).await?, &Script::read(drift)?).await?;
            let report = common::validate(&spec, &database, CHECK).await?;
            let json = common::json(&report);
            let found: BTreeSet<String> = json["findings"]
                .as_array()
                .expect("a list")
                .iter()
                .filter(|finding| finding["level"] != "info")
                .map(|finding| {
                    let word = |key: &str| finding[key].as_str().expect("a text").to_owned();
                    format!("{} {}", word("rule"), word("object"))
                })
                .collect();
            if found == expected(drift) && report.outcome() == Verdict::Drift {
                found_drifts += 1;
            } else {
                wrong += &format!(
                    "{}: expected {:#?}\n{}\n",
                    drift.display(),
                    expected(drift),
                    common::details(&report)
                );
            }
            for finding in &report.findings {
                points_at_it(&spec, finding);
            }
            wrong += &differs_from_stored(drift, &report);
        }
        page += &row_of(&system, &spec, &clean, &format!("{found_drifts} of {}", drifts.len()));
    }
    wrong += &differs_from_file(&common::root().join("docs/systems.md"), &page);
    assert!(wrong.is_empty(), "{wrong}");
    Ok(())
}

/// The findings of a drift, as a person reads them, stand beside it; `make accept` writes them again.
fn differs_from_stored(drift: &Path, report: &Report) -> String {
    let mut text = Vec::new();
    Format::Text.write(report, &mut text).expect("written");
    let text = anstream::adapter::strip_str(&String::from_utf8_lossy(&text)).to_string();
    let findings = text.split('┌').next().unwrap_or_default().trim_end().lines();
    let findings: String = findings.map(|line| without_a_name(line) + "\n").collect();
    differs_from_file(&drift.with_extension("txt"), &findings)
}

/// From 18 on, the not-null constraint of a column keeps its name where that is renamed.
fn without_a_name(line: &str) -> String {
    match line.split_once(" constraint ") {
        Some((column, constraint)) if constraint.ends_with("_not_null\" not null") => {
            format!("{column} not null")
        }
        _ => line.to_owned(),
    }
}

fn differs_from_file(file: &Path, text: &str) -> String {
    if std::env::var_os("SCHEMAVET_ACCEPT").is_some() {
        std::fs::write(file, text).expect("written");
    }
    let stored = std::fs::read_to_string(file).unwrap_or_default();
    if stored == text {
        String::new()
    } else {
        format!("{} is otherwise now:\n{text}\n", file.display())
    }
}

/// The page of the systems, down to the first row of its table; `make systems` writes it again.
const PAGE: &str = "\
# Systems

Real systems, each with a spec that was written by hand from its own documentation, the SQL that its migrations run, and
drifts with the findings that must come of them, no more and no less. A drift counts as found when that is so. This page
is written by `make systems` from what the tests found; the numbers are objects that were compared.

| system | tables | columns | constraints | indexes | triggers | policies | functions | all kinds | drifts found |
|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|
";

fn row_of(system: &System, spec: &Spec, clean: &Report, drifts: &str) -> String {
    let matched = |kinds: &[&str]| -> usize {
        let tallies = kinds.iter().filter_map(|kind| clean.tallies.get(kind));
        tallies.map(|tally| tally.matched).sum()
    };
    let name = spec.name.as_deref().expect("a name");
    let mut row = format!("| [{name}](../{}) |", system.spec);
    for kinds in [
        &["table"][..],
        &["column"],
        &["primary_key", "unique", "foreign_key", "check", "exclusion"],
        &["index"],
        &["trigger"],
        &["policy"],
        &["function"],
        &clean.tallies.keys().copied().collect::<Vec<_>>(),
    ] {
        row += &format!(" {} |", matched(kinds));
    }
    row + &format!(" [{drifts}](../fixtures/{}/drift) |\n", system.name)
}

/// Counted by hand, so that no program tells itself where it is.
#[tokio::test]
async fn findings_point_at_the_line_a_person_would_change() -> Outcome {
    for (system, drift, rule, place) in [
        ("pixcrawler", "changed_default", "column.default", "specs/pixcrawler.yaml:102:11"),
        ("pixcrawler", "dropped_index", "index.missing", "specs/pixcrawler.yaml:171:11"),
        ("pixcrawler", "widened_column", "column.type", "specs/pixcrawler.yaml:150:11"),
        ("pixcrawler", "signup_trigger_missing", "trigger.missing", "specs/pixcrawler.yaml:25:11"),
        ("pixcrawler", "missing_table", "table.missing", "specs/pixcrawler.yaml:370:7"),
        ("pixcrawler", "missing_table", "view.missing", "specs/pixcrawler.yaml:399:7"),
        // What the spec does not speak of: the key of the list that it is not in.
        ("pixcrawler", "hotfix_column", "column.unexpected", "specs/pixcrawler.yaml:36:9"),
        ("streamtrack", "leftover_table", "table.unexpected", "specs/streamtrack.yaml:32:5"),
        // What a pattern demands.
        (
            "pixcrawler",
            "row_security_disabled",
            "table.row_security",
            "specs/pixcrawler.yaml:32:13",
        ),
        ("streamtrack", "enum_label_added", "enum.labels", "specs/streamtrack.yaml:29:7"),
        (
            "streamtrack",
            "security_definer_lost",
            "function.security",
            "specs/streamtrack.yaml:534:9",
        ),
    ] {
        let system = systems().into_iter().find(|one| one.name == system).expect("a system");
        let database = common::database_of(&system.fixture).await?;
        let drift = Script::read(&system.fixture.join(format!("drift/{drift}.sql")))?;
        script::apply(&common::connect(&database).await?, &drift).await?;
        let report = common::validate(&system.read_spec()?, &database, CHECK).await?;
        let found = report.findings.iter().find(|finding| finding.rule.to_string() == rule);
        let location = found.and_then(|finding| finding.location.as_ref());
        assert_eq!(location.map(ToString::to_string).as_deref(), Some(place), "{rule}");
    }
    Ok(())
}

/// "Make migrations idempotent", "test rollbacks", "separate DDL from DML".
#[tokio::test]
async fn migrations_of_the_multi_schema_project_do_as_its_document_says() -> Outcome {
    let folder = common::root().join("fixtures/multischema");
    let database = common::database_of(&folder).await?;
    let schema = common::snapshot(&database).await?;
    let run = async |mut files: Vec<File>, backwards: bool| -> Outcome {
        if backwards {
            files.reverse();
        }
        script::apply(&common::connect(&database).await?, &Script { files }).await?;
        Ok(())
    };
    let files = |folder: &Path, end| -> Outcome<Vec<File>> {
        let mut files = Script::read(folder)?.files;
        files.retain(|file| file.name.ends_with(end));
        Ok(files)
    };
    let seed = folder.join("seed");
    run(files(&folder, ".up.sql")?, false).await?;
    run(files(&seed, ".up.sql")?, false).await?;
    run(files(&seed, ".up.sql")?, false).await?;
    run(files(&seed, ".down.sql")?, true).await?;
    assert_eq!(common::snapshot(&database).await?, schema);

    run(files(&folder, ".down.sql")?, true).await?;
    assert_eq!(
        common::snapshot(&database).await?,
        common::snapshot(&common::empty().await?).await?
    );
    Ok(())
}

/// Each fixture is laid out as its own document says, and taken for that.
#[test]
fn migrations_are_recognized() -> Outcome {
    for (name, convention) in [
        ("multischema", "up and down"),
        ("pixcrawler", "numbered"),
        ("streamtrack", "numbered"),
        ("venta", "Prisma"),
        ("whynot", "numbered"),
    ] {
        let migrations = Migrations::recognize(&common::root().join("fixtures").join(name))?;
        assert_eq!(migrations.convention.name(), convention, "{name}");
    }
    Ok(())
}

#[test]
fn the_binary_says_the_same() {
    let run = |arguments: &[&str]| {
        let output = common::schemavet().args(arguments).output().expect("it runs");
        (output.status.code(), String::from_utf8(output.stdout).expect("UTF-8"))
    };
    let clean = ["validate", "specs/pixcrawler.yaml", "--database", "fixtures/pixcrawler"];
    let (code, said) = run(&clean);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.lines().last().is_some_and(|line| line.contains("matches the spec")), "{said}");

    let apply = ["--apply", "fixtures/pixcrawler/drift/dropped_index.sql"];
    let (code, said) = run(&[&clean[..], &apply].concat());
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("index.missing"), "{said}");
    assert!(said.contains("specs/pixcrawler.yaml:171:11"), "{said}");
    assert!(said.lines().last().is_some_and(|line| line.contains("schema drift")), "{said}");

    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("s.yaml");
    let file = file.to_str().expect("UTF-8");
    let (code, said) = run(&["snapshot", "--database", "fixtures/streamtrack", "-o", file]);
    assert_eq!((code, said.as_str()), (Some(0), ""));
    let (code, said) = run(&["validate", file, "--strict", "--database", "fixtures/streamtrack"]);
    assert_eq!(code, Some(0), "{said}");
}

/// The lines `-- expect: rule object` of a drift.
fn expected(drift: &Path) -> BTreeSet<String> {
    let text = std::fs::read_to_string(drift).expect("a drift");
    let lines = text.lines().filter_map(|line| line.strip_prefix("-- expect: "));
    let lines: BTreeSet<String> = lines.map(|line| line.trim().to_owned()).collect();
    assert!(!lines.is_empty(), "{} expects nothing", drift.display());
    lines
}

/// The place of a finding is a place that speaks of its object, or of one above it.
fn points_at_it(spec: &Spec, finding: &Finding) {
    let place = finding.location.as_ref().unwrap_or_else(|| panic!("{finding:?} has no place"));
    let line = spec.line(place).unwrap_or_else(|| panic!("{place} is no place of the spec"));
    let before: String = line.chars().take(place.column - 1).collect();
    let after: String = line.chars().skip(place.column - 1).collect();
    let key = after.trim_start_matches(['"', '\'']);
    let speaks = finding.spec_path.0.iter().any(|step| {
        let item = step.parse::<usize>().is_ok() && before.trim_end().ends_with(['-', '[', ',']);
        item || key
            .strip_prefix(step.as_str())
            .is_some_and(|rest| rest.starts_with(['"', '\'', ':']))
    });
    assert!(speaks, "{place} does not speak of {finding:?}: {line}");
}
