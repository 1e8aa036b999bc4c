//! What scripts speak of: a new role or database of which they do not is somebody else's.

use std::collections::BTreeSet;

use crate::source::script::{File, makes_routine};
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
                let is =
                    |at: usize, word: &str| tokens.get(at).is_some_and(|token| token.is_word(word));
                mentions.find_roles(&tokens, is(0, "do") || makes_routine(is));
            }
        }
        mentions
    }

    /// The roles that are made here; also by what stands in texts, if these run.
    fn find_roles(&mut self, tokens: &[Token<'_>], runs_texts: bool) {
        for (at, token) in tokens.iter().enumerate() {
            if token.kind == Kind::String && runs_texts {
                let text = sql::string(token.text);
                // What cannot be read is given back as it is.
                if text.len() < token.text.len() {
                    let inner = sql::words(&text);
                    self.find_roles(&inner, true);
                    let goes_on = tokens.get(at + 1).is_some_and(|next| next.is("||"));
                    self.make_other_roles |= goes_on && may_end_in_a_role(&inner);
                }
            }
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

fn is_role(token: &Token<'_>) -> bool {
    ["role", "user", "group"].iter().any(|word| token.is_word(word))
}

/// Whether a role may be made of what such a text and that behind it are together.
fn may_end_in_a_role(text: &[Token<'_>]) -> bool {
    text.last().is_some_and(|last| last.is_word("create"))
        || text.windows(2).any(|pair| pair[0].is_word("create") && is_role(&pair[1]))
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
            "create or replace procedure p() language plpgsql as $$ begin create role worker; end $$",
        ] {
            assert!(of(sql).may_make_role("worker"), "{sql}");
        }
        for sql in [
            r"do $$ begin execute 'create table p_' || 1; perform X'ff', B'1', E'\xe2'; end $$",
            "create function worker() returns text language sql as $$ select 'create user' $$",
        ] {
            assert!(!of(sql).roles.contains("worker"), "{sql}");
        }
        assert!(!of("do $$ begin execute 'create table p_' || 1; end $$").make_other_roles);
    }
}
