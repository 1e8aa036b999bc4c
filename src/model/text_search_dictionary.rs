//! Text search dictionaries.

use super::reference::TemplateName;
use super::{Expect, Owner, Special, object};
use crate::value::ForeignOptions;

object! {
    /// A text search dictionary.
    pub struct TextSearchDictionary: "text_search_dictionary" {
        /// The template that it is made from.
        template: Expect<TemplateName>,
        /// Options of its template, such as `language: english`.
        options: Expect<ForeignOptions> = ForeignOptions::default(),
        /// Its owner, where it is not the owner of the database.
        owner: Expect<Option<Owner>> = None,
        /// Its comment.
        comment: Expect<Option<String>> = None,
    }
}

impl Special for TextSearchDictionary {}
