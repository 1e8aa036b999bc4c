//! Text search configurations.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::reference::{DictionaryName, ParserName};
use super::{Expect, Special, Value, Walk, object};
use crate::equivalence::Verdict;
use crate::value::FlowList;

object! {
    /// A text search configuration.
    pub struct TextSearchConfiguration: "text_search_configuration" {
        /// The parser that parts a text into tokens.
        parser: Expect<ParserName>,
        /// The dictionaries that are asked about each type of token, in order: `asciiword: [english_stem]`. Token types
        /// of a parser that is not PostgreSQL's own go by number.
        mappings: Expect<Mappings> = Mappings::default(),
        /// Its owner, where it is not the owner of the database.
        owner: Expect<Option<String>> = None,
        /// Its comment.
        comment: Expect<Option<String>> = None,
    }
}

impl Special for TextSearchConfiguration {}

/// Dictionaries by the type of token.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(transparent)]
pub struct Mappings(BTreeMap<String, Vec<DictionaryName>>);

impl Serialize for Mappings {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(token, names)| (token, FlowList(names))))
    }
}

impl Value for Mappings {
    fn schema() -> serde_json::Value {
        serde_json::json!({ "type": "object", "additionalProperties": Vec::<DictionaryName>::schema() })
    }

    fn agrees(&self, actual: &Self, walk: &mut Walk<'_>) -> Verdict {
        if !self.0.keys().eq(actual.0.keys()) {
            return Verdict::Different(None);
        }
        let pairs = self.0.values().zip(actual.0.values());
        Verdict::all(
            pairs.map(|(expected, actual)| expected.agrees(actual, walk)).collect::<Vec<_>>(),
        )
    }

    fn show(&self) -> String {
        let lines = self.0.iter().map(|(token, names)| format!("{token}: {}", names.show()));
        if self.0.is_empty() { "none".to_owned() } else { lines.collect::<Vec<_>>().join("\n") }
    }

    fn relative_to(&mut self, schema: &str) {
        self.0.values_mut().for_each(|names| names.relative_to(schema));
    }
}
