//! Rewrite rules.

use super::trigger::Enabled;
use super::{Expect, Special, object};
use super::{Value, Walk};
use crate::equivalence::Verdict;
use crate::value::{Definition, serde_by_text};

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
    fn from_short(text: &str) -> Result<Self, String> {
        Ok(Self { definition: Expect::Is(text.parse()?), ..super::Object::plain() })
    }

    fn short(&self) -> Option<String> {
        self.definition.said().map(ToString::to_string)
    }
}

/// What a rule does, from its event on. Its commands cannot be analysed by themselves, so that two texts that are not
/// the same by their words are undecided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action(Definition);

serde_by_text!(Action, "a rule, such as on delete to users do instead nothing");

impl std::str::FromStr for Action {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        text.parse().map(Self)
    }
}

impl std::fmt::Display for Action {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl Value for Action {
    fn agrees(&self, actual: &Self, walk: &mut Walk<'_>) -> Verdict {
        match self.0.agrees(&actual.0, walk) {
            Verdict::Different(_) => {
                Verdict::Undecided("the commands of a rule are compared word by word".to_owned())
            }
            verdict => verdict,
        }
    }

    fn show(&self) -> String {
        self.0.show()
    }
}
