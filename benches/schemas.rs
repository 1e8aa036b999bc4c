//! `validate` of generated schemas, against `pg_dump` and against the floor: the catalog queries alone.
#![expect(clippy::print_stdout, reason = "a bench says what it measured")]

mod support;

use std::process::Command;
use std::time::Instant;

use schemavet::source;
use schemavet::source::connection::Connection;
use schemavet::source::ephemeral::{Cluster, Options};
use support::measure::{Cost, cost, statements};
use support::{Outcome, generator, median, table};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Outcome {
    let full = std::env::args().any(|argument| argument == "--full");
    let quick = std::env::args().any(|argument| argument == "--quick");
    let sizes: &[usize] = match (quick, full) {
        (true, _) => &[11, 1000],
        (_, true) => &[11, 100, 1000, 10_000],
        _ => &[11, 100, 1000],
    };
    let settings = [("shared_buffers", "512MB"), ("max_locks_per_transaction", "4096")];
    let settings = settings.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
    let cluster = Cluster::start_with(&Options { settings, ..Options::default() }).await?;
    let owner = Connection::open(&cluster.settings("postgres")).await?;
    owner.client.batch_execute(generator::ROLES).await?;
    let (mut ratios, mut details) = (Vec::new(), Vec::new());
    for size in sizes {
        let database = format!("bench_{size}");
        owner.client.batch_execute(&format!("create database {database}")).await?;
        let session = Connection::open(&cluster.settings(&database)).await?;
        for part in generator::schema(*size) {
            session.client.batch_execute(&part).await?;
        }
        session.client.batch_execute("vacuum analyze").await?;
        drop(session);
        measure(&cluster, *size, &database, &mut ratios, &mut details).await?;
        owner.client.batch_execute(&format!("drop database {database} with (force)")).await?;
    }
    let processors = std::thread::available_parallelism()?.to_string();
    let version = (cluster.version() / 10_000).to_string();
    println!(
        "{}",
        INTRODUCTION.replace("{version}", &version).replace("{processors}", &processors)
    );
    println!("{}", table(RATIOS, &ratios));
    println!(
        "The same in seconds, megabytes and statements, on the machine that wrote this page:\n"
    );
    println!("{}", table(DETAILS, &details));
    Ok(())
}

const INTRODUCTION: &str = "\
`schemavet validate` of a database against its own snapshot, beside `pg_dump --schema-only` of the same database: what a
person would otherwise compare by hand. Per table the schema has 12 columns, a primary key, 2 foreign keys, 3 indexes,
2 checks, a trigger, row security with 2 policies, comments and grants; PostgreSQL {version} on a unix socket, {processors}
processors for it and for us. *Floor* is the time of the same catalog queries with their rows thrown away. Ratios below 1
are in favour of schemavet; they carry over to other machines, the seconds do not. From some sixty tables on two sessions
read at once while the spec is parsed: then the sum of all processor time, shared by the processors, is the limit.
";

const RATIOS: &[&str] = &[
    "tables",
    "of pg_dump -s",
    "of the floor",
    "client CPU of pg_dump's",
    "server CPU of pg_dump's",
    "statements of pg_dump's",
];
const DETAILS: &[&str] =
    &["tables", "program", "wall s", "client CPU s", "server CPU s", "peak MB", "statements"];

async fn measure(
    cluster: &Cluster,
    size: usize,
    database: &str,
    ratios: &mut Vec<Vec<String>>,
    details: &mut Vec<Vec<String>>,
) -> Outcome {
    let data = cluster.data();
    let socket = data.parent().ok_or("no directory")?.display().to_string();
    let conninfo = format!("host={socket} user=postgres dbname={database}");
    let directory = tempfile::tempdir()?;
    let spec = directory.path().join("spec.yaml");
    let schemavet = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_schemavet"));
        command.args(arguments).args(["--database", &conninfo]);
        command
    };
    let written = schemavet(&["snapshot"]).arg("--output").arg(&spec).status()?;
    assert!(written.success(), "{written}");
    let validate = || {
        let mut command = schemavet(&["validate"]);
        command.arg(&spec);
        command
    };
    let dump = || {
        let mut command = Command::new(cluster.binaries().join("pg_dump"));
        command.args(["--schema-only", "--host", &socket, "--username", "postgres", database]);
        command
    };
    let times = if size > 1000 { 3 } else { 7 };
    let ours = cost(cluster, times, &validate)?;
    let theirs = cost(cluster, times, &dump)?;
    let floor = floor(cluster, database, times).await?;
    let (sent, dumped) = (
        statements(cluster, database, validate()).await?,
        statements(cluster, database, dump()).await?,
    );
    let ratio = |one: f64, other: f64| {
        if other > 0.0 { format!("{:.2}", one / other) } else { "-".to_owned() }
    };
    #[expect(clippy::cast_precision_loss, reason = "small numbers")]
    let of_statements = format!("{:.3}", sent as f64 / dumped as f64);
    ratios.push(vec![
        size.to_string(),
        ratio(ours.wall, theirs.wall),
        ratio(ours.wall, floor),
        ratio(ours.client, theirs.client),
        ratio(ours.server, theirs.server),
        of_statements,
    ]);
    let mut detail = |program: &str, cost: Cost, statements: usize| {
        details.push(vec![
            size.to_string(),
            program.to_owned(),
            format!("{:.3}", cost.wall),
            format!("{:.2}", cost.client),
            format!("{:.2}", cost.server),
            format!("{:.0}", cost.memory),
            statements.to_string(),
        ]);
    };
    detail("schemavet validate", ours, sent);
    detail("pg_dump -s", theirs, dumped);
    let nothing = std::iter::repeat_n(String::new(), 4);
    details.push(
        [size.to_string(), "floor".to_owned(), format!("{floor:.3}")]
            .into_iter()
            .chain(nothing)
            .collect(),
    );
    Ok(())
}

/// The wall time of the same catalog queries over the same sessions, with their rows thrown away unread.
async fn floor(cluster: &Cluster, database: &str, times: u32) -> Outcome<f64> {
    let mut walls = Vec::new();
    for _ in 0..times {
        let started = Instant::now();
        let connection = Connection::open(&cluster.settings(database)).await?;
        source::each_row(&connection, |_| Ok(())).await?;
        walls.push(started.elapsed().as_secs_f64());
    }
    Ok(median(walls))
}
