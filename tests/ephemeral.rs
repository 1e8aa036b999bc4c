//! The throw-away server: it starts, it is fast, and it never outlives us.
#![cfg(unix)]

mod common;

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use schemavet::source::connection::{Connection, Settings};
use schemavet::source::ephemeral::Cluster;

type Outcome = Result<(), Box<dyn std::error::Error>>;

/// Set for the child process of a test.
const CHILD: &str = "SCHEMAVET_TEST_CHILD";

fn socket(settings: &Settings) -> PathBuf {
    PathBuf::from(settings.hosts.first().map(|host| host.name.clone()).unwrap_or_default())
}

async fn one(connection: &Connection, query: &str) -> Result<String, tokio_postgres::Error> {
    let rows = connection.client.query_typed(query, &[]).await?;
    rows.first().map_or(Ok(String::new()), |row| row.try_get(0))
}

fn lives(process: &str) -> bool {
    // A dead process stays listed until its new parent, init, asks for it.
    if let Ok(stat) = std::fs::read_to_string(format!("/proc/{process}/stat")) {
        return !stat.contains(") Z ");
    }
    let asked = Command::new("kill").args(["-0", process]).stderr(Stdio::null()).status();
    asked.is_ok_and(|status| status.success())
}

#[tokio::test]
async fn a_server_starts_and_leaves_nothing() -> Outcome {
    let cluster = Cluster::start().await?;
    let mut connection = Connection::open(&cluster.settings("postgres")).await?;
    assert_eq!(connection.server_version(), cluster.version());
    let said = one(
        &connection,
        "select concat_ws(' ', current_user, getdatabaseencoding(), current_setting('TimeZone'),
            (select datcollate from pg_database where datname = current_database()))",
    );
    assert_eq!(said.await?, "postgres UTF8 UTC C");
    connection.client.batch_execute("do $$ begin raise notice 'hello'; end $$").await?;
    let notices: Vec<String> =
        connection.drain_notices().iter().map(|notice| notice.message().to_owned()).collect();
    assert_eq!(notices, ["hello"]);
    connection.client.batch_execute("create database other").await?;
    Connection::open(&cluster.settings("postgres").with_database("other")).await?;

    let directory = socket(&cluster.settings("postgres"));
    assert!(directory.join(".s.PGSQL.5432").exists());
    let process = cluster.process().to_string();
    assert_eq!(connection.lost(), None);
    drop(cluster);
    assert!(!directory.exists());
    assert!(!lives(&process));
    assert!(one(&connection, "select ''").await.is_err());
    assert!(connection.lost().is_some());
    Ok(())
}

/// The child: starts a server, says where, and waits to be killed.
#[tokio::test]
#[ignore = "run by the tests below"]
async fn child() -> Outcome {
    let Ok(mode) = std::env::var(CHILD) else {
        return Ok(());
    };
    let cluster = Cluster::start().await?;
    let mut out = std::io::stdout();
    let directory = socket(&cluster.settings("postgres"));
    let server = std::fs::read_to_string(cluster.data().join("postmaster.pid"))?;
    let server = server.lines().next().unwrap_or_default().to_owned();
    writeln!(out, "\nCHILD {} {server} {}", cluster.process(), directory.display())?;
    out.flush()?;
    assert!(mode != "panic", "as asked");
    std::future::pending::<()>().await;
    Ok(())
}

/// Runs the child until its server is there.
fn spawn(mode: &str, cache: Option<&Path>) -> std::io::Result<(std::process::Child, Vec<String>)> {
    let mut command = Command::new(std::env::current_exe()?);
    command.args(["--exact", "child", "--ignored", "--nocapture"]).env(CHILD, mode);
    if let Some(cache) = cache {
        command.env("SCHEMAVET_CACHE_DIR", cache);
    }
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
    let lines = child.stdout.take().map(BufReader::new).into_iter().flat_map(BufRead::lines);
    let mut said = Vec::new();
    for line in lines {
        if let Some(rest) = line?.strip_prefix("CHILD ") {
            said = rest.split(' ').map(str::to_owned).collect();
            break;
        }
    }
    Ok((child, said))
}

#[test]
fn a_killed_run_leaves_nothing() -> Outcome {
    for signal in ["KILL", "INT", "TERM"] {
        let (mut child, said) = spawn("wait", None)?;
        let [watchdog, server, directory] = said.as_slice() else {
            return Err("no child".into());
        };
        assert!(lives(server) && Path::new(directory).exists());
        Command::new("kill").args(["-s", signal, &child.id().to_string()]).status()?;
        child.wait()?;
        common::eventually("the server ends", || !lives(server));
        common::eventually("the watchdog ends", || !lives(watchdog));
        common::eventually("the directory goes", || !Path::new(directory).exists());
    }
    Ok(())
}

#[test]
fn a_panic_leaves_nothing() -> Outcome {
    let (mut child, said) = spawn("panic", None)?;
    let [_, server, directory] = said.as_slice() else {
        return Err("no child".into());
    };
    assert!(!child.wait()?.success());
    // The panicking test unwound before its process ended: no waiting.
    assert!(!lives(server) && !Path::new(directory).exists());
    Ok(())
}

#[test]
fn parallel_runs_share_an_empty_cache() -> Outcome {
    let cache = tempfile::tempdir()?;
    let runs: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> =
            (0..4).map(|_| scope.spawn(|| spawn("wait", Some(cache.path())))).collect();
        threads.into_iter().filter_map(|thread| thread.join().ok()).collect()
    });
    for run in runs {
        let (mut child, said) = run?;
        assert_eq!(said.len(), 3);
        child.kill()?;
        child.wait()?;
        common::eventually("the directory goes", || {
            said.get(2).is_none_or(|path| !Path::new(path).exists())
        });
    }
    let names: Vec<String> = std::fs::read_dir(cache.path())?
        .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
        .collect::<std::io::Result<_>>()?;
    assert_eq!(names.len(), 1, "one template and no leftovers: {names:?}");

    // A template that a power cut emptied is not used.
    let control = cache.path().join(&names[0]).join("global/pg_control");
    std::fs::write(&control, "")?;
    let (mut child, said) = spawn("wait", Some(cache.path()))?;
    assert_eq!(said.len(), 3, "started all the same");
    child.kill()?;
    child.wait()?;
    assert!(std::fs::metadata(&control)?.len() > 0, "and the template is whole again");
    Ok(())
}
