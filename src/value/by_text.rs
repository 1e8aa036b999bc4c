//! Reading what is written as one text.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, Visitor};

/// What a text is read as; an error is one of the place of the text.
pub(crate) struct ByText<F> {
    /// What is expected, such as `a name`.
    pub what: &'static str,
    pub read: F,
}

impl<'de, T, X: fmt::Display, F: FnOnce(&str) -> Result<T, X>> DeserializeSeed<'de> for ByText<F> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<T, X: fmt::Display, F: FnOnce(&str) -> Result<T, X>> Visitor<'_> for ByText<F> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.what)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        (self.read)(text).map_err(E::custom)
    }
}
