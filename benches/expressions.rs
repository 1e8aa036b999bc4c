//! A thousand differing spellings, decided in one run.
#![expect(clippy::print_stdout, reason = "a bench says what it measured")]

mod support;

use std::process::{Command, Stdio};
use std::time::Instant;

use schemavet::check::{self, Options as Checked};
use schemavet::equivalence::Equivalence;
use schemavet::finding::Level;
use schemavet::source::connection::Connection;
use schemavet::source::ephemeral::Cluster;
use schemavet::source::{self, ServerAnalysis};
use schemavet::spec::Spec;
use serde_json::{Map, Value, json};
use support::{Outcome, median, table};

const TABLES: usize = 50;
const CHECKS: usize = 20;
const TIMES: u32 = 7;

/// What is made, and how the spec writes it.
fn spellings(number: usize) -> (String, String) {
    match number % 5 {
        0 => (
            format!("role in ('admin', 'member', 'v{number}')"),
            format!("ROLE = any (array['admin', 'member', 'v{number}'])"),
        ),
        1 => {
            (format!("age between {number} and 200000"), format!("age>={number} and age <= 200000"))
        }
        2 => (
            format!("lower(role) <> 'x{number}'"),
            format!("pg_catalog.lower(role) != 'x{number}'"),
        ),
        3 => (
            format!("not (age = {number} or role is null)"),
            format!("NOT (age = {number} OR role IS NULL)"),
        ),
        _ => (
            format!(
                "created_at at time zone 'utc' < '2100-01-01'::timestamp + interval '{number} days'"
            ),
            format!(
                "timezone('utc', created_at) < cast('2100-01-01' as timestamp) + '{number} days'::interval"
            ),
        ),
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Outcome {
    let cluster = Cluster::start().await?;
    let owner = Connection::open(&cluster.settings("postgres")).await?;
    let mut tables = Map::new();
    for at in 0..TABLES {
        let mut checks = Map::new();
        let mut made = Vec::new();
        for number in at * CHECKS..(at + 1) * CHECKS {
            let (stored, written) = spellings(number);
            made.push(format!("constraint c_{number} check ({stored})"));
            checks.insert(format!("c_{number}"), json!({ "expression": written }));
        }
        let sql = format!(
            "create table t_{at} (age int, role text, created_at timestamptz, {})",
            made.join(", ")
        );
        owner.client.batch_execute(&sql).await?;
        tables.insert(format!("t_{at}"), json!({ "checks": checks }));
    }
    let spec = json!({ "spec": 1, "schemas": { "public": { "tables": Value::Object(tables) } } });
    let (asked, reading, settling) = inside(&cluster, &spec.to_string()).await?;

    let directory = tempfile::tempdir()?;
    let file = directory.path().join("spec.yaml");
    std::fs::write(&file, spec.to_string())?;
    let data = cluster.data();
    let socket = data.parent().ok_or("no directory")?.display();
    let conninfo = format!("host={socket} user=postgres dbname=postgres");
    let mut walls = [Vec::new(), Vec::new()];
    for _ in 0..TIMES {
        for (wall, more, code) in [(0, &[][..], 0), (1, &["--no-server-analysis"], 3)] {
            let started = Instant::now();
            let status = Command::new(env!("CARGO_BIN_EXE_schemavet"))
                .args(["validate", "--database", &conninfo])
                .args(more)
                .arg(&file)
                .stdout(Stdio::null())
                .status()?;
            walls[wall].push(started.elapsed().as_secs_f64());
            assert_eq!(status.code(), Some(code));
        }
    }
    let [with, without] = walls.map(median);
    let milliseconds = |seconds: f64| format!("{:.0}", seconds * 1000.0);
    println!(
        "{} expressions in {TABLES} tables, each written otherwise than it is stored, PostgreSQL {}:\n",
        TABLES * CHECKS,
        cluster.version() / 10_000
    );
    print!(
        "{}",
        table(
            &["", "milliseconds"],
            &[
                vec![format!("deciding them all, with {asked} statements"), milliseconds(settling)],
                vec!["reading the catalogs".to_owned(), milliseconds(reading)],
                vec!["`validate`, the whole program".to_owned(), milliseconds(with)],
                vec!["`validate --no-server-analysis`".to_owned(), milliseconds(without)],
            ],
        )
    );
    Ok(())
}

/// The statements that were analysed, and the seconds for reading and for deciding.
async fn inside(cluster: &Cluster, text: &str) -> Outcome<(usize, f64, f64)> {
    let spec = Spec::parse(vec![("spec.yaml".to_owned(), text.to_owned())])?;
    let options = Checked {
        strict: false,
        fail_on: Level::Info,
        allow_undecided: false,
        require_coverage: false,
    };
    let (mut asked, mut readings, mut settlings) = (0, Vec::new(), Vec::new());
    for _ in 0..TIMES {
        let started = Instant::now();
        let mut connection = Connection::open(&cluster.settings("postgres")).await?;
        let reading = source::read(&connection).await?;
        readings.push(started.elapsed().as_secs_f64());
        let settle = async |equivalence: &mut Equivalence| {
            let started = Instant::now();
            equivalence.settle(&mut ServerAnalysis::new(&mut connection)).await;
            settlings.push(started.elapsed().as_secs_f64());
            asked = equivalence.statements();
            Ok(())
        };
        let report = check::check(&spec, &reading, options, settle).await?;
        assert!(report.findings.is_empty(), "{:?}", report.findings);
    }
    Ok((asked, median(readings), median(settlings)))
}
