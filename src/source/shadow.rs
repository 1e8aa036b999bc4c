//! An empty database of the user's own, in place of a throw-away server. It must be empty before anything is done, and is
//! left empty, however the run ends; what could not be put back is said.

mod mentions;
mod state;

use tokio_postgres::error::SqlState;
use tokio_postgres::types::Type;
use tokio_postgres::{Client, Row};

use self::mentions::Mentions;
use self::state::{State, literal};
use super::connection::{Connection, Settings, describe_error};
use super::script::Script;
use crate::error::{Error, Result, tell};

const LEFTOVERS: &str = include_str!("shadow/leftovers.sql");
/// One source at a time; the number is no other program's. The session of a run that is over may take a moment to end.
const LOCK: &str = "set lock_timeout = '2s'; select pg_catalog.pg_advisory_lock(8314041678219)";
/// For whoever finds the database after a run that was killed.
const MARK: &str = "schemavet uses this database as its shadow";
/// Dropping what others hold open must not take for ever; and nobody's defaults bear on it.
const CLEANING: &str = "set lock_timeout = '20s'; set statement_timeout = '120s'; set client_min_messages = error; \
                        set default_transaction_read_only = off; set search_path = pg_catalog";
/// Dropping one thing may need another to be gone first.
const ROUNDS: usize = 4;

/// Owns what is made in the database; when it is dropped, so is that.
#[expect(missing_debug_implementations, reason = "a session has nothing to show")]
pub struct Shadow {
    settings: Settings,
    /// What the sessions call themselves that work for us, to be ended before what they hold is dropped.
    worker: String,
    /// What there was before.
    before: State,
    /// What the scripts speak of.
    mentions: Mentions,
    /// Holds the lock.
    _lock: Connection,
}

/// Something that was made, and how it is dropped.
struct Leftover {
    what: String,
    sql: String,
}

impl Shadow {
    /// Makes sure that the database is empty and that nobody else uses it so, and marks it. Nothing is done to one that is
    /// not empty.
    ///
    /// # Errors
    /// Bad input: the database is not empty. Unavailable: it cannot be reached, or is in use.
    pub async fn take(settings: &Settings, scripts: impl Iterator<Item = &Script>) -> Result<Self> {
        let lock = Connection::open(settings).await?;
        let place = lock.describe().to_owned();
        let failed = |error| lock.failed("asking whether the shadow is empty", &error);
        match lock.client.batch_execute(LOCK).await {
            Err(error) if error.code() == Some(&SqlState::LOCK_NOT_AVAILABLE) => {
                return Err(Error::unavailable(format!("another run uses the shadow {place}"))
                    .help("wait for it to end, or name another database: a shadow serves one source at a time"));
            }
            taken => taken.map_err(failed)?,
        }
        let before = State::of(&lock.client).await.map_err(failed)?;
        let found = leftovers(&lock.client, before.has_public()).await.map_err(failed)?;
        if !found.is_empty() {
            return Err(not_empty(&place, &found, &before));
        }
        if let (Some(what), None) = (before.what(), before.comment()) {
            // Without this right the database has no mark; it is cleaned all the same.
            let mark = format!("comment on {what} is {}", literal(MARK));
            drop(lock.client.batch_execute(&mark).await);
        }
        let mentions = Mentions::of(scripts.flat_map(|script| &script.files));
        let worker = format!("schemavet shadow {}", std::process::id());
        Ok(Self { settings: settings.clone(), worker, before, mentions, _lock: lock })
    }

    /// Opens a session in it.
    ///
    /// # Errors
    /// Those of [`Connection::open`].
    pub async fn open(&self) -> Result<Connection> {
        Connection::open(&self.settings.called(&self.worker)).await
    }

    /// Drops what was made; gives what is left, in words.
    async fn clean(&self) -> Result<Vec<String>> {
        let connection = Connection::open(&self.settings).await?;
        let client = &connection.client;
        let failed = |error| connection.failed("emptying the shadow", &error);
        client.batch_execute(CLEANING).await.map_err(failed)?;
        let end = format!(
            "select pg_terminate_backend(pid) from pg_stat_activity
              where datname = current_database() and application_name = {}",
            literal(&self.worker)
        );
        client.batch_execute(&end).await.map_err(failed)?;
        let public = self.before.has_public();
        let mut refused = Vec::new();
        for _ in 0..ROUNDS {
            refused.clear();
            let found = leftovers(client, public).await.map_err(failed)?;
            if found.is_empty() {
                break;
            }
            for leftover in found {
                if let Err(error) = client.batch_execute(&leftover.sql).await {
                    if connection.lost().is_some() {
                        return Err(failed(error));
                    }
                    refused.push((leftover.what, describe_error(&error)));
                }
            }
        }
        let left = leftovers(client, public).await.map_err(failed)?;
        let why = |what: &str| refused.iter().find(|(refused, _)| refused == what);
        let mut said: Vec<String> = left
            .into_iter()
            .map(|Leftover { what, .. }| match why(&what) {
                Some((_, why)) => format!("{what}: {why}"),
                None => what,
            })
            .collect();
        let now = State::of(client).await.map_err(failed)?;
        let (statements, lost) = self.before.back_from(&now);
        said.extend(lost);
        for statement in statements {
            if let Err(error) = client.batch_execute(&statement).await {
                said.push(format!("`{statement}` failed: {}", describe_error(&error)));
            }
        }
        for (what, name) in now.shared.difference(&self.before.shared) {
            said.extend(self.shared(client, what, name).await);
        }
        Ok(said)
    }

    /// Drops a role that the scripts made. Databases and tablespaces are left, and said where a script names them.
    async fn shared(&self, client: &Client, what: &str, name: &str) -> Option<String> {
        let role = what.strip_prefix("role ");
        if !self.mentions.has(name) {
            let may_be_theirs = role.is_some() && self.mentions.make_other_roles;
            return may_be_theirs
                .then(|| format!("{what}: it came up meanwhile; drop it, if the SQL made it"));
        }
        let Some(role) = role else { return Some(what.to_owned()) };
        if !self.mentions.may_make_role(name) {
            return Some(format!("{what}: no CREATE ROLE of the SQL names it, so it was let be"));
        }
        // One of them may own what another was given.
        let drop = format!("drop owned by {role} cascade; drop role {role}");
        let error = client.batch_execute(&drop).await.err()?;
        Some(format!("{what}: {}", describe_error(&error)))
    }
}

impl Drop for Shadow {
    fn drop(&mut self) {
        // The runtime may be the one that this thread runs, and it may be ending.
        let clean = || -> Result<Vec<String>> {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            let runtime = runtime
                .map_err(|error| Error::unavailable("cannot empty the shadow").because(error))?;
            runtime.block_on(self.clean())
        };
        let cleaned = std::thread::scope(|scope| scope.spawn(clean).join());
        let place = self.settings.describe();
        match cleaned {
            Ok(Ok(left)) if left.is_empty() => {}
            Ok(Ok(left)) => tell!(
                "warning: the shadow {place} could not be emptied; it still has:\n  {}",
                left.join("\n  ")
            ),
            Ok(Err(error)) => {
                tell!("warning: the shadow {place} was not emptied: {error}");
            }
            Err(_) => tell!("warning: the shadow {place} was not emptied"),
        }
    }
}

async fn leftovers(client: &Client, public: bool) -> Result<Vec<Leftover>, tokio_postgres::Error> {
    let rows = client.query_typed(LEFTOVERS, &[(&public, Type::BOOL)]).await?;
    let leftover =
        |row: &Row| Ok(Leftover { what: row.try_get("what")?, sql: row.try_get("sql")? });
    rows.iter().map(leftover).collect()
}

fn not_empty(place: &str, found: &[Leftover], before: &State) -> Error {
    const SHOWN: usize = 5;
    let names: Vec<&str> = found.iter().take(SHOWN).map(|leftover| &*leftover.what).collect();
    let more = found.len().saturating_sub(SHOWN);
    let more = if more == 0 { String::new() } else { format!(" and {more} more") };
    let error = Error::input(format!(
        "the shadow {place} is not empty: it has {}{more}. Nothing was changed",
        names.join(", ")
    ));
    if before.comment() == Some(MARK) {
        return error.help(
            "a run that used it as its shadow was killed: drop the database and create it again",
        );
    }
    error.help("name a database that is empty, such as one fresh from `create database`")
}
