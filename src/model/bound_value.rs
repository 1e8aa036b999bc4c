//! One value of a partition's bound, which PostgreSQL computes when the table is made, and keeps as a constant.

use std::collections::BTreeSet;

use super::Walk;
use crate::equivalence::Verdict;
use crate::sql::{self, Kind};
use crate::value::{DataType, Name, Number};

/// One of the things by which a table is partitioned.
pub(super) struct Key<'a> {
    /// The column or expression, as SQL.
    subject: &'a str,
    /// The type of a column.
    data_type: Option<DataType>,
}

impl<'a> Key<'a> {
    /// That of this table in the database that is there.
    fn of(subject: &'a str, table: &Name, walk: &Walk<'_>) -> Self {
        let table =
            Name::new(table.schema.as_deref().unwrap_or_else(|| walk.schema()), &table.name);
        let column = walk.actual().column(&table, &sql::unquote(subject));
        Self { subject, data_type: column.and_then(|column| column.r#type.said().cloned()) }
    }

    /// All of them, in order.
    pub(super) fn all_of(table: &Name, walk: &Walk<'a>) -> Vec<Self> {
        let names = walk.names;
        names.partition_key(table).iter().map(|key| Self::of(key, table, walk)).collect()
    }

    /// Whether both are one bound where the column has its type: one number, or one text that is filled up with blanks.
    pub(super) fn has_one_value_for(&self, one: &str, other: &str) -> bool {
        let Some(data_type) = &self.data_type else { return false };
        let numbers = [one, other].map(|text| Number::read(text, data_type));
        if let [Some(one), Some(other)] = numbers {
            return one.is(&other, data_type)
                || data_type.is_built_in("numeric") && one.is_as_large_as(&other);
        }
        let [one, other] = [one, other].map(sql::string);
        data_type.is_built_in("character")
            && one.trim_end_matches(' ') == other.trim_end_matches(' ')
    }
}

/// Whether two values of a bound are the same when they are compared with the key.
pub(super) fn same_value(
    key: Option<&Key<'_>>,
    expected: &str,
    actual: &str,
    walk: &mut Walk<'_>,
) -> Verdict {
    let constant = constant(expected);
    let verdict = match (word(expected), word(actual)) {
        (Some(word), other) => return Verdict::of(Some(word) == other),
        (None, Some("minvalue" | "maxvalue")) => return Verdict::Different(None),
        (None, Some("null")) => Verdict::Different(None),
        _ if constant.is_some() && constant == self::constant(actual) => return Verdict::Same,
        _ => {
            let Some(key) = key else { return Verdict::of(expected == actual) };
            let written = constant.as_deref().unwrap_or(expected);
            if key.has_one_value_for(written, actual) {
                return Verdict::Same;
            }
            let equals = |value: &str| format!("{} = ({value})", key.subject);
            walk.same_expression(&equals(written), &equals(actual))
        }
    };
    match verdict {
        Verdict::Different(_) | Verdict::Invalid(_) if constant.is_none() => {
            Verdict::Undecided("what it comes to is only computed when a table is made".to_owned())
        }
        verdict => verdict,
    }
}

/// The values of a list, each constant in one spelling.
pub(super) fn plain_values(values: &[String]) -> BTreeSet<String> {
    let plain = |text: &String| {
        word(text).map(str::to_owned).or_else(|| constant(text)).unwrap_or_else(|| text.clone())
    };
    values.iter().map(plain).collect()
}

/// A word that is a value by itself.
fn word(text: &str) -> Option<&'static str> {
    let words = ["minvalue", "maxvalue", "null", "true", "false"];
    words.into_iter().find(|word| text.trim().eq_ignore_ascii_case(word))
}

/// What a bit string begins with.
const BIT_STRING: [char; 4] = ['b', 'B', 'x', 'X'];

/// `10`, `-1.5` or `'2024-01-01'`, with quotes: so it is of the key's own type, as a bound is.
fn constant(text: &str) -> Option<String> {
    let tokens = sql::words(sql::without_outer_parentheses(text));
    let value = match tokens.as_slice() {
        [value] if value.kind == Kind::String && value.text.starts_with(BIT_STRING) => return None,
        [value] if matches!(value.kind, Kind::Number | Kind::String) => sql::string(value.text),
        [sign, number] if sign.is("+") && number.kind == Kind::Number => number.text.into(),
        [sign, number] if sign.is("-") && number.kind == Kind::Number => {
            format!("-{}", number.text).into()
        }
        _ => return None,
    };
    Some(sql::literal(&value))
}
