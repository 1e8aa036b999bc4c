//! Bodies of functions and procedures.

use super::argument::Arguments;
use super::command::{commands, same_commands};
use super::signature::name;
use super::{Expect, Value, Walk};
use crate::equivalence::{Scope, Verdict};
use crate::sql::{self, identifier};
use crate::value::{Body, DataType, StandardBody};

/// The languages whose names are often written in capitals, as in `LANGUAGE SQL`.
const IN_CAPITALS: &[&str] = &["sql", "plpgsql", "c", "internal"];

/// Tells a body in which language it is.
pub(super) fn tell_language(body: &mut Expect<Body>, language: &mut Expect<String>) {
    if let Expect::Is(language) = language
        && IN_CAPITALS.iter().any(|known| known.eq_ignore_ascii_case(language))
    {
        language.make_ascii_lowercase();
    }
    if let (Expect::Is(body), Some(language)) = (body, language.said()) {
        body.set_language(language);
    }
}

/// A body in the standard's form with the names of the actual arguments, of which a finding of their own tells: it is printed
/// with them. `key` is the signature; nothing where no argument has another name.
pub(super) fn in_names_of(
    (arguments, body): (&Expect<Arguments>, &Expect<Body>),
    (actual_arguments, actual_body): (&Expect<Arguments>, &Expect<Body>),
    key: &str,
) -> Option<Body> {
    let renamed = arguments.said()?.renamed(actual_arguments.said()?);
    if renamed.is_empty() {
        return None;
    }
    body.said()?.with_arguments(name(key), &renamed, actual_body.said()?)
}

impl Value for Body {
    const HOLDS_SQL: bool = true;

    fn agrees(&self, actual: &Self, walk: &mut Walk<'_>) -> Verdict {
        if self == actual {
            return Verdict::Same;
        }
        match (self.standard(), actual.standard()) {
            (Some(StandardBody::Return(written)), Some(StandardBody::Return(stored))) => {
                let [written, stored] = [written, stored].map(|text| with_names(text, walk));
                walk.same_expression(&written, &stored)
            }
            (Some(StandardBody::Atomic(written)), Some(StandardBody::Atomic(stored))) => {
                same_commands(&commands(written), &commands(stored), walk.schema())
            }
            _ if self.reads_the_same(actual) => {
                Verdict::Equivalent("only white space differs".to_owned())
            }
            _ => Verdict::Different(None),
        }
    }

    fn show(&self) -> String {
        self.to_string()
    }
}

/// How the server prints an argument without a name, where others have one.
const NAMELESS: &str = "\"\"";

/// An expression with the names of the arguments in place of their numbers, each with the function's before it: a column may
/// have the same name. One of which a field is taken stands in parentheses: elsewhere than in a function, a name before a dot
/// is that of a table.
fn with_names(text: &str, walk: &Walk<'_>) -> String {
    let Some(Scope::Arguments(function, arguments)) = walk.scope() else { return text.to_owned() };
    let numbered = |token: &sql::Token<'_>| {
        if token.text == NAMELESS {
            let mut nameless = arguments.iter().filter(|(name, _)| name.starts_with('$'));
            return nameless.next().filter(|_| nameless.next().is_none());
        }
        let number: usize = token.text.strip_prefix('$')?.parse().ok()?;
        arguments.get(number.checked_sub(1)?)
    };
    let named = |token: &sql::Token<'_>| {
        let name = token.is_name().then(|| sql::unquote(token.text))?;
        arguments.iter().find(|(argument, _)| *argument == name)
    };
    let is_composite =
        |data_type: &String| data_type.parse().is_ok_and(|data_type: DataType| !data_type.built_in);
    let mut tokens = sql::tokens(text).peekable();
    let (mut written, mut is_after_dot) = (String::with_capacity(text.len()), false);
    while let Some(token) = tokens.next() {
        let is_before_dot = tokens.peek().is_some_and(|next| next.is("."));
        let number = numbered(&token);
        let argument = number.or_else(|| named(&token).filter(|_| is_before_dot && !is_after_dot));
        let has_fields = argument.is_some_and(|(_, data_type)| is_composite(data_type));
        match argument {
            Some((name, _)) if is_before_dot && has_fields => {
                let of = if number.is_some() { identifier(function) + "." } else { String::new() };
                written += &format!("({of}{})", identifier(name));
            }
            Some((name, _)) if number.is_some() => {
                written += &format!("{}.{}", identifier(function), identifier(name));
            }
            _ => written += token.text,
        }
        is_after_dot = token.is(".");
    }
    written
}
