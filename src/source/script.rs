//! SQL files, applied as psql would apply them, with every error at its place in the file.

mod apply;
mod own_database;
mod split;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use self::apply::apply;
pub(super) use self::split::makes_routine;
pub use self::split::{Statement, split};
use crate::error::{Error, Result};
use crate::file_name::is_sql;
use crate::finding::Location;
use crate::masked::secrets;

/// One or more SQL files, in the order in which they are applied.
#[derive(Debug, Clone)]
pub struct Script {
    /// The files.
    pub files: Vec<File>,
}

/// A file of SQL.
#[derive(Debug, Clone)]
pub struct File {
    /// As named on the command line, or below the named folder.
    pub name: Arc<str>,
    /// All of it.
    pub text: String,
    /// The statements in it.
    pub statements: Vec<Statement>,
}

impl Script {
    /// Reads a file, or the `*.sql` files of a folder (not of folders in it) in the order of their
    /// names.
    ///
    /// # Errors
    /// Bad input where there is nothing to read, or it is not SQL in UTF-8 that can be split into
    /// statements.
    pub fn read(path: &Path) -> Result<Self> {
        let cannot = |error: std::io::Error| {
            let missing = error.kind() == std::io::ErrorKind::NotFound;
            let error = Error::input(format!("cannot read `{}`", path.display())).because(error);
            if missing { error.help("name an SQL file, or a folder of *.sql files") } else { error }
        };
        let paths = if fs::metadata(path).map_err(cannot)?.is_dir() {
            folder(path).map_err(cannot)?
        } else {
            vec![path.to_owned()]
        };
        if paths.is_empty() {
            return Err(Error::input(format!("no *.sql file in the folder `{}`", path.display()))
                .help(
                    "name the folder that holds the files themselves: folders in it are not read",
                ));
        }
        let files = paths.iter().map(|path| File::read(path)).collect::<Result<_>>()?;
        Ok(Self { files })
    }
}

fn folder(path: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(path)? {
        let path = entry?.path();
        if is_sql(&path) && path.is_file() {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

impl File {
    /// Reads a file.
    ///
    /// # Errors
    /// Those of [`Script::read`].
    pub fn read(path: &Path) -> Result<Self> {
        Self::read_with(path, |_, text| Ok(text.to_owned()))
    }

    /// Reads the part of a file that `part` makes of its name and text.
    ///
    /// # Errors
    /// Those of [`Script::read`], and those of `part`.
    pub fn read_with(path: &Path, part: impl FnOnce(&str, &str) -> Result<String>) -> Result<Self> {
        let name = path.display().to_string();
        let bytes = fs::read(path)
            .map_err(|error| Error::input(format!("cannot read `{name}`")).because(error))?;
        Self::parse(&name, part(&name, &decode(&name, bytes)?)?)
    }

    /// Takes `text` apart; `name` is what errors call it.
    ///
    /// # Errors
    /// Bad input where it does not end or needs psql.
    pub fn parse(name: &str, text: String) -> Result<Self> {
        let statements = split(&text).map_err(|unsplit| {
            Error::input(unsplit.message)
                .at(Location::of_byte(name, &text, unsplit.at), line_at(&text, unsplit.at))
                .help(unsplit.help)
        })?;
        Ok(Self { name: name.into(), text, statements })
    }

    /// The place of the byte `at`.
    fn place(&self, at: usize) -> Location {
        Location::of_byte(&*self.name, &self.text, at)
    }

    /// `error`, pointing at the byte `at`.
    fn blame(&self, at: usize, error: Error) -> Error {
        error.at(self.place(at), line_at(&self.text, at))
    }
}

/// Text from bytes; `name` is what errors call it.
pub(super) fn decode(name: &str, bytes: Vec<u8>) -> Result<String> {
    if bytes.starts_with(b"PGDMP") {
        return Err(Error::input(format!("`{name}` is an archive of pg_dump, not SQL"))
            .help("make SQL of it: `pg_restore --schema-only -f schema.sql ARCHIVE`"));
    }
    String::from_utf8(bytes).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        let before = String::from_utf8_lossy(error.as_bytes().get(..good).unwrap_or_default());
        Error::input(format!("`{name}` is not UTF-8"))
            .at(Location::of_byte(name, &before, good), None)
            .help("convert it to UTF-8")
    })
}

/// The line of the byte `at`, unless there is a password in it.
pub(super) fn line_at(text: &str, at: usize) -> Option<&str> {
    let at = if text.is_char_boundary(at) { at } else { text.len() };
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    text[start..].lines().next().filter(|line| secrets(line).is_empty())
}
