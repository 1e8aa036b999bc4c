//! Collations.

use super::{Expect, Owner, Special, object};
use crate::value::Locale;

object! {
    /// A collation.
    pub struct Collation: "collation" {
        /// Who compares: `libc`, `icu` or `builtin`.
        provider: Expect<String>,
        /// Its locale.
        locale: Expect<Option<Locale>>,
        /// The locale that says which characters are letters, where it is another.
        ctype: Expect<Option<Locale>> = None,
        /// Whether strings are equal only when their bytes are.
        deterministic: Expect<bool> = true,
        /// Further rules (PostgreSQL 16).
        rules: Expect<Option<String>> = None,
        /// Its owner, where it is not the owner of the database.
        owner: Expect<Option<Owner>> = None,
        /// Its comment.
        comment: Expect<Option<String>> = None,
    }
}

impl Special for Collation {}
