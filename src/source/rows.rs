//! Rows of the catalog queries as one tree, which the same code reads that reads YAML.
//!
//! A row's first columns are the path of an object: their names are collections with a slash behind, such as `tables/`,
//! their values the names of the objects there; a null is no step. Its other columns are the object's attributes by
//! name. A null is "none" in a column of any type but `jsonb`; there it is "this server cannot tell", and JSON's own
//! null is "none".

use indexmap::IndexMap;
use serde::de::value::{Error, StringDeserializer};
use serde::de::{DeserializeSeed, Deserializer, Error as _, IntoDeserializer, MapAccess, Visitor};
use serde::forward_to_deserialize_any;
use tokio_postgres::Row;
use tokio_postgres::types::{FromSql, Type};

use crate::model::escape;

/// An object with its attributes and the collections below it.
#[derive(Debug, Default)]
pub(super) struct Node {
    row: Option<Row>,
    collections: IndexMap<String, IndexMap<String, Node>>,
}

impl Node {
    /// Puts an object where its path says. An object whose parent is not there is left out: the parent belongs to an
    /// extension, or is of a kind that is not read.
    pub(super) fn graft(&mut self, row: Row) -> Result<(), tokio_postgres::Error> {
        let mut node = self;
        let mut last: Option<(&str, &str)> = None;
        for step in path(&row) {
            let (collection, name) = step?;
            if let Some((collection, name)) = last.replace((collection, name)) {
                let objects = node.collections.get_mut(collection);
                match objects.and_then(|objects| objects.get_mut(&*escape(name))) {
                    Some(child) => node = child,
                    None => return Ok(()),
                }
            }
        }
        let Some((collection, name)) = last else { return Ok(()) };
        if !node.collections.contains_key(collection) {
            node.collections.insert(collection.to_owned(), IndexMap::new());
        }
        let name = escape(name).into_owned();
        if let Some(objects) = node.collections.get_mut(collection) {
            objects.insert(name, Self { row: Some(row), collections: IndexMap::new() });
        }
        Ok(())
    }
}

/// The steps of a row's path: collections with names in them.
fn path(row: &Row) -> impl Iterator<Item = Result<(&str, &str), tokio_postgres::Error>> {
    let collections = row.columns().iter().map_while(|column| column.name().strip_suffix('/'));
    collections.enumerate().filter_map(|(at, collection)| {
        let name: Result<Option<&str>, _> = row.try_get(at);
        name.map(|name| name.map(|name| (collection, name))).transpose()
    })
}

/// How many columns a row's path has.
fn length(row: &Row) -> usize {
    row.columns().iter().take_while(|column| column.name().ends_with('/')).count()
}

impl<'de> Deserializer<'de> for Node {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_map(Attributes {
            column: self.row.as_ref().map_or(0, length),
            row: self.row,
            collections: self.collections.into_iter(),
            next: None,
        })
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

impl IntoDeserializer<'_, Error> for Node {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

struct Attributes {
    row: Option<Row>,
    /// The column that comes next, or whose value comes next.
    column: usize,
    collections: indexmap::map::IntoIter<String, IndexMap<String, Node>>,
    next: Option<IndexMap<String, Node>>,
}

impl<'de> MapAccess<'de> for Attributes {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Error> {
        if let Some(row) = &self.row {
            while let Some(column) = row.columns().get(self.column) {
                let unknown = *column.type_() == Type::JSONB && is_null(row, self.column)?;
                if !unknown {
                    return seed.deserialize(column.name().into_deserializer()).map(Some);
                }
                self.column += 1;
            }
            self.row = None;
        }
        match self.collections.next() {
            Some((key, objects)) => {
                self.next = Some(objects);
                let key: StringDeserializer<Error> = key.into_deserializer();
                seed.deserialize(key).map(Some)
            }
            None => Ok(None),
        }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        if let Some(row) = &self.row {
            let at = self.column;
            self.column += 1;
            return seed.deserialize(Cell { row, column: at }).map_err(|error| {
                let name = row.columns().get(at).map_or("", |column| column.name());
                let path: Vec<&str> = path(row).flatten().map(|(_, name)| name).collect();
                Error::custom(format!("{}: {name}: {error}", path.join(".")))
            });
        }
        let objects = self.next.take().unwrap_or_default();
        seed.deserialize(serde::de::value::MapDeserializer::new(objects.into_iter()))
    }
}

/// One column of a row.
struct Cell<'a> {
    row: &'a Row,
    column: usize,
}

impl Cell<'_> {
    fn get<'b, T: FromSql<'b>>(&'b self) -> Result<T, Error> {
        self.row.try_get(self.column).map_err(Error::custom)
    }
}

fn is_null(row: &Row, column: usize) -> Result<bool, Error> {
    /// Any value of any type, unread.
    struct Unread;

    impl FromSql<'_> for Unread {
        fn from_sql(_: &Type, _: &[u8]) -> Result<Self, Box<dyn std::error::Error + Sync + Send>> {
            Ok(Self)
        }

        fn accepts(_: &Type) -> bool {
            true
        }
    }

    let value: Option<Unread> = row.try_get(column).map_err(Error::custom)?;
    Ok(value.is_none())
}

impl<'de> Deserializer<'de> for Cell<'_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if is_null(self.row, self.column)? {
            return visitor.visit_none();
        }
        match *self.row.columns()[self.column].type_() {
            Type::BOOL => visitor.visit_bool(self.get()?),
            Type::INT2 => visitor.visit_i16(self.get()?),
            Type::INT4 => visitor.visit_i32(self.get()?),
            Type::INT8 => visitor.visit_i64(self.get()?),
            Type::FLOAT4 => visitor.visit_f32(self.get()?),
            Type::TEXT | Type::NAME | Type::VARCHAR => visitor.visit_str(self.get()?),
            Type::TEXT_ARRAY | Type::NAME_ARRAY => {
                let items: Vec<&str> = self.get()?;
                visitor.visit_seq(serde::de::value::SeqDeserializer::new(items.into_iter()))
            }
            Type::JSONB => {
                let value: serde_json::Value = self.get()?;
                value.deserialize_any(visitor).map_err(Error::custom)
            }
            ref other => Err(Error::custom(format!("a column of type {other} cannot be read"))),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if is_null(self.row, self.column)? {
            visitor.visit_none()
        } else if *self.row.columns()[self.column].type_() == Type::JSONB {
            let value: serde_json::Value = self.get()?;
            value.deserialize_option(visitor).map_err(Error::custom)
        } else {
            visitor.visit_some(self)
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}
