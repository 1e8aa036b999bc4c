//! Where PostgreSQL's own programs are on this machine.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::error::{Error, Result};
use crate::source::connection::version;

/// A directory with `initdb` and `postgres`.
#[derive(Debug, Clone)]
pub(super) struct Binaries {
    pub(super) path: PathBuf,
    /// What `postgres --version` prints.
    pub(super) version: String,
    /// The same as `server_version_num`.
    pub(super) number: u32,
}

/// The variable that names the directory, before all others.
const VARIABLE: &str = "SCHEMAVET_PG_BIN";

impl Binaries {
    /// Those on the PATH, else those that `pg_config` names, else the newest that are installed.
    pub(super) fn find() -> Result<Self> {
        if let Some(path) = env::var_os(VARIABLE).filter(|path| !path.is_empty()) {
            let path = PathBuf::from(path);
            return Self::at(&path).ok_or_else(|| {
                let name = path.display();
                Error::input(format!("no working `initdb` and `postgres` in {VARIABLE}={name}"))
                    .help("name the directory that holds both, such as /usr/lib/postgresql/17/bin")
            });
        }
        let mut paths = on_path().into_iter().chain(pg_config()).chain(installed());
        paths.find_map(|path| Self::at(&path)).ok_or_else(|| {
            Error::unavailable("no PostgreSQL server programs (initdb, postgres) found").help(
                "install the server, it need not run: `apt install postgresql` (Debian, Ubuntu), \
                 `dnf install postgresql-server postgresql-contrib` (Fedora), `brew install \
                 postgresql` (macOS), `apk add postgresql postgresql-contrib` (Alpine); or name the \
                 directory of its programs in SCHEMAVET_PG_BIN",
            )
        })
    }

    fn at(path: &Path) -> Option<Self> {
        if !path.join("initdb").is_file() {
            return None;
        }
        let output = Command::new(path.join("postgres")).arg("--version").output().ok()?;
        let version = String::from_utf8(output.stdout).ok()?.trim().to_owned();
        let number = version::parse(version.strip_prefix("postgres (PostgreSQL)")?.trim())?;
        Some(Self { path: path.to_owned(), version, number })
    }
}

fn on_path() -> Vec<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    // A link such as /usr/bin/initdb leads to the programs; PostgreSQL finds its files from there.
    let real =
        |path: PathBuf| fs::canonicalize(path.join("initdb")).ok()?.parent().map(Path::to_owned);
    env::split_paths(&path).filter_map(real).collect()
}

fn pg_config() -> Option<PathBuf> {
    let output = Command::new("pg_config").arg("--bindir").output().ok()?;
    Some(PathBuf::from(String::from_utf8(output.stdout).ok()?.trim()))
}

/// Where packages put them, newest first.
fn installed() -> Vec<PathBuf> {
    let patterns = [
        ("/usr/lib/postgresql", "", "bin"),
        ("/usr", "pgsql-", "bin"),
        ("/usr/lib", "postgresql", "bin"),
        ("/opt/homebrew/opt", "postgresql@", "bin"),
        ("/usr/local/opt", "postgresql@", "bin"),
        ("/home/linuxbrew/.linuxbrew/opt", "postgresql@", "bin"),
        ("/Applications/Postgres.app/Contents/Versions", "", "bin"),
        ("/usr/local", "pgsql", "bin"),
    ];
    let mut found: Vec<(u32, PathBuf)> = Vec::new();
    for (parent, prefix, below) in patterns {
        let entries = fs::read_dir(parent).into_iter().flatten().flatten();
        for entry in entries {
            let name = entry.file_name().to_string_lossy().into_owned();
            if let Some(version) = name.strip_prefix(prefix) {
                // "latest" and the bare "pgsql" come last.
                let major = version.split('.').next().and_then(|major| major.parse().ok());
                let path = entry.path().join(below);
                if path.is_dir() && path.join("initdb").is_file() {
                    found.push((major.unwrap_or(0), path));
                }
            }
        }
    }
    found.sort_by(|one, other| other.cmp(one));
    found.into_iter().map(|(_, path)| path).collect()
}
