//! Whether a table declares itself what it inherits, too.

use serde::{Deserialize, Serialize};

use super::consequences::is_told;
use super::{Children, Object, Table, Value, Walk};
use crate::equivalence::Verdict;
use crate::value::Name;

/// Whether a column or a check is the table's own and inherited at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Merged(bool);

impl Merged {
    /// Whether a table above has got or lost it, which is told there, and it is inherited from no other one.
    fn follows_from_one_above(walk: &Walk<'_>) -> bool {
        let [_, schema, _, table, collection, name] = walk.path().0.as_slice() else {
            return false;
        };
        let parents = walk.actual().parents(&Name::new(schema, table));
        match collection.as_str() {
            "columns" => is_told_above_alone(&parents, walk, name, |table| &table.columns),
            _ => is_told_above_alone(&parents, walk, name, |table| &table.checks),
        }
    }
}

/// Whether it is told of one of the tables above, and none of the others has it.
fn is_told_above_alone<T: Object>(
    parents: &[Name],
    walk: &Walk<'_>,
    name: &str,
    objects: fn(&Table) -> &Children<T>,
) -> bool {
    let is_told = |parent: &Name| is_told(walk, parent, name, objects);
    let has_it = |parent: &Name| {
        walk.actual().table(parent).is_some_and(|table| objects(table).body(name).is_some())
    };
    parents.iter().any(is_told) && !parents.iter().any(|parent| has_it(parent) && !is_told(parent))
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
