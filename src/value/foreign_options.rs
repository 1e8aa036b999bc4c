//! Options that PostgreSQL hands on to others.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};

use super::listed::{self, Listed};
use super::secret::hidden_if_secret;

/// Values by the name of an option that only a foreign-data wrapper or a text search template understands: each is a text,
/// and of one spelling. Those that hold a password are hidden, whichever side they come from: they are all alike then, and
/// no output shows them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct ForeignOptions(BTreeMap<String, String>);

impl ForeignOptions {
    /// Names and values.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

impl Listed for ForeignOptions {
    fn insert(&mut self, name: &str, value: &str) -> bool {
        self.0.insert(name.to_owned(), hidden_if_secret(name, value.to_owned())).is_none()
    }
}

impl fmt::Display for ForeignOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        listed::show(&self.0, f)
    }
}

impl<'de> Deserialize<'de> for ForeignOptions {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        listed::deserialize(deserializer)
    }
}
