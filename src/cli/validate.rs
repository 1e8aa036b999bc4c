//! `schemavet validate`.

use std::path::PathBuf;

use clap::Args;

use super::checking::{self, CheckArguments};
use super::reading::{self, SourceArguments};
use super::reporting::ReportArguments;
use crate::check;
use crate::equivalence::Equivalence;
use crate::error::Result;

/// Compare a database with its spec.
#[derive(Debug, Args)]
pub(super) struct Validate {
    /// Spec files, or folders of them.
    #[arg(required = true, value_name = "SPEC")]
    specs: Vec<PathBuf>,
    #[command(flatten)]
    source: SourceArguments,
    #[command(flatten)]
    report: ReportArguments,
    /// Take every key that the spec does not write for "none expected".
    #[arg(long)]
    strict: bool,
    #[command(flatten)]
    check: CheckArguments,
}

impl Validate {
    pub(super) async fn run(&self, color: anstream::ColorChoice) -> Result<u8> {
        self.carry_out(color).await.inspect_err(|error| self.report.write_error(error))
    }

    async fn carry_out(&self, color: anstream::ColorChoice) -> Result<u8> {
        let mut inputs = self.source.paths();
        inputs.extend(self.specs.iter().cloned());
        self.report.prepare(&inputs)?;
        let spec = reading::spec(self.specs.clone());
        let database = async { reading::read(&self.source.source()?).await };
        let (spec, (reading, mut server)) = Box::pin(checking::both(spec, database)).await?;
        let settle = async |equivalence: &mut Equivalence| {
            self.check.settle(equivalence, server.as_mut(), None).await
        };
        let report = check::check(&spec, &reading, self.check.options(self.strict), settle).await?;
        let code = self.report.write(&report, color);
        // The process ends here: taking a large database apart first would be time for nothing.
        std::mem::forget((spec, reading));
        code
    }
}
