//! The first question to a server: of which kinds are there any objects, and how much is there to read?

use std::collections::BTreeSet;

use tokio_postgres::Row;

use super::connection::Connection;
use crate::error::{Error, Result};
use crate::model::{KINDS, Kind, Need, has_needs, needs};

/// Counts of objects of kinds that are not read.
pub(super) const NOT_MODELLED: &str = include_str!("not_modelled.sql");

/// Begins the one transaction of a run: one snapshot, in which nothing can be written.
const BEGIN: &str = "begin isolation level repeatable read read only";
/// Bounds it, to one process of the server too; has every name qualified in what the server prints, and every constant
/// in the one form that does not depend on who asks where; and has it spend no more time on planning than small catalogs
/// are worth: the queries join in the order in which they are written.
const SET: &str = "set local search_path = ''; set local statement_timeout = '60s'; set local lock_timeout = '5s'; \
                   set local idle_in_transaction_session_timeout = '10min'; set local quote_all_identifiers = off; \
                   set local standard_conforming_strings = on; set local bytea_output = hex; \
                   set local datestyle = iso; set local intervalstyle = postgres; set local timezone = 'UTC'; \
                   set local extra_float_digits = 1; set local lc_monetary = 'C'; set local xmloption = content; \
                   set local jit = off; set local max_parallel_workers_per_gather = 0; \
                   set local join_collapse_limit = 1; set local from_collapse_limit = 1";

/// From which size of the catalog of columns on, in bytes, a second session is worth its while: that of some sixty
/// tables.
const LARGE: u32 = 1_000_000;
/// Tells servers apart that answer to one name.
const SERVER_STARTED: &str = "pg_postmaster_start_time()::text";

/// What there is to read, within a transaction that was begun.
#[derive(Debug)]
pub(super) struct Census {
    /// The kinds that there may be any objects of.
    pub kinds: Vec<&'static Kind>,
    /// Whether there may be objects of kinds that are not read.
    pub has_not_modelled: bool,
    /// For a second session to see the same, where there is much to read.
    pub snapshot: Option<Snapshot>,
}

/// What a transaction sees.
#[derive(Debug)]
pub(super) struct Snapshot {
    name: String,
    server_started: String,
}

impl Census {
    /// Begins a transaction, and looks around in it.
    ///
    /// # Errors
    /// Unavailable: the server refused, took too long, or went away.
    pub(super) async fn take(connection: &Connection) -> Result<Self> {
        let export = format!(
            "case when pg_relation_size('pg_attribute') >= {LARGE} then pg_export_snapshot() end"
        );
        match Self::ask(connection, &export).await {
            // Not every server lets everybody export what he sees.
            Err(_) if connection.lost().is_none() => {
                drop(connection.client.batch_execute("rollback").await);
                Self::ask(connection, "null::text").await
            }
            census => census,
        }
    }

    async fn ask(connection: &Connection, export: &str) -> Result<Self> {
        let version = connection.server_version();
        let queries = KINDS.iter().map(|kind| kind.sql).chain([NOT_MODELLED]);
        let asked = queries.flat_map(|sql| needs(sql, version)).collect::<BTreeSet<_>>();
        let asked = Vec::from_iter(asked);
        let question = format!("select {}, {export}, {SERVER_STARTED}", are_met(&asked));
        let opening = format!("{BEGIN}; {SET}");
        let (begun, rows) = tokio::join!(
            biased;
            connection.client.batch_execute(&opening),
            connection.client.query_typed(&question, &[]),
        );
        begun.map_err(|error| connection.failed("beginning a read-only transaction", &error))?;
        let answer = rows.and_then(|rows| rows.first().map(answer).transpose());
        let (met, snapshot) = answer
            .map_err(|error| connection.failed("looking for what there is to read", &error))?
            .ok_or_else(|| Error::unavailable("the server answered with nothing"))?;
        let met: BTreeSet<&Need<'_>> =
            asked.iter().zip(met).filter_map(|(need, is_met)| is_met.then_some(need)).collect();
        // A query all of whose needs are those of newer servers finds nothing here.
        let is_worth_while =
            |sql| !has_needs(sql) || needs(sql, version).any(|need| met.contains(&need));
        Ok(Self {
            kinds: KINDS.iter().filter(|kind| is_worth_while(kind.sql)).collect(),
            has_not_modelled: is_worth_while(NOT_MODELLED),
            snapshot,
        })
    }
}

impl Snapshot {
    /// Another session that sees it.
    ///
    /// # Errors
    /// Unavailable: nobody lets another session in, or another server does.
    pub(super) async fn session(&self, first: &Connection) -> Result<Connection> {
        let second = first.another().await?;
        let failed = |error| second.failed("sharing a snapshot", &error);
        let name = self.name.replace('\'', "''");
        let opening = format!("{BEGIN}; set transaction snapshot '{name}'; {SET}");
        second.client.batch_execute(&opening).await.map_err(failed)?;
        let asked = format!("select {SERVER_STARTED}");
        let rows = second.client.query_typed(&asked, &[]).await.map_err(failed)?;
        let started = rows.first().map(|row| row.try_get::<_, &str>(0));
        match started.transpose().map_err(failed)? {
            Some(started) if started == self.server_started => Ok(second),
            _ => Err(Error::unavailable("another server answered")),
        }
    }
}

/// A list of booleans: which of the needs, in order, are met. Of each catalog it takes one look.
fn are_met(needs: &[Need<'_>]) -> String {
    let looks = needs.chunk_by(|one, next| one.catalog == next.catalog).map(|needs| match needs {
        [Need { catalog, condition }] => {
            format!("array[exists (select from {catalog} where {condition})]")
        }
        [Need { catalog, .. }, ..] => {
            let met =
                needs.iter().map(|need| format!("coalesce(bool_or({}), false)", need.condition));
            format!("(select array[{}] from {catalog})", met.collect::<Vec<_>>().join(", "))
        }
        [] => "array[]::boolean[]".to_owned(),
    });
    looks.collect::<Vec<_>>().join(" || ")
}

/// Which needs are met, and the snapshot.
fn answer(row: &Row) -> Result<(Vec<bool>, Option<Snapshot>), tokio_postgres::Error> {
    let (name, server_started): (Option<String>, _) = (row.try_get(1)?, row.try_get(2)?);
    Ok((row.try_get(0)?, name.map(|name| Snapshot { name, server_started })))
}
