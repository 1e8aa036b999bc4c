//! One key of an index or an exclusion constraint: a column or an expression, and how it is ordered.

use std::fmt;
use std::str::FromStr;

use super::default_classes::{is_of_another, may_be_of_another};
use super::reference::{CollationName, OperatorName};
use super::table::relation;
use super::usual::is_usual_collation;
use super::{Class, Column, Value, Walk};
use crate::equivalence::Verdict;
use crate::sql::{self, Cursor, Token};
use crate::value::{Name, Settings, serde_by_text};

/// `lower(email) collate "C" text_pattern_ops desc nulls last with =`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexKey {
    /// The column's name, or the expression without outer parentheses.
    subject: Subject,
    collation: Option<Name>,
    /// Operator class, unless it is the default one.
    operator_class: Option<Name>,
    /// Parameters of the operator class.
    parameters: Settings,
    descending: bool,
    nulls_first: bool,
    /// The operator of an exclusion constraint.
    operator: Option<OperatorName>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Subject {
    Column(String),
    Expression(String),
}

serde_by_text!(IndexKey, "a column or an expression");

impl IndexKey {
    /// The keys in a parenthesized list.
    ///
    /// # Errors
    /// What is wrong with one of them.
    pub fn list(text: &str) -> Result<Vec<Self>, String> {
        let items = sql::split_list(text)?;
        let mut keys = Vec::with_capacity(items.len());
        for item in items {
            keys.push(item.parse()?);
        }
        Ok(keys)
    }

    /// A column with everything as it is when nothing is said.
    pub fn column(name: String) -> Self {
        Self {
            subject: Subject::Column(name),
            collation: None,
            operator_class: None,
            parameters: Settings::default(),
            descending: false,
            nulls_first: false,
            operator: None,
        }
    }

    /// The column or expression alone, as SQL.
    pub fn subject_text(&self) -> String {
        match &self.subject {
            Subject::Column(name) => sql::quote(name).into_owned(),
            Subject::Expression(text) => format!("({text})"),
        }
    }

    /// The column or expression with its collation, as SQL.
    fn collated(&self) -> String {
        let collation = self.collation.iter().map(|name| format!(" collate {name}"));
        self.subject_text() + &collation.collect::<String>()
    }

    /// The column of `(column COLLATE collation)`, which is no expression to the server.
    fn collated_column(&self) -> Option<(String, Name)> {
        let Subject::Expression(text) = &self.subject else { return None };
        let mut cursor = Cursor::new(text).ok()?;
        let column = cursor.word("column").ok()?;
        let collation = cursor.take("collate").then(|| Name::read(&mut cursor).ok()).flatten()?;
        cursor.at_end().then_some((column, collation))
    }

    /// Whether the server may have found that an expression is a column: `((name::text))`.
    fn may_be_the_column(&self, stored: &Self) -> bool {
        match (&self.subject, &stored.subject) {
            (Subject::Expression(text), Subject::Column(name)) => {
                sql::words(text).iter().any(|word| sql::unquote(word.text) == *name)
            }
            _ => false,
        }
    }

    /// Whether this operator class is the default one of a type that is stored like that of its column, which has another;
    /// `None` for an expression whose type is not told.
    fn has_another_than(&self, class: &Name, walk: &Walk<'_>) -> Option<bool> {
        if !may_be_of_another(class) {
            return Some(false);
        }
        let own = self.own_column(walk).and_then(|column| column.r#type.said())?;
        Some(is_of_another(class, own))
    }

    /// The column that it is.
    fn own_column<'w>(&self, walk: &Walk<'w>) -> Option<&'w Column> {
        let Subject::Column(name) = &self.subject else { return None };
        walk.actual().column(&relation(walk.path())?, name)
    }

    /// Whether it has this collation by itself, where it is a column of a table.
    fn has_anyway(&self, collation: &Name, walk: &mut Walk<'_>) -> Option<bool> {
        let column = self.own_column(walk)?;
        let collation: CollationName = collation.to_string().parse().ok()?;
        Some(match column.collation.said() {
            Some(Some(own)) => collation.agrees(own, walk) == Verdict::Same,
            _ => is_usual_collation(&collation, &column.r#type),
        })
    }

    /// The keys as a list, parted by commas.
    pub fn join(keys: &[Self]) -> String {
        keys.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
    }
}

/// The access method of what the keys that the walk is in belong to: an index, a constraint, a partitioned table.
fn access_method<'a>(walk: &Walk<'a>) -> &'a str {
    let schema = walk.actual().schemas.body(walk.schema());
    let said = schema.and_then(|schema| match walk.path().0.as_slice() {
        [_, _, collection, table, kind, name] => {
            let of_view = || schema.materialized_views.body(table).map(|view| &view.indexes);
            let table = schema.tables.body(table).filter(|_| collection == "tables");
            if kind == "exclusions" {
                return table?.exclusions.body(name)?.method.said().map(String::as_str);
            }
            let indexes = table.map(|table| &table.indexes).or_else(of_view)?;
            indexes.body(name)?.method.said().map(String::as_str)
        }
        [_, _, _, table] => {
            let key = schema.tables.body(table)?.partition_by.said()?.as_ref()?;
            Some(key.access_method())
        }
        _ => None,
    });
    said.unwrap_or("btree")
}

impl FromStr for IndexKey {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut cursor = Cursor::new(text)?;
        let mut key = Self::column(String::new());
        key.subject = subject(&mut cursor)?;
        if let Some((column, collation)) = key.collated_column() {
            key.subject = Subject::Column(column);
            key.collation = Some(collation);
        }
        if cursor.take("collate") {
            let collation = Name::read(&mut cursor)?;
            key.collation = Some(collation);
        }
        let sorted = ["asc", "desc", "nulls first", "nulls last", "with"]
            .iter()
            .any(|word| cursor.sees(word));
        if !cursor.at_end() && !sorted {
            let class = Name::read(&mut cursor)?;
            key.operator_class = Some(class);
            if cursor.sees_group() {
                key.parameters = Settings::parse(cursor.group("parameters")?)?;
            }
        }
        key.descending = !cursor.take("asc") && cursor.take("desc");
        key.nulls_first = key.descending;
        if cursor.take("nulls first") {
            key.nulls_first = true;
        } else if cursor.take("nulls last") {
            key.nulls_first = false;
        }
        if cursor.take("with") {
            key.operator = Some(OperatorName::read(&mut cursor)?);
        }
        cursor.finish()?;
        Ok(key)
    }
}

/// A column, a function call, or anything in parentheses. The server prints one more thing without them.
fn subject(cursor: &mut Cursor<'_>) -> Result<Subject, String> {
    if let Some(used) = is_document(cursor.rest()) {
        let start = cursor.clone();
        cursor.skip(used);
        return Ok(Subject::Expression(start.up_to(cursor).to_owned()));
    }
    if cursor.sees_group() {
        let inner = sql::without_outer_parentheses(cursor.group("expression")?);
        return match sql::words(inner).as_slice() {
            [token] if token.is_name() => Ok(Subject::Column(sql::unquote(token.text))),
            _ => Ok(Subject::Expression(inner.to_owned())),
        };
    }
    let start = cursor.clone();
    let name = Name::read(cursor)?;
    if !cursor.sees_group() {
        return match name.schema {
            None => Ok(Subject::Column(name.name.into())),
            Some(_) => Err(format!("`{name}` is no column; an expression needs parentheses")),
        };
    }
    cursor.group("arguments")?;
    Ok(Subject::Expression(start.up_to(cursor).to_owned()))
}

/// How many words `… IS DOCUMENT` is, if it comes next.
fn is_document(words: &[Token<'_>]) -> Option<usize> {
    let mut depth = 0_i32;
    let end = words.windows(2).position(|pair| {
        depth += i32::from(pair[0].is("(")) - i32::from(pair[0].is(")"));
        depth == 0 && pair[0].is_word("is") && pair[1].is_word("document")
    });
    end.map(|is| is + 2)
}

impl fmt::Display for IndexKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.subject {
            Subject::Column(name) => f.write_str(&sql::quote(name))?,
            Subject::Expression(text) => {
                let call = Cursor::new(text).is_ok_and(|mut cursor| {
                    subject(&mut cursor)
                        .is_ok_and(|subject| matches!(subject, Subject::Expression(_)))
                        && cursor.at_end()
                });
                if call && !text.starts_with('(') && is_document(&sql::words(text)).is_none() {
                    f.write_str(text)?;
                } else {
                    write!(f, "({text})")?;
                }
            }
        }
        if let Some(collation) = &self.collation {
            write!(f, " collate {collation}")?;
        }
        if let Some(class) = &self.operator_class {
            write!(f, " {class}")?;
        }
        if !self.parameters.is_empty() {
            write!(f, " ({})", self.parameters)?;
        }
        if self.descending {
            f.write_str(" desc")?;
        }
        match (self.descending, self.nulls_first) {
            (true, false) => f.write_str(" nulls last")?,
            (false, true) => f.write_str(" nulls first")?,
            _ => {}
        }
        match &self.operator {
            Some(operator) if operator.has_schema() => write!(f, " with operator({operator})"),
            Some(operator) => write!(f, " with {operator}"),
            None => Ok(()),
        }
    }
}

impl Value for IndexKey {
    const HOLDS_SQL: bool = true;

    fn agrees(&self, actual: &Self, walk: &mut Walk<'_>) -> Verdict {
        let same_collation = match (&self.collation, &actual.collation) {
            (Some(expected), Some(actual)) => {
                Some(walk.names.same(Class::Collation, expected, actual, walk.schema()))
            }
            (Some(expected), None) => actual.has_anyway(expected, walk),
            (None, actual) => Some(actual.is_none()),
        };
        let class = match (&self.operator_class, &actual.operator_class) {
            (Some(expected), Some(actual)) => {
                Verdict::of(walk.names.same(Class::OperatorClass, expected, actual, walk.schema()))
            }
            (Some(expected), None) => {
                let is_default =
                    walk.names.is_default_operator_class(expected, access_method(walk));
                match (actual.has_another_than(expected, walk), is_default) {
                    (Some(true), _) => Verdict::Different(None),
                    (Some(false), Some(is_default)) => Verdict::of(is_default),
                    _ => Verdict::Undecided(format!(
                        "whether {expected} is the default operator class there is not told"
                    )),
                }
            }
            (None, None) => Verdict::Same,
            (None, Some(_)) => Verdict::Different(None),
        };
        let same_order =
            (self.descending, self.nulls_first) == (actual.descending, actual.nulls_first);
        let same_operator = match (&self.operator, &actual.operator) {
            (Some(expected), Some(actual)) => expected.is_of_the_class_as(actual, walk),
            (expected, actual) => expected == actual,
        };
        let rest = same_operator && self.parameters.means_the_same(&actual.parameters);
        if !(same_order && rest) {
            return Verdict::Different(None);
        }
        Verdict::all([class, self.is_of_the_same(actual, same_collation, walk)])
    }

    fn show(&self) -> String {
        self.to_string()
    }
}

impl IndexKey {
    /// What the column or expression is to that of `actual`, where `same_collation` tells whether their collations are one, if it
    /// can be told.
    fn is_of_the_same(
        &self,
        actual: &Self,
        same_collation: Option<bool>,
        walk: &mut Walk<'_>,
    ) -> Verdict {
        match (&self.subject, &actual.subject) {
            (Subject::Column(expected), Subject::Column(actual))
                if expected != actual || same_collation.is_some() =>
            {
                Verdict::of(expected == actual && same_collation == Some(true))
            }
            (Subject::Expression(expected), Subject::Expression(actual))
                if same_collation == Some(true) =>
            {
                walk.same_verbatim(expected, actual)
            }
            // The name of a table is its whole row, unless a column has that name.
            (Subject::Column(name), Subject::Expression(text))
                if text.strip_suffix(".*").is_some_and(|table| sql::unquote(table) == *name)
                    && self.own_column(walk).is_none() =>
            {
                Verdict::of(same_collation == Some(true))
            }
            // A collation may stand inside of an expression, too, `((name collate "C"))`, or say what it has by itself.
            _ if actual.collation.is_some()
                || same_collation.is_none()
                || self.may_be_the_column(actual) =>
            {
                walk.same_verbatim(&self.collated(), &actual.collated())
            }
            _ => Verdict::Different(None),
        }
    }
}
