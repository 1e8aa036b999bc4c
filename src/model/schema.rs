//! Schemas.

use super::{
    Aggregate, BaseType, Children, Collation, CompositeType, Conversion, Domain, Enum, Expect,
    ForeignTable, Function, MaterializedView, Object, Operator, OperatorClass, OperatorFamily,
    Owner, Pass, Procedure, RangeType, Sequence, ShellType, Special, Statistics, Table,
    TextSearchConfiguration, TextSearchDictionary, TextSearchParser, TextSearchTemplate, View,
    Walk, object,
};
use crate::value::Grants;

object! {
    /// A schema (a name space) of a database.
    pub struct Schema: "schema" {
        /// Its owner, where it is not the owner of the database.
        owner: Expect<Option<Owner>> = None,
        /// Privileges of roles beyond what PostgreSQL gives by itself (all to the owner); `-usage` is one of those that was taken away.
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
        /// Its base types.
        base_types: Children<BaseType> = (),
        /// Its shell types.
        shell_types: Children<ShellType> = (),
        /// Its collations.
        collations: Children<Collation> = (),
        /// Its conversions between character sets.
        conversions: Children<Conversion> = (),
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
        /// Its operators.
        operators: Children<Operator> = (),
        /// Its operator families.
        operator_families: Children<OperatorFamily> = (),
        /// Its operator classes.
        operator_classes: Children<OperatorClass> = (),
        /// Its text search parsers.
        text_search_parsers: Children<TextSearchParser> = (),
        /// Its text search templates.
        text_search_templates: Children<TextSearchTemplate> = (),
        /// Its text search dictionaries.
        text_search_dictionaries: Children<TextSearchDictionary> = (),
        /// Its text search configurations.
        text_search_configurations: Children<TextSearchConfiguration> = (),
    }
}

impl Special for Schema {
    const IN_EVERY_NEW_DATABASE: Option<&'static str> = Some("public");

    /// Empty, `public` is worth no word.
    fn goes_without_saying(&self, name: &str, _walk: &Walk<'_>) -> bool {
        Self::IN_EVERY_NEW_DATABASE == Some(name) && {
            let mut completed = self.clone();
            completed.complete(&mut Pass::default());
            completed == Self::plain()
        }
    }
}
