//! Reads the catalogs of a live server: one read-only snapshot, one round trip, a constant number of statements.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::pin::pin;
use std::sync::Arc;

use futures_util::TryStreamExt;
use futures_util::future::try_join_all;
use serde::Deserialize;
use tokio_postgres::Row;

use super::connection::{Connection, describe_error};
use super::origin::Origin;
use super::rows::{Columns, Node};
use crate::error::{Error, Result};
use crate::model::{Children, Class, Database, Field, KINDS, Kind, Names, Object, sql_for};

/// What was read.
#[derive(Debug)]
pub struct Reading {
    /// Every object of every kind.
    pub database: Database,
    /// What unqualified names mean.
    pub names: Names,
    /// Where it was read from, as a person would say it.
    pub place: String,
    /// The server's version, such as 150018.
    pub version: u32,
    /// Objects of kinds that are not read, by kind, with their count.
    pub not_modelled: BTreeMap<String, u64>,
    /// How it came to be, where schemavet itself applied SQL.
    pub origin: Origin,
}

impl Reading {
    /// A database that was stored earlier, as `place` says.
    pub fn stored(mut database: Database, place: String) -> Self {
        let holds_roles = !database.roles.is_unsaid();
        database.complete();
        database.close();
        if !holds_roles {
            database.roles = Children::Unsaid;
        }
        let mut names = Names::with_path(extension_homes(&database)).stored();
        names.learn(&database);
        Self {
            database,
            names,
            place,
            version: 0,
            not_modelled: BTreeMap::new(),
            origin: Origin::default(),
        }
    }
}

/// The schemas that hold the objects of extensions.
fn extension_homes(database: &Database) -> Vec<String> {
    database
        .extensions
        .bodies()
        .filter_map(|(_, extension)| extension.schema.said().cloned())
        .collect()
}

/// Names that objects of the database may use, whether or not they are of a kind that is read.
const NAMES: &str = include_str!("names.sql");
/// Counts of objects of kinds that are not read.
const NOT_MODELLED: &str = include_str!("not_modelled.sql");

/// How long one statement may take on the server.
const STATEMENT_TIMEOUT: &str = "60s";
/// How long a statement may wait for a lock.
const LOCK_TIMEOUT: &str = "5s";

/// Begins the one transaction of a run: read-only, one snapshot, bounded, with every name qualified in what the server
/// prints.
fn begin() -> String {
    format!(
        "begin isolation level repeatable read read only; \
         set local search_path = ''; set local statement_timeout = '{STATEMENT_TIMEOUT}'; \
         set local lock_timeout = '{LOCK_TIMEOUT}'; set local idle_in_transaction_session_timeout = '10min'; \
         set local quote_all_identifiers = off; set local bytea_output = hex; set local jit = off"
    )
}

/// Reads everything, and leaves the transaction open for questions about expressions.
///
/// # Errors
/// Unavailable: the server refused a query, took too long, or went away.
pub async fn read(connection: &Connection) -> Result<Reading> {
    let client = &connection.client;
    let opening = begin();
    let begun = client.batch_execute(&opening);
    let version = connection.server_version();
    let root = RefCell::new(Node::default());
    let kinds = each_row(connection, |row, columns| root.borrow_mut().graft(row, columns));
    let others = [NAMES, NOT_MODELLED].map(|sql| sql_for(sql, version));
    let others = try_join_all(others.iter().map(|sql| client.query_typed(sql, &[])));
    let (opened, kinds, others) = tokio::join!(biased; begun, kinds, others);
    opened.map_err(|error| connection.failed("beginning a read-only transaction", &error))?;
    kinds?;
    let others = others.map_err(|error| connection.failed("reading the catalogs", &error))?;
    let [names, not_modelled] = others.as_slice() else {
        return Err(Error::unavailable("the server answered fewer queries than it was asked"));
    };
    let root = root.into_inner();
    let mut database = Database::deserialize(root)
        .map_err(|error| Error::unavailable(format!("cannot read the catalogs: {error}")))?;
    database.close();
    let names = self::names(&database, names).map_err(|error| unreadable(&error))?;
    let not_modelled = not_modelled
        .iter()
        .map(counted)
        .collect::<Result<_, _>>()
        .map_err(|error| unreadable(&error))?;
    Ok(Reading {
        database,
        names,
        place: connection.describe().to_owned(),
        version,
        not_modelled,
        origin: Origin::default(),
    })
}

/// Shows every row of every kind, within a transaction that was begun. Most databases have objects of few kinds: which
/// these are is asked first, and the kinds that every database has are read while the answer is on its way.
///
/// # Errors
/// Unavailable: the server refused a query, took too long, or went away.
pub async fn each_row(
    connection: &Connection,
    mut show: impl FnMut(&Row, &Arc<Columns>) -> Result<(), tokio_postgres::Error>,
) -> Result<()> {
    let show = RefCell::new(&mut show);
    let (sometimes, always): (Vec<&Kind>, Vec<&Kind>) =
        KINDS.iter().partition(|kind| kind.exists().is_some());
    let census = census(&sometimes);
    let asked = connection.client.query_typed(&census, &[]);
    let present = async {
        let rows = asked.await.map_err(|error| connection.failed("looking for kinds", &error))?;
        let mut there = Vec::new();
        for (at, kind) in sometimes.iter().enumerate() {
            if rows.first().is_none_or(|row| row.try_get(at).unwrap_or(true)) {
                there.push(*kind);
            }
        }
        try_join_all(there.into_iter().map(|kind| each(connection, kind, &show))).await
    };
    let always = try_join_all(always.into_iter().map(|kind| each(connection, kind, &show)));
    let (present, always) = tokio::join!(biased; present, always);
    always.and(present).map(drop)
}

/// Asks of which kinds there is any object.
fn census(kinds: &[&Kind]) -> String {
    let conditions =
        kinds.iter().filter_map(|kind| Some(format!("exists (select {})", kind.exists()?)));
    format!(
        "with system as (select oid from pg_namespace where nspname ~ '^pg_' or nspname = 'information_schema') \
         select {}",
        conditions.collect::<Vec<_>>().join(", ")
    )
}

/// Shows every row of a kind as it comes.
async fn each(
    connection: &Connection,
    kind: &Kind,
    show: &RefCell<&mut impl FnMut(&Row, &Arc<Columns>) -> Result<(), tokio_postgres::Error>>,
) -> Result<()> {
    let failed =
        |error| connection.failed(&format!("reading each {}", kind.name.replace('_', " ")), &error);
    let sql = kind.sql_for(connection.server_version());
    let rows = connection.client.query_typed_raw(&sql, Vec::<(String, _)>::new()).await;
    let mut rows = pin!(rows.map_err(failed)?);
    let mut columns = None;
    while let Some(row) = rows.try_next().await.map_err(failed)? {
        let columns = columns.get_or_insert_with(|| Columns::of(&row));
        (show.borrow_mut())(&row, columns).map_err(|error| unreadable(&error))?;
    }
    Ok(())
}

fn names(database: &Database, rows: &[Row]) -> Result<Names, tokio_postgres::Error> {
    let mut names = Names::with_path(extension_homes(database));
    names.learn(database);
    for row in rows {
        let class = match row.try_get::<_, &str>(0)? {
            "type" => Class::Type,
            "function" => Class::Function,
            "collation" => Class::Collation,
            "operator" => Class::Operator,
            "operator family" => Class::OperatorFamily,
            "text search parser" => Class::TextSearchParser,
            "text search template" => Class::TextSearchTemplate,
            "text search dictionary" => Class::TextSearchDictionary,
            _ => Class::DefaultOperatorClass,
        };
        names.insert(class, row.try_get(1)?, row.try_get(2)?);
    }
    Ok(names)
}

fn counted(row: &Row) -> Result<(String, u64), tokio_postgres::Error> {
    let count: i64 = row.try_get(1)?;
    Ok((row.try_get(0)?, u64::try_from(count).unwrap_or_default()))
}

fn unreadable(error: &tokio_postgres::Error) -> Error {
    Error::unavailable(format!("cannot read the server's answer: {}", describe_error(error)))
}
