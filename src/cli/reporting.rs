//! Where the report of a check goes: to standard output, and into files.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use crate::check::Report;
use crate::error::{Error, Result};
use crate::file_name::{is_sql, is_yaml};
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
    /// Empties the files, and sees that they can be written. None may be a file that is read, which are among `inputs`, or
    /// lie in folders of those.
    pub(super) fn prepare(&self, inputs: &[PathBuf]) -> Result<()> {
        let inputs: Vec<PathBuf> =
            inputs.iter().filter_map(|input| fs::canonicalize(input).ok()).collect();
        let is_read = |file: &Path| {
            let may_be_in_a_folder =
                is_yaml(file) || is_sql(file) || file.ends_with("meta/_journal.json");
            inputs
                .iter()
                .any(|input| input == file || may_be_in_a_folder && file.starts_with(input))
        };
        let mut taken = BTreeSet::new();
        for InFile { file, .. } in &self.report {
            if fs::metadata(file).is_ok_and(|there| !there.is_file() && !there.is_dir()) {
                // Who reads a pipe would take its being emptied for its end.
                continue;
            }
            if fs::canonicalize(file).is_ok_and(|place| is_read(&place)) {
                let message =
                    format!("a report would take the place of {}, which is read", file.display());
                return Err(Error::input(message).help("write the report into another file"));
            }
            let place =
                fs::write(file, "").and_then(|()| fs::canonicalize(file)).map_err(|error| {
                    Error::input(format!("cannot write {}: {error}", file.display()))
                })?;
            if !taken.insert(place) {
                let message = format!("two reports are to be written into {}", file.display());
                return Err(Error::input(message).help("give each a file of its own"));
            }
        }
        Ok(())
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

    /// Says on standard output what stopped the run, where the format has a place for it. Where that cannot be written,
    /// standard error and the exit code say it.
    pub(super) fn write_error(&self, error: &Error) {
        let mut text = Vec::new();
        drop(self.format.write_error(error, &mut text));
        drop(super::print(&text, anstream::ColorChoice::Never));
    }
}

fn rendered(format: Format, report: &Report) -> Result<Vec<u8>> {
    let mut text = Vec::new();
    format
        .write(report, &mut text)
        .map_err(|error| Error::unavailable("cannot write the report").because(error))?;
    Ok(text)
}
