//! A server that answers: one that runs, or one that a source's SQL was applied to.

use super::connection::{Connection, Settings};
use super::ephemeral::Cluster;
use super::migrations::Migrations;
use super::open::{Sql, Text};
use super::origin::Origin;
use super::prelude::Prelude;
use super::script::{self, File, Script};
use super::shadow::Shadow;
use super::stubs::{self, Stubs};
use crate::error::{Error, Result};

/// The database of a throw-away server that SQL is applied to: the one that is there from the start.
const DATABASE: &str = "postgres";

/// A server that answers, with the throw-away one it may be.
#[expect(missing_debug_implementations, reason = "a session has nothing to show")]
pub struct Server {
    /// The session.
    pub connection: Connection,
    /// What to call it in a report.
    pub place: String,
    /// How what is there came to be.
    pub origin: Origin,
    // After the connection: fields drop in this order.
    _ground: Option<Ground>,
}

/// What SQL is applied to.
enum Ground {
    ThrowAway(Box<Cluster>),
    Shadow(Box<Shadow>),
}

/// The scripts of a source, read but not applied.
struct Prepared {
    preludes: Vec<Script>,
    scripts: Vec<Script>,
    places: Vec<String>,
    origin: Origin,
}

impl Server {
    /// Connects.
    ///
    /// # Errors
    /// Those of [`Connection::open`].
    pub async fn connect(settings: &Settings) -> Result<Self> {
        let connection = Connection::open(settings).await?;
        let place = connection.describe().to_owned();
        Ok(Self { connection, place, origin: Origin::default(), _ground: None })
    }

    /// Applies SQL to a throw-away server, or to the shadow that it names.
    ///
    /// # Errors
    /// Bad input: a file is missing, its SQL fails, or the shadow is not empty. Unavailable: no server can be started or
    /// reached, or a command fails.
    pub async fn apply(sql: &Sql) -> Result<Self> {
        let mut prepared = prepare(sql).await?;
        let ground = match &sql.shadow {
            Some(settings) => {
                let made = prepared.preludes.iter().chain(&prepared.scripts);
                Ground::Shadow(Box::new(Shadow::take(settings, made).await?))
            }
            None => Ground::ThrowAway(Box::new(Cluster::start().await?)),
        };
        let connection = ground.open().await?;
        if matches!(ground, Ground::ThrowAway(_)) {
            // The SQL says nothing of the comment that initdb leaves.
            let done =
                connection.client.batch_execute("comment on database postgres is null").await;
            done.map_err(|error| connection.failed("preparing the server", &error))?;
        }
        let lacks = Stubs::needed(&connection).await?;
        let stubs = &mut prepared.origin.stubs;
        let is_ours = matches!(ground, Ground::ThrowAway(_));
        for script in &mut prepared.preludes {
            lacks.replace(script, is_ours, stubs);
        }
        for script in prepared.scripts.iter_mut().filter(|_| is_ours) {
            lacks.replace(script, true, stubs);
        }
        for script in &prepared.preludes {
            script::apply(&connection, script).await?;
        }
        // A prelude may set what sessions begin with.
        let connection = ground.open().await?;
        for script in &prepared.scripts {
            let applied = script::apply(&connection, script).await;
            applied.map_err(|error| with_stubs(error, &prepared.origin.stubs))?;
        }
        // What the scripts left behind in the session must not bear on what is read.
        let connection = ground.open().await?;
        if is_ours {
            stubs::finish(&connection, &prepared.origin.stubs).await?;
        }
        let place = match prepared.places.as_slice() {
            [first, second, more @ ..] if !more.is_empty() => {
                format!("{first} + {second} + {} more", more.len())
            }
            places => places.join(" + "),
        };
        Ok(Self { connection, place, origin: prepared.origin, _ground: Some(ground) })
    }
}

/// The SQL may be right where a stub stands in for an extension.
fn with_stubs(mut error: Error, stubs: &[String]) -> Error {
    if let Some(help) = error.help.take() {
        error.help = Some(match stubs {
            [] => help,
            stubs => format!(
                "{help}; or, if it needs {}, for which this server has a stub alone, name a database with --shadow",
                stubs.join(" or ")
            ),
        });
    }
    error
}

impl Ground {
    async fn open(&self) -> Result<Connection> {
        match self {
            Self::ThrowAway(cluster) => Connection::open(&cluster.settings(DATABASE)).await,
            Self::Shadow(shadow) => shadow.open().await,
        }
    }
}

/// Reads all that will be applied, so that nothing is started for a file that is not there.
async fn prepare(sql: &Sql) -> Result<Prepared> {
    let mut preludes = sql.preludes.clone();
    let (mut scripts, mut places) = (Vec::new(), Vec::new());
    let mut origin = Origin::default();
    for text in &sql.texts {
        match text {
            Text::Path(path) if path.is_dir() => {
                let migrations = Migrations::recognize(path)?;
                scripts.push(migrations.script()?);
                places.push(migrations.to_string());
                if migrations.convention.needs_supabase() && !preludes.contains(&Prelude::Supabase)
                {
                    preludes.insert(0, Prelude::Supabase);
                }
                origin.migrations.push(migrations);
            }
            Text::Path(path) => {
                scripts.push(Script::read(path)?);
                places.push(path.display().to_string());
            }
            Text::Command(command) => {
                let text = command.run(sql.exec_timeout).await?;
                let file = File::parse(command.shown(), text)?;
                if file.statements.is_empty() {
                    return Err(Error::input(format!("{} printed no SQL", command.shown()))
                        .help("have the command print SQL to its standard output"));
                }
                scripts.push(Script { files: vec![file] });
                places.push(command.shown().to_owned());
            }
        }
    }
    origin.preludes = preludes.iter().map(ToString::to_string).collect();
    let preludes = preludes.iter().map(Prelude::script).collect::<Result<_>>()?;
    Ok(Prepared { preludes, scripts, places, origin })
}
