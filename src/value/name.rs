//! Names of objects, qualified or not, and signatures of functions.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use compact_str::CompactString;

use super::{DataType, serde_by_text};
use crate::sql::{self, Cursor, Kind, Token};

/// The name of an object of a schema. Without a schema it is resolved as SQL would resolve it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Name {
    /// The schema, when it is said.
    pub schema: Option<CompactString>,
    /// The name itself, unquoted.
    pub name: CompactString,
}

serde_by_text!(Name, "a name, such as users or public.users");

/// The schema that an object lives in, which need not be said in the names that it uses.
#[derive(Debug, Clone, Copy)]
pub struct Home<'a> {
    schema: &'a str,
    /// What is built in under the same name, whatever it is: without a schema, a name means that.
    built_in: &'a BTreeSet<CompactString>,
}

impl<'a> Home<'a> {
    /// A schema, and names of what is built in that others have, too.
    pub fn new(schema: &'a str, built_in: &'a BTreeSet<CompactString>) -> Self {
        Self { schema, built_in }
    }

    /// A schema whose names nothing else has.
    pub fn of(schema: &'a str) -> Self {
        const NONE: &BTreeSet<CompactString> = &BTreeSet::new();
        Self { schema, built_in: NONE }
    }
}

impl Name {
    /// A qualified name.
    pub fn new(schema: &str, name: &str) -> Self {
        Self { schema: Some(schema.into()), name: name.into() }
    }

    /// Drops the schema when it is `home`, unless what stays would mean something else.
    pub fn relative_to(&mut self, home: &Home<'_>) {
        if self.schema.as_deref() == Some(home.schema) && !home.built_in.contains(&self.name) {
            self.schema = None;
        }
    }

    /// Reads a name.
    ///
    /// # Errors
    /// There is none.
    pub fn read(cursor: &mut Cursor<'_>) -> Result<Self, String> {
        let (name, used) = Self::parse(cursor.rest())?;
        cursor.skip(used);
        Ok(name)
    }

    /// Reads a name from the front of `tokens` and says how many tokens it took.
    ///
    /// # Errors
    /// There is none.
    pub fn parse(tokens: &[Token<'_>]) -> Result<(Self, usize), String> {
        let part = |at: usize| match tokens.get(at) {
            Some(token) if matches!(token.kind, Kind::Word | Kind::Quoted) => {
                Ok(CompactString::from(sql::unquote(token.text)))
            }
            Some(token) => Err(format!("expected a name, found `{}`", token.text)),
            None => Err("expected a name, found the end".to_owned()),
        };
        let first = part(0)?;
        if tokens.get(1).is_some_and(|token| token.is(".")) {
            return Ok((Self { schema: Some(first), name: part(2)? }, 3));
        }
        Ok((Self { schema: None, name: first }, 1))
    }
}

impl FromStr for Name {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let tokens = sql::words(text);
        match Self::parse(&tokens)? {
            (name, used) if used == tokens.len() => Ok(name),
            (_, used) => {
                Err(format!("unexpected `{}` after the name in `{text}`", tokens[used].text))
            }
        }
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(schema) = &self.schema {
            write!(f, "{}.", sql::quote(schema))?;
        }
        f.write_str(&sql::quote(&self.name))
    }
}

/// What tells functions of one name apart: the name, and the types of the input arguments where they are said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// The function's name, without its schema.
    pub name: String,
    /// Types of the input arguments, without the modifiers that PostgreSQL forgets; `None` when only the name is written.
    pub arguments: Option<Vec<DataType>>,
}

impl FromStr for Signature {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let Some((name, rest)) = text.split_once('(') else {
            return Ok(Self { name: text.trim().to_owned(), arguments: None });
        };
        let list = rest
            .trim_end()
            .strip_suffix(')')
            .ok_or(format!("`{text}` lacks its closing parenthesis"))?;
        let arguments = DataType::parse_list(list)?;
        Ok(Self { name: sql::as_kept(name.trim()).to_owned(), arguments: Some(arguments) })
    }
}

/// Names in any order, each once.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize)]
pub struct NameSet(Vec<String>);

impl NameSet {
    /// The set of these names.
    pub fn of<const N: usize>(names: [&str; N]) -> Self {
        Self::from(names.map(str::to_owned).to_vec())
    }

    /// The set of what becomes of each name.
    #[must_use]
    pub fn map(&self, become_of: impl Fn(&str) -> String) -> Self {
        self.0.iter().map(|name| become_of(name)).collect::<Vec<_>>().into()
    }

    /// The names, sorted.
    pub fn names(&self) -> &[String] {
        &self.0
    }
}

impl From<Vec<String>> for NameSet {
    fn from(mut names: Vec<String>) -> Self {
        names.sort_unstable();
        names.dedup();
        Self(names)
    }
}

impl<'de> serde::Deserialize<'de> for NameSet {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::<String>::deserialize(deserializer).map(Self::from)
    }
}
