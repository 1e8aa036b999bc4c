//! What is missing under one name and there under another.

use std::borrow::Cow;

use super::{Object, Walk};
use crate::finding::{Change, Rule};

/// Of how many objects of one collection it is tried which one has become which: each with each takes a comparison.
const MOST: usize = 4;

/// Names that come from that of the table or column at first, and stay when that is renamed.
const STAY: [Rule; 2] = [
    Rule { kind: "column", aspect: "identity_sequence" },
    Rule { kind: "column", aspect: "not_null_constraint" },
];

/// An object that is missing or unexpected.
#[derive(Debug)]
pub(super) struct Stray<'a, T> {
    /// Which finding says so.
    pub finding: usize,
    /// Its name.
    pub name: Cow<'a, str>,
    /// What it is, or should be.
    pub object: &'a T,
}

impl Walk<'_> {
    /// Says of what is missing that it may be called otherwise now, where something unexpected is the same.
    pub(super) fn hint_at_new_names<T: Object>(
        &mut self,
        attribute: &str,
        missing: &[Stray<'_, T>],
        unexpected: &[Stray<'_, T>],
    ) {
        if missing.len() > MOST || unexpected.len() > MOST {
            return;
        }
        let same: Vec<(&Stray<'_, T>, &Stray<'_, T>)> = missing
            .iter()
            .flat_map(|before| unexpected.iter().map(move |after| (before, after)))
            .filter(|(before, after)| self.is_same(attribute, before, after))
            .collect();
        for (before, after) in &same {
            let rivals = same.iter().filter(|(one, other)| {
                one.finding == before.finding || other.finding == after.finding
            });
            if rivals.count() > 1 {
                continue;
            }
            self.hint(
                before.finding,
                format!("`{}` is the same otherwise: was it renamed?", after.name),
            );
            self.hint(
                after.finding,
                format!("`{}` is missing, and the same otherwise", before.name),
            );
        }
    }

    /// Whether nothing but the name is another.
    fn is_same<T: Object>(
        &mut self,
        attribute: &str,
        before: &Stray<'_, T>,
        after: &Stray<'_, T>,
    ) -> bool {
        // A hint is worth no question to the server.
        let asked_nothing = self.equivalence.ask_nothing(true);
        let names = (&*after.name, &*before.name);
        let found =
            self.on_trial(|walk| walk.object(attribute, names, before.object, after.object));
        self.equivalence.ask_nothing(asked_nothing);
        found.iter().all(|finding| {
            matches!(finding.change, Change::Equivalent { .. } | Change::Unknown { .. })
                || STAY.contains(&finding.rule)
        })
    }

    /// Says `words` beside a finding.
    pub(super) fn hint(&mut self, finding: usize, words: String) {
        if let Some(finding) = self.findings.get_mut(finding) {
            finding.change.hint_at(words);
        }
    }
}
