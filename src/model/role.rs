//! Roles.

use super::by_name::ByName;
use super::{Expect, Special, object};
use crate::value::{Memberships, Moment, Settings};

object! {
    /// A role. Roles belong to the whole server, not to the database: they are compared only where a spec writes
    /// `roles:`, also in a strict one, and a snapshot holds them only with `--roles`. Passwords are never read. Predefined
    /// roles are read once they were made members of others.
    pub struct Role: "role" {
        /// Whether sessions can be its own.
        login: Expect<bool> = false,
        /// Whether no privilege is asked of it.
        superuser: Expect<bool> = false,
        /// Whether it can make databases.
        createdb: Expect<bool> = false,
        /// Whether it can make roles.
        createrole: Expect<bool> = false,
        /// Whether it has the privileges of the roles that it is a member of.
        inherit: Expect<bool> = true,
        /// Whether it can replicate.
        replication: Expect<bool> = false,
        /// Whether row-level security does not hold for it.
        bypassrls: Expect<bool> = false,
        /// How many sessions of it there can be at once; -1 for no limit.
        connection_limit: Expect<i64> = -1,
        /// Until when its password holds, in UTC: `2030-12-31` or `2030-12-31 18:00:00`; `-infinity` for never.
        valid_until: Expect<Option<Moment>> = None,
        /// The roles that it is a member of: a list, or a mapping from each to `admin`, `inherit`, `no inherit` and
        /// `no set`, where its membership is so and not as usual.
        member_of: Expect<Memberships> = Memberships::default(),
        /// Parameters for its sessions in every database: `ALTER ROLE … SET`.
        settings: Expect<Settings> = Settings::default(),
        /// What security providers are told about it, by provider.
        security_labels: Expect<ByName<String>> = ByName::default(),
        /// Its comment.
        comment: Expect<Option<String>> = None,
    }
}

impl Special for Role {
    const OF_THE_SERVER: bool = true;

    /// What is usual for a role with `INHERIT` is written for one without.
    fn in_terms_of(&self, actual: &Self, _name: &str) -> Option<Self> {
        if !self.inherit.parts_from(&actual.inherit, |inherit| *inherit) {
            return None;
        }
        let (inherit, memberships) = self.inherit.said().zip(self.member_of.said())?;
        let written = memberships.where_the_other_is_usual(*inherit);
        let is_the_same = actual.member_of.said() == Some(&written);
        is_the_same.then(|| Self { member_of: actual.member_of.clone(), ..self.clone() })
    }
}
