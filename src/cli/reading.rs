//! From the words of a command line to a database that was read.

use std::path::PathBuf;

use clap::Args;

use crate::error::{Error, Result};
use crate::source::{self, Reading, Server, Source};
use crate::spec::Spec;

/// Where the database is.
#[derive(Debug, Args)]
pub(super) struct SourceArguments {
    /// The database: a postgres:// URL or conninfo string; or a .sql file or a folder of .sql files, which are applied
    /// in name order to a throw-away PostgreSQL; or a stored snapshot (.yaml).
    #[arg(long, short, value_name = "SOURCE", env = "DATABASE_URL", hide_env_values = true)]
    database: Option<String>,
    /// Further SQL for the throw-away PostgreSQL, applied after the source. May be given several times.
    #[arg(long, value_name = "FILE.sql")]
    apply: Vec<PathBuf>,
}

impl SourceArguments {
    pub(super) fn source(&self) -> Result<Source> {
        let environment = |name: &str| std::env::var(name).ok();
        let Some(text) = &self.database else {
            if environment("PGHOST").is_some() || environment("PGDATABASE").is_some() {
                return self.with_scripts(Source::parse("postgres://", &environment)?);
            }
            return Err(Error::input("no database is named")
                .help("give --database SOURCE, or set DATABASE_URL or the PG* variables"));
        };
        self.with_scripts(Source::parse(text, &environment)?)
    }

    fn with_scripts(&self, source: Source) -> Result<Source> {
        match source {
            Source::Sql(mut paths) => {
                paths.extend(self.apply.iter().cloned());
                Ok(Source::Sql(paths))
            }
            source if self.apply.is_empty() => Ok(source),
            _ => Err(Error::input(
                "--apply is for a throw-away PostgreSQL only: schemavet never writes to a database",
            )
            .help("name a .sql file or a folder of them as --database")),
        }
    }
}

/// Reads a source; also gives the server that answered, where there is one.
///
/// # Errors
/// Bad input, or a server that cannot be reached or read.
pub(super) async fn read(source: &Source) -> Result<(Reading, Option<Server>)> {
    let server = match source {
        Source::Live(settings) => Server::connect(settings).await?,
        Source::Sql(paths) => Server::throw_away(paths).await?,
        Source::Yaml(path) => {
            let database = Spec::read(std::slice::from_ref(path))?.database;
            return Ok((Reading::stored(database, path.display().to_string()), None));
        }
    };
    let mut reading = source::read(&server.connection).await?;
    reading.place.clone_from(&server.place);
    Ok((reading, Some(server)))
}
