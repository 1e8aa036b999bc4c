//! Runs a script's statements one by one, so that those run too that refuse a transaction block.

use std::borrow::Cow;

use futures_util::future::join_all;
use tokio_postgres::error::{ErrorPosition, SqlState};
use tokio_postgres::{SimpleQueryMessage, SimpleQueryRow};

use super::{File, Script, Statement, own_database};
use crate::error::{Error, Result};
use crate::source::connection::{Connection, describe_db_error, describe_error};
use crate::sql::{first_words, unquote, words};

/// Statements that are under way at once. They run one after the other; only the waiting is shared.
const PIPELINE: usize = 32;

/// Leaves nothing of one file's session to the next: a dump empties `search_path`.
const AFRESH: &str = "reset session authorization; reset all";

/// True inside a transaction block: there, the transaction is older than the statement.
const IN_BLOCK: &str =
    "select pg_catalog.now() operator(pg_catalog.<>) pg_catalog.statement_timestamp()";

/// Applies every file in order, each with fresh session settings. After an error, statements that
/// follow close behind may have run: the database is spoilt.
///
/// # Errors
/// Bad input, at file, line and column, where the server refuses a statement or a transaction block
/// stays open; unavailable where the server is lost.
pub async fn apply(connection: &Connection, script: &Script) -> Result<()> {
    for (index, file) in script.files.iter().enumerate() {
        if index > 0 {
            let reset = connection.client.batch_execute(AFRESH).await;
            reset.map_err(|error| connection.failed("resetting the session", &error))?;
        }
        let own = match own_database::name(file) {
            Some(name) => Some((name, current_database(connection).await?)),
            None => None,
        };
        for batch in file.statements.chunks(PIPELINE) {
            let texts: Vec<_> = batch
                .iter()
                .map(|one| match (to_run(&one.text), &own) {
                    (text, Some((name, actual))) => own_database::in_its_place(text, name, actual),
                    (text, None) => Cow::Borrowed(text),
                })
                .collect();
            let running = texts.iter().map(|text| connection.client.batch_execute(text));
            for (statement, outcome) in batch.iter().zip(join_all(running).await) {
                outcome.map_err(|error| refused(connection, file, statement, &error))?;
            }
        }
        if in_block(connection).await? {
            return Err(open_block(file));
        }
    }
    Ok(())
}

/// What runs for a statement. `pg_dump -n public` has the schema made that every new database has, and writes its privileges
/// as they differ from those that it has there; `pg_dumpall` has the superuser made that every server has, and changes it.
fn to_run(text: &str) -> &str {
    let words: Vec<String> = first_words(text, 4).iter().map(|word| unquote(word.text)).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["alter", "role", "postgres", "with"] => "select",
        ["create", "schema", "public"] => "create schema if not exists public",
        ["create", "role", "postgres"] => {
            "do $$ begin create role postgres; exception when duplicate_object then null; end $$"
        }
        _ => text,
    }
}

async fn current_database(connection: &Connection) -> Result<String> {
    let asked = connection.client.query_typed("select current_database()::text", &[]).await;
    let name = asked.and_then(|rows| rows.first().map(|row| row.try_get(0)).transpose());
    let name = name.map_err(|error| connection.failed("asking for the database", &error))?;
    Ok(name.unwrap_or_default())
}

async fn in_block(connection: &Connection) -> Result<bool> {
    let answer = connection.client.simple_query(IN_BLOCK).await;
    let answer = answer.map_err(|error| connection.failed("asking for a transaction", &error))?;
    let value = |row: &SimpleQueryRow| row.try_get(0).ok().flatten().map(str::to_owned);
    Ok(answer.iter().any(|message| {
        matches!(message, SimpleQueryMessage::Row(row) if value(row).as_deref() == Some("t"))
    }))
}

fn refused(
    connection: &Connection,
    file: &File,
    statement: &Statement,
    error: &tokio_postgres::Error,
) -> Error {
    // The server was stopped, or its machine fails. That a file is not there is the fault of the SQL.
    let theirs = |code: &str| code.starts_with("57P") || code.starts_with("580");
    let is_no_file = |code: &str| code == "58P01";
    match error.as_db_error() {
        Some(words) if !theirs(words.code().code()) => {
            let at = match words.position() {
                Some(ErrorPosition::Original(position)) => offset(&statement.text, *position),
                // A position inside a function's query, or none: the statement as a whole.
                _ => 0,
            };
            // `set role` calls it a value that is not valid.
            let is_lacking = [SqlState::UNDEFINED_OBJECT, SqlState::INVALID_PARAMETER_VALUE]
                .contains(words.code());
            let lacks_role = is_lacking && words.message().starts_with("role ");
            let help = if lacks_role {
                "roles belong to the server, and this one lacks it: make it before, with --prelude FILE.sql"
            } else if is_no_file(words.code().code()) {
                "take the statement out: the server that the SQL is applied to has no such file or library"
            } else {
                "correct the SQL: the server refused this statement"
            };
            file.blame(statement.start + at, Error::input(describe_db_error(words))).help(help)
        }
        None if connection.lost().is_none() => {
            // Such as COPY … TO STDOUT, whose data nobody would read.
            let error = Error::input(format!("cannot run this here: {}", describe_error(error)));
            file.blame(statement.start, error).help("take this statement out of the file")
        }
        _ => {
            let error = connection.failed("applying the SQL", error);
            file.blame(statement.start, error)
        }
    }
}

/// The server counts characters from one.
fn offset(text: &str, position: u32) -> usize {
    let characters = usize::try_from(position).unwrap_or(usize::MAX).saturating_sub(1);
    text.char_indices().nth(characters).map_or(text.len(), |(at, _)| at)
}

fn open_block(file: &File) -> Error {
    let begins = |statement: &&Statement| {
        let words = words(&statement.text);
        let is = |index: usize, word| words.get(index).is_some_and(|token| token.is_word(word));
        is(0, "begin") || (is(0, "start") && is(1, "transaction"))
    };
    let begin = file.statements.iter().rfind(begins).map_or(0, |statement| statement.start);
    file.blame(begin, Error::input(format!("`{}` ends inside a transaction block", file.name)))
        .help("end the file with COMMIT")
}
