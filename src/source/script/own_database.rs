//! What `pg_dump --create` prints makes a database and goes on in it: here, that is the one in which it is applied.

use std::borrow::Cow;

use super::File;
use super::split::connected;
use crate::sql::{self, Token, identifier, unquote};

/// The database that a file makes for itself: it goes on in it.
pub(super) fn name(file: &File) -> Option<String> {
    let made = file.statements.iter().find_map(|statement| made(&statement.text))?;
    let goes_on_in_it = |line: &str| {
        let connects = matches!(line.split_whitespace().next(), Some(r"\connect" | r"\c"));
        connects && connected(line).is_some_and(|name| name == made || unquote(name) == made)
    };
    file.text.lines().any(goes_on_in_it).then_some(made)
}

/// The database that a statement makes.
fn made(text: &str) -> Option<String> {
    match sql::first_words(text, 3).as_slice() {
        [create, database, name] if create.is_word("create") && database.is_word("database") => {
            Some(unquote(name.text))
        }
        _ => None,
    }
}

/// A statement in which `actual` stands for the database `name`; one that makes or drops that, or says who may come into it,
/// does nothing.
pub(super) fn in_its_place<'a>(text: &'a str, name: &str, actual: &str) -> Cow<'a, str> {
    let tokens = sql::words(text);
    let is = |at: usize, words: &[&str]| {
        tokens.get(at).is_some_and(|token| words.iter().any(|word| token.is_word(word)))
    };
    let is_it = |token: &Token<'_>| token.is_name() && unquote(token.text) == name;
    if is(0, &["create", "drop", "alter"]) && is(1, &["database"]) {
        let mut behind = tokens.iter().skip(2).skip_while(|token| !is_it(token)).skip(1);
        let who_may_come = ["connection", "is_template", "allow_connections", "with"];
        let says_who_may_come =
            behind.next().is_some_and(|next| who_may_come.iter().any(|word| next.is_word(word)));
        if tokens.iter().any(is_it) && (!is(0, &["alter"]) || says_who_may_come) {
            return Cow::Borrowed("select");
        }
    }
    let mut text = Cow::Borrowed(text);
    if is(0, &["alter", "comment", "grant", "revoke", "security"]) {
        let pairs = tokens.windows(2).rev();
        for pair in pairs.filter(|pair| pair[0].is_word("database") && is_it(&pair[1])) {
            text.to_mut().replace_range(pair[1].start..pair[1].end(), &identifier(actual));
        }
    }
    text
}
