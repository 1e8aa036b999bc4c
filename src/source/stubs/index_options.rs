//! Storage options of indexes whose access method is a stub's: it knows none of them, so that they are noted, as labels, and
//! come into the catalog behind all that is applied.

use super::literal;
use crate::sql::Cursor;
use crate::value::Settings;

/// Makes an index without its options, and notes them.
const STATEMENT: &str = include_str!("index_options.sql");
/// Puts what is noted into the catalog, for the indexes of partitions, too.
pub(super) const AT_THE_END: &str = include_str!("noted_options.sql");

/// The stub with access methods of its own.
pub(super) const EXTENSION: &str = "vector";
const METHODS: &[&str] = &["hnsw", "ivfflat"];

/// What does the same as `create index … using hnsw … with (…)` where a stub stands in for the access method; nothing if
/// this is another statement. A transaction block can hold it, `concurrently` or not.
pub(super) fn noted(statement: &str) -> Option<String> {
    let mut cursor = Cursor::new(statement).ok()?;
    let place = |cursor: &Cursor<'_>| cursor.peek().map_or(statement.len(), |token| token.start);
    cursor.expect("create").ok()?;
    cursor.take("unique");
    cursor.expect("index").ok()?;
    let head = place(&cursor);
    cursor.take("concurrently");
    let name = place(&cursor);
    cursor.until(&["using"]);
    cursor.expect("using").ok()?;
    let method = cursor.word("access method").ok()?.to_lowercase();
    cursor.until(&["with", "tablespace", "where"]);
    let with = place(&cursor);
    cursor.expect("with").ok()?;
    let options = Settings::parse(cursor.group("options").ok()?).ok()?;
    if !METHODS.contains(&method.as_str()) {
        return None;
    }
    let rest = place(&cursor);
    let without = [&statement[..head], &statement[name..with], &statement[rest..]].concat();
    let options = options.iter().map(|(name, value)| literal(&format!("{name}={value}")));
    let filled = STATEMENT
        .replace(":method", &literal(&method))
        .replace(":options", &options.collect::<Vec<_>>().join(", "))
        .replace(":statement", &literal(&without));
    Some(filled)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_options_are_taken_out_of_a_statement() {
        let text = "CREATE INDEX CONCURRENTLY i ON t USING hnsw (v vector_l2_ops) WITH (m = 16) WHERE a = 'with'";
        let noted = noted(text).expect("an index of a stub");
        for part in [
            "'CREATE INDEX i ON t USING hnsw (v vector_l2_ops) WHERE a = ''with'''",
            "array['m=16']",
            "amname = 'hnsw'",
        ] {
            assert!(noted.contains(part), "{part}\n{noted}");
        }
    }

    #[test]
    fn other_statements_stay_as_they_are() {
        for text in [
            "create index i on t using hnsw (v)",
            "create index i on t using gin (v) with (fastupdate = off)",
            "create table t (a int) with (fillfactor = 70)",
            "create index i on t (v) with (fillfactor = 70)",
        ] {
            assert_eq!(noted(text), None, "{text}");
        }
    }
}
