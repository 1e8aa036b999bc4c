//! schemavet tells whether a PostgreSQL database is what its specification says.

pub mod check;
pub mod cli;
pub mod equivalence;
pub mod error;
pub mod finding;
pub mod model;
pub mod report;
pub mod source;
pub mod spec;
pub mod sql;
pub mod value;
