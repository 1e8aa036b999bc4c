//! The certificate that we show to a server that asks for one: libpq's `sslcert` and `sslkey`.

use std::path::{Path, PathBuf};

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};

use super::own_files::{home, is_open};
use super::settings::Environment;
use super::values::Values;
use crate::error::{Error, Result};

/// The files that it and its key are in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientCertificate {
    certificate: PathBuf,
    key: PathBuf,
}

impl ClientCertificate {
    /// What the keys name; otherwise the files in `~/.postgresql`, where there is one.
    pub(super) fn of(values: &Values, environment: Environment<'_>) -> Option<Self> {
        let home = home(environment);
        let usual = |name| home.as_ref().map(|home| home.join(".postgresql").join(name));
        let named = |key| values.get(key).map(PathBuf::from);
        let there = || usual("postgresql.crt").filter(|path| path.exists());
        let certificate = named("sslcert").or_else(there)?;
        let key = named("sslkey").or_else(|| usual("postgresql.key"))?;
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
        let chain: Vec<_> = CertificateDer::pem_file_iter(&self.certificate)
            .and_then(Iterator::collect)
            .map_err(|error| {
                cannot("client certificate", &self.certificate, &error)
                    .help("name in sslcert a PEM file")
            })?;
        let key = |cause: &dyn std::fmt::Display| cannot("key", &self.key, cause);
        let text = std::fs::read(&self.key).map_err(|error| {
            key(&error).help("name in sslkey the PEM file with the key of the client certificate")
        })?;
        if std::fs::metadata(&self.key).is_ok_and(|found| is_open(&found)) {
            return Err(key(&"others may read it").help("take it from them: chmod 0600"));
        }
        match PrivateKeyDer::from_pem_slice(&text) {
            Ok(found) => Ok((chain, found)),
            Err(_) if text.windows(9).any(|part| part == b"ENCRYPTED") => {
                Err(key(&"it is encrypted").help("decrypt it first: openssl pkey -in … -out …"))
            }
            Err(error) => Err(key(&error).help("name in sslkey a PEM file")),
        }
    }
}
