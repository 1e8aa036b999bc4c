//! What a spec may leave unsaid about one attribute.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::value::{SeqAccessDeserializer, SeqDeserializer};
use serde::de::{Error, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Definitions, Field, Pass, Value, Walk};
use crate::equivalence::Verdict;
use crate::value::{DataType, FlowList, Home};

/// The value of an attribute, or no word about it.
///
/// In a spec, `Unsaid` is no opinion. In a database, it is what the server cannot tell.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Expect<V> {
    /// Not written, or not known.
    #[default]
    Unsaid,
    /// This value.
    Is(V),
}

impl<V> Expect<V> {
    /// The value, if it is said.
    pub fn said(&self) -> Option<&V> {
        match self {
            Self::Unsaid => None,
            Self::Is(value) => Some(value),
        }
    }

    /// The same, without what says it.
    pub(super) fn into_said(self) -> Option<V> {
        match self {
            Self::Unsaid => None,
            Self::Is(value) => Some(value),
        }
    }

    /// Whether both say something, and not the same in this respect.
    pub fn parts_from<R: PartialEq>(&self, other: &Self, respect: impl Fn(&V) -> R) -> bool {
        self.said().zip(other.said()).is_some_and(|(one, other)| respect(one) != respect(other))
    }
}

/// Lets a kind's declaration give the plain value as it is.
impl<V> From<V> for Expect<V> {
    fn from(value: V) -> Self {
        Self::Is(value)
    }
}

impl<V: Value> Field for Expect<V> {
    const HOLDS_SQL: bool = V::HOLDS_SQL;

    fn is_unsaid(&self) -> bool {
        matches!(self, Self::Unsaid)
    }

    fn relative_to(&mut self, home: &Home<'_>, _pass: &mut Pass) {
        if let Self::Is(value) = self {
            value.relative_to(home);
        }
    }

    fn visit_types<'a>(
        &'a self,
        attribute: &'static str,
        path: &mut Vec<Cow<'a, str>>,
        visit: &mut dyn FnMut(&[Cow<'a, str>], &DataType),
    ) {
        if let Self::Is(value) = self {
            value.visit_types(&mut |data_type| {
                path.push(attribute.into());
                visit(path, data_type);
                path.pop();
            });
        }
    }

    fn schema(_definitions: &mut Definitions) -> serde_json::Value {
        V::schema()
    }

    fn is_met_by(&self, actual: &Self) -> bool {
        match (self, actual) {
            (Self::Unsaid, _) => true,
            (Self::Is(expected), Self::Is(actual)) => expected == actual,
            (Self::Is(expected), Self::Unsaid) => expected.holds_where_unknown(),
        }
    }

    fn compare(&self, actual: &Self, attribute: &'static str, walk: &mut Walk<'_>) {
        let Self::Is(expected) = self else { return };
        match actual {
            Self::Is(actual) => {
                let verdict = expected.agrees(actual, walk);
                if verdict != Verdict::Same {
                    walk.judge(attribute, verdict, shown(expected, actual, walk));
                }
            }
            Self::Unsaid if expected.holds_where_unknown() => {}
            Self::Unsaid => walk.unknown(attribute, expected.show()),
        }
    }
}

/// What is expected and what is there. Where a spec leaves out the schema that an object is in, as they mostly do, so does the
/// other side, as long as they stay two.
fn shown<V: Value>(expected: &V, actual: &V, walk: &Walk<'_>) -> (String, String) {
    let (expected, full) = (expected.show(), actual.show());
    if walk.names.of_a_database || expected.contains('.') {
        return (expected, full);
    }
    let mut actual = actual.clone();
    actual.relative_to(&Home::new(walk.schema(), walk.built_in()));
    let short = actual.show();
    let actual = if short == expected { full } else { short };
    (expected, actual)
}

impl<V: Value> Serialize for Expect<V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.said() {
            Some(value) if V::IS_ON_ONE_LINE => FlowList(value).serialize(serializer),
            value => value.serialize(serializer),
        }
    }
}

impl<'de, V: Value> Deserialize<'de> for Expect<V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = if V::IS_LIST {
            deserializer.deserialize_any(List(PhantomData))
        } else {
            V::deserialize(deserializer)
        };
        value.map(Self::Is)
    }
}

/// A list, or the one item of it.
struct List<V>(PhantomData<V>);

impl<'de, V: Value> Visitor<'de> for List<V> {
    type Value = V;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list, or its only item")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<V, A::Error> {
        V::deserialize(SeqAccessDeserializer::new(items))
    }

    fn visit_str<E: Error>(self, item: &str) -> Result<V, E> {
        V::deserialize(SeqDeserializer::new(std::iter::once(item)))
    }

    fn visit_unit<E: Error>(self) -> Result<V, E> {
        V::deserialize(SeqDeserializer::new(std::iter::empty::<&str>()))
    }
}
