//! `schemavet help sources`: the one place that says what a source may be.

use clap::Args;

use crate::error::Result;

/// The page, which `docs/sources.md` shows, too.
const PAGE: &str = include_str!("sources.txt");

/// Say what a SOURCE may be: servers, specs, SQL, migrations, commands.
#[derive(Debug, Args)]
#[command(long_about = PAGE, help_template = "{about}\n")]
pub(super) struct Sources {}

impl Sources {
    #[expect(clippy::unused_self, reason = "as of every command")]
    pub(super) fn run(&self, color: anstream::ColorChoice) -> Result<u8> {
        super::print(PAGE.as_bytes(), color)?;
        Ok(0)
    }
}
