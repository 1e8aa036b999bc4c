//! Primary keys.

use super::constraint::{Deferrability, KeyDefinition, OF_ITS_INDEX};
use super::tablespace::Tablespace;
use super::trigger::Enabled;
use super::{Expect, Special, object};
use crate::value::{Name, Settings};

object! {
    /// A primary key.
    pub struct PrimaryKey: "primary_key" {
        /// Its columns, in order.
        columns: Expect<Vec<String>>,
        /// Columns that its index holds beside the key.
        include: Expect<Vec<String>> = Vec::new(),
        /// Whether the last column is a range that must not overlap (PostgreSQL 18).
        without_overlaps: Expect<bool> = false,
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
        /// The index of the partitioned table above that its index is a part of.
        partition_of: Expect<Option<Name>> = None,
        /// The comment on its index.
        index_comment: Expect<Option<String>> = None,
        /// Its comment.
        comment: Expect<Option<String>> = None,
    }
}

impl Special for PrimaryKey {
    const BESIDE_SHORT: &'static [&'static str] = OF_ITS_INDEX;

    const LIST_IS_ONE: bool = true;

    fn from_short(text: &str) -> Result<Self, String> {
        let key = KeyDefinition::read(text, "primary key")?;
        if key.nulls_not_distinct {
            return Err(format!("a primary key holds no nulls that could be distinct: `{text}`"));
        }
        Ok(Self {
            columns: Expect::Is(key.columns),
            include: Expect::Is(key.include),
            without_overlaps: Expect::Is(key.without_overlaps),
            options: Expect::Is(key.options),
            tablespace: Expect::Is(key.tablespace),
            deferrability: Expect::Is(key.deferrability),
            ..super::Object::plain()
        })
    }

    fn part_of(&self) -> Option<&Name> {
        self.partition_of.said()?.as_ref()
    }

    fn from_list(columns: Vec<String>) -> Result<Self, String> {
        Ok(Self { columns: Expect::Is(columns), ..super::Object::plain() })
    }

    fn short(&self) -> Option<String> {
        self.definition().map(|key| key.short())
    }

    fn list(&self) -> Option<Vec<String>> {
        self.definition().filter(KeyDefinition::is_plain).map(|key| key.columns)
    }
}

impl PrimaryKey {
    fn definition(&self) -> Option<KeyDefinition> {
        Some(KeyDefinition {
            columns: self.columns.said()?.clone(),
            without_overlaps: self.without_overlaps == Expect::Is(true),
            include: self.include.said().cloned().unwrap_or_default(),
            nulls_not_distinct: false,
            options: Settings::default(),
            tablespace: None,
            deferrability: self
                .deferrability
                .said()
                .copied()
                .unwrap_or(Deferrability::NotDeferrable),
        })
    }
}
