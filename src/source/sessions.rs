//! One or two sessions read every kind: each takes what comes next when it has read something.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::pin::pin;

use futures_util::TryStreamExt;
use futures_util::future::try_join_all;
use futures_util::stream::{FuturesOrdered, StreamExt};
use tokio::sync::Notify;
use tokio_postgres::Row;

use super::census::Census;
use super::connection::Connection;
use super::transaction::Snapshot;
use crate::error::{Error, Result};
use crate::model::{KINDS, Kind, sql_for};

/// How many queries a session is sent before it has answered them. More spare it waiting for the next one where that is long
/// on its way; fewer leave more for the other session to take.
const AHEAD_ON_A_SOCKET: usize = 2;
const AHEAD: usize = 8;

/// How many of the last kinds no session on a socket is sent ahead: the other one may be free sooner.
const KEPT_BACK_ON_A_SOCKET: usize = 4;

/// The kinds that nobody has begun to read.
#[derive(Debug, Default)]
struct Queue {
    /// For the first session.
    first: VecDeque<&'static Kind>,
    /// For the second: they have the server open every table, which both sessions would do otherwise.
    second: VecDeque<&'static Kind>,
    /// How many of the last ones are for a session that has nothing to do.
    kept_back: usize,
}

impl Queue {
    fn put(&mut self, kinds: impl IntoIterator<Item = &'static Kind>) {
        for kind in kinds {
            let queue = if kind.opens_tables() { &mut self.second } else { &mut self.first };
            queue.push_back(kind);
        }
    }

    /// The next kind for the first session: the last of the other's, when it has none of its own.
    fn for_first(&mut self, is_busy: bool) -> Option<&'static Kind> {
        if self.is_kept_back(is_busy) {
            return None;
        }
        self.first.pop_front().or_else(|| self.second.pop_back())
    }

    /// The same for the second.
    fn for_second(&mut self, is_busy: bool) -> Option<&'static Kind> {
        if self.is_kept_back(is_busy) {
            return None;
        }
        self.second.pop_front().or_else(|| self.first.pop_back())
    }

    fn is_kept_back(&self, is_busy: bool) -> bool {
        is_busy && self.first.len() + self.second.len() <= self.kept_back
    }
}

/// Shows every row of every kind, and gives those of `others`, queries of another shape. Where a second session can see the
/// same, it takes part once it is there; where it fails, the first reads again what it took.
///
/// # Errors
/// Unavailable: the server refused a query, took too long, or went away. Those of `show`.
pub(super) async fn every_row(
    connection: &Connection,
    snapshot: Option<Snapshot<'_>>,
    others: &[&'static str],
    mut show: impl FnMut(Row) -> Result<()>,
) -> Result<Vec<Vec<Row>>> {
    let show = RefCell::new(&mut show);
    let (rare, usual): (Vec<&Kind>, Vec<&Kind>) = KINDS.iter().partition(|kind| kind.is_rare());
    let kept_back = if connection.is_on_a_socket() { KEPT_BACK_ON_A_SOCKET } else { 0 };
    let queue = RefCell::new(Queue { kept_back, ..Queue::default() });
    queue.borrow_mut().put(usual);
    let idle = Notify::new();
    let first = async {
        let census = async {
            let asked: Vec<_> =
                rare.iter().map(|kind| kind.sql).chain(others.iter().copied()).collect();
            let census = Census::take(connection, &asked).await?;
            queue.borrow_mut().put(rare.into_iter().filter(|kind| census.has_any(kind.sql)));
            let others = others.iter().map(|sql| rows(connection, sql, census.has_any(sql)));
            try_join_all(others).await
        };
        let next = |is_busy| queue.borrow_mut().for_first(is_busy);
        let (others, ()) = tokio::try_join!(biased; census, each_in_turn(connection, next, &show))?;
        // What the census found may have come too late for that.
        each_in_turn(connection, next, &show).await?;
        idle.notify_one();
        Ok(others)
    };
    let second = async {
        let Some(snapshot) = snapshot else { return Ok(VecDeque::new()) };
        let session = tokio::select! {
            session = snapshot.session() => session.ok(),
            () = idle.notified() => None,
        };
        let Some(session) = session else { return Ok(VecDeque::new()) };
        let mut taken = VecDeque::new();
        let next = |is_busy| {
            let kind = queue.borrow_mut().for_second(is_busy)?;
            taken.push_back(kind);
            Some(kind)
        };
        let read = each_in_turn(&session, next, &show).await;
        Ok::<_, Error>(if read.is_ok() { VecDeque::new() } else { taken })
    };
    let (others, mut left) = tokio::try_join!(biased; first, second)?;
    each_in_turn(connection, |_| left.pop_front(), &show).await?;
    Ok(others)
}

/// The rows of a query, if it `has_any`.
async fn rows(connection: &Connection, sql: &'static str, has_any: bool) -> Result<Vec<Row>> {
    if !has_any {
        return Ok(Vec::new());
    }
    let sql = sql_for(sql, connection.server_version());
    let rows = connection.client.query_typed(&sql, &[]).await;
    rows.map_err(|error| connection.failed("reading the catalogs", &error))
}

/// Shows every row of the kinds that `next` gives, until it gives none; it is told whether there is still something to do.
async fn each_in_turn(
    connection: &Connection,
    mut next: impl FnMut(bool) -> Option<&'static Kind>,
    show: &RefCell<&mut impl FnMut(Row) -> Result<()>>,
) -> Result<()> {
    let ahead = if connection.is_on_a_socket() { AHEAD_ON_A_SOCKET } else { AHEAD };
    // In the order in which the server answers: what fails first says why, and all behind it only that it failed.
    let mut under_way = FuturesOrdered::new();
    loop {
        while under_way.len() < ahead
            && let Some(kind) = next(!under_way.is_empty())
        {
            under_way.push_back(each(connection, kind, show));
        }
        match under_way.next().await {
            Some(read) => read?,
            None => return Ok(()),
        }
    }
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
