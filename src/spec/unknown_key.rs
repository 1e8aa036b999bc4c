//! What helps where somebody writes a key or a rule that is not known there.

use crate::model::{Attribute, KINDS, Kind, rules};

/// What people call a key who know it from elsewhere.
const CALLED_ELSEWHERE: &[(&str, &str)] = &[
    ("body", "definition"),
    ("cmd", "for"),
    ("columns", "keys"),
    ("command", "for"),
    ("deferrable", "deferrability"),
    ("fks", "foreign_keys"),
    ("maxvalue", "maximum"),
    ("minvalue", "minimum"),
    ("not_null", "nullable"),
    ("pk", "primary_key"),
    ("query", "definition"),
    ("rls", "row_security"),
    ("roles", "to"),
    ("row_level_security", "row_security"),
    ("security_definer", "security"),
    ("using", "method"),
    ("values", "labels"),
    ("version", "spec"),
    ("when", "condition"),
    ("where", "predicate"),
];

/// What to do about `key`, where one of `known` was expected.
pub(super) fn help(key: &str, known: &[&str]) -> String {
    let all = known.join(", ");
    let mut elsewhere =
        CALLED_ELSEWHERE.iter().filter(|(word, _)| *word == key).map(|(_, ours)| *ours);
    let ours = elsewhere.find(|ours| known.contains(ours));
    if let Some(near) = ours.or_else(|| nearest(key, known.iter().copied())) {
        return format!("did you mean `{near}`? Known here: {all}");
    }
    if key == "name" {
        return "a name is a key, with what it names behind it: a mapping in place of a list"
            .to_owned();
    }
    match way_down(key, known) {
        Some(way) => {
            let outwards = way.iter().rev();
            let whole = outwards
                .fold(format!("{key}: …"), |inner, outer| format!("{outer}: {{…: {{{inner}}}}}"));
            format!("it stands further in: `{whole}`")
        }
        None => format!("known here: {all}"),
    }
}

/// The collections on the shortest way from an object with the keys `known` to one that has `key`.
fn way_down(key: &str, known: &[&str]) -> Option<Vec<&'static str>> {
    let of_any = KINDS.iter().flat_map(|kind| kind.attributes);
    let mut ways: Vec<Vec<&Attribute>> = of_any
        .filter(|attribute| known.contains(&attribute.name))
        .map(|first| vec![first])
        .collect();
    while !ways.is_empty() {
        let mut further = Vec::new();
        for way in ways {
            let inside = way.last().and_then(|last| last.child).and_then(Kind::named);
            for attribute in inside.map_or(&[][..], |kind| kind.attributes) {
                if attribute.name == key {
                    return Some(way.iter().map(|collection| collection.name).collect());
                }
                further.push([&way[..], &[attribute]].concat());
            }
        }
        ways = further;
    }
    None
}

/// The rule that `rule` was probably meant to be.
pub(crate) fn nearest_rule(rule: &str) -> Option<String> {
    let known: Vec<String> = rules().map(|(rule, _)| rule).collect();
    nearest(rule, known.iter().map(String::as_str)).map(str::to_owned)
}

/// The one of `known` that `word` was probably meant to be.
pub(crate) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(word, candidate), candidate))
        .filter(|(distance, candidate)| *distance <= 1 + candidate.len().min(word.len()) / 4)
        // More is left out than put in by mistake.
        .min_by_key(|(distance, candidate)| (*distance, std::cmp::Reverse(candidate.len())))
        .map(|(_, candidate)| candidate)
}
