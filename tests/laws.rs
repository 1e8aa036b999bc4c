//! Laws that hold for every database and every kind.
#![cfg(unix)]

mod common;

use std::process::Command;

use common::{CHECK, Outcome, STRICT};
use schemavet::finding::Level;
use schemavet::model::{KINDS, Tally};

/// Every database there is to try: the fixtures, and the zoo.
async fn databases() -> Outcome<Vec<(String, String)>> {
    let mut databases = vec![("zoo".to_owned(), common::database(&common::zoo()).await?)];
    for name in common::fixtures() {
        let database = common::database_of(&common::root().join("fixtures").join(&name)).await?;
        databases.push((name, database));
    }
    Ok(databases)
}

/// (a) A thing does not differ from itself, and its snapshot is one text.
#[tokio::test]
async fn a_database_is_what_its_snapshot_says() -> Outcome {
    for (name, database) in databases().await? {
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

        // Nothing of the zoo is left out, and it has something of every kind.
        let report = common::validate_by_text(&spec, &reading, STRICT).await;
        for kind in KINDS.iter().filter(|_| name == "zoo") {
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
        assert_eq!(common::write(spec.database.clone())?, text, "{name}");
        let stored = common::stored_reading(&text);
        assert_eq!(common::write(stored.database.clone())?, text, "{name}");
        for (schema, body) in reading.database.schemas.bodies() {
            let stored = stored.database.schemas.bodies().find(|(name, _)| *name == schema);
            let (_, stored) = stored.expect("the schema");
            let tables = |of: &schemavet::model::Schema| -> Vec<String> {
                of.tables.bodies().map(|(name, _)| name.to_owned()).collect()
            };
            assert_eq!(tables(stored), tables(body));
        }
    }
    Ok(())
}

/// (b) `pg_dump` and restore change nothing that matters.
#[tokio::test]
async fn a_restored_database_is_the_same() -> Outcome {
    for (name, database) in databases().await? {
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
        // What pg_dump does not write: the version of an extension, an index that cannot be used.
        let lost: &[&str] = match name.as_str() {
            "zoo" => {
                &["extension.version pg_trgm", "index.missing zoo.animals.animals_invalid_idx"]
            }
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
