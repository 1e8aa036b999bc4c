//! The forms in which an object is written: short, list, mapping.

use std::marker::PhantomData;

use serde::Serialize;
use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::ser::SerializeMap;

use super::special::MAPPING_ONLY;
use super::{Fields, Known, Object, statement};
use crate::sql;
use crate::value::{ByText, FlowList};

/// The key that holds the short form inside of a mapping, so that more can be said beside it.
pub(crate) const DEFINITION: &str = "definition";

/// Attributes about which no short form says anything.
const BESIDE_EVERY_SHORT: &[&str] = &["comment", "owner", "grants"];

/// `a table`, `an index`.
pub(super) fn one_of_kind(kind: &str) -> String {
    let article = if kind.starts_with(['a', 'e', 'i', 'o']) { "an" } else { "a" };
    format!("{article} {}", kind.replace('_', " "))
}

/// Reads an object in any of its forms: short, list, mapping.
pub(super) fn read<'de, T: Object, D: Deserializer<'de>>(
    deserializer: D,
    known: &mut Known,
) -> Result<T, D::Error> {
    struct Forms<'k, T> {
        known: &'k mut Known,
        object: PhantomData<T>,
    }

    impl<'de, T: Object> Visitor<'de> for Forms<'_, T> {
        type Value = T;

        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str(&one_of_kind(T::KIND))
        }

        fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
            statement::is_at_home(T::KIND, text, &self.known.place).map_err(E::custom)?;
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
            let mut is_defined = false;
            let mut next = 0;
            let key = |next| ByText {
                what: "a string",
                read: move |text: &str| Ok::<_, String>(field::<T>(next, text)),
            };
            while let Some(key) = map.next_key_seed(key(next))? {
                match key {
                    Ok(field) => {
                        object.read_field(field, &mut map, self.known)?;
                        next = field + 1;
                        is_defined |= T::FIELD_NAMES[field] == DEFINITION;
                    }
                    Err(key) if key == DEFINITION => {
                        let text = map.next_value::<String>()?;
                        statement::is_at_home(T::KIND, &text, &self.known.place)
                            .map_err(A::Error::custom)?;
                        definition = Some(short::<T>(&text).map_err(A::Error::custom)?);
                    }
                    Err(key) => return Err(A::Error::unknown_field(&key, keys::<T>())),
                }
            }
            if let Some(definition) = definition {
                if !self.known.place.is_empty() {
                    agree(&definition, &object).map_err(A::Error::custom)?;
                }
                object.adopt(definition);
            }
            if is_defined && has_short::<T>() {
                // A query, too, is all that a short form says.
                object.adopt(complete(T::plain()));
            }
            object.conclude();
            Ok(object)
        }
    }

    deserializer.deserialize_any(Forms { known, object: PhantomData })
}

/// What may be written in a mapping.
fn keys<T: Object>() -> &'static [&'static str] {
    let is_one_more = has_short::<T>() && !T::FIELD_NAMES.contains(&DEFINITION);
    if is_one_more { T::KEYS } else { T::FIELD_NAMES }
}

/// Whether the kind has a short form.
pub(super) fn has_short<T: Object>() -> bool {
    is_read(T::from_short("x").err())
}

/// Whether the kind is written as a list.
pub(super) fn has_list<T: Object>() -> bool {
    is_read(T::from_list(Vec::new()).err())
}

/// Whether a form is read at all, whatever is wrong with what was tried.
fn is_read(error: Option<String>) -> bool {
    error.is_none_or(|error| !error.starts_with(MAPPING_ONLY))
}

/// Whether no attribute is said twice, and not the same: by a definition, and by its own key beside that.
fn agree<T: Object>(definition: &T, beside: &T) -> Result<(), String> {
    let said_twice =
        definition.said_otherwise(&T::plain()).in_common(beside.said_otherwise(definition));
    match T::FIELD_NAMES.iter().enumerate().find(|(field, _)| said_twice.has(*field)) {
        Some((_, name)) => {
            Err(format!("`{name}` is said twice: by the definition, and by its own key"))
        }
        None => Ok(()),
    }
}

/// The place of the field that a key names, or else what it is. Fields mostly come in their order, so that it is looked for
/// from `next` on.
fn field<T: Object>(next: usize, text: &str) -> Result<usize, String> {
    let (before, from) = T::FIELD_NAMES.split_at(next);
    let later = from.iter().position(|name| *name == text).map(|at| next + at);
    let known = later.or_else(|| before.iter().position(|name| *name == text));
    known.ok_or_else(|| text.to_owned())
}

/// The attributes about which the short form of a kind says nothing, unless it does.
fn beside_short<T: Object>() -> Fields {
    const {
        let of_every_kind = Fields::named(T::FIELD_NAMES, BESIDE_EVERY_SHORT);
        of_every_kind.and(Fields::named(T::FIELD_NAMES, T::BESIDE_SHORT))
    }
}

/// An object of its short form.
pub(super) fn short<T: Object>(text: &str) -> Result<T, String> {
    T::from_short(sql::command(text)).map(complete)
}

/// What such a form says, and what follows from it.
fn complete<T: Object>(mut object: T) -> T {
    object.unsay(beside_short::<T>().without(object.said_otherwise(&T::plain())));
    object.conclude();
    object
}

/// What short forms say of an object, and what the short form `text` says beside that; `None` where that is not all of
/// `attributes`.
pub(crate) fn only_short<T: Object>(object: &T, attributes: &[&str], text: &str) -> Option<T> {
    let unsaid = beside_short::<T>().without(told::<T>(text));
    if Fields::of::<T>(attributes).meets(unsaid) {
        return None;
    }
    let mut object = object.clone();
    object.unsay(unsaid);
    Some(object)
}

/// What a short form says that is not as usual.
fn told<T: Object>(text: &str) -> Fields {
    short::<T>(text).map_or(Fields::NONE, |object| object.said_otherwise(&T::plain()))
}

/// Whether every short form of the kind says this attribute: there is nothing that it is as usual.
pub(crate) fn is_in_short<T: Object>(attribute: &str) -> bool {
    let has_usual_value = T::plain().said_otherwise(&T::default());
    has_short::<T>() && !Fields::of::<T>(&[attribute]).meets(has_usual_value)
}

/// What takes the place of a definition.
pub(crate) struct Redefined {
    /// The short form; `None` where the definition is an attribute.
    pub short: Option<String>,
    /// What has to be said beside it, for the definition said it.
    pub beside: Vec<&'static str>,
}

/// What takes the place of the definition `text` of an object; `None` where these attributes cannot be said by that.
pub(crate) fn redefined<T: Object>(
    object: &T,
    attributes: &[&str],
    text: &str,
) -> Option<Redefined> {
    let kept = only_short(object, attributes, text)?;
    let (told, attributes) = (told::<T>(text), Fields::of::<T>(attributes));
    let short = kept.short();
    let (said, told_now) = match &short {
        Some(short) => {
            let said = self::short::<T>(short).unwrap_or_default();
            let told_now = said.said_otherwise(&T::plain());
            (said, told_now)
        }
        None if T::FIELD_NAMES.contains(&DEFINITION)
            && attributes.without(told) == Fields::NONE =>
        {
            (T::default(), Fields::of::<T>(&[DEFINITION]))
        }
        None => return None,
    };
    let untold = beside(&kept, said);
    if attributes.meets(untold.without(told)) {
        return None;
    }
    let beside = untold.and(beside_short::<T>()).in_common(told).without(told_now);
    let names = T::FIELD_NAMES.iter().enumerate().filter(|(field, _)| beside.has(*field));
    Some(Redefined { short, beside: names.map(|(_, name)| *name).collect() })
}

/// An object of a list in place of the short form.
pub(super) fn list<T: Object>(items: Vec<String>) -> Result<T, String> {
    T::from_list(items).map(complete)
}

/// Writes an object in the shortest form that holds all that it says and is not too long.
pub(super) fn write<T: Object, S: serde::Serializer>(
    object: &T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let is_handy = |short: &String| {
        let longest = T::LONGEST_SHORT;
        longest.is_none_or(|most| short.chars().count() <= most && !short.contains('\n'))
    };
    if let Some(list) = object.list()
        && beside(object, T::from_list(list.clone()).unwrap_or_default()) == Fields::NONE
    {
        return FlowList(list).serialize(serializer);
    }
    let Some(short) = object.short().filter(is_handy) else {
        let mut map = serializer.serialize_map(None)?;
        object.write_fields(beside(object, T::default()), &mut map)?;
        return map.end();
    };
    let rest = beside(object, T::from_short(&short).unwrap_or_default());
    if rest == Fields::NONE {
        return short.serialize(serializer);
    }
    let mut map = serializer.serialize_map(None)?;
    map.serialize_entry(DEFINITION, &short)?;
    object.write_fields(rest, &mut map)?;
    map.end()
}

/// What has to be written of an object beside what says this of it: where that and what goes without saying are not so.
fn beside<T: Object>(object: &T, mut said: T) -> Fields {
    said.adopt(T::plain());
    object.said_otherwise(&said)
}
