//! T12: a minus before a number is part of it. The server prints `-1::int` as `(- 1)`, and reads that as the number.

use super::datum;
use super::tree::{Node, Record};

/// The number that an operator makes of its only argument, as the server's grammar does (`doNegate` in `gram.y`).
pub(super) fn negated(record: Record) -> Node {
    let constant = match record.items("args") {
        [one] => one.of_kind("CONST"),
        _ => None,
    };
    let negative = constant.and_then(|constant| {
        let (length, bytes) = datum::read(constant.atom("constvalue")?)?;
        let bytes = negative(record.atom("opno")?, bytes)?;
        Some(constant.clone().with("constvalue", Node::Atom(datum::write(length, &bytes))))
    });
    Node::Record(negative.unwrap_or(record))
}

/// The bytes of a number, which has no sign yet, with one. The operators are those of `integer`, `bigint` and `numeric`, the
/// types of numbers that are written without quotes (`pg_operator.dat`).
fn negative(operator: &str, mut bytes: Vec<u8>) -> Option<Vec<u8>> {
    match operator {
        "558" | "484" => {
            let number = i64::from_le_bytes(bytes.try_into().ok()?);
            (number >= 0).then(|| (-number).to_le_bytes().to_vec())
        }
        // Behind the length a word with the sign, in a short form and a long one, which also has a weight; then digits
        // (`numeric.c`). Zero has none, and no sign.
        "1751" => {
            let (sign, header) = match bytes.get(5)? & 0xe0 {
                0x80 => (0x20, 6),
                0x00 | 0x20 => (0x40, 8),
                _ => return None,
            };
            if bytes.len() > header {
                bytes[5] |= sign;
            }
            Some(bytes)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_gets_its_sign() {
        let negative = |operator: &str, value: &str| {
            let (length, bytes) = datum::read(value)?;
            Some(datum::write(length, &super::negative(operator, bytes)?))
        };
        // As the server prints `'-1'`, `'-1.5'`, `'-1e300'`.
        for (operator, number, expected) in [
            ("558", "4 [ 1 0 0 0 0 0 0 0 ]", Some("4 [ -1 -1 -1 -1 -1 -1 -1 -1 ]")),
            ("558", "4 [ 0 0 0 0 0 0 0 0 ]", Some("4 [ 0 0 0 0 0 0 0 0 ]")),
            ("484", "8 [ 0 0 0 -128 0 0 0 0 ]", Some("8 [ 0 0 0 -128 -1 -1 -1 -1 ]")),
            (
                "1751",
                "10 [ 40 0 0 0 -128 -128 1 0 -120 19 ]",
                Some("10 [ 40 0 0 0 -128 -96 1 0 -120 19 ]"),
            ),
            ("1751", "6 [ 24 0 0 0 -128 -128 ]", Some("6 [ 24 0 0 0 -128 -128 ]")),
            ("1751", "10 [ 40 0 0 0 0 0 75 0 1 0 ]", Some("10 [ 40 0 0 0 0 64 75 0 1 0 ]")),
            ("558", "4 [ -1 -1 -1 -1 -1 -1 -1 -1 ]", None),
            ("1751", "10 [ 40 0 0 0 -128 -96 1 0 -120 19 ]", None),
            ("585", "8 [ 0 0 0 0 0 0 -16 63 ]", None),
        ] {
            assert_eq!(negative(operator, number).as_deref(), expected, "{number}");
        }
    }
}
