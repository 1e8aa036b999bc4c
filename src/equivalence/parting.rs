//! Where two different trees first part, in SQL terms.

use super::analyser::{Catalog, Oids};
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
    Teller { catalog }.nodes(one, other)
}

struct Teller<'a> {
    catalog: &'a Catalog,
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
                    (None, std::cmp::Ordering::Greater) => {
                        Some(format!("{} against nothing", self.name(ones.get(others.len())?)))
                    }
                    (None, _) => {
                        Some(format!("nothing against {}", self.name(others.get(ones.len())?)))
                    }
                }
            }
            _ => Some(format!("{} against {}", self.name(one), self.name(other))),
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
            "SQLVALUEFUNCTION" => &["op"],
            "VAR" | "CONST" => return Some(self.leaves(one, other)),
            _ => &[],
        };
        // A comparison of other operands may be another operator only for their types.
        if one.kind == "OPEXPR" && self.operator(one) == self.operator(other) {
            if let Some(told) = self.inner(one, other) {
                return Some(told);
            }
        }
        if head.iter().any(|field| one.get(field) != other.get(field)) {
            return Some(self.both(one, other));
        }
        self.inner(one, other).or_else(|| Some(self.both(one, other)))
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
                    flat = flat.or_else(|| self.field(&one.kind, field, value, against));
                }
                _ => deep = deep.or_else(|| self.nodes(value, against)),
            }
        }
        deep.or(flat)
    }

    fn field(&self, kind: &str, field: &str, one: &str, other: &str) -> Option<String> {
        let names = match field {
            "inputcollid" | "collOid" | "constcollid" | "resultcollid" => &self.catalog.collations,
            "relid" => &self.catalog.relations,
            "resulttype" | "funcresulttype" | "array_typeid" => &self.catalog.types,
            "limitOption" | "jointype" | "inh" | "setOperations" | "resname" | "sortop"
            | "nulls_first" => {
                return Some(format!("{field} {one} against {other} in {}", words(kind)));
            }
            _ => return None,
        };
        let name = |number: &str| {
            let known = number.parse::<u32>().ok().and_then(|number| names.get(&number));
            known.map_or_else(|| "none".to_owned(), |name| format!("`{name}`"))
        };
        let what = match field {
            "relid" => "table",
            "resulttype" | "funcresulttype" | "array_typeid" => "type",
            _ => "collation",
        };
        Some(format!("{what} {} against {}", name(one), name(other)))
    }

    fn leaves(&self, one: &Record, other: &Record) -> String {
        let (name, against) = (self.record_name(one), self.record_name(other));
        if name != against {
            return format!(
                "{name} against {}",
                against.strip_prefix("constant ").unwrap_or(&against)
            );
        }
        let kind = |record: &Record| {
            let number = record.number::<u32>("consttype").or_else(|| record.number("vartype"));
            number
                .and_then(|number| self.catalog.types.get(&number))
                .map_or("unknown", String::as_str)
        };
        if kind(one) == kind(other) {
            return format!("{name} against another {name}");
        }
        format!("{name} of type `{}` against `{}`", kind(one), kind(other))
    }

    fn both(&self, one: &Record, other: &Record) -> String {
        let (name, against) = (self.record_name(one), self.record_name(other));
        if name == against {
            let signature = |record: &Record| {
                let known = record
                    .number("opno")
                    .and_then(|number: u32| self.catalog.operators.get(&number));
                known.map(|operator| format!("operator `{}`", operator.signature))
            };
            return match (signature(one), signature(other)) {
                (Some(one), Some(other)) if one != other => format!("{one} against {other}"),
                _ => format!("{name} against another {name}"),
            };
        }
        // "operator `<` against `<=`" reads better than the word twice.
        match (name.split_once(' '), against.split_once(' ')) {
            (Some((what @ "operator", _)), Some((again, rest))) if what == again => {
                format!("{name} against {rest}")
            }
            _ => format!("{name} against {against}"),
        }
    }

    fn operator(&self, record: &Record) -> Option<&str> {
        let number = record.number::<u32>("opno")?;
        self.catalog.operators.get(&number).map(|operator| operator.name.as_str())
    }

    fn name(&self, node: &Node) -> String {
        match node {
            Node::Record(record) => self.record_name(record),
            Node::List(items) => match items.as_slice() {
                [] => "nothing".to_owned(),
                [first, ..] => self.name(first),
            },
            Node::Atom(text) if text == "<>" => "nothing".to_owned(),
            Node::Atom(text) => format!("`{text}`"),
        }
    }

    fn record_name(&self, record: &Record) -> String {
        let label = record.label.0.as_deref();
        let function = |field: &str| {
            let known =
                record.number(field).and_then(|number: u32| self.catalog.functions.get(&number));
            known.map_or_else(
                || "a function".to_owned(),
                |known| format!("function {}", known.signature),
            )
        };
        let cast = || {
            let known =
                record.number("resulttype").and_then(|number: u32| self.catalog.types.get(&number));
            known.map_or_else(|| "a cast".to_owned(), |name| format!("a cast to `{name}`"))
        };
        match record.kind.as_str() {
            "VAR" => label.map_or_else(|| "a column".to_owned(), |name| format!("`{name}`")),
            "CONST" => {
                label.map_or_else(|| "a constant".to_owned(), |text| format!("constant {text}"))
            }
            "OPEXPR" => format!("operator `{}`", self.operator(record).unwrap_or("?")),
            "SCALARARRAYOPEXPR" => {
                let word = if record.atom("useOr") == Some("true") { "ANY" } else { "ALL" };
                format!("operator `{} {word}`", self.operator(record).unwrap_or("?"))
            }
            "FUNCEXPR" => function("funcid"),
            "AGGREF" => function("aggfnoid"),
            "WINDOWFUNC" => function("winfnoid"),
            "RELABELTYPE" | "COERCEVIAIO" | "ARRAYCOERCEEXPR" | "COERCETODOMAIN"
            | "CONVERTROWTYPEEXPR" => cast(),
            "BOOLEXPR" => record.atom("boolop").unwrap_or_default().to_uppercase(),
            "NULLTEST" if record.atom("nulltesttype") == Some("0") => "IS NULL".to_owned(),
            "NULLTEST" => "IS NOT NULL".to_owned(),
            "BOOLEANTEST" => {
                let tests = ["TRUE", "NOT TRUE", "FALSE", "NOT FALSE", "UNKNOWN", "NOT UNKNOWN"];
                let test =
                    record.number("booltesttype").and_then(|number: usize| tests.get(number));
                format!("IS {}", test.unwrap_or(&"…"))
            }
            "SUBLINK" if record.atom("subLinkType") == Some("0") => "EXISTS".to_owned(),
            kind => words(kind),
        }
    }
}

/// What SQL calls other kinds of nodes.
fn words(kind: &str) -> String {
    let known = match kind {
        "CASEEXPR" | "CASE" => "CASE",
        "COALESCEEXPR" | "COALESCE" => "COALESCE",
        "MINMAXEXPR" | "MINMAX" => "GREATEST or LEAST",
        "NULLIFEXPR" => "NULLIF",
        "DISTINCTEXPR" => "IS DISTINCT FROM",
        "ARRAYEXPR" => "ARRAY",
        "ROWEXPR" | "ROW" => "ROW",
        "COLLATEEXPR" => "COLLATE",
        "SUBLINK" => "a subquery",
        "SUBSCRIPTINGREF" => "a subscript",
        "FIELDSELECT" => "a field of a row",
        "SQLVALUEFUNCTION" => "a function without parentheses",
        "QUERY" => "a query",
        "RANGETBLENTRY" => "the FROM list",
        "TARGETENTRY" => "the select list",
        "SORTGROUPCLAUSE" => "ORDER BY, GROUP BY or DISTINCT",
        "JOINEXPR" => "JOIN",
        _ => return kind.to_lowercase(),
    };
    known.to_owned()
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
