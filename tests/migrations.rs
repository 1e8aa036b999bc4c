//! Folders of migrations, each as its tool leaves it: which files run, in which order, and what is said of it.
#![cfg(unix)]
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

mod common;

use serde_json::json;
use tempfile::TempDir;

/// A folder with these files. The last path component of its own is `app`.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        let path = folder.path().join("app").join(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("made");
        std::fs::write(path, text).expect("written");
    }
    folder
}

/// Exit code, standard output, standard error.
fn run(folder: &TempDir, arguments: &[&str]) -> (i32, String, String) {
    let output =
        common::schemavet().current_dir(folder.path()).args(arguments).output().expect("it runs");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (output.status.code().expect("an exit code"), text(output.stdout), text(output.stderr))
}

/// Every migration of a test adds a column to what the one before it left, and what must not run would show.
const MADE: &str = "spec: 1\nschemas: {public: {tables: {t: {columns: [a int, b int, c int]}}}}\n";
const A: &str = "create table t (a int);";
const B: &str = "alter table t add b int;";
const C: &str = "alter table t add c int; comment on column t.b is 'c comes after b';";
const GONE: &str = "drop table t;";

/// The table is made, by these files in this order, and the report says by whose convention.
#[track_caller]
fn applies(files: &[(&str, &str)], named: &str, place: &str, convention: &str, order: &[&str]) {
    let folder = folder(files);
    let spec = folder.path().join("made.yaml");
    let made = MADE.replace("[a int, b int, c int]", "{a: int, b: int, c: int}");
    std::fs::write(&spec, made).expect("written");
    let run = |more: &[&str]| {
        let arguments = [&["validate", "made.yaml", "--database", named], more].concat();
        run(&folder, &arguments)
    };
    let (code, said, error) = run(&["--format", "json"]);
    assert_eq!(code, 0, "{said}{error}");
    let report: serde_json::Value = serde_json::from_str(&said).expect("JSON");
    assert_eq!(report["migrations"][0]["files"], json!(order));
    assert_eq!(report["migrations"][0]["convention"], convention);
    assert_eq!(report["database"], place);
    let (_, said, _) = run(&[]);
    assert!(said.contains(&format!("✓ {place} matches the spec")), "{said}");
}

/// Nothing is applied, with exit code 2 and these words.
#[track_caller]
fn refuses(files: &[(&str, &str)], words: &[&str]) {
    let folder = folder(files);
    let (code, said, error) = run(&folder, &["snapshot", "--database", "app"]);
    assert_eq!((code, said.as_str()), (2, ""), "{error}");
    for word in words {
        assert!(error.contains(word), "`{word}` is not in: {error}");
    }
}

#[test]
fn plain_files_run_by_name() {
    applies(
        &[("c.sql", C), ("a.SQL", A), ("b.sql", B), ("readme.md", "no SQL")],
        "app",
        "app (plain, 3 files)",
        "plain",
        &["a.SQL", "b.sql", "c.sql"],
    );
}

#[test]
fn numbered_files_run_by_number() {
    applies(
        &[("10_c.sql", C), ("1_a.sql", A), ("2_b.sql", B)],
        "app/",
        "app/ (numbered, 3 migrations)",
        "numbered",
        &["1_a.sql", "2_b.sql", "10_c.sql"],
    );
}

#[test]
fn only_up_runs_of_up_and_down() {
    applies(
        &[
            ("10_c.up.sql", C),
            ("10_c.down.sql", GONE),
            ("9_b.up.sql", B),
            ("9_b.down.sql", GONE),
            ("000001_a.up.sql", A),
        ],
        "app",
        "app (up and down, 3 migrations)",
        "up and down",
        &["000001_a.up.sql", "9_b.up.sql", "10_c.up.sql"],
    );
    refuses(&[("1_a.up.sql", A), ("2_b.sql", B)], &["2_b.sql ends neither in .up.sql"]);
    refuses(&[("1_a.up.sql", A), ("2_b.down.sql", B)], &["2_b.down.sql has no 2_b.up.sql"]);
}

#[test]
fn prisma_is_found_from_every_folder_of_it() {
    let files = [
        ("prisma/schema.prisma", "datasource db {}"),
        ("prisma/seed.sql", GONE),
        ("prisma/migrations/migration_lock.toml", "provider = \"postgresql\""),
        ("prisma/migrations/20240101000000_a/migration.sql", A),
        ("prisma/migrations/20240102000000_b/migration.sql", B),
        ("prisma/migrations/20240103000000_c/migration.sql", C),
        ("docker-compose.yaml", "services: {}"),
    ];
    for named in ["app", "app/prisma", "app/prisma/migrations"] {
        applies(
            &files,
            named,
            "app/prisma/migrations (Prisma, 3 migrations)",
            "Prisma",
            &[
                "20240101000000_a/migration.sql",
                "20240102000000_b/migration.sql",
                "20240103000000_c/migration.sql",
            ],
        );
    }
    refuses(
        &[("1/migration.sql", A), ("2_b/notes.md", ""), ("3/migration.sql", C)],
        &["the folder 2_b lacks migration.sql"],
    );
    refuses(&[("1/migration.sql", A), ("seed.sql", B)], &["seed.sql stands beside"]);
}

#[test]
fn drizzle_runs_by_its_journal() {
    let journal = r#"{"version": "7", "dialect": "postgresql", "entries": [
        {"idx": 1, "version": "7", "when": 2, "tag": "0000_early_bird", "breakpoints": true},
        {"idx": 0, "version": "7", "when": 1, "tag": "0001_a", "breakpoints": true},
        {"idx": 2, "version": "7", "when": 3, "tag": "0002_c", "breakpoints": true}]}"#;
    let b = format!("{B}\n--> statement-breakpoint\nselect 1;");
    let files = [
        ("drizzle/meta/_journal.json", journal),
        ("drizzle/meta/0000_snapshot.json", "{}"),
        ("drizzle/0000_early_bird.sql", b.as_str()),
        ("drizzle/0001_a.sql", A),
        ("drizzle/0002_c.sql", C),
    ];
    let order = ["0001_a.sql", "0000_early_bird.sql", "0002_c.sql"];
    applies(&files, "app", "app/drizzle (Drizzle, 3 migrations)", "Drizzle", &order);
    refuses(&[&files[..], &[("drizzle/0003_d.sql", C)]].concat(), &["0003_d.sql is not in meta"]);
    refuses(&files[..4], &["names 0002_c.sql, which is not there"]);
    refuses(&[("meta/_journal.json", "{"), ("a.sql", A)], &["_journal.json", "EOF"]);
}

#[test]
fn the_newer_drizzle_and_diesel_have_folders() {
    applies(
        &[
            ("20240101_a/migration.sql", A),
            ("20240101_a/snapshot.json", "{}"),
            ("20240102_b/migration.sql", B),
            ("20240102_b/snapshot.json", "{}"),
            ("20240103_c/migration.sql", C),
            ("20240103_c/snapshot.json", "{}"),
        ],
        "app",
        "app (Drizzle, 3 migrations)",
        "Drizzle",
        &["20240101_a/migration.sql", "20240102_b/migration.sql", "20240103_c/migration.sql"],
    );
    applies(
        &[
            ("1_a/up.sql", A),
            ("1_a/down.sql", GONE),
            ("2_b/up.sql", B),
            ("2_b/down.sql", GONE),
            ("3_c/up.sql", C),
        ],
        "app",
        "app (Diesel, 3 migrations)",
        "Diesel",
        &["1_a/up.sql", "2_b/up.sql", "3_c/up.sql"],
    );
}

#[test]
fn flyway_runs_by_version_and_repeats_last() {
    applies(
        &[
            ("db/migration/V1__a.sql", A),
            ("db/migration/V1.2__b.sql", B),
            ("db/migration/V1.10__c.sql", C),
            ("db/migration/U1.10__c.sql", GONE),
            ("db/migration/R__view.sql", "create view v as select a, b, c from t; drop view v;"),
        ],
        "app",
        "app/db/migration (Flyway, 4 migrations)",
        "Flyway",
        &["V1__a.sql", "V1.2__b.sql", "V1.10__c.sql", "R__view.sql"],
    );
    refuses(&[("V1__a.sql", A), ("seed.sql", B)], &["seed.sql is none of Flyway's"]);
    refuses(
        &[("V1__a.sql", A), ("V2__b.java", "class V2__b {}")],
        &["V2__b.java is a migration that is no SQL", "exec:COMMAND"],
    );
}

#[test]
fn dbmate_and_goose_run_the_part_that_leads_up() {
    let marked =
        |up: &str, text: &str, down: &str| format!("-- {up}\n{text}\n\n-- {down}\n{GONE}\n");
    let dbmate = |text| marked("migrate:up", text, "migrate:down");
    let goose = |text| {
        let text = format!("-- +goose StatementBegin\n{text}\n-- +goose StatementEnd");
        marked("+goose Up", &text, "+goose Down")
    };
    let [a, b, c] = [A, B, C].map(dbmate);
    let files = [
        ("db/migrations/2024_a.sql", &*a),
        ("db/migrations/2025_b.sql", &b),
        ("db/migrations/2026_c.sql", &c),
    ];
    let order = ["2024_a.sql", "2025_b.sql", "2026_c.sql"];
    applies(&files, "app", "app/db/migrations (dbmate, 3 migrations)", "dbmate", &order);
    let [a, b, c] = [A, B, C].map(goose);
    let files = [("1_a.sql", &*a), ("2_b.sql", &b), ("10_c.sql", &c)];
    let order = ["1_a.sql", "2_b.sql", "10_c.sql"];
    applies(&files, "app", "app (goose, 3 migrations)", "goose", &order);

    refuses(
        &[("1_a.sql", &*a), ("2_b.sql", B)],
        &["2_b.sql lacks the comment of goose that begins the part that leads up"],
    );
    refuses(
        &[("1_a.sql", &*a), ("2_b.go", "package x")],
        &["2_b.go is a migration that is no SQL"],
    );
    let broken = goose("select 1;\n nonsense;");
    refuses(&[("1_a.sql", &broken)], &["app/1_a.sql:4:2", "syntax error", " nonsense;"]);
    refuses(&[("1_a.sql", "\nselect 1;\n-- migrate:up\n")], &["1_a.sql:2:1", "stands before"]);

    // An editor's byte order mark is no part of the comment; a line ends in a line feed.
    let [a, b, c] = [A, B, C].map(dbmate);
    let marked = format!("\u{feff}{a}");
    let files = [("1_a.sql", &*marked), ("2_b.sql", &b), ("3_c.sql", &c)];
    let order = ["1_a.sql", "2_b.sql", "3_c.sql"];
    applies(&files, "app", "app (dbmate, 3 migrations)", "dbmate", &order);
    refuses(&[("1_a.sql", &a.replace('\n', "\r"))], &["end in carriage returns alone"]);
}

#[test]
fn supabase_brings_its_prelude() {
    let a = "create table public.profiles (id uuid primary key references auth.users (id) on delete cascade);
        alter table public.profiles enable row level security;
        create policy own on public.profiles for select to authenticated using (auth.uid() = id);
        create policy files on storage.objects for select to anon
            using (bucket_id = 'x' and (storage.foldername(name))[1] = auth.jwt() ->> 'sub');
        alter publication supabase_realtime add table public.profiles;
        create table public.ids (id uuid default uuid_generate_v4());";
    let folder = folder(&[
        ("supabase/config.toml", "project_id = \"app\""),
        ("supabase/seed.sql", GONE),
        ("supabase/migrations/20240101000000_a.sql", a),
        ("pnpm-workspace.yaml", "packages: []"),
    ]);
    let spec = "spec: 1\nschemas:\n  auth: any\n  public:\n    tables:\n      profiles:\n        policies:\n          own:\n            for: select\n            to: [authenticated]\n            using: auth.uid() = id\n      ids: {columns: {id: uuid default extensions.uuid_generate_v4()}}\n  \"*\": any\n";
    std::fs::write(folder.path().join("s.yaml"), spec).expect("written");
    for named in ["app", "app/supabase", "app/supabase/migrations"] {
        let (code, said, error) =
            run(&folder, &["validate", "s.yaml", "--database", named, "--format", "json"]);
        assert_eq!(code, 0, "{said}{error}");
        let report: serde_json::Value = serde_json::from_str(&said).expect("JSON");
        assert_eq!(report["database"], "app/supabase/migrations (Supabase, 1 migration)");
        assert_eq!(report["preludes"], json!(["supabase"]));
    }
    // What the prelude made is the platform's, and what was made upon it is not.
    let (_, snapshot, _) = run(&folder, &["snapshot", "--database", "app"]);
    assert!(snapshot.contains("platform: supabase\n"), "{snapshot}");
    assert!(snapshot.contains("          files:\n"), "{snapshot}");
    assert!(!snapshot.contains("buckets"), "{snapshot}");
}

#[test]
fn a_folder_of_no_convention_is_no_guess() {
    refuses(&[("1_a.sql", A), ("seed.sql", B)], &["seed.sql has no number", "help: move files"]);
    refuses(
        &[("a.sql", A), ("spec.yaml", "spec: 1")],
        &["holds both YAML and SQL: spec.yaml, a.sql"],
    );
    refuses(&[("readme.md", "")], &["no *.sql file"]);
    for name in ["2_b.sh", "2_b.json", "2_b.sql.j2", "b.sql.postgres"] {
        let said = format!("{name} is a migration that is no SQL");
        refuses(&[("1_a.sql", A), (name, "")], &[&said, "exec:COMMAND"]);
    }
    for name in ["b.pgsql", "functions.DDL", "2_b.psql"] {
        let said = format!("{name} is SQL by its name, and only *.sql is run");
        refuses(&[("1_a.sql", A), (name, "")], &[&said, "rename it"]);
        refuses(&[("a.sql", A), (name, "")], &[&said, "rename it"]);
        refuses(&[(name, A)], &[&said, "rename it"]);
        refuses(&[("1_a/migration.sql", A), (name, "")], &[&said, "rename it"]);
    }
    let said = "nothing parts the number of 2b.sql from what follows";
    refuses(&[("1_a.sql", A), ("2b.sql", B)], &[said]);
    let beside = ["1_a.sql.md5", "1_er.drawio", "2024-notes"].map(|name| (name, ""));
    applies(
        &[&[("1_a.sql", &*format!("{A}{B}{C}"))][..], &beside].concat(),
        "app",
        "app (numbered, 1 migration)",
        "numbered",
        &["1_a.sql"],
    );
    let tables = [("public.a.sql", &*format!("{A}{B}{C}")), ("public.oracle.sql", "")];
    applies(&tables, "app", "app (plain, 2 files)", "plain", &tables.map(|(name, _)| name));
    for (a, b) in [("a.sql", "a.mysql.sql"), ("1_a.up.sql", "1_a.SQLite3.up.sql")] {
        refuses(&[(a, A), (b, B)], &[&format!("{b} is for another database")]);
    }
    let plan = ("sqitch.plan", "%project=app\na\n");
    let said = ["their order stands in sqitch.plan", "exec:COMMAND"];
    refuses(&[("a.sql", A), plan], &said);
    let below = folder(&[("deploy/a.sql", A), plan]);
    let (code, _, error) = run(&below, &["snapshot", "--database", "app/deploy"]);
    assert!(code == 2 && said.iter().all(|words| error.contains(words)), "{error}");
    let files = [("current.sql", B), ("committed/000001.sql", A)];
    refuses(&files, &["current.sql comes after", "--apply current.sql"]);
    for mark in [
        "-- +migrate Down",
        "-- Down Migration",
        "---- create above / drop below ----",
        "--//@UNDO",
        "-- ==== DOWN ====",
        "--@DOWN",
        "-- Rollback:",
        "-- +down",
        "/* DOWN */",
    ] {
        let both = format!("-- ==== UP ====\n{A}\n{mark}\n{GONE}");
        refuses(&[("1_a.sql", &both)], &["1_a.sql has a part that leads down"]);
    }
    let back = "-- up\n/*\n-- down\n*/ comment on table t is '\n-- down\n'; comment on table t is null;\n-- Rollback:\n-- drop table t;\n";
    let said = format!("-- Down migration: see the wiki\n{A}\n-- Revert\n{B}{C}\n{back}");
    applies(&[("1_a.sql", &said)], "app", "app (numbered, 1 migration)", "numbered", &["1_a.sql"]);
    let of_liquibase = |more: &str| {
        format!("--liquibase formatted sql\n--changeset me:1{more}\n{A}{B}{C}\n--rollback {GONE}\n")
    };
    let place = "app (plain, 1 file)";
    for more in ["", " dbms:postgresql", "\n-- preconditions are met"] {
        applies(&[("a.sql", &of_liquibase(more))], "app", place, "plain", &["a.sql"]);
    }
    let files =
        [("1_a.up.sql", &*format!("-- up\n{A}{B}{C}")), ("1_a.down.sql", "-- down\ndrop table t;")];
    applies(&files, "app", "app (up and down, 1 migration)", "up and down", &["1_a.up.sql"]);
    for more in
        [" dbms:mysql", " dbms:!postgresql", " context:test", "\n--preconditions onFail:MARK_RAN"]
    {
        refuses(&[("a.sql", &of_liquibase(more))], &["a.sql has conditions of Liquibase"]);
    }
    let files = [("1_a.sql", A), ("2_cool_down.sql", B), ("3_c.sql", C)];
    let order = ["1_a.sql", "2_cool_down.sql", "3_c.sql"];
    applies(&files, "app", "app (numbered, 3 migrations)", "numbered", &order);
    refuses(&[("1_a.sql", A), ("1_a_down.sql", GONE)], &["1_a_down.sql leads down"]);
    refuses(&[("U1__a.sql", GONE)], &["no file of the folder", "leads up"]);
    refuses(&[("9_to_10.sql", A), ("10_to_9.sql", GONE)], &["10_to_9.sql leads down"]);
    for (up, down) in [
        ("1.do.make-t.sql", "1.undo.make-t.sql"),
        ("1_a.sql", "1_revert_a.sql"),
        ("1_a.deploy.sql", "1_a.revert.sql"),
    ] {
        refuses(&[(up, A), (down, GONE)], &[&format!("{down} leads down")]);
    }
    let files = [("20240101_make.sql", A), ("20240101_revert_a.sql", B), ("20240102_c.sql", C)];
    let order = files.map(|(name, _)| name);
    applies(&files, "app", "app (numbered, 3 migrations)", "numbered", &order);
    refuses(
        &[("1_a.up.SQL", A), ("1_a.down.SQL", GONE)],
        &["ends neither in .up.sql nor in .down.sql"],
    );
    refuses(
        &[("prisma/migrations/1/migration.sql", A), ("supabase/migrations/1_a.sql", A)],
        &["several folders", "supabase/migrations", "prisma/migrations"],
    );
}

#[test]
fn a_folder_without_sql_says_where_it_may_be() {
    refuses(
        &[("tables/a.sql", A), ("views/b.sql", B)],
        &["the SQL of `app` is in folders of it: tables, views", "name one of them"],
    );
    refuses(&[("migration_lock.toml", "")], &["no migration in the folder `app`", "make one"]);
    for (other, ours) in [
        ("mssql.initial.sql", "postgres.initial.sql"),
        ("mysql.sql", "pg.sql"),
        ("x.mysql.sql", "x.postgres.sql"),
        ("MySQL.x.sql", "Postgres.x.sql"),
        ("x_mysql.sql", "x_postgres.sql"),
        ("sqlite3-x.sql", "pgsql-x.sql"),
        ("mysql57.x.sql", "x.sql"),
    ] {
        let said = [format!("{other} is for another database"), format!("help: name {ours}")];
        refuses(&[(other, GONE), (ours, A)], &[&said[0], &said[1]]);
    }
    refuses(&[("001_init_mysql.sql", GONE), ("001_init_postgres.sql", A)], &["001_init_mysql.sql"]);
    let tables = [("mysql.sql", &*format!("{A}{B}{C}")), ("oracle_orders.sql", "")];
    applies(&tables, "app", "app (plain, 2 files)", "plain", &tables.map(|(name, _)| name));
    refuses(
        &[("x.sql", A), ("x--0.8.0--0.10.0.sql", GONE)],
        &["x--0.8.0--0.10.0.sql leads from one version of an extension to another"],
    );
}

#[test]
fn what_needs_a_transaction_has_one_as_its_tool_gives_it() {
    let local = format!(
        "create schema aside; set local search_path = aside; {A} lock table t; drop schema aside cascade;
         select set_config('search_path', 'public', true); {A} savepoint s; rollback to savepoint s;"
    );
    let switched_off = "--no-transaction\nset local search_path = nowhere;";
    let index = format!(
        "{switched_off} {B} create index concurrently i on t (a); drop index concurrently i;"
    );
    let files = [("1_a.sql", &*local), ("2_b.sql", &*index), ("3_c.sql", C)];
    let order = files.map(|(name, _)| name);
    applies(&files, "app", "app (numbered, 3 migrations)", "numbered", &order);
}

#[test]
fn folders_below_are_not_applied_which_is_said() {
    let folder = folder(&[
        ("1_a.sql", A),
        ("old/2020/1_rows.sql", GONE),
        ("seeds/1_rows.sql", GONE),
        ("img/x.png", ""),
    ]);
    std::fs::write(folder.path().join("s.yaml"), "spec: 1\nschemas: {public: any}\n")
        .expect("written");
    let (code, said, _) = run(&folder, &["validate", "s.yaml", "--database", "app"]);
    assert_eq!(code, 0);
    assert!(said.contains("not applied: SQL in folders of app: old, seeds\n"), "{said}");
    let (_, _, said) = run(&folder, &["snapshot", "--database", "app"]);
    assert!(said.contains("warning: not applied: SQL in folders of app: old, seeds\n"), "{said}");
    let (_, said, _) = run(&folder, &["compare", "app", "app/1_a.sql"]);
    assert!(said.contains("not applied: SQL in app/old, app/seeds\n"), "{said}");
}

#[test]
fn what_refuses_a_transaction_runs() {
    let text = "create type mood as enum ('a');\nalter type mood add value 'b';\n\
        create table t (m mood default 'b');\ncreate index concurrently t_m on t (m);\n\
        begin;\nalter table t add b int;\ncommit;\n";
    let folder = folder(&[("1_a.sql", text)]);
    let (code, said, error) = run(&folder, &["snapshot", "--database", "app"]);
    assert_eq!(code, 0, "{error}");
    assert!(said.contains("mood default 'b'") && said.contains("t_m"), "{said}");
}

#[test]
fn broken_sql_in_the_middle_has_its_place() {
    refuses(
        &[
            ("1_a.sql", A),
            ("2_b.sql", "select 1;\n\n  alter table nowhere add b int;"),
            ("3_c.sql", C),
        ],
        &["app/2_b.sql:3:3", "relation \"nowhere\" does not exist", "  alter table nowhere"],
    );
}

#[test]
fn a_dump_of_several_databases_is_refused() {
    let folder = folder(&[
        ("one.sql", "create database a;\n\\connect a\ncreate table t ();\n\\connect a\n"),
        ("all.sql", "\\connect template1\nselect 1;\n\\connect -reuse-previous=on a\nselect 2;\n"),
        ("x.dump", "PGDMP\u{1}\u{f}"),
    ]);
    assert_eq!(run(&folder, &["snapshot", "--database", "app/one.sql"]).0, 0);
    let (code, _, error) = run(&folder, &["snapshot", "--database", "app/all.sql"]);
    assert_eq!(code, 2);
    assert!(error.contains("all.sql:3:1") && error.contains("pg_dumpall"), "{error}");
    let (code, _, error) = run(&folder, &["snapshot", "--database", "app/x.dump"]);
    assert_eq!(code, 2);
    assert!(error.contains("pg_restore"), "{error}");
}

#[test]
fn a_folder_of_yaml_is_a_source() {
    let folder = folder(&[
        ("a.yaml", "spec: 1\nschemas: {a: {tables: {t: {columns: {x: int}}}}}\n"),
        ("b.YML", "spec: 1\nschemas: {b: {tables: {u: {columns: {y: int}}}}}\n"),
    ]);
    let (code, said, error) = run(&folder, &["validate", "app", "--database", "app"]);
    assert_eq!(code, 0, "{said}{error}");
    assert!(said.contains("app matches the spec: 6 objects checked"), "{said}");
    let (code, said, _) = run(&folder, &["validate", "app/a.yaml", "--strict", "-d", "app"]);
    assert_eq!(code, 1);
    assert!(said.contains("schema.unexpected"), "{said}");
}
