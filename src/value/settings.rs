//! Configuration parameters and storage options.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};

use super::listed::{self, Listed};
use super::parameter;
use super::secret::hidden_if_secret;

/// Values by the name of a parameter or storage option. Those that hold a password are hidden, whichever side they come
/// from: they are all alike then, and no output shows them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Settings(BTreeMap<String, String>);

impl Settings {
    /// Names and values.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The value of one.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
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
        listed::parse(text)
    }

    /// Whether every value is the same, or another spelling of it: `on` and `true`, `4096kB` and `4MB`.
    pub fn means_the_same(&self, other: &Self) -> bool {
        self.0.len() == other.0.len()
            && self.iter().zip(other.iter()).all(|((name, one), (same, another))| {
                name == same && parameter::means_the_same(name, one, another)
            })
    }
}

impl Listed for Settings {
    fn insert(&mut self, name: &str, value: &str) -> bool {
        let name = parameter::name(name);
        let value = hidden_if_secret(&name, parameter::value(&name, value));
        self.0.insert(name.into_owned(), value).is_none()
    }
}

impl fmt::Display for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        listed::show(&self.0, f)
    }
}

impl<'de> Deserialize<'de> for Settings {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        listed::deserialize(deserializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
