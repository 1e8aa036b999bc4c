//! Flyway's names: `V1.2__what.sql` by version, `B2__what.sql` in place of all up to it, `R__what.sql` last; `U1.2__` undoes
//! and does not run.

use std::cmp::Ordering;

use super::convention::unfit;
use super::listing::Listing;
use super::numbered;
use crate::error::{Error, Result};
use crate::finding::Location;
use crate::source::script::line_at;
use crate::sql::{self, Kind};

/// What a name says.
enum Name<'a> {
    Versioned(Vec<&'a str>),
    Baseline(Vec<&'a str>),
    Undo,
    Repeatable,
}

fn parse(name: &str) -> Option<Name<'_>> {
    let (before, _) = name.split_once("__")?;
    let kind = before.chars().next()?;
    let rest = before.get(1..)?;
    let version = || {
        let parts: Vec<&str> = rest.split(['.', '_']).collect();
        let digits = |part: &&str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        parts.iter().all(digits).then_some(parts)
    };
    match kind {
        'V' => version().map(Name::Versioned),
        'B' => version().map(Name::Baseline),
        'U' => version().map(|_| Name::Undo),
        'R' if rest.is_empty() => Some(Name::Repeatable),
        _ => None,
    }
}

/// `1.0` is `1`.
fn compare(one: &[&str], other: &[&str]) -> Ordering {
    let part = |parts: &[&str], at: usize| parts.get(at).copied().unwrap_or("0").to_owned();
    (0..one.len().max(other.len()))
        .map(|at| numbered::compare(&part(one, at), &part(other, at)))
        .find(|order| order.is_ne())
        .unwrap_or(Ordering::Equal)
}

/// Whether a name is Flyway's.
pub(super) fn is(listing: &Listing) -> bool {
    listing.sql.iter().any(|name| parse(name).is_some())
}

/// The files that run.
pub(super) fn files(listing: &Listing) -> Result<Vec<String>> {
    let (mut versioned, mut repeatable) = (Vec::new(), Vec::new());
    let mut baseline: Option<(Vec<&str>, &String)> = None;
    for name in &listing.sql {
        match parse(name) {
            Some(Name::Versioned(version)) => versioned.push((version, name)),
            Some(Name::Baseline(version)) => {
                let newer = |(best, _): &(Vec<&str>, &String)| compare(&version, best).is_gt();
                if baseline.as_ref().is_none_or(newer) {
                    baseline = Some((version, name));
                }
            }
            Some(Name::Repeatable) => repeatable.push(name),
            Some(Name::Undo) => {}
            None => {
                let why =
                    format!("{name} is none of Flyway's V…__, B…__, U…__ and R__, others are");
                return Err(unfit(listing, &why));
            }
        }
    }
    versioned.sort_by(|(one, _), (other, _)| compare(one, other));
    for pair in versioned.windows(2) {
        if let [(one, a), (other, b)] = pair
            && compare(one, other).is_eq()
        {
            return Err(unfit(listing, &format!("{a} and {b} have the same version")));
        }
    }
    if let Some((start, _)) = &baseline {
        versioned.retain(|(version, _)| compare(version, start).is_gt());
    }
    let first = baseline.map(|(_, name)| name);
    let versioned = versioned.into_iter().map(|(_, name)| name);
    Ok(first.into_iter().chain(versioned).chain(repeatable).cloned().collect())
}

/// The text of a file, in which Flyway has nothing to replace: `${name}` anywhere but in a comment.
///
/// # Errors
/// It has.
pub(super) fn without_placeholders(name: &str, text: &str) -> Result<String> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || "_-.:".contains(c);
    for token in sql::tokens(text).filter(|token| token.kind != Kind::Blank) {
        // Without quotes around them, sign and brace are tokens of their own.
        for (at, _) in text[token.start..token.end()].match_indices('$') {
            let at = token.start + at;
            let Some(inside) = text[at..].strip_prefix("${") else { continue };
            let Some((placeholder, _)) = inside.split_once('}') else { continue };
            if placeholder.is_empty() || !placeholder.chars().all(is_name) {
                continue;
            }
            return Err(Error::input(format!(
                "Flyway puts something in the place of `${{{placeholder}}}`"
            ))
            .at(Location::of_byte(name, text, at), line_at(text, at))
            .help("name a database that Flyway itself has migrated"));
        }
    }
    Ok(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ordered(names: &[&str]) -> Result<Vec<String>> {
        let sql = names.iter().map(|name| (*name).to_owned()).collect();
        files(&Listing { path: "db".into(), sql, others: vec![], folders: vec![] })
    }

    #[test]
    fn versions_are_ordered_by_number() {
        let names = [
            "R__view.sql",
            "V10__c.sql",
            "V1.10__b.sql",
            "V1.9__a.sql",
            "V2__d.sql",
            "U2__d.sql",
            "V1_1__e.sql",
        ];
        let found = ordered(&names).expect("fits");
        let expected = [
            "V1_1__e.sql",
            "V1.9__a.sql",
            "V1.10__b.sql",
            "V2__d.sql",
            "V10__c.sql",
            "R__view.sql",
        ];
        assert_eq!(found, expected);
        let found = ordered(&["V1__a.sql", "V2__b.sql", "B2__b.sql", "B1__a.sql", "V3__c.sql"]);
        assert_eq!(found.expect("fits"), ["B2__b.sql", "V3__c.sql"]);
        let said = ordered(&["V1__a.sql", "V1.0__b.sql"]).expect_err("twice").to_string();
        assert!(said.contains("same version"), "{said}");
        let replaced = "create table ${a}(x text);";
        for text in ["select '${a}'", "select $$x ${a.b}$$", "x \"${flyway:user}\"", replaced] {
            without_placeholders("f", text).expect_err(text);
        }
        for text in ["select 1 -- ${a}", "select '$', '{}', '${', $1", "select '${ }'"] {
            assert_eq!(without_placeholders("f", text).expect("none"), text);
        }
        let said = ordered(&["V1__a.sql", "seed.sql"]).expect_err("mixed").to_string();
        assert!(said.contains("seed.sql"), "{said}");
    }
}
