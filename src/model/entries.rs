//! Entries by name and pattern, held against the objects that are there.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::pattern::{literal, matches as covers, unescaped};
use super::renamed::Stray;
use super::{Children, Entries, Entry, Object, Shared, Tally, Walk};
use crate::finding::Change;
use crate::sql::as_kept;

impl Walk<'_> {
    /// Holds the objects of a collection against entries by name and pattern.
    pub(super) fn by_name<T: Object>(
        &mut self,
        attribute: &str,
        entries: &Entries<T>,
        actual: &Children<T>,
    ) {
        if let Some(pairs) = in_one_order(entries, actual) {
            self.order_matters &= T::ORDER.is_none();
            let mut tally = Tally { expected: entries.len(), ..Tally::default() };
            for (name, entry, object) in pairs {
                let name = unescaped(name);
                let differs = !self.met.get_or_find(entry, object)
                    && self.object(attribute, (&name, &name), &**entry, &**object);
                *(if differs { &mut tally.different } else { &mut tally.matched }) += 1;
            }
            self.tally::<T>().add(tally);
            return;
        }
        let objects: Vec<(Cow<'_, str>, &T)> = actual.bodies().collect();
        let mut patterns: Vec<(&str, &Entry<T>)> = Vec::new();
        let mut own: Vec<Option<(&Entry<T>, bool)>> = vec![None; objects.len()];
        let mut next = 0;
        let (mut missing, mut unexpected) = (Vec::new(), Vec::new());
        self.tally::<T>().expected += entries.values().filter(|entry| entry.is_demand()).count();
        for (key, entry) in entries {
            let Some(key) = literal(key) else {
                patterns.push((key, entry));
                continue;
            };
            // Mostly both sides are in one order.
            let next_is = objects.get(next).is_some_and(|(name, _)| *name == key);
            let found =
                if next_is { vec![next] } else { self.find(actual, &objects, entries, &key) };
            for at in &found {
                next = at + 1;
                let (name, object) = &objects[*at];
                let differs = self.against(attribute, (name, &key), entry, *object);
                own[*at] = Some((entry, differs));
            }
            if !found.is_empty() {
                let more = if entry.is_demand() { found.len() - 1 } else { 0 };
                self.tally::<T>().expected += more;
                continue;
            }
            match entry {
                _ if self.is_there_anyway(&key, entry, actual) => self.tally::<T>().expected -= 1,
                Entry::Body(body) => {
                    let finding = self.missing(attribute, (&key, &key), Some(&**body));
                    missing.extend(finding.map(|at| Stray {
                        finding: at,
                        name: key,
                        object: &**body,
                    }));
                }
                Entry::Exists => {
                    self.missing::<T>(attribute, (&key, &key), None);
                }
                Entry::Any | Entry::Absent => {}
            }
        }
        // Of what only patterns speak of, so much is expected as is there.
        self.tally::<T>().expected -=
            patterns.iter().filter(|(_, entry)| entry.is_demand()).count();
        if let Some(rule) = T::ORDER
            && std::mem::take(&mut self.order_matters)
        {
            let expected: Vec<_> = entries.keys().filter_map(|key| literal(key)).collect();
            let actual: Vec<_> = objects.iter().map(|(name, _)| name.clone()).collect();
            self.order(rule, &expected, &actual);
        }
        let mut used = BTreeSet::new();
        let mut tally = Tally::default();
        for ((name, object), own) in objects.iter().zip(own) {
            let expected = own.is_some_and(|(entry, _)| entry.is_demand());
            let covering = patterns.iter().filter(|(pattern, _)| covers(pattern, name));
            let covering: Vec<_> = covering.copied().collect();
            used.extend(covering.iter().map(|(pattern, _)| *pattern));
            let mut demanded = false;
            let mut differs = own.map(|(_, differs)| differs);
            for (pattern, entry) in unless_forbidden(covering, own.map(|(entry, _)| entry)) {
                let before = self.spoken_for;
                self.spoken_for = before || differs.is_some();
                let more = self.against(attribute, (name, pattern), entry, *object);
                self.spoken_for = before;
                differs = Some(differs.unwrap_or(false) || more);
                demanded |= entry.is_demand();
            }
            tally.expected += usize::from(demanded && !expected);
            match differs {
                None => {
                    let finding = self.unexpected(attribute, name, *object);
                    let stray = |at| Stray { finding: at, name: name.clone(), object: *object };
                    unexpected.extend(finding.map(stray));
                }
                Some(true) => tally.different += 1,
                Some(false) => tally.matched += usize::from(expected || demanded),
            }
        }
        self.tally::<T>().add(tally);
        for (pattern, entry) in patterns {
            self.covering(attribute, pattern, entry, used.contains(pattern));
        }
        self.hint_at_new_names(attribute, &missing, &unexpected);
    }

    /// Whether a stored snapshot has an object though it does not name it: every new database has it.
    fn is_there_anyway<T: Object>(
        &self,
        name: &str,
        entry: &Entry<T>,
        actual: &Children<T>,
    ) -> bool {
        T::IN_EVERY_NEW_DATABASE == Some(name)
            && self.is_stored()
            && actual.position(name).is_none()
            && match entry {
                Entry::Body(object) => object.goes_without_saying(name, self),
                Entry::Exists => true,
                Entry::Any | Entry::Absent => false,
            }
    }

    /// Notes what it means that a pattern covers any object, or none.
    fn covering<T: Object>(
        &mut self,
        attribute: &str,
        pattern: &str,
        entry: &Entry<T>,
        covers_any: bool,
    ) {
        match entry {
            Entry::Body(_) => self.demands(attribute, pattern, covers_any),
            Entry::Exists if !covers_any => {
                self.tally::<T>().expected += 1;
                self.missing::<T>(attribute, (pattern, pattern), None);
            }
            _ => {}
        }
    }

    /// Where among the objects of a collection those are that a spec calls so: one, or the overloads of a function that have no
    /// entry of their own.
    fn find<T: Object>(
        &self,
        collection: &Children<T>,
        objects: &[(Cow<'_, str>, &T)],
        entries: &Entries<T>,
        called: &str,
    ) -> Vec<usize> {
        let exact = collection.position(called);
        let exact = exact.filter(|at| objects.get(*at).is_some_and(|(name, _)| *name == called));
        if let Some(at) = exact {
            return vec![at];
        }
        let calls = |key: &str, name: &str| {
            name == key
                || name == as_kept(key)
                || T::is_named(key, name, self.schema(), &self.names)
        };
        let all: Vec<usize> =
            (0..objects.len()).filter(|at| calls(called, &objects[*at].0)).collect();
        if all.len() < 2 {
            return all;
        }
        let others = || entries.keys().filter_map(|key| literal(key)).filter(|key| key != called);
        let is_free = |at: &usize| !others().any(|key| calls(&key, &objects[*at].0));
        let free: Vec<usize> = all.iter().copied().filter(is_free).collect();
        if free.is_empty() { all } else { free }
    }

    /// Holds one object against one entry; whether it differs in itself.
    fn against<T: Object>(
        &mut self,
        attribute: &str,
        names: (&str, &str),
        entry: &Entry<T>,
        object: &T,
    ) -> bool {
        match entry {
            Entry::Any => {
                self.no_opinion(T::KIND, 1);
                false
            }
            // What is in it is counted.
            Entry::Exists => self.object(attribute, names, &T::default(), object),
            Entry::Absent => {
                self.forbidden(attribute, names, object);
                false
            }
            // What is all the same needs no closer look, and most is.
            Entry::Body(body) if body.is_met_by(object) => false,
            Entry::Body(body) => self.object(attribute, names, &**body, object),
        }
    }

    /// Notes when the objects that are on both sides stand in another order.
    fn order(&mut self, rule: &'static str, expected: &[Cow<'_, str>], actual: &[Cow<'_, str>]) {
        if expected == actual {
            return;
        }
        let on = |side: &[Cow<'_, str>], other: &[Cow<'_, str>]| -> Vec<String> {
            side.iter().filter(|name| other.contains(name)).map(ToString::to_string).collect()
        };
        let (expected, actual) = (on(expected, actual), on(actual, expected));
        if expected != actual {
            let (expected, actual) = (expected.join(", "), actual.join(", "));
            self.note(rule, Change::Differs { expected, actual, hint: None });
        }
    }
}

/// The entries that count of those that cover an object with that entry of its own: of what must not be there nothing else is
/// said.
fn unless_forbidden<'e, T: PartialEq>(
    covering: Vec<(&'e str, &'e Entry<T>)>,
    own: Option<&Entry<T>>,
) -> Vec<(&'e str, &'e Entry<T>)> {
    if own == Some(&Entry::Absent) {
        return Vec::new();
    }
    let forbids = covering.iter().find(|(_, entry)| **entry == Entry::Absent);
    forbids.map(|one| vec![*one]).unwrap_or(covering)
}

/// What is expected with what is there, by name, where either side has all that the other has and in the same order. Mostly
/// it is so.
fn in_one_order<'e, T>(
    entries: &'e Entries<T>,
    actual: &'e Children<T>,
) -> Option<impl Iterator<Item = (&'e str, &'e Shared<T>, &'e Shared<T>)>> {
    let Children::Named(objects) = actual else { return None };
    let pairs =
        entries.iter().zip(objects).map(|((key, entry), (name, object))| match (entry, object) {
            (Entry::Body(entry), Entry::Body(object)) if key == name => {
                Some((key.as_str(), entry, object))
            }
            _ => None,
        });
    let is_so = entries.len() == objects.len() && pairs.clone().all(|pair| pair.is_some());
    is_so.then(|| pairs.flatten())
}
