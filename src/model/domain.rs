//! Domains.

use super::column::default_clause;
use super::default::Default as DefaultValue;
use super::not_null::NotNull;
use super::reference::CollationName;
use super::{Check, Children, Column, Expect, Object, Owner, Special, object, usual};
use crate::equivalence::Scope;
use crate::finding::Path;
use crate::value::{DataType, Grants};

object! {
    /// A domain.
    pub struct Domain: "domain" {
        /// The data type that it is made from.
        r#type: Expect<DataType>,
        /// Whether it accepts `NULL`.
        nullable: Expect<bool> = true,
        /// The name of its not-null constraint, as SQL writes it, where it is not `<domain>_not_null` (PostgreSQL 17).
        not_null_constraint: Expect<NotNull> = NotNull::default(),
        /// The comment on its not-null constraint (PostgreSQL 17).
        not_null_comment: Expect<Option<String>> = None,
        /// Default expression.
        default: Expect<Option<DefaultValue>> = None,
        /// Collation, where it is not that of the data type.
        collation: Expect<Option<CollationName>> = None,
        /// Its owner, where it is not the owner of the database.
        owner: Expect<Option<Owner>> = None,
        /// Privileges of roles beyond what PostgreSQL gives by itself (all to the owner, `usage` to everybody); `-usage` is one of those that was taken away.
        grants: Expect<Grants> = Grants::default(),
        /// Its comment.
        comment: Expect<Option<String>> = None,
        /// Its check constraints.
        checks: Children<Check> = (),
    }
}

impl Special for Domain {
    const BESIDE_SHORT: &'static [&'static str] = &["not_null_comment", "checks"];

    fn value_type(&self) -> Option<&DataType> {
        self.r#type.said()
    }

    fn scope(&self, _path: &Path) -> Option<Scope> {
        let data_type = self.r#type.said()?;
        let collation = self.collation.said().and_then(Option::as_ref);
        Some(Scope::Value(match collation {
            Some(collation) => format!("{data_type} collate {collation}"),
            None => data_type.to_string(),
        }))
    }

    /// With its not-null constraint its name goes.
    fn in_terms_of(&self, actual: &Self, _name: &str) -> Option<Self> {
        self.nullable.parts_from(&actual.nullable, |nullable| *nullable).then(|| Self {
            not_null_constraint: actual.not_null_constraint.clone(),
            not_null_comment: actual.not_null_comment.clone(),
            ..self.clone()
        })
    }

    fn conclude(&mut self) {
        usual::leave_out_collation(&mut self.collation, &self.r#type);
    }

    /// As a column: `type [collate name] [[constraint name] not null] [default expr]`. One that may be made of another domain
    /// has that one's default where nothing is said.
    fn from_short(text: &str) -> Result<Self, String> {
        let column = Column::from_short(text)?;
        let plain = Column {
            r#type: column.r#type.clone(),
            nullable: column.nullable.clone(),
            not_null_constraint: column.not_null_constraint.clone(),
            default: column.default.clone(),
            collation: column.collation.clone(),
            ..Column::plain()
        };
        if plain != column {
            return Err(format!(
                "a domain has a type, a collation, a default and not null only: `{text}`"
            ));
        }
        let mut domain = Self {
            r#type: column.r#type,
            nullable: column.nullable,
            not_null_constraint: column.not_null_constraint,
            default: column.default,
            collation: column.collation,
            ..Self::plain()
        };
        if domain.default == Expect::Is(None) && domain.may_be_of_a_domain() {
            domain.default = Expect::Is(Some(DefaultValue::inherited()));
        }
        Ok(domain)
    }

    fn short(&self) -> Option<String> {
        let has_none = self.default == Expect::Is(None) && self.may_be_of_a_domain();
        self.in_a_finding().filter(|_| !has_none)
    }

    fn in_a_finding(&self) -> Option<String> {
        let mut text = self.r#type.said()?.short();
        if let Some(Some(collation)) = self.collation.said() {
            text += &format!(" collate {collation}");
        }
        if self.nullable == Expect::Is(false) {
            text += " ";
            text += &self.not_null_constraint.said().cloned().unwrap_or_default().write();
        }
        if let Some(default) =
            self.default.said()?.as_ref().filter(|default| !default.is_inherited())
        {
            text += &default_clause(default);
        }
        Some(text)
    }
}

impl Domain {
    fn may_be_of_a_domain(&self) -> bool {
        self.r#type.said().is_some_and(|data_type| !data_type.built_in)
    }
}
