//! The part of the walk that notes what is on one side alone.

use crate::finding::Change;
use crate::model::{Object, Walk};

impl Walk<'_> {
    /// Notes that an object is missing, unless it goes without saying or another finding says so: which finding that is.
    pub(in crate::model) fn missing<T: Object>(
        &mut self,
        attribute: &str,
        names: (&str, &str),
        expected: Option<&T>,
    ) -> Option<usize> {
        let tacit = |object: &T| object.goes_without_saying(names.0, self);
        // A live database that does not have it has lost it.
        let was_dropped = T::IN_EVERY_NEW_DATABASE.is_some() && !self.is_stored();
        let is_tacit = self.names.of_a_database && !was_dropped && expected.is_some_and(tacit);
        let goes_with_another = |object: &T| {
            object.is_dropped_with_another(names.0, self) || self.comes_with_a_partition(object)
        };
        if is_tacit || expected.is_some_and(goes_with_another) {
            self.tally::<T>().expected -= 1;
            return None;
        }
        // What is stored leaves out what goes without saying.
        let unsaid = expected.filter(|_| self.is_stored()).and_then(|object| {
            let as_it_comes = object.as_it_comes(self.actual, self)?;
            Some((object, as_it_comes))
        });
        if let Some((expected, as_it_comes)) = unsaid {
            self.object(attribute, names, expected, &as_it_comes);
            self.tally::<T>().different += 1;
            return None;
        }
        self.tally::<T>().missing += 1;
        let expected = expected.and_then(T::in_a_finding);
        self.within(T::KIND, attribute, names, |walk| {
            walk.note("missing", Change::Missing { expected, hint: None });
        });
        Some(self.findings.len() - 1)
    }

    /// Notes that an object is not expected, unless it goes without saying: which finding that is.
    pub(in crate::model) fn unexpected<T: Object>(
        &mut self,
        attribute: &str,
        name: &str,
        actual: &T,
    ) -> Option<usize> {
        if actual.goes_without_saying(name, self)
            || actual.is_made_with_another(name, self)
            || self.comes_with_a_partition(actual)
        {
            return None;
        }
        if let Some(as_it_comes) = actual.as_it_comes(self.expected(), self) {
            self.object(attribute, (name, name), &as_it_comes, actual);
            let tally = self.tally::<T>();
            (tally.expected, tally.different) = (tally.expected + 1, tally.different + 1);
            return None;
        }
        self.tally::<T>().unexpected += 1;
        let actual = actual.in_a_finding();
        self.within(T::KIND, attribute, (name, name), |walk| {
            walk.note("unexpected", Change::Unexpected { actual, hint: None });
        });
        Some(self.findings.len() - 1)
    }

    /// Notes that an object is there which must not be.
    pub(in crate::model) fn forbidden<T: Object>(
        &mut self,
        attribute: &str,
        names: (&str, &str),
        actual: &T,
    ) {
        self.tally::<T>().unexpected += 1;
        let actual = actual.in_a_finding();
        let (aspect, change) = if self.names.of_a_database {
            // It is not there, which forbids nobody anything.
            ("unexpected", Change::Unexpected { actual, hint: None })
        } else {
            ("forbidden", Change::Forbidden { actual })
        };
        self.within(T::KIND, attribute, names, |walk| walk.note(aspect, change));
    }
}
