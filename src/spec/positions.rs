//! Where each key of a YAML file stands.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_yaml::granit_parser::{Event, Parser};

use crate::finding::{Location, Path};
use crate::model::unescaped;

/// The place of every key and list item, by the path to it.
#[derive(Debug)]
pub(super) struct Positions {
    file: Arc<str>,
    top: Below,
}

type Below = BTreeMap<Box<str>, Key>;

/// A key or list item, with those in its value.
#[derive(Debug)]
struct Key {
    line: usize,
    column: usize,
    below: Below,
}

/// A mapping or list that is open.
enum Open {
    /// Whether the value of a key is still to come.
    Mapping(bool),
    /// The index of the next item.
    List(usize),
}

impl Positions {
    /// Reads `text`, which must be YAML: places end where it is not. `file` is the name that the places give.
    pub(super) fn of(file: &Arc<str>, text: &str) -> Self {
        let mut top = Below::new();
        let mut keys: Vec<(String, Key)> = Vec::new();
        let mut open: Vec<Open> = Vec::new();
        for (event, span) in Parser::new_from_str(text).map_while(Result::ok) {
            let here = || Key {
                line: span.start.line(),
                column: span.start.col() + 1,
                below: Below::new(),
            };
            let is_leaf = matches!(event, Event::Scalar(..) | Event::Alias(..));
            if is_leaf || matches!(event, Event::MappingStart(..) | Event::SequenceStart(..)) {
                match open.last_mut() {
                    Some(Open::Mapping(key_read @ false)) => {
                        *key_read = true;
                        let name = match &event {
                            Event::Scalar(key, ..) => unescaped(key).into_owned(),
                            _ => String::new(),
                        };
                        keys.push((name, here()));
                        if is_leaf {
                            continue;
                        }
                    }
                    Some(Open::Mapping(_)) | None => {}
                    Some(Open::List(index)) => {
                        keys.push((index.to_string(), here()));
                        *index += 1;
                    }
                }
            }
            match event {
                Event::MappingStart(..) => open.push(Open::Mapping(false)),
                Event::SequenceStart(..) => open.push(Open::List(0)),
                Event::MappingEnd | Event::SequenceEnd => {
                    open.pop();
                    close(&mut open, &mut keys, &mut top);
                }
                _ if is_leaf => close(&mut open, &mut keys, &mut top),
                _ => {}
            }
        }
        Self { file: Arc::clone(file), top }
    }

    /// The place of `path`, or of the nearest key above it, with how much of the path it is.
    pub(super) fn depth_and_place(&self, path: &Path) -> Option<(usize, Location)> {
        let (mut below, mut found) = (&self.top, None);
        for (depth, step) in path.0.iter().enumerate() {
            let Some(key) = below.get(step.as_str()) else { break };
            found = Some((depth + 1, key));
            below = &key.below;
        }
        let place = |key: &Key| Location {
            file: Arc::clone(&self.file),
            line: key.line,
            column: key.column,
        };
        found.map(|(depth, key)| (depth, place(key)))
    }

    /// Whether `path` has a key or list item of its own, or ends in a scalar one step above.
    pub(super) fn writes(&self, path: &Path) -> bool {
        let mut below = &self.top;
        for (depth, step) in path.0.iter().enumerate() {
            let Some(key) = below.get(step.as_str()) else {
                return depth + 1 == path.0.len() && depth > 0 && below.is_empty();
            };
            below = &key.below;
        }
        true
    }

    /// The place of `path`, or of the nearest key above it.
    pub(super) fn nearest(&self, path: &Path) -> Option<Location> {
        self.depth_and_place(path).map(|(_, place)| place)
    }
}

/// A value has ended, and with it its key or its index.
fn close(open: &mut [Open], keys: &mut Vec<(String, Key)>, top: &mut Below) {
    match open.last_mut() {
        Some(Open::Mapping(key_read)) => *key_read = false,
        Some(Open::List(_)) => {}
        None => return,
    }
    if let Some((name, key)) = keys.pop() {
        let above = keys.last_mut().map_or(top, |(_, above)| &mut above.below);
        above.entry(name.into_boxed_str()).or_insert(key);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_items_have_their_places_from_one() {
        let text = "a:\n  b: [x, {c: 1}]\n  \"d\": |\n    text\ne: 2\n";
        let positions = Positions::of(&"f".into(), text);
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
            let place = positions.nearest(&path).expect("found");
            assert_eq!((place.line, place.column), (line, column), "{path:?}");
        }
    }
}
