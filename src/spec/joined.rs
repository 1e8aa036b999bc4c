//! Comments of SQL in lines that YAML joins: they would swallow what stands below them.

use std::sync::Arc;

use super::positions::{Form, Key, Positions, Wanted};
use crate::error::{Error, Result};
use crate::finding::Location;
use crate::sql::{self, Kind, Token};

/// Refuses a text over several lines, all in one to YAML, in which SQL stands below a `--` comment.
pub(super) fn nothing_is_swallowed(file: &Arc<str>, text: &str) -> Result<()> {
    if !has_dashes(text) {
        return Ok(());
    }
    let positions = Positions::of(file, text, &Wanted::every_key());
    let [top, ..] = positions.way(&[])[..] else { return Ok(()) };
    let Some(at) = swallowing(top, text) else { return Ok(()) };
    let before = &text[..at];
    let line_start = before.rfind('\n').map_or(0, |end| end + 1);
    let location = Location {
        file: Arc::clone(file),
        line: before.matches('\n').count() + 1,
        column: text[line_start..at].chars().count() + 1,
    };
    Err(Error::input("YAML makes one line of these, in which all behind `--` is a comment")
        .at(location, text[line_start..].lines().next())
        .help("begin the text with `|`, which keeps its lines"))
}

/// Whether there are dashes outside of blocks of text that keep their lines; and of comments of YAML.
fn has_dashes(text: &str) -> bool {
    let mut block: Option<usize> = None;
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let indent = line.len() - line.trim_start().len();
        if block.is_some_and(|above| indent > above) || line.trim_start().starts_with('#') {
            continue;
        }
        let said = line.split(" #").next().unwrap_or_default().trim_end();
        if said.contains("--") {
            return true;
        }
        let header = said.trim_end_matches(|c: char| c == '-' || c == '+' || c.is_ascii_digit());
        block = header.ends_with('|').then_some(indent);
    }
    false
}

/// Where the first comment begins, in bytes, that swallows what stands below it.
fn swallowing(key: &Key, text: &str) -> Option<usize> {
    if key.form != Form::Scalar {
        // What people say in words may have dashes.
        let inside = key.inside().into_iter().filter(|(name, _)| !name.contains("comment"));
        return inside.into_iter().find_map(|(_, key)| swallowing(key, text));
    }
    let mut written = text.get(key.value.clone())?;
    if written.starts_with('|') || !written.contains('\n') {
        return None;
    }
    let mut start = key.value.start;
    if let Some(rest) = written.strip_prefix(['"', '\'']) {
        written = rest;
        start += 1;
    }
    let is_comment = |token: &Token<'_>| token.kind == Kind::Blank && token.text.starts_with("--");
    let mut tokens = sql::tokens(written).skip_while(|token| !is_comment(token));
    let comment = tokens.next()?;
    tokens.any(|token| token.kind != Kind::Blank).then_some(start + comment.start)
}
