//! Whether a table declares itself what it inherits, too.

use serde::{Deserialize, Serialize};

use super::consequences::{comes_from_another_parent, is_told};
use super::{Children, Object, Table, Value, Walk};
use crate::equivalence::Verdict;
use crate::value::Name;

/// Whether a column or a check is the table's own and inherited at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Merged(bool);

impl Merged {
    /// Whether a table above is another one, or has got or lost it, which is told there.
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

fn follows_from_above<T: Object>(
    walk: &Walk<'_>,
    table: &Name,
    name: &str,
    collection: fn(&Table) -> &Children<T>,
) -> bool {
    let parents = walk.actual().parents(table);
    is_told_above_alone(&parents, walk, name, collection)
        || comes_from_another_parent(walk, table, name, collection)
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
        Verdict::of(self == actual || Self::follows(walk))
    }

    fn schema() -> serde_json::Value {
        bool::schema()
    }

    fn show(&self) -> String {
        self.0.to_string()
    }
}
