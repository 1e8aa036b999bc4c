//! The lexical structure of SQL, after chapter 4.1 of the PostgreSQL manual: just enough to find where a name, a
//! string or a statement ends. No grammar of expressions: those are opaque here.

mod cursor;

use std::borrow::Cow;

pub use cursor::Cursor;

/// What a [`Token`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A key word or an unquoted identifier.
    Word,
    /// A `"quoted"` identifier.
    Quoted,
    /// A string constant in any of its forms: `'…'`, `E'…'`, `B'…'`, `U&'…'`, `$tag$…$tag$`.
    String,
    /// A number, or a parameter such as `$1`.
    Number,
    /// One punctuation character: `( ) [ ] , ; . :`.
    Punctuation,
    /// A run of operator characters.
    Operator,
    /// White space and comments.
    Blank,
    /// A string, a quoted identifier or a comment that does not end.
    Unterminated,
}

/// A piece of SQL text, with its place in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token<'a> {
    /// What it is.
    pub kind: Kind,
    /// Its text, as written.
    pub text: &'a str,
    /// Byte offset of its first character.
    pub start: usize,
}

impl Token<'_> {
    /// Byte offset just after its last character.
    pub fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// Whether it is this key word (`word` in lower case).
    pub fn is_word(&self, word: &str) -> bool {
        self.kind == Kind::Word && self.text.eq_ignore_ascii_case(word)
    }

    /// Whether it is this punctuation character or operator.
    pub fn is(&self, symbol: &str) -> bool {
        matches!(self.kind, Kind::Punctuation | Kind::Operator) && self.text == symbol
    }
}

/// Every token of `text`, blanks included; joined they give `text` back.
pub fn tokens(text: &str) -> Tokens<'_> {
    Tokens { text, at: 0 }
}

/// The tokens of `text` without blanks.
pub fn words(text: &str) -> Vec<Token<'_>> {
    tokens(text).filter(|token| token.kind != Kind::Blank).collect()
}

/// Iterator of [`tokens`].
#[derive(Debug, Clone)]
pub struct Tokens<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        let rest = &self.text[self.at..];
        if rest.is_empty() {
            return None;
        }
        let (kind, length) = scan(rest);
        let token = Token { kind, text: &rest[..length], start: self.at };
        self.at += length;
        Some(token)
    }
}

const OPERATOR: &str = "+-*/<>=~!@#%^&|`?";

fn scan(rest: &str) -> (Kind, usize) {
    let bytes = rest.as_bytes();
    let first = rest.chars().next().unwrap_or(' ');
    if first.is_whitespace() {
        return (Kind::Blank, length_while(rest, char::is_whitespace));
    }
    if rest.starts_with("--") {
        return (Kind::Blank, rest.find('\n').map_or(rest.len(), |end| end + 1));
    }
    if rest.starts_with("/*") {
        return block_comment(rest);
    }
    match first {
        '\'' => quoted(rest, 0, '\'', false, Kind::String),
        '"' => quoted(rest, 0, '"', false, Kind::Quoted),
        'e' | 'E' if bytes.get(1) == Some(&b'\'') => quoted(rest, 1, '\'', true, Kind::String),
        'b' | 'B' | 'x' | 'X' | 'n' | 'N' if bytes.get(1) == Some(&b'\'') => {
            quoted(rest, 1, '\'', false, Kind::String)
        }
        'u' | 'U' if bytes.get(1) == Some(&b'&') && bytes.get(2) == Some(&b'\'') => {
            quoted(rest, 2, '\'', false, Kind::String)
        }
        'u' | 'U' if bytes.get(1) == Some(&b'&') && bytes.get(2) == Some(&b'"') => {
            quoted(rest, 2, '"', false, Kind::Quoted)
        }
        '$' => dollar(rest),
        '(' | ')' | '[' | ']' | ',' | ';' => (Kind::Punctuation, 1),
        ':' if rest.starts_with("::") => (Kind::Operator, 2),
        ':' if rest.starts_with(":=") => (Kind::Operator, 2),
        ':' => (Kind::Punctuation, 1),
        '.' if !bytes.get(1).is_some_and(u8::is_ascii_digit) => (Kind::Punctuation, 1),
        '.' | '0'..='9' => (Kind::Number, number(rest)),
        _ if OPERATOR.contains(first) => (Kind::Operator, operator(rest)),
        _ if first == '_' || first.is_alphabetic() => {
            (Kind::Word, length_while(rest, |c| c == '_' || c == '$' || c.is_alphanumeric()))
        }
        _ => (Kind::Operator, first.len_utf8()),
    }
}

fn length_while(text: &str, keep: impl Fn(char) -> bool) -> usize {
    text.find(|c| !keep(c)).unwrap_or(text.len())
}

/// An operator ends before a comment begins.
fn operator(rest: &str) -> usize {
    let length = length_while(rest, |c| OPERATOR.contains(c));
    let comment = [rest[..length].find("--"), rest[..length].find("/*")];
    comment.into_iter().flatten().filter(|at| *at > 0).min().unwrap_or(length)
}

fn number(rest: &str) -> usize {
    let plain = length_while(rest, |c| c == '.' || c == '_' || c.is_ascii_alphanumeric());
    let exponent = rest[..plain].ends_with(['e', 'E']) && !rest.starts_with("0x");
    let signed = rest[plain..].starts_with(['+', '-']);
    if exponent && signed {
        plain + 1 + length_while(&rest[plain + 1..], |c| c.is_ascii_digit())
    } else {
        plain
    }
}

/// From the quote at byte `open`; a doubled quote stays inside, and a backslash too where `escapes`.
fn quoted(rest: &str, open: usize, quote: char, escapes: bool, kind: Kind) -> (Kind, usize) {
    let mut characters = rest[open + 1..].char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        if escapes && c == '\\' {
            characters.next();
        } else if c == quote {
            if characters.peek().is_some_and(|(_, next)| *next == quote) {
                characters.next();
            } else {
                return (kind, open + 1 + at + 1);
            }
        }
    }
    (Kind::Unterminated, rest.len())
}

fn block_comment(rest: &str) -> (Kind, usize) {
    let mut depth = 0_usize;
    let mut at = 0;
    while at < rest.len() {
        if rest[at..].starts_with("/*") {
            depth += 1;
            at += 2;
        } else if rest[at..].starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return (Kind::Blank, at);
            }
        } else {
            at += rest[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    (Kind::Unterminated, rest.len())
}

fn dollar(rest: &str) -> (Kind, usize) {
    let tag = 1 + length_while(&rest[1..], |c| c == '_' || c.is_alphanumeric());
    let digits = rest[1..].starts_with(|c: char| c.is_ascii_digit());
    if digits {
        return (Kind::Number, 1 + length_while(&rest[1..], |c| c.is_ascii_digit()));
    }
    if !rest[tag..].starts_with('$') {
        return (Kind::Operator, 1);
    }
    let delimiter = &rest[..=tag];
    match rest[delimiter.len()..].find(delimiter) {
        Some(end) => (Kind::String, delimiter.len() * 2 + end),
        None => (Kind::Unterminated, rest.len()),
    }
}

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
                items.push(text[start..token.start].trim());
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
    let last = text[start..].trim();
    if !(last.is_empty() && items.is_empty()) {
        items.push(last);
    }
    if items.contains(&"") { Err(format!("`{text}` has an empty item")) } else { Ok(items) }
}

/// `text` without white space around it and without parentheses that hold all of it.
pub fn without_outer_parentheses(text: &str) -> &str {
    let mut text = text.trim();
    while let Some(inner) = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        let mut depth = 0_i32;
        let closes_early = tokens(inner).any(|token| {
            depth += i32::from(token.is("(")) - i32::from(token.is(")"));
            depth < 0
                || token.kind == Kind::Unterminated
                || (token.text.starts_with("--") && !token.text.ends_with('\n'))
        });
        if closes_early || depth != 0 {
            break;
        }
        text = inner.trim();
    }
    text
}

/// `text` with every run of white space as one space, none just inside of parentheses; text with a comment in it
/// is left as it is.
pub fn on_one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    let (mut open, mut space) = (false, false);
    for token in tokens(text.trim()) {
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

/// An identifier token as the server sees it: unquoted folds to lower case, quotes are taken off.
pub fn unquote(text: &str) -> String {
    match text.strip_prefix('"').and_then(|inner| inner.strip_suffix('"')) {
        Some(inner) => inner.replace("\"\"", "\""),
        None => text.to_lowercase(),
    }
}

/// What a string constant says, `'…'` or `E'…'` as the server prints them; other text as it is.
pub fn string(text: &str) -> Cow<'_, str> {
    let inside = |prefix: &str| {
        text.strip_prefix(prefix)
            .and_then(|rest| rest.strip_suffix('\''))
            .map(|inner| inner.replace("''", "'"))
    };
    match (inside("E'"), inside("'")) {
        (Some(escaped), _) => Cow::Owned(escaped.replace("\\\\", "\\")),
        (None, Some(plain)) => Cow::Owned(plain),
        (None, None) => Cow::Borrowed(text),
    }
}

/// A name as SQL needs it: quoted when it would not read back as itself.
pub fn quote(name: &str) -> Cow<'_, str> {
    let plain = name.starts_with(|c: char| c == '_' || c.is_ascii_lowercase())
        && name
            .chars()
            .all(|c| c == '_' || c == '$' || c.is_ascii_lowercase() || c.is_ascii_digit())
        && !RESERVED.contains(&name);
    if plain {
        Cow::Borrowed(name)
    } else {
        Cow::Owned(format!("\"{}\"", name.replace('"', "\"\"")))
    }
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

    fn kinds(text: &str) -> Vec<(Kind, &str)> {
        words(text).iter().map(|token| (token.kind, token.text)).collect()
    }

    #[test]
    fn strings_of_every_form_are_one_token() {
        for text in ["'it''s'", r"E'it\'s'", "$$a'b$$", "$q$ $$ $q$", "B'01'", "U&'d\\0061t'"] {
            assert_eq!(kinds(text), [(Kind::String, text)], "{text}");
        }
    }

    #[test]
    fn comments_are_blank_and_nested() {
        assert_eq!(kinds("a /* x /* y */ ; */ -- z ;\n b"), [(Kind::Word, "a"), (Kind::Word, "b")]);
    }

    #[test]
    fn what_does_not_end_is_said() {
        for text in ["'a", "\"a", "$$a", "/* a", "E'\\'"] {
            assert_eq!(
                tokens(text).last().map(|token| token.kind),
                Some(Kind::Unterminated),
                "{text}"
            );
        }
    }

    #[test]
    fn operators_casts_and_numbers_part() {
        let expected = [
            (Kind::Word, "a"),
            (Kind::Operator, "->>"),
            (Kind::String, "'x'"),
            (Kind::Operator, "::"),
            (Kind::Word, "int4"),
            (Kind::Operator, ">="),
            (Kind::Number, "1.5e-3"),
        ];
        assert_eq!(kinds("a->>'x'::int4>=1.5e-3"), expected);
    }

    #[test]
    fn names_fold_and_quote() {
        assert_eq!(unquote("Users"), "users");
        assert_eq!(unquote("\"User\"\"s\""), "User\"s");
        assert_eq!(quote("user"), "\"user\"");
        assert_eq!(quote("users"), "users");
        assert_eq!(quote("userId"), "\"userId\"");
    }
}
