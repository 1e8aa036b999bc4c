//! The JSON Schema of specs: it takes what schemavet reads, and refuses what it does not know.
#![cfg(unix)]
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

mod common;

use std::path::{Path, PathBuf};

use common::Outcome;
use jsonschema::Validator;
use schemavet::model::KINDS;
use serde_json::{Value, json};

fn validator() -> Validator {
    let schema = schemavet::spec::schema();
    jsonschema::meta::validate(&schema).expect("a JSON Schema");
    jsonschema::validator_for(&schema).expect("a JSON Schema")
}

/// What an editor sees of a spec: YAML as JSON.
fn parsed(text: &str) -> Value {
    serde_yaml::from_str(text).expect("YAML")
}

#[track_caller]
fn accepts(validator: &Validator, name: &str, spec: &Value) {
    let errors: Vec<String> = validator
        .iter_errors(spec)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(
        errors.is_empty(),
        "{name}: {}",
        errors.join("\n").chars().take(2000).collect::<String>()
    );
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries =
        std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("it").path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

#[test]
fn the_file_is_what_the_program_prints() {
    let output = common::schemavet().arg("schema").output().expect("it runs");
    let printed = String::from_utf8(output.stdout).expect("UTF-8");
    let path = common::root().join("docs/spec.schema.json");
    let stored = std::fs::read_to_string(path).expect("docs/spec.schema.json");
    assert!(printed == stored, "docs/spec.schema.json is stale: run make docs");
}

#[test]
fn every_kind_is_in_it_with_its_words() {
    let schema = schemavet::spec::schema();
    for kind in KINDS {
        let properties = match kind.name {
            "database" => &schema["properties"],
            name => &schema["$defs"][name]["anyOf"][0]["properties"],
        };
        for attribute in kind.attributes {
            let property = &properties[attribute.name];
            assert!(property["description"].is_string(), "{}.{}", kind.name, attribute.name);
        }
    }
}

#[test]
fn every_spec_is_accepted() {
    let validator = validator();
    let mut seen = 0;
    for path in files(&common::root().join("specs")) {
        accepts(
            &validator,
            &path.display().to_string(),
            &parsed(&std::fs::read_to_string(&path).expect("text")),
        );
        seen += 1;
    }
    assert!(seen >= 5, "{seen}");
    for page in ["README.md", "docs/spec.md"] {
        let page = std::fs::read_to_string(common::root().join(page)).expect("a page");
        for block in page.split("```yaml\n").skip(1).filter_map(|rest| rest.split("\n```").next()) {
            if block.starts_with("spec: 1") && !block.contains('…') {
                accepts(&validator, block, &parsed(block));
            }
        }
    }
}

#[tokio::test]
async fn every_snapshot_is_accepted() -> Outcome {
    let validator = validator();
    let zoo = common::database(&common::zoo()).await?;
    accepts(&validator, "zoo", &parsed(&common::snapshot(&zoo).await?));
    for name in common::fixtures() {
        let database = common::database_of(&common::root().join("fixtures").join(&name)).await?;
        accepts(&validator, &name, &parsed(&common::snapshot(&database).await?));
    }
    Ok(())
}

/// Every key that stands for an attribute or a collection, and the words beside a spec's own: spelled wrongly, anywhere
/// in a snapshot of everything, it is refused.
#[tokio::test]
async fn an_unknown_key_is_refused_everywhere() -> Outcome {
    let validator = validator();
    let zoo = common::database(&common::zoo()).await?;
    let spec = parsed(&common::snapshot(&zoo).await?);
    let known: Vec<&str> = KINDS
        .iter()
        .flat_map(|kind| kind.attributes)
        .map(|attribute| attribute.name)
        .chain(["definition"])
        .collect();
    let mut places = Vec::new();
    objects(&spec, &mut Vec::new(), true, &mut places);
    let mut tried = 0;
    for place in places {
        let mut wrong = spec.clone();
        let object = wrong.pointer_mut(&place).and_then(Value::as_object_mut).expect("an object");
        assert!(
            object.keys().all(|key| known.contains(&key.as_str()) || place.is_empty()),
            "{place}"
        );
        object.insert("no_such_key".to_owned(), json!({}));
        assert!(!validator.is_valid(&wrong), "{place}");
        tried += 1;
    }
    assert!(tried > 50, "{tried}");
    Ok(())
}

/// The pointers to mappings that are objects, by turns with collections: at the top there is one.
fn objects(value: &Value, path: &mut Vec<String>, is_object: bool, found: &mut Vec<String>) {
    let Value::Object(map) = value else { return };
    let pointer: String = path.iter().flat_map(|step| ["/", step]).collect();
    if is_object {
        found.push(pointer);
    }
    let collections: Vec<&str> = KINDS
        .iter()
        .flat_map(|kind| kind.attributes)
        .filter(|attribute| attribute.child.is_some())
        .map(|attribute| attribute.name)
        .chain([
            "extensions",
            "schemas",
            "event_triggers",
            "publications",
            "default_privileges",
            "security_labels",
            "parameters",
        ])
        .collect();
    for (key, value) in map {
        if !is_object || collections.contains(&key.as_str()) {
            path.push(key.replace('~', "~0").replace('/', "~1"));
            objects(value, path, !is_object, found);
            path.pop();
        }
    }
}

#[test]
fn what_the_language_does_not_have_is_refused() {
    let validator = validator();
    for wrong in [
        json!({}),
        json!({ "spec": 2 }),
        json!({ "spec": 1, "tables": {} }),
        json!({ "spec": 1, "platform": "nowhere" }),
        json!({ "spec": 1, "levels": { "column.typ": "error" } }),
        json!({ "spec": 1, "levels": { "database.missing": "error" } }),
        json!({ "spec": 1, "levels": { "column.type": "fatal" } }),
        json!({ "spec": 1, "schemas": { "a": { "tables": { "t": "a text" } } } }),
        json!({ "spec": 1, "schemas": { "a": { "tables": { "t": { "row_security": "maybe" } } } } }),
        json!({ "spec": 1, "schemas": { "a": { "tables": { "t": { "columns": { "c": { "nullable": "x" } } } } } } }),
        json!({ "spec": 1, "schemas": { "a": { "tables": { "t": { "partitions": { "like": "me" } } } } } }),
        json!({ "spec": 1, "schemas": 1 }),
    ] {
        assert!(!validator.is_valid(&wrong), "{wrong}");
    }
    let right = json!({ "spec": 1, "levels": { "column.*": "off" }, "schemas": { "a": { "tables": {
        "t": { "row_security": "Enabled", "columns": { "c": "text", "d": null, "e*": "any" }, "primary_key": ["c"] },
        "u": "absent" } } } });
    accepts(&validator, "by hand", &right);
}
