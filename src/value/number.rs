//! Numbers as defaults write them: `0`, `0.00`, `'0'::bigint`, `'-1'::integer`.

use super::{DataType, uncast};
use crate::sql::{self, Kind};

/// A constant number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    negative: bool,
    /// The digits before the point, without zeros in front.
    whole: String,
    /// Those after it, as written.
    fraction: String,
}

impl Number {
    /// Reads a number, maybe cast to `own`, the type of what it is for, or to another type that does not change it.
    pub fn read(text: &str, own: &DataType) -> Option<Self> {
        let (text, casts) = uncast(text);
        let number = match sql::words(text).as_slice() {
            [sign, number] if sign.is("-") && number.kind == Kind::Number => Self::plain(text)?,
            [number] if matches!(number.kind, Kind::Number | Kind::String) => {
                Self::plain(&sql::string(number.text))?
            }
            _ => return None,
        };
        let keeps = |to: &DataType| {
            to.without_modifiers() == own.without_modifiers() && to.keeps(text, own)
                || to.is_built_in("numeric") && to.modifiers.is_empty()
                || to.limits().is_some_and(|limits| number.is_within(limits))
        };
        casts.iter().all(keeps).then_some(number)
    }

    fn plain(text: &str) -> Option<Self> {
        let (negative, text) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (digits, exponent) = match text.split_once(['e', 'E']) {
            Some((digits, exponent)) => (digits, exponent.parse::<i32>().ok()?),
            None => (text, 0),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let is_number = !(whole.is_empty() && fraction.is_empty())
            && [whole, fraction].iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
        let (whole, fraction) = is_number.then(|| shifted(whole, fraction, exponent))??;
        Some(Self { negative, whole: whole.trim_start_matches('0').to_owned(), fraction })
    }

    /// Whether it is a whole number between these two.
    fn is_within(&self, (lowest, highest): (i64, i64)) -> bool {
        let magnitude = if self.whole.is_empty() { "0" } else { &self.whole };
        let sign = if self.negative { "-" } else { "" };
        let whole = format!("{sign}{magnitude}").parse::<i64>();
        self.fraction.is_empty() && whole.is_ok_and(|whole| (lowest..=highest).contains(&whole))
    }

    /// Whether a column of this type has the same value for both. A `numeric` without a scale keeps the zeros at the end.
    pub fn is(&self, other: &Self, data_type: &DataType) -> bool {
        let keeps_zeros = data_type.is_built_in("numeric") && data_type.modifiers.is_empty();
        let drops_zeros = data_type.is_integer()
            || ["numeric", "real", "double precision"]
                .iter()
                .any(|name| data_type.is_built_in(name));
        drops_zeros
            && self.is_as_large_as(other)
            && (!keeps_zeros || self.fraction.len() == other.fraction.len())
    }

    /// Whether both are one number, however many zeros stand at their ends.
    pub fn is_as_large_as(&self, other: &Self) -> bool {
        let significant = |number: &Self| {
            let fraction = number.fraction.trim_end_matches('0').to_owned();
            let is_zero = number.whole.is_empty() && fraction.is_empty();
            (number.negative && !is_zero, number.whole.clone(), fraction)
        };
        significant(self) == significant(other)
    }
}

/// The digits before and after a point that is moved to the right, or to the left where `exponent` is negative.
fn shifted(whole: &str, fraction: &str, exponent: i32) -> Option<(String, String)> {
    /// Beyond the powers of ten of any type but `numeric`.
    const FARTHEST: usize = 400;
    let by = usize::try_from(exponent.unsigned_abs()).ok().filter(|by| *by <= FARTHEST)?;
    let zeros = "0".repeat(by);
    if exponent < 0 {
        let padded = format!("{zeros}{whole}");
        let (whole, moved) = padded.split_at(whole.len());
        return Some((whole.to_owned(), format!("{moved}{fraction}")));
    }
    let (moved, left) = fraction.split_at(by.min(fraction.len()));
    Some((format!("{whole}{moved}{}", &zeros[moved.len()..]), left.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(data_type: &str, one: &str, other: &str) -> bool {
        let data_type: DataType = data_type.parse().expect("a type");
        let read = |text| Number::read(text, &data_type);
        read(one).zip(read(other)).is_some_and(|(one, other)| one.is(&other, &data_type))
    }

    #[test]
    fn a_text_of_other_letters_is_no_number() {
        for text in ["'1.ée1'", "'ée-1'", "'1e1e1'", "'1e1000'", "'e1'"] {
            assert_eq!(Number::read(text, &"numeric".parse().expect("a type")), None, "{text}");
        }
    }

    #[test]
    fn spellings_of_a_number_are_one() {
        for (data_type, one, other) in [
            ("bigint", "0", "'0'::bigint"),
            ("bigint", "-1", "'-1'::integer"),
            ("bigint", "'-1'::bigint", "('-1'::integer)::bigint"),
            ("smallint", "(07)", "'7'::smallint"),
            ("numeric(10,2)", "(0)::numeric", "0.00"),
            ("numeric(10,2)", "0", "0.00"),
            ("numeric(10,2)", "'.5'::numeric", "0.50"),
            ("numeric", "0", "'0'::numeric"),
            ("double precision", "0.5", "'0.50'::double precision"),
            ("real", "1", "1.0"),
            ("integer", "1.0", "1"),
            ("integer", "1e4", "10000"),
            ("numeric", "1.50e1", "15.0"),
            ("numeric", "15e-1", "1.5"),
            ("double precision", "0.001", "'1e-3'::double precision"),
            ("numeric(10,2)", "1", "1e0"),
            ("smallint", "cast('1' as smallint)", "1"),
            ("integer", "cast(10 as int)", "(10)::bigint"),
            ("numeric(10,2)", "0.00::numeric(10,2)", "0"),
        ] {
            assert!(same(data_type, one, other), "{data_type}: {one} and {other}");
        }
    }

    #[test]
    fn other_numbers_and_what_is_none_are_not() {
        for (data_type, one, other) in [
            ("bigint", "1", "'-1'::bigint"),
            ("bigint", "1", "10"),
            ("numeric", "0", "0.00"),
            ("numeric(10,2)", "0.5", "0.05"),
            ("numeric(10,2)", "'0.5'::integer", "0.5"),
            ("numeric(10,2)", "1 + 1", "1"),
            ("numeric(10,2)", "1", "1e1"),
            ("numeric", "1.50e1", "15"),
            ("double precision", "1e1000", "1e1001"),
            ("double precision", "1e", "1"),
            ("numeric(10,2)", "'0.5'::numeric(10,1)", "0.50"),
            ("text", "'1'", "'1.0'"),
            ("numeric[]", "1", "1.0"),
            ("interval", "'1'", "'1.0'"),
            ("money", "''", "'.'"),
            ("integer", "70000", "70000::smallint"),
            ("bigint", "'-3000000000'::integer", "-3000000000"),
        ] {
            assert!(!same(data_type, one, other), "{data_type}: {one} and {other}");
        }
    }
}
