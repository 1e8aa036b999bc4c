//! Materialized views.

use super::by_name::ByName;
use super::table::ReplicaIdentity;
use super::tablespace::Tablespace;
use super::{Children, Expect, Index, Owner, Special, object, usual};
use crate::equivalence::Scope;
use crate::finding::Path;
use crate::sql::Cursor;
use crate::value::{Grants, Query, Settings};

object! {
    /// A materialized view.
    pub struct MaterializedView: "materialized_view" {
        /// Its query.
        definition: Expect<Query>,
        /// Its storage parameters, those of its TOAST table with `toast.` before them.
        options: Expect<Settings> = Settings::default(),
        /// What identifies its rows in logical decoding: `default`, `full` or `nothing`; that an index does stands with that.
        replica_identity: Expect<ReplicaIdentity> = ReplicaIdentity::Default,
        /// Its access method.
        method: Expect<Option<String>> = Some("heap".to_owned()),
        /// The tablespace that it lies in, where it is not the database's.
        tablespace: Expect<Option<Tablespace>> = None,
        /// Its owner, where it is not the owner of the database.
        owner: Expect<Option<Owner>> = None,
        /// Privileges of roles beyond what PostgreSQL gives by itself (all to the owner); `-select` is one of those that was taken away.
        grants: Expect<Grants> = Grants::default(),
        /// Its comment.
        comment: Expect<Option<String>> = None,
        /// Comments on its columns.
        column_comments: Expect<ByName<String>> = ByName::default(),
        /// Privileges of roles on single columns: `email: {app: [select]}`.
        column_grants: Expect<ByName<Grants>> = ByName::default(),
        /// What is set for single columns: `storage`, `compression`, `statistics`, and options such as `n_distinct`.
        column_settings: Expect<ByName<Settings>> = ByName::default(),
        /// Its indexes.
        indexes: Children<Index> = (),
    }
}

/// What may stand behind the query.
const WHETHER_FILLED: [&str; 2] = ["with data", "with no data"];

impl Special for MaterializedView {
    const BESIDE_SHORT: &'static [&'static str] =
        &["column_comments", "column_grants", "column_settings", "indexes"];

    fn scope(&self, _path: &Path) -> Option<Scope> {
        Some(Scope::Query)
    }

    /// Whether it is filled at once, which may stand behind the query as it was created, is no part of it.
    fn conclude(&mut self) {
        usual::fold_said(&mut self.method);
        let Some(Query(text)) = self.definition.said() else { return };
        let Ok(mut cursor) = Cursor::new(text) else { return };
        let query = cursor.until(&WHETHER_FILLED);
        if WHETHER_FILLED.into_iter().any(|phrase| cursor.take(phrase))
            && cursor.at_end()
            && let Ok(query) = query.parse()
        {
            self.definition = Expect::Is(query);
        }
    }

    fn from_short(text: &str) -> Result<Self, String> {
        Ok(Self { definition: Expect::Is(text.parse()?), ..super::Object::plain() })
    }
}
