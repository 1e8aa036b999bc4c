//! Several databases at once: who has what, who says what, who is the odd one out.
#![cfg(unix)]
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

mod common;

use std::path::Path;

use common::Outcome;
use serde_json::Value;

const BASE: &str = "create table t (id serial primary key, m text not null default 'ok', role text,
        check (role in ('a', 'b')));
    create table legacy (x integer);
    create function f() returns integer language sql as $$\n  select 1\n$$;";

fn write(folder: &Path, name: &str, sql: &str) -> String {
    let path = folder.join(name);
    std::fs::write(&path, sql).expect("written");
    path.to_str().expect("UTF-8").to_owned()
}

fn compare(arguments: &[&str]) -> (i32, String, String) {
    let output = common::schemavet().arg("compare").args(arguments).output().expect("it runs");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (output.status.code().expect("a code"), text(output.stdout), text(output.stderr))
}

fn json(arguments: &[&str]) -> Outcome<Value> {
    let (code, out, err) = compare(&[arguments, &["--format", "json"]].concat());
    assert!(code < 2 || code == 3, "{err}");
    let report: Value = serde_json::from_str(&out)?;
    assert_eq!(report["exit_code"], code);
    Ok(report)
}

/// `object aspect: one, two = value | three = value; odd: three`, for every difference.
fn lines(report: &Value) -> Vec<String> {
    let words = |list: &Value| -> String {
        let list = list.as_array().expect("a list").iter();
        list.map(|word| word.as_str().expect("a word")).collect::<Vec<_>>().join(", ")
    };
    let mut lines = Vec::new();
    for object in report["objects"].as_array().expect("a list") {
        for difference in object["differences"].as_array().expect("a list") {
            let groups = difference["values"].as_array().expect("a list").iter().map(|group| {
                let value = match (&group["value"], &group["there"]) {
                    (Value::String(value), _) => value.trim().to_owned(),
                    (_, Value::Bool(false)) => "missing".to_owned(),
                    _ => "there".to_owned(),
                };
                format!("{} = {value}", words(&group["sources"]))
            });
            let groups: Vec<String> = groups.collect();
            let odd = &difference["odd"];
            let odd = if odd.is_null() { "tie".to_owned() } else { words(odd) };
            lines.push(format!(
                "{} {}: {}; odd: {odd}",
                object["object"].as_str().expect("a name"),
                difference["aspect"].as_str().expect("a name"),
                groups.join(" | "),
            ));
        }
    }
    lines
}

#[tokio::test]
async fn the_odd_one_out_is_named() -> Outcome {
    let folder = tempfile::tempdir()?;
    let folder = folder.path();
    let a = write(folder, "a.sql", BASE);
    let b = write(folder, "b.sql", &BASE.replace("m text", "m varchar(9)"));
    let c = write(folder, "c.sql", &BASE.replace("create table legacy (x integer);", ""));
    let live = common::database(&BASE.replace("select 1", "select 2")).await?;
    common::execute(&live, "create index i on t (m); create table fresh (a integer)").await?;
    let live = format!("live={}", common::conninfo(&live));
    let report = json(&[&a, &b, &c, &live])?;
    assert_eq!(
        lines(&report),
        [
            "public.f() body: a, b, c = select 1 | live = select 2; odd: live",
            "public.fresh presence: a, b, c = missing | live = there; odd: live",
            "public.legacy presence: a, b, live = there | c = missing; odd: c",
            "public.t.m type: a, c, live = text | b = varchar(9); odd: b",
            "public.t.i presence: a, b, c = missing | live = (m); odd: live",
        ]
    );
    let cells = &report["objects"][2]["sources"];
    assert_eq!(
        cells,
        &serde_json::json!({"a": "same", "b": "same", "c": "missing", "live": "same"})
    );
    assert_eq!(report["objects"][1]["sources"]["live"], "extra");
    assert_eq!(report["outcome"], "drift");
    // schema, table t with id and role, its primary key and check, plpgsql, the sequence
    assert_eq!(report["equal"], 8, "{report}");

    // Where the truth is named, the majority is not asked.
    let named = json(&[&a, &b, &c, &live, "--reference", "b"])?;
    let wanted = "public.t.m type: a, c, live = text | b = varchar(9); odd: a, c, live";
    assert!(lines(&named).iter().any(|found| found == wanted), "{:?}", lines(&named));
    assert_eq!(named["reference"], "b");
    assert_eq!(json(&[&a, &b, "--reference", &b])?["reference"], "b");

    let (code, out, _) = compare(&[&a, &b, &c, &live]);
    assert_eq!(code, 1);
    let out = out.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    for said in [
        "column public.t.m ┆ same ┆ differs ┆ same ┆ same",
        "the odd one out: c",
        "b: varchar(9)",
        "5 objects not the same, 8 objects the same; out of line: b 1×, c 1×, live 3×",
    ] {
        assert!(out.contains(said), "`{said}` is not in {out}");
    }
    Ok(())
}

/// Those that differ from the first are compared with each other, also inside of what the first lacks.
#[test]
fn values_group_and_ties_are_said() -> Outcome {
    let folder = tempfile::tempdir()?;
    let sql = |name: &str, sql: &str| write(folder.path(), name, sql);
    let a = sql("a.sql", "create table t (c text)");
    let b = sql("b.sql", "create table t (c bigint); create table u (d text)");
    let c = sql("c.sql", "create table t (c bigint); create table u (d bigint)");
    let d = sql("d.sql", "create table t (c text); create table u (d bigint)");
    let report = json(&[&a, &b, &c, &d])?;
    assert_eq!(
        lines(&report),
        [
            "public.t.c type: a, d = text | b, c = bigint; odd: tie",
            "public.u presence: a = missing | b, c, d = there; odd: a",
            "public.u.d type: b = text | c, d = bigint; odd: b",
        ]
    );
    assert_eq!(report["objects"][2]["sources"]["a"], "missing");
    assert!(compare(&[&a, &b, &c, &d]).1.contains("a tie: no majority"));
    // Of two neither is the odd one, and that is no tie worth a word.
    let (_, out, _) = compare(&[&a, &b]);
    assert!(!out.contains("tie") && !out.contains("odd"), "{out}");
    assert!(out.contains("table public.u    ┆ missing ┆ there"), "{out}");
    Ok(())
}

#[tokio::test]
async fn what_agrees_is_0_and_what_nobody_can_decide_is_3() -> Outcome {
    let database = common::database(BASE).await?;
    let live = common::conninfo(&database);
    let folder = tempfile::tempdir()?;
    let sql = write(folder.path(), "schema.sql", BASE);
    let snapshot = common::snapshot(&database).await?;
    let stored = write(folder.path(), "stored.yaml", &snapshot);
    let (code, out, err) = compare(&[&live, &sql, &stored, &sql]);
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
    assert!(out.contains("schema (2)") && out.contains("agree: 12 objects the same"), "{out}");

    let check = "role = ANY (ARRAY['a'::text, 'b'::text])";
    assert!(snapshot.contains(check));
    let written =
        write(folder.path(), "written.yaml", &snapshot.replace(check, "role in ('a', 'b')"));
    assert_eq!(compare(&[&stored, &written, &live]).0, 3, "two files have nobody to ask");
    assert_eq!(compare(&[&live, &written]).0, 0);
    let (code, out, _) = compare(&[&live, &written, "--no-server-analysis"]);
    assert_eq!(code, 3, "{out}");
    assert!(out.contains("undecided") && out.contains("--no-server-analysis"), "{out}");
    let arguments = [&live, &written, "--no-server-analysis", "--allow-undecided"];
    assert_eq!(compare(&arguments.map(|argument: &str| argument)).0, 0);
    Ok(())
}

/// Texts of several lines are shown by what differs in them, under the names of those that say so.
#[test]
fn long_texts_are_shown_by_their_lines() -> Outcome {
    let folder = tempfile::tempdir()?;
    let sql = |name: &str, number: u8| {
        let sql = format!(
            "create table t (a int); create function f() returns int language plpgsql as 'begin
  return {number};
end'"
        );
        write(folder.path(), name, &sql)
    };
    let (a, b, c) = (sql("a.sql", 1), sql("b.sql", 2), sql("c.sql", 1));
    let (code, out, _) = compare(&[&a, &b, &c]);
    assert_eq!(code, 1, "{out}");
    let shown = "
  body  the odd one out: b
    a, c:
      begin
        return 1;
      end
    b:
    - a, c + b
      begin
    -   return 1;
    +   return 2;
      end
";
    assert!(out.contains(shown), "{out}");
    let spec = "spec: 1\nignore: [public.t]\nlevels: {function.returns: off}\nextensions: {'*': any}\n\
                schemas: {public: {tables: {t: {columns: {a: text}}}, functions: {f(): {returns: text}}}}\n";
    let spec = write(folder.path(), "spec.yaml", spec);
    let (code, out, _) = compare(&[&spec, &a, "--reference", "spec"]);
    assert_eq!(code, 0, "{out}");
    for said in ["ignored as a spec says: ", "switched off by a spec: 1 finding"] {
        assert!(out.contains(said), "`{said}` is not in {out}");
    }
    Ok(())
}

/// What none of them can be asked about is said under every table of differences.
#[test]
fn what_was_not_compared_is_said() -> Outcome {
    let folder = tempfile::tempdir()?;
    let base = "select lo_create(0); create extension supabase_vault; create table t (a int); create table left_out ();";
    let names: Vec<String> =
        ["", "", "", "alter table t add b int;", "alter table t add b int; create table off ();"]
            .iter()
            .enumerate()
            .map(|(at, more)| write(folder.path(), &format!("s{at}.sql"), &format!("{base}{more}")))
            .collect();
    let all: Vec<&str> = names.iter().map(String::as_str).collect();
    let (code, out, err) = compare(&all[..2]);
    assert_eq!(code, 0, "{out}{err}");
    assert!(out.contains("1 large object"), "{out}");
    assert!(out.contains("a stub stands in: supabase_vault"), "{out}");
    let (code, out, _) = compare(&[&all[..2], &["--require-coverage"]].concat());
    assert_eq!(code, 3, "{out}");
    assert!(
        out.contains("no difference found between s0, s1, but not all that is there is read"),
        "{out}"
    );
    let (code, out, _) = compare(&all);
    assert_eq!(code, 1, "{out}");
    assert!(out.contains("the odd ones out: s3, s4"), "{out}");
    Ok(())
}

#[tokio::test]
async fn a_spec_may_be_the_reference() -> Outcome {
    let database = common::database("create table t (id integer); create table x1 ()").await?;
    let live = common::conninfo(&database);
    let folder = tempfile::tempdir()?;
    let spec = "spec: 1\nignore: [public.u]\nschemas: {public: {tables: {t: {columns: {id: bigint}}, \"x*\": any}}}\n";
    let spec = write(folder.path(), "spec.yaml", spec);
    let sql = write(
        folder.path(),
        "schema.sql",
        "create table t (id bigint); create table x1 (a integer); create table u ()",
    );
    let arguments = [sql.as_str(), &format!("live={live}"), &spec];
    let report = json(&[&arguments[..], &["--reference", "spec"]].concat())?;
    assert_eq!(
        lines(&report),
        ["public.t.id type: schema, spec = bigint | live = integer; odd: live"]
    );
    // What a pattern lets be anything is still a difference between the two others, where nobody is right.
    let found = lines(&json(&arguments)?);
    assert!(found.iter().any(|line| line.starts_with("public.x1.a presence")), "{found:?}");
    // What the spec says nothing of is not compared.
    let nothing = write(
        folder.path(),
        "nothing.yaml",
        "spec: 1\nschemas: {\"*\": any}\nextensions: {\"*\": any}\n",
    );
    let report = json(&[&nothing, &live])?;
    assert_eq!((&report["equal"], &report["exit_code"]), (&0.into(), &0.into()));
    assert!(report["no_opinion"].as_u64().is_some_and(|count| count > 0), "{report}");
    assert!(compare(&[&nothing, &live]).1.contains("no opinion in the spec on: "));
    let other = write(folder.path(), "other.yaml", &std::fs::read_to_string(&spec)?);
    let (code, _, err) = compare(&[&spec, &other]);
    assert_eq!(code, 2);
    assert!(err.contains("at most one spec"), "{err}");
    Ok(())
}

#[test]
fn what_makes_no_comparison_is_2() -> Outcome {
    let folder = tempfile::tempdir()?;
    let a = write(folder.path(), "a.sql", BASE);
    for (arguments, said) in [
        (&[a.as_str()][..], "2"),
        (&[&a, "nowhere.sql"], "nowhere.sql"),
        (&[&a, &a, "--reference", "nobody"], "name one of a, a (2)"),
        (&[&a, &a, "--shadow", "postgres://me:s3cret@127.0.0.1/x"], "more than one source is SQL"),
    ] {
        let (code, out, err) = compare(arguments);
        assert_eq!((code, out.as_str()), (2, ""), "{err}");
        assert!(err.contains(said) && !err.contains("s3cret"), "{err}");
    }
    let away = "prod=postgres://me:s3cret@127.0.0.1:1/app";
    let (code, out, err) = compare(&[&a, away, "--reference", "prod"]);
    assert_eq!((code, out.as_str()), (3, ""));
    assert!(!err.contains("s3cret"), "{err}");
    Ok(())
}

/// The three descriptions that `PixCrawler` keeps of one database; the page shows what comes of it.
#[tokio::test]
async fn three_descriptions_of_one_system() -> Outcome {
    let fixture = common::root().join("fixtures/pixcrawler");
    let live = common::database_of(&fixture).await?;
    let hotfix = std::fs::read_to_string(fixture.join("drift/hotfix_column.sql"))?;
    common::execute(&live, &hotfix).await?;
    let output = common::schemavet()
        .args(["compare", "drizzle=fixtures/pixcrawler"])
        .arg(
            "production=exec:cat fixtures/pixcrawler/000_supabase_prelude.sql \
             fixtures/pixcrawler/production/production_schema.sql",
        )
        .args(["live=env:LIVE", "--reference", "drizzle"])
        .env("LIVE", common::conninfo(&live))
        .output()?;
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stdout)?;
    let place = "live        db.example.com:5432/pixcrawler as app";
    let shown: Vec<&str> =
        said.lines().map(|line| if line.starts_with("live  ") { place } else { line }).collect();
    let shown = shown.join("\n");
    let page = std::fs::read_to_string(common::root().join("docs/compare.md"))?;
    assert!(
        page.contains(&format!("```text\n{shown}\n```")),
        "docs/compare.md shows not this:\n{shown}"
    );
    Ok(())
}
