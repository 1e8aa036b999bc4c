//! The tokens of SQL text.

/// What a [`Token`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A key word or an unquoted identifier.
    Word,
    /// A `"quoted"` identifier.
    Quoted,
    /// A string constant in any of its forms: `'…'`, `E'…'`, `B'…'`, `U&'…'`, `$tag$…$tag$`.
    String,
    /// A number, or a parameter such as `$1`.
    Number,
    /// One punctuation character: `( ) [ ] , ; . :`.
    Punctuation,
    /// A run of operator characters.
    Operator,
    /// White space and comments.
    Blank,
    /// A string, a quoted identifier or a comment that does not end.
    Unterminated,
}

/// A piece of SQL text, with its place in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token<'a> {
    /// What it is.
    pub kind: Kind,
    /// Its text, as written.
    pub text: &'a str,
    /// Byte offset of its first character.
    pub start: usize,
}

impl Token<'_> {
    /// Byte offset just after its last character.
    pub fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// Whether it is this key word (`word` in lower case).
    pub fn is_word(&self, word: &str) -> bool {
        self.kind == Kind::Word && self.text.eq_ignore_ascii_case(word)
    }

    /// Whether it stands for a name: it is quoted, or no key word that is reserved.
    pub fn is_name(&self) -> bool {
        match self.kind {
            Kind::Quoted => true,
            Kind::Word => !super::is_reserved(&self.text.to_lowercase()),
            _ => false,
        }
    }

    /// Whether it is this punctuation character or operator.
    pub fn is(&self, symbol: &str) -> bool {
        matches!(self.kind, Kind::Punctuation | Kind::Operator) && self.text == symbol
    }
}

/// Every token of `text`, blanks included; joined they give `text` back.
pub fn tokens(text: &str) -> Tokens<'_> {
    Tokens { text, at: 0 }
}

/// The tokens of `text` without blanks.
pub fn words(text: &str) -> Vec<Token<'_>> {
    let mut words = Vec::with_capacity(text.len() / 4 + 1);
    words.extend(tokens(text).filter(|token| token.kind != Kind::Blank));
    words
}

/// The first of them, at most so many: a long text is not read to its end.
pub fn first_words(text: &str, most: usize) -> Vec<Token<'_>> {
    tokens(text).filter(|token| token.kind != Kind::Blank).take(most).collect()
}

/// Iterator of [`tokens`].
#[derive(Debug, Clone)]
pub struct Tokens<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        let rest = &self.text[self.at..];
        if rest.is_empty() {
            return None;
        }
        let (kind, length) = scan(rest);
        let token = Token { kind, text: &rest[..length], start: self.at };
        self.at += length;
        Some(token)
    }
}

/// What an ASCII character can be part of.
mod class {
    pub(super) const BLANK: u8 = 1;
    pub(super) const WORD: u8 = 2;
    pub(super) const DIGIT: u8 = 4;
    pub(super) const NUMBER: u8 = 8;
    pub(super) const OPERATOR: u8 = 16;

    /// The classes of each ASCII character.
    pub(super) const OF: [u8; 128] = {
        let mut classes = [0; 128];
        let mut code = 0_u8;
        while code < 128 {
            classes[code as usize] = match code {
                b' ' | b'\t'..=b'\r' => BLANK,
                b'0'..=b'9' => WORD | DIGIT | NUMBER,
                b'a'..=b'z' | b'A'..=b'Z' | b'_' => WORD | NUMBER,
                b'$' => WORD,
                b'.' => NUMBER,
                b'+' | b'-' | b'*' | b'/' | b'<' | b'>' | b'=' | b'~' | b'!' | b'@' | b'#'
                | b'%' | b'^' | b'&' | b'|' | b'`' | b'?' => OPERATOR,
                _ => 0,
            };
            code += 1;
        }
        classes
    };
}

fn scan(rest: &str) -> (Kind, usize) {
    let bytes = rest.as_bytes();
    let (first, second) = (bytes[0], bytes.get(1).copied().unwrap_or_default());
    match first {
        b'-' if second == b'-' => {
            (Kind::Blank, rest.find(['\n', '\r']).map_or(rest.len(), |end| end + 1))
        }
        b'/' if second == b'*' => block_comment(rest),
        b'\'' => quoted(rest, 0, b'\'', false, Kind::String),
        b'"' => quoted(rest, 0, b'"', false, Kind::Quoted),
        b'e' | b'E' if second == b'\'' => quoted(rest, 1, b'\'', true, Kind::String),
        b'b' | b'B' | b'x' | b'X' | b'n' | b'N' if second == b'\'' => {
            quoted(rest, 1, b'\'', false, Kind::String)
        }
        b'u' | b'U' if second == b'&' && bytes.get(2) == Some(&b'\'') => {
            quoted(rest, 2, b'\'', false, Kind::String)
        }
        b'u' | b'U' if second == b'&' && bytes.get(2) == Some(&b'"') => {
            quoted(rest, 2, b'"', false, Kind::Quoted)
        }
        b'$' => dollar(rest),
        b'(' | b')' | b'[' | b']' | b',' | b';' => (Kind::Punctuation, 1),
        b':' if matches!(second, b':' | b'=') => (Kind::Operator, 2),
        b'.' if second == b'.' => (Kind::Operator, 2),
        b':' => (Kind::Punctuation, 1),
        b'.' if !second.is_ascii_digit() => (Kind::Punctuation, 1),
        b'.' | b'0'..=b'9' => (Kind::Number, number(rest)),
        b'_' | b'a'..=b'z' | b'A'..=b'Z' => (Kind::Word, word(rest)),
        _ if first.is_ascii() && class::OF[usize::from(first)] == class::BLANK => {
            (Kind::Blank, blank(rest))
        }
        _ if first.is_ascii() && class::OF[usize::from(first)] == class::OPERATOR => {
            (Kind::Operator, operator(rest))
        }
        _ if first.is_ascii() => (Kind::Operator, 1),
        _ => (Kind::Word, word(rest)),
    }
}

/// How many bytes of `text`, from its start, are ASCII characters of this class, or, with `others`, beyond ASCII.
fn length_while(text: &str, class: u8, others: bool) -> usize {
    let of_class = |byte: &u8| match class::OF.get(usize::from(*byte)) {
        Some(classes) => classes & class != 0,
        None => others,
    };
    text.bytes().take_while(of_class).count()
}

fn blank(rest: &str) -> usize {
    length_while(rest, class::BLANK, false)
}

/// Every character beyond ASCII is a letter to the server, white space of other scripts, too.
fn word(rest: &str) -> usize {
    length_while(rest, class::WORD, true)
}

/// An operator ends before a comment begins; and a sign at its end is none of it, unless it has a character that no operator of
/// the standard has (4.1.3 of the manual).
fn operator(rest: &str) -> usize {
    let length = length_while(rest, class::OPERATOR, false);
    let comment = [rest[..length].find("--"), rest[..length].find("/*")];
    let length = comment.into_iter().flatten().filter(|at| *at > 0).min().unwrap_or(length);
    let operator = &rest[..length];
    if operator.contains(['~', '!', '@', '#', '%', '^', '&', '|', '`', '?']) {
        return length;
    }
    operator.trim_end_matches(['+', '-']).len().max(1)
}

/// A number ends before the two points of `1..10`.
fn number(rest: &str) -> usize {
    let plain = length_while(rest, class::NUMBER, false);
    let plain = rest[..plain].find("..").unwrap_or(plain);
    let exponent = rest[..plain].ends_with(['e', 'E']) && !rest.starts_with("0x");
    let signed = rest[plain..].starts_with(['+', '-']);
    if exponent && signed {
        plain + 1 + length_while(&rest[plain + 1..], class::DIGIT, false)
    } else {
        plain
    }
}

/// From the quote at byte `open`; a doubled quote stays inside, and a backslash too where `escapes`.
fn quoted(rest: &str, open: usize, quote: u8, escapes: bool, kind: Kind) -> (Kind, usize) {
    let bytes = rest.as_bytes();
    let mut at = open + 1;
    while let Some(byte) = bytes.get(at) {
        let doubled = *byte == quote && bytes.get(at + 1) == Some(&quote);
        if doubled || escapes && *byte == b'\\' {
            at += 2;
        } else if *byte == quote {
            return (kind, at + 1);
        } else {
            at += 1;
        }
    }
    (Kind::Unterminated, rest.len())
}

fn block_comment(rest: &str) -> (Kind, usize) {
    let mut depth = 0_usize;
    let mut at = 0;
    while at < rest.len() {
        if rest[at..].starts_with("/*") {
            depth += 1;
            at += 2;
        } else if rest[at..].starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return (Kind::Blank, at);
            }
        } else {
            at += rest[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    (Kind::Unterminated, rest.len())
}

fn dollar(rest: &str) -> (Kind, usize) {
    let digits = length_while(&rest[1..], class::DIGIT, false);
    if digits > 0 {
        return (Kind::Number, 1 + digits);
    }
    // As in a name, every character beyond ASCII is a letter.
    let is_tag = |c: &char| *c == '_' || c.is_ascii_alphanumeric() || !c.is_ascii();
    let tag = 1 + rest[1..].chars().take_while(is_tag).map(char::len_utf8).sum::<usize>();
    if !rest[tag..].starts_with('$') {
        return (Kind::Operator, 1);
    }
    let delimiter = &rest[..=tag];
    match rest[delimiter.len()..].find(delimiter) {
        Some(end) => (Kind::String, delimiter.len() * 2 + end),
        None => (Kind::Unterminated, rest.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<(Kind, &str)> {
        words(text).iter().map(|token| (token.kind, token.text)).collect()
    }

    #[test]
    fn a_comment_ends_with_its_line() {
        for line in ["-- a\n", "-- a\r", "-- a\r\n"] {
            assert_eq!(kinds(&format!("{line}b")), [(Kind::Word, "b")], "{line:?}");
        }
    }

    #[test]
    fn strings_of_every_form_are_one_token() {
        for text in
            ["'it''s'", r"E'it\'s'", "$$a'b$$", "$q$ $$ $q$", "B'01'", "U&'d\\0061t'", "$€$a; b$€$"]
        {
            assert_eq!(kinds(text), [(Kind::String, text)], "{text}");
        }
    }

    #[test]
    fn comments_are_blank_and_nested() {
        assert_eq!(kinds("a /* x /* y */ ; */ -- z ;\n b"), [(Kind::Word, "a"), (Kind::Word, "b")]);
    }

    #[test]
    fn white_space_of_other_scripts_is_part_of_a_name() {
        assert_eq!(kinds("a\u{a0}b €"), [(Kind::Word, "a\u{a0}b"), (Kind::Word, "€")]);
        assert_eq!(
            kinds("1\u{a0}+"),
            [(Kind::Number, "1"), (Kind::Word, "\u{a0}"), (Kind::Operator, "+")]
        );
    }

    #[test]
    fn what_does_not_end_is_said() {
        for text in ["'a", "\"a", "$$a", "/* a", "E'\\'"] {
            assert_eq!(
                tokens(text).last().map(|token| token.kind),
                Some(Kind::Unterminated),
                "{text}"
            );
        }
    }

    #[test]
    fn operators_casts_and_numbers_part() {
        let expected = [
            (Kind::Word, "a"),
            (Kind::Operator, "->>"),
            (Kind::String, "'x'"),
            (Kind::Operator, "::"),
            (Kind::Word, "int4"),
            (Kind::Operator, ">="),
            (Kind::Number, "1.5e-3"),
        ];
        assert_eq!(kinds("a->>'x'::int4>=1.5e-3"), expected);
        for (text, spaced) in [
            ("1..10", "1 .. 10"),
            ("x=-1", "x = - 1"),
            ("x*-+1", "x * - + 1"),
            ("x@-1", "x @- 1"),
            ("-1", "- 1"),
        ] {
            let texts = |text| kinds(text).into_iter().map(|(_, text)| text).collect::<Vec<_>>();
            assert_eq!(texts(text), spaced.split(' ').collect::<Vec<_>>(), "{text}");
        }
    }
}
