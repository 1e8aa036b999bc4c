//! Files in PEM.

use std::path::Path;

use rustls::pki_types::pem::PemObject;

use crate::error::{Error, Result};

/// All of one kind in a file.
///
/// # Errors
/// Bad input where it cannot be read, or is no PEM: `what` it should hold, and `help`.
pub(super) fn read<T: PemObject>(what: &str, path: &Path, help: &str) -> Result<Vec<T>> {
    let found = T::pem_file_iter(path).and_then(Iterator::collect);
    found.map_err(|error| cannot_read(what, path).because(error).help(help))
}

/// That it cannot be read; the cause and what to do are still to be said.
pub(super) fn cannot_read(what: &str, path: &Path) -> Error {
    Error::input(format!("cannot read the {what} in `{}`", path.display()))
}
