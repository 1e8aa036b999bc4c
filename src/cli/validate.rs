//! `schemavet validate`.

use std::path::PathBuf;
use std::pin::pin;

use clap::Args;

use super::reading::{self, SourceArguments};
use crate::check::{self, Options};
use crate::equivalence::Equivalence;
use crate::error::{Error, Result};
use crate::finding::Level;
use crate::report::Format;
use crate::source::{Server, ServerAnalysis};
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
    /// Do not ask the server what expressions mean; what their text cannot decide is then undecided.
    #[arg(long)]
    no_server_analysis: bool,
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
        let options = Options {
            strict: self.strict,
            fail_on: match self.fail_on {
                FailOn::Error => Level::Error,
                FailOn::Warning => Level::Warning,
                FailOn::Info => Level::Info,
            },
            allow_undecided: self.allow_undecided,
        };
        let specs = self.specs.clone();
        let spec = async {
            let read = tokio::task::spawn_blocking(move || Spec::read(&specs)).await;
            read.unwrap_or_else(|error| {
                Err(Error::unavailable("cannot read the spec").because(error))
            })
        };
        let database = async { reading::read(&self.source.source()?).await };
        let (spec, (reading, mut server)) = Box::pin(both(spec, database)).await?;
        let settle = async |equivalence: &mut Equivalence| {
            if let Some(server) = &mut server {
                return self.settle(equivalence, server).await;
            }
            equivalence.refuse("a stored snapshot cannot say what an expression means");
            Ok(())
        };
        let report = check::check(&spec, &reading, options, settle).await?;
        let code = self.finish(&report, color);
        // The process ends here: taking a large database apart first would be time for nothing.
        std::mem::forget((spec, reading));
        code
    }

    /// Has the server say what expressions mean.
    async fn settle(&self, equivalence: &mut Equivalence, server: &mut Server) -> Result<()> {
        if self.no_server_analysis {
            equivalence.refuse("the server was not asked, because of --no-server-analysis");
            return Ok(());
        }
        equivalence.settle(&mut ServerAnalysis::new(&mut server.connection)).await;
        match server.connection.lost() {
            Some(why) => Err(Error::unavailable(format!(
                "lost the server while it analysed expressions: {why}"
            ))),
            None => Ok(()),
        }
    }

    fn finish(&self, report: &check::Report, color: anstream::ColorChoice) -> Result<u8> {
        let mut text = Vec::new();
        self.format
            .write(report, &mut text)
            .map_err(|error| Error::unavailable("cannot write the report").because(error))?;
        super::print(&text, color)?;
        Ok(report.outcome().exit_code())
    }
}

/// Waits for both. Where both fail, it is the spec that is wrong, whichever was first.
async fn both<S, D>(
    spec: impl Future<Output = Result<S>>,
    database: impl Future<Output = Result<D>>,
) -> Result<(S, D)> {
    let (mut spec, mut database) = (pin!(spec), pin!(database));
    tokio::select! {
        spec = &mut spec => Ok((spec?, database.await?)),
        database = &mut database => Ok((spec.await?, database?)),
    }
}
