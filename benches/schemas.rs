//! `validate` of generated schemas, against `pg_dump` and against the floor: the catalog queries alone.
#![expect(clippy::print_stdout, reason = "a bench says what it measured")]

mod support;

use std::collections::BTreeSet;
use std::process::Command;
use std::time::Instant;

use schemavet::source;
use schemavet::source::connection::Connection;
use schemavet::source::ephemeral::{Cluster, Options};
use support::generator::Change;
use support::measure::{Cost, Meter, statements};
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
    // Autovacuum would take from whoever is measured first; the tables are vacuumed all the same.
    let settings =
        [("shared_buffers", "512MB"), ("max_locks_per_transaction", "4096"), ("autovacuum", "off")];
    let settings = settings.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
    let cluster = Cluster::start_with(&Options { settings, ..Options::default() }).await?;
    let owner = Connection::open(&cluster.settings("postgres")).await?;
    owner.client.batch_execute(generator::ROLES).await?;
    let mut measured = Measured::default();
    for size in sizes {
        let database = format!("bench_{size}");
        owner.client.batch_execute(&format!("create database {database}")).await?;
        let session = Connection::open(&cluster.settings(&database)).await?;
        for part in generator::schema(*size) {
            session.client.batch_execute(&part).await?;
        }
        session.client.batch_execute("vacuum analyze").await?;
        drop(session);
        measure(&cluster, *size, &database, &mut measured).await?;
        for database in [&database, &format!("{database}_changed")] {
            owner.client.batch_execute(&format!("drop database {database} with (force)")).await?;
        }
    }
    let processors = std::thread::available_parallelism()?.to_string();
    let version = (cluster.version() / 10_000).to_string();
    println!(
        "{}",
        INTRODUCTION
            .replace("{version}", &version)
            .replace("{processors}", &processors)
            .replace("{often}", &times(11).to_string())
            .replace("{at 1,000}", &times(1000).to_string())
            .replace("{at 10,000}", &times(10_000).to_string())
    );
    println!("{}", table(RATIOS, &measured.ratios));
    println!(
        "The same in seconds, megabytes and statements, on the machine that wrote this page:\n"
    );
    println!("{}", table(DETAILS, &measured.details));
    println!("{OF_CHANGES}");
    println!("{}", table(CHANGED, &measured.changed));
    Ok(())
}

const INTRODUCTION: &str = "\
`schemavet validate` of a database against its own snapshot, beside `pg_dump --schema-only` of the same database: what a
person would otherwise compare by hand. Per table the schema has 12 columns, a primary key, 2 foreign keys, 3 indexes,
2 checks, a trigger, row security with 2 policies, comments and grants; PostgreSQL {version} on a unix socket, {processors}
processors for it and for us. They run in turn, each when the server is idle; wall time is the median of {often} runs, of {at 1,000}
at 1,000 and of {at 10,000} at 10,000 tables. *Floor* is the time of the same catalog queries with their rows thrown away. Ratios
below 1 are in favour of schemavet; they carry over to other machines, the seconds do not. Two sessions read at once
while the spec is parsed: the sum of all processor time, shared by the processors, is the limit.
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

const OF_CHANGES: &str = "\
The same with 50 changes to be found: by `validate` with the snapshot of before, and by `diff` of two databases, where
pg_dump has to run twice. *Found* are those that are named by their own rule at their own object, and nothing else.
";
const CHANGED: &[&str] = &[
    "tables",
    "program",
    "of pg_dump -s",
    "wall s",
    "client CPU s",
    "server CPU s",
    "peak MB",
    "found of 50",
];

/// The rows of the tables.
#[derive(Default)]
struct Measured {
    ratios: Vec<Vec<String>>,
    details: Vec<Vec<String>>,
    changed: Vec<Vec<String>>,
}

impl Measured {
    /// What either side took for the same database, with the statements that it sent, and the floor's seconds.
    fn add(&mut self, size: usize, ours: (Cost, usize), theirs: (Cost, usize), floor: f64) {
        let size = size.to_string();
        let ((cost, sent), (dump, dumped)) = (ours, theirs);
        #[expect(clippy::cast_precision_loss, reason = "small numbers")]
        let of_statements = format!("{:.3}", sent as f64 / dumped as f64);
        self.ratios.push(vec![
            size.clone(),
            ratio(cost.wall, dump.wall),
            ratio(cost.wall, floor),
            ratio(cost.client, dump.client),
            ratio(cost.server, dump.server),
            of_statements,
        ]);
        for (program, cost, statements) in
            [("schemavet validate", cost, sent), ("pg_dump -s", dump, dumped)]
        {
            let named = [size.clone(), program.to_owned()].into_iter();
            let row = named.chain(figures(cost)).chain([statements.to_string()]);
            self.details.push(row.collect());
        }
        let nothing = std::iter::repeat_n(String::new(), 4);
        let floor = [size, "floor".to_owned(), format!("{floor:.3}")].into_iter();
        self.details.push(floor.chain(nothing).collect());
    }
}

async fn measure(
    cluster: &Cluster,
    size: usize,
    database: &str,
    measured: &mut Measured,
) -> Outcome {
    let data = cluster.data();
    let socket = data.parent().ok_or("no directory")?.display().to_string();
    let conninfo = |database: &str| format!("host={socket} user=postgres dbname={database}");
    let directory = tempfile::tempdir()?;
    let spec = directory.path().join("spec.yaml");
    let snapshot = ["snapshot", "--database", &conninfo(database), "--output"];
    let written = schemavet(&snapshot).arg(&spec).status()?;
    assert!(written.success(), "{written}");
    let validate = |database: &str| {
        let mut command = schemavet(&["validate", "--database", &conninfo(database)]);
        command.arg(&spec);
        command
    };
    let dump = || {
        let mut command = Command::new(cluster.binaries().join("pg_dump"));
        command.args(["--schema-only", "--host", &socket, "--username", "postgres", database]);
        command
    };
    let other = format!("{database}_changed");
    let changes = generator::changes(size, 50);
    copy_with(&changes, cluster, database, &other).await?;
    let same = || validate(database);
    let after = || validate(&other);
    let diff = || schemavet(&["diff", &conninfo(database), &conninfo(&other)]);
    let mut ours = Meter::new(cluster, 0, &same)?;
    let mut theirs = Meter::new(cluster, 0, &dump)?;
    let mut of_changes = [
        ("schemavet validate", 1.0, Meter::new(cluster, 1, &after)?),
        ("schemavet diff", 2.0, Meter::new(cluster, 1, &diff)?),
    ];
    let mut floors = Vec::new();
    for _ in 0..times(size) {
        ours.run().await?;
        theirs.run().await?;
        floors.push(floor(cluster, database).await?);
        for (_, _, meter) in &mut of_changes {
            meter.run().await?;
        }
    }
    let (ours, theirs, floor) = (ours.cost(), theirs.cost(), median(floors));
    let (sent, dumped) = (
        statements(cluster, database, same()).await?,
        statements(cluster, database, dump()).await?,
    );
    measured.add(size, (ours, sent), (theirs, dumped), floor);
    for (program, dumps, meter) in of_changes {
        let cost = meter.cost();
        let of_dumps = ratio(cost.wall, dumps * theirs.wall);
        let named = [size.to_string(), program.to_owned(), of_dumps];
        let found = found(meter.command(), &changes)?.to_string();
        measured.changed.push(named.into_iter().chain(figures(cost)).chain([found]).collect());
    }
    Ok(())
}

/// How often each is run, in turn: as often as tells them apart, within minutes.
fn times(size: usize) -> u32 {
    match size {
        ..=100 => 41,
        101..=1000 => 15,
        _ => 5,
    }
}

/// Makes a copy of a database, and the changes to it.
async fn copy_with(changes: &[Change], cluster: &Cluster, database: &str, copy: &str) -> Outcome {
    let owner = Connection::open(&cluster.settings("postgres")).await?;
    let create = format!("create database {copy} template {database}");
    owner.client.batch_execute(&create).await?;
    let session = Connection::open(&cluster.settings(copy)).await?;
    for change in changes {
        session.client.batch_execute(&change.sql).await?;
    }
    session.client.batch_execute("vacuum analyze").await?;
    Ok(())
}

/// Seconds of wall time and of both sides' processors, and megabytes.
fn figures(cost: Cost) -> [String; 4] {
    let Cost { wall, client, server, memory } = cost;
    [format!("{wall:.3}"), format!("{client:.2}"), format!("{server:.2}"), format!("{memory:.0}")]
}

fn schemavet(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_schemavet"));
    command.args(arguments);
    command
}

fn ratio(one: f64, other: f64) -> String {
    if other > 0.0 { format!("{:.2}", one / other) } else { "-".to_owned() }
}

/// How many of the changes a program finds. It must find nothing else.
fn found(mut command: Command, changes: &[Change]) -> Outcome<usize> {
    let output = command.args(["--format", "json"]).output()?;
    let report: serde_json::Value = serde_json::from_slice(&output.stdout)?;
    let findings: BTreeSet<(&str, &str)> = report["findings"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|finding| Some((finding["rule"].as_str()?, finding["object"].as_str()?)))
        .collect();
    let changes: BTreeSet<(&str, &str)> =
        changes.iter().map(|Change { found: (rule, object), .. }| (*rule, &**object)).collect();
    let others: Vec<_> = findings.difference(&changes).collect();
    assert!(others.is_empty(), "{others:?}");
    Ok(findings.intersection(&changes).count())
}

/// The wall time of the same catalog queries over the same sessions, with their rows thrown away unread.
async fn floor(cluster: &Cluster, database: &str) -> Outcome<f64> {
    let started = Instant::now();
    let connection = Connection::open(&cluster.settings(database)).await?;
    source::each_row(&connection, |_| Ok(())).await?;
    Ok(started.elapsed().as_secs_f64())
}
