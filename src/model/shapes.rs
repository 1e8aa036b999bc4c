//! The part of the walk that pairs shapes of a spec with objects of whatever name.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::walk::differs;
use super::{Children, Object, Walk};
use crate::finding::{Change, Finding};

impl Walk<'_> {
    /// Holds the objects of a collection against shapes: first those that fit as they are, then those that differ
    /// least; what is left over on either side is missing or unexpected.
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
        fits.sort_unstable();
        let (mut taken_shapes, mut taken_objects) = (BTreeSet::new(), BTreeSet::new());
        for (_, index, at) in fits {
            if taken_shapes.contains(&index) || taken_objects.contains(&at) {
                continue;
            }
            taken_shapes.insert(index);
            taken_objects.insert(at);
            let (name, object) = &free[at];
            if self.object(attribute, (name, &index.to_string()), &shapes[index], object) {
                self.tally::<T>().different += 1;
            } else {
                self.tally::<T>().matched += 1;
            }
        }
        for (index, shape) in open.into_iter().filter(|(index, _)| !taken_shapes.contains(index)) {
            if shape.is_met_by_another(self) {
                self.tally::<T>().matched += 1;
                continue;
            }
            let index = index.to_string();
            let name = shape.short().unwrap_or_else(|| index.clone());
            self.missing(attribute, (&name, &index), Some(shape));
        }
        let free = free.into_iter().enumerate().filter(|(at, _)| !taken_objects.contains(at));
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

fn weight(finding: &Finding) -> usize {
    match finding.change {
        Change::Equivalent { .. } => 1,
        Change::Unknown { .. } | Change::Undecided { .. } => 10,
        _ => 100,
    }
}
