//! Writing files, each as a whole or not at all.

use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::error::{Error, Result};

/// Writes the files: none before all of them are on the disk.
///
/// # Errors
/// A file cannot be written: bad input where its name says so.
pub(super) fn write<'a>(files: impl IntoIterator<Item = (&'a Path, &'a [u8])>) -> Result<()> {
    let mut ready = Vec::new();
    for (name, text) in files {
        ready.push((name, prepare(name, text).map_err(|error| cannot(name, &error))?));
    }
    for (name, file) in ready {
        match file {
            Ready::File(file, place) => file.persist(place).map_err(|error| error.error).map(drop),
            Ready::Stream(text) => std::fs::write(name, text),
        }
        .map_err(|error| cannot(name, &error))?;
    }
    Ok(())
}

/// What only has to be put in its place.
enum Ready<'a> {
    File(NamedTempFile, PathBuf),
    /// For a terminal, a pipe or the like.
    Stream(&'a [u8]),
}

fn prepare<'a>(name: &Path, text: &'a [u8]) -> std::io::Result<Ready<'a>> {
    let there = std::fs::metadata(name);
    if there.as_ref().is_ok_and(|there| !there.is_file() && !there.is_dir()) {
        return Ok(Ready::Stream(text));
    }
    // A link stays one: what it points at is written, even where that is not there yet.
    let place = match std::fs::read_link(name) {
        _ if there.is_ok() => std::fs::canonicalize(name)?,
        Ok(target) => name.parent().unwrap_or(Path::new("")).join(target),
        Err(_) => name.to_owned(),
    };
    let folder = place.parent().filter(|folder| !folder.as_os_str().is_empty());
    let mut file = new_file().tempfile_in(folder.unwrap_or_else(|| Path::new(".")))?;
    file.write_all(text)?;
    if let Ok(there) = there {
        file.as_file().set_permissions(there.permissions())?;
    }
    file.as_file().sync_all()?;
    Ok(Ready::File(file, place))
}

/// A file that others may read as far as any new one.
fn new_file() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder
}

fn cannot(name: &Path, error: &std::io::Error) -> Error {
    let said = format!("cannot write {}: {error}", name.display());
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::WriteZero => {
            Error::unavailable(said)
        }
        _ => Error::input(said),
    }
}
