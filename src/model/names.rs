//! Which names a database has, to resolve an unqualified one as SQL would.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use compact_str::CompactString;

use super::{Children, Database, Expect, Object, Pass, Schema, default_classes};
use crate::value::{DataType, Home, Name};

/// What shares one name space within a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// Tables, views and every data type.
    Type,
    /// Functions of any signature.
    Function,
    /// Collations.
    Collation,
    /// Operator classes of any access method.
    OperatorClass,
    /// Operator classes that are the default of a type, each with its access method: `mood_ops using btree`.
    DefaultOperatorClass,
    /// Operators of any operands.
    Operator,
    /// Operator families of any access method.
    OperatorFamily,
    /// Text search parsers.
    TextSearchParser,
    /// Text search templates.
    TextSearchTemplate,
    /// Text search dictionaries.
    TextSearchDictionary,
}

impl Class {
    /// What follows the name in the key of an object, where that says more: the types of its arguments, its access method.
    fn end_of_name(self) -> Option<&'static str> {
        match self {
            Self::Function | Self::Operator => Some("("),
            Self::OperatorClass | Self::OperatorFamily => Some(" using "),
            _ => None,
        }
    }

    /// The name in the key of an object.
    fn name_in(self, key: &str) -> &str {
        let name = self.end_of_name().and_then(|end| key.split(end).next());
        name.map_or(key, str::trim_end)
    }

    /// Whether a collection has an object of this name.
    pub(super) fn is_in(self, collection: &dyn Named, name: &str) -> bool {
        match self.end_of_name() {
            None => collection.has_key(name),
            Some(_) => collection.keys().any(|key| self.name_in(&key) == name),
        }
    }
}

/// A collection of what can be named.
pub(super) trait Named {
    /// Its keys.
    fn keys(&self) -> Box<dyn Iterator<Item = Cow<'_, str>> + '_>;

    /// Whether it has this key.
    fn has_key(&self, key: &str) -> bool;
}

impl<T: Object> Named for Children<T> {
    fn keys(&self) -> Box<dyn Iterator<Item = Cow<'_, str>> + '_> {
        Box::new(self.bodies().map(|(key, _)| key))
    }

    fn has_key(&self, key: &str) -> bool {
        self.body(key).is_some()
    }
}

/// What can be named in a schema, by the name space that it is in.
pub(super) fn named(body: &Schema) -> [(Class, &dyn Named); 20] {
    [
        (Class::Type, &body.tables),
        (Class::Type, &body.views),
        (Class::Type, &body.foreign_tables),
        (Class::Type, &body.materialized_views),
        (Class::Type, &body.enums),
        (Class::Type, &body.domains),
        (Class::Type, &body.composite_types),
        (Class::Type, &body.range_types),
        (Class::Type, &body.base_types),
        (Class::Type, &body.shell_types),
        (Class::Function, &body.functions),
        (Class::Function, &body.procedures),
        (Class::Function, &body.aggregates),
        (Class::Collation, &body.collations),
        (Class::Operator, &body.operators),
        (Class::OperatorClass, &body.operator_classes),
        (Class::OperatorFamily, &body.operator_families),
        (Class::TextSearchParser, &body.text_search_parsers),
        (Class::TextSearchTemplate, &body.text_search_templates),
        (Class::TextSearchDictionary, &body.text_search_dictionaries),
    ]
}

/// Every name that an unqualified one may mean.
#[derive(Debug, Clone, Default)]
pub struct Names {
    /// The schemas that have a name, sorted.
    known: BTreeMap<(Class, CompactString), Vec<CompactString>>,
    primary_keys: BTreeMap<Name, Vec<String>>,
    partition_keys: BTreeMap<Name, Vec<String>>,
    /// Schemas that follow an object's own in its search path: `public`, and where extensions live.
    path: Vec<String>,
    /// Whether actual names are those of a stored snapshot, which leaves out an object's own schema.
    stored: bool,
}

impl Names {
    /// With the schemas that follow an object's own in its search path.
    pub fn with_path(path: impl IntoIterator<Item = String>) -> Self {
        let mut names = Self::default();
        for schema in std::iter::once("public".to_owned()).chain(path) {
            // That comes before all others, unless a search path names it.
            if schema != "pg_catalog" && !names.path.contains(&schema) {
                names.path.push(schema);
            }
        }
        names
    }

    /// The same for a stored snapshot, which leaves an object's own schema out of the names in it.
    #[must_use]
    pub fn stored(self) -> Self {
        Self { stored: true, ..self }
    }

    /// Notes every object of `database` that can be named.
    pub fn learn(&mut self, database: &Database) {
        for (schema, body) in database.schemas.bodies() {
            for (class, collection) in named(body) {
                collection.keys().for_each(|key| self.insert(class, &schema, class.name_in(&key)));
            }
            for (name, range) in body.range_types.bodies() {
                // What makes a value from its bounds.
                self.insert(Class::Function, &schema, &name);
                if let Some(multirange) = range.multirange.said() {
                    let elsewhere = range.multirange_schema.said().and_then(Option::as_deref);
                    let schema = elsewhere.unwrap_or(&schema);
                    self.insert(Class::Type, schema, multirange);
                    self.insert(Class::Function, schema, multirange);
                }
            }
            for (key, class) in body.operator_classes.bodies() {
                if class.default == Expect::Is(true) {
                    self.insert(Class::DefaultOperatorClass, &schema, &key);
                }
            }
            for (name, table) in body.tables.bodies() {
                if let Some(Some(key)) = table.partition_by.said() {
                    self.partition_keys.insert(Name::new(&schema, &name), key.subjects());
                }
                let key = table.primary_key.bodies().find_map(|(_, key)| key.columns.said());
                if let Some(columns) = key {
                    self.primary_keys.insert(Name::new(&schema, &name), columns.clone());
                }
            }
        }
    }

    /// Notes that there is such an object.
    pub fn insert(&mut self, class: Class, schema: &str, name: &str) {
        let schemas =
            self.known.entry((class, name.into())).or_insert_with(|| Vec::with_capacity(1));
        if let Err(at) = position(schemas, schema) {
            schemas.insert(at, schema.into());
        }
    }

    /// What a table is partitioned by: columns and expressions; nothing for one that is not.
    pub(super) fn partition_key(&self, table: &Name) -> &[String] {
        self.partition_keys.get(table).map_or(&[], Vec::as_slice)
    }

    /// The primary key of a table.
    pub(super) fn primary_key(&self, table: &Name) -> Option<&[String]> {
        self.primary_keys.get(table).map(Vec::as_slice)
    }

    /// Whether this operator class of an access method is one that a type has by default.
    pub fn is_default_operator_class(&self, class: &Name, method: &str) -> bool {
        let key = format!("{} using {method}", class.name);
        let elsewhere = self.schemas_with(Class::DefaultOperatorClass, &key);
        let is_built_in = || default_classes::is_default(&class.name, method);
        match class.schema.as_deref() {
            None => is_built_in() || !elsewhere.is_empty(),
            Some("pg_catalog") => is_built_in(),
            Some(schema) => elsewhere.iter().any(|other| other == schema),
        }
    }

    /// The schema that an unqualified `name` has when it is used inside of `schema`.
    pub fn resolve<'s>(&'s self, class: Class, name: &str, schema: &'s str) -> Option<&'s str> {
        self.resolve_or(class, name, schema, |_| false)
    }

    /// The same where there is more than what is known here: schemas that `have` it, too.
    pub(super) fn resolve_or<'s>(
        &'s self,
        class: Class,
        name: &str,
        schema: &'s str,
        have: impl Fn(&str) -> bool,
    ) -> Option<&'s str> {
        let known = self.schemas_with(class, name);
        let mut path = self.search_path(schema);
        path.find(|candidate| position(known, candidate).is_ok() || have(candidate))
    }

    /// The schemas in which an unqualified name inside of `schema` is looked for.
    pub(super) fn search_path<'s>(&'s self, schema: &'s str) -> impl Iterator<Item = &'s str> {
        ["pg_catalog", schema].into_iter().chain(self.path.iter().map(String::as_str))
    }

    /// Whether there is such an object; of those of `pg_catalog`, only what others have the name of, too, is known.
    pub fn has(&self, class: Class, schema: &str, name: &str) -> bool {
        position(self.schemas_with(class, name), schema).is_ok()
    }

    /// The names of what is built in that others have, too.
    pub(super) fn of_built_in(&self) -> BTreeSet<CompactString> {
        let known = self.known.iter();
        let shared = known.filter(|(_, schemas)| position(schemas, "pg_catalog").is_ok());
        shared.map(|((_, name), _)| name.clone()).collect()
    }

    /// Whether these are the names of a stored snapshot.
    pub(super) fn is_stored(&self) -> bool {
        self.stored
    }

    /// The schemas that have such a name.
    fn schemas_with(&self, class: Class, name: &str) -> &[CompactString] {
        self.known.get(&(class, name.into())).map_or(&[], Vec::as_slice)
    }

    /// Every name of a class, with or without its schema.
    pub fn all(&self, class: Class) -> impl Iterator<Item = &str> {
        self.known.keys().filter(move |(known, _)| *known == class).map(|(_, name)| name.as_str())
    }

    /// The schemas that follow an object's own in its search path.
    pub fn path(&self) -> &[String] {
        &self.path
    }

    /// Whether the database has a type that is written so inside of `schema`.
    pub fn has_type(&self, written: &DataType, schema: &str) -> bool {
        let name = &written.name;
        let of_system =
            |schema: &CompactString| schema.starts_with("pg_") || schema == "information_schema";
        written.built_in
            || name.schema.as_ref().is_some_and(of_system)
            || match &name.schema {
                Some(schema) => self.has(Class::Type, schema, &name.name),
                // Those of the rows of system catalogs are in no list.
                None => {
                    name.name.starts_with("pg_")
                        || self.resolve(Class::Type, &name.name, schema).is_some()
                }
            }
    }
}

impl Database {
    /// Drops the schema of each object from the names in it, as a snapshot does. What a stored one kept has a reason.
    pub fn leave_out_homes(&mut self, names: &Names) {
        if names.stored {
            return;
        }
        let built_in = names.of_built_in();
        for (schema, entry) in self.schemas.entries_mut().into_iter().flatten() {
            if let Some(body) = entry.body_mut() {
                body.relative_to(&Home::new(schema, &built_in), &mut Pass::default());
            }
        }
    }
}

/// Where a schema stands among sorted ones, or where it would.
fn position(schemas: &[CompactString], schema: &str) -> Result<usize, usize> {
    schemas.binary_search_by(|known| known.as_str().cmp(schema))
}
