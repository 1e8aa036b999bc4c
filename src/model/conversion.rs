//! Conversions.

use super::reference::FunctionName;
use super::{Expect, Owner, Special, object};
use crate::value::Encoding;

object! {
    /// A conversion between character sets.
    pub struct Conversion: "conversion" {
        /// The encoding that it reads, by PostgreSQL's name: `LATIN1`.
        from: Expect<Encoding>,
        /// The encoding that it writes, by PostgreSQL's name: `UTF8`.
        to: Expect<Encoding>,
        /// The function that it calls.
        function: Expect<FunctionName>,
        /// Whether it is the one that is used by default.
        default: Expect<bool> = false,
        /// Its owner, where it is not the owner of the database.
        owner: Expect<Option<Owner>> = None,
        /// Its comment.
        comment: Expect<Option<String>> = None,
    }
}

impl Special for Conversion {}
