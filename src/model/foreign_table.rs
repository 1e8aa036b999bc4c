//! Foreign tables.

use super::partition::PartitionOf;
use super::table::relation;
use super::{Check, Children, Column, Expect, Order, Owner, Special, Trigger, object};
use crate::equivalence::Scope;
use crate::finding::Path;
use crate::value::{ForeignOptions, Grants, Name};

object! {
    /// A foreign table. The remote side is never asked.
    pub struct ForeignTable: "foreign_table" {
        /// The foreign server that it is on.
        server: Expect<String>,
        /// Its options, such as `table_name`; the value of one that holds a password reads `(hidden)`.
        options: Expect<ForeignOptions> = ForeignOptions::default(),
        /// Of which table it is a partition, and for which values: `measurements for values from (1) to (2)`.
        partition_of: Expect<Option<PartitionOf>> = None,
        /// Whether a `DETACH PARTITION CONCURRENTLY` of it has begun and not come to its end (PostgreSQL 14).
        detach_pending: Expect<bool> = false,
        /// The tables that it inherits from, in order.
        inherits: Expect<Vec<Name>> = Vec::new(),
        /// Its owner, where it is not the owner of the database.
        owner: Expect<Option<Owner>> = None,
        /// Privileges of roles beyond what PostgreSQL gives by itself (all to the owner); `-select` is one of those that was taken away.
        grants: Expect<Grants> = Grants::default(),
        /// Its comment.
        comment: Expect<Option<String>> = None,
        /// Whether its columns stand in the order in which the spec has them: `exact`, or `any`.
        column_order: Expect<Order> = Order::Exact,
        /// Its columns.
        columns: Children<Column> = (),
        /// Its check constraints.
        checks: Children<Check> = (),
        /// Its triggers.
        triggers: Children<Trigger> = (),
    }
}

impl Special for ForeignTable {
    fn scope(&self, path: &Path) -> Option<Scope> {
        relation(path).map(Scope::Relation)
    }
}
