//! Base types.

use super::reference::FunctionName;
use super::storage::Storage;
use super::{Expect, Owner, Special, object, usual, word_value};
use crate::value::{DataType, Grants, words};

words! {
    /// At which addresses values can begin.
    pub enum Alignment {
        /// At any.
        Char = "char",
        /// At multiples of 2.
        Int2 = "int2",
        /// At multiples of 4.
        Int4 = "int4",
        /// At multiples of 8, on most machines.
        Double = "double",
    }
}

word_value!(Alignment);

object! {
    /// A base type, which is made of functions.
    pub struct BaseType: "base_type" {
        /// The function that reads a value from text.
        input: Expect<FunctionName>,
        /// The function that writes a value as text.
        output: Expect<FunctionName>,
        /// The function that reads a value from its binary form.
        receive: Expect<Option<FunctionName>> = None,
        /// The function that writes a value in its binary form.
        send: Expect<Option<FunctionName>> = None,
        /// The function that reads modifiers, as in `mytype(3)`.
        typmod_in: Expect<Option<FunctionName>> = None,
        /// The function that writes modifiers.
        typmod_out: Expect<Option<FunctionName>> = None,
        /// The function that gathers statistics.
        analyze: Expect<Option<FunctionName>> = None,
        /// The function that handles subscripts (PostgreSQL 14).
        subscript: Expect<Option<FunctionName>> = None,
        /// How many bytes a value takes; unset where that varies.
        internallength: Expect<Option<i64>> = None,
        /// Whether values are passed by value.
        passedbyvalue: Expect<bool> = false,
        /// At which addresses values begin: `char`, `int2`, `int4` or `double`.
        alignment: Expect<Alignment> = Alignment::Int4,
        /// How large values are stored: `plain`, `external`, `extended` or `main`.
        storage: Expect<Storage> = Storage::Plain,
        /// The category that decides about implicit casts: one character, `U` for types of users.
        category: Expect<String> = "U".to_owned(),
        /// Whether it is preferred in its category.
        preferred: Expect<bool> = false,
        /// The value that columns have when nothing is said, as text.
        default: Expect<Option<String>> = None,
        /// The type of its elements, where it is an array of some kind.
        element: Expect<Option<DataType>> = None,
        /// What parts values in an array of them.
        delimiter: Expect<String> = ",".to_owned(),
        /// Whether it has collations.
        collatable: Expect<bool> = false,
        /// Its owner, where it is not the owner of the database.
        owner: Expect<Option<Owner>> = None,
        /// Privileges of roles beyond what PostgreSQL gives by itself (all to the owner, `usage` to everybody); `-usage` is one of those that was taken away.
        grants: Expect<Grants> = Grants::default(),
        /// Its comment.
        comment: Expect<Option<String>> = None,
    }
}

impl Special for BaseType {
    fn conclude(&mut self) {
        usual::leave_out_modifiers_said(&mut self.element);
    }
}
