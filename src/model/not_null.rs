//! Not-null constraints, which are objects of their own from PostgreSQL 18 on.

use serde::{Deserialize, Serialize};

use super::consequences::{is_on_a_side, is_told, unshared_parents};
use super::table::relation;
use super::{Database, Expect, Value, Walk};
use crate::equivalence::Verdict;
use crate::sql::{Cursor, MOST_BYTES, quote, unquote};
use crate::value::Name;

/// What is unusual about the not-null constraint of a column: its name, `no inherit`, `not valid`,
/// `also inherited`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct NotNull(Option<String>);

/// What may stand behind the name, in this order. No name has a space without quotes around it.
const PHRASES: [&str; 3] = ["no inherit", "not valid", INHERITED];
const INHERITED: &str = "also inherited";

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
            phrases.into_iter().partition(|phrase| *phrase != INHERITED);
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

    /// Whether its name is one that the catalogs leave out there: the one that the server gives where none is said, or that of a
    /// table above.
    fn has_the_usual_name(&self, there: &Database, walk: &Walk<'_>) -> bool {
        let name = unquote(self.parts().0);
        match walk.path().0.as_slice() {
            [_, schema, _, table, _, column] => {
                let is_of = |table: &Name| {
                    let column = there.column(table, column);
                    let said = column.and_then(|column| column.not_null_constraint.said());
                    said.is_some_and(|said| unquote(said.parts().0) == name)
                        || is_usual(&name, &format!("{}_{}", table.name, walk.path().name()))
                };
                let table = Name::new(schema, table);
                is_of(&table) || there.ancestors(&table).iter().any(is_of)
            }
            _ => is_usual(&name, walk.path().name()),
        }
    }

    /// Whether it may have the name of `other`: the name of one that is inherited there is not told. It is that of a table above,
    /// or a partition's own.
    fn may_be_called(&self, other: &Self, there: &Database, walk: &Walk<'_>) -> bool {
        let (name, phrases) = self.parts();
        name.is_empty()
            && !phrases.contains(&INHERITED)
            && (is_in_a_partition(there, walk) || other.has_the_usual_name(there, walk))
    }

    fn follows_from_another_parent(walk: &Walk<'_>) -> bool {
        match walk.path().0.as_slice() {
            [_, schema, _, table, _, column] => {
                let table = Name::new(schema, table);
                let has_it =
                    |parent: &Name| is_on_a_side(walk, parent, column, |table| &table.columns);
                unshared_parents(walk, &table).iter().any(has_it)
            }
            _ => false,
        }
    }

    /// Whether another not-null constraint of a table above is told of, so that this one is inherited now, or no longer.
    fn follows_from_one_above(walk: &Walk<'_>) -> bool {
        let [_, schema, _, table, _, column] = walk.path().0.as_slice() else { return false };
        walk.actual().parents(&Name::new(schema, table)).iter().any(|parent| {
            let both =
                (walk.expected().column(parent, column), walk.actual().column(parent, column));
            let (Some(expected), Some(actual)) = both else {
                return is_told(walk, parent, column, |table| &table.columns);
            };
            expected.nullable.parts_from(&actual.nullable, |nullable| *nullable)
                || expected
                    .not_null_constraint
                    .parts_from(&actual.not_null_constraint, |one| one.unlimited().is_some())
        })
    }
}

/// Whether the walk is in a partition.
fn is_in_a_partition(database: &Database, walk: &Walk<'_>) -> bool {
    let relation = relation(walk.path());
    relation.is_some_and(|table| database.partition_parent(&table).is_some())
}

/// Whether this is `table_column_not_null`, or `domain_not_null`, with a number where that is taken.
fn is_usual(name: &str, owner: &str) -> bool {
    const SUFFIX: &str = "_not_null";
    let stem = name.trim_end_matches(|digit: char| digit.is_ascii_digit());
    let digits = name.len() - stem.len();
    // A long one is cut in ways that are not told here, to as many bytes as there may be, or a character of each part less.
    let is_cut = owner.len() + SUFFIX.len() + digits > MOST_BYTES && name.len() > MOST_BYTES - 7;
    stem.strip_suffix(SUFFIX).is_some_and(|stem| stem == owner || is_cut)
}

impl Value for NotNull {
    fn agrees(&self, actual: &Self, walk: &mut Walk<'_>) -> Verdict {
        if self == actual {
            return Verdict::Same;
        }
        let ((name, phrases), (name_there, phrases_there)) = (self.parts(), actual.parts());
        let is_usual = name_there.is_empty()
            && phrases == phrases_there
            && self.has_the_usual_name(walk.actual(), walk);
        let own = |phrases: Vec<&'static str>| {
            phrases.into_iter().filter(|phrase| *phrase != INHERITED).collect::<Vec<_>>()
        };
        let is_inherited = (name == name_there
            || self.may_be_called(actual, walk.expected(), walk)
            || actual.may_be_called(self, walk.actual(), walk))
            && own(phrases) == own(phrases_there)
            && (Self::follows_from_one_above(walk) || Self::follows_from_another_parent(walk));
        Verdict::of(is_usual || is_inherited)
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
