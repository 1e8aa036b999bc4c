//! What a kind is made of: attributes, and collections of child objects.

use std::borrow::Cow;
use std::fmt::Debug;

use serde::Serialize;
use serde::de::{DeserializeOwned, Deserializer, Error as _};

use super::object::{Clash, Definitions, Found, Row, Steps, VisitObjects};
use super::sharing::{Known, Pass};
use super::walk::Walk;
use crate::finding::Path;
use crate::value::{DataType, Home};

/// A field of a kind: an attribute, or a collection of child objects. What is given here is what holds for attributes.
pub trait Field: Clone + PartialEq + Debug + Default + Serialize + DeserializeOwned {
    /// The kind of the objects in it, when it is a collection.
    const CHILD: Option<&'static str> = None;
    /// Whether it is an attribute whose value is SQL.
    const HOLDS_SQL: bool = false;

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
    fn schema(definitions: &mut Definitions) -> serde_json::Value;

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

    /// Leads to what stands at the end of `path`, if anything is said there.
    fn find<F: Found>(&self, path: &[String], found: F) -> Option<F::Out> {
        (path.is_empty() && !self.is_unsaid()).then(|| found.value(self))
    }

    /// Whether it shows at a glance that what is there is as expected. It does not where objects are to be counted.
    fn is_met_by(&self, _actual: &Self) -> bool {
        false
    }

    /// Compares what is expected with what is there.
    fn compare(&self, actual: &Self, attribute: &'static str, walk: &mut Walk<'_>);
}
