//! One value of a partition's bound, which PostgreSQL computes when the table is made, and keeps as a constant.

use super::Walk;
use crate::equivalence::Verdict;
use crate::sql::{self, Kind};

/// Whether two values of a bound are the same when they are compared with the key.
pub(super) fn same_value(
    key: Option<&String>,
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
            walk.same_expression(&format!("{key} = ({written})"), &format!("{key} = ({actual})"))
        }
    };
    match verdict {
        Verdict::Different(_) | Verdict::Invalid(_) if constant.is_none() => {
            Verdict::Undecided("what it comes to is only computed when a table is made".to_owned())
        }
        verdict => verdict,
    }
}

/// A word that is a value by itself.
fn word(text: &str) -> Option<&'static str> {
    let words = ["minvalue", "maxvalue", "null", "true", "false"];
    words.into_iter().find(|word| text.trim().eq_ignore_ascii_case(word))
}

/// `10`, `-1.5` or `'2024-01-01'`, with quotes: so it is of the key's own type, as a bound is.
fn constant(text: &str) -> Option<String> {
    let tokens = sql::words(sql::without_outer_parentheses(text));
    let value = match tokens.as_slice() {
        [value] if matches!(value.kind, Kind::Number | Kind::String) => sql::string(value.text),
        [sign, number] if sign.is("-") && number.kind == Kind::Number => {
            format!("-{}", number.text).into()
        }
        _ => return None,
    };
    Some(format!("'{}'", value.replace('\'', "''")))
}
