//! `schemavet snapshot`.

use std::path::PathBuf;

use clap::Args;
use clap::builder::PossibleValuesParser;

use super::files;
use super::reading::{self, SourceArguments};
use super::update::Update;
use crate::error::{Error, Result};
use crate::model::{Database, Entry, escape};
use crate::spec::{self, Platform};

/// Write the spec of what is there, or bring one up to date.
#[derive(Debug, Args)]
pub(super) struct Snapshot {
    #[command(flatten)]
    source: SourceArguments,
    /// Only this schema; the spec then has no opinion on others, nor on what is outside of schemas but the settings of
    /// the database. May be given several times.
    #[arg(long, value_name = "NAME")]
    schema: Vec<String>,
    /// The platform whose own objects are left out; recognized where it shows. `none` leaves nothing out.
    #[arg(long, value_name = "NAME", value_parser = platforms())]
    platform: Option<String>,
    /// The roles of the server too: those of the whole server, whichever database uses them.
    #[arg(long)]
    roles: bool,
    /// The file to write; standard output otherwise.
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    update: Update,
}

impl Snapshot {
    pub(super) async fn run(&self, color: anstream::ColorChoice) -> Result<u8> {
        let source = self.source.source()?;
        if self.update.is_asked_for() {
            return self.update.run(&source, color).await;
        }
        let name = source.name();
        let (reading, _server) = reading::read(&source).await?;
        reading::tell_what_is_not_in("the snapshot", &reading);
        let stands_on = reading::platform(&reading);
        let mut database = reading.database;
        let platform = match self.platform.as_deref() {
            Some("none") => None,
            Some(name) => Platform::named(name),
            None => stands_on,
        };
        if let Some(platform) = &platform {
            platform.prune(&mut database);
        }
        self.choose(&mut database)?;
        database.leave_out_the_server(self.roles);
        database.leave_out_homes(&reading.names);
        let text = spec::write(&name, platform.as_ref(), &database)?;
        match &self.output {
            Some(path) => files::write([(path.as_path(), text.as_bytes())])?,
            None => super::print(text.as_bytes(), color)?,
        }
        Ok(0)
    }

    /// Keeps the schemas that were asked for.
    fn choose(&self, database: &mut Database) -> Result<()> {
        if self.schema.is_empty() {
            return Ok(());
        }
        let is_missing = |schema: &&String| database.schemas.body(schema).is_none();
        if let Some(missing) = self.schema.iter().find(is_missing) {
            let there: Vec<_> = database.schemas.bodies().map(|(schema, _)| schema).collect();
            return Err(Error::input(format!("there is no schema `{missing}`"))
                .help(format!("the database has: {}", there.join(", "))));
        }
        let Some(schemas) = database.schemas.entries_mut() else { return Ok(()) };
        let chosen: Vec<_> = self.schema.iter().map(|schema| escape(schema)).collect();
        schemas.retain(|key, _| chosen.iter().any(|schema| **schema == **key));
        schemas.insert("*".into(), Entry::Any);
        database.leave_out_what_is_outside();
        Ok(())
    }
}

fn platforms() -> PossibleValuesParser {
    PossibleValuesParser::new(Platform::names().chain(["none"]))
}
