//! How expressions are compared where a walk stands.

use super::Walk;
use crate::equivalence::{Question, Scope, Verdict};
use crate::sql;
use crate::value::{DataType, Name};

impl Walk<'_> {
    /// Compares two expressions where the walk stands; in what holds a value, as that value.
    pub fn same_expression(&mut self, written: &str, stored: &str) -> Verdict {
        let value_type = self.value_type.take();
        let verdict = self.compare_texts(written, stored, value_type.as_ref(), false);
        self.value_type = value_type;
        verdict
    }

    /// Does `act` where expressions see no columns.
    pub fn seeing_nothing<R>(&mut self, act: impl FnOnce(&mut Self) -> R) -> R {
        self.scopes.push(Scope::Nothing);
        let result = act(self);
        self.scopes.pop();
        result
    }

    /// The same for values of this type.
    pub fn same_value(&mut self, of: &DataType, written: &str, stored: &str) -> Verdict {
        self.compare_texts(written, stored, Some(of), false)
    }

    /// The same where wording matters: the planner matches an index by the structure of its expressions.
    pub fn same_verbatim(&mut self, written: &str, stored: &str) -> Verdict {
        self.compare_texts(written, stored, None, true)
    }

    /// Compares two expressions over the columns of a relation that the walk is not in; `verbatim` where wording matters.
    pub fn same_of(
        &mut self,
        relation: &Name,
        written: &str,
        stored: &str,
        verbatim: bool,
    ) -> Verdict {
        let schema = relation.schema.as_deref().unwrap_or_default().to_owned();
        let place = (Scope::Relation(relation.clone()), schema);
        self.compare_where(place, written, stored, None, verbatim)
    }

    fn compare_texts(
        &mut self,
        written: &str,
        stored: &str,
        to: Option<&DataType>,
        verbatim: bool,
    ) -> Verdict {
        let scope = self.scopes.last().cloned().unwrap_or(Scope::Nothing);
        let place = (scope, self.schema().to_owned());
        self.compare_where(place, written, stored, to, verbatim)
    }

    /// Compares two texts in a scope and a schema.
    fn compare_where(
        &mut self,
        (scope, schema): (Scope, String),
        written: &str,
        stored: &str,
        to: Option<&DataType>,
        verbatim: bool,
    ) -> Verdict {
        if sql::without_outer_parentheses(written) == sql::without_outer_parentheses(stored) {
            return Verdict::Same;
        }
        let question = |text: &str| Question {
            scope: scope.clone(),
            schema: schema.clone(),
            assigned_to: to.map(DataType::assigned),
            text: text.to_owned(),
        };
        let (written, stored) = (question(written), question(stored));
        self.equivalence.verdict(&written, &stored, verbatim)
    }
}
