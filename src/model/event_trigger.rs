//! Event triggers.

use super::reference::FunctionName;
use super::trigger::Enabled;
use super::{Expect, Owner, Special, object, word_value};
use crate::value::{NameSet, words};

words! {
    /// When an event trigger fires.
    pub enum CommandEvent {
        /// Before a command.
        DdlCommandStart = "ddl_command_start",
        /// After it.
        DdlCommandEnd = "ddl_command_end",
        /// Before a table is written anew.
        TableRewrite = "table_rewrite",
        /// After objects were dropped.
        SqlDrop = "sql_drop",
        /// When a session begins (PostgreSQL 17).
        Login = "login",
    }
}

word_value!(CommandEvent);

object! {
    /// An event trigger.
    pub struct EventTrigger: "event_trigger" {
        /// The event: `ddl_command_start`, `ddl_command_end`, `table_rewrite`, `sql_drop` or `login`.
        event: Expect<CommandEvent>,
        /// The commands that it is for; empty for all.
        tags: Expect<NameSet> = NameSet::default(),
        /// The function that it calls, with its schema.
        function: Expect<FunctionName>,
        /// In which sessions it fires: `origin` (as usual), `replica`, `always` or `disabled`.
        enabled: Expect<Enabled> = Enabled::Origin,
        /// Its owner, where it is not the owner of the database.
        owner: Expect<Option<Owner>> = None,
        /// Its comment.
        comment: Expect<Option<String>> = None,
    }
}

impl Special for EventTrigger {
    /// The catalogs have commands in capitals.
    fn conclude(&mut self) {
        if let Expect::Is(tags) = &mut self.tags {
            *tags = tags.map(str::to_uppercase);
        }
    }
}
