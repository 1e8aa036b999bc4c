//! Expressions of a live schema against those of a spec: random ones with random changes, and what `validate` makes of
//! those that mean the same, nothing, or cannot be decided.
#![cfg(unix)]
#![expect(clippy::expect_used, clippy::print_stdout, reason = "a test fails by panicking")]

#[path = "../common/mod.rs"]
mod common;
mod positions;
mod property;
mod random;

use common::Outcome;
use serde_json::{Value, json};

const FEW: &str = "create table accounts (id int, age int default 18, kind text,
      constraint adult check (age >= 18 and kind <> 'x'));
    create index ages on accounts ((age + 1)) where age > 18;
    create policy own on accounts using (age > 18 or kind = 'x');";

/// `validate` by the program, with a spec of the table: its exit code and what it found.
fn validate(source: &str, table: &Value, arguments: &[&str]) -> Outcome<(Option<i32>, Vec<Value>)> {
    let file = tempfile::Builder::new().suffix(".yaml").tempfile()?;
    let spec = json!({ "spec": 1, "schemas": { "public": { "tables": { "accounts": table } } } });
    std::fs::write(file.path(), spec.to_string())?;
    let output = common::schemavet()
        .args(["validate", "--format", "json", "--database", source])
        .args(arguments)
        .arg(file.path())
        .output()?;
    let report: Value = serde_json::from_slice(&output.stdout)
        .map_err(|error| format!("{error}: {}", String::from_utf8_lossy(&output.stderr)))?;
    Ok((output.status.code(), report["findings"].as_array().cloned().unwrap_or_default()))
}

/// The rule, the change and the level of the only finding, and its reason.
fn only(findings: &[Value]) -> (String, String) {
    assert_eq!(findings.len(), 1, "{findings:?}");
    let text = |key: &str| findings[0][key].as_str().unwrap_or_default().to_owned();
    (format!("{} {} {}", text("rule"), text("change"), text("level")), text("reason"))
}

#[tokio::test]
async fn what_is_not_asked_is_undecided() -> Outcome {
    let name = common::database(FEW).await?;
    let spelled = json!({ "checks": { "adult": { "expression": "age>=18 and kind != 'x'" } } });
    let live = common::conninfo(&name);
    assert_eq!(validate(&live, &spelled, &[])?, (Some(0), Vec::new()));
    let directory = tempfile::tempdir()?;
    let stored = directory.path().join("stored.yaml");
    std::fs::write(&stored, common::snapshot(&name).await?)?;
    let stored = stored.display().to_string();
    for (source, arguments) in [(live.as_str(), &["--no-server-analysis"][..]), (&stored, &[])] {
        let (code, findings) = validate(source, &spelled, arguments)?;
        assert_eq!(code, Some(3));
        let (finding, reason) = only(&findings);
        assert_eq!(finding, "check.expression undecided warning");
        assert!(!reason.is_empty());
        let allowed = [arguments, &["--allow-undecided"]].concat();
        let (code, again) = validate(source, &spelled, &allowed)?;
        assert_eq!((code, only(&again)), (Some(0), only(&findings)));
        // What differs without being an expression is found all the same.
        let checks = spelled["checks"].clone();
        let more = json!({ "checks": checks, "row_security": "forced" });
        let (code, findings) = validate(source, &more, &allowed)?;
        assert_eq!((code, findings.len()), (Some(1), 2));
    }
    // Equal texts need no server.
    let verbatim =
        json!({ "policies": { "own": { "using": "((age>18)  OR (kind = 'x'::text))" } } });
    for source in [&live, &stored] {
        let found = validate(source, &verbatim, &["--no-server-analysis"])?;
        assert_eq!(found.0, Some(0), "{found:?}");
    }
    Ok(())
}

#[tokio::test]
async fn what_means_nothing_is_told_in_the_servers_words() -> Outcome {
    let live = common::conninfo(&common::database(FEW).await?);
    for (text, words) in [
        ("wage >= 18", "column \"wage\" does not exist"),
        ("adult(age)", "function adult(integer) does not exist"),
        ("age >= >= 18", "syntax error at or near \">=\""),
        ("age >= 'eighteen'", "invalid input syntax for type integer: \"eighteen\""),
        ("age >= 18 and (kind <> 'x'", "it lacks a closing `)`"),
    ] {
        let table = json!({ "checks": { "adult": { "expression": text } } });
        let (code, findings) = validate(&live, &table, &[])?;
        let (finding, reason) = only(&findings);
        assert_eq!((code, finding.as_str()), (Some(1), "check.expression invalid error"), "{text}");
        assert!(reason.contains(words), "{text}: {reason}");
    }
    Ok(())
}

#[tokio::test]
async fn another_wording_is_no_drift_except_in_an_index() -> Outcome {
    let live = common::conninfo(&common::database(FEW).await?);
    for (table, rule) in [
        (json!({ "policies": { "own": { "using": "kind = 'x' or age > 18" } } }), "policy.using"),
        (
            json!({ "checks": { "adult": { "expression": "kind <> 'x' and age >= 18" } } }),
            "check.expression",
        ),
        (json!({ "indexes": { "ages": { "predicate": "18 < age" } } }), "index.predicate"),
    ] {
        let (code, findings) = validate(&live, &table, &[])?;
        let (finding, reason) = only(&findings);
        assert_eq!((code, finding), (Some(0), format!("{rule} equivalent info")));
        assert!(!reason.is_empty());
        assert_eq!(validate(&live, &table, &["--fail-on", "info"])?.0, Some(1));
    }
    let keys = |text: &str| json!({ "indexes": { "ages": { "keys": [text] } } });
    assert_eq!(validate(&live, &keys("(age+1)"), &[])?, (Some(0), Vec::new()));
    let (code, findings) = validate(&live, &keys("(1 + age)"), &[])?;
    assert_eq!((code, only(&findings).0.as_str()), (Some(1), "index.keys differs error"));
    Ok(())
}
