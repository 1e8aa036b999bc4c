//! Range types.

use super::default_classes::is_of_another;
use super::reference::{CollationName, FunctionName, OperatorClassName};
use super::{Expect, Owner, Special, Walk, object, usual};
use crate::value::{DataType, Grants, Name};

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
        usual::leave_out_modifiers(&mut self.subtype);
        usual::leave_out_collation(&mut self.collation, &self.subtype);
    }
}

/// Whether an operator class is the usual one of the range type that the walk is in: ranges are kept in order by those of
/// B-trees.
pub(super) fn is_usual_class(class: &Name, walk: &Walk<'_>) -> bool {
    let subtype = walk
        .actual()
        .schemas
        .body(walk.schema())
        .and_then(|schema| schema.range_types.body(walk.path().name())?.subtype.said());
    walk.names.is_default_operator_class(class, "btree") == Some(true)
        && !subtype.is_some_and(|subtype| is_of_another(class, subtype))
}
