//! A database of the user's own in place of a throw-away server: refused unless it is empty, left empty in the end.
#![cfg(unix)]
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

mod common;

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use common::Outcome;

/// Roles and databases are the server's: the tests must not see each other's.
static ALONE: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

/// Something of every kind of object that a script can make, and what bears on `public` and on the database.
const EVERYTHING: &str = r#"
create role shadow_owner; create role shadow_reader nologin; grant shadow_reader to shadow_owner;
create schema app authorization shadow_owner;
create extension pgcrypto; create extension hstore schema app; create extension postgres_fdw;
create type mood as enum ('a', 'b'); create domain d as int check (value > 0); create type pair as (a int, b int);
create type span as range (subtype = int);
create table t (id int generated always as identity primary key, s serial, m mood, d d, p pair, x app.hstore, n text);
create table app.parted (a int) partition by range (a); create table parted_1 partition of app.parted for values from (1) to (2);
create table listed (a int) partition by list (a); create extension ltree;
create table paths (path ltree); create index on paths using gist (path gist_ltree_ops(siglen = 100));
create index on t (m); create statistics st on id, s from t; create view v as select * from t;
create materialized view mv as select * from v; create sequence lone;
create function f(a int default 1, out b int) language sql as 'select a'; create procedure p() language sql as 'select 1';
create aggregate total (int) (sfunc = int4pl, stype = int);
create aggregate ordered (float8 order by anyelement) (sfunc = ordered_set_transition, stype = internal, finalfunc = percentile_disc_final, finalfunc_extra);
create function trg() returns trigger language plpgsql as 'begin return new; end';
create trigger trg before insert on t for each row execute function trg();
create rule r as on delete to v do instead nothing; alter table t enable row level security; create policy p on t to shadow_reader using (true);
create function eq(mood, int) returns boolean language sql as 'select true';
create operator === (leftarg = mood, rightarg = int, procedure = eq);
create function cmp(pair, pair) returns int language sql immutable as 'select 0';
create operator family fam using btree; create operator class cls for type pair using btree as function 1 cmp(pair, pair);
create function to_d(mood) returns int language sql immutable as 'select 1'; create cast (mood as int) with function to_d(mood);
create collation c from "C"; create conversion conv for 'LATIN1' to 'UTF8' from iso8859_1_to_utf8;
create text search dictionary dict (template = simple); create text search configuration conf (parser = default);
create access method am type index handler bthandler;
create foreign data wrapper fdw; create server srv foreign data wrapper postgres_fdw; create user mapping for public server srv;
create foreign table ft (a int) server srv;
create publication pub for table t; create publication pub_all for all tables;
create subscription sub connection 'dbname=nowhere' publication pub with (connect = false);
select lo_create(0);
alter default privileges in schema public grant select on tables to shadow_reader;
alter default privileges for role shadow_owner revoke execute on functions from public;
alter default privileges for role shadow_owner in schema app grant usage on sequences to shadow_reader;
grant create on schema public to shadow_reader; revoke usage on schema public from public;
alter schema public owner to shadow_owner; comment on schema public is 'ours';
do $$ begin execute format('grant create on database %I to shadow_reader', current_database());
  execute format('alter database %I set work_mem = ''1MB''', current_database());
  execute format('alter role shadow_owner in database %I set jit = off', current_database());
  execute format('alter role current_user in database %I set jit = off', current_database());
  execute format('comment on database %I is ''theirs''', current_database()); end $$;
create function ev() returns event_trigger language plpgsql as 'begin if tg_tag like ''DROP%'' then raise ''no dropping here''; end if; end';
create event trigger ev on ddl_command_start execute function ev();
"#;

/// All that a shadow must be left as: rows of the catalogs, in the database and on the server.
async fn state(database: &str) -> Outcome<Vec<Vec<String>>> {
    let sql = "
        select 'object', classid::regclass::text, count(*)::text from pg_depend
         where classid <> 'pg_constraint'::regclass group by 1, 2
        union all select 'class', relkind::text, count(*)::text from pg_class group by 1, 2
        union all select 'role', rolname::text, '' from pg_roles
        union all select 'blob', '', count(*)::text from pg_largeobject_metadata
        union all select 'default', '', count(*)::text from pg_default_acl
        union all select 'schema', nspname::text, nspowner::regrole::text from pg_namespace where nspname !~ '^pg_'
        union all select 'public', a.grantee::regrole::text, a.privilege_type || a.is_grantable from pg_namespace n, aclexplode(coalesce(n.nspacl, acldefault('n', nspowner))) a where nspname = 'public'
        union all select 'comment', coalesce(obj_description('public'::regnamespace), ''), coalesce((select shobj_description(oid, 'pg_database') from pg_database where datname = current_database()), '')
        union all select 'database', a.grantee::regrole::text, a.privilege_type || a.is_grantable from pg_database d, aclexplode(coalesce(d.datacl, acldefault('d', datdba))) a where datname = current_database()
        union all select 'settings', s.setrole::text, s.setconfig::text from pg_db_role_setting s, pg_database d where s.setdatabase = d.oid and d.datname = current_database()
        order by 1, 2, 3";
    common::rows(database, sql).await
}

/// Exit code and all that was said.
fn run(arguments: &[&str]) -> (i32, String) {
    let output = common::schemavet().args(arguments).output().expect("it runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!said.contains("panicked"), "{said}");
    (output.status.code().expect("an exit code"), said.into_owned())
}

fn file(text: &str) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("all.sql");
    std::fs::write(&path, text).expect("written");
    let path = path.to_str().expect("UTF-8").to_owned();
    (folder, path)
}

#[tokio::test]
async fn all_that_was_made_is_dropped() -> Outcome {
    let _alone = ALONE.lock().await;
    let database = common::empty().await?;
    let shadow = common::conninfo(&database);
    let before = state(&database).await?;
    let (folder, path) = file(EVERYTHING);
    let snapshot = folder.path().join("s.yaml");
    let snapshot = snapshot.to_str().expect("UTF-8");
    let (code, said) = run(&["snapshot", "-d", &path, "--shadow", &shadow, "-o", snapshot]);
    assert_eq!((code, said.contains("the shadow")), (0, false), "{said}");
    assert_eq!(state(&database).await?, before);
    assert!(std::fs::read_to_string(snapshot)?.contains("parted_1"));
    // Again, and after what the comparison holds open.
    let (code, said) = run(&["validate", snapshot, "--strict", "-d", &path, "--shadow", &shadow]);
    assert_eq!(code, 0, "{said}");
    assert!(!said.contains("the shadow"), "{said}");
    assert_eq!(state(&database).await?, before);
    Ok(())
}

#[tokio::test]
async fn a_failure_leaves_nothing_either() -> Outcome {
    let _alone = ALONE.lock().await;
    let database = common::empty().await?;
    let shadow = common::conninfo(&database);
    let before = state(&database).await?;
    for (text, words) in [
        (&*format!("{EVERYTHING}\nselect nonsense;"), "nonsense"),
        ("create table t (a int);\nbegin;\nlock table t;", "inside a transaction block"),
        ("create table t (a int); select pg_terminate_backend(pg_backend_pid());", "terminating"),
    ] {
        let (_folder, path) = file(text);
        let (code, said) = run(&["snapshot", "-d", &path, "--shadow", &shadow]);
        assert!(matches!(code, 2 | 3), "{said}");
        assert!(said.contains(words) && !said.contains("the shadow"), "{said}");
        assert_eq!(state(&database).await?, before);
    }
    Ok(())
}

#[tokio::test]
async fn an_interrupt_leaves_nothing_either() -> Outcome {
    let _alone = ALONE.lock().await;
    let database = common::empty().await?;
    let shadow = common::conninfo(&database);
    let before = state(&database).await?;
    let (_folder, path) = file("create table t (a int); select pg_sleep(600) from pg_class;");
    let mut child = common::schemavet()
        .args(["snapshot", "-d", &path, "--shadow", &shadow])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    let sleeps = "select count(*)::text from pg_stat_activity where wait_event = 'PgSleep'";
    let deadline = Instant::now() + Duration::from_secs(20);
    while common::rows(&database, sleeps).await? != [["1"]] {
        assert!(Instant::now() < deadline, "the script does not run");
    }
    let (code, said) = run(&["snapshot", "-d", &path, "--shadow", &shadow]);
    assert_eq!(code, 3);
    assert!(said.contains("another run uses the shadow"), "{said}");
    let marked = common::rows(&database, "select shobj_description(oid, 'pg_database') from pg_database where datname = current_database()").await?;
    assert_eq!(marked, [["schemavet uses this database as its shadow"]]);
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status()?.success());
    assert_eq!(child.wait()?.code(), Some(3));
    assert_eq!(state(&database).await?, before);
    Ok(())
}

#[tokio::test]
async fn one_that_is_not_empty_is_left_as_it_is() -> Outcome {
    let _alone = ALONE.lock().await;
    let (_folder, path) = file("create table made (a int);");
    for (text, name) in [
        ("create table kept (a int)", "table public.kept"),
        ("create schema kept", "schema kept"),
        ("create extension hstore", "extension hstore"),
        ("create function f() returns int language sql as 'select 1'", "function public.f()"),
        ("create type mood as enum ('a')", "type public.mood"),
        ("create type pair as (a int)", "type public.pair"),
        ("create domain d as int", "type public.d"),
        ("create publication kept", "publication kept"),
        (
            "alter default privileges grant select on tables to public",
            "default privileges of postgres",
        ),
        ("select lo_create(0)", "large object"),
    ] {
        let database = common::database(text).await?;
        let before = state(&database).await?;
        let (code, said) =
            run(&["snapshot", "-d", &path, "--shadow", &common::conninfo(&database)]);
        assert_eq!(code, 2, "{said}");
        assert!(said.contains("is not empty: it has") && said.contains(name), "{said}");
        assert_eq!(state(&database).await?, before);
    }
    let database = common::database("create table kept (a int)").await?;
    let mark =
        format!("comment on database {database} is 'schemavet uses this database as its shadow'");
    common::execute(&database, &mark).await?;
    let (_, said) = run(&["snapshot", "-d", &path, "--shadow", &common::conninfo(&database)]);
    assert!(said.contains("was killed: drop the database"), "{said}");
    Ok(())
}

#[tokio::test]
async fn what_cannot_be_dropped_is_said() -> Outcome {
    let _alone = ALONE.lock().await;
    let database = common::empty().await?;
    let (_folder, path) = file("create table t (a int);\ncreate database shadow_child;");
    let (code, said) = run(&["snapshot", "-d", &path, "--shadow", &common::conninfo(&database)]);
    assert_eq!(code, 0, "{said}");
    assert!(
        said.contains("could not be emptied") && said.contains("database shadow_child"),
        "{said}"
    );
    common::execute("postgres", "drop database shadow_child").await?;

    // A role that was there before is left alone.
    common::execute("postgres", "create role shadow_other").await?;
    let before = state(&database).await?;
    let (_folder, path) = file(
        "do $$ begin create role shadow_other; exception when duplicate_object then null; end $$; create table t ();",
    );
    let (code, said) = run(&["snapshot", "-d", &path, "--shadow", &common::conninfo(&database)]);
    assert_eq!(code, 0, "{said}");
    assert_eq!(state(&database).await?, before);
    common::execute("postgres", "drop role shadow_other").await?;
    Ok(())
}

#[tokio::test]
async fn an_owner_without_more_rights_will_do() -> Outcome {
    let _alone = ALONE.lock().await;
    let database = common::empty().await?;
    common::execute(
        "postgres",
        &format!("create role shadow_user login; alter database {database} owner to shadow_user"),
    )
    .await?;
    if common::cluster().version() < 150_000 {
        common::execute(&database, "alter schema public owner to shadow_user").await?;
    }
    let before = state(&database).await?;
    let shadow = common::conninfo(&database).replace("user=postgres", "user=shadow_user");
    let (_folder, path) = file(
        "create schema app; create table app.t (a int primary key); create table u (a serial, b int references app.t); \
         create function f() returns int language sql as 'select 1'; create view v as select * from u; \
         alter default privileges in schema public grant select on tables to public; comment on schema public is 'x';",
    );
    let (code, said) = run(&["snapshot", "-d", &path, "--shadow", &shadow]);
    assert_eq!((code, said.contains("warning")), (0, false), "{said}");
    assert_eq!(state(&database).await?, before);
    // What it lacks is an error as everywhere, not a stub.
    let (_folder, path) = file("create table t (a int);\ncreate extension made_up_by_us;");
    let (code, said) = run(&["snapshot", "-d", &path, "--shadow", &shadow]);
    // A missing control file is a failure of the machine to PostgreSQL 13 and 14.
    let expected = if common::cluster().version() < 150_000 { 3 } else { 2 };
    assert_eq!(code, expected, "{said}");
    assert!(said.contains("all.sql:2:1"), "{said}");
    assert_eq!(state(&database).await?, before);
    Ok(())
}

/// The prelude makes roles, which go again, and takes what extensions there are.
#[tokio::test]
async fn supabase_fits_into_a_shadow() -> Outcome {
    let _alone = ALONE.lock().await;
    let database = common::empty().await?;
    let before = state(&database).await?;
    let (_folder, path) = file("create table t (id uuid references auth.users);");
    let shadow = common::conninfo(&database);
    let arguments = ["snapshot", "-d", &path, "--prelude", "supabase", "--shadow", &shadow];
    let (code, said) = run(&arguments);
    assert_eq!((code, said.contains("was not emptied")), (0, false), "{said}");
    assert_eq!(state(&database).await?, before);
    Ok(())
}

/// Privileges that the SQL took are given back to whom they were taken from, and those that it gave are taken.
#[tokio::test]
async fn privileges_are_put_back() -> Outcome {
    let _alone = ALONE.lock().await;
    let database =
        common::database("grant usage on schema public to pg_monitor with grant option").await?;
    let before = state(&database).await?;
    let (_folder, path) = file(
        "do $$ begin execute format('revoke connect on database %I from public', current_database());
             execute format('grant create on database %I to pg_monitor', current_database()); end $$;
         revoke all on schema public from pg_monitor; grant create on schema public to pg_monitor;
         alter default privileges grant select on sequences to pg_monitor; create table t (a int);",
    );
    let shadow = common::conninfo(&database);
    let (code, said) = run(&["snapshot", "-d", &path, "--shadow", &shadow]);
    assert_eq!((code, said.contains("warning")), (0, false), "{said}");
    assert_eq!(state(&database).await?, before);
    Ok(())
}
