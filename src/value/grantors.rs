//! Who granted privileges: known of a database, asked for by a spec that cares.

use std::collections::BTreeSet;

use compact_str::{CompactString, format_compact};

use super::privilege::{self, Item};
use crate::sql;

/// Who granted privileges, as far as one side says. Most objects have none of their own, and need little room for that.
#[derive(Debug, Clone, Default)]
pub(super) struct Grantors(Option<Box<Said>>);

#[derive(Debug, Clone)]
enum Said {
    /// The items of an access control list.
    Known(Vec<String>),
    /// What a spec asks for: role, privilege, grantor.
    Asked(BTreeSet<(String, String, String)>),
}

/// Why a privilege was not, or may not have been, granted by whom a spec asks for; in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Objection {
    /// Others granted it.
    Another(String),
    /// One side does not say, as a stored snapshot.
    Untold(String),
}

/// What stands between a privilege and who granted it.
const BY: &str = " by ";

/// A privilege, and who is said to have granted it.
pub(super) fn split(words: &str) -> (&str, Option<String>) {
    match words.to_ascii_lowercase().find(BY) {
        Some(at) => (&words[..at], Some(name(&words[at + BY.len()..]))),
        None => (words, None),
    }
}

/// A role as access control lists and specs write it: as it is, or with quotes around it.
fn name(text: &str) -> String {
    if text.starts_with('"') { sql::unquote(text) } else { text.to_owned() }
}

impl Grantors {
    pub(super) fn known(items: Vec<String>) -> Self {
        Self((!items.is_empty()).then(|| Box::new(Said::Known(items))))
    }

    /// Every privilege that there is on the object, if that is known.
    pub(super) fn everything(&self) -> Vec<&'static str> {
        match self.0.as_deref() {
            Some(Said::Known(items)) => privilege::everything(items),
            _ => Vec::new(),
        }
    }

    /// Asks for one more.
    pub(super) fn ask(&mut self, role: &str, privilege: &str, grantor: &str) {
        let asked = (role.to_owned(), privilege.to_owned(), grantor.to_owned());
        match self.0.as_deref_mut() {
            Some(Said::Asked(all)) => drop(all.insert(asked)),
            _ => self.0 = Some(Box::new(Said::Asked(BTreeSet::from([asked])))),
        }
    }

    /// The privileges of a role, each with who is asked to have granted it.
    pub(super) fn asked_beside(
        &self,
        role: &str,
        privileges: &[CompactString],
    ) -> Vec<CompactString> {
        let with_grantors = |privilege: &CompactString| {
            let asked = self.asked(role, privilege);
            if asked.is_empty() {
                return vec![privilege.clone()];
            }
            asked.iter().map(|grantor| format_compact!("{privilege}{BY}{grantor}")).collect()
        };
        privileges.iter().flat_map(with_grantors).collect()
    }

    /// Why what is asked for here cannot be said of the other side.
    pub(super) fn objection(&self, actual: &Self) -> Option<Objection> {
        self.all_asked()?.iter().find_map(|(role, privilege, _)| {
            let told = actual.tells(role, privilege);
            let to = sql::quote(role);
            if told.is_empty() {
                let untold = format!("who granted `{privilege}` to {to} is not told");
                return Some(Objection::Untold(untold));
            }
            let differs = told != self.asked(role, privilege);
            let told = Vec::from_iter(told).join(" and ");
            differs
                .then(|| Objection::Another(format!("`{privilege}` was granted to {to} by {told}")))
        })
    }

    /// Who granted a privilege to a role; nobody where nothing is said about it.
    fn tells(&self, role: &str, privilege: &str) -> BTreeSet<String> {
        let Some(Said::Known(items)) = self.0.as_deref() else {
            return self.asked(role, privilege);
        };
        let each = privilege::spelled_out(privilege, &privilege::everything(items));
        let items = items.iter().filter_map(|item| Item::read(item).ok());
        let has = |item: &Item<'_>| {
            item.role == role && each.iter().all(|privilege| item.privileges.contains(privilege))
        };
        items.filter(has).map(|item| name(item.grantor)).collect()
    }

    fn asked(&self, role: &str, privilege: &str) -> BTreeSet<String> {
        let all = self.all_asked().into_iter().flatten();
        let those = all.filter(|(to, what, _)| to == role && what == privilege);
        those.map(|(_, _, grantor)| grantor.clone()).collect()
    }

    fn all_asked(&self) -> Option<&BTreeSet<(String, String, String)>> {
        match self.0.as_deref() {
            Some(Said::Asked(all)) => Some(all),
            _ => None,
        }
    }
}
