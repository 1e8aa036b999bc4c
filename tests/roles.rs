//! Who reads, what they may see, and what nobody shall see: ordinary roles, passwords, the roles of the server.
#![cfg(unix)]

mod common;

use common::{CHECK, Outcome, STRICT};
use schemavet::check::{self, Report};
use schemavet::equivalence::Equivalence;
use schemavet::finding::Change;
use schemavet::model::Object;
use schemavet::source::connection::{Connection, Settings};
use schemavet::source::{self, Reading, ServerAnalysis};
use schemavet::spec::Spec;

/// What a role reads, as it would by logging in.
async fn read_as(role: &str, database: &str) -> Outcome<Reading> {
    // Not by a statement: a second session would know nothing of it.
    let conninfo = format!("{} options='-c role={role}'", common::conninfo(database));
    let settings = Settings::parse(&conninfo, &|_| None)?;
    Ok(source::read(&Connection::open(&settings).await?).await?)
}

async fn held_against(spec: &Spec, reading: &Reading) -> Report {
    common::validate_by_text(spec, reading, STRICT).await
}

/// Every place that takes options has a password in it.
#[tokio::test]
async fn passwords_never_show() -> Outcome {
    let password = "hunter2";
    let sql = format!(
        "create role secretive login password '{password}';
         create foreign data wrapper w options (token '{password}');
         create server s foreign data wrapper w options (host 'h', \"sslPassword\" '{password}');
         create user mapping for public server s options (user 'me', password '{password}');
         create user mapping for postgres server s options (uri 'mongodb://me:{password}@h/db');
         create foreign table t (a integer options (api_key '{password}')) server s options (conn 'a=b;Pwd={password}');
         create function f() returns integer language sql set app.jwt_secret = '{password}' as 'select 1';
         create subscription s connection 'host=h password={password}' publication p with (connect = false);
         do $$ begin
             execute format('alter database %I set app.password = {password}', current_database());
             execute format('alter role secretive in database %I set app.password = {password}', current_database());
             alter role secretive set app.token = '{password}';
         end $$"
    );
    let database = common::database(&sql).await?;
    let reading = common::read(&database).await?;
    let text = common::write_all(&reading)?;
    assert!(!text.contains(password), "{text}");
    assert!(!format!("{reading:?}").contains(password));
    for place in [
        "token",
        "sslPassword",
        "password",
        "uri",
        "api_key",
        "conn",
        "app.jwt_secret",
        "app.password",
    ] {
        assert!(text.contains(&format!("{place}: (hidden)")), "{place} in {text}");
    }
    assert!(text.contains("user: me") && text.contains("host: h"), "{text}");

    // One that a spec holds is no other, and does not show either.
    let spec = text
        .replace("uri: (hidden)", "uri: x://a:sesame@c")
        .replace("conn: (hidden)", "conn: pwd=sesame");
    let spec = spec.replace("(hidden)", "sesame").replace("host: h", "host: elsewhere");
    let report = held_against(&common::spec(&spec)?, &reading).await;
    assert_eq!(common::names(&report), ["server.options s"]);
    let shown = common::details(&report);
    assert!(shown.contains("elsewhere") && !shown.contains("sesame"), "{shown}");
    Ok(())
}

/// A role without any right reads the same, but for the options of user mappings, which it says.
#[tokio::test]
async fn an_ordinary_role_reads_all_but_user_mappings() -> Outcome {
    let database = common::database(&common::zoo()).await?;
    common::execute(&database, "create role ordinary").await?;
    let spec = common::spec(&common::snapshot(&database).await?)?;
    let reading = read_as("ordinary", &database).await?;
    let unknown: Vec<String> = held_against(&spec, &reading)
        .await
        .findings
        .iter()
        .map(|finding| format!("{} {}", finding.change.word(), common::name(finding)))
        .collect();
    assert_eq!(
        unknown,
        [
            "unknown user_mapping.options zoo_server.Zoo Visitor's",
            "unknown user_mapping.options zoo_server.public",
        ]
    );
    // What it did not see is not in its snapshot, and so is no drift for those who see it.
    let own = common::spec(&common::write(&reading)?)?;
    let report = held_against(&own, &common::read(&database).await?).await;
    assert_eq!(common::details(&report), "");
    Ok(())
}

/// Roles are of the server: strictness does not speak of them, a snapshot leaves them out.
#[tokio::test]
async fn roles_are_compared_where_a_spec_writes_them() -> Outcome {
    let sql = "create role crew; create role chief login in role crew; grant crew to chief with admin option;
               alter role chief valid until '2031-01-01 02:00+02' connection limit 3";
    let database = common::database(sql).await?;
    let reading = common::read(&database).await?;
    for silent in ["spec: 1\nstrict: true\n", &common::write(&reading)?] {
        let report = common::validate_by_text(&common::spec(silent)?, &reading, CHECK).await;
        assert_eq!(common::details(&report), "", "{silent}");
        assert_eq!(report.tallies.get("role"), None, "{silent}");
    }
    let said = "spec: 1\nstrict: true\nroles:\n  '*': any\n  crew: {}\n  nobody_there: absent\n  chief:\n    login: true\n    \
                member_of: {crew: [admin]}\n    valid_until: 2031-01-01\n    connection_limit: 3\n";
    let report = common::validate_by_text(&common::spec(said)?, &reading, CHECK).await;
    assert_eq!(common::details(&report), "");
    let wrong = said.replace("{crew: [admin]}", "[crew]").replace("-01-01\n", "-01-02\n");
    let wrong = wrong.replace("crew: {}", "crew: {login: true}\n  gone: {}");
    let report = common::validate_by_text(&common::spec(&wrong)?, &reading, CHECK).await;
    assert_eq!(
        common::names(&report),
        ["role.login crew", "role.missing gone", "role.valid_until chief", "role.member_of chief"]
    );
    // A membership keeps what it was granted with (16).
    common::execute(&database, "alter role chief noinherit").await?;
    let reading = common::read(&database).await?;
    let report = common::validate_by_text(&common::spec(said)?, &reading, CHECK).await;
    assert_eq!(common::names(&report), ["role.inherit chief"]);
    Ok(())
}

/// PostgreSQL's own roles are no business of a spec, until somebody makes them members.
#[tokio::test]
async fn a_predefined_role_is_read_once_it_was_made_a_member() -> Outcome {
    let database = common::database("create role club; create role guest").await?;
    let before = common::read(&database).await?;
    let text = common::write_all(&before)?;
    assert!(!text.contains("  pg_monitor:"), "{text}");
    common::execute(&database, "grant club to pg_monitor; grant pg_monitor to guest").await?;
    let report = held_against(&common::spec(&text)?, &common::read(&database).await?).await;
    let found = common::names(&report);
    for expected in ["role.member_of guest", "role.unexpected pg_monitor"] {
        assert!(found.iter().any(|found| found == expected), "{expected} in {found:?}");
    }
    Ok(())
}

/// A stored snapshot without roles cannot say that one is missing.
#[tokio::test]
async fn a_snapshot_without_roles_tells_nothing_of_them() -> Outcome {
    let spec = common::spec("spec: 1\nroles: {crew: {}}\n")?;
    let reading = common::stored_reading("spec: 1\n");
    let checked = schemavet::check::check(&spec, &reading, CHECK, async |_| Ok(())).await;
    let error = checked.expect_err("no roles");
    assert!(error.help.expect("help").contains("--roles"));
    let reading = common::stored_reading("spec: 1\nroles: {crew: {}}\n");
    let report = held_against(&spec, &reading).await;
    assert_eq!(common::details(&report), "");
    Ok(())
}

/// Attributes of the database stand at the top. Those of the server hold only where they are written.
#[tokio::test]
async fn a_database_has_attributes_of_its_own() -> Outcome {
    let database = common::empty().await?;
    let set = format!(
        "alter database {database} set work_mem = '8MB'; alter database {database} connection limit 7;
         comment on database {database} is 'x'; revoke connect on database {database} from public"
    );
    common::execute(&database, &set).await?;
    let reading = common::read(&database).await?;
    let snapshot = common::write(&reading)?;
    assert_eq!(
        snapshot.lines().take_while(|line| !line.starts_with("extensions")).collect::<Vec<_>>(),
        ["spec: 1", "name: test", "strict: true", "settings:", "  work_mem: 8MB"]
    );
    let report = held_against(&common::spec("spec: 1\n")?, &reading).await;
    assert_eq!(common::names(&report), ["database.settings "]);
    for (owner, found) in
        [("postgres", &[][..]), ("nobody", &["database.owner ", "schema.owner public"])]
    {
        let said = format!("spec: 1\nowner: {owner}\nschemas: {{public: {{owner: {owner}}}}}\n");
        let report = common::validate_by_text(&common::spec(&said)?, &reading, CHECK).await;
        assert_eq!(common::names(&report), found, "{owner}");
    }
    let said = "spec: 1\nencoding: SQL_ASCII\nconnection_limit: -1\ncomment: x\ngrants: {public: [-connect]}\nsettings: {work_mem: 8MB}\n";
    let report = common::validate_by_text(&common::spec(said)?, &reading, CHECK).await;
    assert_eq!(common::names(&report), ["database.encoding ", "database.connection_limit "]);
    assert_eq!(report.findings[0].location.as_ref().map(|place| place.line), Some(2));
    assert!(schemavet::model::rule_exists("database.settings"));
    assert!(!schemavet::model::rule_exists("database.missing"));
    assert_eq!(schemavet::model::Database::KIND, "database");
    Ok(())
}

#[tokio::test]
async fn who_granted_a_privilege_counts_where_a_spec_says_it() -> Outcome {
    let database = common::database(
        "create role \"The boss\"; create role clerk; create table t (a integer);
         grant select on t to \"The boss\" with grant option;
         set role \"The boss\"; grant select on t to clerk; reset role",
    )
    .await?;
    let reading = common::read(&database).await?;
    let text = common::write_all(&reading)?;
    for (clerk, expected) in [
        ("[select]", None),
        ("[select by The boss]", None),
        ("[select by postgres]", Some("`select` was granted to clerk by The boss")),
        ("[select by The boss, select by postgres]", Some("granted to clerk by The boss")),
    ] {
        let spec = text.replace("clerk: [select]", &format!("clerk: {clerk}"));
        assert_eq!(spec == text, clerk == "[select]", "{text}");
        let report = held_against(&common::spec(&spec)?, &reading).await;
        let shown = common::details(&report);
        match expected {
            None => assert!(report.findings.is_empty(), "{shown}"),
            Some(words) => {
                assert_eq!(common::names(&report), ["table.grants public.t"]);
                assert!(format!("{:?}", report.findings).contains(words), "{shown}");
            }
        }
    }
    Ok(())
}

/// What was granted as `all` is that still on a newer server, where there is more of it.
#[tokio::test]
async fn all_privileges_are_what_the_server_has() -> Outcome {
    let database = common::database(
        "create role trusted; create role cast_out;
         create table t (a integer); create sequence s; create function f() returns integer language sql as 'select 1';
         grant all on t to trusted with grant option; grant all (a) on t to public; alter table t owner to cast_out;
         revoke all on t from cast_out; grant all on sequence s to trusted; grant all on function f() to trusted;
         alter default privileges for role postgres grant all on tables to trusted",
    )
    .await?;
    let reading = common::read(&database).await?;
    let text = common::write_all(&reading)?;
    let granted = ["trusted: [all with grant option]", "cast_out: [-all]", "public: [all]"];
    let granted = granted.into_iter().chain(["trusted: [all]", "trusted: [execute]"]);
    for words in granted {
        assert!(text.contains(words), "{words} in {text}");
    }
    let old = "select, insert, update, delete, truncate, references, trigger";
    let since_17 = |found: &'static str, before: &'static str| {
        if common::cluster().version() < 170_000 { before } else { found }
    };
    let grants = "table.grants public.t";
    for (words, instead, found) in [
        ("trusted: [execute]", "trusted: [all]", ""),
        ("public: [all]", "public: [ALL PRIVILEGES]", ""),
        ("public: [all]", "public: [select, insert, update, references]", ""),
        ("public: [all]", "public: [select, insert, update]", "column.grants public.t.a"),
        ("cast_out: [-all]", "cast_out: [-all, -select]", ""),
        ("cast_out: [-all]", "cast_out: [all]", grants),
        ("with grant option]", "with grant option by cast_out]", ""),
        ("[all with grant option]", "[all]", grants),
        ("[all with grant option]", &each(old), since_17(grants, "")),
        // An older server cannot have it: that is unknown, and no drift.
        ("[all with grant option]", &each(&format!("{old}, maintain")), since_17("", grants)),
    ] {
        let spec = text.replacen(words, instead, 1);
        assert_ne!(spec, text, "{words}");
        let report = held_against(&common::spec(&spec)?, &reading).await;
        assert_eq!(common::names(&report).join("\n"), found, "{instead}");
        let unknown =
            matches!(report.findings.first().map(|it| &it.change), Some(Change::Unknown { .. }));
        assert_eq!(unknown, instead.contains("maintain") && !found.is_empty(), "{instead}");
    }
    Ok(())
}

/// What a database allows its sessions bounds no run, which has bounds of its own.
#[tokio::test]
async fn a_run_has_its_own_limits() -> Outcome {
    let database =
        common::database("create table t (a int); create view v as select a from t").await?;
    let text = common::write(&common::read(&database).await?)?;
    let spec = common::spec(&text)?;
    let limits = [
        "statement_timeout",
        "lock_timeout",
        "idle_in_transaction_session_timeout",
        "transaction_timeout",
    ];
    let known = if common::read(&database).await?.version < 170_000 { 3 } else { 4 };
    let admin = common::connect("postgres").await?;
    for limit in &limits[..known] {
        let set = format!("alter database {database} set {limit} = '20ms'");
        admin.client.batch_execute(&set).await?;
    }
    let report = common::validate(&spec, &database, STRICT).await?;
    assert_eq!(common::names(&report), ["database.settings "]);
    Ok(())
}

/// Privileges that can be granted on, as a list.
fn each(privileges: &str) -> String {
    format!("[{} with grant option]", privileges.replace(',', " with grant option,"))
}

/// What a time without a zone means depends on the database, not on who asks.
#[tokio::test]
async fn the_time_zone_of_the_role_that_asks_does_not_count() -> Outcome {
    let sql = "create table t (at timestamptz default '2020-01-01', check (at > '2019-12-31'));
        create role tokyo login; create role everywhere login; alter role everywhere set timezone = 'Asia/Tokyo'";
    let database = common::database(sql).await?;
    let role = format!("alter role tokyo in database {database} set timezone = 'Asia/Tokyo'");
    common::execute(&database, &role).await?;
    let columns = "{at: timestamptz default '2020-01-01'}, checks: [at > '2019-12-31']";
    let spec = format!("spec: 1\nschemas: {{public: {{tables: {{t: {{columns: {columns}}}}}}}}}\n");
    let (spec, later) =
        (common::spec(&spec)?, common::spec(&spec.replace("'2020-01-01'", "'2020-01-01 09:00'"))?);
    for role in ["postgres", "tokyo", "everywhere"] {
        for (spec, expected) in [(&spec, &[""; 0][..]), (&later, &["column.default public.t.at"])] {
            let conninfo =
                common::conninfo(&database).replace("user=postgres", &format!("user={role}"));
            let mut connection = Connection::open(&Settings::parse(&conninfo, &|_| None)?).await?;
            let reading = source::read(&connection).await?;
            let settle = async |equivalence: &mut Equivalence| {
                equivalence.settle(&mut ServerAnalysis::new(&mut connection)).await;
                Ok(())
            };
            let report = check::check(spec, &reading, CHECK, settle).await?;
            assert_eq!(common::names(&report), expected, "{role}");
        }
    }
    Ok(())
}
