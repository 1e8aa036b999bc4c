//! The command line: one file per command.

mod checking;
mod compare;
mod diff;
mod explain;
mod files;
mod init;
mod reading;
mod reporting;
mod schema;
mod side;
mod snapshot;
mod sources;
mod update;
mod validate;

use std::io::Write;
use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

use crate::error::{Error, Result};
use crate::masked::masked_connections;

/// Tells whether a PostgreSQL database is what its specification says.
#[derive(Debug, Parser)]
#[command(version, max_term_width = 100, after_help = EXIT_CODES)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
    /// When to use colours.
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    color: clap::ColorChoice,
}

const EXIT_CODES: &str = "\
Exit codes:
  0  the database matches
  1  drift
  2  the spec or the command line is wrong
  3  could not check: connection, privilege, timeout, or an expression that could not be decided";

#[derive(Debug, Subcommand)]
enum Command {
    Init(init::Init),
    Validate(validate::Validate),
    Diff(diff::Diff),
    Compare(compare::Compare),
    Snapshot(snapshot::Snapshot),
    Explain(explain::Explain),
    Schema(schema::Schema),
    Sources(sources::Sources),
}

/// Says what is wrong with the command line, or gives the help that was asked for; and the exit code.
pub fn misused(error: &clap::Error) -> ExitCode {
    if !error.use_stderr() {
        error.exit();
    }
    let said = error.render().ansi().to_string();
    let said = masked_connections(&said);
    let all = Cli::command();
    let named = std::env::args().nth(1).and_then(|name| all.find_subcommand(name));
    let takes_one = named.is_none_or(|it| it.get_arguments().any(|one| one.get_id() == "database"));
    let is_misplaced = said.contains("://") && takes_one;
    let help = if is_misplaced { "\nA database goes behind --database.\n" } else { "" };
    drop(write!(anstream::stderr(), "{said}{help}"));
    ExitCode::from(2)
}

impl Cli {
    /// How colours are decided for a stream.
    pub fn color(&self) -> anstream::ColorChoice {
        match self.color {
            clap::ColorChoice::Auto => anstream::ColorChoice::Auto,
            clap::ColorChoice::Always => anstream::ColorChoice::Always,
            clap::ColorChoice::Never => anstream::ColorChoice::Never,
        }
    }

    /// Runs the command; gives the exit code.
    ///
    /// # Errors
    /// What stopped it.
    pub async fn run(&self) -> Result<u8> {
        match &self.command {
            Command::Init(command) => command.run().await,
            Command::Validate(command) => command.run(self.color()).await,
            Command::Diff(command) => command.run(self.color()).await,
            Command::Compare(command) => command.run(self.color()).await,
            Command::Snapshot(command) => command.run(self.color()).await,
            Command::Explain(command) => command.run(self.color()),
            Command::Schema(command) => command.run(self.color()),
            Command::Sources(command) => command.run(self.color()),
        }
    }
}

/// Writes finished output. Nobody reading it any more is no error.
fn print(text: &[u8], color: anstream::ColorChoice) -> Result<()> {
    let mut out = anstream::AutoStream::new(std::io::stdout(), color);
    match out.write_all(text).and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Error::unavailable("cannot write the report").because(error))
        }
        _ => Ok(()),
    }
}
