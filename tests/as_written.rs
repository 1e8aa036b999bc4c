//! A spec may say a thing as whoever wrote the SQL did, not as the server shows it.
#![cfg(unix)]

mod common;

use common::{CHECK, Outcome};
use schemavet::check::Report;

/// Makes a database of `sql`, and holds a spec of its schema `public` against it.
async fn report(sql: &str, public: &str) -> Outcome<Report> {
    let database = common::database(sql).await?;
    let spec = common::spec(&format!("spec: 1\nschemas: {{public: {{{public}}}}}\n"))?;
    common::validate(&spec, &database, CHECK).await
}

/// What that finds.
async fn findings(sql: &str, public: &str) -> Outcome<Vec<String>> {
    Ok(common::names(&report(sql, public).await?))
}

#[tokio::test]
async fn there_are_no_nulls_in_a_primary_key() -> Outcome {
    let spec = "tables: {t: {columns: {id: int, at: date, note: text}, primary_key: [id, at]}}";
    let table = "create table t (id int, at date, note text";
    let key = format!("{table}, primary key (id, at))");
    assert_eq!(findings(&key, spec).await?, [""; 0]);
    let named = spec.replace("[id, at]", "{t_pkey: [id, at]}");
    assert_eq!(findings(&key, &named).await?, [""; 0]);
    let without = ["column.nullable public.t.id", "column.nullable public.t.at"];
    let without = without.map(str::to_owned).into_iter();
    let missing = std::iter::once("primary_key.missing public.t.(id, at)".to_owned());
    assert_eq!(
        findings(&format!("{table})"), spec).await?,
        without.chain(missing).collect::<Vec<_>>()
    );
    Ok(())
}

/// A shape that says little leaves an object to one that needs just that.
#[tokio::test]
async fn shapes_find_their_objects_where_that_can_be() -> Outcome {
    let sql = "create table r (id int primary key); create table s (id int primary key);
        create table t (a int constraint k1 check (a > 0) constraint k2 check (a > 0), b int,
            constraint w1 unique (a), constraint w2 unique (a) deferrable,
            constraint f1 foreign key (a) references r on delete cascade, constraint f2 foreign key (a) references s on delete cascade);
        create index i on t (b); create index j on t (b) where a > 0; comment on constraint k1 on t is 'c'";
    let spec =
        "tables: {r: any, s: any, t: {indexes: [{keys: [b]}, (b)], unique: [{columns: [a]}, [a]],
        foreign_keys: [{columns: [a], on_delete: cascade}, (a) references r on delete cascade],
        checks: [{expression: a > 0}, {expression: a > 0, comment: c}]}}";
    assert_eq!(findings(sql, spec).await?, [""; 0]);
    let other = spec.replace("comment: c", "comment: d");
    assert_eq!(findings(sql, &other).await?, ["check.comment public.t.k2"]);
    // One that could be any is left to where it differs least.
    let stored = "create table t (b int, constraint k1 check (b > 1), constraint k2 check (b > 2), constraint k3 check (b > 3))";
    let spec = "tables: {t: {checks: [b >= 4, b > 1, b > 2]}}";
    assert_eq!(
        findings(stored, spec).await?,
        ["check.missing public.t.b >= 4", "check.unexpected public.t.k3"]
    );
    Ok(())
}

/// What speaks of a column that is gone is told of the object that says nearly the same, or of none.
#[tokio::test]
async fn a_shape_that_means_nothing_is_told_where_it_fits() -> Outcome {
    let table = |rest: &str| format!("create table t ({rest})");
    let spec = "tables: {t: {checks: [a > 0, a <> b]}}";
    let renamed = table("aa int, b int, constraint y check (aa <> b), constraint z check (aa > 0)");
    let report = report(&renamed, spec).await?;
    let details = common::details(&report);
    assert_eq!(common::names(&report).len(), 2, "{details}");
    for told in ["t.z: a > 0 => aa > 0", "t.y: a <> b => aa <> b", "column \"a\" does not exist"] {
        assert!(details.contains(told), "{told} is not in {details}");
    }
    let spec =
        "tables: {t: {columns: {a: int, b: int}, checks: [a > 0, b < 9], indexes: [((a + 1))]}}";
    let dropped = table("b int, constraint y check (b < 9), constraint other check (b <> 5)");
    assert_eq!(
        findings(&format!("{dropped}; create index x on t ((b * 7))"), spec).await?,
        [
            "column.missing public.t.a",
            "check.missing public.t.a > 0",
            "check.unexpected public.t.other",
            "index.missing public.t.((a + 1))",
            "index.unexpected public.t.x"
        ]
    );
    Ok(())
}

#[tokio::test]
async fn serial_says_three_things() -> Outcome {
    let sql = "create table t (id serial, n smallserial)";
    for columns in ["{id: serial, n: serial2}", "{id: {type: serial}, n: {type: smallserial}}"] {
        let spec = format!("tables: {{t: {{columns: {columns}}}}}");
        assert_eq!(findings(sql, &spec).await?, [""; 0], "{columns}");
        assert_eq!(
            findings("create table t (id int not null, n smallint default 1)", &spec).await?,
            [
                "column.default public.t.id",
                "column.nullable public.t.n",
                "column.default public.t.n"
            ]
        );
    }
    Ok(())
}

#[tokio::test]
async fn what_is_usual_may_be_said() -> Outcome {
    let sql = "create sequence up minvalue 0 start 0; create sequence down as integer increment by -1;
        create table t (a int generated always as identity, b int generated by default as identity (start 100))";
    let spec = "sequences: {
            up: start with 0 increment by 1 minvalue 0 no maxvalue cache 1 no cycle owned by none,
            down: as int increment -1 start -1 minvalue -2147483648 maxvalue -1},
        tables: {t: {columns: {a: int generated always as identity (start 1 maxvalue 2147483647),
            b: {definition: int generated by default as identity (increment 1 start with 100)}}}}";
    assert_eq!(findings(sql, spec).await?, [""; 0]);
    let partial =
        "sequences: {up: {start: 0, minimum: 0}, down: {type: int, increment: -1, start: -1}},
        tables: {t: {columns: {a: {identity_options: start 1}, b: {identity_options: start 100}}}}";
    assert_eq!(findings(sql, partial).await?, [""; 0]);
    let other = spec.replace("start with 0", "start with 1").replace("start -1", "start -2");
    let other = other.replace("(start 1 ", "(start 2 ").replace("(increment 1 start with 100)", "");
    assert_eq!(
        findings(sql, &other).await?,
        [
            "sequence.start public.up",
            "sequence.start public.down",
            "column.identity_options public.t.a",
            "column.identity_options public.t.b"
        ]
    );
    Ok(())
}

/// What a data type has anyway, as the server says of each.
#[tokio::test]
async fn what_a_type_has_may_be_said() -> Outcome {
    let types = "from pg_type t where typnamespace = 'pg_catalog'::regnamespace and typtype in ('b', 'r', 'm')
        and typname !~ '^pg_(?!snapshot|lsn)' and typname <> '_cstring' and typrelid = 0
        and not exists (select from pg_type e where e.oid = t.typelem and e.typrelid <> 0)";
    let storage = "case {} when 'p' then 'plain' when 'm' then 'main' when 'e' then 'external' else 'extended' end";
    let database = common::database(&format!(
        "create domain d as text; create type c as (a text);
         do $$ begin execute (select 'create table t (' || string_agg(format('%I %s', typname, oid::regtype), ', ') || ')' {types}); end $$"
    ))
    .await?;
    let rows = common::rows(
        &database,
        &format!(
            "select format('%I: {{type: ''%s'', storage: %s%s}}', typname, oid::regtype, {},
                           case typcollation when 100 then ', collation: default' when 950 then ', collation: ''\"C\"''' end) {types}",
            storage.replace("{}", "typstorage")
        ),
    )
    .await?;
    assert!(rows.len() > 100);
    let columns = rows.concat().join(", ");
    let spec = format!(
        "spec: 1\nschemas: {{public: {{tables: {{t: {{columns: {{{columns}}}}}}},
            domains: {{d: text collate \"default\"}}, composite_types: {{c: {{attributes: {{a: text collate pg_catalog.default}}}}}}}}}}"
    );
    let spec = common::spec(&spec)?;
    let report = common::validate(&spec, &database, CHECK).await?;
    assert_eq!(report.outcome().exit_code(), 0, "{}", common::details(&report));
    Ok(())
}

#[tokio::test]
async fn sequences_of_identity_columns_have_usual_names() -> Outcome {
    let (long, also) = (format!("long_{}", "x".repeat(35)), format!("also_{}", "y".repeat(25)));
    // What the first of the two tables in the middle takes is the usual name of the second one's sequence.
    let columns = [("before", "a"), ("x", "y_z"), ("x_y", "z"), (long.as_str(), also.as_str())];
    let (mut sql, mut spec) = (String::new(), "tables: {".to_owned());
    for (table, column) in columns {
        sql += &format!("create table {table} ({column} int generated always as identity);");
        spec += &format!("{table}: {{columns: {{{column}: {{identity_sequence: null}}}}}},");
    }
    spec += "}";
    assert_eq!(findings(&sql, &spec).await?, [""; 0]);
    let written =
        spec.replace("y_z: {identity_sequence: null", "y_z: {identity_sequence: x_y_z_seq");
    assert_ne!(written, spec);
    assert_eq!(findings(&sql, &written).await?, [""; 0]);

    let database = common::database(&sql).await?;
    let snapshot = common::spec(&common::snapshot(&database).await?)?;
    common::execute(&database, "alter table before rename to behind; drop table x").await?;
    let report = common::validate(&snapshot, &database, CHECK).await?;
    let found =
        ["table.missing public.before", "table.missing public.x", "table.unexpected public.behind"];
    assert_eq!(
        common::names(&report),
        found,
        "what took the usual name has nothing to do with another table"
    );
    let spec = spec.replace("before", "behind");
    let report = common::validate(
        &common::spec(&format!("spec: 1\nschemas: {{public: {{{spec}}}}}\n"))?,
        &database,
        CHECK,
    )
    .await?;
    let found = [
        "column.identity_sequence public.behind.a",
        "table.missing public.x",
        "column.identity_sequence public.x_y.z",
    ];
    assert_eq!(common::names(&report), found);
    Ok(())
}

#[tokio::test]
async fn types_go_by_their_own_names() -> Outcome {
    let sql = "create table t (a _text, b bpchar(5), c \"timestamptz\"(3), d \"varchar\"(9)[])";
    for columns in [
        "{a: _text, b: bpchar(5), c: '\"timestamptz\"(3)', d: '\"varchar\"(9)[]'}",
        "{a: 'text[]', b: char(5), c: timestamptz(3), d: 'varchar(9)[]'}",
    ] {
        let spec = format!("tables: {{t: {{columns: {columns}}}}}");
        assert_eq!(findings(sql, &spec).await?, [""; 0], "{columns}");
    }
    Ok(())
}

#[tokio::test]
async fn a_value_is_one_of_the_type_that_holds_it() -> Outcome {
    let sql =
        "create domain price numeric(8, 2) default '12.50'; create domain kind oid default '12';
        create table t (a int generated always as (null) stored)";
    let spec = "domains: {price: \"numeric(8, 2) default '12.50'\", kind: \"oid default '12'\"},
        tables: {t: {columns: {a: int generated always as (null) stored}}}";
    assert_eq!(findings(sql, spec).await?, [""; 0]);
    let other = spec.replace("12.50", "12.51").replace("'12'", "'13'").replace("null", "1");
    assert_eq!(
        findings(sql, &other).await?,
        [
            "domain.default public.price",
            "domain.default public.kind",
            "column.generated public.t.a"
        ]
    );
    Ok(())
}

#[tokio::test]
async fn functions_forget_the_lengths_of_their_types() -> Outcome {
    let sql = "create function f(a bit(8), b varchar(20) default 'abc', c char(3) default 'abc') returns numeric(12, 2)
            immutable language sql as 'select 1.5';
        create function h(a bpchar) returns char(3) language sql as 'select null::bpchar';
        create function g() returns table (a char(3)) language sql as 'select null::char(3)'";
    let spec = "functions: {
        'f(bit(8), varchar(20), char(3))': {returns: 'numeric(12, 2)',
            arguments: \"a bit(8), b varchar(20) default 'abc', c char(3) default 'abc'\"},
        'g()': {returns: table (a char(3))}, 'h(bpchar)': {returns: bpchar}}";
    assert_eq!(findings(sql, spec).await?, [""; 0]);
    let other = spec.replace("default 'abc'\"", "default 'abd'\"").replace("table (a", "table (b");
    let key = "function.arguments public.f(bit, character varying, character)";
    assert_eq!(findings(sql, &other).await?, [key, "function.returns public.g()"]);
    Ok(())
}

/// What else PostgreSQL forgets the lengths of: `character` of any length is `bpchar` there.
#[tokio::test]
async fn types_of_other_objects_have_no_lengths() -> Outcome {
    let sql = "create type r as range (subtype = bpchar);
        create aggregate ag(bpchar) (sfunc = bpchar_larger, stype = bpchar, msfunc = bpchar_larger,
            minvfunc = bpchar_larger, mstype = bpchar);
        create aggregate aga(bpchar[]) (sfunc = array_cat, stype = bpchar[]);
        create operator === (leftarg = bpchar, rightarg = bpchar, function = bpchareq);
        create cast (bpchar as point) with inout;
        create operator class oc for type bpchar using hash as operator 1 =, function 1 hashbpchar(bpchar)";
    let database = common::database(sql).await?;
    for written in ["bpchar", "character", "char(3)"] {
        let spec = "spec: 1
casts: {(T as point): with inout}
schemas:
  public:
    range_types: {r: {subtype: T}}
    aggregates:
      ag(T): {state_type: T, returns: T, moving: [bpchar_larger, bpchar_larger, T]}
      aga(T[]): {state_type: 'T[]', returns: 'T[]'}
    operators: {'=== (T, T)': {function: 'bpchareq(T, T)'}}
    operator_classes: {oc using hash: {type: T, operators: ['1 =(T, T)'], functions: [1 hashbpchar(T)]}}
"
        .replace('T', written);
        let report = common::validate(&common::spec(&spec)?, &database, CHECK).await?;
        assert_eq!(common::names(&report), [""; 0], "{spec}");
    }
    Ok(())
}

#[tokio::test]
async fn the_mode_of_an_argument_may_stand_behind_its_name() -> Outcome {
    let sql = "create function f(a inout int, out b text, variadic c int[]) language sql as 'select 1, null'";
    let spec = "functions: {f: {arguments: 'a inout int, b out text, c variadic int[]'}}";
    assert_eq!(findings(sql, spec).await?, [""; 0]);
    assert_eq!(findings(sql, &spec.replace("a inout", "in out a")).await?, [""; 0]);
    let other = spec.replace("a inout", "a");
    assert_eq!(findings(sql, &other).await?, ["function.arguments public.f(integer, integer[])"]);
    Ok(())
}

#[tokio::test]
async fn keys_of_indexes_are_written_in_many_ways() -> Outcome {
    let sql = "create table t (a text, b text, v tsvector);
        create index i on t ((a collate \"C\")); create index j on t (((a || b) collate \"POSIX\") desc);
        create index k on t using gist (v tsvector_ops (siglen = 100));
        create index m on t ((a::text)); create index n on t ((t)); create index o on t ((bool 'yes'), (t.a)) where true;
        create table d (x xml, y text); create index l on d ((x is document) desc, (x is not document), y)";
    let spec = "tables: {d: {indexes: {l: '((x is document) desc, (not x is document), y)'}}, t: {indexes: {
        i: '((a collate \"C\"))', j: '(((a || b) collate \"POSIX\") desc)',
        k: using gist (v tsvector_ops(siglen=100)), m: '((a::text))', n: '((t))', o: \"((bool 'yes'), ((t).a)) where true\"}}}";
    assert_eq!(findings(sql, spec).await?, [""; 0]);
    let other = spec
        .replace("\"C\"", "\"POSIX\"")
        .replace("100", "101")
        .replace("a || b", "b || a")
        .replace("desc, (not", ", (not")
        .replace("a::text", "a::bpchar")
        .replace("'yes'", "'no'");
    assert_eq!(
        findings(sql, &other).await?,
        [
            "index.keys public.d.l",
            "index.keys public.t.i",
            "index.keys public.t.j",
            "index.keys public.t.k",
            "index.keys public.t.m",
            "index.keys public.t.o"
        ]
    );
    Ok(())
}

#[tokio::test]
async fn joins_are_written_in_many_ways() -> Outcome {
    let tables =
        "create table a (x int, y int); create table b (x int, z int); create table c (n int);";
    let views = [
        ("select * from a natural join b", "select * from a join b using (x)"),
        ("select * from a natural left join c", "select a.x, a.y, c.n from a left join c on true"),
        (
            "select * from (values (1, 2, 3, 4, 5, 6)) v (p, q, r, x, s, t)
             union all select * from a full join b using (x), a a2 full join b b2 using (x)",
            "select * from (values (1, 2, 3, 4, 5, 6)) v (p, q, r, x, s, t)
             union all select * from a natural full join b, a a2 natural full join b b2",
        ),
    ];
    for (one, other) in views {
        let sql = format!("{tables} create view v as {one}");
        for query in [one, other] {
            let spec = format!("views: {{v: {{definition: \"{query}\"}}}}");
            assert_eq!(findings(&sql, &spec).await?, [""; 0], "{query}");
        }
        let inner = other.replace("left join", "join").replace("using", "on a.y = 1 or b.z in");
        let inner = inner.replace("natural full", "natural left");
        let spec = format!("views: {{v: {{definition: \"{inner}\"}}}}");
        assert_eq!(findings(&sql, &spec).await?, ["view.definition public.v"], "{inner}");
    }
    Ok(())
}

/// Whoever says `not null` says nothing of a name, but speaks of every row and of all tables that inherit.
#[tokio::test]
async fn not_null_holds_for_every_row() -> Outcome {
    if common::cluster().version() < 180_000 {
        return Ok(());
    }
    let sql = "create table t (a int, b int constraint odd not null, c int constraint odder not null no inherit, d int not null);
        alter table t add constraint oddest not null a not valid";
    let spec = "tables: {t: {columns: {a: int not null, b: int not null, c: {type: int, nullable: false}, d: int not null}}}";
    let both = ["column.not_null_constraint public.t.a", "column.not_null_constraint public.t.c"];
    assert_eq!(findings(sql, spec).await?, both);
    let partly =
        "tables: {t: {columns: {a: int not null not valid, b: int null, c: {type: int}, d: int}}}";
    let found = findings(sql, partly).await?;
    assert_eq!(
        found,
        [
            "column.not_null_constraint public.t.a",
            "column.nullable public.t.b",
            "column.nullable public.t.d"
        ]
    );
    Ok(())
}

/// What the server makes of odd defaults and types is read back as what it is.
#[tokio::test]
async fn a_snapshot_of_odd_columns_is_read_back() -> Outcome {
    let sql = "create table t (a boolean, b text default ('a' collate \"C\"), c boolean default (1 is not null), v \"bit\", w bit,
            x \"bit\"[], y bit(3));
        alter table t alter a set default not null; create domain d as \"bit\"; create type c as (v \"bit\");
        create function f(\"bit\", bit(2)) returns \"bit\" language sql as 'select $1'";
    let database = common::database(sql).await?;
    let snapshot = common::snapshot(&database).await?;
    let report = common::validate(&common::spec(&snapshot)?, &database, common::STRICT).await?;
    assert_eq!(common::details(&report), "", "{snapshot}");
    let spec = "tables: {t: {columns: {a: boolean default (not null), b: any, c: any, v: '\"bit\"', w: bit, x: '\"bit\"[]', y: bit(3)}}}";
    assert_eq!(findings(sql, spec).await?, [""; 0]);
    let other = spec.replace("v: '\"bit\"'", "v: bit").replace("w: bit", "w: '\"bit\"'");
    assert_eq!(findings(sql, &other).await?, ["column.type public.t.v", "column.type public.t.w"]);
    Ok(())
}

/// A `null` that an operator stands before is a part of a default.
#[tokio::test]
async fn a_default_may_end_in_null() -> Outcome {
    let sql = "create table t (a boolean default 1 = null, b int default 1 + null::int not null, c text default 'a' || null,
        d boolean default true is distinct from null not null, e int default null, f int default null not null,
        g bit[] default '{1,0}', h bit(3)[] default '{101}',
        i int default case when true is not null then null else 1 end not null)";
    let spec = "tables: {t: {columns: {a: boolean default 1 = null, b: int default 1 + null::int not null,
        c: text default 'a' || null, d: boolean default true is distinct from null not null, e: int default null,
        f: int default null not null, g: \"bit[] default '{1,0}'\", h: \"bit(3)[] default '{101}'\",
        i: int default case when true is not null then null else 1 end not null}}}";
    assert_eq!(findings(sql, spec).await?, [""; 0]);
    let other =
        spec.replace("1 = null", "2 = null").replace("'a' ||", "'b' ||").replace("{101}", "{100}");
    let found =
        ["column.default public.t.a", "column.default public.t.c", "column.default public.t.h"];
    assert_eq!(findings(sql, &other).await?, found);
    Ok(())
}

/// How the index of a constraint is stored counts where the short form says it.
#[tokio::test]
async fn a_key_may_say_how_it_is_stored() -> Outcome {
    let sql = "create table t (a int, b int, primary key (a) with (fillfactor = 70), unique (b),
        constraint x exclude (b with =) with (fillfactor = 80) deferrable); create index i on t (a)";
    let tables = |primary: &str, unique: &str, exclusion: &str| {
        format!(
            "tables: {{t: {{primary_key: {{t_pkey: '{primary}'}}, unique: {{t_b_key: '{unique}'}}, exclusions: {{x: '{exclusion}'}}, indexes: {{i: (a)}}}}}}"
        )
    };
    for spec in [
        tables("(a) with (fillfactor = 70)", "(b)", "(b with =) with (fillfactor = 80) deferrable"),
        tables(
            "PRIMARY KEY (a) WITH (fillfactor=70)",
            "unique (b)",
            "exclude (b with =) with (fillfactor=80) deferrable",
        ),
    ] {
        assert_eq!(findings(sql, &spec).await?, [""; 0]);
    }
    let other = tables(
        "(a) with (fillfactor = 71)",
        "(b) with (fillfactor = 70)",
        "(b with =) with (fillfactor=70) deferrable",
    );
    assert_eq!(
        findings(sql, &other).await?,
        [
            "primary_key.options public.t.t_pkey",
            "unique.options public.t.t_b_key",
            "exclusion.options public.t.x"
        ]
    );
    Ok(())
}

/// A view's definition is complete, whether it stands alone or beside something else.
#[tokio::test]
async fn the_definition_of_a_view_is_complete() -> Outcome {
    let sql = "create view v with (security_barrier) as select 1 as a";
    for view in [
        "select 1 as a",
        "{definition: select 1 as a}",
        "{definition: select 1 as a, triggers: {}}",
    ] {
        assert_eq!(
            findings(sql, &format!("views: {{v: {view}}}")).await?,
            ["view.options public.v"]
        );
    }
    let with = "{definition: select 1 as a, options: {security_barrier: true}}";
    assert_eq!(findings(sql, &format!("views: {{v: {with}}}")).await?, [""; 0]);
    Ok(())
}

/// A view may read as it was created.
#[tokio::test]
async fn a_view_may_have_its_check_option_behind_it() -> Outcome {
    let sql =
        "create table t (a int); create view v as select a from t where a > 1 with check option;
        create view w as select a from t with local check option; create view x as select a from t";
    let views = |v: &str, w: &str, x: &str| {
        format!("views: {{v: '{v}', w: '{w}', x: '{x}'}}, tables: {{t: any}}")
    };
    let (of_v, of_t) = ("select a from t where a > 1", "select a from t");
    let spec = views(
        &format!("{of_v} with cascaded check option"),
        &format!("{of_t} with local check option;"),
        of_t,
    );
    assert_eq!(findings(sql, &spec).await?, [""; 0]);
    let mapping = spec.replace(
        &format!("w: '{of_t} with local check option;'"),
        &format!("w: {{definition: '{of_t} with local check option'}}"),
    );
    assert_eq!(findings(sql, &mapping).await?, [""; 0]);
    let other =
        views(of_v, &format!("{of_t} with check option"), &format!("{of_t} with check option"));
    let every = ["view.options public.v", "view.options public.w", "view.options public.x"];
    assert_eq!(findings(sql, &other).await?, every);
    Ok(())
}

/// Without a word, a generated column is computed when the server would.
#[tokio::test]
async fn a_generated_column_is_as_usual() -> Outcome {
    let is_new = common::cluster().version() >= 180_000;
    let usual = if is_new { "virtual" } else { "stored" };
    let spec = "tables: {t: {columns: {a: int, b: int generated always as (a * 2)}}}";
    let sql = "create table t (a int, b int generated always as (a * 2) stored)";
    assert_eq!(findings(&sql.replace("stored", usual), spec).await?, [""; 0]);
    if is_new {
        assert_eq!(findings(sql, spec).await?, ["column.generation public.t.b"]);
    }
    let database = common::database(&sql.replace("stored", usual)).await?;
    let strict = "spec: 1\nstrict: true\nextensions: {plpgsql: any}\nschemas: {public: {tables: {t: {columns: {a: int,
        b: {type: int, generated: a * 2}}}}}}";
    let report = common::validate(&common::spec(strict)?, &database, common::STRICT).await?;
    assert_eq!(common::details(&report), "");
    Ok(())
}

#[tokio::test]
async fn bounds_of_partitions_are_constants_of_their_key() -> Outcome {
    let sql = "create table p (a bigint, b timestamptz, c numeric) partition by range (a, b, c);
        create table q partition of p for values from (10, '2024-01-01', -1.5) to (20, minvalue, minvalue);
        create table l (a bigint, b text) partition by list (a); create table m partition of l for values in (1 + 1, -3);
        create table b (a boolean) partition by list (a); create table c partition of b for values in (true, null)";
    let spec = "tables: {'*': any,
        q: {partition_of: \"p for values from (10, '2024-01-01 00:00:00', -1.5) to (20, minvalue, minvalue)\"},
        m: {partition_of: \"l for values in ('-3', 2)\"}, c: {partition_of: \"b for values in (NULL, 't')\"}}";
    assert_eq!(findings(sql, spec).await?, [""; 0]);
    let both = ["table.partition_of public.q", "table.partition_of public.m"];
    for (before, after) in [("10, ", "11, "), ("-1.5", "1.5"), ("01-01", "01-02")] {
        let other = spec.replace(before, after).replace("2)", "3)");
        assert_eq!(findings(sql, &other).await?, both);
    }
    // What an expression comes to is for the server to compute, and it is not asked to.
    for (constant, computed) in
        [("2)", "1 + 1)"), ("'2024-01-01 00:00:00'", "current_timestamp"), ("'t'", "1 = 1")]
    {
        let report = report(sql, &spec.replace(constant, computed)).await?;
        assert_eq!(report.outcome().exit_code(), 3, "{}", common::details(&report));
    }
    Ok(())
}

/// Another word for a value is information, no drift.
#[tokio::test]
async fn a_switch_has_many_words() -> Outcome {
    let sql = "create table t (a tsvector) with (autovacuum_enabled = off);
        create index i on t using gin (a) with (fastupdate = false);
        create view v with (security_barrier) as select 1 as a";
    for (option, drift) in [("off", false), ("'false'", false), ("on", true), ("0.5", true)] {
        let spec = format!(
            "tables: {{t: {{options: {{autovacuum_enabled: {option}}}, indexes: {{i: using gin (a) with (fastupdate = {option})}}}}}},
            views: {{v: {{options: {{security_barrier: on}}}}}}",
        );
        let report = report(sql, &spec).await?;
        assert_eq!(report.outcome().exit_code(), u8::from(drift), "{}", common::details(&report));
    }
    Ok(())
}

/// What the server says more of when it prints them.
#[tokio::test]
async fn queries_of_json_say_less_than_is_printed() -> Outcome {
    if common::cluster().version() < 170_000 {
        return Ok(());
    }
    let query = "select json_query(j, '$.b') y, json_value(j, '$.c') v, json_exists(j, '$.d') e,
            json_query(j, '$.a' returning text with wrapper) t, json_query(j, '$.a' omit quotes) oq,
            json_query(j, '$.a' returning bytea format json encoding utf8) bytes, json_query(j, '$.a' returning json omit quotes) q,
            json_array(1, 2 returning jsonb) a, json_object('a': 1) o, j is json as i, json_serialize(j) s, json('{}') n
        from docs";
    let table = "select t.* from docs, json_table(j, '$.a[*]' columns (id for ordinality, x int path '$.x' default 5 on empty,
            y json format json path '$.y', yy jsonb format json, z text, e int exists path '$.e', nested path '$.n[*]' columns (q int))) t";
    let sql =
        format!("create table docs (j jsonb); create view v as {query}; create view w as {table}");
    let spec = format!("views: {{v: \"{query}\", w: \"{table}\"}}, tables: {{docs: any}}");
    assert_eq!(findings(&sql, &spec).await?, [""; 0]);
    for (one, other, view) in [
        ("json_query(j, '$.b')", "json_query(j, '$.b' with wrapper)", "v"),
        ("json_query(j, '$.b')", "json_query(j, '$.b' omit quotes)", "v"),
        ("json_query(j, '$.b')", "json_query(j, '$.b' returning json)", "v"),
        ("returning text with wrapper", "returning text", "v"),
        ("y json format json", "y jsonb format json", "w"),
        ("q int", "q bigint", "w"),
    ] {
        let found = findings(&sql, &spec.replace(one, other)).await?;
        assert_eq!(found, [format!("view.definition public.{view}")], "{other}");
    }
    Ok(())
}

/// `EXTRACT` takes the name of a field in any case, `date_trunc` a text.
#[tokio::test]
async fn fields_have_no_case() -> Outcome {
    let view = "select extract('YEAR' from now()) y, extract(Month from current_date) m, date_trunc('Day', now()) d";
    let sql = format!("create view v as {view}");
    assert_eq!(findings(&sql, &format!("views: {{v: \"{view}\"}}")).await?, [""; 0]);
    for (one, other) in
        [("'YEAR'", "'day'"), ("Month", "hour"), ("Month", "day"), ("'Day'", "'hour'")]
    {
        let spec = format!("views: {{v: \"{}\"}}", view.replace(one, other));
        assert_eq!(findings(&sql, &spec).await?, ["view.definition public.v"], "{other}");
    }
    Ok(())
}

/// What a comparison has on its left may be on its right.
#[tokio::test]
async fn is_distinct_from_has_no_direction() -> Outcome {
    let sql = "create table t (a int, b int, constraint c check (a is distinct from b))";
    for (check, exit) in [
        ("b is distinct from a", 0),
        ("not a is not distinct from b", 0),
        ("a is not distinct from b", 1),
        ("b is distinct from b", 1),
    ] {
        let report = report(sql, &format!("tables: {{t: {{checks: {{c: {check}}}}}}}")).await?;
        assert_eq!(report.outcome().exit_code(), exit, "{check}\n{}", common::details(&report));
    }
    Ok(())
}

/// Two labels are not shown as one that has a comma in it.
#[tokio::test]
async fn a_label_may_have_a_comma() -> Outcome {
    let report = report("create type e as enum ('a', 'b')", "enums: {e: ['a, b']}").await?;
    let details = common::details(&report);
    assert!(details.contains("enum.labels public.e: [\"a, b\"] => [a, b]"), "{details}");
    Ok(())
}

/// A default is what it comes to in its column.
#[tokio::test]
async fn a_number_is_a_default_in_many_ways() -> Outcome {
    let sql = "create table t (a bigint default '0', b numeric(10, 2) default 1.50, c real default 1, d numeric default 0.0,
        e int[] default '{1,2}')";
    for (column, default, exit) in [
        ("a: bigint", "0", 0),
        ("a: bigint", "'0'::integer", 0),
        ("a: bigint", "1", 1),
        ("b: numeric(10, 2)", "1.5", 0),
        ("b: numeric(10, 2)", "1.05", 1),
        ("c: real", "'1.0'", 0),
        ("c: real", "1.01", 1),
        ("d: numeric", "0.0", 0),
        ("d: numeric", "'0.0'", 0),
        ("d: numeric", "0", 1),
        ("e: int[]", "array[1, 2]", 0),
        ("e: int[]", "array[2, 1]", 1),
    ] {
        let column = column.replace(": ", ": \"");
        let spec =
            format!("tables: {{t: {{columns: {{{column} default {default}\", '*': any}}}}}}");
        let report = report(sql, &spec).await?;
        assert_eq!(
            report.outcome().exit_code(),
            exit,
            "{column} {default}\n{}",
            common::details(&report)
        );
    }
    Ok(())
}

/// The name of a function alone stands for all of that name that no other entry is about.
#[tokio::test]
async fn a_name_alone_stands_for_every_overload() -> Outcome {
    let sql = "create function f(int) returns int security definer language sql as 'select 1';
        create function f(text) returns int language sql as 'select 1'";
    let definer = "functions: {f: {security: definer}}";
    assert_eq!(findings(sql, definer).await?, ["function.security public.f(text)"]);
    let both = "functions: {'f(text)': {security: invoker}, f: {security: definer}}";
    assert_eq!(findings(sql, both).await?, [""; 0]);
    let absent = findings(sql, "functions: {f: absent}").await?;
    assert_eq!(
        absent,
        ["function.forbidden public.f(integer)", "function.forbidden public.f(text)"]
    );
    assert_eq!(findings(sql, "functions: {f: }").await?, [""; 0]);
    Ok(())
}
