//! All that is wrong in a file of a spec: reading it stops at the first error, and what was told is left out to find the next.

use std::ops::Range;
use std::sync::Arc;

use serde_yaml::granit_parser::Parser;

use super::document::Document;
use super::positions::{Positions, Wanted};
use super::yaml;
use crate::error::{Error, Result};

/// So many errors of one file are told at the most.
const MOST: usize = 20;

/// Reads a file.
///
/// # Errors
/// The first thing that is wrong, with the others beside it; alone where the file is no YAML, so that what is behind it may
/// mean anything.
pub(super) fn read(file: &Arc<str>, text: &str) -> Result<Document> {
    yaml::read(file, text).map_err(|first| {
        let is_yaml = Parser::new_from_str(text).all(|event| event.is_ok());
        let others = if is_yaml { others(file, text, &first) } else { Vec::new() };
        first.beside(others)
    })
}

fn others(file: &Arc<str>, text: &str, first: &Error) -> Vec<Error> {
    let positions = Positions::of(file, text, &Wanted::every_key());
    let mut gone: Vec<Range<usize>> = culprit(&positions, text, first, None).into_iter().collect();
    let mut others: Vec<Error> = Vec::new();
    // An anchor that is gone would be told at each of its aliases.
    let has_anchor =
        |gone: &Range<usize>| text.get(gone.clone()).is_none_or(|gone| gone.contains(" &"));
    while gone.last().is_some_and(|last| !has_anchor(last)) {
        let Err(mut error) = yaml::read::<Document>(file, &without(text, &gone)) else { break };
        let before = others.last().unwrap_or(first);
        let Some(culprit) = culprit(&positions, text, &error, Some(before)) else { break };
        if gone.contains(&culprit) {
            break;
        }
        // Of a mapping that something was left out of, this may come of it.
        let follows = gone.iter().any(|gone| culprit.contains(&gone.start));
        gone.push(culprit);
        if follows {
            continue;
        }
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

/// From where to where that stands which an error is about: a key with its value, or what is written in braces around it.
/// `before` is the error that was told last.
fn culprit(
    positions: &Positions,
    text: &str,
    error: &Error,
    before: Option<&Error>,
) -> Option<Range<usize>> {
    let at = error.location.as_ref()?.byte_in(text);
    let mut way = positions.around(at);
    // A mapping begins where its first key does: without that key, the same is said where the next one stands.
    let (_, innermost) = way.last()?;
    if innermost.text.start == at && before.is_some_and(|before| before.message == error.message) {
        way.pop();
    }
    let in_braces = way.iter().position(|(_, key)| key.form.is_flow());
    let (_, key) = way.get(in_braces.unwrap_or(way.len().checked_sub(1)?))?;
    Some(key.extent())
}

/// The text with blanks in these places: what is left stands where it stood.
fn without(text: &str, gone: &[Range<usize>]) -> String {
    let is_gone = |at| gone.iter().any(|gone| gone.contains(&at));
    let blank = |(at, c)| if is_gone(at) && !matches!(c, '\r' | '\n') { ' ' } else { c };
    text.char_indices().map(blank).collect()
}
