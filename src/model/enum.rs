//! Enumerated types.

use super::{Expect, Special, object};

object! {
    /// An enumerated type.
    pub struct Enum: "enum" {
        /// Its labels, in their sort order.
        labels: Expect<Vec<String>>,
        /// Its comment.
        comment: Expect<Option<String>> = None,
    }
}

impl Special for Enum {
    fn from_list(labels: Vec<String>) -> Result<Self, String> {
        Ok(Self { labels: Expect::Is(labels), ..super::Object::plain() })
    }

    fn list(&self) -> Option<Vec<String>> {
        self.labels.said().cloned()
    }
}
