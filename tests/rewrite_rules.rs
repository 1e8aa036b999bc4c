//! Rewrite rules: their conditions are analysed, their commands told apart by their words.
#![cfg(unix)]

mod common;

use common::{CHECK, Outcome, STRICT};
use schemavet::check::{Options, Report};
use schemavet::finding::Level;

const TABLES: &str =
    "create schema other; create sequence numbers; create table r (a int, b int); create table l (n int, m int);
                      create table k (n int, m int); create table other.l (n int, m int); create table v (w varchar, p numeric);
                      create table flags (b boolean, w text);
                      create function public.abs(int) returns int language sql as 'select 1';";

/// The same for servers from PostgreSQL 18 on.
const DIFFERENT_SINCE_18: &[(&str, &str)] = &[(
    "on update to r do instead update l set n = new.a where m = old.a returning with (old as o, new as n) o.n, n.m",
    "on update to r do instead update l set n = new.a where m = old.a returning with (old as o, new as n) n.n, n.m",
)];

/// Pairs that do not do the same.
const DIFFERENT: &[(&str, &str)] = &[
    ("on update to r do also nothing", "on update to r do instead nothing"),
    ("on update to r do also delete from l", "on update to r do instead delete from l"),
    ("on update to r do also delete from l", "on delete to r do also delete from l"),
    ("on update to r do also delete from l", "on update to r do also delete from l where n = m"),
    (
        "on update to r do also delete from l",
        "on update to r do also (delete from l; delete from k)",
    ),
    ("on update to r do also delete from l", "on update to r do also delete from other.l"),
    (
        "on update to r do also (delete from l; delete from k)",
        "on update to r do also (delete from k; delete from l)",
    ),
    (
        "on update to r where old.a > 1 do also delete from l",
        "on update to r where old.a < 1 do also delete from l",
    ),
    (
        "on update to r do instead nothing",
        "on update to r where old.a is distinct from new.a do instead nothing",
    ),
    (
        "on update to r do also insert into l values (1, 2)",
        "on update to r do also insert into l values (2, 1)",
    ),
    (
        "on update to r do also insert into l (n, m) values (1, 2)",
        "on update to r do also insert into l (m, n) values (1, 2)",
    ),
    (
        "on update to r do instead update l set n = new.a, m = new.b where n = old.a",
        "on update to r do instead update l set n = new.b, m = new.a where n = old.a",
    ),
    (
        "on insert to r do instead insert into l (n, m) values (new.a, new.b)",
        "on insert to r do instead insert into l (n, m) values (new.a, new.b) returning n, m",
    ),
    (
        "on update to r do instead update l set n = new.b * 2 where m = old.a returning l.*",
        "on update to r do instead update l set n = new.b / 2 where m = old.a returning l.*",
    ),
    (
        "on update to r do also delete from l where n in (select n from k)",
        "on update to r do also delete from l where n < any (select n from k)",
    ),
    (
        "on update to r do also delete from l where n not in (select n from k)",
        "on update to r do also delete from l where n in (select n from k)",
    ),
    (
        "on update to r do also insert into l select count(*), 1 from k",
        "on update to r do also insert into l select count(n), 1 from k",
    ),
    (
        "on update to r do also delete from l where n = 1 and not (m = 2 and n = 3)",
        "on update to r do also delete from l where n = 1 and (not m = 2 and n = 3)",
    ),
    (
        "on update to r do also insert into l values (public.abs(new.a))",
        "on update to r do also insert into l values (pg_catalog.abs(new.a))",
    ),
    (
        "on update to r do also delete from l where (n + 2) * m = old.a",
        "on update to r do also delete from l where n + (2 * m) = old.a",
    ),
    (
        "on update to r do also delete from l where n = 1 and (m = 2 or m = 3)",
        "on update to r do also delete from l where (n = 1 and m = 2) or m = 3",
    ),
    (
        "on update to r do also insert into v (w) values ((new.a)::\"char\")",
        "on update to r do also insert into v (w) values ((new.a)::char)",
    ),
    (
        "on update to r do also delete from v where w = 'foo' and '2020-01-01'::date > now()",
        "on update to r do also delete from v where w = 'bar' and '2020-01-01'::date > now()",
    ),
    (
        "on update to r do also insert into v (w) values ('active')",
        "on update to r do also insert into v (w) values ('inactive')",
    ),
];

async fn hold(written: &str, stored: &str, options: Options) -> Outcome<Report> {
    let database = common::database(&format!("{TABLES} create rule it as {stored}")).await?;
    common::validate(&common::spec(written)?, &database, options).await
}

#[tokio::test]
async fn what_does_something_else_is_different() -> Outcome {
    let is_new = common::cluster().version() >= 180_000;
    for (one, other) in DIFFERENT.iter().chain(DIFFERENT_SINCE_18.iter().filter(|_| is_new)) {
        for (one, other) in [(one, other), (other, one)] {
            let database = common::database(&format!("{TABLES} create rule it as {one}")).await?;
            let report = hold(&common::snapshot(&database).await?, other, STRICT).await?;
            assert_eq!(
                common::names(&report),
                ["rule.definition public.r.it"],
                "{one}\n{other}\n{}",
                common::details(&report)
            );
            assert_eq!(
                report.outcome().exit_code(),
                1,
                "{one}\n{other}\n{}",
                common::details(&report)
            );
        }
    }
    Ok(())
}

/// Rules, and their texts as somebody may write them.
const WRITTEN: &[(&str, &[&str])] = &[
    (
        "on update to r where old.b between 0 and 10 and new.a > 0 do instead nothing",
        &[
            "ON UPDATE TO public.r WHERE (old.b >= 0 and old.b <= 10) AND new.a > 0 DO INSTEAD NOTHING;",
            "on update where new.a > 0 and old.b between 0 and 10 do instead nothing",
        ],
    ),
    (
        "on insert to r do also insert into l values (new.a, 2)",
        &[
            "on insert to r do insert into l values (new.a, 2)",
            "on insert to public.r do also (insert into public.l (n, m) values (new.a, 2))",
        ],
    ),
    (
        "on insert to r do also (delete from l where n = new.a; insert into l select x.n, x.m from l x, l where x.n in (1, 2))",
        &["on insert to r do also (delete from l where l.n = new.a;
              insert into l select x.n, x.m from l x, l where x.n in (1, 2))"],
    ),
    ("on update to r do also delete from l where n between 1 and old.a and m > 0", &[]),
    (
        "on insert to r do also insert into l values (nextval('numbers'), currval('public.numbers'))",
        &[
            "on insert to r do also insert into l values (nextval('numbers'), currval('public.numbers'))",
        ],
    ),
    (
        "on update to r do also update l set n = new.a, m = 1::bigint where m != cast('4' as int)",
        &[
            "on update to r do also update l set n = new.a, m = 1::bigint where m != cast('4' as int)",
        ],
    ),
    (
        "on delete to r do also delete from l where n = old.a + 1 and not m = public.abs(old.b - 1) and m = any (array[1, 2 + 3])",
        &[
            "ON DELETE TO public.r DO ALSO DELETE FROM public.l WHERE (l.n = old.a + 1 AND NOT l.m = public.abs(old.b - 1) AND l.m = ANY (ARRAY[1, 2 + 3]))",
            "ON DELETE TO public.r DO ALSO DELETE FROM public.l WHERE ((l.n = (old.a + 1)) AND (NOT (l.m = public.abs(old.b - 1))) AND (l.m = ANY (ARRAY[1, (2 + 3)])))",
            "ON DELETE TO public.r DO ALSO DELETE FROM public.l WHERE ((l.n = (old.a + 1)) AND (NOT (l.m = public.abs((old.b - 1)))) AND (l.m = ANY (ARRAY[1, 2 + 3])))",
        ],
    ),
    (
        "on delete to r do also delete from v where w = old.b::text and p > 5",
        &[
            "ON DELETE TO public.r DO ALSO DELETE FROM public.v WHERE ((v.w = (old.b)::text) AND (v.p > 5))",
            "ON DELETE TO public.r DO ALSO DELETE FROM public.v WHERE (((v.w)::text = (old.b)::text) AND (v.p > (5)::numeric))",
        ],
    ),
    (
        "on insert to r do also delete from v where to_tsvector(w) @@ 'fat' or w::bytea = 'abc' or p::float8 = 'inf'",
        &[],
    ),
    ("on insert to r do also insert into v (w) values (left('abc', 3))", &[]),
    (
        "on delete to r do also UPDATE public.l SET n = 01 WHERE l.m = CASE WHEN (l.n > 1) THEN -1 ELSE 0 END",
        &[
            "on delete to r do also UPDATE public.l SET n = 01 WHERE (l.m = CASE WHEN (l.n > 1) THEN -1 ELSE 0 END)",
        ],
    ),
    ("on insert to r do also insert into flags values ('tru', 'foo'\n'bar')", &[]),
    (
        "on delete to r do also DELETE FROM public.l WHERE l.n IS NULL AND l.m IN ( SELECT k.n FROM public.k)",
        &[
            "on delete to r do also DELETE FROM public.l WHERE (l.n IS NULL) AND l.m IN ( SELECT k.n FROM public.k)",
            "on delete to r do also DELETE FROM public.l WHERE l.n IS NULL AND l.m = ANY (SELECT k.n FROM public.k)",
        ],
    ),
    (
        "on delete to r do also INSERT INTO public.l (n, m) VALUES (-1, 2)",
        &["on delete to r do also INSERT INTO public.l (n, m) VALUES (- 1, 2)"],
    ),
    (
        "on delete to r do also UPDATE public.flags SET b = TRUE WHERE NOT flags.b IS NOT DISTINCT FROM TRUE",
        &[],
    ),
    (
        "on delete to r do also INSERT INTO public.l (n, m) SELECT k.n, k.m::integer FROM public.k JOIN public.r x ON (x.a = k.n) ORDER BY 1 FETCH FIRST 1 ROW ONLY",
        &[],
    ),
    (
        "on insert to r do also insert into l values (new.a * 2, - new.b)",
        &["ON INSERT TO public.r DO ALSO INSERT INTO public.l (n, m) VALUES (new.a * 2, - new.b)"],
    ),
];

#[tokio::test]
async fn what_may_be_the_same_is_never_called_different() -> Outcome {
    for (stored, texts) in WRITTEN {
        for text in texts.iter().chain([stored]) {
            let text = text.replace('\'', "''");
            let spec = format!(
                "spec: 1\nschemas: {{other: any, public: {{tables: {{flags: any, l: any, k: any, v: any, r: {{rules: {{it: '{text}'}}}}}}}}}}"
            );
            let report = hold(&spec, stored, CHECK).await?;
            let exit = report.outcome().exit_code();
            assert!([0, 3].contains(&exit), "{stored}\n{text}\n{}", common::details(&report));
            assert_eq!(report.count(Level::Error), 0);
            assert!(report.findings.iter().all(|finding| finding.level < Level::Error));
            let is_analysed = stored.ends_with("nothing");
            assert!(exit == 0 || !is_analysed, "{stored}\n{text}\n{}", common::details(&report));
        }
    }
    Ok(())
}

#[tokio::test]
async fn a_rule_is_the_same_once_it_is_restored() -> Outcome {
    for (stored, _) in WRITTEN {
        let database = common::database(&format!("{TABLES} create rule it as {stored}")).await?;
        let printed = "select pg_get_ruledef(oid) from pg_rewrite where rulename = 'it'";
        let printed = common::rows(&database, printed).await?;
        let restored = common::database(&format!("{TABLES} {}", printed[0][0])).await?;
        for (one, other) in [(&database, &restored), (&restored, &database)] {
            let spec = common::spec(&common::snapshot(one).await?)?;
            let report = common::validate(&spec, other, STRICT).await?;
            assert_eq!(report.outcome().exit_code(), 0, "{stored}\n{}", common::details(&report));
        }
    }
    Ok(())
}
