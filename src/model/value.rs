//! How values of attributes agree, and how a report shows them.

use std::borrow::Cow;
use std::fmt::Debug;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::json;

use super::json_schema::{scalar, words as schema_of_words};
use super::{Class, Object, Schema, Walk};
use crate::equivalence::Verdict;
use crate::value::{
    DataType, Definition, Encoding, Estimate, Expression, ForeignOptions, Grants, Home, Locale,
    MembershipOption, Memberships, Moment, Name, NameSet, Objection, Query, Settings,
};

/// A value that an attribute can hold.
pub trait Value: Clone + PartialEq + Debug + Serialize + DeserializeOwned {
    /// Whether it is SQL, in which `--` begins a comment.
    const HOLDS_SQL: bool = false;

    /// Whether it is a list, which may be written as its only item.
    const IS_LIST: bool = false;

    /// Whether that is written on one line.
    const IS_ON_ONE_LINE: bool = Self::IS_LIST;
    /// What a report shows in place of one that is unset.
    const UNSET: &'static str = "none";

    /// Whether the expected value (`self`) is the actual one.
    fn agrees(&self, actual: &Self, _walk: &mut Walk<'_>) -> Verdict {
        if self == actual { Verdict::Same } else { Verdict::Different(None) }
    }

    /// Whether it says no more than an unset value.
    fn may_be_unset(&self, _walk: &Walk<'_>) -> bool {
        false
    }

    /// As a report shows it.
    fn show(&self) -> String;

    /// Whether a server that does not know the attribute has it by itself.
    fn holds_where_unknown(&self) -> bool {
        false
    }

    /// Drops `schema` from the names in it.
    fn relative_to(&mut self, _home: &Home<'_>) {}

    /// What may be written for it, as JSON Schema.
    fn schema() -> serde_json::Value {
        if Self::IS_LIST { list_of(&scalar()) } else { scalar() }
    }

    /// Shows every data type in it.
    fn visit_types(&self, _visit: &mut dyn FnMut(&DataType)) {}
}

impl Value for bool {
    fn schema() -> serde_json::Value {
        json!({ "type": "boolean" })
    }

    fn show(&self) -> String {
        self.to_string()
    }
}

impl Value for i64 {
    fn schema() -> serde_json::Value {
        json!({ "type": "integer" })
    }

    fn show(&self) -> String {
        self.to_string()
    }
}

impl Value for String {
    fn show(&self) -> String {
        self.clone()
    }
}

impl Value for Encoding {
    fn show(&self) -> String {
        self.0.clone()
    }
}

impl Value for Settings {
    fn schema() -> serde_json::Value {
        json!({ "anyOf": [{ "type": "object", "additionalProperties": scalar() }, { "type": "string" }] })
    }

    fn agrees(&self, actual: &Self, _walk: &mut Walk<'_>) -> Verdict {
        if self != actual && self.means_the_same(actual) {
            return Verdict::Equivalent("two spellings of one value".to_owned());
        }
        Verdict::of(self == actual)
    }

    fn show(&self) -> String {
        or_none(self.to_string())
    }
}

impl Value for ForeignOptions {
    fn schema() -> serde_json::Value {
        Settings::schema()
    }

    fn show(&self) -> String {
        or_none(self.to_string())
    }
}

impl Value for Memberships {
    fn schema() -> serde_json::Value {
        let options = schema_of_words(MembershipOption::WORDS, MembershipOption::OTHERS);
        let options =
            json!({ "anyOf": [{ "type": "array", "items": options }, { "type": "null" }] });
        let roles = json!({ "type": "array", "items": { "type": "string" } });
        json!({ "anyOf": [{ "type": "object", "additionalProperties": options }, roles] })
    }

    fn show(&self) -> String {
        or_none(self.to_string())
    }
}

impl Value for Locale {
    fn agrees(&self, actual: &Self, _walk: &mut Walk<'_>) -> Verdict {
        if self != actual && self.is(actual) {
            return Verdict::Equivalent("two names of one locale".to_owned());
        }
        Verdict::of(self == actual)
    }

    fn show(&self) -> String {
        self.to_string()
    }
}

impl Value for Estimate {
    fn show(&self) -> String {
        self.to_string()
    }
}

impl Value for Moment {
    fn show(&self) -> String {
        self.to_string()
    }
}

/// A list, or the one item of it, as JSON Schema.
fn list_of(item: &serde_json::Value) -> serde_json::Value {
    json!({ "anyOf": [{ "type": "array", "items": item }, item] })
}

/// `none` where nothing is written.
pub(super) fn or_none(text: String) -> String {
    if text.is_empty() { "none".to_owned() } else { text }
}

impl<V: Value> Value for Option<V> {
    const HOLDS_SQL: bool = V::HOLDS_SQL;

    fn schema() -> serde_json::Value {
        json!({ "anyOf": [V::schema(), { "type": "null" }] })
    }

    fn agrees(&self, actual: &Self, walk: &mut Walk<'_>) -> Verdict {
        match (self, actual) {
            (Some(expected), Some(actual)) => expected.agrees(actual, walk),
            (None, None) => Verdict::Same,
            (Some(one), None) | (None, Some(one)) if one.may_be_unset(walk) => Verdict::Same,
            _ => Verdict::Different(None),
        }
    }

    fn show(&self) -> String {
        match self.as_ref().map(Value::show) {
            // A comment may be the word itself.
            Some(shown) if shown == V::UNSET => format!("\"{shown}\""),
            Some(shown) => shown,
            None => V::UNSET.to_owned(),
        }
    }

    fn relative_to(&mut self, home: &Home<'_>) {
        if let Some(value) = self {
            value.relative_to(home);
        }
    }

    fn visit_types(&self, visit: &mut dyn FnMut(&DataType)) {
        if let Some(value) = self {
            value.visit_types(visit);
        }
    }
}

impl<V: Value> Value for Vec<V> {
    const HOLDS_SQL: bool = V::HOLDS_SQL;
    const IS_LIST: bool = true;

    fn schema() -> serde_json::Value {
        list_of(&V::schema())
    }

    fn agrees(&self, actual: &Self, walk: &mut Walk<'_>) -> Verdict {
        if self.len() != actual.len() {
            return Verdict::Different(None);
        }
        let pairs = self.iter().zip(actual);
        Verdict::all(
            pairs.map(|(expected, actual)| expected.agrees(actual, walk)).collect::<Vec<_>>(),
        )
    }

    fn show(&self) -> String {
        let items: Vec<String> = self.iter().map(|item| as_an_item(item.show())).collect();
        format!("[{}]", items.join(", "))
    }

    fn relative_to(&mut self, home: &Home<'_>) {
        for value in self {
            value.relative_to(home);
        }
    }
}

impl Value for DataType {
    const HOLDS_SQL: bool = true;

    fn agrees(&self, actual: &Self, walk: &mut Walk<'_>) -> Verdict {
        Verdict::of(walk.names.same_type(self, actual, walk.schema()))
    }

    fn show(&self) -> String {
        self.short()
    }

    fn relative_to(&mut self, home: &Home<'_>) {
        DataType::relative_to(self, home);
    }

    fn visit_types(&self, visit: &mut dyn FnMut(&DataType)) {
        visit(self);
    }
}

/// A name of a relation.
impl Value for Name {
    fn agrees(&self, actual: &Self, walk: &mut Walk<'_>) -> Verdict {
        Verdict::of(walk.names.same(Class::Type, self, actual, walk.schema()))
    }

    fn show(&self) -> String {
        self.to_string()
    }

    fn relative_to(&mut self, home: &Home<'_>) {
        Name::relative_to(self, home);
    }
}

impl Value for Expression {
    const HOLDS_SQL: bool = true;

    fn agrees(&self, actual: &Self, walk: &mut Walk<'_>) -> Verdict {
        walk.same_expression(&self.0, &actual.0)
    }

    fn show(&self) -> String {
        crate::sql::on_one_line(&self.0)
    }
}

impl Value for Query {
    const HOLDS_SQL: bool = true;

    fn agrees(&self, actual: &Self, walk: &mut Walk<'_>) -> Verdict {
        walk.same_expression(&self.0, &actual.0)
    }

    fn show(&self) -> String {
        self.0.clone()
    }
}

impl Value for Definition {
    const HOLDS_SQL: bool = true;

    fn agrees(&self, actual: &Self, walk: &mut Walk<'_>) -> Verdict {
        Verdict::of(self.reads_the_same(actual, walk.schema()))
    }

    fn show(&self) -> String {
        crate::sql::on_one_line(&self.0)
    }
}

impl Value for Grants {
    fn schema() -> serde_json::Value {
        let list = json!({ "type": "array", "items": { "type": "string" } });
        let of_a_role = json!({ "anyOf": [list, { "type": "string" }] });
        json!({ "anyOf": [{ "type": "object", "additionalProperties": of_a_role }, list] })
    }

    fn agrees(&self, actual: &Self, walk: &mut Walk<'_>) -> Verdict {
        let everybody_has_some = walk.kind() != Schema::KIND || walk.path().name() == "public";
        let expected = if everybody_has_some {
            // Before 15, everybody may create in the schema `public`.
            let is_known =
                walk.kind() != Schema::KIND || walk.version().is_some_and(|version| version >= 15);
            Cow::Owned(self.beyond_what_everybody_has(walk.kind(), actual, is_known))
        } else {
            Cow::Borrowed(self)
        };
        match expected.objection(actual) {
            Some(Objection::Another(words)) => Verdict::Different(Some(words)),
            Some(Objection::Untold(words)) => Verdict::Undecided(words),
            None if *expected == *actual => Verdict::Same,
            None if walk.version().is_some_and(|version| expected.known_to(version) == *actual) => {
                Verdict::Unknown
            }
            None => Verdict::Different(None),
        }
    }

    fn show(&self) -> String {
        or_none(self.to_string())
    }
}

/// What is shown of an item among others: between quotes where it might be taken for several, or for none.
fn as_an_item(text: String) -> String {
    let mut depth = 0;
    let parts = |c: char| {
        depth += i32::from(c == '(') - i32::from(c == ')');
        c == '"' || c == ',' && depth == 0
    };
    let is_one = !text.is_empty() && text.trim() == text && !text.contains(parts);
    if is_one { text } else { format!("{text:?}") }
}

impl Value for NameSet {
    const IS_LIST: bool = true;

    fn show(&self) -> String {
        format!("[{}]", self.names().join(", "))
    }
}

/// Makes an enum of [`words!`](crate::value::words) a value. One of its words may stand for what a server does by itself, and
/// a report may say what it means that there is none.
macro_rules! word_value {
    ($type:ident where $usual:ident is $before:ident before $version:literal and $now:ident since) => {
        $crate::model::word_value!(@ $type {
            fn agrees(&self, actual: &Self, walk: &mut $crate::model::Walk<'_>) -> $crate::equivalence::Verdict {
                let usual = walk
                    .version()
                    .map(|version| if version < $version { Self::$before } else { Self::$now });
                let expected = if *self == Self::$usual { usual } else { Some(*self) };
                $crate::equivalence::Verdict::of(expected.is_none_or(|expected| expected == *actual))
            }
        });
    };
    ($type:ty, none is $usual:literal) => {
        $crate::model::word_value!(@ $type { const UNSET: &'static str = $usual; });
    };
    ($($type:ty),+) => {
        $($crate::model::word_value!(@ $type {});)+
    };
    (@ $type:ty { $($agrees:tt)* }) => {
        impl $crate::model::Value for $type {
            $($agrees)*

            fn schema() -> serde_json::Value {
                $crate::model::schema_of_words(<$type>::WORDS, <$type>::OTHERS)
            }

            fn show(&self) -> String {
                self.to_string()
            }
        }
    };
}
pub(crate) use word_value;
