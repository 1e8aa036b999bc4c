//! The words that name a source, understood; `cli/sources.txt` is their grammar for people.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::command::{self, Command};
use super::connection::{Settings, is_conninfo};
use super::migrations;
use super::prelude::Prelude;
use crate::error::{Error, Result};
use crate::file_name::{in_full, is_yaml};

/// Where a database is.
#[derive(Debug, Clone)]
pub enum Source {
    /// A server that runs.
    Live(Box<Settings>),
    /// SQL that is applied to an empty server.
    Sql(Box<Sql>),
    /// A spec or a stored snapshot: a file, or a folder of them.
    Yaml(PathBuf),
}

/// SQL, and what it is applied to.
#[derive(Debug, Clone)]
pub struct Sql {
    /// What is applied, in this order.
    pub texts: Vec<Text>,
    /// What is applied before.
    pub preludes: Vec<Prelude>,
    /// An empty database of the user's own; a throw-away server where there is none.
    pub shadow: Option<Box<Settings>>,
    /// How long a command may run.
    pub exec_timeout: Duration,
}

/// Where SQL is.
#[derive(Debug, Clone)]
pub enum Text {
    /// A file, or a folder of them.
    Path(PathBuf),
    /// What a program prints.
    Command(Command),
}

/// What a source may be, for the help of an error.
const FORMS: &str = "a source is a postgres:// URL, a conninfo string, service=NAME, env:NAME, a .sql file or a \
                     folder of migrations, a .yaml file or a folder of them, or exec:COMMAND; `schemavet help sources` \
                     has all of it";

impl Source {
    /// Understands the words that name a source.
    ///
    /// # Errors
    /// Bad input: it is none of the forms, or there is no such file, service or variable.
    pub fn parse(text: &str, environment: &dyn Fn(&str) -> Option<String>) -> Result<Self> {
        let Some(name) = text.strip_prefix("env:") else {
            return Self::understand(text, text, environment);
        };
        let value = environment(name).filter(|value| !value.is_empty()).ok_or_else(|| {
            Error::input(format!("the environment variable {name} is not set"))
                .help("set it to a source, or name the source itself")
        })?;
        if value.starts_with("env:") {
            return Err(Error::input(format!("{text} names another variable"))
                .help("write the source itself into the variable"));
        }
        Self::understand(&value, text, environment)
    }

    /// The same; `shown` is what errors call it.
    fn understand(
        text: &str,
        shown: &str,
        environment: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Self> {
        if let Some(line) = text.strip_prefix("exec:") {
            let shown = (shown != text).then_some(shown);
            return Ok(Self::sql(Text::Command(Command::parse(line, shown)?)));
        }
        if is_conninfo(text) {
            return Ok(Self::Live(Box::new(Settings::parse(text, environment)?)));
        }
        if text.contains("://") {
            // Another system's URL may hold a password as well.
            let scheme = text.split("://").next().unwrap_or_default();
            return Err(Error::input(format!("{scheme}:// is no PostgreSQL URL")).help(FORMS));
        }
        let path = Path::new(text);
        let metadata = std::fs::metadata(path).map_err(|error| {
            let source = if shown == text && may_hold_a_password(text) {
                "the source, which is not repeated here because it may hold a password".to_owned()
            } else {
                format!("the source {shown}")
            };
            Error::input(format!("cannot read {source}: {error}")).help(FORMS)
        })?;
        let yaml = if metadata.is_dir() { migrations::is_yaml(path)? } else { is_yaml(path) };
        Ok(if yaml { Self::Yaml(path.to_owned()) } else { Self::sql(Text::Path(path.to_owned())) })
    }

    fn sql(text: Text) -> Self {
        Self::Sql(Box::new(Sql {
            texts: vec![text],
            preludes: Vec::new(),
            shadow: None,
            exec_timeout: command::TIMEOUT,
        }))
    }

    /// A short name for it: the database's, or the file's or folder's.
    pub fn name(&self) -> String {
        let stem = |path: &Path| {
            let full = in_full(path);
            full.file_stem()
                .map_or_else(|| "database".to_owned(), |stem| stem.to_string_lossy().into_owned())
        };
        match self {
            Self::Live(settings) => settings.database().unwrap_or("database").to_owned(),
            Self::Sql(sql) => match sql.texts.first() {
                Some(Text::Path(path)) => stem(path),
                _ => "database".to_owned(),
            },
            Self::Yaml(path) => stem(path),
        }
    }
}

/// Whether a text that is no connection string may have been meant as one.
fn may_hold_a_password(text: &str) -> bool {
    text.contains(['=', '@'])
}
