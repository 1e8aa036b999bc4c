//! Tables.

use super::partition::{PartitionKey, PartitionOf};
use super::partitions::Partitions;
use super::tablespace::Tablespace;
use super::{
    Check, Children, Column, Exclusion, Expect, ForeignKey, Index, Order, Owner, Policy,
    PrimaryKey, Rule, Special, Trigger, Unique, object, usual, word_value,
};
use crate::equivalence::Scope;
use crate::finding::Path;
use crate::value::{Grants, Name, Settings, words};

words! {
    /// Whether policies hold, and for whom.
    pub enum RowSecurity {
        /// `ENABLE ROW LEVEL SECURITY`: for everybody but the owner.
        Enabled = "enabled",
        /// `ENABLE` and `FORCE ROW LEVEL SECURITY`: for the owner too.
        Forced = "forced",
        /// Policies are not applied.
        Disabled = "disabled",
        /// `FORCE` without `ENABLE`: not applied now; for the owner too once it is enabled.
        DisabledForced = "disabled forced",
    }
}

words! {
    /// Whether a table survives a crash.
    pub enum Persistence {
        /// It does.
        Permanent = "permanent",
        /// It is empty after one.
        Unlogged = "unlogged",
    }
}

words! {
    /// What logical replication identifies rows by.
    pub enum ReplicaIdentity {
        /// The primary key.
        Default = "default",
        /// All columns.
        Full = "full",
        /// Nothing: updates and deletions cannot be published.
        Nothing = "nothing",
        /// An index, which says so itself.
        Index = "index",
    }
}

word_value!(RowSecurity, ReplicaIdentity);
word_value!(Persistence, none is "as usual");

object! {
    /// A table.
    pub struct Table: "table" {
        /// Row-level security: `enabled`, `forced` (for the owner too), `disabled`, or `disabled forced`.
        row_security: Expect<RowSecurity> = RowSecurity::Disabled,
        /// Whether it survives a crash: `permanent` or `unlogged`.
        persistence: Expect<Persistence> = Persistence::Permanent,
        /// How it is partitioned: `range (created_at)`.
        partition_by: Expect<Option<PartitionKey>> = None,
        /// Of which table it is a partition, and for which values: `measurements for values from (1) to (2)`.
        partition_of: Expect<Option<PartitionOf>> = None,
        /// Whether a `DETACH PARTITION CONCURRENTLY` of it has begun and not come to its end (PostgreSQL 14).
        detach_pending: Expect<bool> = false,
        /// What its partitions must be, those that the spec does not list as well: `{like: parent}` wants each to have
        /// what the table itself has, and their bounds to leave no gap.
        partitions: Partitions,
        /// The tables that it inherits from, in order.
        inherits: Expect<Vec<Name>> = Vec::new(),
        /// The composite type that it is made of.
        of_type: Expect<Option<Name>> = None,
        /// Its storage parameters, those of its TOAST table with `toast.` before them.
        options: Expect<Settings> = Settings::default(),
        /// What logical replication identifies its rows by: `default`, `full`, `nothing` or `index`.
        replica_identity: Expect<ReplicaIdentity> = ReplicaIdentity::Default,
        /// Its access method.
        method: Expect<Option<String>> = Some("heap".to_owned()),
        /// The access method that new partitions of it get, where it is said (PostgreSQL 17).
        partition_method: Expect<Option<String>> = None,
        /// The tablespace that it lies in, where it is not the database's.
        tablespace: Expect<Option<Tablespace>> = None,
        /// Its owner, where it is not the owner of the database.
        owner: Expect<Option<Owner>> = None,
        /// Privileges of roles beyond what PostgreSQL gives by itself (all to the owner); `-select` is one of those that was taken away.
        grants: Expect<Grants> = Grants::default(),
        /// Its comment.
        comment: Expect<Option<String>> = None,
        /// Whether its columns stand in the order in which the spec has them: `exact`, or `any`, as a snapshot says of a table
        /// that inherits: a dump may restore those of its parent first.
        column_order: Expect<Order> = Order::Exact,
        /// Its columns.
        columns: Children<Column> = (),
        /// Its primary key: a list of columns, or a mapping from the constraint's name to them.
        primary_key: Children<PrimaryKey> = (),
        /// Its unique constraints.
        unique: Children<Unique> = (),
        /// Its foreign keys.
        foreign_keys: Children<ForeignKey> = (),
        /// Its check constraints.
        checks: Children<Check> = (),
        /// Its exclusion constraints.
        exclusions: Children<Exclusion> = (),
        /// Its indexes, those of constraints apart.
        indexes: Children<Index> = (),
        /// Its row-level security policies.
        policies: Children<Policy> = (),
        /// Its rewrite rules.
        rules: Children<Rule> = (),
        /// Its triggers.
        triggers: Children<Trigger> = (),
    }
}

impl Special for Table {
    fn scope(&self, path: &Path) -> Option<Scope> {
        relation(path).map(Scope::Relation)
    }

    fn in_terms_of(&self, actual: &Self, _name: &str) -> Option<Self> {
        self.without_consequences(actual)
    }

    /// There are no nulls in a primary key.
    fn conclude(&mut self) {
        usual::fold_said(&mut self.method);
        usual::fold_said(&mut self.partition_method);
        let keys = match &self.primary_key {
            Children::Shapes(keys) => keys.iter().collect(),
            named => named.bodies().map(|(_, key)| key).collect::<Vec<_>>(),
        };
        for name in keys.into_iter().filter_map(|key| key.columns.said()).flatten() {
            let accepts_null = |column: &Column| column.nullable == Expect::Is(true);
            if self.columns.body(name).is_some_and(accepts_null)
                && let Some(column) = self.columns.body_mut(name)
            {
                column.nullable = Expect::Is(false);
            }
        }
    }
}

/// The name of the relation that a path leads to or through.
pub(super) fn relation(path: &Path) -> Option<Name> {
    match path.0.as_slice() {
        [_, schema, _, name, ..] => Some(Name::new(schema, name)),
        _ => None,
    }
}
