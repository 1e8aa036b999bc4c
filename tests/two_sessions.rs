//! Catalogs are read by two sessions on one snapshot, or by one where a second one is of no help.
#![cfg(unix)]
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

mod common;

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use common::Outcome;
use schemavet::source::connection::{Connection, Settings};
use schemavet::source::{self, Reading};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream, UnixListener, UnixStream};
use tokio::sync::oneshot;
use tokio::task::{JoinHandle, JoinSet};

/// Tables with much that their columns are named in, and enough of them for the catalogs to be large.
const LARGE: &str = "do $$ begin for number in 1..300 loop
    execute format('create table t_%s (a int primary key, b text not null, c text, d text, e text, f text, g text, h text,
        check (a > 0 and b <> c))', number);
    execute format('create index on t_%s (lower(b)) where c is not null', number);
    execute format('create view v_%s as select a, b from t_%1$s where a > 1', number);
end loop; end $$";

/// Tables that are read before their columns, and others that are read after them.
const BOTH_ORDERS: &str = "create foreign data wrapper w; create server s foreign data wrapper w;
do $$ begin for number in 1..100 loop
    execute format('create table t_%s (c int, a int, d text, b text)', number);
    execute format('create foreign table f_%s (c int, a int, d text, b text) server s', number);
    execute format('create type c_%s as (c int, a int, d text, b text)', number);
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
            let mut server = the_server().await;
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

async fn the_server() -> UnixStream {
    UnixStream::connect(format!("{}/.s.PGSQL.5432", common::socket())).await.expect("the server")
}

/// Passes on what comes, and tells how many bytes that was. Those behind the first `hold_at` wait for `end`, once `held` has been told.
async fn pass_on(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    hold_at: usize,
    held: oneshot::Sender<()>,
    end: oneshot::Receiver<()>,
) -> usize {
    let first = tokio::io::copy(&mut (&mut from).take(hold_at as u64), &mut to).await;
    // Who does not listen any more need not be told.
    let _told = held.send(());
    let _ended = end.await;
    let rest = tokio::io::copy(&mut from, &mut to).await;
    let bytes = first.expect("bytes") + rest.expect("bytes");
    usize::try_from(bytes).expect("a number of bytes")
}

/// The server on a socket in `directory`: the second session begins when the first has got `hold_at` bytes of its answers, and the
/// first gets the others when the second is over. It ends with the number of bytes that the first one got.
fn holding_up(directory: &Path, hold_at: usize) -> Outcome<JoinHandle<usize>> {
    let listener = UnixListener::bind(directory.join(".s.PGSQL.5432"))?;
    Ok(tokio::spawn(async move {
        let (mut first, _) = listener.accept().await.expect("the first session");
        let mut server = the_server().await;
        let (from_client, to_client) = first.split();
        let (from_server, to_server) = server.split();
        let (held, is_held) = oneshot::channel();
        let (over, is_over) = oneshot::channel();
        let questions = async {
            let (mut from_client, mut to_server) = (from_client, to_server);
            tokio::io::copy(&mut from_client, &mut to_server).await.expect("questions");
            to_server.shutdown().await.expect("an end");
        };
        let answers = pass_on(from_server, to_client, hold_at, held, is_over);
        let second = async {
            let (mut second, _) = listener.accept().await.expect("the second session");
            is_held.await.expect("a first session");
            let mut server = the_server().await;
            // However it ends: it may be that nobody needed it.
            let _ended = tokio::io::copy_bidirectional(&mut second, &mut server).await;
            over.send(()).expect("a first session");
        };
        tokio::join!(questions, answers, second).1
    }))
}

/// Wherever one session is when the other one reads the rest: columns that come before their table, too, have its order.
#[tokio::test]
async fn what_one_session_is_late_with_changes_nothing() -> Outcome {
    let database = common::database(BOTH_ORDERS).await?;
    // As text: two collections are equal in any order.
    let read_held_up = async |hold_at: usize| -> Outcome<(String, usize)> {
        let directory = tempfile::tempdir()?;
        let serving = holding_up(directory.path(), hold_at)?;
        let conninfo =
            format!("host={} user=postgres dbname={database}", directory.path().display());
        let reading = tokio::time::timeout(Duration::from_secs(60), read(&conninfo)).await??;
        let schemas = serde_json::to_string_pretty(&reading.database.schemas)?;
        Ok((schemas, serving.await?))
    };
    let (expected, bytes) = read_held_up(usize::MAX).await?;
    for part in 1..20 {
        let hold_at = 4096 + bytes * part / 20;
        let (late, _) = read_held_up(hold_at).await?;
        let differs = late.lines().zip(expected.lines()).find(|(late, expected)| late != expected);
        assert_eq!(differs, None, "held up at {hold_at}");
        assert_eq!(late.len(), expected.len(), "held up at {hold_at}");
    }
    Ok(())
}
