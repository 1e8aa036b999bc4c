//! Default privileges.

use super::{Expect, Special, object};
use crate::value::Grants;

object! {
    /// Privileges that objects get when they are made. Its key says whose objects, where and of what kind:
    /// `app in public on tables`, or `app on tables` for every schema.
    pub struct DefaultPrivileges: "default_privileges" {
        /// Privileges beyond what PostgreSQL gives by itself; `-execute` is one of those that is taken away.
        grants: Expect<Grants> = Grants::default(),
    }
}

impl Special for DefaultPrivileges {}
