//! Reports in every format. A format may show less of a finding; it never shows fewer findings.

mod alike;
mod comparison;
mod github;
mod gitlab;
mod json;
mod junit;
mod sarif;
mod text;
mod words;

use std::io::{self, Write};

use crate::check::Report;
use crate::compare::Comparison;
use crate::error::Error;

/// An output format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For people: coloured, grouped by object.
    Text,
    /// For programs: every finding with all that is known of it.
    Json,
    /// For GitHub Actions: an annotation for each finding.
    Github,
    /// For GitLab: a code quality report.
    Gitlab,
    /// For code scanning and editors: SARIF 2.1.0.
    Sarif,
    /// For what shows tests: XML as JUnit writes it.
    Junit,
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
            Self::Github => github::write(report, out),
            Self::Gitlab => gitlab::write(report, out),
            Self::Sarif => sarif::write(report, out),
            Self::Junit => junit::write(report, out),
        }
    }

    /// Writes what stopped a run before there was a report, where the format has a place for it.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write_error(self, error: &Error, out: &mut dyn Write) -> io::Result<()> {
        match self {
            Self::Github => github::write_error(error, out),
            Self::Text | Self::Json | Self::Gitlab | Self::Sarif | Self::Junit => Ok(()),
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
