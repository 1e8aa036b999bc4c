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
/// The first thing that is wrong, with others beside it; alone where the file is no YAML, so that what is behind it may mean
/// anything, or has aliases, which go with what they are of.
pub(super) fn read(file: &Arc<str>, text: &str) -> Result<Document> {
    yaml::read(file, text).map_err(|first| {
        let is_plain = |event| matches!(event, Ok((event, _)) if !matches!(event, Event::Alias(_)));
        let others = if Parser::new_from_str(text).all(is_plain) {
            others(file, text, &first)
        } else {
            Vec::new()
        };
        first.beside(others)
    })
}

fn others(file: &Arc<str>, text: &str, first: &Error) -> Vec<Error> {
    let positions = Positions::of(file, text, &Wanted::every_key());
    let mut others: Vec<Error> = Vec::new();
    let Some(culprit) = Culprit::of(first, &positions, text) else { return others };
    let (mut gone, mut homes) = (vec![culprit.range], vec![culprit.home]);
    loop {
        let Err(mut error) = yaml::read::<Document>(file, &without(text, &gone)) else { break };
        let Some(culprit) = Culprit::of(&error, &positions, text) else { break };
        if gone.contains(&culprit.range) {
            break;
        }
        let is_of_the_mapping = culprit.is_first_to_say
            && homes.last() == Some(&culprit.home)
            && others.last().unwrap_or(first).message == error.message;
        let is_of_many = homes.iter().filter(|home| **home == culprit.home).count() >= MOST_OF_ONE;
        if is_of_the_mapping || is_of_many {
            gone.push(culprit.home);
            continue;
        }
        // Of a mapping that something was left out of, this may come of it.
        let follows = gone.iter().any(|gone| culprit.range.contains(&gone.start));
        gone.push(culprit.range);
        if follows {
            continue;
        }
        homes.push(culprit.home);
        if others.len() + 1 == MOST {
            others.push(Error::input(format!("there may be more that is wrong in {file}")));
            break;
        }
        let line = error.location.as_ref().and_then(|place| text.lines().nth(place.line - 1));
        error.line = line.map(str::to_owned);
        others.push(error);
    }
    others
}

/// What an error is about.
struct Culprit {
    /// From where to where it stands: a key with its value, or an item in brackets.
    range: Range<usize>,
    /// Likewise that which it is in.
    home: Range<usize>,
    /// Whether the error stands at the key itself, where a mapping begins, too, and does not name it: without the key, the same
    /// is said of the next one, if it is about the mapping.
    is_first_to_say: bool,
}

impl Culprit {
    fn of(error: &Error, positions: &Positions, text: &str) -> Option<Self> {
        let at = error.location.as_ref()?.byte_in(text);
        let mut way = positions.around(at);
        let (name, innermost) = *way.last()?;
        let is_first_to_say =
            innermost.text.start == at && !error.message.contains(&format!("`{name}`"));
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
        Some(Self { range, home, is_first_to_say })
    }
}

/// The text with blanks in these places: what is left stands where it stood.
fn without(text: &str, gone: &[Range<usize>]) -> String {
    let is_gone = |at| gone.iter().any(|gone| gone.contains(&at));
    let blank = |(at, c)| if is_gone(at) && !matches!(c, '\r' | '\n') { ' ' } else { c };
    text.char_indices().map(blank).collect()
}
