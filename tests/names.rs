//! What an unqualified name may mean: every name that a server has is known, though most are not asked for.
#![cfg(unix)]

mod common;

use common::Outcome;
use schemavet::model::Class;
use schemavet::value::Name;

/// Class, schema and name of everything that can be named.
const EVERYTHING: &str = "
    select class, nspname::text, name::text
      from (select 'type', typnamespace, typname from pg_type where typcategory <> 'A' and typrelid = 0
      union all select 'type', relnamespace, relname from pg_class where relkind in ('m', 'f', 'c', 'r', 'v', 'p')
      union all select 'function', pronamespace, proname from pg_proc
      union all select 'collation', collnamespace, collname from pg_collation
      union all select 'default operator class', opcnamespace, opcname from pg_opclass where opcdefault
      union all select 'operator', oprnamespace, oprname from pg_operator where oprcode <> 0
      union all select 'operator family', opfnamespace, opfname from pg_opfamily
      union all select 'text search parser', prsnamespace, prsname from pg_ts_parser
      union all select 'text search template', tmplnamespace, tmplname from pg_ts_template
      union all select 'text search dictionary', dictnamespace, dictname from pg_ts_dict) as o (class, schema, name)
      join pg_namespace n on n.oid = o.schema
     where class = 'default operator class' or nspname !~ '^pg_' and nspname <> 'information_schema'
     group by 1, 2, 3";

#[tokio::test]
async fn every_name_of_a_server_is_known() -> Outcome {
    let extensions = "create extension citext; create extension hstore; create extension ltree; create extension btree_gin;
                      create schema other; create extension pg_stat_statements schema other";
    for (name, sql) in [("zoo", common::zoo()), ("extensions", extensions.to_owned())] {
        let database = common::database(&sql).await?;
        let names = common::read(&database).await?.names;
        let rows = common::rows(&database, EVERYTHING).await?;
        assert!(rows.len() > 50, "{name}");
        for row in rows {
            let [class, schema, called] = row.as_slice() else { unreachable!("three columns") };
            let known = |class| names.resolve(class, called, schema) == Some(schema);
            let is_known = match class.as_str() {
                "type" => known(Class::Type),
                "function" => known(Class::Function),
                "collation" => known(Class::Collation),
                "operator" => known(Class::Operator),
                "operator family" => known(Class::OperatorFamily),
                "text search parser" => known(Class::TextSearchParser),
                "text search template" => known(Class::TextSearchTemplate),
                "text search dictionary" => known(Class::TextSearchDictionary),
                _ => names.is_default_operator_class(&Name::new(schema, called)),
            };
            assert!(is_known, "{name}: {class} {schema}.{called}");
        }
    }
    Ok(())
}
