//! Values by the name of what they belong to: a view's column, a type of token.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::value::or_none;
use super::{Expect, Value, Walk};
use crate::equivalence::Verdict;
use crate::value::{FlowList, Home};

/// A value for each that has one.
#[derive(Debug, Clone, PartialEq)]
pub struct ByName<V>(BTreeMap<String, V>);

impl<V> Default for ByName<V> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<'de, V: Value> Deserialize<'de> for ByName<V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let by_name = BTreeMap::<String, Expect<V>>::deserialize(deserializer)?;
        let said =
            |(name, value): (String, Expect<V>)| value.into_said().map(|value| (name, value));
        Ok(Self(by_name.into_iter().filter_map(said).collect()))
    }
}

impl<V: Value> Serialize for ByName<V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if V::IS_LIST {
            serializer.collect_map(self.0.iter().map(|(name, list)| (name, FlowList(list))))
        } else {
            serializer.collect_map(&self.0)
        }
    }
}

impl<V: Value> Value for ByName<V> {
    const HOLDS_SQL: bool = V::HOLDS_SQL;

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

    fn relative_to(&mut self, home: &Home<'_>) {
        self.0.values_mut().for_each(|value| value.relative_to(home));
    }

    fn show(&self) -> String {
        let lines = self.0.iter().map(|(name, value)| format!("{name}: {}", value.show()));
        or_none(lines.collect::<Vec<_>>().join("\n"))
    }
}
