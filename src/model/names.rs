//! Which names a database has, to resolve an unqualified one as SQL would.

use std::collections::BTreeMap;

use compact_str::CompactString;

use super::Database;
use crate::value::{DataType, Name};

/// What shares one name space within a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// Tables, views and every data type.
    Type,
    /// Functions of any signature.
    Function,
    /// Collations.
    Collation,
    /// Operator classes that are the default of their type.
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
            let tables = body.tables.bodies().map(|(name, _)| name);
            let views = body.views.bodies().map(|(name, _)| name);
            let foreign = body.foreign_tables.bodies().map(|(name, _)| name);
            let stored = body.materialized_views.bodies().map(|(name, _)| name);
            let enums = body.enums.bodies().map(|(name, _)| name);
            let domains = body.domains.bodies().map(|(name, _)| name);
            let composites = body.composite_types.bodies().map(|(name, _)| name);
            let ranges = body.range_types.bodies().map(|(name, _)| name);
            let bases = body.base_types.bodies().map(|(name, _)| name);
            let shells = body.shell_types.bodies().map(|(name, _)| name);
            let relations = tables.chain(views).chain(foreign).chain(stored);
            let named = relations.chain(enums).chain(domains).chain(composites).chain(ranges);
            for name in named.chain(bases).chain(shells) {
                self.insert(Class::Type, &schema, &name);
            }
            let functions = body.functions.bodies().map(|(key, _)| (Class::Function, '(', key));
            let operators = body.operators.bodies().map(|(key, _)| (Class::Operator, '(', key));
            let families = body.operator_families.bodies();
            let families = families.map(|(key, _)| (Class::OperatorFamily, ' ', key));
            for (class, end, key) in functions.chain(operators).chain(families) {
                let name = key.split(end).next().unwrap_or_default().trim_end();
                self.insert(class, &schema, name);
            }
            let parsers = body.text_search_parsers.bodies();
            let parsers = parsers.map(|(name, _)| (Class::TextSearchParser, name));
            let templates = body.text_search_templates.bodies();
            let templates = templates.map(|(name, _)| (Class::TextSearchTemplate, name));
            let dictionaries = body.text_search_dictionaries.bodies();
            let dictionaries = dictionaries.map(|(name, _)| (Class::TextSearchDictionary, name));
            for (class, name) in parsers.chain(templates).chain(dictionaries) {
                self.insert(class, &schema, &name);
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
    pub fn partition_key(&self, table: &Name) -> &[String] {
        self.partition_keys.get(table).map_or(&[], Vec::as_slice)
    }

    /// The primary key of a table that is named inside of `schema`.
    pub fn primary_key(&self, table: &Name, schema: &str) -> Option<&[String]> {
        let schema = self.schema_of(Class::Type, table, schema)?;
        self.primary_keys.get(&Name::new(schema, &table.name)).map(Vec::as_slice)
    }

    /// Whether this operator class is one that a type has by default.
    pub fn is_default_operator_class(&self, class: &Name) -> bool {
        !self.schemas_with(Class::DefaultOperatorClass, &class.name).is_empty()
    }

    /// The schema that an unqualified `name` has when it is used inside of `schema`.
    pub fn resolve(&self, class: Class, name: &str, schema: &str) -> Option<&str> {
        let schemas = self.schemas_with(class, name);
        let mut path = std::iter::once(schema).chain(self.path.iter().map(String::as_str));
        let found = path.find_map(|candidate| position(schemas, candidate).ok())?;
        Some(&schemas[found])
    }

    /// The schemas that have such a name.
    fn schemas_with(&self, class: Class, name: &str) -> &[CompactString] {
        self.known.get(&(class, name.into())).map_or(&[], Vec::as_slice)
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
            None => self.resolve(class, &written.name, schema),
        };
        match (written_schema, self.schema_of(class, actual, schema)) {
            (Some(written), Some(actual)) => written == actual,
            (None, None) => true,
            (Some(written), None) => written == "pg_catalog" || (self.stored && written == schema),
            (None, Some(actual)) => {
                actual == schema || self.path.iter().any(|other| other == actual)
            }
        }
    }

    /// The schema of an actual name; `None` for one that is built in.
    fn schema_of<'a>(&'a self, class: Class, actual: &'a Name, schema: &str) -> Option<&'a str> {
        match &actual.schema {
            Some(actual) => Some(actual),
            None if self.stored => self.resolve(class, &actual.name, schema),
            None => None,
        }
    }

    /// Whether a type that is written inside of `schema` is `actual`.
    pub fn same_type(&self, written: &DataType, actual: &DataType, schema: &str) -> bool {
        written.built_in == actual.built_in
            && written.array == actual.array
            && written.modifiers == actual.modifiers
            && self.same(Class::Type, &written.name, &actual.name, schema)
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
                Some(schema) => {
                    position(self.schemas_with(Class::Type, &name.name), schema).is_ok()
                }
                // Those of the rows of system catalogs are in no list.
                None => {
                    name.name.starts_with("pg_")
                        || self.resolve(Class::Type, &name.name, schema).is_some()
                }
            }
    }
}

/// Where a schema stands among sorted ones, or where it would.
fn position(schemas: &[CompactString], schema: &str) -> Result<usize, usize> {
    schemas.binary_search_by(|known| known.as_str().cmp(schema))
}
