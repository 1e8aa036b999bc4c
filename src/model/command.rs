//! The commands of a rewrite rule or a function. None can be analysed by itself, so that its words decide where they can.

mod evidence;
mod printed;

use std::collections::BTreeSet;
use std::iter::zip;

use self::evidence::tells_them_apart;
use self::printed::is_printed;
use crate::equivalence::Verdict;
use crate::sql::{self, Kind, Token};
use crate::value::DataType;

/// The commands in a text that a `;` ends or parts.
pub(super) fn commands(text: &str) -> Vec<&str> {
    let (mut commands, mut start, mut depth) = (Vec::new(), 0, 0_i32);
    for token in sql::words(text) {
        depth += i32::from(token.is("(")) - i32::from(token.is(")"));
        if depth == 0 && token.is(";") {
            commands.push(&text[start..token.start]);
            start = token.end();
        }
    }
    commands.push(&text[start..]);
    commands.into_iter().map(str::trim).filter(|command| !command.is_empty()).collect()
}

/// What written commands are to stored ones, inside of `schema`.
pub(super) fn same_commands<T: AsRef<str>>(written: &[T], stored: &[T], schema: &str) -> Verdict {
    let pairs = written.iter().zip(stored);
    let each = pairs.map(|(written, stored)| command(written.as_ref(), stored.as_ref(), schema));
    let as_many = Verdict::of(written.len() == stored.len());
    Verdict::all(std::iter::once(as_many).chain(each))
}

/// What a written command is to a stored one, inside of `schema`.
fn command(written: &str, stored: &str, schema: &str) -> Verdict {
    let [written, stored] = [written, stored].map(|text| without_targets(sql::restored(text)));
    if is_printed(&written) {
        return printed_command(&written, &stored);
    }
    if read(&written, schema) == read(&stored, schema) {
        return Verdict::Same;
    }
    let may_be_the_same = if !is_in_capitals(&written) {
        true
    } else if has_more_forms(&written, &stored) {
        speak_of_the_same(&written, &stored)
    } else {
        may_be_stored_as(&written, &stored)
    };
    if may_be_the_same && !tells_them_apart(&written, &stored) {
        only_by_words()
    } else {
        Verdict::Different(None)
    }
}

/// Whether a command begins as a server begins it.
fn is_in_capitals(words: &[Token<'_>]) -> bool {
    words.first().is_some_and(|first| !first.text.contains(|letter: char| letter.is_lowercase()))
}

/// Of a `MERGE`, `NOT MATCHED BY TARGET` is `NOT MATCHED`.
fn without_targets(mut words: Vec<Token<'_>>) -> Vec<Token<'_>> {
    let says = |at: usize, phrase: [&str; 3]| {
        let words = words.get(at..at + 3);
        words.is_some_and(|words| zip(words, phrase).all(|(word, key)| word.is_word(key)))
    };
    let targets: Vec<usize> =
        (0..words.len()).filter(|at| says(*at, ["matched", "by", "target"])).collect();
    for at in targets.into_iter().rev() {
        words.drain(at + 1..at + 3);
    }
    words
}

fn only_by_words() -> Verdict {
    Verdict::Undecided("commands can only be compared word by word".to_owned())
}

/// What a printed command is to another one. Servers of several versions put tables before columns, or not.
fn printed_command(written: &[Token<'_>], stored: &[Token<'_>]) -> Verdict {
    let texts = |words: Vec<&Token<'_>>| -> Vec<String> {
        words.into_iter().map(|word| word.text.to_owned()).collect()
    };
    let all = |words| texts(without(words, |_| false));
    let without_tables = |words| texts(without(words, |at| is_table(words, at)));
    if all(written) == all(stored) {
        Verdict::Same
    } else if written.len() != stored.len() && without_tables(written) == without_tables(stored) {
        only_by_words()
    } else {
        Verdict::Different(None)
    }
}

/// Whether the word at this place is a table before its column.
fn is_table(words: &[Token<'_>], at: usize) -> bool {
    let is_column = !words.get(at + 3).is_some_and(|behind| behind.is("(") || behind.is("."));
    let before = at.checked_sub(1).map(|before| &words[before]);
    let is_value = before.is_none_or(|before| {
        !before.is("::") && !before.is(".") && !TABLE_FOLLOWS.iter().any(|key| before.is_word(key))
    });
    is_qualifier(words, at) && is_column && is_value
}

const TABLE_FOLLOWS: [&str; 4] = ["from", "into", "join", "update"];

/// The words of a command, without the schema that it stands in.
fn read(words: &[Token<'_>], schema: &str) -> Vec<String> {
    let is_schema = |at| is_qualifier(words, at) && word(&words[at]) == schema;
    without(words, is_schema).into_iter().map(word).collect()
}

/// The words but qualifiers at such places, with the point behind them.
fn without<'w, 't>(
    words: &'w [Token<'t>],
    is_left_out: impl Fn(usize) -> bool,
) -> Vec<&'w Token<'t>> {
    let stays = |at: usize| !is_left_out(at) && !at.checked_sub(1).is_some_and(&is_left_out);
    (0..words.len()).filter(|at| stays(*at)).map(|at| &words[at]).collect()
}

/// A word as it is told from others.
fn word(token: &Token<'_>) -> String {
    match token.kind {
        Kind::Word | Kind::Quoted => sql::unquote(token.text),
        _ if token.is("!=") => "<>".to_owned(),
        _ => token.text.to_owned(),
    }
}

fn is_qualifier(words: &[Token<'_>], at: usize) -> bool {
    matches!(words.get(at..), Some([name, point, ..]) if name.is_name() && point.is("."))
}

/// What the server prints in another form, always or at times.
const PRINTED_OTHERWISE: [&str; 17] = [
    "*",
    "between",
    "cast",
    "extract",
    "ilike",
    "in",
    "isnull",
    "like",
    "natural",
    "notnull",
    "overlay",
    "position",
    "row",
    "similar",
    "some",
    "substring",
    "trim",
];

/// Clauses that the server puts in another order, says more of, or lays out with names of its own.
const CLAUSES: [&str; 10] =
    ["asc", "conflict", "for", "join", "lateral", "limit", "offset", "over", "using", "with"];

/// Whether the written command has such a clause, names something, or has such a word that is not left as it is.
fn has_more_forms(written: &[Token<'_>], stored: &[Token<'_>]) -> bool {
    let is_clause = |token: &Token<'_>| CLAUSES.iter().any(|clause| token.is_word(clause));
    let names_a_table = |pair: &[Token<'_>]| pair[0].is_word("as") && pair[1].is_name();
    let compares_rows = |three: &[Token<'_>]| {
        three[0].is(")") && three[1].kind == Kind::Operator && three[2].is("(")
    };
    if written.iter().any(is_clause)
        || written.windows(2).any(names_a_table)
        || written.windows(3).any(compares_rows)
    {
        return true;
    }
    let count = |words: &[Token<'_>], form: &str| {
        words.iter().filter(|token| token.is_word(form) || token.is(form)).count()
    };
    PRINTED_OTHERWISE.iter().any(|form| count(written, form) > count(stored, form))
}

/// Whether the stored command has the same constants, and every name of the written one but those of types and results.
fn speak_of_the_same(written: &[Token<'_>], stored: &[Token<'_>]) -> bool {
    let constants = |words: &[Token<'_>]| -> BTreeSet<String> {
        let constants = words.iter().filter(|t| matches!(t.kind, Kind::String | Kind::Number));
        constants.map(|token| token.text.trim_matches('\'').to_owned()).collect()
    };
    let names = |words: &[Token<'_>]| -> BTreeSet<String> {
        let pairs = words.windows(2).filter(|pair| !pair[0].is("::") && !pair[0].is_word("as"));
        let names = pairs.filter(|pair| pair[1].is_name()).map(|pair| word(&pair[1]));
        names.filter(|name| !PRINTED_OTHERWISE.contains(&name.as_str())).collect()
    };
    constants(written) == constants(stored) && names(written).is_subset(&names(stored))
}

/// Whether the server may print the written command as the stored one: it puts schemas and tables before names, types
/// behind values, names behind results, columns behind the table of an `INSERT`, and parentheses around what has
/// operators.
fn may_be_stored_as(written: &[Token<'_>], stored: &[Token<'_>]) -> bool {
    let (mut w, mut s) = (0, 0);
    let mut as_printed = true;
    let mut after_into = false;
    loop {
        let columns = after_into && stored.get(s).is_some_and(|token| token.is("("));
        if columns && !written.get(w).is_some_and(|token| token.is("(")) {
            s += group(&stored[s..]);
            as_printed = false;
        }
        w += parentheses(&written[w..]);
        s += parentheses(&stored[s..]);
        match (written.get(w), stored.get(s)) {
            (None, None) => break,
            (Some(one), Some(other)) if one.is("::") && other.is("::") => {
                let [one, other] = [&written[w + 1..], &stored[s + 1..]].map(DataType::parse);
                let (Ok((one, words)), Ok((other, as_stored))) = (one, other) else { return false };
                // The server may have put a schema before it.
                if (one.name.name, one.modifiers, one.array)
                    != (other.name.name, other.modifiers, other.array)
                {
                    return false;
                }
                w += 1 + words;
                s += 1 + as_stored;
                continue;
            }
            (Some(one), Some(other)) if word(one) == word(other) => {
                after_into = one.is_word("into") || after_into && (one.is_name() || one.is("."));
                w += 1;
                s += 1;
                continue;
            }
            _ => {}
        }
        as_printed = false;
        if is_numbered(stored, s, w.checked_sub(1).and_then(|last| written.get(last))) {
            s += 1;
        } else if qualifiers(&stored[s..]) == 1 && is_numbered(stored, s, written.get(w)) {
            w += 1;
            s += 1;
        } else if qualifiers(&stored[s..]) == qualifiers(&written[w..]) && is_qualifier(stored, s) {
            return false;
        } else if let Some(count) = printed(&stored[s..]) {
            s += count;
        } else if let Some(count) = printed(&written[w..]) {
            w += count;
        } else {
            return false;
        }
    }
    let count = |words: &[Token<'_>]| words.iter().filter(|token| token.is("(")).count();
    !as_printed || count(written) != count(stored)
}

/// How many of the next words are parentheses.
fn parentheses(words: &[Token<'_>]) -> usize {
    words.iter().take_while(|token| token.is("(") || token.is(")")).count()
}

/// How many words the group is that comes next.
fn group(words: &[Token<'_>]) -> usize {
    1 + words.iter().take_while(|token| !token.is(")")).count()
}

/// How many names with a point behind come next.
fn qualifiers(words: &[Token<'_>]) -> usize {
    (0..words.len()).step_by(2).take_while(|at| is_qualifier(words, *at)).count()
}

/// Whether the word at this place is a name with a number behind it, which the server gives to a table that there is
/// another of.
fn is_numbered(words: &[Token<'_>], at: usize, name: Option<&Token<'_>>) -> bool {
    let (Some(numbered), Some(name)) = (words.get(at), name.filter(|name| name.is_name())) else {
        return false;
    };
    let (numbered, name) = (word(numbered), word(name));
    let number = numbered.strip_prefix(&name).and_then(|rest| rest.strip_prefix('_'));
    number.is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
}

/// How many of the next words are such as the server adds or leaves out.
fn printed(words: &[Token<'_>]) -> Option<usize> {
    let is_row = |token: &Token<'_>| token.is_word("new") || token.is_word("old");
    match words {
        [first, r#type @ ..] if first.is("::") => {
            DataType::parse(r#type).ok().map(|(_, count)| 1 + count)
        }
        [first, _, ..] if first.is_word("as") => Some(2),
        [first, ..] if is_qualifier(words, 0) && !is_row(first) => Some(2),
        _ => None,
    }
}
