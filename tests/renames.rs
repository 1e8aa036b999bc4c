//! What was renamed is missing under one name and unexpected under another, and each says so of the other.
#![cfg(unix)]

mod common;

use common::{Outcome, STRICT};

const SQL: &str = "create type mood as enum ('sad', 'ok');
    create table t (id integer generated always as identity primary key, number serial, feeling mood default 'ok',
        one text, two text, three date check (three > '2000-01-01'));
    create index t_three on t (three) where one is not null;
    create function f(a integer) returns integer language sql as 'select a';
    create view v as select id, one from t; create schema s; create table s.t (id integer);";

/// Of the findings after `change` of `SQL`, those with a note about another name, with the names in it.
async fn hints(change: &str) -> Outcome<Vec<String>> {
    let database = common::database(SQL).await?;
    let spec = common::spec(&common::snapshot(&database).await?)?;
    common::execute(&database, change).await?;
    let report = common::validate(&spec, &database, STRICT).await?;
    assert!(!report.findings.is_empty(), "{change}");
    let hints = report.findings.iter().filter_map(|finding| {
        let reason =
            finding.change.reason().filter(|reason| reason.contains("the same otherwise"))?;
        let name = reason.split('`').nth(1).unwrap_or_default();
        Some(format!("{} {}: {name}", finding.rule, finding.path))
    });
    Ok(hints.collect())
}

#[tokio::test]
async fn each_says_so_of_the_other() -> Outcome {
    for (change, missing, unexpected) in [
        ("alter table t rename to u", "table.missing public.t: u", "table.unexpected public.u: t"),
        (
            "alter table t rename feeling to felt",
            "column.missing public.t.feeling: felt",
            "column.unexpected public.t.felt: feeling",
        ),
        (
            "alter index t_three rename to t_3",
            "index.missing public.t.t_three: t_3",
            "index.unexpected public.t.t_3: t_three",
        ),
        (
            "alter table t rename constraint t_three_check to t_check",
            "check.missing public.t.t_three_check: t_check",
            "check.unexpected public.t.t_check: t_three_check",
        ),
        (
            "alter type mood rename to mode",
            "enum.missing public.mood: mode",
            "enum.unexpected public.mode: mood",
        ),
        (
            "alter function f rename to g",
            "function.missing public.f(integer): g(integer)",
            "function.unexpected public.g(integer): f(integer)",
        ),
        ("alter view v rename to w", "view.missing public.v: w", "view.unexpected public.w: v"),
        ("alter schema s rename to z", "schema.missing s: z", "schema.unexpected z: s"),
    ] {
        assert_eq!(hints(change).await?, [missing, unexpected], "{change}");
    }
    Ok(())
}

#[tokio::test]
async fn what_is_not_the_same_or_not_alone_is_no_candidate() -> Outcome {
    for change in [
        "alter table t drop feeling; alter table t add felt mood",
        "alter table t rename one to one_too; alter table t rename two to two_too",
        "alter table s.t rename to u; alter table s.u add more integer",
        "drop table s.t; do $$ begin for number in 1..5 loop execute format('create table s.t%s (id integer)', number); end loop; end $$",
        "alter table s.t rename to u; alter table s.u set schema public",
    ] {
        assert_eq!(hints(change).await?, [""; 0], "{change}");
    }
    Ok(())
}
