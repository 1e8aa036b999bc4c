//! Text search templates.

use super::reference::FunctionName;
use super::{Expect, Special, object};

object! {
    /// A text search template, from which dictionaries are made.
    pub struct TextSearchTemplate: "text_search_template" {
        /// The function that reads the options of a dictionary.
        init: Expect<Option<FunctionName>> = None,
        /// The function that looks a token up.
        lexize: Expect<FunctionName>,
        /// Its comment.
        comment: Expect<Option<String>> = None,
    }
}

impl Special for TextSearchTemplate {}
