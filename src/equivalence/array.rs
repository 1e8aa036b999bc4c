//! A constant array as the array of constants that it is: `'{a,b}'::text[]` as `ARRAY['a', 'b']`.

use std::collections::BTreeSet;

use super::datum;
use super::tree::{Node, Record};

/// The types of arrays that are written `ARRAY[…]`, or searched.
pub(super) fn types(nodes: [&Node; 2]) -> BTreeSet<String> {
    let mut types = BTreeSet::new();
    for node in nodes {
        node.visit(&mut |record| {
            let array = match record.kind.as_str() {
                "ARRAYEXPR" => record.atom("array_typeid"),
                "SCALARARRAYOPEXPR" => record
                    .items("args")
                    .get(1)
                    .and_then(|list| list.of_kind("CONST")?.atom("consttype")),
                _ => None,
            };
            types.extend(array.map(str::to_owned));
        });
    }
    types
}

/// The elements of a constant, which must be of an array type, as `ARRAY[…]` would give them.
///
/// None where it is no array of one dimension, counted from 1 and without nulls, or where the size of its elements is
/// not known. The bytes are those of the server's `array.h`: their number, the dimensions, where the elements begin if
/// nulls are among them, the elements' type; then each dimension's length, each one's first subscript, the elements.
pub(super) fn constructed(constant: &Record) -> Option<Record> {
    let (length, bytes) = datum::read(constant.atom("constvalue")?)?;
    let word = |at: usize| Some(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?));
    // The other order of bytes does not come this far: it has the number elsewhere.
    let whole = length == bytes.len() && usize::try_from(word(0)? >> 2) == Ok(bytes.len());
    let (dimensions, nulls, element) = (word(4)?, word(8)?, word(12)?);
    if !whole || dimensions > 1 || nulls != 0 {
        return None;
    }
    let kind = constant.get("consttype")?;
    let collation = constant.get("constcollid")?;
    let mut elements = Vec::new();
    if dimensions == 0 && bytes.len() != 16 {
        return None;
    }
    if dimensions == 1 {
        if word(20)? != 1 {
            return None;
        }
        let (count, data) = (word(16)?, bytes.get(24..)?);
        let values = Size::of(element).iter().find_map(|size| size.read(count, data, bytes.len()));
        elements.extend(values?.into_iter().map(|value| {
            Node::Record(Record::new(
                "CONST",
                fields([
                    ("consttype", Node::Atom(element.to_string())),
                    ("consttypmod", Node::Atom("-1".to_owned())),
                    ("constcollid", collation.clone()),
                    ("constisnull", Node::Atom("false".to_owned())),
                    ("constvalue", Node::Atom(value)),
                ]),
            ))
        }));
    }
    let elements = if elements.is_empty() { Node::nothing() } else { Node::List(elements) };
    Some(Record::new(
        "ARRAYEXPR",
        fields([
            ("array_typeid", kind.clone()),
            ("array_collid", collation.clone()),
            ("element_typeid", Node::Atom(element.to_string())),
            ("elements", elements),
            ("multidims", Node::Atom("false".to_owned())),
        ]),
    ))
}

fn fields<const N: usize>(fields: [(&str, Node); N]) -> Vec<(String, Node)> {
    fields.map(|(name, value)| (name.to_owned(), value)).into()
}

/// How the elements of an array lie in it, and how the server prints one of them alone.
#[derive(Debug, Clone, Copy)]
enum Size {
    /// So many bytes that are a number with a sign; printed as eight.
    Signed(usize),
    /// So many bytes that are a number without one; printed as eight.
    Unsigned(usize),
    /// So many bytes, one after the other.
    Fixed(usize),
    /// They begin with their length, at a multiple of four.
    Varying,
}

impl Size {
    /// What that of a type may be, by its id in `pg_type.dat`. A type of no server's own can be an enum, whose values are ids, or
    /// a domain, or something that varies.
    fn of(element: u32) -> &'static [Self] {
        match element {
            // int2; int4, date, float4; int8, float8, time, timestamp, timestamptz, money.
            21 => &[Self::Signed(2)],
            23 | 700 | 1082 => &[Self::Signed(4)],
            20 | 701 | 790 | 1083 | 1114 | 1184 => &[Self::Signed(8)],
            // bool; oid.
            16 => &[Self::Unsigned(1)],
            26 => &[Self::Unsigned(4)],
            // uuid; name.
            2950 => &[Self::Fixed(16)],
            19 => &[Self::Fixed(64)],
            // bytea, text, json, cidr, inet, bpchar, varchar, numeric, jsonb.
            17 | 25 | 114 | 650 | 869 | 1042 | 1043 | 1700 | 3802 => &[Self::Varying],
            16384.. => &[Self::Unsigned(4), Self::Varying],
            _ => &[],
        }
    }

    /// All of so many elements as the server prints them; `None` where they are not all that the array holds.
    fn read(self, count: u32, data: &[u8], whole: usize) -> Option<Vec<String>> {
        let (mut values, mut rest) = (Vec::new(), data);
        for _ in 0..count {
            let (value, after) = self.split(rest, whole)?;
            values.push(value);
            rest = after;
        }
        rest.is_empty().then_some(values)
    }

    /// The first element as the server prints it, and what comes after it. `whole` is the size of the array.
    fn split(self, bytes: &[u8], whole: usize) -> Option<(String, &[u8])> {
        let length = match self {
            Self::Signed(size) | Self::Unsigned(size) | Self::Fixed(size) => size,
            Self::Varying => {
                let length = u32::from_le_bytes(*bytes.first_chunk()?) >> 2;
                // Its own four bytes are among them.
                usize::try_from(length).ok().filter(|length| *length >= 4)?
            }
        };
        let (value, rest) = bytes.split_at_checked(length)?;
        let mut printed = value.to_vec();
        match self {
            Self::Signed(_) if value.last().is_some_and(|last| last.cast_signed() < 0) => {
                printed.resize(8, u8::MAX);
            }
            Self::Signed(_) | Self::Unsigned(_) => printed.resize(8, 0),
            Self::Fixed(_) | Self::Varying => {}
        }
        let to_the_next = (4 - (whole - rest.len()) % 4) % 4;
        let rest = match self {
            Self::Varying => {
                let (blank, rest) = rest.split_at(to_the_next.min(rest.len()));
                blank.iter().all(|byte| *byte == 0).then_some(rest)?
            }
            _ => rest,
        };
        Some((datum::write(length, &printed), rest))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn constant(kind: u32, value: &str) -> Record {
        let text = format!(
            "{{CONST :consttype {kind} :consttypmod -1 :constcollid 0 :constisnull false :constvalue {value}}}"
        );
        Node::read(&text).expect("reads").record().expect("a record").clone()
    }

    fn elements(kind: u32, value: &str) -> Option<Vec<String>> {
        let array = constructed(&constant(kind, value))?;
        let value = |node: &Node| node.record()?.atom("constvalue").map(str::to_owned);
        array.items("elements").iter().map(value).collect()
    }

    #[test]
    fn elements_are_printed_as_they_are_alone() {
        assert_eq!(elements(1009, "16 [ 64 0 0 0 0 0 0 0 0 0 0 0 25 0 0 0 ]"), Some(vec![]));
        let numbers =
            "32 [ -128 0 0 0 1 0 0 0 0 0 0 0 23 0 0 0 2 0 0 0 1 0 0 0 -1 -1 -1 -1 2 0 0 0 ]";
        let alone = ["4 [ -1 -1 -1 -1 -1 -1 -1 -1 ]", "4 [ 2 0 0 0 0 0 0 0 ]"];
        assert_eq!(elements(1007, numbers), Some(alone.map(str::to_owned).into()));
        let texts = "40 [ -96 0 0 0 1 0 0 0 0 0 0 0 25 0 0 0 2 0 0 0 1 0 0 0 20 0 0 0 97 0 0 0 32 0 0 0 98 99 100 101 ]";
        let alone = ["5 [ 20 0 0 0 97 ]", "8 [ 32 0 0 0 98 99 100 101 ]"];
        assert_eq!(elements(1009, texts), Some(alone.map(str::to_owned).into()));
        // Of a type of no server's own.
        let varying = texts.replacen("25 0 0 0", "0 65 0 0", 1);
        assert_eq!(elements(16641, &varying), elements(1009, texts));
        let label = "28 [ 112 0 0 0 1 0 0 0 0 0 0 0 0 65 0 0 1 0 0 0 1 0 0 0 2 65 0 0 ]";
        assert_eq!(elements(16641, label), Some(vec!["4 [ 2 65 0 0 0 0 0 0 ]".to_owned()]));
    }

    #[test]
    fn what_is_no_plain_array_stays() {
        for value in [
            "<>",
            "5 [ 20 0 0 0 97 ]",
            "4 [ 16 0 0 0 0 0 0 0 ]",
            // Two dimensions; a null; subscripts from 0; more elements than there are.
            "36 [ -112 0 0 0 2 0 0 0 0 0 0 0 23 0 0 0 1 0 0 0 1 0 0 0 1 0 0 0 1 0 0 0 1 0 0 0 ]",
            "28 [ 112 0 0 0 1 0 0 0 28 0 0 0 23 0 0 0 1 0 0 0 1 0 0 0 0 0 0 0 ]",
            "28 [ 112 0 0 0 1 0 0 0 0 0 0 0 23 0 0 0 1 0 0 0 0 0 0 0 1 0 0 0 ]",
            "28 [ 112 0 0 0 1 0 0 0 0 0 0 0 23 0 0 0 2 0 0 0 1 0 0 0 1 0 0 0 ]",
            // Fewer elements than there are; of a type that nobody knows, eight bytes that are no number and no text.
            "32 [ -128 0 0 0 1 0 0 0 0 0 0 0 23 0 0 0 1 0 0 0 1 0 0 0 1 0 0 0 2 0 0 0 ]",
            "32 [ -128 0 0 0 1 0 0 0 0 0 0 0 0 65 0 0 1 0 0 0 1 0 0 0 1 0 0 0 2 0 0 0 ]",
            "32 [ -128 0 0 0 1 0 0 0 0 0 0 0 0 65 0 0 1 0 0 0 1 0 0 0 20 0 0 0 97 98 0 0 ]",
        ] {
            assert_eq!(elements(1007, value), None, "{value}");
        }
    }
}
