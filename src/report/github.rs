//! Annotations of GitHub Actions: a workflow command for each finding, then what was not compared and the verdict; or one
//! for what stopped the run.
//!
//! <https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands>

use std::io::{self, Write};

use super::words;
use crate::check::Report;
use crate::error::{Cause, Error};
use crate::finding::{Level, Location};
use crate::masked::masked_connections;

pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    for finding in &report.findings {
        let command = match finding.level {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Info => "notice",
        };
        let title = finding.rule.to_string();
        let message = words::message(finding, report);
        annotate(out, command, &title, finding.location.as_ref(), &message)?;
    }
    // The words before it keep a line from beginning as a command does.
    for line in words::not_compared(report) {
        writeln!(out, "schemavet: {line}")?;
    }
    writeln!(out, "schemavet: {}", words::verdict(report))
}

/// What stopped the run.
pub(super) fn write_error(error: &Error, out: &mut dyn Write) -> io::Result<()> {
    error.each().try_for_each(|error| write_one_error(error, out))
}

fn write_one_error(error: &Error, out: &mut dyn Write) -> io::Result<()> {
    let title = match error.cause {
        Cause::Input => "wrong input",
        Cause::Unavailable => "could not check",
    };
    let mut message = error.to_string();
    for cause in error.causes() {
        message += &format!("\ncaused by: {cause}");
    }
    if let Some(help) = &error.help {
        message += &format!("\nhelp: {help}");
    }
    let message = masked_connections(&message);
    annotate(out, "error", title, error.location.as_ref(), &message)
}

fn annotate(
    out: &mut dyn Write,
    command: &str,
    title: &str,
    place: Option<&Location>,
    message: &str,
) -> io::Result<()> {
    write!(out, "::{command} title={}", property(title))?;
    if let Some(place) = place {
        let file = property(&place.file);
        write!(out, ",file={file},line={},col={}", place.line, place.column)?;
    }
    writeln!(out, "::{}", data(message))
}

/// The message of a command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of one of its properties.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
