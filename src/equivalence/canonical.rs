//! The canonical form of an analysed tree (rules T1 to T12): what only tells how something was written goes, what it
//! means stays. Unknown fields stay too, so a newer server can only cause a difference, never hide one.

use super::coercion::{coerced_elements, relabelled};
use super::label::Source;
use super::minus::negated;
use super::targets::referred_to_once;
use super::tree::{Label, Node, Record, unescape};
use super::ungrouped::ungrouped;
use super::values::without_subquery;

/// T1: fields that tell where and how something was written, or repeat what another field says.
const DROPPED: &[&str] = &[
    "location",
    "stmt_location",
    "stmt_len",
    "list_start",
    "list_end",
    "funcformat",
    "relabelformat",
    "coerceformat",
    "coercionformat",
    "convertformat",
    "row_format",
    "alias",
    "eref",
    "join_using_alias",
    "aliascolnames",
    // Which columns are equal stands in the condition, and which of them is seen in the join's own.
    "isNatural",
    "usingClause",
    "resname",
    "requiredPerms",
    "checkAsUser",
    "selectedCols",
    "insertedCols",
    "updatedCols",
    "extraUpdatedCols",
    "perminfoindex",
    "rteperminfos",
    "rellockmode",
    "relkind",
    "opfuncid",
    "hashfuncid",
    "negfuncid",
    "varnosyn",
    "varattnosyn",
    "resorigtbl",
    "resorigcol",
    "inFromCl",
    "constlen",
    "constbyval",
    // The operator itself stands in the test expression.
    "operName",
];

/// The canonical form of an expression or a query. `ranges` are the relations of the query around it.
pub(super) fn canonical(node: &Node, source: &Source<'_>, ranges: &[Node]) -> Node {
    let node = node.mapped(&|record| without_subquery(ungrouped(record)));
    let mut around = vec![ranges];
    Canon { source, names: depends_on_names(&node) }.node(&node, &mut around)
}

/// T5: under a whole row, or where a function's columns are declared, names of columns are part of the meaning.
fn depends_on_names(node: &Node) -> bool {
    let mut found = false;
    node.visit(&mut |record| {
        found |= match record.kind.as_str() {
            "VAR" => record.atom("varattno") == Some("0"),
            "RANGETBLFUNCTION" => !record.items("funccolnames").is_empty(),
            _ => false,
        };
    });
    found
}

struct Canon<'a> {
    source: &'a Source<'a>,
    names: bool,
}

impl Canon<'_> {
    /// `around` are the relations of the queries around `node`, the innermost last.
    fn node<'n>(&self, node: &'n Node, around: &mut Vec<&'n [Node]>) -> Node {
        match node {
            Node::Atom(text) => Node::Atom(text.clone()),
            Node::List(items) => {
                Node::List(items.iter().map(|item| self.node(item, around)).collect())
            }
            Node::Record(record) => {
                let query = record.kind == "QUERY";
                if query {
                    around.push(record.items("rtable"));
                }
                let canonical = self.record(record, around);
                if query {
                    around.pop();
                }
                canonical
            }
        }
    }

    fn record<'n>(&self, record: &'n Record, around: &mut Vec<&'n [Node]>) -> Node {
        let mut fields = Vec::with_capacity(record.fields.len());
        for (name, value) in &record.fields {
            if self.names && name == "eref" {
                let columns = value.record().and_then(|alias| alias.get("colnames"));
                fields.extend(columns.map(|columns| (name.clone(), columns.clone())));
            } else if (self.names && name == "resname") || !DROPPED.contains(&name.as_str()) {
                fields.push((name.clone(), self.node(value, around)));
            }
        }
        // T4: servers before 15 call it ARRAY.
        let kind = if record.kind == "ARRAY" { "ARRAYEXPR" } else { &record.kind };
        let label = Label(self.source.label(record, around));
        rewritten(Record { kind: kind.to_owned(), fields, label })
    }
}

/// The rules that change more than fields; what is inside of `record` is canonical already.
pub(super) fn rewritten(record: Record) -> Node {
    match record.kind.as_str() {
        "BOOLEXPR" => flattened(record),
        "RELABELTYPE" => relabelled(record),
        "ARRAYCOERCEEXPR" => coerced_elements(record),
        "JOINEXPR" => joined(record),
        "JSONEXPR" => wrapped(record),
        "JSONRETURNING" => formatted(record),
        "FUNCEXPR" => extracted(record),
        "OPEXPR" => negated(record),
        "COLLATEEXPR" | "COLLATE" => collated(record),
        "QUERY" => Node::Record(referred_to_once(record)),
        _ => Node::Record(record),
    }
}

/// T10: a collation that an expression has anyway says nothing. What is compared by which one stands in the comparison.
fn collated(record: Record) -> Node {
    const COLLATIONS: [&str; 8] = [
        "varcollid",
        "funccollid",
        "opcollid",
        "resultcollid",
        "coalescecollid",
        "casecollid",
        "minmaxcollid",
        "array_collid",
    ];
    let argument = record.get("arg").and_then(Node::record);
    let own = argument.and_then(|argument| COLLATIONS.iter().find_map(|field| argument.get(field)));
    match (own == record.get("collOid"), argument) {
        (true, Some(argument)) => Node::Record(argument.clone()),
        _ => Node::Record(record),
    }
}

/// T2: an AND in an AND is one AND.
pub(super) fn flattened(record: Record) -> Node {
    let operator = record.atom("boolop").unwrap_or_default().to_owned();
    if operator == "not" {
        return Node::Record(record);
    }
    let mut items = Vec::new();
    for item in record.items("args") {
        match item.of_kind("BOOLEXPR").filter(|inner| inner.atom("boolop") == Some(&operator)) {
            Some(inner) => items.extend_from_slice(inner.items("args")),
            None => items.push(item.clone()),
        }
    }
    Node::Record(record.with("args", Node::List(items)))
}

/// T6: a join on nothing is a join on true.
fn joined(record: Record) -> Node {
    let on_true = record.get("quals").and_then(boolean_constant) == Some(true);
    Node::Record(if on_true { record.with("quals", Node::nothing()) } else { record })
}

/// T7: `JSON_QUERY` has no wrapper where nothing is said of one.
fn wrapped(record: Record) -> Node {
    let is_unsaid = record.atom("wrapper") == Some("0");
    Node::Record(if is_unsaid {
        record.with("wrapper", Node::Atom("1".to_owned()))
    } else {
        record
    })
}

/// T7: what is returned is in the format of its type, that of `jsonb` or that of `json`, whatever is said; and its bytes are
/// in UTF-8, for there is no other encoding.
fn formatted(record: Record) -> Node {
    let Some(format) = record.get("format").and_then(Node::record) else {
        return Node::Record(record);
    };
    let of_its_type = if record.atom("typid") == Some("3802") { "2" } else { "1" };
    let atom = |word: &str| Node::Atom(word.to_owned());
    let format = format.clone().with("format_type", atom(of_its_type)).with("encoding", atom("0"));
    Node::Record(record.with("format", Node::Record(format)))
}

/// `extract(text, …)` of `pg_catalog`, for dates, times, timestamps and intervals.
const EXTRACT: std::ops::RangeInclusive<u32> = 6199..=6204;

/// T8: the field that `EXTRACT` extracts has the same name in any case.
fn extracted(record: Record) -> Node {
    let is_extract = record.number("funcid").is_some_and(|id| EXTRACT.contains(&id));
    let Some((field, rest)) = record.items("args").split_first().filter(|_| is_extract) else {
        return Node::Record(record);
    };
    let Some((constant, value)) =
        field.of_kind("CONST").and_then(|constant| Some((constant, constant.atom("constvalue")?)))
    else {
        return Node::Record(record);
    };
    let field = constant.clone().with("constvalue", Node::Atom(in_small_letters(value)));
    let arguments = std::iter::once(Node::Record(field)).chain(rest.iter().cloned()).collect();
    Node::Record(record.with("args", Node::List(arguments)))
}

/// The bytes of a text, `7 [ 28 0 0 0 68 97 121 ]`, with small letters; the first four are its length.
fn in_small_letters(value: &str) -> String {
    let bytes = value.split_ascii_whitespace().enumerate().map(|(at, byte)| {
        match byte.parse::<u8>().ok().filter(|byte| at > 5 && byte.is_ascii_uppercase()) {
            Some(letter) => letter.to_ascii_lowercase().to_string(),
            None => byte.to_owned(),
        }
    });
    bytes.collect::<Vec<_>>().join(" ")
}

/// The value of a constant of type `boolean`.
pub(super) fn boolean_constant(node: &Node) -> Option<bool> {
    let constant = node.of_kind("CONST")?;
    let boolean =
        constant.atom("consttype") == Some("16") && constant.atom("constisnull") == Some("false");
    let bytes = constant.atom("constvalue").filter(|_| boolean)?;
    // Either end of the eight bytes may come first.
    Some(bytes.split_ascii_whitespace().skip(2).any(|byte| byte == "1"))
}

/// The names of a query's visible columns.
pub(super) fn column_names(query: &Record) -> Vec<String> {
    let targets = query.items("targetList").iter().filter_map(Node::record);
    let visible = targets.filter(|target| target.atom("resjunk") == Some("false"));
    visible.map(|target| target.atom("resname").map_or_else(String::new, unescape)).collect()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(in super::super) fn canon(text: &str) -> Node {
        canonical(&Node::read(text).expect("reads"), &Source::default(), &[])
    }

    #[test]
    fn how_it_was_written_goes_and_what_it_means_stays() {
        let one = "{OPEXPR :opno 96 :opfuncid 65 :args ({VAR :varno 1 :location 7}) :location 9}";
        let other = "{OPEXPR :opno 96 :opfuncid 0 :args ({VAR :varno 1 :location 1}) :location 3}";
        assert_eq!(canon(one), canon(other));
        assert_ne!(canon(one), canon(&other.replace("96", "97")));
        assert_ne!(canon(one), canon(&other.replace(":varno 1", ":varno 1 :brandnew true")));
    }

    #[test]
    fn nested_and_is_one_and() {
        let flat = canon("{BOOLEXPR :boolop and :args (a b c)}");
        assert_eq!(
            canon("{BOOLEXPR :boolop and :args (a {BOOLEXPR :boolop and :args (b c)})}"),
            flat
        );
        assert_ne!(
            canon("{BOOLEXPR :boolop and :args (a {BOOLEXPR :boolop or :args (b c)})}"),
            flat
        );
    }

    #[test]
    fn names_of_columns_count_under_a_whole_row() {
        let query = |column: &str, number: u8| {
            format!(
                "{{QUERY :rtable ({{RTE :eref {{ALIAS :aliasname x :colnames (\"{column}\")}}}}) :targetList \
                 ({{TARGETENTRY :expr {{VAR :varno 1 :varattno {number} :varlevelsup 0}} :resname {column}}})}}"
            )
        };
        assert_eq!(canon(&query("a", 1)), canon(&query("b", 1)));
        assert_ne!(canon(&query("a", 0)), canon(&query("b", 0)));
    }
}
