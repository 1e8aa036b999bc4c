//! Where there are no unix sockets, no throw-away server is started yet.

use std::convert::Infallible;

use super::Options;
use crate::error::{Error, Result};
use crate::source::connection::Settings;

/// Stands for the running server of other systems; there is never one here.
#[derive(Debug)]
pub struct Cluster(Infallible);

impl Cluster {
    /// Says that there is none.
    ///
    /// # Errors
    /// Unavailable, always.
    #[expect(clippy::unused_async, reason = "the signature of other systems")]
    pub async fn start() -> Result<Self> {
        Err(Error::unavailable("a throw-away PostgreSQL is not supported on this system yet")
            .help("name a server of your own by its URL"))
    }

    /// Says that there is none.
    ///
    /// # Errors
    /// Unavailable, always.
    pub async fn start_with(_options: &Options) -> Result<Self> {
        Self::start().await
    }

    /// How to connect.
    #[must_use]
    pub fn settings(&self, _database: &str) -> Settings {
        match self.0 {}
    }

    /// The server's version.
    #[must_use]
    pub fn version(&self) -> u32 {
        match self.0 {}
    }
}
