//! What every kind of object is made of. A kind is its list of fields; everything else is expanded from it.

use std::fmt::Debug;
use std::marker::PhantomData;

use serde::Serialize;
use serde::de::{DeserializeOwned, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::ser::SerializeMap;

use super::{Names, Walk};
use crate::equivalence::Scope;
use crate::finding::Path;
use crate::value::{DataType, FlowList};

/// One field of a kind, as documentation and rule lists show it.
#[derive(Debug, Clone, Copy)]
pub struct Attribute {
    /// Its key in a spec.
    pub name: &'static str,
    /// What it means.
    pub doc: &'static str,
    /// The kind of the objects in it, when it is a collection.
    pub child: Option<&'static str>,
}

/// Two files of one spec say different things about one key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clash;

/// A field of a kind: an attribute, or a collection of child objects.
pub trait Field: Clone + PartialEq + Debug + Default + Serialize + DeserializeOwned {
    /// The kind of the objects in it, when it is a collection.
    const CHILD: Option<&'static str>;

    /// Whether nothing is said.
    fn is_unsaid(&self) -> bool;

    /// Whether a snapshot writes it.
    fn is_written(&self) -> bool {
        !self.is_unsaid()
    }

    /// Says what is unsaid: `plain`, unless that is unsaid too.
    fn complete(&mut self, plain: Self);

    /// Takes a collection about which nothing is said for empty, here and below, and orders it: what a reader of
    /// catalogs did not find is not there.
    fn close(&mut self);

    /// Takes over what another file says.
    ///
    /// # Errors
    /// Both say something, and not the same; `path` then ends at the place.
    fn merge(&mut self, other: Self, path: &mut Vec<String>) -> Result<(), Clash>;

    /// Drops `schema` from the names in it.
    fn relative_to(&mut self, schema: &str);

    /// Shows every data type in it, with the path to it.
    fn visit_types(&self, path: &mut Vec<String>, visit: &mut dyn FnMut(&[String], &DataType));

    /// Compares what is expected with what is there.
    fn compare(&self, actual: &Self, attribute: &'static str, walk: &mut Walk<'_>);
}

/// A kind of object. Implemented by [`object!`] alone.
pub trait Object:
    Special + Clone + PartialEq + Debug + Default + Serialize + DeserializeOwned
{
    /// Its name in rules.
    const KIND: &'static str;
    /// What it is.
    const DOC: &'static str;
    /// Its fields, in order.
    const ATTRIBUTES: &'static [Attribute];
    /// The keys of its fields, in order.
    const FIELD_NAMES: &'static [&'static str];

    /// What PostgreSQL makes of an attribute about which nothing is said. Attributes without such a value (owner,
    /// type) stay unsaid.
    fn plain() -> Self;

    /// Compares field by field.
    fn compare(&self, actual: &Self, walk: &mut Walk<'_>);

    /// Says what is unsaid, here and below.
    fn complete(&mut self);

    /// Takes every collection about which nothing is said for empty, here and below.
    fn close(&mut self);

    /// Says what is unsaid as `other` says it, here and not below.
    fn adopt(&mut self, other: Self);

    /// Takes over what another file says.
    ///
    /// # Errors
    /// Both say something, and not the same; `path` then ends at the place.
    fn merge(&mut self, other: Self, path: &mut Vec<String>) -> Result<(), Clash>;

    /// Drops `schema` from the names in it.
    fn relative_to(&mut self, schema: &str);

    /// Shows every data type in it, with the path to it.
    fn visit_types(&self, path: &mut Vec<String>, visit: &mut dyn FnMut(&[String], &DataType));

    /// Reads the value of `key` into its field; `false` if there is no such field.
    ///
    /// # Errors
    /// The value does not fit.
    fn read_field<'de, A: MapAccess<'de>>(
        &mut self,
        key: &str,
        map: &mut A,
    ) -> Result<bool, A::Error>;

    /// Leaves these attributes unsaid.
    fn unsay(&mut self, names: &[&str]);

    /// Leaves unsaid what `other` says as well.
    fn forget(&mut self, other: &Self);

    /// Writes the fields that say something.
    ///
    /// # Errors
    /// The serializer's own.
    fn write_fields<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error>;
}

/// What is special about a kind. Everything has a default; most kinds need little of it.
pub trait Special: Sized {
    /// Whether a list in place of a mapping is one object's own list (`primary_key: [id]`), not a list of objects.
    const LIST_IS_ONE: bool = false;
    /// The attribute of the parent that says whether the order of these objects matters. They then stand in the order
    /// in which they were read; otherwise they go by name.
    const ORDER: Option<&'static str> = None;

    /// Attributes that the short form cannot say, and about which it says nothing.
    const BESIDE_SHORT: &'static [&'static str] = &[];

    /// Reads the short form, which is complete: what it leaves out is as if SQL had left it out.
    ///
    /// # Errors
    /// What is wrong with the text, as a lower-case fragment.
    fn from_short(text: &str) -> Result<Self, String> {
        Err(format!("expected a mapping, found `{text}`"))
    }

    /// Reads a list of names in place of the short form.
    ///
    /// # Errors
    /// What is wrong with the list.
    fn from_list(_items: Vec<String>) -> Result<Self, String> {
        Err("expected a mapping, found a list".to_owned())
    }

    /// Writes the short form, when it holds all that is said.
    fn short(&self) -> Option<String> {
        None
    }

    /// Writes a list in place of the short form, when it holds all that is said.
    fn list(&self) -> Option<Vec<String>> {
        None
    }

    /// Which columns the expressions in it see; `None` where that is as above it.
    fn scope(&self, _path: &Path) -> Option<Scope> {
        None
    }

    /// The type of the value that it holds, to which a default expression is converted.
    fn value_type(&self) -> Option<&DataType> {
        None
    }

    /// Whether a name that a spec writes is the name `actual`, though it is not written so.
    fn is_named(_written: &str, _actual: &str, _schema: &str, _names: &Names) -> bool {
        false
    }

    /// Whether another object brings it along, so that a snapshot leaves it to that one.
    fn comes_with_another(&self) -> bool {
        false
    }

    /// Whether it is there by itself, so that no spec need mention it: in every new database, or with another object.
    fn goes_without_saying(&self, _name: &str) -> bool {
        false
    }
}

/// The key that holds the short form inside of a mapping, so that more can be said beside it.
pub(super) const DEFINITION: &str = "definition";

/// Attributes about which no short form says anything.
const BESIDE_EVERY_SHORT: &[&str] = &["comment", "owner", "grants"];

/// `r#type` as a spec writes it.
pub(super) const fn key(raw: &'static str) -> &'static str {
    match raw.as_bytes() {
        [b'r', b'#', ..] => raw.split_at(2).1,
        _ => raw,
    }
}

/// Declares a kind: a struct with its documentation, its name in rules, and its fields, each with what PostgreSQL makes
/// of it when nothing is said.
macro_rules! object {
    ($(#[doc = $doc:literal])+ pub struct $name:ident: $kind:literal {
        $($(#[doc = $field_doc:literal])+ $field:ident: $type:ty $(= $plain:expr)?,)*
    }) => {
        $(#[doc = $doc])+
        #[derive(Debug, Clone, PartialEq, Default)]
        pub struct $name {
            $($(#[doc = $field_doc])+ pub $field: $type,)*
        }

        impl $crate::model::Object for $name {
            const KIND: &'static str = $kind;
            const DOC: &'static str = concat!($($doc, "\n"),+);
            const ATTRIBUTES: &'static [$crate::model::Attribute] = &[$($crate::model::Attribute {
                name: $crate::model::object::key(stringify!($field)),
                doc: concat!($($field_doc, "\n"),+),
                child: <$type as $crate::model::Field>::CHILD,
            }),*];

            const FIELD_NAMES: &'static [&'static str] = &[$($crate::model::object::key(stringify!($field))),*];

            fn plain() -> Self {
                Self { $($field: $crate::model::object::plain!($type $(, $plain)?),)* }
            }

            fn compare(&self, actual: &Self, walk: &mut $crate::model::Walk<'_>) {
                $($crate::model::Field::compare(
                    &self.$field,
                    &actual.$field,
                    $crate::model::object::key(stringify!($field)),
                    walk,
                );)*
            }

            fn complete(&mut self) {
                let plain = Self::plain();
                $($crate::model::Field::complete(&mut self.$field, plain.$field);)*
            }

            fn close(&mut self) {
                $($crate::model::Field::close(&mut self.$field);)*
            }

            fn adopt(&mut self, other: Self) {
                $(if $crate::model::Field::is_unsaid(&self.$field) {
                    self.$field = other.$field;
                })*
            }

            fn merge(&mut self, other: Self, path: &mut Vec<String>) -> Result<(), $crate::model::Clash> {
                $(
                    path.push($crate::model::object::key(stringify!($field)).to_owned());
                    $crate::model::Field::merge(&mut self.$field, other.$field, path)?;
                    path.pop();
                )*
                Ok(())
            }

            fn relative_to(&mut self, schema: &str) {
                $($crate::model::Field::relative_to(&mut self.$field, schema);)*
            }

            fn visit_types(
                &self,
                path: &mut Vec<String>,
                visit: &mut dyn FnMut(&[String], &$crate::value::DataType),
            ) {
                $(
                    path.push($crate::model::object::key(stringify!($field)).to_owned());
                    $crate::model::Field::visit_types(&self.$field, path, visit);
                    path.pop();
                )*
            }

            fn read_field<'de, A: serde::de::MapAccess<'de>>(
                &mut self,
                key: &str,
                map: &mut A,
            ) -> Result<bool, A::Error> {
                $(if key == $crate::model::object::key(stringify!($field)) {
                    self.$field = map.next_value()?;
                    return Ok(true);
                })*
                Ok(false)
            }

            fn unsay(&mut self, names: &[&str]) {
                $(if names.contains(&$crate::model::object::key(stringify!($field))) {
                    self.$field = Default::default();
                })*
            }

            fn forget(&mut self, other: &Self) {
                $(if self.$field == other.$field {
                    self.$field = Default::default();
                })*
            }

            fn write_fields<M: serde::ser::SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
                $(if $crate::model::Field::is_written(&self.$field) {
                    map.serialize_entry($crate::model::object::key(stringify!($field)), &self.$field)?;
                })*
                Ok(())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::model::object::read(deserializer)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::model::object::write(self, serializer)
            }
        }
    };
}
pub(crate) use object;

/// The plain value of a field: the one declared, none for a collection, unsaid otherwise.
macro_rules! plain {
    ($type:ty) => {
        <$type as Default>::default()
    };
    ($type:ty, $plain:expr) => {
        <$type>::from($plain)
    };
}
pub(super) use plain;

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
            while let Some(key) = map.next_key::<String>()? {
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

/// An object of its short form.
pub(super) fn short<T: Object>(text: &str) -> Result<T, String> {
    let mut object = T::from_short(text)?;
    object.unsay(BESIDE_EVERY_SHORT);
    object.unsay(T::BESIDE_SHORT);
    Ok(object)
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
