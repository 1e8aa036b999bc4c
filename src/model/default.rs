//! Default values of columns, of tables and of views.

use std::fmt;
use std::str::FromStr;

use compact_str::CompactString;

use super::owning_column::OwningColumn;
use super::{Class, Domain, Value, Walk};
use crate::equivalence::Verdict;
use crate::sql;
use crate::value::{DataType, Expression, Home, Name, Number, serde_by_text, uncast};

/// A default expression.
///
/// `serial` is the next value of the sequence that the column owns, under whatever name. The catalogs say
/// `serial nextval(…)` of such a column, so that both spellings of a spec fit it.
#[derive(Debug, Clone)]
pub struct Default {
    serial: bool,
    /// Whether it is that of the domain that a domain is made of, if there is one.
    inherited: bool,
    text: String,
}

serde_by_text!(Default, "a default expression");

impl PartialEq for Default {
    fn eq(&self, other: &Self) -> bool {
        if self.inherited || other.inherited {
            self.inherited == other.inherited
        } else if self.serial || other.serial {
            self.serial == other.serial
        } else {
            self.text == other.text
        }
    }
}

impl Default {
    /// The next value of the column's own sequence.
    pub fn serial() -> Self {
        Self { serial: true, inherited: false, text: String::new() }
    }

    /// That of the domain that a domain is made of; none of any other type.
    pub(super) fn inherited() -> Self {
        Self { serial: false, inherited: true, text: String::new() }
    }

    /// Whether it is that.
    pub(super) fn is_inherited(&self) -> bool {
        self.inherited
    }

    /// Whether it is the next value of the column's own sequence.
    pub fn is_serial(&self) -> bool {
        self.serial
    }

    /// Whether it is the next value of this sequence of the column's. `serial` alone may be that of any.
    pub(super) fn draws_from(&self, schema: &str, sequence: &str) -> bool {
        self.serial && self.text.is_empty()
            || self.sequence().is_some_and(|named| named == Name::new(schema, sequence))
    }

    /// The sequence of which it is the next value, and nothing else.
    fn sequence(&self) -> Option<Name> {
        let tokens = sql::words(&self.text);
        let ([next, open, name, close] | [next, open, name, _, _, close]) = tokens.as_slice()
        else {
            return None;
        };
        let is_next = next.is_word("nextval") && open.is("(") && close.is(")");
        let name = Some(name).filter(|name| is_next && name.kind == sql::Kind::String)?;
        sql::string(name.text).parse().ok()
    }

    /// Whether it is the next value of a sequence that the column that the walk is in should own, or does where nothing is
    /// said of that: it is the sequence that differs, if anything does.
    fn is_of_its_own(&self, walk: &Walk<'_>) -> bool {
        let Some((column, sequence)) = self.beside(walk) else { return false };
        let own = walk.sequences_of(&column).into_iter().find(|own| !own.is_empty());
        own.is_some_and(|own| own.iter().any(|name| *name == sequence))
    }

    /// Whether it is the next value of the only sequence that the column that the walk is in owns there. Where none is said, it
    /// is the usual one.
    fn is_of_the_only_one(&self, walk: &Walk<'_>) -> bool {
        let Some((column, sequence)) = self.beside(walk) else { return false };
        let [_, own] = walk.sequences_of(&column);
        match own {
            [] => sequence == column.usual_sequence(),
            [only] => *only == sequence,
            _ => false,
        }
    }

    /// The column that the walk is in, and the sequence of which it is the next value. The column can own it: both are in one
    /// schema.
    fn beside(&self, walk: &Walk<'_>) -> Option<(OwningColumn, CompactString)> {
        let Name { schema, name } = self.sequence()?;
        let is_beside = schema.is_none_or(|schema| schema == walk.schema());
        Some((OwningColumn::at(walk.path())?, name)).filter(|_| is_beside)
    }
}

impl FromStr for Default {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let text = sql::without_outer_parentheses(text);
        if text.is_empty() {
            return Err("a default expression cannot be empty".to_owned());
        }
        Ok(match text.strip_prefix("serial") {
            Some("") => Self::serial(),
            Some(rest) if rest.starts_with(' ') => {
                Self { serial: true, inherited: false, text: sql::trim(rest).to_owned() }
            }
            _ => Self { serial: false, inherited: false, text: text.to_owned() },
        })
    }
}

impl fmt::Display for Default {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self { serial: true, .. } => "serial",
            Self { inherited: true, .. } => "that of its type",
            Self { text, .. } => text,
        })
    }
}

impl Value for Default {
    const HOLDS_SQL: bool = true;

    fn agrees(&self, actual: &Self, walk: &mut Walk<'_>) -> Verdict {
        match (self.text.is_empty(), actual.text.is_empty()) {
            // Two of their own are one, under whatever name: what is otherwise is told of the sequence.
            _ if self == actual && !self.inherited => Verdict::Same,
            _ if self.inherited => Verdict::of(below(walk) == Some(actual)),
            (false, false) => {
                let there = walk.value_type();
                let expected = walk.expected_value_type().or(there);
                let (mut written, mut stored) = (self.text.as_str(), actual.text.as_str());
                // What is assigned is cast anyway. A column of another type has the same constant as its default, though each
                // is cast to its own type.
                if written != stored {
                    written = without_cast(written, expected, walk.schema());
                    stored = without_cast(stored, there, walk.schema());
                }
                let mut verdict = walk.same_expression(written, stored);
                if written != stored && (written, stored) != (&self.text, &actual.text) {
                    // One cast of the one may be two of the other.
                    let whole = walk.same_expression(&self.text, &actual.text);
                    if whole.weight() < verdict.weight() {
                        verdict = whole;
                    }
                }
                if matches!(verdict, Verdict::Different(_)) && is_one_number(written, stored, walk)
                {
                    return Verdict::Equivalent("one number".to_owned());
                }
                verdict
            }
            _ => Verdict::of(
                self.serial == actual.serial
                    || self.serial && actual.is_of_its_own(walk)
                    || actual.serial && self.is_of_the_only_one(walk),
            ),
        }
    }

    /// `NULL`, cast or not, is what there is without a default, unless the column's type has one of its own.
    fn may_be_unset(&self, walk: &Walk<'_>) -> bool {
        is_null(&self.text) && domain(walk).is_none() || self.inherited && below(walk).is_none()
    }

    fn show(&self) -> String {
        if self.text.is_empty() { self.to_string() } else { crate::sql::on_one_line(&self.text) }
    }
}

/// Whether it is `NULL`, cast to some type or not.
fn is_null(text: &str) -> bool {
    matches!(sql::words(uncast(text).0).as_slice(), [null] if null.is_word("null"))
}

/// Whether both are numbers, of which a column has the same value.
fn is_one_number(written: &str, stored: &str, walk: &Walk<'_>) -> bool {
    let Some(there) = walk.value_type() else { return false };
    let expected = walk.expected_value_type().unwrap_or(there);
    let numbers = Number::read(written, expected).zip(Number::read(stored, there));
    // Where the types differ, that is told by itself.
    numbers.is_some_and(|(one, other)| one.is(&other, there) || one.is(&other, expected))
}

/// `text` without the cast to `own`, the type of its column, around a constant that it does not cut off.
fn without_cast<'a>(text: &'a str, own: Option<&DataType>, schema: &str) -> &'a str {
    let (inner, casts) = uncast(text);
    let (Some(own), [to]) = (own, casts.as_slice()) else { return text };
    let Some(value) = constant(inner) else { return text };
    let [plain, of_the_cast] = [own, to].map(|data_type| {
        let mut plain = data_type.without_modifiers();
        plain.relative_to(&Home::of(schema));
        plain
    });
    if plain == of_the_cast && to.keeps(&value, own) { inner } else { text }
}

/// The text that a single constant is.
fn constant(text: &str) -> Option<String> {
    match sql::words(text).as_slice() {
        [it] if it.kind == sql::Kind::String => Some(sql::string(it.text).into_owned()),
        _ => None,
    }
}

/// The domain that is the type of the column or domain that the walk is in.
fn domain<'a>(walk: &Walk<'a>) -> Option<&'a Domain> {
    let name = walk.value_type().map(|data_type| &data_type.name)?;
    let resolved = || walk.names.resolve(Class::Type, &name.name, walk.schema());
    let schema = name.schema.as_deref().or_else(resolved)?;
    walk.actual().schemas.body(schema)?.domains.body(&name.name)
}

/// The default of the domain that is the type of what the walk is in.
fn below<'a>(walk: &Walk<'a>) -> Option<&'a Default> {
    domain(walk)?.default.said()?.as_ref()
}

/// The default of a view's column, which sees no columns.
#[derive(Debug, Clone, PartialEq)]
pub struct ColumnDefault(Expression);

serde_by_text!(ColumnDefault, "an SQL expression");

impl FromStr for ColumnDefault {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        text.parse().map(Self)
    }
}

impl fmt::Display for ColumnDefault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Value for ColumnDefault {
    const HOLDS_SQL: bool = true;

    fn agrees(&self, actual: &Self, walk: &mut Walk<'_>) -> Verdict {
        // The server casts a constant to the type of the column.
        let stored = actual.0.to_string();
        let (stored, casts) = uncast(&stored);
        let written = constant(&self.0.to_string());
        if casts.len() == 1 && written.is_some() && written == constant(stored) {
            return Verdict::Same;
        }
        walk.seeing_nothing(|walk| self.0.agrees(&actual.0, walk))
    }

    fn show(&self) -> String {
        self.0.show()
    }
}
