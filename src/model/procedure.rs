//! Procedures.

use super::argument::Arguments;
use super::function::Security;
use super::function_body::{in_names_of, tell_language};
use super::signature::{is_signature, is_signature_key};
use super::{Expect, Meaning, Owner, Special, object};
use crate::equivalence::Scope;
use crate::finding::Path;
use crate::value::{Body, DataType, Grants, Settings};

object! {
    /// A procedure. Its key is its name with the types of its input arguments: `archive(integer)`.
    pub struct Procedure: "procedure" {
        /// Its arguments with their modes, names, types and defaults, as in `CREATE PROCEDURE`.
        arguments: Expect<Arguments> = Arguments::default(),
        /// Its language.
        language: Expect<String>,
        /// With whose rights it runs: `invoker` or `definer`.
        security: Expect<Security> = Security::Invoker,
        /// Configuration parameters that it sets.
        settings: Expect<Settings> = Settings::default(),
        /// The data types whose transforms it uses.
        transforms: Expect<Vec<DataType>> = Vec::new(),
        /// Its source text; of one in C, the name that it has there.
        body: Expect<Body>,
        /// The file of one in C.
        library: Expect<Option<String>> = None,
        /// Its owner, where it is not the owner of the database.
        owner: Expect<Option<Owner>> = None,
        /// Privileges of roles beyond what PostgreSQL gives by itself (all to the owner, `execute` to everybody); `-execute` is one of those that was taken away.
        grants: Expect<Grants> = Grants::default(),
        /// Its comment.
        comment: Expect<Option<String>> = None,
    }
}

impl Special for Procedure {
    fn scope(&self, _path: &Path) -> Option<Scope> {
        Some(Scope::Nothing)
    }

    fn in_terms_of(&self, actual: &Self, name: &str) -> Option<Self> {
        let there = (&actual.arguments, &actual.body);
        let body = in_names_of((&self.arguments, &self.body), there, name)?;
        Some(Self { body: Expect::Is(body), ..self.clone() })
    }

    fn conclude(&mut self) {
        tell_language(&mut self.body, &mut self.language);
    }

    fn check_key(key: &str) -> Result<(), String> {
        is_signature_key(key)
    }

    fn is_named(written: &str, actual: &str, schema: &str, names: &Meaning<'_>) -> bool {
        is_signature(written, actual, schema, names)
    }
}
