//! Access methods.

use super::reference::FunctionName;
use super::{Expect, Special, object, word_value};
use crate::value::words;

words! {
    /// What an access method is for.
    pub enum Stores {
        /// Indexes.
        Index = "index",
        /// Tables.
        Table = "table",
    }
}

word_value!(Stores);

object! {
    /// An access method.
    pub struct AccessMethod: "access_method" {
        /// What it is for: `index` or `table`.
        r#type: Expect<Stores>,
        /// The function that tells what it can do.
        handler: Expect<FunctionName>,
        /// Its comment.
        comment: Expect<Option<String>> = None,
    }
}

impl Special for AccessMethod {}
