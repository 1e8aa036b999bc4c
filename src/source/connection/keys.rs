//! Every key that a connection string may have, and what becomes of it.

use crate::error::Error;

/// What becomes of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    /// Read by `Settings`.
    Read,
    /// Handed to tokio-postgres as it is.
    Passed,
    /// Without meaning for a schema check.
    Ignored,
    /// Ignoring it would connect otherwise than asked.
    Unsupported,
}

#[rustfmt::skip]
const KEYS: &[(Use, &[&str])] = &[
    (Use::Read, &[
        "host", "hostaddr", "port", "user", "password", "dbname", "sslmode", "sslrootcert",
        "connect_timeout", "application_name", "target_session_attrs", "options",
        "service", "passfile", "sslcert", "sslkey", "sslcrl",
    ]),
    (Use::Passed, &[
        "keepalives", "keepalives_idle", "keepalives_interval", "keepalives_count",
        "tcp_user_timeout", "channel_binding", "sslnegotiation",
    ]),
    (Use::Ignored, &[
        // libpq's own.
        "gssencmode", "gssdelegation", "gsslib", "krbsrvname", "client_encoding",
        "fallback_application_name", "sslcompression", "sslsni", "load_balance_hosts",
        // Those that ORMs hang on a URI.
        "schema", "connection_limit", "pool_timeout", "socket_timeout", "pgbouncer", "sslaccept",
        "statement_cache_size", "prepared_statements", "workaround", "supa", "uselibpqcompat",
    ]),
    (Use::Unsupported, &[
        "sslpassword", "sslcrldir", "sslcertmode",
        "ssl_min_protocol_version", "ssl_max_protocol_version", "require_auth", "requirepeer",
        "requiressl", "replication", "min_protocol_version", "max_protocol_version",
        "scram_client_key", "scram_server_key", "oauth_issuer", "oauth_client_id",
        "oauth_client_secret", "oauth_scope",
    ]),
];

/// The environment's name of a key.
pub(super) const VARIABLES: &[(&str, &str)] = &[
    ("PGSERVICE", "service"),
    ("PGHOST", "host"),
    ("PGHOSTADDR", "hostaddr"),
    ("PGPORT", "port"),
    ("PGUSER", "user"),
    ("PGPASSWORD", "password"),
    ("PGPASSFILE", "passfile"),
    ("PGDATABASE", "dbname"),
    ("PGSSLMODE", "sslmode"),
    ("PGSSLROOTCERT", "sslrootcert"),
    ("PGSSLCRL", "sslcrl"),
    ("PGSSLCERT", "sslcert"),
    ("PGSSLKEY", "sslkey"),
    ("PGCONNECT_TIMEOUT", "connect_timeout"),
    ("PGAPPNAME", "application_name"),
    ("PGOPTIONS", "options"),
    ("PGTARGETSESSIONATTRS", "target_session_attrs"),
    ("PGCHANNELBINDING", "channel_binding"),
    ("PGSSLNEGOTIATION", "sslnegotiation"),
];

/// Variables that demand of a connection what it does not see to.
pub(super) const UNSUPPORTED_VARIABLES: &[&str] = &[
    "PGREQUIREAUTH",
    "PGREQUIREPEER",
    "PGREQUIRESSL",
    "PGSSLCERTMODE",
    "PGSSLCRLDIR",
    "PGSSLMINPROTOCOLVERSION",
    "PGSSLMAXPROTOCOLVERSION",
];

/// What becomes of `key`; `None` where nobody knows it.
pub(super) fn find(key: &str) -> Option<(&'static str, Use)> {
    all().find(|(name, _)| *name == key)
}

fn all() -> impl Iterator<Item = (&'static str, Use)> {
    KEYS.iter().flat_map(|(use_, names)| names.iter().map(|name| (*name, *use_)))
}

pub(super) fn unsupported(key: &str) -> Error {
    Error::input(format!("the connection key `{key}` is not supported yet")).help("leave it out")
}

pub(super) fn unsupported_variable(variable: &str) -> Error {
    Error::input(format!("what {variable} demands of a connection is not supported yet"))
        .help("take it out of the environment, where connections without it are safe enough")
}

pub(super) fn unknown(key: &str) -> Error {
    let near = all()
        .filter(|(_, use_)| *use_ != Use::Unsupported)
        .map(|(name, _)| (strsim::damerau_levenshtein(name, key), name))
        .min()
        .filter(|(distance, name)| *distance <= name.len() / 3 + 1);
    let error = Error::input(format!("unknown connection key `{key}`"));
    match near {
        Some((_, name)) => error.help(format!("did you mean `{name}`?")),
        None => error.help(
            "use the keys of a libpq connection string, such as host, port, dbname, user, sslmode",
        ),
    }
}
