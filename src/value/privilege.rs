//! The words for privileges, and the items of access control lists that hold them as letters.

use compact_str::{CompactString, ToCompactString, format_compact};

use crate::sql;

/// The letters of access control lists (section 5.8 of the manual, table 5.1).
pub(super) const PRIVILEGES: &[(char, &str)] = &[
    ('r', "select"),
    ('a', "insert"),
    ('w', "update"),
    ('d', "delete"),
    ('D', "truncate"),
    ('x', "references"),
    ('t', "trigger"),
    ('X', "execute"),
    ('U', "usage"),
    ('C', "create"),
    ('c', "connect"),
    ('T', "temporary"),
    ('s', "set"),
    ('A', "alter system"),
    ('m', "maintain"),
];

/// The role that stands for all of them.
pub(super) const EVERYBODY: &str = "public";
pub(super) const GRANTABLE: &str = " with grant option";
pub(super) const GONE: &str = "-";
/// Every privilege that there is on the object, where there is more than one.
pub(super) const ALL: &str = "all";
/// Among the items that a server tells, stands before the letters of every privilege that there is on the object.
pub(super) const EVERYTHING: char = '*';
/// The privileges that there are on objects of each kind (section 5.8 of the manual, table 5.2).
pub(super) const EVERYTHING_THERE_MAY_BE: &[&[&str]] = &[
    &["select", "insert", "update", "delete", "truncate", "references", "trigger", "maintain"],
    // Before PostgreSQL 17.
    &["select", "insert", "update", "delete", "truncate", "references", "trigger"],
    // On a column.
    &["select", "insert", "update", "references"],
    &["usage", "select", "update"],
    &["select", "update"],
    &["create", "connect", "temporary"],
    &["usage", "create"],
    &["set", "alter system"],
    &["execute"],
    &["usage"],
    &["create"],
];
/// Kinds of objects on which everybody has privileges by itself, with those and with all there are (section 5.8 of the
/// manual, table 5.2). Of schemas that is `public`, in a new database.
pub(super) const OF_EVERYBODY: &[(&[&str], &[&str], &[&str])] = &[
    (&["function", "procedure", "aggregate"], &["execute"], &["execute"]),
    (
        &["base_type", "composite_type", "domain", "enum", "language", "range_type", "shell_type"],
        &["usage"],
        &["usage"],
    ),
    (&["database"], &["connect", "temporary"], &["connect", "create", "temporary"]),
    (&["schema"], &["usage"], &["create", "usage"]),
];
/// Privileges that older servers do not have, with the first version that has them.
pub(super) const YOUNGER: &[(&str, u32)] = &[("maintain", 17)];

/// An item of an access control list: `role=letters/grantor`, a `*` after what can be granted on; with a `-` before it, an
/// item that was there by itself and is gone.
pub(super) struct Item<'a> {
    /// Who has the privileges.
    pub role: String,
    /// In words, with what [`GRANTABLE`] and [`GONE`] add.
    pub privileges: Vec<CompactString>,
    /// Who granted them, with quotes around an odd name.
    pub grantor: &'a str,
}

impl<'a> Item<'a> {
    pub(super) fn read(text: &'a str) -> Result<Self, String> {
        let unreadable = || format!("cannot read the privilege `{text}`");
        let (sign, item) = text.strip_prefix('-').map_or(("", text), |item| (GONE, item));
        let quoted = sql::tokens(item).next().filter(|token| token.kind == sql::Kind::Quoted);
        let (role, rest) = match quoted {
            Some(token) => (
                sql::unquote(token.text),
                item[token.end()..].strip_prefix('=').ok_or_else(unreadable)?,
            ),
            None => item
                .split_once('=')
                .map(|(role, rest)| (role.to_owned(), rest))
                .ok_or_else(unreadable)?,
        };
        let role = if role.is_empty() { EVERYBODY.to_owned() } else { role };
        let (letters, grantor) = rest.split_once('/').unwrap_or((rest, ""));
        let mut privileges: Vec<CompactString> = Vec::new();
        for letter in letters.chars() {
            if letter == '*' {
                if let Some(last) = privileges.last_mut() {
                    last.push_str(GRANTABLE);
                }
                continue;
            }
            let word = word(letter).ok_or_else(unreadable)?;
            privileges.push(format_compact!("{sign}{word}"));
        }
        Ok(Self { role, privileges, grantor })
    }
}

fn word(letter: char) -> Option<&'static str> {
    PRIVILEGES.iter().find(|(known, _)| *known == letter).map(|(_, word)| *word)
}

/// Every privilege that there is on the object, if the items of its access control list tell.
pub(super) fn everything(items: &[String]) -> Vec<&'static str> {
    let letters = items.iter().find_map(|item| item.strip_prefix(EVERYTHING));
    letters.into_iter().flat_map(|letters| letters.chars().filter_map(word)).collect()
}

/// A privilege, and what stands before and after it.
pub(super) fn parts(words: &str) -> (&str, &str, &str) {
    let (before, rest) = words.split_at(if words.starts_with(GONE) { GONE.len() } else { 0 });
    let privilege = rest.strip_suffix(GRANTABLE).unwrap_or(rest);
    (before, privilege, &rest[privilege.len()..])
}

/// What is meant by `all`, where it is known what there is; anything else as it is.
pub(super) fn spelled_out(words: &str, everything: &[&str]) -> Vec<CompactString> {
    match parts(words) {
        (before, ALL, after) if !everything.is_empty() => {
            let words = |privilege: &&str| format_compact!("{before}{privilege}{after}");
            everything.iter().map(words).collect()
        }
        _ => vec![words.to_compact_string()],
    }
}
