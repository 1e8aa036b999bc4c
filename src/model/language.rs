//! Procedural languages.

use super::reference::FunctionName;
use super::{Expect, Owner, Special, object};
use crate::value::Grants;

object! {
    /// A procedural language that is no extension.
    pub struct Language: "language" {
        /// Whether ordinary roles may use it.
        trusted: Expect<bool> = false,
        /// The function that runs its functions, with its schema.
        handler: Expect<FunctionName>,
        /// The function that runs its `DO` blocks, with its schema.
        inline: Expect<Option<FunctionName>> = None,
        /// The function that looks at new functions, with its schema.
        validator: Expect<Option<FunctionName>> = None,
        /// Its owner, where it is not the owner of the database.
        owner: Expect<Option<Owner>> = None,
        /// Privileges of roles beyond what PostgreSQL gives by itself; `-usage` is one of those that was taken away.
        grants: Expect<Grants> = Grants::default(),
        /// Its comment.
        comment: Expect<Option<String>> = None,
    }
}

impl Special for Language {}
