//! A connection to a PostgreSQL server, with the notices that it sends, and what to do when there is none.

mod client_certificate;
mod conninfo;
mod failure;
mod host;
mod keys;
mod own_files;
mod password_file;
mod pem;
mod service;
pub mod settings;
mod tls;
mod values;
pub(crate) mod version;

use std::sync::{Arc, OnceLock};

use tokio::sync::mpsc::{self, UnboundedReceiver, UnboundedSender};
use tokio_postgres::config::SslMode as Negotiate;
use tokio_postgres::error::DbError;
use tokio_postgres::tls::{MakeTlsConnect, TlsStream};
use tokio_postgres::{AsyncMessage, Client, NoTls, Socket};

use self::failure::Failure;
pub use self::failure::{describe_db_error, describe_error};
use self::host::Host;
use self::settings::SslMode;
pub use self::settings::{Settings, is_conninfo};
use crate::error::{Error, Result};

/// A session. Dropping it ends the session.
#[expect(missing_debug_implementations, reason = "a session has nothing to show")]
pub struct Connection {
    /// Sends the statements.
    pub client: Client,
    notices: UnboundedReceiver<DbError>,
    ended: Arc<OnceLock<String>>,
    version: u32,
    /// With the one server that let us in.
    settings: Settings,
    place: String,
}

impl Connection {
    /// Connects to the first server of `settings` that answers. Must be called inside a tokio runtime,
    /// which goes on to drive the session.
    ///
    /// # Errors
    /// Unavailable, with the server's own words, where no server lets us in or it is too old; bad input
    /// where the certificates that `settings` names cannot be read.
    pub async fn open(settings: &Settings) -> Result<Self> {
        let mut last = None;
        for host in &settings.hosts {
            match open_host(settings, host).await? {
                Ok(connection) => return Ok(connection),
                Err(failure) => {
                    // As libpq: a server that refuses us is an answer, one that is away is not.
                    let refused = failure.is_refusal();
                    last = Some((host, failure));
                    if refused {
                        break;
                    }
                }
            }
        }
        Err(match last {
            Some((host, failure)) => failure.explain(settings, host),
            None => Error::input("the connection string names no server"),
        })
    }

    /// Another session like this one, on the same server as far as its name tells.
    ///
    /// # Errors
    /// Those of [`Connection::open`].
    pub async fn another(&self) -> Result<Self> {
        Self::open(&self.settings).await
    }

    /// The notices that have arrived since the last call. Those of a statement have arrived when its
    /// result has.
    pub fn drain_notices(&mut self) -> Vec<DbError> {
        std::iter::from_fn(|| self.notices.try_recv().ok()).collect()
    }

    /// The server's version as `server_version_num` says it: 150018 is 15.18.
    #[must_use]
    pub fn server_version(&self) -> u32 {
        self.version
    }

    /// Whether this goes over a Unix socket.
    #[must_use]
    pub fn is_on_a_socket(&self) -> bool {
        self.settings.hosts.iter().all(Host::is_socket)
    }

    /// Where this is connected to: `host:port/dbname as user`.
    #[must_use]
    pub fn describe(&self) -> &str {
        &self.place
    }

    /// Why the session is over, in the server's words where it said any; `None` while it lives.
    #[must_use]
    pub fn lost(&self) -> Option<String> {
        let over = self.client.is_closed() || self.ended.get().is_some();
        over.then(|| self.ended.get().map_or("connection closed", String::as_str).to_owned())
    }

    /// What a failed statement means where the statement itself is not to blame: unavailable, with the
    /// server's words. `doing` completes "… failed".
    #[must_use]
    pub fn failed(&self, doing: &str, error: &tokio_postgres::Error) -> Error {
        match self.lost() {
            Some(why) if error.as_db_error().is_none() => {
                Error::unavailable(format!("{doing} failed: lost the server {}: {why}", self.place))
            }
            _ => {
                let failed =
                    Error::unavailable(format!("{doing} failed: {}", describe_error(error)));
                match failure::help_with_a_statement(error) {
                    Some(help) => failed.help(help),
                    None => failed,
                }
            }
        }
    }
}

/// The outer error cannot be cured by another server.
async fn open_host(settings: &Settings, host: &Host) -> Result<Result<Connection, Failure>> {
    let (first, second) = match settings.ssl_mode {
        // Unix sockets know no TLS; libpq ignores sslmode there.
        _ if host.is_socket() => (Negotiate::Disable, None),
        SslMode::Disable => (Negotiate::Disable, None),
        SslMode::Allow => (Negotiate::Disable, Some(Negotiate::Require)),
        SslMode::Prefer => (Negotiate::Prefer, Some(Negotiate::Disable)),
        SslMode::Require | SslMode::VerifyCa | SslMode::VerifyFull => (Negotiate::Require, None),
    };
    match (open_as(settings, host, first).await, second) {
        // As in libpq, who only prefers TLS goes on without where its files are not as they should be.
        (Err(_), Some(Negotiate::Disable)) => open_as(settings, host, Negotiate::Disable).await,
        (Ok(Err(failure)), Some(second)) if failure.depends_on_tls(first != Negotiate::Disable) => {
            let opened = open_as(settings, host, second).await?;
            Ok(opened.map_err(|later| later.after(failure)))
        }
        (opened, _) => opened,
    }
}

/// The same, with TLS or without.
async fn open_as(
    settings: &Settings,
    host: &Host,
    negotiate: Negotiate,
) -> Result<Result<Connection, Failure>> {
    let mut config = settings.config.clone();
    config.host(&host.name).port(host.port).ssl_mode(negotiate);
    if let Some(address) = host.address {
        config.hostaddr(address);
    }
    if let Some(password) = settings.password_in_file(host) {
        config.password(password);
    }
    Ok(if negotiate == Negotiate::Disable {
        attempt(settings, host, &config, NoTls).await
    } else {
        attempt(settings, host, &config, tls::connector(settings)?).await
    })
}

async fn attempt<T>(
    settings: &Settings,
    host: &Host,
    config: &tokio_postgres::Config,
    tls: T,
) -> Result<Connection, Failure>
where
    T: MakeTlsConnect<Socket>,
    T::Stream: TlsStream + Send + 'static,
{
    // tokio-postgres' own timeout ends with the TCP handshake; a silent server would hang for ever.
    let connecting = config.connect(tls);
    let (client, driver) = match settings.connect_timeout {
        Some(limit) => {
            tokio::time::timeout(limit, connecting).await.map_err(|_| Failure::Timeout(limit))?
        }
        None => connecting.await,
    }
    .map_err(Failure::Server)?;
    let parameter = |name| driver.parameter(name).map(str::to_owned);
    let version = version::read(parameter("server_version"), parameter("crdb_version"));
    let (sender, notices) = mpsc::unbounded_channel();
    let ended = Arc::new(OnceLock::new());
    tokio::spawn(drive(driver, sender, Arc::clone(&ended)));
    let version = version.map_err(Failure::Version)?;
    let settings = settings.only(host);
    let place = settings.describe();
    Ok(Connection { client, notices, ended, version, settings, place })
}

/// Runs the session until either side ends it.
async fn drive<S>(
    mut driver: tokio_postgres::Connection<Socket, S>,
    notices: UnboundedSender<DbError>,
    ended: Arc<OnceLock<String>>,
) where
    S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin,
{
    let why = loop {
        match std::future::poll_fn(|context| driver.poll_message(context)).await {
            // Nobody listens any more: the session is about to end.
            Some(Ok(AsyncMessage::Notice(notice))) => drop(notices.send(notice)),
            Some(Ok(_)) => {}
            Some(Err(error)) => break describe_error(&error),
            None => break "connection closed".to_owned(),
        }
    };
    // Set once, here.
    drop(ended.set(why));
}
