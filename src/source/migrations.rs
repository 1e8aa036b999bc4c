//! Folders of migrations: which tool's they are, which files of them run, and in which order.

mod convention;
mod flyway;
mod listing;
mod marked;
mod nested;
mod numbered;
mod own_tool;
mod transaction;

use std::fmt;
use std::path::{Path, PathBuf};

pub use self::convention::Convention;
use self::listing::Listing;
use super::script::{File, Script};
use crate::error::{Error, Result};
use crate::file_name;

/// The migrations of a folder, in the order in which they run.
#[derive(Debug, Clone)]
pub struct Migrations {
    /// The folder that holds them: the one that was named, or one in it.
    pub folder: PathBuf,
    /// Whose they are.
    pub convention: Convention,
    /// The files, below the folder.
    pub files: Vec<String>,
    /// Folders of the folder that hold SQL which is not read.
    pub apart: Vec<String>,
}

impl Migrations {
    /// What is said of the folders whose SQL was not applied, where there are any.
    pub fn not_applied(&self) -> Option<String> {
        let (folder, apart) = (self.folder.display(), self.apart.join(", "));
        (!apart.is_empty()).then(|| format!("not applied: SQL in folders of {folder}: {apart}"))
    }

    /// Finds the migrations in a folder and tells whose they are.
    ///
    /// # Errors
    /// Bad input: there are none, or they fit no convention.
    pub fn recognize(path: &Path) -> Result<Self> {
        let listing = Listing::read(&listing::home(path)?)?;
        let (convention, files) = convention::recognize(&listing)?;
        if files.is_empty() && !listing.sql.is_empty() {
            let folder = listing.path.display();
            return Err(Error::input(format!("no file of the folder `{folder}` leads up"))
                .help("name the folder that holds the migrations"));
        }
        let read = |folder: &str| {
            files.iter().any(|file| file.split_once('/').is_some_and(|(first, _)| first == folder))
        };
        let apart = listing.with_sql()?.into_iter().filter(|folder| !read(folder)).collect();
        Ok(Self { folder: listing.path, convention, files, apart })
    }

    /// What is applied.
    ///
    /// # Errors
    /// Bad input: a file cannot be read or split into statements, or lacks its marker.
    pub fn script(&self) -> Result<Script> {
        let files = self.files.iter().map(|name| {
            let path = self.folder.join(name);
            let mut is_apart = self.convention == Convention::Plain;
            let mut file = File::read_with(&path, |name, text| {
                is_apart |= transaction::is_switched_off(text);
                self.convention.applied(name, text)
            })?;
            if !is_apart {
                transaction::surround(&mut file, &path);
            }
            Ok(file)
        });
        Ok(Script { files: files.collect::<Result<_>>()? })
    }
}

/// `migrations (Prisma, 4 migrations)`.
impl fmt::Display for Migrations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.files.len();
        let noun = self.convention.noun();
        let plural = if count == 1 { "" } else { "s" };
        write!(f, "{} ({}, {count} {noun}{plural})", self.folder.display(), self.convention.name())
    }
}

/// Whether a folder holds a spec or stored snapshots rather than SQL.
///
/// # Errors
/// Bad input: it cannot be read, or holds both.
pub(super) fn is_yaml(path: &Path) -> Result<bool> {
    let listing = Listing::read(path)?;
    let Some(yaml) = listing.others.iter().find(|name| file_name::is_yaml(Path::new(name))) else {
        return Ok(false);
    };
    if let Some(sql) = listing.sql.first() {
        return Err(Error::input(format!(
            "the folder `{}` holds both YAML and SQL: {yaml}, {sql}",
            path.display()
        ))
        .help("keep spec and migrations in folders of their own, or name one file"));
    }
    // The folder of a whole project may hold any YAML.
    Ok(!listing.is_nested() && listing::homes(path)?.is_empty())
}
