//! Owners.

use serde::{Deserialize, Serialize};

use super::Value;

/// The role that owns an object, where that is not the owner of the database.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Owner(String);

impl Owner {
    /// The role's name.
    pub fn role(&self) -> &str {
        &self.0
    }
}

impl Value for Owner {
    const UNSET: &'static str = "the owner of the database";

    fn show(&self) -> String {
        self.0.clone()
    }
}
