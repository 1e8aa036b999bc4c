//! Bodies of functions: text, in languages of which white space may be a part, or what the server takes in.
#![cfg(unix)]

mod common;

use common::{CHECK, Outcome, STRICT};
use schemavet::check::Report;
use schemavet::finding::{Change, Finding};

async fn hold(one: &str, other: &str) -> Outcome<Report> {
    let (one, other) = (common::database(one).await?, common::database(other).await?);
    common::validate(&common::spec(&common::snapshot(&one).await?)?, &other, STRICT).await
}

/// What a default says is not taken for the body.
#[tokio::test]
async fn a_body_begins_where_the_server_says() -> Outcome {
    let database = common::database(
        "do $$ begin if current_setting('server_version_num')::int >= 140000 then
             execute $sql$create function f(a text default E'x\\nRETURN 1') returns int language sql return 1$sql$;
         end if; end $$",
    )
    .await?;
    let reading = common::read(&database).await?;
    let snapshot = common::write(&reading)?;
    assert!(reading.version < 140_000 || snapshot.contains("body: RETURN 1\n"), "{snapshot}");
    Ok(())
}

#[tokio::test]
async fn white_space_counts_where_a_language_may_read_it() -> Outcome {
    // A language stores the text, whoever runs it.
    let of = |language: &str, body: &str| {
        format!(
            "create language plpython3u handler plpgsql_call_handler;
             create procedure p() language {language} as $body${body}$body$;
             create function f() returns void language {language} as $body${body}$body$"
        )
    };
    for bodies in [
        ["\nfor i in x:\n    a()\n    b()\n", "\nfor i in x:\n    a()\nb()\n"],
        ["return <<X;\na  b\nX\n", "return <<X;\na b\nX\n"],
    ] {
        let [one, other] = bodies.map(|body| of("plpython3u", body));
        let report = hold(&one, &other).await?;
        let found = ["function.body public.f()", "procedure.body public.p()"];
        assert_eq!(common::names(&report), found, "{}", common::details(&report));
        assert_eq!(report.outcome().exit_code(), 1, "{}", common::details(&report));
    }
    for bodies in [
        ["\nbegin\n  perform 1;\nend", "begin perform 1; end"],
        ["for i in 1..10 loop", "for i in 1 .. 10 loop"],
        ["x[1:2]=-1*-x", "x [1 : 2] = - 1 * - x"],
        [r"return regexp_replace(a, '\d+', '')", r"return regexp_replace( a, '\d+', '' )"],
    ] {
        let [one, other] =
            bodies.map(|body| format!("set check_function_bodies = off; {}", of("plpgsql", body)));
        let report = hold(&one, &other).await?;
        assert_eq!(report.outcome().exit_code(), 0, "{}", common::details(&report));
    }
    // Where such a constant ends depends on a setting.
    let [one, other] =
        [r"begin return 'it\'s  a'; end", r"begin return 'it\'s a'; end"].map(|body| {
            let set = "set standard_conforming_strings = off; set check_function_bodies = off;";
            format!("{set} {}", of("plpgsql", body))
        });
    assert_eq!(hold(&one, &other).await?.outcome().exit_code(), 1);
    Ok(())
}

/// To the server, white space of other scripts is a letter, and the end of a line in a constant is a part of it.
#[tokio::test]
async fn white_space_is_what_the_server_takes_for_it() -> Outcome {
    let of = |body: &str| {
        format!(
            "set check_function_bodies = off; create function f() returns text language sql as $body${body}$body$"
        )
    };
    for (one, other, found) in [
        ("select 'x' as a", "select 'x' as a\u{a0}", &["function.body public.f()"][..]),
        ("select 'x' as a", "select 'x' as\u{3000}a", &["function.body public.f()"]),
        ("select 'x\r\ny'", "select 'x\ny'", &["function.body public.f()"]),
        ("select\r\n 'x\r\ny' -- z\r\n", "select\n  'x\r\ny' -- z\n", &[]),
        ("\r\nselect /* a\r\nb */ 'x'\r\n", "select /* a\nb */ 'x'\n", &[]),
        ("select 'x'\n  'y'", "select 'x'  'y'", &["function.body public.f()"]),
        ("select 'x'\n  'y'", "select 'x'\n\n'y'", &[]),
    ] {
        for [one, other] in [[one, other], [other, one]] {
            let report = hold(&of(one), &of(other)).await?;
            let named: Vec<String> = report
                .findings
                .iter()
                .filter(|finding| report.is_drift(finding))
                .map(common::name)
                .collect();
            assert_eq!(named, found, "{one:?} {other:?}: {}", common::details(&report));
        }
        let same = hold(&of(one), &of(one)).await?;
        assert_eq!(common::details(&same), "", "{one:?}");
    }
    Ok(())
}

async fn knows_the_standards_form() -> Outcome<bool> {
    let version = common::rows(&common::empty().await?, "show server_version_num").await?;
    Ok(version[0][0].parse::<u32>()? >= 140_000)
}

#[tokio::test]
async fn a_body_in_the_standards_form_is_the_same_once_it_is_restored() -> Outcome {
    if !knows_the_standards_form().await? {
        return Ok(());
    }
    let tables = "create table t (a int, b int, c text);";
    for stored in [
        "create function f(a int, b int) returns bool language sql return b between 0 and 10 and a > 0",
        "create function f(a int) returns bool language sql return a = 1 or (a = 2 or a = 3)",
        "create function f() returns text language sql begin atomic select 'x'; end",
        "create function f() returns setof numeric language sql begin atomic select 3.4 as n union select '4'; end",
        "create procedure f(x int) language sql begin atomic
           delete from t where (a, b, x) is distinct from (1, 2, 3); update t set a = x where b between x and 3 or a = x; end",
    ] {
        let built = format!("{tables} {stored}");
        let database = common::database(&built).await?;
        let printed = "select pg_get_functiondef('public.f'::regproc)";
        let printed = common::rows(&database, printed).await?;
        let restored = format!("{tables} {}", printed[0][0]);
        for (one, other) in [(&built, &restored), (&restored, &built)] {
            let report = hold(one, other).await?;
            assert!(report.findings.is_empty(), "{stored}\n{}", common::details(&report));
        }
    }
    Ok(())
}

/// Bodies in the standard's form, and texts that somebody may write, each with the exit code that it comes to.
const WRITTEN: &[(&str, &[(&str, u8)])] = &[
    (
        "create function f(a int, b int) returns bool language sql return a between 0 and 10 and b > 0",
        &[
            ("return a between 0 and 10 and b > 0", 0),
            ("RETURN (a >= 0 AND f.a <= 10) AND ($2 > 0);", 0),
            ("return a between 0 and 10 and a > 0", 1),
        ],
    ),
    (
        "create function f(int, text) returns numeric language sql return $1",
        &[("return $1", 0), ("return 1", 1)],
    ),
    (
        "create type c as (k int, n text); create function f(r c, text) returns text language sql return r.n || $1.k || $2",
        &[
            ("return r.n || r.k || $2", 0),
            ("return (r).n || (f.r).k || $2", 0),
            ("return r.n || r.n || $2", 1),
        ],
    ),
    (
        "create function f(x text) returns int language sql return (select count(*) from t where c = x)",
        &[("return (select count(*) from t where t.c = f.x)", 0)],
    ),
    (
        "create function f(a int) returns int language sql return (select max(b) from t where t.a = f.a)",
        &[
            ("return (select max(b) from t where t.a = $1)", 0),
            ("return (select max(b) from t where t.a = a)", 1),
        ],
    ),
    (
        "create function f(a int) returns int language sql return (select max(b) from t where t.a = a)",
        &[
            ("return (select max(b) from t where t.a = a)", 0),
            ("return (select max(b) from t where t.a = $1)", 1),
        ],
    ),
    (
        "create function f(x int) returns setof int language sql begin atomic select a from t where a = x; end",
        &[
            ("begin atomic select a from t where a = x; end", 3),
            ("begin atomic select a from t where a < x; end", 1),
        ],
    ),
];

#[tokio::test]
async fn a_body_in_the_standards_form_can_be_written() -> Outcome {
    if !knows_the_standards_form().await? {
        return Ok(());
    }
    for (stored, texts) in WRITTEN {
        let built = format!("create table t (a int, b int, c text); {stored}");
        let database = common::database(&built).await?;
        for (text, exit) in *texts {
            let spec = format!(
                "spec: 1\nschemas: {{public: {{tables: {{t: any}}, functions: {{f: {{body: \"{text}\"}}}}}}}}"
            );
            let report = common::validate(&common::spec(&spec)?, &database, CHECK).await?;
            let details = common::details(&report);
            assert_eq!(report.outcome().exit_code(), *exit, "{stored}\n{text}\n{details}");
        }
    }
    Ok(())
}

/// Commands as somebody writes them, over `t (a, b)`, `u (a)` and the argument `p`.
const COMMANDS: &[&str] = &[
    "select x::int from string_to_table(p, '.') as x limit 2 offset 1",
    "select x::int from string_to_table(p, '.') as x limit 2",
    "select 1 from t limit 2 offset 1",
    "select a from t where a = 1 limit (length(p) - 2) offset 1",
    "select count(*)::int from t where b = p",
    "select count(*) from t",
    "select a + 1 from t where a > 1 and b = p",
    "insert into t (a, b) values (1, p) returning a",
    "insert into t as tt values (1, p) on conflict (a) do update set b = excluded.b returning a",
    "update t set b = p, a = a + 1 where a = 1 returning a",
    "delete from t where b = p returning a",
    "select case when p = 'x' then 1 else 2 end",
    "select a from t join u using (a)",
    "select t.a from t left join u on t.a = u.a",
    "select a from t, lateral (select 1) z",
    "select distinct a from t order by a desc nulls last",
    "select a from t order by a asc",
    "with q as (select a from t) select a from q",
    "select (select max(a) from t)",
    "select coalesce(max(a), 0) from t where b in ('x', 'y')",
    "select a from t where b like 'x%' and a between 1 and 3",
    "select a from t for update",
    "select cast(p as int)",
    "values (1)",
    "select extract(year from now())::int",
    "select a from t where not exists (select from u where u.a = t.a)",
    "select sum(a) filter (where b is not null)::int from t",
    "select a from t where (a, b) = (1, p)",
    "select array_length(array[1, 2], 1)",
    "select a as result from t as tt where tt.b = p",
    "select a as x from t as tt",
    "select * from u",
    "insert into t (a) values (1) on conflict do nothing returning a",
    "select a from t where a != 3",
    "select a from t union all select a from u",
    "select length(p) except all select length(p)",
    "select greatest(1, 2)",
    "select position('a' in p)",
    "select substring(p from 1 for 2)::int",
    "select 1 from t where p is distinct from b",
    "select a from t where a = any(array[1, 2])",
    "select a from t where b ilike 'x'",
    "select nullif(a, 0) from t",
    "select row_number() over (partition by b order by a)::int from t",
    "select a from t where not a > 1",
    "select -a from t",
    "select u.* from u",
    "select a from t where a = -1",
    "select a from t where a not in (select a from u)",
    "select a from t where a = any (select a from u) fetch first 2 rows only",
    "select a from t where t is null or b = e'x'",
    "select a from t where a is not distinct from null",
    "select length(trim(b)) from t where int '1' = a",
    "select extract('Year' from now())::int",
    "select a from t where b = $$x$$ or a > 1e3",
];

/// The same for servers from PostgreSQL 17 on.
const MERGES: &[&str] = &[
    "merge into t using u on t.a = u.a when matched then do nothing when not matched then insert values (u.a, p) returning t.a",
    "merge into t using u on t.a = u.a when matched then delete when not matched then insert values (u.a, p) returning t.a",
    "merge into t using u on t.a = u.a when matched then do nothing when not matched then insert values (u.a, p) returning u.a",
    "merge into t using u on t.a = u.a when not matched then insert default values returning t.a",
    "merge into t using u on t.a = u.a when not matched by source then delete returning t.a",
    "merge into t using u on t.a = u.a when not matched by target then insert (a) values (1) returning t.a",
    "merge into t as x using (select a from u) as z on x.a = z.a when matched and x.b = p then update set b = 'y' \
     returning x.a",
    "merge into only t as x using u on x.a > u.a when matched then update set b = default, a = u.a returning x.a + 1",
];

/// Every command of those that the server knows.
fn known_commands() -> Vec<&'static str> {
    let knows_merges = common::cluster().version() >= 170_000;
    let merges = MERGES.iter().filter(|_| knows_merges);
    COMMANDS.iter().chain(merges).copied().collect()
}

#[tokio::test]
async fn a_merge_that_does_something_else_differs() -> Outcome {
    let of = |command: &str| {
        format!(
            "create table t (a int primary key, b text); create table u (a int);
             create function f(p text) returns setof bigint language sql begin atomic {command}; end"
        )
    };
    let known = known_commands();
    let merges: Vec<_> = known.iter().filter(|command| command.starts_with("merge")).collect();
    for pair in merges.windows(2) {
        for [one, other] in [[pair[0], pair[1]], [pair[1], pair[0]]] {
            let report = hold(&of(one), &of(other)).await?;
            assert_eq!(common::names(&report), ["function.body public.f(text)"], "{one} {other}");
            assert_eq!(report.outcome().exit_code(), 1, "{one} {other}");
        }
    }
    Ok(())
}

#[tokio::test]
async fn the_words_that_it_was_made_with_are_never_called_different() -> Outcome {
    if !knows_the_standards_form().await? {
        return Ok(());
    }
    let names = ["t", "u", "a", "b", "p", "q", "x", "z", "tt", "max", "count", "sum", "result"];
    let outside = |text: &str, change: &dyn Fn(&str) -> String| -> String {
        let parts = text.split('\'').enumerate();
        parts
            .map(|(at, part)| if at % 2 == 0 { change(part) } else { part.to_owned() })
            .collect::<Vec<_>>()
            .join("'")
    };
    let key_words = |text: &str| -> String {
        text.split_inclusive(|letter: char| !letter.is_alphanumeric())
            .map(|word| {
                let name = word.trim_end_matches(|letter: char| !letter.is_alphanumeric());
                if names.contains(&name) { word.to_owned() } else { word.to_uppercase() }
            })
            .collect()
    };
    let (mut functions, mut entries) = (String::new(), String::new());
    for (number, command) in known_commands().iter().enumerate() {
        let with_schemas = outside(command, &key_words);
        let with_schemas =
            ["FROM", "INTO", "JOIN", "UPDATE"].into_iter().fold(with_schemas, |text, word| {
                let table = |table: &str| format!("{word} {table} ");
                let padded = format!("{text} ");
                ["t", "u"].into_iter().fold(padded, |text, name| {
                    text.replace(&table(name), &table(&format!("public.{name}")))
                })
            });
        let ways = [(*command).to_owned(), outside(command, &str::to_uppercase), with_schemas];
        for (way, text) in ways.into_iter().enumerate() {
            let body = format!("begin atomic {text}; end");
            functions.push_str(&format!(
                "create function f{number}_{way}(p text) returns setof bigint language sql {body};\n"
            ));
            entries.push_str(&format!("f{number}_{way}(text): {{body: \"{body}\"}}, "));
        }
    }
    let tables = "create table t (a int primary key, b text); create table u (a int);";
    let database = common::database(&format!("{tables} {functions}")).await?;
    let spec =
        format!("spec: 1\nschemas: {{public: {{tables: {{'*': any}}, functions: {{{entries}}}}}}}");
    let report = common::validate(&common::spec(&spec)?, &database, CHECK).await?;
    let is_told = |finding: &&Finding| matches!(finding.change, Change::Differs { .. });
    let told: Vec<String> = report.findings.iter().filter(is_told).map(common::name).collect();
    assert_eq!(told, [""; 0]);
    Ok(())
}

#[tokio::test]
async fn a_body_in_the_standards_form_that_means_something_else_differs() -> Outcome {
    if !knows_the_standards_form().await? {
        return Ok(());
    }
    let of =
        |body: &str| format!("create function f(a int) returns bool language sql return {body}");
    for (one, other) in [
        ("a = 1 and (a = 2 or a = 3)", "(a = 1 and a = 2) or a = 3"),
        ("a = 1 or a = 2", "a = 1 and a = 2"),
    ] {
        let report = hold(&of(one), &of(other)).await?;
        assert_eq!(common::names(&report), ["function.body public.f(integer)"]);
        assert_eq!(report.outcome().exit_code(), 1, "{}", common::details(&report));
    }
    Ok(())
}

/// The body of a function whose argument has another name now is the one that it was.
#[tokio::test]
async fn a_renamed_argument_is_one_finding() -> Outcome {
    if !knows_the_standards_form().await? {
        return Ok(());
    }
    let with = |name: &str, body: &str| {
        let body = body.replace("NAME", name);
        format!(
            "create table t (a int); create function f({name} int, other int) returns int language sql {body}"
        )
    };
    for body in [
        "return NAME + other",
        "begin atomic select t.a from t where t.a > NAME; end",
        "begin atomic select NAME; end",
        "begin atomic select NAME from t; end",
        "return NAME + (select max(t.a) from t where t.a < NAME)",
        "return (NAME is distinct from other)::int",
    ] {
        let report = hold(&with("one", body), &with("two", body)).await?;
        assert_eq!(
            common::names(&report),
            ["function.arguments public.f(integer, integer)"],
            "{body}"
        );
    }
    let report = hold(&with("one", "return NAME"), &with("two", "return other")).await?;
    let both = [
        "function.arguments public.f(integer, integer)",
        "function.body public.f(integer, integer)",
    ];
    assert_eq!(common::names(&report), both);
    // Other things of that name are not the argument.
    let with = |name: &str, body: &str| {
        format!(
            "create table t (one int, two int); create function one() returns int language sql return 1;
             create function two() returns int language sql return 2; create domain one as int; create domain two as int;
             create type pair as (one int, two int); create function f({name} int, other int) returns int language sql {}",
            body.replace("NAME", name)
        )
    };
    for body in [
        "begin atomic select t.NAME from t; end",
        "return NAME()",
        "return (other::NAME)::int",
        "return ((1, other)::pair).NAME",
        "return length(xmlelement(name NAME, other)::text)",
        "begin atomic insert into t (NAME) values (1) returning 1; end",
    ] {
        let report = hold(&with("one", body), &with("two", body)).await?;
        assert_eq!(common::names(&report), both, "{body}");
    }
    Ok(())
}
