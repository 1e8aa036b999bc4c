//! Foreign-data wrappers.

use super::reference::FunctionName;
use super::{Expect, Owner, Special, object};
use crate::value::{ForeignOptions, Grants};

object! {
    /// A foreign-data wrapper.
    pub struct ForeignDataWrapper: "foreign_data_wrapper" {
        /// The function that reads and writes for it, with its schema.
        handler: Expect<Option<FunctionName>> = None,
        /// The function that looks at options given to it, with its schema.
        validator: Expect<Option<FunctionName>> = None,
        /// Its options; the value of one that holds a password reads `(hidden)`.
        options: Expect<ForeignOptions> = ForeignOptions::default(),
        /// Its owner, where it is not the owner of the database.
        owner: Expect<Option<Owner>> = None,
        /// Privileges of roles beyond what PostgreSQL gives by itself (all to the owner); `-usage` is one of those that was taken away.
        grants: Expect<Grants> = Grants::default(),
        /// Its comment.
        comment: Expect<Option<String>> = None,
    }
}

impl Special for ForeignDataWrapper {}
