//! Extensions. What belongs to one is left out everywhere else.

use super::{Children, Expect, ExtensionObject, Special, object};

object! {
    /// An installed extension.
    pub struct Extension: "extension" {
        /// Its installed version.
        version: Expect<String>,
        /// The schema that holds its objects.
        schema: Expect<String>,
        /// Its comment.
        comment: Expect<Option<String>>,
        /// What was put on its tables: triggers, policies, rules and indexes, its own among them.
        objects: Children<ExtensionObject> = (),
    }
}

impl Special for Extension {
    fn goes_without_saying(&self, name: &str) -> bool {
        name == "plpgsql"
    }
}
