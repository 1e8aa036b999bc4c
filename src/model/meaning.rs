//! What the names that a spec writes mean in a database.

use std::collections::BTreeSet;

use compact_str::CompactString;

use super::default_classes;
use super::names::named;
use super::{Class, Database, Names};
use crate::value::{DataType, Name};

/// What names mean in a spec that is held against a database.
#[derive(Debug, Clone, Copy)]
pub struct Meaning<'a> {
    names: &'a Names,
    /// What the spec declares: it means that, whether or not the database has it.
    pub(super) declared: &'a Database,
    /// Whether it was read from a server, where only what is built in has no schema.
    pub(super) of_a_database: bool,
}

impl<'a> Meaning<'a> {
    /// Of a spec that declares this, in a database that has these names.
    pub fn new(names: &'a Names, declared: &'a Database, of_a_database: bool) -> Self {
        Self { names, declared, of_a_database }
    }

    /// The names of what is built in that others have, too.
    pub(super) fn of_built_in(&self) -> BTreeSet<CompactString> {
        self.names.of_built_in()
    }

    /// What a table is partitioned by: columns and expressions; nothing for one that is not.
    pub fn partition_key(&self, table: &Name) -> &'a [String] {
        self.names.partition_key(table)
    }

    /// The primary key of a table that is named inside of `schema`.
    pub fn primary_key(&self, table: &Name, schema: &str) -> Option<&'a [String]> {
        let schema = self.schema_of(Class::Type, table, schema)?;
        self.names.primary_key(&Name::new(schema, &table.name))
    }

    /// Whether this operator class of an access method is one that a type has by default. A stored snapshot does not tell of
    /// those of extensions, such as `btree_gin`, which have the names of built-in ones: `None`.
    pub fn is_default_operator_class(&self, class: &Name, method: &str) -> Option<bool> {
        let is_default = self.names.is_default_operator_class(class, method);
        let may_be = self.names.is_stored() && default_classes::is_default_anywhere(&class.name);
        (is_default || !may_be).then_some(is_default)
    }

    /// The schema that an unqualified `name` has when the spec uses it inside of `schema`.
    pub fn resolve<'s>(&'s self, class: Class, name: &str, schema: &'s str) -> Option<&'s str> {
        let declares = |candidate: &str| self.declares(class, candidate, name);
        self.names.resolve_or(class, name, schema, declares)
    }

    fn declares(&self, class: Class, schema: &str, name: &str) -> bool {
        let Some(body) = self.declared.schemas.body(schema) else { return false };
        let mut collections = named(body).into_iter();
        collections.any(|(of, collection)| of == class && class.is_in(collection, name))
    }

    /// Whether a name that is written inside of `schema` is `actual`, which is qualified unless it is built in.
    pub fn same(&self, class: Class, written: &Name, actual: &Name, schema: &str) -> bool {
        if written.name != actual.name {
            return false;
        }
        // Without a schema on either side it is built in, whatever else has its name.
        if written.schema == actual.schema {
            return true;
        }
        let written_schema = match &written.schema {
            Some(written) => Some(written.as_str()),
            None if self.of_a_database => Some("pg_catalog"),
            None => self.resolve(class, &written.name, schema),
        };
        match (written_schema, self.schema_of(class, actual, schema)) {
            (Some(written), Some(actual)) => written == actual,
            (None, None) => true,
            (Some(written), None) => {
                written == "pg_catalog" || (self.names.is_stored() && written == schema)
            }
            (None, Some(actual)) => self.names.search_path(schema).any(|other| other == actual),
        }
    }

    /// The schema of an actual name; `None` for one that is built in.
    fn schema_of<'s>(&self, class: Class, actual: &'s Name, schema: &'s str) -> Option<&'s str>
    where
        'a: 's,
    {
        match &actual.schema {
            Some(actual) => Some(actual),
            None if self.names.is_stored() => self.names.resolve(class, &actual.name, schema),
            None => None,
        }
    }

    /// Whether an unqualified name that a spec uses inside of `home` can be found in `schema`.
    pub(super) fn finds_in(&self, schema: &str, home: &str) -> bool {
        !self.of_a_database && self.names.search_path(home).any(|other| other == schema)
    }

    /// Whether a type that is written inside of `schema` is `actual`.
    pub fn same_type(&self, written: &DataType, actual: &DataType, schema: &str) -> bool {
        written.built_in == actual.built_in
            && written.array == actual.array
            && written.has_modifiers_of(actual)
            && self.same(Class::Type, &written.name, &actual.name, schema)
    }

    /// The same of two lists of them.
    pub fn same_types(&self, written: &[DataType], actual: &[DataType], schema: &str) -> bool {
        written.len() == actual.len()
            && written.iter().zip(actual).all(|(w, a)| self.same_type(w, a, schema))
    }
}
