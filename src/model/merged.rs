//! Whether a table declares itself what it inherits, too.

use serde::{Deserialize, Serialize};

use super::consequences::{is_on_a_side, is_told, unshared_parents};
use super::{Children, Object, Table, Value, Walk};
use crate::equivalence::Verdict;
use crate::value::Name;

/// Whether a column or a check is the table's own and inherited at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Merged(bool);

impl Merged {
    /// Whether that follows from what is told of the tables above.
    fn follows(walk: &Walk<'_>) -> bool {
        let [_, schema, _, table, collection, name] = walk.path().0.as_slice() else {
            return false;
        };
        let table = Name::new(schema, table);
        match collection.as_str() {
            "columns" => follows_from_above(walk, &table, name, |table| &table.columns),
            _ => follows_from_above(walk, &table, name, |table| &table.checks),
        }
    }
}

/// Whether it is told of one of the tables above, or comes with another one, and from none of those that stay as they are.
fn follows_from_above<T: Object>(
    walk: &Walk<'_>,
    table: &Name,
    name: &str,
    collection: fn(&Table) -> &Children<T>,
) -> bool {
    let (parents, unshared) = (walk.actual().parents(table), unshared_parents(walk, table));
    let is_told = |parent: &Name| is_told(walk, parent, name, collection);
    let has_it = |parent: &Name| {
        walk.actual().table(parent).is_some_and(|table| collection(table).body(name).is_some())
    };
    let stays = |parent: &Name| has_it(parent) && !is_told(parent) && !unshared.contains(parent);
    !parents.iter().any(stays)
        && (parents.iter().any(is_told)
            || unshared.iter().any(|parent| is_on_a_side(walk, parent, name, collection)))
}

impl Value for Merged {
    fn agrees(&self, actual: &Self, walk: &mut Walk<'_>) -> Verdict {
        Verdict::of(self == actual || Self::follows(walk))
    }

    fn schema() -> serde_json::Value {
        bool::schema()
    }

    fn show(&self) -> String {
        self.0.to_string()
    }
}
