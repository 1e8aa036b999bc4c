//! Behind `PgBouncer` in transaction mode, where a server session passes from client to client. Runs where a `pgbouncer`
//! is found: at `SCHEMAVET_TEST_PGBOUNCER`, or where packages put it.

use std::fs;
use std::path::{Path, PathBuf};

use schemavet::source::connection::{Connection, Settings};

use super::{
    BEGIN, FIXTURES, Outcome, Process, Server, beside, connected, findings, not_run, validation,
    value, with_fixtures,
};

const PORT: u16 = 6432;

fn program() -> Option<PathBuf> {
    let named = std::env::var_os("SCHEMAVET_TEST_PGBOUNCER").map(PathBuf::from);
    let usual = ["/usr/sbin/pgbouncer", "/usr/bin/pgbouncer"].map(PathBuf::from);
    named.into_iter().chain(usual).find(|path| path.is_file())
}

fn start(program: &Path, directory: &Path, pool: u8) -> Result<Process, std::io::Error> {
    let place = directory.display();
    let configuration = format!(
        "[databases]\n* = host={place} user=postgres\n[pgbouncer]\nlisten_addr =\nunix_socket_dir = {place}\n\
         listen_port = {PORT}\nauth_type = any\npool_mode = transaction\ndefault_pool_size = {pool}\n\
         server_reset_query =\n"
    );
    let file = directory.join("pgbouncer.ini");
    fs::write(&file, configuration)?;
    Ok(Process(beside(directory, program)?.arg(&file).spawn()?))
}

async fn connect(
    directory: &Path,
    database: &str,
) -> Result<Connection, Box<dyn std::error::Error>> {
    connected(&Settings::socket(directory, PORT, "postgres", database)).await
}

#[tokio::test]
async fn nothing_is_left_to_the_next_client() -> Outcome {
    let Some(program) = program() else {
        return not_run("no pgbouncer");
    };
    let server = Server::start().await?;
    let data = server.cluster.data();
    let directory = data.parent().ok_or("no directory")?;
    let _pooler = start(&program, directory, 2)?;
    // Others leave statements of the very names that the protocol's client library uses.
    let mut others = Vec::new();
    for _ in 0..2 {
        let other = connect(directory, "postgres").await?;
        other.client.batch_execute("BEGIN").await?;
        for number in 0..300 {
            other.client.batch_execute(&format!("PREPARE s{number} AS SELECT 1")).await?;
        }
        others.push(other);
    }
    for other in &others {
        other.client.batch_execute("COMMIT").await?;
    }
    for _ in 0..3 {
        let (mut one, mut two) =
            (connect(directory, "postgres").await?, connect(directory, "postgres").await?);
        one.client.batch_execute(BEGIN).await?;
        two.client.batch_execute(BEGIN).await?;
        let (first, second) = tokio::join!(
            super::pairs::judge(&server, &mut one),
            super::pairs::judge(&server, &mut two)
        );
        first.and(second)?;
        for session in [&one, &two] {
            assert_eq!(
                value(session, "select count(*)::text from pg_prepared_statements").await?,
                "300"
            );
            session.client.batch_execute("COMMIT").await?;
        }
    }
    Ok(())
}

/// The whole program, twice at a time: each waits for the other's transaction where there is one session for both.
#[tokio::test]
async fn validate_leaves_nothing_to_the_next_client() -> Outcome {
    let Some(program) = program() else {
        return not_run("no pgbouncer");
    };
    for pool in [1, 2] {
        let Some(cluster) = with_fixtures(&[("log_min_duration_statement", "0")]).await? else {
            return Ok(());
        };
        let data = cluster.data();
        let directory = data.parent().ok_or("no directory")?;
        let _pooler = start(&program, directory, pool)?;
        connect(directory, "postgres").await?;
        let conninfo = |name: &str| {
            format!("host={} port={PORT} user=postgres dbname={name}", directory.display())
        };
        for _ in 0..2 {
            for name in FIXTURES {
                let alone = validation(name, &conninfo(name)).output()?;
                assert_eq!(findings(&alone)?, (Some(0), Vec::new()), "{name}, {pool} sessions");
            }
            let running = [FIXTURES, FIXTURES].concat().into_iter().map(|name| {
                validation(name, &conninfo(name)).spawn().map(|process| (name, process))
            });
            for (name, process) in running.collect::<Result<Vec<_>, _>>()? {
                let found = findings(&process.wait_with_output()?)?;
                assert_eq!(found, (Some(0), Vec::new()), "{name}, {pool} sessions");
            }
        }
        for name in FIXTURES {
            let mut sessions = Vec::new();
            for _ in 0..pool {
                let session = connect(directory, name).await?;
                session.client.batch_execute("BEGIN").await?;
                let left = "select count(*)::text from pg_prepared_statements";
                assert_eq!(value(&session, left).await?, "0");
                let changed =
                    "select string_agg(name, ' ') from pg_settings where source = 'session'
                    and name not in ('application_name', 'client_encoding')";
                assert_eq!(
                    value(&session, &format!("select coalesce(({changed}), '')")).await?,
                    ""
                );
                sessions.push(session);
            }
        }
        let log = fs::read_to_string(directory.join("log"))?;
        assert!(log.contains("parse <unnamed>: "), "nothing was logged");
        let named = |line: &&str| line.contains(" ms  parse ") && !line.contains("<unnamed>: ");
        assert_eq!(log.lines().find(named), None);
    }
    Ok(())
}
