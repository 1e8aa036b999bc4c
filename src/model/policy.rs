//! Row-level security policies.

use super::{Expect, Special, object, word_value};
use crate::value::{Expression, NameSet, words};

words! {
    /// What a policy is for.
    pub enum Command {
        /// Every command.
        All = "all",
        /// `SELECT`.
        Select = "select",
        /// `INSERT`.
        Insert = "insert",
        /// `UPDATE`.
        Update = "update",
        /// `DELETE`.
        Delete = "delete",
    }
}

words! {
    /// How a policy combines with others.
    pub enum Combination {
        /// One permissive policy is enough.
        Permissive = "permissive",
        /// Every restrictive policy must hold.
        Restrictive = "restrictive",
    }
}

word_value!(Command, Combination);

object! {
    /// A row-level security policy.
    pub struct Policy: "policy" {
        /// The command that it is for: `all`, `select`, `insert`, `update` or `delete`.
        r#for: Expect<Command> = Command::All,
        /// The roles that it is for, in any order; `public` is everybody.
        to: Expect<NameSet> = NameSet::of(["public"]),
        /// How it combines with others: `permissive` or `restrictive`.
        r#as: Expect<Combination> = Combination::Permissive,
        /// Which rows can be seen, changed or deleted.
        using: Expect<Option<Expression>> = None,
        /// Which rows can be written.
        with_check: Expect<Option<Expression>> = None,
        /// Its comment.
        comment: Expect<Option<String>> = None,
    }
}

impl Special for Policy {}
