//! Texts that schemavet does not understand but must compare: expressions, queries, function bodies, settings.

use std::fmt;
use std::str::FromStr;

use super::serde_by_text;
use crate::sql::{self, Kind};

/// A scalar SQL expression, opaque. Whether two are the same is decided in `equivalence`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Expression(pub String);

serde_by_text!(Expression, "an SQL expression");

impl FromStr for Expression {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if sql::words(text).is_empty() {
            return Err("an expression cannot be empty".to_owned());
        }
        Ok(Self(sql::without_outer_parentheses(text).to_owned()))
    }
}

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A `SELECT` statement, as the definition of a view has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query(pub String);

serde_by_text!(Query, "an SQL query");

impl FromStr for Query {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let text = text.trim().trim_end_matches(';').trim_end();
        if text.is_empty() {
            Err("a query cannot be empty".to_owned())
        } else {
            Ok(Self(text.to_owned()))
        }
    }
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The source text of a function.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Body(pub String);

serde_by_text!(Body, "the source text of a function");

impl Body {
    /// Whether the two differ in nothing but white space between tokens.
    pub fn reads_the_same(&self, other: &Self) -> bool {
        let texts = |body: &Self| -> Vec<String> {
            sql::tokens(&body.0)
                .filter(|token| {
                    token.kind != Kind::Blank || token.text.trim_start().starts_with(['-', '/'])
                })
                .map(|token| token.text.trim().to_owned())
                .collect()
        };
        texts(self) == texts(other)
    }
}

impl FromStr for Body {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let unix = text.replace("\r\n", "\n");
        Ok(Self(unix.trim_matches(['\n', ' ', '\t']).to_owned()))
    }
}

impl fmt::Display for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The value of a configuration parameter or a storage option.
///
/// Lists of names (`search_path`) are kept as the server keeps them, with quotes only where a name needs them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingValue(pub String);

impl FromStr for SettingValue {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parts: Vec<String> = text
            .split(',')
            .map(str::trim)
            .map(|part| {
                match part.strip_prefix(['"', '\'']).and_then(|rest| rest.strip_suffix(['"', '\'']))
                {
                    Some(inner) => inner.to_owned(),
                    None => part.to_owned(),
                }
            })
            .collect();
        Ok(Self(parts.join(", ")))
    }
}

impl fmt::Display for SettingValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl serde::Serialize for SettingValue {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for SettingValue {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Scalar;
        impl serde::de::Visitor<'_> for Scalar {
            type Value = SettingValue;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a setting's value")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<SettingValue, E> {
                text.parse().map_err(E::custom)
            }

            fn visit_bool<E>(self, value: bool) -> Result<SettingValue, E> {
                Ok(SettingValue(value.to_string()))
            }

            fn visit_i64<E>(self, value: i64) -> Result<SettingValue, E> {
                Ok(SettingValue(value.to_string()))
            }

            fn visit_u64<E>(self, value: u64) -> Result<SettingValue, E> {
                Ok(SettingValue(value.to_string()))
            }

            fn visit_f64<E>(self, value: f64) -> Result<SettingValue, E> {
                Ok(SettingValue(value.to_string()))
            }
        }
        deserializer.deserialize_any(Scalar)
    }
}
