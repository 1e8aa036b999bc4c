//! Values by name, as SQL lists them, `name = 'value', other = value`, or as a mapping.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::Deserializer;
use serde::de::{Error, MapAccess, Visitor};

use crate::sql;

/// What is made of names and values.
pub(crate) trait Listed: Default {
    /// Adds one; says whether none of that name was there.
    fn insert(&mut self, name: &str, value: &str) -> bool;
}

/// Reads `name = 'value', other = value, third`; a name alone is switched on, as in SQL.
///
/// # Errors
/// It is no list.
pub(super) fn parse<L: Listed>(text: &str) -> Result<L, String> {
    let mut listed = L::default();
    for item in sql::split_list(text)? {
        let (name, value) = item.split_once('=').unwrap_or((item, "true"));
        let name = sql::unquote(name.trim());
        if !listed.insert(&name, &sql::string(value.trim())) {
            return Err(format!("`{name}` is said twice in `{text}`"));
        }
    }
    Ok(listed)
}

/// Reads a list as that, or a mapping.
///
/// # Errors
/// It is neither.
pub(super) fn deserialize<'de, L: Listed, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<L, D::Error> {
    struct Entries<L>(PhantomData<L>);

    impl<'de, L: Listed> Visitor<'de> for Entries<L> {
        type Value = L;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a mapping from names to values")
        }

        fn visit_str<E: Error>(self, text: &str) -> Result<L, E> {
            if matches!(text, "any" | "absent") {
                return Err(E::custom(format!(
                    "`{text}` is no setting; leave the key out for no opinion, or write {{}} for none"
                )));
            }
            parse(text).map_err(E::custom)
        }

        fn visit_unit<E: Error>(self) -> Result<L, E> {
            Ok(L::default())
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<L, A::Error> {
            let mut listed = L::default();
            while let Some((name, value)) = map.next_entry::<String, String>()? {
                if !listed.insert(&name, &value) {
                    return Err(A::Error::custom(format!("`{name}` is said twice here")));
                }
            }
            Ok(listed)
        }
    }

    deserializer.deserialize_any(Entries(PhantomData))
}

/// Shows them as SQL lists them.
pub(super) fn show(entries: &BTreeMap<String, String>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    for (nth, (name, value)) in entries.iter().enumerate() {
        let comma = if nth == 0 { "" } else { ", " };
        write!(f, "{comma}{name} = '{}'", value.replace('\'', "''"))?;
    }
    Ok(())
}
