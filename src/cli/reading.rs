//! From the words of a command line to a database that was read.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use crate::error::{Error, Result, tell};
use crate::finding;
use crate::model::NOT_READ;
use crate::source::connection::Settings;
use crate::source::migrations::Migrations;
use crate::source::prelude::Prelude;
use crate::source::{self, Reading, Server, Source, Text};
use crate::spec::{Platform, Spec};

/// Where the database is.
#[derive(Debug, Args)]
pub(super) struct SourceArguments {
    /// The database: a postgres:// URL or conninfo string; a .sql file or a folder of migrations, which are applied to a
    /// throw-away PostgreSQL; a stored snapshot (.yaml), or a folder of them; env:NAME; exec:COMMAND. See `schemavet help
    /// sources`.
    #[arg(long, short, value_name = "SOURCE", env = "DATABASE_URL", hide_env_values = true)]
    database: Option<String>,
    /// Further SQL, applied after the source where that is SQL. May be given several times.
    #[arg(long, value_name = "FILE.sql")]
    apply: Vec<PathBuf>,
    #[command(flatten)]
    server: ServerArguments,
}

/// What a source of SQL is applied to.
#[derive(Debug, Args)]
pub(super) struct ServerArguments {
    /// SQL that is applied before a source of SQL: a file, or `supabase`, which is built in. May be given several times.
    #[arg(long, value_name = "FILE.sql")]
    prelude: Vec<String>,
    /// An empty database for a source of SQL, in place of a throw-away PostgreSQL; it is left empty again.
    #[arg(long, value_name = "URL")]
    shadow: Option<String>,
    /// How long an exec:COMMAND may run.
    #[arg(long, value_name = "SECONDS", default_value = "120", value_parser = clap::value_parser!(u64).range(1..))]
    exec_timeout: u64,
}

fn environment(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

impl ServerArguments {
    /// The files among its arguments, as far as they are files.
    pub(super) fn paths(&self) -> Vec<PathBuf> {
        self.prelude.iter().map(PathBuf::from).collect()
    }

    /// Refuses what is said of SQL where no source is.
    pub(super) fn bear_on(&self, sources: &[Source]) -> Result<()> {
        let given = [("--prelude", !self.prelude.is_empty()), ("--shadow", self.shadow.is_some())];
        match given.iter().find(|(_, given)| *given) {
            Some((option, _)) if !sources.iter().any(|one| matches!(one, Source::Sql(_))) => {
                Err(for_sql_only(option))
            }
            _ => Ok(()),
        }
    }

    /// The source of that name. What is said of SQL bears on no other source.
    pub(super) fn source(&self, text: &str) -> Result<Source> {
        let mut source = Source::parse(text, &environment)?;
        if let Source::Sql(sql) = &mut source {
            sql.preludes =
                self.prelude.iter().map(|text| Prelude::parse(text)).collect::<Result<_>>()?;
            let shadow = self.shadow.as_deref().map(shadow).transpose()?;
            sql.shadow = shadow.map(Box::new);
            sql.exec_timeout = Duration::from_secs(self.exec_timeout);
        }
        Ok(source)
    }
}

fn for_sql_only(option: &str) -> Error {
    Error::input(format!(
        "{option} is for sources of SQL only: schemavet never writes to a database that it checks"
    ))
    .help("name a .sql file, a folder of migrations or exec:COMMAND as --database")
}

/// The file that a source may be, also where a variable names it.
pub(super) fn file(source: &str) -> PathBuf {
    let named = source.strip_prefix("env:").and_then(environment);
    PathBuf::from(named.as_deref().unwrap_or(source))
}

fn shadow(text: &str) -> Result<Settings> {
    match Source::parse(text, &environment)? {
        Source::Live(settings) => Ok(*settings),
        _ => Err(Error::input("--shadow names no database of a server that runs")
            .help("name an empty database by its postgres:// URL or conninfo string")),
    }
}

impl SourceArguments {
    /// The files that it names, of SQL and specs.
    pub(super) fn paths(&self) -> Vec<PathBuf> {
        let mut paths = self.server.paths();
        paths.extend(self.database.as_deref().map(file));
        paths.extend(self.apply.iter().cloned());
        paths
    }

    pub(super) fn source(&self) -> Result<Source> {
        // An empty DATABASE_URL names nothing; any other variable in a command line was meant to.
        if self.database.as_deref() == Some("")
            && environment("DATABASE_URL").as_deref() != Some("")
        {
            return Err(Error::input("--database is empty")
                .help("name a database; if a variable stands there, it is not set"));
        }
        let mut source = match self.database.as_deref().filter(|text| !text.is_empty()) {
            Some(text) => self.server.source(text)?,
            None if ["PGHOST", "PGDATABASE", "PGSERVICE"]
                .iter()
                .any(|name| environment(name).is_some_and(|value| !value.is_empty())) =>
            {
                self.server.source("postgres://")?
            }
            None => {
                return Err(Error::input("no database is named")
                    .help("give --database SOURCE, or set DATABASE_URL or the PG* variables"));
            }
        };
        match &mut source {
            Source::Sql(sql) => sql.texts.extend(self.apply.iter().cloned().map(Text::Path)),
            _ if !self.apply.is_empty() => return Err(for_sql_only("--apply")),
            _ => self.server.bear_on(std::slice::from_ref(&source))?,
        }
        Ok(source)
    }
}

/// Reads files and folders of a spec, in a thread that nobody waits for when the run ends early: a pipe may never end.
pub(super) async fn spec(paths: Vec<PathBuf>) -> Result<Spec> {
    let (sender, spec) = tokio::sync::oneshot::channel();
    std::thread::spawn(move || drop(sender.send(Spec::read(&paths))));
    spec.await
        .unwrap_or_else(|error| Err(Error::unavailable("cannot read the spec").because(error)))
}

/// Reads a source; also gives the server that answered, where there is one.
///
/// # Errors
/// Bad input, or a server that cannot be reached or read.
pub(super) async fn read(source: &Source) -> Result<(Reading, Option<Server>)> {
    let server = match source {
        Source::Live(settings) => Server::connect(settings).await?,
        Source::Sql(sql) => Server::apply(sql).await?,
        Source::Yaml(path) => {
            let spec = spec(vec![path.clone()]).await?;
            let place = path.display().to_string();
            if let Some(vague) = spec.vague() {
                let help = "name a snapshot: `schemavet snapshot` writes one";
                return Err(not_whole(&spec, &place, &vague, help));
            }
            return Ok((Reading::stored(spec.database, place), None));
        }
    };
    let mut reading = source::read(&server.connection).await?;
    reading.place.clone_from(&server.place);
    reading.origin.clone_from(&server.origin);
    Ok((reading, Some(server)))
}

/// The platform that a database stands on: the one whose prelude was applied, or one that shows.
pub(super) fn platform(reading: &Reading) -> Option<Platform> {
    let applied = reading.origin.preludes.iter().find_map(|name| Platform::named(name));
    applied.or_else(|| Platform::of(&reading.database))
}

/// Says what is not in `of`, which is made of a reading, though it is there.
pub(super) fn tell_what_is_not_in(of: &str, reading: &Reading) {
    for (kind, count) in &reading.not_modelled {
        tell!("warning: not in {of}, because {NOT_READ}: {count} × {kind}");
    }
    if !reading.origin.stubs.is_empty() {
        tell!(
            "warning: not in {of}, because the server that the SQL was applied to lacks the extension: {}",
            reading.origin.stubs.join(", ")
        );
    }
    for not_applied in reading.origin.migrations.iter().filter_map(Migrations::not_applied) {
        tell!("warning: {not_applied}");
    }
}

/// Why a spec does not say what is there: what it says at `vague` may be, or need not.
pub(super) fn not_whole(spec: &Spec, place: &str, vague: &finding::Path, help: &str) -> Error {
    let error = Error::input(format!(
        "{place} is no snapshot: `{}` says what may be there, not what is there",
        vague.name()
    ));
    let error = error.help(help.to_owned());
    match spec.locate(vague) {
        Some(place) => {
            let line = spec.line(&place).map(str::to_owned);
            error.at(place, line.as_deref())
        }
        None => error,
    }
}
