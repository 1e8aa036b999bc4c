//! Owners.

use serde::{Deserialize, Serialize};

use super::{Value, Walk, sequence};

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

    fn may_be_unset(&self, walk: &Walk<'_>) -> bool {
        let owns_the_database = walk.actual().owner.said().is_some_and(|owner| *owner == self.0);
        owns_the_database
            || self.0 == "pg_database_owner"
            || sequence::is_owner_by_column(self, walk)
    }

    fn show(&self) -> String {
        self.0.clone()
    }
}
