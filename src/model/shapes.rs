//! The part of the walk that pairs shapes of a spec with objects of whatever name.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::walk::differs;
use super::{Children, Object, Walk};
use crate::finding::{Change, Finding};

impl Walk<'_> {
    /// Holds the objects of a collection against shapes; what is left over on either side is missing or unexpected.
    pub(super) fn by_shape<T: Object>(
        &mut self,
        attribute: &str,
        shapes: &[T],
        actual: &Children<T>,
    ) {
        let free: Vec<(Cow<'_, str>, &T)> = actual.bodies().collect();
        let open: Vec<(usize, &T)> = shapes.iter().enumerate().collect();
        self.tally::<T>().expected += shapes.len();
        let mut fits: Vec<(usize, usize, usize)> = Vec::new();
        for (index, shape) in &open {
            for (at, (name, object)) in free.iter().enumerate() {
                if let Some(cost) =
                    self.cost(attribute, (name, &index.to_string()), *shape, *object)
                {
                    fits.push((cost, *index, at));
                }
            }
        }
        let pairs = pairs(fits);
        for (&at, &index) in &pairs {
            let (name, object) = &free[at];
            if self.object(attribute, (name, &index.to_string()), &shapes[index], object) {
                self.tally::<T>().different += 1;
            } else {
                self.tally::<T>().matched += 1;
            }
        }
        let taken: BTreeSet<usize> = pairs.values().copied().collect();
        for (index, shape) in open.into_iter().filter(|(index, _)| !taken.contains(index)) {
            if shape.is_met_by_another(self) {
                self.tally::<T>().matched += 1;
                continue;
            }
            let index = index.to_string();
            let name = shape.short().unwrap_or_else(|| index.clone());
            self.missing(attribute, (&name, &index), Some(shape));
        }
        let free = free.into_iter().enumerate().filter(|(at, _)| !pairs.contains_key(at));
        for (_, (name, object)) in free {
            self.unexpected(attribute, &name, object);
        }
    }

    /// How much an object differs from a shape; `None` when it differs in what makes it that shape: the first
    /// attribute of the kind.
    fn cost<T: Object>(
        &mut self,
        attribute: &str,
        names: (&str, &str),
        shape: &T,
        object: &T,
    ) -> Option<usize> {
        let trial = self.on_trial(|walk| walk.object(attribute, names, shape, object));
        let first = T::ATTRIBUTES.first().map(|attribute| attribute.name);
        // What is wrong in itself is told of some object rather than of none.
        let essential = trial.iter().any(|finding| {
            Some(finding.rule.aspect) == first
                && differs(finding)
                && !matches!(finding.change, Change::Invalid { .. })
        });
        if essential { None } else { Some(trial.iter().map(weight).sum()) }
    }
}

/// What is not known or decided weighs.
const UNSURE: usize = 10;

fn weight(finding: &Finding) -> usize {
    match finding.change {
        Change::Equivalent { .. } => 1,
        Change::Unknown { .. } | Change::Undecided { .. } => UNSURE,
        _ => 100,
    }
}

/// The shape of each object, out of what each pair of them costs: as many as there can be without a difference, then those
/// that differ least.
fn pairs(mut fits: Vec<(usize, usize, usize)>) -> BTreeMap<usize, usize> {
    fits.sort_unstable();
    let mut good: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (_, shape, object) in fits.iter().filter(|(cost, ..)| *cost < UNSURE) {
        good.entry(*shape).or_default().push(*object);
    }
    let mut pairs = BTreeMap::new();
    let paired = |shape: &usize| find_object(*shape, &good, &mut pairs, &mut BTreeSet::new());
    let mut taken: BTreeSet<usize> = good.keys().copied().filter(paired).collect();
    for (_, shape, object) in fits {
        if !pairs.contains_key(&object) && taken.insert(shape) {
            pairs.insert(object, shape);
        }
    }
    pairs
}

/// Pairs a shape with an object that is free, or whose own shape finds another one: an augmenting path of H. W. Kuhn, The
/// Hungarian method for the assignment problem.
fn find_object(
    shape: usize,
    good: &BTreeMap<usize, Vec<usize>>,
    pairs: &mut BTreeMap<usize, usize>,
    tried: &mut BTreeSet<usize>,
) -> bool {
    let Some(objects) = good.get(&shape) else { return false };
    let free = objects.iter().find(|object| !pairs.contains_key(object)).copied();
    let found = free.or_else(|| {
        objects.iter().copied().find(|object| {
            tried.insert(*object)
                && pairs
                    .get(object)
                    .copied()
                    .is_some_and(|other| find_object(other, good, pairs, tried))
        })
    });
    found.is_some_and(|object| {
        pairs.insert(object, shape);
        true
    })
}
