//! What the session may and may not do: no table privilege is needed, and what stands in the way is said.

use schemavet::equivalence::{Equivalence, Question, Scope, Verdict};
use schemavet::source::ServerAnalysis;
use schemavet::source::connection::Connection;

use super::{BEGIN, Outcome, Server, decide, on_accounts, question, settle, value};

const ROLES: &str = "create role reader; grant usage on schema auth, app to reader;
    create schema secret; create function secret.f(int) returns int language sql as 'select 1';
    revoke all on all tables in schema public from public;";

async fn reader(server: &Server) -> Result<Connection, Box<dyn std::error::Error>> {
    server.owner.client.batch_execute(ROLES).await?;
    let session = Connection::open(&server.settings()).await?;
    session.client.batch_execute(&format!("SET ROLE reader; {BEGIN}")).await?;
    Ok(session)
}

#[tokio::test]
async fn no_table_privilege_is_needed() -> Outcome {
    let server = Server::start().await?;
    let mut session = reader(&server).await?;
    super::pairs::judge(&server, &mut session).await
}

#[tokio::test]
async fn a_schema_without_usage_is_named() -> Outcome {
    let server = Server::start().await?;
    let mut session = reader(&server).await?;
    let (open, closed) = (on_accounts("age > 1"), on_accounts("secret.f(age) > 1"));
    let mut equivalence = Equivalence::new(vec!["public".to_owned()]);
    let read_back = on_accounts("accounts.age > 1");
    for (written, stored) in [(&open, &closed), (&closed, &open), (&open, &read_back)] {
        equivalence.verdict(written, stored, false);
    }
    settle(&mut equivalence, &mut session).await;
    assert_eq!(equivalence.verdict(&open, &read_back, false), Verdict::Same);
    for (written, stored) in [(&open, &closed), (&closed, &open)] {
        match equivalence.verdict(written, stored, false) {
            Verdict::Undecided(why) => assert_eq!(why, "permission denied for schema secret"),
            other => panic!("{other:?}"),
        }
    }
    Ok(())
}

/// The search path passes over a schema that may not be used: what is not found may be there.
#[tokio::test]
async fn a_name_in_a_schema_without_usage_is_not_called_missing() -> Outcome {
    let server = Server::start().await?;
    let mut session = reader(&server).await?;
    let inside =
        |text: &str| Question { schema: "secret".to_owned(), ..question(Scope::Query, text) };
    for (written, stored) in [
        ("select f(1)", "select 1"),
        ("select * from f(1)", "select 1"),
        ("select * from t", "select 1"),
        ("select null::mood_of_secret", "select 1"),
    ] {
        match decide(&mut session, &inside(written), &inside(stored)).await {
            Verdict::Undecided(why) => assert_eq!(why, "permission denied for schema secret"),
            other => panic!("{written}: {other:?}"),
        }
    }
    // What fails otherwise does so here, too.
    let verdict = decide(&mut session, &inside("select 1 + "), &inside("select 1")).await;
    assert!(matches!(verdict, Verdict::Invalid(_)), "{verdict:?}");
    Ok(())
}

#[tokio::test]
async fn the_server_log_is_spared_where_that_is_allowed() -> Outcome {
    let server = Server::start().await?;
    let log = server.cluster.data().with_file_name("log");
    let mut session = server.session().await?;
    let reader = reader(&server).await?;
    for (session, quiet) in [(&mut session, true), (&mut { reader }, false)] {
        let mut equivalence = Equivalence::new(Vec::new());
        let (one, other) = (on_accounts("age > 1"), on_accounts("accounts.age > 1"));
        equivalence.verdict(&one, &other, false);
        let mut analysis = ServerAnalysis::new(session);
        equivalence.settle(&mut analysis).await;
        assert_eq!(analysis.is_quiet(), Some(quiet));
        assert!(!equivalence.has_questions());
        assert_eq!(equivalence.verdict(&one, &other, false), Verdict::Same);
        let logged = std::fs::read_to_string(&log)?.contains("aliasname schemavet_");
        assert_eq!(logged, !quiet);
    }
    Ok(())
}

#[tokio::test]
async fn the_session_is_left_as_it_was() -> Outcome {
    let server = Server::start().await?;
    let mut session = server.session().await?;
    let state = "select string_agg(name || ' ' || setting, ', ' order by name) from pg_settings
        where name ~ 'debug_print|_min_messages|search_path|timeout|strings|null_equals'";
    let before = value(&session, state).await?;
    assert!(before.contains("search_path \"\"") || before.contains("search_path ,"), "{before}");
    let verdict = decide(&mut session, &on_accounts("age > 1"), &on_accounts("age > 2")).await;
    assert_eq!(verdict, Verdict::Different(Some("constant 1 against 2".to_owned())));
    assert_eq!(value(&session, state).await?, before);
    assert_eq!(value(&session, "select count(*)::text from pg_prepared_statements").await?, "0");
    let locks = "select count(*)::text from pg_locks where pid = pg_backend_pid() and relation = 'public.accounts'::regclass";
    assert_eq!(value(&session, locks).await?, "0");
    Ok(())
}

#[tokio::test]
async fn circumstances_leave_it_undecided() -> Outcome {
    let server = Server::start().await?;
    let mut session = server.session().await?;
    session.client.batch_execute("SET LOCAL lock_timeout = '50ms'").await?;
    server.owner.client.batch_execute("BEGIN; LOCK TABLE public.accounts").await?;
    let verdict = decide(&mut session, &on_accounts("age > 1"), &on_accounts("age > 2")).await;
    assert_eq!(verdict, Verdict::Undecided("canceling statement due to lock timeout".to_owned()));
    server.owner.client.batch_execute("ROLLBACK").await?;

    let stored = decide(&mut session, &on_accounts("age > 1"), &on_accounts("gone > 2")).await;
    assert!(
        matches!(&stored, Verdict::Undecided(why) if why.contains("\"gone\" does not exist")),
        "{stored:?}"
    );

    let deep = |depth: usize, column: &str| {
        on_accounts(&format!("{}{column}{} > 0", "-(".repeat(depth), ")".repeat(depth)))
    };
    let verdict = decide(&mut session, &deep(400, "age"), &deep(400, "accounts.age")).await;
    assert_eq!(verdict, Verdict::Same);
    let verdict = decide(&mut session, &deep(400, "age"), &deep(400, "lvl")).await;
    assert_eq!(verdict, Verdict::Different(Some("`age` against `lvl`".to_owned())));
    let verdict = decide(&mut session, &deep(1500, "age"), &deep(1500, "accounts.age")).await;
    assert_eq!(verdict, Verdict::Undecided("it is nested too deeply to be compared".to_owned()));

    let outside = Connection::open(&server.settings()).await?;
    let verdict = decide(&mut { outside }, &on_accounts("age > 1"), &on_accounts("age > 2")).await;
    assert!(
        matches!(&verdict, Verdict::Undecided(why) if why.contains("transaction")),
        "{verdict:?}"
    );

    let ended = server.session().await?;
    let pid = value(&ended, "select pg_backend_pid()::text").await?;
    server.owner.client.batch_execute(&format!("select pg_terminate_backend({pid})")).await?;
    let verdict = decide(&mut { ended }, &on_accounts("age > 1"), &on_accounts("age > 2")).await;
    assert!(matches!(verdict, Verdict::Undecided(_)), "{verdict:?}");
    Ok(())
}

#[tokio::test]
async fn whole_queries_are_compared() -> Outcome {
    let server = Server::start().await?;
    let mut session = server.session().await?;
    let query = |text: &str| question(Scope::Query, text);
    let stored = query(
        " SELECT a.id,\n    a.role AS name\n   FROM public.accounts a\n  WHERE (a.age > 18)\n  ORDER BY a.created_at;",
    );
    let union = query("select id, role as name from accounts union select id, role from accounts");
    for (text, expected) in [
        ("select id, role as name from accounts where age > 18 order by created_at", None),
        (
            "select x.id, x.role as name from accounts as x where x.age > 18 order by x.created_at",
            None,
        ),
        (
            "select id, role from accounts where age > 18 order by created_at",
            Some("`role` against `name`"),
        ),
        (
            "select id, role as name from accounts where age > 17 order by created_at",
            Some("constant 17 against 18"),
        ),
        (
            "select id, email as name from accounts where age > 18 order by created_at",
            Some("`accounts.email` against `a.role`"),
        ),
        (
            "select id, role as name from accounts union all select id, role from accounts",
            Some("UNION ALL against UNION"),
        ),
    ] {
        let stored = if text.contains(" union ") { &union } else { &stored };
        let verdict = decide(&mut session, &query(text), stored).await;
        let hint = expected.map(|hint| Verdict::Different(Some(hint.to_owned())));
        assert_eq!(verdict, hint.unwrap_or(Verdict::Same), "{text}");
    }
    for (text, words) in [
        (
            "with gone as (delete from memberships returning *) select 1 from gone",
            "must be at the top level",
        ),
        ("select id into stolen from accounts", "INTO"),
        ("delete from accounts", "it is no query"),
        ("select 1; select 2", "`;`"),
    ] {
        let verdict = decide(&mut session, &query(text), &stored).await;
        assert!(
            matches!(&verdict, Verdict::Invalid(said) if said.contains(words)),
            "{text}: {verdict:?}"
        );
    }
    Ok(())
}

#[tokio::test]
async fn names_are_looked_up_as_the_object_would() -> Outcome {
    let server = Server::start().await?;
    let twins = "create function app.twin() returns int language sql as 'select 1';
        create function public.twin() returns int language sql as 'select 1'";
    server.owner.client.batch_execute(twins).await?;
    let mut session = server.session().await?;
    let ask = |schema: &str, text: &str| Question {
        schema: schema.to_owned(),
        ..question(Scope::Nothing, text)
    };
    let stored = ask("app", "app.twin()");
    assert_eq!(decide(&mut session, &ask("app", "twin()"), &stored).await, Verdict::Same);
    let other = decide(&mut session, &ask("public", "twin()"), &stored).await;
    assert_eq!(
        other,
        Verdict::Different(Some("function public.twin() against app.twin()".to_owned()))
    );
    Ok(())
}
