//! Check constraints.

use super::constraint::{Deferrability, Tail, without_name};
use super::merged::Merged;
use super::{Expect, Special, object};
use crate::sql::Cursor;
use crate::value::Expression;

object! {
    /// A check constraint.
    pub struct Check: "check" {
        /// The condition.
        expression: Expect<Expression>,
        /// Whether inheriting tables do without it.
        no_inherit: Expect<bool> = false,
        /// Whether the rows that were there before it have been checked.
        valid: Expect<bool> = true,
        /// Whether it is enforced (PostgreSQL 18).
        enforced: Expect<bool> = true,
        /// Whether the table declares it itself, though it inherits it too.
        merged: Expect<Merged> = Merged::default(),
        /// Its comment.
        comment: Expect<Option<String>> = None,
    }
}

impl Special for Check {
    const LIST_HOLDS_SHAPES: bool = true;
    const BESIDE_SHORT: &'static [&'static str] = &["merged"];

    /// What is not enforced is not valid.
    fn conclude(&mut self) {
        if self.enforced == Expect::Is(false) {
            self.valid = Expect::Is(false);
        }
    }

    /// Nothing is known of rows for which it is not enforced.
    fn in_terms_of(&self, actual: &Self, _name: &str) -> Option<Self> {
        let is_told = self.enforced.parts_from(&actual.enforced, |enforced| *enforced);
        is_told.then(|| Self { valid: actual.valid.clone(), ..self.clone() })
    }

    /// An expression, or `CHECK (expression) [NO INHERIT] [NOT VALID]` as the catalogs have it.
    fn from_short(text: &str) -> Result<Self, String> {
        let mut cursor = Cursor::new(text)?;
        without_name(&mut cursor)?;
        if !cursor.take("check") || !cursor.sees_group() {
            let expression = Expect::Is(text.parse()?);
            return Ok(Self { expression, ..super::Object::plain() });
        }
        let expression = cursor.group("expression")?.parse()?;
        let tail = Tail::read(&mut cursor)?;
        if tail.deferrability != Deferrability::NotDeferrable {
            return Err("a check constraint cannot be deferrable".to_owned());
        }
        Ok(Self {
            expression: Expect::Is(expression),
            no_inherit: Expect::Is(tail.no_inherit),
            valid: Expect::Is(tail.valid),
            enforced: Expect::Is(tail.enforced),
            ..super::Object::plain()
        })
    }

    fn short(&self) -> Option<String> {
        let expression = self.expression.said()?;
        let tail = [
            (self.no_inherit == Expect::Is(true), " no inherit"),
            (self.enforced == Expect::Is(false), " not enforced"),
            (self.valid == Expect::Is(false) && self.enforced != Expect::Is(false), " not valid"),
        ];
        let tail: String =
            tail.into_iter().filter(|(holds, _)| *holds).map(|(_, text)| text).collect();
        Some(if tail.is_empty() {
            expression.to_string()
        } else {
            format!("check ({expression}){tail}")
        })
    }
}
