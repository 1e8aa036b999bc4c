//! Shell types.

use super::{Expect, Owner, Special, object};
use crate::value::Grants;

object! {
    /// A shell type: a name that functions can use before the type is defined.
    pub struct ShellType: "shell_type" {
        /// Its owner, where it is not the owner of the database.
        owner: Expect<Option<Owner>> = None,
        /// Privileges of roles beyond what PostgreSQL gives by itself (all to the owner, `usage` to everybody); `-usage` is one of those that was taken away.
        grants: Expect<Grants> = Grants::default(),
        /// Its comment.
        comment: Expect<Option<String>> = None,
    }
}

impl Special for ShellType {}
