//! Operators.

use super::reference::{FunctionName, OperatorName};
use super::{Expect, Meaning, Owner, Special, object};

object! {
    /// An operator. Its key is its name with the types of its operands: `=== (money, money)`; a prefix operator has
    /// `none` on the left.
    pub struct Operator: "operator" {
        /// The function that it calls.
        function: Expect<FunctionName>,
        /// The operator that gives the same with the operands swapped.
        commutator: Expect<Option<OperatorName>> = None,
        /// The operator that gives the opposite.
        negator: Expect<Option<OperatorName>> = None,
        /// The function that estimates how many rows it selects.
        restrict: Expect<Option<FunctionName>> = None,
        /// The function that estimates how many pairs of rows it joins.
        join: Expect<Option<FunctionName>> = None,
        /// Whether hash joins can use it.
        hashes: Expect<bool> = false,
        /// Whether merge joins can use it.
        merges: Expect<bool> = false,
        /// Its owner, where it is not the owner of the database.
        owner: Expect<Option<Owner>> = None,
        /// Its comment.
        comment: Expect<Option<String>> = None,
    }
}

impl Special for Operator {
    fn check_key(key: &str) -> Result<(), String> {
        if key.trim_end().ends_with(')') {
            return key.parse::<OperatorName>().map(drop);
        }
        Err(format!("`{key}` lacks the types of the operands, such as ===(integer, integer)"))
    }

    fn is_named(written: &str, actual: &str, schema: &str, names: &Meaning<'_>) -> bool {
        OperatorName::is_key(written, actual, schema, names)
    }
}
