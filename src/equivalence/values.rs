//! T11: a subquery that is nothing but a list of values is that list. The server prints `VALUES (1), (2)` behind a `UNION`
//! as `SELECT column1 FROM (VALUES (1), (2))`.

use super::shape::is_plain;
use super::tree::{Node, Record};

const SUBQUERY: &str = "1";
const VALUES: &str = "5";

/// A relation that is the list of values itself, where it was a subquery of nothing else. What is inside of `range` is so
/// already.
pub(super) fn without_subquery(range: Record) -> Record {
    let query = range.get("subquery").and_then(|query| query.of_kind("QUERY"));
    let is_subquery = range.atom("rtekind") == Some(SUBQUERY);
    let Some(values) = query.filter(|_| is_subquery).and_then(only_values) else { return range };
    // It is called, and its columns are, as before.
    let called = |field: &str| range.get(field).cloned().unwrap_or_else(Node::nothing);
    values.clone().with("alias", called("alias")).with("eref", called("eref"))
}

/// The list of values that a query gives as it stands there.
fn only_values(query: &Record) -> Option<&Record> {
    let values = query.items("rtable").first()?.record().filter(|_| is_plain(query, &[VALUES]))?;
    let width = values.items("values_lists").first()?.items().len();
    let targets = query.items("targetList");
    let stands_there = targets.iter().zip(1_usize..).all(|(target, place)| {
        let column = target.record().and_then(|target| target.get("expr")?.of_kind("VAR"));
        column.is_some_and(|column| {
            column.number("varno") == Some(1)
                && column.number("varattno") == Some(place)
                && column.atom("varlevelsup") == Some("0")
        })
    });
    // What they refer to outside would be one query further in.
    let mut refers_to_outside = false;
    query.get("rtable")?.visit(&mut |record| {
        let levels = ["varlevelsup", "ctelevelsup", "agglevelsup"].map(|field| record.atom(field));
        refers_to_outside |= levels.into_iter().flatten().any(|level| level != "0");
    });
    (targets.len() == width && stands_there && !refers_to_outside).then_some(values)
}
