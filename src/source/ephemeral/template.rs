//! The initialized data directory, made once per PostgreSQL and user, and copied for each use. A cache
//! that cannot be read or written costs time, never the run.

use std::env;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use super::binaries::Binaries;
use super::directory::Directory;
use crate::error::{Error, Result};

/// Small WAL segments: a third less to copy.
const INITDB: &[&str] = &[
    "--username=postgres",
    "--auth=trust",
    "--encoding=UTF8",
    "--locale=C",
    "--no-sync",
    "--wal-segsize=1",
];

/// How the names of what is not a template yet, or no longer, begin.
const BUILDING: &str = ".building-";
/// A build takes less than a second.
const ABANDONED: Duration = Duration::from_secs(600);

/// Fills the data directory; true if it was copied from the cache.
pub(super) fn prepare(binaries: &Binaries, directory: &Directory) -> Result<bool> {
    let cached = cache().map(|cache| cache.join(key(binaries)));
    let data = directory.data();
    if let Some(template) = cached.as_deref().filter(|template| is_whole(template, binaries)) {
        if copy(template, &data, &|path| directory.own(path)).is_ok() {
            return Ok(true);
        }
        // Another process may have discarded it meanwhile.
        let _ = fs::remove_dir_all(&data);
    }
    initialize(binaries, directory)?;
    // What is there and not whole would stand in the way of the rename.
    if cached.as_deref().is_some_and(|template| template.exists() && !is_whole(template, binaries))
    {
        discard(binaries);
    }
    if let Some(template) = cached {
        let _ = keep(&data, &template);
    }
    Ok(false)
}

/// Forgets the template.
pub(super) fn discard(binaries: &Binaries) {
    let Some(cache) = cache() else { return };
    // Moved away first: a process that is copying it fails, instead of copying what is left.
    if let Ok(away) = tempfile::Builder::new().prefix(BUILDING).tempdir_in(&cache) {
        let _ = fs::rename(cache.join(key(binaries)), away.path().join("data"));
    }
}

fn initialize(binaries: &Binaries, directory: &Directory) -> Result<()> {
    let output = directory
        .command(binaries.path.join("initdb"))
        .args(INITDB)
        .arg("--pgdata")
        .arg(directory.data())
        .stdin(Stdio::null())
        .output();
    let failed = || Error::unavailable(format!("cannot initialize {}", binaries.version));
    let output = output.map_err(|error| {
        failed().because(error).help(format!(
            "check that the user who runs the server may execute the programs in {}",
            binaries.path.display()
        ))
    })?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    Err(failed().because(said).help("see what initdb said"))
}

/// A template is renamed into its place as a whole, so the place says that it is whole; the version
/// file is asked for the sake of a cache that someone tidied.
fn is_whole(template: &Path, binaries: &Binaries) -> bool {
    fs::read_to_string(template.join("PG_VERSION"))
        .is_ok_and(|major| major.trim() == (binaries.number / 10_000).to_string())
        && template.join("global/pg_control").is_file()
}

/// Copies fresh `data` beside the cache and renames it into place: another process sees all or nothing.
fn keep(data: &Path, template: &Path) -> io::Result<()> {
    let cache = template.parent().ok_or(io::ErrorKind::NotFound)?;
    sweep(cache);
    let building = tempfile::Builder::new().prefix(BUILDING).tempdir_in(cache)?;
    let built = building.path().join("data");
    copy(data, &built, &|_| Ok(()))?;
    // Fails where another process was first; then that one serves.
    fs::rename(built, template)
}

/// Removes what runs left behind that were killed while they built a template.
fn sweep(cache: &Path) {
    for entry in fs::read_dir(cache).into_iter().flatten().flatten() {
        let building = entry.file_name().to_string_lossy().starts_with(BUILDING);
        let modified = entry.metadata().and_then(|found| found.modified()).ok();
        let age = modified.and_then(|at| at.elapsed().ok());
        if building && age.is_some_and(|age| age > ABANDONED) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// Copies a tree of files and directories. Where the file system can, the blocks are shared.
fn copy(from: &Path, to: &Path, own: &dyn Fn(&Path) -> io::Result<()>) -> io::Result<()> {
    fs::DirBuilder::new().mode(0o700).create(to)?;
    own(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target, own)?;
        } else {
            fs::copy(entry.path(), &target)?;
            own(&target)?;
        }
    }
    Ok(())
}

fn key(binaries: &Binaries) -> String {
    let mut hasher = DefaultHasher::new();
    let user = rustix::process::geteuid().as_raw();
    (&binaries.path, &binaries.version, INITDB, user).hash(&mut hasher);
    format!("postgresql-{}-{:016x}", binaries.number, hasher.finish())
}

/// The first directory for caches that exists or can be made and that no other user can write to: what
/// lies there becomes a server's configuration.
fn cache() -> Option<PathBuf> {
    let variable = |name| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let user = rustix::process::geteuid().as_raw();
    let places = [
        variable("SCHEMAVET_CACHE_DIR"),
        variable("XDG_CACHE_HOME").map(|caches| caches.join("schemavet")),
        env::home_dir().map(|home| home.join(".cache/schemavet")),
        Some(env::temp_dir().join(format!("schemavet-cache-{user}"))),
    ];
    places.into_iter().flatten().find(|place| {
        let made = fs::DirBuilder::new().recursive(true).mode(0o700).create(place);
        made.is_ok()
            && fs::symlink_metadata(place).is_ok_and(|found| {
                found.is_dir() && found.uid() == user && found.permissions().mode() & 0o022 == 0
            })
            && tempfile::tempfile_in(place).is_ok()
    })
}
