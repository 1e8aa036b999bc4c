//! What every kind of object is made of: its fields, and what is special about it.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Debug;

use serde::Serialize;
use serde::de::{DeserializeOwned, Deserializer, Error as _, MapAccess};
use serde::ser::SerializeMap;

use super::{Children, Fields, Known, Meaning, Pass, Walk};
use crate::equivalence::Scope;
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
pub trait Found {
    /// What comes of it.
    type Out;

    /// It is an object.
    fn object<T: Object>(self, object: &T) -> Self::Out;

    /// It is a collection.
    fn collection<T: Object>(self, objects: &Children<T>) -> Self::Out;

    /// It is the value of an attribute.
    fn value<V: Serialize>(self, value: &V) -> Self::Out;
}

/// A field of a kind: an attribute, or a collection of child objects. What is given here is what holds for attributes.
pub trait Field: Clone + PartialEq + Debug + Default + Serialize + DeserializeOwned {
    /// The kind of the objects in it, when it is a collection.
    const CHILD: Option<&'static str> = None;

    /// Reads it. Of objects in it that are like one that is known, it takes that one.
    ///
    /// # Errors
    /// The deserializer's own, and what is wrong with what is written.
    fn read<'de, D: Deserializer<'de>>(
        deserializer: D,
        _known: &mut Known,
    ) -> Result<Self, D::Error> {
        Self::deserialize(deserializer)
    }

    /// Whether nothing is said, as by default.
    fn is_unsaid(&self) -> bool;

    /// Whether a snapshot writes it.
    fn is_written(&self) -> bool {
        !self.is_unsaid()
    }

    /// Whether it is a collection with something in it.
    fn has_objects(&self) -> bool {
        false
    }

    /// Says what is unsaid: `plain`, unless that is unsaid too.
    fn complete(&mut self, plain: Self, _pass: &mut Pass) {
        if self.is_unsaid() {
            *self = plain;
        }
    }

    /// Takes a collection about which nothing is said for empty, here and below, and orders it: what a reader of
    /// catalogs did not find is not there.
    fn close(&mut self) {}

    /// Leaves out the objects in it that are hidden. Of one that holds others that are not, a shell stays.
    fn prune(
        &mut self,
        _attribute: &'static str,
        _path: &mut Path,
        _hidden: &dyn Fn(&'static str, &Path) -> bool,
    ) {
    }

    /// Makes an attribute `plain`; a collection stays what it is.
    fn hollow(&mut self, plain: Self) {
        *self = plain;
    }

    /// Takes over what another file says.
    ///
    /// # Errors
    /// Both say something, and not the same; `path` then ends at the place.
    fn merge(&mut self, other: Self, _path: &mut Vec<String>) -> Result<(), Clash> {
        if self.is_unsaid() {
            *self = other;
        } else if !other.is_unsaid() && *self != other {
            return Err(Clash);
        }
        Ok(())
    }

    /// Drops `schema` from the names in it.
    fn relative_to(&mut self, _home: &Home<'_>, _pass: &mut Pass) {}

    /// Shows every data type in it, with the path to it.
    fn visit_types<'a>(
        &'a self,
        _attribute: &'static str,
        _path: &mut Vec<Cow<'a, str>>,
        _visit: &mut dyn FnMut(&[Cow<'a, str>], &DataType),
    ) {
    }

    /// Reads `object` into the collection, under a name or further below, as [`Object::place`] does.
    ///
    /// # Errors
    /// It is no collection, or the object cannot be read.
    fn place<'de, D: Deserializer<'de>>(
        &mut self,
        _name: &str,
        _below: Steps<'_>,
        _object: Row<'_, D>,
    ) -> Result<bool, D::Error> {
        Err(D::Error::custom("it is no collection"))
    }

    /// Leaves out the objects in it that another one brings along, as a snapshot does.
    fn leave_tacit(&mut self) {}

    /// Shows every object in it, parents before their children.
    fn visit_objects(&self, _attribute: &'static str, _path: &mut Path, _visit: VisitObjects<'_>) {}

    /// What may be written there, as JSON Schema. Kinds that it refers to are among `definitions`.
    fn schema(_definitions: &mut Definitions) -> serde_json::Value {
        serde_json::Value::Bool(true)
    }

    /// Leaves unsaid, here and below, the attributes of which `off` is true, given their kind.
    fn silence(
        &mut self,
        (kind, attribute): (&'static str, &'static str),
        off: &dyn Fn(&'static str, &'static str) -> bool,
        _pass: &mut Pass,
    ) {
        if off(kind, attribute) {
            *self = Self::default();
        }
    }

    /// Leads to what stands at the end of `path`.
    fn find<F: Found>(&self, path: &[String], found: F) -> Option<F::Out> {
        path.is_empty().then(|| found.value(self))
    }

    /// Whether it shows at a glance that what is there is as expected. It does not where objects are to be counted.
    fn is_met_by(&self, _actual: &Self) -> bool {
        false
    }

    /// Compares what is expected with what is there.
    fn compare(&self, actual: &Self, attribute: &'static str, walk: &mut Walk<'_>);
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

/// How kinds answer that have no short form, or no list in place of it.
pub(super) const MAPPING_ONLY: &str = "expected a mapping";

/// What is special about a kind. Everything has a default; most kinds need little of it.
pub trait Special: Sized {
    /// Whether a list in place of a mapping is one object's own list (`primary_key: [id]`), not a list of objects.
    const LIST_IS_ONE: bool = false;
    /// The attribute of the parent that says whether the order of these objects matters. They then stand in the order
    /// in which they were read; otherwise they go by name.
    const ORDER: Option<&'static str> = None;

    /// Whether these objects belong to the whole server, not to the database: where a spec does not write them, it has
    /// nothing to do with them.
    const OF_THE_SERVER: bool = false;

    /// The one of these objects that every new database has.
    const IN_EVERY_NEW_DATABASE: Option<&'static str> = None;

    /// Attributes that the short form cannot say, and about which it says nothing.
    const BESIDE_SHORT: &'static [&'static str] = &[];

    /// Reads the short form, which is complete: what it leaves out is as if SQL had left it out.
    ///
    /// # Errors
    /// What is wrong with the text, as a lower-case fragment.
    fn from_short(text: &str) -> Result<Self, String> {
        Err(format!("{MAPPING_ONLY}, found `{text}`"))
    }

    /// Reads a list of names in place of the short form.
    ///
    /// # Errors
    /// What is wrong with the list.
    fn from_list(_items: Vec<String>) -> Result<Self, String> {
        Err(format!("{MAPPING_ONLY}, found a list"))
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

    /// The type of the value that it holds, to which the expressions of its attributes are converted.
    fn value_type(&self) -> Option<&DataType> {
        None
    }

    /// Whether a name that a spec writes is the name `actual`, though it is not written so.
    fn is_named(_written: &str, _actual: &str, _schema: &str, _names: &Meaning<'_>) -> bool {
        false
    }

    /// Says what follows from all that is said, and leaves out what goes without saying.
    fn conclude(&mut self) {}

    /// The same, said as `actual` says it, where it can be said in several ways; and without what follows from another
    /// difference, which is told.
    fn in_terms_of(&self, _actual: &Self) -> Option<Self> {
        None
    }

    /// Whether another object brings it along, so that a snapshot leaves it to that one.
    fn comes_with_another(&self) -> bool {
        false
    }

    /// Whether it is there by itself, so that no spec need mention it: in every new database, or with another object.
    fn goes_without_saying(&self, _name: &str, _walk: &Walk<'_>) -> bool {
        false
    }

    /// Whether it is dropped with another object that is expected and missing too, so that the finding about that one
    /// tells of both.
    fn is_dropped_with_another(&self, _walk: &Walk<'_>) -> bool {
        false
    }

    /// The same of what is made with another object that is unexpected, too.
    fn is_made_with_another(&self, _walk: &Walk<'_>) -> bool {
        false
    }
}
