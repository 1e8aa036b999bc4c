//! Reads a definition from left to right: key words, names and lists are understood, expressions are passed over.

use std::str::FromStr;

use super::{Kind, Token, split_list, unquote, words};

/// A place in a definition.
#[derive(Debug, Clone)]
pub struct Cursor<'a> {
    text: &'a str,
    tokens: Vec<Token<'a>>,
    at: usize,
    /// What was said that can be said once.
    said: Vec<&'static str>,
}

impl<'a> Cursor<'a> {
    /// At the start of `text`.
    ///
    /// # Errors
    /// A string, a quoted name or a comment in it does not end.
    pub fn new(text: &'a str) -> Result<Self, String> {
        let tokens = words(text);
        match tokens.last() {
            Some(last) if last.kind == Kind::Unterminated => {
                Err(format!("`{}` does not end", last.text))
            }
            _ => Ok(Self { text, tokens, at: 0, said: Vec::new() }),
        }
    }

    /// The next token.
    pub fn peek(&self) -> Option<&Token<'a>> {
        self.tokens.get(self.at)
    }

    /// The tokens that are left.
    pub fn rest(&self) -> &[Token<'a>] {
        &self.tokens[self.at..]
    }

    /// Passes over `count` tokens.
    pub fn skip(&mut self, count: usize) {
        self.at += count;
    }

    /// Whether nothing is left.
    pub fn at_end(&self) -> bool {
        self.at >= self.tokens.len()
    }

    /// Notes that something is said that can be said once.
    ///
    /// # Errors
    /// It was said before.
    pub fn once(&mut self, what: &'static str) -> Result<(), String> {
        if self.said.contains(&what) {
            return Err(format!("`{what}` is said twice in `{}`", self.text));
        }
        self.said.push(what);
        Ok(())
    }

    /// Whether the next tokens are these key words, parted by spaces.
    pub fn sees(&self, phrase: &str) -> bool {
        self.seen(phrase).is_some()
    }

    /// How many tokens these key words are, if they come next.
    fn seen(&self, phrase: &str) -> Option<usize> {
        // Mostly the first letter says no.
        let first = self.peek()?.text.as_bytes().first()?;
        if !first.eq_ignore_ascii_case(phrase.as_bytes().first()?) {
            return None;
        }
        let mut rest = self.rest().iter();
        let mut words = phrase.split(' ');
        words
            .all(|word| rest.next().is_some_and(|token| token.is_word(word)))
            .then(|| self.rest().len() - rest.len())
    }

    /// Takes these key words, if they come next.
    pub fn take(&mut self, phrase: &str) -> bool {
        let seen = self.seen(phrase);
        self.at += seen.unwrap_or_default();
        seen.is_some()
    }

    /// Takes these key words.
    ///
    /// # Errors
    /// Something else comes next.
    pub fn expect(&mut self, phrase: &str) -> Result<(), String> {
        if self.take(phrase) { Ok(()) } else { Err(self.unexpected(phrase)) }
    }

    /// Takes one of these key words, and reads what it stands for.
    ///
    /// # Errors
    /// Something else comes next.
    pub fn one_of<T: FromStr<Err = String>>(&mut self, words: &[&str]) -> Result<T, String> {
        words
            .iter()
            .find(|word| self.take(word))
            .ok_or_else(|| self.unexpected(&words.join("` or `")))?
            .parse()
    }

    /// Takes this punctuation or operator, if it comes next.
    pub fn take_symbol(&mut self, symbol: &str) -> bool {
        let found = self.peek().is_some_and(|token| token.is(symbol));
        self.at += usize::from(found);
        found
    }

    /// Takes a word of any kind, folded or unquoted as a name.
    ///
    /// # Errors
    /// Something else comes next.
    pub fn word(&mut self, what: &str) -> Result<String, String> {
        match self.peek() {
            Some(token) if matches!(token.kind, Kind::Word | Kind::Quoted) => {
                let word = unquote(token.text);
                self.at += 1;
                Ok(word)
            }
            _ => Err(self.unexpected(what)),
        }
    }

    /// Takes words of any kind with this symbol between them, as [`Cursor::word`] does.
    ///
    /// # Errors
    /// Something else comes where a word must stand.
    pub fn words_parted_by(&mut self, symbol: &str, what: &str) -> Result<Vec<String>, String> {
        let mut words = vec![self.word(what)?];
        while self.take_symbol(symbol) {
            words.push(self.word(what)?);
        }
        Ok(words)
    }

    /// Takes a whole number, with or without a sign.
    ///
    /// # Errors
    /// Something else comes next.
    pub fn number(&mut self) -> Result<i64, String> {
        let sign = if self.take_symbol("-") { "-" } else { "" };
        self.take_symbol("+");
        let number = self.peek().and_then(|token| format!("{sign}{}", token.text).parse().ok());
        let number = number.ok_or_else(|| self.unexpected("a whole number"))?;
        self.at += 1;
        Ok(number)
    }

    /// Whether a `(` comes next.
    pub fn sees_group(&self) -> bool {
        self.peek().is_some_and(|token| token.is("("))
    }

    /// Takes `(…)` and gives what is inside.
    ///
    /// # Errors
    /// No `(` comes next, or it is not closed.
    pub fn group(&mut self, what: &str) -> Result<&'a str, String> {
        let Some(open) = self.peek().filter(|token| token.is("(")).map(Token::end) else {
            return Err(self.unexpected(&format!("({what})")));
        };
        let mut depth = 0_i32;
        for (i, token) in self.tokens[self.at..].iter().enumerate() {
            depth += i32::from(token.is("(")) - i32::from(token.is(")"));
            if depth == 0 {
                self.at += i + 1;
                return Ok(super::trim(&self.text[open..token.start]));
            }
        }
        Err(format!("a `(` is not closed in `{}`", self.text))
    }

    /// Takes `(a, "B", c)`: a list of names.
    ///
    /// # Errors
    /// No such list comes next.
    pub fn names(&mut self, what: &str) -> Result<Vec<String>, String> {
        let names = split_list(self.group(what)?)?;
        if names.is_empty() {
            return Err(format!("there are no {what} between the parentheses"));
        }
        names
            .into_iter()
            .map(|item| {
                let tokens = words(item);
                match tokens.as_slice() {
                    [token] if matches!(token.kind, Kind::Word | Kind::Quoted) => {
                        Ok(unquote(token.text))
                    }
                    _ => Err(format!("expected a name, found `{item}`")),
                }
            })
            .collect()
    }

    /// Takes the text up to the first of these phrases that stands outside of parentheses and of `CASE … END`, or to the end.
    /// Behind an operator or `FROM` it is what these need, such as the `null` of `a = null`.
    pub fn until(&mut self, phrases: &[&str]) -> &'a str {
        let start = self.peek().map_or(self.text.len(), |token| token.start);
        let mut end = start;
        let mut depth = 0_i32;
        let mut needs_more = true;
        while let Some(token) = self.peek() {
            if depth == 0 && !needs_more && phrases.iter().any(|phrase| self.sees(phrase)) {
                break;
            }
            depth += i32::from(token.is("(") || token.is("[") || token.is_word("case"))
                - i32::from(token.is(")") || token.is("]") || depth > 0 && token.is_word("end"));
            needs_more = token.kind == Kind::Operator || token.is_word("from");
            end = token.end();
            self.at += 1;
        }
        &self.text[start..end]
    }

    /// The text from here to just before `later`.
    pub fn up_to(&self, later: &Self) -> &'a str {
        let start = self.peek().map_or(self.text.len(), |token| token.start);
        let end = later
            .at
            .checked_sub(1)
            .and_then(|last| later.tokens.get(last))
            .map_or(start, Token::end);
        &self.text[start..end.max(start)]
    }

    /// Says that something else was expected here.
    pub fn unexpected(&self, expected: &str) -> String {
        match self.peek() {
            Some(token) => {
                format!("expected `{expected}`, found `{}` in `{}`", token.text, self.text)
            }
            None => format!("expected `{expected}` at the end of `{}`", self.text),
        }
    }

    /// Makes sure that nothing is left.
    ///
    /// # Errors
    /// Something is left.
    pub fn finish(&self) -> Result<(), String> {
        match self.peek() {
            Some(token) => Err(format!("`{}` is not understood here: `{}`", token.text, self.text)),
            None => Ok(()),
        }
    }
}
