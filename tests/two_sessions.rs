//! Catalogs are read by two sessions on one snapshot, or by one where a second one is of no help.
#![cfg(unix)]
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

mod common;

use std::fs;
use std::time::{Duration, Instant};

use common::Outcome;
use schemavet::source::connection::{Connection, Settings};
use schemavet::source::{self, Reading};
use tokio::net::{TcpListener, TcpStream, UnixStream};
use tokio::task::JoinSet;

/// Tables with much that their columns are named in, and enough of them for the catalogs to be large.
const LARGE: &str = "do $$ begin for number in 1..300 loop
    execute format('create table t_%s (a int primary key, b text not null, c text, d text, e text, f text, g text, h text,
        check (a > 0 and b <> c))', number);
    execute format('create index on t_%s (lower(b)) where c is not null', number);
    execute format('create view v_%s as select a, b from t_%1$s where a > 1', number);
end loop; end $$";

/// The lines that the server logged about `database`, in a run that logs every statement.
fn logged(database: &str) -> Vec<String> {
    let log = fs::read_to_string(common::cluster().data().with_file_name("log")).expect("a log");
    let tag = format!("<{database}>");
    log.lines().filter(|line| line.contains(&tag)).map(str::to_owned).collect()
}

async fn log_everything() -> Outcome {
    let admin = common::connect("postgres").await?;
    for setting in ["log_line_prefix = '<%d> '", "log_statement = 'all'"] {
        admin.client.batch_execute(&format!("alter system set {setting}")).await?;
    }
    admin.client.batch_execute("select pg_reload_conf()").await?;
    // The signal is on its way; a new session tells whether it has arrived.
    let deadline = Instant::now() + Duration::from_secs(10);
    while common::rows("postgres", "show log_statement").await? != [["all"]] {
        assert!(Instant::now() < deadline, "the server does not reload");
        tokio::task::yield_now().await;
    }
    Ok(())
}

async fn read(conninfo: &str) -> Outcome<Reading> {
    let settings = Settings::parse(conninfo, &|_| None)?;
    Ok(source::read(&Connection::open(&settings).await?).await?)
}

/// A session that just goes away is worth a line in the server's log.
#[tokio::test]
async fn every_session_takes_its_leave() -> Outcome {
    log_everything().await?;
    let database = common::database("create table t (a int)").await?;
    let output = common::schemavet()
        .args(["snapshot", "--database", &common::conninfo(&database)])
        .output()?;
    assert!(output.status.success(), "{output:?}");
    // Nobody can make a copy of it before the server knows that the session is over.
    common::copy(&database).await?;
    let lines = logged(&database);
    assert!(lines.iter().any(|line| line.contains("begin isolation level")), "{lines:?}");
    let broken: Vec<String> =
        lines.into_iter().filter(|line| line.contains("unexpected EOF")).collect();
    assert_eq!(broken, Vec::<String>::new());
    Ok(())
}

/// The server on a port. It passes so many sessions on, and takes the others without ever answering.
async fn serving(sessions: usize) -> Outcome<(u16, JoinSet<()>)> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let port = listener.local_addr()?.port();
    let mut serving = JoinSet::new();
    serving.spawn(async move {
        let mut ignored: Vec<TcpStream> = Vec::new();
        let mut passed_on = JoinSet::new();
        while let Ok((mut session, _)) = listener.accept().await {
            if passed_on.len() == sessions {
                ignored.push(session);
                continue;
            }
            let socket = format!("{}/.s.PGSQL.5432", common::socket());
            let mut server = UnixStream::connect(socket).await.expect("the server");
            passed_on.spawn(async move {
                tokio::io::copy_bidirectional(&mut session, &mut server).await.expect("an end");
            });
        }
    });
    Ok((port, serving))
}

#[tokio::test]
async fn two_sessions_read_what_one_does() -> Outcome {
    log_everything().await?;
    let small = common::database("create table t (a int check (a > 0))").await?;
    let large = common::database(LARGE).await?;
    common::execute(
        &large,
        "create role lonely login connection limit 1; create role unlucky login;
         revoke execute on function pg_export_snapshot() from public",
    )
    .await?;
    let shares = |database: &str, before: usize| {
        logged(database)[before..]
            .iter()
            .filter(|line| line.contains("set transaction snapshot"))
            .count()
    };

    let (port, _serving) = serving(3).await?;
    let over_a_network = |port: u16, database: &str| {
        format!("host=127.0.0.1 port={port} user=postgres dbname={database} sslmode=disable")
    };
    read(&over_a_network(port, &small)).await?;
    assert_eq!(shares(&small, 0), 0, "a small catalog needs no second session");
    read(&over_a_network(port, &large)).await?;
    assert_eq!(shares(&large, 0), 1, "a large one is worth one");
    let before = logged(&large).len();

    let both = read(&common::conninfo(&large)).await?;
    assert_eq!(shares(&large, before), 1);
    let alone = async |what: &str, conninfo: String| -> Outcome {
        let before = logged(&large).len();
        let reading = read(&conninfo).await?;
        assert_eq!(shares(&large, before), 0, "{what}");
        assert_eq!(reading.database.schemas, both.database.schemas, "{what}");
        Ok(())
    };
    let socket = common::socket();
    alone("may not export", format!("host={socket} user=unlucky dbname={large}")).await?;
    common::execute(&large, "grant execute on function pg_export_snapshot() to public").await?;
    alone("is not let in twice", format!("host={socket} user=lonely dbname={large}")).await?;

    let (port, _serving) = serving(1).await?;
    let waiting = alone("gets no answer", over_a_network(port, &large));
    tokio::time::timeout(Duration::from_secs(60), waiting).await??;
    Ok(())
}
