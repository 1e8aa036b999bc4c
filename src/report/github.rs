//! Annotations of GitHub Actions: a workflow command for each finding, then what was not compared and the verdict.
//!
//! <https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands>

use std::io::{self, Write};

use super::words;
use crate::check::Report;
use crate::finding::Level;

pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    for finding in &report.findings {
        let command = match finding.level {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Info => "notice",
        };
        write!(out, "::{command} title={}", property(&finding.rule.to_string()))?;
        if let Some(place) = &finding.location {
            let file = property(&place.file);
            write!(out, ",file={file},line={},col={}", place.line, place.column)?;
        }
        writeln!(out, "::{}", data(&words::message(finding, report)))?;
    }
    // The words before it keep a line from beginning as a command does.
    for line in words::not_compared(report) {
        writeln!(out, "schemavet: {line}")?;
    }
    writeln!(out, "schemavet: {}", words::verdict(report))
}

/// The message of a command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of one of its properties.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
