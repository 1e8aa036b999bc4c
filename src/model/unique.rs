//! Unique constraints.

use super::constraint::{Deferrability, KeyDefinition, OF_ITS_INDEX};
use super::tablespace::Tablespace;
use super::trigger::Enabled;
use super::{Expect, Object as _, Special, Walk, forms, object};
use crate::value::{Name, Settings};

object! {
    /// A unique constraint. (A unique index without a constraint is an index.)
    pub struct Unique: "unique" {
        /// Its columns, in order.
        columns: Expect<Vec<String>>,
        /// Columns that its index holds beside the key.
        include: Expect<Vec<String>> = Vec::new(),
        /// Whether two nulls count as equal (PostgreSQL 15).
        nulls_not_distinct: Expect<bool> = false,
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

impl Special for Unique {
    const LIST_HOLDS_SHAPES: bool = true;
    const BESIDE_SHORT: &'static [&'static str] = OF_ITS_INDEX;

    fn from_short(text: &str) -> Result<Self, String> {
        let key = KeyDefinition::read(text, "unique")?;
        Ok(Self {
            columns: Expect::Is(key.columns),
            include: Expect::Is(key.include),
            nulls_not_distinct: Expect::Is(key.nulls_not_distinct),
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

    /// PostgreSQL makes one constraint of `unique (a), primary key (a)`.
    fn is_met_by_another(&self, walk: &Walk<'_>) -> bool {
        let [_, schema, kind, table] = walk.path().0.as_slice() else { return false };
        let Some(definition) = self.short().filter(|_| kind == "tables") else { return false };
        let says_no_more = forms::short(&definition).is_ok_and(|all: Self| self.is_met_by(&all));
        let table = walk.actual().schemas.body(schema).and_then(|s| s.tables.body(table));
        let mut keys = table.into_iter().flat_map(|table| table.primary_key.bodies());
        says_no_more && keys.any(|(_, key)| key.short().as_ref() == Some(&definition))
    }
}

impl Unique {
    fn definition(&self) -> Option<KeyDefinition> {
        Some(KeyDefinition {
            columns: self.columns.said()?.clone(),
            without_overlaps: self.without_overlaps == Expect::Is(true),
            include: self.include.said().cloned().unwrap_or_default(),
            nulls_not_distinct: self.nulls_not_distinct == Expect::Is(true),
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
