//! Privileges of roles on an object.

mod reading;

use std::collections::BTreeSet;
use std::fmt;
use std::iter::zip;

use compact_str::{CompactString, ToCompactString, format_compact};
use serde::Serialize;

use super::FlowList;
use super::grantors::{Grantors, Objection};
use super::privilege::{
    ALL, EVERYBODY, EVERYTHING, EVERYTHING_THERE_MAY_BE, GONE, GRANTABLE, Item, OF_EVERYBODY,
    YOUNGER, everything, parts, spelled_out,
};
use crate::sql;

/// Privileges by role, beyond those that PostgreSQL gives by itself; `public` is everybody. One of those that was taken
/// away stands there with a `-` before it, and `all` for whatever there is on such an object. Who granted one does not
/// count, unless it is written: `select by alice`.
#[derive(Debug, Clone, Default)]
pub struct Grants {
    /// By the name of the role, sorted.
    privileges: Vec<(CompactString, Vec<CompactString>)>,
    grantors: Grantors,
}

impl PartialEq for Grants {
    fn eq(&self, other: &Self) -> bool {
        self.has_those_of(other) == Some(true)
            && self.grantors.objection(&other.grantors).is_none()
            && other.grantors.objection(&self.grantors).is_none()
    }
}

impl Grants {
    /// Why the same privileges do not do: they were not, or may not have been, granted by whom these ask for.
    pub fn objection(&self, actual: &Self) -> Option<Objection> {
        match self.has_those_of(actual) {
            Some(true) => self.grantors.objection(&actual.grantors),
            Some(false) => None,
            None => Some(Objection::Untold("what `all` is here is not told".to_owned())),
        }
    }

    /// The same without what everybody has by itself on an object of this kind, unless `actual` says that it was taken away, and
    /// without what is taken away that everybody does not have there, if that `is_known`.
    #[must_use]
    pub fn beyond_what_everybody_has(&self, kind: &str, actual: &Self, is_known: bool) -> Self {
        let mut beyond = self.clone();
        let Some((_, by_itself, everything)) =
            OF_EVERYBODY.iter().find(|(kinds, ..)| kinds.contains(&kind))
        else {
            return beyond;
        };
        let taken = actual.of(EVERYBODY).iter().flat_map(|words| spelled_out(words, everything));
        let taken: Vec<CompactString> = taken.collect();
        let goes_without_saying = |words: &CompactString| match words.strip_prefix(GONE) {
            Some(gone) => is_known && !by_itself.contains(&gone),
            None => {
                by_itself.contains(&words.as_str())
                    && !taken.contains(&format_compact!("{GONE}{words}"))
            }
        };
        let said = self.of(EVERYBODY).iter().flat_map(|words| spelled_out(words, everything));
        let (usual, more): (Vec<_>, Vec<_>) = said.partition(goes_without_saying);
        if !usual.is_empty() {
            *beyond.of_mut(EVERYBODY) = more;
        }
        beyond.sorted()
    }

    /// The same without what a server of this version, such as 16, does not have.
    #[must_use]
    pub fn known_to(&self, version: u32) -> Self {
        let mut known = self.clone();
        let is_younger = |words: &str| {
            let (_, privilege, _) = parts(words);
            YOUNGER.iter().any(|(younger, since)| *younger == privilege && version < *since)
        };
        known.privileges.retain_mut(|(_, privileges)| {
            privileges.retain(|words| !is_younger(words));
            !privileges.is_empty()
        });
        known
    }

    /// Whether both have the same privileges, whoever granted them; nobody knows where one says `all` and none says what
    /// that is.
    fn has_those_of(&self, other: &Self) -> Option<bool> {
        if self.privileges == other.privileges {
            return Some(true);
        }
        if !self.roles().eq(other.roles()) {
            return Some(false);
        }
        // One side may tell for both.
        let (own, others) = (self.grantors.everything(), other.grantors.everything());
        let here = if own.is_empty() { &others } else { &own };
        let there = if others.is_empty() { &own } else { &others };
        let spelled = |privileges: &[CompactString], everything: &[&str]| {
            let words = privileges.iter().flat_map(|words| spelled_out(words, everything));
            words.collect::<BTreeSet<_>>()
        };
        let differ = |one: &[CompactString], other: &[CompactString]| {
            let (one, other) = (spelled(one, here), spelled(other, there));
            heard_of(&one, &others, &other) != heard_of(&other, &own, &one)
        };
        let mut unlike = zip(&self.privileges, &other.privileges)
            .map(|((_, one), (_, other))| (one, other))
            .filter(|(one, other)| one != other && differ(one, other))
            .peekable();
        if unlike.peek().is_none() {
            return Some(true);
        }
        let may_be_like = |one, other| {
            EVERYTHING_THERE_MAY_BE.iter().any(|all| spelled(one, all) == spelled(other, all))
        };
        let is_open = here.is_empty() && unlike.all(|(one, other)| may_be_like(one, other));
        if is_open { None } else { Some(false) }
    }

    fn of_items(items: Vec<String>) -> Result<Self, String> {
        let mut grants = Self::default();
        for item in items.iter().filter(|item| !item.starts_with(EVERYTHING)) {
            let Item { role, privileges, .. } = Item::read(item)?;
            grants.of_mut(&role).extend(privileges);
        }
        let mut grants = grants.sorted();
        if !grants.privileges.is_empty() {
            grants.abbreviate(&everything(&items));
            grants.grantors = Grantors::known(items);
        }
        Ok(grants)
    }

    /// Says `all` of whoever has everything, or of whom everything was taken.
    fn abbreviate(&mut self, everything: &[&str]) {
        if everything.len() < 2 {
            return;
        }
        let many = |privileges: &&mut Vec<CompactString>| privileges.len() >= everything.len();
        for privileges in self.privileges.iter_mut().map(|(_, privileges)| privileges).filter(many)
        {
            for (before, after) in [("", ""), ("", GRANTABLE), (GONE, "")] {
                let all = format_compact!("{before}{ALL}{after}");
                let each = spelled_out(&all, everything);
                if each.iter().all(|words| privileges.contains(words)) {
                    privileges.retain(|words| !each.contains(words));
                    privileges.push(all);
                }
            }
            privileges.sort_unstable();
        }
    }

    fn sorted(mut self) -> Self {
        self.privileges.retain_mut(|(_, privileges)| {
            // An owner whose item changed has some of it still.
            let gone = |word: &CompactString| format_compact!("{GONE}{word}");
            let kept: Vec<CompactString> = privileges.iter().map(gone).collect();
            let was_gone: Vec<CompactString> =
                privileges.iter().filter(|word| kept.contains(word)).cloned().collect();
            privileges.retain(|word| !kept.contains(word) && !was_gone.contains(&gone(word)));
            privileges.sort_unstable();
            privileges.dedup();
            privileges.shrink_to_fit();
            !privileges.is_empty()
        });
        self.privileges.shrink_to_fit();
        self
    }

    fn roles(&self) -> impl Iterator<Item = &str> {
        self.privileges.iter().map(|(role, _)| role.as_str())
    }

    /// The privileges of a role.
    fn of(&self, role: &str) -> &[CompactString] {
        let at = self.privileges.binary_search_by(|(known, _)| known.as_str().cmp(role));
        at.map_or(&[], |at| &self.privileges[at].1)
    }

    /// The privileges of a role, to be added to.
    fn of_mut(&mut self, role: &str) -> &mut Vec<CompactString> {
        let at = self.privileges.binary_search_by(|(known, _)| known.as_str().cmp(role));
        let at = at.unwrap_or_else(|at| {
            self.privileges.insert(at, (role.to_compact_string(), Vec::new()));
            at
        });
        &mut self.privileges[at].1
    }
}

/// `own` without what was taken away and `others` lacks because its server, which has `everything`, is older than that
/// privilege: a dump of it takes all away, and grants the rest again.
fn heard_of<'a>(
    own: &'a BTreeSet<CompactString>,
    everything: &[&str],
    others: &BTreeSet<CompactString>,
) -> BTreeSet<&'a CompactString> {
    let is_older = !everything.is_empty() && others.iter().any(|words| words.starts_with(GONE));
    let is_news = |words: &str| {
        words.strip_prefix(GONE).is_some_and(|privilege| !everything.contains(&privilege))
    };
    own.iter().filter(|words| !(is_older && is_news(words))).collect()
}

impl fmt::Display for Grants {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let roles = self.privileges.iter().map(|(role, privileges)| {
            let privileges = self.grantors.asked_beside(role, privileges);
            format!("{}: {}", sql::quote(role), privileges.join(", "))
        });
        f.write_str(&roles.collect::<Vec<_>>().join("; "))
    }
}

impl Serialize for Grants {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.privileges.iter().map(|(role, privileges)| {
            (role.as_str(), FlowList(self.grantors.asked_beside(role, privileges)))
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn access_control_lists_read_as_words() {
        let items = [
            "=X/postgres",
            "app=r*w/postgres",
            "\"odd\"\"=role\"=U/app",
            "app=a/other",
            "-=T/app",
            "me=r/me",
            "-me=ra/me",
            "all=r*w*/app",
            "*rw",
        ];
        let grants = Grants::of_items(items.map(str::to_owned).to_vec()).expect("a list");
        let expected = "\"all\": all with grant option; app: insert, select with grant option, update; me: -insert; \"odd\"\"=role\": usage; public: -temporary, execute";
        assert_eq!(grants.to_string(), expected);
    }

    #[test]
    fn what_all_is_can_be_told_by_either_side() {
        let told = |items: &[&str]| {
            Grants::of_items(items.iter().copied().map(str::to_owned).collect()).expect("a list")
        };
        let said = |words: &[&str]| {
            serde_json::from_value::<Grants>(serde_json::json!({ "app": words })).expect("grants")
        };
        let (older, newer) = (told(&["*rw", "app=rw/me"]), told(&["*rwm", "app=rwm/me"]));
        assert_eq!(older, newer);
        assert_eq!(said(&["all"]), newer);
        assert_eq!(newer, said(&["select", "update", "maintain"]));
        assert_eq!(older, said(&["select", "update"]));
        let (older, newer) = (told(&["*rw", "-me=w/me"]), told(&["*rwm", "-me=wm/me"]));
        assert_eq!(older, newer);
        assert_eq!(newer, older);
        assert_ne!(older, told(&["*rwm", "-me=rwm/me"]));
        assert_ne!(told(&["*rwm", "-me=w/me"]), newer);
        assert_ne!(newer, said(&["select", "update"]));
        assert_ne!(told(&["*rwm", "app=rw/me"]), said(&["all"]));
        let untold = Some(Objection::Untold("what `all` is here is not told".to_owned()));
        assert_eq!(said(&["all"]).objection(&said(&["select", "update"])), untold);
        assert_eq!(said(&["-all"]).objection(&said(&["-usage", "-create"])), untold);
        // On no object are these all.
        assert_eq!(said(&["all"]).has_those_of(&said(&["select"])), Some(false));
        let but_one = ["select", "insert", "update", "delete", "truncate", "trigger"];
        assert_eq!(said(&but_one).has_those_of(&said(&["all"])), Some(false));
        assert_eq!(said(&["update"]).objection(&said(&["select"])), None);
        // Where there is but one, it is called by its name.
        assert_eq!(
            told(&["*X", "app=X/me", "app=X*/app"]).to_string(),
            "app: execute, execute with grant option"
        );
    }

    #[test]
    fn who_granted_counts_where_it_is_written() {
        let items = ["app=r*w/postgres", "app=w/\"The boss\"", "me=r/app"];
        let actual = Grants::of_items(items.map(str::to_owned).to_vec()).expect("a list");
        let same = |app: &[&str]| {
            let said = serde_json::json!({ "app": app, "me": ["select"] });
            let expected: Grants = serde_json::from_value(said).expect("grants");
            assert_eq!(expected == actual, actual == expected);
            expected.objection(&actual)
        };
        let another = |words: &str| Some(Objection::Another(words.to_owned()));
        assert_eq!(same(&["select with grant option", "update"]), None);
        assert_eq!(same(&["SELECT with grant option BY postgres", "update"]), None);
        assert_eq!(
            same(&["select with grant option by me", "update"]),
            another("`select with grant option` was granted to app by postgres")
        );
        let both = ["select with grant option", "update by postgres", "update by \"The boss\""];
        assert_eq!(same(&both), None);
        assert_eq!(
            same(&both[..2]),
            another("`update` was granted to app by The boss and postgres")
        );
    }
}
