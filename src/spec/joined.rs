//! Comments of SQL in lines that YAML joins: they would swallow what stands below them.

use std::sync::Arc;

use super::positions::{Form, Key, Positions, Wanted};
use super::splice::line_start;
use crate::error::{Error, Result};
use crate::finding::Location;
use crate::model::{Database, Kind, Object};
use crate::sql::{self, Kind as TokenKind};

/// Refuses SQL over several lines, all in one to YAML, some of which stands below a `--` comment.
pub(super) fn nothing_is_swallowed(file: &Arc<str>, text: &str) -> Result<()> {
    let has_dashes = |line: &str| line.contains("--") && !line.trim_start().starts_with('#');
    if !text.contains("--") || !text.lines().any(has_dashes) {
        return Ok(());
    }
    // Not kept: most runs ask for few places, or none.
    let positions = Positions::of(file, text, &Wanted::every_key());
    let ([top, ..], Some(database)) = (&positions.way(&[])[..], Kind::named(Database::KIND)) else {
        return Ok(());
    };
    let Some(at) = in_object(database, top, text) else { return Ok(()) };
    let line = text[line_start(text, at)..].lines().next();
    Err(Error::input("YAML makes one line of these, in which all behind `--` is a comment")
        .at(Location::of_byte(Arc::clone(file), text, at), line)
        .help("begin the text with `|`, which keeps its lines"))
}

/// Where the first comment begins, in bytes, that swallows what stands below it, in an object or its short form.
fn in_object(kind: &Kind, key: &Key, text: &str) -> Option<usize> {
    if key.form == Form::Scalar {
        return in_sql(key, text);
    }
    key.inside().into_iter().find_map(|(name, below)| {
        let attribute = kind.attributes.iter().find(|attribute| attribute.name == name)?;
        match attribute.child.and_then(Kind::named) {
            Some(child) => {
                below.inside().into_iter().find_map(|(_, object)| in_object(child, object, text))
            }
            None if attribute.holds_sql => in_sql(below, text),
            None => None,
        }
    })
}

/// The same in a text, or in each of several.
fn in_sql(key: &Key, text: &str) -> Option<usize> {
    if key.form != Form::Scalar {
        return key.inside().into_iter().find_map(|(_, below)| in_sql(below, text));
    }
    let written = text.get(key.value.clone())?;
    if written.starts_with('|') || !written.contains('\n') || !written.contains("--") {
        return None;
    }
    let read = key.scalar(text)?;
    let tokens = sql::tokens(&read);
    let mut comments = tokens
        .filter(|token| token.kind == TokenKind::Blank && token.text.starts_with("--"))
        .map(|token| token.text.trim_end());
    comments.find_map(|comment| {
        // It goes on where its line ended.
        let mut lines = written.split_inclusive('\n').scan(0, |end, line| {
            *end += line.len();
            Some((*end - line.len(), line))
        });
        lines.find_map(|(start, line)| {
            let mark = line.find("--")?;
            let more = comment.strip_prefix(line[mark..].trim_end())?;
            let swallows = !more.trim_start().starts_with("--") && !more.is_empty();
            swallows.then_some(key.value.start + start + mark)
        })
    })
}
