//! Enumerated types.

use super::{Expect, Owner, Special, object};
use crate::value::Grants;

object! {
    /// An enumerated type.
    pub struct Enum: "enum" {
        /// Its labels, in their sort order.
        labels: Expect<Vec<String>>,
        /// Its owner, where it is not the owner of the database.
        owner: Expect<Option<Owner>> = None,
        /// Privileges of roles beyond what PostgreSQL gives by itself (all to the owner, `usage` to everybody); `-usage` is one of those that was taken away.
        grants: Expect<Grants> = Grants::default(),
        /// Its comment.
        comment: Expect<Option<String>> = None,
    }
}

impl Special for Enum {
    fn from_short(text: &str) -> Result<Self, String> {
        Err(format!("expected a list of labels, found `{text}`"))
    }

    fn from_list(labels: Vec<String>) -> Result<Self, String> {
        Ok(Self { labels: Expect::Is(labels), ..super::Object::plain() })
    }

    fn list(&self) -> Option<Vec<String>> {
        self.labels.said().cloned()
    }
}
