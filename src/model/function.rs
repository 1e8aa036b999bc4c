//! Functions.

use super::argument::Arguments;
use super::function_body::{in_names_of, tell_language};
use super::reference::FunctionName;
use super::signature::{is_signature, is_signature_key, name};
use super::{Expect, Meaning, Owner, Special, Value, Walk, object, word_value};
use crate::equivalence::{Scope, Verdict};
use crate::finding::Path;
use crate::sql::Cursor;
use crate::value::{Body, DataType, Estimate, Grants, Home, Settings, serde_by_text, words};

words! {
    /// What a function promises about its results.
    pub enum Volatility {
        /// The same arguments give the same result for ever.
        Immutable = "immutable",
        /// The same arguments give the same result within a statement.
        Stable = "stable",
        /// Nothing.
        Volatile = "volatile",
    }
}

words! {
    /// With whose rights a function runs.
    pub enum Security {
        /// The caller's.
        Invoker = "invoker",
        /// The owner's.
        Definer = "definer",
    }
}

words! {
    /// Whether a function can run in parallel workers.
    pub enum Parallel {
        /// It cannot run while others do.
        Unsafe = "unsafe",
        /// In the leader only.
        Restricted = "restricted",
        /// Anywhere.
        Safe = "safe",
    }
}

word_value!(Volatility, Security, Parallel);

object! {
    /// A function. Its key is its name with the types of its input arguments: `add_member(uuid, text)`.
    pub struct Function: "function" {
        /// Its arguments with their modes, names, types and defaults, as in `CREATE FUNCTION`.
        arguments: Expect<Arguments> = Arguments::default(),
        /// What it returns: a type, `setof` a type, or `table (…)`.
        returns: Expect<Returns>,
        /// Its language.
        language: Expect<String>,
        /// What it promises: `immutable`, `stable` or `volatile`.
        volatility: Expect<Volatility> = Volatility::Volatile,
        /// With whose rights it runs: `invoker` or `definer`.
        security: Expect<Security> = Security::Invoker,
        /// Whether a null argument makes the result null without a call.
        strict: Expect<bool> = false,
        /// Whether it gives nothing of its arguments away.
        leakproof: Expect<bool> = false,
        /// Whether it can run in parallel workers: `unsafe`, `restricted` or `safe`.
        parallel: Expect<Parallel> = Parallel::Unsafe,
        /// Whether it is a window function.
        window: Expect<bool> = false,
        /// What a call costs, where it is not what is usual: 100, or 1 for one that is in C.
        cost: Expect<Option<Estimate>> = None,
        /// How many rows it returns, where it is a set and not 1000 of them.
        rows: Expect<Option<Estimate>> = None,
        /// The function that helps the planner with it.
        support: Expect<Option<FunctionName>> = None,
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

impl Special for Function {
    fn scope(&self, path: &Path) -> Option<Scope> {
        let arguments = self.arguments.said().map(Arguments::of_a_call).unwrap_or_default();
        Some(match arguments.as_slice() {
            [] => Scope::Nothing,
            _ => Scope::Arguments(name(path.name()).to_owned(), arguments),
        })
    }

    fn value_type(&self) -> Option<&DataType> {
        self.returns.said().and_then(Returns::value_type)
    }

    /// What is said and usual goes, of what a call costs and how many rows come back.
    fn conclude(&mut self) {
        tell_language(&mut self.body, &mut self.language);
        let is_compiled =
            self.language.said().is_some_and(|language| language == "c" || language == "internal");
        let cost = if is_compiled { 1.0 } else { 100.0 };
        for (said, usual) in [(&mut self.cost, cost), (&mut self.rows, 1000.0)] {
            if said.said() == Some(&Some(Estimate(usual))) {
                *said = Expect::Is(None);
            }
        }
    }

    fn in_terms_of(&self, actual: &Self, name: &str) -> Option<Self> {
        let there = (&actual.arguments, &actual.body);
        let body = in_names_of((&self.arguments, &self.body), there, name)?;
        Some(Self { body: Expect::Is(body), ..self.clone() })
    }

    fn check_key(key: &str) -> Result<(), String> {
        is_signature_key(key)
    }

    fn is_named(written: &str, actual: &str, schema: &str, names: &Meaning<'_>) -> bool {
        is_signature(written, actual, schema, names)
    }
}

/// What a function returns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Returns {
    set: bool,
    kind: Returned,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Returned {
    Type(DataType),
    Table(Arguments),
}

serde_by_text!(Returns, "what a function returns");

impl Returns {
    /// The type of the value that it returns, where it returns one.
    fn value_type(&self) -> Option<&DataType> {
        match &self.kind {
            Returned::Type(data_type) if !self.set => Some(data_type),
            _ => None,
        }
    }
}

impl std::str::FromStr for Returns {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut cursor = Cursor::new(text)?;
        if cursor.take("table") {
            let columns = cursor.group("columns")?.parse()?;
            cursor.finish()?;
            return Ok(Self { set: true, kind: Returned::Table(columns) });
        }
        let set = cursor.take("setof");
        let (data_type, used) = DataType::parse(cursor.rest())?;
        cursor.skip(used);
        cursor.finish()?;
        Ok(Self { set, kind: Returned::Type(data_type.without_modifiers()) })
    }
}

impl std::fmt::Display for Returns {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.kind {
            Returned::Table(columns) => write!(f, "table ({columns})"),
            Returned::Type(data_type) => {
                write!(f, "{}{}", if self.set { "setof " } else { "" }, data_type.short())
            }
        }
    }
}

impl Value for Returns {
    const HOLDS_SQL: bool = true;

    fn agrees(&self, actual: &Self, walk: &mut Walk<'_>) -> Verdict {
        if self.set != actual.set {
            return Verdict::Different(None);
        }
        match (&self.kind, &actual.kind) {
            (Returned::Type(expected), Returned::Type(actual)) => expected.agrees(actual, walk),
            (Returned::Table(expected), Returned::Table(actual)) => expected.agrees(actual, walk),
            _ => Verdict::Different(None),
        }
    }

    fn show(&self) -> String {
        self.to_string()
    }

    fn relative_to(&mut self, home: &Home<'_>) {
        match &mut self.kind {
            Returned::Type(data_type) => data_type.relative_to(home),
            Returned::Table(columns) => columns.relative_to(home),
        }
    }

    fn visit_types(&self, visit: &mut dyn FnMut(&DataType)) {
        match &self.kind {
            Returned::Type(data_type) => visit(data_type),
            Returned::Table(columns) => columns.visit_types(visit),
        }
    }
}
