//! Reads the catalogs of a live server: one read-only snapshot, few round trips, a bounded number of statements.

use std::collections::BTreeMap;

use tokio_postgres::Row;

use super::connection::{Connection, describe_error};
use super::origin::Origin;
use super::rows::Told;
use super::{sessions, transaction};
use crate::error::{Error, Result};
use crate::model::{Children, Class, Database, Field, Names, Object, Pass};

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
        database.name_extensions();
        database.complete(&mut Pass::default());
        database.close();
        database.supply_sequences();
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

/// Names that objects of the database may use and that are not among what is read: of what belongs to extensions.
const NAMES: &str = include_str!("names.sql");

/// Counts of objects of kinds that are not read.
const NOT_MODELLED: &str = include_str!("not_modelled.sql");

/// Reads everything, and leaves the transaction open for questions about expressions.
///
/// # Errors
/// Unavailable: the server refused a query, took too long, or went away.
pub async fn read(connection: &Connection) -> Result<Reading> {
    let snapshot = transaction::begin(connection).await?;
    let untold = |error| {
        Error::unavailable(format!("cannot read the catalogs: {error}"))
            .help("run again: something may have been dropped while it was read")
    };
    let mut told = Told::default();
    let show = |row| told.add(row).map_err(untold);
    let others = sessions::every_row(connection, snapshot, &[NAMES, NOT_MODELLED], show).await?;
    let mut others = others.into_iter();
    let mut next = || others.next().unwrap_or_default();
    let (names, not_modelled) = (next(), next());
    let mut database = told.finish().map_err(untold)?;
    database.forbid_what_was_dropped();
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
        version: connection.server_version(),
        not_modelled,
        origin: Origin::default(),
    })
}

/// Begins a transaction and shows every row of every kind.
///
/// # Errors
/// Unavailable: the server refused a query, took too long, or went away.
pub async fn each_row(connection: &Connection, show: impl FnMut(Row) -> Result<()>) -> Result<()> {
    let snapshot = transaction::begin(connection).await?;
    sessions::every_row(connection, snapshot, &[], show).await.map(drop)
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
            "operator class" => Class::OperatorClass,
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
