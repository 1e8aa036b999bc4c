//! Names of character encodings.

use serde::{Deserialize, Serialize};

/// The name of an encoding. PostgreSQL looks it up by its letters and digits, in any case: `UTF8` is `utf-8`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Encoding(pub String);

impl Encoding {
    fn letters(&self) -> impl Iterator<Item = char> {
        let letters = self.0.chars().filter(char::is_ascii_alphanumeric);
        letters.map(|letter| letter.to_ascii_lowercase())
    }
}

impl PartialEq for Encoding {
    fn eq(&self, other: &Self) -> bool {
        self.letters().eq(other.letters())
    }
}
