//! For random schemas and random changes of them, `validate` reports the objects that were changed, and no others.
#![cfg(unix)]

mod common;

use std::collections::BTreeSet;

use common::{Outcome, STRICT};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

const TYPES: &[&str] =
    &["integer", "text", "timestamptz", "numeric(10, 2)", "uuid", "boolean[]", "jsonb"];

/// A table of a generated schema: what it has is told by its numbers.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is there or not, whatever the others are")]
struct Table {
    /// Index into `TYPES`, for each column.
    columns: Vec<usize>,
    nullable: Vec<bool>,
    indexed: bool,
    checked: bool,
    secured: bool,
    triggered: bool,
    viewed: bool,
}

fn table() -> impl Strategy<Value = Table> {
    (
        prop::collection::vec((0..TYPES.len(), any::<bool>()), 2..6),
        any::<(bool, bool, bool, bool, bool)>(),
    )
        .prop_map(|(columns, (indexed, checked, secured, triggered, viewed))| {
            let (columns, nullable) = columns.into_iter().unzip();
            Table { columns, nullable, indexed, checked, secured, triggered, viewed }
        })
}

/// What was before, as SQL.
fn schema(tables: &[Table]) -> String {
    let mut sql = "
        create schema app; create type app.mood as enum ('sad', 'ok'); create sequence app.numbers;
        do $$ begin create role alters_reader; exception when duplicate_object or unique_violation then null; end $$;
        create function app.touch() returns trigger language plpgsql as 'begin return new; end';"
        .to_owned();
    for (number, table) in tables.iter().enumerate() {
        let name = format!("app.t{number}");
        let columns: Vec<String> = std::iter::once("id bigint primary key".to_owned())
            .chain(table.columns.iter().zip(&table.nullable).enumerate().map(
                |(at, (of_type, nullable))| {
                    format!("c{at} {}{}", TYPES[*of_type], if *nullable { "" } else { " not null" })
                },
            ))
            .chain((number > 0).then(|| format!("up bigint references app.t{}", number - 1)))
            .collect();
        sql += &format!("create table {name} ({});", columns.join(", "));
        if table.indexed {
            sql += &format!("create index t{number}_idx on {name} (id desc) where id > 7;");
        }
        if table.checked {
            sql += &format!(
                "alter table {name} add constraint t{number}_check check (id in (1, 2, 3));"
            );
        }
        if table.secured {
            sql += &format!(
                "alter table {name} enable row level security; create policy p on {name} using (id > 1);"
            );
        }
        if table.triggered {
            sql += &format!(
                "create trigger t before update on {name} for each row execute function app.touch();"
            );
        }
        if table.viewed {
            sql += &format!("create view app.v{number} as select id from {name} where id <> 0;");
        }
    }
    sql
}

/// What is done, and the objects that it changes, each after its rule.
type Change = (String, Vec<String>);

/// Every change that can be made of column `at` of table `number`, or of the table, or beside it.
fn changes(tables: &[Table], number: usize, at: usize) -> Vec<Change> {
    let table = &tables[number];
    let at = at % table.columns.len();
    let (name, column) = (format!("app.t{number}"), format!("app.t{number}.c{at}"));
    let one = |sql: String, rule: &str| (sql, vec![rule.to_owned()]);
    let alter = |what: String, rule: &str| one(format!("alter table {name} {what}"), rule);
    let not_null = if table.nullable[at] { "set" } else { "drop" };
    let security = if table.secured { "disable" } else { "enable" };
    let mut changes = vec![
        alter(format!("add more{at} integer"), &format!("column.unexpected {name}.more{at}")),
        alter(format!("drop c{at}"), &format!("column.missing {column}")),
        alter(format!("alter c{at} {not_null} not null"), &format!("column.nullable {column}")),
        alter(format!("alter c{at} type bytea using null"), &format!("column.type {column}")),
        alter(format!("alter c{at} set default null::{}", TYPES[table.columns[at]]), ""),
        alter(
            format!("alter c{at} set statistics {}", at + 1),
            &format!("column.statistics {column}"),
        ),
        one(format!("comment on column {column} is 'x'"), &format!("column.comment {column}")),
        one(
            format!("grant select (c{at}) on {name} to alters_reader"),
            &format!("column.grants {column}"),
        ),
        (
            format!("alter table {name} rename c{at} to d{at}"),
            vec![format!("column.missing {column}"), format!("column.unexpected {name}.d{at}")],
        ),
        alter(format!("{security} row level security"), &format!("table.row_security {name}")),
        alter("set (fillfactor = 50)".to_owned(), &format!("table.options {name}")),
        alter("replica identity full".to_owned(), &format!("table.replica_identity {name}")),
        one(format!("comment on table {name} is 'x'"), &format!("table.comment {name}")),
        one(format!("grant insert on {name} to alters_reader"), &format!("table.grants {name}")),
        alter(
            "add constraint new_check check (id <> 5)".to_owned(),
            &format!("check.unexpected {name}.new_check"),
        ),
        alter(
            format!("add constraint new_key_{number} unique (id)"),
            &format!("unique.unexpected {name}.new_key_{number}"),
        ),
        one(
            format!("create index new_{number}_idx on {name} (id)"),
            &format!("index.unexpected {name}.new_{number}_idx"),
        ),
        one(format!("create policy new on {name}"), &format!("policy.unexpected {name}.new")),
        one("alter type app.mood add value 'great'".to_owned(), "enum.labels app.mood"),
        one("alter sequence app.numbers increment 5".to_owned(), "sequence.increment app.numbers"),
        one(
            "alter function app.touch() security definer".to_owned(),
            "function.security app.touch()",
        ),
        one(
            format!("create table app.new_{number} ()"),
            &format!("table.unexpected app.new_{number}"),
        ),
        one("create schema new".to_owned(), "schema.unexpected new"),
    ];
    if table.indexed {
        changes.push(one(
            format!("drop index app.t{number}_idx"),
            &format!("index.missing {name}.t{number}_idx"),
        ));
    }
    if table.checked {
        let dropped = format!("drop constraint t{number}_check");
        let check = format!("{name}.t{number}_check");
        changes.push(alter(dropped.clone(), &format!("check.missing {check}")));
        let other =
            format!("{dropped}, add constraint t{number}_check check (id = any ('{{3,2,1}}'))");
        changes.push(alter(other, &format!("check.expression {check}")));
    }
    if table.secured {
        changes.push(one(format!("drop policy p on {name}"), &format!("policy.missing {name}.p")));
        changes.push(one(
            format!("alter policy p on {name} using (id > 2)"),
            &format!("policy.using {name}.p"),
        ));
    }
    if table.triggered {
        changes.push(alter("disable trigger t".to_owned(), &format!("trigger.enabled {name}.t")));
        changes
            .push(one(format!("drop trigger t on {name}"), &format!("trigger.missing {name}.t")));
    }
    if table.viewed {
        changes
            .push(one(format!("drop view app.v{number}"), &format!("view.missing app.v{number}")));
        let other =
            format!("create or replace view app.v{number} as select id from {name} where id <> 1");
        changes.push(one(other, &format!("view.definition app.v{number}")));
    }
    if number > 0 {
        let key = format!("t{number}_up_fkey");
        changes.push(alter(
            format!("drop constraint {key}"),
            &format!("foreign_key.missing {name}.{key}"),
        ));
    }
    for (_, rules) in &mut changes {
        // NULL is no default: nothing is changed.
        rules.retain(|rule| !rule.is_empty());
    }
    changes
}

/// The object of a finding; what is changed twice is not taken twice.
fn object(rule: &str) -> &str {
    rule.split_once(' ').map_or(rule, |(_, object)| object)
}

async fn holds(tables: &[Table], picks: &[(usize, usize, usize)]) -> Outcome<Result<(), String>> {
    let database = common::database(&schema(tables)).await?;
    let snapshot = common::snapshot(&database).await?;
    let (mut sql, mut expected, mut touched) = (Vec::new(), BTreeSet::new(), BTreeSet::new());
    for (number, at, which) in picks {
        let number = number % tables.len();
        let possible = changes(tables, number, *at);
        let (change, rules) = &possible[which % possible.len()];
        // A column that is dropped or renamed is not there for another change.
        let objects: Vec<String> = rules.iter().map(|rule| object(rule).to_owned()).collect();
        let column = format!("app.t{number}.c{}", at % tables[number].columns.len());
        if rules.is_empty() && touched.contains(&column)
            || objects.iter().any(|object| touched.contains(object))
        {
            continue;
        }
        touched.extend(objects);
        touched.extend(rules.is_empty().then_some(column));
        sql.push(change.clone());
        expected.extend(rules.iter().cloned());
    }
    common::execute(&database, &sql.join(";\n")).await?;
    let report = common::validate(&common::spec(&snapshot)?, &database, STRICT).await?;
    let found: BTreeSet<String> = report
        .findings
        .iter()
        .map(|finding| format!("{} {}", finding.rule, finding.path))
        .collect();
    Ok(if found == expected {
        Ok(())
    } else {
        Err(format!("{sql:#?}\nexpected {expected:#?}\nfound {}", common::details(&report)))
    })
}

#[test]
fn what_was_changed_is_found_and_nothing_else() -> Outcome {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let cases =
        ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() };
    let picks = prop::collection::vec(any::<(usize, usize, usize)>(), 1..8);
    let mut runner = TestRunner::new(cases);
    runner.run(&(prop::collection::vec(table(), 1..5), picks), |(tables, picks)| {
        let outcome = runtime.block_on(holds(&tables, &picks));
        match outcome.map_err(|error| TestCaseError::fail(error.to_string()))? {
            Ok(()) => Ok(()),
            Err(why) => Err(TestCaseError::fail(why)),
        }
    })?;
    Ok(())
}

/// A statement that touches several things is one finding, where the others follow from the first.
#[tokio::test]
async fn what_follows_is_not_told_again() -> Outcome {
    let key =
        "create table t (a int not null); create unique index i on t (a); create index j on t (a);";
    let parents = "create table p (a int check (a > 0), b text); create table c (a int check (a > 0), b text);
        alter table c rename constraint c_a_check to p_a_check;";
    let others = "create table p (c int); create table q (); create table t (c int) inherits (p);";
    let sequence = "create sequence s; alter sequence s owner to pg_monitor;
        create table t (c int default nextval('s')); alter table t owner to pg_monitor;";
    let partition =
        "create table p (a int primary key, b text) partition by list (a); create index on p (b);
        create table q (a int primary key, b text); create index on q (b);";
    let wrapper = "create foreign data wrapper w; create server s foreign data wrapper w;
        create table p (a int not null, b text, constraint k check (a > 0)); create table q ();";
    let foreign: &str = &format!(
        "{wrapper} create foreign table c (a int not null, b text, constraint k check (a > 0)) server s;"
    );
    let child: &str = &format!("{wrapper} create foreign table c () inherits (p) server s;");
    // Names of not-null constraints count from 18 on.
    let named = "create table p (a int, b int) partition by list (a);
        create table c partition of p (b constraint own not null) for values in (1);";
    let below = "create table p (a int, b int); create table c (b int constraint own not null) inherits (p);";
    let keys = "create table r (id int primary key); create table p (k int not null, a int references r) partition by range (k);
        create table p1 partition of p for values from (0) to (9); create table p2 partition of p for values from (9) to (20);";
    let not_valid = &format!(
        "{keys} alter table p add constraint later foreign key (k) references r not valid;"
    );
    let disabled: &str = &format!("{keys} alter table p disable trigger all;");
    let heirs = "create table p (a int, b int not null, constraint k check (a > 0));
        create table c (b int not null, constraint k check (a > 0)) inherits (p);";
    for (before, alter, finding) in [
        (foreign, "alter foreign table c inherit p", "foreign_table.inherits public.c"),
        (child, "alter foreign table c no inherit p, inherit q", "foreign_table.inherits public.c"),
        (named, "alter table p alter b set not null", "column.nullable public.p.b"),
        (below, "alter table p alter b set not null", "column.nullable public.p.b"),
        (keys, "alter table p1 disable trigger all", "foreign_key.enabled public.p1.p_a_fkey"),
        (
            not_valid,
            "alter table p1 validate constraint later",
            "foreign_key.valid public.p1.later",
        ),
        (not_valid, "alter table p validate constraint later", "foreign_key.valid public.p.later"),
        (keys, "alter table only p disable trigger all", "foreign_key.enabled public.p.p_a_fkey"),
        (keys, "alter table p disable trigger all", "foreign_key.enabled public.p.p_a_fkey"),
        (disabled, "alter table p1 enable trigger all", "foreign_key.enabled public.p1.p_a_fkey"),
        (
            "create sequence s; create sequence r increment -1;",
            "alter sequence s minvalue -5",
            "sequence.minimum public.s",
        ),
        (heirs, "alter table p drop constraint k", "check.missing public.p.k"),
        (heirs, "alter table p drop column b", "column.missing public.p.b"),
        (key, "alter table t replica identity using index i", "index.replica_identity public.t.i"),
        (parents, "alter table c inherit p", "table.inherits public.c"),
        (others, "alter table t no inherit p, inherit q", "table.inherits public.t"),
        (sequence, "alter sequence s owned by t.c", "sequence.owned_by public.s"),
        (
            "create table p (a int not null) partition by list (a); create table q partition of p for values in (1);",
            "alter table p detach partition q",
            "table.partition_of public.q",
        ),
        (
            partition,
            "alter table p attach partition q for values in (1)",
            "table.partition_of public.q",
        ),
    ] {
        // On a partitioned table, foreign keys that are not valid came with 18, their triggers with 15.
        let since = match (before, alter) {
            _ if before == not_valid => 180_000,
            (_, "alter table p disable trigger all" | "alter table only p disable trigger all") => {
                150_000
            }
            _ if before == disabled => 150_000,
            _ => 0,
        };
        if common::cluster().version() >= since {
            is_told_alone(before, alter, finding).await?;
        }
    }
    Ok(())
}

/// What comes with a table or its parent, or cannot be with a type, is told with that.
#[tokio::test]
async fn what_comes_along_is_not_told_again() -> Outcome {
    let partition_to_be =
        "create table p (a int primary key, b text, unique (a, b)) partition by list (a);
        create index on p (b); create table q (a int not null, b text);";
    let partitioned = "create table p (a int, b int, primary key (a, b)) partition by list (a); create index on p (b);
        create table q (a int not null, b int not null) partition by list (b); create table q1 partition of q for values in (1);";
    let stored =
        "create table t (a text collate \"C\"); alter table t alter a set storage external;";
    for (before, alter, finding) in [
        (
            partition_to_be,
            "alter table p attach partition q for values in (1)",
            "table.partition_of public.q",
        ),
        (
            "",
            "create table t (a int, b int); create statistics s on a, b from t",
            "table.missing public.t",
        ),
        (
            "",
            "create schema z; create materialized view z.m as select 1 as a, 2 as b; create statistics s on a, b from z.m",
            "schema.missing z",
        ),
        (
            "create materialized view m as select 1 as a;",
            "create materialized view n as select 1 as a, 2 as b; create statistics s on a, b from n",
            "materialized_view.missing public.n",
        ),
        (
            partitioned,
            "alter table p attach partition q for values in (1)",
            "table.partition_of public.q",
        ),
        (stored, "alter table t alter a type int using null", "column.type public.t.a"),
    ] {
        is_told_alone(before, alter, finding).await?;
    }
    Ok(())
}

/// Whether that is the only finding, either way.
async fn is_told_alone(before: &str, alter: &str, finding: &str) -> Outcome {
    let (one, other) = (before.to_owned(), format!("{before} {alter}"));
    for (one, other) in [(&one, &other), (&other, &one)] {
        let (one, other) = (common::database(one).await?, common::database(other).await?);
        let spec = common::spec(&common::snapshot(&one).await?)?;
        let report = common::validate(&spec, &other, STRICT).await?;
        // What is missing one way is unexpected the other way.
        let found = common::names(&report).join(", ").replace("unexpected", "missing");
        assert_eq!(found, finding, "{alter}");
    }
    Ok(())
}

/// What does not follow from a difference is told beside it.
#[tokio::test]
async fn what_does_not_follow_is_told_as_well() -> Outcome {
    let key = "create table t (a int not null); create unique index i on t (a); alter table t replica identity";
    let parent = "create table p (x int); create table c (x int, z int";
    let positive = "constraint k check (x > 0)";
    let parents = "create table a (x int); create table b (y int);";
    let heir = "create table c () inherits (a);";
    let child = "create table c (x int constraint own not null) inherits (a);";
    for (since, one, other, findings) in [
        (
            13,
            format!("{key} using index i"),
            format!("{key} full"),
            ["index.replica_identity public.t.i", "table.replica_identity public.t"],
        ),
        (
            13,
            "create sequence q increment 5; create table t (a int not null default nextval('q')); alter sequence q owned by t.a".to_owned(),
            "create sequence q increment 5; create table t (a serial)".to_owned(),
            ["sequence.missing public.t_a_seq", "sequence.owned_by public.q"],
        ),
        // Another parent has it on both sides.
        (
            13,
            "create table p (x int, e int); create table q (e int); create table c () inherits (p, q)".to_owned(),
            "create table p (x int); create table q (e int); create table c (e int) inherits (p, q)".to_owned(),
            ["column.merged public.c.e", "column.missing public.p.e"],
        ),
        (
            13,
            format!("create table p (x int, {positive}); create table q (x int, {positive}); create table c () inherits (p, q)"),
            format!("create table p (x int); create table q (x int, {positive}); create table c ({positive}) inherits (p, q)"),
            ["check.merged public.c.k", "check.missing public.p.k"],
        ),
        // It does not come from the other parent, or from that alone.
        (
            13,
            format!("{parents} create table c () inherits (a, b)"),
            format!("{parents} create table c (x int) inherits (b, a)"),
            ["column.merged public.c.x", "table.inherits public.c"],
        ),
        (
            13,
            format!("{parents} alter table b add x int, drop y; create table c () inherits (a)"),
            format!("{parents} alter table b add x int, drop y; create table c (x int) inherits (a, b)"),
            ["column.merged public.c.x", "table.inherits public.c"],
        ),
        (
            18,
            format!("{parents} {child}"),
            format!("{parents} {child} alter table c rename constraint own to c_x_not_null; alter table a alter x set not null"),
            ["column.not_null_constraint public.c.x", "column.nullable public.a.x"],
        ),
        (
            18,
            format!("{parents} alter table a alter x set not null; {heir}"),
            format!("{parents} {heir} alter table c add constraint own not null x"),
            ["column.not_null_constraint public.c.x", "column.nullable public.a.x"],
        ),
        (
            18,
            format!("{parent} not null) inherits (p)"),
            format!("{parent}); alter table c add constraint c_z_not_null not null z not valid"),
            ["column.not_null_constraint public.c.z", "table.inherits public.c"],
        ),
        (
            18,
            format!("{parent} constraint one not null) inherits (p)"),
            format!("{parent} constraint two not null)"),
            ["column.not_null_constraint public.c.z", "table.inherits public.c"],
        ),
    ] {
        let is_too_new = common::cluster().version() < since * 10_000;
        for (one, other) in [(&one, &other), (&other, &one)].into_iter().filter(|_| !is_too_new) {
            let (one, other) = (common::database(one).await?, common::database(other).await?);
            let spec = common::spec(&common::snapshot(&one).await?)?;
            let report = common::validate(&spec, &other, STRICT).await?;
            // What is missing one way is unexpected the other way.
            let found = common::names(&report).join("\n").replace("unexpected", "missing");
            let mut found: Vec<_> = found.lines().collect();
            found.sort_unstable();
            assert_eq!(found, findings);
        }
    }
    // One that loses its column keeps the owner that it has.
    let with = "create table t (a int); create sequence q";
    let one = common::database(&format!("{with} owned by t.a")).await?;
    let other = common::database(&format!("{with}; alter sequence q owner to pg_monitor")).await?;
    let spec = common::spec(&common::snapshot(&one).await?)?;
    let report = common::validate(&spec, &other, STRICT).await?;
    assert_eq!(common::names(&report), ["sequence.owned_by public.q", "sequence.owner public.q"]);
    Ok(())
}

/// The nearest table above that says anything of it tells whether a foreign key of a partition is valid.
#[tokio::test]
async fn a_foreign_key_is_valid_as_that_above() -> Outcome {
    if common::cluster().version() < 180_000 {
        return Ok(());
    }
    let detached = "create table r (id int primary key);
        create table p (a int references r) partition by range (a); create table q (a int) partition by range (a);
        alter table q add foreign key (a) references r not valid; create table q1 (a int references r);
        alter table q attach partition q1 for values from (1) to (2);";
    let attached =
        format!("{detached} alter table p attach partition q for values from (1) to (3)");
    let detached = common::database(detached).await?;
    let spec = common::spec(&common::snapshot(&common::database(&attached).await?).await?)?;
    let report = common::validate(&spec, &detached, STRICT).await?;
    let found = ["table.partition_of public.q", "foreign_key.unexpected public.q.q_a_fkey"];
    assert_eq!(common::names(&report), found);
    Ok(())
}

/// What another session made for itself is nobody else's.
#[tokio::test]
async fn a_temporary_type_brings_no_cast() -> Outcome {
    let database = common::empty().await?;
    let spec = common::spec(&common::snapshot(&database).await?)?;
    let other = common::connect(&database).await?;
    let sql = "create type pg_temp.te as enum ('a'); create cast (pg_temp.te as int) with inout";
    other.client.batch_execute(sql).await?;
    let report = common::validate(&spec, &database, STRICT).await?;
    assert_eq!(common::names(&report), [""; 0]);
    other.client.batch_execute("select 1").await?;
    Ok(())
}
