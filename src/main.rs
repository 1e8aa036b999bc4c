//! Parses the command line, runs, and exits: 0 match, 1 drift, 2 bad input, 3 could not check.

use std::process::ExitCode;

use clap::Parser;
use schemavet::cli::Cli;
use schemavet::error::{Error, Result};

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return schemavet::cli::misused(&error),
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let result = match runtime {
        Ok(runtime) => runtime.block_on(run(&cli)),
        Err(error) => Err(Error::unavailable("cannot start").because(error)),
    };
    match result {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            schemavet::error::to_stderr(error.report());
            ExitCode::from(error.exit_code())
        }
    }
}

/// Ends early on an interrupt, so that what was started is cleaned up.
async fn run(cli: &Cli) -> Result<u8> {
    let result = tokio::select! {
        // Before anything is begun that an interrupt has to end, it is listened for.
        biased;
        () = interrupted() => Err(Error::unavailable("interrupted")),
        result = cli.run() => result,
    };
    // Every session was dropped by now: their tasks take leave of the servers, which would log a broken connection.
    tokio::task::yield_now().await;
    result
}

async fn interrupted() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let hangup = async {
            match (!ignores_hangups()).then(|| signal(SignalKind::hangup())) {
                Some(Ok(mut hangup)) => drop(hangup.recv().await),
                _ => std::future::pending().await,
            }
        };
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
                () = hangup => {}
            }
            return;
        }
    }
    drop(tokio::signal::ctrl_c().await);
}

/// Whether hangups were ignored from the start, which stays so: by `nohup`. Known on Linux alone (`proc(5)`).
#[cfg(unix)]
fn ignores_hangups() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    // The first bit is that of SIGHUP.
    ignored
        .and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok())
        .is_some_and(|mask| mask & 1 == 1)
}
