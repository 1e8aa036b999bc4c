//! Keys of collections: names, and patterns in which `*` stands for any text.

use std::borrow::Cow;

use crate::finding::Path;

/// Whether a key is a pattern: it holds a `*` that no backslash precedes.
pub(crate) fn is_pattern(key: &str) -> bool {
    literal(key).is_none()
}

/// The name that a key without a pattern means: `\*` is a star.
pub(super) fn literal(key: &str) -> Option<Cow<'_, str>> {
    if is_plain(key) {
        return Some(Cow::Borrowed(key));
    }
    let mut name = String::with_capacity(key.len());
    let mut characters = key.chars();
    while let Some(c) = characters.next() {
        match c {
            '*' => return None,
            '\\' => match characters.next() {
                Some(next @ ('*' | '\\')) => name.push(next),
                Some(next) => name.extend(['\\', next]),
                None => name.push('\\'),
            },
            c => name.push(c),
        }
    }
    Some(Cow::Owned(name))
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
    let mut pieces = Vec::new();
    let mut start = 0;
    for (at, _) in pattern.match_indices('*') {
        if !pattern[..at].ends_with('\\') {
            pieces.push(literal(&pattern[start..at]).unwrap_or_default().into_owned());
            start = at + 1;
        }
    }
    let last = literal(&pattern[start..]).unwrap_or_default();
    let Some((first, middle)) = pieces.split_first() else {
        return last == name;
    };
    let Some(mut rest) =
        name.strip_prefix(first.as_str()).and_then(|rest| rest.strip_suffix(&*last))
    else {
        return false;
    };
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
        Some((word, glob)) => word == kind && matches(glob, &path.dotted()),
        None => (2..=path.0.len())
            .step_by(2)
            .any(|depth| matches(glob, &Path(path.0[..depth].to_vec()).dotted())),
    }
}

#[cfg(test)]
mod tests {
    use super::matches;

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
        ] {
            assert_eq!(matches(pattern, name), expected, "{pattern} {name}");
        }
    }
}
