//! What an unqualified name may mean: every name that a server has is known, though most are not asked for.
#![cfg(unix)]

mod common;

use common::{Outcome, STRICT};
use schemavet::model::Class;
use schemavet::spec::Spec;
use schemavet::value::Name;

/// Class, schema and name of everything that can be named.
const EVERYTHING: &str = "
    select class, nspname::text, name::text
      from (select 'type', typnamespace, typname from pg_type where typcategory <> 'A' and typrelid = 0
      union all select 'type', relnamespace, relname from pg_class where relkind in ('m', 'f', 'c', 'r', 'v', 'p')
      union all select 'function', pronamespace, proname from pg_proc
      union all select 'collation', collnamespace, collname from pg_collation
      union all select 'operator class', opcnamespace, opcname from pg_opclass
      union all select 'default operator class', opcnamespace, opcname || ' using ' || amname from pg_opclass join pg_am m on m.oid = opcmethod where opcdefault
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
            let known = |class| names.has(class, schema, called);
            let is_known = match class.as_str() {
                "type" => known(Class::Type),
                "function" => known(Class::Function),
                "collation" => known(Class::Collation),
                "operator" => known(Class::Operator),
                "operator family" => known(Class::OperatorFamily),
                "text search parser" => known(Class::TextSearchParser),
                "text search template" => known(Class::TextSearchTemplate),
                "text search dictionary" => known(Class::TextSearchDictionary),
                "operator class" => known(Class::OperatorClass),
                _ => {
                    let (class, method) = called.split_once(" using ").expect("a method");
                    names.is_default_operator_class(&Name::new(schema, class), method)
                }
            };
            assert!(is_known, "{name}: {class} {schema}.{called}");
        }
    }
    Ok(())
}

/// What is there before, what changes, and what differs then, seen from before and from after.
const MOVED: &[(&str, &str, &[&str], &[&str])] = &[
    (
        "create schema app; create collation app.c (locale = 'C'); create collation public.c (locale = 'POSIX');
         create table app.t (a text collate app.c)",
        "alter table app.t alter a type text collate public.c",
        &["column.collation app.t.a"],
        &["column.collation app.t.a"],
    ),
    (
        "create table t (a text collate pg_catalog.\"C\"); create collation public.\"C\" (locale = 'POSIX')",
        "alter table t alter a type text collate public.\"C\"",
        &["column.collation public.t.a"],
        &["column.collation public.t.a"],
    ),
    (
        "create function public.int4eq(int, int) returns bool language sql as 'select false';
         create aggregate every_one(int) (sfunc = pg_catalog.int4pl, stype = int);
         create function public.int4pl(int, int) returns int language sql as 'select 1';
         create operator === (leftarg = int, rightarg = int, function = pg_catalog.int4eq)",
        "drop operator === (int, int); drop aggregate every_one(int);
         create operator === (leftarg = int, rightarg = int, function = public.int4eq);
         create aggregate every_one(int) (sfunc = public.int4pl, stype = int)",
        &["aggregate.state_function public.every_one(integer)", "operator.function public.=== (integer, integer)"],
        &["aggregate.state_function public.every_one(integer)", "operator.function public.=== (integer, integer)"],
    ),
    (
        "create function public.generate_series_int4_support(internal) returns internal language internal
           as 'generate_series_int4_support';
         create function g(int, int) returns setof int language internal support pg_catalog.generate_series_int4_support
           as 'generate_series_int4'",
        "alter function g(int, int) support public.generate_series_int4_support",
        &["function.support public.g(integer, integer)"],
        &["function.support public.g(integer, integer)"],
    ),
    (
        "create operator public.< (leftarg = int, rightarg = int, function = int4lt);
         create aggregate least_one(int) (sfunc = int4smaller, stype = int, sortop = operator(pg_catalog.<))",
        "drop aggregate least_one(int);
         create aggregate least_one(int) (sfunc = int4smaller, stype = int, sortop = operator(public.<))",
        &["aggregate.sort_operator public.least_one(integer)"],
        &["aggregate.sort_operator public.least_one(integer)"],
    ),
    (
        "create operator class public.text_ops for type text using btree
           as operator 1 <, operator 2 <=, operator 3 =, operator 4 >=, operator 5 >, function 1 bttextcmp(text, text);
         create table t (s text); create index i on t (s)",
        "drop index i; create index i on t (s public.text_ops)",
        &["index.keys public.t.i"],
        &["index.keys public.t.i"],
    ),
    (
        "create text search dictionary public.simple (template = simple);
         create text search configuration tc (copy = simple)",
        "alter text search configuration tc alter mapping for asciiword replace pg_catalog.simple with public.simple",
        &["text_search_configuration.mappings public.tc"],
        &["text_search_configuration.mappings public.tc"],
    ),
    (
        "create schema app; create type app.st as enum ('a'); create table app.t (k app.st, l app.st[]);
         create type app.pt as (y app.st);
         create function app.f() returns app.st language sql as 'select null::app.st'",
        "alter type app.st set schema public",
        &[
            "enum.missing app.st",
            "attribute.type app.pt.y",
            "column.type app.t.k",
            "column.type app.t.l",
            "function.returns app.f()",
            "enum.unexpected public.st",
        ],
        &[
            "enum.unexpected app.st",
            "attribute.type app.pt.y",
            "column.type app.t.k",
            "column.type app.t.l",
            "function.returns app.f()",
            "enum.missing public.st",
        ],
    ),
];

#[tokio::test]
async fn what_moved_is_another_one_of_its_name() -> Outcome {
    for (setup, change, forth, back) in MOVED {
        let before = common::database(setup).await?;
        let after = common::copy(&before).await?;
        common::execute(&after, change).await?;
        for (from, to, expected) in [(&before, &after, forth), (&after, &before, back)] {
            let reading = common::read(from).await?;
            let snapshot = common::spec(&common::write(&reading)?)?;
            let live = Spec::of(reading.database, None, reading.place);
            for (how, spec) in [("live", live), ("stored", snapshot)] {
                let itself = common::validate(&spec, from, STRICT).await?;
                assert_eq!(common::details(&itself), "", "{how}: {setup}");
                let mut found = common::names(&common::validate(&spec, to, STRICT).await?);
                let mut expected = expected.to_vec();
                found.sort_unstable();
                expected.sort_unstable();
                assert_eq!(found, expected, "{how}: {change}");
            }
        }
    }
    Ok(())
}

/// A spec names the types of an extension without its schema, or with the one that it should be in.
#[tokio::test]
async fn an_extension_may_be_in_another_schema() -> Outcome {
    let before =
        common::database("create extension citext; create schema ext; create table t (a citext)")
            .await?;
    let after = common::copy(&before).await?;
    common::execute(&after, "alter extension citext set schema ext").await?;
    for (from, to, found) in [
        (&before, &after, &["extension.schema citext"][..]),
        (&after, &before, &["extension.schema citext", "column.type public.t.a"]),
    ] {
        let snapshot = common::spec(&common::snapshot(from).await?)?;
        assert_eq!(common::names(&common::validate(&snapshot, to, STRICT).await?), found);
    }
    Ok(())
}

/// For every key word, objects whose names or parts are that word; those of functions and types where SQL lets them.
const KEY_WORDS: &str = r#"
    do $$
    declare
        w text;
    begin
        for w in select word from pg_get_keywords() where word <> 'other' loop
            execute format('create table %1$I (%1$I serial, other text, check (%1$I > 0))', w);
            execute format('create table %I (id serial)', w || ' x');
            execute format('create sequence %I owned by %2$I.%2$I', w || ' s', w);
            execute format('create type %I as enum (%L)', w || ' e', w);
            execute format('create rule "%1$s AS ON SELECT" as on insert to %1$I do instead nothing', w);
            execute format('create trigger %1$I before update of other, %1$I on %1$I for each row execute function turn()', w);
            execute format('create index %I on %2$I (%2$I)', w || ' i', w);
            execute format('create policy %1$I on %1$I using (%1$I > 1)', w);
        end loop;
        create schema k;
        for w in select word from pg_get_keywords() where word <> 'other' loop
            execute format('create type k.%1$I as enum (%1$L)', w);
            execute format('create table k.%I (x k.%I default %L, y k.%2$I[])', w || ' t', w, w);
            execute format('create function k.%1$I(%1$I integer) returns k.%1$I language sql as ''select null::k.%1$I''', w);
            execute format('create function k.%I() returns table (%I text, b k.%2$I) language sql as ''select null, null::k.%2$I''', w || ' t', w);
            execute format('create function k.%I(out %I k.%2$I, inout b integer) language sql as ''select null::k.%2$I, 1''', w || ' f', w);
            execute format('create procedure k.%I(%I text, %I integer) language sql as ''''', w || ' p', w, w || 'x');
            execute format('create aggregate k.%I(%I integer) (sfunc = int4pl, stype = integer)', w || ' a', w);
            execute format('create view k.%I as select x as %I from k.%I', w || ' v', w, w || ' t');
        end loop;
    end $$"#;

/// Words of SQL, and of our short forms, are names like any other.
#[tokio::test]
async fn a_key_word_may_be_any_name() -> Outcome {
    let turn =
        "create function turn() returns trigger language plpgsql as 'begin return new; end';";
    let database = common::database(&format!("{turn} {KEY_WORDS}")).await?;
    let snapshot = common::snapshot(&database).await?;
    let report = common::validate(&common::spec(&snapshot)?, &database, STRICT).await?;
    assert_eq!(common::details(&report), "");
    let stored = common::stored_reading(&snapshot);
    let report = common::validate_by_text(&common::spec(&snapshot)?, &stored, STRICT).await;
    assert_eq!(common::details(&report), "");
    Ok(())
}
