//! `init`: the first spec of a system is right at once.
#![cfg(unix)]
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

mod common;

use std::fs;
use std::path::Path;

use common::{CHECK, Outcome};
use schemavet::spec::Spec;

/// Exit code and standard error.
fn init(folder: &Path, database: &str, more: &[&str]) -> (i32, String) {
    let mut command = common::schemavet();
    command.args(["init", "--database", &common::conninfo(database)]).args(more);
    let output = command.arg("--output").arg(folder).output().expect("it runs");
    assert_eq!(output.stdout, b"");
    (output.status.code().expect("a code"), String::from_utf8(output.stderr).expect("UTF-8"))
}

#[tokio::test]
async fn a_first_spec_is_what_the_database_is() -> Outcome {
    let mut databases = vec![("zoo".to_owned(), common::database(&common::zoo()).await?)];
    for name in common::fixtures() {
        let fixture = common::root().join("fixtures").join(&name);
        databases.push((name, common::database_of(&fixture).await?));
    }
    for (name, database) in databases {
        let folder = tempfile::tempdir()?;
        let whole = folder.path().join("whole.yaml");
        let (code, said) = init(&whole, &database, &[]);
        assert_eq!(code, 0, "{name}: {said}");
        assert!(said.contains(&format!("schemavet validate {}", whole.display())), "{said}");
        let text = fs::read_to_string(&whole)?;
        assert!(text.starts_with("# yaml-language-server: $schema=./schemavet.schema.json\n"));
        let schema = fs::read_to_string(folder.path().join("schemavet.schema.json"))?;
        assert_eq!(schema, fs::read_to_string(common::root().join("docs/spec.schema.json"))?);
        let parts = folder.path().join("parts");
        let (code, said) = init(&parts, &database, &["--split-by-schema"]);
        assert_eq!(code, 0, "{name}: {said}");
        let (whole, parts) = (Spec::read(&[whole])?, Spec::read(&[parts])?);
        assert!(whole.is_strict() && parts.is_strict());
        for spec in [&whole, &parts] {
            let report = common::validate(spec, &database, CHECK).await?;
            assert_eq!(common::details(&report), "", "{name}");
            assert!(report.tallies.values().any(|tally| tally.matched > 0), "{name}");
        }
        assert_eq!(whole.database, parts.database, "{name}");
    }
    Ok(())
}

#[tokio::test]
async fn what_tools_keep_for_themselves_is_left_to_them() -> Outcome {
    let database = common::database(
        "create table users (id serial primary key);
        create table _prisma_migrations (id varchar(36) primary key, checksum varchar(64) not null);
        create table knex_migrations (id serial primary key, name text);
        alter table users add number bigint generated always as identity;
        create view named as select id as name from users;
        create schema drizzle;
        create table drizzle.__drizzle_migrations (id serial primary key, hash text not null);
        create schema \"Odd/Name\"; create table \"Odd/Name\".t (x integer);
        create schema database;",
    )
    .await?;
    let folder = tempfile::tempdir()?;
    let (code, said) = init(folder.path(), &database, &[]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("left to Prisma: public._prisma_migrations\n"), "{said}");
    let file = folder.path().join("spec.yaml");
    let text = fs::read_to_string(&file)?;
    for line in
        ["  - public._prisma_migrations  # Prisma", "  - drizzle  # Drizzle", "  \"*.owner\": off"]
    {
        assert!(text.lines().any(|found| found == line), "{line}: {text}");
    }
    assert!(!text.contains("checksum") && !text.contains("knex_migrations:"), "{text}");
    // What the tool does there is no drift; what happens elsewhere is.
    common::execute(&database, "alter table _prisma_migrations add x text; alter table users add x text; alter table users owner to pg_monitor;
        grant select (name) on named to public; grant usage on sequence users_number_seq to public; grant select on users to public").await?;
    let report =
        common::validate(&Spec::read(std::slice::from_ref(&file))?, &database, CHECK).await?;
    assert_eq!(common::names(&report), ["column.unexpected public.users.x"]);

    // Nothing is overwritten unless that is asked for.
    let (code, said) = init(folder.path(), &database, &[]);
    assert_eq!(code, 2);
    assert!(said.contains("is there already") && said.contains("--force"), "{said}");
    assert_eq!(fs::read_to_string(&file)?, text);
    let (code, _) = init(folder.path(), &database, &["--force"]);
    assert_eq!(code, 0);
    assert!(fs::read_to_string(&file)?.contains("x: text"));

    // A folder that holds another spec is no place for one.
    let (code, said) = init(folder.path(), &database, &["--split-by-schema", "--force"]);
    assert_eq!(code, 2, "{said}");
    let parts = folder.path().join("parts");
    assert_eq!(init(&parts, &database, &["--split-by-schema"]).0, 0);
    let mut names: Vec<String> = fs::read_dir(&parts)?
        .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
        .collect::<std::io::Result<_>>()?;
    names.sort();
    assert_eq!(
        names,
        [
            "Odd_Name.yaml",
            "database-2.yaml",
            "database.yaml",
            "public.yaml",
            "schemavet.schema.json"
        ]
    );
    Ok(())
}
