//! A code quality report of GitLab, which shows findings in merge requests.
//!
//! <https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde_json::{Value, json};

use super::words;
use crate::check::Report;
use crate::finding::Level;

pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    let items: Vec<Value> = report
        .findings
        .iter()
        .map(|finding| {
            let mut fingerprint = words::fingerprint(finding);
            let before = known.entry(fingerprint.clone()).or_default();
            // No two may have the same.
            if *before > 0 {
                fingerprint += &format!(" {before}");
            }
            *before += 1;
            let place = finding.location.as_ref();
            // A place is demanded: without a spec it is the name of what stands in for one.
            let instead = report.expected.as_deref().unwrap_or(&report.database);
            json!({
                "description": words::message(finding, report),
                "check_name": finding.rule.to_string(),
                "fingerprint": fingerprint,
                "severity": match finding.level {
                    Level::Error => "major",
                    Level::Warning => "minor",
                    Level::Info => "info",
                },
                "location": {
                    "path": place.map_or(instead, |place| &place.file),
                    "lines": {"begin": place.map_or(1, |place| place.line)},
                },
            })
        })
        .collect();
    serde_json::to_writer_pretty(&mut *out, &items)?;
    writeln!(out)
}
