//! All that is wrong in a file of a spec: reading it stops at the first error, and what was told is left out to find the next.

use std::ops::Range;
use std::sync::Arc;

use serde_yaml::granit_parser::{Event, Parser};

use super::document::Document;
use super::positions::{Form, Key, Positions, Wanted};
use super::yaml;
use crate::error::{Error, Result};

/// So many errors of one file are told at the most, and so many of one mapping: more of them come of one mistake.
const MOST: usize = 20;
const MOST_OF_ONE: usize = 3;

/// Reads a file.
///
/// # Errors
/// The first thing that is wrong, with others beside it; alone where the file is not one document of YAML, so that what is
/// behind it may mean anything, or has aliases, which go with what they are of.
pub(super) fn read(file: &Arc<str>, text: &str) -> Result<Document> {
    yaml::read(file, text).map_err(|first| {
        let others = if is_plain(text) { others(file, text) } else { Vec::new() };
        first.beside(others)
    })
}

/// Whether it is one document without aliases.
fn is_plain(text: &str) -> bool {
    let mut documents = 0;
    Parser::new_from_str(text).all(|event| match event {
        Ok((Event::DocumentStart(..), _)) => {
            documents += 1;
            documents == 1
        }
        Ok((event, _)) => !matches!(event, Event::Alias(_)),
        Err(_) => false,
    })
}

/// What is wrong but for the first thing.
fn others(file: &Arc<str>, text: &str) -> Vec<Error> {
    let positions = Positions::of(file, text, &Wanted::every_key());
    let read = |gone: &[Range<usize>]| yaml::read::<Document>(file, &without(text, gone)).err();
    let (mut gone, mut homes, mut others) = (Vec::new(), Vec::new(), Vec::new());
    let mut may_be_more = false;
    while let Some(mut error) = read(&gone) {
        let Some(culprit) = Culprit::of(&error, &positions, text) else { break };
        let Culprit { mut range, value, home, is_at_a_key } = culprit;
        // A mapping begins where its first key does: without the value of that, the same is said, if it is about the mapping.
        let is_of_the_mapping = || {
            let without_value = [&gone[..], std::slice::from_ref(&value)].concat();
            read(&without_value).is_some_and(|other| {
                other.message == error.message && other.location == error.location
            })
        };
        let is_of_many = homes.iter().filter(|other| **other == home).count() >= MOST_OF_ONE;
        if is_of_many || is_at_a_key && is_of_the_mapping() {
            range = home.clone();
        }
        if gone.contains(&range) {
            break;
        }
        let is_first = gone.is_empty();
        // Of a mapping that something was left out of, this may come of it.
        let follows = gone.iter().any(|gone| range.contains(&gone.start));
        gone.push(range);
        may_be_more |= is_of_many;
        if follows {
            continue;
        }
        homes.push(home);
        if is_first {
            continue;
        }
        if others.len() + 1 == MOST {
            may_be_more = true;
            break;
        }
        let line = error.location.as_ref().and_then(|place| text.lines().nth(place.line - 1));
        error.line = line.map(str::to_owned);
        others.push(error);
    }
    others.extend(
        may_be_more.then(|| Error::input(format!("there may be more that is wrong in {file}"))),
    );
    others
}

/// What an error is about.
struct Culprit {
    /// From where to where it stands: a key with its value, or an item in brackets.
    range: Range<usize>,
    /// Likewise its value alone.
    value: Range<usize>,
    /// Likewise that which it is in.
    home: Range<usize>,
    /// Whether the error stands at the key itself, and does not name it.
    is_at_a_key: bool,
}

impl Culprit {
    fn of(error: &Error, positions: &Positions, text: &str) -> Option<Self> {
        let at = error.location.as_ref()?.byte_in(text);
        let mut way = positions.around(at);
        let (name, innermost) = *way.last()?;
        let names_it = error.message.contains(&format!("`{name}`"));
        let is_at_a_key = !innermost.text.is_empty() && innermost.text.start == at && !names_it;
        // Of an item of lines, the dash would be left.
        let is_in_lines = |way: &[(&str, &Key)]| match way {
            [.., (_, list), _] => list.form == Form::List { flow: false },
            _ => false,
        };
        while is_in_lines(&way) {
            way.pop();
        }
        let (_, key) = way.pop()?;
        let mut range = key.extent();
        // A comma stays only behind something.
        if way.last().is_some_and(|(_, list)| list.form.is_flow()) {
            let behind = text.get(range.end..)?;
            if let Some(rest) = behind.trim_start().strip_prefix(',') {
                range.end = text.len() - rest.len();
            }
        }
        let home = way.last().map_or(0..text.len(), |(_, home)| home.extent());
        Some(Self { range, value: key.value.clone(), home, is_at_a_key })
    }
}

/// The text with blanks in these places: what is left stands where it stood.
fn without(text: &str, gone: &[Range<usize>]) -> String {
    let is_gone = |at| gone.iter().any(|gone| gone.contains(&at));
    let blank = |(at, c)| if is_gone(at) && !matches!(c, '\r' | '\n') { ' ' } else { c };
    text.char_indices().map(blank).collect()
}
