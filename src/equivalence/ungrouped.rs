//! From PostgreSQL 18 on, what a query groups by stands in a relation of its own, and what it selects refers to that. Here it
//! is as in the servers before.

use super::tree::{Node, Record};

const GROUP: &str = "9";

/// A query without the relation of what it groups by, if it has one. What is inside of `query` has none.
pub(super) fn ungrouped(query: Record) -> Record {
    without_group(&query).unwrap_or(query)
}

fn without_group(query: &Record) -> Option<Record> {
    let (last, others) = query.items("rtable").split_last()?;
    let group = last.record().filter(|range| range.atom("rtekind") == Some(GROUP))?;
    let replaced = Replaced { range: others.len() + 1, expressions: group.items("groupexprs") };
    let fields = query.fields.iter().map(|(name, value)| {
        let value = match name.as_str() {
            "rtable" => Node::List(others.to_vec()),
            "hasGroupRTE" => Node::Atom("false".to_owned()),
            _ => replaced.node(value)?,
        };
        Some((name.clone(), value))
    });
    Some(Record { fields: fields.collect::<Option<_>>()?, ..query.clone() })
}

/// References to a relation, each of which becomes what that has there.
struct Replaced<'a> {
    range: usize,
    expressions: &'a [Node],
}

impl Replaced<'_> {
    /// `None` where a query in it refers to the relation, too.
    fn node(&self, node: &Node) -> Option<Node> {
        match node {
            Node::Atom(_) => Some(node.clone()),
            Node::List(items) => {
                items.iter().map(|item| self.node(item)).collect::<Option<_>>().map(Node::List)
            }
            Node::Record(record) if record.kind == "QUERY" => {
                let mut refers = false;
                node.visit(&mut |inner| {
                    let is_outer = inner.atom("varlevelsup") != Some("0");
                    refers |= self.is_of_it(inner) && is_outer;
                });
                (!refers).then(|| node.clone())
            }
            Node::Record(record) if self.is_of_it(record) => {
                let place: usize = record.number("varattno")?;
                self.expressions.get(place.checked_sub(1)?).cloned()
            }
            Node::Record(record) => {
                let fields = record
                    .fields
                    .iter()
                    .map(|(name, value)| Some((name.clone(), self.node(value)?)));
                let fields = fields.collect::<Option<_>>()?;
                Some(Node::Record(Record { fields, ..record.clone() }))
            }
        }
    }

    fn is_of_it(&self, record: &Record) -> bool {
        record.kind == "VAR" && record.number("varno") == Some(self.range)
    }
}
