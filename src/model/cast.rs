//! Casts.

use super::reference::FunctionName;
use super::{Expect, Meaning, Object, Special, object, word_value};
use crate::sql::{Cursor, without_outer_parentheses};
use crate::value::{DataType, words};

words! {
    /// How a cast makes a value of one type into one of another.
    pub enum Method {
        /// By a function.
        Function = "function",
        /// By writing the value as text and reading that.
        Inout = "inout",
        /// Not at all: both types hold the same bytes.
        Binary = "binary",
    }
}

words! {
    /// Where a cast is made without being asked for.
    pub enum Context {
        /// Nowhere.
        Explicit = "explicit",
        /// Where a value is assigned to a column.
        Assignment = "assignment",
        /// Everywhere.
        Implicit = "implicit",
    }
}

word_value!(Method, Context);

object! {
    /// A cast. Its key is `(text as public.mood)`, the two types in parentheses.
    pub struct Cast: "cast" {
        /// How it works: `function`, `inout` or `binary`.
        method: Expect<Method>,
        /// The function that it calls, with the types of its arguments.
        function: Expect<Option<FunctionName>> = None,
        /// Where it is made without being asked for: `explicit` (nowhere), `assignment` or `implicit`.
        context: Expect<Context> = Context::Explicit,
        /// Its comment.
        comment: Expect<Option<String>> = None,
    }
}

impl Special for Cast {
    fn check_key(key: &str) -> Result<(), String> {
        types(key)
            .map(drop)
            .map_err(|error| format!("`{key}` is no cast, such as (text as mood): {error}"))
    }

    fn is_named(written: &str, actual: &str, schema: &str, names: &Meaning<'_>) -> bool {
        let (Ok((from, to)), Ok((actual_from, actual_to))) = (types(written), types(actual)) else {
            return false;
        };
        names.same_type(&from, &actual_from, schema) && names.same_type(&to, &actual_to, schema)
    }

    /// `with function f(…)`, `with inout` or `without function`, then `as assignment` or `as implicit`.
    fn from_short(text: &str) -> Result<Self, String> {
        let mut cursor = Cursor::new(text)?;
        let mut cast = Self::plain();
        if cursor.take("without function") {
            cast.method = Expect::Is(Method::Binary);
        } else if cursor.take("with inout") {
            cast.method = Expect::Is(Method::Inout);
        } else {
            cursor.expect("with function")?;
            cast.method = Expect::Is(Method::Function);
            cast.function = Expect::Is(Some(FunctionName::read(&mut cursor)?));
        }
        if cursor.take("as assignment") {
            cast.context = Expect::Is(Context::Assignment);
        } else if cursor.take("as implicit") {
            cast.context = Expect::Is(Context::Implicit);
        }
        cursor.finish()?;
        Ok(cast)
    }

    fn short(&self) -> Option<String> {
        let mut text = match (self.method.said()?, self.function.said()) {
            (Method::Function, Some(Some(function))) => format!("with function {function}"),
            (Method::Function, _) => return None,
            (Method::Inout, _) => "with inout".to_owned(),
            (Method::Binary, _) => "without function".to_owned(),
        };
        if let Some(context) = self.context.said().filter(|context| **context != Context::Explicit)
        {
            text += &format!(" as {context}");
        }
        Some(text)
    }
}

/// The two types of a key.
fn types(key: &str) -> Result<(DataType, DataType), String> {
    let mut cursor = Cursor::new(without_outer_parentheses(key))?;
    let (from, used) = DataType::parse(cursor.rest())?;
    cursor.skip(used);
    cursor.expect("as")?;
    let (to, used) = DataType::parse(cursor.rest())?;
    cursor.skip(used);
    cursor.finish()?;
    Ok((from.without_modifiers(), to.without_modifiers()))
}
