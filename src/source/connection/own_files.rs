//! Where the files of the user that runs this are, and whether others may read one.

use std::fs::Metadata;
use std::path::PathBuf;

use super::settings::Environment;

/// The folder that they are in.
pub(super) fn home(environment: Environment<'_>) -> Option<PathBuf> {
    let named = environment("HOME").filter(|home| !home.is_empty());
    named.map(PathBuf::from).or_else(std::env::home_dir)
}

/// Whether anybody but the owner of a file may do anything with it. The group may read what is root's, as keys are to libpq.
#[cfg(unix)]
pub(super) fn is_open(found: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    let closed_to = if found.uid() == 0 { 0o037 } else { 0o077 };
    found.mode() & closed_to != 0
}

#[cfg(not(unix))]
pub(super) fn is_open(_found: &Metadata) -> bool {
    false
}
