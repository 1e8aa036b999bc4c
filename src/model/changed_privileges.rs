//! Privileges on what is not compared by itself.

use super::identity::{has_kind, is_identity};
use super::{Expect, Meaning, Special, object};
use crate::value::Grants;

object! {
    /// Privileges on something that belongs to an extension, or to PostgreSQL itself, where they are not those that it came
    /// with. Its key is the kind and the name of the object: `function public.dblink_connect(text)`, `schema cron`,
    /// `column pg_catalog.pg_authid.rolname`, `column public.users.ctid`.
    pub struct ChangedPrivileges: "changed_privileges" {
        /// Privileges beyond those that it came with; `-execute` is one of those that was taken away.
        grants: Expect<Grants> = Grants::default(),
    }
}

impl Special for ChangedPrivileges {
    fn check_key(key: &str) -> Result<(), String> {
        has_kind(key)
    }

    fn is_named(written: &str, actual: &str, _schema: &str, names: &Meaning<'_>) -> bool {
        is_identity(written, actual, names)
    }
}
