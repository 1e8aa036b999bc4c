//! Where a [`Database`](crate::model::Database) comes from.

mod analysis;
mod catalog;
pub mod connection;
pub mod ephemeral;
mod open;
#[cfg(unix)]
pub(crate) mod os;
mod rows;
pub mod script;

pub use analysis::ServerAnalysis;
pub use catalog::{Reading, read};
pub use open::{Server, Source};
