//! How large values are stored.

use super::word_value;
use crate::value::words;

words! {
    /// How large values of a type or column are stored (`TOAST`).
    pub enum Storage {
        /// As they are, in their row.
        Plain = "plain",
        /// Outside of it, as they are.
        External = "external",
        /// Compressed, and outside of it.
        Extended = "extended",
        /// Compressed, and outside of it only where nothing else helps.
        Main = "main",
    }
}

word_value!(Storage);
