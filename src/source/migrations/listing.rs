//! What is in a folder, and in which folder below the migrations are.

use std::fs;
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use crate::file_name::{is_sql, is_sql_otherwise};

/// The names in a folder, each list in the order of names.
#[derive(Debug)]
pub(super) struct Listing {
    pub(super) path: PathBuf,
    /// Files that end in `.sql`.
    pub(super) sql: Vec<String>,
    /// Other files.
    pub(super) others: Vec<String>,
    /// Folders.
    pub(super) folders: Vec<String>,
}

/// Where tools keep migrations, below the folder of a project or of the tool.
const HOMES: &[&str] = &[
    "migrations",
    "supabase/migrations",
    "prisma/migrations",
    "drizzle",
    "db/migrations",
    "db/migration",
];

/// The file of a migration that has a folder to itself.
pub(super) const NESTED: [&str; 2] = ["migration.sql", "up.sql"];

impl Listing {
    pub(super) fn read(path: &Path) -> Result<Self> {
        let cannot = |error: std::io::Error| {
            Error::input(format!("cannot read the folder `{}`", path.display())).because(error)
        };
        let mut listing =
            Self { path: path.to_owned(), sql: vec![], others: vec![], folders: vec![] };
        for entry in fs::read_dir(path).map_err(cannot)? {
            let entry = entry.map_err(cannot)?;
            let name = entry.file_name().into_string().map_err(|name| {
                Error::input(format!(
                    "a name in `{}` is not UTF-8: {}",
                    path.display(),
                    name.display()
                ))
                .help("rename it")
            })?;
            let below = entry.path();
            if below.is_dir() {
                listing.folders.push(name);
            } else if is_sql(&below) {
                listing.sql.push(name);
            } else {
                listing.others.push(name);
            }
        }
        for names in [&mut listing.sql, &mut listing.others, &mut listing.folders] {
            names.sort();
        }
        Ok(listing)
    }

    /// A file that is SQL by its name, and does not end in `.sql`.
    pub(super) fn named_otherwise(&self) -> Option<&String> {
        self.others.iter().find(|name| is_sql_otherwise(Path::new(name)))
    }

    pub(super) fn has(&self, file: &str) -> bool {
        self.path.join(file).is_file()
    }

    /// Whether each migration has a folder to itself.
    pub(super) fn is_nested(&self) -> bool {
        self.folders
            .iter()
            .any(|folder| NESTED.iter().any(|file| self.path.join(folder).join(file).is_file()))
    }

    /// Whether there are any here, as files or in folders of their own.
    fn holds_migrations(&self) -> bool {
        !self.sql.is_empty() || self.is_nested()
    }

    /// The folders in which there is SQL.
    pub(super) fn with_sql(&self) -> Result<Vec<String>> {
        let mut found = Vec::new();
        for folder in &self.folders {
            if holds_sql(&self.path.join(folder), DEEPEST)? {
                found.push(folder.clone());
            }
        }
        Ok(found)
    }
}

/// How many folders further down SQL is looked for; a link may lead back up.
const DEEPEST: u8 = 8;

/// Whether there is SQL in a folder, or in those in it.
fn holds_sql(path: &Path, deepest: u8) -> Result<bool> {
    let listing = Listing::read(path)?;
    if !listing.sql.is_empty() || listing.named_otherwise().is_some() {
        return Ok(true);
    }
    for folder in listing.folders.iter().filter(|_| deepest > 0) {
        if holds_sql(&path.join(folder), deepest - 1)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The folder of the migrations: this one, or the one below it where a tool keeps them.
pub(super) fn home(path: &Path) -> Result<PathBuf> {
    let listing = Listing::read(path)?;
    // Prisma and Supabase keep seeds and more beside the folder of their migrations.
    let of_tool = (listing.has("schema.prisma") || listing.has("config.toml"))
        && path.join("migrations").is_dir();
    if !of_tool && listing.holds_migrations() {
        return Ok(path.to_owned());
    }
    let homes = homes(path)?;
    match homes.as_slice() {
        [] => Ok(path.to_owned()),
        [one] => Ok(one.clone()),
        several => {
            let names: Vec<String> =
                several.iter().map(|home| format!("`{}`", home.display())).collect();
            Err(Error::input(format!(
                "there are several folders of migrations: {}",
                names.join(", ")
            ))
            .help("name one of them"))
        }
    }
}

pub(super) fn homes(path: &Path) -> Result<Vec<PathBuf>> {
    let mut homes = Vec::new();
    for home in HOMES.iter().map(|home| path.join(home)).filter(|home| home.is_dir()) {
        if Listing::read(&home)?.holds_migrations() {
            homes.push(home);
        }
    }
    Ok(homes)
}
