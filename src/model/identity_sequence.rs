//! The sequences of identity columns, as far as a column says something of them.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::owning_column::OwningColumn;
use super::sequence::Sequence;
use super::{Expect, Special, Value, Walk};
use crate::equivalence::Verdict;
use crate::value::serde_by_text;

/// The parameters of the sequence of an identity column, whose type is the column's.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameters(Box<Sequence>);

serde_by_text!(Parameters, "the parameters of a sequence");

impl Parameters {
    /// Those that are not usual for the column that the walk is in.
    fn unusual(&self, walk: &Walk<'_>) -> Vec<String> {
        let mut sequence = (*self.0).clone();
        sequence.r#type = walk.value_type().cloned().map_or(Expect::Unsaid, Expect::Is);
        sequence.conclude();
        sequence.parameters()
    }
}

impl FromStr for Parameters {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Sequence::from_short(text).map(|sequence| Self(Box::new(sequence)))
    }
}

impl fmt::Display for Parameters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.parameters().join(" "))
    }
}

impl Value for Parameters {
    const HOLDS_SQL: bool = true;

    fn agrees(&self, actual: &Self, walk: &mut Walk<'_>) -> Verdict {
        Verdict::of(self.unusual(walk) == actual.unusual(walk))
    }

    fn may_be_unset(&self, walk: &Walk<'_>) -> bool {
        self.unusual(walk).is_empty()
    }

    fn show(&self) -> String {
        self.to_string()
    }
}

/// The name of the sequence of an identity column, where it is not `<table>_<column>_seq`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(from = "Told", into = "String")]
pub struct SequenceName {
    name: String,
    /// Whether a catalog tells that the usual name was taken, so that a number stands behind it.
    numbered: bool,
}

/// As a spec writes it, and as the catalogs have it.
#[derive(Deserialize)]
#[serde(untagged)]
enum Told {
    Written(String),
    Read { name: String, numbered: bool },
}

impl SequenceName {
    /// As a spec writes it.
    pub(super) fn written(name: String) -> Self {
        Self { name, numbered: false }
    }
}

impl From<Told> for SequenceName {
    fn from(told: Told) -> Self {
        match told {
            Told::Written(name) => Self::written(name),
            Told::Read { name, numbered } => Self { name, numbered },
        }
    }
}

impl From<SequenceName> for String {
    fn from(sequence: SequenceName) -> Self {
        sequence.name
    }
}

impl PartialEq for SequenceName {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Value for SequenceName {
    const UNSET: &'static str = "as usual";

    fn may_be_unset(&self, walk: &Walk<'_>) -> bool {
        let usual = OwningColumn::at(walk.path()).map(|column| column.usual_sequence());
        usual.is_some_and(|usual| self.numbered || self.name == usual)
    }

    fn show(&self) -> String {
        self.name.clone()
    }
}
