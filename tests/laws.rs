//! Laws that hold for every database and every kind.
#![cfg(unix)]

mod common;

use std::process::Command;

use proptest::strategy::Strategy;

use common::{CHECK, Outcome, STRICT};
use schemavet::finding::Level;
use schemavet::model::{KINDS, Tally};

/// (a) A thing does not differ from itself, and its snapshot is one text.
#[tokio::test]
async fn a_database_is_what_its_snapshot_says() -> Outcome {
    for (name, database) in common::databases().await? {
        let text = common::snapshot(&database).await?;
        assert_eq!(text, common::snapshot(&database).await?, "{name}");

        let spec = common::spec(&text)?;
        let reading = common::read(&database).await?;
        for options in [CHECK, STRICT] {
            let report = common::validate(&spec, &database, options).await?;
            assert_eq!(common::details(&report), "", "{name}");
            let unasked = common::validate_by_text(&spec, &reading, options).await;
            assert_eq!(common::names(&unasked), Vec::<String>::new(), "{name}");
        }

        // Nothing of the zoo is left out, and it has something of every kind, but for those of the server, and labels,
        // which no dump of it could be restored with: their provider would have to be there.
        let report = common::validate_by_text(&spec, &reading, STRICT).await;
        let elsewhere = ["database", "role", "parameter", "security_label"];
        let kinds = KINDS.iter().filter(|kind| !elsewhere.contains(&kind.name));
        for kind in kinds.filter(|_| name == "zoo") {
            let tally = report.tallies.get(kind.name).copied().unwrap_or_default();
            assert!(tally.matched > 0, "the zoo has no {}", kind.name);
            assert_eq!(
                tally,
                Tally { expected: tally.matched, matched: tally.matched, ..Tally::default() }
            );
        }

        // Offline it is the same.
        let stored = common::stored_reading(&text);
        let report = common::validate_by_text(&spec, &stored, STRICT).await;
        assert_eq!(common::details(&report), "", "{name}");

        // Read and written again it is the same text, and everything in the database is in it.
        let mut again = spec.database.clone();
        again.leave_out_the_server(false);
        assert_eq!(common::written(again, &reading.names)?, text, "{name}");
        let stored = common::stored_reading(&text);
        assert_eq!(common::write(&stored)?, text, "{name}");
        for (schema, body) in reading.database.schemas.bodies() {
            let stored = stored.database.schemas.bodies().find(|(name, _)| *name == schema);
            let (_, stored) = stored.expect("the schema");
            let tables = |of: &schemavet::model::Schema| -> Vec<String> {
                of.tables.bodies().map(|(name, _)| name.into_owned()).collect()
            };
            assert_eq!(tables(stored), tables(body));
        }
    }
    Ok(())
}

/// (b) `pg_dump` and restore change nothing that matters.
#[tokio::test]
async fn a_restored_database_is_the_same() -> Outcome {
    for (name, database) in common::databases().await? {
        let dump = dump(&database)?;
        let restored = common::empty().await?;
        common::execute(&restored, &dump).await?;
        let spec = common::spec(&common::snapshot(&database).await?)?;
        let report = common::validate(&spec, &restored, STRICT).await?;
        let drift: Vec<String> = report
            .findings
            .iter()
            .filter(|finding| finding.level == Level::Error)
            .map(common::name)
            .collect();
        // What pg_dump does not write: settings of the database, the version of an extension, what was put on its views,
        // an index that cannot be used.
        let lost: &[&str] = match name.as_str() {
            "zoo" => &[
                "database.settings ",
                "database.role_settings ",
                "extension_object.missing pg_stat_statements.rule zoo_rule on annex.pg_stat_statements",
                "extension.version pg_trgm",
                "index.missing zoo.animals.animals_invalid_idx",
            ],
            _ => &[],
        };
        assert_eq!(drift, lost, "{name}:\n{}", common::details(&report));

        let written = common::root().join(format!("specs/{name}.yaml"));
        if written.exists() {
            let spec = schemavet::spec::Spec::read(&[written])?;
            let report = common::validate(&spec, &restored, CHECK).await?;
            assert_eq!(report.outcome().exit_code(), 0, "{name}:\n{}", common::details(&report));
        }
    }
    Ok(())
}

/// (c) What is not read is counted.
#[tokio::test]
async fn what_is_not_read_is_counted() -> Outcome {
    let sql = "
        select lo_create(900001), lo_create(900002), lo_create(900003);
        grant select on large object 900002 to public;
        create operator === (leftarg = point, rightarg = point, function = point_eq, commutator = ====);
        create function less(integer, numeric) returns boolean language sql immutable as 'select $1 < $2';
        create operator %% (leftarg = integer, rightarg = numeric, function = less);
        alter operator family integer_ops using btree add operator 1 %% (integer, numeric);
        create function pg_catalog.more() returns integer language sql as 'select 1'; create type pg_catalog.kind as enum ();
        create operator pg_catalog.%%% (leftarg = integer, rightarg = numeric, function = less);
        create table information_schema.mine (a integer primary key); create view information_schema.seen as select 1 as a";
    let expected = [
        ("built-in operator family member", 1),
        ("granted large object", 1),
        ("large object", 3),
        ("object in information_schema", 2),
        ("object in pg_catalog", 3),
        ("shell operator", 1),
    ];
    let reading = common::read(&common::database(sql).await?).await?;
    let counted: Vec<(&str, u64)> =
        reading.not_modelled.iter().map(|(kind, count)| (kind.as_str(), *count)).collect();
    assert_eq!(counted, expected);
    Ok(())
}

/// (d) The order in which objects were made never changes a report.
#[tokio::test]
async fn the_order_of_rows_never_shows() -> Outcome {
    // In each group the order is free.
    let groups: &[&[&str]] = &[
        &[
            "create table a (id integer, x integer, y text)",
            "create table b (id integer, x integer, y text)",
            "create schema s",
            "create table c (id integer, x integer, y text)",
            "create type mood as enum ('m')",
            "create function f() returns trigger language plpgsql as $$ begin return new; end $$",
            "create function f(integer) returns integer language sql as 'select 1'",
        ],
        &[
            "alter table a add constraint a1 check (x > 0)",
            "alter table a add constraint a2 check (x > 1)",
            "alter table a add constraint a3 check (x > 1)",
            "alter table a add constraint a4 check (y <> '')",
            "create index i1 on a (x)",
            "create index i2 on a (x) where x > 1",
            "create index i3 on a (x) include (y)",
            "create unique index i4 on a (y)",
            "alter table b add constraint u1 unique (x)",
            "alter table b add constraint u2 unique (x) deferrable",
            "create policy p1 on b using (x > 1)",
            "create policy p2 on b using (x > 2)",
            "create trigger t1 before insert on c for each row execute function f()",
            "create trigger t2 before update on c for each row execute function f()",
            "create view s.v as select 1 as one",
            "create table s.a (id integer)",
        ],
    ];
    // Shapes that fit several objects and none, names that are there and not, patterns.
    let spec = common::spec(
        "spec: 1
schemas:
  '*': any
  public:
    tables:
      a:
        checks: [x > 1, x > 5, y is not null]
        indexes: [(x) where x > 2, (x) include (id), (y)]
      b:
        unique: [[x], [y]]
        policies: {p2: {using: x > 1}, p3: {}}
      '*': {row_security: enabled, triggers: {'t*': absent}}
    functions: {'f(text)': , '*': any}
",
    )?;
    let mut reports: Vec<String> = Vec::new();
    for seed in 1..=6_usize {
        let mut sql = String::new();
        for group in groups {
            let mut statements = group.to_vec();
            // Fisher and Yates, by a small generator of our own: the same in every run.
            let mut state = seed;
            for at in (1..statements.len()).rev() {
                state = state
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                statements.swap(at, (state >> 33) % (at + 1));
            }
            sql += &(statements.join(";\n") + ";\n");
        }
        let database = common::database(&sql).await?;
        let report = common::validate(&spec, &database, CHECK).await?;
        reports.push(common::details(&report) + &format!("{:?}", report.tallies));
    }
    assert!(reports[0].lines().count() > 10, "{}", reports[0]);
    for report in &reports[1..] {
        assert_eq!(*report, reports[0]);
    }
    Ok(())
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 64, failure_persistence: None, ..Default::default() })]

    /// The same offline, for every order of the keys of a snapshot.
    #[test]
    fn the_order_of_keys_never_shows(order in proptest::prelude::Just((0..7_usize).collect::<Vec<_>>()).prop_shuffle()) {
        let entries = [
            "c1: a > 0", "c2: a > 1", "c3: a > 1", "d1: a > 0", "c9: b > 0", "aa: b > 0", "z: a > 7",
        ];
        let stored = |order: &[usize]| {
            let checks: Vec<&str> = order.iter().map(|at| entries[*at]).collect();
            format!("spec: 1\nschemas: {{public: {{tables: {{t: {{checks: {{{}}}}}}}}}}}", checks.join(", "))
        };
        let spec = "spec: 1\nschemas: {public: {tables: {t: {checks: [a > 1, b > 0, b > 0, x > 0, a > 1, a > 1]}}}}";
        let spec = common::spec(spec).expect("a spec");
        let report = |order: &[usize]| common::details(&common::validate_stored(&spec, &stored(order), CHECK));
        proptest::prop_assert_eq!(report(&order), report(&[0, 1, 2, 3, 4, 5, 6]));
    }
}

/// Where and how somebody asks is no drift: constants are read in one form.
#[tokio::test]
async fn the_settings_of_a_session_never_show() -> Outcome {
    let database = common::database(
        r"create table t (
              a timestamptz default '2020-01-01 00:00+00', b date default '2020-02-03' check (b > '2020-02-03'),
              c interval default '1 year 2 days 03:04:05', d float8 default '0.1'::float8 / 3, e money default '12.34',
              f bytea default '\x0102', g tstzrange default '[2020-01-01 00:00+00,)', h text default E'a\\b''c',
              i xml default '<a/><b/>') partition by range (a);
          create table t1 partition of t for values from ('2020-01-01 00:00+00') to ('2020-03-01 00:00+00');
          create index on t (b) where c > '1 day 01:00'; create domain l as date check (value > '2020-02-03');
          create function f(a timestamptz default '2020-01-01 00:00+00') returns integer language sql as 'select 1';
          create view v as select '2020-01-01 00:00+00'::timestamptz as a, interval '1 mon' as b, 1.1::float8 as c;
          create rule r as on insert to v where new.a > '2020-01-01 00:00+00' do instead nothing;
          create policy p on t using (a > '2020-01-01 00:00+00')",
    )
    .await?;
    let plain = common::read(&database).await?;
    let text = common::write(&plain)?;
    let spec = common::spec(&text)?;
    let admin = common::connect("postgres").await?;
    for setting in [
        "timezone = 'Asia/Kolkata'",
        "datestyle = 'German'",
        "datestyle = 'SQL, DMY'",
        "intervalstyle = 'sql_standard'",
        "intervalstyle = 'iso_8601'",
        "extra_float_digits = -10",
        "bytea_output = 'escape'",
        "quote_all_identifiers = on",
        "standard_conforming_strings = off",
        "xmloption = 'document'",
    ] {
        let set =
            format!("alter database {database} reset all; alter database {database} set {setting}");
        admin.client.batch_execute(&set).await?;
        let mut read = common::read(&database).await?;
        read.database.settings = plain.database.settings.clone();
        assert_eq!(common::write(&read)?, text, "{setting}");
        let report = common::validate(&spec, &database, STRICT).await?;
        assert_eq!(common::names(&report), ["database.settings "], "{setting}");
    }
    // What has no zone of its own has that of the database.
    let set = format!("alter database {database} set timezone = 'Asia/Kolkata'");
    admin.client.batch_execute(&set).await?;
    let stored = "default '2020-01-01 00:00:00+00'::timestamp with time zone";
    let spec = common::spec(&text.replace(stored, "default '2020-01-01 05:30'"))?;
    let report = common::validate(&spec, &database, STRICT).await?;
    assert_eq!(common::names(&report), ["database.settings "]);
    Ok(())
}

/// (e) What an extension made and nobody changed is not worth a word.
#[tokio::test]
async fn what_is_an_extensions_own_is_not_written() -> Outcome {
    let extensions =
        "create extension citext; create extension pg_trgm; create extension pg_stat_statements;";
    let database = common::read(&common::database(extensions).await?).await?.database;
    assert_eq!(database.changed_privileges.bodies().count(), 0);
    assert!(
        database.extensions.bodies().all(|(_, extension)| extension.objects.bodies().count() == 0)
    );
    assert!(database.schemas.bodies().all(|(_, schema)| schema.functions.bodies().count() == 0));

    // A schema of an extension is there for what is not the extension's own in it.
    let schemas = "create extension citext; create schema bare; create schema used; create table used.mine (a integer);
        create function bare.own() returns integer language sql as 'select 1';
        alter extension citext add schema bare; alter extension citext add schema used;
        alter extension citext add function bare.own();";
    let database = common::read(&common::database(schemas).await?).await?.database;
    let schemas: Vec<_> = database.schemas.bodies().map(|(name, _)| name).collect();
    assert_eq!(schemas, ["public", "used"]);
    Ok(())
}

/// What PostgreSQL prints without a schema is its own, whatever else of that name is nearer.
#[tokio::test]
async fn a_name_of_ones_own_does_not_shadow_a_built_in_one() -> Outcome {
    let database = common::database(
        "create schema s;
         create table s.text (a integer);
         create function s.lower(text) returns text language sql immutable as 'select $1';
         create table s.t (a text, constraint c check (lower(a) <> 'x'));",
    )
    .await?;
    let spec = |check: &str| {
        common::spec(&format!(
            "spec: 1\nschemas:\n  s:\n    tables:\n      t: {{columns: {{a: text}}, checks: {{c: \"{check}\"}}}}\n      text: any"
        ))
    };
    let same = common::validate(&spec("pg_catalog.lower(a) <> 'x'")?, &database, CHECK).await?;
    assert_eq!(common::details(&same), "");
    let other = common::validate(&spec("s.lower(a) <> 'x'")?, &database, CHECK).await?;
    assert_eq!(common::names(&other), ["check.expression s.t.c"]);
    Ok(())
}

/// What stands for the code of a parser may be any function: PostgreSQL's own are made for other calls, and some end the server.
#[tokio::test]
async fn no_code_of_a_text_search_parser_is_run() -> Outcome {
    let database = common::database(
        "create text search parser p (start = prsd_start, gettoken = prsd_nexttoken, end = prsd_end,
             lextypes = dispell_init);
         create text search configuration c (parser = p);
         create text search configuration d (copy = simple);
         alter text search configuration d alter mapping for word with simple;",
    )
    .await?;
    let snapshot = common::snapshot(&database).await?;
    assert!(snapshot.contains("lextypes: dispell_init"), "{snapshot}");
    assert!(snapshot.contains(" word: [simple]"), "{snapshot}");
    Ok(())
}

/// By the program that belongs to the server, or else the one on the PATH.
fn dump(database: &str) -> Outcome<String> {
    let own = common::cluster().binaries().join("pg_dump");
    let program = if own.exists() { own } else { "pg_dump".into() };
    let output = Command::new(program)
        .args(["--username=postgres", "--host", &common::socket(), database])
        .output()?;
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Ok(String::from_utf8(output.stdout)?)
}
