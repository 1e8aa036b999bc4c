//! Where each key of a YAML file stands.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_yaml::granit_parser::{Event, Parser};

use super::yaml::syntax_error;
use crate::error::Result;
use crate::finding::{Location, Path};
use crate::model::unescaped;

/// The place of every key and list item, by the path to it.
#[derive(Debug, Default)]
pub(super) struct Positions(BTreeMap<Vec<String>, Location>);

/// A mapping or list that is open.
enum Open {
    /// The key that was read, if its value is still to come.
    Mapping(bool),
    /// The index of the next item.
    List(usize),
}

impl Positions {
    /// Reads `text`; `file` is the name that the places give.
    pub(super) fn of(file: &Arc<str>, text: &str) -> Result<Self> {
        let mut places = BTreeMap::new();
        let mut path: Vec<String> = Vec::new();
        let mut open: Vec<Open> = Vec::new();
        for event in Parser::new_from_str(text) {
            let (event, span) =
                event.map_err(|error| syntax_error(file, text, &error.to_string()))?;
            let here = || Location {
                file: Arc::clone(file),
                line: span.start.line(),
                column: span.start.col() + 1,
            };
            let begins = matches!(
                event,
                Event::Scalar(..)
                    | Event::Alias(..)
                    | Event::MappingStart(..)
                    | Event::SequenceStart(..)
            );
            if begins {
                match open.last_mut() {
                    Some(Open::Mapping(key_read @ false)) => {
                        *key_read = true;
                        if let Event::Scalar(key, ..) = &event {
                            path.push(unescaped(key).into_owned());
                            places.entry(path.clone()).or_insert_with(here);
                        } else {
                            path.push(String::new());
                        }
                        if matches!(event, Event::Scalar(..) | Event::Alias(..)) {
                            continue;
                        }
                    }
                    Some(Open::Mapping(_)) | None => {}
                    Some(Open::List(index)) => {
                        path.push(index.to_string());
                        *index += 1;
                        places.entry(path.clone()).or_insert_with(here);
                    }
                }
            }
            match event {
                Event::MappingStart(..) => open.push(Open::Mapping(false)),
                Event::SequenceStart(..) => open.push(Open::List(0)),
                Event::MappingEnd | Event::SequenceEnd => {
                    open.pop();
                    close(&mut open, &mut path);
                }
                Event::Scalar(..) | Event::Alias(..) => close(&mut open, &mut path),
                _ => {}
            }
        }
        Ok(Self(places))
    }

    /// The place of `path`, or of the nearest key above it, with how much of the path it is.
    pub(super) fn depth_and_place(&self, path: &Path) -> Option<(usize, &Location)> {
        (1..=path.0.len()).rev().find_map(|depth| Some((depth, self.0.get(&path.0[..depth])?)))
    }

    /// The place of `path`, or of the nearest key above it.
    pub(super) fn nearest(&self, path: &Path) -> Option<&Location> {
        self.depth_and_place(path).map(|(_, place)| place)
    }
}

/// A value has ended: its key, or its index, is left behind.
fn close(open: &mut [Open], path: &mut Vec<String>) {
    match open.last_mut() {
        Some(Open::Mapping(key_read)) => {
            *key_read = false;
            path.pop();
        }
        Some(Open::List(_)) => drop(path.pop()),
        None => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_items_have_their_places_from_one() {
        let text = "a:\n  b: [x, {c: 1}]\n  \"d\": |\n    text\ne: 2\n";
        let positions = Positions::of(&"f".into(), text).expect("valid");
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
