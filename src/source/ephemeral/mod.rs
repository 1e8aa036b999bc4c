//! A throw-away PostgreSQL from the binaries found on this machine: a copy of a cached, initialized
//! template, on a unix socket in a directory of its own. It ends with us, however we end.

#[cfg(unix)]
mod binaries;
#[cfg(unix)]
mod directory;
#[cfg(unix)]
mod server;
#[cfg(unix)]
mod template;

#[cfg(not(unix))]
mod elsewhere;
#[cfg(not(unix))]
pub use elsewhere::Cluster;
#[cfg(unix)]
pub use running::Cluster;

/// What a [`Cluster`] should be like.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Also listen at this port of the loopback address, where every user of this machine may connect.
    pub port: Option<u16>,
    /// Server settings over schemavet's own, such as `("shared_preload_libraries", "…")`.
    pub settings: Vec<(String, String)>,
}

#[cfg(unix)]
impl Options {
    /// The socket's name holds the port, listened at or not.
    fn socket_number(&self) -> u16 {
        self.port.unwrap_or(crate::source::connection::settings::PORT)
    }
}

#[cfg(unix)]
mod running {
    use std::path::{Path, PathBuf};

    use super::binaries::Binaries;
    use super::directory::Directory;
    use super::server::Server;
    use super::{Options, template};
    use crate::error::{Error, Result};
    use crate::source::connection::Settings;

    /// A running server with the superuser `postgres`, encoding UTF8, locale C and time zone UTC.
    /// Dropping it stops the server and removes its files; when this process dies without dropping it,
    /// a watchdog does the same.
    #[derive(Debug)]
    pub struct Cluster {
        // Before the directory: fields drop in this order.
        server: Server,
        directory: Directory,
        port: u16,
        version: u32,
        binaries: PathBuf,
    }

    impl Cluster {
        /// Starts a server.
        ///
        /// # Errors
        /// Unavailable where no PostgreSQL is installed or it will not start; bad input where
        /// `$SCHEMAVET_PG_BIN` is wrong.
        pub async fn start() -> Result<Self> {
            Self::start_with(&Options::default()).await
        }

        /// Starts a server as `options` say.
        ///
        /// # Errors
        /// Those of [`Cluster::start`].
        pub async fn start_with(options: &Options) -> Result<Self> {
            let (binaries, directory, copied) = blocking(|| {
                let binaries = Binaries::find()?;
                let directory = Directory::create()?;
                let copied = template::prepare(&binaries, &directory)?;
                Ok((binaries, directory, copied))
            })
            .await?;
            let started = Server::start(&binaries, &directory, options).await;
            let (server, directory) = match started {
                Ok(server) => (server, directory),
                // A power cut may have left a template of empty files: once more without it.
                Err(_) if copied => {
                    drop(directory);
                    let again = binaries.clone();
                    let directory = blocking(move || {
                        template::discard(&again);
                        let directory = Directory::create()?;
                        template::prepare(&again, &directory)?;
                        Ok(directory)
                    })
                    .await?;
                    (Server::start(&binaries, &directory, options).await?, directory)
                }
                Err(error) => return Err(error),
            };
            let port = options.socket_number();
            let version = binaries.number;
            Ok(Self { server, directory, port, version, binaries: binaries.path })
        }

        /// How to connect to `database`, as superuser. `postgres` is there from the start.
        #[must_use]
        pub fn settings(&self, database: &str) -> Settings {
            Settings::socket(self.directory.path(), self.port, "postgres", database)
        }

        /// The server's version as `server_version_num` says it: 150018 is 15.18.
        #[must_use]
        pub fn version(&self) -> u32 {
            self.version
        }

        /// Where `postgres` and `initdb` are.
        #[must_use]
        pub fn binaries(&self) -> &Path {
            &self.binaries
        }

        /// The data directory, with `pg_hba.conf`.
        #[must_use]
        pub fn data(&self) -> PathBuf {
            self.directory.data()
        }

        /// The process that minds the server; it lives as long as the server.
        #[must_use]
        pub fn process(&self) -> u32 {
            self.server.process()
        }
    }

    async fn blocking<T: Send + 'static>(
        work: impl FnOnce() -> Result<T> + Send + 'static,
    ) -> Result<T> {
        tokio::task::spawn_blocking(work)
            .await
            .map_err(|error| Error::unavailable("cannot prepare a server").because(error))?
    }
}
