//! Exclusion constraints.

use super::by_name::ByName;
use super::constraint::{Deferrability, OF_ITS_INDEX, storage, without_name};
use super::index_key::IndexKey;
use super::tablespace::Tablespace;
use super::trigger::Enabled;
use super::{Expect, Object, Special, object, usual};
use crate::sql::{Cursor, quote};
use crate::value::{Expression, Name, Settings};

object! {
    /// An exclusion constraint.
    pub struct Exclusion: "exclusion" {
        /// Its elements, each with its operator: `room with =`.
        elements: Expect<Vec<IndexKey>>,
        /// The access method of its index.
        method: Expect<String> = "btree".to_owned(),
        /// Columns that its index holds beside the key.
        include: Expect<Vec<String>> = Vec::new(),
        /// Which rows it holds for.
        predicate: Expect<Option<Expression>> = None,
        /// When it is checked: `not deferrable`, `initially immediate` or `initially deferred`.
        deferrability: Expect<Deferrability> = Deferrability::NotDeferrable,
        /// In which sessions it is checked, where it is deferrable: `origin` (as usual), `replica`, `always`, or `disabled`, as
        /// `ALTER TABLE … DISABLE TRIGGER ALL` leaves it.
        enabled: Expect<Enabled> = Enabled::Origin,
        /// Whether its index can be relied on: one that is made without an index of each partition cannot.
        valid: Expect<bool> = true,
        /// Storage parameters of its index.
        options: Expect<Settings> = Settings::default(),
        /// The tablespace that its index lies in, where it is not the database's.
        tablespace: Expect<Option<Tablespace>> = None,
        /// Whether logical replication identifies rows by it.
        replica_identity: Expect<bool> = false,
        /// Whether `CLUSTER` sorts the table by it.
        clustered: Expect<bool> = false,
        /// Statistics targets of its expressions, by the number of the element: `2: 100`.
        statistics: Expect<ByName<i64>> = ByName::default(),
        /// The index of the partitioned table above that its index is a part of.
        partition_of: Expect<Option<Name>> = None,
        /// The comment on its index.
        index_comment: Expect<Option<String>> = None,
        /// Its comment.
        comment: Expect<Option<String>> = None,
    }
}

impl Special for Exclusion {
    const LIST_HOLDS_SHAPES: bool = true;
    const BESIDE_SHORT: &'static [&'static str] = OF_ITS_INDEX;

    fn from_short(text: &str) -> Result<Self, String> {
        let mut cursor = Cursor::new(text)?;
        let mut exclusion = Self::plain();
        without_name(&mut cursor)?;
        cursor.take("exclude");
        if cursor.take("using") {
            exclusion.method = Expect::Is(cursor.word("access method")?);
        }
        exclusion.elements = Expect::Is(IndexKey::list(cursor.group("elements")?)?);
        if cursor.take("include") {
            exclusion.include = Expect::Is(cursor.names("columns")?);
        }
        // The catalogs say these here too.
        let (options, tablespace) = storage(&mut cursor)?;
        exclusion.options = Expect::Is(options);
        exclusion.tablespace = Expect::Is(tablespace);
        if cursor.take("where") {
            exclusion.predicate = Expect::Is(Some(cursor.group("predicate")?.parse()?));
        }
        exclusion.deferrability = Expect::Is(Deferrability::NotDeferrable.read(&mut cursor)?);
        cursor.finish()?;
        Ok(exclusion)
    }

    /// As of an index.
    fn conclude(&mut self) {
        usual::leave_out(&mut self.predicate, Expression::is_true);
        usual::fold(&mut self.method);
    }

    fn part_of(&self) -> Option<&Name> {
        self.partition_of.said()?.as_ref()
    }

    fn short(&self) -> Option<String> {
        let mut text = match self.method.said().map_or("btree", String::as_str) {
            "btree" => String::new(),
            method => format!("using {} ", quote(method)),
        };
        text += &format!("({})", IndexKey::join(self.elements.said()?));
        if let Some(include) = self.include.said().filter(|include| !include.is_empty()) {
            text += &format!(" include {}", super::constraint::column_list(include));
        }
        if let Some(Some(predicate)) = self.predicate.said() {
            text += &format!(" where ({predicate})");
        }
        text += self.deferrability.said().map_or("", |deferrability| deferrability.suffix());
        Some(text)
    }
}
