//! Texts of a spec that try to be more than they are. None may change anything, run anything, or count as equal; not
//! even in a transaction that may write.

use schemavet::equivalence::{
    Analyser, Analysis, Equivalence, Question, Scope, Statement, Verdict,
};
use schemavet::source::ServerAnalysis;
use schemavet::source::connection::Connection;
use schemavet::value::Name;

use super::attacks::{TEXTS, VICTIM};
use super::{Outcome, Server, question, settle, value};

fn accounts() -> Name {
    Name::new("public", "accounts")
}

/// Every place that a spec's text can get into.
fn questions(text: &str) -> Vec<Question> {
    let in_type = |scope: Scope, kind: &str| Question {
        assigned_to: Some(kind.to_owned()),
        ..question(scope, "true")
    };
    let own = |text: &str| text.to_owned();
    vec![
        question(Scope::Relation(accounts()), text),
        question(Scope::OldAndNew(accounts()), text),
        question(Scope::Value(own("text")), text),
        question(Scope::Nothing, text),
        question(Scope::Query, text),
        Question { assigned_to: Some(own("boolean")), ..question(Scope::Nothing, text) },
        in_type(Scope::Nothing, text),
        in_type(Scope::Relation(accounts()), &format!("boolean) {text}")),
        question(Scope::Value(own(text)), "value is null"),
        question(Scope::Value(format!("int) {text}")), "value is null"),
        question(Scope::Arguments(own("f"), vec![(own("a"), own("int"))]), text),
        question(Scope::Arguments(own(text), vec![(own("a"), own("int"))]), "a = 1 or false"),
        question(Scope::Arguments(own("f"), vec![(own(text), own("int"))]), "true or false"),
        question(Scope::Arguments(own("f"), vec![(own("a"), own(text))]), "true or false"),
        question(Scope::Relation(Name::new("public", text)), "true or false"),
        question(Scope::Relation(Name::new(text, "accounts")), "true or false"),
        question(
            Scope::Relation(Name::new("public", &format!("accounts\" {text}"))),
            "true or false",
        ),
        Question { schema: own(text), ..question(Scope::Nothing, "not_there()") },
    ]
}

async fn nothing_happened(observer: &Connection, text: &str) -> Outcome {
    let state = value(
        observer,
        "select concat_ws(' ',
            (select string_agg(id::text, ',') from public.victim),
            (select count(*) from pg_locks where locktype = 'advisory'),
            (select is_called from public.accounts_seq),
            to_regclass('public.stolen'))",
    );
    assert_eq!(state.await?, "1 0 f", "{text:?}");
    Ok(())
}

#[tokio::test]
async fn no_text_does_anything() -> Outcome {
    let server = Server::start().await?;
    server.owner.client.batch_execute(VICTIM).await?;
    for begin in ["BEGIN", super::BEGIN] {
        let mut session = Connection::open(&server.settings()).await?;
        for text in TEXTS {
            session.client.batch_execute(begin).await?;
            let mut equivalence = Equivalence::new(vec!["public".to_owned()]);
            let asked = questions(text);
            let pairs = || {
                asked.iter().map(|written| {
                    (written, Question { text: "1 = 1".to_owned(), ..written.clone() })
                })
            };
            for (written, stored) in pairs() {
                equivalence.verdict(written, &stored, false);
            }
            settle(&mut equivalence, &mut session).await;
            assert!(!equivalence.has_questions());
            for (written, stored) in pairs() {
                let verdict = equivalence.verdict(written, &stored, false);
                let wrong = matches!(verdict, Verdict::Same | Verdict::Equivalent(_));
                assert!(!wrong, "{written:?}: {verdict:?}");
            }
            // Still the same transaction, and it can be ended as it began.
            session.client.batch_execute("COMMIT").await?;
            nothing_happened(&server.owner, text).await?;
        }
        assert_eq!(
            value(&session, "select count(*)::text from pg_prepared_statements").await?,
            "0"
        );
    }
    Ok(())
}

/// The last fence: what would happen if a text came this far.
#[tokio::test]
async fn the_server_runs_nothing_by_itself() -> Outcome {
    let server = Server::start().await?;
    server.owner.client.batch_execute(VICTIM).await?;
    let mut session = Connection::open(&server.settings()).await?;
    for text in [
        "SELECT 1; DROP TABLE public.victim",
        "SELECT 1; COMMIT; DROP TABLE public.victim; BEGIN",
        "DROP TABLE public.victim",
        "DELETE FROM public.victim",
        "WITH gone AS (DELETE FROM public.victim RETURNING id) SELECT * FROM gone",
        "SELECT 1 INTO public.stolen",
        "SELECT public.evil()",
        "SELECT FROM public.evil_rows() WHERE public.evil()",
        "SELECT pg_catalog.nextval('public.accounts_seq')",
        "TRUNCATE public.victim",
        "EXPLAIN ANALYZE DELETE FROM public.victim",
    ] {
        session.client.batch_execute("BEGIN").await?;
        let tag = "schemavet_test".to_owned();
        let statement =
            Statement { tag, search_path: vec!["public".to_owned()], text: text.to_owned() };
        let analyses = ServerAnalysis::new(&mut session).analyse(&[statement]).await;
        if let [Analysis::Failed { words, .. }] = analyses.as_slice()
            && text.contains(';')
        {
            assert_eq!(words, "cannot insert multiple commands into a prepared statement");
        } else {
            assert!(
                !matches!(analyses.as_slice(), [Analysis::Tree { .. }]),
                "{text}: {analyses:?}"
            );
        }
        session.client.batch_execute("COMMIT").await?;
        nothing_happened(&server.owner, text).await?;
        assert_eq!(
            value(&session, "select count(*)::text from pg_prepared_statements").await?,
            "0",
            "{text}"
        );
    }
    Ok(())
}

#[tokio::test]
async fn a_bad_text_spoils_no_other() -> Outcome {
    let server = Server::start().await?;
    let mut session = server.session().await?;
    let mut equivalence = Equivalence::new(vec!["public".to_owned()]);
    let good: Vec<String> = (0..60).map(|number| format!("age > {number}")).collect();
    let bad = [
        ("no_such_column > 1", "column \"no_such_column\" does not exist"),
        ("no_such_function(age)", "function no_such_function(integer) does not exist"),
        ("status = 'none'", "invalid input value for enum onboarding_status: \"none\""),
        ("age > > 1", "syntax error at or near \">\""),
        ("age > ", "syntax error at or near \")\""),
        ("count(*) > 1", ""),
        ("row_number() over (order by age) > 1", ""),
        ("true), (true", "it has a `)` too many"),
    ];
    let on = super::on_accounts;
    for text in good.iter().map(String::as_str).chain(bad.iter().map(|(text, _)| *text)) {
        equivalence.verdict(&on(text), &on(&format!("({text}) is not null")), false);
        equivalence.verdict(&on(text), &on(&text.replace("age", "accounts.age")), false);
    }
    settle(&mut equivalence, &mut session).await;
    for text in &good {
        let verdict =
            equivalence.verdict(&on(text), &on(&text.replace("age", "accounts.age")), false);
        assert_eq!(verdict, Verdict::Same, "{text}");
    }
    for (text, words) in bad {
        let verdict = equivalence.verdict(&on(text), &on(&format!("({text}) is not null")), false);
        match verdict {
            Verdict::Invalid(said) => assert!(said.contains(words), "{text}: {said}"),
            // An aggregate can be analysed; no such thing can be stored.
            Verdict::Different(_) if words.is_empty() => {}
            other => panic!("{text}: {other:?}"),
        }
    }
    println!("{} statements for {} texts", equivalence.statements(), 2 * (good.len() + bad.len()));
    Ok(())
}
