//! The binary as a person or a pipeline meets it: help, exit codes, what is said when something is wrong.
#![cfg(unix)]
#![expect(clippy::expect_used, reason = "a test fails by panicking")]
#![expect(clippy::needless_raw_string_hashes, reason = "snapbox writes them so")]

mod common;

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use common::Outcome;
use schemavet::source::ephemeral::{Cluster, Options};
use snapbox::str;

const SPEC: &str = "specs/streamtrack.yaml";
const FIXTURE: &str = "fixtures/streamtrack";

/// Exit code, standard output, standard error.
fn run(command: &mut Command) -> (i32, String, String) {
    let output = command.output().expect("it runs");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    let (out, err) = (text(output.stdout), text(output.stderr));
    for said in [&out, &err] {
        assert!(!said.contains("panicked"), "{said}");
        assert!(!said.contains("s3cret"), "{said}");
    }
    (output.status.code().expect("an exit code"), out, err)
}

fn schemavet(arguments: &[&str]) -> (i32, String, String) {
    run(common::schemavet().args(arguments))
}

#[track_caller]
fn fails(arguments: &[&str], code: i32, said: &[&str]) {
    let (found, out, err) = schemavet(arguments);
    assert_eq!(found, code, "{arguments:?}: {out}{err}");
    for part in said {
        assert!(err.contains(part), "{arguments:?}: `{part}` is not in: {err}");
    }
    assert!(out.is_empty(), "{out}");
}

/// A spec with that text, which lives as long as the folder.
fn file(text: &str) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("spec.yaml");
    std::fs::write(&path, text).expect("written");
    let path = path.to_str().expect("UTF-8").to_owned();
    (folder, path)
}

#[test]
fn a_report_takes_the_place_of_nothing_that_is_read() {
    let (folder, spec) = file("spec: 1\nschemas: {}\n");
    let sql = folder.path().join("schema.sql");
    std::fs::write(&sql, "create table t (a int)").expect("written");
    let (sql, inside) = (sql.to_str().expect("UTF-8"), folder.path().to_str().expect("UTF-8"));
    for (specs, target) in [(spec.as_str(), spec.as_str()), (spec.as_str(), sql), (inside, &spec)] {
        let before = std::fs::read_to_string(target).expect("read");
        let report = format!("json={target}");
        let arguments = ["validate", specs, "--database", sql, "--report", &report];
        fails(&arguments, 2, &["a report would take the place of"]);
        fails(&["diff", sql, &spec, "--report", &report], 2, &["a report would take the place of"]);
        assert_eq!(std::fs::read_to_string(target).expect("read"), before);
    }
    // A file that a variable names is one that is read, too.
    let (before, report) = (std::fs::read_to_string(sql).expect("read"), format!("json={sql}"));
    let arguments = ["validate", &spec, "--database", "env:THE_SQL", "--report", &report];
    let (code, _, err) = run(common::schemavet().args(arguments).env("THE_SQL", sql));
    assert_eq!(code, 2, "{err}");
    assert_eq!(std::fs::read_to_string(sql).expect("read"), before);
    let (one, other) = (format!("json={inside}/r"), format!("junit={inside}/./r"));
    let arguments = ["validate", &spec, "--database", sql, "--report", &one, "--report", &other];
    fails(&arguments, 2, &["two reports are to be written into"]);
}

#[test]
fn what_may_be_there_is_no_database() {
    let (_folder, vague) = file("spec: 1\nschemas: {public: {tables: {t: {checks: [a > 0]}}}}\n");
    for command in [&["validate", SPEC][..], &["snapshot"]] {
        let arguments = [command, &["--database", &vague]].concat();
        fails(&arguments, 2, &["is no snapshot", "may be there, not what is there"]);
    }
    let (_folder, whole) = file("spec: 1\nschemas: {public: {tables: {t: {columns: {a: int}}}}}\n");
    let (code, _, err) = schemavet(&["snapshot", "--database", &whole]);
    assert_eq!(code, 0, "{err}");
    fails(&["validate", SPEC, "--database", ""], 2, &["--database is empty"]);
}

#[test]
fn what_may_hold_a_password_is_not_repeated() {
    for source in [
        "host=/tmp port=1 password=s3cret dbname='x",
        "host=h password=two s3cret words dbname=x",
        "postgres:/me:s3cret@h/db",
        "me:s3cret@h/db",
    ] {
        fails(&["validate", SPEC, "--database", source], 2, &["not repeated here"]);
        fails(&["compare", &format!("a={source}"), FIXTURE], 2, &["not repeated here"]);
    }
    let uri = "postgres://me:s3cret@h/db";
    for source in [uri, "host=h password=s3cret"] {
        let (code, _, err) =
            run(common::schemavet().args(["validate", SPEC]).env("PGDATABASE", source));
        assert_eq!(code, 2, "{err}");
        assert!(!err.contains("s3cret"), "{err}");
    }
    let (folder, _) = file("");
    let sql = folder.path().join("roles.sql");
    std::fs::write(&sql, "create role a login password 's3cret' oops").expect("written");
    let (code, _, err) = schemavet(&["validate", SPEC, "-d", sql.to_str().expect("UTF-8")]);
    assert_eq!(code, 2, "{err}");
    assert!(err.contains("roles.sql:1:") && !err.contains("s3cret"), "{err}");
    fails(&["validate", SPEC, "-d", &format!("dbname={uri}")], 2, &["DATABASE_URL"]);
}

/// A database in the wrong place is told the right one, without its password.
#[test]
fn a_database_in_the_wrong_place_is_no_secret_told() {
    let url = "postgres://app:s3cret@localhost/app";
    for arguments in [
        &["validate", url][..],
        &["validate", SPEC, url],
        &["validate", "host=localhost password=s3cret"],
        &["snapshot", url],
        &["init", url],
        &[url],
    ] {
        fails(arguments, 2, &["atabase goes behind --database"]);
    }
    for arguments in [
        &["explain", url][..],
        &["diff", url, url, url],
        &["snapshot", "--update", url, "-d", SPEC],
    ] {
        fails(arguments, 2, &["***"]);
    }
}

/// A variable that is not set leaves nothing behind in a command line.
#[test]
fn an_empty_database_is_none() {
    let validate = |more: &[&str]| {
        let mut command = common::schemavet();
        command
            .args(["validate", SPEC])
            .args(more)
            .env("PGHOST", "/nowhere")
            .env("DATABASE_URL", "");
        command
    };
    let (code, _, said) = run(&mut validate(&[]));
    assert_eq!(code, 3, "{said}");
    let (code, _, said) = run(validate(&["--database", ""]).env_remove("DATABASE_URL"));
    assert_eq!(code, 2);
    assert!(said.contains("--database is empty"), "{said}");
}

/// A report names a file as it stands in the working directory, however the command line does.
#[test]
fn a_place_is_told_from_where_we_are() {
    let absolute = format!("{}/{SPEC}", env!("CARGO_MANIFEST_DIR"));
    for spec in [SPEC, &format!("./{SPEC}"), &absolute] {
        let drift = "fixtures/streamtrack/drift/dropped_index.sql";
        let (code, out, err) =
            schemavet(&["validate", spec, "-d", FIXTURE, "--apply", drift, "--format", "github"]);
        assert_eq!(code, 1, "{err}");
        assert!(out.contains(&format!(",file={SPEC},line=")), "{spec}: {out}");
    }
}

/// What stops a run is an annotation for GitHub, too; other formats print nothing that looks like a report.
#[test]
fn github_is_told_what_stopped_a_run() {
    let folder = tempfile::tempdir().expect("a directory");
    let spec = folder.path().join("spec.yaml");
    std::fs::write(&spec, "spec: 1\nschemas:\n  public:\n    tabels: {}\n").expect("a file");
    let spec = spec.display().to_string();
    let gone = "postgres://app:hunter2@localhost:1/app";
    let runs: [(&[&str], i32, &str); 3] = [
        (&["validate", &spec, "-d", gone], 2, "::error title=wrong input,file="),
        (&["validate", SPEC, "-d", gone], 3, "::error title=could not check::"),
        (&["diff", gone, gone], 3, "::error title=could not check::"),
    ];
    for (arguments, expected, begin) in runs {
        let (code, out, err) = schemavet(&[arguments, &["--format", "github"]].concat());
        assert_eq!(code, expected, "{err}");
        assert!(out.starts_with(begin) && out.lines().count() == 1, "{out}");
        assert!(!out.contains("hunter2"), "{out}");
        let (code, out, _) = schemavet(&[arguments, &["--format", "json"]].concat());
        assert_eq!((code, out.as_str()), (expected, ""));
    }
    let (_, out, _) = schemavet(&["validate", &spec, "-d", gone, "--format", "github"]);
    assert!(out.contains(",line=4,col=5::") && out.contains("%0Ahelp: "), "{out}");
}

#[test]
fn nobody_has_to_read_standard_error() {
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full");
    let Ok(full) = full else { return };
    let status = common::schemavet().args(["validate", "nowhere.yaml"]).stderr(full).status();
    assert_eq!(status.expect("it runs").code(), Some(2));
}

#[test]
fn help_says_what_there_is() {
    let help = |arguments: &[&str]| {
        let (code, out, err) = schemavet(arguments);
        assert_eq!((code, err.as_str()), (0, ""));
        out
    };
    let top = help(&["--help"]);
    let commands =
        ["init", "validate", "diff", "compare", "snapshot", "explain", "schema", "sources"];
    assert!(commands.iter().all(|command| top.contains(command)), "{top}");
    insta::with_settings!({prepend_module_to_snapshot => false}, {
        insta::assert_snapshot!("help", top);
        for command in commands {
            insta::assert_snapshot!(format!("help_{command}"), help(&[command, "--help"]));
        }
    });
    assert!(help(&["--version"]).starts_with("schemavet "));
}

#[test]
fn bad_input_is_2_with_its_place() {
    fails(&["validate", "nowhere.yaml", "-d", FIXTURE], 2, &["nowhere.yaml", "No such file"]);
    fails(&["validate", SPEC, "-d", "nowhere.sql"], 2, &["nowhere.sql", "postgres://"]);
    fails(&["validate", SPEC], 2, &["no database is named", "DATABASE_URL"]);
    fails(&["validate", SPEC, "-d", FIXTURE, "--apply", "nowhere.sql"], 2, &["nowhere.sql"]);
    fails(&["validate"], 2, &["<SPEC>"]);
    fails(&["validat"], 2, &["'validate'"]);
    fails(&["validate", SPEC, "--strickt"], 2, &["--strict"]);
    fails(&["validate", SPEC, "-d", FIXTURE, "--format", "xml"], 2, &["text, json"]);
    for (text, said) in [
        (
            "spec: 1\nschemas:\n  public:\n    tabels: {}\n",
            [":4:5", "unknown key `tabels`", "    tabels: {}"],
        ),
        (
            "spec: 1\nschemas: {a: {sequences: {s: {definitoin: as int}}}}\n",
            [":2:31", "unknown key `definitoin`", "did you mean `definition`?"],
        ),
        ("spec: 1\nschemas:\n  a: any\n  a: any\n", [":4:3", "a", "  a: any"]),
        ("spec: 1\nschemas: [\n", ["spec.yaml:", "error:", "-->"]),
        (
            "spec: 1\nschemas:\n  public:\n    tables:\n      t: {columns: {c: {type: nope}}, '*': any}\n",
            ["spec.yaml:5", "unknown key", "'*'"],
        ),
        (
            "spec: 1\nschemas:\n  public:\n    tables: {'t*': {columns: {'*': any, c_*: nope}}}\n",
            ["spec.yaml:4:41", "no data type `nope`", "tables: {'t*': "],
        ),
    ] {
        let (_folder, path) = file(text);
        fails(&["validate", &path, "-d", FIXTURE], 2, &said);
    }
    let (_folder, path) = file("create table t (\n  a nope\n);");
    let sql = path.replace("spec.yaml", "broken.sql");
    std::fs::rename(&path, &sql).expect("renamed");
    fails(&["validate", SPEC, "-d", &sql], 2, &["type \"nope\" does not exist", "broken.sql:2:5"]);
    let folder = sql.replace("/broken.sql", "");
    for not_a_spec in [&sql, &folder] {
        let help = format!("schemavet diff {not_a_spec} <DATABASE>");
        fails(&["validate", not_a_spec, "-d", FIXTURE], 2, &[&help]);
    }
}

#[test]
fn a_server_that_is_not_there_is_3() {
    let away = std::net::TcpListener::bind("127.0.0.1:0")
        .expect("a port")
        .local_addr()
        .expect("it")
        .port();
    let url = format!("postgres://me:s3cret@127.0.0.1:{away}/app");
    fails(&["validate", SPEC, "-d", &url], 3, &["Connection refused", "start the server"]);
    fails(&["snapshot", "-d", &url], 3, &["Connection refused"]);
    fails(
        &["validate", SPEC, "-d", "host=/nowhere dbname=x user=y password=s3cret"],
        3,
        &["/nowhere"],
    );
    let by_variable = run(common::schemavet().args(["validate", SPEC]).env("DATABASE_URL", &url));
    assert_eq!(by_variable.0, 3);
    assert!(by_variable.2.contains(&away.to_string()));
}

#[test]
fn sql_is_never_applied_to_a_live_server() {
    let apply = ["--apply", "fixtures/streamtrack/drift/dropped_index.sql"];
    let live = ["validate", SPEC, "-d", "postgres://me:s3cret@127.0.0.1:1/app"];
    fails(&[&live[..], &apply].concat(), 2, &["--apply", "never writes"]);
}

#[tokio::test]
async fn a_server_that_will_not_have_us_is_3() -> Outcome {
    let port = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    let cluster = Cluster::start_with(&Options { port: Some(port), ..Options::default() }).await?;
    let admin =
        schemavet::source::connection::Connection::open(&cluster.settings("postgres")).await?;
    admin
        .client
        .batch_execute(
            "set password_encryption = 'scram-sha-256'; create role app login password 's3cret'",
        )
        .await?;
    std::fs::write(
        cluster.data().join("pg_hba.conf"),
        "local all postgres trust\nhost all all 127.0.0.1/32 scram-sha-256\n",
    )?;
    admin.client.batch_execute("select pg_reload_conf()").await?;
    let url = |user: &str, database: &str| format!("postgres://{user}@127.0.0.1:{port}/{database}");
    // The reload is a signal: asked until it has arrived.
    let wrong = url("app:s3cret2", "postgres");
    let deadline = Instant::now() + Duration::from_secs(10);
    while schemavet(&["snapshot", "-d", &wrong]).0 == 0 {
        assert!(Instant::now() < deadline, "the server does not reload");
    }
    fails(
        &["snapshot", "-d", &wrong],
        3,
        &["password authentication failed for user \"app\"", "PGPASSWORD"],
    );
    fails(&["snapshot", "-d", &url("app", "postgres")], 3, &["PGPASSWORD"]);
    fails(
        &["snapshot", "-d", &url("app:s3cret", "nowhere")],
        3,
        &["database \"nowhere\" does not exist", "create the database"],
    );
    let (code, out, err) = schemavet(&["snapshot", "-d", &url("app:s3cret", "postgres")]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(out.starts_with("spec: 1\n"), "{out}");
    let by_variable = run(common::schemavet()
        .arg("snapshot")
        .env("PGHOST", "127.0.0.1")
        .env("PGPORT", port.to_string())
        .env("PGUSER", "app")
        .env("PGPASSWORD", "s3cret")
        .env("PGDATABASE", "postgres"));
    assert_eq!((by_variable.0, by_variable.1), (0, out));
    Ok(())
}

#[tokio::test]
async fn a_role_without_privileges_reads_all() -> Outcome {
    let database = common::database_of(&common::root().join(FIXTURE)).await?;
    common::execute(&database, "create role bare login; revoke all on database postgres from bare")
        .await?;
    let spec = ["validate", SPEC, "--database"];
    let as_user =
        |user: &str| common::conninfo(&database).replace("user=postgres", &format!("user={user}"));
    let (code, out, err) = schemavet(&[&spec[..], &[&as_user("postgres")]].concat());
    assert_eq!(code, 0, "{out}{err}");
    let (bare, out, err) = schemavet(&[&spec[..], &[&as_user("bare")]].concat());
    // What cannot be decided without USAGE on a schema is said, and never taken for a match.
    assert_eq!(bare, 3, "{out}{err}");
    assert!(
        out.contains("undecided") && out.contains("permission denied for schema auth"),
        "{out}"
    );
    assert!(!out.contains("differs"), "{out}");
    let snapshot = |user: &str| schemavet(&["snapshot", "-d", &as_user(user)]).1;
    assert_eq!(snapshot("bare"), snapshot("postgres"));
    assert!(snapshot("bare").contains("team_members"));
    Ok(())
}

#[tokio::test]
async fn an_empty_database_lacks_everything() -> Outcome {
    let database = common::conninfo(&common::empty().await?);
    let (code, out, _) = schemavet(&["validate", SPEC, "-d", &database, "--format", "json"]);
    assert_eq!(code, 1);
    let report: serde_json::Value = serde_json::from_str(&out)?;
    assert!(report["summary"]["errors"].as_u64() > Some(10));
    let kinds = report["kinds"].as_object().ok_or("kinds")?;
    assert_eq!(kinds["table"]["missing"], kinds["table"]["expected"]);
    let (code, out, _) = schemavet(&["snapshot", "-d", &database]);
    assert_eq!(code, 0);
    let (_folder, path) = file(&out);
    assert_eq!(schemavet(&["validate", &path, "-d", &database, "--strict"]).0, 0);
    Ok(())
}

/// The sessions of the program, in `pg_stat_activity`.
fn sessions(database: &str) -> String {
    format!("datname = '{database}' and application_name = 'schemavet'")
}

/// Waits until a session of the program waits for the lock.
async fn waiting(database: &str) -> Outcome {
    let admin = common::connect("postgres").await?;
    let sql = format!(
        "select from pg_stat_activity where {} and wait_event_type = 'Lock'",
        sessions(database)
    );
    let deadline = Instant::now() + Duration::from_secs(10);
    loop {
        if !admin.client.query_typed(&sql, &[]).await?.is_empty() {
            return Ok(());
        }
        assert!(Instant::now() < deadline, "it does not wait");
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_lost_server_is_3_and_no_match() -> Outcome {
    let database =
        common::database("create view v as select 1 as one; create table t (a integer)").await?;
    for how in ["killed", "times out"] {
        let blocker = common::connect(&database).await?;
        blocker.client.batch_execute("begin; lock table v in access exclusive mode; lock table pg_attrdef in access exclusive mode").await?;
        let child = common::schemavet()
            .args(["snapshot", "-d", &common::conninfo(&database)])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        waiting(&database).await?;
        if how == "killed" {
            let admin = common::connect("postgres").await?;
            let each = sessions(&database);
            let kill =
                format!("select pg_terminate_backend(pid) from pg_stat_activity where {each}");
            admin.client.batch_execute(&kill).await?;
        }
        // Otherwise its own lock_timeout ends it.
        let output = child.wait_with_output()?;
        let said = String::from_utf8(output.stderr)?;
        assert_eq!(output.status.code(), Some(3), "{how}: {said}");
        assert!(output.stdout.is_empty());
        let words: &[&str] = match how {
            // What the server says last is not always heard.
            "killed" => &["terminating connection", "lost the server"],
            _ => &["another session has locked"],
        };
        assert!(words.iter().any(|words| said.contains(words)), "{how}: {said}");
        assert!(!said.contains("panicked"));
    }
    Ok(())
}

#[test]
fn colour_is_for_people_who_want_it() {
    let drift = "fixtures/streamtrack/drift/dropped_index.sql";
    let arguments = ["validate", SPEC, "-d", FIXTURE, "--apply", drift];
    let coloured = |more: &[&str], variable: Option<(&str, &str)>| {
        let mut command = common::schemavet();
        command.args(arguments).args(more);
        if let Some((name, value)) = variable {
            command.env(name, value);
        }
        let (code, out, err) = run(&mut command);
        assert_eq!(code, 1, "{err}");
        out.contains('\u{1b}')
    };
    assert!(!coloured(&[], None), "a pipe is no person");
    assert!(coloured(&["--color", "always"], None));
    assert!(coloured(&["--color", "always"], Some(("NO_COLOR", "1"))), "a flag is a wish");
    assert!(!coloured(&["--color", "never"], Some(("CLICOLOR_FORCE", "1"))));
    assert!(!coloured(&[], Some(("NO_COLOR", "1"))));
    assert!(coloured(&[], Some(("CLICOLOR_FORCE", "1"))));
    assert!(!coloured(&["--color", "always", "--format", "json"], None), "JSON has no colours");
}

/// `| head -1`: whoever stops reading is no error, and the verdict is still the exit code.
#[test]
fn a_broken_pipe_is_no_error() {
    let drift = "fixtures/streamtrack/drift/missing_table.sql";
    let mut child = common::schemavet()
        .args(["validate", SPEC, "-d", FIXTURE, "--apply", drift])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");

    let mut child = common::schemavet()
        .args(["snapshot", "-d", FIXTURE])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("it runs");
    let mut line = String::new();
    let mut reader = BufReader::new(child.stdout.take().expect("a pipe"));
    reader.read_line(&mut line).expect("a line");
    drop(reader);
    assert_eq!(line, "spec: 1\n");
    assert_eq!(child.wait().expect("it ends").code(), Some(0));
}

#[test]
fn the_last_line_is_the_verdict() {
    let (code, out, err) = schemavet(&["validate", SPEC, "-d", FIXTURE]);
    assert_eq!((code, err.as_str()), (0, ""));
    let last = |text: &str| format!("{}\n", text.lines().last().unwrap_or_default());
    snapbox::assert_data_eq!(
        last(&out),
        str![[r#"
✓ StreamTrack: fixtures/streamtrack (numbered, 7 migrations) matches the spec: [..] objects checked[..]

"#]]
    );
    let (code, out, _) = schemavet(&[
        "validate",
        SPEC,
        "-d",
        FIXTURE,
        "--apply",
        "fixtures/streamtrack/drift/dropped_index.sql",
    ]);
    assert_eq!(code, 1);
    snapbox::assert_data_eq!(
        last(&out),
        str![[r#"
✗ StreamTrack: schema drift in fixtures/streamtrack (numbered, 7 migrations) + fixtures/streamtrack/drift/dropped_index.sql (1 error[..])

"#]]
    );
    // Drift that weighs less does not fail the run unless asked.
    let (_folder, path) = file("spec: 1\nlevels: {'*': warning}\nschemas: {}\n");
    assert_eq!(schemavet(&["validate", &path, "-d", FIXTURE]).0, 0);
    assert_eq!(schemavet(&["validate", &path, "-d", FIXTURE, "--fail-on", "warning"]).0, 1);
}

#[test]
fn a_report_goes_into_files_too() {
    let (folder, spec) = file("spec: 1\nschemas: {public: {tables: {users: absent}}}\n");
    let (_kept, stored) = file("spec: 1\nstrict: true\nschemas: {public: {tables: {users: {}}}}\n");
    let in_folder = |name: &str| folder.path().join(name).to_str().expect("UTF-8").to_owned();
    let (junit, text) = (in_folder("report.xml"), in_folder("report.txt"));
    let reports = [format!("--report=junit={junit}"), format!("--report=text={text}")];
    let validate = |spec: &str| {
        schemavet(&["validate", spec, "-d", &stored, "--color=always", &reports[0], &reports[1]])
    };
    let (code, out, err) = validate(&spec);
    assert_eq!((code, err.as_str()), (1, ""));
    assert!(out.contains("\u{1b}["), "{out}");
    let read = |path: &str| std::fs::read_to_string(path).expect("written");
    assert_eq!(read(&text), anstream::adapter::strip_str(&out).to_string());
    assert!(read(&junit).contains("<failure message=\"table public.users: must not be there\">"));
    // A run that fails leaves nothing that looks like the report of one that did not.
    assert_eq!(validate("nowhere.yaml").0, 2);
    assert_eq!((read(&text).as_str(), read(&junit).as_str()), ("", ""));

    let fails_with = |report: &str, said: &[&str]| {
        fails(&["validate", &spec, "-d", &stored, "--report", report], 2, said);
    };
    fails_with("csv=x", &["there is no format `csv`", "text, json"]);
    for said_by_halves in ["junit", "junit=", "=report.xml"] {
        fails_with(said_by_halves, &["--report"]);
    }
    fails_with(&format!("json={}", in_folder("no/such.json")), &["cannot write", "no/such.json"]);
}

/// Who reads a pipe reads one report, and is not left with an empty one.
#[cfg(unix)]
#[test]
fn a_report_goes_into_a_pipe() {
    let (folder, spec) = file("spec: 1\nschemas: {public: {tables: {users: absent}}}\n");
    let (_kept, stored) = file("spec: 1\nschemas: {public: {tables: {users: {}}}}\n");
    let pipe = folder.path().join("report");
    assert!(Command::new("mkfifo").arg(&pipe).status().expect("mkfifo").success());
    let reader = pipe.clone();
    let read = std::thread::spawn(move || std::fs::read_to_string(reader).expect("read"));
    let report = format!("--report=json={}", pipe.display());
    assert_eq!(schemavet(&["validate", &spec, "-d", &stored, &report]).0, 1);
    assert!(read.join().expect("the reader ends").contains("\"exit_code\": 1"));
}

/// An update would go into another file.
#[cfg(unix)]
#[test]
fn a_spec_has_a_name_in_utf_8() {
    let (folder, spec) = file("spec: 1\nschemas: {}\n");
    let name = std::ffi::OsString::from(
        <std::ffi::OsStr as std::os::unix::ffi::OsStrExt>::from_bytes(b"\xff.yaml"),
    );
    let odd = folder.path().join(name);
    std::fs::copy(&spec, &odd).expect("copied");
    let (code, _, err) = run(common::schemavet().args(["validate", "-d", &spec]).arg(&odd));
    assert_eq!(code, 2, "{err}");
    assert!(err.contains("is not UTF-8"), "{err}");
}

#[test]
fn a_stored_snapshot_is_a_source_too() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("s.yaml");
    let path = path.to_str().expect("UTF-8");
    assert_eq!(schemavet(&["snapshot", "-d", FIXTURE, "-o", path]).0, 0);
    assert!(std::fs::read_to_string(path).expect("written").ends_with('\n'));
    let (code, out, err) = schemavet(&["validate", path, "-d", path, "--strict"]);
    assert_eq!(code, 0, "{out}{err}");
    // It cannot say what an expression means, and says so.
    let (code, out, _) = schemavet(&["validate", SPEC, "-d", path]);
    assert_eq!(code, 3, "{out}");
    assert!(out.contains("undecided") && out.contains("stored snapshot"), "{out}");
    assert_eq!(schemavet(&["validate", SPEC, "-d", path, "--allow-undecided"]).0, 0);
}

/// Such a snapshot says nothing of the rest, and so is clean beside it.
#[tokio::test]
async fn a_snapshot_may_be_of_some_schemas() -> Outcome {
    let database = common::database(
        "create schema s; create table s.t (a int); create table u (a int); create publication p",
    )
    .await?;
    let live = common::conninfo(&database);
    let (folder, _) = file("");
    let path = folder.path().join("s.yaml");
    let path = path.to_str().expect("UTF-8");
    assert_eq!(schemavet(&["snapshot", "-d", &live, "--schema", "s", "-o", path]).0, 0);
    let text = std::fs::read_to_string(path)?;
    assert!(text.contains("strict: true") && !text.contains("u:"), "{text}");
    let strict = ["validate", path, "-d", &live, "--strict"];
    let (code, out, err) = schemavet(&strict);
    assert_eq!(code, 0, "{out}{err}");
    assert!(
        out.contains("no opinion in the spec on: 1 extension, 1 publication, 1 schema"),
        "{out}"
    );
    common::execute(&database, "alter table s.t add b int; drop table u; drop publication p")
        .await?;
    let (code, out, _) = schemavet(&strict);
    assert_eq!((code, out.contains("column.unexpected")), (1, true), "{out}");
    assert!(out.contains("(1 error)"), "{out}");
    let unknown = ["snapshot", "-d", &live, "--schema", "s", "--schema", "t"];
    fails(&unknown, 2, &["there is no schema `t`", "the database has: public, s"]);
    Ok(())
}

#[test]
fn what_a_rule_means_can_be_asked() {
    let explained = |arguments: &[&str]| {
        let (code, out, err) = schemavet(&[&["explain"], arguments].concat());
        assert_eq!((code, err.as_str()), (0, ""));
        out
    };
    let all = explained(&[]);
    for rule in ["table.row_security", "policy.missing", "index.keys"] {
        assert!(all.contains(rule), "{rule}: {all}");
    }
    assert!(!explained(&["policy.*"]).contains("table."), "those of policies alone");
    fails(&["explain", "table.row_securty"], 2, &["did you mean `table.row_security`?"]);
    fails(&["explain", "nothing.like.it"], 2, &["nothing.like.it"]);
}

#[test]
fn what_cannot_be_written_is_said() {
    let (folder, spec) = file("spec: 1\nschemas: {}\n");
    let nowhere = folder.path().join("nowhere/report.txt");
    let nowhere = nowhere.to_str().expect("UTF-8");
    let inside = folder.path().to_str().expect("UTF-8");
    let validate = |report: &str| {
        let report = format!("junit={report}");
        schemavet(&["validate", &spec, "-d", &spec, "--report", &report])
    };
    for place in [nowhere, inside] {
        let (code, _, err) = validate(place);
        assert!([2, 3].contains(&code) && err.contains(place), "{code}: {err}");
        let (code, _, err) = schemavet(&["snapshot", "-d", &spec, "-o", place]);
        assert!([2, 3].contains(&code), "{code}: {err}");
        assert!(err.contains(&format!("cannot write {place}")), "{err}");
    }
    fails(
        &["init", "-d", &spec, "-o", &spec, "--split-by-schema"],
        2,
        &["is a file", "name a folder"],
    );
    let below = format!("{spec}/below");
    fails(
        &["init", "-d", &spec, "-o", &below, "--split-by-schema"],
        2,
        &["cannot make the folder"],
    );
}

#[test]
fn a_file_is_written_as_a_whole_or_not_at_all() {
    let (folder, stored) = file("spec: 1\nschemas: {public: {tables: {t: {columns: {a: int}}}}}\n");
    let place = folder.path().join("kept.txt");
    let link = folder.path().join("link.txt");
    std::fs::write(&place, "kept").expect("written");
    std::os::unix::fs::symlink(&place, &link).expect("linked");
    let link = link.to_str().expect("UTF-8");
    // No file may grow: whoever writes is killed.
    let binary = env!("CARGO_BIN_EXE_schemavet");
    let stopped = format!("ulimit -f 0; exec {binary} snapshot -d {stored} -o {link}");
    assert!(!Command::new("sh").args(["-c", &stopped]).status().expect("it runs").success());
    assert_eq!(std::fs::read_to_string(&place).expect("read"), "kept");
    assert_eq!(schemavet(&["snapshot", "-d", &stored, "-o", link]).0, 0);
    assert!(std::fs::symlink_metadata(link).expect("there").is_symlink());
    assert!(std::fs::read_to_string(&place).expect("read").starts_with("spec: 1"));
    let (code, out, err) = schemavet(&["snapshot", "-d", &stored, "-o", "/dev/stdout"]);
    assert_eq!((code, out.starts_with("spec: 1")), (0, true), "{out}{err}");
}

/// What a throw-away server begins with is kept, and made anew where something has happened to it.
#[test]
fn a_broken_cache_is_no_error() {
    let cache = tempfile::tempdir().expect("a folder");
    let snapshot = || {
        let mut command = common::schemavet();
        run(command.args(["snapshot", "-d", FIXTURE]).env("SCHEMAVET_CACHE_DIR", cache.path()))
    };
    let control = || {
        let mut kept = std::fs::read_dir(cache.path()).expect("read");
        let kept = kept.next().expect("a template").expect("read").path();
        assert!(kept.join("PG_VERSION").exists(), "{}", kept.display());
        kept.join("global/pg_control")
    };
    let (code, first, said) = snapshot();
    assert_eq!(code, 0, "{said}");
    let whole = std::fs::metadata(control()).expect("there").len();
    std::fs::write(control(), "broken").expect("written");
    for _ in 0..2 {
        assert_eq!(snapshot(), (0, first.clone(), said.clone()));
        assert_eq!(std::fs::metadata(control()).expect("there").len(), whole);
    }
}

#[test]
fn without_server_programs_sql_is_no_source() {
    let mut command = common::schemavet();
    command.args(["snapshot", "-d", FIXTURE]).env("SCHEMAVET_PG_BIN", "/nowhere");
    let (code, out, err) = run(&mut command);
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.contains("in SCHEMAVET_PG_BIN=/nowhere"), "{err}");
    assert!(err.contains("name the directory that holds both"), "{err}");
}

#[test]
fn what_is_not_read_fails_where_all_must_be() {
    let folder = tempfile::tempdir().expect("a folder");
    let database = folder.path().join("database.sql");
    let (_kept, spec) = file("spec: 1\nschemas: {public: {tables: {}}}\n");
    let validate = |sql: &str, more: &[&str]| {
        std::fs::write(&database, sql).expect("written");
        let database = database.to_str().expect("UTF-8");
        let (code, out, _) = schemavet(&[&["validate", &spec, "-d", database], more].concat());
        (code, out)
    };
    assert_eq!(validate("select lo_create(0)", &[]).0, 0);
    assert_eq!(validate("select 1", &["--require-coverage"]).0, 0);
    let (code, out) = validate("select lo_create(0)", &["--require-coverage"]);
    assert_eq!(code, 3, "{out}");
    assert!(out.contains("1 large object"), "{out}");
    assert!(out.ends_with("and --require-coverage wants it\n"), "{out}");
    let (code, out) = validate("select lo_create(0); create table t ()", &["--require-coverage"]);
    assert_eq!(code, 1, "{out}");
}
