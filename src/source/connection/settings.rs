//! Where and how to connect: a URI or conninfo string over the `PG*` environment over libpq's
//! defaults. Neither `Display` nor `Debug` shows the password.

use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tokio_postgres::config::TargetSessionAttrs;

use super::client_certificate::ClientCertificate;
use super::conninfo;
use super::host::{self, Host};
use super::keys::{self, Use};
use super::password_file::PasswordFile;
use super::service;
use super::values::{self, Values};
use crate::error::{Error, Result};

/// Reads one environment variable; `None` where it is not set.
pub type Environment<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Port where none is named.
pub(crate) const PORT: u16 = 5432;
/// Long enough for a slow wide-area link, short enough for a person to wait.
pub(super) const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// How far the connection is encrypted and the server's certificate believed, as libpq's `sslmode`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SslMode {
    /// Never encrypted.
    Disable,
    /// Plain; encrypted where the server insists.
    Allow,
    /// Encrypted; plain where the server will not.
    Prefer,
    /// Encrypted; the certificate is checked only where roots are given.
    Require,
    /// Encrypted, by a certificate that the roots vouch for.
    VerifyCa,
    /// The same, and the certificate is for this host name.
    VerifyFull,
}

impl SslMode {
    pub(super) const NAMES: [(&'static str, Self); 6] = [
        ("disable", Self::Disable),
        ("allow", Self::Allow),
        ("prefer", Self::Prefer),
        ("require", Self::Require),
        ("verify-ca", Self::VerifyCa),
        ("verify-full", Self::VerifyFull),
    ];
}

/// Where the certificates come from that may vouch for a server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Roots {
    /// A PEM file.
    File(PathBuf),
    /// Those of the operating system.
    System,
}

/// Where and how to connect.
#[derive(Clone)]
pub struct Settings {
    /// Servers, tried in order.
    pub hosts: Vec<Host>,
    /// Encryption.
    pub ssl_mode: SslMode,
    /// Who may vouch for the server: what is named, otherwise `~/.postgresql/root.crt` where that is there, as in libpq.
    pub ssl_roots: Option<Roots>,
    /// Which certificates were revoked: what is named, otherwise `~/.postgresql/root.crl` where that is there.
    pub ssl_revoked: Option<PathBuf>,
    /// What is shown to a server that asks who we are.
    pub ssl_certificate: Option<ClientCertificate>,
    /// For each server; `None` waits for ever.
    pub connect_timeout: Option<Duration>,
    user: Option<String>,
    database: Option<String>,
    /// Where a password is looked for, unless one is said.
    password_file: Option<PasswordFile>,
    /// All that tokio-postgres itself understands, without hosts.
    pub(super) config: tokio_postgres::Config,
}

/// Whether `text` looks like a connection URI or a `key=value` connection string, and not like a path.
#[must_use]
pub fn is_conninfo(text: &str) -> bool {
    conninfo::is_uri(text)
        || conninfo::parse(text)
            .is_ok_and(|pairs| pairs.iter().any(|(key, _)| keys::find(key).is_some()))
}

impl Settings {
    /// Reads `text`, a URI or a `key=value` string (empty: all from the environment).
    ///
    /// # Errors
    /// Bad input where the text is malformed, a key unknown or unsupported, or a value meaningless.
    pub fn parse(text: &str, environment: Environment<'_>) -> Result<Self> {
        let mut values = values::from_environment(environment)?;
        let pairs = conninfo::parse(text)?;
        // A service comes between the environment and the text.
        let named = pairs.iter().rev().find(|(key, _)| key == "service").map(|(_, value)| value);
        let service = named.or_else(|| values.get("service")).filter(|name| !name.is_empty());
        if let Some(service) = service.cloned() {
            Self::learn(&mut values, service::read(&service, environment)?, false)?;
        }
        Self::learn(&mut values, pairs, conninfo::is_uri(text))?;
        // An empty value means the default, as in libpq.
        values.retain(|_, value| !value.is_empty());
        Self::from_values(&values, environment)
    }

    /// Takes pairs over what is known already.
    fn learn(values: &mut Values, pairs: conninfo::Pairs, is_uri: bool) -> Result<()> {
        for (key, value) in pairs {
            // As libpq does for JDBC's sake.
            if is_uri && key == "ssl" && value == "true" {
                values.insert("sslmode", "require".to_owned());
                continue;
            }
            match keys::find(&key) {
                Some((name, Use::Read | Use::Passed)) => values.insert(name, value),
                Some((_, Use::Ignored)) => None,
                Some((_, Use::Unsupported)) => return Err(keys::unsupported(&key)),
                None => return Err(keys::unknown(&key)),
            };
        }
        Ok(())
    }

    fn from_values(values: &Values, environment: Environment<'_>) -> Result<Self> {
        let mut config = values::passed(values)?;
        let user = values.get("user").cloned().or_else(|| values::os_user(environment));
        let database = values.get("dbname").cloned().or_else(|| user.clone());
        if database.as_deref().is_some_and(is_conninfo) {
            // It is not repeated: it may hold a password.
            return Err(Error::input(
                "a connection string stands where the name of a database belongs",
            )
            .help(
                "give it itself as the source, or in DATABASE_URL, not in `dbname` or PGDATABASE",
            ));
        }
        user.as_deref().map(|user| config.user(user));
        database.as_deref().map(|database| config.dbname(database));
        values.get("password").map(|password| config.password(password));
        values.get("options").map(|options| config.options(options));
        config.application_name(values.get("application_name").map_or("schemavet", String::as_str));
        if let Some(name) = values.get("target_session_attrs") {
            config.target_session_attrs(match name.as_str() {
                "any" => TargetSessionAttrs::Any,
                "read-write" => TargetSessionAttrs::ReadWrite,
                "read-only" => TargetSessionAttrs::ReadOnly,
                _ => {
                    return Err(values::choices(
                        "target_session_attrs",
                        name,
                        &["any", "read-write", "read-only"],
                    ));
                }
            });
        }
        let ssl_roots = values::ssl_roots(values, environment);
        let ssl_mode = values::ssl_mode(values, ssl_roots.as_ref())?;
        let is_said = config.get_password().is_some();
        Ok(Self {
            hosts: host::hosts(values)?,
            ssl_mode,
            ssl_roots,
            ssl_revoked: values::ssl_revoked(values, environment),
            ssl_certificate: ClientCertificate::of(values, environment),
            password_file: if is_said { None } else { PasswordFile::of(values, environment) },
            connect_timeout: values::connect_timeout(values)?,
            user,
            database,
            config,
        })
    }

    /// A server whose unix socket of that number is in `directory`.
    #[must_use]
    pub fn socket(directory: &Path, port: u16, user: &str, database: &str) -> Self {
        let mut config = tokio_postgres::Config::new();
        config.user(user).dbname(database).application_name("schemavet");
        let name = directory.to_string_lossy().into_owned();
        Self {
            hosts: vec![Host { name, address: None, port }],
            ssl_mode: SslMode::Disable,
            ssl_roots: None,
            ssl_revoked: None,
            ssl_certificate: None,
            password_file: None,
            connect_timeout: Some(CONNECT_TIMEOUT),
            user: Some(user.to_owned()),
            database: Some(database.to_owned()),
            config,
        }
    }

    /// The same server and user, another database.
    #[must_use]
    pub fn with_database(mut self, database: &str) -> Self {
        self.config.dbname(database);
        self.database = Some(database.to_owned());
        self
    }

    /// The same for sessions that call themselves so.
    #[must_use]
    pub(crate) fn called(&self, application_name: &str) -> Self {
        let mut settings = self.clone();
        settings.config.application_name(application_name);
        settings
    }

    /// The same, with one of the servers.
    pub(super) fn only(&self, host: &Host) -> Self {
        Self { hosts: vec![host.clone()], ..self.clone() }
    }

    /// The user name, if it is known before the server is asked.
    #[must_use]
    pub fn user(&self) -> Option<&str> {
        self.user.as_deref()
    }

    /// The database's name, if it is known before the server is asked.
    #[must_use]
    pub fn database(&self) -> Option<&str> {
        self.database.as_deref()
    }

    /// The password for this server in the password file, where none is said.
    pub(super) fn password_in_file(&self, host: &Host) -> Option<String> {
        self.password_file.as_ref()?.password(host, self.database()?, self.user()?)
    }

    /// The file that the password for this server is from.
    pub(super) fn password_file(&self, host: &Host) -> Option<&Path> {
        self.password_in_file(host).and(self.password_file.as_ref()).map(|file| &*file.path)
    }

    /// `host:port/dbname as user`, several hosts joined by commas.
    #[must_use]
    pub fn describe(&self) -> String {
        let hosts: Vec<String> = self.hosts.iter().map(ToString::to_string).collect();
        let database = self.database.as_deref().unwrap_or_default();
        let user = self.user.as_deref().unwrap_or("the operating system's user");
        format!("{}/{database} as {user}", hosts.join(","))
    }
}

impl fmt::Display for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.describe())
    }
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Settings({})", self.describe())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn none(_: &str) -> Option<String> {
        None
    }

    fn parse(text: &str) -> Result<Settings> {
        Settings::parse(text, &none)
    }

    #[test]
    fn what_the_environment_demands_is_not_ignored() {
        for variable in keys::UNSUPPORTED_VARIABLES {
            let of = |value: &'static str| {
                move |name: &str| (name == *variable).then(|| value.to_owned())
            };
            let error = Settings::parse("host=inner", &of("1")).expect_err(variable);
            assert!(error.to_string().contains(variable), "{error}");
            for nothing in ["", "0"] {
                assert!(Settings::parse("host=inner", &of(nothing)).is_ok(), "{variable}");
            }
        }
    }

    #[test]
    fn the_text_wins_over_the_environment() {
        let environment = |name: &str| match name {
            "PGHOST" => Some("outer".to_owned()),
            "PGPORT" => Some("6000".to_owned()),
            "PGUSER" => Some("me".to_owned()),
            "PGPASSWORD" => Some("secret".to_owned()),
            "PGSSLMODE" => Some("verify-ca".to_owned()),
            _ => None,
        };
        let settings = Settings::parse("host=inner", &environment).expect("parses");
        assert_eq!(settings.describe(), "inner:6000/me as me");
        assert_eq!(settings.ssl_mode, SslMode::VerifyCa);
        assert_eq!(settings.config.get_password(), Some(b"secret".as_slice()));
        let all = Settings::parse("", &environment).expect("parses");
        assert_eq!(all.to_string(), "outer:6000/me as me");
    }

    #[test]
    fn the_password_is_never_shown() {
        let settings = parse("postgres://u:secret@h/db").expect("parses");
        for shown in [format!("{settings}"), format!("{settings:?}"), settings.describe()] {
            assert!(!shown.contains("secret"), "{shown}");
        }
    }

    #[test]
    fn pasted_orm_urls_are_taken() {
        let text = "postgresql://u:p@h:5432/db?schema=public&connection_limit=1&pgbouncer=true\
                    &sslmode=require&channel_binding=require&keepalives_count=3";
        let settings = parse(text).expect("parses");
        assert_eq!(settings.ssl_mode, SslMode::Require);
        assert_eq!(settings.config.get_keepalives_retries(), Some(3));
    }

    #[test]
    fn unknown_keys_and_values_are_said() {
        let help = |text: &str| {
            let error = parse(text).expect_err(text);
            assert_eq!(error.exit_code(), 2, "{text}");
            format!("{error}; {}", error.help.clone().unwrap_or_default())
        };
        assert!(help("hots=x").contains("did you mean `host`"));
        assert!(help("service=x").contains("no service `x`"));
        assert!(help("sslmode=on").contains("verify-full"));
        assert!(help("port=x").contains("`x` is no port"));
        assert!(help("hostaddr=name").contains("no IP address"));
        assert!(help("connect_timeout=soon").contains("whole seconds"));
        assert!(help("sslmode=require sslrootcert=system").contains("verify-full"));
        assert!(help("channel_binding=maybe").contains("makes no sense"));
        assert!(help("target_session_attrs=primary").contains("any, read-write, read-only"));
        assert!(help("sslcrldir=x").contains("leave it out"));
        assert!(help("postgres://h/x?sslmode").contains("has no value"));
        assert!(help("postgres://[::1/x").contains("lacks its `]`"));
        assert!(help("postgres://h/a%00b").contains("%00"));
        assert!(help("host=a,b hostaddr=10.0.0.1").contains("different numbers"));
    }

    #[test]
    fn what_a_server_has_to_be_may_be_said() {
        for (word, attribute) in [
            ("any", TargetSessionAttrs::Any),
            ("read-write", TargetSessionAttrs::ReadWrite),
            ("read-only", TargetSessionAttrs::ReadOnly),
        ] {
            let settings = parse(&format!("target_session_attrs={word}")).expect("parses");
            assert_eq!(settings.config.get_target_session_attrs(), attribute);
        }
        let by_jdbc = parse("postgres://h/x?ssl=true").expect("parses");
        assert_eq!(by_jdbc.ssl_mode, SslMode::Require);
    }

    #[test]
    fn several_hosts_pair_with_their_ports() {
        let settings = parse("postgres://a:1,[::1],c:3/x?user=u").expect("parses");
        assert_eq!(settings.describe(), "a:1,[::1]:5432,c:3/x as u");
        assert!(parse("host=a,b,c port=1,2").is_err());
        let settings = parse("hostaddr=10.0.0.1 user=u").expect("parses");
        assert_eq!(settings.describe(), "10.0.0.1:5432/u as u");
    }

    #[test]
    fn a_path_is_no_conninfo() {
        for text in
            ["postgres://h/x", "postgresql:///x", "dbname=x", " host = a  port=1", "service=x"]
        {
            assert!(is_conninfo(text), "{text}");
        }
        for text in ["schema.sql", "a=b.yaml", "./x", "", "dir/with space/a.sql", "mysql://h/x"] {
            assert!(!is_conninfo(text), "{text}");
        }
    }
}
