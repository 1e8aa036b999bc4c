//! Texts of YAML that are put into another one, which otherwise stays as it is.

use std::cmp::Reverse;
use std::ops::Range;

use indexmap::IndexMap;
use serde::Serialize;
use serde_yaml::granit_parser::{Event, Parser, ScalarStyle};

use super::positions::Key;
use super::{comments, yaml};
use crate::error::Result;

/// What takes the place of a range of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Splice {
    pub range: Range<usize>,
    pub text: String,
}

impl Splice {
    pub(super) fn insert(at: usize, text: String) -> Self {
        Self { range: at..at, text }
    }

    /// Whether one of the `known` comments of `text` stands in its range and not in what comes there.
    pub(super) fn loses_any(&self, known: &[Range<usize>], text: &str) -> bool {
        let is_in =
            |one: &&Range<usize>| self.range.start <= one.start && one.end <= self.range.end;
        let mut there: Vec<&str> =
            comments::find(&self.text).into_iter().map(|one| &self.text[one]).collect();
        known.iter().filter(is_in).any(|one| {
            let same = there.iter().position(|comment| *comment == &text[one.clone()]);
            same.map(|at| there.swap_remove(at)).is_none()
        })
    }
}

/// Makes the changes; of two that overlap only the first.
pub(super) fn apply(text: &str, mut splices: Vec<Splice>) -> String {
    // Where several things end, what is further in comes first.
    let indent =
        |text: &str| text.trim_start_matches('\n').chars().take_while(|c| *c == ' ').count();
    splices.sort_by_key(|splice| {
        (splice.range.start, splice.range.end, Reverse(indent(&splice.text)))
    });
    let windows = text.contains("\r\n");
    let (mut result, mut done) = (String::with_capacity(text.len()), 0);
    for splice in splices {
        if splice.range.start < done {
            continue;
        }
        result += &text[done..splice.range.start];
        result += &if windows {
            // What was moved has its ends of lines already.
            splice.text.replace("\r\n", "\n").replace('\n', "\r\n")
        } else {
            splice.text
        };
        done = splice.range.end;
    }
    result + &text[done..]
}

/// A value as it stands after `key:`: with a space before it, or on lines of its own, two spaces further in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Value(String);

impl Value {
    pub(super) fn of<T: Serialize>(value: &T) -> Result<Self> {
        let text = yaml::write_to_insert(&IndexMap::from([("k", value)]))?;
        Ok(Self(text.strip_prefix("k:").unwrap_or(&text).trim_end_matches('\n').to_owned()))
    }

    /// A mapping of these, on lines of their own.
    pub(super) fn mapping(entries: &[(String, Self)]) -> Result<Self> {
        let entries = entries.iter().map(|(name, value)| value.entry(name, 2));
        Ok(Self(format!("\n{}", entries.collect::<Result<Vec<_>>>()?.join("\n"))))
    }

    /// A list of these, on lines of their own.
    pub(super) fn list(items: &[Self]) -> Self {
        let items: Vec<String> = items.iter().map(|item| item.item(2)).collect();
        Self(format!("\n{}", items.join("\n")))
    }

    /// No objects.
    pub(super) fn none(list: bool) -> Self {
        Self(if list { " []" } else { " {}" }.to_owned())
    }

    /// Whether it is a mapping or list on lines of its own.
    pub(super) fn is_block(&self) -> bool {
        self.0.starts_with('\n')
    }

    /// As it stands in place of a collection of which it is the only object: only a mapping by name has a place for one that
    /// is a mapping itself.
    pub(super) fn in_place_of_all(self, name: &str) -> Result<Self> {
        if self.is_block() { Self::mapping(&[(name.to_owned(), self)]) } else { Ok(self) }
    }

    /// As it stands after a key that is `indent` columns in.
    pub(super) fn after_key(&self, indent: usize) -> String {
        indented(&self.0, indent)
    }

    /// With its key, `indent` columns in.
    pub(super) fn entry(&self, name: &str, indent: usize) -> Result<String> {
        let key = yaml::write(&IndexMap::from([(name, 0)]))?;
        let key = key.trim_end().trim_end_matches(" 0");
        Ok(format!("{}{key}{}", " ".repeat(indent), self.after_key(indent)))
    }

    /// As an item of a list whose dashes are `indent` columns in, without that dash.
    pub(super) fn after_dash(&self, indent: usize) -> String {
        indented(self.0.trim_start(), indent)
    }

    /// As an item of a list, `indent` columns in.
    pub(super) fn item(&self, indent: usize) -> String {
        format!("{}- {}", " ".repeat(indent), self.after_dash(indent))
    }

    /// On one line, as it can stand between braces.
    pub(super) fn flow(&self) -> String {
        let document = format!("k:{}", self.0);
        let mut text = String::new();
        // For each open mapping or list: whether it is a mapping, and how many scalars and collections came.
        let mut open: Vec<(bool, usize)> = Vec::new();
        for (event, _) in Parser::new_from_str(&document).map_while(std::result::Result::ok) {
            let begins = matches!(
                event,
                Event::Scalar(..) | Event::MappingStart(..) | Event::SequenceStart(..)
            );
            if begins && let Some((mapping, count)) = open.last_mut() {
                text += match (*mapping, *count) {
                    (_, 0) => "",
                    (true, count) if count % 2 == 1 => ": ",
                    _ => ", ",
                };
                *count += 1;
            }
            match event {
                Event::Scalar(value, style, ..) => text += &scalar(&value, style),
                Event::MappingStart(..) => {
                    text.push('{');
                    open.push((true, 0));
                }
                Event::SequenceStart(..) => {
                    text.push('[');
                    open.push((false, 0));
                }
                Event::MappingEnd => {
                    text.push('}');
                    open.pop();
                }
                Event::SequenceEnd => {
                    text.push(']');
                    open.pop();
                }
                _ => {}
            }
        }
        // Without the key that it was given.
        text.strip_prefix("{k: ")
            .and_then(|rest| rest.strip_suffix('}'))
            .unwrap_or(&text)
            .to_owned()
    }
}

/// A key as it can stand between braces.
pub(super) fn flow_key(name: &str) -> Result<String> {
    Ok(Value::of(&name)?.flow())
}

fn scalar(value: &str, style: ScalarStyle) -> String {
    let plain = style == ScalarStyle::Plain && !value.contains([',', '[', ']', '{', '}', '\n']);
    if plain {
        return value.to_owned();
    }
    // What YAML wants to be escaped, and JSON does not.
    let escaped = |c: char| match c {
        '\u{7f}'..='\u{9f}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' => {
            format!("\\u{:04x}", u32::from(c))
        }
        c => c.to_string(),
    };
    serde_json::Value::from(value).to_string().chars().map(escaped).collect()
}

fn indented(text: &str, indent: usize) -> String {
    let mut lines = text.split('\n');
    let mut result = lines.next().unwrap_or_default().to_owned();
    for line in lines {
        result.push('\n');
        if !line.is_empty() {
            result += &" ".repeat(indent);
            result += line;
        }
    }
    result
}

/// Where the line of `at` begins.
pub(super) fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |at| at + 1)
}

/// Where the line after that of `at` begins.
pub(super) fn next_line(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |found| at + found + 1)
}

/// Where the last line of a key with its value ends.
pub(super) fn end_of(text: &str, key: &Key) -> usize {
    next_line(text, key.extent().end)
}

/// Where a key or item with the comments right above it begins: lines as far in as itself, without a rule (`----`) in
/// them, which heads more than one.
pub(super) fn start_of(text: &str, key: &Key) -> usize {
    above(text, key, |comment| !is_heading(comment))
}

/// The same with headings.
pub(super) fn comments_above(text: &str, key: &Key) -> usize {
    above(text, key, |_| true)
}

fn above(text: &str, key: &Key, belongs: impl Fn(&str) -> bool) -> usize {
    let mut start = line_start(text, key.text.start);
    let first = text[start..].trim_start();
    let indent = text[start..].len() - first.len();
    while start > 0 {
        let above = line_start(text, start - 1);
        let line = text[above..start].trim_end();
        let comment = line.trim_start();
        let is_one = comment.starts_with('#') && line.len() - comment.len() == indent;
        if !is_one || !belongs(comment) {
            break;
        }
        start = above;
    }
    start
}

fn is_heading(comment: &str) -> bool {
    let marks: Vec<char> = comment.chars().collect();
    marks.windows(3).any(|three| {
        let one = three[0];
        !one.is_alphanumeric()
            && !one.is_whitespace()
            && one != '.'
            && three.iter().all(|c| *c == one)
    })
}

/// Whether a blank line stands above `at`, which is the start of a line.
pub(super) fn blank_above(text: &str, at: usize) -> bool {
    at > 0 && text[line_start(text, at - 1)..at].trim().is_empty()
}

/// Gives a key another value. Comments on its first line stay.
pub(super) fn replace(text: &str, key: &Key, value: &Value, flow: bool) -> Splice {
    let line = line_start(text, key.text.start);
    if flow {
        if key.text.is_empty() {
            return Splice { range: key.value.clone(), text: value.flow() };
        }
        let range = key.after_colon(text)..key.value.end.max(key.after_colon(text));
        return Splice { range, text: format!(" {}", value.flow()) };
    }
    let (start, new) = if key.text.is_empty() {
        // An item: from behind its dash.
        let start = key.value.start;
        let indent = text[line..start].chars().count().saturating_sub(2);
        (start, value.after_dash(indent))
    } else {
        (key.after_colon(text), value.after_key(column(text, key)))
    };
    let end = key.value.end.max(start);
    let rest_of = |from: usize| text[from..next_line(text, from)].trim();
    let head = match rest_of(start) {
        // Behind the mark of a block of text.
        mark if mark.starts_with(['|', '>']) => mark.find(" #").map(|at| &mark[at + 1..]),
        rest => Some(rest).filter(|rest| rest.starts_with('#')),
    };
    let tail = Some(rest_of(end)).filter(|rest| rest.starts_with('#'));
    let on_its_line = !text[line..end].contains('\n');
    match (head, tail) {
        // What stands behind the last of several lines is about that line.
        (_, Some(_)) if !on_its_line => {
            let end = end + text[end..next_line(text, end)].trim_end().len();
            let text = head.map_or_else(|| new.clone(), |comment| with_comment(&new, comment));
            Splice { range: start..end, text }
        }
        (Some(comment), _) => Splice { range: start..end, text: with_comment(&new, comment) },
        (None, Some(comment)) if new.contains('\n') => {
            let end = end + text[end..next_line(text, end)].trim_end().len();
            Splice { range: start..end, text: with_comment(&new, comment) }
        }
        _ => Splice { range: start..end, text: new },
    }
}

fn with_comment(value: &str, comment: &str) -> String {
    match value.split_once('\n') {
        Some((first, more)) => format!("{first}  {comment}\n{more}"),
        None => format!("{value}  {comment}"),
    }
}

/// How far in a key is.
pub(super) fn column(text: &str, key: &Key) -> usize {
    let line = line_start(text, key.text.start);
    // The mark that a file may begin with takes no column.
    text[line..key.text.start].trim_start_matches('\u{feff}').chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_on_one_line_can_stand_between_braces() {
        for (value, flow) in [
            (serde_json::json!("numeric(10, 2)"), "\"numeric(10, 2)\""),
            (serde_json::json!("text"), "text"),
            (serde_json::json!("a: b # c"), "\"a: b # c\""),
            (serde_json::json!({"a": ["x", "y, z"], "b": {}}), "{a: [x, \"y, z\"], b: {}}"),
            (serde_json::json!("two\nlines"), "\"two\\nlines\""),
        ] {
            let value = Value::of(&value).expect("YAML");
            assert_eq!(value.flow(), flow);
        }
    }
}
