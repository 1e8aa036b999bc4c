//! Small things that SQL has several spellings for: a spec may use any of them.
#![cfg(unix)]

mod common;

use common::{CHECK, Outcome};

/// What a spec of the schema `public` finds in a database of `sql`.
async fn findings(sql: &str, public: &str) -> Outcome<Vec<String>> {
    let database = common::database(sql).await?;
    let spec = common::spec(&format!("spec: 1\nschemas: {{public: {public}}}\n"))?;
    Ok(common::names(&common::validate(&spec, &database, CHECK).await?))
}

/// Each of `entries` is a spec, in flow style, of one object of a database of `sql`: it holds there.
async fn hold(sql: &str, public: impl Fn(&str) -> String, entries: &[&str]) -> Outcome {
    for entry in entries {
        assert_eq!(findings(sql, &public(entry)).await?, [""; 0], "{entry}");
    }
    Ok(())
}

/// Each of them differs, by the same rule at the same object.
async fn differ(
    sql: &str,
    public: impl Fn(&str) -> String,
    entries: &[&str],
    finding: &str,
) -> Outcome {
    for entry in entries {
        assert_eq!(findings(sql, &public(entry)).await?, [finding], "{entry}");
    }
    Ok(())
}

#[tokio::test]
async fn arguments_of_triggers_are_words_numbers_and_strings() -> Outcome {
    let sql = r"create table t (a int); create function f() returns trigger language plpgsql as 'begin return new; end';
        create trigger r before insert on t for each row execute function f(Bar, 'B''x\', 007, 1.50)";
    let trigger = |arguments: &str| {
        let definition = format!("before insert for each row execute function f({arguments})");
        format!("{{tables: {{t: {{triggers: {{r: {definition:?}}}}}}}}}")
    };
    let same = [
        r"bar, 'B''x\', 7, 1.50",
        r#""bar", $$B'x\$$, '7', '1.50'"#,
        r"BAR, E'B\'x\\', 07, $a$1.50$a$",
        r"U&'b\0061r', e'\x42''x\134', 7, 1.50",
    ];
    hold(sql, trigger, &same).await?;
    let others = [
        r#""Bar", 'B''x\', 7, 1.50"#,
        r"bar, 'B''x', 7, 1.50",
        r"bar, 'B''x\', 8, 1.50",
        r"bar, 'B''x\', 7, 1.5",
    ];
    differ(sql, trigger, &others, "trigger.function public.t.r").await
}

/// Where one side does not fire at an update, it has no columns of one.
#[tokio::test]
async fn columns_are_those_of_an_update() -> Outcome {
    let sql = |events: &str| {
        format!(
            "create table t (a int); create function f() returns trigger language plpgsql as 'begin return new; end'; \
             create trigger r after {events} on t execute function f()"
        )
    };
    let trigger = |events: &str| {
        format!("{{tables: {{t: {{triggers: {{r: after {events} execute function f()}}}}}}}}")
    };
    let (with, without) = ("insert or update of a", "insert");
    differ(&sql(without), trigger, &[with], "trigger.events public.t.r").await?;
    differ(&sql(with), trigger, &[without], "trigger.events public.t.r").await?;
    differ(&sql(with), trigger, &["insert or update"], "trigger.columns public.t.r").await
}

#[tokio::test]
async fn a_constraint_trigger_is_deferred_in_either_order() -> Outcome {
    let sql = "create table t (a int); create function f() returns trigger language plpgsql as 'begin return new; end';
        create constraint trigger r after insert on t initially deferred deferrable for each row execute function f()";
    let trigger = |when: &str| {
        format!(
            "{{tables: {{t: {{triggers: {{r: constraint after insert {when} for each row execute function f()}}}}}}}}"
        )
    };
    hold(
        sql,
        trigger,
        &["initially deferred deferrable", "deferrable initially deferred", "initially deferred"],
    )
    .await?;
    differ(
        sql,
        trigger,
        &["deferrable", "initially immediate deferrable", ""],
        "trigger.deferrability public.t.r",
    )
    .await
}

/// What a statement makes is what stands there.
#[tokio::test]
async fn a_whole_statement_stands_under_its_own_name() -> Outcome {
    let sql = "create table t (a int); create index concurrent on t (a)";
    let index =
        |statement: &str| format!("{{tables: {{t: {{indexes: {{concurrent: {statement}}}}}}}}}");
    hold(
        sql,
        index,
        &[
            "create index concurrently concurrent on t (a)",
            "CREATE INDEX IF NOT EXISTS Concurrent ON ONLY public.t USING btree (a)",
            "create index if not exists concurrent on t (a)",
            "{definition: create index concurrent on t (a)}",
        ],
    )
    .await?;
    for (statement, wrong) in [
        (
            "create index other on t (a)",
            "makes `other` on `t`, and stands under `concurrent` of `t`",
        ),
        ("create index concurrent on u (a)", "makes `concurrent` on `u`"),
        ("create index concurrent on app.t (a)", "makes `concurrent` on `app.t`"),
        ("{definition: create index other on t (a)}", "makes `other` on `t`"),
    ] {
        let spec = format!("spec: 1\nschemas: {{public: {}}}\n", index(statement));
        let error = common::spec(&spec).err().map(|error| error.to_string()).unwrap_or_default();
        assert!(error.contains(wrong), "{statement}: {error}");
    }
    let trigger = "spec: 1\nschemas: {public: {tables: {t: {triggers: {r: before insert on u for each row execute function f()}}}}}\n";
    let error = common::spec(trigger).err().map(|error| error.to_string()).unwrap_or_default();
    assert!(error.contains("makes `r` on `u`, and stands under `r` of `t`"), "{error}");
    let pattern = "{tables: {t: {indexes: {'*': create index other on t (a)}}}}";
    assert_eq!(findings(sql, pattern).await?, [""; 0]);
    Ok(())
}

#[tokio::test]
async fn estimates_are_numbers() -> Outcome {
    let sql = "create function f() returns setof int language sql cost 0.0000001 rows 1000000 as 'select 1'";
    let function = |estimates: &str| format!("{{functions: {{f: {{{estimates}}}}}}}");
    hold(
        sql,
        function,
        &["cost: 1e-7, rows: 1e6", "cost: 0.0000001, rows: 1000000.0", "cost: '1E-07'"],
    )
    .await?;
    differ(sql, function, &["cost: 2e-7", "cost: 100"], "function.cost public.f()").await
}

#[tokio::test]
async fn names_in_a_search_path_may_be_strings() -> Outcome {
    let sql = "create function f() returns int language sql set search_path = 'public', 'My Schema', Other as 'select 1'";
    let function =
        |path: &str| format!("{{functions: {{f: {{settings: {{search_path: {path}}}}}}}}}");
    hold(
        sql,
        function,
        &[
            r#""'public', 'My Schema', 'other'""#,
            r#"'public, "My Schema", OTHER'"#,
            r#""\"public\",'My Schema',other""#,
        ],
    )
    .await?;
    differ(
        sql,
        function,
        &[r#""'public', 'My Schema', 'Other'""#, r#""'public, My Schema, other'""#],
        "function.settings public.f()",
    )
    .await
}

#[tokio::test]
async fn what_the_server_leaves_out_may_be_said() -> Outcome {
    let sql = "create table t (a text default cast(null as text), b text default (null)::varchar(3), c uuid);
        alter table t enable row level security; create policy p on t to pg_monitor, public;
        create operator class o for type uuid using brin as storage uuid;
        create materialized view m as select a from t with no data;
        create function f() returns event_trigger language plpgsql as 'begin end';
        create view v with (security_barrier) as select c from t where c is null with local check option";
    let spec = "{tables: {t: {columns: {a: text default cast(null as text), b: 'text default (null)::varchar(3)', c: uuid},
          tablespace: pg_default, policies: {p: 'to pg_monitor, public'}}},
        operator_classes: {o using brin: {type: uuid, storage: uuid}},
        materialized_views: {m: select a from t with no data;},
        views: {v: {definition: 'select c from t where c is null with local check option; -- as it was', options: {security_barrier: true}}}}";
    assert_eq!(findings(sql, spec).await?, [""; 0]);
    let other = spec.replace("local check", "cascaded check");
    assert_eq!(findings(sql, &other).await?, ["view.options public.v"]);
    let other = spec.replace("pg_default", "pg_global");
    assert_eq!(findings(sql, &other).await?, ["table.tablespace public.t"]);
    let database = common::database(sql).await?;
    for (tablespace, found) in [("pg_default", ""), ("pg_global", "database.tablespace ")] {
        let spec = common::spec(&format!("spec: 1\ntablespace: {tablespace}\n"))?;
        let report = common::validate(&spec, &database, CHECK).await?;
        assert_eq!(common::names(&report).concat(), found);
    }
    Ok(())
}

#[tokio::test]
async fn commands_of_event_triggers_have_no_case() -> Outcome {
    let sql = "create function f() returns event_trigger language plpgsql as 'begin end';
        create event trigger e on ddl_command_end when tag in ('create table', 'drop table') execute function f()";
    let database = common::database(sql).await?;
    for (tags, found) in
        [("[drop table, Create Table]", ""), ("[create table]", "event_trigger.tags e")]
    {
        let spec = common::spec(&format!("spec: 1\nevent_triggers: {{e: {{tags: {tags}}}}}\n"))?;
        let report = common::validate(&spec, &database, CHECK).await?;
        assert_eq!(common::names(&report).concat(), found);
    }
    Ok(())
}

#[tokio::test]
async fn identity_is_written_as_a_dump_does() -> Outcome {
    let sql = "create table t (a int generated always as identity (sequence name own start with 5 increment by 2), b int generated by default as identity);
        alter sequence t_b_seq as smallint";
    let column = |column: &str| format!("{{tables: {{t: {{columns: {{{column}, '*': any}}}}}}}}");
    hold(
        sql,
        column,
        &[
            "a: int generated always as identity (sequence name public.own start with 5 increment by 2)",
            "a: {definition: int generated always as identity (start 5 increment 2), identity_sequence: own}",
            "b: int generated by default as identity (maxvalue 32767)",
        ],
    )
    .await?;
    differ(
        sql,
        column,
        &["a: int generated always as identity (sequence name other start with 5 increment by 2)"],
        "column.identity_sequence public.t.a",
    )
    .await?;
    differ(
        sql,
        column,
        &["b: int generated by default as identity"],
        "column.identity_options public.t.b",
    )
    .await
}

#[tokio::test]
async fn bounds_are_values_of_their_column() -> Outcome {
    let sql = "create table p (a numeric(10,2), b int) partition by range (a);
        create table p_1 partition of p for values from (0) to (1.5);
        create table c (a char(4)) partition by list (a); create table c_1 partition of c for values in ('a', 'bc');
        create table h (a int) partition by hash (a); create table h_1 partition of h for values with (modulus 3, remainder 1)";
    let table = |table: &str| format!("{{tables: {{{table}, '*': any}}}}");
    hold(
        sql,
        table,
        &[
            "p_1: {partition_of: p for values from (0) to (1.5)}",
            "p_1: {partition_of: \"p for values from ('0.00') to ('1.50')\"}",
            "c_1: {partition_of: \"c for values in ('bc', 'a ')\"}",
            "c_1: {partition_of: \"c for values in ('a', 'bc', 'a')\"}",
            "h_1: {partition_of: 'h for values with (remainder 1, modulus 3)'}",
        ],
    )
    .await?;
    differ(
        sql,
        table,
        &["p_1: {partition_of: p for values from (0) to (1.51)}"],
        "table.partition_of public.p_1",
    )
    .await?;
    differ(
        sql,
        table,
        &[
            "c_1: {partition_of: \"c for values in ('bc', 'b')\"}",
            "c_1: {partition_of: \"c for values in ('a', 'a')\"}",
            "c_1: {partition_of: \"c for values in ('a')\"}",
        ],
        "table.partition_of public.c_1",
    )
    .await?;
    differ(
        sql,
        table,
        &["h_1: {partition_of: 'h for values with (remainder 2, modulus 3)'}"],
        "table.partition_of public.h_1",
    )
    .await
}

#[tokio::test]
async fn a_key_has_the_collation_of_its_column() -> Outcome {
    let sql = "create table t (a text, b text collate \"C\", c varchar(3)[]);
        create index i on t (a collate \"default\", b collate \"C\", (c collate \"default\"))";
    let own = r#"create index j on t (lower(b) collate "C"); create materialized view m as select b from t; create index k on m (b collate "C")"#;
    let other = "{tables: {t: {indexes: {'*': any, j: '(lower(b) collate \"C\")'}}}, materialized_views: {m: {indexes: {k: '(b collate \"C\")'}}}}";
    hold(&format!("{sql}; {own}"), ToOwned::to_owned, &[other]).await?;
    let wrong = other.replace("(b collate \"C\")'}}}}", "(b collate \"default\")'}}}}");
    differ(&format!("{sql}; {own}"), ToOwned::to_owned, &[&wrong], "index.keys public.m.k").await?;
    let index = |keys: &str| format!("{{tables: {{t: {{indexes: {{i: '({keys})'}}}}}}}}");
    hold(
        sql,
        index,
        &[
            "a, b, c",
            r#"a collate "default", b collate "C", (c collate "default")"#,
            r#"(a collate pg_catalog."default"), (b collate "C"), c"#,
        ],
    )
    .await?;
    differ(
        sql,
        index,
        &[r#"a collate "C", b, c"#, r#"a, b collate "default", c"#, r#"a, b, (c collate "C")"#],
        "index.keys public.t.i",
    )
    .await
}

#[tokio::test]
async fn words_have_no_case_and_lists_may_be_unset() -> Outcome {
    let sql = "create table t (a text, b int); create publication only_new with (publish = 'insert');
        alter table t alter a set storage external; alter default privileges in schema public grant execute on routines to pg_monitor;
        create type r as range (subtype = text, subtype_opclass = text_pattern_ops)";
    let database = common::database(sql).await?;
    let of = |storage: &str, publish: &str, routines: &str, class: &str| {
        format!(
            "spec: 1\npublications: {{only_new: {{publish: [{publish}]}}}}
default_privileges: {{postgres in public on {routines}: {{grants: {{pg_monitor: execute}}}}}}
schemas: {{public: {{tables: {{t: {{columns: {{a: {{storage: {storage}, options: ~, grants: ~}}, b: any}}, inherits: ~, options: ~, grants: ~}}}},
  range_types: {{r: {{operator_class: {class}}}}}}}}}\n"
        )
    };
    for (spec, found) in [
        (of("EXTERNAL", "INSERT", "ROUTINES", "text_pattern_ops"), ""),
        (of("external", "insert", "functions", "pg_catalog.text_pattern_ops"), ""),
        (of("main", "insert", "routines", "text_pattern_ops"), "column.storage public.t.a"),
        (of("external", "UPDATE", "routines", "text_pattern_ops"), "publication.publish only_new"),
        (of("external", "insert", "routines", "text_ops"), "range_type.operator_class public.r"),
    ] {
        let spec = spec.replace("postgres in", &format!("{} in", owner(&database).await?));
        let report = common::validate(&common::spec(&spec)?, &database, CHECK).await?;
        assert_eq!(common::names(&report).join(", "), found, "{spec}");
    }
    Ok(())
}

async fn owner(database: &str) -> Outcome<String> {
    Ok(common::rows(database, "select current_user::text").await?[0][0].clone())
}

#[tokio::test]
async fn a_key_word_is_no_type() -> Outcome {
    let error =
        common::spec("spec: 1\nschemas: {public: {tables: {t: {columns: {a: not null}}}}}\n");
    let error = error.err().map(|error| error.to_string()).unwrap_or_default();
    assert!(error.contains("no data type: `not` is a key word"), "{error}");
    hold(
        r#"create type "user" as enum (); create table t (a "user")"#,
        |column| format!("{{tables: {{t: {{columns: {{{column}}}}}}}}}"),
        &[r#"a: '"user"'"#],
    )
    .await
}

#[tokio::test]
async fn columns_and_keys_read_as_in_their_statements() -> Outcome {
    let sql = "create table t (a text, b text);  alter table t alter a set storage external;
        create function f(a int, out b int, variadic c text[]) returns int language sql as 'select 1'";
    let schema = |entry: &str| format!("{{{entry}}}");
    hold(
        sql,
        schema,
        &[
            "tables: {t: {columns: {a: text storage EXTERNAL, b: any}}}",
            "functions: {'f(a int, c text[])': {returns: int}}",
            "functions: {'f(INTEGER, text[])': {returns: int}}",
        ],
    )
    .await?;
    differ(
        sql,
        schema,
        &["tables: {t: {columns: {a: text storage main, b: any}}}"],
        "column.storage public.t.a",
    )
    .await?;
    if common::cluster().version() >= 140_000 {
        let pressed = format!("{sql}; alter table t alter b set compression pglz");
        let written = "tables: {t: {columns: {a: any, b: text compression pglz}}}";
        hold(&pressed, schema, &[written]).await?;
        differ(sql, schema, &[written], "column.compression public.t.b").await?;
    }
    let spec = |line: &str| {
        common::spec(&format!("spec: 1\nschemas: {{public: {{tables: {{t: {line}}}}}}}\n"))
    };
    for (line, told) in [
        ("{columns: {a: int default 1 check (true)}}", "write it under `checks`"),
        ("{policies: {p: for select to current_user}}", "write the name of the role"),
        ("any}, functions: {'f(a int, out b int)': absent", "write it under `arguments`"),
        ("any}, functions: {'f(a int default 1)': absent", "write it under `arguments`"),
    ] {
        let error = spec(line).err().map(|error| error.to_string()).unwrap_or_default();
        assert!(error.contains(told), "{line}: {error}");
    }
    Ok(())
}

/// What is wrong with a shape is told, where there is something to hold it against.
#[tokio::test]
async fn a_broken_shape_is_told() -> Outcome {
    let sql = "create table t (a int check (a > 0))";
    let broken = "{tables: {t: {checks: [check (a >> )]}}}";
    differ(sql, ToOwned::to_owned, &[broken], "check.expression public.t.t_a_check").await
}

#[tokio::test]
async fn a_partition_has_its_own_order_of_columns() -> Outcome {
    let with = |columns: &str| {
        format!(
            "create table p (a int, b int) partition by range (a); create table q ({columns}); create table c (b int, a int);
             alter table p attach partition q for values from (1) to (2)"
        )
    };
    let spec = |columns: &str| {
        format!("{{tables: {{q: {{column_order: exact, columns: {columns}}}, '*': any}}}}")
    };
    assert_eq!(findings(&with("b int, a int"), &spec("{b: int, a: int}")).await?, [""; 0]);
    assert_eq!(
        findings(&with("a int, b int"), &spec("{b: int, a: int}")).await?,
        ["table.column_order public.q"]
    );
    let sql = "create foreign data wrapper w; create server s foreign data wrapper w;
        create table p (a int, b int) partition by range (a); create foreign table q (a int, b int) server s;
        alter table p attach partition q for values from (1) to (2)";
    let foreign = |columns: &str| {
        format!("{{foreign_tables: {{q: {{column_order: exact, columns: {columns}}}}}}}")
    };
    assert_eq!(findings(sql, &foreign("{a: int, b: int}")).await?, [""; 0]);
    assert_eq!(
        findings(sql, &foreign("{b: int, a: int}")).await?,
        ["foreign_table.column_order public.q"]
    );
    Ok(())
}

#[tokio::test]
async fn a_domain_has_the_default_of_its_base() -> Outcome {
    let sql = "create domain price as numeric default 0; create domain net as price; create domain gross as price default 1; create domain bare as price default null";
    let domains = |entry: &str| format!("{{domains: {{price: numeric default 0, {entry}}}}}");
    let same = [
        "bare: any, net: price, gross: price default 1",
        "bare: any, net: price default 0, gross: price default 1",
    ];
    hold(sql, domains, &same).await?;
    hold(sql, domains, &["net: any, gross: any, bare: price default null"]).await?;
    for (entry, finding) in [
        ("'*': any, bare: {type: price, default: 0}", "domain.default public.bare"),
        ("bare: any, gross: any, net: {type: price, default: ~}", "domain.default public.net"),
        ("bare: any, gross: price default 2, net: price", "domain.default public.gross"),
    ] {
        differ(sql, domains, &[entry], finding).await?;
    }
    let dropped = format!("{sql}; alter domain net drop default");
    let short = ["bare: any, gross: any, net: price"];
    differ(&dropped, domains, &short, "domain.default public.net").await?;
    let mood = "create type mood as enum ('sad'); create domain m as mood default 'sad'";
    differ(mood, |_| "{domains: {m: mood}}".to_owned(), &[""], "domain.default public.m").await?;
    let (with, without) = (common::database(sql).await?, common::database(&dropped).await?);
    for (one, other) in [(&with, &without), (&without, &with)] {
        let spec = common::spec(&common::snapshot(one).await?)?;
        let report = common::validate(&spec, other, CHECK).await?;
        assert_eq!(common::names(&report), ["domain.default public.net"]);
    }
    Ok(())
}

#[tokio::test]
async fn an_interval_is_counted_in_its_fields() -> Outcome {
    let sql = "create table t (a interval hour default '5', b interval(0) default '1.5 s', c interval day to minute default '3:04')";
    let column = |column: &str| format!("{{tables: {{t: {{columns: {{{column}, '*': any}}}}}}}}");
    hold(
        sql,
        column,
        &[
            "a: interval hour default '5'",
            "a: interval hour default '05:00:00'",
            "b: interval(0) default '1.5 s'",
            "c: {type: interval day to minute, default: \"'3:04'\"}",
        ],
    )
    .await?;
    differ(
        sql,
        column,
        &["a: interval hour default '6'", "a: interval hour default '00:00:05'"],
        "column.default public.t.a",
    )
    .await
}

#[tokio::test]
async fn what_is_selected_twice_is_sorted_by_the_first() -> Outcome {
    let sql = "create table t (a text, n int);
        create view v as select a as x, a as y, max(n) from t group by y, a order by y;
        create view w as select distinct a as x, a as y, n from t order by y, 1 desc, n;
        create view g as select n, a, count(*) from t group by 1, 2 order by 1 desc, 2;
        create view h as select a as x, (select max(u.n) from t u where u.a = t.a) as m, a || '!' as y from t group by a having a > 'b';
        create view o as select rank() over (partition by a order by n) as x, rank() over (partition by a order by n) as y from t order by y";
    let views = |entry: &str| format!("{{views: {{{entry}, '*': any}}}}");
    hold(
        sql,
        views,
        &[
            "v: 'select a as x, a as y, max(n) from t group by y, a order by y'",
            "v: 'select a as x, a as y, max(n) from t group by 1, 2 order by a'",
            "v: 'select t.a as x, t.a as y, max(t.n) from t group by 2, 1 order by 1'",
            r#"h: "select a as x, (select max(u.n) from t as u where u.a = t.a) as m, a || '!' as y from t group by a having a > 'b'""#,
            "g: 'select n, a, count(*) from t group by n, a order by n desc, a'",
            "w: 'select distinct a as x, a as y, n from t order by y, 1 desc, n'",
            "o: 'select rank() over (partition by a order by n) as x, rank() over (partition by a order by n) as y from t order by y'",
        ],
    )
    .await?;
    differ(
        sql,
        views,
        &[
            "v: 'select a as x, a as y, max(n) from t group by y, n, a order by y'",
            "v: 'select a as x, a as y, max(n) from t group by y, a order by y desc'",
            "v: 'select a as x, a as y, max(n) from t group by y, a order by max(n)'",
        ],
        "view.definition public.v",
    )
    .await?;
    differ(
        sql,
        views,
        &["w: 'select distinct a as x, a as y, n from t order by n, y, 1 desc'"],
        "view.definition public.w",
    )
    .await
}

#[tokio::test]
async fn columns_of_a_view_may_be_named_before_its_query() -> Outcome {
    let sql =
        "create table t (a int, b int, c int); create view v (x, \"Y\") as select a, b, c from t;
        create materialized view m (x) as select a from t";
    let schema = |entry: &str| format!("{{tables: {{t: any}}, {entry}}}");
    hold(
        sql,
        schema,
        &[
            "views: {v: '(x, \"Y\") as select a, b, c from t'}",
            "views: {v: 'select a as x, b as \"Y\", c from t'}",
            "materialized_views: {m: (X) as select a from t with data}",
        ],
    )
    .await?;
    differ(
        sql,
        schema,
        &[
            "views: {v: '(x, y) as select a, b, c from t'}",
            "views: {v: '(x) as select a, b, c from t'}",
            "views: {v: '(x, \"Y\", z) as select a, b, c from t'}",
        ],
        "view.definition public.v",
    )
    .await
}

#[tokio::test]
async fn no_clause_is_said_twice() -> Outcome {
    for (entry, twice) in [
        ("columns: {a: bigint null not null}", "null"),
        ("columns: {a: int default 0 default 1}", "default"),
        ("foreign_keys: {f: (a) references u on delete set null on delete cascade}", "on delete"),
        ("foreign_keys: {f: (a) references u initially immediate initially deferred}", "initially"),
        ("policies: {p: for select for update}", "for"),
        (
            "triggers: {r: before insert for each row for each statement execute function f()}",
            "for each",
        ),
        (
            "triggers: {r: before insert execute function f() execute function g()}",
            "execute function",
        ),
        (
            "triggers: {r: after insert referencing new table as a new table as b execute function f()}",
            "new table",
        ),
        ("indexes: {i: '(a) include (b) include (c)'}", "include"),
        ("indexes: {i: (a) nulls not distinct nulls distinct}", "nulls not distinct"),
        ("indexes: {i: (a) with (fillfactor = 10) with (fillfactor = 80)}", "with"),
        ("checks: {c: check (a > 0) enforced not enforced}", "enforced"),
    ] {
        let spec = format!("spec: 1\nschemas: {{public: {{tables: {{t: {{{entry}}}}}}}}}\n");
        let error = common::spec(&spec).err().map(|error| error.to_string()).unwrap_or_default();
        assert!(error.contains(&format!("`{twice}` is said twice")), "{entry}: {error}");
    }
    let spec = "spec: 1\nschemas: {public: {tables: {t: {unique: {u: (a) not deferrable initially deferred}}}}}\n";
    let error = common::spec(spec).err().map(|error| error.to_string()).unwrap_or_default();
    assert!(error.contains("cannot be initially deferred"), "{error}");
    Ok(())
}

/// What is said in a definition and by a key beside it is said once, or the same twice.
#[tokio::test]
async fn nothing_is_said_twice_in_two_ways() -> Outcome {
    let sql = "create table t (a int not null check (a > 0)); create index i on t (a) with (fillfactor = 70, deduplicate_items = off)";
    let table = |table: &str| format!("{{tables: {{t: {{{table}}}}}}}");
    hold(
        sql,
        table,
        &[
            "columns: {a: {definition: int not null, nullable: false}}",
            "checks: {t_a_check: {definition: check (a > 0), expression: a > 0}}",
            "indexes: {i: {definition: (a), options: {fillfactor: 70, deduplicate_items: off}}}",
        ],
    )
    .await?;
    for (entry, twice) in [
        ("columns: {a: {definition: int not null, nullable: true}}", "nullable"),
        ("indexes: [{definition: (b), keys: [a]}]", "keys"),
        ("unique: [{definition: '(a, c)', columns: [b]}]", "columns"),
        ("checks: {t_a_check: {definition: check (a > 0), expression: a > 1}}", "expression"),
        (
            "indexes: {i: {definition: (a) with (fillfactor = 70), options: {deduplicate_items: off}}}",
            "options",
        ),
    ] {
        let spec = format!("spec: 1\nschemas: {{public: {}}}\n", table(entry));
        let error = common::spec(&spec).err().map(|error| error.to_string()).unwrap_or_default();
        assert!(error.contains(&format!("`{twice}` is said twice")), "{entry}: {error}");
    }
    Ok(())
}

#[tokio::test]
async fn arguments_of_aggregates_are_read() -> Outcome {
    let sql =
        "create function f(int, int, variadic float8[]) returns int language sql as 'select 1';
        create aggregate a(x int, variadic y float8[]) (sfunc = f, stype = int);
        create aggregate o(float8 order by numeric) (sfunc = numeric_add, stype = numeric, initcond = 0)";
    let aggregate = |entry: &str| format!("{{aggregates: {{{entry}, '*': any}}}}");
    hold(
        sql,
        aggregate,
        &[
            "a: {arguments: 'x int, variadic y float8[]'}",
            "o: {arguments: float8 order by decimal}",
        ],
    )
    .await?;
    differ(
        sql,
        aggregate,
        &["o: {arguments: float8 order by int}", "o: {arguments: 'float8, numeric'}"],
        "aggregate.arguments public.o(double precision, numeric)",
    )
    .await
}

#[tokio::test]
async fn a_moving_aggregate_has_a_type_of_several_names() -> Outcome {
    let sql = "create aggregate s(float8) (sfunc = float8pl, stype = float8, msfunc = float8pl, minvfunc = float8mi, mstype = float8)";
    let aggregate = |moving: &str| format!("{{aggregates: {{s: {{moving: {moving}}}}}}}");
    hold(
        sql,
        aggregate,
        &["[float8pl, float8mi, float8]", "[float8pl, float8mi, double precision]"],
    )
    .await?;
    differ(
        sql,
        aggregate,
        &["[float8pl, float8mi, numeric]", "[float8pl, float8pl, float8]"],
        "aggregate.moving public.s(double precision)",
    )
    .await?;
    let finished = sql.replace("mstype", "mfinalfunc = float8abs, mstype");
    hold(
        &finished,
        aggregate,
        &[
            "[float8pl, float8mi, float8abs, float8]",
            "[float8pl, float8mi, float8abs, double precision]",
        ],
    )
    .await?;
    let shared =
        finished.replace("mstype", "mfinalfunc_modify = shareable, minitcond = '0', mstype");
    let moving = "[float8pl, float8mi, float8abs, float8, \"'0'\", mfinalfunc_modify = shareable]";
    hold(&shared, aggregate, &[moving]).await
}

#[tokio::test]
async fn expressions_are_counted_in_any_order() -> Outcome {
    if common::cluster().version() < 140_000 {
        return Ok(());
    }
    let sql = "create table t (a int, b int); create statistics s on (a + 1), (b * 2) from t";
    let statistics = |on: &str| format!("{{statistics: {{s: 'on {on} from t'}}}}");
    hold(sql, statistics, &["(a + 1), (b * 2)", "(b * 2), (a + 1)"]).await?;
    differ(
        sql,
        statistics,
        &["(a + 1), (b * 3)", "(a + 1), (a + 1)", "(a + 1), b"],
        "statistics.definition public.s",
    )
    .await
}

/// An integer is stored as an oid is, but it is not ordered as one unless somebody says so.
#[tokio::test]
async fn the_default_operator_class_is_that_of_the_type() -> Outcome {
    let sql = "create domain d as text; create table t (a int, b oid, c text, d varchar(9), e regclass, f bit varying, g d);
        create index i on t (a, b, c, d, e, f);
        create index j on t (a, g bpchar_ops)";
    let other = |keys: &str| {
        format!("{{tables: {{t: {{indexes: {{i: '(a, b, c, d, e, f)', j: '({keys})'}}}}}}}}")
    };
    hold(sql, other, &["a, g bpchar_ops"]).await?;
    differ(sql, other, &["a, g"], "index.keys public.t.j").await?;
    let index = |keys: &str| format!("{{tables: {{t: {{indexes: {{i: '({keys})', j: }}}}}}}}");
    hold(
        sql,
        index,
        &[
            "a int4_ops, b oid_ops, c text_ops, d text_ops, e oid_ops, f varbit_ops",
            "a, b, c, d, e, f",
        ],
    )
    .await?;
    differ(
        sql,
        index,
        &[
            "a oid_ops, b, c, d, e, f",
            "a, b int4_ops, c, d, e, f",
            "a, b, c bpchar_ops, d, e, f",
            "a, b, c, d bpchar_ops, e, f",
            "a, b, c, d, e, f bit_ops",
        ],
        "index.keys public.t.i",
    )
    .await
}

/// The server prints `-1::int` as `(- 1)`, and reads that as the number.
#[tokio::test]
async fn a_minus_is_part_of_its_number() -> Outcome {
    for (data_type, sign_outside, sign_inside, other) in [
        ("int", "-1::int", "-1", "1"),
        ("bigint", "-3000000000::bigint", "-3000000000", "-300000000"),
        ("numeric", "-1.5::numeric", "-1.5", "1.5"),
        ("numeric", "- 0.0::numeric", "-0.0", "1"),
    ] {
        for written in [sign_outside, sign_inside] {
            let sql = format!(
                "create table t (a {data_type} default {written}, constraint c check (a > {written})); create view v as select {written} as a"
            );
            let spec = |number: &str| {
                format!(
                    "{{tables: {{t: {{columns: {{a: {data_type} default {number}}}, checks: {{c: 'a > {number}'}}}}}}, views: {{v: 'select {number} as a'}}}}"
                )
            };
            hold(&sql, spec, &[sign_outside, sign_inside]).await?;
            assert_eq!(findings(&sql, &spec(other)).await?.len(), 3, "{written} {other}");
        }
    }
    Ok(())
}

/// A rule on insert sees the new row alone, one on delete the old one.
#[tokio::test]
async fn the_condition_of_a_rule_names_columns_of_one_row() -> Outcome {
    let sql =
        "create table t (a int); create rule i as on insert to t where a = 1 do instead nothing;
        create rule d as on delete to t where old.a = 1 do instead nothing";
    let rules = |value: &str| {
        format!(
            "{{tables: {{t: {{rules: {{i: on insert where a = {value} do instead nothing, d: on delete where a = {value} do instead nothing}}}}}}}}"
        )
    };
    hold(sql, rules, &["1"]).await?;
    assert_eq!(
        findings(sql, &rules("2")).await?,
        ["rule.definition public.t.i", "rule.definition public.t.d"]
    );
    Ok(())
}

/// A strict spec that says nothing of a function's arguments but their types wants no defaults.
#[tokio::test]
async fn a_strict_key_of_a_function_says_all_of_its_arguments() -> Outcome {
    for (arguments, found) in [
        ("a int, b int[]", None),
        ("a int, b int[] default null", Some("function.arguments public.f(integer, integer[])")),
        ("a int, variadic b int[]", Some("function.arguments public.f(integer, integer[])")),
    ] {
        let database = common::database(&format!(
            "create function f({arguments}) returns int language sql as 'select 1'"
        ))
        .await?;
        let spec = common::spec(
            "spec: 1\nstrict: true\nschemas: {public: {functions: {'f(int, int[])': {returns: int, language: sql, body: select 1}}}}\n",
        )?;
        let report = common::validate(&spec, &database, CHECK).await?;
        assert_eq!(common::names(&report), Vec::from_iter(found), "{arguments}");
    }
    Ok(())
}

#[tokio::test]
async fn what_nobody_quotes_has_no_case_in_a_mapping() -> Outcome {
    let sql = "create function f() returns trigger language plpgsql as 'begin return new; end';
        create table t (a int, exclude using gist (int4range(a, a) with &&));
        create trigger r before update or insert on t for each row execute function f()";
    let table = |entry: &str| format!("{{tables: {{t: {{{entry}}}}}}}");
    hold(
        sql,
        table,
        &[
            "method: HEAP",
            "exclusions: [{method: GIST, elements: ['int4range(a, a) with &&']}]",
            "triggers: {r: {events: [update, insert]}}",
            "triggers: {r: {events: [insert, update]}}",
        ],
    )
    .await?;
    if common::cluster().version() < 140_000 {
        return Ok(());
    }
    let sql = "create table t (b text compression pglz)";
    hold(sql, table, &["columns: {b: {type: text, compression: PGLZ}}"]).await
}

#[tokio::test]
async fn a_range_has_the_default_operator_class() -> Outcome {
    let sql = "create type r as range (subtype = text)";
    let range = |entry: &str| format!("{{range_types: {{r: {{operator_class: {entry}}}}}}}");
    hold(sql, range, &["text_ops", "pg_catalog.text_ops", "~"]).await?;
    differ(sql, range, &["text_pattern_ops"], "range_type.operator_class public.r").await
}

/// A view's column owns a sequence, which nothing else tells of.
#[tokio::test]
async fn the_sequence_of_a_view_is_one_of_its_own() -> Outcome {
    let sql = "create view v as select 1 as id; create sequence s owned by v.id";
    let sequences = |entry: &str| format!("{{sequences: {{{entry}}}}}");
    hold(sql, sequences, &["s: {owned_by: v.id}"]).await?;
    differ(sql, sequences, &[""], "sequence.unexpected public.s").await
}

#[tokio::test]
async fn a_long_identity_has_its_usual_sequence() -> Outcome {
    let (table, column) = ("a".repeat(40), "b".repeat(40));
    let sql = format!("create table {table} ({column} int generated always as identity)");
    let usual = format!("{}_{}_seq", &table[..29], &column[..29]);
    let with = |sequence: &str| {
        format!(
            "{{tables: {{{table}: {{columns: {{{column}: {{type: int, identity_sequence: {sequence}}}}}}}}}}}"
        )
    };
    hold(&sql, with, &[&usual, "~"]).await?;
    differ(
        &sql,
        with,
        &[&format!("{table}_seq")],
        &format!("column.identity_sequence public.{table}.{column}"),
    )
    .await
}

#[tokio::test]
async fn the_index_of_a_constraint_has_the_options_that_are_written() -> Outcome {
    let sql = "create table t (a int, constraint x unique (a) with (fillfactor = 50))";
    let unique = |entry: &str| format!("{{tables: {{t: {{unique: {{x: {entry}}}}}}}}}");
    hold(
        sql,
        unique,
        &[
            "(a) with (fillfactor = 50)",
            "{definition: (a), options: {fillfactor: 50}}",
            "{columns: a}",
        ],
    )
    .await?;
    differ(sql, unique, &["(a)", "[a]", "{definition: (a)}"], "unique.options public.t.x").await
}

/// Numbers as large as the catalogs keep them.
#[tokio::test]
async fn a_cost_has_no_end() -> Outcome {
    let sql = "create function f() returns setof int language sql as 'select 1' cost 1e39 rows 5";
    let function = |entry: &str| format!("{{functions: {{f: {{{entry}}}}}}}");
    hold(sql, function, &["rows: 5", "cost: 1e40"]).await?;
    differ(sql, function, &["cost: 100"], "function.cost public.f()").await
}

/// A word that a kind of constraint does not have is refused, not passed over.
#[tokio::test]
async fn a_constraint_has_words_of_its_kind() -> Outcome {
    for (entry, wrong) in [
        ("unique: {u: (a) not valid}", "`not` is not understood"),
        ("primary_key: (a) no inherit", "`no` is not understood"),
        ("primary_key: (a) nulls not distinct", "a primary key holds no nulls"),
        ("foreign_keys: {f: (a) references u ()}", "there are no columns between the parentheses"),
        ("primary_key: unique (a)", "`(` is not understood"),
        ("unique: {u: primary key (a)}", "`key` is not understood"),
        ("primary_key: {definition: (a), columns: [b]}", "there is one primary key at most"),
        (
            "grants: {app: [select, insert, -insert]}",
            "`insert` is said to be there, and to be taken away",
        ),
        ("exclusions: {e: using gist (a with &&) not enforced}", "`not` is not understood"),
        ("checks: {c: check (a > 0) deferrable}", "a check constraint cannot be deferrable"),
        ("foreign_keys: {f: (a) references u no inherit}", "a foreign key cannot be `no inherit`"),
    ] {
        let spec = format!("spec: 1\nschemas: {{public: {{tables: {{t: {{{entry}}}}}}}}}\n");
        let error = common::spec(&spec).err().map(|error| error.to_string()).unwrap_or_default();
        assert!(error.contains(wrong), "{entry}: {error}");
    }
    let spec = "spec: 1\nschemas: {public: {domains: {d: text storage external}}}\n";
    let error = common::spec(spec).err().map(|error| error.to_string()).unwrap_or_default();
    assert!(error.contains("a domain has"), "{error}");
    Ok(())
}

#[tokio::test]
async fn a_default_is_cast_to_its_column_s_type_anyway() -> Outcome {
    let column = |entry: &str| format!("{{tables: {{t: {{columns: {{a: {entry:?}}}}}}}}}");
    let both_ways: &[(&str, &[&str])] = &[
        (
            "varchar(20)",
            &["'a'", "'a'::varchar(20)", "cast('a' as varchar(20))", "'a'::varchar", "'a'::text"],
        ),
        (
            "varchar(9)[]",
            &["array['a','b']::varchar(9)[]", "array['a'::varchar(9),'b'::varchar(9)]"],
        ),
        ("varchar(256)[]", &["'{}'", "'{}'::varchar(256)[]"]),
        ("varchar(3)[]", &["'{abc, d,null}'", "'{abc,d,null}'::varchar(3)[]"]),
        ("char(4)[]", &["'{text}'", "'{text}'::char(4)[]"]),
        ("bit(3)[]", &["'{101,111}'", "'{101,111}'::bit(3)[]"]),
        ("numeric(4,2)[]", &["array[1.5]", "array[1.5]::numeric(4,2)[]"]),
        ("char(3)[]", &["array['a'::char(3)]", "array['a']::char(3)[]"]),
        ("text[]", &["array['ab']::char(3)[]", "array['ab'::char(3)]"]),
        ("char", &["'a'", "'a'::char", "'a'::char(1)"]),
        ("bit(3)", &["'101'", "'101'::bit(3)", "b'101'", "b'101'::bit(3)"]),
        ("bit varying(6)", &["'101'", "'101'::bit varying(6)", "b'101'"]),
        ("bit(8)", &["x'1f'", "x'1f'::bit(8)", "'x1f'::bit(8)"]),
        ("varbit(6)", &["x'1'::varbit(6)"]),
        (
            "timestamptz(3)",
            &["'2020-01-01 00:00:00+00'", "'2020-01-01 00:00:00+00'::timestamptz(3)"],
        ),
        ("time(0)[]", &["array['10:00:00']::time(0)[]", "array['10:00:00'::time(0)]"]),
        ("integer", &["10000", "1e4", "cast('10000' as integer)", "10000::bigint", "'10000'"]),
        ("numeric(10,2)", &["100", "1e2", "100::numeric(10,2)", "100.00::numeric(10,2)"]),
        ("double precision", &["0.001", "'1e-3'", "1e-3"]),
        ("smallint", &["1", "cast('1' as smallint)", "'1'::int2"]),
    ];
    for (data_type, defaults) in both_ways {
        for stored in *defaults {
            let sql = format!("create table t (a {data_type} default {stored})");
            let database = common::database(&sql).await?;
            for said in *defaults {
                let public = column(&format!("{data_type} default {said}"));
                let spec = common::spec(&format!("spec: 1\nschemas: {{public: {public}}}\n"))?;
                let report = common::validate(&spec, &database, CHECK).await?;
                // One number in two spellings is a remark.
                let drift = report.findings.iter().filter(|finding| report.is_drift(finding));
                assert_eq!(drift.count(), 0, "{said} against {stored}: {:?}", report.findings);
            }
        }
    }
    // A cast cuts off what an assignment refuses.
    for (data_type, one, other) in [
        ("varchar(20)", "'abcdef'::varchar(3)", "'abcdef'"),
        ("varchar(20)", "'abcdef'::varchar(3)", "'abcdef'::varchar(4)"),
        ("varchar(20)[]", "'{a,abcdef}'::varchar(3)[]", "'{a,abcdef}'"),
        ("varchar(20)[]", "'{a,\"a,b,c\"}'::varchar(3)[]", "'{a,\"a,b,c\"}'"),
        ("varchar(3)", "'abcdef'", "'abcdef'::varchar(3)"),
        ("varchar(10)", "current_user", "current_user::varchar(10)"),
        ("char(3)", "'abcd'::char(3)", "'abcd'"),
        ("bit(3)", "b'10101'", "b'10101'::bit(3)"),
        ("bit(4)", "b'1'", "b'1'::bit(4)"),
        ("bit(5)", "x'1f'", "x'1f'::bit(5)"),
        ("bit(3)", "'x1f'", "'x1f'::bit(3)"),
        ("varbit(6)", "x'1ff'", "x'1ff'::varbit(6)"),
        ("integer", "70000::smallint", "70000"),
        ("bigint", "3000000000::int", "3000000000"),
        ("varchar(4)[]", "array[current_user::text]", "array[current_user::text]::varchar(4)[]"),
        ("numeric(10,3)", "1.239", "1.239::numeric(10,2)"),
        ("timestamp(3)", "now()", "now()::timestamp(0)"),
    ] {
        for (stored, said) in [(one, other), (other, one)] {
            let sql = format!("create table t (a {data_type} default {stored})");
            let said = format!("{data_type} default {said}");
            differ(&sql, column, &[&said], "column.default public.t.a").await?;
        }
    }
    let sql = "create table t (x text, a varchar(3) generated always as (x) stored)";
    let generated = |said: &str| {
        format!(
            "{{tables: {{t: {{columns: {{x: text, a: varchar(3) generated always as ({said}) stored}}}}}}}}"
        )
    };
    differ(sql, generated, &["x::varchar(3)"], "column.generated public.t.a").await?;
    let sql = "create function f(a varchar[] default array['a']::varchar(5)[]) returns int language sql as 'select 1'";
    let function = |default: &str| {
        format!("{{functions: {{f: {{arguments: \"a varchar[] default {default}\"}}}}}}")
    };
    hold(sql, function, &["array['a']::varchar(5)[]", "array['a'::varchar(5)]"]).await?;
    differ(
        sql,
        function,
        &["array['a']::varchar(6)[]"],
        "function.arguments public.f(character varying[])",
    )
    .await
}

/// Bytes of constants that could be taken for those of an array, of operands that could be exchanged, of draws.
#[tokio::test]
async fn nothing_passes_for_what_it_is_not() -> Outcome {
    let column = |entry: &str| format!("{{tables: {{t: {{columns: {{a: {entry:?}}}}}}}}}");
    for (data_type, one, other) in [
        (
            "bytea",
            r"'\x0000000000000000000000000000000000000001'",
            r"'\x0000000000000000000000000000000000000002'",
        ),
        ("bytea", r"'\x000000000000000000000000'", r"'\x00000000000000000000000001'"),
        ("interval", "'0.000064'", "'0.000065'"),
        (
            "uuid",
            "'40000000-0000-0000-0000-000000000001'",
            "'41000000-0000-0000-0000-000000000001'",
        ),
        ("path", "'((1,1))'::path + '((2,2))'::path", "'((2,2))'::path + '((1,1))'::path"),
        ("int[]", "'{1}'::int[] +@ '{2}'::int[]", "'{2}'::int[] +@ '{1}'::int[]"),
        ("boolean", "(random() in (1, 2))", "(random() = 1 or random() = 2)"),
        ("boolean", "((1 @@@ 2) in (1, 2))", "((1 @@@ 2) = 1 or (1 @@@ 2) = 2)"),
    ] {
        for (stored, said) in [(one, other), (other, one)] {
            let sql = format!(
                "create function draw(int, int) returns int volatile language sql as 'select 1';
                create operator @@@ (function = draw, leftarg = int, rightarg = int);
                create function append(int[], int[]) returns int[] language sql immutable as 'select $1 || $2';
                create operator +@ (function = append, leftarg = int[], rightarg = int[], commutator = +@);
                create table t (a {data_type} default {stored})"
            );
            let said = format!("{data_type} default {said}");
            differ(&sql, column, &[&said], "column.default public.t.a").await?;
        }
    }
    Ok(())
}

#[tokio::test]
async fn arrays_of_types_that_somebody_made_have_elements() -> Outcome {
    let types = "create domain email as text; create domain big as bigint; create domain few as smallint; create domain key as uuid;
        create type pair as (a int, b text); create type mood as enum ('a', 'b'); create domain amount as numeric";
    for (data_type, one, others) in [
        ("email", "{a@x,abc}", ["{b@x,abc}", "{a@x,abd}", "{a@x,abcd}"]),
        ("big", "{1}", ["{2}", "{4294967297}", "{1,1}"]),
        ("few", "{1,2}", ["{1,3}", "{2,2}", "{1}"]),
        ("amount", "{1.5}", ["{2.5}", "{1.50}", "{15}"]),
        ("mood", "{a,b}", ["{a,a}", "{b,a}", "{a}"]),
        ("pair", "{\"(1,x)\"}", ["{\"(2,x)\"}", "{\"(1,y)\"}", "{\"(1,)\"}"]),
        (
            "key",
            "{a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11}",
            [
                "{a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a12}",
                "{b0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11}",
                "{}",
            ],
        ),
    ] {
        let sql = format!(
            "{types}; create table t (a {data_type}[] default '{one}', b int check (b > 0))"
        );
        let column = |said: &str| {
            format!(
                "{{tables: {{t: {{columns: {{a: {:?}, b: int}}}}}}}}",
                format!("{data_type}[] default '{said}'")
            )
        };
        hold(&sql, column, &[one]).await?;
        differ(&sql, column, &others, "column.default public.t.a").await?;
    }
    let sql =
        format!("{types}; create table t (a mood, check (a = any (array['a', 'b']::mood[])))");
    let spec = "spec: 1\nschemas: {public: {tables: {t: {checks: [\"a = any ('{a,b}')\"]}}}}\n";
    let database = common::database(&sql).await?;
    let report = common::validate(&common::spec(spec)?, &database, CHECK).await?;
    assert_eq!(report.outcome().exit_code(), 0, "{}", common::details(&report));
    Ok(())
}

#[tokio::test]
async fn what_is_usual_may_be_said() -> Outcome {
    let column = |entry: &str| format!("{{tables: {{t: {{columns: {{a: {entry}}}}}}}}}");
    let sql = "create table t (a text)";
    hold(sql, column, &["text compression default", "{type: text, compression: default}"]).await?;
    let sql = "create table t (a text); create function f() returns trigger language plpgsql as 'begin return new; end';
        create trigger r before insert on t for each row execute function f(); create sequence s;
        create type r as range (subtype = text); create statistics x (mcv) on a, b from t";
    let sql = sql.replace("(a text)", "(a text, b text)");
    hold(
        &sql,
        |entry| format!("{{{entry}}}"),
        &[
            "tables: {t: {columns: {a: text storage default, b: text}}}",
            "tables: {t: {triggers: {r: before insert for each row execute function f(/* none */)}}}",
            "sequences: {s: {persistence: permanent}}",
            "range_types: {r: {subtype: text, collation: default}}",
            "statistics: {x: {target: -1}}",
        ],
    )
    .await?;
    let unique = |entry: &str| format!("{{tables: {{t: {{unique: ['{entry}']}}}}}}");
    hold(
        "create table t (a int unique)",
        unique,
        &["(a) nulls distinct", "nulls distinct (a)", "unique (a) NULLS DISTINCT"],
    )
    .await?;
    let aggregate = |entry: &str| format!("{{aggregates: {{{entry}}}}}");
    let sql = "create function f(float8, float8, int[]) returns float8 language sql as 'select $1';
        create function g(float8) returns float8 language sql as 'select $1';
        create function h(float8, float8) returns float8 language sql as 'select $1';
        create aggregate a(float8, int[]) (sfunc = f, stype = float8, finalfunc_modify = read_write);
        create aggregate b(*) (sfunc = g, stype = float8);
        create aggregate c(order by float8) (sfunc = h, stype = float8, finalfunc = g)";
    hold(
        sql,
        aggregate,
        &[
            "'*': any, c: {variety: ordered-set, final_modify: read_write}",
            "'*': any, c: {final_modify: read_write}",
            "c: any, a: {arguments: 'float8, int[]', final_modify: read_write}, 'b(\\*)': {arguments: '*'}",
            "c: any, 'a(double precision, integer[])': {arguments: 'double precision, _int4', final_modify: READ_WRITE}, b: {final_modify: read_only}",
        ],
    )
    .await?;
    differ(
        sql,
        aggregate,
        &["'*': any, a: {arguments: 'float8, int'}", "'*': any, a: {arguments: 'x float8, int[]'}"],
        "aggregate.arguments public.a(double precision, integer[])",
    )
    .await
}

#[tokio::test]
async fn what_everybody_may_do_by_itself_may_be_said() -> Outcome {
    let sql = "create function f() returns int language sql as 'select 1'; create type e as enum ('a'); create function g() returns int language sql as 'select 1';
        revoke execute on function g() from public";
    let public = |entry: &str| format!("{{{entry}}}");
    hold(
        sql,
        public,
        &[
            "functions: {f: {grants: {public: execute}}, g: {grants: {public: '-execute'}}}",
            "functions: {f: {grants: {public: [all]}}, g: any}, enums: {e: {grants: {public: usage}}}, grants: {public: usage}",
        ],
    )
    .await?;
    let wrong = ["functions: {f: any, g: {grants: {public: execute}}}"];
    differ(sql, public, &wrong, "function.grants public.g()").await?;
    let wrong = ["enums: {e: {grants: {public: usage, pg_monitor: usage}}}"];
    differ(sql, public, &wrong, "enum.grants public.e").await
}

/// In the schema `public`, everybody may create before 15 and not since, so that there is nothing to take away.
#[tokio::test]
async fn what_nobody_has_may_be_taken_away() -> Outcome {
    let public = |entry: &str| format!("{{grants: {{public: {entry}}}}}");
    let revoke = |what: &str| format!("revoke {what} on schema public from public");
    hold(&revoke("create"), public, &["-create", "[-create]"]).await?;
    hold(&revoke("all"), public, &["-all", "[-create, -usage]"]).await?;
    let other = "schema.grants public";
    differ(&revoke("create"), public, &["-all", "-usage"], other).await?;
    differ("grant create on schema public to public", public, &["-create"], other).await
}

#[tokio::test]
async fn an_operator_of_an_exclusion_is_that_of_its_operator_class() -> Outcome {
    let sql = "create schema app; create function app.same(point, point) returns boolean language sql immutable as 'select $1 ~= $2';
        create operator app.~= (function = app.same, leftarg = point, rightarg = point, commutator = operator(app.~=));
        create operator class app.points for type point using gist as operator 6 app.~=, storage box,
          function 1 gist_point_consistent(internal, point, smallint, oid, internal), function 2 gist_box_union(internal, internal),
          function 3 gist_point_compress(internal), function 5 gist_box_penalty(internal, internal, internal),
          function 6 gist_box_picksplit(internal, internal), function 7 gist_box_same(box, box, internal);
        create table app.t (a point, exclude using gist (a app.points with operator(app.~=)))";
    let database = common::database(sql).await?;
    for (operator, found) in [
        ("~=", ""),
        ("operator(app.~=)", ""),
        ("operator(public.~=)", "exclusion.elements app.t.t_a_excl"),
    ] {
        let spec = format!(
            "spec: 1\nschemas: {{app: {{tables: {{t: {{exclusions: {{t_a_excl: using gist (a points with {operator})}}}}}}}}}}\n"
        );
        let report = common::validate(&common::spec(&spec)?, &database, CHECK).await?;
        assert_eq!(common::names(&report).join(" "), found, "{operator}");
    }
    Ok(())
}

#[tokio::test]
async fn lists_of_one_and_words_about_deferring() -> Outcome {
    let sql = "create table t (a int); create function f() returns trigger language plpgsql as 'begin return new; end';
        create constraint trigger c after insert on t deferrable for each row execute function f();
        create publication p for table t";
    let database = common::database(sql).await?;
    for words in ["deferrable", "deferrable initially immediate", "initially_immediate"] {
        let spec = format!(
            "spec: 1\npublications: {{p: {{tables: t}}}}\nschemas: {{public: {{tables: {{t: {{triggers: {{c: {{deferrability: {words}}}}}}}}}}}}}\n"
        );
        let report = common::validate(&common::spec(&spec)?, &database, CHECK).await?;
        assert_eq!(common::names(&report), [""; 0], "{words}");
    }
    Ok(())
}

/// PostgreSQL 18 gives not-null constraints names of their own; the usual one may be said.
#[tokio::test]
async fn a_not_null_constraint_may_have_its_usual_name() -> Outcome {
    if common::cluster().version() < 180_000 {
        return Ok(());
    }
    let sql = "create table t (a int not null); create domain d as int not null";
    let named = |name: &str| {
        format!(
            "{{tables: {{t: {{columns: {{a: int constraint {name} not null}}}}}}, domains: {{d: int constraint d_not_null not null}}}}"
        )
    };
    hold(sql, named, &["t_a_not_null", "\"t_a_not_null\"", "t_a_not_null1"]).await?;
    let others = ["t_b_not_null", "t_a_not_null_", "\"T_a_not_null\""];
    differ(sql, named, &others, "column.not_null_constraint public.t.a").await?;
    let sql = "create table p (a int not null, b int constraint odd not null);
        create table c (x int) inherits (p); create table g () inherits (c)";
    let columns = |[a, b, g]: [&str; 3]| {
        format!(
            "{{tables: {{p: any, c: {{columns: {{a: int constraint {a} not null, b: int constraint {b} not null, x: int}}}}, g: {{columns: {{a: int not null, b: int constraint {g} not null, x: int}}}}}}}}"
        )
    };
    for (names, found) in [
        (["p_a_not_null", "odd", "odd"], ""),
        (["c_a_not_null", "odd", "odd"], ""),
        (["odd", "odd", "odd"], "column.not_null_constraint public.c.a"),
        (["p_a_not_null", "odd", "other"], "column.not_null_constraint public.g.b"),
    ] {
        assert_eq!(findings(sql, &columns(names)).await?.join(" "), found, "{names:?}");
    }
    Ok(())
}

/// PostgreSQL makes one constraint of both.
#[tokio::test]
async fn a_unique_constraint_on_the_primary_key_is_the_primary_key() -> Outcome {
    let sql = "create table t (a int unique, b int, primary key (a))";
    let unique = |unique: &str| format!("{{tables: {{t: {{unique: [{unique}]}}}}}}");
    hold(sql, unique, &["[a]", "(a)", "{columns: [a]}"]).await?;
    assert_eq!(findings(sql, &unique("[b]")).await?, ["unique.missing public.t.(b)"]);
    let others = ["(a) deferrable", "(a) include (b)"];
    for other in others {
        let missing = format!("unique.missing public.t.{other}");
        assert_eq!(findings(sql, &unique(other)).await?, [missing]);
    }
    // One that is there by itself comes first.
    let both = "create table t (a int primary key); alter table t add constraint u unique (a)";
    let strict = "{tables: {t: {columns: {a: int}, primary_key: [a], unique: UNIQUE}}}";
    hold(both, |unique| strict.replace("UNIQUE", unique), &["[[a]]", "{u: [a]}"]).await
}

#[tokio::test]
async fn a_name_with_a_backslash_is_written_with_one_or_two() -> Outcome {
    let sql = r#"create table t ("i\d" int primary key)"#;
    let key = |name: &str| {
        format!(r"{{tables: {{t: {{columns: {{'{name}': int}}, primary_key: ['i\d']}}}}}}")
    };
    hold(sql, key, &[r"i\d", r"i\\d"]).await
}

/// An object of any kind is written as SQL has it, or as the server identifies it.
#[tokio::test]
async fn an_object_of_any_kind_has_several_names() -> Outcome {
    let sql = "create extension pg_trgm; revoke execute on function similarity(text, text) from public;
        create domain d as text; create table t (a int); create function f(int, text) returns int language sql as 'select 1';
        insert into pg_seclabel (objoid, classoid, objsubid, provider, label) values
            ('d'::regtype, 'pg_type'::regclass, 0, 'lab', 'x'), ('t'::regclass, 'pg_class'::regclass, 1, 'lab', 'x'),
            ('f'::regproc, 'pg_proc'::regclass, 0, 'lab', 'x')";
    let database = common::database(sql).await?;
    let found = async |more: String| -> Outcome<Vec<String>> {
        let spec = common::spec(&format!("spec: 1\n{more}\n"))?;
        Ok(common::names(&common::validate(&spec, &database, CHECK).await?))
    };
    let granted = |function: &str| {
        format!(
            "extensions: {{pg_trgm: {{changed_privileges: {{\"{function}\": {{grants: {{public: -execute}}}}}}}}}}"
        )
    };
    for function in [
        "function public.similarity(pg_catalog.text,pg_catalog.text)",
        "function public.similarity(text, text)",
        "FUNCTION similarity(text, text)",
    ] {
        assert_eq!(found(granted(function)).await?, [""; 0], "{function}");
    }
    for function in ["function similarity(text)", "procedure similarity(text, text)"] {
        assert_eq!(found(granted(function)).await?.len(), 2, "{function}");
    }
    common::execute(
        &database,
        "create index i on t (a); alter index i depends on extension pg_trgm;
         alter function f(int, text) depends on extension pg_trgm",
    )
    .await?;
    let dependents = |list: &str| {
        let privileges = "\"function similarity\": {}";
        format!(
            "extensions: {{pg_trgm: {{dependents: [{list}], changed_privileges: {{{privileges}}}}}}}"
        )
    };
    let both = "index i, 'function public.f(int, text)'";
    assert_eq!(found(dependents(both)).await?, [""; 0]);
    for other in ["index i", "index j, function f", "index i, function f(text)"] {
        assert_eq!(found(dependents(other)).await?, ["extension.dependents pg_trgm"], "{other}");
    }
    let labels = "security_labels: {DOMAIN: x, COLUMN: x, FUNCTION: x}";
    let labelled = |domain: &str, column: &str, function: &str| {
        let labels = labels.replace("DOMAIN", &format!("lab on {domain}"));
        labels.replace("COLUMN", &format!("lab on {column}")).replace("FUNCTION", function)
    };
    for more in [
        labelled("domain d", "column t.a", "'lab on function f(integer, text)'"),
        labelled("type public.d", "table column public.t.a", "lab on function public.f"),
    ] {
        assert_eq!(found(more.clone()).await?, [""; 0], "{more}");
    }
    for more in [
        labelled("domain d", "column t.b", "lab on function f"),
        labelled("domain e", "column t.a", "lab on function f"),
        labelled("domain d", "column t.a", "'lab on function f(text, text)'"),
        labelled("domain d", "column t.a", "other on function f"),
    ] {
        assert_eq!(found(more.clone()).await?.len(), 2, "{more}");
    }
    Ok(())
}

/// Behind another query the server prints a list of values as what is selected from it.
#[tokio::test]
async fn a_list_of_values_is_a_query() -> Outcome {
    let view = |query: &str| format!("{{views: {{v: \"{query}\"}}}}");
    for query in [
        "select 1 as x union all values (2), (3)",
        "select 1 as x except (values (2) limit 1) order by 1",
        "select 1 as x union all select * from (values (2), (3)) as t (y)",
    ] {
        hold(&format!("create view v as {query}"), view, &[query]).await?;
    }
    let sql = "create table t (a int); create view v as select y as x from (values (1, 2), (3, 4)) as s (z, y)
        union all select w.y from t, lateral (values (a), (2)) as w (y)";
    let same = "select y as x from (values (1, 2), (3, 4)) as s (z, y) union all select w.column1 from t, lateral (values (t.a), (2)) as w";
    hold(sql, view, &[same]).await?;
    let others = [
        same.replace("select y as x", "select z as x"),
        same.replace("(z, y)", "(y, z)"),
        same.replace("(1, 2), (3, 4)", "(3, 4), (1, 2)"),
        same.replace("(values (t.a), (2))", "(values (2), (t.a))"),
    ];
    let others = others.each_ref().map(String::as_str);
    differ(sql, view, &others, "view.definition public.v").await
}

#[tokio::test]
async fn a_check_of_a_domain_sees_its_collation() -> Outcome {
    let sql = |check: &str| format!("create domain d as text collate \"C\" check ({check})");
    let domain = |check: &str| {
        format!("{{domains: {{d: {{definition: 'text collate \"C\"', checks: ['{check}']}}}}}}")
    };
    let own = ["value < ''m''", "value collate \"C\" < ''m''"];
    let other = "value collate \"POSIX\" < ''m''";
    for stored in own {
        let sql = sql(&stored.replace("''", "'"));
        hold(&sql, domain, &own).await?;
        let found = findings(&sql, &domain(other)).await?;
        assert_eq!(found.len(), 2, "{stored}: {found:?}");
    }
    Ok(())
}

#[tokio::test]
async fn the_whole_row_is_a_key_where_no_column_has_its_name() -> Outcome {
    let of = |entry: &str| format!("{{tables: {{t: {{indexes: {{i: {entry:?}}}}}}}}}");
    hold("create table t (a int); create index i on t ((t.*))", of, &["(t)", "((t.*))"]).await?;
    let sql = "create table t (t int); create index i on t ((t.*))";
    hold(sql, of, &["((t.*))"]).await?;
    differ(sql, of, &["(t)"], "index.keys public.t.i").await
}

#[tokio::test]
async fn char_of_the_catalog_is_one_byte() -> Outcome {
    let column = |entry: &str| format!("{{tables: {{t: {{columns: {{a: {entry:?}}}}}}}}}");
    let (byte, letter) =
        (["pg_catalog.char", "\"char\"", "pg_catalog.\"char\""], ["char", "char(1)"]);
    for (one, other) in [(&byte[..], &letter[..]), (&letter, &byte)] {
        for stored in one {
            let sql = format!("create table t (a {stored})");
            hold(&sql, column, one).await?;
            differ(&sql, column, other, "column.type public.t.a").await?;
        }
    }
    Ok(())
}

/// As one under a name does.
#[tokio::test]
async fn a_statement_in_a_list_stands_with_its_table() -> Outcome {
    let sql = "create table t (a int); create index i on t (a); create policy p on t using (a > 1)";
    let table = |entry: &str| format!("{{tables: {{t: {{{entry}}}}}}}");
    hold(
        sql,
        table,
        &["indexes: [create index j on t (a)]", "policies: [create policy q on t using (a > 1)]"],
    )
    .await?;
    for entry in [
        "{t: {indexes: [create index i on other.t (a)]}}",
        "{t: {indexes: [{definition: create index i on u (a)}]}}",
        "{t: {policies: [create policy p on u using (a > 1)]}}",
        "{'t*': {indexes: {i: create index i on u (a)}}}",
    ] {
        let spec = format!("spec: 1\nschemas: {{public: {{tables: {entry}}}}}\n");
        let error = common::spec(&spec).err().map(|error| error.to_string()).unwrap_or_default();
        assert!(error.contains("the statement makes"), "{entry}: {error}");
    }
    Ok(())
}

#[test]
fn what_has_no_name_of_its_own_is_known_by_its_kind() {
    for entry in [
        "changed_privileges: {functon pg_read_file(text): absent}",
        "security_labels: {garbage: absent}",
        "security_labels: {anon on colum public.t.a: masked}",
    ] {
        let error = common::spec(&format!("spec: 1\n{entry}\n")).err();
        assert!(error.is_some(), "{entry}");
    }
}

/// The catalogs name no class that is the default of its type, and do not tell the type of an expression.
#[tokio::test]
async fn the_operator_class_of_an_expression_may_be_open() -> Outcome {
    let sql = "create table t (v varchar); create index i on t (lower(v))";
    let database = common::database(sql).await?;
    for (keys, expected) in [("lower(v) text_ops", 0), ("lower(v) bpchar_ops", 3)] {
        let spec = format!(
            "spec: 1\nschemas: {{public: {{tables: {{t: {{indexes: {{i: ({keys})}}}}}}}}}}\n"
        );
        let report = common::validate(&common::spec(&spec)?, &database, CHECK).await?;
        assert_eq!(report.outcome().exit_code(), expected, "{}", common::details(&report));
    }
    Ok(())
}

#[tokio::test]
async fn a_default_needs_no_type_beside_it() -> Outcome {
    let sql = "create table t (a numeric(10,2) default 0.00, b int default 1000, c smallint default 1, d char(2) default 'ab')";
    let column = |entry: &str| format!("{{tables: {{t: {{columns: {{{entry}, '*': any}}}}}}}}");
    for entry in [
        "a: {default: 0}",
        "b: {default: 1e3}",
        "c: {default: \"'1'::smallint\"}",
        "d: {default: \"'ab'::char(2)\"}",
    ] {
        let database = common::database(sql).await?;
        let spec = common::spec(&format!("spec: 1\nschemas: {{public: {}}}\n", column(entry)))?;
        let report = common::validate(&spec, &database, CHECK).await?;
        assert_eq!(report.outcome().exit_code(), 0, "{entry}: {}", common::details(&report));
    }
    Ok(())
}

/// A class is the default one of an access method and a type, and is looked for as other names are.
#[tokio::test]
async fn an_operator_class_is_one_of_its_access_method() -> Outcome {
    let index =
        |keys: &str| format!("{{tables: {{t: {{indexes: {{i: 'using gist ({keys})'}}}}}}}}");
    let sql = "create extension btree_gist; create table t (ip inet); create index i on t using gist (ip)";
    hold(sql, index, &["ip", "ip gist_inet_ops"]).await?;
    differ(sql, index, &["ip inet_ops"], "index.keys public.t.i").await?;
    let range = |class: &str| {
        format!("{{range_types: {{r: {{subtype: varchar{class}}}, i: {{subtype: integer}}}}}}")
    };
    let types = |class: &str| {
        format!(
            "create type r as range (subtype = varchar{class}); create type i as range (subtype = int)"
        )
    };
    let usual = types("");
    hold(&usual, range, &["", ", operator_class: text_ops"]).await?;
    let rule = "range_type.operator_class public.r";
    differ(&usual, range, &[", operator_class: bpchar_ops"], rule).await?;
    let other = types(", subtype_opclass = bpchar_ops");
    hold(&other, range, &[", operator_class: bpchar_ops"]).await?;
    differ(&other, range, &[", operator_class: ~", ", operator_class: text_ops"], rule).await?;
    let class = "operator class public.my_ops for type int using btree as operator 1 <(int,int), operator 2 <=(int,int),
        operator 3 =(int,int), operator 4 >=(int,int), operator 5 >(int,int), function 1 btint4cmp(int,int)";
    let other = class.replace("public.", "b.");
    let sql = format!(
        "create {class}; create schema b; create {other}; create table b.t (a int); create index i on b.t (a my_ops)"
    );
    let written =
        |class: &str| format!("{{}}, b: {{tables: {{t: {{indexes: {{i: '(a {class})'}}}}}}}}");
    hold(&sql, written, &["public.my_ops"]).await?;
    differ(&sql, written, &["my_ops", "b.my_ops"], "index.keys b.t.i").await
}

/// A default is cast to the type of its column, of a view as of a table.
#[tokio::test]
async fn a_default_of_a_view_needs_no_cast() -> Outcome {
    let sql = "create type mood as enum ('x', 'y'); create table t (e mood, d date, v varchar(9));
        create view v as select * from t; alter view v alter e set default 'y', alter d set default '2024-01-01', alter v set default 'a'";
    let view = |e: &str| {
        format!(
            "{{views: {{v: {{column_defaults: {{e: \"{e}\", d: \"'2024-01-01'\", v: \"'a'\"}}}}}}}}"
        )
    };
    hold(sql, view, &["'y'", "'y'::mood"]).await?;
    differ(sql, view, &["'x'"], "view.column_defaults public.v").await
}

#[tokio::test]
async fn a_constant_may_be_of_bytes() -> Outcome {
    let sql = "create table l (a text) partition by list (a); create table p partition of l for values in ('')";
    let of = |value: &str| {
        format!(
            "{{tables: {{l: {{}}, p: {{partition_of: {:?}}}}}}}",
            format!("l for values in ({value})")
        )
    };
    differ(sql, of, &[r"U&'\D83D\DE00'"], "table.partition_of public.p").await?;
    let sql = sql.replace("('')", "('€')");
    hold(&sql, of, &[r"E'\xe2\x82\xac'", r"U&'\20ac'"]).await
}

#[tokio::test]
async fn columns_of_a_common_table_may_be_named_before_it() -> Outcome {
    let sql = "create view v as with a as (select 1 as n) select n from a";
    let view = |query: &str| format!("{{views: {{v: {query:?}}}}}");
    hold(sql, view, &["with a(n) as (select 1) select n from a"]).await?;
    differ(sql, view, &["with a(n) as (select 2) select n from a"], "view.definition public.v")
        .await
}

/// A serial that became a bigint draws from a sequence that ends long before.
#[tokio::test]
async fn a_sequence_that_ends_early_is_one_of_its_own() -> Outcome {
    let of =
        |entry: &str| format!("{{tables: {{t: {{columns: {{id: {entry}}}}}}}, sequences: {{}}}}");
    hold("create table t (id bigserial)", of, &["bigserial"]).await?;
    let sql = "create table t (id serial); alter table t alter id type bigint";
    differ(sql, of, &["bigserial"], "sequence.unexpected public.t_id_seq").await
}

/// The names of PostgreSQL's own access methods have no case; those of others do.
#[tokio::test]
async fn an_access_method_has_the_case_of_its_name() -> Outcome {
    let class = |method: &str| {
        format!(
            "create access method {method} type index handler gisthandler;
             create operator class own default for type box using {method} as operator 1 <<,
               function 1 gist_box_consistent(internal, box, smallint, oid, internal),
               function 2 gist_box_union(internal, internal), function 5 gist_box_penalty(internal, internal, internal),
               function 6 gist_box_picksplit(internal, internal), function 7 gist_box_same(box, box, internal);"
        )
    };
    let sql = |method: &str| {
        let methods = [r#""Tree""#, "tree"].map(class).join(" ");
        format!("{methods} create table t (a box); create index i on t using {method} (a)")
    };
    let index = |definition: &str| format!("{{tables: {{t: {{indexes: {{i: '{definition}'}}}}}}}}");
    let (capital, small) = (r#"using "Tree" (a)"#, "using tree (a)");
    hold(&sql(r#""Tree""#), index, &[capital]).await?;
    hold(&sql("tree"), index, &[small, "using TREE (a)"]).await?;
    differ(&sql(r#""Tree""#), index, &[small], "index.method public.t.i").await?;
    differ(&sql("tree"), index, &[capital], "index.method public.t.i").await?;
    hold(&sql("GiST"), index, &["using GIST (a)"]).await?;
    let snapshot = common::snapshot(&common::database(&sql(r#""Tree""#)).await?).await?;
    assert!(snapshot.contains(capital), "{snapshot}");
    Ok(())
}

/// Words that say what is so anyway, and rarer ways to say it.
#[tokio::test]
async fn what_is_so_anyway_may_be_said() -> Outcome {
    let table = "create table t (a int, b int);";
    let hash = "create table p (a int, b text) partition by hash (a, b);";
    let rows: [(&str, &str, &[&str]); 4] = [
        (
            "create sequence s",
            "sequences: {s: $}",
            &["no minvalue no maxvalue no cycle logged", "as bigint start with 1 increment by 1"],
        ),
        (
            &format!("{table} create index i on t (a)"),
            "tables: {t: {indexes: {i: $}}}",
            &[
                "(a) nulls distinct",
                "using btree (a int4_ops asc nulls last)",
                "(a) tablespace pg_default",
            ],
        ),
        (
            &format!("{table} create statistics st on a, b from t"),
            "statistics: {st: $}",
            &["(dependencies, mcv, ndistinct) on a, b from t", "on (a), (b) from public.t"],
        ),
        (
            hash,
            "tables: {p: {partition_by: $}}",
            &["hash (a int4_ops, b text_ops)", "hash (\"a\", b)"],
        ),
    ];
    for (sql, spec, spellings) in rows {
        let public =
            |spelling: &str| format!("{{{}}}", spec.replace('$', &format!("{spelling:?}")));
        hold(sql, public, spellings).await?;
    }
    Ok(())
}
