//! Whether a command reads as a server prints it.

use super::{TABLE_FOLLOWS, is_qualifier};
use crate::sql::{Kind, Token};

/// Whether a command reads as a server prints it: key words in capitals and names not, tables with their schemas, the columns
/// of an `INSERT`, parentheses around conditions and operators, the type of each text.
pub(super) fn is_printed(words: &[Token<'_>]) -> bool {
    let is_at = |at: usize, symbol: &str| words.get(at).is_some_and(|word| word.is(symbol));
    let place = |key: &str| words.iter().position(|word| word.is_word(key));
    let limits_first =
        place("limit").zip(place("offset")).is_some_and(|(limit, offset)| limit < offset);
    if limits_first || !has_printed_groups(words) {
        return false;
    }
    let is_merge = is_merge(words);
    let mut depth = 0_i32;
    (0..words.len()).all(|at| {
        let word = &words[at];
        depth += i32::from(word.is("(")) - i32::from(word.is(")"));
        let is_key_word = word.kind == Kind::Word && !word.is_name();
        let in_capitals = !word.text.contains(|letter: char| letter.is_ascii_lowercase());
        let has_capitals = word.text.contains(|letter: char| letter.is_ascii_uppercase());
        match word.kind {
            // The path of a function of JSON has no type.
            Kind::String => is_at(at + 1, "::") || word.text.starts_with("'$"),
            Kind::Operator if word.is("::") => is_cast(words, at),
            Kind::Operator if word.is("-") && is_sign(words, at) => false,
            Kind::Operator => {
                let clauses = ["set", "where", "from"];
                let is_clause = |word: &&Token<'_>| clauses.iter().any(|key| word.is_word(key));
                let clause = words[..at].iter().rev().find(is_clause);
                let assigns = word.is("=") && clause.is_some_and(|clause| clause.is_word("set"));
                !word.is("!=") && (depth > 0 || assigns)
            }
            Kind::Number => is_number(word.text) && !is_of_a_column(words, at),
            Kind::Word if at == 0 && !in_capitals => false,
            // `RETURNING WITH (OLD AS o)`: elsewhere they are in small letters.
            Kind::Word if ["OLD", "NEW"].contains(&word.text) => {
                words.get(at + 1).is_some_and(|next| next.is_word("as"))
            }
            Kind::Word
                if has_capitals && !is_key_word && !PRINTED_IN_CAPITALS.contains(&word.text) =>
            {
                false
            }
            _ if NEVER_PRINTED.iter().any(|never| word.is_word(never)) => false,
            _ if ["true", "false"].iter().any(|truth| word.is_word(truth)) => !has_capitals,
            _ if is_key_word && !in_capitals => false,
            _ if depth == 0 && !is_merge && is_tested(words, at) => false,
            _ if word.is_word("not")
                && words.get(at + 1).is_some_and(|next| next.is_word("distinct")) =>
            {
                false
            }
            _ if word.is_word("fetch") => words[at..].iter().any(|later| later.is_word("ties")),
            _ if word.is_word("join") && depth == 0 => false,
            _ if word.is_word("for") && depth == 0 => {
                words[at..].iter().any(|later| later.is_word("of"))
            }
            _ if word.is_word("select") => has_printed_results(&words[at + 1..]),
            _ if word.is_word("where") => is_at(at + 1, "(") || is_qualifier(words, at + 1),
            _ if TABLE_FOLLOWS.iter().any(|key| word.is_word(key)) => {
                is_printed_table(words, at + 1)
            }
            _ => true,
        }
    })
}

/// Whether it is a `MERGE`, whose conditions stand in no parentheses of their own.
fn is_merge(words: &[Token<'_>]) -> bool {
    words.first().is_some_and(|first| first.is_word("merge"))
}

/// Whether the cast at this place may be printed: of a text, of what stands in parentheses or brackets, and of a number to a type
/// with a length or where results are sorted by it.
fn is_cast(words: &[Token<'_>], at: usize) -> bool {
    let Some((before, above)) = words[..at].split_last() else { return false };
    match before.kind {
        Kind::Number => {
            words.get(at + 2).is_some_and(|behind| behind.is("("))
                || above.last().is_some_and(|above| above.is_word("by"))
        }
        Kind::String => true,
        _ => before.is(")") || before.is("]") || before.is_word("null"),
    }
}

/// Whether a number is written as it is printed: in decimal, without zeros in front.
fn is_number(text: &str) -> bool {
    text == "0" || text.starts_with("0.") || !text.starts_with('0')
}

/// Whether the operator at this place is the sign of a number, which is printed as one text with it.
fn is_sign(words: &[Token<'_>], at: usize) -> bool {
    let is_number = words.get(at + 1).is_some_and(|next| next.kind == Kind::Number);
    let begins = |before: &Token<'_>| {
        before.kind == Kind::Operator
            || ["(", "[", ","].iter().any(|mark| before.is(mark))
            || BEFORE_A_VALUE.iter().any(|key| before.is_word(key))
    };
    is_number && at.checked_sub(1).is_none_or(|at| begins(&words[at]))
}

/// Key words behind which a value begins.
const BEFORE_A_VALUE: [&str; 12] = [
    "and",
    "by",
    "else",
    "limit",
    "not",
    "offset",
    "or",
    "returning",
    "select",
    "then",
    "values",
    "when",
];

/// Whether the number at this place is that of a column behind `BY`, which is only printed of a `UNION` and its like.
fn is_of_a_column(words: &[Token<'_>], at: usize) -> bool {
    let combines = ["union", "intersect", "except"];
    at.checked_sub(1).is_some_and(|before| words[before].is_word("by"))
        && !words.iter().any(|word| combines.iter().any(|key| word.is_word(key)))
}

/// Whether the word at this place is part of a condition, which is printed in parentheses.
fn is_tested(words: &[Token<'_>], at: usize) -> bool {
    let is_materialized = || words.get(at + 1).is_some_and(|next| next.is_word("materialized"));
    words[at].is_word("not") && !is_materialized()
        || ["and", "in", "is", "or"].iter().any(|key| words[at].is_word(key))
}

/// What stands between two parentheses or brackets, outside of those in it.
#[derive(Default)]
struct Group {
    /// Whether there may be several things in it: the arguments of a function, a list, what `AND` or `OR` joins.
    is_of_several: bool,
    /// Whether it is the condition of a `JOIN`, in which any operation has parentheses of its own.
    is_of_a_join: bool,
    /// Whether it is in the `SET` of an `UPDATE`.
    assigns: bool,
    /// Its operators, tests (`IS …`) and negations.
    operations: usize,
}

/// Whether each operator, test and negation stands in parentheses of its own.
fn has_printed_groups(words: &[Token<'_>]) -> bool {
    let is_merge = is_merge(words);
    let mut open: Vec<Group> = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|before| words.get(before));
        let is_any = |keys: &[&str]| keys.iter().any(|key| word.is_word(key) || word.is(key));
        if word.is("(") || word.is("[") {
            let is_function = |before: &Token<'_>| {
                before.is_name()
                    && before.text.contains(|letter: char| !letter.is_ascii_uppercase())
            };
            let is_of_several = word.is("[") || before.is_some_and(is_function);
            let is_of_a_join = !is_merge && before.is_some_and(|before| before.is_word("on"));
            open.push(Group { is_of_several, is_of_a_join, ..Group::default() });
        } else if word.is(")") || word.is("]") {
            let Some(group) = open.pop() else { return false };
            if group.operations > usize::from(!(group.is_of_several || group.is_of_a_join)) {
                return false;
            }
        } else if let Some(group) = open.last_mut() {
            let is_after = |keys: &[&str]| {
                before.is_some_and(|before| {
                    keys.iter().any(|key| before.is_word(key) || before.is(key))
                })
            };
            let is_operation = match word.kind {
                Kind::Operator if word.is("*") => !is_after(&["(", "."]),
                Kind::Operator if word.is("=") => !group.assigns,
                Kind::Operator => !is_any(&["::", "=>", ":"]),
                _ => word.is_word("is") || word.is_word("not") && !is_after(&["is"]),
            };
            group.assigns =
                word.is_word("set") || group.assigns && !is_any(&["where", "from", "returning"]);
            group.is_of_several |= is_any(&[",", "and", "or"]);
            group.operations += usize::from(is_operation);
        }
    }
    true
}

/// Whether each result that the server gives the name of a function has it.
fn has_printed_results(words: &[Token<'_>]) -> bool {
    let (mut depth, mut starts, mut is_named) = (0_i32, true, true);
    for (at, word) in words.iter().enumerate() {
        if starts && !word.is_word("distinct") {
            starts = false;
            is_named =
                !(word.kind == Kind::Word && words.get(at + 1).is_some_and(|next| next.is("(")));
        }
        let ends = depth == 0 && (word.is(",") || word.is(")") || word.is_word("from"));
        if ends && !is_named {
            return false;
        }
        if ends && !word.is(",") {
            return true;
        }
        starts |= ends;
        is_named |= depth == 0 && word.is_word("as");
        depth += i32::from(word.is("(")) - i32::from(word.is(")"));
    }
    is_named
}

/// Whether a table, if one is at this place, has its schema and, in an `INSERT`, its columns.
fn is_printed_table(words: &[Token<'_>], at: usize) -> bool {
    let Some(name) = words.get(at) else { return true };
    let is_merged = at.checked_sub(2).is_some_and(|merge| words[merge].is_word("merge"));
    let is_into = words[at - 1].is_word("into") && !is_merged;
    let is_query = |three: &[Token<'_>]| {
        three[0].text == name.text && three[1].is_word("as") && three[2].is("(")
    };
    match &words[at..] {
        [name, ..] if !name.is_name() || name.is_word("set") || name.is_word("of") => true,
        [_, point, _, behind, ..] if is_into => {
            point.is(".") && (behind.is("(") || behind.is_word("as") || behind.is_word("default"))
        }
        [_, open, ..] if open.is("(") => true,
        _ if is_qualifier(words, at) => {
            !words.get(at + 3).is_some_and(|behind| behind.is_word("as"))
        }
        _ => words.windows(3).any(is_query),
    }
}

/// Words that are in no text of a server; types are there under their long names.
const NEVER_PRINTED: [&str; 11] = [
    "asc", "between", "bool", "cast", "ilike", "int", "int4", "int8", "like", "similar", "varchar",
];

/// Key words that a server prints although they may be names.
#[rustfmt::skip]
const PRINTED_IN_CAPITALS: &[&str] = &[
    "ABSENT", "ALSO", "AT", "BY", "COALESCE", "COLUMNS", "CONDITIONAL", "CONFLICT", "CONTENT",
    "CROSS", "CUBE", "CURRENT", "DELETE", "DOCUMENT", "EMPTY", "ERROR", "EXCLUDE", "EXISTS",
    "EXTRACT", "FILTER", "FIRST", "FOLLOWING", "FORMAT", "FULL", "GREATEST", "GROUPING", "GROUPS",
    "INNER", "INSERT", "INSTEAD", "IS", "JOIN", "JSON", "JSON_ARRAY", "JSON_ARRAYAGG",
    "JSON_EXISTS", "JSON_OBJECT", "JSON_OBJECTAGG", "JSON_QUERY", "JSON_SCALAR", "JSON_SERIALIZE",
    "JSON_TABLE", "JSON_VALUE", "KEEP", "KEY", "KEYS", "LAST", "LEAST", "LEFT", "LOCKED",
    "MATCHED", "MATERIALIZED", "MERGE", "NATURAL", "NESTED", "NEXT", "NO", "NORMALIZED",
    "NOTHING", "NOTIFY", "NOWAIT", "NULLIF", "NULLS", "OBJECT", "OF", "OMIT", "ORDINALITY",
    "OTHERS", "OUTER", "OVER", "OVERLAY", "OVERRIDING", "PARTITION", "PASSING", "PATH",
    "POSITION", "PRECEDING", "QUOTES", "RANGE", "RECURSIVE", "REPEATABLE", "RIGHT", "ROLLUP",
    "ROW", "ROWS", "SCALAR", "SET", "SETS", "SHARE", "SKIP", "SOURCE", "STANDALONE", "STRIP",
    "SUBSTRING", "SYSTEM", "TABLESAMPLE", "TIES", "TIME", "TRIM", "TRUNCATE", "UNBOUNDED",
    "UNCONDITIONAL", "UNKNOWN", "UPDATE", "VALUE", "VALUES", "WHITESPACE", "WITHIN", "WITHOUT",
    "WRAPPER", "XMLATTRIBUTES", "XMLCONCAT", "XMLELEMENT", "XMLEXISTS", "XMLFOREST",
    "XMLNAMESPACES", "XMLPARSE", "XMLPI", "XMLROOT", "XMLSERIALIZE", "XMLTABLE", "ZONE",
];
