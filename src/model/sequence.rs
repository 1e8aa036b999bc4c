//! Sequences.

use std::fmt;
use std::str::FromStr;

use super::table::Persistence;
use super::{Column, Database, Expect, Object, Special, Value, object};
use crate::sql::{Cursor, quote};
use crate::value::{DataType, Grants, serde_by_text};

object! {
    /// A sequence. One that an identity column brings with it belongs to the column.
    pub struct Sequence: "sequence" {
        /// Its data type.
        r#type: Expect<DataType> = DataType::bigint(),
        /// Its first value; unset for the smallest of an ascending, the largest of a descending one.
        start: Expect<Option<i64>> = None,
        /// What is added each time.
        increment: Expect<i64> = 1,
        /// Its smallest value; unset for what its type and direction make of it.
        minimum: Expect<Option<i64>> = None,
        /// Its largest value; unset for what its type and direction make of it.
        maximum: Expect<Option<i64>> = None,
        /// How many values a session takes at once.
        cache: Expect<i64> = 1,
        /// Whether it begins anew at its end.
        cycle: Expect<bool> = false,
        /// The column that it is dropped with: `table.column`.
        owned_by: Expect<Option<OwningColumn>> = None,
        /// Whether it survives a crash, where that is not as for the table that it belongs to (PostgreSQL 15): `permanent` or
        /// `unlogged`.
        persistence: Expect<Option<Persistence>> = None,
        /// Its owner, where it is not the owner of the database.
        owner: Expect<Option<String>> = None,
        /// Privileges of roles beyond what PostgreSQL gives by itself (all to the owner); `-execute` is one of those that was taken away.
        grants: Expect<Grants> = Grants::default(),
        /// Its comment.
        comment: Expect<Option<String>> = None,
    }
}

impl Special for Sequence {
    const BESIDE_SHORT: &'static [&'static str] = &["persistence"];

    fn from_short(text: &str) -> Result<Self, String> {
        let mut cursor = Cursor::new(text)?;
        let mut sequence = Self::plain();
        while !cursor.at_end() {
            if cursor.take("as") {
                let (data_type, used) = DataType::parse(cursor.rest())?;
                cursor.skip(used);
                sequence.r#type = Expect::Is(data_type);
            } else if cursor.take("start with") || cursor.take("start") {
                sequence.start = Expect::Is(Some(cursor.number()?));
            } else if cursor.take("increment by") || cursor.take("increment") {
                sequence.increment = Expect::Is(cursor.number()?);
            } else if cursor.take("minvalue") {
                sequence.minimum = Expect::Is(Some(cursor.number()?));
            } else if cursor.take("maxvalue") {
                sequence.maximum = Expect::Is(Some(cursor.number()?));
            } else if cursor.take("cache") {
                sequence.cache = Expect::Is(cursor.number()?);
            } else if cursor.take("cycle") {
                sequence.cycle = Expect::Is(true);
            } else if cursor.take("owned by") {
                let column = cursor.until(&[
                    "as",
                    "start",
                    "increment",
                    "minvalue",
                    "maxvalue",
                    "cache",
                    "cycle",
                ]);
                sequence.owned_by = Expect::Is(Some(column.parse()?));
            } else {
                cursor.finish()?;
            }
        }
        Ok(sequence)
    }

    fn short(&self) -> Option<String> {
        let mut words = vec![format!("as {}", self.r#type.said()?.short())];
        let numbers = [
            ("start", self.start.said().copied().flatten()),
            ("increment", self.increment.said().copied().filter(|increment| *increment != 1)),
            ("minvalue", self.minimum.said().copied().flatten()),
            ("maxvalue", self.maximum.said().copied().flatten()),
            ("cache", self.cache.said().copied().filter(|cache| *cache != 1)),
        ];
        words.extend(
            numbers.into_iter().filter_map(|(word, number)| Some(format!("{word} {}", number?))),
        );
        if self.cycle == Expect::Is(true) {
            words.push("cycle".to_owned());
        }
        if let Some(Some(column)) = self.owned_by.said() {
            words.push(format!("owned by {column}"));
        }
        Some(words.join(" "))
    }

    /// That of a `serial` column is said with the column, and is not there where the column is not.
    fn goes_without_saying(&self, name: &str, schema: &str, actual: &Database) -> bool {
        let Some(Some(owner)) = self.owned_by.said() else { return false };
        let plain =
            Self { r#type: self.r#type.clone(), owned_by: self.owned_by.clone(), ..Self::plain() };
        let default = owner.find(schema, actual).map(|column| column.default.said());
        *self == plain
            && default.is_none_or(|default| {
                matches!(default, Some(Some(default)) if default.draws_from(schema, name))
            })
    }
}

/// A column of a table in the sequence's own schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwningColumn {
    table: String,
    column: String,
}

serde_by_text!(OwningColumn, "a column, such as users.id");

impl OwningColumn {
    fn find<'a>(&self, schema: &str, database: &'a Database) -> Option<&'a Column> {
        let schema = database.schemas.body(schema)?;
        let table = schema.tables.body(&self.table).map(|table| &table.columns);
        let foreign = || schema.foreign_tables.body(&self.table).map(|table| &table.columns);
        table.or_else(foreign)?.body(&self.column)
    }
}

impl FromStr for OwningColumn {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut cursor = Cursor::new(text)?;
        let mut parts = vec![cursor.word("table")?];
        while cursor.take_symbol(".") {
            parts.push(cursor.word("column")?);
        }
        cursor.finish()?;
        // A schema may be written before the table; it can only be the sequence's own.
        match parts.as_slice() {
            [.., table, column] => Ok(Self { table: table.clone(), column: column.clone() }),
            _ => Err(format!("`{text}` lacks the column")),
        }
    }
}

impl fmt::Display for OwningColumn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", quote(&self.table), quote(&self.column))
    }
}

impl Value for OwningColumn {
    fn show(&self) -> String {
        self.to_string()
    }
}
