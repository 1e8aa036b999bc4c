//! What scripts speak of: a new role or database of which they do not is somebody else's.

use std::collections::BTreeSet;

use crate::source::script::File;
use crate::sql::{self, Kind, Token, unquote};

/// The names in some scripts.
#[derive(Debug, Default)]
pub(super) struct Mentions {
    /// Every word, in lower case.
    words: BTreeSet<String>,
    /// The roles that stand behind `CREATE ROLE`.
    roles: BTreeSet<String>,
    /// Whether there is one whose name is put together, as in `execute format('create role %I', …)`.
    pub(super) make_other_roles: bool,
}

impl Mentions {
    /// Those of these files.
    pub(super) fn of<'a>(files: impl Iterator<Item = &'a File>) -> Self {
        let mut mentions = Self::default();
        for file in files {
            mentions.words.extend(words(&file.text));
            for statement in &file.statements {
                let tokens = sql::words(&statement.text);
                let runs_texts = tokens.first().is_some_and(|first| first.is_word("do"));
                mentions.find_roles(&tokens, runs_texts);
            }
        }
        mentions
    }

    /// The roles that are made here; also by what stands in texts, if these run.
    fn find_roles(&mut self, tokens: &[Token<'_>], runs_texts: bool) {
        for (at, token) in tokens.iter().enumerate() {
            if token.kind == Kind::String && runs_texts {
                let text = sql::string(token.text);
                let inner = sql::words(&text);
                self.find_roles(&inner, true);
                // It goes on behind this text.
                let goes_on = tokens.get(at + 1).is_some_and(|next| next.is("||"));
                self.make_other_roles |= goes_on && inner.iter().any(|word| word.is_word("create"));
            }
            let is_role =
                |kind: &Token<'_>| ["role", "user", "group"].iter().any(|word| kind.is_word(word));
            if !token.is_word("create") || !tokens.get(at + 1).is_some_and(is_role) {
                continue;
            }
            let is_whole = |name: &&Token<'_>| name.is_name() && !name.text.contains('%');
            match tokens.get(at + 2).filter(is_whole) {
                Some(name) => drop(self.roles.insert(unquote(name.text))),
                None => self.make_other_roles = true,
            }
            // `app_%s` is put together, too.
            self.make_other_roles |= tokens.get(at + 3).is_some_and(|next| next.is("%"));
        }
    }

    /// Whether the name occurs, at least in parts.
    pub(super) fn has(&self, name: &str) -> bool {
        words(name).all(|word| self.words.contains(&word))
    }

    /// Whether a role of this name, which occurs, may be one that they make.
    pub(super) fn may_make_role(&self, name: &str) -> bool {
        self.make_other_roles || self.roles.contains(name)
    }
}

/// The words of a text, in lower case.
fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_')
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;
    fn of(sql: &str) -> Mentions {
        let file = File::parse("roles.sql", sql.to_owned()).expect("SQL");
        Mentions::of([&file].into_iter())
    }

    #[test]
    fn roles_are_made_by_what_runs() {
        let mentions = of(
            "create table reporting (a int); CREATE\n ROLE Web; do $$ begin create user \"My App\" login; end $$;
             create group g; grant all on reporting to other; -- create role in_a_comment\n
             comment on table reporting is 'create role in_a_text'; do $$ begin execute 'create role é'; end $$",
        );
        for (name, occurs, is_made) in [
            ("web", true, true),
            ("My App", true, true),
            ("g", true, true),
            ("é", true, true),
            ("reporting", true, false),
            ("other", true, false),
            ("in_a_comment", true, false),
            ("in_a_text", true, false),
            ("stranger", false, false),
        ] {
            let found = (mentions.has(name), mentions.may_make_role(name));
            assert_eq!(found, (occurs, is_made), "{name}");
        }
        for sql in [
            "do $$ begin execute format('create role %I', 'worker'); end $$",
            "do $$ begin execute 'create role wor' || 'ker'; end $$",
        ] {
            assert!(of(sql).may_make_role("worker"), "{sql}");
        }
    }
}
