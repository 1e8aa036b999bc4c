//! What expressions mean that stand outside of ordinary tables: in foreign tables and in publications.
#![cfg(unix)]

mod common;

use common::{CHECK, Outcome, STRICT};

/// The remote side is not there, and nobody asks it.
#[tokio::test]
async fn expressions_of_a_foreign_table_are_decided() -> Outcome {
    let database = common::database(
        "create foreign data wrapper w; create server s foreign data wrapper w;
         create function touch() returns trigger language plpgsql as 'begin return new; end';
         create foreign table far (
             kind text options (column_name 'k') not null default 'a' || 'b',
             level integer generated always as (length(kind) + 1) stored,
             constraint far_check check (kind in ('a', 'ab'))) server s options (table_name 'f');
         create trigger t before insert on far for each row when (new.kind in ('a', 'b')) execute function touch();
         create table rows (one far, many far[]);
         create table parts (id integer) partition by range (id);
         create foreign table part partition of parts for values from (1) to (2) server s",
    )
    .await?;
    let spec = |check: &str, default: &str| {
        format!(
            "spec: 1
foreign_data_wrappers: {{w: {{handler: ~}}}}
servers: {{s: {{wrapper: w, user_mappings: {{}}}}}}
schemas:
  public:
    foreign_tables:
      far:
        server: s
        options: {{table_name: f}}
        columns:
          kind: {{definition: text not null default {default}, fdw_options: {{column_name: k}}}}
          level: integer generated always as (length(kind) + 1) stored
        checks: [\"{check}\"]
        triggers:
          t: before insert for each row when (new.kind in ('a', 'b')) execute function touch()
      part:
        partition_of: parts for values from (1) to (2)
        columns: {{id: integer}}
    functions: {{touch(): }}
    tables:
      rows: {{columns: {{one: far, many: 'far[]'}}}}
      parts: {{partition_by: range (id), columns: {{id: integer}}, partitions: {{like: parent}}}}
"
        )
    };
    let same = common::spec(&spec("kind in ('a', 'ab')", "'a' || 'b'"))?;
    let report = common::validate(&same, &database, STRICT).await?;
    assert_eq!(common::details(&report), "");
    let other = common::spec(&spec("kind in ('a', 'b')", "'ab'"))?;
    let report = common::validate(&other, &database, CHECK).await?;
    assert_eq!(
        common::names(&report),
        [
            "column.default public.far.kind",
            "check.missing public.far.kind in ('a', 'b')",
            "check.unexpected public.far.far_check",
        ],
        "{}",
        common::details(&report)
    );
    Ok(())
}

#[tokio::test]
async fn the_row_filter_of_a_publication_is_decided() -> Outcome {
    if common::cluster().version() < 150_000 {
        return Ok(());
    }
    let database = common::database(
        "create schema app;
         create table app.t (id integer primary key, kind text, \"Odd\" integer); create table u (id integer);
         create publication p for table app.t (id, \"Odd\") where (kind in ('a', 'b')), u",
    )
    .await?;
    for (tables, names) in [
        ("[u, \"app.t (\\\"Odd\\\", id) where kind in ('a', 'b')\"]", [].as_slice()),
        (
            "[\"app.t (id, \\\"Odd\\\") where (kind = 'a' or kind = 'b')\", public.u]",
            &["publication.tables p"],
        ),
        ("[u, \"app.t (id, \\\"Odd\\\") where kind in ('a', 'c')\"]", &["publication.tables p"]),
        ("[u, \"app.t (id) where kind in ('a', 'b')\"]", &["publication.tables p"]),
        ("[u, \"app.t (id, \\\"Odd\\\")\"]", &["publication.tables p"]),
        ("[\"app.t (id, \\\"Odd\\\") where kind in ('a', 'b')\"]", &["publication.tables p"]),
    ] {
        let spec = common::spec(&format!("spec: 1\npublications: {{p: {{tables: {tables}}}}}\n"))?;
        let report = common::validate(&spec, &database, CHECK).await?;
        assert_eq!(common::names(&report), names, "{tables}: {}", common::details(&report));
        let words: Vec<&str> =
            report.findings.iter().map(|finding| finding.change.word()).collect();
        assert!(words.iter().all(|word| ["differs", "equivalent"].contains(word)), "{words:?}");
    }
    Ok(())
}

/// The server sorts columns and kinds; expressions, from PostgreSQL 14 on, mean what they mean.
#[tokio::test]
async fn extended_statistics_have_no_order() -> Outcome {
    let database = common::database(
        "create table t (a integer, \"B c\" date, d text);
         create statistics \"odd ON (name\" (mcv, dependencies, ndistinct) on \"B c\", a from t;
         create statistics two (mcv, dependencies) on d, a from t",
    )
    .await?;
    let mut cases = vec![
        ("odd ON (name", "on a, \"B c\" from t", true),
        ("odd ON (name", "(mcv, ndistinct) on a, \"B c\" from t", false),
        ("two", "(dependencies, mcv) ON a, D FROM public.t", true),
        ("two", "(mcv, dependencies) on d, (a) from t", true),
        ("two", "(mcv) on a, d from t", false),
        ("two", "(mcv, dependencies) on \"A\", d from t", false),
        ("two", "(mcv, dependencies) on a, d from pg_class", false),
    ];
    if common::cluster().version() >= 140_000 {
        let sql = "create statistics more on lower(d), a, (\"B c\" + interval '1 day') from t";
        common::execute(&database, sql).await?;
        cases.extend([
            ("more", "on a, (lower(d)), (\"B c\" + '1 day'::interval) from t", true),
            ("more", "on lower(t.d), (\"B c\" + interval 'P1D'), a from t", true),
            ("more", "on lower(d), (\"B c\" + interval '2 days'), a from t", false),
            ("more", "on a, lower(d) from t", false),
        ]);
    }
    for (name, definition, same) in cases {
        let line = serde_json::json!({ name: definition });
        let spec = format!("spec: 1\nschemas: {{public: {{statistics: {line}}}}}");
        let report = common::validate(&common::spec(&spec)?, &database, CHECK).await?;
        let wrong = format!("statistics.definition public.{name}");
        assert_eq!(common::names(&report).contains(&wrong), !same, "{definition}");
    }
    Ok(())
}
