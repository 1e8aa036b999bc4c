//! Texts that schemavet does not understand but must compare: expressions, queries, function bodies.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use super::{arguments, serde_by_text};
use crate::sql::{self, Kind};

/// A scalar SQL expression, opaque. Whether two are the same is decided in `equivalence`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Expression(pub String);

serde_by_text!(Expression, "an SQL expression");

impl FromStr for Expression {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if sql::tokens(text).all(|token| token.kind == Kind::Blank) {
            return Err("an expression cannot be empty".to_owned());
        }
        Ok(Self(sql::without_outer_parentheses(text).to_owned()))
    }
}

impl Expression {
    /// Whether it is the constant `true`.
    pub fn is_true(&self) -> bool {
        self.0.eq_ignore_ascii_case("true")
    }
}

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A `SELECT` statement, as the definition of a view has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query(pub String);

serde_by_text!(Query, "an SQL query");

impl FromStr for Query {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let text = sql::command(text);
        if text.is_empty() {
            Err("a query cannot be empty".to_owned())
        } else {
            Ok(Self(text.to_owned()))
        }
    }
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The source text of a function.
#[derive(Debug, Clone)]
pub struct Body {
    text: String,
    /// The language that it is in, where that is said.
    language: Option<String>,
}

/// A body in the standard's form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StandardBody<'a> {
    /// `RETURN`, and this expression.
    Return(&'a str),
    /// `BEGIN ATOMIC`, these commands, and `END`.
    Atomic(&'a str),
}

/// White space around it does not count, nor does which of the two usual ends its lines have, but in a constant of SQL.
impl PartialEq for Body {
    fn eq(&self, other: &Self) -> bool {
        let is_of_sql = self.reads_tokens() && other.reads_tokens();
        self.text == other.text
            || !is_of_sql && with_short_ends(&self.text) == with_short_ends(&other.text)
    }
}

serde_by_text!(Body, "the source text of a function");

impl Body {
    /// Takes it for one in this language.
    pub fn set_language(&mut self, language: &str) {
        self.language = Some(language.to_owned());
    }

    /// Whether it may be in one of these languages.
    fn may_be_in(&self, languages: &[&str]) -> bool {
        self.language.as_deref().is_none_or(|language| languages.contains(&language))
    }

    /// What it is in the standard's form, which the server takes in and prints as it does expressions (PostgreSQL 14).
    pub fn standard(&self) -> Option<StandardBody<'_>> {
        let words = sql::words(&self.text);
        match words.as_slice() {
            _ if !self.may_be_in(&["sql"]) => None,
            [first, ..] if first.is_word("return") => {
                Some(StandardBody::Return(sql::command(&self.text[first.end()..])))
            }
            [begin, atomic, .., end]
                if begin.is_word("begin") && atomic.is_word("atomic") && end.is_word("end") =>
            {
                Some(StandardBody::Atomic(&self.text[atomic.end()..end.start]))
            }
            _ => None,
        }
    }

    /// The same in the standard's form with other names for arguments of `function`, as `actual` may have them; `None` for a
    /// body in another form.
    pub fn with_arguments(
        &self,
        function: &str,
        renamed: &[(String, String)],
        actual: &Self,
    ) -> Option<Self> {
        self.standard()?;
        let text = arguments::renamed(&self.text, &actual.text, function, renamed);
        Some(Self { text, ..self.clone() })
    }

    /// Whether the two differ in nothing but white space between tokens, in a language that does not read it.
    pub fn reads_the_same(&self, other: &Self) -> bool {
        // Where a constant with a backslash before a quote ends depends on a setting (`standard_conforming_strings`).
        let may_end_elsewhere = |body: &Self| {
            sql::tokens(&body.text)
                .any(|token| token.text.starts_with('\'') && token.text.contains("\\'"))
        };
        let texts = |body: &Self| -> Vec<String> {
            let tokens: Vec<_> = sql::tokens(&body.text).collect();
            let is_string =
                |token: Option<&sql::Token<'_>>| token.is_some_and(|it| it.kind == Kind::String);
            let told = tokens.iter().enumerate().filter_map(|(at, token)| match token.kind {
                Kind::Blank => {
                    let comment = sql::trim(token.text);
                    // Constants on lines of their own, one after the other, are one (4.1.2.1 of the manual).
                    let joins = token.text.contains(['\n', '\r'])
                        && is_string(tokens.get(at + 1))
                        && is_string(tokens[..at].last());
                    match comment {
                        "" => joins.then(|| "\n".to_owned()),
                        comment => Some(with_short_ends(comment)),
                    }
                }
                _ => Some(token.text.to_owned()),
            });
            told.collect()
        };
        self.reads_tokens()
            && other.reads_tokens()
            && texts(self) == texts(other)
            && !may_end_elsewhere(self)
    }

    fn reads_tokens(&self) -> bool {
        self.may_be_in(&["sql", "plpgsql"])
    }
}

fn with_short_ends(text: &str) -> String {
    text.replace("\r\n", "\n")
}

impl FromStr for Body {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let in_a_constant =
            |token: sql::Token<'_>| token.kind != Kind::Blank && token.text.contains("\r\n");
        let text = if text.contains("\r\n") && !sql::tokens(text).any(in_a_constant) {
            Cow::Owned(with_short_ends(text))
        } else {
            Cow::Borrowed(text)
        };
        let text = text.trim_start_matches(['\r', '\n']).trim_end_matches(sql::is_blank).to_owned();
        Ok(Self { text, language: None })
    }
}

impl fmt::Display for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// A piece of a definition that is neither an expression nor a list of names, such as the bound of a partition. Spelling
/// of key words and white space do not matter, nor does the schema that it stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition(pub String);

serde_by_text!(Definition, "a piece of SQL");

impl Definition {
    /// Whether the two read the same inside of `schema`.
    pub fn reads_the_same(&self, other: &Self, schema: &str) -> bool {
        self.words(schema) == other.words(schema)
    }

    fn words(&self, schema: &str) -> Vec<String> {
        let tokens = sql::words(&self.0);
        let mut words = Vec::with_capacity(tokens.len());
        let mut tokens = tokens.iter().peekable();
        while let Some(token) = tokens.next() {
            let name =
                matches!(token.kind, Kind::Word | Kind::Quoted).then(|| sql::unquote(token.text));
            if name.as_deref() == Some(schema) && tokens.next_if(|next| next.is(".")).is_some() {
                continue;
            }
            words.push(name.unwrap_or_else(|| token.text.to_owned()));
        }
        words
    }
}

impl FromStr for Definition {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let text = sql::command(text);
        if text.is_empty() {
            Err("nothing is written here".to_owned())
        } else {
            Ok(Self(text.to_owned()))
        }
    }
}

impl fmt::Display for Definition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
