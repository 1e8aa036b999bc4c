//! The certificate that we show to a server that asks for one: libpq's `sslcert` and `sslkey`.

use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};

use super::own_files::{home, usual};
use super::settings::Environment;
use super::values::Values;
use crate::error::{Error, Result};

/// The files that it and its key are in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientCertificate {
    pub(super) certificate: PathBuf,
    pub(super) key: PathBuf,
}

impl ClientCertificate {
    /// What the keys name; otherwise the files in `~/.postgresql`, where there is one.
    pub(super) fn of(values: &Values, environment: Environment<'_>) -> Option<Self> {
        let named = |key| values.get(key).map(PathBuf::from);
        let certificate = named("sslcert").or_else(|| usual("postgresql.crt", environment))?;
        let usual_key = || Some(home(environment)?.join(".postgresql/postgresql.key"));
        let key = named("sslkey").or_else(usual_key)?;
        Some(Self { certificate, key })
    }

    /// The certificate with those that vouch for it, and its key.
    ///
    /// # Errors
    /// Bad input where a file cannot be read, is no PEM, or where others may read the key.
    pub(super) fn read(&self) -> Result<(Vec<CertificateDer<'static>>, PrivateKeyDer<'static>)> {
        let cannot = |what: &str, path: &Path, cause: &dyn std::fmt::Display| {
            Error::input(format!("cannot read the {what} in `{}`", path.display()))
                .because(cause.to_string())
        };
        let certificate = |cause: &dyn std::fmt::Display| {
            cannot("client certificate", &self.certificate, cause)
                .help("name in sslcert a PEM file")
        };
        let chain: Vec<_> = CertificateDer::pem_file_iter(&self.certificate)
            .and_then(Iterator::collect)
            .map_err(|error| certificate(&error))?;
        if chain.is_empty() {
            return Err(certificate(&"there is none"));
        }
        let key = |cause: &dyn std::fmt::Display| cannot("key", &self.key, cause);
        let named = "name in sslkey the PEM file with the key of the client certificate";
        let found = fs::metadata(&self.key).map_err(|error| key(&error).help(named))?;
        if !found.is_file() {
            return Err(key(&"it is no plain file").help(named));
        }
        if is_open_to_others(&found) {
            return Err(key(&"others may read it").help("take it from them: chmod 0600"));
        }
        let text = fs::read(&self.key).map_err(|error| key(&error).help(named))?;
        match PrivateKeyDer::from_pem_slice(&text) {
            Ok(found) => Ok((chain, found)),
            Err(_) if text.windows(9).any(|part| part == b"ENCRYPTED") => {
                Err(key(&"it is encrypted").help("decrypt it first: openssl pkey -in … -out …"))
            }
            Err(error) => Err(key(&error).help(named)),
        }
    }
}

/// Whether anybody but the owner may do anything with a key. Of one that is root's, the group may read it, as in libpq.
#[cfg(unix)]
fn is_open_to_others(found: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    let closed_to = if found.uid() == 0 { 0o037 } else { 0o077 };
    found.mode() & closed_to != 0
}

#[cfg(not(unix))]
fn is_open_to_others(_found: &Metadata) -> bool {
    false
}
