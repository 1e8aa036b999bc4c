//! Rules that say of two different trees that they mean the same. Each says only what SQL guarantees.

use std::collections::BTreeSet;

use super::analyser::{Catalog, Oids};
use super::array;
use super::canonical::{boolean_constant, flattened};
use super::tree::{Node, Record};

/// One such rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rule {
    Array,
    List,
    Order,
    ListOrder,
    Commuted,
    Negated,
    Truth,
    Exists,
    Now,
}

const RULES: [Rule; 9] = [
    Rule::Array,
    Rule::List,
    Rule::Order,
    Rule::ListOrder,
    Rule::Commuted,
    Rule::Negated,
    Rule::Truth,
    Rule::Exists,
    Rule::Now,
];

impl Rule {
    fn words(self) -> &'static str {
        match self {
            Self::Array => "ARRAY[…] as a constant",
            Self::List => "IN is an OR of comparisons",
            Self::Order => "AND and OR in another order",
            Self::ListOrder => "a list in another order",
            Self::Commuted => "operands exchanged",
            Self::Negated => "NOT moved inwards",
            Self::Truth => "a comparison with true or false left out",
            Self::Exists => "EXISTS ignores what is selected",
            Self::Now => "now() is CURRENT_TIMESTAMP",
        }
    }
}

/// What makes two different canonical trees the same, if anything does.
pub(super) fn why_equivalent(one: &Node, other: &Node, catalog: &Catalog) -> Option<String> {
    let arrays = &array::types([one, other]);
    let equal = |rules: &BTreeSet<Rule>| {
        let tolerant = Tolerant { rules, catalog, arrays };
        tolerant.node(one) == tolerant.node(other)
    };
    let mut needed: BTreeSet<Rule> = RULES.into_iter().collect();
    if !equal(&needed) {
        return None;
    }
    for rule in RULES {
        needed.remove(&rule);
        if !equal(&needed) {
            needed.insert(rule);
        }
    }
    let words: Vec<&str> = needed.into_iter().map(Rule::words).collect();
    Some(words.join("; "))
}

/// The operators and functions that the rules must know of.
pub(super) fn needed(node: &Node, oids: &mut Oids) {
    node.visit(&mut |record| match record.kind.as_str() {
        "OPEXPR" | "SCALARARRAYOPEXPR" | "DISTINCTEXPR" | "NULLIFEXPR" => {
            oids.operators.extend(record.number::<u32>("opno"));
        }
        "FUNCEXPR" => oids.functions.extend(record.number::<u32>("funcid")),
        _ => {}
    });
}

struct Tolerant<'a> {
    rules: &'a BTreeSet<Rule>,
    catalog: &'a Catalog,
    /// The types of arrays, as far as they are known.
    arrays: &'a BTreeSet<String>,
}

/// `path + path` appends one to the other, though `pg_operator` calls it its own commutator. So does `+` of `intarray`: of what
/// is not built in, only comparisons are believed.
const APPENDS: u32 = 735;
/// The first number that is given to what is not built in.
const FIRST_OF_USERS: u32 = 16384;
/// The type of what a comparison gives.
const BOOLEAN: &str = "16";

const BOOLEAN_EQUAL: u32 = 91;
const BOOLEAN_UNEQUAL: u32 = 85;
const NOW: [&str; 2] = ["1299", "2647"];
const CURRENT_TIMESTAMP: &str = "3";
const EXISTS: &str = "0";

impl Tolerant<'_> {
    fn node(&self, node: &Node) -> Node {
        match node {
            Node::Atom(_) => node.clone(),
            Node::List(items) => Node::List(items.iter().map(|item| self.node(item)).collect()),
            Node::Record(record) => {
                let fields =
                    record.fields.iter().map(|(name, value)| (name.clone(), self.node(value)));
                self.record(Record { fields: fields.collect(), ..record.clone() })
            }
        }
    }

    fn on(&self, rule: Rule) -> bool {
        self.rules.contains(&rule)
    }

    /// What is inside of `record` went through the rules already.
    fn record(&self, record: Record) -> Node {
        match record.kind.as_str() {
            "BOOLEXPR" => self.boolean(record),
            "OPEXPR" => self.operator(record),
            "CONST"
                if self.on(Rule::Array)
                    && record.atom("consttype").is_some_and(|it| self.arrays.contains(it)) =>
            {
                Node::Record(array::constructed(&record).unwrap_or(record))
            }
            "DISTINCTEXPR" => self.commuted(record),
            "SCALARARRAYOPEXPR" => self.list(record),
            "SUBLINK" if self.on(Rule::Exists) => exists(record),
            "FUNCEXPR"
                if self.on(Rule::Now)
                    && record.atom("funcid").is_some_and(|id| NOW.contains(&id)) =>
            {
                Node::Atom("now".to_owned())
            }
            "SQLVALUEFUNCTION"
                if self.on(Rule::Now) && record.atom("op") == Some(CURRENT_TIMESTAMP) =>
            {
                Node::Atom("now".to_owned())
            }
            _ => Node::Record(record),
        }
    }

    fn boolean(&self, record: Record) -> Node {
        if record.atom("boolop") == Some("not") {
            let negated = record.items("args").first().filter(|_| self.on(Rule::Negated));
            return negated.and_then(|inner| self.negated(inner)).unwrap_or(Node::Record(record));
        }
        let flat = flattened(record);
        let Node::Record(record) = flat else { return flat };
        if !self.on(Rule::Order) {
            return Node::Record(record);
        }
        let mut items = record.items("args").to_vec();
        items.sort();
        items.dedup_by(|one, other| one == other && self.is_steady(one));
        match <[Node; 1]>::try_from(items) {
            Ok([only]) => only,
            Err(items) => Node::Record(record.with("args", Node::List(items))),
        }
    }

    /// The opposite of a node, where there is one without NOT.
    fn negated(&self, node: &Node) -> Option<Node> {
        let record = node.record()?.clone();
        match record.kind.as_str() {
            "OPEXPR" => {
                let opposite = self.catalog.operators.get(&record.number("opno")?)?.negator?;
                Some(self.operator(record.with("opno", Node::Atom(opposite.to_string()))))
            }
            "SCALARARRAYOPEXPR" => {
                let opposite = self.catalog.operators.get(&record.number("opno")?)?.negator?;
                let any = if record.atom("useOr") == Some("true") { "false" } else { "true" };
                let record = record.with("opno", Node::Atom(opposite.to_string()));
                Some(self.list(record.with("useOr", Node::Atom(any.to_owned()))))
            }
            "NULLTEST" if record.atom("argisrow") == Some("false") => {
                flipped(record, "nulltesttype")
            }
            "BOOLEANTEST" => flipped(record, "booltesttype"),
            "BOOLEXPR" if record.atom("boolop") == Some("not") => {
                record.items("args").first().cloned()
            }
            "BOOLEXPR" => {
                let other = if record.atom("boolop") == Some("and") { "or" } else { "and" };
                let items = record.items("args").iter().map(|item| {
                    self.negated(item).unwrap_or_else(|| boolean("not", vec![item.clone()]))
                });
                let items = items.collect();
                Some(
                    self.boolean(
                        record
                            .with("boolop", Node::Atom(other.to_owned()))
                            .with("args", Node::List(items)),
                    ),
                )
            }
            _ => None,
        }
    }

    fn operator(&self, record: Record) -> Node {
        let [left, right] = record.items("args") else { return Node::Record(record) };
        let Some(number) = record.number::<u32>("opno") else { return Node::Record(record) };
        if self.on(Rule::Truth) && matches!(number, BOOLEAN_EQUAL | BOOLEAN_UNEQUAL) {
            let truth = [(left, right), (right, left)].into_iter().find_map(|(constant, other)| {
                boolean_constant(constant).map(|truth| (truth, other))
            });
            if let Some((truth, other)) = truth {
                if truth == (number == BOOLEAN_EQUAL) {
                    return other.clone();
                }
                let negation = Record::new("BOOLEXPR", boolean_fields("not", vec![other.clone()]));
                return self.boolean(negation);
            }
        }
        self.commuted(record)
    }

    /// The smaller of a comparison and of the one with its operands exchanged.
    fn commuted(&self, record: Record) -> Node {
        let [left, right] = record.items("args") else { return Node::Record(record) };
        let operator = record.number::<u32>("opno").filter(|number| {
            let compares =
                record.kind == "DISTINCTEXPR" || record.atom("opresulttype") == Some(BOOLEAN);
            compares || *number < FIRST_OF_USERS && *number != APPENDS
        });
        let operator = operator.and_then(|number| self.catalog.operators.get(&number));
        let commutator = operator.and_then(|operator| operator.commutator);
        let Some(commutator) = commutator.filter(|_| self.on(Rule::Commuted)) else {
            return Node::Record(record);
        };
        let exchanged = Node::List(vec![right.clone(), left.clone()]);
        let exchanged =
            record.clone().with("opno", Node::Atom(commutator.to_string())).with("args", exchanged);
        Node::Record(if exchanged < record { exchanged } else { record })
    }

    /// `x = ANY (ARRAY[…])` as OR, `x <> ALL (ARRAY[…])` as AND.
    fn list(&self, record: Record) -> Node {
        let [tested, list] = record.items("args") else { return Node::Record(record) };
        let Some(array) =
            list.of_kind("ARRAYEXPR").filter(|array| array.atom("multidims") == Some("false"))
        else {
            return Node::Record(record);
        };
        let elements = array.items("elements");
        if self.on(Rule::List) && self.is_steady(tested) && !elements.is_empty() {
            let fields = ["opno", "inputcollid"].map(|name| record.get(name).cloned());
            let [Some(opno), Some(collation)] = fields else { return Node::Record(record) };
            let comparisons = elements.iter().map(|element| {
                let fields = [
                    ("opno", opno.clone()),
                    ("opresulttype", Node::Atom("16".to_owned())),
                    ("opretset", Node::Atom("false".to_owned())),
                    ("opcollid", Node::Atom("0".to_owned())),
                    ("inputcollid", collation.clone()),
                    ("args", Node::List(vec![tested.clone(), element.clone()])),
                ];
                let fields = fields.map(|(name, value)| (name.to_owned(), value));
                self.operator(Record::new("OPEXPR", fields.into()))
            });
            let word = if record.atom("useOr") == Some("true") { "or" } else { "and" };
            let comparisons: Vec<Node> = comparisons.collect();
            return match <[Node; 1]>::try_from(comparisons) {
                Ok([only]) => only,
                Err(items) => self.boolean(Record::new("BOOLEXPR", boolean_fields(word, items))),
            };
        }
        if !self.on(Rule::ListOrder) {
            return Node::Record(record);
        }
        let mut sorted = elements.to_vec();
        sorted.sort();
        sorted.dedup_by(|one, other| one == other && self.is_steady(one));
        let array = Node::Record(array.clone().with("elements", Node::List(sorted)));
        let arguments = Node::List(vec![tested.clone(), array]);
        Node::Record(record.with("args", arguments))
    }

    /// Whether a node gives the same each time within one statement.
    fn is_steady(&self, node: &Node) -> bool {
        let mut steady = true;
        node.visit(&mut |record| {
            steady &= match record.kind.as_str() {
                "FUNCEXPR" => record
                    .number::<u32>("funcid")
                    .and_then(|id| self.catalog.functions.get(&id))
                    .is_some_and(|function| !function.volatile),
                "OPEXPR" | "DISTINCTEXPR" | "NULLIFEXPR" | "SCALARARRAYOPEXPR" => record
                    .number::<u32>("opno")
                    .and_then(|number| self.catalog.operators.get(&number))
                    .is_some_and(|operator| !operator.volatile),
                "SUBLINK" | "NEXTVALUEEXPR" => false,
                _ => true,
            };
        });
        steady
    }
}

fn boolean(word: &str, items: Vec<Node>) -> Node {
    Node::Record(Record::new("BOOLEXPR", boolean_fields(word, items)))
}

fn boolean_fields(word: &str, items: Vec<Node>) -> Vec<(String, Node)> {
    vec![("boolop".to_owned(), Node::Atom(word.to_owned())), ("args".to_owned(), Node::List(items))]
}

/// The tests come in pairs of opposites: 0 and 1, 2 and 3, 4 and 5.
fn flipped(record: Record, field: &str) -> Option<Node> {
    let opposite = record.number::<u8>(field)? ^ 1;
    Some(Node::Record(record.with(field, Node::Atom(opposite.to_string()))))
}

/// What EXISTS selects does not matter, unless it decides how many rows there are.
fn exists(record: Record) -> Node {
    let query = record
        .get("subselect")
        .and_then(Node::record)
        .filter(|_| record.atom("subLinkType") == Some(EXISTS));
    let Some(query) = query else { return Node::Record(record) };
    let plain = ["hasAggs", "hasTargetSRFs"].iter().all(|field| query.atom(field) == Some("false"));
    let empty = [
        "setOperations",
        "groupClause",
        "groupingSets",
        "havingQual",
        "distinctClause",
        "sortClause",
    ];
    if !plain || !empty.iter().all(|field| query.get(field).is_some_and(Node::is_nothing)) {
        return Node::Record(record);
    }
    let query = query.clone().with("targetList", Node::nothing());
    Node::Record(record.with("subselect", Node::Record(query)))
}

#[cfg(test)]
mod tests {
    use super::super::analyser::Operator;
    use super::*;

    fn why(one: &str, other: &str) -> Option<String> {
        let operator = |commutator, negator| Operator {
            commutator: Some(commutator),
            negator: Some(negator),
            ..Operator::default()
        };
        let mut catalog = Catalog::default();
        catalog.operators.insert(97, operator(521, 525));
        catalog.operators.insert(521, operator(97, 523));
        catalog.operators.insert(525, operator(523, 97));
        catalog.operators.insert(523, operator(525, 521));
        let read = |text| Node::read(text).expect("reads");
        why_equivalent(&read(one), &read(other), &catalog)
    }

    #[test]
    fn the_rule_that_was_needed_is_named() {
        let and = |items: &str| format!("{{BOOLEXPR :boolop and :args ({items})}}");
        assert_eq!(why(&and("a b"), &and("b a")).as_deref(), Some("AND and OR in another order"));
        assert_eq!(why(&and("a b"), &and("b c")), None);
        assert_eq!(
            why("{OPEXPR :opno 97 :args (a b)}", "{OPEXPR :opno 521 :args (b a)}").as_deref(),
            Some("operands exchanged")
        );
        assert_eq!(why("{OPEXPR :opno 97 :args (a b)}", "{OPEXPR :opno 97 :args (b a)}"), None);
        let not = "{BOOLEXPR :boolop not :args ({OPEXPR :opno 97 :args (a b)})}";
        assert_eq!(
            why(not, "{OPEXPR :opno 525 :args (a b)}").as_deref(),
            Some("NOT moved inwards")
        );
        assert_eq!(why(not, "{OPEXPR :opno 97 :args (a b)}"), None);
    }

    #[test]
    fn the_null_test_of_a_row_has_no_opposite() {
        let test = |row: bool, kind: u8| {
            format!("{{NULLTEST :arg a :nulltesttype {kind} :argisrow {row}}}")
        };
        let not = |inner: &str| format!("{{BOOLEXPR :boolop not :args ({inner})}}");
        assert!(why(&not(&test(false, 0)), &test(false, 1)).is_some());
        assert!(why(&not(&test(true, 0)), &test(true, 1)).is_none());
    }
}
