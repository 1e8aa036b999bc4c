//! Rows of the catalog queries as one tree, which the same code reads that reads YAML.
//!
//! A row's first column is the path of an object, its other columns are the object's attributes by name. A null is
//! "none" in a column of any type but `jsonb`; there it is "this server cannot tell", and JSON's own null is "none".

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
        let path: Vec<&str> = row.try_get(0)?;
        let mut node = self;
        let Some((place, above)) = path.rsplit_once_pair() else { return Ok(()) };
        for step in above.chunks(2) {
            let child = node
                .collections
                .get_mut(step[0])
                .and_then(|objects| objects.get_mut(&escape(step[1])));
            match child {
                Some(child) => node = child,
                None => return Ok(()),
            }
        }
        let objects = node.collections.entry(place.0.to_owned()).or_default();
        objects.insert(escape(place.1), Self { row: Some(row), collections: IndexMap::new() });
        Ok(())
    }
}

/// The last collection and name of a path, and what is above them.
trait Path<'a> {
    fn rsplit_once_pair(&self) -> Option<((&'a str, &'a str), &[&'a str])>;
}

impl<'a> Path<'a> for Vec<&'a str> {
    fn rsplit_once_pair(&self) -> Option<((&'a str, &'a str), &[&'a str])> {
        match self.as_slice() {
            [above @ .., collection, name] => Some(((collection, name), above)),
            _ => None,
        }
    }
}

impl<'de> Deserializer<'de> for Node {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_map(Attributes {
            row: self.row,
            column: 0,
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
            self.column += 1;
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
            return seed.deserialize(Cell { row, column: self.column }).map_err(|error| {
                let name = row.columns().get(self.column).map_or("", |column| column.name());
                let path: Vec<&str> = row.try_get(0).unwrap_or_default();
                Error::custom(format!("{}: {name}: {error}", path.join("/")))
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
        } else {
            visitor.visit_some(self)
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}
