//! User mappings of foreign servers.

use super::{Expect, Special, object};
use crate::value::ForeignOptions;

object! {
    /// What a role is on a foreign server. Its key is the role, or `public`.
    pub struct UserMapping: "user_mapping" {
        /// Its options, such as `user`; the value of one that holds a password reads `(hidden)`. Ordinary roles cannot
        /// read those of others: then they are unknown, and a snapshot leaves them out.
        options: Expect<ForeignOptions>,
    }
}

impl Special for UserMapping {}
