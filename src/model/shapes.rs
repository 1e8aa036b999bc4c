//! The part of the walk that pairs shapes of a spec with objects of whatever name.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use similar::{Algorithm, DiffTag, capture_diff_slices};

use super::walk::differs;
use super::{Children, Object, Walk};
use crate::finding::{Change, Finding};
use crate::sql::{self, Kind, Token};

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
        let mut wrong: BTreeMap<usize, String> = BTreeMap::new();
        for (index, shape) in &open {
            for (at, (name, object)) in free.iter().enumerate() {
                match self.cost(attribute, (name, &index.to_string()), *shape, *object) {
                    Ok(cost) => fits.push((cost, *index, at)),
                    Err(reason) => wrong.extend(reason.map(|reason| (*index, reason))),
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
            let number = index.to_string();
            let name = shape.short().unwrap_or_else(|| number.clone());
            let finding = self.missing(attribute, (&name, &number), Some(shape));
            if let Some((finding, reason)) = finding.zip(wrong.remove(&index)) {
                self.hint(finding, reason);
            }
        }
        let free = free.into_iter().enumerate().filter(|(at, _)| !pairs.contains_key(at));
        for (_, (name, object)) in free {
            self.unexpected(attribute, &name, object);
        }
    }

    /// How much an object differs from a shape.
    ///
    /// # Errors
    /// It differs in what makes it that shape: the first attribute of the kind. With the server's words, where the shape
    /// means nothing and is not like the object either.
    fn cost<T: Object>(
        &mut self,
        attribute: &str,
        names: (&str, &str),
        shape: &T,
        object: &T,
    ) -> Result<usize, Option<String>> {
        let trial = self.on_trial(|walk| walk.object(attribute, names, shape, object));
        let first = T::ATTRIBUTES.first().map(|attribute| attribute.name);
        let essential = |finding: &&Finding| Some(finding.rule.aspect) == first && differs(finding);
        for finding in trial.iter().filter(essential) {
            match &finding.change {
                // What is wrong in itself is told of an object that is like it.
                Change::Invalid { expected, actual, .. } if unlike(expected, actual) <= HALF => {}
                Change::Invalid { reason, .. } => return Err(Some(reason.clone())),
                _ => return Err(None),
            }
        }
        Ok(trial.iter().map(weight).sum())
    }
}

/// How much, of a hundred, two expressions that are like one another are unlike at most.
const HALF: usize = 50;

/// How many of a hundred names and constants of two expressions are not in both.
fn unlike(expected: &str, actual: &str) -> usize {
    let words = |text| {
        let tokens = sql::words(text).into_iter();
        let says = |token: &Token<'_>| !matches!(token.kind, Kind::Punctuation | Kind::Operator);
        tokens.filter(says).map(|token| token.text.to_lowercase()).collect::<Vec<_>>()
    };
    let (one, other) = (words(expected), words(actual));
    let alike: usize = capture_diff_slices(Algorithm::Myers, &one, &other)
        .iter()
        .filter(|part| part.tag() == DiffTag::Equal)
        .map(|part| part.old_range().len())
        .sum();
    100 - alike * 200 / (one.len() + other.len()).max(1)
}

/// What is not known or decided weighs.
const UNSURE: usize = 10;

fn weight(finding: &Finding) -> usize {
    match &finding.change {
        Change::Equivalent { .. } => 1,
        Change::Unknown { .. } | Change::Undecided { .. } => UNSURE,
        Change::Invalid { expected, actual, .. } => 100 + unlike(expected, actual),
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
