//! The one transaction of a run, and a second session that sees the same.

use std::borrow::Cow;
use std::convert::Infallible;
use std::pin::Pin;

use futures_util::future::{MaybeDone, maybe_done};

use super::connection::Connection;
use crate::error::{Error, Result};
use crate::model::sql_for;
use crate::sql::literal;

/// Begins it: one snapshot, in which nothing can be written.
const BEGIN: &str = "begin isolation level repeatable read read only";
/// From which size of the catalog of columns on, in bytes, there is much to read: that of some sixty tables.
const LARGE: u32 = 1_000_000;
/// Tells servers apart that answer to one name.
const SERVER_STARTED: &str = "pg_postmaster_start_time()::text";

/// What a transaction sees, for a second session to see the same.
pub(super) struct Snapshot<'c> {
    name: String,
    server_started: String,
    /// That session, on its way.
    session: Coming<'c>,
}

/// A session that is on its way once it is waited for.
type Coming<'c> = MaybeDone<Pin<Box<dyn Future<Output = Result<Connection>> + 'c>>>;

/// Begins the transaction. Gives what it sees, where a second session is worth its while: where there is much to read, and
/// over a Unix socket, on which a session costs next to nothing.
///
/// # Errors
/// Unavailable: the server refused, took too long, or went away.
pub(super) async fn begin(connection: &Connection) -> Result<Option<Snapshot<'_>>> {
    let is_worth_while = if connection.is_on_a_socket() {
        "true".to_owned()
    } else {
        format!("pg_relation_size('pg_attribute') >= {LARGE}")
    };
    let mut session: Coming<'_> = maybe_done(Box::pin(connection.another()));
    let export = format!(
        "select case when {is_worth_while} then pg_export_snapshot() end, {SERVER_STARTED}"
    );
    let opening = format!("{BEGIN}; {}", settings(connection));
    let beginning = async {
        tokio::join!(
            biased;
            connection.client.batch_execute(&opening),
            connection.client.query_typed(&export, &[]),
        )
    };
    // It is sure to be worth its while there.
    let early = async {
        if connection.is_on_a_socket() {
            (&mut session).await;
        }
        std::future::pending::<Infallible>().await
    };
    let (begun, rows) = tokio::select! {
        biased;
        begun = beginning => begun,
        never = early => match never {},
    };
    let failed = |error| connection.failed("beginning a read-only transaction", &error);
    begun.map_err(failed)?;
    let exported = rows.and_then(|rows| {
        let Some(row) = rows.first() else { return Ok(None) };
        let (name, server_started): (Option<String>, _) = (row.try_get(0)?, row.try_get(1)?);
        Ok(name.map(|name| Snapshot { name, server_started, session }))
    });
    match exported {
        // Not every server lets everybody export what he sees.
        Err(_) if connection.lost().is_none() => {
            let again = format!("rollback; {opening}");
            connection.client.batch_execute(&again).await.map_err(failed)?;
            Ok(None)
        }
        exported => exported.map_err(failed),
    }
}

/// What the server is told of how it runs, and of how it prints what is asked for.
fn settings(connection: &Connection) -> Cow<'static, str> {
    sql_for(include_str!("transaction.sql"), connection.server_version())
}

impl Snapshot<'_> {
    /// Another session that sees it.
    ///
    /// # Errors
    /// Unavailable: nobody lets another session in, or another server does.
    pub(super) async fn session(mut self) -> Result<Connection> {
        (&mut self.session).await;
        let second = Pin::new(&mut self.session).take_output();
        let second = second.unwrap_or_else(|| Err(Error::unavailable("it was taken")))?;
        let failed = |error| second.failed("sharing a snapshot", &error);
        let name = literal(&self.name);
        let settings = settings(&second);
        let opening = format!("{BEGIN}; set transaction snapshot {name}; {settings}");
        let asked = format!("select {SERVER_STARTED}");
        let (begun, rows) = tokio::join!(
            biased;
            second.client.batch_execute(&opening),
            second.client.query_typed(&asked, &[]),
        );
        begun.map_err(failed)?;
        let rows = rows.map_err(failed)?;
        let started = rows.first().map(|row| row.try_get::<_, &str>(0));
        match started.transpose().map_err(failed)? {
            Some(started) if started == self.server_started => Ok(second),
            _ => Err(Error::unavailable("another server answered")),
        }
    }
}
