//! TLS as libpq's `sslmode` means it: which certificates of a server are believed. Without OpenSSL, so
//! that one static binary serves everywhere.

use std::path::Path;
use std::sync::Arc;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::{VerifierBuilderError, WebPkiServerVerifier};
use rustls::crypto::{CryptoProvider, KeyProvider, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, CertificateRevocationListDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::sign::{CertifiedKey, SingleCertAndKey};
use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, InconsistentKeys, RootCertStore,
    SignatureScheme,
};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::client_certificate::ClientCertificate;
use super::pem;
use super::settings::{Roots, Settings, SslMode};
use crate::error::{Error, Result};

/// What encrypts a connection by these settings.
///
/// # Errors
/// Bad input where the root certificates, or our own one, cannot be read.
pub(super) fn connector(settings: &Settings) -> Result<MakeRustlsConnect> {
    // Never rustls' process-wide default: whoever embeds this crate may have set another.
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let verifier = Verifier::new(settings, &provider)?;
    let key_provider = provider.key_provider;
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| Error::unavailable("cannot set up TLS").because(error))?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier));
    let mut config = match &settings.ssl_certificate {
        None => config.with_no_client_auth(),
        Some(own) => {
            let key = own_key(own, key_provider)?;
            config.with_client_cert_resolver(Arc::new(SingleCertAndKey::from(key)))
        }
    };
    // sslnegotiation=direct demands it; other servers do not mind.
    config.alpn_protocols = vec![b"postgresql".to_vec()];
    Ok(MakeRustlsConnect::new(config))
}

/// Our own certificate with its key. What it looks like is the server's business: rustls itself would refuse one of X.509
/// version 1, as `openssl x509 -req` makes it.
fn own_key(own: &ClientCertificate, keys: &'static dyn KeyProvider) -> Result<CertifiedKey> {
    let (chain, key) = own.read()?;
    let cannot = |error: rustls::Error, help: &str| {
        Error::input(format!("the key in `{}` cannot be used", own.key.display()))
            .because(error)
            .help(help)
    };
    let key = keys
        .load_private_key(key)
        .map_err(|error| cannot(error, "use one of RSA, ECDSA (P-256, P-384) or Ed25519"))?;
    let own_key = CertifiedKey::new(chain, key);
    match own_key.keys_match() {
        Err(error @ rustls::Error::InconsistentKeys(InconsistentKeys::KeyMismatch)) => {
            let help = format!("name in sslkey the key of `{}`", own.certificate.display());
            Err(cannot(error, &help))
        }
        _ => Ok(own_key),
    }
}

#[derive(Debug)]
struct Verifier {
    provider: Arc<CryptoProvider>,
    /// Whether the certificate must hold the host's name.
    name: bool,
    /// `None` believes every certificate.
    roots: Option<Trust>,
}

#[derive(Debug)]
struct Trust {
    authorities: Arc<WebPkiServerVerifier>,
    certificates: Vec<CertificateDer<'static>>,
}

impl Verifier {
    fn new(settings: &Settings, provider: &Arc<CryptoProvider>) -> Result<Self> {
        let certificates = match (&settings.ssl_roots, settings.ssl_mode) {
            (Some(Roots::System), _) => Some(system()?),
            (Some(Roots::File(path)), _) => {
                let help = "name in sslrootcert a PEM file, or `system`";
                Some(pem::read("root certificates", path, help)?)
            }
            (None, SslMode::VerifyCa | SslMode::VerifyFull) => {
                return Err(Error::input("no root certificates to verify the server by")
                    .help("name in sslrootcert a PEM file, or `system`, or put one at ~/.postgresql/root.crt"));
            }
            // libpq: encryption without a root is encryption alone.
            (None, _) => None,
        };
        let revoked = settings.ssl_revoked.as_deref();
        let roots = certificates.map(|certificates| Trust::new(certificates, revoked, provider));
        Ok(Self {
            provider: Arc::clone(provider),
            name: settings.ssl_mode == SslMode::VerifyFull,
            roots: roots.transpose()?,
        })
    }
}

impl Trust {
    fn new(
        certificates: Vec<CertificateDer<'static>>,
        revoked: Option<&Path>,
        provider: &Arc<CryptoProvider>,
    ) -> Result<Self> {
        // Where any are named, each authority has to say which it revoked, as in libpq.
        let lists = |path| pem::read("revoked certificates", path, "name in sslcrl a PEM file");
        let revoked: Vec<CertificateRevocationListDer<'_>> =
            revoked.map(lists).transpose()?.unwrap_or_default();
        let mut store = RootCertStore::empty();
        // A store may hold certificates of forms that rustls does not know: they vouch for nobody.
        store.add_parsable_certificates(certificates.iter().cloned());
        let authorities =
            WebPkiServerVerifier::builder_with_provider(Arc::new(store), Arc::clone(provider))
                .with_crls(revoked)
                .build()
                .map_err(|error| {
                    let (what, help) = match error {
                        VerifierBuilderError::NoRootAnchors => (
                            "no usable root certificate",
                            "name in sslrootcert a PEM file with the authority's certificate",
                        ),
                        VerifierBuilderError::InvalidCrl(_) => (
                            "the list of revoked certificates cannot be used",
                            "name in sslcrl one of version 2 (openssl ca -gencrl -crlexts …)",
                        ),
                        _ => ("cannot set up TLS", "check sslrootcert and sslcrl"),
                    };
                    Error::input(what).because(error).help(help)
                })?;
        Ok(Self { authorities, certificates })
    }
}

fn system() -> Result<Vec<CertificateDer<'static>>> {
    let found = rustls_native_certs::load_native_certs();
    if found.certs.is_empty() {
        let error = Error::unavailable("the system has no root certificates")
            .help("install the package `ca-certificates`, or name a file in sslrootcert");
        return Err(match found.errors.into_iter().next() {
            Some(cause) => error.because(cause),
            None => error,
        });
    }
    Ok(found.certs)
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        leaf: &CertificateDer<'_>,
        chain: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        stapled: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        let Some(trust) = &self.roots else {
            return Ok(ServerCertVerified::assertion());
        };
        // The self-signed certificate of PostgreSQL's manual, given as its own root: webpki would
        // refuse an authority as a server.
        if trust.certificates.iter().any(|root| root == leaf) {
            if self.name {
                let parsed = ParsedCertificate::try_from(leaf)?;
                rustls::client::verify_server_name(&parsed, name)?;
            }
            return Ok(ServerCertVerified::assertion());
        }
        match trust.authorities.verify_server_cert(leaf, chain, name, stapled, now) {
            Err(rustls::Error::InvalidCertificate(
                CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
            )) if !self.name => Ok(ServerCertVerified::assertion()),
            verdict => verdict,
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let known = &self.provider.signature_verification_algorithms;
        verify_tls12_signature(message, certificate, signature, known)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let known = &self.provider.signature_verification_algorithms;
        verify_tls13_signature(message, certificate, signature, known)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}
