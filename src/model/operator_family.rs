//! Operator families.

use super::members::{MemberFunction, MemberOperator, Members};
use super::{Expect, Owner, Special, object};

object! {
    /// An operator family. Its key is its name with its access method: `mood_ops using btree`. Every operator class
    /// has one, by default of its own name.
    pub struct OperatorFamily: "operator_family" {
        /// Its operators whose left operand is of no type that one of its classes is for, each with its strategy
        /// number: `1 <(integer, bigint)`. In any order.
        operators: Expect<Members<MemberOperator>> = Members::default(),
        /// Its functions whose first type is not one that one of its classes is for, each with its support number and the
        /// two types that it is for: `1 (integer, bigint) btint48cmp(integer, bigint)`. In any order.
        functions: Expect<Members<MemberFunction>> = Members::default(),
        /// Its owner, where it is not the owner of the database.
        owner: Expect<Option<Owner>> = None,
        /// Its comment.
        comment: Expect<Option<String>> = None,
    }
}

impl Special for OperatorFamily {
    fn check_key(key: &str) -> Result<(), String> {
        has_access_method(key)
    }
}

/// Whether the key of a family or class says for which access method it is.
///
/// # Errors
/// It does not.
pub(super) fn has_access_method(key: &str) -> Result<(), String> {
    if key.contains(" using ") {
        return Ok(());
    }
    Err(format!("`{key}` lacks the access method: write `{key} using btree`, or whichever it is"))
}
