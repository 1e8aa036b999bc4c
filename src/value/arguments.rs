//! Names of arguments in a body of the standard's form.

use crate::sql::{self, Token};

/// What stands before names other than those of arguments.
const NO_ARGUMENT: [&str; 4] = ["::", "collate", "interval", "name"];
/// What stands behind such names.
const NO_ARGUMENT_BEFORE: [&str; 3] = ["(", ".", "=>"];
/// Words with which a table comes in sight.
const TABLES: [&str; 5] = ["from", "insert", "update", "delete", "merge"];
/// Words that a query begins with.
const QUERIES: [&str; 4] = ["select", "with", "values", "table"];

/// `text` with other names for arguments of `function`, where they stand for these: in sight of a table the server writes
/// the function's name before them (`get_parameter` in ruleutils.c). What `actual` has in the same place, stays.
pub(super) fn renamed(
    text: &str,
    actual: &str,
    function: &str,
    renamed: &[(String, String)],
) -> String {
    let (words, there) = (sql::words(text), sql::words(actual));
    let is_function = |word: &Token<'_>| word.is_name() && sql::unquote(word.text) == function;
    let is_before = |no: &&str, word: &Token<'_>| word.is_word(no) || word.is(no);
    let in_sight = in_sight_of_tables(&words);
    let mut result = text.to_owned();
    for (at, word) in words.iter().enumerate().rev() {
        let name = word.is_name().then(|| sql::unquote(word.text));
        let other = renamed.iter().find(|(own, _)| Some(own) == name.as_ref());
        let stays = there.len() == words.len() && there[at].text == word.text;
        let is_argument = match &words[..at] {
            [.., before, qualifier, dot] if dot.is(".") => {
                is_function(qualifier) && !before.is(".")
            }
            // The label that a column has by itself.
            [.., of, as_it] if as_it.is_word("as") => of.text == word.text,
            [.., before] if NO_ARGUMENT.iter().any(|no| is_before(no, before)) => false,
            _ => {
                let next = words.get(at + 1);
                let is_other =
                    next.is_some_and(|next| NO_ARGUMENT_BEFORE.iter().any(|no| next.is(no)));
                !in_sight[at] && !is_other
            }
        };
        if let Some((_, other)) = other.filter(|_| is_argument && !stays) {
            result.replace_range(word.start..word.end(), &sql::quote(other));
        }
    }
    result
}

/// A query in a body.
#[derive(Default)]
struct Query {
    around: Option<usize>,
    has_table: bool,
}

/// For each word, whether there is a table in its query or in one around that.
fn in_sight_of_tables(words: &[Token<'_>]) -> Vec<bool> {
    let mut queries = vec![Query::default()];
    // For what is open: the query that it belongs to, and whether it is that itself.
    let mut open = vec![(0, true)];
    let mut query_of = Vec::with_capacity(words.len());
    for (at, word) in words.iter().enumerate() {
        let (query, is_itself) = open.last().copied().unwrap_or((0, true));
        query_of.push(query);
        let begins = |next: &Token<'_>| QUERIES.iter().any(|first| next.is_word(first));
        if word.is("(") && words.get(at + 1).is_some_and(begins) {
            queries.push(Query { around: Some(query), has_table: false });
            open.push((queries.len() - 1, true));
        } else if word.is("(") {
            open.push((query, false));
        } else if word.is(")") && open.len() > 1 {
            open.pop();
        } else if word.is(";") && open.len() == 1 {
            queries.push(Query::default());
            open = vec![(queries.len() - 1, true)];
        } else if is_itself && TABLES.iter().any(|table| word.is_word(table)) {
            // `is distinct from` brings none.
            let is_compared = at > 0 && words[at - 1].is_word("distinct");
            queries[query].has_table |= !is_compared;
        }
    }
    let has_one = |query: usize| {
        let around = std::iter::successors(Some(query), |query| queries[*query].around);
        around.into_iter().any(|query| queries[query].has_table)
    };
    query_of.into_iter().map(has_one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_arguments_get_another_name() {
        let names = [("b".to_owned(), "x".to_owned())];
        for (text, other) in [
            ("RETURN (b + 1)", "RETURN (x + 1)"),
            ("RETURN EXTRACT(year FROM b)", "RETURN EXTRACT(year FROM x)"),
            ("RETURN (1 IS DISTINCT FROM b)", "RETURN (1 IS DISTINCT FROM x)"),
            (
                "RETURN (b + (SELECT t.b FROM t WHERE (t.a = f.b)))",
                "RETURN (x + (SELECT t.b FROM t WHERE (t.a = f.x)))",
            ),
            (
                "BEGIN ATOMIC INSERT INTO t (b) VALUES (f.b); SELECT b AS b; END",
                "BEGIN ATOMIC INSERT INTO t (b) VALUES (f.x); SELECT x AS x; END",
            ),
            (
                "BEGIN ATOMIC SELECT f.b AS b FROM t; END",
                "BEGIN ATOMIC SELECT f.x AS x FROM t; END",
            ),
            (
                "BEGIN ATOMIC SELECT t.a AS b FROM t; END",
                "BEGIN ATOMIC SELECT t.a AS b FROM t; END",
            ),
            ("RETURN b(1)", "RETURN b(1)"),
            ("RETURN XMLELEMENT(NAME b, 1)", "RETURN XMLELEMENT(NAME b, 1)"),
            ("RETURN (1)::b", "RETURN (1)::b"),
            ("RETURN ((b).b)", "RETURN ((x).b)"),
        ] {
            assert_eq!(renamed(text, "", "f", &names), other);
        }
        let zone = [("zone".to_owned(), "tz".to_owned())];
        let actual = "RETURN (ts AT TIME ZONE tz)";
        assert_eq!(renamed("RETURN (ts AT TIME ZONE zone)", actual, "f", &zone), actual);
    }
}
