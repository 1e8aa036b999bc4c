//! The column of a table that a sequence belongs to.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;

use super::{Column, Database, Value, Walk};
use crate::finding::Path;
use crate::sql::{Cursor, name_of_sequence, quote};
use crate::value::serde_by_text;

/// A column of a table in the sequence's own schema.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct OwningColumn {
    pub(super) table: String,
    pub(super) column: String,
}

serde_by_text!(OwningColumn, "a column, such as users.id");

impl OwningColumn {
    pub(super) fn new(table: &str, column: &str) -> Self {
        Self { table: table.to_owned(), column: column.to_owned() }
    }

    /// The column at this place.
    pub(super) fn at(path: &Path) -> Option<Self> {
        let [.., table, _, column] = path.0.as_slice() else { return None };
        Some(Self::new(table, column))
    }

    /// `table.column`, or `none`.
    pub(super) fn read(cursor: &mut Cursor<'_>) -> Result<Option<Self>, String> {
        // A schema may be written before the table; it can only be the sequence's own.
        match cursor.words_parted_by(".", "column")?.as_slice() {
            [.., table, column] => Ok(Some(Self::new(table, column))),
            [none] if none == "none" => Ok(None),
            _ => Err(cursor.unexpected("table.column")),
        }
    }

    /// Whether it or its table stands at one of these places.
    pub(super) fn is_at_any(&self, schema: &str, paths: &BTreeSet<Path>) -> bool {
        let home = Path::default().join("schemas").join(schema);
        ["tables", "foreign_tables"].iter().any(|collection| {
            let table = home.join(collection).join(&self.table);
            paths.contains(&table.join("columns").join(&self.column)) || paths.contains(&table)
        })
    }

    /// The usual name of its own sequence.
    pub(super) fn usual_sequence(&self) -> String {
        name_of_sequence(&self.table, &self.column)
    }

    /// Whether it is a column of a view, which has no default that could draw from the sequence.
    pub(super) fn is_of_a_view(&self, schema: &str, database: &Database) -> bool {
        let schema = database.schemas.body(schema);
        schema.is_some_and(|schema| schema.views.body(&self.table).is_some())
    }

    pub(super) fn find<'a>(&self, schema: &str, database: &'a Database) -> Option<&'a Column> {
        let schema = database.schemas.body(schema)?;
        let table = schema.tables.body(&self.table).map(|table| &table.columns);
        let foreign = || schema.foreign_tables.body(&self.table).map(|table| &table.columns);
        table.or_else(foreign)?.body(&self.column)
    }
}

/// The names of sequences, by their schemas and the columns that own them.
pub(super) type ByOwner<'a> = BTreeMap<Cow<'a, str>, BTreeMap<&'a OwningColumn, Vec<Cow<'a, str>>>>;

fn by_owner(database: &Database) -> ByOwner<'_> {
    let mut all = ByOwner::new();
    for (schema, body) in database.schemas.bodies() {
        let owned = all.entry(schema).or_default();
        for (name, sequence) in body.sequences.bodies() {
            if let Some(Some(owner)) = sequence.owned_by.said() {
                owned.entry(owner).or_default().push(name);
            }
        }
    }
    all
}

impl Walk<'_> {
    /// The names of the sequences that a column in the schema that the walk is in owns: as expected, and as there.
    pub(super) fn sequences_of(&self, column: &OwningColumn) -> [&[Cow<'_, str>]; 2] {
        let [expected, actual] = &self.sequences;
        [(expected, self.expected()), (actual, self.actual())].map(|(all, database)| {
            let all = all.get_or_init(|| by_owner(database));
            all.get(self.schema())
                .and_then(|owned| owned.get(column))
                .map(Vec::as_slice)
                .unwrap_or_default()
        })
    }
}

impl FromStr for OwningColumn {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut cursor = Cursor::new(text)?;
        let column = Self::read(&mut cursor)?;
        cursor.finish()?;
        column.ok_or_else(|| format!("`{text}` lacks the column"))
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
