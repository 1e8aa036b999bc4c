//! The directory of one throw-away server, owned by the user that the server runs as.

use std::fs::{self, File, TryLockError};
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use tempfile::TempDir;

use crate::error::{Error, Result};
use crate::source::os::{self, User};

const PREFIX: &str = "schemavet-pg-";
/// The socket's whole path must fit into the system's 104 or 108 bytes.
const LONGEST: usize = 80;
/// In bytes; an empty server takes 30 million.
const ROOMY: u64 = 1 << 30;
/// Nobody needs longer than this between making a directory and locking it.
const SETTLED: Duration = Duration::from_secs(60);

/// Removed when dropped.
#[derive(Debug)]
pub(super) struct Directory {
    path: TempDir,
    /// Locked while we live, so that others know a directory that was left behind.
    _lock: File,
    /// Whom the server runs as, where not as ourselves.
    user: Option<User>,
}

impl Directory {
    /// Makes one where the server's user can go.
    pub(super) fn create() -> Result<Self> {
        let user = if os::is_root() { Some(unprivileged()?) } else { None };
        let mut failed = None;
        let disks = [std::env::temp_dir(), PathBuf::from("/tmp"), PathBuf::from("/var/tmp")];
        for base in memory().into_iter().chain(disks) {
            let short = base.as_os_str().len() + PREFIX.len() + 6 <= LONGEST;
            if !short || !user.as_ref().is_none_or(|user| may_enter(&base, user)) {
                continue;
            }
            sweep(&base, user.as_ref());
            match Self::create_in(&base, user.clone()) {
                Ok(directory) => return Ok(directory),
                Err(error) => failed = Some(error),
            }
        }
        let error = Error::unavailable("no temporary directory for a throw-away server")
            .help("set TMPDIR to a writable directory with a short path that every user may enter");
        Err(match failed {
            Some(cause) => error.because(cause),
            None => error,
        })
    }

    fn create_in(base: &Path, user: Option<User>) -> std::io::Result<Self> {
        let path = tempfile::Builder::new().prefix(PREFIX).tempdir_in(base)?;
        let lock = File::create(path.path().join("lock"))?;
        lock.lock()?;
        let directory = Self { path, _lock: lock, user };
        directory.own(directory.path())?;
        Ok(directory)
    }

    pub(super) fn path(&self) -> &Path {
        self.path.path()
    }

    pub(super) fn data(&self) -> PathBuf {
        self.path().join("data")
    }

    pub(super) fn log(&self) -> PathBuf {
        self.path().join("log")
    }

    /// Gives a file to the server's user.
    pub(super) fn own(&self, path: &Path) -> std::io::Result<()> {
        self.user.as_ref().map_or(Ok(()), |user| chown(path, Some(user.uid), Some(user.gid)))
    }

    /// A program that runs here, as the server's user, untouched by the caller's `PG*` variables.
    pub(super) fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command.current_dir(self.path());
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("PG") {
                command.env_remove(name);
            }
        }
        // Without a locale, PostgreSQL on macOS becomes multi-threaded and refuses to start; with a
        // time zone, initdb does not try all of them.
        command.env("LC_ALL", "C").env("TZ", "UTC");
        if let Some(user) = &self.user {
            // This gives up the supplementary groups, too.
            command.uid(user.uid).gid(user.gid);
        }
        command
    }
}

/// Linux's directory in memory, where the copy of a template takes no disk: unless the user chose a
/// place, and only if it is roomy, which it is not in most containers.
fn memory() -> Option<PathBuf> {
    let path = Path::new("/dev/shm");
    let chosen = std::env::var_os("TMPDIR").is_some();
    if chosen || !cfg!(target_os = "linux") {
        return None;
    }
    let room = rustix::fs::statvfs(path).ok()?;
    (room.f_bavail.saturating_mul(room.f_frsize) >= ROOMY).then(|| path.to_owned())
}

/// PostgreSQL refuses to run as root.
fn unprivileged() -> Result<User> {
    User::named("postgres").or_else(|| User::named("nobody")).ok_or_else(|| {
        Error::unavailable("PostgreSQL does not run as root, and there is no user to run it as")
            .help("create a user `postgres`, or run schemavet as another user")
    })
}

/// Whether `user` may pass through to `directory`: neither groups nor access lists are asked.
fn may_enter(directory: &Path, user: &User) -> bool {
    let Ok(directory) = fs::canonicalize(directory) else {
        return false;
    };
    directory.ancestors().all(|step| {
        fs::metadata(step).is_ok_and(|step| {
            let mode = step.permissions().mode();
            mode & 0o001 != 0 || (step.uid() == user.uid && mode & 0o100 != 0)
        })
    })
}

/// Removes what runs left behind that died together with their watchdogs. What cannot be removed stays:
/// it is not ours to complain about.
fn sweep(base: &Path, user: Option<&User>) {
    for entry in fs::read_dir(base).into_iter().flatten().flatten() {
        let ours = entry.file_name().to_string_lossy().starts_with(PREFIX);
        if ours && is_stale(&entry.path(), user) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

fn is_stale(path: &Path, user: Option<&User>) -> bool {
    let Ok(found) = fs::symlink_metadata(path) else {
        return false;
    };
    let settled =
        found.modified().ok().and_then(|at| at.elapsed().ok()).is_some_and(|age| age > SETTLED);
    let foreign = user.is_some_and(|user| found.uid() != user.uid && found.uid() != 0);
    if !found.is_dir() || !settled || foreign {
        return false;
    }
    match File::open(path.join("lock")) {
        Ok(lock) => !matches!(lock.try_lock(), Err(TryLockError::WouldBlock)),
        Err(error) => error.kind() == std::io::ErrorKind::NotFound,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_nobody_holds_is_stale() {
        let base = tempfile::tempdir().expect("directory");
        let held = Directory::create_in(base.path(), None).expect("directory");
        let left = base.path().join(format!("{PREFIX}left"));
        fs::create_dir(&left).expect("directory");
        File::create(left.join("lock")).expect("file");
        assert!(!is_stale(&left, None), "too young");
        let old = std::time::SystemTime::now() - 2 * SETTLED;
        for path in [held.path(), &left] {
            File::open(path).and_then(|file| file.set_modified(old)).expect("time");
        }
        sweep(base.path(), None);
        assert!(held.path().exists());
        assert!(!left.exists());
    }
}
