//! Rows of the catalog queries, as something that the same code reads that reads YAML.
//!
//! A row's first columns are the path of an object: their names are collections with a slash behind, such as `tables/`,
//! their values the names of the objects there; a null is no step. Without any it is the database itself. Its other
//! columns are the object's attributes by name. A null is "none" or "nothing"; JSON's own null is "this server cannot tell".

use std::hash::BuildHasher;

use rustc_hash::{FxBuildHasher, FxHashMap};
use serde::de::value::{Error, MapDeserializer, SeqDeserializer};
use serde::de::{DeserializeSeed, Deserializer, Error as _, IntoDeserializer, MapAccess, Visitor};
use serde::forward_to_deserialize_any;
use tokio_postgres::Row;
use tokio_postgres::types::{FromSql, Type};

use crate::model::{self, Database, Extension, Known, Object};

/// The database that rows tell of.
#[derive(Debug, Default)]
pub(super) struct Told {
    database: Database,
    known: Known,
    /// What came before the object that it stands below, and all that came later for that one: the order of columns is theirs.
    /// By the path of that object, hashed. Of two that are taken for one, both wait: that does no harm.
    waiting: FxHashMap<u64, Vec<Row>>,
    /// What the attributes of the object at hand are read from.
    bytes: Vec<u8>,
}

impl Told {
    /// Adds the object of a row, and what waited for it.
    ///
    /// # Errors
    /// The row is not what the object is made of.
    pub(super) fn add(&mut self, row: Row) -> Result<(), Error> {
        let path = path(&row)?;
        let above = path.split_last().map_or(&path[..], |(_, above)| above);
        let waits =
            !self.waiting.is_empty() && self.waiting.contains_key(&FxBuildHasher.hash_one(above));
        if waits || !self.place(&row, &path)? {
            self.waiting.entry(FxBuildHasher.hash_one(above)).or_default().push(row);
        } else if !self.waiting.is_empty() {
            let waited = self.waiting.remove(&FxBuildHasher.hash_one(&path[..]));
            waited.into_iter().flatten().try_for_each(|row| self.add(row))?;
        }
        Ok(())
    }

    /// All that was told. What stands below an object that did not come is left out with it: that belongs to an extension,
    /// or is of a kind that is not read.
    ///
    /// # Errors
    /// A row is not what the object is made of.
    pub(super) fn finish(mut self) -> Result<Database, Error> {
        // Of two paths that are taken for one, the objects below one may still wait for the other.
        let mut left: Vec<Row> =
            std::mem::take(&mut self.waiting).into_values().flatten().collect();
        left.sort_by_key(|row| path(row).map_or(0, |path| path.len()));
        for row in left {
            self.place(&row, &path(&row)?)?;
        }
        self.database.close();
        self.database.extensions.bodies_mut().for_each(Extension::unsay_what_a_stub_hides);
        Ok(self.database)
    }

    /// Puts the object of a row where its path says; `false` if what it would stand below is not there.
    fn place(&mut self, row: &Row, path: &[(&str, &str)]) -> Result<bool, Error> {
        let attributes = Attributes { row, at: steps(row).count() };
        self.bytes.clear();
        attributes.append_to(&mut self.bytes)?;
        let object = model::Row { attributes, bytes: &self.bytes, known: &mut self.known };
        self.database.place(path, object).map_err(|error| {
            let names: Vec<&str> = path.iter().map(|(_, name)| *name).collect();
            Error::custom(format!("{}: {error}", names.join(".")))
        })
    }
}

/// The collections and names that lead to the object of a row.
fn path(row: &Row) -> Result<Vec<(&str, &str)>, Error> {
    let mut path = Vec::new();
    for (at, collection) in steps(row).enumerate() {
        if let Some(name) = row.try_get::<_, Option<&str>>(at).map_err(Error::custom)? {
            path.push((collection, name));
        }
    }
    Ok(path)
}

/// The collections that the columns in front are steps into. Bytes, for this is asked of every row.
fn steps(row: &Row) -> impl Iterator<Item = &str> {
    row.columns().iter().map_while(|column| match column.name().as_bytes() {
        [collection @ .., b'/'] => column.name().get(..collection.len()),
        _ => None,
    })
}

/// The attributes of one object.
struct Attributes<'r> {
    row: &'r Row,
    /// The column that comes next, or whose value does.
    at: usize,
}

impl<'r> Attributes<'r> {
    /// Appends the attributes as the server sent them, each with its length before it.
    fn append_to(&self, bytes: &mut Vec<u8>) -> Result<(), Error> {
        for at in self.at..self.row.len() {
            let value = Self { row: self.row, at }.cell()?.value;
            // A length that no value has stands for null.
            bytes.extend(value.map_or(usize::MAX, <[u8]>::len).to_ne_bytes());
            bytes.extend(value.unwrap_or_default());
        }
        Ok(())
    }

    fn cell(&self) -> Result<Cell<'r>, Error> {
        let r#type = self.row.columns()[self.at].type_();
        let value: Option<Raw<'r>> = self.row.try_get(self.at).map_err(Error::custom)?;
        Ok(Cell { r#type, value: value.map(|Raw(bytes)| bytes) })
    }
}

impl<'de> Deserializer<'de> for Attributes<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_map(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

impl<'de> MapAccess<'de> for Attributes<'de> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Error> {
        while let Some(column) = self.row.columns().get(self.at) {
            if self.cell()?.is_told() {
                return seed.deserialize(column.name().into_deserializer()).map(Some);
            }
            self.at += 1;
        }
        Ok(None)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        let value = seed.deserialize(self.cell()?);
        let name = self.row.columns()[self.at].name();
        self.at += 1;
        value.map_err(|error| Error::custom(format!("{name}: {error}")))
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

/// What `jsonb` is sent with before it.
const JSONB_VERSION: u8 = 1;

/// One value of a row.
struct Cell<'a> {
    r#type: &'a Type,
    value: Option<&'a [u8]>,
}

impl<'a> Cell<'a> {
    fn get<T: FromSql<'a>>(&self) -> Result<T, Error> {
        T::from_sql_nullable(self.r#type, self.value).map_err(Error::custom)
    }

    /// Whether the server can tell it.
    fn is_told(&self) -> bool {
        !(*self.r#type == Type::JSONB
            && self.value == Some(&[JSONB_VERSION, b'n', b'u', b'l', b'l']))
    }

    /// What `jsonb` is sent as: a version, and text.
    fn json(&self) -> Result<serde_json::Deserializer<serde_json::de::SliceRead<'a>>, Error> {
        match self.value {
            Some([JSONB_VERSION, text @ ..]) => Ok(serde_json::Deserializer::from_slice(text)),
            _ => Err(Error::custom("a version of jsonb that is not known")),
        }
    }
}

impl<'de> Deserializer<'de> for Cell<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.value.is_none() {
            return match *self.r#type {
                Type::JSONB => {
                    visitor.visit_map(MapDeserializer::new(std::iter::empty::<(&str, &str)>()))
                }
                Type::TEXT_ARRAY | Type::NAME_ARRAY => {
                    visitor.visit_seq(SeqDeserializer::new(std::iter::empty::<&str>()))
                }
                _ => visitor.visit_none(),
            };
        }
        match *self.r#type {
            Type::BOOL => visitor.visit_bool(self.get()?),
            Type::INT2 => visitor.visit_i16(self.get()?),
            Type::INT4 => visitor.visit_i32(self.get()?),
            Type::INT8 => visitor.visit_i64(self.get()?),
            Type::FLOAT4 => visitor.visit_f32(self.get()?),
            Type::TEXT | Type::NAME | Type::VARCHAR => visitor.visit_borrowed_str(self.get()?),
            Type::TEXT_ARRAY | Type::NAME_ARRAY => {
                let items: Vec<&str> = self.get()?;
                visitor.visit_seq(SeqDeserializer::new(items.into_iter()))
            }
            Type::JSONB => self.json()?.deserialize_any(visitor).map_err(Error::custom),
            ref other => Err(Error::custom(format!("a column of type {other} cannot be read"))),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.value.is_none() {
            visitor.visit_none()
        } else if *self.r#type == Type::JSONB {
            self.json()?.deserialize_option(visitor).map_err(Error::custom)
        } else {
            visitor.visit_some(self)
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}
