//! Text search parsers.

use super::reference::FunctionName;
use super::{Expect, Special, object};

object! {
    /// A text search parser.
    pub struct TextSearchParser: "text_search_parser" {
        /// The function that begins with a text.
        start: Expect<FunctionName>,
        /// The function that gives the next token.
        gettoken: Expect<FunctionName>,
        /// The function that ends with a text.
        end: Expect<FunctionName>,
        /// The function that makes headlines.
        headline: Expect<Option<FunctionName>> = None,
        /// The function that lists the types of tokens.
        lextypes: Expect<FunctionName>,
        /// Its comment.
        comment: Expect<Option<String>> = None,
    }
}

impl Special for TextSearchParser {}
