//! Operator classes.

use super::members::{MemberFunction, MemberOperator, Members};
use super::operator_family::has_access_method;
use super::reference::FamilyName;
use super::{Expect, Owner, Special, object, usual};
use crate::value::DataType;

object! {
    /// An operator class. Its key is its name with its access method: `mood_ops using btree`.
    pub struct OperatorClass: "operator_class" {
        /// The data type that it is for.
        r#type: Expect<DataType>,
        /// Whether it is the one that the type has by default.
        default: Expect<bool> = false,
        /// The operator family that it belongs to.
        family: Expect<FamilyName>,
        /// The data type that an index stores, where it is another.
        storage: Expect<Option<DataType>> = None,
        /// The operators of its family whose left operand is of its type, each with its strategy number:
        /// `1 <(mood, mood)`, `15 <->(point, point) for order by float_ops`. In any order.
        operators: Expect<Members<MemberOperator>> = Members::default(),
        /// The functions of its family for its type, each with its support number: `1 mood_cmp(mood, mood)`. One for two
        /// types has them before it: `1 (integer, bigint) btint48cmp(integer, bigint)`. In any order.
        functions: Expect<Members<MemberFunction>> = Members::default(),
        /// Its owner, where it is not the owner of the database.
        owner: Expect<Option<Owner>> = None,
        /// Its comment.
        comment: Expect<Option<String>> = None,
    }
}

impl Special for OperatorClass {
    fn check_key(key: &str) -> Result<(), String> {
        has_access_method(key)
    }

    /// What is stored is of the type itself where nothing is said.
    fn conclude(&mut self) {
        usual::leave_out_modifiers(&mut self.r#type);
        usual::leave_out_modifiers_said(&mut self.storage);
        usual::leave_out(&mut self.storage, |storage| self.r#type.said() == Some(storage));
    }
}
