//! The certificate that we show to a server that asks for one: libpq's `sslcert` and `sslkey`.

use std::fs;
use std::path::PathBuf;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};

use super::own_files::{is_open_to_others, place, usual};
use super::pem;
use super::settings::Environment;
use super::values::Values;
use crate::error::Result;

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
        let key = named("sslkey").or_else(|| place("postgresql.key", environment))?;
        Some(Self { certificate, key })
    }

    /// The certificate with those that vouch for it, and its key.
    ///
    /// # Errors
    /// Bad input where a file cannot be read, is no PEM, or where others may read the key.
    pub(super) fn read(&self) -> Result<(Vec<CertificateDer<'static>>, PrivateKeyDer<'static>)> {
        let (what, help) = ("client certificate", "name in sslcert a PEM file");
        let chain: Vec<CertificateDer<'_>> = pem::read(what, &self.certificate, help)?;
        if chain.is_empty() {
            let error = pem::cannot_read(what, &self.certificate).because("there is none");
            return Err(error.help(help));
        }
        let key = |cause: &dyn std::fmt::Display| {
            pem::cannot_read("key", &self.key).because(cause.to_string())
        };
        let named = "name in sslkey the PEM file with the key of the client certificate";
        let found = fs::metadata(&self.key).map_err(|error| key(&error).help(named))?;
        if !found.is_file() {
            return Err(key(&"it is no plain file").help(named));
        }
        // Of one that is root's, the group may read it, as in libpq.
        if is_open_to_others(&found, true) {
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
