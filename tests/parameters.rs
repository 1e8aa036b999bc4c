//! Values of parameters and options: which spellings of one mean the same, as the server says.
#![cfg(unix)]

mod common;

use common::{CHECK, Outcome};
use schemavet::check::Report;
use schemavet::finding::Level;

async fn compared(database: &str, spec: &str) -> Outcome<Report> {
    common::validate(&common::spec(spec)?, database, CHECK).await
}

/// A number without a unit counts what its parameter counts, as `pg_settings` says of each that a session may set.
#[tokio::test]
async fn a_parameter_has_a_unit() -> Outcome {
    let database = common::database(
        "do $$ declare p record; begin
           for p in select name, least(greatest(128, min_val::numeric), max_val::numeric)::int as value from pg_settings
                     where context in ('user', 'superuser') and unit is not null loop
             execute format('create function %I() returns void language sql set %I = %s as %L',
                            p.name, p.name, p.value, '');
           end loop; end $$",
    )
    .await?;
    let said = common::rows(
        &database,
        "select name, case unit when '8kB' then least(greatest(128, min_val::numeric), max_val::numeric)::int * 8 || 'kB'
                                else least(greatest(128, min_val::numeric), max_val::numeric)::int || unit end
           from pg_settings where context in ('user', 'superuser') and unit is not null",
    )
    .await?;
    assert!(said.len() > 20);
    let functions = said
        .iter()
        .map(|said| format!("{}(): {{settings: {{{}: {}}}}}", said[0], said[0], said[1]));
    let functions = functions.collect::<Vec<_>>().join(", ");
    let spec = format!("spec: 1\nschemas: {{public: {{functions: {{{functions}}}}}}}");
    let report = compared(&database, &spec).await?;
    assert_eq!(report.outcome().exit_code(), 0, "{}", common::details(&report));
    let wrong = compared(&database, &spec.replace("128", "129")).await?;
    assert!(wrong.findings.len() > 20, "{}", common::details(&wrong));
    Ok(())
}

/// A parameter that is a text has one spelling, one that PostgreSQL looks up has several.
#[tokio::test]
async fn a_parameter_is_a_text_or_none() -> Outcome {
    let database = common::database(
        "do $$ declare p record; begin
           for p in select name from pg_settings where context in ('user', 'superuser') and vartype = 'string'
                       and name not in ('DateStyle', 'TimeZone', 'client_encoding') loop
             begin
               execute format('create function %I() returns void language sql set %I = %L as %L', p.name, p.name, '1', '');
             exception when others then null; end;
           end loop; end $$;
         create function words() returns void language sql
           set TimeZone = 'utc' set DateStyle = 'iso' set log_statement = 'DDL' as ''",
    )
    .await?;
    let made = common::rows(
        &database,
        "select proname::text from pg_proc where proname <> 'words' and prolang = 14
        and pronamespace = 'public'::regnamespace",
    )
    .await?;
    assert!(made.len() > 5);
    let functions =
        made.iter().map(|made| format!("{}(): {{settings: {{{}: '1.0'}}}}", made[0], made[0]));
    let functions = functions.collect::<Vec<_>>().join(", ");
    let words = "words(): {settings: {timezone: UTC, datestyle: ISO, log_statement: ddl}}";
    let spec = format!("spec: 1\nschemas: {{public: {{functions: {{{functions}, {words}}}}}}}");
    let report = compared(&database, &spec).await?;
    assert_eq!(report.count(Level::Error), made.len(), "{}", common::details(&report));
    Ok(())
}

/// What others read is a text: a comment, a label, an option of a wrapper. None of those of views' columns is a password.
#[tokio::test]
async fn a_text_has_one_spelling() -> Outcome {
    let sql = "create view v as select 1 as token, 2 as b;
        comment on column v.token is 'x'; comment on column v.b is 'on';
        create foreign data wrapper w; create server s foreign data wrapper w options (mode 'yes')";
    for (comments, mode, drift) in [
        ("{token: x, b: 'on'}", "yes", 0),
        ("{token: y, b: 'on'}", "yes", 1),
        ("{token: x, b: 'true'}", "yes", 1),
        ("{token: x, b: 'on'}", "on", 1),
    ] {
        let database = common::database(sql).await?;
        let spec = format!(
            "spec: 1\nschemas: {{public: {{views: {{v: {{column_comments: {comments}}}}}}}}}
servers: {{s: {{options: {{mode: '{mode}'}}}}}}"
        );
        let report = compared(&database, &spec).await?;
        assert_eq!(report.findings.len(), drift, "{}", common::details(&report));
    }
    Ok(())
}
