//! Extended statistics.

use super::{Expect, Special, object};
use crate::value::Definition;

object! {
    /// Extended statistics.
    pub struct Statistics: "statistics" {
        /// What is counted of which columns of which table: `(ndistinct) ON a, b FROM t`.
        definition: Expect<Definition>,
        /// The statistics target, where it is not that of the columns.
        target: Expect<Option<i64>> = None,
        /// Its owner, where it is not the owner of the database.
        owner: Expect<Option<String>> = None,
        /// Its comment.
        comment: Expect<Option<String>> = None,
    }
}

impl Special for Statistics {
    const BESIDE_SHORT: &'static [&'static str] = &["target"];

    fn from_short(text: &str) -> Result<Self, String> {
        Ok(Self { definition: Expect::Is(text.parse()?), ..super::Object::plain() })
    }

    fn short(&self) -> Option<String> {
        self.definition.said().map(ToString::to_string)
    }
}
