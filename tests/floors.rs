//! The architecture holds: imports point down, the walk knows no kind, every kind is complete and is read by every server.
#![cfg(unix)]
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use common::Outcome;
use schemavet::model::{COUNTED, KINDS};

/// The floor of each module at the top of `src`. Imports go to a lower floor, or stay in the module.
const FLOORS: &[(&str, u8)] = &[
    ("main", 8),
    ("cli", 7),
    ("report", 6),
    ("compare", 5),
    ("check", 4),
    ("spec", 3),
    ("source", 3),
    ("model", 2),
    ("equivalence", 2),
    ("finding", 1),
    ("value", 0),
    ("error", 0),
    ("sql", 0),
    ("visible", 0),
    ("file_name", 0),
    ("masked", 0),
];

/// What may be imported although it is not below: a place in a file is part of an error, which people see; the model asks
/// the ladder; values are read with the tokens of SQL.
const EXCEPTIONS: &[(&str, &str)] = &[
    ("error", "finding"),
    ("error", "masked"),
    ("error", "visible"),
    ("model", "equivalence"),
    ("value", "sql"),
];

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files
}

/// The code of a file without its tests, which may use anything.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).expect("a file");
    text.split("#[cfg(test)]").next().unwrap_or_default().to_owned()
}

/// What stands between braces, of which the first is open, parted by commas; with more braces inside.
fn in_braces(text: &str) -> Vec<&str> {
    let (mut depth, mut start, mut items) = (1, 0, Vec::new());
    for (at, c) in text.char_indices() {
        depth += i32::from(c == '{') - i32::from(c == '}');
        if depth == 0 || depth == 1 && c == ',' {
            items.push(&text[start..at]);
            start = at + 1;
        }
        if depth == 0 {
            break;
        }
    }
    items
}

#[test]
fn imports_in_braces_are_seen() {
    let found = imported("use crate::{a::{b, c}, d, e::F};\nuse crate::g;\n");
    assert_eq!(Vec::from_iter(found), ["a", "d", "e", "g"]);
}

/// The modules at the top of `src` that a piece of code names, in `use` lines and elsewhere.
fn imported(code: &str) -> BTreeSet<String> {
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    let code: String = lines.flat_map(|line| [line, "\n"]).collect();
    let mut modules = BTreeSet::new();
    for after in code.split("crate::").skip(1) {
        let names = after.strip_prefix('{').map_or_else(|| vec![after], in_braces);
        for name in names {
            let name = name.trim().trim_start_matches("r#");
            let end = name.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(name.len());
            modules.insert(name[..end].to_owned());
        }
    }
    modules
}

#[test]
fn imports_point_down() {
    let floor =
        |module: &str| FLOORS.iter().find(|(name, _)| *name == module).map(|(_, floor)| *floor);
    let source = common::root().join("src");
    let (mut wrong, mut seen) = (Vec::new(), 0);
    for file in sources(&source) {
        let path = file.strip_prefix(&source).expect("below src");
        let first = path.components().next().expect("a name").as_os_str().to_string_lossy();
        let module = first.trim_end_matches(".rs");
        if module == "lib" {
            continue;
        }
        let own = floor(module);
        assert!(
            own.is_some(),
            "{module} has no floor: add it to FLOORS and to docs/architecture.md"
        );
        for other in imported(&code(&file)).iter().filter(|other| *other != module) {
            let Some(there) = floor(other) else { continue };
            seen += 1;
            let allowed = EXCEPTIONS.contains(&(module, other.as_str()));
            if Some(there) >= own && !allowed {
                wrong.push(format!("{} imports {other}", path.display()));
            }
        }
    }
    assert!(seen > 20, "only {seen} imports were found");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_module_has_a_floor_that_exists() {
    for (module, _) in FLOORS {
        let source = common::root().join("src");
        let there = source.join(format!("{module}.rs")).exists()
            || source.join(module).join("mod.rs").exists();
        assert!(there, "there is no {module}");
    }
}

/// What compares and what collects must not know what it compares.
#[test]
fn the_walk_knows_no_kind() {
    let model = common::root().join("src/model");
    for name in ["walk.rs", "children.rs", "expect.rs"] {
        let code = code(&model.join(name));
        let words: BTreeSet<&str> = code
            .split(|c: char| !c.is_alphanumeric() && c != '_')
            .filter(|word| !word.is_empty())
            .collect();
        assert!(words.contains("Object") || words.contains("Field"), "{name} is empty");
        for kind in KINDS {
            let camel: String =
                kind.name.split('_').map(|part| part[..1].to_uppercase() + &part[1..]).collect();
            // Words of the language or of English.
            // Or what all else is in.
            if ["Rule", "Enum", "Statistics", "Attribute", "Database"].contains(&camel.as_str()) {
                continue;
            }
            assert!(!words.contains(camel.as_str()), "{name} knows {camel}");
            assert!(
                !code.contains(&format!("\"{}\"", kind.name)),
                "{name} knows \"{}\"",
                kind.name
            );
        }
    }
}

#[test]
fn every_kind_is_complete() {
    let model = common::root().join("src/model");
    let mut files: BTreeSet<String> = BTreeSet::new();
    for entry in fs::read_dir(&model).expect("the model") {
        let name = entry.expect("an entry").file_name().into_string().expect("a name");
        files.extend(name.strip_suffix(".sql").map(str::to_owned));
    }
    assert_eq!(files.len(), KINDS.len(), "an .sql file belongs to no kind, or two kinds to one");
    for kind in KINDS {
        assert!(!kind.doc.trim().is_empty(), "{} has no doc", kind.name);
        assert!(!kind.attributes.is_empty(), "{} has no fields", kind.name);
        for attribute in kind.attributes {
            let name = format!("{}.{}", kind.name, attribute.name);
            assert!(attribute.doc.trim().ends_with('.'), "{name} has no doc: {:?}", attribute.doc);
        }
        let file = match kind.name {
            "attribute" => "type_attribute",
            name => name,
        };
        assert!(files.contains(file), "{file}.sql is not there");
        assert!(model.join(format!("{file}.rs")).exists(), "{file}.rs is not there");
        assert_eq!(fs::read_to_string(model.join(format!("{file}.sql"))).expect("SQL"), kind.sql);
    }
}

/// The servers named in `SCHEMAVET_TEST_PG_BINS` (directories, parted by colons), with their major versions; the
/// installed one where none is named.
fn servers() -> Outcome<Vec<(PathBuf, u32)>> {
    let named = std::env::var("SCHEMAVET_TEST_PG_BINS").unwrap_or_default();
    let mut servers: Vec<PathBuf> =
        named.split(':').filter(|path| !path.is_empty()).map(PathBuf::from).collect();
    if servers.is_empty() {
        servers.push(common::cluster().binaries().to_owned());
    }
    let version = |server: PathBuf| -> Outcome<(PathBuf, u32)> {
        let said = Command::new(server.join("postgres")).arg("--version").output()?;
        let said = String::from_utf8(said.stdout)?;
        let number = said.chars().skip_while(|c| !c.is_ascii_digit());
        let number: String = number.take_while(char::is_ascii_digit).collect();
        Ok((server, number.parse()?))
    };
    servers.into_iter().map(version).collect()
}

/// What the binary says where it finds its server in `server`, with its exit code.
fn run(server: &Path, arguments: &[&str]) -> Outcome<(Option<i32>, String)> {
    let output = common::schemavet().env("SCHEMAVET_PG_BIN", server).args(arguments).output()?;
    let said = [output.stdout, output.stderr].concat();
    Ok((output.status.code(), String::from_utf8(said)?))
}

/// Every server reads the zoo, and finds itself in its snapshot.
#[test]
fn every_server_reads_every_kind() -> Outcome {
    let folder = tempfile::tempdir()?;
    let path = |name: &str| folder.path().join(name).display().to_string();
    let (zoo, snapshot) = (path("zoo.sql"), path("zoo.yaml"));
    for (server, version) in servers()? {
        fs::write(&zoo, common::zoo_of(version))?;
        for arguments in [
            &["snapshot", "--database", &zoo, "-o", &snapshot][..],
            &["validate", &snapshot, "--strict", "--database", &zoo],
        ] {
            let (code, said) = run(&server, arguments)?;
            assert_eq!(code, Some(0), "{version}: {said}");
        }
    }
    Ok(())
}

/// One schema is the same on every server: what one prints otherwise than another is no difference.
#[test]
fn every_server_reads_the_same() -> Outcome {
    /// Extensions have other versions there, and a default changed in 18.
    const DIFFER: [&str; 2] = ["extension.version", "subscription.streaming"];
    let folder = tempfile::tempdir()?;
    let path = |name: &str| folder.path().join(name).display().to_string();
    let (zoo, ours, theirs) = (path("zoo.sql"), path("ours.yaml"), path("theirs.yaml"));
    fs::write(&zoo, common::zoo_of(13))?;
    let own = common::cluster().binaries();
    let (code, said) = run(own, &["snapshot", "--database", &zoo, "-o", &ours])?;
    assert_eq!(code, Some(0), "{said}");
    for (server, version) in servers()? {
        let (code, said) = run(&server, &["snapshot", "--database", &zoo, "-o", &theirs])?;
        assert_eq!(code, Some(0), "{version}: {said}");
        for (server, spec) in [(&*server, &ours), (own, &theirs)] {
            let held = ["validate", spec, "--strict", "--format", "json", "--database", &zoo];
            let (_, said) = run(server, &held)?;
            let report: serde_json::Value = serde_json::from_str(&said)?;
            let findings = report["findings"].as_array().ok_or("no findings")?;
            let drift: Vec<&serde_json::Value> = findings
                .iter()
                .filter(|finding| finding["level"] == "error")
                .filter(|finding| !DIFFER.iter().any(|rule| finding["rule"] == *rule))
                .collect();
            assert_eq!(drift, Vec::<&serde_json::Value>::new(), "{version}");
        }
    }
    Ok(())
}

/// What the page on coverage says is counted is what the query counts.
#[test]
fn what_is_counted_is_said() {
    let sql = fs::read_to_string(common::root().join("src/source/not_modelled.sql")).expect("SQL");
    let counted: BTreeSet<&str> = sql
        .split("select '")
        .skip(1)
        .filter_map(|rest| rest.split_once('\'').map(|(kind, _)| kind))
        .filter(|kind| !kind.starts_with("pg_"))
        .collect();
    let said: BTreeSet<&str> = COUNTED.iter().map(|(kind, _)| *kind).collect();
    assert_eq!(counted, said);
}
