//! A constant array and the same array put together.

use schemavet::equivalence::{Scope, Verdict};

use super::{Outcome, Server, decide, question};

#[tokio::test]
async fn a_constant_array_is_the_array_of_its_elements() -> Outcome {
    let server = Server::start().await?;
    server.owner.client.batch_execute("create type mood as enum ('sad', 'ok')").await?;
    let mut session = server.session().await?;
    let same = [
        ("'{}'::text[]", "ARRAY[]::text[]"),
        ("'{}'::mood[]", "ARRAY[]::mood[]"),
        ("'{}'::point[]", "ARRAY[]::point[]"),
        ("'{a,bcde,\"\",\"ä ö\"}'::text[]", "ARRAY['a', 'bcde', '', 'ä ö']"),
        ("'{a,b}'::varchar[]", "ARRAY['a'::varchar, 'b'::varchar]"),
        ("'{-1,2}'::int[]", "ARRAY[-1, 2]"),
        ("'{-1,2}'::smallint[]", "ARRAY['-1'::smallint, '2'::smallint]"),
        ("'{-1,2}'::bigint[]", "ARRAY['-1'::bigint, '2'::bigint]"),
        ("'{-1.5,2}'::real[]", "ARRAY['-1.5'::real, '2'::real]"),
        ("'{-1.5,2}'::float8[]", "ARRAY['-1.5'::float8, '2'::float8]"),
        ("'{-1.5,2.25,100000}'::numeric[]", "ARRAY['-1.5'::numeric, 2.25, '100000'::numeric]"),
        ("'{t,f}'::boolean[]", "ARRAY[true, false]"),
        ("'{1}'::oid[]", "ARRAY['1'::oid]"),
        ("'{1999-01-01,2026-01-01}'::date[]", "ARRAY['1999-01-01'::date, '2026-01-01'::date]"),
        ("'{10:00}'::time[]", "ARRAY['10:00'::time]"),
        ("'{1999-01-01}'::timestamp[]", "ARRAY['1999-01-01'::timestamp]"),
        ("'{10.0.0.1}'::inet[]", "ARRAY['10.0.0.1'::inet]"),
        ("'{\"{}\"}'::jsonb[]", "ARRAY['{}'::jsonb]"),
        (
            "'{5f0c5c9e-6f0f-4a5c-8f43-1d2a3b4c5d6e,ffffffff-ffff-ffff-ffff-ffffffffffff}'::uuid[]",
            "ARRAY['5f0c5c9e-6f0f-4a5c-8f43-1d2a3b4c5d6e'::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid]",
        ),
        ("'{sad,ok}'::mood[]", "ARRAY['sad'::mood, 'ok'::mood]"),
        ("current_user = any ('{a,b}')", "current_user in ('a', 'b')"),
        ("current_schema <> all ('{a,b}')", "current_schema not in ('b', 'a')"),
        ("not (current_user = any ('{a,b}'))", "current_user <> all ('{a,b}')"),
        ("not (current_user < all ('{a,b}'))", "current_user >= any ('{a,b}')"),
    ];
    for (one, other) in same {
        let (one, other) = (question(Scope::Nothing, one), question(Scope::Nothing, other));
        let verdict = decide(&mut session, &one, &other).await;
        assert!(matches!(verdict, Verdict::Equivalent(_)), "{one:?} {other:?}: {verdict:?}");
    }
    let different = [
        ("'{}'::text[]", "ARRAY[]::varchar[]"),
        ("'{}'::text[]", "ARRAY['']"),
        ("'{a}'::text[]", "ARRAY['b']"),
        ("'{a,b}'::text[]", "ARRAY['b', 'a']"),
        ("'{a,b}'::text[]", "ARRAY['a']"),
        ("'{{a},{b}}'::text[]", "ARRAY['a', 'b']"),
        ("'[0:1]={a,b}'::text[]", "ARRAY['a', 'b']"),
        ("'{-1}'::int[]", "ARRAY[255]"),
        ("'{sad}'::mood[]", "ARRAY['ok'::mood]"),
        ("'{NULL}'::text[]", "ARRAY['NULL']"),
        ("not (current_user = any ('{a,b}'))", "current_user <> any ('{a,b}')"),
        ("not (current_user = any ('{a,b}'))", "current_user = all ('{a,b}')"),
    ];
    for (one, other) in different {
        let (one, other) = (question(Scope::Nothing, one), question(Scope::Nothing, other));
        let verdict = decide(&mut session, &one, &other).await;
        assert!(matches!(verdict, Verdict::Different(_)), "{one:?} {other:?}: {verdict:?}");
    }
    Ok(())
}
