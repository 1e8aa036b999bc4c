//! Composite types.

use super::{Children, Expect, Order, Owner, Special, TypeAttribute, object};
use crate::value::Grants;

object! {
    /// A composite type that stands by itself, not the row type of a table.
    pub struct CompositeType: "composite_type" {
        /// Its owner, where it is not the owner of the database.
        owner: Expect<Option<Owner>> = None,
        /// Privileges of roles beyond what PostgreSQL gives by itself (all to the owner, `usage` to everybody); `-usage` is one of those that was taken away.
        grants: Expect<Grants> = Grants::default(),
        /// Its comment.
        comment: Expect<Option<String>> = None,
        /// Whether its attributes stand in the order in which the spec has them: `exact`, or `any`.
        attribute_order: Expect<Order> = Order::Exact,
        /// Its attributes.
        attributes: Children<TypeAttribute> = (),
    }
}

impl Special for CompositeType {}
