//! Privileges of roles on an object.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use super::FlowList;
use crate::sql;

/// Privileges by role, beyond those that PostgreSQL gives by itself; `public` is everybody. One of those that was taken
/// away stands there with a `-` before it. Who granted them does not count.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Grants(BTreeMap<String, Vec<String>>);

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

impl Grants {
    /// Adds an item of an access control list: `role=letters/grantor`, a `*` after what can be granted on; with a `-`
    /// before it, an item that was there by itself and is gone.
    fn add_item(&mut self, item: &str) -> Result<(), String> {
        let unreadable = || format!("cannot read the privilege `{item}`");
        let (sign, item) = item.strip_prefix('-').map_or(("", item), |item| (GONE, item));
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
        let letters = rest.split('/').next().unwrap_or_default();
        let privileges = self.0.entry(role).or_default();
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
        Ok(())
    }

    fn sorted(mut self) -> Self {
        for privileges in self.0.values_mut() {
            // An owner whose item changed has some of it still.
            let kept: Vec<String> = privileges.iter().map(|word| format!("{GONE}{word}")).collect();
            let back = |word: &str| kept.iter().any(|gone| gone == word);
            let was_gone: Vec<String> =
                privileges.iter().filter(|word| back(word)).cloned().collect();
            privileges.retain(|word| !back(word) && !was_gone.contains(&format!("{GONE}{word}")));
            privileges.sort_unstable();
            privileges.dedup();
        }
        self.0.retain(|_, privileges| !privileges.is_empty());
        self
    }
}

impl fmt::Display for Grants {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let roles = self
            .0
            .iter()
            .map(|(role, privileges)| format!("{}: {}", sql::quote(role), privileges.join(", ")));
        f.write_str(&roles.collect::<Vec<_>>().join("; "))
    }
}

impl Serialize for Grants {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(role, privileges)| (role, FlowList(privileges))))
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

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Grants, A::Error> {
                let mut grants = Grants::default();
                while let Some(item) = items.next_element::<String>()? {
                    grants.add_item(&item).map_err(A::Error::custom)?;
                }
                Ok(grants.sorted())
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Grants, A::Error> {
                let mut grants = Grants::default();
                while let Some((role, privileges)) = map.next_entry::<String, Vec<String>>()? {
                    let privileges: Vec<String> =
                        privileges.iter().map(|word| word.to_lowercase()).collect();
                    for word in &privileges {
                        let plain = word.strip_prefix(GONE).unwrap_or(word);
                        let plain = plain.strip_suffix(GRANTABLE).unwrap_or(plain);
                        if !PRIVILEGES.iter().any(|(_, known)| *known == plain) {
                            let known: Vec<&str> =
                                PRIVILEGES.iter().map(|(_, known)| *known).collect();
                            let error =
                                format!("`{word}` is no privilege; there are {}", known.join(", "));
                            return Err(A::Error::custom(error));
                        }
                    }
                    grants.0.insert(role, privileges);
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
        let mut grants = Grants::default();
        for item in [
            "=X/postgres",
            "app=r*w/postgres",
            "\"odd\"\"=role\"=U/app",
            "app=a/other",
            "-=T/app",
            "me=r/me",
            "-me=ra/me",
        ] {
            grants.add_item(item).expect(item);
        }
        let expected = "app: insert, select with grant option, update; me: -insert; \"odd\"\"=role\": usage; public: -temporary, execute";
        assert_eq!(grants.sorted().to_string(), expected);
    }
}
