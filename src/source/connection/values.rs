//! What the values of a connection string mean, each by itself, with libpq's defaults.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::time::Duration;

use super::keys::{self, Use};
use super::own_files::usual;
use super::settings::{CONNECT_TIMEOUT, Environment, Roots, SslMode};
use crate::error::{Error, Result};

/// What the connection string and the environment say, by key.
pub(super) type Values = BTreeMap<&'static str, String>;

pub(super) fn from_environment(environment: Environment<'_>) -> Result<Values> {
    let demands = |variable: &&&str| {
        environment(variable).is_some_and(|value| !value.is_empty() && value != "0")
    };
    if let Some(variable) = keys::UNSUPPORTED_VARIABLES.iter().find(demands) {
        return Err(keys::unsupported_variable(variable));
    }
    let value = |(variable, key): &(&str, &'static str)| Some((*key, environment(variable)?));
    Ok(keys::VARIABLES.iter().filter_map(value).collect())
}

/// The keys that tokio-postgres parses itself.
pub(super) fn passed(values: &Values) -> Result<tokio_postgres::Config> {
    let mut text = String::new();
    for (key, value) in values {
        if let Some((name, Use::Passed)) = keys::find(key) {
            // libpq's name for what tokio-postgres calls retries.
            let name = if name == "keepalives_count" { "keepalives_retries" } else { name };
            let value = value.replace('\\', "\\\\").replace('\'', "\\'");
            let _ = write!(text, "{name}='{value}' ");
        }
    }
    text.parse().map_err(|error: tokio_postgres::Error| {
        Error::input("the connection string has a value that makes no sense").because(error)
    })
}

pub(super) fn choices(key: &str, value: &str, known: &[&str]) -> Error {
    Error::input(format!("`{value}` is no value of `{key}`"))
        .help(format!("use one of {}", known.join(", ")))
}

pub(super) fn ssl_roots(values: &Values, environment: Environment<'_>) -> Option<Roots> {
    match values.get("sslrootcert").map(String::as_str) {
        None => usual("root.crt", environment).map(Roots::File),
        Some("system") => Some(Roots::System),
        Some(file) => Some(Roots::File(file.into())),
    }
}

pub(super) fn ssl_revoked(values: &Values, environment: Environment<'_>) -> Option<PathBuf> {
    values.get("sslcrl").map(PathBuf::from).or_else(|| usual("root.crl", environment))
}

pub(super) fn ssl_mode(values: &Values, roots: Option<&Roots>) -> Result<SslMode> {
    let system = roots == Some(&Roots::System);
    let Some(name) = values.get("sslmode") else {
        return Ok(if system { SslMode::VerifyFull } else { SslMode::Prefer });
    };
    let Some((_, mode)) = SslMode::NAMES.iter().find(|(known, _)| known == name) else {
        return Err(choices("sslmode", name, &SslMode::NAMES.map(|(known, _)| known)));
    };
    if system && *mode < SslMode::VerifyFull {
        // Anyone gets a certificate from a public authority, so without the name it proves nothing.
        return Err(Error::input(format!("sslmode `{name}` is too weak for sslrootcert=system"))
            .help("use sslmode=verify-full"));
    }
    Ok(*mode)
}

pub(super) fn connect_timeout(values: &Values) -> Result<Option<Duration>> {
    let Some(text) = values.get("connect_timeout") else {
        return Ok(Some(CONNECT_TIMEOUT));
    };
    let seconds: i64 = text.trim().parse().map_err(|_| {
        Error::input(format!("`{text}` is no value of `connect_timeout`"))
            .help("give whole seconds; 0 waits for ever")
    })?;
    Ok(u64::try_from(seconds).ok().filter(|seconds| *seconds > 0).map(Duration::from_secs))
}

/// The name of the user that runs this, from the user list where that names him, else as the shell says.
pub(super) fn os_user(environment: Environment<'_>) -> Option<String> {
    #[cfg(unix)]
    if let Some(user) = crate::source::os::User::current() {
        return Some(user.name);
    }
    ["USER", "LOGNAME", "USERNAME"].iter().find_map(|variable| environment(variable))
}
