//! What operator classes and families hold: operators and functions, each under a number of the access method.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::reference::{FamilyName, FunctionName, OperatorName};
use super::{Value, Walk};
use crate::equivalence::Verdict;
use crate::sql::Cursor;
use crate::value::{DataType, Home, serde_by_text};

/// Members in any order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Members<M>(Vec<M>);

impl<M> Default for Members<M> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<M: Value> Value for Members<M> {
    const HOLDS_SQL: bool = M::HOLDS_SQL;
    const IS_LIST: bool = true;

    fn schema() -> serde_json::Value {
        Vec::<M>::schema()
    }

    fn agrees(&self, actual: &Self, walk: &mut Walk<'_>) -> Verdict {
        let mut left: Vec<&M> = actual.0.iter().collect();
        for member in &self.0 {
            match left.iter().position(|other| member.agrees(other, walk) == Verdict::Same) {
                Some(at) => drop(left.swap_remove(at)),
                None => return Verdict::Different(None),
            }
        }
        Verdict::of(left.is_empty())
    }

    fn show(&self) -> String {
        self.0.show()
    }

    fn relative_to(&mut self, home: &Home<'_>) {
        self.0.relative_to(home);
    }
}

/// An operator under its strategy number: `1 <(integer, integer)`, `15 <->(point, point) for order by float_ops`.
#[derive(Debug, Clone, PartialEq)]
pub struct MemberOperator {
    strategy: i64,
    operator: OperatorName,
    order_by: Option<FamilyName>,
}

serde_by_text!(MemberOperator, "a strategy number and an operator, such as 1 <(integer, integer)");

impl FromStr for MemberOperator {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut cursor = Cursor::new(text)?;
        cursor.take("operator");
        let strategy = cursor.number()?;
        let operator = OperatorName::read(&mut cursor)?;
        cursor.take("for search");
        let order_by =
            if cursor.take("for order by") { Some(cursor.until(&[]).parse()?) } else { None };
        cursor.finish()?;
        Ok(Self { strategy, operator, order_by })
    }
}

impl fmt::Display for MemberOperator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.strategy, self.operator)?;
        match &self.order_by {
            Some(family) => write!(f, " for order by {family}"),
            None => Ok(()),
        }
    }
}

impl Value for MemberOperator {
    const HOLDS_SQL: bool = true;

    fn agrees(&self, actual: &Self, walk: &mut Walk<'_>) -> Verdict {
        Verdict::all([
            Verdict::of(self.strategy == actual.strategy),
            self.operator.agrees(&actual.operator, walk),
            self.order_by.agrees(&actual.order_by, walk),
        ])
    }

    fn show(&self) -> String {
        self.to_string()
    }

    fn relative_to(&mut self, home: &Home<'_>) {
        self.operator.relative_to(home);
        self.order_by.relative_to(home);
    }
}

/// A function under its support number, with the types that it is for where they are not the class's own:
/// `1 btint4cmp(integer, integer)`, `1 (integer, bigint) btint48cmp(integer, bigint)`.
#[derive(Debug, Clone, PartialEq)]
pub struct MemberFunction {
    support: i64,
    types: Vec<DataType>,
    function: FunctionName,
}

serde_by_text!(
    MemberFunction,
    "a support number and a function, such as 1 btint4cmp(integer, integer)"
);

impl FromStr for MemberFunction {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut cursor = Cursor::new(text)?;
        cursor.take("function");
        let support = cursor.number()?;
        let types = if cursor.sees_group() {
            DataType::parse_list(cursor.group("data types")?)?
        } else {
            Vec::new()
        };
        let function = FunctionName::read(&mut cursor)?;
        cursor.finish()?;
        Ok(Self { support, types, function })
    }
}

impl fmt::Display for MemberFunction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ", self.support)?;
        if !self.types.is_empty() {
            let types: Vec<String> = self.types.iter().map(DataType::short).collect();
            write!(f, "({}) ", types.join(", "))?;
        }
        self.function.fmt(f)
    }
}

impl Value for MemberFunction {
    const HOLDS_SQL: bool = true;

    fn agrees(&self, actual: &Self, walk: &mut Walk<'_>) -> Verdict {
        Verdict::all([
            Verdict::of(self.support == actual.support),
            self.types.agrees(&actual.types, walk),
            self.function.agrees(&actual.function, walk),
        ])
    }

    fn show(&self) -> String {
        self.to_string()
    }

    fn relative_to(&mut self, home: &Home<'_>) {
        self.types.relative_to(home);
        self.function.relative_to(home);
    }
}
