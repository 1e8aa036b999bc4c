//! Bodies of functions: text, in languages of which white space may be a part, or what the server takes in.
#![cfg(unix)]

mod common;

use common::{Outcome, STRICT};
use schemavet::check::Report;

async fn hold(one: &str, other: &str) -> Outcome<Report> {
    let (one, other) = (common::database(one).await?, common::database(other).await?);
    common::validate(&common::spec(&common::snapshot(&one).await?)?, &other, STRICT).await
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
    let bodies = ["\nbegin\n  perform 1;\nend", "begin perform 1; end"];
    let [one, other] = bodies.map(|body| of("plpgsql", body));
    let report = hold(&one, &other).await?;
    assert_eq!(report.outcome().exit_code(), 0, "{}", common::details(&report));
    Ok(())
}

#[tokio::test]
async fn a_body_in_the_standards_form_is_the_same_once_it_is_restored() -> Outcome {
    let server = common::rows(&common::empty().await?, "show server_version_num").await?;
    if server[0][0].parse::<u32>()? < 140_000 {
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

#[tokio::test]
async fn a_body_in_the_standards_form_that_means_something_else_differs() -> Outcome {
    let server = common::rows(&common::empty().await?, "show server_version_num").await?;
    if server[0][0].parse::<u32>()? < 140_000 {
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
