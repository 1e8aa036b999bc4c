//! Text search configurations.

use super::by_name::ByName;
use super::reference::{DictionaryName, ParserName};
use super::{Expect, Owner, Special, object};

object! {
    /// A text search configuration.
    pub struct TextSearchConfiguration: "text_search_configuration" {
        /// The parser that parts a text into tokens.
        parser: Expect<ParserName>,
        /// The dictionaries that are asked about each type of token, in order: `asciiword: [english_stem]`. Token types
        /// of a parser that is not PostgreSQL's own go by number.
        mappings: Expect<ByName<Vec<DictionaryName>>> = ByName::default(),
        /// Its owner, where it is not the owner of the database.
        owner: Expect<Option<Owner>> = None,
        /// Its comment.
        comment: Expect<Option<String>> = None,
    }
}

impl Special for TextSearchConfiguration {}
