//! A collection of objects: by name or by shape in a spec, by name in a database.

mod field;

use std::borrow::Cow;

use compact_str::CompactString;
use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

use super::object::Object;
use super::pattern::{escape, literal, unescaped};
use super::sharing::{Pass, Shared};
use crate::sql::as_kept;

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
                let is_another = |known: &str| known != name && as_kept(known) != name;
                entries.keys().all(|key| literal(key).is_some_and(|known| is_another(&known)))
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
