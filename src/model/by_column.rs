//! What is said of single columns of a view: their types and their order are its query's.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Value, Walk};
use crate::equivalence::Verdict;
use crate::value::{Expression, serde_by_text};

/// A value for each column that has one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ByColumn<V>(BTreeMap<String, V>);

impl<V> Default for ByColumn<V> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<V: Value> Value for ByColumn<V> {
    fn schema() -> serde_json::Value {
        serde_json::json!({ "type": "object", "additionalProperties": V::schema() })
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
        let lines = self.0.iter().map(|(column, value)| format!("{column}: {}", value.show()));
        if self.0.is_empty() { "none".to_owned() } else { lines.collect::<Vec<_>>().join("\n") }
    }
}

/// The default of a view's column, which sees no columns.
#[derive(Debug, Clone, PartialEq)]
pub struct ColumnDefault(Expression);

serde_by_text!(ColumnDefault, "an SQL expression");

impl std::str::FromStr for ColumnDefault {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        text.parse().map(Self)
    }
}

impl std::fmt::Display for ColumnDefault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl Value for ColumnDefault {
    fn agrees(&self, actual: &Self, walk: &mut Walk<'_>) -> Verdict {
        walk.seeing_nothing(|walk| self.0.agrees(&actual.0, walk))
    }

    fn show(&self) -> String {
        self.0.show()
    }
}
