//! `schemavet init`.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::Args;

use super::files;
use super::reading::{self, SourceArguments};
use crate::error::{Error, Result, tell};
use crate::file_name::is_yaml;
use crate::spec::{First, SCHEMA_FILE};

/// Write a first spec of a database, with comments, to keep and to go on from.
#[derive(Debug, Args)]
pub(super) struct Init {
    #[command(flatten)]
    source: SourceArguments,
    /// The file to write, or the folder to write it in [default: spec.yaml, or the folder spec].
    #[arg(long, short, value_name = "FILE|DIR")]
    output: Option<PathBuf>,
    /// Write a folder with one file for each schema.
    #[arg(long)]
    split_by_schema: bool,
    /// Overwrite files that are there.
    #[arg(long)]
    force: bool,
}

impl Init {
    pub(super) async fn run(&self) -> Result<u8> {
        // Refused before a server is asked.
        if !self.split_by_schema {
            self.may_write(&self.file(), &self.file())?;
        }
        let source = self.source.source()?;
        let (reading, _server) = reading::read(&source).await?;
        reading::tell_what_is_not_in("the spec", &reading);
        let platform = reading::platform(&reading);
        let mut database = reading.database;
        if let Some(platform) = &platform {
            platform.prune(&mut database);
        }
        database.leave_out_the_server(false);
        database.leave_out_homes(&reading.names);
        let first = First::of(&source.name(), platform.as_ref(), database, self.split_by_schema)?;
        let (spec, files) = if self.split_by_schema {
            let folder = self.output.clone().unwrap_or_else(|| "spec".into());
            let files = self.split(&folder, &first)?;
            (folder, files)
        } else {
            (self.file(), vec![(self.file(), first.main.as_str())])
        };
        for folder in files.iter().filter_map(|(path, _)| path.parent()) {
            std::fs::create_dir_all(folder).map_err(|error| {
                Error::input(format!("cannot make the folder {}: {error}", folder.display()))
            })?;
        }
        files::write(files.iter().map(|(path, text)| (path.as_path(), text.as_bytes())))?;
        for (path, _) in &files {
            tell!("wrote {}", path.display());
        }
        let folder = if self.split_by_schema { Some(&*spec) } else { spec.parent() };
        let schema = folder.unwrap_or_else(|| Path::new("")).join(SCHEMA_FILE);
        if self.force || !schema.exists() {
            files::write([(schema.as_path(), super::schema::text()?.as_slice())])?;
            tell!("wrote {}, for editors", schema.display());
        }
        if let Some(platform) = &platform {
            tell!("left to the platform: what {} owns", platform.name);
        }
        for (name, tool) in &first.ignored {
            tell!("left to {tool}: {name}");
        }
        tell!("next, with the same database: schemavet validate {}", spec.display());
        Ok(0)
    }

    /// The file of a spec that is one file.
    fn file(&self) -> PathBuf {
        let name = "spec.yaml";
        match &self.output {
            None => name.into(),
            Some(output) if output.is_dir() || output.to_string_lossy().ends_with('/') => {
                output.join(name)
            }
            Some(output) => output.clone(),
        }
    }

    /// Whether a file of the spec, which may be a folder, may be written.
    fn may_write(&self, path: &Path, spec: &Path) -> Result<()> {
        if self.force || !path.exists() {
            return Ok(());
        }
        Err(Error::input(format!("{} is there already", path.display())).help(format!(
            "`schemavet snapshot --update {}` brings it up to date; --force overwrites it",
            spec.display()
        )))
    }

    /// The files of a folder: what is outside of schemas, and one for each.
    fn split<'a>(&self, folder: &Path, first: &'a First) -> Result<Vec<(PathBuf, &'a str)>> {
        if folder.is_file() {
            return Err(Error::input(format!("{} is a file", folder.display()))
                .help("name a folder for --split-by-schema"));
        }
        let mut names = BTreeSet::new();
        let mut files = vec![("database", first.main.as_str())];
        files.extend(first.schemas.iter().map(|(schema, text)| (schema.as_str(), text.as_str())));
        let files: Vec<(PathBuf, &str)> = files
            .into_iter()
            .map(|(name, text)| (folder.join(file_name(name, &mut names)), text))
            .collect();
        for (path, _) in &files {
            self.may_write(path, folder)?;
        }
        // Whatever else is in the folder would be read as a part of the spec.
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if is_yaml(&path) && !files.iter().any(|(own, _)| *own == path) {
                return Err(Error::input(format!("{} is there already", path.display()))
                    .help("choose an empty folder: every .yaml file of one is read as one spec"));
            }
        }
        Ok(files)
    }
}

/// A file's name for a schema: the schema's own, as far as every file system has it, and only once in whatever case.
fn file_name(schema: &str, taken: &mut BTreeSet<String>) -> String {
    let safe = |c: char| if c.is_alphanumeric() || "-_".contains(c) { c } else { '_' };
    let stem: String = schema.chars().map(safe).collect();
    let names = std::iter::once(stem.clone()).chain((2..).map(|number| format!("{stem}-{number}")));
    let mut free = names.filter(|name| taken.insert(name.to_lowercase()));
    format!("{}.yaml", free.next().unwrap_or(stem))
}
