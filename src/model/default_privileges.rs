//! Default privileges.

use super::consequences::{is_missing_in, is_unexpected_in};
use super::{Expect, Meaning, Special, Value, Walk, object};
use crate::sql::Cursor;
use crate::value::Grants;

object! {
    /// Privileges that objects get when they are made. Its key says whose objects, where and of what kind:
    /// `app in public on tables`, or `app on tables` for every schema.
    pub struct DefaultPrivileges: "default_privileges" {
        /// Privileges beyond what PostgreSQL gives by itself; `-execute` is one of those that is taken away.
        grants: Expect<Grants> = Grants::default(),
    }
}

/// What they are for.
const KINDS: [&str; 7] =
    ["tables", "sequences", "functions", "routines", "types", "schemas", "large objects"];

impl Special for DefaultPrivileges {
    fn check_key(key: &str) -> Result<(), String> {
        match key.rsplit_once(" on ") {
            Some((_, kind)) if KINDS.contains(&kind.to_lowercase().as_str()) => Ok(()),
            _ => Err(format!(
                "`{key}` does not say whose objects of which kind, such as app in public on tables; the kinds are {}",
                KINDS.join(", ")
            )),
        }
    }

    fn in_a_finding(&self) -> Option<String> {
        self.grants.said().filter(|grants| **grants != Grants::default()).map(Value::show)
    }

    /// Routines are functions here, and key words have no case.
    fn is_named(written: &str, actual: &str, _schema: &str, _names: &Meaning<'_>) -> bool {
        let parts = |key: &str| {
            let (whose, kind) = key.rsplit_once(" on ")?;
            let kind = kind.to_lowercase();
            Some((whose.to_owned(), if kind == "routines" { "functions".to_owned() } else { kind }))
        };
        parts(written).is_some_and(|written| Some(written) == parts(actual))
    }

    /// The schema that they are for.
    fn is_dropped_with_another(&self, name: &str, walk: &Walk<'_>) -> bool {
        let (expected, actual) = (&walk.expected().schemas, &walk.actual().schemas);
        schema(name).is_some_and(|schema| is_missing_in(expected, actual, &schema))
    }

    fn is_made_with_another(&self, name: &str, walk: &Walk<'_>) -> bool {
        let (expected, actual) = (&walk.expected().schemas, &walk.actual().schemas);
        schema(name).is_some_and(|schema| is_unexpected_in(expected, actual, &schema))
    }
}

/// The schema that a key names.
fn schema(key: &str) -> Option<String> {
    let mut cursor = Cursor::new(key).ok()?;
    cursor.word("role").ok()?;
    cursor.take("in").then(|| cursor.word("schema").ok()).flatten()
}
