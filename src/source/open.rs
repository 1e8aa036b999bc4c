//! From the word that names a source to a server that can be read.

use std::path::{Path, PathBuf};

use super::connection::{Connection, Settings, is_conninfo};
use super::ephemeral::Cluster;
use super::script::{self, Script};
use crate::error::{Error, Result};

/// Where a database is.
#[derive(Debug, Clone)]
pub enum Source {
    /// A server that runs.
    Live(Box<Settings>),
    /// SQL that is applied to a throw-away server: files, or folders of files, in this order.
    Sql(Vec<PathBuf>),
    /// A spec or a stored snapshot.
    Yaml(PathBuf),
}

impl Source {
    /// Understands a URL, a conninfo string, or a path.
    ///
    /// # Errors
    /// Bad input: it is none of these, or there is no such file.
    pub fn parse(text: &str, environment: &dyn Fn(&str) -> Option<String>) -> Result<Self> {
        if is_conninfo(text) {
            return Ok(Self::Live(Box::new(Settings::parse(text, environment)?)));
        }
        let path = Path::new(text);
        let metadata = std::fs::metadata(path).map_err(|error| {
            Error::input(format!("cannot read the source {text}: {error}"))
                .help("a source is a postgres:// URL, a conninfo string, a .sql file or a folder of them, or a .yaml file")
        })?;
        let is_yaml =
            path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml");
        if metadata.is_file() && is_yaml {
            return Ok(Self::Yaml(path.to_owned()));
        }
        Ok(Self::Sql(vec![path.to_owned()]))
    }

    /// A short name for it: the database's, or the file's or folder's.
    pub fn name(&self) -> String {
        let stem = |path: &Path| {
            let full = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
            full.file_stem()
                .map_or_else(|| "database".to_owned(), |stem| stem.to_string_lossy().into_owned())
        };
        match self {
            Self::Live(settings) => settings.database().unwrap_or("database").to_owned(),
            Self::Sql(paths) => {
                paths.first().map_or_else(|| "database".to_owned(), |path| stem(path))
            }
            Self::Yaml(path) => stem(path),
        }
    }
}

/// The database of a throw-away server that SQL is applied to: the one that is there from the start.
const DATABASE: &str = "postgres";

/// A server that answers, with the throw-away one it may be.
#[expect(missing_debug_implementations, reason = "a session has nothing to show")]
pub struct Server {
    /// The session.
    pub connection: Connection,
    /// What to call it in a report.
    pub place: String,
    // After the connection: fields drop in this order.
    _cluster: Option<Cluster>,
}

impl Server {
    /// Connects.
    ///
    /// # Errors
    /// Those of [`Connection::open`].
    pub async fn connect(settings: &Settings) -> Result<Self> {
        let connection = Connection::open(settings).await?;
        let place = connection.describe().to_owned();
        Ok(Self { connection, place, _cluster: None })
    }

    /// Starts a throw-away server and applies SQL to it.
    ///
    /// # Errors
    /// Bad input: a file is missing or its SQL fails. Unavailable: no server can be started.
    pub async fn throw_away(paths: &[PathBuf]) -> Result<Self> {
        let scripts = paths.iter().map(|path| Script::read(path)).collect::<Result<Vec<_>>>()?;
        let cluster = Cluster::start(None).await?;
        let connection = Connection::open(&cluster.settings(DATABASE)).await?;
        for script in &scripts {
            script::apply(&connection, script).await?;
        }
        // What the scripts left behind in the session must not bear on what is read.
        let connection = Connection::open(&cluster.settings(DATABASE)).await?;
        let place = match paths {
            [one] => one.display().to_string(),
            [first, second] => format!("{} + {}", first.display(), second.display()),
            [first, more @ ..] => format!("{} + {} files", first.display(), more.len()),
            [] => String::new(),
        };
        Ok(Self { connection, place, _cluster: Some(cluster) })
    }
}
