//! The server process of a throw-away cluster, under a watchdog.

use std::fs;
use std::io;
use std::os::unix::process::CommandExt;
use std::process::{Child, Stdio};
use std::time::Duration;

use tokio::time::{Instant, MissedTickBehavior};

use super::Options;
use super::binaries::Binaries;
use super::directory::Directory;
use crate::error::{Error, Result};
use crate::source::connection::{Connection, Settings};

/// A start takes some 50 ms; this is for machines that are drowning.
const DEADLINE: Duration = Duration::from_secs(30);
const POLL: Duration = Duration::from_millis(5);

/// Runs the server ("$@") and reads from a pipe that nobody writes to: its end means that we are gone,
/// even by SIGKILL. Then the server stops at once and its directory ($1) goes. When the server ends by
/// itself, the directory stays for its log to be read.
const WATCHDOG: &str = r#"
dir=$1
shift
exec 3<&0 </dev/null
"$@" >>"$dir/log" 2>&1 3<&- &
server=$!
(
    read -r _ <&3
    : >"$dir/orphaned"
    kill -QUIT "$server"
) &
reader=$!
exec 3<&-
wait "$server"
status=$?
if [ -e "$dir/orphaned" ]; then
    cd / && rm -rf "$dir"
else
    kill "$reader"
fi
exit "$status"
"#;

/// Nothing outlives the server: what would make it durable only costs time. The locks are for scripts
/// that make thousands of relations in one transaction.
const SETTINGS: &[(&str, &str)] = &[
    ("listen_addresses", ""),
    ("fsync", "off"),
    ("synchronous_commit", "off"),
    ("full_page_writes", "off"),
    ("autovacuum", "off"),
    ("jit", "off"),
    ("shared_buffers", "32MB"),
    ("wal_level", "logical"),
    ("max_connections", "20"),
    ("max_locks_per_transaction", "512"),
    ("timezone", "UTC"),
    ("log_timezone", "UTC"),
    ("unix_socket_permissions", "0700"),
];

/// Stopped, with its watchdog, when dropped.
#[derive(Debug)]
pub(super) struct Server {
    watchdog: Child,
}

impl Server {
    /// Starts a server on the prepared `directory` and waits until it lets us in.
    pub(super) async fn start(
        binaries: &Binaries,
        directory: &Directory,
        options: &Options,
    ) -> Result<Self> {
        let mut command = directory.command("sh");
        command.args(["-c", WATCHDOG, "schemavet-watchdog"]).arg(directory.path());
        command.arg(binaries.path.join("postgres"));
        command.arg("-D").arg(directory.data()).arg("-k").arg(directory.path());
        let port = options.socket_number();
        command.arg("-p").arg(port.to_string());
        let loopback = options.port.map(|_| ("listen_addresses", "127.0.0.1"));
        let given = options.settings.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        for (name, value) in SETTINGS.iter().copied().chain(loopback).chain(given) {
            command.arg("-c").arg(format!("{name}={value}"));
        }
        // A group of its own, so that Ctrl-C in the terminal is for us alone.
        command.process_group(0).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        let watchdog = command.spawn().map_err(|error| {
            Error::unavailable(format!("cannot start {}", binaries.version)).because(error)
        })?;
        let mut server = Self { watchdog };
        server.ready(binaries, directory, port).await?;
        Ok(server)
    }

    async fn ready(&mut self, binaries: &Binaries, directory: &Directory, port: u16) -> Result<()> {
        let failed = |why: &str| {
            let log = fs::read(directory.log()).unwrap_or_default();
            let log = tail(&String::from_utf8_lossy(&log));
            Error::unavailable(format!("{} {why}", binaries.version)).because(log)
        };
        let settings = Settings::socket(directory.path(), port, "postgres", "postgres");
        let mut ticks = tokio::time::interval(POLL);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let deadline = Instant::now() + DEADLINE;
        loop {
            ticks.tick().await;
            match Connection::open(&settings).await {
                Ok(_) => return Ok(()),
                Err(error) if Instant::now() > deadline => {
                    return Err(failed(&format!(
                        "is not ready after {} s: {error}",
                        DEADLINE.as_secs()
                    )));
                }
                Err(_) => {}
            }
            if self.exited().map_err(|error| failed("cannot be watched").because(error))? {
                return Err(failed("ended at once").help("see the server's log above"));
            }
        }
    }

    fn exited(&mut self) -> io::Result<bool> {
        Ok(self.watchdog.try_wait()?.is_some())
    }

    /// The watchdog's number.
    pub(super) fn process(&self) -> u32 {
        self.watchdog.id()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // The end of the pipe is the watchdog's signal; it ends after the server.
        drop(self.watchdog.stdin.take());
        let _ = self.watchdog.wait();
    }
}

/// The last lines of a log.
fn tail(log: &str) -> String {
    let lines: Vec<&str> = log.trim_end().lines().collect();
    let shown = lines.get(lines.len().saturating_sub(12)..).unwrap_or_default();
    if shown.is_empty() { "the server's log is empty".to_owned() } else { shown.join("\n    ") }
}
