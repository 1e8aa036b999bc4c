//! Aggregate functions.

use std::fmt;
use std::str::FromStr;

use super::argument::Arguments;
use super::function::{Parallel, Returns};
use super::reference::{FunctionName, OperatorName};
use super::signature::{self, is_signature, is_signature_key};
use super::{Expect, Meaning, Owner, Special, Value, Walk, object, usual, word_value};
use crate::equivalence::Verdict;
use crate::sql::Cursor;
use crate::value::{DataType, Definition, Grants, Signature, serde_by_text, words};

object! {
    /// An aggregate function. Its key is its name with the types of its arguments: `median(numeric)`.
    pub struct Aggregate: "aggregate" {
        /// Its arguments as in `CREATE AGGREGATE`, where their names, modes or order say more than the key.
        arguments: Expect<Option<AggregateArguments>> = None,
        /// What it returns.
        returns: Expect<Returns>,
        /// The function that takes in a row.
        state_function: Expect<FunctionName>,
        /// The type of its state.
        state_type: Expect<DataType>,
        /// The state that it begins with.
        initial_state: Expect<Option<String>> = None,
        /// The function that makes the result of the state.
        final_function: Expect<Option<FunctionName>> = None,
        /// Whether the final function is given the arguments too.
        final_extra: Expect<bool> = false,
        /// Whether the final function changes the state, where that is not as usual: `read_only`, which is usual, `shareable` or
        /// `read_write`, which is usual for one that takes an order.
        final_modify: Expect<Option<FinalModify>> = None,
        /// How large its state is about, in bytes; 0 for the usual guess.
        state_space: Expect<i64> = 0,
        /// The function that joins two states.
        combine_function: Expect<Option<FunctionName>> = None,
        /// The functions that write and read a state for other processes.
        serialization: Expect<Vec<FunctionName>> = Vec::new(),
        /// Its moving-aggregate mode: the functions `msfunc`, `minvfunc` and maybe `mfinalfunc`, the type `mstype`, the initial
        /// state as a constant of SQL, `msspace = …`, `mfinalfunc_extra`, `mfinalfunc_modify = shareable` or `= read_write`, as
        /// far as there are any.
        moving: Expect<Vec<Definition>> = Vec::new(),
        /// The operator that finds the same result in an index.
        sort_operator: Expect<Option<OperatorName>> = None,
        /// Whether it takes an order (`WITHIN GROUP`): `normal`, `ordered-set` or `hypothetical-set`.
        variety: Expect<Variety> = Variety::Normal,
        /// Whether it can run in parallel workers: `unsafe`, `restricted` or `safe`.
        parallel: Expect<Parallel> = Parallel::Unsafe,
        /// Its owner, where it is not the owner of the database.
        owner: Expect<Option<Owner>> = None,
        /// Privileges of roles beyond what PostgreSQL gives by itself (all to the owner, `execute` to everybody); `-execute` is one of those that was taken away.
        grants: Expect<Grants> = Grants::default(),
        /// Its comment.
        comment: Expect<Option<String>> = None,
    }
}

words! {
    /// What a final function does to the state.
    pub enum FinalModify {
        /// Nothing.
        ReadOnly = "read_only",
        /// What another final function over the same state gets along with.
        Shareable = "shareable",
        /// It may change it.
        ReadWrite = "read_write",
    }
}

words! {
    /// Whether an aggregate takes an order.
    pub enum Variety {
        /// It does not need one.
        Normal = "normal",
        /// `WITHIN GROUP (ORDER BY …)`.
        OrderedSet = "ordered-set",
        /// The same, for a row that is thought to be there.
        HypotheticalSet = "hypothetical-set",
    }
}

word_value!(FinalModify, Variety);

impl Special for Aggregate {
    /// What is usual for one that takes an order is not for another.
    fn in_terms_of(&self, actual: &Self, _name: &str) -> Option<Self> {
        let usual = match actual.variety.said()? {
            Variety::Normal => FinalModify::ReadOnly,
            Variety::OrderedSet | Variety::HypotheticalSet => FinalModify::ReadWrite,
        };
        let mut same = self.clone();
        usual::leave_out(&mut same.final_modify, |said| *said == usual);
        (same != *self).then_some(same)
    }

    /// A type has several names, behind the two or three functions of the moving-aggregate mode, too.
    fn conclude(&mut self) {
        usual::leave_out_modifiers(&mut self.state_type);
        let Expect::Is(moving) = &mut self.moving else { return };
        for Definition(text) in moving.iter_mut().skip(2).take(2) {
            if let Ok(data_type) = text.parse::<DataType>() {
                *text = data_type.without_modifiers().to_string();
            }
        }
    }

    fn check_key(key: &str) -> Result<(), String> {
        is_signature_key(key)
    }

    fn is_named(written: &str, actual: &str, schema: &str, names: &Meaning<'_>) -> bool {
        is_signature(written, actual, schema, names)
    }
}

/// The arguments of an aggregate, and those behind `ORDER BY`, as the server prints them.
#[derive(Debug, Clone, PartialEq)]
pub struct AggregateArguments(Definition);

serde_by_text!(AggregateArguments, "the arguments of an aggregate");

impl FromStr for AggregateArguments {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Ok(Self(as_printed(text).map_or_else(|| text.parse(), |printed| Ok(Definition(printed)))?))
    }
}

impl fmt::Display for AggregateArguments {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Value for AggregateArguments {
    const HOLDS_SQL: bool = true;

    fn agrees(&self, actual: &Self, walk: &mut Walk<'_>) -> Verdict {
        self.0.agrees(&actual.0, walk)
    }

    /// The types alone stand in the key.
    fn may_be_unset(&self, walk: &Walk<'_>) -> bool {
        let key = walk.path().name();
        let said = format!("{}({})", signature::name(key), self.0.0);
        let has_no_names = self.0.0 == "*" || said.parse::<Signature>().is_ok();
        has_no_names && is_signature(&said, key, walk.schema(), &walk.names)
    }

    fn show(&self) -> String {
        self.0.show()
    }
}

/// The same text as the server prints it; `None` where it cannot be read.
fn as_printed(arguments: &str) -> Option<String> {
    let mut cursor = Cursor::new(arguments).ok()?;
    let direct = cursor.until(&["order by"]);
    let ordered = cursor.take("order by").then(|| cursor.until(&[]));
    let printed = |list: &str| list.parse().ok().map(|list: Arguments| list.to_string());
    match ordered {
        Some(ordered) if direct.is_empty() => Some(format!("ORDER BY {}", printed(ordered)?)),
        Some(ordered) => Some(format!("{} ORDER BY {}", printed(direct)?, printed(ordered)?)),
        None => printed(direct),
    }
}
