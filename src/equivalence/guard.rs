//! Refuses texts that could leave the place they are put into, before they are sent. The server sees one message that
//! it only analyses, and the shape of its tree is checked afterwards; so this is the first fence of three.

use crate::sql::{self, Kind, Token};

/// Whether `text` may stand between the parentheses of an expression, otherwise why not.
pub(super) fn expression(text: &str) -> Result<(), String> {
    let words = read(text)?;
    if words.is_empty() {
        return Err("it is empty".to_owned());
    }
    balanced(&words)
}

/// Whether `text` may stand for a whole query, otherwise why not.
pub(super) fn query(text: &str) -> Result<(), String> {
    let words = read(text)?;
    let begins = |word: &Token<'_>| {
        word.is("(")
            || ["select", "values", "with", "table"].iter().any(|first| word.is_word(first))
    };
    if !words.first().is_some_and(begins) {
        return Err("it is no query: expected SELECT, VALUES, TABLE or WITH".to_owned());
    }
    balanced(&words)
}

/// Whether `text` may stand for the name of a type, otherwise why not.
pub(super) fn data_type(text: &str) -> Result<(), String> {
    let words = read(text)?;
    balanced(&words)?;
    let mut depth = 0_usize;
    let fits = |word: &Token<'_>| {
        match word.text {
            "(" | "[" => depth += 1,
            ")" | "]" => depth = depth.saturating_sub(1),
            _ => {}
        }
        match word.kind {
            Kind::Word | Kind::Quoted => true,
            Kind::Number => depth > 0,
            Kind::Punctuation => word.text != "," || depth > 0,
            Kind::Operator => word.text == "-" && depth > 0,
            _ => false,
        }
    };
    if words.is_empty() || !words.iter().all(fits) {
        return Err(format!("`{text}` is no data type"));
    }
    Ok(())
}

/// Whether `name` may stand for a name, between quotes, otherwise why not.
pub(super) fn name(name: &str) -> Result<(), String> {
    if name.is_empty() || name.contains('\0') {
        return Err(format!("{name:?} is no name"));
    }
    Ok(())
}

/// The words of `text`, where the server's lexer is sure to see the same ones.
fn read(text: &str) -> Result<Vec<Token<'_>>, String> {
    if text.contains('\0') {
        return Err("it contains a zero byte".to_owned());
    }
    let all: Vec<Token<'_>> = sql::tokens(text).collect();
    for (at, token) in all.iter().enumerate() {
        let next = all.get(at + 1);
        match token.kind {
            Kind::Unterminated => return Err(format!("`{}` does not end", token.text)),
            Kind::Blank if token.text.starts_with("--") || token.text.starts_with("/*") => {}
            // For the server, all other characters belong to names.
            Kind::Blank | Kind::Operator if !token.text.is_ascii() => {
                return Err(format!("unexpected character in `{}`", token.text));
            }
            Kind::Number if token.text.starts_with('$') => {
                return Err(format!("there is no parameter {}", token.text));
            }
            // Servers before 15 would read `1e'…'` as a number and an escape string.
            Kind::Number
                if next.is_some_and(|next| matches!(next.kind, Kind::String | Kind::Quoted)) =>
            {
                return Err(format!("trailing junk after `{}`", token.text));
            }
            _ => {}
        }
    }
    let words: Vec<Token<'_>> = all.into_iter().filter(|token| token.kind != Kind::Blank).collect();
    // A string that goes on in the next line keeps the escapes of its first part.
    let continued = |pair: &[Token<'_>]| {
        let [first, second] = pair else { return false };
        let escapes = first.kind == Kind::String && first.text.starts_with(['e', 'E']);
        escapes && second.kind == Kind::String && second.text.starts_with('\'')
    };
    if words.windows(2).any(continued) {
        return Err("an escape string is continued by a second string".to_owned());
    }
    Ok(words)
}

fn balanced(words: &[Token<'_>]) -> Result<(), String> {
    let mut open = Vec::new();
    for word in words.iter().filter(|word| word.kind == Kind::Punctuation) {
        match word.text {
            ";" => return Err("it contains a `;`".to_owned()),
            "(" => open.push(")"),
            "[" => open.push("]"),
            ")" | "]" if open.pop() != Some(word.text) => {
                return Err(format!("it has a `{}` too many", word.text));
            }
            _ => {}
        }
    }
    match open.pop() {
        Some(missing) => Err(format!("it lacks a closing `{missing}`")),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_leaves_its_place_is_refused() {
        for text in [
            "",
            "-- nothing",
            "true) from t; drop table t; select (1",
            "true); select (1",
            "1; select 2",
            "'a",
            "$$ a",
            "/* a",
            "(a",
            "a]",
            "(a]",
            "a > $1",
            "a\u{a0}$$ ) ; select ( $$",
            "-- x \r ) ; select (\n 1",
            "E'a'\n'\\'' ) ; select ( '",
            "1e'\\' ) ; select ( '",
            "a \0",
        ] {
            assert!(expression(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn what_stays_is_accepted() {
        for text in [
            "a > 0 -- positive",
            "';' <> ')'",
            "$x$ ) $x$ = E'\\''",
            "\"(\" = a[1]",
            "größe > 0",
            "a--\r\n",
        ] {
            assert_eq!(expression(text), Ok(()), "{text:?}");
        }
    }

    #[test]
    fn types_and_queries_are_told_from_other_texts() {
        for text in
            ["int", "numeric(12,2)", "public.\"T\"[]", "interval day to second", "numeric(3,-2)"]
        {
            assert_eq!(data_type(text), Ok(()), "{text}");
        }
        for text in ["", "int, x int", "int) x", "int 'a'", "int = 1"] {
            assert!(data_type(text).is_err(), "{text}");
        }
        assert_eq!(query(" (select 1) union values (2)"), Ok(()));
        for text in ["delete from t", "select 1; select 2", "", "insert into t values (1)"] {
            assert!(query(text).is_err(), "{text}");
        }
    }
}
