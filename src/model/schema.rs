//! Schemas.

use super::{
    Aggregate, Children, Collation, CompositeType, Domain, Enum, Expect, ForeignTable, Function,
    MaterializedView, Object, Procedure, RangeType, Sequence, Special, Statistics, Table, View,
    object,
};
use crate::value::Grants;

object! {
    /// A schema (a name space) of a database.
    pub struct Schema: "schema" {
        /// Its owner, where it is not the owner of the database.
        owner: Expect<Option<String>> = None,
        /// Privileges of roles beyond what PostgreSQL gives by itself (all to the owner); `-execute` is one of those that was taken away.
        grants: Expect<Grants> = Grants::default(),
        /// Its comment.
        comment: Expect<Option<String>> = None,
        /// Its enumerated types.
        enums: Children<Enum> = (),
        /// Its domains.
        domains: Children<Domain> = (),
        /// Its composite types, row types of tables apart.
        composite_types: Children<CompositeType> = (),
        /// Its range types.
        range_types: Children<RangeType> = (),
        /// Its collations.
        collations: Children<Collation> = (),
        /// Its sequences, those of identity columns apart.
        sequences: Children<Sequence> = (),
        /// Its tables, partitioned ones included.
        tables: Children<Table> = (),
        /// Its foreign tables.
        foreign_tables: Children<ForeignTable> = (),
        /// Its views.
        views: Children<View> = (),
        /// Its materialized views.
        materialized_views: Children<MaterializedView> = (),
        /// Its extended statistics.
        statistics: Children<Statistics> = (),
        /// Its functions.
        functions: Children<Function> = (),
        /// Its procedures.
        procedures: Children<Procedure> = (),
        /// Its aggregate functions.
        aggregates: Children<Aggregate> = (),
    }
}

impl Special for Schema {
    /// `public` is in every new database; empty, it is worth no word.
    fn goes_without_saying(&self, name: &str) -> bool {
        let mut completed = self.clone();
        completed.complete();
        name == "public" && completed == Self::plain()
    }
}
