//! Behind `PgBouncer` in transaction mode, where a server session passes from client to client. Runs where a `pgbouncer`
//! is found: at `SCHEMAVET_TEST_PGBOUNCER`, or where packages put it.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use schemavet::source::connection::{Connection, Settings};

use super::{BEGIN, Outcome, Server, value};

const PORT: u16 = 6432;

struct Pooler(Child);

impl Drop for Pooler {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn program() -> Option<PathBuf> {
    let named = std::env::var_os("SCHEMAVET_TEST_PGBOUNCER").map(PathBuf::from);
    let usual = ["/usr/sbin/pgbouncer", "/usr/bin/pgbouncer"].map(PathBuf::from);
    named.into_iter().chain(usual).find(|path| path.is_file())
}

/// Runs as the server's user, in its directory: neither of the two runs as root.
fn start(program: &Path, directory: &Path) -> Result<Pooler, Box<dyn std::error::Error>> {
    let owner = fs::metadata(directory.join("data"))?;
    let place = directory.display();
    let configuration = format!(
        "[databases]\n* = host={place} user=postgres\n[pgbouncer]\nlisten_addr =\nunix_socket_dir = {place}\n\
         listen_port = {PORT}\nauth_type = any\npool_mode = transaction\ndefault_pool_size = 2\n\
         server_reset_query =\n"
    );
    let file = directory.join("pgbouncer.ini");
    fs::write(&file, configuration)?;
    let mut command = Command::new(program);
    command.arg(&file).current_dir(directory).stdout(Stdio::null()).stderr(Stdio::null());
    if fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0) {
        command.uid(owner.uid()).gid(owner.gid());
    }
    Ok(Pooler(command.spawn()?))
}

async fn connect(directory: &Path) -> Result<Connection, Box<dyn std::error::Error>> {
    let settings = Settings::socket(directory, PORT, "postgres", "postgres");
    let mut tries = 0;
    loop {
        match Connection::open(&settings).await {
            Ok(connection) => return Ok(connection),
            Err(error) if tries >= 100 => return Err(error.report().to_string().into()),
            Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
        tries += 1;
    }
}

#[tokio::test]
async fn nothing_is_left_to_the_next_client() -> Outcome {
    let Some(program) = program() else {
        println!("not run: no pgbouncer");
        return Ok(());
    };
    let server = Server::start().await?;
    let data = server.cluster.data();
    let directory = data.parent().ok_or("no directory")?;
    let _pooler = start(&program, directory)?;
    // Others leave statements of the very names that the protocol's client library uses.
    let mut others = Vec::new();
    for _ in 0..2 {
        let other = connect(directory).await?;
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
        let (mut one, mut two) = (connect(directory).await?, connect(directory).await?);
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
