//! Objects that are alike are kept once: most columns of a large database are like some other one, and so are most keys,
//! checks and triggers. What is kept once is read once, too.

use std::any::{Any, TypeId};
use std::marker::PhantomData;
use std::ops::Deref;
use std::sync::Arc;

use compact_str::CompactString;
use rustc_hash::FxHashMap;
use serde::de::{DeserializeSeed, Deserializer};

use super::{Field, Object};

/// An object that may stand in several places. To change it in one is to part it from the others.
#[derive(Debug, Clone, PartialEq)]
pub struct Shared<T>(Arc<T>);

impl<T> From<T> for Shared<T> {
    fn from(object: T) -> Self {
        Self(Arc::new(object))
    }
}

impl<T> Deref for Shared<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: Clone> Shared<T> {
    /// The object in this place alone, to be changed.
    pub fn to_mut(&mut self) -> &mut T {
        Arc::make_mut(&mut self.0)
    }

    /// The object, parted from those in other places.
    pub(super) fn into_inner(self) -> T {
        Arc::unwrap_or_clone(self.0)
    }
}

/// An object of some kind.
type Anything = Arc<dyn Any + Send + Sync>;

/// What was read so far.
#[derive(Debug, Default)]
pub struct Known {
    /// The objects, kind by kind.
    kinds: FxHashMap<TypeId, OfOneKind>,
    /// The keys of a spec that lead to what is being read.
    pub(super) place: Vec<CompactString>,
}

#[derive(Debug, Default)]
struct OfOneKind {
    /// By what they were read from.
    objects: FxHashMap<Box<[u8]>, Anything>,
    /// How many were like one of these.
    alike: usize,
}

/// After how many objects it shows whether those of a kind are often alike. No more of others are kept in mind.
const SAMPLE: usize = 1000;

impl Known {
    /// The object that `bytes` say all about; `read` where it is not known. One that holds others is read each time.
    pub(super) fn get_or_read<T: Object, E>(
        &mut self,
        bytes: &[u8],
        read: impl FnOnce() -> Result<T, E>,
    ) -> Result<Shared<T>, E> {
        if T::HOLDS_OBJECTS {
            return read().map(Shared::from);
        }
        let OfOneKind { objects, alike } = self.kinds.entry(TypeId::of::<T>()).or_default();
        let known = objects.get(bytes).map(Arc::clone);
        if let Some(Ok(known)) = known.map(Arc::downcast::<T>) {
            *alike += 1;
            return Ok(Shared(known));
        }
        let object = Arc::new(read()?);
        if objects.len() < SAMPLE.max(*alike) {
            objects.insert(bytes.into(), Arc::clone(&object) as Anything);
        }
        Ok(Shared(object))
    }
}

/// What one pass over a tree makes of the objects in it. What was shared before is shared again.
#[derive(Debug, Default)]
pub struct Pass(FxHashMap<usize, (Anything, Anything)>);

impl Pass {
    /// Changes an object as this pass changes every one that is the same.
    pub(super) fn change<T: Object>(
        &mut self,
        shared: &mut Shared<T>,
        change: impl FnOnce(&mut T, &mut Self),
    ) {
        if let Some(own) = Arc::get_mut(&mut shared.0) {
            return change(own, self);
        }
        // Both are kept until the pass ends, so that no other object comes to stand where one of them does.
        let at = Arc::as_ptr(&shared.0).addr();
        let known = self.0.get(&at).map(|(_, changed)| Arc::clone(changed));
        if let Some(Ok(known)) = known.map(Arc::downcast::<T>) {
            shared.0 = known;
            return;
        }
        let mut changed = T::clone(&shared.0);
        change(&mut changed, self);
        let changed = Arc::new(changed);
        let before = std::mem::replace(&mut shared.0, Arc::clone(&changed));
        self.0.insert(at, (before, changed));
    }
}

/// Which objects were found to be what others are expected to be, by where they are. Those that are shared meet many times.
#[derive(Debug, Default)]
pub(super) struct Met(FxHashMap<(usize, usize), (Anything, Anything)>);

impl Met {
    /// Whether it shows at a glance that `actual` is as expected.
    pub(super) fn get_or_find<T: Object>(
        &mut self,
        expected: &Shared<T>,
        actual: &Shared<T>,
    ) -> bool {
        let is_met = || expected.is_met_by(actual);
        if Arc::strong_count(&expected.0) == 1 || Arc::strong_count(&actual.0) == 1 {
            return is_met();
        }
        let pair = (Arc::as_ptr(&expected.0).addr(), Arc::as_ptr(&actual.0).addr());
        if self.0.contains_key(&pair) {
            return true;
        }
        let is_met = is_met();
        if is_met {
            // Both are kept, so that no other object comes to stand where one of them does.
            self.0.insert(pair, (Arc::clone(&expected.0) as _, Arc::clone(&actual.0) as _));
        }
        is_met
    }
}

/// Reads a field, with the objects in mind that are known.
pub(super) struct Reading<'k, F> {
    known: &'k mut Known,
    field: PhantomData<F>,
}

impl<'k, F> Reading<'k, F> {
    pub(super) fn with(known: &'k mut Known) -> Self {
        Self { known, field: PhantomData }
    }
}

impl<'de, F: Field> DeserializeSeed<'de> for Reading<'_, F> {
    type Value = F;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<F, D::Error> {
        F::read(deserializer, self.known)
    }
}

#[cfg(test)]
mod tests {
    use std::ptr;

    use serde_json::json;

    use super::*;
    use crate::model::{Column, Database, Expect};
    use crate::value::Home;

    /// Two tables with a column that is alike, and one that is not.
    fn database() -> Database {
        let columns =
            |other: &str| json!({ "columns": { "id": "bigint not null", "other": other } });
        let tables = json!({ "one": columns("text"), "two": columns("date") });
        serde_json::from_value(json!({ "schemas": { "public": { "tables": tables } } }))
            .expect("a database")
    }

    fn column<'a>(database: &'a Database, table: &str, name: &str) -> &'a Column {
        let schema = database.schemas.body("public").expect("a schema");
        let table = schema.tables.body(table).expect("a table");
        table.columns.body(name).expect("a column")
    }

    fn is_shared(database: &Database, name: &str) -> bool {
        ptr::eq(column(database, "one", name), column(database, "two", name))
    }

    #[test]
    fn what_is_alike_is_kept_once_and_stays_so() {
        let mut database = database();
        for step in ["read", "completed", "made relative"] {
            assert!(is_shared(&database, "id"), "{step}");
            assert!(!is_shared(&database, "other"), "{step}");
            match step {
                "read" => database.complete(&mut Pass::default()),
                _ => Object::relative_to(&mut database, &Home::of("public"), &mut Pass::default()),
            }
        }
        assert_eq!(column(&database, "one", "id").comment, Expect::Is(None), "it was completed");
    }

    #[test]
    fn who_changes_one_leaves_the_others_alone() {
        let mut database = database();
        let schema = database.schemas.body_mut("public").expect("a schema");
        let table = schema.tables.body_mut("one").expect("a table");
        table.columns.body_mut("id").expect("a column").nullable = Expect::Is(true);
        assert_eq!(column(&database, "one", "id").nullable, Expect::Is(true));
        assert_eq!(column(&database, "two", "id").nullable, Expect::Is(false));
    }

    #[test]
    fn a_list_and_a_text_are_not_taken_for_each_other() {
        let key = |written: serde_json::Value| json!({ "primary_key": { "key": written } });
        for text in ["\0id", ""] {
            let list = if text.is_empty() { json!([]) } else { json!(["id"]) };
            let tables = json!({ "one": key(list), "two": key(json!(text)) });
            let database = json!({ "schemas": { "public": { "tables": tables } } });
            assert!(serde_json::from_value::<Database>(database).is_err(), "{text:?}");
        }
    }

    #[test]
    fn what_comes_to_stand_where_something_met_stood_is_looked_at() {
        let column = |nullable| {
            let nullable = Expect::Is(nullable);
            let one = Shared::from(Column { nullable, ..Column::default() });
            (one.clone(), one)
        };
        let ((expected, _other), mut met) = (column(true), Met::default());
        for nullable in [true, false, true, false] {
            // It goes at the end of each round, and its place is free for the next one.
            let (actual, _other) = column(nullable);
            assert_eq!(met.get_or_find(&expected, &actual), nullable);
        }
    }

    #[test]
    fn objects_of_a_kind_that_are_seldom_alike_are_not_kept_in_mind() {
        let mut known = Known::default();
        let mut read = |number: usize| {
            let text = format!("numeric({number})");
            let read = || super::super::forms::short::<Column>(&text);
            known.get_or_read(text.as_bytes(), read).expect("a column")
        };
        let (early, late) = (read(0), (1..=SAMPLE).map(&mut read).last().expect("the last"));
        assert!(Arc::ptr_eq(&early.0, &read(0).0));
        assert!(!Arc::ptr_eq(&late.0, &read(SAMPLE).0));
    }
}
