//! The call of a trigger's function.

use std::fmt;
use std::str::FromStr;

use super::{Class, Value, Walk};
use crate::equivalence::Verdict;
use crate::sql::{self, Cursor, Kind, Token, split_list};
use crate::value::{Home, Name, serde_by_text};

/// A function with constant arguments, which are strings whatever they look like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FunctionCall {
    function: Name,
    arguments: Vec<String>,
}

serde_by_text!(FunctionCall, "a function call, such as set_updated_at()");

impl FunctionCall {
    /// Reads `name(arguments)`.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(cursor: &mut Cursor<'_>) -> Result<Self, String> {
        let function = Name::read(cursor)?;
        let arguments = if cursor.sees_group() { cursor.group("arguments")? } else { "" };
        let nothing_is_said = sql::words(arguments).is_empty();
        let arguments = if nothing_is_said { Vec::new() } else { split_list(arguments)? };
        Ok(Self { function, arguments: arguments.into_iter().map(argument).collect() })
    }
}

/// What the function gets: a constant is a string, and a word is one like the name that it would be.
fn argument(text: &str) -> String {
    match sql::words(text)[..] {
        [Token { kind: Kind::Word | Kind::Quoted, text, .. }] => sql::unquote(text),
        [Token { kind: Kind::Number, text, .. }] => {
            text.parse::<i32>().map_or_else(|_| text.to_owned(), |number| number.to_string())
        }
        [Token { kind: Kind::String, text, .. }] => sql::string(text).into_owned(),
        _ => text.to_owned(),
    }
}

impl FromStr for FunctionCall {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut cursor = Cursor::new(text)?;
        let call = Self::read(&mut cursor)?;
        cursor.finish()?;
        Ok(call)
    }
}

impl fmt::Display for FunctionCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let arguments: Vec<String> =
            self.arguments.iter().map(|argument| sql::literal(argument)).collect();
        write!(f, "{}({})", self.function, arguments.join(", "))
    }
}

impl Value for FunctionCall {
    const HOLDS_SQL: bool = true;

    fn agrees(&self, actual: &Self, walk: &mut Walk<'_>) -> Verdict {
        let same =
            walk.names.same(Class::Function, &self.function, &actual.function, walk.schema());
        Verdict::of(same && self.arguments == actual.arguments)
    }

    fn show(&self) -> String {
        self.to_string()
    }

    fn relative_to(&mut self, home: &Home<'_>) {
        self.function.relative_to(home);
    }
}
