//! Rewrite rules.

use super::rule_action::Action;
use super::table::relation;
use super::trigger::{Enabled, Event};
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
    const LIST_HOLDS_SHAPES: bool = true;

    fn scope(&self, path: &Path) -> Option<Scope> {
        let rows = match self.definition.said().map(Action::event) {
            Some(Event::Insert) => Scope::New,
            Some(Event::Delete) => Scope::Old,
            _ => Scope::OldAndNew,
        };
        relation(path).map(rows)
    }

    fn from_short(text: &str) -> Result<Self, String> {
        Ok(Self { definition: Expect::Is(text.parse()?), ..super::Object::plain() })
    }

    fn short(&self) -> Option<String> {
        self.definition.said().map(ToString::to_string)
    }
}
