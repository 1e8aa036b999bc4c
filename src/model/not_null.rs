//! Not-null constraints, which are objects of their own from PostgreSQL 18 on.

use serde::{Deserialize, Serialize};

use super::{Expect, Value};
use crate::sql::{Cursor, quote};

/// What is unusual about the not-null constraint of a column: its name, `no inherit`, `not valid`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct NotNull(Option<String>);

impl NotNull {
    /// Reads what stands after `not null`; the name stood before it.
    pub(super) fn read(name: Option<&str>, cursor: &mut Cursor<'_>) -> Expect<Self> {
        let mut words: Vec<String> =
            name.map(|name| quote(name).into_owned()).into_iter().collect();
        for phrase in ["no inherit", "not valid"] {
            if cursor.take(phrase) {
                words.push(phrase.to_owned());
            }
        }
        if words.is_empty() { Expect::Unsaid } else { Expect::Is(Self(Some(words.join(" ")))) }
    }

    /// What a column's definition says.
    pub(super) fn write(&self) -> String {
        let text = self.0.as_deref().unwrap_or_default();
        let text = text.strip_suffix("not valid").map_or((text, ""), |rest| (rest, " not valid"));
        let (rest, valid) = (text.0.trim_end(), text.1);
        let (name, inherit) =
            rest.strip_suffix("no inherit").map_or((rest, ""), |name| (name, " no inherit"));
        match name.trim_end() {
            "" => format!("not null{inherit}{valid}"),
            name => format!("constraint {name} not null{inherit}{valid}"),
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
