//! Service files, as libpq reads them: `service=NAME` or `PGSERVICE` names a section of `pg_service.conf`.

use std::path::PathBuf;

use super::conninfo::Pairs;
use super::own_files::home;
use super::settings::Environment;
use crate::error::{Error, Result};
use crate::finding::Location;

/// What the service files say of `service`.
pub(super) fn read(service: &str, environment: Environment<'_>) -> Result<Pairs> {
    let variable = |name| environment(name).filter(|value| !value.is_empty());
    let own = variable("PGSERVICEFILE")
        .map(PathBuf::from)
        .or_else(|| home(environment).map(|home| home.join(".pg_service.conf")));
    // Where libpq looks by default is compiled in; these are what packages compile in.
    let system = match variable("PGSYSCONFDIR") {
        Some(folder) => vec![PathBuf::from(folder)],
        None => {
            ["/etc/postgresql-common", "/etc/sysconfig/pgsql", "/etc"].map(PathBuf::from).into()
        }
    };
    let files =
        own.into_iter().chain(system.into_iter().map(|folder| folder.join("pg_service.conf")));
    let mut looked = Vec::new();
    for path in files {
        let name = path.display().to_string();
        match std::fs::read_to_string(&path) {
            Ok(text) => {
                if let Some(pairs) = section(&name, &text, service)? {
                    return Ok(pairs);
                }
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => {
                return Err(
                    Error::input(format!("cannot read the service file {name}")).because(error)
                );
            }
        }
        looked.push(name);
    }
    Err(Error::input(format!("there is no service `{service}`"))
        .help(format!("define it in a service file; these were looked for: {}", looked.join(", "))))
}

/// The pairs of a section, `None` where the file has none of that name. No message repeats a value.
fn section(file: &str, text: &str, service: &str) -> Result<Option<Pairs>> {
    let mut found: Option<Pairs> = None;
    for (index, line) in text.lines().enumerate() {
        let line = line.trim();
        let wrong = |message: String, help: &str| {
            let place = Location { file: file.into(), line: index + 1, column: 1 };
            Err(Error::input(message).at(place, None).help(help))
        };
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(name) = line.strip_prefix('[') {
            if found.is_some() {
                break;
            }
            found = (name.strip_suffix(']') == Some(service)).then(Vec::new);
            continue;
        }
        let Some(pairs) = &mut found else { continue };
        if line.starts_with("ldap") {
            return wrong(
                format!("the service `{service}` is looked up by LDAP, which is not supported"),
                "write host, port and dbname into the service file",
            );
        }
        match line.split_once('=') {
            Some(("service", _)) => {
                return wrong(
                    format!("the service `{service}` names a service"),
                    "write host, port and dbname into the service file",
                );
            }
            Some((key, value)) => pairs.push((key.to_owned(), value.to_owned())),
            None => {
                return wrong(
                    format!("a line of the service `{service}` is no key=value"),
                    "write key=value without blanks, one in each line",
                );
            }
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_is_read_to_its_end() {
        let text = "# c\n[a]\nhost=x\n\n[b]\nhost=y\npassword=p=q \n[c]\nnonsense\n";
        let pairs = section("f", text, "b").expect("reads").expect("found");
        assert_eq!(pairs, [("host".into(), "y".into()), ("password".into(), "p=q".to_owned())]);
        assert!(section("f", text, "d").expect("reads").is_none());
        let said = section("f", text, "c").expect_err("nonsense").report().to_string();
        assert!(said.contains("f:9:1") && !said.contains("nonsense\n"), "{said}");
    }

    #[test]
    fn a_section_leads_nowhere_else() {
        for (line, said) in [
            ("ldap://ldap.example.com/dc=example?secret", "LDAP, which is not supported"),
            ("service=secret", "names a service"),
        ] {
            let error = section("f", &format!("[a]\n{line}\n"), "a").expect_err(line);
            let story = error.report().to_string();
            assert!(story.contains(said) && story.contains("f:2:1"), "{story}");
            assert!(!story.contains("secret"), "{story}");
        }
    }

    #[test]
    fn a_file_that_cannot_be_read_is_not_passed_over() {
        let folder = tempfile::tempdir().expect("a folder");
        let folder = folder.path().to_string_lossy().into_owned();
        let file = |name: &str| (name == "PGSERVICEFILE").then(|| folder.clone());
        let said = read("app", &file).expect_err("a folder is no file").report().to_string();
        assert!(said.contains(&format!("cannot read the service file {folder}")), "{said}");
    }

    #[test]
    fn the_variables_name_the_files() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("pg_service.conf");
        std::fs::write(&file, "[app]\nhost=h\ndbname=d\n").expect("written");
        let folder = folder.path().to_string_lossy().into_owned();
        let read = |service: &str| {
            read(service, &|name| match name {
                "PGSERVICEFILE" => Some("/nowhere/services".to_owned()),
                "PGSYSCONFDIR" => Some(folder.clone()),
                _ => None,
            })
        };
        assert_eq!(read("app").expect("found").len(), 2);
        let error = read("other").expect_err("none");
        assert!(error.help.is_some_and(|help| help.contains("/nowhere/services")));
    }
}
