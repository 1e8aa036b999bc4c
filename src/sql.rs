//! The lexical structure of SQL, after chapter 4.1 of the PostgreSQL manual: just enough to find where a name, a
//! string or a statement ends. No grammar of expressions: those are opaque here.

mod cursor;
mod restored;
mod string;
mod token;

use std::borrow::Cow;

pub use cursor::Cursor;
pub use restored::restored;
pub use string::string;
pub use token::{Kind, Token, Tokens, first_words, tokens, words};

/// The items of a list that commas part, outside of parentheses and brackets, each trimmed.
///
/// # Errors
/// A parenthesis that does not match, a string that does not end.
pub fn split_list(text: &str) -> Result<Vec<&str>, String> {
    let mut items = Vec::new();
    let (mut depth, mut start) = (0_i32, 0);
    for token in tokens(text) {
        match token.kind {
            Kind::Unterminated => return Err(format!("`{}` does not end", token.text)),
            Kind::Punctuation if matches!(token.text, "(" | "[") => depth += 1,
            Kind::Punctuation if matches!(token.text, ")" | "]") => depth -= 1,
            Kind::Punctuation if token.text == "," && depth == 0 => {
                items.push(trim(&text[start..token.start]));
                start = token.end();
            }
            _ => {}
        }
        if depth < 0 {
            return Err(format!("`{text}` has a `{}` too many", token.text));
        }
    }
    if depth > 0 {
        return Err(format!("`{text}` lacks a closing parenthesis"));
    }
    let last = trim(&text[start..]);
    if !(last.is_empty() && items.is_empty()) {
        items.push(last);
    }
    if items.contains(&"") { Err(format!("`{text}` has an empty item")) } else { Ok(items) }
}

/// What is white space to the server; that of other scripts is part of a name.
pub fn is_blank(character: char) -> bool {
    matches!(character, ' ' | '\t'..='\r')
}

/// `text` without white space around it.
pub fn trim(text: &str) -> &str {
    text.trim_matches(is_blank)
}

/// A command without white space around it, the semicolon at its end, and a comment behind that.
pub fn command(text: &str) -> &str {
    let mut command = trim(text);
    if command.contains(';')
        && let Some(last) = tokens(command).filter(|token| token.is(";")).last()
        && tokens(&command[last.end()..]).all(|token| token.kind == Kind::Blank)
    {
        command = &command[..last.start];
    }
    command.trim_end_matches(|character| character == ';' || is_blank(character))
}

/// `text` without white space around it and without parentheses that hold all of it.
pub fn without_outer_parentheses(text: &str) -> &str {
    let mut text = trim(text);
    while let Some(inner) = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        let mut depth = 0_i32;
        let closes_early = tokens(inner).any(|token| {
            depth += i32::from(token.is("(")) - i32::from(token.is(")"));
            depth < 0
                || token.kind == Kind::Unterminated
                || (token.text.starts_with("--") && !token.text.ends_with(['\n', '\r']))
        });
        if closes_early || depth != 0 {
            break;
        }
        text = trim(inner);
    }
    text
}

/// `text` with every run of white space as one space, none just inside of parentheses; text with a comment in it
/// is left as it is.
pub fn on_one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    let (mut open, mut space) = (false, false);
    for token in tokens(trim(text)) {
        match token.kind {
            Kind::Blank if token.text.contains(['-', '/']) => return text.to_owned(),
            Kind::Blank => space = !open,
            _ => {
                if space && !token.is(")") {
                    line.push(' ');
                }
                line.push_str(token.text);
                (space, open) = (false, token.is("("));
            }
        }
    }
    line
}

/// How many bytes of a name the server keeps (`NAMEDATALEN` less its end).
pub(crate) const MOST_BYTES: usize = 63;

/// What the server keeps of a name: those that tools make up are often longer.
pub fn as_kept(name: &str) -> &str {
    within(name, MOST_BYTES)
}

/// The whole characters of a name that fit into so many bytes.
fn within(name: &str, most_bytes: usize) -> &str {
    let mut end = name.len().min(most_bytes);
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    &name[..end]
}

/// The name that the server makes up for the sequence of a column, each part cut where both are too long for one name
/// (`makeObjectName` in its sources).
pub fn name_of_sequence(table: &str, column: &str) -> String {
    const MOST_OF_BOTH: usize = MOST_BYTES - "__seq".len();
    let cut = |name, other: &str| {
        within(name, (MOST_OF_BOTH / 2).max(MOST_OF_BOTH.saturating_sub(other.len())))
    };
    format!("{}_{}_seq", cut(table, column), cut(column, table))
}

/// `text` as a constant of SQL, where backslashes are what they are.
pub fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// An identifier token as the server sees it: unquoted folds to lower case, quotes are taken off, what is too long is cut.
pub fn unquote(text: &str) -> String {
    let mut name = match text.strip_prefix('"').and_then(|inner| inner.strip_suffix('"')) {
        Some(inner) => inner.replace("\"\"", "\""),
        // Beyond ASCII it does not, in UTF-8.
        None => text.to_ascii_lowercase(),
    };
    name.truncate(as_kept(&name).len());
    name
}

/// A name as SQL needs it: quoted when it would not read back as itself.
pub fn quote(name: &str) -> Cow<'_, str> {
    let plain = name.starts_with(|c: char| c == '_' || c.is_ascii_lowercase())
        && name
            .chars()
            .all(|c| c == '_' || c == '$' || c.is_ascii_lowercase() || c.is_ascii_digit())
        && !RESERVED.contains(&name);
    if plain { Cow::Borrowed(name) } else { Cow::Owned(identifier(name)) }
}

/// A name that is always quoted, so that nothing in it can be anything else.
pub fn identifier(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// Whether a word, in lower case, is a key word that cannot stand as a plain name.
pub fn is_reserved(word: &str) -> bool {
    RESERVED.contains(&word)
}

/// Key words that cannot stand as a plain name (appendix C of the manual: reserved, in 13 to 18).
#[rustfmt::skip]
const RESERVED: &[&str] = &[
    "all", "analyse", "analyze", "and", "any", "array", "as", "asc", "asymmetric",
    "authorization", "binary", "both", "case", "cast", "check", "collate", "collation",
    "column", "concurrently", "constraint", "create", "cross", "current_catalog",
    "current_date", "current_role", "current_schema", "current_time", "current_timestamp",
    "current_user", "default", "deferrable", "desc", "distinct", "do", "else", "end", "except",
    "false", "fetch", "for", "foreign", "freeze", "from", "full", "grant", "group", "having",
    "ilike", "in", "initially", "inner", "intersect", "into", "is", "isnull", "join", "lateral",
    "leading", "left", "like", "limit", "localtime", "localtimestamp", "natural", "not",
    "notnull", "null", "offset", "on", "only", "or", "order", "outer", "overlaps", "placing",
    "primary", "references", "returning", "right", "select", "session_user", "similar", "some",
    "symmetric", "system_user", "table", "tablesample", "then", "to", "trailing", "true",
    "union", "unique", "user", "using", "variadic", "verbose", "when", "where", "window",
    "with",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fold_and_quote() {
        assert_eq!(unquote("Users"), "users");
        assert_eq!(unquote("\"User\"\"s\""), "User\"s");
        assert_eq!(quote("user"), "\"user\"");
        assert_eq!(quote("users"), "users");
        assert_eq!(quote("userId"), "\"userId\"");
    }
}
