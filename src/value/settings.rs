//! Configuration parameters and storage options.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use crate::sql;

/// Values by the name of a parameter or option. Those that hold a password are hidden, whichever side they come from: they
/// are all alike then, and no output shows them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Settings(BTreeMap<String, String>);

/// Parameters whose value is a list of names (`GUC_LIST_QUOTE` in the sources): quotes around a name do not matter.
const LISTS: &[&str] = &[
    "local_preload_libraries",
    "search_path",
    "session_preload_libraries",
    "shared_preload_libraries",
    "temp_tablespaces",
    "unix_socket_directories",
];

impl Settings {
    /// Names and values.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Reads `name = 'value', other = value, third`; a name alone is switched on, as in SQL.
    ///
    /// # Errors
    /// It is no list.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut settings = Self::default();
        for item in sql::split_list(text)? {
            let (name, value) = item.split_once('=').unwrap_or((item, "true"));
            settings.insert(&sql::unquote(name.trim()), &sql::string(value.trim()));
        }
        Ok(settings)
    }

    /// Whether every value is the same, or another word for it: `on` and `true`. What applications make up, with a dot in its
    /// name, has no other words.
    pub fn means_the_same(&self, other: &Self) -> bool {
        let alike = |((name, one), (same, another)): ((&str, &str), (&str, &str))| {
            let is_ours = name.starts_with("toast.") || !name.contains('.');
            let flags = switch(one).zip(switch(another)).filter(|_| is_ours);
            name == same && (one == another || flags.is_some_and(|(one, another)| one == another))
        };
        self.0.len() == other.0.len() && self.iter().zip(other.iter()).all(alike)
    }

    /// Adds one.
    pub fn insert(&mut self, name: &str, value: &str) {
        let value = match name {
            _ if is_secret(name, value) => HIDDEN.to_owned(),
            name if LISTS.contains(&name) => names(value),
            _ => value.to_owned(),
        };
        self.0.insert(name.to_owned(), value);
    }
}

/// What a word for a switch says.
fn switch(word: &str) -> Option<bool> {
    match word.to_lowercase().as_str() {
        "true" | "on" | "yes" | "1" => Some(true),
        "false" | "off" | "no" | "0" => Some(false),
        _ => None,
    }
}

/// What stands in the place of a password.
const HIDDEN: &str = "(hidden)";

/// How names of parameters and options end that hold a password or its like: those of wrappers and, after a dot, those
/// that applications make up.
const SECRETS: &[&str] = &[
    "password",
    "passwd",
    "pwd",
    "passphrase",
    "passcode",
    "secret",
    "token",
    "credentials",
    "private_key",
    "api_key",
    "apikey",
    "access_key",
    "secret_key",
    "service_key",
    "service_role_key",
    "encryption_key",
    "jwt",
];

/// Whether a value is, or holds, a password.
fn is_secret(name: &str, value: &str) -> bool {
    let (name, value) = (name.to_lowercase(), value.to_lowercase());
    let userinfo = value.split_once("://").and_then(|(_, rest)| {
        rest.split(['/', '?']).next()?.rsplit_once('@').map(|(userinfo, _)| userinfo)
    });
    SECRETS.iter().any(|secret| name.ends_with(secret))
        || userinfo.is_some_and(|userinfo| userinfo.contains(':'))
        || value.replace(' ', "").contains("password=")
        || value.replace(' ', "").contains("pwd=")
}

/// A list of names, each with quotes where it needs them; a list of one empty name is empty.
fn names(list: &str) -> String {
    let list = list.trim();
    let list = list.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')).unwrap_or(list);
    let names = sql::split_list(list).unwrap_or_else(|_| vec![list]);
    let names: Vec<String> =
        names.into_iter().map(|name| sql::quote(&sql::unquote(name)).into_owned()).collect();
    if names == ["\"\""] { String::new() } else { names.join(", ") }
}

impl fmt::Display for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let settings =
            self.iter().map(|(name, value)| format!("{name} = '{}'", value.replace('\'', "''")));
        f.write_str(&settings.collect::<Vec<_>>().join(", "))
    }
}

impl<'de> Deserialize<'de> for Settings {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Map;

        impl<'de> Visitor<'de> for Map {
            type Value = Settings;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a mapping from names to values")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Settings, E> {
                if matches!(text, "any" | "absent") {
                    return Err(E::custom(format!(
                        "`{text}` is no setting; leave the key out for no opinion, or write {{}} for none"
                    )));
                }
                Settings::parse(text).map_err(E::custom)
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Settings, A::Error> {
                let mut settings = Settings::default();
                while let Some((name, Scalar(value))) = map.next_entry::<String, Scalar>()? {
                    settings.insert(&name, &value);
                }
                Ok(settings)
            }
        }

        deserializer.deserialize_any(Map)
    }
}

/// A value that YAML may take for a number or a boolean.
struct Scalar(String);

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self)
    }
}

/// Settings by the name of a role.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RoleSettings(BTreeMap<String, Settings>);

impl fmt::Display for RoleSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let roles =
            self.0.iter().map(|(role, settings)| format!("{}: {settings}", sql::quote(role)));
        f.write_str(&roles.collect::<Vec<_>>().join("; "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_hidden() {
        for (name, value, hidden) in [
            ("password", "x", true),
            ("sslpassword", "x", true),
            ("app.settings.jwt_secret", "x", true),
            ("AWS_Access_Key", "x", true),
            ("url", "https://me:x@example.org/", true),
            ("conninfo", "host=h PassWord = x", true),
            ("driver_string", "DSN=a;PWD=x", true),
            ("user", "x", false),
            ("password_required", "false", false),
            ("password_encryption", "md5", false),
            ("url", "https://example.org:80/a@b:c", false),
            ("sslkey", "/etc/key", false),
        ] {
            let mut settings = Settings::default();
            settings.insert(name, value);
            let shown = settings.iter().all(|(_, shown)| shown == value);
            assert_eq!(!shown, hidden, "{name} = {value}");
        }
    }

    #[test]
    fn quotes_matter_only_outside_of_lists_of_names() {
        let mut settings = Settings::default();
        for (name, value) in
            [("search_path", "\"\""), ("app.x", "a, \"b\""), ("temp_tablespaces", "\"A\", b")]
        {
            settings.insert(name, value);
        }
        assert_eq!(
            settings.to_string(),
            "app.x = 'a, \"b\"', search_path = '', temp_tablespaces = '\"A\", b'"
        );
    }
}
