//! Everything: what a spec says, or what a database has.

use super::{Children, Extension, Schema, Special, object};

object! {
    /// A database.
    pub struct Database: "database" {
        /// Its extensions.
        extensions: Children<Extension> = (),
        /// Its schemas.
        schemas: Children<Schema> = (),
    }
}

impl Special for Database {}
