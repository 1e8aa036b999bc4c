//! `schemavet validate`.

use std::path::PathBuf;

use clap::Args;

use super::SourceArguments;
use crate::check::{self, Options};
use crate::error::Result;
use crate::finding::Level;
use crate::model::Database;
use crate::report::Format;
use crate::source::{self, Reading, Server, Source};
use crate::spec::Spec;

/// Compare a database with its spec.
#[derive(Debug, Args)]
pub(super) struct Validate {
    /// Spec files, or folders of them.
    #[arg(required = true, value_name = "SPEC")]
    specs: Vec<PathBuf>,
    #[command(flatten)]
    source: SourceArguments,
    /// Output format.
    #[arg(long, short, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Take every key that the spec does not write for "none expected".
    #[arg(long)]
    strict: bool,
    /// The lightest level that fails the run.
    #[arg(long, value_enum, value_name = "LEVEL", default_value_t = FailOn::Error)]
    fail_on: FailOn,
    /// Exit with 0 where some expressions could not be decided but nothing differs.
    #[arg(long)]
    allow_undecided: bool,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum FailOn {
    Error,
    Warning,
    Info,
}

impl Validate {
    pub(super) async fn run(&self, color: anstream::ColorChoice) -> Result<u8> {
        let spec = Spec::read(&self.specs)?;
        let options = Options {
            strict: self.strict,
            fail_on: match self.fail_on {
                FailOn::Error => Level::Error,
                FailOn::Warning => Level::Warning,
                FailOn::Info => Level::Info,
            },
            allow_undecided: self.allow_undecided,
        };
        let server = match self.source.source()? {
            Source::Live(settings) => Server::connect(&settings).await?,
            Source::Sql(paths) => Server::throw_away(&paths).await?,
            Source::Yaml(path) => {
                let database: Database = Spec::read(std::slice::from_ref(&path))?.database;
                let reading = Reading::stored(database, path.display().to_string());
                let report = check::check(&spec, &reading, options, async |_| Ok(())).await?;
                return self.finish(&report, color);
            }
        };
        let mut reading = source::read(&server.connection).await?;
        reading.place.clone_from(&server.place);
        let report = check::check(&spec, &reading, options, async |_| Ok(())).await?;
        self.finish(&report, color)
    }

    fn finish(&self, report: &check::Report, color: anstream::ColorChoice) -> Result<u8> {
        let mut text = Vec::new();
        self.format.write(report, &mut text).map_err(|error| {
            crate::error::Error::unavailable("cannot write the report").because(error)
        })?;
        super::print(&text, color)?;
        Ok(report.outcome().exit_code())
    }
}
