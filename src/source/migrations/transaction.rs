//! The transaction around a migration: the tools open one, where `psql -f` has none.

use crate::source::script::{File, Statement};
use crate::sql::{Token, words};

/// Words that a statement begins with and that mean nothing outside of a transaction block.
const NEEDING: &[&[&str]] = &[
    &["set", "local"],
    &["set", "constraints"],
    &["set", "transaction"],
    &["lock"],
    &["savepoint"],
    &["declare"],
];

/// Words that a statement begins with and that open or close a transaction block, or refuse to be in one.
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
];

/// Puts a file into a transaction where one of its statements needs that and none forbids it: its tool must do so, too.
pub(super) fn surround(file: &mut File) {
    let tokens: Vec<_> = file.statements.iter().map(|statement| words(&statement.text)).collect();
    if !tokens.iter().any(|words| needs(words)) || tokens.iter().any(|words| refuses(words)) {
        return;
    }
    let statement = |text: &str, start| Statement { text: text.to_owned(), start };
    let (first, end) = (file.statements.first().map_or(0, |first| first.start), file.text.len());
    file.statements.insert(0, statement("begin", first));
    file.statements.push(statement("commit", end));
}

fn begins(words: &[Token<'_>], beginnings: &[&[&str]]) -> bool {
    beginnings.iter().any(|beginning| {
        beginning.len() <= words.len()
            && beginning.iter().zip(words).all(|(word, token)| token.is_word(word))
    })
}

fn needs(words: &[Token<'_>]) -> bool {
    let has = |phrase: &[&str]| words.windows(phrase.len()).any(|some| begins(some, &[phrase]));
    begins(words, NEEDING)
        || has(&["on", "commit", "drop"])
        // Its third argument: until the end of the transaction.
        || has(&["set_config"]) && has(&["true"])
}

fn refuses(words: &[Token<'_>]) -> bool {
    // `rollback to` a savepoint stays inside.
    let goes_back = begins(words, &[&["rollback", "to"], &["rollback", "transaction", "to"]]);
    let is_concurrent = words.iter().take(4).any(|token| token.is_word("concurrently"));
    begins(words, REFUSING) && !goes_back || is_concurrent
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
        ] {
            let mut file = File::parse("f", text.to_owned()).expect(text);
            surround(&mut file);
            let first = file.statements.first().map(|statement| statement.text.as_str());
            assert_eq!(
                first == Some("begin") && !text.starts_with("begin"),
                is_surrounded,
                "{text}"
            );
        }
    }
}
