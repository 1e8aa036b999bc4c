//! Passwords by server, database and user, as libpq's password file has them.
//! <https://www.postgresql.org/docs/current/libpq-pgpass.html>

use std::io::ErrorKind;
use std::path::PathBuf;

use super::host::{Host, SOCKETS};
use super::own_files::{home, is_open_to_others};
use super::settings::Environment;
use super::values::Values;
use crate::error::tell;

/// A password file. It is not to be shown.
#[derive(Clone)]
pub(super) struct PasswordFile {
    /// Its name.
    pub path: PathBuf,
    text: String,
}

impl PasswordFile {
    /// What `passfile` names, otherwise `~/.pgpass`. One that is not there is none; one that others may read is passed over,
    /// which is said.
    pub(super) fn of(values: &Values, environment: Environment<'_>) -> Option<Self> {
        let usual = || home(environment).map(|home| home.join(".pgpass"));
        let path = values.get("passfile").map(PathBuf::from).or_else(usual)?;
        let passed_over = |why: &dyn std::fmt::Display| {
            tell!("warning: the password file {} is passed over: {why}", path.display());
            None
        };
        match std::fs::metadata(&path) {
            Err(error)
                if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) =>
            {
                None
            }
            Err(error) => passed_over(&error),
            Ok(found) if !found.is_file() => passed_over(&"it is no plain file"),
            Ok(found) if is_open_to_others(&found, false) => {
                passed_over(&"others may read it, which chmod 0600 takes from them")
            }
            Ok(_) => match std::fs::read(&path) {
                Ok(bytes) => {
                    Some(Self { text: String::from_utf8_lossy(&bytes).into_owned(), path })
                }
                Err(error) => passed_over(&error),
            },
        }
    }

    /// The password of its first line, `host:port:database:user:password`, that is for this.
    pub(super) fn password(&self, host: &Host, database: &str, user: &str) -> Option<String> {
        let port = host.port.to_string();
        // Connections to the socket where packages put it are called so, too.
        let is_usual = SOCKETS.first() == Some(&host.name.as_str());
        let behind_host = |line| {
            let usual = || behind(line, "localhost").filter(|_| is_usual);
            behind(line, &host.name).or_else(usual)
        };
        let lines = self.text.lines().filter(|line| !line.starts_with('#'));
        let mut passwords = lines.filter_map(|line| {
            let rest = behind_host(line.trim_end_matches('\r'))?;
            [&port, database, user].into_iter().try_fold(rest, behind)
        });
        passwords.next().map(unescaped).filter(|password| !password.is_empty())
    }
}

/// What is behind a field of a line and its colon, if the field is this, or `*`. A backslash may stand before any character.
fn behind<'l>(line: &'l str, field: &str) -> Option<&'l str> {
    if let Some(rest) = line.strip_prefix("*:") {
        return Some(rest);
    }
    let mut line = line.chars();
    for wanted in field.chars() {
        let next = line.next()?;
        if wanted != if next == '\\' { line.next()? } else { next } {
            return None;
        }
    }
    line.as_str().strip_prefix(':')
}

/// A password, which ends at a colon.
fn unescaped(text: &str) -> String {
    let mut password = String::new();
    let mut characters = text.chars();
    while let Some(next) = characters.next().filter(|next| *next != ':') {
        password.push(if next == '\\' { characters.next().unwrap_or(next) } else { next });
    }
    password
}

#[cfg(test)]
mod tests {
    use super::*;

    fn host(name: &str) -> Host {
        Host { name: name.to_owned(), address: None, port: 5432 }
    }

    #[test]
    fn the_first_line_that_fits_is_taken() {
        let text = "# a:5432:d:u:comment\nno line\na:5433:*:u:port\na:*:d:u:first\na:5432:d:u:second\n\
                    *:*:d\\:e:u\\\\v:p\\:q\\\\r\\\nlocalhost:5432:*:*:socket:x\n\\*:5432:d:star:literal\r\r\n\
                    ::1:5432:*:*:six\n/tmp:*:*:*:folder\nb:*:*:*:\n*:*:*:last:any\r";
        let file = PasswordFile { path: PathBuf::new(), text: text.to_owned() };
        let found =
            |name: &str, database: &str, user: &str| file.password(&host(name), database, user);
        assert_eq!(found("a", "d", "u").as_deref(), Some("first"));
        assert_eq!(found("a", "other", "u"), None);
        assert_eq!(found("x", "d:e", r"u\v").as_deref(), Some(r"p:q\r\"));
        assert_eq!(found("/var/run/postgresql", "d", "me").as_deref(), Some("socket"));
        assert_eq!(found("/run/other", "d", "me"), None);
        assert_eq!(found("*", "d", "star").as_deref(), Some("literal"));
        assert_eq!(found("a", "d", "star"), None);
        assert_eq!(found("::1", "d", "me").as_deref(), Some("six"));
        assert_eq!(found("/tmp", "d", "me").as_deref(), Some("folder"));
        assert_eq!(found("b", "d", "last"), None, "an empty password is none, and the line fits");
        assert_eq!(found("c", "d", "last").as_deref(), Some("any"));
    }

    #[cfg(unix)]
    #[test]
    fn one_that_others_may_read_is_passed_over() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(".pgpass");
        let of = |environment: Environment<'_>| PasswordFile::of(&Values::new(), environment);
        let home = folder.path().to_string_lossy().into_owned();
        let environment = |name: &str| (name == "HOME").then(|| home.clone());
        assert!(of(&environment).is_none(), "it is not there");
        std::fs::write(&path, "*:*:*:*:secret").expect("written");
        for (mode, is_taken) in [(0o600, true), (0o640, false), (0o604, false), (0o400, true)] {
            let permissions = std::fs::Permissions::from_mode(mode);
            std::fs::set_permissions(&path, permissions).expect("changed");
            assert_eq!(of(&environment).is_some(), is_taken, "{mode:o}");
        }
        std::fs::remove_file(&path).expect("removed");
        std::fs::create_dir(&path).expect("made");
        assert!(of(&environment).is_none(), "it is a folder");
    }
}
