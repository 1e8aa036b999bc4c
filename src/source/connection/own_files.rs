//! Where the files of the user that runs this are.

use std::path::PathBuf;

use super::settings::Environment;

/// The folder that they are in.
pub(super) fn home(environment: Environment<'_>) -> Option<PathBuf> {
    let named = environment("HOME").filter(|home| !home.is_empty());
    named.map(PathBuf::from).or_else(std::env::home_dir)
}

/// A file that libpq looks for in `~/.postgresql`, where it is there. One that cannot be looked at is not passed over.
pub(super) fn usual(name: &str, environment: Environment<'_>) -> Option<PathBuf> {
    let file = home(environment)?.join(".postgresql").join(name);
    file.try_exists().unwrap_or(true).then_some(file)
}
