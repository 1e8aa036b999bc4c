//! Which PostgreSQL answers.

use crate::model::OLDEST;

/// The number that `server_version_num` would say, from the start-up parameter `server_version`;
/// otherwise what is wrong with the server.
pub(super) fn read(version: Option<String>, cockroach: Option<String>) -> Result<u32, String> {
    if let Some(version) = cockroach {
        return Err(format!("the server is not PostgreSQL but CockroachDB ({version})"));
    }
    let text = version.ok_or("the server does not say its version: is it PostgreSQL?")?;
    let number = parse(&text).ok_or_else(|| {
        format!("the server's version `{text}` is not understood: is it PostgreSQL?")
    })?;
    if number / 10_000 < OLDEST {
        return Err(format!("the server is PostgreSQL {text}, older than {OLDEST}"));
    }
    Ok(number)
}

/// `15.18 (Debian …)` to 150018, `18beta1` to 180000, `9.6.3` to 90603.
pub(crate) fn parse(text: &str) -> Option<u32> {
    let numbers = text.split(|c: char| c != '.' && !c.is_ascii_digit()).next()?;
    let mut numbers = numbers.split('.').map(str::parse::<u32>);
    let major = numbers.next()?.ok().filter(|major| (1..1000).contains(major))?;
    let mut rest = || numbers.next().and_then(Result::ok).filter(|number| *number < 100);
    let (minor, patch) = (rest().unwrap_or(0), rest().unwrap_or(0));
    Some(if major < 10 { major * 10_000 + minor * 100 + patch } else { major * 10_000 + minor })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_become_numbers() {
        for (text, number) in [
            ("15.18 (Debian 15.18-0+deb12u1)", 150_018),
            ("18beta1", 180_000),
            ("17devel", 170_000),
            ("9.6.3", 90_603),
            ("14.5.0", 140_005),
            ("15.2-YB-2025.1.0.0-b0", 150_002),
        ] {
            assert_eq!(parse(text), Some(number), "{text}");
        }
        assert_eq!(parse("unknown"), None);
    }

    #[test]
    fn other_servers_are_refused_in_words() {
        let said = |version: &str, cockroach: Option<&str>| {
            read(Some(version.to_owned()), cockroach.map(str::to_owned))
        };
        assert_eq!(said("13.0", None), Ok(130_000));
        assert!(
            said("9.6.3", None).is_err_and(|why| why.contains("PostgreSQL 9.6.3, older than 13"))
        );
        assert!(said("1.18.0/bouncer", None).is_err_and(|why| why.contains("1.18.0/bouncer")));
        assert!(
            said("13.0.0", Some("v24.1")).is_err_and(|why| why.contains("CockroachDB (v24.1)"))
        );
        assert!(said("strange", None).is_err_and(|why| why.contains("`strange`")));
        assert!(read(None, None).is_err());
    }
}
