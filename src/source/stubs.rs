//! Extensions that a throw-away server does not have: `create extension` is replaced by a stub, an entry in the catalog with
//! the objects that migrations most often stand on. What it really brings is not checked, which is said.

mod index_options;

use std::collections::BTreeSet;

use super::connection::Connection;
use super::script::Script;
use crate::error::Result;
use crate::sql::{self, Token, literal};

/// What stands in for an extension; of others there is the entry alone.
const STUBS: &[(&str, &str)] = &[
    ("citext", include_str!("stubs/citext.sql")),
    ("pg_cron", include_str!("stubs/pg_cron.sql")),
    ("pg_net", include_str!("stubs/pg_net.sql")),
    ("pg_trgm", include_str!("stubs/pg_trgm.sql")),
    ("pgcrypto", include_str!("stubs/pgcrypto.sql")),
    ("pgjwt", include_str!("stubs/pgjwt.sql")),
    ("postgis", include_str!("stubs/postgis.sql")),
    ("supabase_vault", include_str!("stubs/supabase_vault.sql")),
    ("unaccent", include_str!("stubs/unaccent.sql")),
    ("uuid-ossp", include_str!("stubs/uuid-ossp.sql")),
    ("vector", include_str!("stubs/vector.sql")),
];

/// The schemas that some extensions insist on.
const HOMES: &[(&str, &str)] =
    &[("pg_cron", "pg_catalog"), ("pg_graphql", "graphql"), ("supabase_vault", "vault")];

/// Makes the entry and the objects in one statement. All that the inner block makes carries the number of its
/// subtransaction, by which it is known as the extension's.
const STATEMENT: &str = include_str!("stubs/statement.sql");

/// The extensions that a server has.
pub(super) struct Stubs {
    available: BTreeSet<String>,
}

/// What a `create extension` says.
struct Creation {
    name: String,
    if_not_exists: bool,
    schema: Option<String>,
}

impl Stubs {
    /// Asks which extensions there are.
    pub(super) async fn needed(connection: &Connection) -> Result<Self> {
        let sql = "select name::text from pg_catalog.pg_available_extensions";
        let rows = connection.client.query_typed(sql, &[]).await;
        let rows = rows.map_err(|error| connection.failed("asking for extensions", &error))?;
        Ok(Self { available: rows.iter().map(|row| row.get(0)).collect() })
    }

    /// Replaces each `create extension` that could not succeed, by a stub where one may be made, else by nothing, and what
    /// a stub would refuse; and adds its name to `stubbed`.
    pub(super) fn replace(&self, script: &mut Script, make: bool, stubbed: &mut Vec<String>) {
        for statement in script.files.iter_mut().flat_map(|file| &mut file.statements) {
            let tokens = sql::words(&statement.text);
            if let Some(creation) = Creation::parse(&tokens) {
                if self.available.contains(&creation.name) {
                    continue;
                }
                statement.text = if make { creation.stub() } else { String::new() };
                if !stubbed.contains(&creation.name) {
                    stubbed.push(creation.name);
                }
            } else if updated(&tokens).is_some_and(|name| stubbed.contains(&name)) {
                statement.text = String::new();
            } else if make
                && stubbed.iter().any(|name| name == index_options::EXTENSION)
                && let Some(noted) = index_options::noted(&statement.text)
            {
                statement.text = noted;
            }
        }
    }
}

/// Says in the catalog what could only be noted while the scripts ran.
pub(super) async fn finish(connection: &Connection, stubbed: &[String]) -> Result<()> {
    if stubbed.iter().all(|name| name != index_options::EXTENSION) {
        return Ok(());
    }
    let done = connection.client.batch_execute(index_options::AT_THE_END).await;
    done.map_err(|error| connection.failed("noting the options of indexes", &error))
}

/// The extension that `alter extension … update` speaks of: a stub has no versions.
fn updated(tokens: &[Token<'_>]) -> Option<String> {
    match tokens {
        [alter, extension, name, update, ..]
            if alter.is_word("alter")
                && extension.is_word("extension")
                && update.is_word("update") =>
        {
            Some(sql::unquote(name.text))
        }
        _ => None,
    }
}

impl Creation {
    fn parse(tokens: &[Token<'_>]) -> Option<Self> {
        let word = |at: usize, word: &str| tokens.get(at).is_some_and(|token| token.is_word(word));
        if !word(0, "create") || !word(1, "extension") {
            return None;
        }
        let if_not_exists = word(2, "if");
        let at = if if_not_exists { 5 } else { 2 };
        let name = |at: usize| tokens.get(at).map(|token| sql::unquote(token.text));
        let after = |key: &str| {
            let found = (at + 1..tokens.len()).find(|at| word(*at, key))?;
            name(found + 1)
        };
        Some(Self { name: name(at)?, if_not_exists, schema: after("schema") })
    }

    fn stub(&self) -> String {
        let find = |list: &[(&str, &'static str)]| {
            list.iter().find(|(name, _)| *name == self.name).map(|(_, found)| *found)
        };
        let maybe = |text: Option<&str>| text.map_or_else(|| "null".to_owned(), literal);
        let home = find(HOMES);
        STATEMENT
            .replace(":name", &literal(&self.name))
            .replace(":if_not_exists", if self.if_not_exists { "true" } else { "false" })
            .replace(":home", &maybe(home))
            .replace(":schema", &maybe(self.schema.as_deref()))
            .replace(":objects", find(STUBS).unwrap_or_default())
    }
}
