//! What scripts speak of: a new role or database of which they do not is somebody else's.

use std::collections::BTreeSet;

/// The names in some scripts.
#[derive(Debug, Default)]
pub(super) struct Mentions {
    /// Every word, in lower case.
    words: BTreeSet<String>,
    /// The roles that stand behind `CREATE ROLE`.
    roles: BTreeSet<String>,
    /// Whether there is one whose name is put together, as in `execute format('create role %I', …)`.
    makes_other_roles: bool,
}

impl Mentions {
    /// Those of these texts.
    pub(super) fn of<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        let mut mentions = Self::default();
        for text in texts {
            mentions.words.extend(words(text));
            mentions.find_roles(text);
        }
        mentions
    }

    /// Looks into strings, too, which `DO` executes.
    fn find_roles(&mut self, text: &str) {
        // Of the same length.
        let lower = text.to_ascii_lowercase();
        for (at, create) in lower.match_indices("create") {
            let Some(rest) = behind_blanks(&text[at + create.len()..]) else { continue };
            let kind = ["role", "user", "group"].into_iter().find(|kind| {
                rest.get(..kind.len()).is_some_and(|word| word.eq_ignore_ascii_case(kind))
            });
            let Some(rest) = kind.and_then(|kind| behind_blanks(&rest[kind.len()..])) else {
                continue;
            };
            let end =
                |text: &str| text.find(|c: char| !c.is_alphanumeric() && c != '_' && c != '$');
            match rest.strip_prefix('"') {
                Some(quoted) => {
                    let name = quoted.split_once('"').map_or(quoted, |(name, _)| name);
                    self.roles.insert(name.to_owned());
                }
                None => match &rest[..end(rest).unwrap_or(rest.len())] {
                    "" => self.makes_other_roles = true,
                    name => drop(self.roles.insert(name.to_lowercase())),
                },
            }
        }
    }

    /// Whether the name occurs, at least in parts.
    pub(super) fn has(&self, name: &str) -> bool {
        words(name).all(|word| self.words.contains(&word))
    }

    /// Whether a role of this name, which occurs, may be one that they make.
    pub(super) fn may_make_role(&self, name: &str) -> bool {
        self.makes_other_roles || self.roles.contains(name)
    }
}

/// What stands behind the blanks with which a text begins; `None` where there are none.
fn behind_blanks(text: &str) -> Option<&str> {
    let rest = text.trim_start();
    (rest.len() < text.len()).then_some(rest)
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

    #[test]
    fn roles_stand_behind_create_role() {
        let sql = "create table reporting (a int); CREATE\n ROLE Web; do $$ begin create user \"My App\" login; end $$;
            create group g; grant all on reporting to other";
        let mentions = Mentions::of([sql].into_iter());
        for (name, occurs, is_made) in [
            ("web", true, true),
            ("My App", true, true),
            ("g", true, true),
            ("reporting", true, false),
            ("other", true, false),
            ("stranger", false, false),
        ] {
            assert_eq!(
                (mentions.has(name), mentions.may_make_role(name)),
                (occurs, is_made),
                "{name}"
            );
        }
        let sql = "do $$ begin execute format('create role %I', 'worker'); end $$";
        assert!(Mentions::of([sql].into_iter()).may_make_role("worker"));
    }
}
