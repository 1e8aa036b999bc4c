//! Casts: `x::type` and `cast(x as type)`.

use super::DataType;
use crate::sql::{self, Cursor};

/// More casts than anybody writes one around the other.
const MOST: usize = 8;

/// What stands inside of the casts, maybe none, that `text` is, and to which types it is cast, the last one first.
///
/// `a + 1::text` is seen as `a + 1`, cast: a cast is about all that precedes it only where that is a single value.
pub fn uncast(text: &str) -> (&str, Vec<DataType>) {
    let mut inner = sql::without_outer_parentheses(text);
    let mut types = Vec::new();
    while types.len() < MOST
        && let Some((value, to)) = cast(inner)
    {
        inner = sql::without_outer_parentheses(value);
        types.push(to);
    }
    (inner, types)
}

/// The value and the type of the last cast.
fn cast(text: &str) -> Option<(&str, DataType)> {
    let mut cursor = Cursor::new(text).ok()?;
    if cursor.take("cast") {
        let inside = cursor.group("value and type").ok().filter(|_| cursor.at_end())?;
        let mut cursor = Cursor::new(inside).ok()?;
        let value = cursor.until(&["as"]);
        cursor.expect("as").ok()?;
        return Some((value, whole(&cursor)?));
    }
    let before = cursor.rest().iter().rposition(|token| token.is("::"))?;
    let value = &text[..cursor.rest()[before].start];
    cursor.skip(before + 1);
    Some((value, whole(&cursor)?))
}

/// The type that is all that is left.
fn whole(cursor: &Cursor<'_>) -> Option<DataType> {
    let (data_type, used) = DataType::parse(cursor.rest()).ok()?;
    (used == cursor.rest().len()).then_some(data_type)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn casts_come_off_from_the_outside() {
        for (text, inner, types) in [
            ("1", "1", vec![]),
            ("('a')::varchar(3)", "'a'", vec!["character varying(3)"]),
            ("(('1'::int))::bigint", "'1'", vec!["bigint", "integer"]),
            ("CAST(null AS timestamp with time zone)", "null", vec!["timestamp with time zone"]),
            ("cast(cast('x' as text) as char)", "'x'", vec!["character(1)", "text"]),
            ("1::int + 2", "1::int + 2", vec![]),
            ("cast(1 as int) + 2", "cast(1 as int) + 2", vec![]),
            ("cast(1)", "cast(1)", vec![]),
        ] {
            let (found, to) = uncast(text);
            let to: Vec<String> = to.iter().map(ToString::to_string).collect();
            assert_eq!((found, to), (inner, types.iter().map(ToString::to_string).collect()));
        }
    }
}
