//! One file of a spec: its own keys beside those of the database.

use std::fmt;
use std::sync::LazyLock;

use serde::de::{Error, MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Platform, VERSION, nearest_rule};
use crate::finding::Level;
use crate::model::{Database, Fields, Known, Object};
use crate::value::ByText;

/// What a file says.
#[derive(Debug, Default)]
pub(super) struct Document {
    pub name: Option<String>,
    pub strict: Option<bool>,
    pub levels: Vec<LevelRule>,
    pub ignore: Vec<String>,
    pub platform: Option<Platform>,
    pub database: Database,
}

/// A level for the rules that match a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LevelRule {
    /// A rule such as `column.comment`, in which `*` stands for any text.
    pub rule: String,
    /// The level; `None` for `off`.
    pub level: Option<Level>,
}

/// Every key that a file may have.
static KEYS: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let own = ["spec", "name", "strict", "levels", "ignore", "platform"];
    [&own[..], Database::FIELD_NAMES].concat()
});

impl<'de> Deserialize<'de> for Document {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Keys;

        impl<'de> Visitor<'de> for Keys {
            type Value = Document;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a spec: a mapping with the keys spec, schemas, …")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Document, A::Error> {
                let mut document = Document::default();
                let mut is_told = false;
                let mut known = Known::default();
                while let Some(key) = map.next_key::<String>()? {
                    match key.as_str() {
                        "spec" => {
                            map.next_value_seed(text(is_ours))?;
                            is_told = true;
                        }
                        "name" => document.name = Some(map.next_value()?),
                        "strict" => document.strict = Some(map.next_value()?),
                        "levels" => document.levels = map.next_value::<Levels>()?.0,
                        "ignore" => document.ignore = map.next_value()?,
                        "platform" => {
                            document.platform = Some(map.next_value_seed(text(platform))?);
                        }
                        key => {
                            let mut names = Database::FIELD_NAMES.iter();
                            let field = names.position(|name| *name == key);
                            let field = field.ok_or_else(|| A::Error::unknown_field(key, &KEYS))?;
                            document.database.read_field(field, &mut map, &mut known)?;
                        }
                    }
                }
                if !is_told {
                    return Err(A::Error::custom(format!("a spec begins with `spec: {VERSION}`")));
                }
                Ok(document)
            }
        }

        deserializer.deserialize_map(Keys)
    }
}

struct Levels(Vec<LevelRule>);

impl<'de> Deserialize<'de> for Levels {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Rules;

        impl<'de> Visitor<'de> for Rules {
            type Value = Levels;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a mapping from rules to levels")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Levels, A::Error> {
                let mut levels = Vec::new();
                while let Some(rule) = map.next_key_seed(text(rule))? {
                    levels.push(LevelRule { rule, level: map.next_value_seed(text(level))? });
                }
                Ok(Levels(levels))
            }
        }

        deserializer.deserialize_map(Rules)
    }
}

/// What a text is read as.
fn text<T, F: FnOnce(&str) -> Result<T, String>>(read: F) -> ByText<F> {
    ByText { what: "a text", read }
}

/// The version of the language of specs, which is the one that is read here.
fn is_ours(version: &str) -> Result<(), String> {
    match version.parse::<i64>() {
        Ok(VERSION) => Ok(()),
        Ok(other) => Err(format!("this is spec {other}; this schemavet reads spec {VERSION}")),
        Err(_) => Err(format!("`{version}` is no version: a spec begins with `spec: {VERSION}`")),
    }
}

fn platform(name: &str) -> Result<Platform, String> {
    Platform::named(name).ok_or_else(|| {
        let known: Vec<&str> = Platform::names().collect();
        format!("no platform is called `{name}`: there are {}", known.join(", "))
    })
}

fn rule(rule: &str) -> Result<String, String> {
    if crate::model::rule_exists(rule) {
        return Ok(rule.to_owned());
    }
    Err(match nearest_rule(rule) {
        Some(near) => format!("no rule matches `{rule}`: did you mean `{near}`?"),
        None => format!("no rule matches `{rule}`: `schemavet explain` lists them"),
    })
}

fn level(word: &str) -> Result<Option<Level>, String> {
    match word {
        "error" => Ok(Some(Level::Error)),
        "warning" => Ok(Some(Level::Warning)),
        "info" => Ok(Some(Level::Info)),
        "off" => Ok(None),
        other => Err(format!("`{other}` is none of error, warning, info, off")),
    }
}

/// A database as a strict spec.
pub(super) struct Strict<'a> {
    pub name: &'a str,
    pub platform: Option<&'a Platform>,
    pub database: &'a Database,
}

impl Serialize for Strict<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("spec", &VERSION)?;
        map.serialize_entry("name", self.name)?;
        map.serialize_entry("strict", &true)?;
        if let Some(platform) = self.platform {
            map.serialize_entry("platform", platform.name)?;
        }
        self.database.write_fields(Fields::ALL, &mut map)?;
        map.end()
    }
}
