//! Expression equivalence against real servers: the one that is installed, and those whose directories of programs are
//! listed, with colons between them, in `SCHEMAVET_TEST_PG_BINS`.
#![cfg(unix)]
#![expect(clippy::print_stdout, reason = "a test says what it measured")]

mod arrays;
mod attacks;
mod injection;
mod pairs;
mod pooler;
mod property;
mod rights;
mod standby;

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use schemavet::equivalence::{Equivalence, Question, Scope, Verdict};
use schemavet::source::ServerAnalysis;
use schemavet::source::connection::{Connection, Settings};
use schemavet::source::ephemeral::{Cluster, Options};
use schemavet::source::script::{self, Script};
use schemavet::value::Name;

type Outcome = Result<(), Box<dyn std::error::Error>>;

/// Types, functions and tables that the judged pairs need.
const PREAMBLE: &str = include_str!("../data/expr_preamble.sql");
const PAIRS: &str = include_str!("../data/expr_pairs.json");

/// A server with the preamble and the tables of the judged pairs.
struct Server {
    cluster: Cluster,
    owner: Connection,
}

impl Server {
    async fn start() -> Result<Self, Box<dyn std::error::Error>> {
        let cluster = Cluster::start().await?;
        let owner = Connection::open(&cluster.settings("postgres")).await?;
        owner.client.batch_execute(PREAMBLE).await?;
        let pairs: Vec<pairs::Pair> = serde_json::from_str(PAIRS)?;
        let tables: std::collections::BTreeSet<&str> = pairs
            .iter()
            .map(|pair| pair.table_ddl.as_str())
            .filter(|ddl| ddl.starts_with("create table"))
            .collect();
        for table in tables {
            owner.client.batch_execute(table).await?;
        }
        Ok(Self { cluster, owner })
    }

    fn settings(&self) -> Settings {
        self.cluster.settings("postgres")
    }

    /// A session in the kind of transaction that schemavet reads in.
    async fn session(&self) -> Result<Connection, Box<dyn std::error::Error>> {
        let connection = Connection::open(&self.settings()).await?;
        connection.client.batch_execute(BEGIN).await?;
        Ok(connection)
    }
}

const BEGIN: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL search_path = ''";

async fn settle(equivalence: &mut Equivalence, connection: &mut Connection) {
    let mut analysis = ServerAnalysis::new(connection);
    equivalence.settle(&mut analysis).await;
}

fn on_accounts(text: &str) -> Question {
    question(Scope::Relation(Name::new("public", "accounts")), text)
}

fn question(scope: Scope, text: &str) -> Question {
    Question { scope, schema: "public".to_owned(), assigned_to: None, text: text.to_owned() }
}

/// The verdict on one pair, asked of the server.
async fn decide(connection: &mut Connection, written: &Question, stored: &Question) -> Verdict {
    let mut equivalence = Equivalence::new(vec!["public".to_owned()]);
    equivalence.verdict(written, stored, false);
    settle(&mut equivalence, connection).await;
    assert!(!equivalence.has_questions());
    equivalence.verdict(written, stored, false)
}

async fn value(connection: &Connection, query: &str) -> Result<String, tokio_postgres::Error> {
    let rows = connection.client.query_typed(query, &[]).await?;
    rows.first().map_or(Ok(String::new()), |row| row.try_get(0))
}

/// A server with the databases of the fixtures, each under the name of its folder; none where the server is older than
/// what they are written for.
async fn with_fixtures(
    settings: &[(&str, &str)],
) -> Result<Option<Cluster>, Box<dyn std::error::Error>> {
    let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    let options = Options { settings: settings.iter().map(own).collect(), ..Options::default() };
    let cluster = Cluster::start_with(&options).await?;
    if cluster.version() < 150_000 {
        println!("not run: the fixtures need PostgreSQL 15");
        return Ok(None);
    }
    let owner = Connection::open(&cluster.settings("postgres")).await?;
    for name in FIXTURES {
        owner.client.batch_execute(&format!("create database {name}")).await?;
        let database = Connection::open(&cluster.settings(name)).await?;
        let files = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name);
        script::apply(&database, &Script::read(&files)?).await?;
    }
    Ok(Some(cluster))
}

const FIXTURES: [&str; 2] = ["streamtrack", "pixcrawler"];

/// The real binary, in the project's folder.
fn schemavet(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_schemavet"));
    command.args(arguments).current_dir(env!("CARGO_MANIFEST_DIR"));
    command.env_remove("DATABASE_URL").env_remove("PGOPTIONS");
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// `validate` of a fixture's spec, with JSON for its output.
fn validation(name: &str, database: &str) -> Command {
    let spec = format!("specs/{name}.yaml");
    schemavet(&["validate", &spec, "--database", database, "--format", "json"])
}

/// The rules and dotted names of all findings, undecided ones included, with the exit code.
fn findings(output: &Output) -> Result<(Option<i32>, Vec<String>), Box<dyn std::error::Error>> {
    let said = String::from_utf8_lossy(&output.stderr);
    let report: serde_json::Value =
        serde_json::from_slice(&output.stdout).map_err(|error| format!("{error}: {said}"))?;
    let text = |finding: &serde_json::Value, key: &str| {
        finding[key].as_str().unwrap_or_default().to_owned()
    };
    let findings = report["findings"].as_array().cloned().unwrap_or_default();
    let names =
        findings.iter().map(|finding| text(finding, "rule") + " " + &text(finding, "object"));
    Ok((output.status.code(), names.collect()))
}

/// A program that runs beside a server, in its directory and as its user: what refuses to run as root.
fn beside(directory: &Path, program: &Path) -> Result<Command, std::io::Error> {
    let owner = fs::metadata(directory.join("data"))?;
    let mut command = Command::new(program);
    command.current_dir(directory).env("LC_ALL", "C").env("TZ", "UTC");
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    if fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0) {
        command.uid(owner.uid()).gid(owner.gid());
    }
    Ok(command)
}

/// A process that the test started; ends with it.
struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        // PostgreSQL stops at once and takes its children with it.
        if let Ok(number) = i32::try_from(self.0.id())
            && let Some(process) = rustix::process::Pid::from_raw(number)
        {
            let _ = rustix::process::kill_process(process, rustix::process::Signal::QUIT);
        }
        // Others may have it ignored, as what a shell starts in the background has.
        let deadline = Instant::now() + Duration::from_secs(5);
        while self.0.try_wait().is_ok_and(|ended| ended.is_none()) && Instant::now() < deadline {
            std::thread::yield_now();
        }
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A session with a server that is starting.
async fn connected(settings: &Settings) -> Result<Connection, Box<dyn std::error::Error>> {
    let deadline = Instant::now() + DEADLINE;
    loop {
        match Connection::open(settings).await {
            Ok(connection) => return Ok(connection),
            Err(error) if Instant::now() > deadline => {
                return Err(error.report().to_string().into());
            }
            Err(_) => tokio::time::sleep(POLL).await,
        }
    }
}

const DEADLINE: Duration = Duration::from_secs(30);
const POLL: Duration = Duration::from_millis(10);

/// Says that something was not tested, which is an error where everything has to be.
fn not_run(what: &str) -> Outcome {
    println!("not run: {what}");
    match std::env::var_os("SCHEMAVET_TEST_REQUIRE_ALL") {
        Some(_) => Err(format!("not run: {what}").into()),
        None => Ok(()),
    }
}

/// Runs all other tests once for each listed directory.
#[test]
fn every_listed_server() -> Outcome {
    let listed = std::env::var("SCHEMAVET_TEST_PG_BINS").unwrap_or_default();
    for programs in listed.split(':').filter(|programs| !programs.is_empty()) {
        let status = Command::new(std::env::current_exe()?)
            .args(["--nocapture", "--skip", "every_listed_server"])
            .env("SCHEMAVET_PG_BIN", programs)
            .env_remove("SCHEMAVET_TEST_PG_BINS")
            .status()?;
        assert!(status.success(), "{programs}");
    }
    Ok(())
}
