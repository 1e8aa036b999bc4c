//! Indexes.

use super::by_name::ByName;
use super::index_key::IndexKey;
use super::tablespace::Tablespace;
use super::{Expect, Object, Special, object, usual};
use crate::equivalence::Scope;
use crate::finding::Path;
use crate::sql::{Cursor, quote};
use crate::value::{Expression, Name, Settings};

object! {
    /// An index that no constraint owns.
    pub struct Index: "index" {
        /// Its keys, in order: columns or expressions, with collation, operator class and order where they are not
        /// as usual.
        keys: Expect<Vec<IndexKey>>,
        /// Whether it is unique.
        unique: Expect<bool> = false,
        /// Its access method.
        method: Expect<String> = "btree".to_owned(),
        /// Columns that it holds beside the key.
        include: Expect<Vec<String>> = Vec::new(),
        /// Whether two nulls count as equal (PostgreSQL 15).
        nulls_not_distinct: Expect<bool> = false,
        /// Which rows it holds.
        predicate: Expect<Option<Expression>> = None,
        /// Storage parameters.
        options: Expect<Settings> = Settings::default(),
        /// Whether it can be used; a failed `CREATE INDEX CONCURRENTLY` leaves one that cannot.
        valid: Expect<bool> = true,
        /// Whether logical replication identifies rows by it.
        replica_identity: Expect<bool> = false,
        /// Whether `CLUSTER` sorts the table by it.
        clustered: Expect<bool> = false,
        /// Statistics targets of its expressions, by the number of the key: `2: 100`.
        statistics: Expect<ByName<i64>> = ByName::default(),
        /// The tablespace that it lies in, where it is not the database's.
        tablespace: Expect<Option<Tablespace>> = None,
        /// The index of the partitioned table above that it is a part of.
        partition_of: Expect<Option<Name>> = None,
        /// Its comment.
        comment: Expect<Option<String>> = None,
    }
}

impl Special for Index {
    const LIST_HOLDS_SHAPES: bool = true;
    const BESIDE_SHORT: &'static [&'static str] =
        &["replica_identity", "clustered", "statistics", "tablespace", "partition_of"];

    fn scope(&self, path: &Path) -> Option<Scope> {
        super::table::relation(path).map(Scope::Relation)
    }

    /// `[UNIQUE] [USING method] (keys) [INCLUDE (columns)] [NULLS NOT DISTINCT] [WITH (options)] [WHERE predicate]`, or
    /// a whole `CREATE INDEX` as the catalogs have it.
    fn from_short(text: &str) -> Result<Self, String> {
        let mut cursor = Cursor::new(text)?;
        let mut index = Self::plain();
        let created = cursor.take("create");
        index.unique = Expect::Is(cursor.take("unique"));
        if created {
            cursor.expect("index")?;
            cursor.take("concurrently");
            cursor.take("if not exists");
            // PostgreSQL makes one up.
            if !cursor.take("on") {
                cursor.word("name")?;
                cursor.expect("on")?;
            }
            cursor.take("only");
            Name::read(&mut cursor)?;
        }
        if cursor.take("using") {
            index.method = Expect::Is(cursor.word("access method")?);
        }
        index.keys = Expect::Is(IndexKey::list(cursor.group("keys")?)?);
        while !cursor.at_end() {
            if cursor.take("include") {
                cursor.once("include")?;
                index.include = Expect::Is(cursor.names("columns")?);
            } else if cursor.take("nulls not distinct") {
                cursor.once("nulls not distinct")?;
                index.nulls_not_distinct = Expect::Is(true);
            } else if cursor.take("nulls distinct") {
                cursor.once("nulls not distinct")?;
                index.nulls_not_distinct = Expect::Is(false);
            } else if cursor.take("with") {
                cursor.once("with")?;
                index.options = Expect::Is(Settings::parse(cursor.group("options")?)?);
            } else if cursor.take("tablespace") {
                cursor.once("tablespace")?;
                index.tablespace = Expect::Is(Some(Tablespace(cursor.word("tablespace")?)));
            } else if cursor.take("where") {
                index.predicate = Expect::Is(Some(cursor.until(&[]).parse()?));
            } else {
                cursor.finish()?;
            }
        }
        Ok(index)
    }

    /// What is always true is no predicate to the server, and its access method has no case.
    fn conclude(&mut self) {
        usual::leave_out(&mut self.predicate, Expression::is_true);
        usual::fold(&mut self.method);
    }

    fn part_of(&self) -> Option<&Name> {
        self.partition_of.said()?.as_ref()
    }

    fn from_list(columns: Vec<String>) -> Result<Self, String> {
        let keys = columns.into_iter().map(IndexKey::column).collect();
        Ok(Self { keys: Expect::Is(keys), ..Self::plain() })
    }

    fn short(&self) -> Option<String> {
        let mut text = String::new();
        if self.unique == Expect::Is(true) {
            text += "unique ";
        }
        if let Some(method) = self.method.said().filter(|method| *method != "btree") {
            text += &format!("using {} ", quote(method));
        }
        text += &format!("({})", IndexKey::join(self.keys.said()?));
        if let Some(include) = self.include.said().filter(|include| !include.is_empty()) {
            text += &format!(" include {}", super::constraint::column_list(include));
        }
        if self.nulls_not_distinct == Expect::Is(true) {
            text += " nulls not distinct";
        }
        if let Some(options) = self.options.said().filter(|options| !options.is_empty()) {
            text += &format!(" with ({options})");
        }
        if let Some(Some(predicate)) = self.predicate.said() {
            text += &format!(" where {predicate}");
        }
        Some(text)
    }
}
