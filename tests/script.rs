//! SQL files against a real server: what runs, and where an error is.
#![cfg(unix)]
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;
use std::process::Command;

use schemavet::source::connection::Connection;
use schemavet::source::ephemeral::Cluster;
use schemavet::source::script::{File, Script, apply};

type Outcome = Result<(), Box<dyn std::error::Error>>;

async fn database(cluster: &Cluster, name: &str) -> Result<Connection, Box<dyn std::error::Error>> {
    let admin = Connection::open(&cluster.settings("postgres")).await?;
    admin.client.batch_execute(&format!("create database {name}")).await?;
    Ok(Connection::open(&cluster.settings(name)).await?)
}

fn script(text: &str) -> schemavet::error::Result<Script> {
    Ok(Script { files: vec![File::parse("app.sql", text.to_owned())?] })
}

async fn story(connection: &Connection, text: &str) -> String {
    let applied = match script(text) {
        Ok(script) => apply(connection, &script).await,
        Err(error) => Err(error),
    };
    let error = applied.expect_err(text);
    // Ends what the failed script left open.
    let _ = connection.client.batch_execute("rollback").await;
    format!("{} {}", error.exit_code(), error.report())
}

#[tokio::test]
async fn statements_run_as_psql_runs_them() -> Outcome {
    let cluster = Cluster::start().await?;
    let connection = database(&cluster, "plain").await?;
    let sql = "\\set ON_ERROR_STOP on\n\
        create type mood as enum ('a'); alter type mood add value 'b';\n\
        create table t (m mood default 'b');\n\
        create index concurrently on t (m);\n\
        begin; create table gone (); rollback;\n\
        begin; create table kept (); commit;\n\
        create function f() returns int language sql begin atomic \
          select case when true then 1 else 2 end; select 2; end;\n\
        do $$ begin create type mood as enum ('x'); exception when duplicate_object then null; end $$;";
    apply(&connection, &script(sql)?).await?;
    let rows = connection
        .client
        .query_typed("select to_regclass('gone') is null, to_regclass('kept') is null, f()", &[])
        .await?;
    let row = rows.first().ok_or("no row")?;
    assert_eq!((row.get(0), row.get(1), row.get(2)), (true, false, 2));

    broken_sql(&connection).await;
    folders(&cluster).await?;
    dump(&cluster).await?;
    dump_of_public(&cluster).await?;
    dump_with_its_database(&cluster).await?;
    lost(cluster, connection).await
}

async fn broken_sql(connection: &Connection) {
    let text = "select 1;\n-- é\ncreate table broken (\n  id int,\n\té nope\n);\nselect 2;";
    let said = story(connection, text).await;
    assert!(said.contains("ERROR: type \"nope\" does not exist (42704)"), "{said}");
    assert!(said.contains("--> app.sql:5:4\n"), "{said}");
    assert!(said.contains(" 5 | \té nope\n   | \t  ^"), "{said}");
    assert!(said.starts_with('2'), "{said}");

    let said = story(connection, "select 1;\n  drop table nowhere;").await;
    assert!(said.contains("--> app.sql:2:3"), "{said}");
    let said = story(connection, "begin;\nselect 1;\n\n  begin;\n create table x ();").await;
    assert!(said.contains("inside a transaction block") && said.contains("app.sql:4:3"), "{said}");
    let said = story(connection, "select 'open").await;
    assert!(said.contains("a string does not end") && said.contains("app.sql:1:8"), "{said}");
    let said = story(connection, "select 1;\n\\ir more.sql").await;
    assert!(said.contains("`\\ir` is not supported") && said.contains("app.sql:2:1"), "{said}");
    let text = "do $$ begin perform 1 / 0; end $$;";
    let said = story(connection, text).await;
    assert!(said.contains("division by zero") && said.contains("context: SQL"), "{said}");
    let said = story(connection, "select 1;\n copy (select 1) to stdout;").await;
    assert!(said.contains("cannot run this here") && said.contains("app.sql:2:2"), "{said}");
    let no_library = "create function h() returns int as '$libdir/nowhere', 'h' language c;";
    let said = story(connection, no_library).await;
    assert!(said.starts_with('2') && said.contains("take the statement out"), "{said}");
    let said = story(connection, "insert into pg_class values (1); select").await;
    assert!(said.contains("app.sql:1:"), "{said}");
}

async fn folders(cluster: &Cluster) -> Outcome {
    let connection = database(cluster, "folders").await?;
    let folder = tempfile::tempdir()?;
    let write = |name: &str, text: &[u8]| fs::write(folder.path().join(name), text);
    let cannot = |path: &Path| Script::read(path).expect_err("unreadable").report().to_string();
    assert!(cannot(folder.path()).contains("no *.sql file"));
    assert!(cannot(&folder.path().join("none.sql")).contains("help: name an SQL file"));
    write("2.sql", b"create table b (a int references a);")?;
    write(
        "1.sql",
        b"create table a (id int primary key); set search_path = ''; set role pg_monitor;",
    )?;
    write("readme.md", b"no SQL")?;
    let script = Script::read(folder.path())?;
    assert_eq!(script.files.len(), 2);
    apply(&connection, &script).await?;
    write("3.sql", b"select 1;\nselect '\xff';")?;
    let said = cannot(folder.path());
    assert!(said.contains("3.sql:2:9") && said.contains("not UTF-8"), "{said}");
    Ok(())
}

/// A dump with data, and with what newer `pg_dump` add for psql, loads; its twin is the same.
async fn dump(cluster: &Cluster) -> Outcome {
    let connection = database(cluster, "source").await?;
    let sql = "create schema app; create table app.t (id int primary key, \"a;b\" text default ';');\
        insert into app.t values (1, 'it''s; \\ \t x'), (2, null);\
        create view app.v as select * from app.t; comment on table app.t is 'it''s; \\';\
        create function app.g() returns trigger language plpgsql as $$ begin return new; end $$;\
        create function app.f() returns int language sql begin atomic select 1; select 2; end;";
    apply(&connection, &script(sql)?).await?;
    let host = cluster.settings("source").hosts.first().map(|host| host.name.clone());
    let dumped = |name: &str| -> Result<String, Box<dyn std::error::Error>> {
        let output = Command::new(cluster.binaries().join("pg_dump"))
            .args(["--username=postgres", "--host", host.as_deref().unwrap_or_default(), name])
            .output()?;
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        Ok(String::from_utf8(output.stdout)?)
    };
    let text = dumped("source")?;
    let wrapped = if text.contains("\\restrict") {
        text.clone()
    } else {
        format!("\\restrict don't\n{text}\n\\unrestrict don't\n")
    };
    let twin = database(cluster, "twin").await?;
    apply(&twin, &script(&wrapped)?).await?;
    let schema = |text: &str| -> Vec<String> {
        split_schema(text)
            .into_iter()
            .filter(|text| !text.starts_with("SELECT pg_catalog"))
            .collect()
    };
    assert_eq!(schema(&dumped("twin")?), schema(&text));
    Ok(())
}

/// `pg_dump -n public` makes the schema that is there; its privileges are told as they differ from those that it has there.
async fn dump_of_public(cluster: &Cluster) -> Outcome {
    let connection = database(cluster, "of_public").await?;
    let dump = "CREATE SCHEMA public;\n\nALTER SCHEMA public OWNER TO postgres;\nCREATE TABLE public.t (a integer);";
    apply(&connection, &script(dump)?).await?;
    apply(&connection, &script("begin; create schema \"public\"; drop table public.t; commit")?)
        .await?;
    // `pg_dumpall --globals-only` begins with the superuser.
    let superuser =
        "CREATE ROLE postgres;\nALTER ROLE postgres WITH NOSUPERUSER NOLOGIN CONNECTION LIMIT 0;";
    apply(&connection, &script(superuser)?).await?;
    let said = story(&connection, "create schema pub; create schema pub").await;
    assert!(said.contains("schema \"pub\" already exists"), "{said}");
    Ok(())
}

/// `pg_dump --create` speaks of the database that it makes: here, that is the one that is there.
async fn dump_with_its_database(cluster: &Cluster) -> Outcome {
    let awkward = "drop database if exists \"the app\"; create database \"the app\"; alter database \"the app\" set work_mem = '1MB';\n\
        alter database \"the app\" connection limit = 0; alter database \"the app\" is_template = true;\n\
        \\connect -reuse-previous=on \"dbname='the app'\"\ncreate table u ();";
    let connection = database(cluster, "its_own").await?;
    apply(&connection, &script(awkward)?).await?;
    let several = format!("{awkward}\n\\connect -reuse-previous=on \"dbname='the other'\"\n");
    assert!(script(&several).is_err(), "of several databases");
    let dump = "CREATE DATABASE the_app WITH TEMPLATE = template0 ENCODING = 'UTF8';\n\
        ALTER DATABASE the_app SET work_mem TO '2MB';\n\\connect the_app\n\
        COMMENT ON DATABASE the_app IS 'database the_app';\nCREATE TABLE t (a integer);";
    apply(&connection, &script(dump)?).await?;
    let sql = "select array(select datname::text from pg_database where datname ~ 'app'), s.setconfig::text,
                      shobj_description(d.oid, 'pg_database'), to_regclass('t') is not null
                 from pg_database d join pg_db_role_setting s on s.setdatabase = d.oid where datname = current_database()";
    let rows = connection.client.query_typed(sql, &[]).await?;
    let row = rows.first().ok_or("no row")?;
    let found: (Vec<String>, String, String, bool) =
        (row.get(0), row.get(1), row.get(2), row.get(3));
    assert_eq!(found, (vec![], "{work_mem=2MB}".into(), "database the_app".into(), true));
    Ok(())
}

fn split_schema(text: &str) -> Vec<String> {
    let statements = schemavet::source::script::split(text).expect("splits");
    statements.into_iter().map(|statement| statement.text).collect()
}

async fn lost(cluster: Cluster, connection: Connection) -> Outcome {
    let told = "select pg_terminate_backend(pg_backend_pid()); select 1;";
    let said = story(&connection, told).await;
    assert!(said.starts_with('3') && said.contains("terminating connection"), "{said}");
    let said = story(&connection, "select 1;").await;
    assert!(said.starts_with('3') && said.contains("lost the server"), "{said}");
    drop(cluster);
    Ok(())
}
