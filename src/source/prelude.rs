//! What is applied before a source: what a platform brings that its migrations stand on.

use std::fmt;
use std::path::{Path, PathBuf};

use super::script::{File, Script};
use crate::error::{Error, Result};

/// SQL that is applied before a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Prelude {
    /// What a new project at Supabase has, as far as migrations stand on it.
    Supabase,
    /// A file, or a folder of files in the order of their names.
    File(PathBuf),
}

const SUPABASE: &str = include_str!("prelude/supabase.sql");

impl Prelude {
    /// Understands the name of a prelude that is built in, or a path.
    ///
    /// # Errors
    /// Bad input: it is neither.
    pub fn parse(text: &str) -> Result<Self> {
        match text {
            "supabase" => Ok(Self::Supabase),
            path if Path::new(path).exists() => Ok(Self::File(PathBuf::from(path))),
            _ => Err(Error::input(format!("there is no prelude `{text}`"))
                .help("name an SQL file, or `supabase`, which is built in")),
        }
    }

    /// What is applied.
    ///
    /// # Errors
    /// Bad input: the file cannot be read.
    pub fn script(&self) -> Result<Script> {
        match self {
            Self::Supabase => {
                Ok(Script { files: vec![File::parse("prelude:supabase", SUPABASE.to_owned())?] })
            }
            Self::File(path) => Script::read(path),
        }
    }
}

impl fmt::Display for Prelude {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Supabase => f.write_str("supabase"),
            Self::File(path) => path.display().fmt(f),
        }
    }
}
