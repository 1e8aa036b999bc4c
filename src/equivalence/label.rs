//! What people call a node: the name of a column, a constant as it was written.

use super::tree::{Node, Record, unescape};
use crate::sql::{self, Kind, Token};

/// The text that trees were made of.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Source<'a> {
    /// The statement.
    pub(super) text: &'a str,
    /// How many bytes stood before it when it was sent.
    pub(super) offset: usize,
}

impl Source<'_> {
    /// `around` are the relations of the queries around the node, the innermost last.
    pub(super) fn label(&self, record: &Record, around: &[&[Node]]) -> Option<String> {
        match record.kind.as_str() {
            "VAR" => column(record, around),
            "CONST" => self.constant(record).or_else(|| text_value(record)),
            _ => None,
        }
    }

    fn constant(&self, record: &Record) -> Option<String> {
        if record.atom("constisnull") == Some("true") {
            return Some("null".to_owned());
        }
        let location: usize = record.number("location")?;
        let rest = self.text.get(location.checked_sub(self.offset)?..)?;
        // Far enough for `timestamp (3) with time zone '…'`.
        let words: Vec<Token<'_>> =
            sql::tokens(rest).filter(|token| token.kind != Kind::Blank).take(12).collect();
        let first = words.first()?;
        match first.kind {
            Kind::String | Kind::Number => Some(first.text.to_owned()),
            Kind::Operator if matches!(first.text, "-" | "+") => {
                let number = words.get(1).filter(|token| token.kind == Kind::Number)?;
                Some(format!("{}{}", first.text, number.text))
            }
            Kind::Word if first.is_word("true") || first.is_word("false") => {
                Some(first.text.to_lowercase())
            }
            Kind::Word | Kind::Quoted => words
                .iter()
                .find(|token| token.kind == Kind::String)
                .map(|token| token.text.to_owned()),
            _ => None,
        }
    }
}

/// The value of a constant that was not written where it stands, such as the field of EXTRACT: of texts only.
fn text_value(record: &Record) -> Option<String> {
    const TEXTS: [&str; 3] = ["25", "1042", "1043"];
    record.atom("consttype").filter(|kind| TEXTS.contains(kind))?;
    // The length, a bracket, and four bytes that hold the length again.
    let bytes =
        record.atom("constvalue")?.split_ascii_whitespace().skip(6).take_while(|byte| *byte != "]");
    let bytes: Option<Vec<u8>> =
        bytes.map(|byte| Some(byte.parse::<i8>().ok()?.cast_unsigned())).collect();
    let text = String::from_utf8(bytes?).ok()?;
    Some(format!("'{}'", text.replace('\'', "''")))
}

fn column(record: &Record, around: &[&[Node]]) -> Option<String> {
    let level: usize = record.number("varlevelsup")?;
    let ranges = around.get(around.len().checked_sub(level + 1)?)?;
    let range = ranges.get(record.number::<usize>("varno")?.checked_sub(1)?)?.record()?;
    let names = range.get("eref")?.record()?;
    let attribute: i32 = record.number("varattno")?;
    let name = match usize::try_from(attribute) {
        Ok(0) => "*".to_owned(),
        Ok(number) => {
            sql::quote(&unescape(names.items("colnames").get(number - 1)?.atom()?)).into_owned()
        }
        Err(_) => return system_column(attribute).map(str::to_owned),
    };
    let only = ranges.len() == 1 && around.len() == 1 && name != "*";
    let relation = sql::quote(&unescape(names.atom("aliasname")?)).into_owned();
    Some(if only { name } else { format!("{relation}.{name}") })
}

fn system_column(number: i32) -> Option<&'static str> {
    match number {
        -1 => Some("ctid"),
        -2 => Some("xmin"),
        -3 => Some("cmin"),
        -4 => Some("xmax"),
        -5 => Some("cmax"),
        -6 => Some("tableoid"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn constant(text: &str, offset: usize) -> Option<String> {
        let source = Source { text, offset };
        let location = Node::Atom("10".to_owned());
        source.label(&Record::new("CONST", vec![("location".to_owned(), location)]), &[])
    }

    #[test]
    fn texts_from_nowhere_are_called_by_their_value() {
        let node = "{CONST :consttype 25 :location -1 :constvalue 8 [ 32 0 0 0 39 -61 -87 33 ]}";
        let node = Node::read(node).expect("reads");
        let label = Source::default().label(node.record().expect("a record"), &[]);
        assert_eq!(label.as_deref(), Some("'''é!'"));
    }

    #[test]
    fn constants_are_called_as_they_were_written() {
        assert_eq!(constant("'it''s' || x", 10).as_deref(), Some("'it''s'"));
        assert_eq!(constant("- 5", 10).as_deref(), Some("-5"));
        assert_eq!(constant("xx timestamptz '2020-01-01'", 7).as_deref(), Some("'2020-01-01'"));
        assert_eq!(constant("TRUE", 10).as_deref(), Some("true"));
        assert_eq!(constant("é", 9), None);
        assert_eq!(constant("x", 11), None);
    }
}
