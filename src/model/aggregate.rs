//! Aggregate functions.

use super::function::{Arguments, Parallel, Returns};
use super::reference::{FunctionName, OperatorName};
use super::signature::{is_signature, is_signature_key};
use super::{Expect, Meaning, Owner, Special, object};
use crate::sql::Cursor;
use crate::value::{DataType, Definition, Grants};

object! {
    /// An aggregate function. Its key is its name with the types of its arguments: `median(numeric)`.
    pub struct Aggregate: "aggregate" {
        /// Its arguments as in `CREATE AGGREGATE`, where their names, modes or order say more than the key.
        arguments: Expect<Option<Definition>> = None,
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
        /// Whether the final function changes the state: `r` (read only), `s` (shareable) or `w` (it writes).
        final_modify: Expect<String> = "r".to_owned(),
        /// How large its state is about, in bytes; 0 for the usual guess.
        state_space: Expect<i64> = 0,
        /// The function that joins two states.
        combine_function: Expect<Option<FunctionName>> = None,
        /// The functions that write and read a state for other processes.
        serialization: Expect<Vec<FunctionName>> = Vec::new(),
        /// The functions, the type and the settings of its moving-aggregate mode.
        moving: Expect<Vec<Definition>> = Vec::new(),
        /// The operator that finds the same result in an index.
        sort_operator: Expect<Option<OperatorName>> = None,
        /// Whether it takes an order (`WITHIN GROUP`): `normal`, `ordered-set` or `hypothetical-set`.
        variety: Expect<String> = "normal".to_owned(),
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

impl Special for Aggregate {
    /// A type has several names, in the arguments and behind the functions of the moving-aggregate mode.
    fn conclude(&mut self) {
        if let Expect::Is(Some(Definition(arguments))) = &mut self.arguments
            && let Some(usual) = as_printed(arguments)
        {
            *arguments = usual;
        }
        if let Expect::Is(moving) = &mut self.moving
            && let Some(Definition(state_type)) = moving.get_mut(2)
            && let Ok(data_type) = state_type.parse::<DataType>()
        {
            *state_type = data_type.to_string();
        }
    }

    fn check_key(key: &str) -> Result<(), String> {
        is_signature_key(key)
    }

    fn is_named(written: &str, actual: &str, schema: &str, names: &Meaning<'_>) -> bool {
        is_signature(written, actual, schema, names)
    }
}

/// Arguments, and those behind `ORDER BY`, as the server prints them.
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
