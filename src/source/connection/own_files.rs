//! Where the files of the user that runs this are, and whether others may read one.

use std::fs::Metadata;
use std::path::PathBuf;

use super::settings::Environment;

/// The folder that they are in.
pub(super) fn home(environment: Environment<'_>) -> Option<PathBuf> {
    let named = environment("HOME").filter(|home| !home.is_empty());
    named.map(PathBuf::from).or_else(std::env::home_dir)
}

/// Where libpq looks for a file of this name.
pub(super) fn place(name: &str, environment: Environment<'_>) -> Option<PathBuf> {
    Some(home(environment)?.join(".postgresql").join(name))
}

/// The same where the file is there. One that cannot be looked at is not passed over.
pub(super) fn usual(name: &str, environment: Environment<'_>) -> Option<PathBuf> {
    place(name, environment).filter(|file| file.try_exists().unwrap_or(true))
}

/// Whether anybody but the owner of a file may do anything with it; of root's own, the group may be let read.
#[cfg(unix)]
pub(super) fn is_open_to_others(found: &Metadata, group_may_read_roots: bool) -> bool {
    use std::os::unix::fs::MetadataExt;
    let closed_to = if group_may_read_roots && found.uid() == 0 { 0o037 } else { 0o077 };
    found.mode() & closed_to != 0
}

#[cfg(not(unix))]
pub(super) fn is_open_to_others(_found: &Metadata, _group_may_read_roots: bool) -> bool {
    false
}
