//! Whole processes, measured from outside: wall time, processor time of both sides, peak memory.

use std::fs;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use schemavet::source::ephemeral::Cluster;

use super::{Outcome, median};

/// What one run of a program took, at the median of several.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Cost {
    /// In seconds.
    pub(crate) wall: f64,
    /// Of the program, in seconds.
    pub(crate) client: f64,
    /// Of the server, in seconds.
    pub(crate) server: f64,
    /// At its peak, in megabytes.
    pub(crate) memory: f64,
}

/// What the kernel counts processor time in, on every Linux.
const TICKS: f64 = 100.0;

/// Measures a program run by run, so that several can take turns: a machine is not as fast at one time as at another.
pub(crate) struct Meter<'a> {
    command: &'a dyn Fn() -> Command,
    /// The code that it must end with.
    code: i32,
    /// The server's process.
    postmaster: String,
    walls: Vec<f64>,
    client: f64,
    server: f64,
    memory: f64,
}

impl<'a> Meter<'a> {
    /// Runs the program once to watch its memory, for which the server has to fill its caches whoever comes first.
    pub(crate) fn new(
        cluster: &Cluster,
        code: i32,
        command: &'a dyn Fn() -> Command,
    ) -> Outcome<Self> {
        let memory = peak(command().stdin(Stdio::null()).stdout(Stdio::null()).spawn()?)?;
        let postmaster = postmaster(cluster)?;
        Ok(Self { command, code, postmaster, walls: Vec::new(), client: 0.0, server: 0.0, memory })
    }

    /// The program, to be run once more for another reason.
    pub(crate) fn command(&self) -> Command {
        (self.command)()
    }

    /// Runs it once more, when the server has nothing else to do.
    pub(crate) async fn run(&mut self) -> Outcome {
        settled(&self.postmaster).await?;
        let (client_before, server_before) = (of_children("self")?, of_children(&self.postmaster)?);
        let mut command = self.command();
        let started = Instant::now();
        let status = command.stdin(Stdio::null()).stdout(Stdio::null()).status()?;
        self.walls.push(started.elapsed().as_secs_f64());
        assert_eq!(status.code(), Some(self.code), "{status}");
        settled(&self.postmaster).await?;
        self.client += of_children("self")? - client_before;
        self.server += of_children(&self.postmaster)? - server_before;
        Ok(())
    }

    /// What a run took.
    pub(crate) fn cost(&self) -> Cost {
        #[expect(clippy::cast_precision_loss, reason = "small numbers")]
        let times = self.walls.len() as f64;
        Cost {
            wall: median(self.walls.clone()),
            client: self.client / times,
            server: self.server / times,
            memory: self.memory,
        }
    }
}

/// Waits until the server has taken leave of every session but one: it counts their time then, and needs time for it.
async fn settled(server: &str) -> Outcome {
    let children = format!("/proc/{server}/task/{server}/children");
    let deadline = Instant::now() + Duration::from_secs(10);
    loop {
        let sessions = fs::read_to_string(&children)?
            .split_whitespace()
            .filter_map(|child| fs::read(format!("/proc/{child}/cmdline")).ok())
            // One that has ended has no title, and its time is not counted yet.
            .filter(|title| title.is_empty() || String::from_utf8_lossy(title).contains("[local]"))
            .count();
        if sessions <= 1 {
            return Ok(());
        }
        if Instant::now() > deadline {
            return Err(format!("{sessions} sessions do not end").into());
        }
        // Those of this process, too, which take leave where their tasks run.
        tokio::task::yield_now().await;
    }
}

fn postmaster(cluster: &Cluster) -> Outcome<String> {
    let file = fs::read_to_string(cluster.data().join("postmaster.pid"))?;
    Ok(file.lines().next().unwrap_or_default().to_owned())
}

/// The processor time of all children of a process that have ended, in seconds.
fn of_children(process: &str) -> Outcome<f64> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat"))?;
    // Behind the name, which may hold anything: state is field 3, cutime and cstime are 16 and 17.
    let fields = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    let ticks: f64 = fields
        .split_whitespace()
        .skip(13)
        .take(2)
        .filter_map(|field| field.parse::<f64>().ok())
        .sum();
    Ok(ticks / TICKS)
}

/// The most memory that a process ever held, in megabytes: the kernel's own mark, looked at every millisecond, because it
/// is gone with the process.
fn peak(mut child: Child) -> Outcome<f64> {
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0.0;
    while child.try_wait()?.is_none() {
        let text = fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let number = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok());
        peak = number.map_or(peak, |number| number / 1024.0);
        thread::sleep(Duration::from_millis(1));
    }
    Ok(peak)
}

/// How many statements a program sends to a database, by the server's log.
pub(crate) async fn statements(
    cluster: &Cluster,
    database: &str,
    mut command: Command,
) -> Outcome<usize> {
    let owner =
        schemavet::source::connection::Connection::open(&cluster.settings("postgres")).await?;
    let switch = |value: &str| format!("alter database {database} set log_statement = {value}");
    owner.client.batch_execute(&switch("'all'")).await?;
    let log = cluster.data().with_file_name("log");
    let before = fs::metadata(&log)?.len();
    command.stdin(Stdio::null()).stdout(Stdio::null()).status()?;
    owner.client.batch_execute(&switch("default")).await?;
    let text = fs::read(&log)?;
    let text = String::from_utf8_lossy(&text[usize::try_from(before)?..]).into_owned();
    let logged =
        |line: &&str| line.contains("LOG:  statement: ") || line.contains("LOG:  execute ");
    Ok(text.lines().filter(logged).filter(|line| !line.contains("alter database")).count())
}
