//! `schemavet diff`.

use clap::Args;

use super::checking::{self, CheckArguments};
use super::reading::{self, ServerArguments};
use super::reporting::ReportArguments;
use super::side::{self, Role, Side};
use crate::check;
use crate::equivalence::Equivalence;
use crate::error::Result;

/// Compare two databases: what A has is what B should have.
#[derive(Debug, Args)]
pub(super) struct Diff {
    /// What is expected: a SOURCE (see `schemavet help sources`). A spec keeps its levels, ignores and platform; every key
    /// that it does not write means "none".
    #[arg(value_name = "A")]
    expected: String,
    /// What is there: a SOURCE. A stored snapshot must name what it has: no patterns.
    #[arg(value_name = "B")]
    actual: String,
    #[command(flatten)]
    server: ServerArguments,
    #[command(flatten)]
    report: ReportArguments,
    #[command(flatten)]
    check: CheckArguments,
}

impl Diff {
    pub(super) async fn run(&self, color: anstream::ColorChoice) -> Result<u8> {
        self.carry_out(color).await.inspect_err(|error| self.report.write_error(error))
    }

    async fn carry_out(&self, color: anstream::ColorChoice) -> Result<u8> {
        let mut inputs = self.server.paths();
        inputs.extend([&self.expected, &self.actual].map(|source| reading::file(source)));
        self.report.prepare(&inputs)?;
        let sources = [self.server.source(&self.expected)?, self.server.source(&self.actual)?];
        self.server.bear_on(&sources)?;
        side::share_no_shadow(&sources)?;
        let [expected, actual] = &sources;
        let (mut expected, mut actual) =
            checking::both(Side::read(expected, Role::Expected), Side::read(actual, Role::Actual))
                .await?;
        if !actual.is_whole() {
            return Err(actual.not_whole("name it first: `schemavet diff SPEC DATABASE`"));
        }
        if expected.spec.place.is_some() {
            let platform = expected.spec.platform.take().or(actual.spec.platform.take());
            expected.leave_to(platform.as_ref());
            actual.leave_to(platform.as_ref());
        }
        let (a, b) = (&mut expected.server, &mut actual.server);
        let settle = async |equivalence: &mut Equivalence| {
            self.check.settle(equivalence, b.as_mut(), a.as_mut()).await
        };
        let options = self.check.options(true);
        let mut report = check::check(&expected.spec, &actual.reading, options, settle).await?;
        side::complete(&mut report, &expected.reading);
        let code = self.report.write(&report, color);
        // As `validate` does.
        std::mem::forget((expected.spec, actual.reading));
        code
    }
}
