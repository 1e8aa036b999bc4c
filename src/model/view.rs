//! Views.

use super::by_name::ByName;
use super::default::ColumnDefault;
use super::{Children, Expect, Owner, Rule, Special, Trigger, object};
use crate::equivalence::Scope;
use crate::finding::Path;
use crate::sql::Cursor;
use crate::value::{Grants, Listed, Query, Settings};

object! {
    /// A view.
    pub struct View: "view" {
        /// Its query.
        definition: Expect<Query>,
        /// Its options: `security_barrier`, `security_invoker`, `check_option`.
        options: Expect<Settings> = Settings::default(),
        /// Its owner, where it is not the owner of the database.
        owner: Expect<Option<Owner>> = None,
        /// Privileges of roles beyond what PostgreSQL gives by itself (all to the owner); `-select` is one of those that was taken away.
        grants: Expect<Grants> = Grants::default(),
        /// Its comment.
        comment: Expect<Option<String>> = None,
        /// Comments on its columns.
        column_comments: Expect<ByName<String>> = ByName::default(),
        /// Defaults of its columns: `created_at: now()`.
        column_defaults: Expect<ByName<ColumnDefault>> = ByName::default(),
        /// Privileges of roles on single columns: `email: {app: [select]}`.
        column_grants: Expect<ByName<Grants>> = ByName::default(),
        /// Its rules, that of its query apart.
        rules: Children<Rule> = (),
        /// Its triggers.
        triggers: Children<Trigger> = (),
    }
}

/// What may stand behind the query, and the option that it is.
const CHECK_OPTION: [(&str, &str); 3] = [
    ("with check option", "cascaded"),
    ("with cascaded check option", "cascaded"),
    ("with local check option", "local"),
];

impl Special for View {
    const BESIDE_SHORT: &'static [&'static str] =
        &["column_comments", "column_defaults", "column_grants", "triggers", "rules"];

    fn scope(&self, _path: &Path) -> Option<Scope> {
        Some(Scope::Query)
    }

    /// A query may have its check option behind it, as it was created.
    fn conclude(&mut self) {
        let Some((query, scope)) = self.definition.said().and_then(|query| parted(&query.0)) else {
            return;
        };
        let mut options = self.options.said().cloned().unwrap_or_default();
        if options.get("check_option").is_none_or(|said| said == scope) {
            options.insert("check_option", scope);
            self.definition = Expect::Is(query);
            self.options = Expect::Is(options);
        }
    }

    fn from_short(text: &str) -> Result<Self, String> {
        Ok(Self { definition: Expect::Is(text.parse()?), ..super::Object::plain() })
    }
}

/// A query, and the scope of the `with [cascaded | local] check option` behind it.
fn parted(text: &str) -> Option<(Query, &'static str)> {
    let mut cursor = Cursor::new(text).ok()?;
    let query = cursor.until(&CHECK_OPTION.map(|(phrase, _)| phrase));
    let (_, scope) = CHECK_OPTION.into_iter().find(|(phrase, _)| cursor.take(phrase))?;
    Some((query.parse().ok()?, scope)).filter(|_| cursor.at_end())
}
