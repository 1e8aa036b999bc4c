//! What a platform owns drifts with its releases and is no drift; what users hang on it is theirs.
#![cfg(unix)]
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

mod common;

use std::path::Path;

/// A project on Supabase, `more` being what came later.
fn project(folder: &Path, name: &str, more: &str) -> String {
    let sql = format!(
        "create role supabase_admin; create role supabase_auth_admin;
         create schema auth authorization supabase_admin;
         create table auth.users (id uuid primary key, email text);
         alter table auth.users owner to supabase_auth_admin;
         create table public.profiles (id uuid primary key references auth.users (id));
         create function public.on_sign_up() returns trigger language plpgsql as 'begin return new; end';
         create trigger on_sign_up after insert on auth.users for each row execute function on_sign_up();
         {more}"
    );
    let path = folder.join(name);
    std::fs::write(&path, sql).expect("written");
    path.to_str().expect("UTF-8").to_owned()
}

fn schemavet(arguments: &[&str]) -> (Option<i32>, String) {
    let output = common::schemavet().args(arguments).output().expect("it runs");
    let text = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8(text).expect("UTF-8"))
}

#[test]
fn what_the_platform_owns_is_left_to_it_and_users_triggers_are_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    let before = project(folder.path(), "before.sql", "");
    let (code, snapshot) = schemavet(&["snapshot", "--database", &before]);
    assert_eq!(code, Some(0), "{snapshot}");
    assert!(snapshot.contains("platform: supabase"), "{snapshot}");
    assert!(snapshot.contains("on_sign_up: after insert for each row"), "{snapshot}");
    assert!(!snapshot.contains("email"), "{snapshot}");
    let spec = folder.path().join("spec.yaml");
    std::fs::write(&spec, &snapshot).expect("written");
    let spec = spec.to_str().expect("UTF-8");

    let upgraded = "alter table auth.users add phone text; create table auth.sessions (id uuid);
                    alter table auth.users enable row level security; create schema realtime;";
    let after = project(folder.path(), "after.sql", upgraded);
    let (code, report) = schemavet(&["validate", spec, "--database", &after]);
    assert_eq!(code, Some(0), "{report}");
    assert!(report.contains("left to the platform"), "{report}");

    let dropped = "drop trigger on_sign_up on auth.users; create policy mine on auth.users;";
    let after = project(folder.path(), "dropped.sql", dropped);
    let (code, report) = schemavet(&["validate", spec, "--database", &after]);
    assert_eq!(code, Some(1), "{report}");
    assert!(report.contains("trigger.missing"), "{report}");
    assert!(report.contains("policy.unexpected"), "{report}");

    // Also on a table in a schema that the spec does not name.
    let elsewhere = "create schema storage; create table storage.objects (id uuid); create policy theirs on storage.objects;
        create schema cron; create table cron.job (id int);";
    let after = project(folder.path(), "elsewhere.sql", elsewhere);
    let (code, report) = schemavet(&["validate", spec, "--database", &after]);
    assert_eq!(code, Some(1), "{report}");
    assert!(
        report.contains("table storage.objects\n  error policy.unexpected  policy theirs"),
        "{report}"
    );
    assert!(!report.contains("schema storage") && !report.contains("cron"), "{report}");

    let without = std::fs::read_to_string(spec).expect("read").replace("platform: supabase\n", "");
    std::fs::write(spec, without).expect("written");
    let (code, report) = schemavet(&["validate", spec, "--database", &before]);
    assert_eq!(code, Some(1), "{report}");
    assert!(report.contains("column.unexpected  column email"), "{report}");
}

#[test]
fn what_a_spec_says_of_a_platforms_object_counts() {
    let folder = tempfile::tempdir().expect("a folder");
    let database = project(folder.path(), "database.sql", "");
    let spec = folder.path().join("spec.yaml");
    let check = |columns: &str| {
        let text = format!(
            "spec: 1\nplatform: supabase\nschemas:\n  auth:\n    tables:\n      users:\n        columns:\n{columns}"
        );
        std::fs::write(&spec, text).expect("written");
        schemavet(&["validate", spec.to_str().expect("UTF-8"), "--database", &database, "--strict"])
    };
    let (code, report) = check("          id: uuid not null\n          email: text\n");
    assert!(!report.contains("column."), "{code:?} {report}");
    let (_, report) = check("          id: bigint not null\n          phone: text\n");
    assert!(report.contains("column.type"), "{report}");
    assert!(report.contains("column.missing"), "{report}");
    assert!(!report.contains("column email"), "{report}");
}

#[test]
fn an_unknown_platform_is_an_error_that_names_those_there_are() {
    let folder = tempfile::tempdir().expect("a folder");
    let database = project(folder.path(), "database.sql", "");
    let spec = folder.path().join("spec.yaml");
    std::fs::write(&spec, "spec: 1\nplatform: supabse\n").expect("written");
    let (code, report) =
        schemavet(&["validate", spec.to_str().expect("UTF-8"), "--database", &database]);
    assert_eq!(code, Some(2), "{report}");
    assert!(report.contains("supabase, heroku"), "{report}");
}

#[test]
fn a_first_spec_and_a_snapshot_may_leave_it_to_the_platform_or_not() {
    let folder = tempfile::tempdir().expect("a folder");
    let database = project(folder.path(), "database.sql", "");
    let spec = folder.path().join("spec.yaml");
    let spec = spec.to_str().expect("UTF-8");
    let (code, said) = schemavet(&["init", "--database", &database, "--output", spec]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("left to the platform: what supabase owns"), "{said}");
    let text = std::fs::read_to_string(spec).expect("written");
    assert!(text.contains("\nplatform: supabase\n") && !text.contains("email"), "{text}");
    let (code, report) = schemavet(&["validate", spec, "--database", &database]);
    assert_eq!(code, Some(0), "{report}");
    let snapshot = |platform: &str| {
        schemavet(&["snapshot", "--database", &database, "--platform", platform]).1
    };
    assert!(snapshot("none").contains("email") && !snapshot("none").contains("platform:"));
    assert!(!snapshot("supabase").contains("email"));
    // One that it does not stand on owns nothing of it.
    assert!(snapshot("rds").contains("email") && snapshot("rds").contains("\nplatform: rds\n"));
}
