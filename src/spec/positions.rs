//! Where each key of a YAML file stands.

mod reading;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use serde_yaml::granit_parser::{Event, Parser, Span};

use crate::finding::{Location, Path};
use crate::model::is_pattern;

/// The places of keys and list items, by the path to each.
#[derive(Debug)]
pub(super) struct Positions {
    file: Arc<str>,
    top: Key,
}

/// By name, once whole. Most hold a few keys, for which a tree's nodes are far too large.
type Below = Vec<(Box<str>, Key)>;

/// A key or list item, with those in its value.
#[derive(Debug)]
pub(super) struct Key {
    line: usize,
    column: usize,
    /// Where the text of the key or item begins and ends, in bytes. That of an item is empty.
    pub text: Range<usize>,
    /// Where its value begins and ends; the mark of a block of text belongs to it.
    pub value: Range<usize>,
    /// How its value is written.
    pub form: Form,
    /// Whether it is a pattern.
    pub pattern: bool,
    below: Below,
}

/// The keys whose places are to be kept.
#[derive(Debug, Default)]
pub(super) struct Wanted {
    every_key: bool,
    below: BTreeMap<String, Wanted>,
}

impl Wanted {
    /// Every key there is.
    pub(super) fn every_key() -> Self {
        Self { every_key: true, below: BTreeMap::new() }
    }

    /// Those on the ways to these paths.
    pub(super) fn on_the_way(paths: &[&Path]) -> Self {
        let mut wanted = Self::default();
        for path in paths {
            let mut end = &mut wanted;
            for step in &path.0 {
                end = end.below.entry(step.clone()).or_default();
            }
        }
        wanted
    }

    fn get(&self, name: &str) -> Option<&Self> {
        if self.every_key { Some(self) } else { self.below.get(name) }
    }
}

/// How a value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Not at all.
    Nothing,
    /// As one word or text.
    Scalar,
    /// As keys with values.
    Mapping {
        /// In braces.
        flow: bool,
    },
    /// As a list.
    List {
        /// In brackets.
        flow: bool,
    },
}

impl Form {
    /// Whether what is in it stands between braces or brackets.
    pub(super) fn is_flow(self) -> bool {
        matches!(self, Self::Mapping { flow: true } | Self::List { flow: true })
    }
}

impl Key {
    fn at(span: &Span, name: Option<&str>) -> Self {
        let start = span.start.byte_offset().unwrap_or_default();
        let end = span.end.byte_offset().unwrap_or_default();
        Self {
            line: span.start.line(),
            column: span.start.col() + 1,
            text: if name.is_some() { start..end } else { start..start },
            value: start..end,
            form: Form::Nothing,
            pattern: name.is_some_and(is_pattern),
            below: Below::new(),
        }
    }

    /// Where its value may begin in the text that it is written in.
    pub(super) fn after_colon(&self, text: &str) -> usize {
        let rest = text.get(self.text.end..).unwrap_or_default();
        let between = rest.len() - rest.trim_start().len();
        let has_colon = rest[between..].starts_with(':');
        self.text.end + if has_colon { between + 1 } else { 0 }
    }

    /// Its value in the text that it is written in, where that is a text itself, and no alias of one.
    pub(super) fn scalar(&self, text: &str) -> Option<String> {
        let value = text.get(self.value.clone()).filter(|_| self.form == Form::Scalar)?;
        // How far a block of text is further in counts from its key.
        let indent = " ".repeat(self.column - 1);
        let key =
            if value.starts_with(['|', '>']) { format!("{indent}k: ") } else { String::new() };
        let document = key + value;
        let events = Parser::new_from_str(&document).map_while(Result::ok);
        let scalars = events.filter_map(|(event, _)| match event {
            Event::Scalar(text, ..) => Some(text.into_owned()),
            _ => None,
        });
        scalars.last()
    }

    /// The keys or items in its value, in the order of the file.
    pub(super) fn inside(&self) -> Vec<(&str, &Key)> {
        let mut keys: Vec<_> = self.below.iter().map(|(name, key)| (&**name, key)).collect();
        keys.sort_by_key(|(_, key)| key.text.start);
        keys
    }

    /// Where it begins and its value ends.
    pub(super) fn extent(&self) -> Range<usize> {
        self.text.start..self.value.end.max(self.text.end)
    }

    /// The key or item in its value that the byte `at` belongs to, or is the end of.
    fn around(&self, at: usize) -> Option<(&str, &Self)> {
        let is_around = |key: &Self| key.extent().contains(&at) || key.extent().end == at;
        self.inside().into_iter().rfind(|(_, key)| is_around(key))
    }

    /// The key or item of that name in its value: of two of one name the first.
    pub(super) fn get(&self, name: &str) -> Option<&Key> {
        let at = self.below.partition_point(|(key, _)| **key < *name);
        self.below.get(at).filter(|(key, _)| **key == *name).map(|(_, key)| key)
    }
}

impl Positions {
    /// The keys on the way to `path`, from the one that holds the whole file to the nearest there is.
    pub(super) fn way(&self, path: &[String]) -> Vec<&Key> {
        let mut way = vec![&self.top];
        for step in path {
            let Some(key) = way.last().and_then(|above| above.get(step)) else { break };
            way.push(key);
        }
        way
    }

    /// The keys and items around the byte `at`, with their names, without the one that holds the whole file.
    pub(super) fn around(&self, at: usize) -> Vec<(&str, &Key)> {
        std::iter::successors(self.top.around(at), |(_, key)| key.around(at)).collect()
    }

    /// The place of a key.
    pub(super) fn place(&self, key: &Key) -> Location {
        Location { file: Arc::clone(&self.file), line: key.line, column: key.column }
    }

    /// The place of `path`, or of the nearest key above it, with how much of the path it is.
    pub(super) fn depth_and_place(&self, path: &Path) -> Option<(usize, Location)> {
        let way = self.way(&path.0);
        let (_, below) = way.split_first()?;
        below.last().map(|key| (below.len(), self.place(key)))
    }

    /// Whether `path` has a key or list item of its own, or ends in a scalar one step above.
    pub(super) fn writes(&self, path: &Path) -> bool {
        let way = self.way(&path.0);
        let depth = way.len() - 1;
        let ends_in_scalar = way.last().is_some_and(|key| key.below.is_empty());
        depth == path.0.len() || (depth > 0 && depth + 1 == path.0.len() && ends_in_scalar)
    }

    /// The place of `path`, or of the nearest key above it.
    pub(super) fn nearest(&self, path: &Path) -> Option<Location> {
        self.depth_and_place(path).map(|(_, place)| place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_items_have_their_places_from_one() {
        let text = "a:\n  b: [x, {c: 1}]\n  \"d\": |\n    text\ne: 2\n";
        let every_key = Positions::of(&"f".into(), text, &Wanted::every_key());
        for (path, line, column) in [
            (vec!["a"], 1, 1),
            (vec!["a", "b"], 2, 3),
            (vec!["a", "b", "0"], 2, 7),
            (vec!["a", "b", "1"], 2, 10),
            (vec!["a", "b", "1", "c"], 2, 11),
            (vec!["a", "d"], 3, 3),
            (vec!["e"], 5, 1),
            (vec!["e", "not written"], 5, 1),
        ] {
            let path = Path(path.into_iter().map(str::to_owned).collect());
            let one_key = Positions::of(&"f".into(), text, &Wanted::on_the_way(&[&path]));
            for positions in [&every_key, &one_key] {
                let place = positions.nearest(&path).expect("found");
                assert_eq!((place.line, place.column), (line, column), "{path:?}");
            }
        }
    }

    #[test]
    fn values_have_their_extent() {
        let text = "a:\n  b: [x, {c: 1}]  # c\n  d: |\n    text\n\n    more\n\n  # comment\n  q: a long\n    text\n  n:\n  s:\n    - v: 1\n    - (é)\n    - |-\n      text\n";
        let positions = Positions::of(&"f".into(), text, &Wanted::every_key());
        for (path, value) in [
            ("a/b", "[x, {c: 1}]"),
            ("a/b/1", "{c: 1}"),
            ("a/d", "|\n    text\n\n    more"),
            ("a/q", "a long\n    text"),
            ("a/n", ""),
            ("a/s", "- v: 1\n    - (é)\n    - |-\n      text"),
            ("a/s/0", "v: 1"),
            ("a/s/1", "(é)"),
            ("a/s/2", "|-\n      text"),
        ] {
            let path: Vec<String> = path.split('/').map(str::to_owned).collect();
            let way = positions.way(&path);
            assert_eq!(way.len(), path.len() + 1);
            let key = way[path.len()];
            assert_eq!(&text[key.value.clone()], value, "{path:?}");
            assert!(key.text.end <= key.value.start, "{path:?}");
        }
    }
}
