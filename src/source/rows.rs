//! Rows of the catalog queries as one tree, which the same code reads that reads YAML.
//!
//! A row's first columns are the path of an object: their names are collections with a slash behind, such as `tables/`,
//! their values the names of the objects there; a null is no step. Without any it is the database itself. Its other columns are the object's attributes by
//! name. A null is "none" in a column of any type but `jsonb`; there it is "this server cannot tell", and JSON's own
//! null is "none".

use std::sync::Arc;

use indexmap::IndexMap;
use serde::de::value::{Error, MapAccessDeserializer, StringDeserializer};
use serde::de::{DeserializeSeed, Deserializer, Error as _, IntoDeserializer, MapAccess, Visitor};
use serde::forward_to_deserialize_any;
use tokio_postgres::Row;
use tokio_postgres::types::{FromSql, Type};

use crate::model::escape;

/// What the columns of one query are.
#[derive(Debug)]
pub struct Columns {
    /// The collections of the path.
    path: Vec<String>,
    /// The attributes, with their types.
    attributes: Vec<(String, Type)>,
}

impl Columns {
    /// Those of a row, and of all others of its query.
    pub(super) fn of(row: &Row) -> Arc<Self> {
        let collection =
            |column: &tokio_postgres::Column| column.name().strip_suffix('/').map(str::to_owned);
        let path: Vec<String> = row.columns().iter().map_while(collection).collect();
        let attributes = row.columns().iter().skip(path.len());
        let attributes =
            attributes.map(|column| (column.name().to_owned(), column.type_().clone())).collect();
        Arc::new(Self { path, attributes })
    }
}

/// The attributes of one object, as the server sent them. A [`Row`] would take several times the room.
#[derive(Debug)]
struct Record {
    columns: Arc<Columns>,
    /// The values one after the other, each behind its length; see [`Record::LONG`] and [`Record::NULL`].
    values: Box<[u8]>,
}

impl Record {
    /// In place of a length: there is no value.
    const NULL: u8 = u8::MAX;
    /// In place of a length that does not fit: it follows, in four bytes.
    const LONG: u8 = u8::MAX - 1;

    fn of(row: &Row, columns: &Arc<Columns>) -> Result<Self, tokio_postgres::Error> {
        let mut values = Vec::with_capacity(row.raw_size_bytes());
        for at in columns.path.len()..row.len() {
            let Some(Raw(value)) = row.try_get(at)? else {
                values.push(Self::NULL);
                continue;
            };
            match u8::try_from(value.len()) {
                Ok(length) if length < Self::LONG => values.push(length),
                _ => {
                    values.push(Self::LONG);
                    // The protocol's own lengths have four bytes.
                    let length = u32::try_from(value.len()).unwrap_or(u32::MAX);
                    values.extend(length.to_le_bytes());
                }
            }
            values.extend(value);
        }
        Ok(Self { columns: Arc::clone(columns), values: values.into_boxed_slice() })
    }

    /// The value that begins at `start`, and where the next one does.
    fn value(&self, start: usize) -> (Option<&[u8]>, usize) {
        let rest = self.values.get(start..).unwrap_or_default();
        let (length, head) = match rest {
            [Self::NULL, ..] | [] => return (None, start + 1),
            [Self::LONG, a, b, c, d, ..] => {
                (usize::try_from(u32::from_le_bytes([*a, *b, *c, *d])).unwrap_or(usize::MAX), 5)
            }
            [length, ..] => (usize::from(*length), 1),
        };
        (rest.get(head..head + length), start + head + length)
    }
}

/// The bytes of a value of any type.
struct Raw<'a>(&'a [u8]);

impl<'a> FromSql<'a> for Raw<'a> {
    fn from_sql(
        _: &Type,
        value: &'a [u8],
    ) -> Result<Self, Box<dyn std::error::Error + Sync + Send>> {
        Ok(Self(value))
    }

    fn accepts(_: &Type) -> bool {
        true
    }
}

/// An object with its attributes and the collections below it.
#[derive(Debug, Default)]
pub(super) struct Node {
    /// Nothing as long as only what is below it was read.
    record: Option<Record>,
    collections: Vec<(String, IndexMap<String, Node>)>,
}

impl Node {
    /// Puts an object where its path says, whether or not its parent was read before.
    pub(super) fn graft(
        &mut self,
        row: &Row,
        columns: &Arc<Columns>,
    ) -> Result<(), tokio_postgres::Error> {
        let mut node = self;
        for (at, collection) in columns.path.iter().enumerate() {
            if let Some(name) = row.try_get::<_, Option<&str>>(at)? {
                node = node.child(collection, name);
            }
        }
        node.record = Some(Record::of(row, columns)?);
        Ok(())
    }

    fn child(&mut self, collection: &str, name: &str) -> &mut Self {
        let at = self.collections.iter().position(|(known, _)| known == collection);
        let at = at.unwrap_or_else(|| {
            self.collections.push((collection.to_owned(), IndexMap::new()));
            self.collections.len() - 1
        });
        let objects = &mut self.collections[at].1;
        let name = escape(name);
        let at = objects
            .get_index_of(&*name)
            .unwrap_or_else(|| objects.insert_full(name.into_owned(), Self::default()).0);
        &mut objects[at]
    }
}

impl<'de> Deserializer<'de> for Node {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_map(Attributes {
            record: self.record,
            column: 0,
            start: 0,
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
    record: Option<Record>,
    /// The column that comes next, or whose value comes next, and where that begins.
    column: usize,
    start: usize,
    collections: std::vec::IntoIter<(String, IndexMap<String, Node>)>,
    next: Option<IndexMap<String, Node>>,
}

impl<'de> MapAccess<'de> for Attributes {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Error> {
        if let Some(record) = &self.record {
            while let Some((name, r#type)) = record.columns.attributes.get(self.column) {
                let (value, next) = record.value(self.start);
                let unknown = *r#type == Type::JSONB && value.is_none();
                if !unknown {
                    return seed.deserialize(name.as_str().into_deserializer()).map(Some);
                }
                (self.column, self.start) = (self.column + 1, next);
            }
            self.record = None;
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
        if let Some(record) = &self.record
            && let Some((name, r#type)) = record.columns.attributes.get(self.column)
        {
            let (value, next) = record.value(self.start);
            (self.column, self.start) = (self.column + 1, next);
            return seed
                .deserialize(Cell { r#type, value })
                .map_err(|error| Error::custom(format!("{name}: {error}")));
        }
        let objects = self.next.take().unwrap_or_default();
        seed.deserialize(MapAccessDeserializer::new(Objects {
            rest: objects.into_iter(),
            next: None,
        }))
    }
}

/// The objects of one collection.
struct Objects {
    rest: indexmap::map::IntoIter<String, Node>,
    next: Option<(String, Node)>,
}

impl<'de> MapAccess<'de> for Objects {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Error> {
        // An object that was not read itself is left out with what is below it: it belongs to an extension, or is of a
        // kind that is not read.
        self.next = self.rest.find(|(_, node)| node.record.is_some());
        let name = self.next.as_ref().map(|(name, _)| name.as_str());
        name.map(|name| seed.deserialize(name.into_deserializer())).transpose()
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        let (name, node) = self.next.take().unwrap_or_default();
        seed.deserialize(node).map_err(|error| Error::custom(format!("{name}: {error}")))
    }
}

/// One value of a row.
struct Cell<'a> {
    r#type: &'a Type,
    value: Option<&'a [u8]>,
}

impl<'a> Cell<'a> {
    fn get<T: FromSql<'a>>(&self) -> Result<T, Error> {
        T::from_sql_nullable(self.r#type, self.value).map_err(Error::custom)
    }
}

impl<'de> Deserializer<'de> for Cell<'_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.value.is_none() {
            return visitor.visit_none();
        }
        match *self.r#type {
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
        if self.value.is_none() {
            visitor.visit_none()
        } else if *self.r#type == Type::JSONB {
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
