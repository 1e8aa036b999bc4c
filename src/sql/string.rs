//! What string constants say (section 4.1.2 of the manual).

use std::borrow::Cow;
use std::iter::Peekable;
use std::str::Chars;

/// What a string constant says, in any of its forms: `'…'`, `N'…'`, `E'…'`, `U&'…'` with `\` as its escape, `$tag$…$tag$`;
/// other text, bit strings among it, as it is.
pub fn string(text: &str) -> Cow<'_, str> {
    let dollar = || {
        let tag = text.strip_prefix('$')?.split_once('$')?.0.len() + 2;
        text.get(tag..text.len().checked_sub(tag)?).map(Cow::Borrowed)
    };
    let quoted = || {
        let (prefix, inner) = text.strip_suffix('\'')?.split_once('\'')?;
        let inner = || inner.replace("''", "'");
        match prefix {
            "" | "N" | "n" => Some(inner()),
            "E" | "e" => Some(unescaped(&inner(), escaped)),
            "U&" | "u&" => Some(unescaped(&inner(), code_point)),
            _ => None,
        }
        .map(Cow::Owned)
    };
    dollar().or_else(quoted).unwrap_or(Cow::Borrowed(text))
}

/// `text` with what `read` makes of what stands behind each backslash.
fn unescaped(text: &str, read: fn(&mut Peekable<Chars<'_>>) -> Option<char>) -> String {
    let mut says = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        if character == '\\' {
            says.extend(read(&mut characters));
        } else {
            says.push(character);
        }
    }
    says
}

/// What stands behind a backslash in `E'…'`.
fn escaped(characters: &mut Peekable<Chars<'_>>) -> Option<char> {
    match characters.next()? {
        'b' => Some('\u{8}'),
        'f' => Some('\u{c}'),
        'n' => Some('\n'),
        'r' => Some('\r'),
        't' => Some('\t'),
        'u' => digits(characters, 16, 4, 0),
        'U' => digits(characters, 16, 8, 0),
        'x' => digits(characters, 16, 2, 0),
        octal @ '0'..='7' => digits(characters, 8, 2, octal.to_digit(8)?),
        other => Some(other),
    }
}

/// What stands behind a backslash in `U&'…'`.
fn code_point(characters: &mut Peekable<Chars<'_>>) -> Option<char> {
    if characters.next_if_eq(&'\\').is_some() {
        return Some('\\');
    }
    let most = if characters.next_if_eq(&'+').is_some() { 6 } else { 4 };
    digits(characters, 16, most, 0)
}

/// The character whose number goes on with at most so many digits.
fn digits(
    characters: &mut Peekable<Chars<'_>>,
    radix: u32,
    most: usize,
    first: u32,
) -> Option<char> {
    let mut code = first;
    for _ in 0..most {
        let Some(digit) = characters.peek().and_then(|digit| digit.to_digit(radix)) else { break };
        code = code * radix + digit;
        characters.next();
    }
    char::from_u32(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_says_the_same() {
        for text in [
            "'it''s \\ é'",
            "N'it''s \\ é'",
            "E'it\\'s \\\\ \\u00e9'",
            "e'it''s \\\\ \\U000000E9'",
            "E'\\x69t''s \\134 é'",
            "U&'it''s \\\\ \\00e9'",
            "u&'\\+000069t''s \\\\ \\00E9'",
            "$$it's \\ é$$",
            "$a$it's \\ é$a$",
        ] {
            assert_eq!(string(text), "it's \\ é", "{text}");
        }
        for text in ["B'101'", "plain", "'", "$1", "", "$$"] {
            assert_eq!(string(text), text);
        }
    }
}
