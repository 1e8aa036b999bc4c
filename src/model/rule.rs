//! Rewrite rules.

use std::collections::BTreeSet;

use super::trigger::Enabled;
use super::{Expect, Special, Value, Walk, object};
use crate::equivalence::Verdict;
use crate::sql::{self, Kind};
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

/// What a rule does, from its event on. Its commands cannot be analysed by themselves: two texts that speak of the same
/// things in other words are undecided.
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

impl Action {
    /// Whether the stored text has the same constants, and every name of the written one.
    fn speaks_of_the_same(&self, stored: &Self) -> bool {
        let (written, stored) = (Words::of(&self.0.0), Words::of(&stored.0.0));
        written.constants == stored.constants && written.names.is_subset(&stored.names)
    }
}

impl Value for Action {
    fn agrees(&self, actual: &Self, walk: &mut Walk<'_>) -> Verdict {
        match self.0.agrees(&actual.0, walk) {
            Verdict::Different(_) if self.speaks_of_the_same(actual) => Verdict::Undecided(
                "the commands of a rule can only be compared word by word".to_owned(),
            ),
            verdict => verdict,
        }
    }

    fn show(&self) -> String {
        self.0.show()
    }
}

/// What a text speaks of.
struct Words {
    constants: BTreeSet<String>,
    names: BTreeSet<String>,
}

impl Words {
    fn of(text: &str) -> Self {
        let mut words = Self { constants: BTreeSet::new(), names: BTreeSet::new() };
        for token in sql::words(text) {
            match token.kind {
                Kind::String | Kind::Number => {
                    words.constants.insert(token.text.to_owned());
                }
                _ if token.is_name() => {
                    words.names.insert(sql::unquote(token.text));
                }
                _ => {}
            }
        }
        words
    }
}
