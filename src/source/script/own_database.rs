//! What `pg_dump --create` prints makes a database and goes on in it: here, that is the one in which it is applied.

use std::borrow::Cow;

use super::File;
use crate::sql::{self, identifier, unquote};

/// The database that a file makes for itself: it goes on in it.
pub(super) fn name(file: &File) -> Option<String> {
    let made = file.statements.iter().find_map(|statement| made(&statement.text))?;
    let connects = |line: &str| {
        let mut words = line.split_whitespace();
        matches!(words.next(), Some(r"\connect" | r"\c"))
            && (words.any(|word| unquote(word) == made)
                || line.contains(&format!("dbname='{made}'")))
    };
    file.text.lines().any(connects).then_some(made)
}

/// The database that a statement makes.
fn made(text: &str) -> Option<String> {
    if !text.get(..6).is_some_and(|word| word.eq_ignore_ascii_case("create")) {
        return None;
    }
    match sql::words(text).as_slice() {
        [_, database, name, ..] if database.is_word("database") => Some(unquote(name.text)),
        _ => None,
    }
}

/// A statement in which `actual` stands for the database `name`; that which makes it does nothing.
pub(super) fn in_its_place<'a>(text: &'a str, name: &str, actual: &str) -> Cow<'a, str> {
    if made(text).as_deref() == Some(name) {
        return Cow::Borrowed("select");
    }
    let tokens = sql::words(text);
    let speaks_of_it = tokens.first().is_some_and(|first| {
        ["alter", "comment", "grant", "revoke", "security"].iter().any(|word| first.is_word(word))
    });
    let places = tokens.windows(2).filter(|pair| {
        speaks_of_it
            && pair[0].is_word("database")
            && pair[1].is_name()
            && unquote(pair[1].text) == name
    });
    let mut text = Cow::Borrowed(text);
    for place in places.map(|pair| pair[1].start..pair[1].end()).rev() {
        text.to_mut().replace_range(place, &identifier(actual));
    }
    text
}
