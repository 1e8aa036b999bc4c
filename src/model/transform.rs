//! Transforms.

use super::reference::FunctionName;
use super::{Expect, Meaning, Special, object};
use crate::sql::{Cursor, unquote};
use crate::value::DataType;

object! {
    /// A transform of a data type for a procedural language. Its key is `public.mood language plperl`.
    pub struct Transform: "transform" {
        /// The function that makes a value of the language of one of SQL.
        from_sql: Expect<Option<FunctionName>> = None,
        /// The function that makes a value of SQL of one of the language.
        to_sql: Expect<Option<FunctionName>> = None,
        /// Its comment.
        comment: Expect<Option<String>> = None,
    }
}

impl Special for Transform {
    fn check_key(key: &str) -> Result<(), String> {
        parts(key).map(drop).map_err(|error| {
            format!("`{key}` is no transform, such as hstore language plperl: {error}")
        })
    }

    fn is_named(written: &str, actual: &str, schema: &str, names: &Meaning<'_>) -> bool {
        match (parts(written), parts(actual)) {
            (Ok((written, language)), Ok((actual, actual_language))) => {
                language == actual_language && names.same_type(&written, &actual, schema)
            }
            _ => false,
        }
    }
}

/// The data type and the language of a key.
fn parts(key: &str) -> Result<(DataType, String), String> {
    let mut cursor = Cursor::new(key)?;
    let (data_type, used) = DataType::parse(cursor.rest())?;
    cursor.skip(used);
    cursor.expect("language")?;
    Ok((data_type.without_modifiers(), unquote(cursor.until(&[]))))
}
