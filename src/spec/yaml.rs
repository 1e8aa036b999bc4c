//! The one module that reads and writes values by the YAML library: `serde-saphyr`, under the name of the archived `serde_yaml`.

use std::sync::Arc;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::unknown_key;
use crate::error::{Error, Result};
use crate::finding::Location;

/// Reads one document.
pub(super) fn read<T: DeserializeOwned>(file: &Arc<str>, text: &str) -> Result<T> {
    let options = serde_yaml::options! {
        strict_booleans: true,
        merge_keys: serde_yaml::MergeKeyPolicy::Error,
        budget: serde_yaml::budget! { max_depth: 64, max_aliases: 10_000, max_nodes: 20_000_000, max_events: 60_000_000 },
    };
    serde_yaml::from_str_with_options(text, options).map_err(|error| describe(file, text, &error))
}

/// Writes one document.
pub(super) fn write<T: Serialize>(document: &T) -> Result<String> {
    write_with(document, true)
}

/// Writes one document that can be put among other lines: none of its texts depends on what comes behind it.
pub(super) fn write_to_insert<T: Serialize>(document: &T) -> Result<String> {
    let text = write_with(document, true)?;
    // `|+` keeps every empty line behind it.
    let keeps = text.lines().any(|line| line.ends_with('+') && line.contains('|'));
    if keeps { write_with(document, false) } else { Ok(text) }
}

fn write_with<T: Serialize>(document: &T, prefer_block_scalars: bool) -> Result<String> {
    let options = serde_yaml::ser_options! {
        compact_list_indent: false,
        folded_wrap_chars: usize::MAX,
        prefer_block_scalars: prefer_block_scalars,
    };
    serde_yaml::to_string_with_options(document, options)
        .map(|text| text.trim_end_matches('\n').to_owned() + "\n")
        .map_err(|error| Error::unavailable("cannot write this database as YAML").because(error))
}

fn describe(file: &Arc<str>, text: &str, error: &serde_yaml::Error) -> Error {
    let plain = error.without_snippet();
    let mut described = match plain {
        serde_yaml::Error::SerdeUnknownField { field, expected, .. } => {
            Error::input(format!("unknown key `{field}`")).help(unknown_key::help(field, expected))
        }
        other => in_our_words(other),
    };
    if let Some(place) = error.location() {
        let line = usize::try_from(place.line()).unwrap_or(1);
        let column = usize::try_from(place.column()).unwrap_or(1);
        let location = Location { file: Arc::clone(file), line, column };
        described = described.at(location, text.lines().nth(line.saturating_sub(1)));
    } else {
        described.message = format!("{file}: {}", described.message);
    }
    described
}

/// What the library says in words of its own interface.
fn in_our_words(error: &serde_yaml::Error) -> Error {
    use serde_yaml::Error as Yaml;
    let input = |message: &str, help: &str| Error::input(message.to_owned()).help(help.to_owned());
    match error {
        Yaml::DuplicateMappingKey { key: Some(key), .. } => input(
            &format!("the key `{key}` stands there twice"),
            "put what both say under one of them",
        ),
        Yaml::MultipleDocuments { .. } => input(
            "there is more than one document in the file",
            "give each a file of its own: several files make up one spec",
        ),
        Yaml::Eof { .. } => input("the file ends too early", "a spec begins with `spec: 1`"),
        Yaml::MergeKeyNotAllowed { .. } => {
            input("`<<` is not understood", "write out what it would put there")
        }
        Yaml::RecursiveReferencesRequireWeakTypes { .. } => input(
            "an alias stands inside of what it is an alias of",
            "write out what it would put there",
        ),
        Yaml::NullIntoString { .. } => input(
            "nothing is written here, or `null`",
            "leave the key out for no opinion; where it may be unset, `~` says so; a name `null` wants quotes",
        ),
        Yaml::Unexpected { expected, .. } => Error::input(format!("expected {}", plain(expected))),
        Yaml::InvalidBooleanStrict { .. } => Error::input("expected true or false"),
        Yaml::InvalidScalar { ty, .. } => Error::input(format!("this is no {}", plain(ty))),
        Yaml::UnknownAnchor { .. } => {
            input("to YAML, `*` begins an alias, and this one is none", "put quotes around it")
        }
        Yaml::ExternalMessage { .. } => {
            let message = without_place(&error.to_string());
            input(&message, help_with_yaml(&message))
        }
        Yaml::SerdeInvalidType { unexpected, expected, .. } => {
            let error = Error::input(format!("expected {expected}, found {}", plain(unexpected)));
            let is_a_number =
                unexpected.starts_with("floating") || unexpected.starts_with("integer");
            if is_a_number {
                error.help("put quotes around it, if it is meant as a text")
            } else {
                error
            }
        }
        other => Error::input(without_place(&other.to_string())),
    }
}

/// What to do about a text that is no YAML.
fn help_with_yaml(message: &str) -> &'static str {
    let says = |words: &[&str]| words.iter().any(|word| message.contains(word));
    match () {
        () if says(&["tab"]) => "indent by blanks: YAML takes no tabs for that",
        () if says(&["unclosed", "end of stream"]) => {
            "end it as it begins; a text that begins with a quote of its own wants others around it"
        }
        () if says(&["expected key", "block end", "indent", "column"]) => {
            "begin what belongs together in one column, and what belongs to it further right"
        }
        () => WANTS_QUOTES,
    }
}

const WANTS_QUOTES: &str = "put quotes around the whole of a text that has `: ` or ` #` in it, or begins with `*`, `&`, `{`, \
                            `[` or a quote; or begin it with `|` on a line of its own";

/// What the library calls a kind of value.
fn plain(kind: &str) -> &str {
    match kind {
        "string scalar" => "a text",
        "sequence start" | "sequence" => "a list",
        "mapping start" | "map" => "a mapping",
        "unit value" => "nothing",
        "i64" | "u64" | "i32" | "u32" => "whole number",
        "bool" => "true or false",
        other => other,
    }
}

/// The library ends its messages with the place, which we say in our own way.
fn without_place(message: &str) -> String {
    let ends = [" (defined at line ", " at line ", " (line "];
    let end = ends.iter().filter_map(|end| message.find(end)).min().unwrap_or(message.len());
    message[..end].to_owned()
}
