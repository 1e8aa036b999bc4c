//! Publications.

use super::{Expect, Special, object};
use crate::value::{Definition, Name, NameSet};

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
        owner: Expect<Option<String>> = None,
        /// Its comment.
        comment: Expect<Option<String>> = None,
    }
}

impl Special for Publication {}

/// Tables of a publication, in any order.
#[derive(Debug, Clone, PartialEq, Default, serde::Serialize)]
pub struct PublishedTables(Vec<Definition>);

impl<'de> serde::Deserialize<'de> for PublishedTables {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut tables = Vec::<Definition>::deserialize(deserializer)?;
        for table in &mut tables {
            // A name alone is of `public`, as in most search paths.
            if let Ok(Name { schema: None, name }) = table.0.parse::<Name>() {
                table.0 = Name::new("public", &name).to_string();
            }
        }
        tables.sort_unstable_by(|one, other| one.0.cmp(&other.0));
        Ok(Self(tables))
    }
}

impl super::Value for PublishedTables {
    fn agrees(&self, actual: &Self, _walk: &mut super::Walk<'_>) -> crate::equivalence::Verdict {
        let same = self.0.len() == actual.0.len()
            && self
                .0
                .iter()
                .zip(&actual.0)
                .all(|(expected, actual)| expected.reads_the_same(actual, ""));
        crate::equivalence::Verdict::of(same)
    }

    fn show(&self) -> String {
        super::Value::show(&self.0)
    }
}
