//! Of which of the rarer kinds are there any objects? To ask that costs less than to ask for the objects.

use std::collections::BTreeSet;

use super::connection::Connection;
use crate::error::{Error, Result};
use crate::model::{Need, has_needs, needs};

/// What was asked.
pub(super) struct Census<'s> {
    version: u32,
    /// The needs that are met.
    met: BTreeSet<Need<'s>>,
}

impl<'s> Census<'s> {
    /// Asks what these queries need.
    ///
    /// # Errors
    /// Unavailable: the server refused, took too long, or went away.
    pub(super) async fn take(connection: &Connection, queries: &[&'s str]) -> Result<Self> {
        let version = connection.server_version();
        let asked: BTreeSet<_> = queries.iter().flat_map(|sql| needs(sql, version)).collect();
        let asked = Vec::from_iter(asked);
        let met = ask(connection, &asked).await?;
        let met = asked.into_iter().zip(met).filter_map(|(need, is_met)| is_met.then_some(need));
        Ok(Self { version, met: met.collect() })
    }

    /// Whether one of those queries may find something. One all of whose needs are those of newer servers finds nothing.
    pub(super) fn has_any(&self, sql: &str) -> bool {
        !has_needs(sql) || needs(sql, self.version).any(|need| self.met.contains(&need))
    }
}

/// Which of the needs, in order, are met.
async fn ask(connection: &Connection, needs: &[Need<'_>]) -> Result<Vec<bool>> {
    if needs.is_empty() {
        return Ok(Vec::new());
    }
    let question = format!("select {}", are_met(needs));
    let rows = connection.client.query_typed(&question, &[]).await;
    rows.and_then(|rows| rows.first().map(|row| row.try_get(0)).transpose())
        .map_err(|error| connection.failed("looking for what there is to read", &error))?
        .ok_or_else(|| Error::unavailable("the server answered with nothing"))
}

/// A list of booleans: which of the needs, in order, are met. Of each catalog it takes one look.
fn are_met(needs: &[Need<'_>]) -> String {
    let looks = needs.chunk_by(|one, next| one.catalog == next.catalog).map(|needs| match needs {
        // Mostly it was never written to.
        [Need { catalog, condition: "true" }] => {
            format!("array[pg_relation_size('{catalog}') > 0]")
        }
        [Need { catalog, condition }] => {
            format!("array[exists (select from {catalog} where {condition})]")
        }
        [Need { catalog, .. }, ..] => {
            let met =
                needs.iter().map(|need| format!("count(*) filter (where {}) > 0", need.condition));
            format!("(select array[{}] from {catalog})", met.collect::<Vec<_>>().join(", "))
        }
        [] => "array[]::boolean[]".to_owned(),
    });
    looks.collect::<Vec<_>>().join(" || ")
}
