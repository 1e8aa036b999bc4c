//! Whether a table declares itself what it inherits, too.

use serde::{Deserialize, Serialize};

use super::consequences::is_told;
use super::{Value, Walk};
use crate::equivalence::Verdict;
use crate::value::Name;

/// Whether a column or a check is the table's own and inherited at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Merged(bool);

impl Merged {
    /// Whether a table above has got or lost it, which is told there.
    fn follows_from_one_above(walk: &Walk<'_>) -> bool {
        let [_, schema, _, table, collection, name] = walk.path().0.as_slice() else {
            return false;
        };
        let mut parents = walk.actual().parents(&Name::new(schema, table)).into_iter();
        parents.any(|parent| match collection.as_str() {
            "columns" => is_told(walk, &parent, name, |table| &table.columns),
            _ => is_told(walk, &parent, name, |table| &table.checks),
        })
    }
}

impl Value for Merged {
    fn agrees(&self, actual: &Self, walk: &mut Walk<'_>) -> Verdict {
        Verdict::of(self == actual || Self::follows_from_one_above(walk))
    }

    fn schema() -> serde_json::Value {
        bool::schema()
    }

    fn show(&self) -> String {
        self.0.to_string()
    }
}
