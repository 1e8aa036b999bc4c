//! How the objects of a database came to be, as far as schemavet brought them there itself.

use super::migrations::Migrations;

/// What was applied to an empty server, and what stands in for what it lacks. Empty for a server that runs.
#[derive(Debug, Clone, Default)]
pub struct Origin {
    /// The folders of migrations.
    pub migrations: Vec<Migrations>,
    /// What was applied before.
    pub preludes: Vec<String>,
    /// Extensions that the server does not have, for which stubs were made: what they bring was not checked.
    pub stubs: Vec<String>,
}
