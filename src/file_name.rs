//! What a file is, as the end of its name tells, in any case.

use std::path::Path;

/// Whether it is SQL.
pub(crate) fn is_sql(path: &Path) -> bool {
    ends_in(path, "sql")
}

/// Whether it is YAML.
pub(crate) fn is_yaml(path: &Path) -> bool {
    ends_in(path, "yaml") || ends_in(path, "yml")
}

fn ends_in(path: &Path, end: &str) -> bool {
    path.extension().is_some_and(|own| own.eq_ignore_ascii_case(end))
}
