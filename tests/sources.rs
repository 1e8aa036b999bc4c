//! What a SOURCE may be beside files: services, variables, commands; preludes and stubs.
#![cfg(unix)]
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

mod common;

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use common::Outcome;
use rustix::fs::{Mode, OFlags};
use serde_json::json;
use tempfile::TempDir;

const SPEC: &str = "spec: 1\nschemas: {public: {tables: {t: {columns: {a: int}}}}}\n";

/// A folder with a spec of one table, `s.yaml`, and SQL that makes it, `t.sql`.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    write(&folder, "s.yaml", SPEC);
    write(&folder, "t.sql", "create table t (a int);");
    folder
}

fn write(folder: &TempDir, name: &str, text: impl AsRef<[u8]>) {
    std::fs::write(folder.path().join(name), text).expect("written");
}

fn schemavet(folder: &TempDir, arguments: &[&str]) -> Command {
    let mut command = common::schemavet();
    command.current_dir(folder.path()).args(arguments);
    command
}

/// Exit code, standard output, standard error.
fn run(command: &mut Command) -> (i32, String, String) {
    let output = command.output().expect("it runs");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    let (out, err) = (text(output.stdout), text(output.stderr));
    for said in [&out, &err] {
        assert!(!said.contains("s3cret") && !said.contains("panicked"), "{said}");
    }
    (output.status.code().expect("an exit code"), out, err)
}

#[track_caller]
fn fails(command: &mut Command, code: i32, words: &[&str]) {
    let (found, out, err) = run(command);
    assert_eq!((found, out.as_str()), (code, ""), "{err}");
    for word in words {
        assert!(err.contains(word), "`{word}` is not in: {err}");
    }
}

fn validate(folder: &TempDir, source: &str) -> Command {
    schemavet(folder, &["validate", "s.yaml", "--database", source])
}

#[test]
fn what_a_command_prints_is_a_source() {
    let folder = folder();
    let (code, out, err) = run(&mut validate(&folder, "exec:cat t.sql"));
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("exec:cat t.sql matches the spec"), "{out}");
    // The password of a URL is masked in the report.
    let source = "exec:: postgres://me:s3cret@h/x; cat t.sql";
    let (code, out, err) = run(&mut validate(&folder, source));
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("postgres://me:***@h/x"), "{out}");
    let arguments = ["validate", "s.yaml", "--database", "exec:cat t.sql", "--apply", "more.sql"];
    write(&folder, "more.sql", "alter table t add b int;");
    let (code, out, _) = run(&mut schemavet(&folder, &arguments));
    assert_eq!(code, 1);
    assert!(
        out.contains("column.unexpected") && out.contains("exec:cat t.sql + more.sql"),
        "{out}"
    );
}

#[test]
fn a_command_that_fails_says_why() {
    let folder = folder();
    let fails = |line: &str, code, words: &[&str]| fails(&mut validate(&folder, line), code, words);
    let line = "exec:echo create; echo 'no route for password=s3cret' >&2; exit 7";
    fails(line, 3, &["failed with exit code 7", "no route", "***"]);
    fails("exec:false", 3, &["exit code 1", "said nothing"]);
    fails("exec:kill -9 $$", 3, &["signal: 9"]);
    fails("exec:no-such-program-here", 3, &["exit code 127", "not found"]);
    fails("exec:true", 2, &["exec:true printed nothing"]);
    fails("exec:echo '-- nothing'", 2, &["printed no SQL"]);
    fails("exec: ", 2, &["names no command"]);
    fails("exec:echo; echo '{\"a\": 1}'", 2, &["exec:echo; echo", ":2:1", "syntax error"]);
    fails("exec:printf 'select \\377'", 2, &["is not UTF-8", ":1:8"]);
    fails("exec:echo \"select 'open\"", 2, &["a string does not end"]);
    // A program that says much is not held up, and the end of it is shown.
    fails("exec:seq 100000 >&2; exit 1", 3, &["99999", "100000"]);
}

#[test]
fn too_much_is_not_read() {
    let folder = folder();
    let source = "exec:yes 'select 1;'";
    fails(&mut validate(&folder, source), 2, &["printed more than 256 MiB"]);
}

/// The numbers of processes whose command line holds `mark`.
fn processes(mark: &str) -> Vec<String> {
    let listed = Command::new("ps").args(["-eo", "pid,stat,args"]).output().expect("ps runs");
    let listed = String::from_utf8_lossy(&listed.stdout).into_owned();
    let running = |line: &&str| {
        line.contains(mark) && !line.contains("schemavet") && !line.contains("<defunct>")
    };
    listed.lines().filter(running).map(str::to_owned).collect()
}

#[test]
fn a_command_that_hangs_is_stopped_with_all_it_started() {
    let folder = folder();
    // In the background, in a pipe, and deaf to SIGTERM.
    let source = "exec:trap '' TERM; sleep 987601 & echo 'select 1;' | sleep 987601";
    let arguments = ["validate", "s.yaml", "--database", source, "--exec-timeout", "1"];
    let before = Instant::now();
    fails(&mut schemavet(&folder, &arguments), 3, &["had not ended after 1 s", "--exec-timeout"]);
    assert!(before.elapsed() < Duration::from_secs(15));
    common::eventually("something is left running", || processes("sleep 987601").is_empty());
}

#[test]
fn an_interrupt_stops_the_command() -> Outcome {
    let folder = folder();
    for signal in ["-INT", "-TERM", "-HUP"] {
        let mut child = validate(&folder, "exec:sleep 987602 | sleep 987602")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        common::eventually("the command does not start", || processes("sleep 987602").len() >= 2);
        let told = Command::new("kill").args([signal, &child.id().to_string()]).status()?;
        assert!(told.success());
        assert_eq!(child.wait()?.code(), Some(3), "{signal}");
        common::eventually("something is left running", || processes("sleep 987602").is_empty());
    }
    Ok(())
}

/// A pipe that nobody writes into keeps neither the spec's reader nor the program.
#[test]
fn an_interrupt_ends_the_reading_of_a_pipe() -> Outcome {
    let folder = folder();
    let pipe = folder.path().join("pipe.yaml");
    assert!(Command::new("mkfifo").arg(&pipe).status()?.success());
    for arguments in [
        &["validate", "pipe.yaml", "--database", "t.sql"][..],
        &["snapshot", "--update", "pipe.yaml", "--database", "t.sql"],
        &["validate", "s.yaml", "--database", "pipe.yaml"],
    ] {
        let mut child =
            schemavet(&folder, arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
        // Whoever can open the other end without waiting knows that somebody reads.
        let mut writer = None;
        common::eventually("nobody reads the pipe", || {
            let flags = OFlags::WRONLY | OFlags::NONBLOCK | OFlags::CLOEXEC;
            writer = rustix::fs::open(&pipe, flags, Mode::empty()).ok();
            writer.is_some()
        });
        let told = Command::new("kill").args(["-TERM", &child.id().to_string()]).status()?;
        assert!(told.success());
        assert_eq!(child.wait()?.code(), Some(3), "{arguments:?}");
        drop(writer);
    }
    Ok(())
}

#[test]
fn what_a_command_leaves_behind_ends_with_it() {
    let folder = folder();
    let source = "exec:sleep 987603 >/dev/null 2>&1 & cat t.sql";
    let (code, _, err) = run(&mut validate(&folder, source));
    assert_eq!(code, 0, "{err}");
    common::eventually("something is left running", || processes("sleep 987603").is_empty());
}

#[test]
fn a_variable_names_a_source_and_is_not_shown() {
    let folder = folder();
    let with = |value: &str| {
        let mut command = validate(&folder, "env:THE_SOURCE");
        command.env("THE_SOURCE", value);
        command
    };
    assert_eq!(run(&mut with("t.sql")).0, 0);
    let (code, out, _) = run(&mut with("exec:: s3cret; cat t.sql"));
    assert_eq!(code, 0);
    assert!(out.contains("env:THE_SOURCE matches the spec"), "{out}");
    fails(&mut with("/nowhere/s3cret.sql"), 2, &["cannot read the source env:THE_SOURCE"]);
    fails(&mut with("mysql://u:s3cret@h/x"), 2, &["mysql:// is no PostgreSQL URL"]);
    fails(&mut with("postgres://u:s3cret@127.0.0.1:1/x"), 3, &["127.0.0.1:1/x as u"]);
    fails(&mut with("env:OTHER"), 2, &["names another variable"]);
    fails(&mut with(""), 2, &["THE_SOURCE is not set"]);
}

#[tokio::test]
async fn a_service_is_a_source() -> Outcome {
    let database = common::database("create table t (a int)").await?;
    let folder = folder();
    let text = format!(
        "# ours\n[other]\nhost=nowhere.invalid\n\n[app]\nhost={}\nuser=postgres\npassword=s3cret\ndbname={database}\n",
        common::socket()
    );
    write(&folder, "services", text);
    let with = |source: &str| {
        let mut command = validate(&folder, source);
        command.env("PGSERVICEFILE", folder.path().join("services"));
        command
    };
    for source in ["service=app", "postgres://?service=app", "service=app application_name=x"] {
        let (code, out, err) = run(&mut with(source));
        assert_eq!(code, 0, "{source}: {err}");
        assert!(out.contains(&format!("/{database} as postgres matches")), "{out}");
    }
    // The text is over the service, the service over the environment.
    let (code, _, err) = run(with("service=app").env("PGDATABASE", "nowhere"));
    assert_eq!(code, 0, "{err}");
    fails(&mut with("service=app dbname=nowhere"), 3, &["\"nowhere\" does not exist"]);
    let mut named = schemavet(&folder, &["validate", "s.yaml"]);
    named.env("PGSERVICEFILE", folder.path().join("services")).env("PGSERVICE", "app");
    assert_eq!(run(&mut named).0, 0);
    fails(&mut with("service=none"), 2, &["there is no service `none`", "services"]);
    Ok(())
}

#[test]
fn a_prelude_comes_first_and_is_for_sql_only() {
    let folder = folder();
    write(&folder, "role.sql", "create role app_owner; create schema app authorization app_owner;");
    write(
        &folder,
        "b.sql",
        "create table t (a int); create table app.x (); alter table t owner to app_owner;",
    );
    let run_with = |preludes: &[&str]| {
        let mut arguments = vec!["validate", "s.yaml", "--database", "b.sql", "--format", "json"];
        arguments.extend(preludes.iter().flat_map(|prelude| ["--prelude", prelude]));
        run(&mut schemavet(&folder, &arguments))
    };
    let (code, out, err) = run_with(&["role.sql", "supabase"]);
    assert_eq!(code, 1, "{err}");
    let report: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!(report["preludes"], json!(["role.sql", "supabase"]));
    assert!(out.contains("\"app\"") && !out.contains("\"public.t\""), "{out}");
    assert_eq!(run_with(&[]).0, 2);
    let (code, _, err) = run_with(&["supabse"]);
    assert_eq!(code, 2);
    assert!(err.contains("there is no prelude `supabse`"), "{err}");
    let arguments = ["validate", "s.yaml", "--database", "s.yaml", "--prelude", "role.sql"];
    fails(&mut schemavet(&folder, &arguments), 2, &["--prelude is for sources of SQL only"]);
    let arguments = ["validate", "s.yaml", "--database", "s.yaml", "--shadow", "postgres://h/x"];
    fails(&mut schemavet(&folder, &arguments), 2, &["--shadow is for sources of SQL only"]);
}

/// Every stub can be made, what it makes belongs to it, and the report names it.
#[test]
fn an_extension_that_is_not_there_becomes_a_stub_that_is_named() {
    let folder = folder();
    let sql = "create schema extensions;
        create extension if not exists vector with schema extensions;
        create extension if not exists vector;
        alter extension vector update to '0.8.0';
        create extension postgis with schema extensions version '3.4.0';
        begin; create table early (a int); create extension pg_cron; create table late (a int); commit;
        create extension \"pg_net\" schema extensions;
        create extension pgjwt;
        create extension supabase_vault;
        create extension made_up_by_us;
        comment on extension vector is 'vectors';
        create extension if not exists btree_gist;
        create table t (a int, e extensions.vector(3), g extensions.geography,
            point extensions.geometry(pointz, 3857), anywhere extensions.geometry(Geometry), at extensions.geography(Point));
        create index t_point on t using gist (point);
        create role writer; grant usage on schema extensions to writer; set role writer; create temp table w (g extensions.geometry(Tin, 1)); reset role;
        create index t_e on t using hnsw (e extensions.vector_cosine_ops);
        create index concurrently t_m on t using HNSW (e extensions.vector_l2_ops)
            with (m = 24, ef_construction = '100') where a > 1;
        create table p (a int, v extensions.vector(3)) partition by hash (a);
        create table p_0 partition of p for values with (modulus 2, remainder 0);
        create index if not exists p_v on p using ivfflat (v extensions.vector_l2_ops) with (lists = 100);
        create index if not exists p_v on p using ivfflat (v extensions.vector_l2_ops) with (lists = 1000);
        create table p_1 partition of p for values with (modulus 2, remainder 1);
        select cron.schedule('a', '@daily', 'select 1');
        drop extension pgjwt;";
    write(&folder, "x.sql", sql);
    let (code, out, err) =
        run(&mut schemavet(&folder, &["snapshot", "-d", "x.sql", "-o", "x.yaml"]));
    assert_eq!((code, out.as_str()), (0, ""), "{err}");
    let snapshot = std::fs::read_to_string(folder.path().join("x.yaml")).expect("a snapshot");
    for part in [
        "e: extensions.vector(3)",
        "point: extensions.geometry(PointZ,3857)",
        "anywhere: extensions.geometry\n",
        "at: extensions.geography(Point,4326)",
        "t_point: using gist (point)",
        "vector_cosine_ops",
        "t_m: using hnsw (e extensions.vector_l2_ops) with (ef_construction = '100', m = '24') where a > 1",
        "p_v: using ivfflat (v) with (lists = '100')",
        "p_0_v_idx:\n            definition: using ivfflat (v) with (lists = '100')",
        "p_1_v_idx:\n            definition: using ivfflat (v) with (lists = '100')",
        "late:",
        "early:",
        "postgis:",
        "made_up_by_us:",
    ] {
        assert!(snapshot.contains(part), "`{part}` is not in: {snapshot}");
    }
    for part in ["functions:", "cron.job", "halfvec", "version: stub", "pgjwt"] {
        assert!(!snapshot.contains(part), "`{part}` is in: {snapshot}");
    }
    let stubs =
        ["vector", "postgis", "pg_cron", "pg_net", "pgjwt", "supabase_vault", "made_up_by_us"];
    let arguments = ["validate", "x.yaml", "--strict", "--database", "x.sql"];
    let (code, out, err) = run(&mut schemavet(&folder, &arguments));
    assert_eq!(code, 0, "{out}{err}");
    assert!(out.contains(&format!("a stub stands in: {}\n", stubs.join(", "))), "{out}");
    let (_, out, _) = run(schemavet(&folder, &arguments).args(["--format", "json"]));
    let report: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!(report["stubs"], json!(stubs));

    // What hangs on a stub, or on what would be its own, cannot be told.
    let extension = "{schema: public, changed_privileges: {function public.f(): {grants: {public: [-execute]}}}}";
    write(
        &folder,
        "hung.yaml",
        format!("spec: 1\nextensions: {{plpgsql: , made_up_by_us: {extension}}}"),
    );
    write(&folder, "hung.sql", "create extension made_up_by_us");
    let arguments = ["validate", "hung.yaml", "--database", "hung.sql"];
    let (code, out, err) = run(&mut schemavet(&folder, &arguments));
    assert_eq!(code, 0, "{out}{err}");

    write(&folder, "twice.sql", "create extension nope_x;\ncreate extension nope_x;");
    let arguments = ["snapshot", "--database", "twice.sql"];
    fails(
        &mut schemavet(&folder, &arguments),
        2,
        &["extension \"nope_x\" already exists", "twice.sql:2"],
    );
    write(&folder, "homeless.sql", "create extension nope_x with schema nowhere;");
    let arguments = ["snapshot", "--database", "homeless.sql"];
    fails(&mut schemavet(&folder, &arguments), 2, &["schema \"nowhere\" does not exist"]);
}

#[test]
fn a_role_that_a_dump_names_is_made_before() {
    let folder = folder();
    write(&folder, "dump.sql", "create table t (a int); alter table t owner to app;");
    write(&folder, "roles.sql", "create role app");
    write(&folder, "as_role.sql", "set role app; create table t (a int)");
    for file in ["dump.sql", "as_role.sql"] {
        let said = ["role \"app\" does not exist", "--prelude FILE.sql"];
        fails(&mut schemavet(&folder, &["snapshot", "--database", file]), 2, &said);
    }
    let arguments = ["snapshot", "--database", "dump.sql"];
    let output = schemavet(&folder, &[&arguments[..], &["--prelude", "roles.sql"]].concat())
        .output()
        .expect("runs");
    assert!(String::from_utf8_lossy(&output.stdout).contains("owner: app"), "{output:?}");
}

/// The stubs of extensions that come with PostgreSQL serve where those packages are not installed.
#[tokio::test]
async fn every_stub_is_sound() -> Outcome {
    let stubs = common::root().join("src/source/stubs");
    let mut seen = 0;
    for entry in std::fs::read_dir(stubs)? {
        let path = entry?.path();
        // What puts stubs to use.
        if path
            .file_stem()
            .and_then(|stem| stem.to_str())
            .is_some_and(|stem| stem == "statement" || stem.ends_with("_options"))
        {
            continue;
        }
        common::database(&std::fs::read_to_string(&path)?).await?;
        seen += 1;
    }
    assert!(seen > 8);
    let database = common::database(&std::fs::read_to_string(
        common::root().join("src/source/stubs/citext.sql"),
    )?)
    .await?;
    common::execute(
        &database,
        "create table t (a citext unique, check (a <> 'x')); insert into t values ('A')",
    )
    .await?;
    let rows = common::rows(
        &database,
        "select count(*)::text from public.t where a operator(public.=) 'a'::public.citext",
    )
    .await?;
    assert_eq!(rows, [["1"]]);
    assert!(common::execute(&database, "insert into t values ('a')").await.is_err());
    Ok(())
}
