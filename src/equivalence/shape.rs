//! The shape that the tree of a batch must have. A text that left its place would have given it another one.

use super::tree::{Node, Record, unescape};

/// The query inside of `SELECT FROM (…) AS tag`, if the tree is just that.
pub(super) fn inner_query<'a>(tree: &'a Node, tag: &str) -> Option<&'a Record> {
    let outer = tree.of_kind("QUERY")?;
    let range = match outer.items("rtable") {
        // Servers before 15 call it by another name.
        [range] => range.record()?,
        _ => return None,
    };
    let alias = range.get("alias")?.record()?.atom("aliasname").map(unescape)?;
    let inner = range.get("subquery")?.of_kind("QUERY")?;
    let as_given = is_plain(outer, &["1"])
        && outer.items("targetList").is_empty()
        && alias == tag
        && inner.atom("commandType") == Some(SELECT);
    as_given.then_some(inner)
}

const SELECT: &str = "1";

/// Whether a query has nothing but a select list and a FROM list of relations of these kinds.
pub(super) fn is_plain(query: &Record, kinds: &[&str]) -> bool {
    const NOTHING: [&str; 14] = [
        "utilityStmt",
        "cteList",
        "onConflict",
        "returningList",
        "groupClause",
        "groupingSets",
        "havingQual",
        "windowClause",
        "distinctClause",
        "sortClause",
        "limitOffset",
        "limitCount",
        "rowMarks",
        "setOperations",
    ];
    let nothing_else = NOTHING.iter().all(|field| query.get(field).is_none_or(Node::is_nothing));
    let ranges = query.items("rtable");
    let as_wanted = ranges.len() == kinds.len()
        && ranges.iter().zip(kinds).all(|(range, kind)| {
            range.record().and_then(|range| range.atom("rtekind")) == Some(*kind)
        });
    let join = query.get("jointree").and_then(|join| join.of_kind("FROMEXPR"));
    let unfiltered = join.is_some_and(|join| {
        join.items("fromlist").len() == kinds.len()
            && join.get("quals").is_some_and(Node::is_nothing)
    });
    query.atom("commandType") == Some(SELECT) && nothing_else && as_wanted && unfiltered
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(ranges: &str, from: &str, more: &str) -> String {
        format!(
            "{{QUERY :commandType 1 :rtable {ranges} :jointree {{FROMEXPR :fromlist {from} :quals <>}} \
             :targetList <> {more}}}"
        )
    }

    fn outer(alias: &str, more: &str) -> Node {
        let inner = query("<>", "<>", "");
        let range = format!(
            "({{RANGETBLENTRY :alias {{ALIAS :aliasname {alias} :colnames <>}} :rtekind 1 :subquery {inner}}})"
        );
        Node::read(&query(&range, "({RANGETBLREF :rtindex 1})", more)).expect("reads")
    }

    #[test]
    fn only_the_statement_as_sent_has_its_shape() {
        assert!(inner_query(&outer("x1", ":sortClause <> :limitCount <>"), "x1").is_some());
        assert!(inner_query(&outer("x2", ""), "x1").is_none());
        for more in [
            ":sortClause (a)",
            ":limitCount a",
            ":setOperations a",
            ":cteList (a)",
            ":rowMarks (a)",
        ] {
            assert!(inner_query(&outer("x1", more), "x1").is_none(), "{more}");
        }
    }

    #[test]
    fn every_relation_must_be_of_the_wanted_kind() {
        let read = |ranges: &str, from: &str| Node::read(&query(ranges, from, "")).expect("reads");
        let fits = |node: &Node, kinds: &[&str]| {
            node.record().is_some_and(|record| is_plain(record, kinds))
        };
        let table = read("({RTE :rtekind 0})", "({RANGETBLREF :rtindex 1})");
        assert!(fits(&table, &["0"]));
        assert!(!fits(&table, &[]));
        assert!(!fits(&table, &["0", "0"]));
        assert!(!fits(&table, &["3"]));
        assert!(fits(&read("<>", "<>"), &[]));
    }
}
