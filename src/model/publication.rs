//! Publications.

use std::fmt;
use std::str::FromStr;

use super::constraint::column_list;
use super::{Expect, Owner, Special, Value, Walk, object};
use crate::equivalence::Verdict;
use crate::sql::Cursor;
use crate::value::{Expression, Name, NameSet, serde_by_text};

object! {
    /// A publication of logical replication.
    pub struct Publication: "publication" {
        /// Its tables, each with its schema, and with columns and condition where it has them:
        /// `public.users (id, email) where (active)`. In any order.
        tables: Expect<PublishedTables> = PublishedTables::default(),
        /// The schemas that it publishes whole (PostgreSQL 15).
        schemas: Expect<NameSet> = NameSet::default(),
        /// Whether it publishes every table there is.
        all_tables: Expect<bool> = false,
        /// What it publishes of `insert`, `update`, `delete` and `truncate`.
        publish: Expect<NameSet> = NameSet::of(["insert", "update", "delete", "truncate"]),
        /// Whether changes of partitions are published as those of the table above.
        via_partition_root: Expect<bool> = false,
        /// What it publishes of generated columns (PostgreSQL 18): `none` or `stored`.
        generated_columns: Expect<String> = "none".to_owned(),
        /// Its owner, where it is not the owner of the database.
        owner: Expect<Option<Owner>> = None,
        /// Its comment.
        comment: Expect<Option<String>> = None,
    }
}

impl Special for Publication {
    /// What is published has no case.
    fn conclude(&mut self) {
        if let Expect::Is(publish) = &mut self.publish {
            *publish = publish.map(str::to_lowercase);
        }
    }
}

/// A table of a publication: `public.users (id, email) where (active)`.
#[derive(Debug, Clone, PartialEq)]
pub struct PublishedTable {
    /// A name alone is of `public`, as in most search paths.
    name: Name,
    columns: Option<NameSet>,
    condition: Option<Expression>,
}

serde_by_text!(PublishedTable, "a table, such as public.users (id, email) where (active)");

impl FromStr for PublishedTable {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut cursor = Cursor::new(text)?;
        let mut name = Name::read(&mut cursor)?;
        name.schema.get_or_insert_with(|| "public".into());
        let columns = cursor.sees_group().then(|| cursor.names("columns")).transpose()?;
        let condition = cursor.take("where").then(|| cursor.until(&[]).parse()).transpose()?;
        cursor.finish()?;
        Ok(Self { name, columns: columns.map(NameSet::from), condition })
    }
}

impl fmt::Display for PublishedTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.name)?;
        if let Some(columns) = &self.columns {
            write!(f, " {}", column_list(columns.names()))?;
        }
        match &self.condition {
            Some(condition) => write!(f, " where ({condition})"),
            None => Ok(()),
        }
    }
}

impl Value for PublishedTable {
    const HOLDS_SQL: bool = true;

    fn agrees(&self, actual: &Self, walk: &mut Walk<'_>) -> Verdict {
        if self.name != actual.name || self.columns != actual.columns {
            return Verdict::Different(None);
        }
        match (&self.condition, &actual.condition) {
            (Some(expected), Some(condition)) => {
                walk.same_of(&actual.name, &expected.0, &condition.0, false)
            }
            (expected, condition) => Verdict::of(expected == condition),
        }
    }

    fn show(&self) -> String {
        self.to_string()
    }
}

/// Tables of a publication, in any order.
#[derive(Debug, Clone, PartialEq, Default, serde::Serialize)]
pub struct PublishedTables(Vec<PublishedTable>);

impl<'de> serde::Deserialize<'de> for PublishedTables {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut tables = Vec::<PublishedTable>::deserialize(deserializer)?;
        tables.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(Self(tables))
    }
}

impl Value for PublishedTables {
    const HOLDS_SQL: bool = true;
    const IS_LIST: bool = true;
    const IS_ON_ONE_LINE: bool = false;

    fn agrees(&self, actual: &Self, walk: &mut Walk<'_>) -> Verdict {
        self.0.agrees(&actual.0, walk)
    }

    fn schema() -> serde_json::Value {
        Vec::<PublishedTable>::schema()
    }

    fn show(&self) -> String {
        self.0.show()
    }
}
