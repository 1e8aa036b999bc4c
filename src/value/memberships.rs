//! Of which roles a role is a member, and how.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use super::{FlowList, words};
use crate::sql;

words! {
    /// What is not as usual about a membership.
    pub enum MembershipOption {
        /// Its member can make others members.
        Admin = "admin",
        /// Its member has the privileges, though it is a role without `INHERIT` (PostgreSQL 16).
        Inherit = "inherit",
        /// Its member does not have the privileges, though it is a role with `INHERIT` (PostgreSQL 16).
        NoInherit = "no inherit",
        /// Its member cannot become the role (PostgreSQL 16).
        NoSet = "no set",
    }
}

/// Roles, each with what is not as usual: a list of names, or a mapping.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Memberships(BTreeMap<String, Vec<MembershipOption>>);

impl Memberships {
    /// The same memberships, of a role that has `INHERIT` or not, as they are written where it is the other way round.
    #[must_use]
    pub fn where_the_other_is_usual(&self, inherits: bool) -> Self {
        let (usual, other) = if inherits {
            (MembershipOption::Inherit, MembershipOption::NoInherit)
        } else {
            (MembershipOption::NoInherit, MembershipOption::Inherit)
        };
        let mut written = self.clone();
        for options in written.0.values_mut() {
            if options.contains(&other) {
                options.retain(|option| *option != other);
            } else {
                options.push(usual);
            }
            options.sort_unstable();
        }
        written
    }
}

impl fmt::Display for Memberships {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let role = |(role, options): (&String, &Vec<MembershipOption>)| {
            let options: Vec<&str> = options.iter().map(|option| option.word()).collect();
            let with = if options.is_empty() { "" } else { " with " };
            format!("{}{with}{}", sql::quote(role), options.join(" and "))
        };
        f.write_str(&self.0.iter().map(role).collect::<Vec<_>>().join(", "))
    }
}

impl Serialize for Memberships {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.values().all(Vec::is_empty) {
            return FlowList(self.0.keys().collect::<Vec<_>>()).serialize(serializer);
        }
        serializer.collect_map(self.0.iter().map(|(role, options)| (role, FlowList(options))))
    }
}

impl<'de> Deserialize<'de> for Memberships {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Forms;

        impl<'de> Visitor<'de> for Forms {
            type Value = Memberships;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of roles, or a mapping from roles to lists of options")
            }

            fn visit_unit<E: Error>(self) -> Result<Memberships, E> {
                Ok(Memberships::default())
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Memberships, A::Error> {
                let mut memberships = Memberships::default();
                while let Some(role) = items.next_element()? {
                    memberships.0.insert(role, Vec::new());
                }
                Ok(memberships)
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Memberships, A::Error> {
                let mut memberships = Memberships::default();
                while let Some((role, options)) = map.next_entry::<String, Option<Vec<_>>>()? {
                    let mut options: Vec<MembershipOption> = options.unwrap_or_default();
                    options.sort_unstable();
                    options.dedup();
                    if options.contains(&MembershipOption::Inherit)
                        && options.contains(&MembershipOption::NoInherit)
                    {
                        let error = format!("`{role}` has both `inherit` and `no inherit`");
                        return Err(A::Error::custom(error));
                    }
                    memberships.0.insert(role, options);
                }
                Ok(memberships)
            }
        }

        deserializer.deserialize_any(Forms)
    }
}
