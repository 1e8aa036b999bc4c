//! Reads privileges: what a spec says of each role, or access control lists as the catalogs have them.

use std::fmt;

use compact_str::{CompactString, format_compact};
use serde::de::value::SeqAccessDeserializer;
use serde::de::{DeserializeSeed, Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::Grants;
use crate::value::by_text::ByText;
use crate::value::grantors;
use crate::value::privilege::{ALL, GONE, PRIVILEGES, parts};

impl<'de> Deserialize<'de> for Grants {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Forms;

        impl<'de> Visitor<'de> for Forms {
            type Value = Grants;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a mapping from roles to lists of privileges")
            }

            fn visit_unit<E: Error>(self) -> Result<Grants, E> {
                Ok(Grants::default())
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
                while let Some((role, List(privileges))) = map.next_entry::<String, List>()? {
                    for Granted { privilege, grantor } in privileges {
                        if let Some(grantor) = grantor {
                            grants.grantors.ask(&role, &privilege, &grantor);
                        }
                        grants.of_mut(&role).push(privilege);
                    }
                }
                Ok(grants.sorted())
            }
        }

        deserializer.deserialize_any(Forms)
    }
}

/// What a spec says of a role, such as `select with grant option by alice`.
struct Granted {
    privilege: CompactString,
    grantor: Option<String>,
}

impl Granted {
    fn read(text: &str) -> Result<Self, String> {
        let (privilege, grantor) = grantors::split(text);
        let privilege = privilege.to_lowercase();
        let (before, plain, after) = parts(&privilege);
        let plain = if plain == "all privileges" { ALL } else { plain };
        let known = || PRIVILEGES.iter().map(|(_, known)| *known).chain([ALL]);
        if !known().any(|known| known == plain) {
            let known = known().collect::<Vec<_>>().join(", ");
            return Err(format!("`{privilege}` is no privilege; there are {known}"));
        }
        Ok(Self { privilege: format_compact!("{before}{plain}{after}"), grantor })
    }
}

impl<'de> Deserialize<'de> for Granted {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        ByText { what: "a privilege", read: Self::read }.deserialize(deserializer)
    }
}

/// A list of privileges, or those parted by commas.
struct List(Vec<Granted>);

impl List {
    fn of(all: Vec<Granted>) -> Result<Self, String> {
        let is_said = |words: &str| all.iter().any(|other| other.privilege == words);
        let taken = |one: &&Granted| is_said(&format_compact!("{GONE}{}", one.privilege));
        match all.iter().find(taken) {
            Some(Granted { privilege, .. }) => {
                Err(format!("`{privilege}` is said to be there, and to be taken away"))
            }
            None => Ok(Self(all)),
        }
    }
}

impl<'de> Deserialize<'de> for List {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Forms;

        impl<'de> Visitor<'de> for Forms {
            type Value = List;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of privileges")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<List, E> {
                let all = text.split(',').map(|item| Granted::read(item.trim()));
                all.collect::<Result<_, _>>().and_then(List::of).map_err(E::custom)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<List, A::Error> {
                let all = Vec::deserialize(SeqAccessDeserializer::new(items))?;
                List::of(all).map_err(A::Error::custom)
            }
        }

        deserializer.deserialize_any(Forms)
    }
}
