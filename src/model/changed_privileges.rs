//! Privileges on what is not compared by itself.

use super::{Expect, Special, object};
use crate::value::Grants;

object! {
    /// Privileges on something that belongs to an extension, or to PostgreSQL itself, where they are not those that it came
    /// with. Its key is the object as the server names it: `function public.dblink_connect(text)`, `schema cron`,
    /// `table column pg_catalog.pg_authid.rolname`, `table column public.users.ctid`.
    pub struct ChangedPrivileges: "changed_privileges" {
        /// Privileges beyond those that it came with; `-execute` is one of those that was taken away.
        grants: Expect<Grants> = Grants::default(),
    }
}

impl Special for ChangedPrivileges {}
