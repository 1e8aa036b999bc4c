//! Schemas.

use super::{Children, Enum, Expect, Function, Object, Sequence, Special, Table, View, object};

object! {
    /// A schema (a name space) of a database.
    pub struct Schema: "schema" {
        /// Its comment.
        comment: Expect<Option<String>> = None,
        /// Its enumerated types.
        enums: Children<Enum> = (),
        /// Its sequences, those of identity columns apart.
        sequences: Children<Sequence> = (),
        /// Its tables, partitioned ones included.
        tables: Children<Table> = (),
        /// Its views.
        views: Children<View> = (),
        /// Its functions.
        functions: Children<Function> = (),
    }
}

impl Special for Schema {
    /// `public` is in every new database; empty, it is worth no word.
    fn goes_without_saying(&self, name: &str) -> bool {
        let mut completed = self.clone();
        completed.complete();
        name == "public" && completed == Self::plain()
    }
}
