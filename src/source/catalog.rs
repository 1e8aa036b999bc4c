//! Reads the catalogs of a live server: one read-only snapshot, two round trips, a bounded number of statements.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::pin::pin;

use futures_util::TryStreamExt;
use futures_util::future::try_join_all;
use tokio::sync::Notify;
use tokio_postgres::Row;

use super::census::{Census, NOT_MODELLED};
use super::connection::{Connection, describe_error};
use super::origin::Origin;
use super::rows::Told;
use crate::error::{Error, Result};
use crate::model::{Children, Class, Database, Field, Kind, Names, Object, Pass, sql_for};

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
        let holds_parameters = !database.parameters.is_unsaid();
        database.complete(&mut Pass::default());
        database.close();
        if !holds_roles {
            database.roles = Children::Unsaid;
        }
        if !holds_parameters {
            database.parameters = Children::Unsaid;
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

/// Reads everything, and leaves the transaction open for questions about expressions.
///
/// # Errors
/// Unavailable: the server refused a query, took too long, or went away.
pub async fn read(connection: &Connection) -> Result<Reading> {
    let (client, version) = (&connection.client, connection.server_version());
    let census = Census::take(connection).await?;
    let untold = |error| Error::unavailable(format!("cannot read the catalogs: {error}"));
    let mut told = Told::default();
    let kinds = rows_of(connection, &census, |row| told.add(row).map_err(untold));
    let others = async {
        let names = client.query_typed(NAMES, &[]);
        let not_modelled = async {
            if census.has_not_modelled {
                client.query_typed(&sql_for(NOT_MODELLED, version), &[]).await
            } else {
                Ok(Vec::new())
            }
        };
        let others = tokio::try_join!(names, not_modelled);
        others.map_err(|error| connection.failed("reading the catalogs", &error))
    };
    let ((), (names, not_modelled)) = tokio::try_join!(biased; kinds, others)?;
    let database = told.finish().map_err(untold)?;
    let names = self::names(&database, &names).map_err(|error| unreadable(&error))?;
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

/// Begins a transaction and shows every row of every kind.
///
/// # Errors
/// Unavailable: the server refused a query, took too long, or went away.
pub async fn each_row(connection: &Connection, show: impl FnMut(Row) -> Result<()>) -> Result<()> {
    let census = Census::take(connection).await?;
    rows_of(connection, &census, show).await
}

/// Shows every row of the kinds that there are. Where there are many, a second session reads those of them that have the
/// server open every table; what it has not begun to read by the time the first has nothing left to do, or fails to read,
/// the first one does, too.
async fn rows_of(
    connection: &Connection,
    census: &Census,
    mut show: impl FnMut(Row) -> Result<()>,
) -> Result<()> {
    let show = RefCell::new(&mut show);
    let (own, shared): (Vec<&Kind>, Vec<&Kind>) = match &census.snapshot {
        Some(_) => census.kinds.iter().partition(|kind| !kind.opens_tables()),
        None => (census.kinds.clone(), Vec::new()),
    };
    let idle = Notify::new();
    let own = async {
        let read = all(connection, &own, &show).await;
        idle.notify_one();
        read
    };
    let shared = async {
        let Some(snapshot) = &census.snapshot else { return Ok(()) };
        let second = tokio::select! {
            second = snapshot.session(connection) => second.ok(),
            () = idle.notified() => None,
        };
        if let Some(second) = second
            && all(&second, &shared, &show).await.is_ok()
        {
            return Ok(());
        }
        all(connection, &shared, &show).await
    };
    tokio::try_join!(biased; own, shared).map(drop)
}

/// Shows every row of these kinds, whose queries are sent at once.
async fn all(
    connection: &Connection,
    kinds: &[&Kind],
    show: &RefCell<&mut impl FnMut(Row) -> Result<()>>,
) -> Result<()> {
    try_join_all(kinds.iter().map(|kind| each(connection, kind, show))).await.map(drop)
}

/// Shows every row of a kind as it comes.
async fn each(
    connection: &Connection,
    kind: &Kind,
    show: &RefCell<&mut impl FnMut(Row) -> Result<()>>,
) -> Result<()> {
    let failed =
        |error| connection.failed(&format!("reading each {}", kind.name.replace('_', " ")), &error);
    let sql = kind.sql_for(connection.server_version());
    let rows = connection.client.query_typed_raw(&sql, Vec::<(String, _)>::new()).await;
    let mut rows = pin!(rows.map_err(failed)?);
    while let Some(row) = rows.try_next().await.map_err(failed)? {
        (show.borrow_mut())(row)?;
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
