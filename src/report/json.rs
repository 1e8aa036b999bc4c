//! The JSON report; `docs/json.md` describes it.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;

use crate::check::Report;
use crate::finding::{Finding, Level, Location};
use crate::model::Tally;
use crate::source::migrations::Migrations;

/// The version of this format. It changes when something that was there is gone or means something else.
pub(super) const VERSION: u32 = 1;

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    tool: &'static str,
    tool_version: &'static str,
    name: Option<&'a str>,
    expected_source: Option<&'a str>,
    database: &'a str,
    server_version: u32,
    outcome: &'static str,
    exit_code: u8,
    summary: Summary,
    findings: Vec<Item<'a>>,
    kinds: BTreeMap<&'static str, Counts>,
    platform: Option<&'static str>,
    not_modelled: &'a BTreeMap<String, u64>,
    migrations: Vec<Migrated<'a>>,
    preludes: &'a [String],
    stubs: &'a [String],
    idle_patterns: Vec<Idle<'a>>,
}

#[derive(Serialize)]
struct Idle<'a> {
    pattern: &'a str,
    #[serde(flatten)]
    place: Place<'a>,
}

/// Where a file says something; all is null where none does.
#[derive(Serialize)]
struct Place<'a> {
    file: Option<&'a str>,
    line: Option<usize>,
    column: Option<usize>,
}

impl<'a> From<Option<&'a Location>> for Place<'a> {
    fn from(location: Option<&'a Location>) -> Self {
        Self {
            file: location.map(|location| &*location.file),
            line: location.map(|location| location.line),
            column: location.map(|location| location.column),
        }
    }
}

#[derive(Serialize)]
struct Migrated<'a> {
    folder: String,
    convention: &'static str,
    order: &'static str,
    files: &'a [String],
    not_applied: &'a [String],
}

impl<'a> From<&'a Migrations> for Migrated<'a> {
    fn from(migrations: &'a Migrations) -> Self {
        Self {
            folder: migrations.folder.display().to_string(),
            convention: migrations.convention.name(),
            order: migrations.convention.order(),
            files: &migrations.files,
            not_applied: &migrations.apart,
        }
    }
}

#[derive(Serialize)]
struct Summary {
    errors: usize,
    warnings: usize,
    infos: usize,
    undecided: usize,
    ignored: usize,
    of_the_platform: usize,
    switched_off: usize,
}

#[derive(Serialize)]
struct Item<'a> {
    rule: String,
    kind: &'static str,
    level: &'static str,
    change: &'static str,
    object: String,
    path: &'a [String],
    expected: Option<&'a str>,
    actual: Option<&'a str>,
    reason: Option<&'a str>,
    #[serde(flatten)]
    place: Place<'a>,
}

#[derive(Serialize)]
struct Counts {
    expected: usize,
    matched: usize,
    missing: usize,
    unexpected: usize,
    different: usize,
    no_opinion: usize,
}

impl From<&Tally> for Counts {
    fn from(tally: &Tally) -> Self {
        let Tally { expected, matched, missing, unexpected, different, no_opinion } = *tally;
        Self { expected, matched, missing, unexpected, different, no_opinion }
    }
}

impl<'a> From<&'a Finding> for Item<'a> {
    fn from(finding: &'a Finding) -> Self {
        Self {
            rule: finding.rule.to_string(),
            kind: finding.rule.kind,
            level: finding.level.word(),
            change: finding.change.word(),
            object: finding.path.dotted(),
            path: &finding.path.0,
            expected: finding.change.expected(),
            actual: finding.change.actual(),
            reason: finding.change.reason(),
            place: finding.location.as_ref().into(),
        }
    }
}

pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let outcome = report.outcome();
    let document = Document {
        version: VERSION,
        tool: "schemavet",
        tool_version: env!("CARGO_PKG_VERSION"),
        name: report.name.as_deref(),
        expected_source: report.expected.as_deref(),
        database: &report.database,
        server_version: report.server_version,
        outcome: outcome.word(),
        exit_code: outcome.exit_code(),
        summary: Summary {
            errors: report.count(Level::Error),
            warnings: report.count(Level::Warning),
            infos: report.count(Level::Info),
            undecided: report.undecided(),
            ignored: report.ignored,
            of_the_platform: report.of_the_platform,
            switched_off: report.switched_off,
        },
        findings: report.findings.iter().map(Item::from).collect(),
        kinds: report.tallies.iter().map(|(kind, tally)| (*kind, tally.into())).collect(),
        platform: report.platform,
        not_modelled: &report.not_modelled,
        migrations: report.origin.migrations.iter().map(Migrated::from).collect(),
        preludes: &report.origin.preludes,
        stubs: &report.origin.stubs,
        idle_patterns: report
            .idle_patterns
            .iter()
            .map(|(pattern, place)| Idle { pattern, place: place.as_ref().into() })
            .collect(),
    };
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}
