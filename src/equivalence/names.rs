//! What messages call the nodes of a tree: SQL's words, and the names of the catalogs.

use super::analyser::Catalog;
use super::tree::{Node, Record};

/// Names, by what the catalogs say.
pub(super) struct Names<'a> {
    pub(super) catalog: &'a Catalog,
}

impl Names<'_> {
    pub(super) fn node(&self, node: &Node) -> String {
        match node {
            Node::Record(record) => self.record(record),
            Node::List(items) => {
                items.first().map_or_else(|| "nothing".to_owned(), |first| self.node(first))
            }
            Node::Atom(text) if text == "<>" => "nothing".to_owned(),
            Node::Atom(text) => format!("`{text}`"),
        }
    }

    pub(super) fn record(&self, record: &Record) -> String {
        let label = record.label.0.as_deref();
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
            "FUNCEXPR" => self.function(record, "funcid"),
            "AGGREF" => self.function(record, "aggfnoid"),
            "WINDOWFUNC" => self.function(record, "winfnoid"),
            "RELABELTYPE" | "COERCEVIAIO" | "ARRAYCOERCEEXPR" | "COERCETODOMAIN"
            | "CONVERTROWTYPEEXPR" => {
                let known = record
                    .number("resulttype")
                    .and_then(|number: u32| self.catalog.types.get(&number));
                known.map_or_else(|| "a cast".to_owned(), |name| format!("a cast to `{name}`"))
            }
            "BOOLEXPR" => record.atom("boolop").unwrap_or_default().to_uppercase(),
            _ => words(record),
        }
    }

    /// What a single field says, where that can be told.
    pub(super) fn field(&self, field: &str, one: &str, other: &str) -> Option<String> {
        if field == "limitOption" {
            return Some("a LIMIT that takes in ties against one that does not".to_owned());
        }
        let (what, names) = match field {
            "relid" => ("table", &self.catalog.relations),
            "resulttype" | "funcresulttype" | "array_typeid" => ("type", &self.catalog.types),
            "inputcollid" | "collOid" | "constcollid" | "resultcollid" => {
                ("collation", &self.catalog.collations)
            }
            _ => return None,
        };
        let name = |number: &str| {
            let known = number.parse::<u32>().ok().and_then(|number| names.get(&number));
            known.map_or_else(|| "none".to_owned(), |name| format!("`{name}`"))
        };
        Some(format!("{what} {} against {}", name(one), name(other)))
    }

    pub(super) fn operator(&self, record: &Record) -> Option<&str> {
        let number = record.number::<u32>("opno")?;
        self.catalog.operators.get(&number).map(|operator| operator.name.as_str())
    }

    /// An operator's name with the types of its operands.
    pub(super) fn signature(&self, record: &Record) -> Option<&str> {
        let number = record.number::<u32>("opno")?;
        self.catalog.operators.get(&number).map(|operator| operator.signature.as_str())
    }

    /// The type of a column or constant.
    pub(super) fn leaf_type(&self, record: &Record) -> Option<&str> {
        let number = record.number::<u32>("consttype").or_else(|| record.number("vartype"))?;
        self.catalog.types.get(&number).map(String::as_str)
    }

    fn function(&self, record: &Record, field: &str) -> String {
        let known =
            record.number(field).and_then(|number: u32| self.catalog.functions.get(&number));
        known.map_or_else(
            || "a function".to_owned(),
            |known| format!("function {}", known.signature),
        )
    }
}

const JOINS: [&str; 4] = ["JOIN", "LEFT JOIN", "FULL JOIN", "RIGHT JOIN"];

const VALUE_FUNCTIONS: [&str; 15] = [
    "CURRENT_DATE",
    "CURRENT_TIME",
    "CURRENT_TIME (…)",
    "CURRENT_TIMESTAMP",
    "CURRENT_TIMESTAMP (…)",
    "LOCALTIME",
    "LOCALTIME (…)",
    "LOCALTIMESTAMP",
    "LOCALTIMESTAMP (…)",
    "CURRENT_ROLE",
    "CURRENT_USER",
    "USER",
    "SESSION_USER",
    "CURRENT_CATALOG",
    "CURRENT_SCHEMA",
];

/// What SQL calls a node; where a number says which of several, by that number.
fn words(record: &Record) -> String {
    let nth = |field: &str, words: &[&'static str]| {
        let number = record.number::<usize>(field);
        number.and_then(|number| words.get(number).copied()).unwrap_or("something else")
    };
    let known = match record.kind.as_str() {
        "NULLTEST" => nth("nulltesttype", &["IS NULL", "IS NOT NULL"]),
        "BOOLEANTEST" => nth(
            "booltesttype",
            &["IS TRUE", "IS NOT TRUE", "IS FALSE", "IS NOT FALSE", "IS UNKNOWN", "IS NOT UNKNOWN"],
        ),
        "SUBLINK" => nth(
            "subLinkType",
            &[
                "EXISTS",
                "ALL (subquery)",
                "IN (subquery)",
                "a row subquery",
                "a subquery",
                "a subquery",
                "ARRAY (subquery)",
            ],
        ),
        "MINMAXEXPR" | "MINMAX" => nth("op", &["GREATEST", "LEAST"]),
        "SETOPERATIONSTMT" if record.atom("all") == Some("true") => {
            nth("op", &["a query", "UNION ALL", "INTERSECT ALL", "EXCEPT ALL"])
        }
        "SETOPERATIONSTMT" => nth("op", &["a query", "UNION", "INTERSECT", "EXCEPT"]),
        "JOINEXPR" => nth("jointype", &JOINS),
        "CASEEXPR" | "CASE" => "CASE",
        "COALESCEEXPR" | "COALESCE" => "COALESCE",
        "NULLIFEXPR" => "NULLIF",
        "DISTINCTEXPR" => "IS DISTINCT FROM",
        "ARRAYEXPR" => "ARRAY",
        "ROWEXPR" | "ROW" => "ROW",
        "ROWCOMPAREEXPR" | "ROWCOMPARE" => {
            let field = if record.get("rctype").is_some() { "rctype" } else { "cmptype" };
            nth(field, &["", "a row `<`", "a row `<=`", "a row `=`", "a row `>=`", "a row `>`"])
        }
        "JSONEXPR" => nth("op", &["JSON_EXISTS", "JSON_QUERY", "JSON_VALUE", "JSON_TABLE"]),
        "COLLATEEXPR" | "COLLATE" => "COLLATE",
        "SUBSCRIPTINGREF" => "a subscript",
        "FIELDSELECT" => "a field of a row",
        "SQLVALUEFUNCTION" => nth("op", &VALUE_FUNCTIONS),
        "QUERY" => "a query",
        "RANGETBLENTRY" | "RTE" if record.atom("rtekind") == Some("2") => nth("jointype", &JOINS),
        "RANGETBLENTRY" | "RTE" | "RANGETBLREF" => "a relation in FROM",
        "TARGETENTRY" => "a selected column",
        "ROWMARKCLAUSE" => {
            nth("strength", &["", "FOR KEY SHARE", "FOR SHARE", "FOR NO KEY UPDATE", "FOR UPDATE"])
        }
        "GROUPINGSET" => "an item of GROUPING SETS",
        "WINDOWCLAUSE" => "a window",
        "COMMONTABLEEXPR" => "a query of WITH",
        "SORTGROUPCLAUSE" => "an item of ORDER BY, GROUP BY or DISTINCT",
        kind => return format!("{} (an internal node)", kind.to_lowercase()),
    };
    known.to_owned()
}
