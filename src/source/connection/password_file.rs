//! Passwords by server, database and user, as libpq's password file has them.
//! <https://www.postgresql.org/docs/current/libpq-pgpass.html>

use std::io::ErrorKind;
use std::path::PathBuf;

use super::own_files::{home, is_open};
use super::settings::{Environment, Host};
use super::values::{SOCKETS, Values};
use crate::error::tell;

/// A password file. It is not to be shown.
#[derive(Clone)]
pub(super) struct PasswordFile {
    /// Its name.
    pub path: PathBuf,
    lines: Vec<Line>,
}

#[derive(Clone)]
struct Line {
    /// Host, port, database and user; `None` is any.
    of: [Option<String>; 4],
    password: String,
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
            Ok(found) if is_open(&found) => {
                passed_over(&"others may read it, which chmod 0600 takes from them")
            }
            Ok(_) => match std::fs::read_to_string(&path) {
                Ok(text) => Some(Self { lines: text.lines().filter_map(line).collect(), path }),
                Err(error) => passed_over(&error),
            },
        }
    }

    /// The password of its first line that is for this.
    pub(super) fn password(&self, host: &Host, database: &str, user: &str) -> Option<&str> {
        let is_usual = SOCKETS.contains(&host.name.as_str());
        let name = if is_usual { "localhost" } else { &host.name };
        let port = host.port.to_string();
        let asked = [name, &port, database, user];
        let is_for = |line: &&Line| {
            line.of.iter().zip(asked).all(|(of, asked)| of.as_deref().is_none_or(|of| of == asked))
        };
        self.lines.iter().find(is_for).map(|line| line.password.as_str())
    }
}

/// `host:port:database:user:password`; `None` for a comment, and for what is none.
fn line(text: &str) -> Option<Line> {
    if text.starts_with('#') {
        return None;
    }
    let (host, rest) = field(text)?;
    let (port, rest) = field(rest)?;
    let (database, rest) = field(rest)?;
    let (user, rest) = field(rest)?;
    let password = until(rest, None).0;
    (!password.is_empty()).then_some(Line { of: [host, port, database, user], password })
}

/// What stands before the next colon, `None` for `*`, and what behind it.
fn field(text: &str) -> Option<(Option<String>, &str)> {
    if let Some(rest) = text.strip_prefix("*:") {
        return Some((None, rest));
    }
    let (field, rest) = until(text, Some(':'));
    Some((Some(field), rest?))
}

/// What stands before `end`, or all, and what behind that. A backslash takes from the next character what it means.
fn until(text: &str, end: Option<char>) -> (String, Option<&str>) {
    let mut found = String::new();
    let mut characters = text.chars();
    while let Some(next) = characters.next() {
        match next {
            next if Some(next) == end => return (found, Some(characters.as_str())),
            '\\' => found.extend(characters.next()),
            next => found.push(next),
        }
    }
    (found, None)
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
                    *:*:d\\:e:u\\\\v:p\\:q\\\\r:s\nlocalhost:5432:*:*:socket\n\\*:5432:d:star:literal\r\nb:*:*:*:\n*:*:*:last:any";
        let file =
            PasswordFile { path: PathBuf::new(), lines: text.lines().filter_map(line).collect() };
        let found = |name: &str, database: &str, user: &str| {
            file.password(&host(name), database, user).map(str::to_owned)
        };
        assert_eq!(found("a", "d", "u").as_deref(), Some("first"));
        assert_eq!(found("a", "other", "u"), None);
        assert_eq!(found("x", "d:e", r"u\v").as_deref(), Some(r"p:q\r:s"));
        assert_eq!(found("/var/run/postgresql", "d", "me").as_deref(), Some("socket"));
        assert_eq!(found("/run/other", "d", "me"), None);
        assert_eq!(found("*", "d", "star").as_deref(), Some("literal"));
        assert_eq!(found("a", "d", "star"), None);
        assert_eq!(found("b", "d", "last").as_deref(), Some("any"), "an empty password is none");
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
        for (mode, is_taken) in [(0o600, true), (0o660, false), (0o604, false), (0o400, true)] {
            let permissions = std::fs::Permissions::from_mode(mode);
            std::fs::set_permissions(&path, permissions).expect("changed");
            assert_eq!(of(&environment).is_some(), is_taken, "{mode:o}");
        }
        std::fs::remove_file(&path).expect("removed");
        std::fs::create_dir(&path).expect("made");
        assert!(of(&environment).is_none(), "it is a folder");
    }
}
