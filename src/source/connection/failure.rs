//! Why a connection could not be made, in the server's own words, and what to do about it.

use std::error::Error as _;
use std::fmt::Write as _;
use std::io;
use std::time::Duration;

use tokio_postgres::error::{DbError, SqlState};

use super::host::Host;
use super::settings::{Roots, Settings, SslMode};
use crate::error::Error;

/// What the server said, or what befell the connection: severity, message and code, then detail, hint
/// and context on lines of their own. Never holds a password.
#[must_use]
pub fn describe_error(error: &tokio_postgres::Error) -> String {
    if let Some(words) = error.as_db_error() {
        return describe_db_error(words);
    }
    // Display alone says only "db error" or "error connecting to server".
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        let said = inner.to_string();
        if !text.contains(&said) {
            let _ = write!(text, ": {said}");
        }
        cause = inner.source();
    }
    text
}

/// What the server said: severity, message and code, then detail, hint and context on their own lines.
#[must_use]
pub fn describe_db_error(words: &DbError) -> String {
    let mut text = format!("{}: {} ({})", words.severity(), words.message(), words.code().code());
    let more = [("detail", words.detail()), ("hint", words.hint()), ("context", words.where_())];
    for (label, said) in more {
        if let Some(said) = said {
            let _ = write!(text, "\n  {label}: {}", said.replace('\n', "\n    "));
        }
    }
    text
}

/// Why one server could not be connected to.
pub(super) enum Failure {
    /// By the server's or the system's words.
    Server(tokio_postgres::Error),
    /// The same, after another try (first) that differed in TLS.
    Twice(tokio_postgres::Error, tokio_postgres::Error),
    /// It did not answer in that time.
    Timeout(Duration),
    /// It is no server that schemavet reads, as told.
    Version(String),
}

impl Failure {
    /// This failure, keeping the words of the try before it.
    pub(super) fn after(self, earlier: Self) -> Self {
        match (earlier, self) {
            // A server without TLS was asked the same twice.
            (Self::Server(first), Self::Server(second))
                if describe_error(&first) != describe_error(&second) =>
            {
                Self::Twice(first, second)
            }
            (_, later) => later,
        }
    }

    /// Whether the same server may answer otherwise with (or without) TLS, of which this try had `tls`.
    pub(super) fn depends_on_tls(&self, tls: bool) -> bool {
        let Self::Server(error) = self else {
            return false;
        };
        // 28000 is what pg_hba.conf's host and hostssl lines answer. Not 28P01: a password is not
        // sent again in plain.
        error.code() == Some(&SqlState::INVALID_AUTHORIZATION_SPECIFICATION)
            || (tls && is_tls(error))
    }

    /// Whether a server answered and would not have us.
    pub(super) fn is_refusal(&self) -> bool {
        match self {
            Self::Server(error) | Self::Twice(_, error) => {
                let code = error.code().map_or("", SqlState::code);
                code.starts_with("28") || code.starts_with("3D")
            }
            Self::Version(_) => true,
            Self::Timeout(_) => false,
        }
    }

    /// The error to show.
    pub(super) fn explain(self, settings: &Settings, host: &Host) -> Error {
        let place = settings.only(host).describe();
        match self {
            Self::Server(error) => {
                Error::unavailable(format!("cannot connect to {place}: {}", describe_error(&error)))
                    .help(help(&error, settings, host))
            }
            Self::Twice(first, second) => {
                let (first_said, second_said) = (describe_error(&first), describe_error(&second));
                let message = format!(
                    "cannot connect to {place}: {second_said}\n  before that, {} TLS: {first_said}",
                    if settings.ssl_mode == SslMode::Allow { "without" } else { "with" },
                );
                Error::unavailable(message).help(help(&second, settings, host))
            }
            Self::Timeout(limit) => Error::unavailable(format!(
                "cannot connect to {place}: no answer in {} s",
                limit.as_secs()
            ))
            .help(
                "check host, port and firewall; a larger connect_timeout (seconds) waits for longer",
            ),
            Self::Version(why) => Error::unavailable(format!("cannot read {place}: {why}"))
                .help("use a server of PostgreSQL 13 or newer"),
        }
    }
}

fn is_tls(error: &tokio_postgres::Error) -> bool {
    // The kind is private to tokio-postgres; its words are not.
    error.to_string().contains("TLS")
}

/// What to do, as an imperative.
fn help(error: &tokio_postgres::Error, settings: &Settings, host: &Host) -> String {
    if let Some(words) = error.as_db_error() {
        return help_from_code(words, settings, host);
    }
    let said = describe_error(error);
    if said.contains("password missing") {
        return "the server asks for a password: set PGPASSWORD, or put it into the URI or into the password file \
                (~/.pgpass, PGPASSFILE)"
            .to_owned();
    }
    let alert = said.split_once("received fatal alert: ").map_or("", |(_, alert)| alert);
    if alert == "CertificateExpired" {
        return "renew the client certificate".to_owned();
    }
    if alert.contains("Certificate") || alert == "UnknownCA" {
        return show_a_certificate(settings.user().unwrap_or_default());
    }
    if is_tls(error) {
        return help_for_tls(&said, settings);
    }
    let cause = error.source().and_then(|cause| cause.downcast_ref::<io::Error>());
    match cause.map(io::Error::kind) {
        _ if said.contains("failed to lookup") || said.contains("could not resolve") => {
            format!("check the host name `{}`", host.name)
        }
        Some(io::ErrorKind::NotFound | io::ErrorKind::ConnectionRefused) if host.is_socket() => {
            format!(
                "start the server, or check host and port: none listens at the unix socket \
                 {}/.s.PGSQL.{}",
                host.name, host.port
            )
        }
        Some(io::ErrorKind::PermissionDenied) if host.is_socket() => {
            format!("the directory {} is closed to this user", host.name)
        }
        Some(io::ErrorKind::TimedOut) => "check host, port and firewall".to_owned(),
        Some(io::ErrorKind::ConnectionRefused) => format!(
            "start the server, or check host and port: none listens at {host} (is its \
             listen_addresses set?)"
        ),
        _ => format!("check that a PostgreSQL server listens at {host}"),
    }
}

/// What to do where a statement of ours failed that is not to blame, if the server's words do not tell.
pub(super) fn help_with_a_statement(error: &tokio_postgres::Error) -> Option<&'static str> {
    Some(match error.code()?.code() {
        "55P03" => {
            "another session has locked a table or view that is read (pg_locks says which): run again when it has ended"
        }
        "XX000" if error.to_string().contains("cache lookup failed") => {
            "run again: something was dropped while it was read"
        }
        "42501" => {
            "grant the role what the server names: schemavet needs what everybody has by default, select on the catalogs and execute on their functions"
        }
        "57014" => "run again when the server is less busy",
        "22021" => {
            "a name, comment or definition in this database is no UTF-8, which its encoding lets in: give it another text"
        }
        _ => return None,
    })
}

fn help_from_code(words: &DbError, settings: &Settings, host: &Host) -> String {
    let user = settings.user().unwrap_or_default();
    let database = settings.database().unwrap_or_default();
    let said = words.message();
    match words.code().code() {
        "28P01" => match settings.password_file(host) {
            Some(file) => format!("check the password of `{user}` in {}", file.display()),
            None => format!(
                "check the password of `{user}` (PGPASSWORD, or the URI: special characters there \
                 are written as percent codes)"
            ),
        },
        "28000" if said.contains("no encryption") && settings.ssl_mode == SslMode::Disable => {
            "use sslmode=require, or let pg_hba.conf admit connections without TLS".to_owned()
        }
        "28000" if said.contains("pg_hba.conf") => {
            format!("let the server's pg_hba.conf admit `{user}` to `{database}` from this machine")
        }
        "28000" if said.contains("certificate") => show_a_certificate(user),
        "28000" if said.contains("Peer") || said.contains("Ident") => format!(
            "run as the operating system's user `{user}`, or connect by host name and password"
        ),
        "28000" => format!("check the user name `{user}`: the role must exist and have LOGIN"),
        "3D000" => format!("create the database `{database}`, or name another"),
        "42501" => format!("grant CONNECT on database `{database}` to `{user}`"),
        "53300" => "wait until connections are free, or connect through a pooler".to_owned(),
        "57P03" => "wait until the server is ready".to_owned(),
        _ => "see what the server said".to_owned(),
    }
}

fn show_a_certificate(user: &str) -> String {
    format!(
        "name in sslcert and sslkey a certificate for `{user}` and its key, which the server's ssl_ca_file vouches for"
    )
}

fn help_for_tls(said: &str, settings: &Settings) -> String {
    if said.contains("does not support TLS") {
        return "turn `ssl` on at the server, or use sslmode=prefer or sslmode=disable where the \
                network is trusted"
            .to_owned();
    }
    let roots = match &settings.ssl_roots {
        Some(Roots::File(path)) => format!("the file `{}`", path.display()),
        Some(Roots::System) => "the system's certificates".to_owned(),
        None => "nothing".to_owned(),
    };
    if said.contains("UnknownIssuer") || said.contains("BadSignature") {
        return format!(
            "name in sslrootcert the authority that signed the server's certificate: {roots} does not \
             hold it"
        );
    }
    if said.contains("not valid for name") || said.contains("NotValidForName") {
        return "connect by a name that the certificate holds as a subject alternative name (the \
                common name does not count), or use sslmode=verify-ca"
            .to_owned();
    }
    if said.contains("Revoked") {
        return "have a certificate made for the server that is not revoked".to_owned();
    }
    if said.contains("expired") || said.contains("Expired") {
        return "renew the server's certificate".to_owned();
    }
    "check sslmode and sslrootcert against what the server offers".to_owned()
}
