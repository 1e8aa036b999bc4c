//! Subscriptions.

use super::{Expect, Owner, Special, object, word_value};
use crate::value::{NameSet, words};

words! {
    /// Whether transactions come before they end.
    pub enum Streaming {
        /// They do not.
        Off = "off",
        /// They are kept in a file until they end.
        On = "on",
        /// They are made at once by another process (PostgreSQL 16).
        Parallel = "parallel",
        /// As the server has it where nothing is said: `parallel`, before PostgreSQL 18 `off`.
        Usual = "usual",
    }
}

word_value!(Streaming where Usual is Off before 18 and Parallel since);

object! {
    /// A subscription of logical replication. How it connects is never read: connection strings hold passwords.
    pub struct Subscription: "subscription" {
        /// The publications that it subscribes to, in any order.
        publications: Expect<NameSet>,
        /// Whether it replicates.
        enabled: Expect<bool> = true,
        /// Its replication slot on the other side; unset for none. When nothing is said, PostgreSQL takes its own name.
        slot_name: Expect<Option<String>>,
        /// Whether data comes in binary form (PostgreSQL 14).
        binary: Expect<bool> = false,
        /// Whether transactions come before they end (PostgreSQL 14): `off`, `on`, `parallel`, or as is `usual` for the server.
        streaming: Expect<Streaming> = Streaming::Usual,
        /// Whether it replicates in two phases (PostgreSQL 15).
        two_phase: Expect<bool> = false,
        /// Whether it stops at an error (PostgreSQL 15).
        disable_on_error: Expect<bool> = false,
        /// Its `synchronous_commit` (PostgreSQL 14); older servers do not tell.
        synchronous_commit: Expect<String>,
        /// Whether it must connect with a password (PostgreSQL 16).
        password_required: Expect<bool> = true,
        /// Whether changes are made as its owner, not as the owner of the table (PostgreSQL 16).
        run_as_owner: Expect<bool> = false,
        /// Which changes it takes (PostgreSQL 16): those of `any` origin, or those that have `none`.
        origin: Expect<String> = "any".to_owned(),
        /// Whether its slot is there after a failover (PostgreSQL 17).
        failover: Expect<bool> = false,
        /// Its owner, where it is not the owner of the database.
        owner: Expect<Option<Owner>> = None,
        /// Its comment.
        comment: Expect<Option<String>> = None,
    }
}

impl Special for Subscription {}
