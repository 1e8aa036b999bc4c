//! Tablespaces.

use serde::{Deserialize, Serialize};

use super::{Value, Walk};

/// The tablespace that something lies in, where that is not the database's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Tablespace(pub String);

impl Value for Tablespace {
    const UNSET: &'static str = "that of the database";

    fn may_be_unset(&self, walk: &Walk<'_>) -> bool {
        walk.actual().tablespace.said() == Some(&self.0)
    }

    fn show(&self) -> String {
        self.0.clone()
    }
}
