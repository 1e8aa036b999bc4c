//! A collection of objects: by name or by shape in a spec, by name in a database.

use std::borrow::Cow;

use compact_str::CompactString;
use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;
use serde::de::Deserializer;

use super::collections;
use super::field::Field;
use super::json_schema;
use super::object::{Clash, Definitions, Found, Object, Row, Steps, VisitObjects, Written};
use super::pattern::{escape, is_pattern, literal, unescaped};
use super::sharing::{Known, Pass, Shared};
use super::walk::Walk;
use crate::finding::Path;
use crate::value::{DataType, Home};

/// The objects of one kind below one parent.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Children<T> {
    /// No opinion.
    #[default]
    Unsaid,
    /// By name or pattern, as a spec writes them: a `*` of a name itself has a backslash before it. What no entry
    /// matches is unexpected.
    Named(Entries<T>),
    /// By shape, under whatever name. What no shape matches is unexpected.
    Shapes(Vec<T>),
}

/// What is said by name or pattern, in order.
pub type Entries<T> = IndexMap<CompactString, Entry<T>, FxBuildHasher>;

/// What is said under one name or pattern.
#[derive(Debug, Clone, PartialEq)]
pub enum Entry<T> {
    /// Whatever is there or not there is right.
    Any,
    /// It must not be there.
    Absent,
    /// It must be there; no more is said.
    Exists,
    /// It must be there, and be this.
    Body(Shared<T>),
}

impl<T: Object> Entry<T> {
    /// The body, to be changed in this place.
    pub fn body_mut(&mut self) -> Option<&mut T> {
        match self {
            Self::Body(body) => Some(body.to_mut()),
            Self::Any | Self::Absent | Self::Exists => None,
        }
    }

    /// Whether there has to be one.
    pub(super) fn is_demand(&self) -> bool {
        matches!(self, Self::Exists | Self::Body(_))
    }

    pub(super) fn comes_with_another(&self) -> bool {
        matches!(self, Self::Body(body) if body.comes_with_another())
    }
}

impl<T> Children<T> {
    /// No objects.
    pub fn none() -> Self {
        Self::Named(Entries::default())
    }

    /// No opinion, in a spec that is strict.
    pub fn whatever() -> Self {
        Self::Named(Entries::from_iter([("*".into(), Entry::Any)]))
    }

    /// The bodies with their names: all there is to a collection that was read from a database.
    pub fn bodies(&self) -> impl Iterator<Item = (Cow<'_, str>, &T)> {
        let named = match self {
            Self::Named(entries) => Some(entries),
            Self::Unsaid | Self::Shapes(_) => None,
        };
        named.into_iter().flatten().filter_map(|(name, entry)| match entry {
            Entry::Body(body) => Some((unescaped(name), &**body)),
            _ => None,
        })
    }

    /// Whether an object of this name is unexpected: everything is named, and it is not.
    pub fn forbids(&self, name: &str) -> bool {
        match self {
            Self::Named(entries) => {
                entries.keys().all(|key| literal(key).is_some_and(|known| known != name))
            }
            Self::Unsaid | Self::Shapes(_) => false,
        }
    }

    /// The body of this name.
    pub fn body(&self, name: &str) -> Option<&T> {
        match self {
            Self::Named(entries) => match entries.get(&*escape(name))? {
                Entry::Body(body) => Some(&**body),
                _ => None,
            },
            Self::Unsaid | Self::Shapes(_) => None,
        }
    }

    /// Which of the entries is that of this name.
    pub(super) fn position(&self, name: &str) -> Option<usize> {
        match self {
            Self::Named(entries) => entries.get_index_of(&*escape(name)),
            Self::Unsaid | Self::Shapes(_) => None,
        }
    }

    /// The entries by name or pattern.
    pub fn entries_mut(&mut self) -> Option<&mut Entries<T>> {
        match self {
            Self::Named(entries) => Some(entries),
            Self::Unsaid | Self::Shapes(_) => None,
        }
    }
}

impl<T: Object> Children<T> {
    /// The body of this name, to be changed.
    pub(super) fn body_mut(&mut self, name: &str) -> Option<&mut T> {
        self.entries_mut()?.get_mut(&*escape(name))?.body_mut()
    }

    /// The bodies, to be changed each in its own place.
    pub fn bodies_mut(&mut self) -> impl Iterator<Item = &mut T> {
        let entries = self.entries_mut().into_iter().flat_map(IndexMap::values_mut);
        entries.filter_map(Entry::body_mut)
    }

    /// Changes every body as `pass` does.
    fn change(&mut self, pass: &mut Pass, change: impl Fn(&mut T, &mut Pass)) {
        for entry in self.entries_mut().into_iter().flat_map(IndexMap::values_mut) {
            if let Entry::Body(body) = entry {
                pass.change(body, &change);
            }
        }
    }
}

/// Lets a kind's declaration say `= none` for collections in the same place where attributes say their plain value.
impl<T> From<()> for Children<T> {
    fn from((): ()) -> Self {
        Self::none()
    }
}

impl<T: Object> Field for Children<T> {
    const CHILD: Option<&'static str> = Some(T::KIND);

    fn read<'de, D: Deserializer<'de>>(
        deserializer: D,
        known: &mut Known,
    ) -> Result<Self, D::Error> {
        collections::read(deserializer, known)
    }

    fn is_unsaid(&self) -> bool {
        matches!(self, Self::Unsaid)
    }

    fn is_written(&self) -> bool {
        match self {
            Self::Unsaid => false,
            Self::Named(entries) => {
                entries.is_empty() || !entries.values().all(Entry::comes_with_another)
            }
            Self::Shapes(_) => true,
        }
    }

    fn complete(&mut self, plain: Self, pass: &mut Pass) {
        match self {
            Self::Unsaid => *self = plain,
            Self::Named(entries) => {
                for (name, entry) in entries {
                    if let Entry::Body(body) = entry
                        && !is_pattern(name)
                    {
                        pass.change(body, T::complete);
                    }
                }
            }
            Self::Shapes(shapes) => shapes.iter_mut().for_each(|shape| shape.complete(pass)),
        }
    }

    fn close(&mut self) {
        match self {
            Self::Unsaid => *self = Self::none(),
            Self::Named(entries) => {
                if T::HOLDS_OBJECTS {
                    entries.values_mut().filter_map(Entry::body_mut).for_each(T::close);
                }
                if T::ORDER.is_none() {
                    entries.sort_unstable_keys();
                }
                entries.shrink_to_fit();
            }
            Self::Shapes(shapes) => shapes.iter_mut().for_each(T::close),
        }
    }

    fn has_objects(&self) -> bool {
        self.bodies().next().is_some()
    }

    fn prune(
        &mut self,
        attribute: &'static str,
        path: &mut Path,
        hidden: &dyn Fn(&'static str, &Path) -> bool,
    ) {
        let Some(entries) = self.entries_mut() else { return };
        entries.retain(|name, entry| {
            path.0.extend([attribute.to_owned(), unescaped(name).into_owned()]);
            let is_hidden = hidden(T::KIND, path);
            let holder = if T::HOLDS_OBJECTS { entry.body_mut() } else { None };
            let stays = match holder {
                Some(body) => {
                    body.prune(path, hidden);
                    if is_hidden {
                        body.hollow();
                    }
                    !is_hidden || body.has_children()
                }
                None => !is_hidden,
            };
            path.0.truncate(path.0.len() - 2);
            stays
        });
    }

    fn silence(
        &mut self,
        _rule: (&'static str, &'static str),
        off: &dyn Fn(&'static str, &'static str) -> bool,
        pass: &mut Pass,
    ) {
        match self {
            Self::Shapes(shapes) => shapes.iter_mut().for_each(|shape| shape.silence(off, pass)),
            named => named.change(pass, |body, pass| body.silence(off, pass)),
        }
    }

    fn find<F: Found>(&self, path: &[String], found: F) -> Option<F::Out> {
        let Some((name, rest)) = path.split_first() else { return Some(found.collection(self)) };
        self.body(name)?.find(rest, found)
    }

    fn hollow(&mut self, _plain: Self) {}

    fn merge(&mut self, other: Self, path: &mut Vec<String>) -> Result<(), Clash> {
        match (&mut *self, other) {
            (_, Self::Unsaid) => {}
            (Self::Unsaid, other) => *self = other,
            (Self::Named(entries), Self::Named(others)) => {
                for (name, other) in others {
                    path.push(name.to_string());
                    match (entries.get_mut(&name), other) {
                        (None, other) => drop(entries.insert(name, other)),
                        (Some(Entry::Body(body)), Entry::Body(other)) => {
                            body.to_mut().merge(other.into_inner(), path)?;
                        }
                        (Some(entry), other) if *entry == other => {}
                        _ => return Err(Clash),
                    }
                    path.pop();
                }
            }
            _ => return Err(Clash),
        }
        Ok(())
    }

    fn relative_to(&mut self, home: &Home<'_>, pass: &mut Pass) {
        self.change(pass, |body, pass| body.relative_to(home, pass));
    }

    fn visit_types<'a>(
        &'a self,
        attribute: &'static str,
        path: &mut Vec<Cow<'a, str>>,
        visit: &mut dyn FnMut(&[Cow<'a, str>], &DataType),
    ) {
        path.push(attribute.into());
        let mut inside = |key: Cow<'a, str>, body: &'a T| {
            path.push(key);
            body.visit_types(path, visit);
            path.pop();
        };
        match self {
            Self::Unsaid => {}
            Self::Named(entries) => {
                for (name, entry) in entries {
                    if let Entry::Body(body) = entry {
                        inside(name.as_str().into(), body);
                    }
                }
            }
            Self::Shapes(shapes) => {
                shapes
                    .iter()
                    .enumerate()
                    .for_each(|(index, shape)| inside(index.to_string().into(), shape));
            }
        }
        path.pop();
    }

    fn place<'de, D: Deserializer<'de>>(
        &mut self,
        name: &str,
        below: Steps<'_>,
        object: Row<'_, D>,
    ) -> Result<bool, D::Error> {
        if self.is_unsaid() {
            *self = Self::none();
        }
        let Some(entries) = self.entries_mut() else { return Ok(false) };
        let name = escape(name);
        match entries.get_mut(&*name) {
            Some(Entry::Body(body)) => body.to_mut().place(below, object),
            _ if below.is_empty() => {
                let Row { attributes, bytes, known } = object;
                let body = known.get_or_read(bytes, || T::deserialize(attributes))?;
                if entries.len() == entries.capacity() {
                    // Most collections are small, and all that there are together are not.
                    entries.reserve_exact(1 + entries.len() / 16);
                }
                entries.insert(name.into(), Entry::Body(body));
                Ok(true)
            }
            _ => Ok(false),
        }
    }

    fn leave_tacit(&mut self) {
        let Some(entries) = self.entries_mut() else { return };
        entries.retain(|_, entry| {
            if T::HOLDS_OBJECTS
                && let Some(body) = entry.body_mut()
            {
                body.leave_tacit();
            }
            !entry.comes_with_another()
        });
    }

    fn visit_objects(&self, attribute: &'static str, path: &mut Path, visit: VisitObjects<'_>) {
        let mut show = |key: &str, body: Option<&T>, written: Written| {
            path.0.extend([attribute.to_owned(), key.to_owned()]);
            visit(T::KIND, path, written);
            if let Some(body) = body {
                body.visit_objects(path, visit);
            }
            path.0.truncate(path.0.len() - 2);
        };
        match self {
            Self::Unsaid => {}
            Self::Named(entries) => {
                for (key, entry) in entries {
                    match entry {
                        Entry::Body(body) if !is_pattern(key) => {
                            show(&unescaped(key), Some(&**body), Written::Whole);
                        }
                        Entry::Body(body) => show(key, Some(&**body), Written::Vaguely),
                        Entry::Absent => {}
                        Entry::Any | Entry::Exists => show(key, None, Written::Vaguely),
                    }
                }
            }
            Self::Shapes(shapes) => {
                for (index, shape) in shapes.iter().enumerate() {
                    show(&index.to_string(), Some(shape), Written::Vaguely);
                }
            }
        }
    }

    fn schema(definitions: &mut Definitions) -> serde_json::Value {
        json_schema::collection::<T>(definitions)
    }

    fn compare(&self, actual: &Self, attribute: &'static str, walk: &mut Walk<'_>) {
        match (self, actual) {
            (Self::Unsaid, _) if T::OF_THE_SERVER => {}
            (Self::Unsaid, _) => walk.no_opinion(T::KIND, actual.bodies().count()),
            // It cannot be told what is there.
            (_, Self::Unsaid) => walk.no_opinion(T::KIND, self.bodies().count()),
            (Self::Named(entries), _) => walk.by_name(attribute, entries, actual),
            (Self::Shapes(shapes), _) => walk.by_shape(attribute, shapes, actual),
        }
    }
}
