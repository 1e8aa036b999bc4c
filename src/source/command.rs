//! `exec:COMMAND`: the SQL that a program prints. It runs in a process group of its own, which ends with us.

use std::time::Duration;

use crate::error::{Error, Result};
use crate::masked::{MASK, masked, secrets};

/// How long a command may run where nothing else is said.
pub const TIMEOUT: Duration = Duration::from_secs(120);
/// More than this is no schema.
#[cfg(unix)]
const MOST: usize = 256 << 20;
/// How much is kept of what a command says on its standard error.
#[cfg(unix)]
const TAIL: usize = 4 << 10;

/// A line for the shell.
#[derive(Clone)]
pub struct Command {
    line: String,
    shown: String,
}

impl std::fmt::Debug for Command {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Command({})", self.shown)
    }
}

impl Command {
    /// A command; it is called `shown`, or by its own text without passwords.
    ///
    /// # Errors
    /// Bad input: there is none.
    pub fn parse(line: &str, shown: Option<&str>) -> Result<Self> {
        if line.trim().is_empty() {
            return Err(Error::input("exec: names no command")
                .help("write the command behind it, such as `exec:rails db:schema:print`"));
        }
        let shown = shown.map_or_else(
            || format!("exec:{}", masked(line).split_whitespace().collect::<Vec<_>>().join(" ")),
            str::to_owned,
        );
        Ok(Self { line: line.to_owned(), shown })
    }

    /// What to call it; without passwords.
    pub fn shown(&self) -> &str {
        &self.shown
    }

    /// Runs it, and gives what it prints.
    ///
    /// # Errors
    /// Unavailable: it cannot be run, fails, or takes too long. Bad input: it prints nothing, too much, or no text.
    #[cfg(unix)]
    pub async fn run(&self, limit: Duration) -> Result<String> {
        let Ok(ended) = tokio::time::timeout(limit, running::run(&self.line)).await else {
            let seconds = limit.as_secs();
            return Err(Error::unavailable(format!(
                "{} had not ended after {seconds} s and was stopped",
                self.shown
            ))
            .help("allow it more with --exec-timeout, or see what it waits for"));
        };
        let (out, err, status) = ended.map_err(|error| {
            Error::unavailable(format!("cannot run {}", self.shown)).because(error)
        })?;
        if out.len() > MOST {
            return Err(Error::input(format!(
                "{} printed more than {} MiB",
                self.shown,
                MOST >> 20
            ))
            .help("have the command print the schema without data"));
        }
        if !status.success() {
            let how = status
                .code()
                .map_or_else(|| status.to_string(), |code| format!("exit code {code}"));
            let error = Error::unavailable(format!("{} failed with {how}", self.shown));
            let said = self.without_secrets(&String::from_utf8_lossy(&err));
            let said = said.trim();
            return Err(if said.is_empty() {
                error.help("it said nothing on its standard error: run it by itself")
            } else {
                error.because(said.replace('\n', "\n    ")).help("see what the command said")
            });
        }
        if out.iter().all(u8::is_ascii_whitespace) {
            return Err(Error::input(format!("{} printed nothing", self.shown))
                .help("have the command print SQL to its standard output"));
        }
        super::script::decode(&self.shown, out)
    }

    /// Says that there is no shell.
    ///
    /// # Errors
    /// Unavailable, always.
    #[cfg(not(unix))]
    #[expect(clippy::unused_async, reason = "the signature of other systems")]
    pub async fn run(&self, _limit: Duration) -> Result<String> {
        Err(Error::unavailable("exec: is not supported on this system yet")
            .help("write what the command prints into a file, and name that"))
    }

    /// What a command said, without the passwords that its own line holds.
    #[cfg(unix)]
    fn without_secrets(&self, said: &str) -> String {
        let mut said = masked(said).into_owned();
        for secret in secrets(&self.line) {
            let (from, to) = secret;
            if to - from > 2 {
                said = said.replace(&self.line[from..to], MASK);
            }
        }
        said
    }
}

#[cfg(unix)]
mod running {
    use std::io;
    use std::process::{ExitStatus, Stdio};

    use rustix::process::{Pid, Signal, kill_process_group};
    use tokio::io::{AsyncRead, AsyncReadExt};

    use super::{MOST, TAIL};

    /// A process group that ends when this is dropped.
    struct Group(Option<Pid>);

    impl Drop for Group {
        fn drop(&mut self) {
            if let Some(group) = self.0 {
                // An error says that nobody is left.
                let _ = kill_process_group(group, Signal::KILL);
            }
        }
    }

    /// What it printed, the end of what it said, how it ended.
    pub(super) async fn run(line: &str) -> io::Result<(Vec<u8>, Vec<u8>, ExitStatus)> {
        let mut child = tokio::process::Command::new("sh")
            .args(["-c", line])
            .process_group(0)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()?;
        let group = Group(child.id().and_then(|id| Pid::from_raw(id.try_into().ok()?)));
        let (Some(stdout), Some(stderr)) = (child.stdout.take(), child.stderr.take()) else {
            return Err(io::ErrorKind::BrokenPipe.into());
        };
        let printed = async {
            let mut printed = Vec::new();
            stdout.take(MOST as u64 + 1).read_to_end(&mut printed).await.map(|_| printed)
        };
        let (printed, said) = tokio::try_join!(printed, tail(stderr))?;
        let status = child.wait().await?;
        drop(group);
        Ok((printed, said, status))
    }

    /// Reads to the end, and keeps the last bytes.
    async fn tail(mut from: impl AsyncRead + Unpin) -> io::Result<Vec<u8>> {
        let (mut kept, mut buffer) = (Vec::new(), [0; 4096]);
        loop {
            let count = from.read(&mut buffer).await?;
            if count == 0 {
                return Ok(kept);
            }
            kept.extend_from_slice(&buffer[..count]);
            let over = kept.len().saturating_sub(TAIL);
            kept.drain(..over);
        }
    }
}
