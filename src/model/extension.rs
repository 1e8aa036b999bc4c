//! Extensions. What belongs to one is left out everywhere else.

use super::{Expect, Special, object};

object! {
    /// An installed extension.
    pub struct Extension: "extension" {
        /// Its installed version.
        version: Expect<String>,
        /// The schema that holds its objects.
        schema: Expect<String>,
        /// Its comment.
        comment: Expect<Option<String>>,
    }
}

impl Special for Extension {
    fn goes_without_saying(&self, name: &str) -> bool {
        name == "plpgsql"
    }
}
