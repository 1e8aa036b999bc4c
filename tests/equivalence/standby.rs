//! On a hot standby: a streaming replica, which can write nothing at all.

use std::path::Path;
use std::time::Instant;

use schemavet::source::connection::{Connection, Settings};
use schemavet::source::ephemeral::Cluster;

use super::{
    DEADLINE, FIXTURES, Outcome, POLL, Process, beside, connected, findings, not_run, schemavet,
    validation, value, with_fixtures,
};

const PORT: u16 = 5433;

/// A replica beside its primary; gone before the primary.
struct Replica {
    _server: Process,
    primary: Cluster,
}

impl Replica {
    /// `None` where what it takes is not there.
    async fn start() -> Result<Option<Self>, Box<dyn std::error::Error>> {
        let settings = [("wal_level", "replica"), ("max_wal_senders", "4")];
        let Some(primary) = with_fixtures(&settings).await? else { return Ok(None) };
        let copy = primary.binaries().join("pg_basebackup");
        if !copy.is_file() {
            not_run("no pg_basebackup")?;
            return Ok(None);
        }
        let data = primary.data();
        let directory = data.parent().ok_or("no directory")?;
        let replica = directory.join("replica");
        let output = beside(directory, &copy)?
            .args([
                "--no-password",
                "--username=postgres",
                "--checkpoint=fast",
                "--wal-method=stream",
            ])
            .args(["--write-recovery-conf", "--no-sync", "--port=5432"])
            .arg("--host")
            .arg(directory)
            .arg("--pgdata")
            .arg(&replica)
            .stderr(std::process::Stdio::piped())
            .output()?;
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        assert!(replica.join("standby.signal").is_file());
        let server = beside(directory, &primary.binaries().join("postgres"))?
            .arg("-D")
            .arg(&replica)
            .arg("-k")
            .arg(directory)
            .args(["-p", &PORT.to_string()])
            .args(["-c", "listen_addresses=", "-c", "hot_standby=on", "-c", "fsync=off"])
            .args(["-c", "max_connections=20", "-c", "max_locks_per_transaction=512"])
            .args(["-c", "max_wal_senders=4", "-c", "shared_buffers=32MB"])
            .spawn()?;
        let started = Self { _server: Process(server), primary };
        let session = connected(&started.settings("postgres")?).await?;
        assert_eq!(value(&session, "select pg_is_in_recovery()::text").await?, "true");
        Ok(Some(started))
    }

    fn settings(&self, database: &str) -> Result<Settings, Box<dyn std::error::Error>> {
        let data = self.primary.data();
        let directory = data.parent().ok_or("no directory")?;
        Ok(Settings::socket(directory, PORT, "postgres", database))
    }

    fn conninfo(&self, database: &str) -> String {
        let data = self.primary.data();
        let directory = data.parent().unwrap_or(Path::new("/"));
        format!("host={} port={PORT} user=postgres dbname={database}", directory.display())
    }

    /// Changes the primary, and waits for the replica to have the change.
    async fn change(&self, database: &str, sql: &str) -> Outcome {
        let primary = Connection::open(&self.primary.settings(database)).await?;
        primary.client.batch_execute("set synchronous_commit = local").await?;
        primary.client.batch_execute(sql).await?;
        let written = value(&primary, "select pg_current_wal_flush_lsn()::text").await?;
        let replica = Connection::open(&self.settings(database)?).await?;
        let replayed = format!("select (pg_last_wal_replay_lsn() >= '{written}')::text");
        let deadline = Instant::now() + DEADLINE;
        while value(&replica, &replayed).await? != "true" {
            assert!(Instant::now() < deadline, "the replica does not follow");
            tokio::time::sleep(POLL).await;
        }
        Ok(())
    }
}

#[tokio::test]
async fn a_replica_is_validated_like_its_primary() -> Outcome {
    let Some(replica) = Replica::start().await? else { return Ok(()) };
    for name in FIXTURES {
        let conninfo = replica.conninfo(name);
        assert_eq!(findings(&validation(name, &conninfo).output()?)?, (Some(0), Vec::new()));
        // There was something to decide.
        let refused = validation(name, &conninfo).arg("--no-server-analysis").output()?;
        let (code, undecided) = findings(&refused)?;
        assert!(code == Some(3) && !undecided.is_empty(), "{code:?} {undecided:?}");
    }
    let drift = [
        (
            "column.default",
            "public.teams.max_members",
            include_str!("../../fixtures/streamtrack/drift/changed_default.sql"),
        ),
        (
            "policy.using",
            "public.profiles.Users can view their own profile",
            include_str!("../../fixtures/streamtrack/drift/weakened_policy.sql"),
        ),
    ];
    for (_, _, sql) in drift {
        replica.change("streamtrack", sql).await?;
    }
    let (code, mut found) =
        findings(&validation("streamtrack", &replica.conninfo("streamtrack")).output()?)?;
    found.sort();
    let expected: Vec<String> =
        drift.iter().map(|(rule, name, _)| format!("{rule} {name}")).collect();
    assert_eq!((code, found), (Some(1), expected));

    let database = replica.conninfo("pixcrawler");
    let output = schemavet(&["snapshot", "--database", &database]).output()?;
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    Ok(())
}
