//! Entries by name and pattern, held against the objects that are there.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::pattern::{literal, matches as covers, unescaped};
use super::renamed::Stray;
use super::{Children, Entries, Entry, Object, Shared, Tally, Walk};
use crate::finding::Change;
use crate::sql::as_kept;

/// An entry under its name or pattern, or an object that is there.
type Called<'a, E> = (Cow<'a, str>, &'a E);

/// The entry of its own that an object has, and whether it differs from that.
type Own<'a, T> = Option<(&'a Entry<T>, bool)>;

impl Walk<'_> {
    /// Holds the objects of a collection against entries by name and pattern.
    pub(super) fn by_name<T: Object>(
        &mut self,
        attribute: &str,
        entries: &Entries<T>,
        actual: &Children<T>,
    ) {
        if let Some(pairs) = in_one_order(entries, actual) {
            return self.in_pairs(attribute, entries.len(), pairs);
        }
        let objects: Vec<Called<'_, T>> = actual.bodies().collect();
        let (mut named, mut patterns) = (Vec::new(), Vec::new());
        for (key, entry) in entries {
            match literal(key) {
                Some(name) => named.push((name, entry)),
                None => patterns.push((Cow::Borrowed(key.as_str()), entry)),
            }
        }
        let (own, missing) = self.against_names(attribute, &named, (actual, &objects));
        if let Some(rule) = T::ORDER
            && std::mem::take(&mut self.order_matters)
        {
            self.order(rule, &names(&named), &names(&objects));
        }
        let unexpected = self.against_patterns(attribute, &patterns, objects.iter().zip(own));
        self.hint_at_new_names(attribute, &missing, &unexpected);
    }

    /// Holds as many objects against entries of their own, each against its own.
    fn in_pairs<'e, T: Object>(
        &mut self,
        attribute: &str,
        expected: usize,
        pairs: impl Iterator<Item = (&'e str, &'e Shared<T>, &'e Shared<T>)>,
    ) {
        self.order_matters &= T::ORDER.is_none();
        let mut tally = Tally { expected, ..Tally::default() };
        for (name, entry, object) in pairs {
            let name = unescaped(name);
            let differs = !self.met.get_or_find(entry, object)
                && self.object(attribute, (&name, &name), &**entry, &**object);
            *(if differs { &mut tally.different } else { &mut tally.matched }) += 1;
        }
        self.tally::<T>().add(tally);
    }

    /// Holds the objects of a collection against entries by name. Which are whose, and what is missing.
    fn against_names<'e, T: Object>(
        &mut self,
        attribute: &str,
        entries: &[Called<'e, Entry<T>>],
        (actual, objects): (&Children<T>, &[Called<'_, T>]),
    ) -> (Vec<Own<'e, T>>, Vec<Stray<'e, T>>) {
        let mut own = vec![None; objects.len()];
        let mut missing = Vec::new();
        let mut next = 0;
        self.tally::<T>().expected += entries.iter().filter(|(_, entry)| entry.is_demand()).count();
        for (name, entry) in entries {
            // Mostly both sides are in one order.
            let next_is = objects.get(next).is_some_and(|(next, _)| next == name);
            let found =
                if next_is { vec![next] } else { self.find(actual, objects, entries, name) };
            for at in &found {
                next = at + 1;
                let (called, object) = &objects[*at];
                let differs = self.against(attribute, (called, name), entry, *object);
                own[*at] = Some((*entry, differs));
            }
            if !found.is_empty() {
                let more = if entry.is_demand() { found.len() - 1 } else { 0 };
                self.tally::<T>().expected += more;
                continue;
            }
            match *entry {
                _ if self.is_there_anyway(name, entry, actual) => self.tally::<T>().expected -= 1,
                Entry::Body(body) => {
                    let object = &**body;
                    let finding = self.missing(attribute, (name, name), Some(object));
                    let stray = |finding| Stray { finding, name: name.clone(), object };
                    missing.extend(finding.map(stray));
                }
                Entry::Exists => {
                    self.missing::<T>(attribute, (name, name), None);
                }
                Entry::Any | Entry::Absent => {}
            }
        }
        (own, missing)
    }

    /// Holds objects, each with what came of the entry of its own, against patterns. What is unexpected.
    fn against_patterns<'a, T: Object>(
        &mut self,
        attribute: &str,
        patterns: &[Called<'_, Entry<T>>],
        objects: impl Iterator<Item = (&'a Called<'a, T>, Own<'a, T>)>,
    ) -> Vec<Stray<'a, T>> {
        let mut unexpected = Vec::new();
        let mut used = BTreeSet::new();
        let mut tally = Tally::default();
        for ((name, object), own) in objects {
            let expected = own.is_some_and(|(entry, _)| entry.is_demand());
            let covering = patterns.iter().filter(|(pattern, _)| covers(pattern, name));
            let covering: Vec<_> = covering.map(|(pattern, entry)| (&**pattern, *entry)).collect();
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
            // Of what only patterns speak of, so much is expected as is there.
            tally.expected += usize::from(demanded && !expected);
            match differs {
                None => {
                    let finding = self.unexpected(attribute, name, *object);
                    let stray = |finding| Stray { finding, name: name.clone(), object: *object };
                    unexpected.extend(finding.map(stray));
                }
                Some(true) => tally.different += 1,
                Some(false) => tally.matched += usize::from(expected || demanded),
            }
        }
        self.tally::<T>().add(tally);
        for (pattern, entry) in patterns {
            self.covering(attribute, pattern, entry, used.contains(&**pattern));
        }
        unexpected
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
        objects: &[Called<'_, T>],
        entries: &[Called<'_, Entry<T>>],
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
        let others = || entries.iter().map(|(key, _)| key).filter(|key| *key != called);
        let is_free = |at: &usize| !others().any(|key| calls(key, &objects[*at].0));
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
    fn order(&mut self, rule: &'static str, expected: &[&str], actual: &[&str]) {
        if expected == actual {
            return;
        }
        let on = |side: &[&str], other: &[&str]| -> Vec<String> {
            side.iter().filter(|name| other.contains(name)).map(ToString::to_string).collect()
        };
        let (expected, actual) = (on(expected, actual), on(actual, expected));
        if expected != actual {
            let (expected, actual) = (expected.join(", "), actual.join(", "));
            self.note(rule, Change::Differs { expected, actual, hint: None });
        }
    }
}

fn names<'l, E>(called: &'l [Called<'_, E>]) -> Vec<&'l str> {
    called.iter().map(|(name, _)| &**name).collect()
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
