//! T9: what a query selects twice, it sorts, groups and tells apart by the first of them. The server prints only what it sorts
//! by, and finds the first when it reads that.

use std::collections::{BTreeMap, BTreeSet};

use super::tree::{Node, Record};

const REFERENCE: &str = "ressortgroupref";

/// A query whose references to what it selects are numbered from 1 on, in the order in which that stands there, each of them
/// to the first of those that are alike. What is inside of `query` is canonical already.
pub(super) fn referred_to_once(query: Record) -> Record {
    let targets = query.items("targetList");
    let references: Vec<Option<u32>> = targets.iter().map(reference).collect();
    if references.iter().all(Option::is_none) || groups_in_sets(&query) {
        return query;
    }
    let first_alike =
        |target: &Node| targets.iter().position(|other| expression(other) == expression(target));
    // By the place of the first of those that are alike: what refers to them.
    let mut referred: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
    for (target, reference) in targets.iter().zip(&references) {
        if let (Some(first), Some(reference)) = (first_alike(target), reference) {
            referred.entry(first).or_default().push(*reference);
        }
    }
    let numbered: BTreeMap<usize, u32> = referred.keys().copied().zip(1..).collect();
    let renumbered: BTreeMap<u32, u32> = referred
        .iter()
        .flat_map(|(first, references)| {
            references.iter().map(|reference| (*reference, numbered[first]))
        })
        .collect();
    let targets = targets.iter().enumerate().map(|(place, target)| {
        let number = numbered.get(&place).copied().unwrap_or(0);
        with_number(target, REFERENCE, number)
    });
    let targets = Node::List(targets.collect());
    let windows = query.items("windowClause").iter().map(|window| match window {
        Node::Record(window) => {
            let fields = ["partitionClause", "orderClause"];
            Node::Record(with_clauses(window.clone(), &fields, &renumbered))
        }
        other => other.clone(),
    });
    let windows = Node::List(windows.collect());
    let fields = ["sortClause", "groupClause", "distinctClause"];
    let has_windows = !query.items("windowClause").is_empty();
    let query = with_clauses(query.with("targetList", targets), &fields, &renumbered);
    if has_windows { query.with("windowClause", windows) } else { query }
}

/// Whether anything refers to what is selected in another way: by the lists of `GROUPING SETS` and `GROUPING (…)`.
fn groups_in_sets(query: &Record) -> bool {
    let mut calls_grouping = false;
    for (_, value) in &query.fields {
        value.visit(&mut |record| calls_grouping |= record.kind == "GROUPINGFUNC");
    }
    calls_grouping || !query.items("groupingSets").is_empty()
}

fn reference(target: &Node) -> Option<u32> {
    target.record()?.number(REFERENCE).filter(|number| *number != 0)
}

fn expression(target: &Node) -> Option<&Node> {
    target.record()?.get("expr")
}

fn without_direction(item: &Node) -> Node {
    match item {
        Node::Record(item) => {
            let item = item.clone().with("sortop", Node::Atom("0".to_owned()));
            Node::Record(item.with("nulls_first", Node::Atom("false".to_owned())))
        }
        other => other.clone(),
    }
}

fn with_number(node: &Node, field: &str, number: u32) -> Node {
    match node {
        Node::Record(record) => {
            Node::Record(record.clone().with(field, Node::Atom(number.to_string())))
        }
        other => other.clone(),
    }
}

/// The same with other numbers in these lists, each number once: nothing is left to sort where it was sorted before.
fn with_clauses(record: Record, fields: &[&str], renumbered: &BTreeMap<u32, u32>) -> Record {
    fields.iter().fold(record, |record, field| {
        let mut items: Vec<Node> = Vec::new();
        let mut seen = BTreeSet::new();
        for item in record.items(field) {
            let number = item.record().and_then(|item| item.number("tleSortGroupRef"));
            let number = number.and_then(|number: u32| renumbered.get(&number));
            match number {
                Some(number) if !seen.insert(number) => {}
                Some(number) => {
                    let item = with_number(item, "tleSortGroupRef", *number);
                    // It takes that of ORDER BY, and is in no order by itself.
                    items.push(if *field == "groupClause" {
                        without_direction(&item)
                    } else {
                        item
                    });
                }
                None => items.push(item.clone()),
            }
        }
        if items.is_empty() { record } else { record.with(field, Node::List(items)) }
    })
}
