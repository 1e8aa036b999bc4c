//! Bodies of functions and procedures.

use super::command::{commands, same_commands};
use super::{Expect, Value, Walk};
use crate::equivalence::{Scope, Verdict, identifier};
use crate::sql;
use crate::value::{Body, StandardBody};

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

impl Value for Body {
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

/// An expression with the names of the arguments in place of their numbers.
fn with_names(text: &str, walk: &Walk<'_>) -> String {
    let Some(Scope::Arguments(_, arguments)) = walk.scope() else { return text.to_owned() };
    let named = |token: sql::Token<'_>| {
        let number = token.text.strip_prefix('$').and_then(|number| number.parse::<usize>().ok());
        let argument = number.and_then(|number| arguments.get(number.checked_sub(1)?));
        argument.map_or(token.text.to_owned(), |(name, _)| identifier(name))
    };
    sql::tokens(text).map(named).collect()
}
