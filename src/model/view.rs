//! Views.

use indexmap::IndexMap;

use super::{Children, Expect, Special, Trigger, object};
use crate::equivalence::Scope;
use crate::finding::Path;
use crate::value::{Query, SettingValue};

object! {
    /// A view.
    pub struct View: "view" {
        /// Its query.
        definition: Expect<Query>,
        /// Its options: `security_barrier`, `security_invoker`, `check_option`.
        options: Expect<IndexMap<String, SettingValue>> = IndexMap::new(),
        /// Its comment.
        comment: Expect<Option<String>> = None,
        /// Its triggers.
        triggers: Children<Trigger> = (),
    }
}

impl Special for View {
    fn scope(&self, _path: &Path) -> Option<Scope> {
        Some(Scope::Query)
    }

    fn from_short(text: &str) -> Result<Self, String> {
        Ok(Self {
            definition: Expect::Is(text.parse()?),
            options: Expect::Is(IndexMap::new()),
            ..Self::default()
        })
    }
}
