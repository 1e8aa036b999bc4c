//! A kind of object, and what is done with any of them.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Debug;

use serde::Serialize;
use serde::de::{DeserializeOwned, Deserializer, MapAccess};
use serde::ser::SerializeMap;

use super::{Children, Fields, Known, Pass, Special, Walk};
use crate::finding::Path;
use crate::value::{DataType, Home};

/// One field of a kind, as documentation and rule lists show it.
#[derive(Debug, Clone, Copy)]
pub struct Attribute {
    /// Its key in a spec.
    pub name: &'static str,
    /// What it means.
    pub doc: &'static str,
    /// The kind of the objects in it, when it is a collection.
    pub child: Option<&'static str>,
    /// Whether its value is SQL.
    pub holds_sql: bool,
}

/// What may be written for each kind, as JSON Schema, by its name in rules.
pub type Definitions = BTreeMap<&'static str, serde_json::Value>;

/// How an entry of a collection is written, as [`Object::visit_objects`] shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// By its name, with what it is: as a reader of catalogs has it.
    Whole,
    /// As a pattern, as a shape without a name, or with a word about its presence alone.
    Vaguely,
}

/// What is shown every object of a spec or database: its kind, the path to it, how it is written.
pub type VisitObjects<'a> = &'a mut dyn FnMut(&'static str, &Path, Written);

/// Two files of one spec say different things about one key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clash;

/// Where an object stands below another: by turns the key of a field, and the name of an object in it.
pub type Steps<'a> = &'a [(&'a str, &'a str)];

/// An object as a reader of catalogs has it.
#[derive(Debug)]
pub struct Row<'a, D> {
    /// Its attributes.
    pub attributes: D,
    /// What they are read from: the same for objects that are alike.
    pub bytes: &'a [u8],
    /// The objects that were read before.
    pub known: &'a mut Known,
}

/// What is done with a part of an object that [`Object::find`] leads to.
pub trait Found: Sized {
    /// What comes of it; its default where nothing does.
    type Out: Default;

    /// It is an object.
    fn object<T: Object>(self, _object: &T) -> Self::Out {
        Self::Out::default()
    }

    /// It is a collection.
    fn collection<T: Object>(self, _objects: &Children<T>) -> Self::Out {
        Self::Out::default()
    }

    /// It is the value of an attribute.
    fn value<V: Serialize>(self, _value: &V) -> Self::Out {
        Self::Out::default()
    }
}

/// A kind of object. Implemented by `object!` alone.
pub trait Object:
    Special + Clone + PartialEq + Debug + Default + Serialize + DeserializeOwned + Send + Sync + 'static
{
    /// Its name in rules.
    const KIND: &'static str;
    /// What it is.
    const DOC: &'static str;
    /// Its fields, in order.
    const ATTRIBUTES: &'static [Attribute];
    /// Whether any of its fields is a collection.
    const HOLDS_OBJECTS: bool = holds_objects(Self::ATTRIBUTES);
    /// The keys of its fields, in order.
    const FIELD_NAMES: &'static [&'static str];
    /// The same, and the key that holds a short form.
    const KEYS: &'static [&'static str];

    /// What PostgreSQL makes of an attribute about which nothing is said. Attributes without such a value (owner,
    /// type) stay unsaid.
    fn plain() -> Self;

    /// What may be written in each field, as JSON Schema, in order.
    fn field_schemas(definitions: &mut Definitions) -> Vec<serde_json::Value>;

    /// Whether it shows at a glance that what is there is as expected: everything that is said is the same, and says no more.
    fn is_met_by(&self, actual: &Self) -> bool;

    /// Compares field by field.
    fn compare(&self, actual: &Self, walk: &mut Walk<'_>);

    /// Says what is unsaid, here and below.
    fn complete(&mut self, pass: &mut Pass);

    /// Takes every collection about which nothing is said for empty, here and below.
    fn close(&mut self);

    /// Leaves out the objects below that are hidden.
    fn prune(&mut self, path: &mut Path, hidden: &dyn Fn(&'static str, &Path) -> bool);

    /// Reads `object` into this one, or to where `steps` lead; `false` if what it would stand below is not there. What is
    /// below it stays.
    ///
    /// # Errors
    /// There is no such collection, or the object cannot be read.
    fn place<'de, D: Deserializer<'de>>(
        &mut self,
        steps: Steps<'_>,
        object: Row<'_, D>,
    ) -> Result<bool, D::Error>;

    /// Leaves out the objects below that another one brings along, as a snapshot does.
    fn leave_tacit(&mut self);

    /// Shows every object below, parents before their children.
    fn visit_objects(&self, path: &mut Path, visit: VisitObjects<'_>);

    /// Leaves unsaid, here and below, the attributes of which `off` is true, given their kind.
    fn silence(&mut self, off: &dyn Fn(&'static str, &'static str) -> bool, pass: &mut Pass);

    /// Leads to what stands at the end of `path`: by turns the key of a field, and the name of an object in it.
    fn find<F: Found>(&self, path: &[String], found: F) -> Option<F::Out>;

    /// Makes every attribute plain; what is below stays.
    fn hollow(&mut self);

    /// Whether there are objects below.
    fn has_children(&self) -> bool;

    /// Says what is unsaid as `other` says it, here and not below.
    fn adopt(&mut self, other: Self);

    /// Takes over what another file says.
    ///
    /// # Errors
    /// Both say something, and not the same; `path` then ends at the place.
    fn merge(&mut self, other: Self, path: &mut Vec<String>) -> Result<(), Clash>;

    /// Drops `schema` from the names in it.
    fn relative_to(&mut self, home: &Home<'_>, pass: &mut Pass);

    /// Shows every data type in it, with the path to it.
    fn visit_types<'a>(
        &'a self,
        path: &mut Vec<Cow<'a, str>>,
        visit: &mut dyn FnMut(&[Cow<'a, str>], &DataType),
    );

    /// Reads a value into the field at this place.
    ///
    /// # Errors
    /// The value does not fit.
    fn read_field<'de, A: MapAccess<'de>>(
        &mut self,
        field: usize,
        map: &mut A,
        known: &mut Known,
    ) -> Result<(), A::Error>;

    /// Leaves these fields unsaid.
    fn unsay(&mut self, fields: Fields);

    /// The fields that say something, and not what `other` says.
    fn said_otherwise(&self, other: &Self) -> Fields;

    /// Writes those of `fields` that say something.
    ///
    /// # Errors
    /// The serializer's own.
    fn write_fields<M: SerializeMap>(&self, fields: Fields, map: &mut M) -> Result<(), M::Error>;
}

/// Whether any of these is a collection.
const fn holds_objects(attributes: &[Attribute]) -> bool {
    let mut at = 0;
    while at < attributes.len() {
        if attributes[at].child.is_some() {
            return true;
        }
        at += 1;
    }
    false
}
