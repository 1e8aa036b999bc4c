//! What a rewrite rule does.

use std::fmt;
use std::str::FromStr;

use super::command::{self, same_commands};
use super::trigger::Event;
use super::{Class, Value, Walk};
use crate::equivalence::Verdict;
use crate::sql::{self, Cursor};
use crate::value::{Name, serde_by_text};

/// What a rule does, from its event on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// All of it, as it is written.
    text: String,
    event: Event,
    /// The one that it belongs to.
    relation: Option<Name>,
    condition: Option<String>,
    instead: bool,
    /// None for `nothing`.
    commands: Vec<String>,
}

serde_by_text!(Action, "a rule, such as on delete to users do instead nothing");

impl FromStr for Action {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let text = sql::command(text);
        let mut cursor = Cursor::new(text)?;
        cursor.expect("on")?;
        let event = cursor.one_of(&["insert", "update", "delete"])?;
        let relation = cursor.take("to").then(|| Name::read(&mut cursor)).transpose()?;
        let condition = cursor.take("where").then(|| cursor.until(&["do"]).to_owned());
        cursor.expect("do")?;
        let instead = cursor.take("instead");
        if !instead {
            cursor.take("also");
        }
        let commands = if cursor.take("nothing") { Vec::new() } else { commands(&mut cursor)? };
        cursor.finish()?;
        Ok(Self { text: text.to_owned(), event, relation, condition, instead, commands })
    }
}

/// `command`, or `(command; …)`, up to the end.
fn commands(cursor: &mut Cursor<'_>) -> Result<Vec<String>, String> {
    let mut inside = cursor.clone();
    let text = match inside.group("commands") {
        Ok(group) if inside.at_end() => {
            *cursor = inside;
            group
        }
        _ => cursor.until(&[]),
    };
    let commands: Vec<String> = command::commands(text).into_iter().map(str::to_owned).collect();
    if commands.is_empty() { Err(cursor.unexpected("a command")) } else { Ok(commands) }
}

impl Action {
    /// What it is done on.
    pub(super) fn event(&self) -> Event {
        self.event
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Value for Action {
    const HOLDS_SQL: bool = true;

    fn agrees(&self, actual: &Self, walk: &mut Walk<'_>) -> Verdict {
        let relations = self.relation.as_ref().zip(actual.relation.as_ref());
        let same = self.event == actual.event
            && relations.is_none_or(|(written, stored)| {
                walk.names.same(Class::Type, written, stored, walk.schema())
            })
            && self.instead == actual.instead;
        let mut verdicts = vec![Verdict::of(same)];
        verdicts.push(match (&self.condition, &actual.condition) {
            (Some(written), Some(stored)) => walk.same_expression(written, stored),
            (written, stored) => Verdict::of(written.is_none() && stored.is_none()),
        });
        verdicts.push(same_commands(&self.commands, &actual.commands, walk.schema()));
        Verdict::all(verdicts)
    }

    fn show(&self) -> String {
        sql::on_one_line(&self.text)
    }
}
