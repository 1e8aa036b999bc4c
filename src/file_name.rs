//! What the name of a file tells: what it is, by its end in any case, and where.

use std::fs;
use std::path::{Path, PathBuf};

/// Whether it is SQL.
pub(crate) fn is_sql(path: &Path) -> bool {
    ends_in(path, "sql")
}

/// Whether it is SQL by another end than the usual one.
pub(crate) fn is_sql_otherwise(path: &Path) -> bool {
    ["pgsql", "psql", "plpgsql", "ddl", "pg"].iter().any(|end| ends_in(path, end))
}

/// Whether it is YAML.
pub(crate) fn is_yaml(path: &Path) -> bool {
    ends_in(path, "yaml") || ends_in(path, "yml")
}

/// The whole name from the root on, without links, where there is such a file.
pub(crate) fn in_full(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

fn ends_in(path: &Path, end: &str) -> bool {
    path.extension().is_some_and(|own| own.eq_ignore_ascii_case(end))
}
