//! Reports in every format. A format may show less of a finding; it never shows fewer findings.

mod alike;
mod comparison;
mod json;
mod text;

use std::io::{self, Write};

use crate::check::Report;
use crate::compare::Comparison;

/// An output format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For people: coloured, grouped by object.
    Text,
    /// For programs: every finding with all that is known of it.
    Json,
}

impl Format {
    /// Writes a report.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write(self, report: &Report, out: &mut dyn Write) -> io::Result<()> {
        match self {
            Self::Text => text::write(report, out),
            Self::Json => json::write(report, out),
        }
    }
}

/// A format of the report on several databases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum ComparisonFormat {
    /// For people: a table of objects by database, and what differs.
    Text,
    /// For programs.
    Json,
}

impl ComparisonFormat {
    /// Writes a report.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write(self, comparison: &Comparison, out: &mut dyn Write) -> io::Result<()> {
        match self {
            Self::Text => comparison::text(comparison, out),
            Self::Json => comparison::json(comparison, out),
        }
    }
}
