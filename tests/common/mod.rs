//! What the tests share: one throw-away server for each test binary, databases on it, and short ways to read and check
//! them.
#![expect(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![allow(dead_code, reason = "each test binary leaves other parts of this unused")]

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use schemavet::check::{self, Options, Report};
use schemavet::equivalence::Equivalence;
use schemavet::finding::{Finding, Level};
use schemavet::model::{Database, Names};
use schemavet::report::Format;
use schemavet::source::connection::{Connection, Settings};
use schemavet::source::ephemeral::Cluster;
use schemavet::source::migrations::Migrations;
use schemavet::source::script::{self, File, Script};
use schemavet::source::{self, Reading, ServerAnalysis};
use schemavet::spec::{self, Spec};

pub(crate) type Outcome<T = ()> = Result<T, Box<dyn std::error::Error>>;

pub(crate) const CHECK: Options = Options {
    strict: false,
    fail_on: Level::Error,
    allow_undecided: false,
    require_coverage: false,
};
pub(crate) const STRICT: Options = Options { strict: true, ..CHECK };

/// Roles belong to the whole server: two scripts that make the same one must not run at once.
static LOADING: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

/// The server of this test binary. Nobody drops it; its watchdog ends it when the tests end.
pub(crate) fn cluster() -> &'static Cluster {
    static CLUSTER: OnceLock<Cluster> = OnceLock::new();
    CLUSTER.get_or_init(|| {
        // A runtime cannot be started on the thread of another one.
        let start = || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.expect("a runtime").block_on(Cluster::start()).expect("PostgreSQL starts")
        };
        std::thread::scope(|scope| scope.spawn(start).join().expect("no panic"))
    })
}

/// The directory of the server's socket, for programs that connect by themselves.
pub(crate) fn socket() -> String {
    let settings = cluster().settings("postgres");
    settings.hosts.first().map(|host| host.name.clone()).expect("a host")
}

/// How the binary is told of a database.
pub(crate) fn conninfo(database: &str) -> String {
    format!("host={} user=postgres dbname={database}", socket())
}

pub(crate) fn settings(database: &str) -> Settings {
    cluster().settings(database)
}

pub(crate) async fn connect(database: &str) -> Outcome<Connection> {
    Ok(Connection::open(&settings(database)).await?)
}

/// Makes an empty database, and gives its name.
pub(crate) async fn empty() -> Outcome<String> {
    create("").await
}

/// Makes a database from SQL.
pub(crate) async fn database(sql: &str) -> Outcome<String> {
    let name = empty().await?;
    execute(&name, sql).await?;
    Ok(name)
}

/// Makes a database from a file or a folder of SQL.
pub(crate) async fn database_of(path: &Path) -> Outcome<String> {
    let name = empty().await?;
    let _alone = LOADING.lock().await;
    let script =
        if path.is_dir() { Migrations::recognize(path)?.script()? } else { Script::read(path)? };
    script::apply(&connect(&name).await?, &script).await?;
    Ok(name)
}

/// Every database there is to try: the fixtures, and the zoo.
pub(crate) async fn databases() -> Outcome<Vec<(String, String)>> {
    let mut databases = vec![("zoo".to_owned(), database(&zoo()).await?)];
    for name in fixtures() {
        let database = database_of(&root().join("fixtures").join(&name)).await?;
        databases.push((name, database));
    }
    Ok(databases)
}

/// Waits until `done`; polls, since nobody tells us of another process' end.
pub(crate) fn eventually(what: &str, mut done: impl FnMut() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(10);
    while !done() {
        assert!(Instant::now() < deadline, "{what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Makes a copy of a database in which nobody works.
pub(crate) async fn copy(template: &str) -> Outcome<String> {
    let admin = connect("postgres").await?;
    let busy = format!(
        "select count(*) = 0 from pg_stat_activity where datname = '{template}' and backend_type = 'client backend'"
    );
    let deadline = Instant::now() + Duration::from_secs(10);
    // The server sees the end of a session a moment after we do.
    while !admin.client.query_typed(&busy, &[]).await?.iter().any(|row| row.get(0)) {
        assert!(Instant::now() < deadline, "{template} stays in use");
        tokio::task::yield_now().await;
    }
    create(&format!("template {template}")).await
}

async fn create(how: &str) -> Outcome<String> {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let name = format!("test_{}", NUMBER.fetch_add(1, Ordering::Relaxed));
    let admin = connect("postgres").await?;
    admin.client.batch_execute(&format!("create database {name} {how}")).await?;
    Ok(name)
}

/// Runs statements as a script.
pub(crate) async fn execute(database: &str, sql: &str) -> Outcome {
    let script = Script { files: vec![File::parse("test.sql", sql.to_owned())?] };
    let _alone = LOADING.lock().await;
    let applied = script::apply(&connect(database).await?, &script).await;
    Ok(applied.map_err(|error| error.report().to_string())?)
}

/// The rows of a query, each with its columns joined by `|`, in a session that qualifies every name.
pub(crate) async fn rows(database: &str, sql: &str) -> Outcome<Vec<Vec<String>>> {
    let connection = connect(database).await?;
    connection.client.batch_execute("set search_path = ''").await?;
    let mut rows = Vec::new();
    for row in connection.client.query_typed(sql, &[]).await? {
        let cell = |at| row.try_get::<_, Option<String>>(at).map(|text| text.unwrap_or("~".into()));
        rows.push((0..row.len()).map(cell).collect::<Result<_, _>>()?);
    }
    Ok(rows)
}

pub(crate) async fn read(database: &str) -> Outcome<Reading> {
    Ok(source::read(&connect(database).await?).await?)
}

/// What `schemavet snapshot` writes.
pub(crate) fn write(reading: &Reading) -> Outcome<String> {
    let mut database = reading.database.clone();
    database.leave_out_the_server(false);
    written(database, &reading.names)
}

/// The same with what it leaves out.
pub(crate) fn write_all(reading: &Reading) -> Outcome<String> {
    written(reading.database.clone(), &reading.names)
}

/// A database that has these names, as a spec.
pub(crate) fn written(mut database: Database, names: &Names) -> Outcome<String> {
    database.leave_out_homes(names);
    Ok(spec::write("test", None, &database)?)
}

pub(crate) async fn snapshot(database: &str) -> Outcome<String> {
    write(&read(database).await?)
}

/// Reads a spec that is called `spec.yaml`.
pub(crate) fn spec(text: &str) -> schemavet::error::Result<Spec> {
    Spec::parse(vec![("spec.yaml".to_owned(), text.to_owned())])
}

/// Checks a database as `schemavet validate` does.
pub(crate) async fn validate(spec: &Spec, database: &str, options: Options) -> Outcome<Report> {
    let mut connection = connect(database).await?;
    let reading = source::read(&connection).await?;
    let settle = async |equivalence: &mut Equivalence| {
        equivalence.settle(&mut ServerAnalysis::new(&mut connection)).await;
        Ok(())
    };
    Ok(check::check(spec, &reading, options, settle).await?)
}

/// Checks a database where no question must be left to the server.
pub(crate) async fn validate_by_text(spec: &Spec, reading: &Reading, options: Options) -> Report {
    let unasked = async |_: &mut Equivalence| panic!("there are questions for the server");
    check::check(spec, reading, options, unasked).await.expect("a report")
}

/// Checks a stored snapshot, offline, as `schemavet validate` does.
pub(crate) fn validate_stored(spec: &Spec, stored: &str, options: Options) -> Report {
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    runtime.block_on(validate_offline(spec, stored, options)).expect("a report")
}

/// The same among other things that are waited for.
pub(crate) async fn validate_offline(
    spec: &Spec,
    stored: &str,
    options: Options,
) -> Outcome<Report> {
    let reading = stored_reading(stored);
    let settle = async |equivalence: &mut Equivalence| {
        equivalence.refuse("offline");
        Ok(())
    };
    Ok(check::check(spec, &reading, options, settle).await?)
}

pub(crate) fn stored_reading(stored: &str) -> Reading {
    let stored = Spec::parse(vec![("stored.yaml".to_owned(), stored.to_owned())]);
    Reading::stored(stored.expect("a snapshot").database, "stored.yaml".to_owned())
}

/// `rule object` of every finding, in order.
pub(crate) fn names(report: &Report) -> Vec<String> {
    report.findings.iter().map(name).collect()
}

pub(crate) fn name(finding: &Finding) -> String {
    format!("{} {}", finding.rule, finding.path)
}

/// The same with level, both sides and the place: all that a person sees.
pub(crate) fn details(report: &Report) -> String {
    let lines = report.findings.iter().map(|finding| {
        let place = finding.location.as_ref().map_or(String::new(), ToString::to_string);
        let side = |side: Option<&str>| side.unwrap_or("-").to_owned();
        format!(
            "{} {} {}: {} => {} {} {place}\n",
            finding.level,
            finding.change.word(),
            name(finding),
            side(finding.change.expected()),
            side(finding.change.actual()),
            side(finding.change.reason()),
        )
    });
    lines.collect()
}

pub(crate) fn json(report: &Report) -> serde_json::Value {
    let mut text = Vec::new();
    Format::Json.write(report, &mut text).expect("written");
    serde_json::from_slice(&text).expect("JSON")
}

pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The folders of `fixtures/`, by name.
pub(crate) fn fixtures() -> Vec<String> {
    let folders = std::fs::read_dir(root().join("fixtures")).expect("fixtures");
    let mut names: Vec<String> = folders
        .map(|entry| entry.expect("an entry"))
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().into_string().expect("a name"))
        .collect();
    names.sort();
    assert!(!names.is_empty());
    names
}

/// SQL that makes a database with every attribute of every kind that our server knows.
pub(crate) fn zoo() -> String {
    zoo_of(cluster().version() / 10_000)
}

/// The same for a server of that major version.
pub(crate) fn zoo_of(version: u32) -> String {
    let data = root().join("tests/data");
    let mut text = std::fs::read_to_string(data.join("zoo.sql")).expect("zoo.sql");
    for since in [15, 18] {
        if version >= since {
            text += &std::fs::read_to_string(data.join(format!("zoo_{since}.sql"))).expect("zoo");
        }
    }
    text
}

/// The binary, in the project's folder, with nothing of our own environment that bears on it.
pub(crate) fn schemavet() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_schemavet"));
    command.current_dir(root());
    for (variable, _) in std::env::vars_os() {
        let name = variable.to_string_lossy();
        let ours = name.starts_with("PG") || name.starts_with("CLICOLOR");
        if ours || name == "DATABASE_URL" || name == "NO_COLOR" || name == "COLUMNS" {
            command.env_remove(&variable);
        }
    }
    command
}
