//! Rewrite rules.

use super::rule_action::Action;
use super::table::relation;
use super::trigger::Enabled;
use super::{Expect, Special, object};
use crate::equivalence::Scope;
use crate::finding::Path;

object! {
    /// A rewrite rule of a table or view, that of a view's query apart.
    pub struct Rule: "rule" {
        /// Its definition from its event on: `ON DELETE TO … DO INSTEAD NOTHING`.
        definition: Expect<Action>,
        /// In which sessions it fires: `origin` (as usual), `replica`, `always` or `disabled`.
        enabled: Expect<Enabled> = Enabled::Origin,
        /// Its comment.
        comment: Expect<Option<String>> = None,
    }
}

impl Special for Rule {
    fn scope(&self, path: &Path) -> Option<Scope> {
        relation(path).map(Scope::OldAndNew)
    }

    fn from_short(text: &str) -> Result<Self, String> {
        Ok(Self { definition: Expect::Is(text.parse()?), ..super::Object::plain() })
    }

    fn short(&self) -> Option<String> {
        self.definition.said().map(ToString::to_string)
    }
}
