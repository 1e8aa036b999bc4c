//! A collection as a field of its parent.

use std::borrow::Cow;

use serde::de::Deserializer;

use super::{Children, Entry};
use crate::finding::Path;
use crate::model::collections;
use crate::model::field::Field;
use crate::model::json_schema;
use crate::model::object::{Clash, Definitions, Found, Object, Row, Steps, VisitObjects, Written};
use crate::model::pattern::{escape, is_pattern, unescaped};
use crate::model::sharing::{Known, Pass};
use crate::model::walk::Walk;
use crate::value::{DataType, Home};

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
            (one, other) if *one == other => {}
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
