//! Everything: what a spec says, or what a database has.

use super::{
    Children, DefaultPrivileges, EventTrigger, Extension, Publication, Schema, Special, object,
};

object! {
    /// A database.
    pub struct Database: "database" {
        /// Its extensions.
        extensions: Children<Extension> = (),
        /// Its schemas.
        schemas: Children<Schema> = (),
        /// Its event triggers.
        event_triggers: Children<EventTrigger> = (),
        /// Its publications.
        publications: Children<Publication> = (),
        /// Its default privileges.
        default_privileges: Children<DefaultPrivileges> = (),
    }
}

impl Special for Database {}
