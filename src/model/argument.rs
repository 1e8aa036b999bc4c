//! Arguments of functions, procedures and aggregates.

use super::{Value, Walk};
use crate::equivalence::Verdict;
use crate::sql::{self, Cursor, Kind};
use crate::value::{DataType, Home, serde_by_text};

/// One argument, or one column of `returns table`.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Argument {
    /// `in`, `out`, `inout` or `variadic`.
    mode: &'static str,
    name: Option<String>,
    data_type: DataType,
    default: Option<String>,
}

/// The arguments of a function, in order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Arguments(Vec<Argument>);

serde_by_text!(Arguments, "the arguments of a function");

impl Arguments {
    /// Those that a call gives, by name or else by number, each with its type.
    pub(super) fn of_a_call(&self) -> Vec<(String, String)> {
        let given = self.0.iter().filter(|argument| argument.mode != "out");
        let named = given.zip(1..).map(|(argument, number)| {
            let name = argument.name.clone().unwrap_or_else(|| format!("${number}"));
            (name, argument.data_type.to_string())
        });
        named.collect()
    }

    /// Whether they say more than the types of what is given, with or without names.
    pub(super) fn say_more_than_types(&self) -> bool {
        self.0.iter().any(|argument| argument.mode != "in" || argument.default.is_some())
    }

    /// Their types, in order.
    pub(super) fn into_types(self) -> Vec<DataType> {
        self.0.into_iter().map(|argument| argument.data_type).collect()
    }

    /// Names of which `others` have another one in the same place, each with that.
    pub(super) fn renamed(&self, others: &Self) -> Vec<(String, String)> {
        let pairs = self.0.iter().zip(&others.0).filter(|_| self.0.len() == others.0.len());
        let names = pairs.filter_map(|(own, other)| own.name.clone().zip(other.name.clone()));
        names.filter(|(own, other)| own != other).collect()
    }
}

impl std::str::FromStr for Arguments {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let items = sql::split_list(sql::without_outer_parentheses(text))?;
        items.into_iter().map(argument).collect::<Result<_, _>>().map(Self)
    }
}

const MODES: [&str; 4] = ["inout", "in", "out", "variadic"];

/// `mode name type`, `name mode type`, or with less.
fn argument(text: &str) -> Result<Argument, String> {
    let mut cursor = Cursor::new(text)?;
    let mode = |cursor: &mut Cursor<'_>| {
        let written = cursor.take("in out").then_some("inout");
        written.or_else(|| MODES.into_iter().find(|mode| cursor.take(mode)))
    };
    let first = mode(&mut cursor);
    let mut behind = cursor.clone();
    behind.skip(1);
    // A type may be called `inout`.
    let second = if first.is_none() { mode(&mut behind) } else { None };
    let second = second.and_then(|mode| Some((mode, complete_type(&behind)?)));
    let (name, data_type) = match (&second, cursor.peek()) {
        (Some((_, (data_type, after))), Some(name)) => {
            let name = sql::unquote(name.text);
            cursor = after.clone();
            (Some(name), data_type.clone())
        }
        _ => named_type(&mut cursor)?,
    };
    let mode = first.or(second.map(|(mode, _)| mode)).unwrap_or("in");
    let default = if cursor.take("default") || cursor.take_symbol("=") {
        Some(cursor.until(&[]).to_owned())
    } else {
        None
    };
    cursor.finish()?;
    Ok(Argument { mode, name, data_type, default })
}

/// A type with nothing after it but a default, and what follows it. PostgreSQL forgets the modifiers of a function's types.
fn complete_type<'a>(cursor: &Cursor<'a>) -> Option<(DataType, Cursor<'a>)> {
    let (data_type, used) = DataType::parse(cursor.rest()).ok()?;
    let mut after = cursor.clone();
    after.skip(used);
    let complete = after.at_end() || after.sees("default") || after.peek()?.is("=");
    complete.then_some((data_type.without_modifiers(), after))
}

/// `name type`, or a type alone: it is a name when what follows it reads as a type up to the end.
fn named_type(cursor: &mut Cursor<'_>) -> Result<(Option<String>, DataType), String> {
    if let Some((data_type, after)) = complete_type(cursor) {
        *cursor = after;
        return Ok((None, data_type));
    }
    let name = match cursor.peek() {
        Some(token) if matches!(token.kind, Kind::Word | Kind::Quoted) => sql::unquote(token.text),
        _ => return Err(cursor.unexpected("data type")),
    };
    cursor.skip(1);
    match complete_type(cursor) {
        Some((data_type, after)) => {
            *cursor = after;
            Ok((Some(name), data_type))
        }
        None => Err(cursor.unexpected("data type")),
    }
}

impl std::fmt::Display for Argument {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.mode != "in" {
            write!(f, "{} ", self.mode)?;
        }
        if let Some(name) = &self.name {
            if MODES.contains(&name.as_str()) {
                write!(f, "\"{name}\" ")?;
            } else {
                write!(f, "{} ", sql::quote(name))?;
            }
        }
        write!(f, "{}", self.data_type.short())?;
        match &self.default {
            Some(default) => write!(f, " default {default}"),
            None => Ok(()),
        }
    }
}

impl std::fmt::Display for Arguments {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let arguments: Vec<String> = self.0.iter().map(ToString::to_string).collect();
        f.write_str(&arguments.join(", "))
    }
}

impl Value for Arguments {
    const HOLDS_SQL: bool = true;

    fn agrees(&self, actual: &Self, walk: &mut Walk<'_>) -> Verdict {
        // The key of `is_member(uuid)` has the types of its arguments, and nothing more is said of them.
        if self.0.is_empty() && !walk.path().name().ends_with("()") {
            return Verdict::of(!actual.say_more_than_types());
        }
        if self.0.len() != actual.0.len() {
            return Verdict::Different(None);
        }
        let mut verdicts = Vec::new();
        for (expected, actual) in self.0.iter().zip(&actual.0) {
            let same = expected.mode == actual.mode
                && expected.name == actual.name
                && walk.names.same_type(&expected.data_type, &actual.data_type, walk.schema());
            verdicts.push(Verdict::of(same));
            verdicts.push(match (&expected.default, &actual.default) {
                (Some(expected), Some(stored)) => {
                    walk.seeing_nothing(|walk| walk.same_value(&actual.data_type, expected, stored))
                }
                (expected, actual) => Verdict::of(expected.is_none() && actual.is_none()),
            });
        }
        Verdict::all(verdicts)
    }

    fn show(&self) -> String {
        format!("({self})")
    }

    fn relative_to(&mut self, home: &Home<'_>) {
        self.0.iter_mut().for_each(|argument| argument.data_type.relative_to(home));
    }

    fn visit_types(&self, visit: &mut dyn FnMut(&DataType)) {
        self.0.iter().for_each(|argument| visit(&argument.data_type));
    }
}
