//! Not-null constraints, which are objects of their own from PostgreSQL 18 on.

use serde::{Deserialize, Serialize};

use super::{Expect, Value};
use crate::sql::{Cursor, quote};

/// What is unusual about the not-null constraint of a column: its name, `no inherit`, `not valid`,
/// `also inherited`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct NotNull(Option<String>);

/// What may stand behind the name, in this order. No name has a space without quotes around it.
const PHRASES: [&str; 3] = ["no inherit", "not valid", "also inherited"];

impl NotNull {
    /// Reads what stands after `not null`; the name stood before it.
    pub(super) fn read(name: Option<&str>, cursor: &mut Cursor<'_>) -> Expect<Self> {
        let mut words: Vec<String> =
            name.map(|name| quote(name).into_owned()).into_iter().collect();
        for phrase in PHRASES {
            if cursor.take(phrase) {
                words.push(phrase.to_owned());
            }
        }
        if words.is_empty() { Expect::Unsaid } else { Expect::Is(Self(Some(words.join(" ")))) }
    }

    /// What a column's definition says.
    pub(super) fn write(&self) -> String {
        let (mut name, mut behind) = (self.0.as_deref().unwrap_or_default(), String::new());
        for phrase in PHRASES.iter().rev() {
            if let Some(before) = name.strip_suffix(phrase) {
                name = before.trim_end();
                behind = format!(" {phrase}{behind}");
            }
        }
        match name {
            "" => format!("not null{behind}"),
            name => format!("constraint {name} not null{behind}"),
        }
    }
}

impl Value for NotNull {
    fn schema() -> serde_json::Value {
        Option::<String>::schema()
    }

    fn holds_where_unknown(&self) -> bool {
        self.0.is_none()
    }

    fn show(&self) -> String {
        self.0.clone().unwrap_or_else(|| "as usual".to_owned())
    }
}
