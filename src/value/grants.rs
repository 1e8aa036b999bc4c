//! Privileges of roles on an object.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use super::FlowList;
use super::grantors::{self, Grantors, Objection};
use crate::sql;

/// Privileges by role, beyond those that PostgreSQL gives by itself; `public` is everybody. One of those that was taken
/// away stands there with a `-` before it. Who granted one does not count, unless it is written: `select by alice`.
#[derive(Debug, Clone, Default)]
pub struct Grants {
    privileges: BTreeMap<String, Vec<String>>,
    grantors: Grantors,
}

impl PartialEq for Grants {
    fn eq(&self, other: &Self) -> bool {
        self.privileges == other.privileges
            && self.grantors.objection(&other.grantors).is_none()
            && other.grantors.objection(&self.grantors).is_none()
    }
}

/// The letters of access control lists (section 5.8 of the manual, table 5.1).
const PRIVILEGES: &[(char, &str)] = &[
    ('r', "select"),
    ('a', "insert"),
    ('w', "update"),
    ('d', "delete"),
    ('D', "truncate"),
    ('x', "references"),
    ('t', "trigger"),
    ('X', "execute"),
    ('U', "usage"),
    ('C', "create"),
    ('c', "connect"),
    ('T', "temporary"),
    ('s', "set"),
    ('A', "alter system"),
    ('m', "maintain"),
];

const GRANTABLE: &str = " with grant option";
const GONE: &str = "-";

/// An item of an access control list: `role=letters/grantor`, a `*` after what can be granted on; with a `-` before it, an
/// item that was there by itself and is gone.
pub(super) struct Item<'a> {
    /// Who has the privileges.
    pub role: String,
    /// In words, with what [`GRANTABLE`] and [`GONE`] add.
    pub privileges: Vec<String>,
    /// Who granted them, with quotes around an odd name.
    pub grantor: &'a str,
}

impl<'a> Item<'a> {
    pub(super) fn read(text: &'a str) -> Result<Self, String> {
        let unreadable = || format!("cannot read the privilege `{text}`");
        let (sign, item) = text.strip_prefix('-').map_or(("", text), |item| (GONE, item));
        let quoted = sql::tokens(item).next().filter(|token| token.kind == sql::Kind::Quoted);
        let (role, rest) = match quoted {
            Some(token) => (
                sql::unquote(token.text),
                item[token.end()..].strip_prefix('=').ok_or_else(unreadable)?,
            ),
            None => item
                .split_once('=')
                .map(|(role, rest)| (role.to_owned(), rest))
                .ok_or_else(unreadable)?,
        };
        let role = if role.is_empty() { "public".to_owned() } else { role };
        let (letters, grantor) = rest.split_once('/').unwrap_or((rest, ""));
        let mut privileges: Vec<String> = Vec::new();
        for letter in letters.chars() {
            if letter == '*' {
                if let Some(last) = privileges.last_mut() {
                    last.push_str(GRANTABLE);
                }
                continue;
            }
            let known =
                PRIVILEGES.iter().find(|(known, _)| *known == letter).ok_or_else(unreadable)?;
            privileges.push(format!("{sign}{}", known.1));
        }
        Ok(Self { role, privileges, grantor })
    }
}

impl Grants {
    /// Why the same privileges do not do: they were not, or may not have been, granted by whom these ask for.
    pub fn objection(&self, actual: &Self) -> Option<Objection> {
        if self.privileges != actual.privileges {
            return None;
        }
        self.grantors.objection(&actual.grantors)
    }

    fn of_items(items: Vec<String>) -> Result<Self, String> {
        let mut grants = Self::default();
        for item in &items {
            let Item { role, privileges, .. } = Item::read(item)?;
            grants.privileges.entry(role).or_default().extend(privileges);
        }
        grants.grantors = Grantors::known(items);
        Ok(grants.sorted())
    }

    /// Adds what a spec says of a role, such as `select with grant option by alice`.
    fn add(&mut self, role: &str, words: &str) -> Result<(), String> {
        let (privilege, grantor) = grantors::split(words);
        let privilege = privilege.to_lowercase();
        let plain = privilege.strip_prefix(GONE).unwrap_or(&privilege);
        let plain = plain.strip_suffix(GRANTABLE).unwrap_or(plain);
        if !PRIVILEGES.iter().any(|(_, known)| *known == plain) {
            let known: Vec<&str> = PRIVILEGES.iter().map(|(_, known)| *known).collect();
            let known = known.join(", ");
            return Err(format!("`{privilege}` is no privilege; there are {known}"));
        }
        if let Some(grantor) = grantor {
            self.grantors.ask(role, &privilege, &grantor);
        }
        self.privileges.entry(role.to_owned()).or_default().push(privilege);
        Ok(())
    }

    fn sorted(mut self) -> Self {
        for privileges in self.privileges.values_mut() {
            // An owner whose item changed has some of it still.
            let kept: Vec<String> = privileges.iter().map(|word| format!("{GONE}{word}")).collect();
            let back = |word: &str| kept.iter().any(|gone| gone == word);
            let was_gone: Vec<String> =
                privileges.iter().filter(|word| back(word)).cloned().collect();
            privileges.retain(|word| !back(word) && !was_gone.contains(&format!("{GONE}{word}")));
            privileges.sort_unstable();
            privileges.dedup();
        }
        self.privileges.retain(|_, privileges| !privileges.is_empty());
        self
    }
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
            (role, FlowList(self.grantors.asked_beside(role, privileges)))
        }))
    }
}

impl<'de> Deserialize<'de> for Grants {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Forms;

        impl<'de> Visitor<'de> for Forms {
            type Value = Grants;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a mapping from roles to lists of privileges")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Grants, A::Error> {
                let mut items = Vec::new();
                while let Some(item) = seq.next_element()? {
                    items.push(item);
                }
                Grants::of_items(items).map_err(A::Error::custom)
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Grants, A::Error> {
                let mut grants = Grants::default();
                while let Some((role, privileges)) = map.next_entry::<String, Vec<String>>()? {
                    for words in &privileges {
                        grants.add(&role, words).map_err(A::Error::custom)?;
                    }
                }
                Ok(grants.sorted())
            }
        }

        deserializer.deserialize_any(Forms)
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
        ];
        let grants = Grants::of_items(items.map(str::to_owned).to_vec()).expect("a list");
        let expected = "app: insert, select with grant option, update; me: -insert; \"odd\"\"=role\": usage; public: -temporary, execute";
        assert_eq!(grants.to_string(), expected);
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
