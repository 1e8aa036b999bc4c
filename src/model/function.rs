//! Functions.

use super::function_body::tell_language;
use super::reference::FunctionName;
use super::signature::{is_signature, is_signature_key, name};
use super::{Expect, Meaning, Owner, Special, Value, Walk, object, word_value};
use crate::equivalence::{Scope, Verdict};
use crate::finding::Path;
use crate::sql::{self, Cursor, Kind};
use crate::value::{Body, DataType, Estimate, Grants, Home, Settings, serde_by_text, words};

words! {
    /// What a function promises about its results.
    pub enum Volatility {
        /// The same arguments give the same result for ever.
        Immutable = "immutable",
        /// The same arguments give the same result within a statement.
        Stable = "stable",
        /// Nothing.
        Volatile = "volatile",
    }
}

words! {
    /// With whose rights a function runs.
    pub enum Security {
        /// The caller's.
        Invoker = "invoker",
        /// The owner's.
        Definer = "definer",
    }
}

words! {
    /// Whether a function can run in parallel workers.
    pub enum Parallel {
        /// It cannot run while others do.
        Unsafe = "unsafe",
        /// In the leader only.
        Restricted = "restricted",
        /// Anywhere.
        Safe = "safe",
    }
}

word_value!(Volatility, Security, Parallel);

object! {
    /// A function. Its key is its name with the types of its input arguments: `add_member(uuid, text)`.
    pub struct Function: "function" {
        /// Its arguments with their modes, names, types and defaults, as in `CREATE FUNCTION`.
        arguments: Expect<Arguments> = Arguments::default(),
        /// What it returns: a type, `setof` a type, or `table (…)`.
        returns: Expect<Returns>,
        /// Its language.
        language: Expect<String>,
        /// What it promises: `immutable`, `stable` or `volatile`.
        volatility: Expect<Volatility> = Volatility::Volatile,
        /// With whose rights it runs: `invoker` or `definer`.
        security: Expect<Security> = Security::Invoker,
        /// Whether a null argument makes the result null without a call.
        strict: Expect<bool> = false,
        /// Whether it gives nothing of its arguments away.
        leakproof: Expect<bool> = false,
        /// Whether it can run in parallel workers: `unsafe`, `restricted` or `safe`.
        parallel: Expect<Parallel> = Parallel::Unsafe,
        /// Whether it is a window function.
        window: Expect<bool> = false,
        /// What a call costs, where it is not what is usual: 100, or 1 for one that is in C.
        cost: Expect<Option<Estimate>> = None,
        /// How many rows it returns, where it is a set and not 1000 of them.
        rows: Expect<Option<Estimate>> = None,
        /// The function that helps the planner with it.
        support: Expect<Option<FunctionName>> = None,
        /// Configuration parameters that it sets.
        settings: Expect<Settings> = Settings::default(),
        /// The data types whose transforms it uses.
        transforms: Expect<Vec<DataType>> = Vec::new(),
        /// Its source text; of one in C, the name that it has there.
        body: Expect<Body>,
        /// The file of one in C.
        library: Expect<Option<String>> = None,
        /// Its owner, where it is not the owner of the database.
        owner: Expect<Option<Owner>> = None,
        /// Privileges of roles beyond what PostgreSQL gives by itself (all to the owner, `execute` to everybody); `-execute` is one of those that was taken away.
        grants: Expect<Grants> = Grants::default(),
        /// Its comment.
        comment: Expect<Option<String>> = None,
    }
}

impl Special for Function {
    fn scope(&self, path: &Path) -> Option<Scope> {
        let arguments = self.arguments.said().map(Arguments::of_a_call).unwrap_or_default();
        Some(match arguments.as_slice() {
            [] => Scope::Nothing,
            _ => Scope::Arguments(name(path.name()).to_owned(), arguments),
        })
    }

    fn value_type(&self) -> Option<&DataType> {
        self.returns.said().and_then(Returns::value_type)
    }

    /// What is said and usual goes, of what a call costs and how many rows come back.
    fn conclude(&mut self) {
        tell_language(&mut self.body, &mut self.language);
        let is_compiled =
            self.language.said().is_some_and(|language| language == "c" || language == "internal");
        let cost = if is_compiled { 1.0 } else { 100.0 };
        for (said, usual) in [(&mut self.cost, cost), (&mut self.rows, 1000.0)] {
            if said.said() == Some(&Some(Estimate(usual))) {
                *said = Expect::Is(None);
            }
        }
    }

    fn in_terms_of(&self, actual: &Self, name: &str) -> Option<Self> {
        let (own, others) = self.arguments.said().zip(actual.arguments.said())?;
        let bodies = self.body.said().zip(actual.body.said())?;
        let body = own.in_body(others, bodies, name)?;
        Some(Self { body: Expect::Is(body), ..self.clone() })
    }

    fn check_key(key: &str) -> Result<(), String> {
        is_signature_key(key)
    }

    fn is_named(written: &str, actual: &str, schema: &str, names: &Meaning<'_>) -> bool {
        is_signature(written, actual, schema, names)
    }
}

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
    fn of_a_call(&self) -> Vec<(String, String)> {
        let given = self.0.iter().filter(|argument| argument.mode != "out");
        let named = given.zip(1..).map(|(argument, number)| {
            let name = argument.name.clone().unwrap_or_else(|| format!("${number}"));
            (name, argument.data_type.to_string())
        });
        named.collect()
    }
}

impl Arguments {
    /// Whether they say more than the types of what is given, with or without names.
    pub(super) fn say_more_than_types(&self) -> bool {
        self.0.iter().any(|argument| argument.mode != "in" || argument.default.is_some())
    }

    /// Their types, in order.
    pub(super) fn into_types(self) -> Vec<DataType> {
        self.0.into_iter().map(|argument| argument.data_type).collect()
    }

    /// A body in the standard's form with the names of `others`, the arguments of the actual one, of which a finding of their
    /// own tells: it is printed with them. `key` is the signature.
    pub(super) fn in_body(
        &self,
        others: &Self,
        (body, actual): (&Body, &Body),
        key: &str,
    ) -> Option<Body> {
        let renamed = self.renamed(others);
        if renamed.is_empty() { None } else { body.with_arguments(name(key), &renamed, actual) }
    }

    /// Names of which `others` have another one in the same place, each with that.
    fn renamed(&self, others: &Self) -> Vec<(String, String)> {
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

/// What a function returns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Returns {
    set: bool,
    kind: Returned,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Returned {
    Type(DataType),
    Table(Arguments),
}

serde_by_text!(Returns, "what a function returns");

impl Returns {
    /// The type of the value that it returns, where it returns one.
    fn value_type(&self) -> Option<&DataType> {
        match &self.kind {
            Returned::Type(data_type) if !self.set => Some(data_type),
            _ => None,
        }
    }
}

impl std::str::FromStr for Returns {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut cursor = Cursor::new(text)?;
        if cursor.take("table") {
            let columns = cursor.group("columns")?.parse()?;
            cursor.finish()?;
            return Ok(Self { set: true, kind: Returned::Table(columns) });
        }
        let set = cursor.take("setof");
        let (data_type, used) = DataType::parse(cursor.rest())?;
        cursor.skip(used);
        cursor.finish()?;
        Ok(Self { set, kind: Returned::Type(data_type.without_modifiers()) })
    }
}

impl std::fmt::Display for Returns {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.kind {
            Returned::Table(columns) => write!(f, "table ({columns})"),
            Returned::Type(data_type) => {
                write!(f, "{}{}", if self.set { "setof " } else { "" }, data_type.short())
            }
        }
    }
}

impl Value for Returns {
    fn agrees(&self, actual: &Self, walk: &mut Walk<'_>) -> Verdict {
        if self.set != actual.set {
            return Verdict::Different(None);
        }
        match (&self.kind, &actual.kind) {
            (Returned::Type(expected), Returned::Type(actual)) => expected.agrees(actual, walk),
            (Returned::Table(expected), Returned::Table(actual)) => expected.agrees(actual, walk),
            _ => Verdict::Different(None),
        }
    }

    fn show(&self) -> String {
        self.to_string()
    }

    fn relative_to(&mut self, home: &Home<'_>) {
        match &mut self.kind {
            Returned::Type(data_type) => data_type.relative_to(home),
            Returned::Table(columns) => columns.relative_to(home),
        }
    }

    fn visit_types(&self, visit: &mut dyn FnMut(&DataType)) {
        match &self.kind {
            Returned::Type(data_type) => visit(data_type),
            Returned::Table(columns) => columns.visit_types(visit),
        }
    }
}
