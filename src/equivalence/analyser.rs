//! What the server is asked, and what it answers: the seam between this floor and the one that does I/O.

use std::collections::{BTreeMap, BTreeSet};
use std::future::Future;

/// A server that analyses statements and never plans or executes them.
pub trait Analyser {
    /// Analyses each statement by itself; answers in the same order, one for each.
    fn analyse(&mut self, statements: &[Statement]) -> impl Future<Output = Vec<Analysis>>;

    /// Looks up what is known of objects; what cannot be found is left out.
    fn look_up(&mut self, wanted: &Oids) -> impl Future<Output = Catalog>;
}

/// A statement to be analysed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// An identifier of this statement alone, which stands in its tree as the alias of its only relation.
    pub tag: String,
    /// The schemas in which unqualified names are looked up.
    pub search_path: Vec<String>,
    /// The statement itself, a plain `SELECT`.
    pub text: String,
}

/// What became of a [`Statement`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Analysis {
    /// It was analysed.
    Tree {
        /// The tree as the server prints it.
        text: String,
        /// How many bytes of what was sent stood before the statement: the tree's locations count them.
        offset: usize,
    },
    /// The server refused it.
    Failed {
        /// The SQLSTATE; empty where the refusal is not the server's.
        code: String,
        /// The server's words.
        words: String,
        /// Where in the statement, in characters from zero.
        position: Option<usize>,
    },
    /// The server accepted it and told no tree.
    Silent,
}

/// Objects of the catalogs, by number.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Oids {
    /// Of `pg_operator`.
    pub operators: BTreeSet<u32>,
    /// Of `pg_proc`.
    pub functions: BTreeSet<u32>,
    /// Of `pg_type`.
    pub types: BTreeSet<u32>,
    /// Of `pg_collation`.
    pub collations: BTreeSet<u32>,
    /// Of `pg_class`.
    pub relations: BTreeSet<u32>,
}

impl Oids {
    /// Whether nothing is asked for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let sets =
            [&self.operators, &self.functions, &self.types, &self.collations, &self.relations];
        sets.iter().all(|set| set.is_empty())
    }
}

/// What is known of objects of the catalogs. Names are as SQL would write them outside of every schema.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Catalog {
    /// Operators.
    pub operators: BTreeMap<u32, Operator>,
    /// Functions.
    pub functions: BTreeMap<u32, Function>,
    /// Names of types.
    pub types: BTreeMap<u32, String>,
    /// Names of collations.
    pub collations: BTreeMap<u32, String>,
    /// Names of tables, views and the like.
    pub relations: BTreeMap<u32, String>,
}

/// An operator.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Operator {
    /// Its name, such as `<=`.
    pub name: String,
    /// Its name with the types of its operands.
    pub signature: String,
    /// The operator that means the same with its operands exchanged.
    pub commutator: Option<u32>,
    /// The operator that means the opposite.
    pub negator: Option<u32>,
    /// Whether two uses may differ within one statement.
    pub volatile: bool,
}

/// A function.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Function {
    /// Its name with the types of its arguments.
    pub signature: String,
    /// Whether two calls may differ within one statement.
    pub volatile: bool,
}

impl Catalog {
    /// Adds what `more` knows.
    pub fn extend(&mut self, more: Self) {
        self.operators.extend(more.operators);
        self.functions.extend(more.functions);
        self.types.extend(more.types);
        self.collations.extend(more.collations);
        self.relations.extend(more.relations);
    }
}
