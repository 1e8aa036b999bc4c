//! What the pages show is true: each spec in them can be read, each rule and link that they name is there.
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use std::path::{Path, PathBuf};

use schemavet::model::rule_exists;
use schemavet::spec::Spec;

fn pages() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let docs = std::fs::read_dir(root.join("docs")).expect("docs");
    let mut paths: Vec<PathBuf> = docs.map(|entry| entry.expect("a file").path()).collect();
    paths.extend(["README.md", "CONTRIBUTING.md", "CHANGELOG.md"].map(|name| root.join(name)));
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    paths.sort();
    let read = |path: PathBuf| {
        let text = std::fs::read_to_string(&path).expect("text");
        (path, text)
    };
    paths.into_iter().map(read).collect()
}

/// The fenced blocks of a page in this language.
fn blocks<'a>(page: &'a str, language: &str) -> Vec<&'a str> {
    let opening = format!("```{language}\n");
    page.split(opening.as_str()).skip(1).filter_map(|rest| rest.split("\n```").next()).collect()
}

#[test]
fn every_whole_spec_can_be_read() {
    let mut read = 0;
    for (path, page) in pages() {
        for block in blocks(&page, "yaml") {
            if block.starts_with("spec: 1") && !block.contains('…') {
                let name = path.display().to_string();
                Spec::parse(vec![(name, block.to_owned())]).expect("a spec");
                read += 1;
            }
        }
    }
    assert!(read > 0, "no page shows a spec");
}

#[test]
fn every_rule_that_a_page_names_exists() {
    let mut seen = 0;
    for (path, page) in pages() {
        for block in blocks(&page, "yaml").into_iter().flat_map(str::lines) {
            let named = block.trim().strip_prefix('"').and_then(|rest| rest.split_once("\": "));
            if let Some((rule, level)) = named
                && ["error", "warning", "info", "off"]
                    .contains(&level.split(' ').next().unwrap_or_default())
            {
                assert!(rule_exists(rule), "{}: {rule}", path.display());
                seen += 1;
            }
        }
    }
    assert!(seen > 0, "no page names a rule");
}

/// What a person reads in the terminal is what the page shows.
#[test]
fn the_page_of_sources_is_the_help() {
    let page =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/sources.md"));
    let page = page.expect("a page");
    for arguments in [&["help", "sources"][..], &["sources"], &["sources", "--help"]] {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_schemavet"))
            .args(arguments)
            .output()
            .expect("it runs");
        let said = String::from_utf8(output.stdout).expect("UTF-8");
        assert_eq!(blocks(&page, "text").first(), Some(&said.trim_end()), "{arguments:?}");
    }
}

#[test]
fn every_link_leads_somewhere() {
    let mut seen = 0;
    for (path, page) in pages() {
        for target in page.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let file = target.split('#').next().unwrap_or_default();
            if file.is_empty() || file.contains("://") {
                continue;
            }
            let there = path.parent().expect("a folder").join(file);
            assert!(there.exists(), "{}: {target}", path.display());
            seen += 1;
        }
    }
    assert!(seen > 20, "only {seen} links were found");
}
