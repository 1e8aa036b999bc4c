//! How a collection is written: a mapping by name, a list of shapes, and the words about presence.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use compact_str::CompactString;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::ser::{SerializeMap, Serializer};
use serde::{Deserialize, Serialize};

use super::pattern::{escape, is_pattern, literal, unescaped};
use super::{Children, Entries, Entry, Known, Object, Shared};
use super::{forms, statement};
use crate::value::ByText;

impl<T: Object> Serialize for Children<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Unsaid => serializer.serialize_none(),
            Self::Shapes(shapes) => shapes.serialize(serializer),
            Self::Named(entries) => {
                let mut map = serializer.serialize_map(None)?;
                for (name, entry) in entries {
                    if !entry.comes_with_another() {
                        map.serialize_entry(name, entry)?;
                    }
                }
                map.end()
            }
        }
    }
}

impl<T: Object> Serialize for Entry<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Any => "any".serialize(serializer),
            Self::Absent => "absent".serialize(serializer),
            Self::Exists => serializer.serialize_none(),
            Self::Body(body) => body.serialize(serializer),
        }
    }
}

impl<'de, T: Object> Deserialize<'de> for Children<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read(deserializer, &mut Known::default())
    }
}

/// Reads a collection. Of objects that are like one that is known, it takes that one.
pub(super) fn read<'de, T: Object, D: Deserializer<'de>>(
    deserializer: D,
    known: &mut Known,
) -> Result<Children<T>, D::Error> {
    deserializer.deserialize_any(Collection { known, object: PhantomData })
}

struct Collection<'k, T> {
    known: &'k mut Known,
    object: PhantomData<T>,
}

impl<'de, T: Object> Visitor<'de> for Collection<'_, T> {
    type Value = Children<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = T::KIND.replace('_', " ");
        let or_a_list = or_a_list::<T>();
        write!(f, "a mapping by name{or_a_list} of each {kind}; {{}} stands for none")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Children<T>, A::Error> {
        let mut entries = Entries::default();
        while let Some(key) = map.next_key_seed(ByText { what: "a name", read: key::<T> })? {
            self.known.place.push(key);
            let said = map.next_value_seed(Said { known: self.known, object: PhantomData })?;
            let (at, before) =
                entries.insert_full(self.known.place.pop().unwrap_or_default(), said);
            // A name with a backslash can be written in two ways.
            if let (Some(_), Some((key, _))) = (before, entries.get_index(at)) {
                return Err(A::Error::custom(format!("`{}` stands there twice", unescaped(key))));
            }
        }
        if T::LIST_IS_ONE && entries.len() > 1 {
            is_one(&entries).map_err(A::Error::custom)?;
        }
        entries.shrink_to_fit();
        Ok(Children::Named(entries))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Children<T>, A::Error> {
        if T::LIST_IS_ONE {
            let list = Vec::<String>::deserialize(SeqAccessDeserializer::new(items))?;
            return Ok(Children::Shapes(vec![forms::list(list).map_err(A::Error::custom)?]));
        }
        if !T::LIST_HOLDS_SHAPES {
            if items.next_element::<IgnoredAny>()?.is_none() {
                return Ok(Children::none());
            }
            let kind = T::KIND.replace('_', " ");
            return Err(A::Error::custom(format!(
                "each {kind} has a name: write a mapping from names, in place of a list"
            )));
        }
        let mut shapes = Vec::new();
        self.known.place.push(OF_ANY_NAME);
        while let Some(shape) =
            items.next_element_seed(Shape { known: self.known, object: PhantomData })?
        {
            shapes.push(shape);
        }
        self.known.place.pop();
        Ok(Children::Shapes(shapes))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Children<T>, E> {
        match text {
            "any" => Err(E::custom(
                "a key with `any` says nothing; leave it out, or write {\"*\": any} for whatever is there",
            )),
            "absent" if T::LIST_IS_ONE => Ok(Children::none()),
            _ if T::LIST_IS_ONE => {
                Ok(Children::Shapes(vec![forms::short(text).map_err(E::custom)?]))
            }
            _ => Err(E::custom(format!(
                "expected a mapping by name{}, found `{text}`; {{}} stands for none",
                or_a_list::<T>()
            ))),
        }
    }

    fn visit_none<E: Error>(self) -> Result<Children<T>, E> {
        self.visit_unit()
    }

    fn visit_unit<E: Error>(self) -> Result<Children<T>, E> {
        if T::LIST_IS_ONE {
            return Ok(Children::none());
        }
        Err(E::custom(
            "nothing is written here; write {} for none, or leave the key out for no opinion",
        ))
    }
}

/// What else may stand in the place of a mapping.
fn or_a_list<T: Object>() -> &'static str {
    if T::LIST_HOLDS_SHAPES || T::LIST_IS_ONE { " or a list" } else { "" }
}

/// A name or pattern, as it is kept.
fn key<T: Object>(text: &str) -> Result<CompactString, String> {
    let Some(name) = literal(text) else { return Ok(text.into()) };
    T::check_key(&name)?;
    Ok(escape(&name).into())
}

/// Whether there is no more than one of what there can be one of.
fn is_one<T: Object>(entries: &Entries<T>) -> Result<(), String> {
    let demanded = entries.iter().filter(|(key, entry)| entry.is_demand() && !is_pattern(key));
    let names: Vec<Cow<'_, str>> = demanded.map(|(key, _)| unescaped(key)).collect();
    if names.len() < 2 {
        return Ok(());
    }
    let (kind, names) = (T::KIND.replace('_', " "), names.join(", "));
    Err(format!("there is one {kind} at most, and its name is the key: {names}"))
}

/// The key of an item of a list: the pattern that any name matches.
const OF_ANY_NAME: CompactString = CompactString::const_new("*");

/// An item of a list.
struct Shape<'k, T> {
    known: &'k mut Known,
    object: PhantomData<T>,
}

impl<'de, T: Object> DeserializeSeed<'de> for Shape<'_, T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        forms::read(deserializer, self.known)
    }
}

/// A byte that no UTF-8 has: what a list is known by begins with it, and so does each item.
const IN_NO_TEXT: u8 = 0xff;

/// What is said under one name or pattern.
struct Said<'k, T> {
    known: &'k mut Known,
    object: PhantomData<T>,
}

impl<'de, T: Object> DeserializeSeed<'de> for Said<'_, T> {
    type Value = Entry<T>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Entry<T>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de, T: Object> Visitor<'de> for Said<'_, T> {
    type Value = Entry<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, `any`, `absent`, or nothing", forms::one_of_kind(T::KIND))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Entry<T>, E> {
        Ok(match text {
            "any" => Entry::Any,
            "absent" => Entry::Absent,
            text => {
                statement::is_at_home(T::KIND, text, &self.known.place).map_err(E::custom)?;
                let read = || forms::short(text).map_err(E::custom);
                Entry::Body(self.known.get_or_read(text.as_bytes(), read)?)
            }
        })
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Entry<T>, E> {
        self.visit_str(if value { "true" } else { "false" })
    }

    fn visit_none<E: Error>(self) -> Result<Entry<T>, E> {
        Ok(Entry::Exists)
    }

    fn visit_unit<E: Error>(self) -> Result<Entry<T>, E> {
        Ok(Entry::Exists)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<Entry<T>, A::Error> {
        let items = Vec::<String>::deserialize(SeqAccessDeserializer::new(items))?;
        let bytes = items.iter().fold(vec![IN_NO_TEXT], |mut bytes, item| {
            bytes.push(IN_NO_TEXT);
            bytes.extend(item.as_bytes());
            bytes
        });
        let read = || forms::list(items).map_err(A::Error::custom);
        self.known.get_or_read(&bytes, read).map(Entry::Body)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Entry<T>, A::Error> {
        let body: T = forms::read(MapAccessDeserializer::new(map), self.known)?;
        Ok(Entry::Body(Shared::from(body)))
    }
}
