//! Not-null constraints, which are objects of their own from PostgreSQL 18 on.

use serde::{Deserialize, Serialize};

use super::{Expect, Value, Walk};
use crate::equivalence::Verdict;
use crate::sql::{Cursor, quote, unquote};
use crate::value::Name;

/// What is unusual about the not-null constraint of a column: its name, `no inherit`, `not valid`,
/// `also inherited`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct NotNull(Option<String>);

/// What may stand behind the name, in this order. No name has a space without quotes around it.
const PHRASES: [&str; 3] = ["no inherit", "not valid", "also inherited"];

impl NotNull {
    /// Reads what stands after `not null`; the name stood before it.
    pub(super) fn read(name: Option<&str>, cursor: &mut Cursor<'_>) -> Expect<Self> {
        let mut words: Vec<String> =
            name.map(|name| quote(name).into_owned()).into_iter().collect();
        for phrase in PHRASES {
            if cursor.take(phrase) {
                words.push(phrase.to_owned());
            }
        }
        if words.is_empty() { Expect::Unsaid } else { Expect::Is(Self(Some(words.join(" ")))) }
    }

    /// What a column's definition says.
    pub(super) fn write(&self) -> String {
        let (name, mut words) = self.parts();
        words.insert(0, "not null");
        match name {
            "" => words.join(" "),
            name => format!("constraint {name} {}", words.join(" ")),
        }
    }

    /// The same for every row and for all that inherit; `None` where this one is.
    pub(super) fn unlimited(&self) -> Option<Self> {
        let (name, phrases) = self.parts();
        let (limits, mut rest): (Vec<_>, Vec<_>) =
            phrases.into_iter().partition(|phrase| *phrase != "also inherited");
        rest.insert(0, name);
        let text = rest.join(" ").trim().to_owned();
        (!limits.is_empty()).then(|| Self(Some(text).filter(|text| !text.is_empty())))
    }

    /// The name, empty where it is the usual one, and the phrases behind it.
    fn parts(&self) -> (&str, Vec<&'static str>) {
        let (mut name, mut phrases) = (self.0.as_deref().unwrap_or_default(), Vec::new());
        for phrase in PHRASES.iter().rev() {
            if let Some(before) = name.strip_suffix(phrase) {
                name = before.trim_end();
                phrases.insert(0, *phrase);
            }
        }
        (name, phrases)
    }

    /// Whether its name is one that the catalogs leave out: the one that the server gives where none is said, or that of a table
    /// above.
    fn has_the_usual_name(&self, walk: &Walk<'_>) -> bool {
        let name = unquote(self.parts().0);
        match walk.path().0.as_slice() {
            [_, schema, _, table, _, column] => {
                let is_of = |table: &Name| {
                    let column = walk.actual().column(table, column);
                    let said = column.and_then(|column| column.not_null_constraint.said());
                    said.is_some_and(|said| unquote(said.parts().0) == name)
                        || is_usual(&name, &format!("{}_{}", table.name, walk.path().name()))
                };
                let mut tables = vec![Name::new(schema, table)];
                let mut next = 0;
                while let Some(table) = tables.get(next) {
                    if is_of(table) {
                        return true;
                    }
                    let mut above = walk.actual().parents(table);
                    above.retain(|parent| !tables.contains(parent));
                    tables.extend(above);
                    next += 1;
                }
                false
            }
            _ => is_usual(&name, walk.path().name()),
        }
    }
}

/// Whether this is `table_column_not_null`, or `domain_not_null`, with a number where that is taken.
fn is_usual(name: &str, owner: &str) -> bool {
    // A long one is cut in ways that are not told here.
    owner.len() > 53 && name.ends_with("_not_null")
        || name
            .strip_prefix(owner)
            .and_then(|rest| rest.strip_prefix("_not_null"))
            .is_some_and(|number| number.bytes().all(|digit| digit.is_ascii_digit()))
}

impl Value for NotNull {
    fn agrees(&self, actual: &Self, walk: &mut Walk<'_>) -> Verdict {
        let is_usual = || {
            let ((_, phrases), (name, there)) = (self.parts(), actual.parts());
            name.is_empty() && phrases == there && self.has_the_usual_name(walk)
        };
        Verdict::of(self == actual || is_usual())
    }

    fn schema() -> serde_json::Value {
        Option::<String>::schema()
    }

    fn holds_where_unknown(&self) -> bool {
        self.0.is_none()
    }

    fn show(&self) -> String {
        self.0.clone().unwrap_or_else(|| "as usual".to_owned())
    }
}
