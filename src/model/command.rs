//! The commands of a rewrite rule or a function. None can be analysed by itself, so that its words decide where they can.

mod evidence;
mod printed;

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
    if tells_them_apart(&written, &stored) { Verdict::Different(None) } else { only_by_words() }
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

/// What a printed command is to another one. Servers of several versions put tables before columns, or not; and who writes as a
/// server prints may have left out casts.
fn printed_command(written: &[Token<'_>], stored: &[Token<'_>]) -> Verdict {
    let texts = |words: Vec<&Token<'_>>| -> Vec<String> {
        words.into_iter().map(|word| word.text.to_owned()).collect()
    };
    let all = |words| texts(without(words, |_| false));
    let without_tables = |words| texts(without(words, |at| is_table(words, at)));
    if all(written) == all(stored) {
        return Verdict::Same;
    }
    let only_tables =
        || written.len() != stored.len() && without_tables(written) == without_tables(stored);
    let lacks_casts =
        || casts(written) < casts(stored) && without_casts(written) == without_casts(stored);
    if only_tables() || lacks_casts() { only_by_words() } else { Verdict::Different(None) }
}

fn casts(words: &[Token<'_>]) -> usize {
    words.iter().filter(|word| word.is("::")).count()
}

/// The words without casts and parentheses: a server adds those of a cast that goes without saying.
fn without_casts<'t>(words: &[Token<'t>]) -> Vec<&'t str> {
    let mut texts = Vec::new();
    let mut at = 0;
    while let Some(word) = words.get(at) {
        at += 1;
        if word.is("::") {
            at += DataType::parse(&words[at..]).map_or(0, |(_, used)| used);
        } else if !(word.is("(") || word.is(")")) {
            texts.push(word.text);
        }
    }
    texts
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
    let words = without(words, is_schema);
    (0..words.len()).map(|at| read_among(&words, at)).collect()
}

/// A word as it is told from others. In quotes, behind a point or `AS`, and as that of a function even a key word is a name.
fn read_among(words: &[&Token<'_>], at: usize) -> String {
    let (token, text) = (words[at], word(words[at]));
    let before = at.checked_sub(1).map(|before| words[before]);
    let is_a_name = token.kind == Kind::Quoted
        || token.kind == Kind::Word
            && (before.is_some_and(|before| before.is(".") || before.is_word("as"))
                || words.get(at + 1).is_some_and(|behind| behind.is("(")));
    // Without quotes `char` and `bit` are `character(1)` and `bit(1)`.
    let is_another = ["bit", "char"].contains(&text.as_str()) || sql::is_reserved(&text);
    if is_a_name && is_another { format!("\"{text}\"") } else { text }
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
