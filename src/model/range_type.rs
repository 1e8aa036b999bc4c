//! Range types.

use super::reference::{CollationName, FunctionName, OperatorClassName};
use super::{Expect, Owner, Special, object, usual};
use crate::value::{DataType, Grants};

object! {
    /// A range type, with the multirange type that comes with it.
    pub struct RangeType: "range_type" {
        /// The data type of its bounds.
        subtype: Expect<DataType>,
        /// The operator class that orders its bounds, where it is not the default one.
        operator_class: Expect<Option<OperatorClassName>> = None,
        /// Collation, where it is not that of the bounds' type.
        collation: Expect<Option<CollationName>> = None,
        /// The function that brings a range into its one form.
        canonical: Expect<Option<FunctionName>> = None,
        /// The function that tells how far two bounds are apart.
        subtype_diff: Expect<Option<FunctionName>> = None,
        /// The name of its multirange type (PostgreSQL 14).
        multirange: Expect<String>,
        /// The schema of its multirange type, where it is not its own (PostgreSQL 14).
        multirange_schema: Expect<Option<String>> = None,
        /// Its owner, where it is not the owner of the database.
        owner: Expect<Option<Owner>> = None,
        /// Privileges of roles beyond what PostgreSQL gives by itself (all to the owner, `usage` to everybody); `-usage` is one of those that was taken away.
        grants: Expect<Grants> = Grants::default(),
        /// Its comment.
        comment: Expect<Option<String>> = None,
    }
}

impl Special for RangeType {
    fn conclude(&mut self) {
        usual::leave_out_collation(&mut self.collation, &self.subtype);
    }
}
