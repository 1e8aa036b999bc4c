//! Where two different trees first part, in SQL terms.

use super::analyser::{Catalog, Oids};
use super::names::Names;
use super::tree::{Node, Record};

/// Everything of a tree that messages may have to call by name.
pub(super) fn named(node: &Node, oids: &mut Oids) {
    super::tolerant::needed(node, oids);
    node.visit(&mut |record| {
        for (field, value) in &record.fields {
            let set = match field.as_str() {
                "aggfnoid" | "winfnoid" => &mut oids.functions,
                "consttype" | "vartype" | "resulttype" | "funcresulttype" | "opresulttype"
                | "array_typeid" => &mut oids.types,
                "inputcollid" | "collOid" | "constcollid" | "resultcollid" => &mut oids.collations,
                "relid" => &mut oids.relations,
                _ => continue,
            };
            set.extend(
                value
                    .atom()
                    .and_then(|number| number.parse::<u32>().ok())
                    .filter(|number| *number != 0),
            );
        }
    });
}

/// What stands in the first tree against what stands in the second, where they first part.
pub(super) fn parting(one: &Node, other: &Node, catalog: &Catalog) -> Option<String> {
    Teller { names: Names { catalog } }.nodes(one, other)
}

struct Teller<'a> {
    names: Names<'a>,
}

impl Teller<'_> {
    fn nodes(&self, one: &Node, other: &Node) -> Option<String> {
        match (one, other) {
            (Node::Record(one), Node::Record(other)) if one.kind == other.kind => {
                self.records(one, other)
            }
            (Node::List(ones), Node::List(others)) => {
                let pair = ones.iter().zip(others).find(|(one, other)| one != other);
                match (pair, ones.len().cmp(&others.len())) {
                    (Some((one, other)), _) => self.nodes(one, other),
                    (None, std::cmp::Ordering::Greater) => Some(format!(
                        "{} against nothing",
                        self.names.node(ones.get(others.len())?)
                    )),
                    (None, _) => Some(format!(
                        "nothing against {}",
                        self.names.node(others.get(ones.len())?)
                    )),
                }
            }
            _ => Some(against(&self.names.node(one), &self.names.node(other))),
        }
    }

    fn records(&self, one: &Record, other: &Record) -> Option<String> {
        let head: &[&str] = match one.kind.as_str() {
            "OPEXPR" | "SCALARARRAYOPEXPR" | "DISTINCTEXPR" | "NULLIFEXPR" => &["opno", "useOr"],
            "FUNCEXPR" => &["funcid"],
            "AGGREF" => &["aggfnoid"],
            "BOOLEXPR" => &["boolop"],
            "NULLTEST" => &["nulltesttype"],
            "BOOLEANTEST" => &["booltesttype"],
            "SUBLINK" => &["subLinkType"],
            "MINMAXEXPR" | "MINMAX" | "SQLVALUEFUNCTION" => &["op"],
            "SETOPERATIONSTMT" => &["op", "all"],
            "JOINEXPR" => &["jointype"],
            "SORTGROUPCLAUSE" => &["sortop", "nulls_first"],
            "ROWCOMPAREEXPR" | "ROWCOMPARE" => &["opnos"],
            "ROWMARKCLAUSE" => &["strength"],
            "VAR" | "CONST" => return Some(self.leaves(one, other)),
            _ => &[],
        };
        // A comparison of other operands may be another operator only for their types.
        if one.kind == "OPEXPR"
            && self.names.operator(one) == self.names.operator(other)
            && let Some(told) = self.inner(one, other)
        {
            return Some(told);
        }
        if head.iter().any(|field| one.get(field) != other.get(field)) {
            return Some(self.both(one, other));
        }
        let operands = (one.items("args"), other.items("args"));
        if one.kind == "BOOLEXPR"
            && let Some(told) = self.operands(operands.0, operands.1)
        {
            return Some(told);
        }
        self.inner(one, other).or_else(|| Some(self.both(one, other)))
    }

    /// Of operands in any order, the first one against the one that stands there in its place.
    fn operands(&self, ones: &[Node], others: &[Node]) -> Option<String> {
        let one = ones.iter().find(|one| !others.contains(one))?;
        let other = others.iter().find(|other| !ones.contains(other))?;
        self.nodes(one, other)
    }

    /// The first field that differs and can be told.
    fn inner(&self, one: &Record, other: &Record) -> Option<String> {
        // What is executed comes before what is returned.
        let (mut flat, mut deep) = (None, None);
        for (field, value) in &one.fields {
            let Some(against) = other.get(field).filter(|against| *against != value) else {
                continue;
            };
            match (value, against) {
                (Node::Atom(value), Node::Atom(against)) => {
                    flat = flat.or_else(|| self.names.field(field, value, against));
                }
                _ => deep = deep.or_else(|| self.nodes(value, against)),
            }
        }
        deep.or(flat)
    }

    fn leaves(&self, one: &Record, other: &Record) -> String {
        let (name, another) = (self.names.record(one), self.names.record(other));
        match (self.names.leaf_type(one), self.names.leaf_type(other)) {
            (Some(kind), Some(other)) if name == another && kind != other => {
                format!("{name} of type `{kind}` against `{other}`")
            }
            _ => against(&name, &another),
        }
    }

    fn both(&self, one: &Record, other: &Record) -> String {
        let (name, another) = (self.names.record(one), self.names.record(other));
        match (self.names.signature(one), self.names.signature(other)) {
            (Some(one), Some(other)) if name == another && one != other => {
                format!("operator `{one}` against `{other}`")
            }
            _ => against(&name, &another),
        }
    }
}

/// "operator `<` against `<=`" reads better than the word twice.
fn against(one: &str, other: &str) -> String {
    if one == other {
        return format!("{one} against another one");
    }
    let shared = ["operator ", "function ", "constant ", "a cast to "]
        .iter()
        .find(|word| one.starts_with(**word) && other.starts_with(**word));
    let rest = shared.and_then(|word| other.strip_prefix(word)).unwrap_or(other);
    format!("{one} against {rest}")
}

#[cfg(test)]
mod tests {
    use super::super::analyser::{Function, Operator};
    use super::super::tree::Label;
    use super::*;

    fn told(one: &str, other: &str) -> Option<String> {
        let mut catalog = Catalog::default();
        for (number, name) in [(97, "<"), (523, "<=")] {
            let signature = format!("{name}(integer,integer)");
            catalog.operators.insert(
                number,
                Operator { name: name.to_owned(), signature, ..Operator::default() },
            );
        }
        let signature = "auth.uid()".to_owned();
        catalog.functions.insert(7, Function { signature, volatile: false });
        let read = |text| Node::read(text).expect("reads");
        parting(&read(one), &read(other), &catalog)
    }

    #[test]
    fn the_first_difference_is_told_in_sql() {
        let op =
            |number: u32, arguments: &str| format!("{{OPEXPR :opno {number} :args ({arguments})}}");
        assert_eq!(told(&op(97, "a"), &op(523, "a")).as_deref(), Some("operator `<` against `<=`"));
        let null = |kind: u8| format!("{{NULLTEST :arg a :nulltesttype {kind}}}");
        assert_eq!(told(&null(0), &null(1)).as_deref(), Some("IS NULL against IS NOT NULL"));
        let function = "{FUNCEXPR :funcid 7 :args <>}";
        assert_eq!(
            told(function, &null(0)).as_deref(),
            Some("function auth.uid() against IS NULL")
        );
        let and = |items: &str| format!("{{BOOLEXPR :boolop and :args ({items})}}");
        let (one, two) = (null(0), format!("{} {function}", null(0)));
        assert_eq!(
            told(&and(&one), &and(&two)).as_deref(),
            Some("nothing against function auth.uid()")
        );
    }

    #[test]
    fn leaves_are_called_by_their_labels() {
        let catalog = Catalog::default();
        let leaf = |kind: &str, number: &str, label: &str| {
            let fields = vec![("varattno".to_owned(), Node::Atom(number.to_owned()))];
            Node::Record(Record {
                label: Label(Some(label.to_owned())),
                ..Record::new(kind, fields)
            })
        };
        let told =
            |kind, one, other| parting(&leaf(kind, "1", one), &leaf(kind, "2", other), &catalog);
        assert_eq!(told("VAR", "status", "role").as_deref(), Some("`status` against `role`"));
        assert_eq!(told("CONST", "'a'", "'b'").as_deref(), Some("constant 'a' against 'b'"));
    }
}
