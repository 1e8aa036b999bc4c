//! Files that begin with a number: `<number>_<what>.sql`, alone or in pairs of up and down.

use std::cmp::Ordering;

use super::convention::unfit;
use super::listing::Listing;
use crate::error::Result;

const UP: &str = ".up.sql";
pub(super) const DOWN: &str = ".down.sql";

/// What names of migrations end in that lead down, beside others of the same number.
const UNDO: [&str; 5] = ["_down.sql", "-down.sql", ".undo.sql", "_undo.sql", "_rollback.sql"];

/// The same at the start of a name, behind its number, or at its end, beside one that says the rest alike.
const DOWN_WORDS: [&str; 4] = ["down", "undo", "rollback", "revert"];
const UP_WORDS: [&str; 4] = ["up", "do", "deploy", "apply"];

/// Whether a name leads down, and its words without those at its start and end that lead anywhere.
fn way(name: &str) -> (bool, Vec<String>) {
    let name = name.to_ascii_lowercase();
    let mut words: Vec<String> =
        name.trim_end_matches(".sql").split(['_', '-', '.', ' ']).map(str::to_owned).collect();
    let mut leads_down = false;
    for at in [words.len() - 1, 1] {
        let Some(word) = words.get(at).map(String::as_str) else { continue };
        let is_down = DOWN_WORDS.contains(&word);
        if is_down || UP_WORDS.contains(&word) {
            words.remove(at);
            leads_down |= is_down;
        }
    }
    (leads_down, words)
}

/// `17_to_18.sql` leads from one version to another.
fn from_to(name: &str) -> Option<(&str, &str)> {
    let (from, rest) = name.split_once("_to_")?;
    let to = rest.strip_suffix(".sql")?;
    let is_version = |text: &str| !text.is_empty() && text.bytes().all(|c| c.is_ascii_digit());
    (is_version(from) && is_version(to)).then_some((from, to))
}

/// The digits that a name begins with, where more of a name or its end follows.
pub(super) fn number(name: &str) -> Option<&str> {
    let end = name.find(|c: char| !c.is_ascii_digit())?;
    let parted = name[end..].starts_with(['_', '-', '.', ' ']);
    (end > 0 && parted).then(|| &name[..end])
}

/// Compares runs of digits of any length by their values.
pub(super) fn compare(one: &str, other: &str) -> Ordering {
    let (one, other) = (one.trim_start_matches('0'), other.trim_start_matches('0'));
    one.len().cmp(&other.len()).then_with(|| one.cmp(other))
}

/// The names by their numbers, each of which must have one; by the whole name where numbers are equal.
pub(super) fn sorted(listing: &Listing, names: &[String]) -> Result<Vec<String>> {
    let mut found = Vec::with_capacity(names.len());
    for name in names {
        let Some(number) = number(name) else {
            let why = if name.starts_with(|c: char| c.is_ascii_digit()) {
                format!(
                    "nothing parts the number of {name} from what follows, as `_` does in others"
                )
            } else {
                format!("{name} has no number, others have")
            };
            return Err(unfit(listing, &why));
        };
        found.push((number, name));
    }
    let undoes = |(number, name): &&(&str, &String)| {
        let others =
            || found.iter().filter(|(other, other_name)| other == number && other_name != name);
        let (leads_down, rest) = way(name);
        let leads_back = from_to(name).is_some_and(|(from, to)| {
            let is_other_way = |(_, other): &(_, &String)| from_to(other) == Some((to, from));
            compare(from, to).is_gt() && found.iter().any(is_other_way)
        });
        leads_back
            || UNDO.iter().any(|end| name.to_ascii_lowercase().ends_with(end))
                && others().next().is_some()
            || leads_down && others().any(|(_, other)| way(other) == (false, rest.clone()))
    };
    if let Some((_, name)) = found.iter().find(undoes) {
        return Err(unfit(listing, &format!("{name} leads down")));
    }
    found.sort_by(|(one, a), (other, b)| compare(one, other).then_with(|| a.cmp(b)));
    Ok(found.into_iter().map(|(_, name)| name.clone()).collect())
}

/// The names as they are, each of which must have a number.
pub(super) fn checked(listing: &Listing) -> Result<Vec<String>> {
    sorted(listing, &listing.sql).map(|_| listing.sql.clone())
}

/// Whether names end in `.up.sql` or `.down.sql`.
pub(super) fn is_up_and_down(listing: &Listing) -> bool {
    let mut names = listing.sql.iter().map(|name| name.to_ascii_lowercase());
    names.any(|name| name.ends_with(UP) || name.ends_with(DOWN))
}

/// The files that lead up.
pub(super) fn up(listing: &Listing) -> Result<Vec<String>> {
    let mut up = Vec::new();
    for name in &listing.sql {
        if name.ends_with(UP) {
            up.push(name.clone());
        } else if let Some(stem) = name.strip_suffix(DOWN) {
            if !listing.sql.iter().any(|other| other.strip_suffix(UP) == Some(stem)) {
                return Err(unfit(listing, &format!("{name} has no {stem}{UP}")));
            }
        } else {
            let why = format!("{name} ends neither in {UP} nor in {DOWN}, others do");
            return Err(unfit(listing, &why));
        }
    }
    sorted(listing, &up)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_compared_by_value() {
        assert_eq!(compare("2", "10"), Ordering::Less);
        assert_eq!(compare("002", "2"), Ordering::Equal);
        assert_eq!(compare("20240101000000000001", "9"), Ordering::Greater);
        for (name, digits) in [
            ("10_a.sql", Some("10")),
            ("1.sql", Some("1")),
            ("2024-01-01-a.sql", Some("2024")),
            ("a_1.sql", None),
            ("1a.sql", None),
            ("_1.sql", None),
        ] {
            assert_eq!(number(name), digits, "{name}");
        }
    }
}
