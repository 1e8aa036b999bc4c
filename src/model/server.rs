//! Foreign servers.

use super::{Children, Expect, Owner, Special, UserMapping, object};
use crate::value::{ForeignOptions, Grants};

object! {
    /// A foreign server.
    pub struct Server: "server" {
        /// Its foreign-data wrapper.
        wrapper: Expect<String>,
        /// Its type, where it is said.
        r#type: Expect<Option<String>> = None,
        /// Its version, where it is said.
        version: Expect<Option<String>> = None,
        /// Its options, such as `host`; the value of one that holds a password reads `(hidden)`.
        options: Expect<ForeignOptions> = ForeignOptions::default(),
        /// Its owner, where it is not the owner of the database.
        owner: Expect<Option<Owner>> = None,
        /// Privileges of roles beyond what PostgreSQL gives by itself (all to the owner); `-usage` is one of those that was taken away.
        grants: Expect<Grants> = Grants::default(),
        /// Its comment.
        comment: Expect<Option<String>> = None,
        /// Its user mappings, by role; `public` is for every role that has none of its own.
        user_mappings: Children<UserMapping> = (),
    }
}

impl Special for Server {}
