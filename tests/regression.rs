//! PostgreSQL's own regression database, richer in odd objects than anything that people make: the laws hold for it too.
//! `make regression-database` fetches its sources and runs this.
#![cfg(unix)]
#![expect(clippy::print_stdout, reason = "a long test says how far it is")]

mod common;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use common::{Outcome, STRICT};
use schemavet::finding::Level;

/// Where the sources are: the directory that holds `parallel_schedule`.
const SOURCES: &str = "SCHEMAVET_REGRESSION_SOURCES";

/// Tests that leave nothing behind, and need a place to write to or much time.
const WITHOUT: &[&str] = &["tablespace", "stats", "largeobject", "vacuum_parallel"];

fn psql(database: &str, file: &Path) -> Command {
    let mut psql = Command::new("psql");
    psql.args(["-X", "--quiet", "--username=postgres", "--host", &common::socket()])
        .args(["--dbname", database, "--file"])
        .arg(file)
        .env("PGOPTIONS", "-c client_min_messages=error -c statement_timeout=60s -c intervalstyle=postgres_verbose")
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    psql
}

/// Runs every test in the order of the schedule. Many statements of theirs are meant to fail, and those that need the
/// tests' own C library do.
async fn load(sources: &Path) -> Outcome<String> {
    let database = common::empty().await?;
    let schedule = std::fs::read_to_string(sources.join("parallel_schedule"))?;
    let tests = schedule.lines().filter_map(|line| line.strip_prefix("test:"));
    for test in tests.flat_map(str::split_whitespace).filter(|test| !WITHOUT.contains(test)) {
        psql(&database, &sources.join(format!("sql/{test}.sql")))
            .env("PG_ABS_SRCDIR", sources)
            .env("PG_ABS_BUILDDIR", sources)
            .env("PG_LIBDIR", "/nonexistent")
            .env("PG_DLSUFFIX", ".so")
            .env("PGTZ", "PST8PDT")
            .env("PGDATESTYLE", "Postgres, MDY")
            .status()?;
    }
    Ok(database)
}

async fn drift(snapshot: &str, database: &str) -> Outcome<Vec<String>> {
    let report = common::validate(&common::spec(snapshot)?, database, STRICT).await?;
    let objects: usize = report.tallies.values().map(|tally| tally.matched + tally.different).sum();
    println!("{database}: {objects} objects, {} remarks", report.findings.len());
    assert!(objects > 4000, "the tests made only {objects} objects");
    let heavy = report.findings.iter().filter(|finding| finding.level == Level::Error);
    Ok(heavy.map(common::name).collect())
}

#[tokio::test]
#[ignore = "takes some minutes, and needs the sources of PostgreSQL: make regression-database"]
async fn the_regression_database_is_what_its_snapshot_says() -> Outcome {
    let sources = std::env::var(SOURCES).map_err(|_| format!("{SOURCES} is not set"))?;
    let database = load(&PathBuf::from(sources)).await?;
    let snapshot = common::snapshot(&database).await?;
    assert_eq!(drift(&snapshot, &database).await?, Vec::<String>::new());

    let folder = tempfile::tempdir()?;
    let dump = folder.path().join("dump.sql");
    let dumped = Command::new(common::cluster().binaries().join("pg_dump"))
        .args(["--schema-only", "--username=postgres", "--host", &common::socket(), "--file"])
        .arg(&dump)
        .arg(&database)
        .status()?;
    assert!(dumped.success());
    let restored = common::empty().await?;
    psql(&restored, &dump).status()?;
    assert_eq!(drift(&snapshot, &restored).await?, Vec::<String>::new());
    Ok(())
}
