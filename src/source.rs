//! Where a [`Database`](crate::model::Database) comes from.

mod analysis;
mod catalog;
mod census;
pub mod command;
pub mod connection;
pub mod ephemeral;
pub mod migrations;
mod open;
mod origin;
#[cfg(unix)]
pub(crate) mod os;
pub mod prelude;
mod rows;
pub mod script;
mod server;
mod sessions;
pub mod shadow;
mod stubs;
mod transaction;

pub use analysis::ServerAnalysis;
pub use catalog::{Reading, each_row, read};
pub use open::{Source, Sql, Text};
pub use origin::Origin;
pub use server::Server;
