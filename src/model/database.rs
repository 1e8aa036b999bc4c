//! Everything: what a spec says, or what a database has.

use super::by_name::ByName;
use super::consequences::Parents;
use super::{
    AccessMethod, Cast, ChangedPrivileges, Children, Column, DefaultPrivileges, Entry,
    EventTrigger, Expect, Extension, Fields, ForeignDataWrapper, Language, Object, Parameter,
    Publication, Role, Schema, SecurityLabel, Server, Special, Subscription, Table, Transform,
    object,
};
use crate::value::{Encoding, Grants, Locale, Name, Settings};

object! {
    /// A database. Its attributes stand at the top of a spec. Those that differ from server to server while the schema
    /// is the same (owner, encoding, locale, limits, privileges, comment) are compared only where a spec writes them,
    /// also in a strict one, and a snapshot leaves them out.
    pub struct Database: "database" {
        /// Its owner, with whom every other `owner` is compared.
        owner: Expect<String>,
        /// Its character encoding, such as `UTF8`.
        encoding: Expect<Encoding>,
        /// Who compares strings: `libc`, `icu` or `builtin`.
        locale_provider: Expect<String>,
        /// Its `LC_COLLATE`.
        collate: Expect<Locale>,
        /// Its `LC_CTYPE`.
        ctype: Expect<Locale>,
        /// The locale of a provider other than libc.
        locale: Expect<Option<Locale>>,
        /// Rules beyond those of its ICU locale (PostgreSQL 16).
        icu_rules: Expect<Option<String>>,
        /// The tablespace that it lies in, as does all that says nothing else: mostly `pg_default`.
        tablespace: Expect<String>,
        /// How many sessions there can be at once; -1 for no limit.
        connection_limit: Expect<i64>,
        /// Whether whoever may create databases may make copies of it.
        is_template: Expect<bool>,
        /// Privileges of roles beyond what PostgreSQL gives by itself (to connect and to make temporary tables, to
        /// everybody); `-connect` is one of those that was taken away.
        grants: Expect<Grants>,
        /// Its comment.
        comment: Expect<Option<String>>,
        /// Parameters for its sessions: `ALTER DATABASE … SET`. The value of one that holds a password reads `(hidden)`.
        settings: Expect<Settings> = Settings::default(),
        /// Parameters for the sessions of a role in it, by role: `ALTER ROLE … IN DATABASE … SET`.
        role_settings: Expect<ByName<Settings>> = ByName::default(),
        /// The roles of the whole server, those of PostgreSQL itself apart.
        roles: Children<Role>,
        /// The parameters of the whole server on which privileges were granted.
        parameters: Children<Parameter>,
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
        /// Its subscriptions.
        subscriptions: Children<Subscription> = (),
        /// Its procedural languages.
        languages: Children<Language> = (),
        /// Its foreign-data wrappers.
        foreign_data_wrappers: Children<ForeignDataWrapper> = (),
        /// Its foreign servers.
        servers: Children<Server> = (),
        /// Its default privileges.
        default_privileges: Children<DefaultPrivileges> = (),
        /// Privileges on what belongs to PostgreSQL itself, where they are not those that it came with.
        changed_privileges: Children<ChangedPrivileges> = (),
        /// Its security labels.
        security_labels: Children<SecurityLabel> = (),
    }
}

impl Special for Database {}

/// What differs from server to server while the schema is the same.
const OF_THE_SERVER: &[&str] = &[
    "owner",
    "encoding",
    "locale_provider",
    "collate",
    "ctype",
    "locale",
    "icu_rules",
    "tablespace",
    "connection_limit",
    "is_template",
    "grants",
    "comment",
];

impl Database {
    /// A table, whose name has its schema.
    pub(super) fn table(&self, name: &Name) -> Option<&Table> {
        self.schemas.body(name.schema.as_ref()?)?.tables.body(&name.name)
    }

    /// Whether it has a table, foreign table or materialized view of this name.
    pub(super) fn has_relation(&self, name: &Name) -> bool {
        let schema = name.schema.as_ref().and_then(|schema| self.schemas.body(schema));
        schema.is_some_and(|schema| {
            schema.tables.body(&name.name).is_some()
                || schema.foreign_tables.body(&name.name).is_some()
                || schema.materialized_views.body(&name.name).is_some()
        })
    }

    /// A column of such a table.
    pub(super) fn column(&self, table: &Name, column: &str) -> Option<&Column> {
        self.table(table)?.columns.body(column)
    }

    /// What such a table or foreign table says of those above it.
    pub(super) fn inheritance(&self, table: &Name) -> Option<Parents<'_>> {
        let schema = self.schemas.body(table.schema.as_ref()?)?;
        let of_a_table = schema.tables.body(&table.name);
        of_a_table.map(|table| (&table.inherits, &table.partition_of)).or_else(|| {
            let foreign = schema.foreign_tables.body(&table.name)?;
            Some((&foreign.inherits, &foreign.partition_of))
        })
    }

    /// The tables that such a table inherits from or is a partition of, each with its schema.
    pub(super) fn parents(&self, table: &Name) -> Vec<Name> {
        let Some((inherits, _)) = self.inheritance(table) else { return Vec::new() };
        let inherited = inherits.said().into_iter().flatten();
        self.partition_parent(table)
            .into_iter()
            .chain(inherited.map(|it| at_home(it, table)))
            .collect()
    }

    /// The tables above such a table, those that are nearest first, each once.
    pub(super) fn ancestors(&self, table: &Name) -> Vec<Name> {
        let mut tables = vec![table.clone()];
        let mut next = 0;
        while let Some(table) = tables.get(next) {
            for parent in self.parents(table) {
                if !tables.contains(&parent) {
                    tables.push(parent);
                }
            }
            next += 1;
        }
        tables.split_off(1)
    }

    /// The table that such a table is a partition of, with its schema.
    pub(super) fn partition_parent(&self, table: &Name) -> Option<Name> {
        let (_, partition_of) = self.inheritance(table)?;
        Some(at_home(partition_of.said()?.as_ref()?.parent(), table))
    }

    /// Has no opinion on what is outside of the schemas, also where a spec is strict. Roles stay, and so do settings: such a
    /// spec has no way of saying nothing about an attribute.
    pub fn leave_out_what_is_outside(&mut self) {
        // Every field by name, so that a new one has to be thought of here.
        *self = Self {
            owner: Expect::Unsaid,
            encoding: Expect::Unsaid,
            locale_provider: Expect::Unsaid,
            collate: Expect::Unsaid,
            ctype: Expect::Unsaid,
            locale: Expect::Unsaid,
            icu_rules: Expect::Unsaid,
            tablespace: Expect::Unsaid,
            connection_limit: Expect::Unsaid,
            is_template: Expect::Unsaid,
            grants: Expect::Unsaid,
            comment: Expect::Unsaid,
            settings: std::mem::take(&mut self.settings),
            role_settings: std::mem::take(&mut self.role_settings),
            roles: std::mem::take(&mut self.roles),
            parameters: std::mem::take(&mut self.parameters),
            extensions: Children::whatever(),
            schemas: std::mem::take(&mut self.schemas),
            casts: Children::whatever(),
            transforms: Children::whatever(),
            access_methods: Children::whatever(),
            event_triggers: Children::whatever(),
            publications: Children::whatever(),
            subscriptions: Children::whatever(),
            languages: Children::whatever(),
            foreign_data_wrappers: Children::whatever(),
            servers: Children::whatever(),
            default_privileges: Children::whatever(),
            changed_privileges: Children::whatever(),
            security_labels: Children::whatever(),
        };
    }

    /// Says what every new database has and this one does not: elsewhere, that would go without saying.
    pub fn forbid_what_was_dropped(&mut self) {
        fn of<T: Object>(children: &mut Children<T>) {
            if let Some(usual) = T::IN_EVERY_NEW_DATABASE
                && let Some(entries) = children.entries_mut()
                && !entries.contains_key(usual)
            {
                entries.insert_sorted(usual.into(), Entry::Absent);
            }
        }
        of(&mut self.extensions);
        of(&mut self.schemas);
    }

    /// Leaves unsaid what a snapshot does not hold unless it is asked to: what differs from server to server, and roles with
    /// the privileges on parameters. What a stub of an extension could not tell is left open.
    pub fn leave_out_the_server(&mut self, roles: bool) {
        self.unsay(Fields::of::<Self>(OF_THE_SERVER));
        if !roles {
            self.roles = Children::Unsaid;
            self.parameters = Children::Unsaid;
        }
        self.extensions.bodies_mut().for_each(Extension::leave_open_what_is_unsaid);
        // Nothing is worth no word at the top.
        let plain = Self::plain();
        if self.settings == plain.settings {
            self.settings = Expect::Unsaid;
        }
        if self.role_settings == plain.role_settings {
            self.role_settings = Expect::Unsaid;
        }
    }
}

/// A table above another one, with its schema.
pub(super) fn at_home(parent: &Name, table: &Name) -> Name {
    Name { schema: parent.schema.clone().or_else(|| table.schema.clone()), ..parent.clone() }
}
