//! Two databases compared: nothing differs from itself, and what differs does so from either side.
#![cfg(unix)]
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

mod common;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Output;

use common::{Outcome, STRICT};
use schemavet::check::Report;
use schemavet::finding::{Change, Level};
use schemavet::source::Reading;
use schemavet::source::script::{self, Script};
use schemavet::spec::{Platform, Spec};

fn expected(reading: &Reading) -> Spec {
    let platform = Platform::of(&reading.database);
    Spec::of(reading.database.clone(), platform, reading.place.clone())
}

#[tokio::test]
async fn nothing_differs_from_itself() -> Outcome {
    for (name, database) in common::databases().await? {
        let live = common::read(&database).await?;
        let text = common::snapshot(&database).await?;
        let (snapshot, stored) = (common::spec(&text)?, common::stored_reading(&text));
        assert_eq!(snapshot.vague(), None, "{name}: a snapshot is whole");
        for (how, spec, reading) in [
            ("live, live", &expected(&live), &live),
            ("live, stored", &expected(&live), &stored),
            ("stored, live", &snapshot, &live),
            ("stored, stored", &snapshot, &stored),
        ] {
            let report = common::validate_by_text(spec, reading, STRICT).await;
            assert_eq!(common::details(&report), "", "{name}: {how}");
            let tallies = report.tallies.values();
            assert!(tallies.clone().any(|tally| tally.matched > 0), "{name}: {how}");
            let silent = report.tallies.iter().filter(|(_, tally)| tally.no_opinion > 0);
            let silent: Vec<&str> = silent.map(|(kind, _)| *kind).collect();
            assert!(silent.iter().all(|kind| *kind == "role"), "{name}: {how}: {silent:?}");
        }
    }
    Ok(())
}

#[tokio::test]
async fn what_every_new_database_has_may_be_dropped() -> Outcome {
    let usual = common::database("").await?;
    let bare = common::database("drop schema public; drop extension plpgsql").await?;
    for (from, to, in_a_snapshot, live) in
        [(&usual, &bare, "missing", "missing"), (&bare, &usual, "forbidden", "unexpected")]
    {
        let found =
            |aspect| [format!("extension.{aspect} plpgsql"), format!("schema.{aspect} public")];
        let snapshot = common::spec(&common::snapshot(from).await?)?;
        let report = common::validate(&snapshot, to, STRICT).await?;
        assert_eq!(common::names(&report), found(in_a_snapshot));
        let database = expected(&common::read(from).await?);
        let report = common::validate(&database, to, STRICT).await?;
        assert_eq!(common::names(&report), found(live));
        let itself = common::validate(&snapshot, from, STRICT).await?;
        assert_eq!(common::details(&itself), "");
        assert_eq!(snapshot.vague(), None);
    }
    // A person need not say it.
    let nothing = common::spec("spec: 1\nstrict: true\nschemas: {}\nextensions: {}")?;
    for database in [&usual, &bare] {
        let report = common::validate(&nothing, database, STRICT).await?;
        assert_eq!(common::details(&report), "");
    }
    Ok(())
}

#[tokio::test]
async fn a_default_is_no_other_one_for_its_column_s_other_type() -> Outcome {
    let state = "create type state as enum ('a', 'b');";
    let one = common::database(&format!(
        "{state} create table t (json json default '{{}}', state state default 'a',
                                 list text[] default '{{}}', other json default '{{}}')"
    ))
    .await?;
    let other = common::database(&format!(
        "{state} create table t (json jsonb default '{{}}', state text default 'a',
                                 list varchar(3)[] default '{{}}', other jsonb default '[]')"
    ))
    .await?;
    let types =
        ["json", "state", "list", "other"].map(|name| format!("column.type public.t.{name}"));
    for (from, to) in [(&one, &other), (&other, &one)] {
        let snapshot = common::spec(&common::snapshot(from).await?)?;
        for spec in [expected(&common::read(from).await?), snapshot] {
            let mut found = common::names(&common::validate(&spec, to, STRICT).await?);
            let others = found.extract_if(.., |name| name.starts_with("column.default"));
            assert_eq!(others.collect::<Vec<_>>(), ["column.default public.t.other"]);
            assert_eq!(found, types);
        }
    }
    Ok(())
}

/// What was found, as it must look from the other side too.
fn either_way(report: &Report, mirrored: bool) -> BTreeSet<(String, String, String)> {
    let findings = report.findings.iter().filter(|finding| finding.level > Level::Info);
    findings
        .map(|finding| {
            let (mut aspect, mut sides) = (
                finding.rule.to_string(),
                [finding.change.expected(), finding.change.actual()].map(Option::unwrap_or_default),
            );
            if mirrored {
                sides.reverse();
                let swap = [("missing", "unexpected"), ("unexpected", "missing")];
                if let Some((_, other)) = swap.iter().find(|(one, _)| *one == finding.rule.aspect) {
                    aspect = format!("{}.{other}", finding.rule.kind);
                }
            }
            // Whose server is asked decides how a text that means nothing is called.
            let sides = match finding.change {
                Change::Invalid { .. } => String::new(),
                _ => sides.join(" | "),
            };
            (aspect, finding.path.to_string(), sides)
        })
        .collect()
}

fn drifts(fixture: &Path) -> Vec<PathBuf> {
    let files = std::fs::read_dir(fixture.join("drift")).into_iter().flatten();
    let files = files.map(|file| file.expect("a file").path());
    files.filter(|file| file.extension().is_some_and(|extension| extension == "sql")).collect()
}

#[tokio::test]
async fn what_differs_does_so_from_either_side() -> Outcome {
    let mut tried = 0;
    for name in ["multischema", "pixcrawler"] {
        let fixture = common::root().join("fixtures").join(name);
        let drifts = drifts(&fixture);
        let template = common::database_of(&fixture).await?;
        let clean = expected(&common::read(&template).await?);
        for drift in drifts {
            let database = common::copy(&template).await?;
            script::apply(&common::connect(&database).await?, &Script::read(&drift)?).await?;
            let drifted = expected(&common::read(&database).await?);
            let there = common::validate(&clean, &database, STRICT).await?;
            let back = common::validate(&drifted, &template, STRICT).await?;
            let (there, back) = (either_way(&there, false), either_way(&back, true));
            assert_eq!(there, back, "{}", drift.display());
            assert!(!there.is_empty(), "{}", drift.display());
            tried += 1;
        }
    }
    assert!(tried > 20, "{tried}");
    Ok(())
}

/// The sequence of a `serial` column is said with the column; another one that the column owns is not.
#[tokio::test]
async fn a_sequence_is_said_with_the_column_that_draws_from_it() -> Outcome {
    let written = common::spec(
        "spec: 1\nstrict: true\nschemas: {public: {tables: {t: {columns: {id: serial}}}}}\n",
    )?;
    let base = common::database("create table t (id serial)").await?;
    let clean = expected(&common::read(&base).await?);
    for (sql, of_the_written, there, back) in [
        ("create table t (id serial)", "", "", ""),
        (
            "create table t (id serial); create sequence extra owned by t.id",
            "sequence.unexpected public.extra",
            "sequence.unexpected public.extra",
            "sequence.missing public.extra",
        ),
        (
            "create sequence extra; create table t (id serial); alter sequence extra owned by t.id",
            "sequence.unexpected public.extra",
            "sequence.unexpected public.extra",
            "sequence.missing public.extra",
        ),
        (
            "create table t (id serial); alter sequence t_id_seq rename to \"it's\"",
            "",
            "sequence.missing public.t_id_seq\nsequence.unexpected public.it's",
            "sequence.missing public.it's\nsequence.unexpected public.t_id_seq",
        ),
        (
            "create table t (id serial); alter table t alter id set default nextval('t_id_seq') * 10",
            "sequence.unexpected public.t_id_seq\ncolumn.default public.t.id",
            "column.default public.t.id",
            "column.default public.t.id",
        ),
        (
            "create table t (id serial); create sequence extra owned by t.id;
             alter table t alter id set default nextval('extra')",
            "sequence.unexpected public.t_id_seq",
            "sequence.unexpected public.extra\ncolumn.default public.t.id",
            "sequence.missing public.extra\ncolumn.default public.t.id",
        ),
        (
            "create table t (id serial); alter table t alter id drop default; drop sequence t_id_seq",
            "column.default public.t.id",
            "column.default public.t.id",
            "column.default public.t.id",
        ),
        (
            "create table t (id serial); create table u (id serial); comment on sequence u_id_seq is 'of u'",
            "table.unexpected public.u",
            "table.unexpected public.u",
            "table.missing public.u",
        ),
        (
            "create table t (id serial, no serial); comment on sequence t_no_seq is 'of t'",
            "column.unexpected public.t.no",
            "column.unexpected public.t.no",
            "column.missing public.t.no",
        ),
        (
            "create table t (id serial); alter sequence t_id_seq owned by none",
            "sequence.unexpected public.t_id_seq\ncolumn.default public.t.id",
            "sequence.owned_by public.t_id_seq",
            "sequence.owned_by public.t_id_seq",
        ),
    ] {
        let other = common::database(sql).await?;
        let drifted = expected(&common::read(&other).await?);
        for (how, spec, database, found) in [
            ("the written", &written, &other, of_the_written),
            ("there", &clean, &other, there),
            ("back", &drifted, &base, back),
        ] {
            let report = common::validate(spec, database, STRICT).await?;
            assert_eq!(common::names(&report).join("\n"), found, "{how}: {sql}");
            let stored = common::snapshot(database).await?;
            let report = common::validate_offline(spec, &stored, STRICT).await?;
            assert_eq!(common::names(&report).join("\n"), found, "{how}, stored: {sql}");
        }
    }
    Ok(())
}

/// A table that was made like that of another schema draws from the sequence there: it has none of its own.
#[tokio::test]
async fn a_sequence_of_another_schema_is_not_its_own() -> Outcome {
    let made = "create table t (id serial); create schema s; create table s.t";
    let own = format!("{made} (id serial)");
    let gone = "column.default s.t.id";
    // From 18 on, the not-null constraint that `serial` brings is an object of its own, and inherited, too.
    let constraint = "column.not_null_constraint s.t.id\n";
    let is_told = common::cluster().version() >= 180_000;
    let both = format!(
        "{}column.default s.t.id\ncolumn.merged s.t.id",
        if is_told { constraint } else { "" }
    );
    for (one, other, there, back) in [
        (&own, &format!("{made} (like t including all)"), gone, gone),
        (
            &own,
            &format!("{own}; alter table s.t alter id set default nextval('public.t_id_seq')"),
            gone,
            gone,
        ),
        (
            &format!("{made} (id serial) inherits (t)"),
            &format!("{made} () inherits (t)"),
            &both,
            &both,
        ),
    ] {
        let (one, other) = (common::database(one).await?, common::database(other).await?);
        for (expects, has, found) in [(&one, &other, there), (&other, &one, back)] {
            let spec = expected(&common::read(expects).await?);
            let report = common::validate(&spec, has, STRICT).await?;
            assert_eq!(common::names(&report).join("\n"), found);
            let stored = common::snapshot(has).await?;
            let report = common::validate_offline(&spec, &stored, STRICT).await?;
            assert_eq!(common::names(&report).join("\n"), found, "stored");
        }
    }
    Ok(())
}

/// A spec that stands for a database has the sequences of its `serial` columns, though it need not write them.
#[tokio::test]
async fn a_serial_column_brings_its_sequence() -> Outcome {
    let sql = "create sequence u_n_seq; create table t (id serial); create table u (\"Id\" smallserial, n bigserial);
        create table v (x numeric not null default 0); create sequence v_x_seq owned by v.x;
        alter table v alter x set default nextval('v_x_seq')";
    let fresh = common::snapshot(&common::database(sql).await?).await?;
    let columns = "{t: {columns: {id: serial}}, u: {columns: {Id: smallserial, n: bigserial}},
        v: {columns: {x: numeric not null default serial}}}";
    let by_hand = format!(
        "spec: 1\nstrict: true\nschemas: {{public: {{tables: {columns}, sequences: {{u_n_seq: as bigint}}}}}}\n\
         extensions: {{plpgsql: {{version: \"1.0\", schema: pg_catalog, comment: PL/pgSQL procedural language}}}}\n"
    );
    for (one, other) in [(&fresh, &by_hand), (&by_hand, &fresh), (&by_hand, &by_hand)] {
        let report = common::validate_offline(&common::spec(one)?, other, STRICT).await?;
        assert_eq!(common::details(&report), "");
    }
    let step = fresh.replace("u_n_seq1:", "u_n_seq1: increment 2");
    assert_ne!(step, fresh);
    let report = common::validate_offline(&common::spec(&step)?, &by_hand, STRICT).await?;
    assert_eq!(common::names(&report), ["sequence.increment public.u_n_seq1"]);
    Ok(())
}

/// What every new database has is in a stored one, too, unless that says otherwise; an extension may be there by its name.
#[tokio::test]
async fn what_needs_no_word_is_stored_without_one() -> Outcome {
    let fresh = common::snapshot(&common::empty().await?).await?;
    let found = async |one: &str, other: &str| -> Outcome<String> {
        let report = common::validate_offline(&common::spec(one)?, other, STRICT).await?;
        Ok(common::names(&report).join("\n"))
    };
    let by_hand = "spec: 1\nstrict: true\n";
    assert_eq!(found(&fresh, by_hand).await?, "");
    assert_eq!(found(by_hand, &fresh).await?, "");
    let without =
        format!("{by_hand}extensions: {{plpgsql: absent}}\nschemas: {{public: absent}}\n");
    assert_eq!(found(&fresh, &without).await?, "extension.missing plpgsql\nschema.missing public");
    let more = fresh.replace("extensions:\n", "extensions:\n  citext: {schema: public}\n");
    assert_eq!(found(&more, by_hand).await?, "extension.missing citext");
    let named = format!("{by_hand}extensions: {{citext: , plpgsql: }}\n");
    assert_eq!(found("spec: 1\nextensions: {citext: , plpgsql: }\n", &named).await?, "");
    assert!(!found(&more, &named).await?.contains("missing"));
    Ok(())
}

/// Made anew, the schema `public` is no longer one that everybody may use.
#[tokio::test]
async fn the_schema_public_can_be_another_one() -> Outcome {
    let usual = if common::cluster().version() < 150_000 { "all" } else { "usage" };
    let anew = "drop schema public; create schema public;".to_owned();
    let as_before = format!("{anew} grant {usual} on schema public to public");
    for (one, other, there, back) in [
        ("", &*anew, "schema.grants public", "schema.grants public"),
        ("", &*as_before, "", ""),
        ("", "alter schema public owner to current_user", "", ""),
        ("drop schema public", &*anew, "schema.unexpected public", "schema.missing public"),
    ] {
        let (one, other) = (common::database(one).await?, common::database(other).await?);
        for (expects, has, found) in [(&one, &other, there), (&other, &one, back)] {
            let spec = expected(&common::read(expects).await?);
            let report = common::validate(&spec, has, STRICT).await?;
            assert_eq!(common::names(&report).join("\n"), found);
        }
    }
    Ok(())
}

/// Whose constraint came second has a number behind its name (PostgreSQL 18), also where both names were cut.
#[tokio::test]
async fn names_that_were_taken_are_as_usual() -> Outcome {
    let both = |one: &str, other: &str| [format!("{one};{other}"), format!("{other};{one}")];
    let table = "create table a (b_c integer not null)";
    let long =
        "create table pretixbase_scheduledeventexport (mail_additional_recipients text not null,
        mail_additional_recipients_cc text not null)";
    let anew = "alter table pretixbase_scheduledeventexport
        alter mail_additional_recipients drop not null, alter mail_additional_recipients set not null";
    for [one, other] in [
        both(table, "create table a_b (c integer not null)"),
        both(table, "create domain a_b_c as integer not null"),
        [long.to_owned(), format!("{long}; {anew}")],
    ] {
        let (one, other) = (common::database(&one).await?, common::database(&other).await?);
        for (expects, has) in [(&one, &other), (&other, &one)] {
            let text = common::snapshot(expects).await?;
            assert!(!text.contains("_not_null"), "{text}");
            let report = common::validate(&common::spec(&text)?, has, STRICT).await?;
            assert_eq!(common::details(&report), "");
        }
    }
    // A name of one's own stays one, however long those of table and column are.
    let own = |name| long.replacen("not null", &format!("constraint {name} not null"), 1);
    let one = common::database(&own("x_not_null1")).await?;
    let other = common::database(&own("x_not_null2")).await?;
    let spec = common::spec(&common::snapshot(&one).await?)?;
    let told = common::names(&common::validate(&spec, &other, STRICT).await?);
    assert_eq!(told.is_empty(), common::cluster().version() < 180_000, "{told:?}");
    Ok(())
}

/// PostgreSQL 16 gives locales of ICU other names than those that were given.
#[tokio::test]
async fn a_locale_may_have_two_names() -> Outcome {
    let collation = |locale: &str| {
        format!("create collation c (provider = icu, deterministic = false, locale = '{locale}')")
    };
    let one = common::database(&collation("en-u-ks-level2")).await?;
    let stored = common::snapshot(&one).await?;
    for (locale, drift) in [("en@colStrength=secondary", false), ("en@colStrength=primary", true)] {
        let other = common::database(&collation(locale)).await?;
        let report = common::validate(&common::spec(&stored)?, &other, STRICT).await?;
        let renamed = common::cluster().version() >= 160_000;
        let level = if drift { Some(Level::Error) } else { (!renamed).then_some(Level::Info) };
        assert_eq!(report.findings.first().map(|finding| finding.level), level, "{locale}");
        assert!(common::names(&report).iter().all(|name| name == "collation.locale public.c"));
    }
    Ok(())
}

fn diff(arguments: &[&str]) -> (i32, String, String) {
    let output: Output = common::schemavet().arg("diff").args(arguments).output().expect("it runs");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (output.status.code().expect("a code"), text(output.stdout), text(output.stderr))
}

/// A file of that name with that text, which lives as long as the folder.
fn file(name: &str, text: &str) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(name);
    std::fs::write(&path, text).expect("written");
    let path = path.to_str().expect("UTF-8").to_owned();
    (folder, path)
}

#[tokio::test]
async fn every_kind_of_source_is_either_side() -> Outcome {
    const SQL: &str = "create type mood as enum ('sad', 'ok');
        create table t (id serial primary key, m mood not null default 'ok', check (id in (1, 2)));";
    let database = common::database(SQL).await?;
    let live = common::conninfo(&database);
    let (_sql, sql) = file("schema.sql", SQL);
    let (_yaml, yaml) = file("stored.yaml", &common::snapshot(&database).await?);
    let command = format!("exec:cat {sql}");
    let sources = [live.as_str(), &sql, &yaml, &command];
    for a in sources {
        for b in sources {
            let (code, out, err) = diff(&[a, b]);
            assert_eq!(code, 0, "{a} {b}: {out}{err}");
            assert!(out.contains(" matches "), "{out}");
        }
    }
    common::execute(&database, "alter table t alter m drop default, add x integer").await?;
    for other in [&sql, &yaml, &command] {
        let (code, out, err) = diff(&[&live, other, "--format", "json"]);
        assert_eq!((code, err.as_str()), (1, ""), "{out}");
        let report: serde_json::Value = serde_json::from_str(&out)?;
        assert!(report["expected_source"].as_str().is_some_and(|place| place.contains(&database)));
        let found = |report: &serde_json::Value| -> Vec<String> {
            let findings = report["findings"].as_array().expect("a list").iter();
            findings.map(|finding| format!("{} {}", finding["rule"], finding["object"])).collect()
        };
        assert_eq!(
            found(&report),
            [r#""column.default" "public.t.m""#, r#""column.missing" "public.t.x""#]
        );
        let (code, out, _) = diff(&[other, &live, "--format", "json"]);
        assert_eq!(code, 1, "{out}");
        let report: serde_json::Value = serde_json::from_str(&out)?;
        assert_eq!(
            found(&report),
            [r#""column.default" "public.t.m""#, r#""column.unexpected" "public.t.x""#]
        );
        let place = &report["findings"][0]["file"];
        assert_eq!(place.is_null(), other != &yaml, "only a spec has places: {place}");
    }
    let (_, out, _) = diff(&[&live, &sql]);
    assert!(out.contains(" differs from ") && !out.contains("the spec"), "{out}");
    Ok(())
}

/// The one server that there is says what expressions mean, on whichever side it stands.
#[tokio::test]
async fn expressions_are_analysed_where_there_is_a_server() -> Outcome {
    let database =
        common::database("create table t (id integer, role text, check (role in ('a', 'b')))")
            .await?;
    let live = common::conninfo(&database);
    let stored = common::snapshot(&database).await?;
    let written = "role = ANY (ARRAY['a'::text, 'b'::text])";
    assert!(stored.contains(written), "{stored}");
    let other = |check: &str| file("stored.yaml", &stored.replace(written, check));
    let (_folder, same) = other("role in ('a', 'b')");
    for (a, b) in [(&live, &same), (&same, &live)] {
        let (code, out, _) = diff(&[a, b]);
        assert_eq!(code, 0, "{out}");
        let (code, out, _) = diff(&[a, b, "--no-server-analysis"]);
        assert_eq!(code, 3, "{out}");
        assert_eq!(diff(&[a, b, "--no-server-analysis", "--allow-undecided"]).0, 0);
    }
    // Two files have nobody to ask.
    let (_folder, original) = file("original.yaml", &stored);
    let (code, out, _) = diff(&[&original, &same]);
    assert_eq!(code, 3, "{out}");
    assert!(out.contains("a stored snapshot cannot say"), "{out}");
    for check in ["role in ('a', 'c')", "roles in ('a', 'b')"] {
        let (_folder, wrong) = other(check);
        for (a, b) in [(&live, &wrong), (&wrong, &live)] {
            let (code, out, _) = diff(&[a, b]);
            assert_eq!(code, 1, "{check}: {out}");
        }
    }
    Ok(())
}

#[tokio::test]
async fn a_spec_keeps_what_it_says_and_takes_the_first_place() -> Outcome {
    let database = common::database("create table t (id integer); create table u ()").await?;
    let live = common::conninfo(&database);
    let (_folder, spec) = file(
        "spec.yaml",
        "spec: 1\nlevels: {\"column.type\": warning}\nignore: [public.u]\nschemas:\n  public:\n    tables:\n      \
         t: {columns: {id: bigint}}\n      \"x*\": any\n",
    );
    // The owner of what is there is no matter of a spec that says nothing of it.
    let (code, out, err) = diff(&[&spec, &live]);
    assert_eq!(code, 0, "{out}{err}");
    assert!(out.contains("warning column.type") && out.contains("spec.yaml:7:"), "{out}");
    assert_eq!(diff(&[&spec, &live, "--fail-on", "warning"]).0, 1);
    let (code, out, err) = diff(&[&live, &spec]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.contains("is no snapshot") && err.contains("spec.yaml:8:7"), "{err}");
    Ok(())
}

#[tokio::test]
async fn columns_in_any_order_are_so_from_either_side() -> Outcome {
    let database = common::database("create table t (x integer, a integer)").await?;
    let live = common::conninfo(&database);
    for (order, expected) in [("any", 0), ("exact", 1)] {
        let columns = "columns: {a: integer, x: integer}";
        let (_folder, spec) = file(
            "spec.yaml",
            &format!(
                "spec: 1\nstrict: true\nextensions: {{plpgsql: }}\nschemas:\n  public:\n    tables:\n      t: {{column_order: {order}, {columns}}}\n"
            ),
        );
        for (a, b) in [(&live, &spec), (&spec, &live)] {
            let (code, out, err) = diff(&[a, b]);
            assert_eq!(code, expected, "{out}{err}");
        }
    }
    Ok(())
}

#[tokio::test]
async fn what_the_platform_owns_is_left_to_it() -> Outcome {
    let database = common::database(
        "create role supabase_admin; create schema auth authorization supabase_admin;
         create table auth.users (id uuid primary key); create table public.t (id integer)",
    )
    .await?;
    let (_folder, sql) = file("app.sql", "create table public.t (id integer)");
    let live = common::conninfo(&database);
    for (a, b) in [(&live, &sql), (&sql, &live)] {
        let (code, out, err) = diff(&[a, b]);
        assert_eq!((code, err.as_str()), (0, ""), "{out}");
        assert!(out.contains("what is supabase's"), "{out}");
    }
    common::execute(
        &database,
        "create function hook() returns trigger language plpgsql as 'begin return new; end';
        create trigger mine after insert on auth.users for each row execute function hook()",
    )
    .await?;
    for (a, b) in [(&live, &sql), (&sql, &live)] {
        let (code, out, _) = diff(&[a, b]);
        assert_eq!(code, 1, "{out}");
        // The trigger is the user's: what it hangs on is missed, though the platform's.
        assert!(out.contains("public.hook") && out.contains("schema auth"), "{out}");
    }
    Ok(())
}

#[test]
fn what_makes_no_comparison_is_2() {
    let (_one, one) = file("one.sql", "create table t ()");
    let fails = |arguments: &[&str], said: &str| {
        let (code, out, err) = diff(arguments);
        assert_eq!((code, out.as_str()), (2, ""), "{err}");
        assert!(err.contains(said), "{err}");
    };
    fails(&[&one], "<B>");
    fails(&[&one, "nowhere.sql"], "nowhere.sql");
    fails(&[&one, &one, "--shadow", "postgres://127.0.0.1/x"], "more than one source is SQL");
    let (_spec, spec) = file("spec.yaml", "spec: 1\nstrict: true\n");
    for shadow in [&one, &spec] {
        fails(&[&one, &spec, "--shadow", shadow], "names no database of a server");
    }
}

#[test]
fn what_neither_side_tells_is_said() {
    let sql = "select lo_create(0); create extension supabase_vault; create table t ()";
    let (_one, one) = file("one.sql", sql);
    let (_other, other) = file("other.sql", &format!("{sql}; select lo_create(0)"));
    let (code, out, err) = diff(&[&one, &other]);
    assert_eq!(code, 0, "{out}{err}");
    assert!(out.contains("2 large objects"), "{out}");
    assert!(out.contains("a stub stands in: supabase_vault"), "{out}");
    assert_eq!(diff(&[&one, &other, "--require-coverage"]).0, 3);
}

/// What is on one side alone is shown, also where its short form could mean another thing in a spec.
#[tokio::test]
async fn what_is_on_one_side_alone_is_shown() -> Outcome {
    let base = "create type m as enum ('a'); create domain x as int; create schema s";
    let one = common::database(base).await?;
    let other = common::database(&format!(
        "{base}; create domain d1 as m; create domain d2 as x not null; create domain d3 as m[];
         alter default privileges in schema s grant select on tables to public"
    ))
    .await?;
    let one = expected(&common::read(&one).await?);
    let report = common::validate(&one, &other, STRICT).await?;
    let shown: Vec<_> = report.findings.iter().filter_map(|one| one.change.actual()).collect();
    assert_eq!(shown, ["public.m", "public.x not null", "public.m[]", "public: select"]);
    Ok(())
}

#[tokio::test]
async fn default_privileges_go_with_their_schema() -> Outcome {
    let made = |schema: &str| {
        format!(
            "create schema \"In {schema}\";
             alter default privileges in schema \"In {schema}\" grant select on tables to pg_monitor;"
        )
    };
    let (one, other) = (common::database(&made("a")).await?, common::database(&made("b")).await?);
    let one = expected(&common::read(&one).await?);
    let names = common::names(&common::validate(&one, &other, STRICT).await?);
    assert_eq!(names, ["schema.missing In a", "schema.unexpected In b"]);
    Ok(())
}

/// The key of a partition that went to another table belongs to that one's key, whatever that is called.
#[tokio::test]
async fn a_partition_of_another_table_is_told_once() -> Outcome {
    let made = |parent: &str| {
        format!(
            "create table {parent} (a int, b int, unique (a, b)) partition by list (a);
             create index {parent}_i on {parent} (b);
             create table p1 partition of {parent} for values in (1)"
        )
    };
    let (one, other) = (common::database(&made("p")).await?, common::database(&made("q")).await?);
    let one = expected(&common::read(&one).await?);
    let names = common::names(&common::validate(&one, &other, STRICT).await?);
    let told =
        ["table.missing public.p", "table.partition_of public.p1", "table.unexpected public.q"];
    assert_eq!(names, told);
    // Which index of it is a part of the parent's does not follow.
    let made = |parent: &str, index: &str| {
        format!(
            "create table p (a int, b int) partition by list (a); create table q (a int, b int) partition by list (a);
             create table p1 (a int, b int); create index i1 on p1 (b); create index i2 on p1 (b);
             alter table {parent} attach partition p1 for values in (1);
             create index p_i on only p (b); create index q_i on only q (b);
             alter index {parent}_i attach partition {index}"
        )
    };
    let one = common::database(&made("p", "i1")).await?;
    let other = common::database(&made("q", "i2")).await?;
    let one = expected(&common::read(&one).await?);
    let names = common::names(&common::validate(&one, &other, STRICT).await?);
    for told in [
        "table.partition_of public.p1",
        "index.partition_of public.p1.i1",
        "index.partition_of public.p1.i2",
    ] {
        assert!(names.iter().any(|name| name == told), "{told} in {names:?}");
    }
    Ok(())
}

/// A report says which word of a long text it is.
#[tokio::test]
async fn what_differs_in_a_query_is_named() -> Outcome {
    let rows = [
        (
            "select ctid from t where xmin::text <> ''",
            "select ctid from t where xmax::text <> ''",
            "`xmin` against `xmax`",
        ),
        (
            "select a from t where tableoid = 5",
            "select a from t where tableoid = 6",
            "constant 5 against 6",
        ),
        ("select a from t for update", "select a from t for share", "FOR UPDATE against FOR SHARE"),
        (
            "select a from t order by a fetch first 3 rows with ties",
            "select a from t order by a fetch first 3 rows only",
            "a LIMIT that takes in ties against one that does not",
        ),
        (
            "select (a, b) < (3, 4) as c from t",
            "select (a, b) >= (3, 4) as c from t",
            "a row `<` against a row `>=`",
        ),
        (
            "select a = any (array[1, 2]) as c from t",
            "select a <> all (array[1, 2]) as c from t",
            "operator `= ANY` against `<> ALL`",
        ),
        (
            "select upper(c) as c from t",
            "select lower(c) as c from t",
            "function upper(text) against lower(text)",
        ),
    ];
    let base = "create table t (a int, b int, c text);".to_owned();
    let views = |side: fn(&(&str, &str, &str)) -> String| {
        let views =
            rows.iter().enumerate().map(|(at, row)| format!("create view v{at} as {};", side(row)));
        base.clone() + &views.collect::<String>()
    };
    let one = common::database(&views(|(before, _, _)| (*before).to_owned())).await?;
    let other = common::database(&views(|(_, after, _)| (*after).to_owned())).await?;
    let report = common::validate(&expected(&common::read(&one).await?), &other, STRICT).await?;
    let notes = report.findings.iter().map(|finding| match &finding.change {
        Change::Differs { hint, .. } => hint.clone().unwrap_or_default(),
        other => format!("{other:?}"),
    });
    assert_eq!(notes.collect::<Vec<_>>(), rows.map(|(_, _, note)| note));
    Ok(())
}

/// What a partition's foreign key has from above is not stored, so that only one that was changed is.
#[tokio::test]
async fn a_partition_s_key_that_was_switched_off_is_told_once() -> Outcome {
    let base = "create table r (a int primary key); create table p (a int references r) partition by list (a);
         create table p1 partition of p for values in (1);";
    let usual = common::database(base).await?;
    let off = common::database(&format!("{base} alter table p1 disable trigger all")).await?;
    for (from, to) in [(&usual, &off), (&off, &usual)] {
        let [live, live_there] = [common::read(from).await?, common::read(to).await?];
        let [text, text_there] = [common::snapshot(from).await?, common::snapshot(to).await?];
        let (stored, stored_there) = (common::spec(&text)?, common::stored_reading(&text_there));
        for spec in [&expected(&live), &stored] {
            for reading in [&live_there, &stored_there] {
                let report = common::validate_by_text(spec, reading, STRICT).await;
                assert_eq!(common::names(&report), ["foreign_key.enabled public.p1.p_a_fkey"]);
            }
        }
    }
    Ok(())
}
