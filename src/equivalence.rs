//! Are two expressions the same? Decided rung by rung: by their text here, then by the server's own analysis.
//!
//! A comparison asks and gets a verdict at once. What text cannot decide is noted as a [`Question`] and answered
//! "same" for the time being; the questions are settled in one batch, and the comparison is made again.

use crate::sql;
use crate::value::Name;

/// Where an expression stands: which columns it sees.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// The columns of a table or view: checks, policies, indexes, defaults, generated columns.
    Relation(Name),
    /// The columns of `old` and `new` of a table: the condition of a trigger.
    OldAndNew(Name),
    /// `value`, of this type: a check of a domain.
    Value(String),
    /// Nothing: default values of functions.
    Nothing,
    /// It is no expression but a whole query.
    Query,
}

/// An expression to be analysed where it stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Question {
    /// Which columns it sees.
    pub scope: Scope,
    /// The schema that unqualified names are looked up in first: the object's own.
    pub schema: String,
    /// The type that it is assigned to, without modifiers.
    pub assigned_to: Option<String>,
    /// Its text.
    pub text: String,
}

/// What two texts are to one another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// The same thing.
    Same,
    /// Different trees that mean the same; says by what rule.
    Equivalent(String),
    /// Different; says where they part, when that is known.
    Different(Option<String>),
    /// Not decided; says why.
    Undecided(String),
    /// The expected text means nothing here; the server's words.
    Invalid(String),
}

/// Stand-in.
#[derive(Debug, Default)]
pub struct Equivalence {
    tail: Vec<String>,
}

impl Equivalence {
    /// New.
    pub fn new(search_path_tail: Vec<String>) -> Self {
        Self { tail: search_path_tail }
    }

    /// Verdict.
    pub fn verdict(&mut self, written: &Question, stored: &Question, _verbatim: bool) -> Verdict {
        if sql::without_outer_parentheses(&written.text)
            == sql::without_outer_parentheses(&stored.text)
        {
            Verdict::Same
        } else {
            Verdict::Undecided("not yet".to_owned())
        }
    }
}

impl Equivalence {
    /// Questions.
    pub fn has_questions(&self) -> bool {
        false
    }
}
