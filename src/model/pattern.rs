//! Keys of collections: names, and patterns in which `*` stands for any text.

use std::borrow::Cow;

use crate::finding::Path;
use crate::value::Signature;

/// Whether a key is a pattern: it holds a `*` that no backslash precedes.
pub(crate) fn is_pattern(key: &str) -> bool {
    literal(key).is_none()
}

/// The name that a key without a pattern means: `\*` is a star.
pub(super) fn literal(key: &str) -> Option<Cow<'_, str>> {
    if is_plain(key) {
        return Some(Cow::Borrowed(key));
    }
    match <[String; 1]>::try_from(between_stars(key)) {
        Ok([name]) => Some(Cow::Owned(name)),
        Err(_) => None,
    }
}

/// The texts before, between and behind the stars of a key that no backslash precedes.
fn between_stars(key: &str) -> Vec<String> {
    let (mut pieces, mut piece) = (Vec::new(), String::with_capacity(key.len()));
    let mut characters = key.chars();
    while let Some(c) = characters.next() {
        match c {
            '*' => pieces.push(std::mem::take(&mut piece)),
            '\\' => match characters.next() {
                Some(next @ ('*' | '\\')) => piece.push(next),
                Some(next) => piece.extend(['\\', next]),
                None => piece.push('\\'),
            },
            c => piece.push(c),
        }
    }
    pieces.push(piece);
    pieces
}

/// The name that a key means; a pattern as it is.
pub(crate) fn unescaped(key: &str) -> Cow<'_, str> {
    literal(key).unwrap_or(Cow::Borrowed(key))
}

/// A name as a key that means it and nothing else.
pub(crate) fn escape(name: &str) -> Cow<'_, str> {
    if is_plain(name) {
        Cow::Borrowed(name)
    } else {
        Cow::Owned(name.replace('\\', "\\\\").replace('*', "\\*"))
    }
}

/// Whether a text is the same as a name and as a key; nearly all are.
fn is_plain(text: &str) -> bool {
    !text.bytes().any(|byte| matches!(byte, b'*' | b'\\'))
}

/// Whether `pattern`, in which `*` stands for any text, covers `name`.
pub(crate) fn matches(pattern: &str, name: &str) -> bool {
    let pieces = between_stars(pattern);
    let (first, middle, last) = match pieces.as_slice() {
        [first, middle @ .., last] => (first, middle, last),
        [only] => return only == name,
        [] => return false,
    };
    let rest = name.strip_prefix(first.as_str()).and_then(|rest| rest.strip_suffix(last.as_str()));
    let Some(mut rest) = rest else { return false };
    middle.iter().all(|piece| match rest.find(piece.as_str()) {
        Some(at) => {
            rest = &rest[at + piece.len()..];
            true
        }
        None => false,
    })
}

/// Whether a glob of dotted names (`public.users`, `auth.*`, `index public.users_*`) covers an object, or one that it is in.
pub(crate) fn covers_object(glob: &str, kind: &str, path: &Path) -> bool {
    let of_a_kind = glob.split_once(' ');
    let of_a_kind =
        of_a_kind.filter(|(word, _)| super::KINDS.iter().any(|known| known.name == *word));
    match of_a_kind {
        Some((word, glob)) => word == kind && means(glob, &path.dotted()),
        None => (2..=path.0.len())
            .step_by(2)
            .any(|depth| means(glob, &Path(path.0[..depth].to_vec()).dotted())),
    }
}

/// Whether a glob covers a dotted name; that of a function may leave out its types, or call them otherwise.
fn means(glob: &str, dotted: &str) -> bool {
    if matches(glob, dotted) {
        return true;
    }
    let Some((function, _)) = dotted.split_once('(') else { return false };
    let Some((name, _)) = glob.split_once('(') else { return glob == function };
    let types = |text: &str| text.parse::<Signature>().ok()?.arguments;
    name.trim_end() == function && types(glob).is_some_and(|glob| Some(glob) == types(dotted))
}

#[cfg(test)]
mod tests {
    use super::{matches, means};

    #[test]
    fn a_function_is_meant_under_any_name() {
        for (glob, name, expected) in [
            ("app.f", "app.f(integer, timestamp with time zone)", true),
            ("app.f(int,timestamptz)", "app.f(integer, timestamp with time zone)", true),
            ("app.f(int)", "app.f(integer, timestamp with time zone)", false),
            ("app.f()", "app.f(integer)", false),
            ("app.g", "app.f(integer)", false),
            ("app.f(*", "app.f(integer)", true),
            ("app.===", "app.===(integer, integer)", true),
        ] {
            assert_eq!(means(glob, name), expected, "{glob} {name}");
        }
    }

    #[test]
    fn a_star_stands_for_any_text() {
        for (pattern, name, expected) in [
            ("*", "", true),
            ("kysely_*", "kysely_migration", true),
            ("*_log", "audit_log", true),
            ("a*b*c", "a-b-c", true),
            ("a*b*c", "acb", false),
            ("ab*ba", "aba", false),
            ("a\\**", "a*x", true),
            ("a\\**", "abx", false),
            ("a\\\\*", "a\\x", true),
            ("a\\\\*", "a*", false),
        ] {
            assert_eq!(matches(pattern, name), expected, "{pattern} {name}");
        }
    }
}
