//! `snapshot --update`: a spec is brought up to date, and what did not change stays as it is written.
#![cfg(unix)]
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use common::{CHECK, Outcome};
use schemavet::check::{Outcome as Verdict, Report};
use schemavet::finding::Change;
use schemavet::source::script::{self, Script};
use schemavet::spec::Spec;
use similar::{ChangeTag, TextDiff};

/// The files of a spec, copied into a folder of their own.
fn copied(spec: &Path) -> (tempfile::TempDir, Vec<PathBuf>) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut files = vec![spec.to_owned()];
    if spec.is_dir() {
        files =
            fs::read_dir(spec).expect("read").map(|entry| entry.expect("read").path()).collect();
        files.sort();
    }
    let copies = files.iter().map(|file| {
        let copy = folder.path().join(file.file_name().expect("a name"));
        fs::copy(file, &copy).expect("copied");
        copy
    });
    let copies = copies.collect();
    (folder, copies)
}

/// Exit code, standard output, standard error.
fn update(folder: &Path, database: &str, more: &[&str]) -> (i32, String, String) {
    let mut command = common::schemavet();
    command.args(["snapshot", "--database", &common::conninfo(database)]).args(more);
    let output = command.arg("--update").arg(folder).output().expect("it runs");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (output.status.code().expect("a code"), text(output.stdout), text(output.stderr))
}

/// Brings a spec up to date: the exit code, the spec as it is then, and what was said.
fn updated(spec: &str, database: &str) -> Outcome<(i32, String, String)> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("spec.yaml");
    fs::write(&file, spec)?;
    let (code, _, said) = update(&file, database, &[]);
    Ok((code, fs::read_to_string(&file)?, said))
}

/// The lines of a file that a report is about: those of each entry that it points at, with the comments right above.
fn touched(file: &str, text: &str, report: &Report) -> BTreeSet<usize> {
    let lines: Vec<&str> = text.lines().collect();
    let indent = |line: &str| line.len() - line.trim_start().len();
    let mut touched = BTreeSet::new();
    for finding in &report.findings {
        let Some(place) = finding.location.as_ref().filter(|place| *place.file == *file) else {
            continue;
        };
        let first = place.line - 1;
        touched.insert(first);
        if matches!(finding.change, Change::Unexpected { .. }) {
            continue;
        }
        let within = |line: &&&str| line.trim().is_empty() || indent(line) > indent(lines[first]);
        touched.extend(first..=first + lines[first + 1..].iter().take_while(within).count());
        let comment = |at: &usize| lines[*at].trim_start().starts_with('#');
        touched.extend((0..first).rev().take_while(comment));
        touched.extend(
            (0..first).rev().skip_while(comment).take_while(|at| lines[*at].trim().is_empty()),
        );
    }
    touched
}

/// After an update a spec says what the database is, and every line that no finding is about is as it was.
#[tokio::test]
async fn every_drift_can_be_written_back() -> Outcome {
    let mut drifts = 0;
    let mut wrong = String::new();
    for name in common::fixtures() {
        let fixture = common::root().join("fixtures").join(&name);
        let specs = ["", ".yaml"].map(|end| common::root().join(format!("specs/{name}{end}")));
        let Some(spec) = specs.iter().find(|spec| spec.exists()) else { continue };
        let template = common::database_of(&fixture).await?;
        let mut files: Vec<PathBuf> = fs::read_dir(fixture.join("drift"))?
            .map(|entry| Ok(entry?.path()))
            .collect::<std::io::Result<_>>()?;
        files.retain(|file| file.extension().is_some_and(|extension| extension == "sql"));
        files.sort();
        for drift in files {
            drifts += 1;
            let database = common::copy(&template).await?;
            script::apply(&common::connect(&database).await?, &Script::read(&drift)?).await?;
            let (folder, copies) = copied(spec);
            let report = common::validate(&Spec::read(&copies)?, &database, CHECK).await?;
            let before: Vec<String> =
                copies.iter().map(fs::read_to_string).collect::<Result<_, _>>()?;

            let (code, out, said) = update(folder.path(), &database, &[]);
            let after = common::validate(&Spec::read(&copies)?, &database, CHECK).await?;
            let of_a_pattern = said.contains("the pattern") || said.contains("`absent`");
            if (code, after.outcome()) != (0, Verdict::Match) && !of_a_pattern {
                wrong += &format!(
                    "{}: {code}: {out}{said}\n{}\n",
                    drift.display(),
                    common::details(&after)
                );
            }
            for (file, old) in copies.iter().zip(&before) {
                let new = fs::read_to_string(file)?;
                let touched = touched(&file.display().to_string(), old, &report);
                for change in TextDiff::from_lines(old.as_str(), new.as_str()).iter_all_changes() {
                    // The last of its collection goes: the key stays, and says so.
                    let emptied = format!("{} {{}}", change.value().trim_end());
                    if change.tag() == ChangeTag::Delete
                        && !new.lines().any(|line| line.starts_with(&emptied))
                        && !touched.contains(&change.old_index().expect("an index"))
                    {
                        wrong += &format!("{}: lost: {}", drift.display(), change.value());
                    }
                }
            }
        }
    }
    assert!(drifts > 40, "{drifts}");
    assert!(wrong.is_empty(), "{wrong}");
    Ok(())
}

/// A spec, what is in the database, and the spec as it is then.
async fn becomes(spec: &str, sql: &str, expected: &str) -> Outcome {
    let database = common::database(sql).await?;
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("spec.yaml");
    fs::write(&file, spec)?;
    let (code, _, said) = update(&file, &database, &[]);
    let new = fs::read_to_string(&file)?;
    let diff = TextDiff::from_lines(expected, &new).unified_diff().to_string();
    assert_eq!(new, expected, "{said}{diff}");
    assert_eq!(code, 0, "{said}");
    let report = common::validate(&Spec::read(&[file])?, &database, CHECK).await?;
    assert_eq!(common::details(&report), "");
    Ok(())
}

#[tokio::test]
async fn each_way_of_writing_is_kept() -> Outcome {
    // Braces and lists stay what they are; a comment stays with its line; what becomes empty says so.
    becomes(
        "\
# a spec
spec: 1
schemas:
  public:
    tables:
      b:   # with braces
        columns: {id: bigint not null, gone: text}
        indexes: [(id), (gone)]
        checks: [id > 0]
      c:
        columns:
          id: bigint   # the key
          # about the next
          x: {type: text, comment: \"a # b\"}
        comment: |
          two
          lines

    enums: {}
",
        "create table b (id bigint not null, price numeric(10, 2));
        create index on b (id); create index on b (price);
        create table c (id integer not null default 7, x varchar(9));
        create table a (id serial primary key);
        create type mood as enum ('x', 'z');
        comment on table c is 'one'; comment on column c.x is 'other: #';",
        "\
# a spec
spec: 1
schemas:
  public:
    tables:
      a:
        columns:
          id: serial
        primary_key:
          a_pkey: [id]
      b:   # with braces
        columns: {id: bigint not null, price: \"numeric(10,2)\"}
        indexes: [(id), (price)]
        checks: []
      c:
        columns:
          id: integer not null default 7   # the key
          # about the next
          x: {type: character varying(9), comment: \"other: #\"}
        comment: one

    enums:
      mood: [x, z]
",
    )
    .await
}

/// The columns of an update go where the update itself does.
#[tokio::test]
async fn what_follows_from_a_difference_is_written_with_it() -> Outcome {
    let spec = "spec: 1
schemas:
  public:
    tables:
      t:
        triggers:
          r: {timing: after, events: [insert, update], columns: [a], function: f()}
          s: after insert or update of a execute function f()
";
    let sql = "create table t (a int); create function f() returns trigger language plpgsql as 'begin return new; end';
        create trigger r after insert on t execute function f(); create trigger s after insert on t execute function f()";
    let expected = spec
        .replace("[insert, update], columns: [a]", "[insert], columns: []")
        .replace("insert or update of a", "insert for each statement");
    becomes(spec, sql, &expected).await
}

/// Also where the short form alone would be a list.
#[tokio::test]
async fn names_with_stars_and_texts_that_end_in_white_space_are_found() -> Outcome {
    becomes(
        "spec: 1\nschemas: {public: {tables: {'a\\*': {columns: {id: bigint}}}}}\n",
        "create table \"a*\" (id integer)",
        "spec: 1\nschemas: {public: {tables: {'a\\*': {columns: {id: integer}}}}}\n",
    )
    .await?;
    becomes(
        "spec: 1\nschemas:\n  public:\n    comment: |-\n      one\n      two  \n    tables: {}\n",
        "comment on schema public is 'three  '",
        "spec: 1\nschemas:\n  public:\n    comment: \"three  \"\n    tables: {}\n",
    )
    .await
}

#[tokio::test]
async fn a_bare_name_may_be_the_last_of_its_collection() -> Outcome {
    let spec = "spec: 1\nschemas:\n  public:\n    tables:\n      gone:\n    views: {}\n";
    becomes(spec, "", &spec.replace("tables:\n      gone:", "tables: {}")).await?;
    let there = "create table there (a integer)";
    let table = "there:\n        columns:\n          a: integer";
    becomes(spec, there, &spec.replace("gone:", table)).await
}

#[tokio::test]
async fn an_item_may_stand_far_from_its_dash() -> Outcome {
    let items = "spec: 1\nstrict: true\nschemas:\n  public:\n    tables:\n      t:\n        columns:\n          a: integer\n        indexes:\n          -   ";
    becomes(
        &format!("{items}(a)\n"),
        "create table t (a int); create index i on t (a); comment on index i is 'x'",
        &format!("{items}definition: (a)\n              comment: x\n"),
    )
    .await
}

#[tokio::test]
async fn an_item_may_be_a_block_of_text() -> Outcome {
    let sql = "create table t (a int, b int, s text, exclude using gist (int4range(a, b) with &&) where (s = 'x'));
        create index on t ((case when a = 1 then 1 else 0 end)) where s = 'x';
        create index on t (b)";
    let columns = "columns: {a: int, b: int, s: text}";
    let spec = format!(
        "spec: 1\nschemas:\n  public:\n    tables:\n      t:\n        {columns}\n        exclusions:\n          - |\n            using gist (int4range(a, b) with &&)\n            where (s = 'y')\n        indexes:\n          - |\n            (a)\n            where s = 'gone'\n          - (b) # kept\n          - |\n            ((case when a = 1 then 1 else 0 end))\n            where s = 'y'\n"
    );
    let database = common::database(sql).await?;
    let (code, written, said) = updated(&spec, &database)?;
    assert_eq!(code, 0, "{said}\n{written}");
    assert!(written.contains("- (b) # kept") && !written.contains("gone"), "{written}");
    let report = common::validate(&common::spec(&written)?, &database, CHECK).await?;
    assert_eq!(common::names(&report), [""; 0], "{written}");

    // What an update wrote as a block of text goes again.
    let dropped = common::database(&sql.replace("when a = 1", "when a = 2")).await?;
    let (code, written, said) = updated(&written, &dropped)?;
    assert_eq!(code, 0, "{said}\n{written}");
    let report = common::validate(&common::spec(&written)?, &dropped, CHECK).await?;
    assert_eq!(common::names(&report), [""; 0], "{written}");
    Ok(())
}

#[tokio::test]
async fn what_stands_beside_a_text_stays_and_what_looks_so_does_not_count() -> Outcome {
    let table = |columns: &str| {
        format!("spec: 1\nschemas:\n  public:\n    tables:\n      t:\n        columns:\n{columns}")
    };
    let texts = table(
        "          a: 'text default ''new # x'''\n          b: \"text default '\\\" # x'\"\n",
    );
    let without = table("          a: text\n          b: text\n");
    becomes(&texts, "create table t (a text, b text)", &without).await?;
    let view = |query: &str| {
        format!(
            "spec: 1\nschemas:\n  public:\n    views:\n      v:\n        definition: |-  # kept\n{query}"
        )
    };
    let (old, new) = (
        "          select 1 as a,\n            2 as b\n",
        "          SELECT 1 AS a,\n              3 AS b\n",
    );
    becomes(&view(old), "create view v as select 1 as a, 3 as b", &view(new)).await?;
    let two = "          a: integer\n          b: integer\n";
    let sql = "create table t (a int, b int, \"*\" int)";
    becomes(&table(two), sql, &table(&format!("{two}          \\*: integer\n"))).await?;
    // In a file whose lines end as on Windows.
    let strict = |columns: &str| {
        table(columns).replace("spec: 1\n", "spec: 1\nstrict: true\n").replace('\n', "\r\n")
    };
    let (one, other) = ("          a: integer\n", "          b: integer\n");
    let (old, new) = (strict(&format!("{one}{other}")), strict(&format!("{other}{one}")));
    becomes(&old, "create table t (b int, a int)", &new).await
}

#[tokio::test]
async fn no_comment_is_lost() -> Outcome {
    let database = common::database(
        "create type m as enum ('a', 'b', 'c'); create table t (a int constraint x check (a > 0), b bigint, d text)",
    )
    .await?;
    for spec in [
        "schemas:\n  public:\n    enums:\n      m:\n        - a   # the first\n        - c   # the last\n",
        "schemas:\n  public:\n    tables:\n      t: {columns: {\n        a: int,  # one\n        c: int   # two\n      }}\n",
        "schemas:\n  public:\n    tables:\n      t:\n        checks:\n          # about all of them\n          c: a > 1\n",
        "schemas:\n  public:\n    tables:\n      t:\n        checks: [\n          a > 0,\n          b > 3   # no\n        ]\n",
    ] {
        let folder = tempfile::tempdir()?;
        let file = folder.path().join("spec.yaml");
        let spec = format!("spec: 1\n{spec}");
        fs::write(&file, &spec)?;
        let (code, _, said) = update(&file, &database, &[]);
        assert_eq!(code, 1, "{said}");
        assert!(said.contains("comments among its lines would be lost"), "{said}");
        assert_eq!(fs::read_to_string(&file)?, spec);
    }
    Ok(())
}

/// A mapping in braces is written as JSON would write it, but for what YAML does not print.
#[tokio::test]
async fn what_is_not_printed_is_escaped_in_braces() -> Outcome {
    becomes(
        "spec: 1\nschemas: {public: {tables: {t: {comment: \"a\"}}}}\n",
        "create table t (); comment on table t is e'\\u007f, \\uffff'",
        "spec: 1\nschemas: {public: {tables: {t: {comment: \"\\u007f, \\uffff\"}}}}\n",
    )
    .await
}

#[tokio::test]
async fn a_definition_stays_one() -> Outcome {
    let trigger = "spec: 1\nschemas: {public: {tables: {t: {triggers: {r: {definition: before insert for each row execute function f()";
    becomes(
        &format!("{trigger}}}}}}}}}}}}}\n"),
        "create table t (a int); create function f() returns trigger language plpgsql as 'begin return new; end';
        create trigger r before insert on t for each row execute function f(); alter table t disable trigger r",
        &format!("{trigger}, enabled: disabled}}}}}}}}}}}}\n"),
    )
    .await?;
    let spec = |other: &str| {
        format!(
            "\
spec: 1
schemas:
  public:
    tables:
      t:
        primary_key:
          t_pkey:
            definition: (id, {other})
            comment: both
        unique:
          t_key: {{definition: \"({other}, id)\", index_comment: turned}}
"
        )
    };
    becomes(
        &spec("before"),
        "create table t (id int, after int, constraint t_pkey primary key (id, after),
                         constraint t_key unique (after, id));
         comment on constraint t_pkey on t is 'both'; comment on index t_key is 'turned'",
        &spec("after"),
    )
    .await
}

/// What a text says beside what every short form does, it still says when something else of it changes.
#[tokio::test]
async fn what_a_text_said_more_is_still_said() -> Outcome {
    let table =
        |columns: &str| format!("spec: 1\nschemas:\n  public:\n    tables:\n      t:\n{columns}");
    let sql = "create table t (
          c integer generated by default as identity (sequence name foo start 100),
          d text default '5', e text, constraint t_pkey primary key (c) with (fillfactor = 60));
        alter table t alter d set storage external;
        create view v as select d from t where d <> 'a'";
    becomes(
        &table(
            "        columns:
          c: integer generated always as identity (sequence name foo start 100)
          d: text default '1' storage external # kept
",
        ),
        sql,
        &table(
            "        columns:
          c:
            definition: integer generated by default as identity (start 100)
            identity_sequence: foo
          d:  # kept
            definition: text default '5'::text
            storage: external
          e: text
",
        ),
    )
    .await?;
    // Of what is usual there the definition spoke, too.
    becomes(
        &table("        columns:\n          d: {definition: text storage main compression pglz}\n"),
        "create table t (d text)",
        &table(
            "        columns:\n          d: {definition: text, storage: null, compression: null}\n",
        ),
    )
    .await?;
    // What a definition says goes out of it.
    becomes(
        &table(
            "        columns:
          c: {definition: integer generated by default as identity (sequence name bar start 100)}
          d:
            definition: text default '5' storage main
            comment: ~
          e: {definition: text storage external, nullable: true}
        primary_key:
          t_pkey:
            definition: (c) with (fillfactor = 50)
",
        ),
        sql,
        &table(
            "        columns:
          c: {definition: integer generated by default as identity (start 100), identity_sequence: foo}
          d:
            definition: text default '5'::text
            storage: external
            comment: ~
          e: {definition: text, nullable: true, storage: null}
        primary_key:
          t_pkey:
            definition: (c)
            options:
              fillfactor: \"60\"
",
        ),
    )
    .await?;
    let view = |definition: &str| {
        format!(
            "spec: 1\nschemas:\n  public:\n    views:\n      v:\n        definition: {definition}\n"
        )
    };
    for (option, said) in [("", None), (" with check option", Some("check_option: cascaded"))] {
        let database = common::database(&format!("{sql}{option}")).await?;
        let (code, spec, said_of_it) =
            updated(&view("select d from t with check option"), &database)?;
        assert_eq!(code, 0, "{said_of_it}");
        assert!(!spec.contains("with check option"), "{spec}");
        assert_eq!(spec.lines().find(|line| line.contains("check_option")).map(str::trim), said);
        let report = common::validate(&common::spec(&spec)?, &database, CHECK).await?;
        assert_eq!(common::details(&report), "");
    }
    Ok(())
}

/// A text that comes to stand in a mapping is the author's still, if it says nothing of what differs.
#[tokio::test]
async fn a_text_stays_one_however_much_is_said() -> Outcome {
    let table =
        |inside: &str| format!("spec: 1\nschemas:\n  public:\n    tables:\n      t:\n{inside}");
    let sql = "create table t (a int, b int, constraint t_pkey primary key (a) with (fillfactor = 60));
        create policy p on t using (a > 0)
          with check (a > 0 and b > 1000000000 and a < 2000000000 and b <> 300000000 and a <> 400000000);
        alter table t enable row level security;
        create materialized view m with (fillfactor = 60) as select a from t";
    let key = "        primary_key:\n          t_pkey:\n            definition: (a)\n            options:\n              fillfactor: \"60\"\n";
    for before in ["[a]", "[b]"] {
        becomes(&table(&format!("        primary_key: {before}\n")), sql, &table(key)).await?;
    }
    becomes(
        &table("        primary_key: primary key (a)\n"),
        sql,
        &table(&key.replace("(a)", "primary key (a)")),
    )
    .await?;
    let check = "(a > 0) AND (b > 1000000000) AND (a < 2000000000) AND (b <> 300000000) AND (a <> 400000000)";
    let policy = |definition: &str| table(&format!("        policies:\n          p{definition}\n"));
    becomes(
        &policy(": using (a>0) with check (b<5)"),
        sql,
        &policy(&format!(": using (a > 0) with check ({check})")),
    )
    .await?;
    let beside =
        |text: &str| policy(&format!(":\n            definition: {text}\n            comment: ~"));
    becomes(
        &beside("using (a>0) with check (b<5)"),
        sql,
        &beside(&format!("using (a > 0) with check ({check})")),
    )
    .await?;
    let view = |inside: &str| {
        format!("spec: 1\nschemas:\n  public:\n    materialized_views:\n      m:{inside}")
    };
    becomes(
        &view(" |\n        -- why\n        select a   -- the a\n        from t\n"),
        sql,
        &view(
            "
        definition: |
          -- why
          select a   -- the a
          from t
        options:
          fillfactor: \"60\"
",
        ),
    )
    .await
}

/// Columns of a primary key need not say that they accept no nulls; once there is none, they do.
#[tokio::test]
async fn what_a_primary_key_said_is_said_without_it() -> Outcome {
    becomes(
        "spec: 1
schemas:
  public:
    tables:
      a:
        columns:
          x: integer
          y: text
        primary_key: [x]
",
        "create table a (x integer not null, y text)",
        "spec: 1
schemas:
  public:
    tables:
      a:
        columns:
          x: integer not null
          y: text
        primary_key: {}
",
    )
    .await
}

#[tokio::test]
async fn what_a_strict_spec_does_not_write_gets_its_key() -> Outcome {
    becomes(
        "\
spec: 1
strict: true
schemas:
  public:
    tables:
      a:
        columns:
          y: text
          x: integer
        # the key
        primary_key: [x]
    views:
      v: select 1 as one
",
        "create table a (x integer, y text not null, primary key (x, y));
        alter table a enable row level security;
        create policy p on a using (x > 0);
        create index a_y on a (y);
        create view v with (security_barrier) as select 1 as one;
        create function f() returns trigger language plpgsql as $$begin return new; end$$;
        create trigger t instead of insert on v for each row execute function f();
        create publication news;",
        "\
spec: 1
strict: true
schemas:
  public:
    tables:
      a:
        row_security: enabled
        columns:
          x: integer
          y: text
        # the key
        primary_key: [x, \"y\"]
        indexes:
          a_y: (y)
        policies:
          p: using (x > 0)
    views:
      v:
        definition: SELECT 1 AS one
        options:
          security_barrier: \"true\"
        triggers:
          t: instead of insert for each row execute function f()
    functions:
      f():
        returns: trigger
        language: plpgsql
        body: begin return new; end
publications:
  news: {}
",
    )
    .await
}

#[tokio::test]
async fn only_what_is_chosen_is_written_and_a_dry_run_writes_nothing() -> Outcome {
    let spec = "spec: 1\nschemas:\n  public:\n    tables:\n      a:\n        columns:\n          x: text\n          y: text\n";
    let database = common::database("create table a (x integer, y integer)").await?;
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("spec.yaml");
    fs::write(&file, spec)?;
    let only = ["--only", "public.a.y"];
    let (code, out, _) = update(&file, &database, &[&only[..], &["--dry-run"]].concat());
    assert_eq!(code, 1);
    assert!(out.contains("\n-          y: text\n+          y: integer\n"), "{out}");
    assert_eq!(fs::read_to_string(&file)?, spec);

    let (code, out, said) = update(&file, &database, &only);
    assert_eq!((code, out.as_str()), (0, ""), "{said}");
    assert_eq!(fs::read_to_string(&file)?, spec.replace("y: text", "y: integer"));

    let (code, _, said) = update(&file, &database, &only);
    assert_eq!(code, 0);
    assert!(said.contains("nothing that is public.a.y differs"), "{said}");

    // What is chosen may need what is not.
    let renamed = "create table b (x int constraint new primary key)";
    let renamed = common::database(renamed).await?;
    let key = "spec: 1\nschemas:\n  public:\n    tables:\n      b:\n        primary_key:\n          old: [x]\n";
    let of_a_key = folder.path().join("key.yaml");
    fs::write(&of_a_key, key)?;
    let (code, _, said) = update(&of_a_key, &renamed, &["--only", "public.b.new"]);
    assert_eq!((code, fs::read_to_string(&of_a_key)?.as_str()), (3, key), "{said}");
    assert!(said.contains("such as the old name of what was renamed"), "{said}");
    let both = ["--only", "public.b.new", "--only", "public.b.old"];
    assert_eq!(update(&of_a_key, &renamed, &both).0, 0);
    let (code, _, said) = update(&file, &database, &["--only", "public.aa"]);
    assert_eq!(code, 2, "{said}");
    assert!(said.contains("--only public.aa: neither the spec nor the database has it"), "{said}");
    Ok(())
}

/// What a pattern or `absent` says is the person's to change; the rest is written.
#[tokio::test]
async fn what_cannot_be_placed_is_said() -> Outcome {
    let spec = "\
spec: 1
schemas:
  public:
    tables:
      a: {columns: {x: text}}
      b: absent
      \"*\": {row_security: enabled}
";
    let database = common::database(
        "create table a (x integer); create table b (); alter table b enable row level security",
    )
    .await?;
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("spec.yaml");
    fs::write(&file, spec)?;
    let (code, _, said) = update(&file, &database, &[]);
    assert_eq!(code, 1, "{said}");
    assert_eq!(fs::read_to_string(&file)?, spec.replace("x: text", "x: integer"));
    let path = file.display();
    assert!(
        said.contains(&format!("table.forbidden public.b: the spec says `absent`  {path}:6:7")),
        "{said}"
    );
    assert!(said.contains("table.row_security public.a: the pattern `*`"), "{said}");
    Ok(())
}

/// What a table demands of its partitions is the person's, too.
#[tokio::test]
async fn what_comes_of_a_parent_is_left() -> Outcome {
    let spec = "\
spec: 1
schemas:
  public:
    tables:
      p:
        columns: {k: integer}
        partition_by: range (k)
        partitions: {like: parent}
      q: {columns: {a: text}}
";
    let table = "create table q (a integer); create table p (k integer) partition by range (k);";
    let first = "create table p1 partition of p for values from (1) to (2);";
    for (more, left) in [
        ("", vec!["table.partitions public.p:"]),
        (
            "create table p3 partition of p for values from (3) to (4)",
            vec!["table.partitions public.p:"],
        ),
        (
            "alter table p1 enable row level security; grant select on p1 to public",
            vec!["table.row_security public.p1:", "table.grants public.p1:"],
        ),
    ] {
        let first = if more.is_empty() { "" } else { first };
        let database = common::database(&format!("{table}{first}{more}")).await?;
        let folder = tempfile::tempdir()?;
        let file = folder.path().join("spec.yaml");
        fs::write(&file, spec)?;
        let (code, _, said) = update(&file, &database, &[]);
        assert_eq!(code, 1, "{said}");
        assert!(left.iter().all(|finding| said.contains(finding)), "{said}");
        assert_eq!(fs::read_to_string(&file)?, spec.replace("a: text", "a: integer"));
    }
    Ok(())
}

/// In `public`, which every database has, and with texts whose blanks and line breaks count.
const AWKWARD: &str = r"
create type mood as enum ('glad', 'sad');
create table t (x integer);
create function f() returns integer language sql as ' select 1;

';
comment on table t is E' begins and ends in blanks  \nand on two lines  ';
comment on function f() is ' One: with a colon, # and a comma.  ';
comment on type mood is E'ends in empty lines\n\n\n';
comment on schema public is E'\n\nbegins with empty lines\n';
create view z as select 1 as one;
comment on view z is E'the last of all\n\n\n';
";

/// Every attribute of every kind comes into a spec that says nothing, and goes out of one that says it all.
#[tokio::test]
async fn a_spec_becomes_that_of_another_database() -> Outcome {
    let (zoo, empty) = (common::database(&common::zoo()).await?, common::empty().await?);
    let awkward = common::database(AWKWARD).await?;
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("spec.yaml");
    for start in ["spec: 1\nstrict: true\n", &common::snapshot(&empty).await?] {
        fs::write(&file, start)?;
        for database in [&awkward, &zoo, &empty, &zoo, &awkward] {
            let (code, _, said) = update(&file, database, &[]);
            assert_eq!(code, 0, "{said}");
            let report =
                common::validate(&Spec::read(std::slice::from_ref(&file))?, database, CHECK)
                    .await?;
            assert_eq!(common::details(&report), "");
        }
        assert!(
            !fs::read_to_string(&file)?.contains("{enums"),
            "an empty mapping gets lines of its own"
        );
    }
    Ok(())
}

/// What cannot be written hinders nothing else.
#[tokio::test]
async fn what_stands_for_several_or_has_no_short_form_is_left() -> Outcome {
    let spec = "\
spec: 1
schemas:
  public:
    domains:
      d: {definition: integer}
      e: any
    tables:
      t:
        columns: {a: integer}
        grants: {update_reader: [select by update_giver]}
    functions:
      f: {language: sql, body: select 1}
";
    let database = common::database(
        "create role update_giver; create role update_reader; create role update_other;
         create domain e as text; create domain d as e; create table t (a integer, b text);
         grant select on t to update_giver with grant option;
         set role update_giver; grant select on t to update_reader; reset role;
         grant select on t to update_other;
         create function f(int) returns int language sql as 'select 1'; create function f(text) returns int language sql as 'select 2'",
    )
    .await?;
    let (code, new, said) = updated(spec, &database)?;
    assert_eq!(code, 1, "{said}");
    assert_eq!(new, spec.replace("columns: {a: integer}", "columns: {a: integer, b: text}"));
    for left in [
        "function.body public.f(text): `f` is the name of several",
        "domain.type public.d: its definition cannot say so",
        "table.grants public.t: who granted what would be lost",
    ] {
        assert!(said.contains(left), "{left}: {said}");
    }
    Ok(())
}

/// An anchor is written for all that refer to it.
#[tokio::test]
async fn what_holds_elsewhere_is_not_broken() -> Outcome {
    let spec = "\
spec: 1
schemas:
  public:
    tables:
      a: {columns: &columns {i: integer}}
      b: {columns: *columns}
";
    let database =
        common::database("create table a (i integer, j text); create table b (i integer)").await?;
    let (code, new, said) = updated(spec, &database)?;
    assert_eq!(code, 3, "{said}");
    assert!(said.contains("column.missing public.b.j; nothing is written"), "{said}");
    assert_eq!(new, spec);
    Ok(())
}

#[tokio::test]
async fn what_two_files_say_is_changed_in_both() -> Outcome {
    let database =
        common::database("create table t (a bigint); comment on table t is 'new'").await?;
    let folder = tempfile::tempdir()?;
    let text = "spec: 1\nschemas:\n  public:\n    tables:\n      t: {comment: old, columns: {a: integer}}\n";
    for name in ["a.yaml", "b.yaml"] {
        fs::write(folder.path().join(name), text)?;
    }
    let (code, _, said) = update(folder.path(), &database, &[]);
    assert_eq!(code, 0, "{said}");
    let text = text.replace("old", "new").replace("integer", "bigint");
    for name in ["a.yaml", "b.yaml"] {
        assert_eq!(fs::read_to_string(folder.path().join(name))?, text);
    }
    Ok(())
}

/// What only a newer server can tell is not lost.
#[tokio::test]
async fn what_the_server_is_too_old_to_tell_stays() -> Outcome {
    if common::cluster().version() >= 180_000 {
        return Ok(());
    }
    let spec = "\
spec: 1
schemas:
  public:
    tables:
      t:
        columns:
          a: integer constraint foo not null
          b: {type: integer, not_null_constraint: foo}
          c: integer not null
";
    let database = common::database(
        "create table t (a bigint not null, b bigint not null, c bigint not null)",
    )
    .await?;
    let (code, new, said) = updated(spec, &database)?;
    assert_eq!(code, 1, "{said}");
    assert_eq!(
        new,
        spec.replace("c: integer", "c: bigint").replace("{type: integer", "{type: bigint")
    );
    assert!(said.contains("column.type public.t.a: it says something"), "{said}");
    Ok(())
}

/// A block of text may hold nothing but line ends, a word may end in white space of any kind, and a `#` in a text begins no
/// comment.
#[tokio::test]
async fn what_a_text_holds_is_its_own() -> Outcome {
    let before = "create table t (a int, b int, c int);
        comment on column t.a is E'\n'; comment on column t.b is 'b\u{a0}'; comment on column t.c is 'c\u{3000}';
        create view v as select 1 as a, 2 as b; comment on column v.a is E'first\nsee #12'; comment on column v.b is 'x';
        create function f() returns int language plpgsql as E'\nbegin\n  -- ticket # 5\n  return 1;\nend\n'";
    let after = "comment on column t.a is E'\n\n'; comment on column t.b is 'b #'; comment on column t.c is null;
        comment on column v.a is null; comment on column v.b is 'y # z'; drop function f();
        create function f(int) returns int language plpgsql as E'\nbegin\n  -- ticket # 6\n  return 1;\nend\n'";
    let database = common::database(before).await?;
    let spec = common::write(&common::read(&database).await?)?;
    common::execute(&database, after).await?;
    let (code, spec, said) = updated(&spec, &database)?;
    assert_eq!(code, 0, "{said}");
    let report = common::validate(&common::spec(&spec)?, &database, common::STRICT).await?;
    assert_eq!(common::details(&report), "");
    Ok(())
}

/// An apostrophe in a word opens no quotes: what stands behind a `#` is a comment still.
#[tokio::test]
async fn an_apostrophe_hides_no_comment() -> Outcome {
    let spec = "spec: 1\nschemas:\n  public:\n    views:\n      v:\n        column_comments:\n          \
                a: rock 'n roll   # keep me\n          b: y\n";
    let view = "create view v as select 1 as a, 2 as b; comment on column v.a is 'x'; comment on column v.b is 'y'";
    let database = common::database(view).await?;
    let (_, spec, said) = updated(spec, &database)?;
    assert!(spec.contains("# keep me"), "{said}\n{spec}");
    // Nor is one kept by a text that says the same.
    let spec = spec.replace("# keep me", "#12");
    common::execute(&database, "comment on column v.a is 'see #12'").await?;
    let (_, spec, said) = updated(&spec, &database)?;
    assert!(spec.contains("  #12\n"), "{said}\n{spec}");
    Ok(())
}

/// `serial` may be that of any sequence: one that is not as usual is written beside it, as in a snapshot.
#[tokio::test]
async fn a_sequence_that_serial_would_not_bring_is_written() -> Outcome {
    let spec = "spec: 1\nstrict: true\nschemas:\n  public: {tables: {known: {columns: {a: integer, was: integer not null}}}}\n";
    for (sql, sequences) in [
        ("create table t (id serial)", None),
        ("create sequence other; create table t (id int not null default nextval('other'));
          alter sequence other owned by t.id", Some("other: as bigint owned by t.id")),
        ("create sequence t_id_seq; create table t (id int not null default nextval('t_id_seq'));
          alter sequence t_id_seq owned by t.id", Some("t_id_seq: as bigint owned by t.id")),
        ("create table old (id serial); alter table old rename to t", Some("old_id_seq: as integer owned by t.id")),
        ("create table t (id serial); create sequence extra owned by t.id", Some("extra: as bigint owned by t.id")),
        ("alter table known add id serial", None),
        ("create sequence other as int; alter table known add id int not null default nextval('other');
          alter sequence other owned by known.id", Some("other: as integer owned by known.id")),
        ("create sequence other as int owned by known.was; alter table known alter was set default nextval('other')",
         Some("other: as integer owned by known.was")),
    ] {
        let sql = format!("create table known (a int, was int not null); {sql}");
        let database = common::database(&sql).await?;
        let (code, new, said) = updated(spec, &database)?;
        assert_eq!(code, 0, "{sql}: {said}");
        match sequences {
            Some(sequence) => assert!(new.contains(sequence), "{sql}: {new}"),
            None => assert!(!new.contains("sequences"), "{sql}: {new}"),
        }
        let fresh = common::snapshot(&database).await?;
        let report = common::validate_offline(&common::spec(&fresh)?, &new, CHECK).await?;
        assert_eq!(common::details(&report), "", "{sql}: {new}");
    }
    Ok(())
}

/// What is forbidden, left out or allowed anyway gets no entry, and what was written before is no matter of this update.
#[tokio::test]
async fn a_sequence_that_nobody_asked_for_is_not_written() -> Outcome {
    let database = common::database(
        "create table known (a int, b int); comment on table known is 'x';
         create table old (id serial); alter table old rename to t",
    )
    .await?;
    for (head, sequences, t, is_written) in [
        ("", "{}", "any", false),
        ("", "{}", "absent", false),
        ("", "{}", "{columns: {id: absent}}", false),
        ("", "{}", "{columns: {id: serial}}", false),
        ("", "{}", "{columns: {}}", true),
        ("ignore: [public.old_id_seq]", "{}", "{columns: {}}", false),
        ("levels: {sequence.*: off}", "{}", "{columns: {}}", false),
        ("", "{'old_*': any}", "{columns: {}}", false),
    ] {
        let spec = format!(
            "spec: 1\n{head}\nschemas:\n  public:\n    sequences: {sequences}\n    tables:\n      t: {t}\n      known: {{columns: {{a: integer}}}}\n"
        );
        let (_, new, said) = updated(&spec, &database)?;
        assert_ne!(new, spec, "{said}");
        assert_eq!(new.contains("old_id_seq:"), is_written, "{spec}\n{new}");
    }
    Ok(())
}

/// The mark that some editors put at the front of a file moves nothing.
#[tokio::test]
async fn a_mark_of_the_encoding_takes_no_column() -> Outcome {
    let database = common::database("create extension pg_trgm").await?;
    let (code, new, said) = updated("\u{feff}spec: 1\nextensions: {}\nstrict: true\n", &database)?;
    assert_eq!(code, 0, "{said}");
    assert!(new.starts_with('\u{feff}') && new.contains("pg_trgm"), "{new}");
    let (code, new, said) = updated("\u{feff}spec: 1\nstrict: true\n", &database)?;
    assert_eq!(code, 0, "{said}");
    assert!(new.contains("\nextensions:\n"), "{new}");
    Ok(())
}

/// Its second text would take the place of the first.
#[tokio::test]
async fn a_file_that_is_named_twice_is_one() -> Outcome {
    let database =
        common::database("create table fresh (a int); create table kept (a int)").await?;
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("spec.yaml");
    let known = "spec: 1\nschemas: {public: {tables: {gone: {columns: {a: integer}}, kept: {columns: {a: integer}}}}}\n";
    fs::write(&file, known)?;
    let folder = folder.path().to_str().ok_or("a name")?;
    let (code, _, said) = update(&file, &database, &["--update", folder]);
    assert_eq!(code, 0, "{said}");
    let new = fs::read_to_string(&file)?;
    assert!(new.contains("fresh") && !new.contains("gone"), "{new}");
    Ok(())
}

/// Columns in braces change places as those on lines do.
#[tokio::test]
async fn columns_in_braces_are_put_in_order() -> Outcome {
    let database = common::database("create table t (c int, a int, b text)").await?;
    let spec = "spec: 1\nschemas:\n  public:\n    tables:\n      t: {column_order: exact, columns: {a: int, b: text, c: int}}\n";
    let (code, text, said) = updated(spec, &database)?;
    assert_eq!(code, 0, "{said}");
    assert_eq!(text, spec.replace("{a: int, b: text, c: int}", "{c: int, a: int, b: text}"));
    Ok(())
}
