//! What the commands share that compare: how strict they are, and who says what expressions mean.

use std::pin::pin;

use clap::Args;

use crate::check::Options;
use crate::equivalence::Equivalence;
use crate::error::{Error, Result};
use crate::finding::Level;
use crate::source::{Server, ServerAnalysis};

/// How differences are judged.
#[derive(Debug, Args)]
pub(super) struct CheckArguments {
    /// The lightest level that fails the run.
    #[arg(long, value_enum, value_name = "LEVEL", default_value_t = FailOn::Error)]
    fail_on: FailOn,
    /// Do not ask the server what expressions mean; what their text cannot decide is then undecided.
    #[arg(long)]
    no_server_analysis: bool,
    /// Exit with 0 where some expressions could not be decided but nothing differs.
    #[arg(long)]
    allow_undecided: bool,
    /// Exit with 3 where nothing differs but the database has something that schemavet does not read.
    #[arg(long)]
    require_coverage: bool,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum FailOn {
    Error,
    Warning,
    Info,
}

impl CheckArguments {
    pub(super) fn options(&self, strict: bool) -> Options {
        Options {
            strict,
            fail_on: match self.fail_on {
                FailOn::Error => Level::Error,
                FailOn::Warning => Level::Warning,
                FailOn::Info => Level::Info,
            },
            allow_undecided: self.allow_undecided,
            require_coverage: self.require_coverage,
        }
    }

    /// Has a server say what expressions mean: the one of the actual database, or else the one of the expected.
    pub(super) async fn settle(
        &self,
        equivalence: &mut Equivalence,
        actual: Option<&mut Server>,
        expected: Option<&mut Server>,
    ) -> Result<()> {
        if self.no_server_analysis {
            equivalence.refuse("the server was not asked, because of --no-server-analysis");
            return Ok(());
        }
        settle(equivalence, actual, expected).await
    }
}

/// Has a server say what expressions mean: the one of the actual database, or else the one of the expected.
pub(super) async fn settle(
    equivalence: &mut Equivalence,
    actual: Option<&mut Server>,
    expected: Option<&mut Server>,
) -> Result<()> {
    let server = match (actual, expected) {
        (Some(server), _) => server,
        (None, Some(server)) => {
            equivalence.ask_the_expected();
            server
        }
        (None, None) => {
            equivalence.refuse("a stored snapshot cannot say what an expression means");
            return Ok(());
        }
    };
    equivalence.settle(&mut ServerAnalysis::new(&mut server.connection)).await;
    match server.connection.lost() {
        Some(why) => {
            Err(Error::unavailable(format!("lost the server while it analysed expressions: {why}")))
        }
        None => Ok(()),
    }
}

/// Waits for both. Where both fail, it is what is expected that is wrong, whichever was first.
pub(super) async fn both<E, A>(
    expected: impl Future<Output = Result<E>>,
    actual: impl Future<Output = Result<A>>,
) -> Result<(E, A)> {
    let (mut expected, mut actual) = (pin!(expected), pin!(actual));
    tokio::select! {
        expected = &mut expected => Ok((expected?, actual.await?)),
        actual = &mut actual => Ok((expected.await?, actual?)),
    }
}
