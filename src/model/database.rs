//! Everything: what a spec says, or what a database has.

use super::{
    AccessMethod, Cast, Children, DefaultPrivileges, EventTrigger, Extension, Publication, Schema,
    Special, Transform, object,
};

object! {
    /// A database.
    pub struct Database: "database" {
        /// Its extensions.
        extensions: Children<Extension> = (),
        /// Its schemas.
        schemas: Children<Schema> = (),
        /// Its casts.
        casts: Children<Cast> = (),
        /// Its transforms of data types for procedural languages.
        transforms: Children<Transform> = (),
        /// Its access methods.
        access_methods: Children<AccessMethod> = (),
        /// Its event triggers.
        event_triggers: Children<EventTrigger> = (),
        /// Its publications.
        publications: Children<Publication> = (),
        /// Its default privileges.
        default_privileges: Children<DefaultPrivileges> = (),
    }
}

impl Special for Database {}
