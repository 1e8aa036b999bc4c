//! Objects of any kind in one text, as `pg_identify_object` has them: `function public.f(pg_catalog.text)`.

use serde::{Deserialize, Serialize};

use super::{Meaning, Value, Walk};
use crate::equivalence::Verdict;
use crate::sql::Cursor;
use crate::value::{DataType, Signature};

/// Objects of any kind, each once, in any order.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Identities(Vec<String>);

impl Value for Identities {
    const IS_LIST: bool = true;

    fn agrees(&self, actual: &Self, walk: &mut Walk<'_>) -> Verdict {
        let [expected, actual] = [self, actual].map(|all| all.0.iter().cloned().collect());
        Verdict::of_any_order(&expected, &actual, |written, actual| {
            Verdict::of(is_identity(written, actual, &walk.names))
        })
    }

    fn show(&self) -> String {
        format!("[{}]", self.0.join(", "))
    }
}

/// Kinds in the server's words, and in those of SQL. What begins another one comes behind it.
const KINDS: &[(&str, &str)] = &[
    ("table column", "column"),
    ("view column", "column"),
    ("materialized view column", "column"),
    ("composite type column", "column"),
    ("foreign table column", "column"),
    ("column", "column"),
    ("materialized view", "materialized view"),
    ("composite type", "type"),
    ("foreign table", "foreign table"),
    ("foreign data wrapper", "foreign data wrapper"),
    ("event trigger", "event trigger"),
    ("foreign server", "server"),
    ("aggregate", "aggregate"),
    ("domain", "type"),
    ("extension", "extension"),
    ("function", "function"),
    ("index", "index"),
    ("language", "language"),
    ("policy", "policy"),
    ("procedure", "procedure"),
    ("publication", "publication"),
    ("rule", "rule"),
    ("schema", "schema"),
    ("sequence", "sequence"),
    ("server", "server"),
    ("subscription", "subscription"),
    ("table", "table"),
    ("trigger", "trigger"),
    ("type", "type"),
    ("view", "view"),
];

/// Further kinds that a server has words for.
const OTHER_KINDS: [&str; 14] = [
    "access method",
    "cast",
    "collation",
    "conversion",
    "database",
    "large object",
    "operator",
    "parameter",
    "role",
    "sequence column",
    "statistics",
    "tablespace",
    "text search",
    "toast table",
];

/// Whether what is meant for the key of an object says of which kind it is.
///
/// # Errors
/// It does not.
pub(super) fn has_kind(key: &str) -> Result<(), String> {
    let mut kinds = KINDS.iter().map(|(words, _)| *words).chain(OTHER_KINDS);
    let text = in_words(key);
    let cursor = Cursor::new(&text)?;
    if kinds.any(|words| cursor.sees(words)) {
        return Ok(());
    }
    Err(format!("`{key}` does not begin with a kind of object, as in function public.f(integer)"))
}

/// The same with the only kind that a server writes with a hyphen as SQL has it.
fn in_words(key: &str) -> String {
    key.replacen("foreign-data", "foreign data", 1)
}

/// The schemas of what is written without one.
const OF_NO_SCHEMA: [&str; 2] = ["public", "pg_catalog"];

/// Whether `written` means the object that a server identifies as `actual`.
pub(super) fn is_identity(written: &str, actual: &str, names: &Meaning<'_>) -> bool {
    let (Ok(written), Ok(actual)) = (Identity::read(written), Identity::read(actual)) else {
        return false;
    };
    written.kind == actual.kind
        && is_name(&written.name, &actual.name)
        && is_name(&written.relation, &actual.relation)
        && match (written.arguments, actual.arguments) {
            (Some(written), Some(actual)) => names.same_types(&written, &actual, ""),
            (written, _) => written.is_none(),
        }
}

struct Identity {
    kind: &'static str,
    /// Mostly its schema and its name; of a column the table's, too.
    name: Vec<String>,
    /// The types of a function's.
    arguments: Option<Vec<DataType>>,
    /// What a trigger, policy or rule is on.
    relation: Vec<String>,
}

impl Identity {
    fn read(text: &str) -> Result<Self, String> {
        let text = in_words(text);
        let mut cursor = Cursor::new(&text)?;
        let kind = KINDS.iter().find(|(words, _)| cursor.take(words));
        let (_, kind) = kind.ok_or_else(|| cursor.unexpected("a kind of object"))?;
        let name = cursor.words_parted_by(".", "a name")?;
        let arguments = if cursor.sees_group() {
            let types = cursor.group("the types of the arguments")?;
            format!("f({types})").parse::<Signature>()?.arguments
        } else {
            None
        };
        let relation =
            if cursor.take("on") { cursor.words_parted_by(".", "a table")? } else { Vec::new() };
        cursor.finish()?;
        Ok(Self { kind, name, arguments, relation })
    }
}

/// Whether two names are one: the first may lack the schema.
fn is_name(written: &[String], actual: &[String]) -> bool {
    let without_schema =
        actual.split_first().filter(|(schema, _)| OF_NO_SCHEMA.contains(&schema.as_str()));
    written == actual || without_schema.is_some_and(|(_, name)| !name.is_empty() && written == name)
}
