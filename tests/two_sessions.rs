//! Large catalogs are read by two sessions on one snapshot, or by one where a second one is of no help.
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

/// Passes the first session on to the server, and takes the others without ever answering.
async fn only_one_is_served() -> Outcome<(u16, JoinSet<()>)> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let port = listener.local_addr()?.port();
    let mut serving = JoinSet::new();
    serving.spawn(async move {
        let mut ignored: Vec<TcpStream> = Vec::new();
        let (mut first, _) = listener.accept().await.expect("a session");
        let socket = format!("{}/.s.PGSQL.5432", common::socket());
        let mut server = UnixStream::connect(socket).await.expect("the server");
        let serve = tokio::io::copy_bidirectional(&mut first, &mut server);
        let ignore = async {
            while let Ok((session, _)) = listener.accept().await {
                ignored.push(session);
            }
        };
        tokio::select! { _ = serve => {}, () = ignore => {} }
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

    read(&common::conninfo(&small)).await?;
    assert_eq!(shares(&small, 0), 0, "a small catalog needs no second session");

    let both = read(&common::conninfo(&large)).await?;
    assert_eq!(shares(&large, 0), 1);
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

    let (port, _serving) = only_one_is_served().await?;
    let conninfo =
        format!("host=127.0.0.1 port={port} user=postgres dbname={large} sslmode=disable");
    let waiting = alone("gets no answer", conninfo);
    tokio::time::timeout(Duration::from_secs(60), waiting).await??;
    Ok(())
}
