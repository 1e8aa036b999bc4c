//! What follows in the columns, keys and indexes of a table from a difference that is told of the table itself.

use super::partition::PartitionOf;
use super::pattern::unescaped;
use super::table::{ReplicaIdentity, relation};
use super::{Children, Expect, Object, Table, Walk};
use crate::value::Name;

impl Table {
    /// The same without that: what follows is as `actual` has it. `None` where nothing does.
    pub(super) fn without_consequences(&self, actual: &Self) -> Option<Self> {
        let is_told_of_an_index =
            self.replica_identity.parts_from(&actual.replica_identity, |identity| *identity)
                && [self, actual].iter().all(|table| table.is_identified_by_a_key())
                && self.is_identified_otherwise(actual);
        let has_another_parent = are_others(
            (&self.inherits, &self.partition_of),
            (&actual.inherits, &actual.partition_of),
        );
        let parent = |of: &Option<PartitionOf>| of.as_ref().map(|of| of.parent().name.to_string());
        let has_moved =
            !has_another_parent && self.partition_of.parts_from(&actual.partition_of, parent);
        if !(is_told_of_an_index || has_another_parent || has_moved) {
            return None;
        }
        let mut table = self.clone();
        if is_told_of_an_index {
            table.replica_identity = actual.replica_identity.clone();
        }
        if has_another_parent || has_moved {
            // One that is attached on one side alone need not follow from another parent.
            let follows = |one: &Option<Name>, other: &Option<Name>| {
                has_another_parent || one.is_some() == other.is_some()
            };
            take(&mut table.primary_key, &actual.primary_key, |key| &mut key.partition_of, follows);
            take(&mut table.unique, &actual.unique, |key| &mut key.partition_of, follows);
            take(
                &mut table.exclusions,
                &actual.exclusions,
                |exclusion| &mut exclusion.partition_of,
                follows,
            );
            take(&mut table.indexes, &actual.indexes, |index| &mut index.partition_of, follows);
        }
        Some(table)
    }

    /// Whether rows are identified by the primary key, or by an index that says so itself.
    fn is_identified_by_a_key(&self) -> bool {
        let of_a_key = [ReplicaIdentity::Default, ReplicaIdentity::Index];
        self.replica_identity.said().is_some_and(|identity| of_a_key.contains(identity))
    }

    /// Whether one of its indexes or keys says of itself whether rows are identified by it, and not as that of `actual` does.
    fn is_identified_otherwise(&self, actual: &Self) -> bool {
        differs(&self.indexes, &actual.indexes, |index| &index.replica_identity)
            || differs(&self.primary_key, &actual.primary_key, |key| &key.replica_identity)
            || differs(&self.unique, &actual.unique, |key| &key.replica_identity)
    }
}

/// What a table inherits from, and is a partition of.
pub(super) type Parents<'a> = (&'a Expect<Vec<Name>>, &'a Expect<Option<PartitionOf>>);

fn are_others((inherits, partition_of): Parents<'_>, (actual, actual_of): Parents<'_>) -> bool {
    let names = |parents: &Vec<Name>| {
        parents.iter().map(|parent| parent.name.to_string()).collect::<Vec<_>>()
    };
    inherits.parts_from(actual, names) || partition_of.parts_from(actual_of, Option::is_some)
}

/// The tables above a table that only one side has there, which is told.
pub(super) fn unshared_parents(walk: &Walk<'_>, table: &Name) -> Vec<Name> {
    let sides = [walk.expected(), walk.actual()];
    let [Some(expected), Some(actual)] = sides.map(|database| database.inheritance(table)) else {
        return Vec::new();
    };
    if !are_others(expected, actual) {
        return Vec::new();
    }
    let [above, above_there] = sides.map(|database| database.parents(table));
    let without = |parents: &[Name], others: &[Name]| -> Vec<Name> {
        let is_other = |parent: &&Name| others.iter().all(|other| other.name != parent.name);
        parents.iter().filter(is_other).cloned().collect()
    };
    [without(&above, &above_there), without(&above_there, &above)].concat()
}

/// Whether a table has an object on one side at least.
pub(super) fn is_on_a_side<T: Object>(
    walk: &Walk<'_>,
    table: &Name,
    name: &str,
    collection: fn(&Table) -> &Children<T>,
) -> bool {
    let tables = [walk.expected(), walk.actual()].into_iter().filter_map(|all| all.table(table));
    tables.map(collection).any(|objects| objects.body(name).is_some())
}

impl Walk<'_> {
    /// Whether an index or a key of the table that the walk is in came when that, or a table above it, became a partition, or
    /// comes when it does: it is one on one side alone, which is told.
    pub(super) fn comes_with_a_partition<T: Object>(&self, object: &T) -> bool {
        let Some(table) = object.part_of().and_then(|_| relation(self.path())) else {
            return false;
        };
        let sides = [self.expected(), self.actual()];
        let is_told = |table: &Name| match sides.map(|all| all.inheritance(table)) {
            [Some((_, of)), Some((_, of_there))] => of.parts_from(of_there, Option::is_some),
            _ => false,
        };
        is_told(&table) || sides.iter().any(|all| all.ancestors(&table).iter().any(is_told))
    }
}

/// Whether a relation with rows is missing, with all that goes with it.
pub(super) fn is_missing(walk: &Walk<'_>, relation: &Name) -> bool {
    walk.expected().has_relation(relation) && !walk.actual().has_relation(relation)
}

/// Whether a relation with rows is unexpected, or its schema, with all that came with it.
pub(super) fn is_unexpected(walk: &Walk<'_>, relation: &Name) -> bool {
    let (schema, name) = (relation.schema.as_deref().unwrap_or_default(), &*relation.name);
    let Some(there) = walk.actual().schemas.body(schema) else { return false };
    match walk.expected().schemas.body(schema) {
        Some(expected) => {
            is_unexpected_in(&expected.tables, &there.tables, name)
                || is_unexpected_in(&expected.foreign_tables, &there.foreign_tables, name)
                || is_unexpected_in(&expected.materialized_views, &there.materialized_views, name)
        }
        None => walk.expected().schemas.forbids(schema) && walk.actual().has_relation(relation),
    }
}

/// Whether an object of this table is missing or unexpected.
pub(super) fn is_told<T: Object>(
    walk: &Walk<'_>,
    table: &Name,
    name: &str,
    collection: fn(&Table) -> &Children<T>,
) -> bool {
    let [expected, actual] = [walk.expected(), walk.actual()].map(|all| all.table(table));
    expected.map(collection).zip(actual.map(collection)).is_some_and(|(expected, actual)| {
        is_missing_in(expected, actual, name) || is_unexpected_in(expected, actual, name)
    })
}

/// Whether an object is missing from a collection.
pub(super) fn is_missing_in<T: Object>(
    expected: &Children<T>,
    actual: &Children<T>,
    name: &str,
) -> bool {
    expected.body(name).is_some() && actual.body(name).is_none()
}

/// Whether an object is unexpected in a collection.
pub(super) fn is_unexpected_in<T: Object>(
    expected: &Children<T>,
    actual: &Children<T>,
    name: &str,
) -> bool {
    expected.forbids(name) && actual.body(name).is_some()
}

/// Takes over an attribute of each object that is there, too, where this holds of the two, or one of them is not said.
fn take<T: Object, V: Clone>(
    objects: &mut Children<T>,
    actual: &Children<T>,
    attribute: fn(&mut T) -> &mut Expect<V>,
    holds: impl Fn(&V, &V) -> bool,
) {
    for (name, entry) in objects.entries_mut().into_iter().flatten() {
        if let Some(mut other) = actual.body(&unescaped(name)).cloned()
            && let Some(object) = entry.body_mut()
        {
            let (own, there) = (attribute(object), attribute(&mut other));
            if own.said().zip(there.said()).is_none_or(|(own, there)| holds(own, there)) {
                own.clone_from(there);
            }
        }
    }
}

/// Whether an attribute of an object that is there, too, is said and another one.
fn differs<T: Object>(
    objects: &Children<T>,
    actual: &Children<T>,
    attribute: fn(&T) -> &Expect<bool>,
) -> bool {
    objects.bodies().any(|(name, object)| {
        let other = actual.body(&name);
        other.is_some_and(|other| attribute(object).parts_from(attribute(other), |value| *value))
    })
}
