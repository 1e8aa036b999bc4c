//! SARIF 2.1.0, which GitHub, Azure DevOps and editors read.
//!
//! <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>

use std::io::{self, Write};

use indexmap::IndexSet;
use serde_json::{Value, json};

use super::words;
use crate::check::{Outcome, Report};
use crate::finding::{Finding, Level, Location, Rule};
use crate::model::{Kind, paragraph};

pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let rules: IndexSet<Rule> = report.findings.iter().map(|finding| finding.rule).collect();
    let results = report.findings.iter().map(|finding| result(finding, &rules, report));
    let outcome = report.outcome();
    let not_compared = words::not_compared(report);
    let notifications = not_compared
        .iter()
        .map(|line| json!({"level": "note", "message": {"text": literal(line)}}));
    let log = json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "schemavet",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules.iter().map(described).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "invocations": [{
                "executionSuccessful": matches!(outcome, Outcome::Match | Outcome::Drift),
                "exitCode": outcome.exit_code(),
                "exitCodeDescription": words::verdict(report),
                "toolExecutionNotifications": notifications.collect::<Vec<_>>(),
            }],
            "results": results.collect::<Vec<_>>(),
        }],
    });
    serde_json::to_writer_pretty(&mut *out, &log)?;
    writeln!(out)
}

/// A rule, with what it means.
fn described(rule: &Rule) -> Value {
    let mut aspects = Kind::named(rule.kind).into_iter().flat_map(Kind::aspects);
    let doc = aspects.find(|(aspect, _)| *aspect == rule.aspect).map_or("", |(_, doc)| doc);
    json!({"id": rule.to_string(), "shortDescription": {"text": paragraph(doc)}})
}

fn result(finding: &Finding, rules: &IndexSet<Rule>, report: &Report) -> Value {
    let object = finding.path.dotted();
    let mut location = json!({
        "logicalLocations": [{"fullyQualifiedName": object, "kind": finding.rule.kind}],
    });
    if let Some(place) = &finding.location {
        location["physicalLocation"] = physical(place);
    }
    json!({
        "ruleId": finding.rule.to_string(),
        "ruleIndex": rules.get_index_of(&finding.rule),
        "level": match finding.level {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Info => "note",
        },
        "message": {"text": literal(&words::message(finding, report))},
        "locations": [location],
        "partialFingerprints": {"ruleAndObject/v1": words::fingerprint(finding)},
        "properties": {
            "change": finding.change.word(),
            "expected": finding.change.expected(),
            "actual": finding.change.actual(),
        },
    })
}

/// A message without placeholders, which stand in braces (section 3.11.5).
fn literal(text: &str) -> String {
    text.replace('{', "{{").replace('}', "}}")
}

fn physical(place: &Location) -> Value {
    let uri = uri(&place.file);
    let artifact = if uri.starts_with('/') {
        json!({"uri": format!("file://{uri}")})
    } else {
        json!({"uri": uri, "uriBaseId": "%SRCROOT%"})
    };
    json!({
        "artifactLocation": artifact,
        "region": {"startLine": place.line, "startColumn": place.column},
    })
}

/// A file's name as a reference of RFC 3986.
fn uri(file: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    file.bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}
