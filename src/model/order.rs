//! Whether the order of columns matters.

use super::{Value, Walk};
use crate::equivalence::Verdict;
use crate::value::words;

words! {
    /// Whether the order of columns or attributes matters.
    pub enum Order {
        /// It does.
        Exact = "exact",
        /// It does not.
        Any = "any",
    }
}

impl Value for Order {
    /// What is compared is the collection that comes after it, unless one side, as a spec in place of a database may, says
    /// that it is in any order.
    fn agrees(&self, actual: &Self, walk: &mut Walk<'_>) -> Verdict {
        walk.order_matters = [self, actual].iter().all(|order| **order == Self::Exact);
        Verdict::Same
    }

    fn schema() -> serde_json::Value {
        super::schema_of_words(Self::WORDS, Self::OTHERS)
    }

    fn show(&self) -> String {
        self.to_string()
    }
}
