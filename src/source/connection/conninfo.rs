//! The two ways to write a connection string, read as libpq reads them into keys and values. What the
//! keys mean is left to `settings`. No message repeats a part of the text: it may be the password.

use crate::error::{Error, Result};

/// Keys and values in the order of the text.
pub(super) type Pairs = Vec<(String, String)>;

/// Whether `text` is a `postgres://` URI, also in `SQLAlchemy`'s form `postgresql+driver://`.
pub(super) fn is_uri(text: &str) -> bool {
    after_scheme(text).is_some()
}

fn after_scheme(text: &str) -> Option<&str> {
    let (scheme, rest) = text.trim().split_once("://")?;
    let name = scheme.split_once('+').map_or(scheme, |(name, _driver)| name);
    matches!(name, "postgres" | "postgresql").then_some(rest)
}

/// Reads a URI or a `key=value` string.
pub(super) fn parse(text: &str) -> Result<Pairs> {
    match after_scheme(text) {
        Some(rest) => uri(rest),
        None => key_value(text),
    }
}

fn uri(rest: &str) -> Result<Pairs> {
    let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (authority, database) = place.split_once('/').unwrap_or((place, ""));
    let (login, hosts) = authority.rsplit_once('@').unwrap_or(("", authority));
    if !authority.contains('@') && database.contains('@') {
        return Err(unescaped("the connection URI has a `/` in its user name or password"));
    }
    let mut pairs = Pairs::new();
    let mut push = |key: &str, value: &str| -> Result<()> {
        if !value.is_empty() {
            pairs.push((key.to_owned(), decode(value)?));
        }
        Ok(())
    };
    let (user, password) = login.split_once(':').unwrap_or((login, ""));
    push("user", user)?;
    push("password", password)?;
    let (names, ports) = host_list(hosts)?;
    push("host", &names)?;
    push("port", &ports)?;
    push("dbname", database)?;
    for parameter in query.split('&').filter(|parameter| !parameter.is_empty()) {
        let (key, value) = parameter.split_once('=').ok_or_else(|| {
            unescaped("a parameter after the `?` of the connection URI has no value")
        })?;
        pairs.push((decode(key)?, decode(value)?));
    }
    Ok(pairs)
}

/// `a:1,[::1]:2,c` to `("a,::1,c", "1,2,")`.
fn host_list(hosts: &str) -> Result<(String, String)> {
    let mut names = Vec::new();
    let mut ports = Vec::new();
    for host in hosts.split(',') {
        let (name, port) = match host.strip_prefix('[') {
            Some(rest) => {
                let (name, after) = rest.split_once(']').ok_or_else(|| {
                    Error::input("an IPv6 address in the connection URI lacks its `]`")
                })?;
                (name, after.strip_prefix(':').unwrap_or(after))
            }
            None => host.split_once(':').unwrap_or((host, "")),
        };
        if !port.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(unescaped("the port in the connection URI is not a number"));
        }
        names.push(name);
        ports.push(port);
    }
    let said = |list: &[&str]| list.iter().any(|one| !one.is_empty());
    Ok((
        if said(&names) { names.join(",") } else { String::new() },
        if said(&ports) { ports.join(",") } else { String::new() },
    ))
}

fn unescaped(message: &str) -> Error {
    Error::input(message).help(
        "write special characters in user name and password as percent codes \
         (`@` is %40, `/` is %2F, `:` is %3A, `?` is %3F), or give the password in PGPASSWORD",
    )
}

fn decode(text: &str) -> Result<String> {
    let broken = || Error::input("the connection URI has a `%` that does not begin a percent code");
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let mut digit = || rest.next().and_then(|digit| char::from(digit).to_digit(16));
            let (high, low) = (digit().ok_or_else(broken)?, digit().ok_or_else(broken)?);
            bytes.push(u8::try_from(high * 16 + low).map_err(|_| broken())?);
        } else {
            bytes.push(byte);
        }
    }
    if bytes.contains(&0) {
        return Err(Error::input("the connection URI has the percent code %00"));
    }
    String::from_utf8(bytes).map_err(|_| Error::input("the connection URI is not UTF-8"))
}

/// `key = value` pairs; a value may stand in single quotes, and a backslash keeps what follows it.
fn key_value(text: &str) -> Result<Pairs> {
    let mut pairs = Pairs::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let (key, after) = rest
            .split_once('=')
            .ok_or_else(|| Error::input("the connection string has a key without `=`"))?;
        let key = key.trim_end();
        if key.contains(char::is_whitespace) {
            return Err(Error::input("the connection string has a key without `=`")
                .help("put values with spaces into single quotes"));
        }
        let after = after.trim_start();
        let quoted = after.strip_prefix('\'');
        let (value, left) = value(quoted.unwrap_or(after), quoted.is_some())?;
        pairs.push((key.to_owned(), value));
        rest = left.trim_start();
    }
    Ok(pairs)
}

fn value(text: &str, quoted: bool) -> Result<(String, &str)> {
    let mut value = String::new();
    let mut characters = text.char_indices();
    while let Some((at, c)) = characters.next() {
        match c {
            '\\' => value.extend(characters.next().map(|(_, kept)| kept)),
            '\'' if quoted => return Ok((value, &text[at + 1..])),
            c if c.is_whitespace() && !quoted => return Ok((value, &text[at..])),
            c => value.push(c),
        }
    }
    if quoted {
        return Err(Error::input("a quoted value in the connection string does not end"));
    }
    Ok((value, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        let pairs = parse(text).expect("parses");
        pairs.iter().map(|(key, value)| format!("{key}={value}")).collect()
    }

    #[test]
    fn a_uri_is_taken_apart() {
        assert_eq!(
            read("postgres://me:p%40ss@h:5433/app?sslmode=require&options=-c%20a%3Db"),
            [
                "user=me",
                "password=p@ss",
                "host=h",
                "port=5433",
                "dbname=app",
                "sslmode=require",
                "options=-c a=b"
            ]
        );
        assert_eq!(read("postgresql://a:1,[::1]:2,c/x"), ["host=a,::1,c", "port=1,2,", "dbname=x"]);
        assert_eq!(read("postgresql+psycopg2:///app?host=/run"), ["dbname=app", "host=/run"]);
        assert_eq!(read("postgres://u:p@ss@h"), ["user=u", "password=p@ss", "host=h"]);
        assert_eq!(read("postgres://%2Frun%2Fpg/x"), ["host=/run/pg", "dbname=x"]);
        assert!(read("postgres://").is_empty());
    }

    #[test]
    fn key_values_are_read_as_libpq_does() {
        assert_eq!(
            read(r"host = h  password='it\'s  s\\ecret' dbname=a\ b user=''"),
            ["host=h", r"password=it's  s\ecret", "dbname=a b", "user="]
        );
    }

    #[test]
    fn no_error_repeats_a_secret() {
        for text in [
            "postgres://u:secret/x@h/db",
            "postgres://u:secret?x@h/db",
            "postgres://u:%zzsecret@h/db",
            "postgres://u:secret",
            "password='secret",
            "host=h secret",
            "secret host=h",
        ] {
            let error = parse(text).expect_err(text);
            assert!(!error.report().to_string().contains("secret"), "{text}: {error}");
            assert_eq!(error.exit_code(), 2);
        }
    }
}
