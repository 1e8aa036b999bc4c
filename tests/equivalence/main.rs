//! Expression equivalence against real servers: the one that is installed, and those whose directories of programs are
//! listed, with colons between them, in `SCHEMAVET_TEST_PG_BINS`.
#![cfg(unix)]
#![expect(clippy::print_stdout, reason = "a test says what it measured")]

mod injection;
mod pairs;
mod pooler;
mod property;
mod rights;

use std::process::Command;

use schemavet::equivalence::{Equivalence, Question, Scope, Verdict};
use schemavet::source::ServerAnalysis;
use schemavet::source::connection::{Connection, Settings};
use schemavet::source::ephemeral::Cluster;
use schemavet::value::Name;

type Outcome = Result<(), Box<dyn std::error::Error>>;

/// Types, functions and tables that the judged pairs need.
const PREAMBLE: &str = include_str!("../data/expr_preamble.sql");
const PAIRS: &str = include_str!("../data/expr_pairs.json");

/// A server with the preamble and the tables of the judged pairs.
struct Server {
    cluster: Cluster,
    owner: Connection,
}

impl Server {
    async fn start() -> Result<Self, Box<dyn std::error::Error>> {
        let cluster = Cluster::start(None).await?;
        let owner = Connection::open(&cluster.settings("postgres")).await?;
        owner.client.batch_execute(PREAMBLE).await?;
        let pairs: Vec<pairs::Pair> = serde_json::from_str(PAIRS)?;
        let tables: std::collections::BTreeSet<&str> = pairs
            .iter()
            .map(|pair| pair.table_ddl.as_str())
            .filter(|ddl| ddl.starts_with("create table"))
            .collect();
        for table in tables {
            owner.client.batch_execute(table).await?;
        }
        Ok(Self { cluster, owner })
    }

    fn settings(&self) -> Settings {
        self.cluster.settings("postgres")
    }

    /// A session in the kind of transaction that schemavet reads in.
    async fn session(&self) -> Result<Connection, Box<dyn std::error::Error>> {
        let connection = Connection::open(&self.settings()).await?;
        connection.client.batch_execute(BEGIN).await?;
        Ok(connection)
    }
}

const BEGIN: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL search_path = ''";

async fn settle(equivalence: &mut Equivalence, connection: &mut Connection) {
    let mut analysis = ServerAnalysis::new(connection);
    equivalence.settle(&mut analysis).await;
}

fn on_accounts(text: &str) -> Question {
    question(Scope::Relation(Name::new("public", "accounts")), text)
}

fn question(scope: Scope, text: &str) -> Question {
    Question { scope, schema: "public".to_owned(), assigned_to: None, text: text.to_owned() }
}

/// The verdict on one pair, asked of the server.
async fn decide(connection: &mut Connection, written: &Question, stored: &Question) -> Verdict {
    let mut equivalence = Equivalence::new(vec!["public".to_owned()]);
    equivalence.verdict(written, stored, false);
    settle(&mut equivalence, connection).await;
    assert!(!equivalence.has_questions());
    equivalence.verdict(written, stored, false)
}

async fn value(connection: &Connection, query: &str) -> Result<String, tokio_postgres::Error> {
    let rows = connection.client.query_typed(query, &[]).await?;
    rows.first().map_or(Ok(String::new()), |row| row.try_get(0))
}

/// Runs all other tests once for each listed directory.
#[test]
fn every_listed_server() -> Outcome {
    let listed = std::env::var("SCHEMAVET_TEST_PG_BINS").unwrap_or_default();
    for programs in listed.split(':').filter(|programs| !programs.is_empty()) {
        let status = Command::new(std::env::current_exe()?)
            .args(["--nocapture", "--skip", "every_listed_server"])
            .env("SCHEMAVET_PG_BIN", programs)
            .env_remove("SCHEMAVET_TEST_PG_BINS")
            .status()?;
        assert!(status.success(), "{programs}");
    }
    Ok(())
}
