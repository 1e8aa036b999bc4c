//! The transaction around a migration: the tools open one, where `psql -f` has none.

use std::path::{Path, PathBuf};

use crate::source::script::{File, Statement};
use crate::sql::{Kind, Token, words};

/// Words that a statement begins with and that mean nothing outside of a transaction block.
const NEEDING: &[&[&str]] = &[
    &["set", "local"],
    &["set", "constraints"],
    &["set", "transaction"],
    &["lock"],
    &["savepoint"],
    &["declare"],
];

/// Words that a statement begins with and that open or close a transaction block, or may refuse to be in one.
const REFUSING: &[&[&str]] = &[
    &["begin"],
    &["start", "transaction"],
    &["commit"],
    &["end"],
    &["rollback"],
    &["abort"],
    &["prepare", "transaction"],
    &["vacuum"],
    &["alter", "system"],
    &["create", "database"],
    &["drop", "database"],
    &["create", "tablespace"],
    &["drop", "tablespace"],
    &["create", "subscription"],
    &["alter", "subscription"],
    &["drop", "subscription"],
    &["reindex"],
    &["cluster"],
    &["call"],
];

/// Comments by which a tool is told to open none, in lower case: of goose, dbmate and sqlx.
const WITHOUT: [&str; 3] = ["+goose no transaction", "transaction:false", "no-transaction"];

/// Puts the file at `path` into a transaction where one of its statements needs that and none forbids it: in this case a
/// tool that runs it opens one, unless a file beside it says otherwise.
pub(super) fn surround(file: &mut File, path: &Path) {
    let any = |is_one: fn(&[Token<'_>]) -> bool| {
        file.statements.iter().any(|statement| is_one(&words(&statement.text)))
    };
    if !any(needs) || any(refuses) || is_switched_off_beside(path) {
        return;
    }
    let places = file.statements.first().zip(file.statements.last());
    let Some((first, last)) = places.map(|(first, last)| (first.start, last.start)) else { return };
    let statement = |text: &str, start| Statement { text: text.to_owned(), start };
    file.statements.insert(0, statement("begin", first));
    file.statements.push(statement("commit", last));
}

/// Whether a comment in a file of this text tells its tool to run it without a transaction.
pub(super) fn is_switched_off(text: &str) -> bool {
    text.lines().any(|line| {
        let line = line.to_ascii_lowercase();
        line.starts_with("--") && WITHOUT.iter().any(|mark| line.contains(mark))
    })
}

/// Whether a file beside that at `path` tells so: one of Diesel or of Flyway.
fn is_switched_off_beside(path: &Path) -> bool {
    let says = |path: PathBuf, key: &str| {
        let text = std::fs::read_to_string(path).unwrap_or_default();
        text.lines().any(|line| line.contains(key) && line.contains("false"))
    };
    says(path.with_file_name("metadata.toml"), "run_in_transaction")
        || says(path.with_extension("sql.conf"), "executeInTransaction")
}

fn begins(words: &[Token<'_>], beginnings: &[&[&str]]) -> bool {
    beginnings.iter().any(|beginning| {
        beginning.len() <= words.len()
            && beginning.iter().zip(words).all(|(word, token)| token.is_word(word))
    })
}

fn needs(words: &[Token<'_>]) -> bool {
    let on_commit_drop: &[&str] = &["on", "commit", "drop"];
    begins(words, NEEDING)
        || words.windows(3).any(|three| begins(three, &[on_commit_drop]))
        || words.split(|word| word.is_word("set_config")).skip(1).any(is_local)
}

/// Whether the third argument in `(name, value, is_local)` is true: until the end of the transaction.
fn is_local(call: &[Token<'_>]) -> bool {
    let mut depth = 0;
    let end = call.iter().position(|token| {
        depth += i32::from(token.is("(")) - i32::from(token.is(")"));
        depth == 0
    });
    end.and_then(|end| call.get(end.checked_sub(1)?)).is_some_and(|last| last.is_word("true"))
}

fn refuses(words: &[Token<'_>]) -> bool {
    // `rollback to` a savepoint stays inside.
    let goes_back = begins(words, &[&["rollback", "to"], &["rollback", "transaction", "to"]]);
    let is_concurrent =
        words.iter().any(|token| token.is_word("concurrently")) && !begins(words, &[&["refresh"]]);
    let ends_one = |token: &Token<'_>| {
        let text = token.text.to_ascii_lowercase();
        token.kind == Kind::String && (text.contains("commit") || text.contains("rollback"))
    };
    begins(words, REFUSING) && !goes_back
        || is_concurrent
        || begins(words, &[&["do"]]) && words.iter().any(ends_one)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_needs_a_transaction_gets_one() {
        for (text, is_surrounded) in [
            ("set local search_path = app; create table t ()", true),
            ("create table t (); lock table t; savepoint s; rollback to s", true),
            ("select set_config('search_path', 'app', true)", true),
            ("create temp table t () on commit drop", true),
            ("select set_config('search_path', '', false); create table t ()", false),
            ("begin; set local search_path = app; commit", false),
            ("set local lock_timeout = '1s'; create index concurrently i on t (a)", false),
            ("create table locked (a int)", false),
            ("select set_config('a.b', 'c', false), true; create table t ()", false),
            ("set local a.b = 1; alter table p detach partition q concurrently", false),
            ("set local a.b = 1; do $$ begin commit; end $$", false),
            ("lock table t; refresh materialized view concurrently m", true),
        ] {
            let mut file = File::parse("f", text.to_owned()).expect(text);
            surround(&mut file, Path::new("f"));
            let first = file.statements.first().map(|statement| statement.text.as_str());
            assert_eq!(
                first == Some("begin") && !text.starts_with("begin"),
                is_surrounded,
                "{text}"
            );
        }
    }
}
