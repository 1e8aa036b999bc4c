//! How an object names another one: functions, operators and others, each resolved in the name space of its class.

use std::fmt;
use std::str::FromStr;

use super::range_type::is_usual_class;
use super::{Class, Value, Walk};
use crate::equivalence::Verdict;
use crate::sql::{self, Cursor, Kind};
use crate::value::{DataType, Home, Name, serde_by_text};

/// Names of what is built in have no schema.
fn plain(mut name: Name) -> Name {
    name.relative_to(&Home::of("pg_catalog"));
    name
}

/// Whether two lists of types are the same, where both are said.
fn same_types(written: Option<&[DataType]>, actual: Option<&[DataType]>, walk: &Walk<'_>) -> bool {
    let (Some(written), Some(actual)) = (written, actual) else { return true };
    walk.names.same_types(written, actual, walk.schema())
}

/// `(integer, text)`, or nothing where it is not said.
fn write_types(f: &mut fmt::Formatter<'_>, types: Option<&[DataType]>) -> fmt::Result {
    let Some(types) = types else { return Ok(()) };
    let types: Vec<String> = types.iter().map(DataType::short).collect();
    write!(f, "({})", types.join(", "))
}

/// Declares a name of one class.
macro_rules! names {
    ($($(#[doc = $doc:literal])+ $name:ident of $class:ident, $what:literal;)+) => {
        $(
            $(#[doc = $doc])+
            #[derive(Debug, Clone, PartialEq, Eq)]
            pub struct $name(Name);

            serde_by_text!($name, $what);

            impl FromStr for $name {
                type Err = String;

                fn from_str(text: &str) -> Result<Self, String> {
                    text.parse().map(|name| Self(plain(name)))
                }
            }

            impl fmt::Display for $name {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    self.0.fmt(f)
                }
            }

            impl Value for $name {
                fn agrees(&self, actual: &Self, walk: &mut Walk<'_>) -> Verdict {
                    Verdict::of(walk.names.same(Class::$class, &self.0, &actual.0, walk.schema()))
                }

                /// There is one by default of operator classes only.
                fn may_be_unset(&self, walk: &Walk<'_>) -> bool {
                    Class::$class == Class::OperatorClass && is_usual_class(&self.0, walk)
                }

                fn show(&self) -> String {
                    self.to_string()
                }

                fn relative_to(&mut self, home: &Home<'_>) {
                    self.0.relative_to(home);
                }
            }
        )+
    };
}

names! {
    /// The name of a text search parser.
    ParserName of TextSearchParser, "the name of a text search parser";
    /// The name of a text search template.
    TemplateName of TextSearchTemplate, "the name of a text search template";
    /// The name of a text search dictionary.
    DictionaryName of TextSearchDictionary, "the name of a text search dictionary";
    /// The name of a collation.
    CollationName of Collation, "the name of a collation";
    /// The name of an operator class; its access method goes without saying.
    OperatorClassName of OperatorClass, "the name of an operator class";
    /// The name of an operator family; its access method goes without saying.
    FamilyName of OperatorFamily, "the name of an operator family";
}

impl CollationName {
    /// Reads a name from the front of what is left.
    pub(super) fn read(cursor: &mut Cursor<'_>) -> Result<Self, String> {
        Name::read(cursor).map(|name| Self(plain(name)))
    }

    /// Whether it is the one of `pg_catalog` of this name.
    pub(super) fn is_built_in(&self, name: &str) -> bool {
        self.0.schema.is_none() && self.0.name == name
    }
}

/// A function that an object uses: its name, and the types of its arguments where they are said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FunctionName {
    name: Name,
    arguments: Option<Vec<DataType>>,
}

serde_by_text!(FunctionName, "a function, such as f or f(integer)");

impl FunctionName {
    /// Reads `name` or `name(types)`.
    pub(super) fn read(cursor: &mut Cursor<'_>) -> Result<Self, String> {
        let name = Name::read(cursor)?;
        let arguments = if cursor.sees_group() {
            Some(DataType::parse_list(cursor.group("data types")?)?)
        } else {
            None
        };
        Ok(Self { name: plain(name), arguments })
    }
}

impl FromStr for FunctionName {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut cursor = Cursor::new(text)?;
        let function = Self::read(&mut cursor)?;
        cursor.finish()?;
        Ok(function)
    }
}

impl fmt::Display for FunctionName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.name.fmt(f)?;
        write_types(f, self.arguments.as_deref())
    }
}

impl Value for FunctionName {
    const HOLDS_SQL: bool = true;

    fn agrees(&self, actual: &Self, walk: &mut Walk<'_>) -> Verdict {
        let name = walk.names.same(Class::Function, &self.name, &actual.name, walk.schema());
        let types = same_types(self.arguments.as_deref(), actual.arguments.as_deref(), walk);
        Verdict::of(name && types)
    }

    fn show(&self) -> String {
        self.to_string()
    }

    fn relative_to(&mut self, home: &Home<'_>) {
        self.name.relative_to(home);
        self.arguments.iter_mut().flatten().for_each(|data_type| data_type.relative_to(home));
    }
}

/// An operator that an object uses: its name, and the types of its operands where they are said. A side without an
/// operand has the type `none`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OperatorName {
    name: Name,
    operands: Option<Vec<DataType>>,
}

serde_by_text!(OperatorName, "an operator, such as <-> or <->(point, point)");

impl OperatorName {
    /// Reads `[operator (] [schema.]name [)] [(left, right)]`.
    pub(super) fn read(cursor: &mut Cursor<'_>) -> Result<Self, String> {
        if cursor.take("operator") {
            let mut inner = Cursor::new(cursor.group("operator")?)?;
            let name = Self::name(&mut inner)?;
            inner.finish()?;
            return Ok(Self { name, operands: Self::operands(cursor)? });
        }
        Ok(Self { name: Self::name(cursor)?, operands: Self::operands(cursor)? })
    }

    fn name(cursor: &mut Cursor<'_>) -> Result<Name, String> {
        let schema = match cursor.peek() {
            Some(token) if matches!(token.kind, Kind::Word | Kind::Quoted) => {
                let schema = cursor.word("schema")?;
                if !cursor.take_symbol(".") {
                    return Err(cursor.unexpected("."));
                }
                Some(schema)
            }
            _ => None,
        };
        match cursor.peek() {
            Some(token) if token.kind == Kind::Operator => {
                let name = token.text.into();
                cursor.skip(1);
                Ok(plain(Name { schema: schema.map(Into::into), name }))
            }
            _ => Err(cursor.unexpected("an operator")),
        }
    }

    fn operands(cursor: &mut Cursor<'_>) -> Result<Option<Vec<DataType>>, String> {
        if !cursor.sees_group() {
            return Ok(None);
        }
        DataType::parse_list(cursor.group("data types")?).map(Some)
    }

    /// Whether its schema is said.
    pub(super) fn has_schema(&self) -> bool {
        self.name.schema.is_some()
    }

    /// Whether it is `actual` where an operator class has one operator of the name: it need not be the first one on the path.
    pub(super) fn is_of_the_class_as(&self, actual: &Self, walk: &Walk<'_>) -> bool {
        let is_found = || {
            let schema = actual.name.schema.as_deref();
            !self.has_schema() && schema.is_some_and(|it| walk.names.finds_in(it, walk.schema()))
        };
        self == actual || self.name.name == actual.name.name && is_found()
    }

    /// Whether `written`, inside of `schema`, is the operator `actual`; both are keys of operators.
    pub(super) fn is_key(
        written: &str,
        actual: &str,
        schema: &str,
        names: &super::Meaning<'_>,
    ) -> bool {
        let (Ok(written), Ok(actual)) = (written.parse::<Self>(), actual.parse::<Self>()) else {
            return false;
        };
        let types = match (&written.operands, &actual.operands) {
            (Some(written), Some(actual)) => names.same_types(written, actual, schema),
            _ => true,
        };
        written.name == actual.name && types
    }
}

impl FromStr for OperatorName {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut cursor = Cursor::new(text)?;
        let operator = Self::read(&mut cursor)?;
        cursor.finish()?;
        Ok(operator)
    }
}

impl fmt::Display for OperatorName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(schema) = &self.name.schema {
            write!(f, "{}.", sql::quote(schema))?;
        }
        f.write_str(&self.name.name)?;
        write_types(f, self.operands.as_deref())
    }
}

impl Value for OperatorName {
    const HOLDS_SQL: bool = true;

    fn agrees(&self, actual: &Self, walk: &mut Walk<'_>) -> Verdict {
        let name = walk.names.same(Class::Operator, &self.name, &actual.name, walk.schema());
        let types = same_types(self.operands.as_deref(), actual.operands.as_deref(), walk);
        Verdict::of(name && types)
    }

    fn show(&self) -> String {
        self.to_string()
    }

    fn relative_to(&mut self, home: &Home<'_>) {
        self.name.relative_to(home);
        self.operands.iter_mut().flatten().for_each(|data_type| data_type.relative_to(home));
    }
}
