//! The forms in which an object is written: short, list, mapping.

use std::borrow::Cow;
use std::marker::PhantomData;

use serde::Serialize;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::ser::SerializeMap;

use super::Object;
use crate::value::FlowList;

/// The key that holds the short form inside of a mapping, so that more can be said beside it.
const DEFINITION: &str = "definition";

/// Attributes about which no short form says anything.
const BESIDE_EVERY_SHORT: &[&str] = &["comment", "owner", "grants"];

/// Reads an object in any of its forms: short, list, mapping.
pub(super) fn read<'de, T: Object, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    struct Forms<T>(PhantomData<T>);

    impl<'de, T: Object> Visitor<'de> for Forms<T> {
        type Value = T;

        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            write!(f, "a {}", T::KIND.replace('_', " "))
        }

        fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
            short(text).map_err(E::custom)
        }

        fn visit_bool<E: Error>(self, value: bool) -> Result<T, E> {
            self.visit_str(if value { "true" } else { "false" })
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<T, A::Error> {
            let mut list = Vec::new();
            while let Some(item) = items.next_element::<String>()? {
                list.push(item);
            }
            self::list(list).map_err(A::Error::custom)
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<T, A::Error> {
            let mut object = T::default();
            let mut definition = None;
            while let Some(key) = map.next_key_seed(Key(T::FIELD_NAMES))? {
                if !object.read_field(&key, &mut map)? {
                    if key != DEFINITION {
                        return Err(A::Error::unknown_field(&key, T::FIELD_NAMES));
                    }
                    definition =
                        Some(short::<T>(&map.next_value::<String>()?).map_err(A::Error::custom)?);
                }
            }
            if let Some(definition) = definition {
                object.adopt(definition);
            }
            Ok(object)
        }
    }

    deserializer.deserialize_any(Forms(PhantomData))
}

/// A key of a mapping; one that is known takes no memory of its own.
struct Key(&'static [&'static str]);

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Cow<'static, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Key {
    type Value = Cow<'static, str>;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        let known = self.0.iter().find(|name| **name == text);
        Ok(known.map_or_else(|| text.to_owned().into(), |name| (*name).into()))
    }
}

/// An object of its short form.
pub(super) fn short<T: Object>(text: &str) -> Result<T, String> {
    let mut object = T::from_short(text)?;
    object.unsay(BESIDE_EVERY_SHORT);
    object.unsay(T::BESIDE_SHORT);
    Ok(object)
}

/// What the short form can say of an object; `None` where that does not say all of `attributes`.
pub(crate) fn only_short<T: Object>(object: &T, attributes: &[&str]) -> Option<T> {
    let beside = [BESIDE_EVERY_SHORT, T::BESIDE_SHORT].concat();
    if attributes.iter().any(|attribute| beside.contains(attribute)) {
        return None;
    }
    let mut object = object.clone();
    object.unsay(&beside);
    Some(object)
}

/// An object of a list in place of the short form.
pub(super) fn list<T: Object>(items: Vec<String>) -> Result<T, String> {
    let mut object = T::from_list(items)?;
    object.unsay(BESIDE_EVERY_SHORT);
    object.unsay(T::BESIDE_SHORT);
    Ok(object)
}

/// Writes an object in the shortest form that holds all that it says.
pub(super) fn write<T: Object, S: serde::Serializer>(
    object: &T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut rest = object.clone();
    rest.forget(&T::plain());
    if let Some(list) = object.list() {
        let mut beside = rest.clone();
        beside.forget(&T::from_list(list.clone()).unwrap_or_default());
        if beside == T::default() {
            return FlowList(list).serialize(serializer);
        }
    }
    if let Some(short) = object.short() {
        rest.forget(&T::from_short(&short).unwrap_or_default());
        if rest == T::default() {
            return short.serialize(serializer);
        }
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry(DEFINITION, &short)?;
        rest.write_fields(&mut map)?;
        return map.end();
    }
    let mut map = serializer.serialize_map(None)?;
    rest.write_fields(&mut map)?;
    map.end()
}
