//! Tables.

use super::{
    Check, Children, Column, Exclusion, Expect, ForeignKey, Index, Policy, PrimaryKey, Special,
    Trigger, Unique, object, word_value,
};
use crate::equivalence::Scope;
use crate::finding::Path;
use crate::value::{Name, words};

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

word_value!(RowSecurity);

object! {
    /// A table.
    pub struct Table: "table" {
        /// Row-level security: `enabled`, `forced` (for the owner too), `disabled`, or `disabled forced`.
        row_security: Expect<RowSecurity> = RowSecurity::Disabled,
        /// Its comment.
        comment: Expect<Option<String>> = None,
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
        /// Its triggers.
        triggers: Children<Trigger> = (),
    }
}

impl Special for Table {
    fn scope(&self, path: &Path) -> Option<Scope> {
        relation(path).map(Scope::Relation)
    }
}

/// The name of the relation that a path leads to or through.
pub(super) fn relation(path: &Path) -> Option<Name> {
    match path.0.as_slice() {
        [_, schema, _, name, ..] => Some(Name::new(schema, name)),
        _ => None,
    }
}
