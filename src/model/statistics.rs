//! Extended statistics.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use super::consequences::{is_missing, is_unexpected};
use super::{Expect, Owner, Special, Value, Walk, object, usual};
use crate::equivalence::Verdict;
use crate::sql::{self, Cursor};
use crate::value::{Expression, Home, Name, serde_by_text};

object! {
    /// Extended statistics.
    pub struct Statistics: "statistics" {
        /// What is counted of which columns of which table: `(ndistinct) on a, b from t`. Kinds and columns in any order.
        definition: Expect<Counted>,
        /// The statistics target, where it is not that of the columns.
        target: Expect<Option<i64>> = None,
        /// Its owner, where it is not the owner of the database.
        owner: Expect<Option<Owner>> = None,
        /// Its comment.
        comment: Expect<Option<String>> = None,
    }
}

impl Special for Statistics {
    const LIST_HOLDS_SHAPES: bool = true;
    const BESIDE_SHORT: &'static [&'static str] = &["target"];

    fn conclude(&mut self) {
        usual::leave_out(&mut self.target, |said| *said == -1);
    }

    fn from_short(text: &str) -> Result<Self, String> {
        Ok(Self { definition: Expect::Is(text.parse()?), ..super::Object::plain() })
    }

    fn short(&self) -> Option<String> {
        self.definition.said().map(ToString::to_string)
    }

    /// Its table.
    fn is_dropped_with_another(&self, _name: &str, walk: &Walk<'_>) -> bool {
        self.table_from(walk.schema()).is_some_and(|table| is_missing(walk, &table))
    }

    fn is_made_with_another(&self, _name: &str, walk: &Walk<'_>) -> bool {
        self.table_from(walk.schema()).is_some_and(|table| is_unexpected(walk, &table))
    }
}

impl Statistics {
    /// Its table, as seen from a schema.
    fn table_from(&self, schema: &str) -> Option<Name> {
        self.definition.said().map(|counted| counted.table_from(schema))
    }
}

/// What is counted: `(ndistinct) on a, lower(b) from t`, of every kind where none is named.
#[derive(Debug, Clone, PartialEq)]
pub struct Counted {
    kinds: BTreeSet<String>,
    columns: Vec<String>,
    expressions: Vec<Expression>,
    table: Name,
}

serde_by_text!(Counted, "extended statistics, such as (ndistinct) on a, b from t");

/// Every kind there is (the manual on `CREATE STATISTICS`).
const KINDS: [&str; 3] = ["dependencies", "mcv", "ndistinct"];

impl Counted {
    /// The table, as seen from a schema.
    fn table_from(&self, schema: &str) -> Name {
        Name::new(self.table.schema.as_deref().unwrap_or(schema), &self.table.name)
    }
}

impl FromStr for Counted {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut cursor = Cursor::new(text)?;
        let kinds = if cursor.sees_group() { cursor.names("kinds")? } else { Vec::new() };
        let mut kinds: BTreeSet<String> = kinds.into_iter().collect();
        if kinds.iter().eq(KINDS) {
            kinds.clear();
        }
        cursor.expect("on")?;
        let (mut columns, mut expressions) = (Vec::new(), Vec::new());
        for item in sql::split_list(cursor.until(&["from"]))? {
            let item = sql::without_outer_parentheses(item);
            match sql::words(item).as_slice() {
                [word] if word.is_name() => columns.push(sql::unquote(word.text)),
                _ => expressions.push(item.parse()?),
            }
        }
        cursor.expect("from")?;
        let table = Name::read(&mut cursor)?;
        cursor.finish()?;
        Ok(Self { kinds, columns, expressions, table })
    }
}

impl fmt::Display for Counted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.kinds.is_empty() {
            let kinds = self.kinds.iter().map(String::as_str).collect::<Vec<_>>();
            write!(f, "({}) ", kinds.join(", "))?;
        }
        let columns = self.columns.iter().map(|column| sql::quote(column).into_owned());
        let items = columns.chain(self.expressions.iter().map(|each| format!("({each})")));
        write!(f, "on {} from {}", items.collect::<Vec<_>>().join(", "), self.table)
    }
}

impl Value for Counted {
    const HOLDS_SQL: bool = true;

    fn agrees(&self, actual: &Self, walk: &mut Walk<'_>) -> Verdict {
        let columns = |counted: &Self| BTreeSet::from_iter(counted.columns.clone());
        let expressions = |counted: &Self| -> BTreeSet<String> {
            counted.expressions.iter().map(|expression| expression.0.clone()).collect()
        };
        if self.kinds != actual.kinds || columns(self) != columns(actual) {
            return Verdict::Different(None);
        }
        let table = actual.table_from(walk.schema());
        let expressions =
            Verdict::of_any_order(&expressions(self), &expressions(actual), |expected, actual| {
                walk.same_of(&table, expected, actual, true)
            });
        Verdict::all([expressions, self.table.agrees(&actual.table, walk)])
    }

    fn show(&self) -> String {
        sql::on_one_line(&self.to_string())
    }

    fn relative_to(&mut self, home: &Home<'_>) {
        self.table.relative_to(home);
    }
}
