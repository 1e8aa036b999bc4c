//! Where the report of a check goes: to standard output, and into files.

use std::fs;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::check::Report;
use crate::error::{Error, Result};
use crate::report::Format;

/// The report's formats and files.
#[derive(Debug, Args)]
pub(super) struct ReportArguments {
    /// Format of the report on standard output.
    #[arg(long, short, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Write the report into a file, too, in this format: `junit=report.xml`. May be given several times. The file is
    /// emptied first, so that a run that fails leaves no report of an earlier one.
    #[arg(long, value_name = "FORMAT=FILE", value_parser = in_file)]
    report: Vec<InFile>,
}

/// A report in a file.
#[derive(Debug, Clone)]
struct InFile {
    format: Format,
    file: PathBuf,
}

fn in_file(text: &str) -> Result<InFile, String> {
    let formats: Vec<_> =
        Format::value_variants().iter().filter_map(Format::to_possible_value).collect();
    let names: Vec<&str> = formats.iter().map(clap::builder::PossibleValue::get_name).collect();
    match text.split_once('=') {
        Some((format, file)) if !file.is_empty() => match Format::from_str(format, false) {
            Ok(format) => Ok(InFile { format, file: file.into() }),
            Err(_) => Err(format!("there is no format `{format}`; there are {}", names.join(", "))),
        },
        _ => Err("a format and a file are wanted, as in `junit=report.xml`".to_owned()),
    }
}

impl ReportArguments {
    /// Empties the files, and sees that they can be written.
    pub(super) fn prepare(&self) -> Result<()> {
        self.report.iter().try_for_each(|InFile { file, .. }| {
            fs::write(file, "")
                .map_err(|error| Error::input(format!("cannot write {}: {error}", file.display())))
        })
    }

    /// Writes a report; gives the exit code.
    pub(super) fn write(&self, report: &Report, color: anstream::ColorChoice) -> Result<u8> {
        for InFile { format, file } in &self.report {
            let text = rendered(*format, report)?;
            let text = anstream::adapter::strip_bytes(&text).into_vec();
            fs::write(file, text).map_err(|error| {
                Error::unavailable(format!("cannot write {}", file.display())).because(error)
            })?;
        }
        super::print(&rendered(self.format, report)?, color)?;
        Ok(report.outcome().exit_code())
    }
}

fn rendered(format: Format, report: &Report) -> Result<Vec<u8>> {
    let mut text = Vec::new();
    format
        .write(report, &mut text)
        .map_err(|error| Error::unavailable("cannot write the report").because(error))?;
    Ok(text)
}
