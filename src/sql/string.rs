//! What string constants say (section 4.1.2 of the manual).

use std::borrow::Cow;
use std::iter::Peekable;
use std::str::Chars;

/// What a string constant says, in any of its forms: `'…'`, `N'…'`, `E'…'`, `U&'…'` with `\` as its escape, `$tag$…$tag$`.
/// Other text is as it is: bit strings, and what has escapes that are no character.
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
            "E" | "e" => unescaped(&inner(), escaped),
            "U&" | "u&" => unescaped(&inner(), |behind| Some(code_point(behind))),
            _ => None,
        }
        .map(Cow::Owned)
    };
    dollar().or_else(quoted).unwrap_or(Cow::Borrowed(text))
}

/// What stands behind a backslash.
enum Escape {
    Byte(u8),
    /// By its number; or half of one, a surrogate.
    Character(u32),
}

/// `text` with what `read` makes of what stands behind each backslash; `None` where that is no text.
fn unescaped(
    text: &str,
    read: impl Fn(&mut Peekable<Chars<'_>>) -> Option<Escape>,
) -> Option<String> {
    let mut says = Vec::with_capacity(text.len());
    let mut first_half = None;
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let next = match character {
            '\\' => read(&mut characters)?,
            other => Escape::Character(other.into()),
        };
        match (next, first_half.take()) {
            (Escape::Byte(byte), None) => says.push(byte),
            (Escape::Character(code @ 0xd800..=0xdbff), None) => first_half = Some(code - 0xd800),
            (Escape::Character(code), first_half) => {
                let code = match first_half {
                    Some(first) => {
                        let second = code.checked_sub(0xdc00).filter(|second| *second < 0x400)?;
                        0x1_0000 + (first << 10) + second
                    }
                    None => code,
                };
                says.extend(char::from_u32(code)?.encode_utf8(&mut [0; 4]).as_bytes());
            }
            (Escape::Byte(_), Some(_)) => return None,
        }
    }
    String::from_utf8(says).ok().filter(|_| first_half.is_none())
}

/// What stands behind a backslash in `E'…'`.
fn escaped(characters: &mut Peekable<Chars<'_>>) -> Option<Escape> {
    let character = |character: char| Escape::Character(character.into());
    Some(match characters.next()? {
        'b' => character('\u{8}'),
        'f' => character('\u{c}'),
        'n' => character('\n'),
        'r' => character('\r'),
        't' => character('\t'),
        'u' => Escape::Character(digits(characters, 16, 4, 0)),
        'U' => Escape::Character(digits(characters, 16, 8, 0)),
        'x' => Escape::Byte(digits(characters, 16, 2, 0).try_into().ok()?),
        octal @ '0'..='7' => {
            Escape::Byte(digits(characters, 8, 2, octal.to_digit(8)?).try_into().ok()?)
        }
        other => character(other),
    })
}

/// What stands behind a backslash in `U&'…'`.
fn code_point(characters: &mut Peekable<Chars<'_>>) -> Escape {
    if characters.next_if_eq(&'\\').is_some() {
        return Escape::Character('\\'.into());
    }
    let most = if characters.next_if_eq(&'+').is_some() { 6 } else { 4 };
    Escape::Character(digits(characters, 16, most, 0))
}

/// The number that goes on with at most so many digits.
fn digits(characters: &mut Peekable<Chars<'_>>, radix: u32, most: usize, first: u32) -> u32 {
    let mut number = first;
    for _ in 0..most {
        let Some(digit) = characters.peek().and_then(|digit| digit.to_digit(radix)) else { break };
        number = number * radix + digit;
        characters.next();
    }
    number
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
        for text in
            [r"E'\xe2\x82\xac\360\237\230\200'", r"U&'\20ac\D83D\DE00'", r"e'€\ud83d\U0000de00'"]
        {
            assert_eq!(string(text), "€😀", "{text}");
        }
        for text in
            ["B'101'", "plain", "'", "$1", "", "$$", r"U&'\D83D'", r"E'\xe2'", r"E'\ud83da'"]
        {
            assert_eq!(string(text), text);
        }
    }
}
