//! Triggers.

use super::constraint::Deferrability;
use super::function_call::FunctionCall;
use super::table::relation;
use super::{Expect, Object, Special, object, word_value};
use crate::equivalence::Scope;
use crate::finding::Path;
use crate::sql::Cursor;
use crate::value::{Expression, Name, NameSet, words};

words! {
    /// When a trigger fires.
    pub enum Timing {
        /// Before the event.
        Before = "before",
        /// After the event.
        After = "after",
        /// In its place, on a view.
        InsteadOf = "instead of",
    }
}

words! {
    /// What a trigger fires at.
    pub enum Event {
        /// `INSERT`.
        Insert = "insert",
        /// `DELETE`.
        Delete = "delete",
        /// `UPDATE`.
        Update = "update",
        /// `TRUNCATE`.
        Truncate = "truncate",
    }
}

words! {
    /// How often a trigger fires.
    pub enum Level {
        /// For each row.
        Row = "row",
        /// Once for each statement.
        Statement = "statement",
    }
}

words! {
    /// In which sessions a trigger fires.
    pub enum Enabled {
        /// In ordinary ones, not while changes are replicated: what `ENABLE TRIGGER` gives.
        Origin = "origin",
        /// Only while changes are replicated.
        Replica = "replica",
        /// In both.
        Always = "always",
        /// In none.
        Disabled = "disabled",
        /// In some the one, in some the other of the two that a foreign key has at either end.
        Mixed = "mixed",
    }
}

word_value!(Timing, Event, Level, Enabled);

object! {
    /// A trigger.
    pub struct Trigger: "trigger" {
        /// When it fires: `before`, `after` or `instead of`.
        timing: Expect<Timing>,
        /// What it fires at.
        events: Expect<Vec<Event>>,
        /// The columns of `update of`, in any order; empty for every update.
        columns: Expect<NameSet> = NameSet::default(),
        /// How often it fires: for each `row` or `statement`.
        level: Expect<Level> = Level::Statement,
        /// On which condition it fires.
        condition: Expect<Option<Expression>> = None,
        /// The function that it calls, with its arguments.
        function: Expect<FunctionCall>,
        /// The name of the transition table of old rows.
        old_table: Expect<Option<String>> = None,
        /// The name of the transition table of new rows.
        new_table: Expect<Option<String>> = None,
        /// Whether it is a constraint trigger.
        constraint: Expect<bool> = false,
        /// The other table of a constraint trigger.
        from: Expect<Option<Name>> = None,
        /// When a constraint trigger fires: `not deferrable`, `initially immediate` or `initially deferred`.
        deferrability: Expect<Deferrability> = Deferrability::NotDeferrable,
        /// In which sessions it fires: `origin` (as usual), `replica`, `always` or `disabled`.
        enabled: Expect<Enabled> = Enabled::Origin,
        /// Its comment.
        comment: Expect<Option<String>> = None,
    }
}

impl Special for Trigger {
    const LIST_HOLDS_SHAPES: bool = true;

    fn scope(&self, path: &Path) -> Option<Scope> {
        relation(path).map(Scope::OldAndNew)
    }

    /// Columns are those of an update: where one side alone fires at one, that is told.
    fn in_terms_of(&self, actual: &Self, _name: &str) -> Option<Self> {
        let fires_at_update = |events: &Vec<Event>| events.contains(&Event::Update);
        let is_told = self.events.parts_from(&actual.events, fires_at_update);
        is_told.then(|| Self { columns: actual.columns.clone(), ..self.clone() })
    }

    /// Events have no order.
    fn conclude(&mut self) {
        if let Expect::Is(events) = &mut self.events {
            events.sort_unstable();
        }
    }

    /// `[CONSTRAINT] timing events [FROM table] [deferrability] [REFERENCING …] [FOR EACH level] [WHEN (condition)] EXECUTE
    /// FUNCTION call`, or a whole `CREATE TRIGGER` as the catalogs have it.
    fn from_short(text: &str) -> Result<Self, String> {
        let mut cursor = Cursor::new(text)?;
        let mut trigger = Self::plain();
        let created = cursor.take("create");
        cursor.take("or replace");
        trigger.constraint = Expect::Is(cursor.take("constraint"));
        if created {
            cursor.expect("trigger")?;
            cursor.word("name")?;
        }
        trigger.timing = Expect::Is(cursor.one_of(Timing::WORDS)?);
        trigger.read_events(&mut cursor)?;
        if cursor.take("on") {
            Name::read(&mut cursor)?;
        }
        let mut deferrability = Deferrability::NotDeferrable;
        while !cursor.at_end() {
            if cursor.take("from") {
                cursor.once("from")?;
                let table = Name::read(&mut cursor)?;
                trigger.from = Expect::Is(Some(table));
            } else if Deferrability::is_next(&cursor) {
                deferrability = deferrability.read(&mut cursor)?;
            } else if cursor.take("referencing") {
                trigger.read_transition_tables(&mut cursor)?;
            } else if cursor.take("for") {
                cursor.once("for each")?;
                cursor.take("each");
                trigger.level = Expect::Is(cursor.one_of(Level::WORDS)?);
            } else if cursor.take("when") {
                cursor.once("when")?;
                trigger.condition = Expect::Is(Some(cursor.group("condition")?.parse()?));
            } else if cursor.take("execute function") || cursor.take("execute procedure") {
                cursor.once("execute function")?;
                trigger.function = Expect::Is(FunctionCall::read(&mut cursor)?);
            } else {
                cursor.finish()?;
            }
        }
        trigger.deferrability = Expect::Is(deferrability);
        if trigger.function == Expect::Unsaid {
            return Err(cursor.unexpected("execute function"));
        }
        Ok(trigger)
    }

    fn short(&self) -> Option<String> {
        let mut text = if self.constraint == Expect::Is(true) {
            "constraint ".to_owned()
        } else {
            String::new()
        };
        text += self.timing.said()?.word();
        for (i, event) in self.events.said()?.iter().enumerate() {
            text += if i == 0 { " " } else { " or " };
            text += event.word();
            if let Some(columns) =
                self.columns.said().map(NameSet::names).filter(|columns| !columns.is_empty())
                && *event == Event::Update
            {
                let list = super::constraint::column_list(columns);
                text += &format!(" of {}", list.trim_matches(['(', ')']));
            }
        }
        if let Some(Some(table)) = self.from.said() {
            text += &format!(" from {table}");
        }
        text += self.deferrability.said().map_or("", |deferrability| deferrability.suffix());
        for (word, table) in [("old", &self.old_table), ("new", &self.new_table)] {
            if let Some(Some(name)) = table.said() {
                text += if text.contains(" referencing ") { "" } else { " referencing" };
                text += &format!(" {word} table as {}", crate::sql::quote(name));
            }
        }
        text += &format!(" for each {}", self.level.said()?);
        if let Some(Some(condition)) = self.condition.said() {
            text += &format!(" when ({condition})");
        }
        Some(text + &format!(" execute function {}", self.function.said()?))
    }
}

impl Trigger {
    fn read_events(&mut self, cursor: &mut Cursor<'_>) -> Result<(), String> {
        let mut events = Vec::new();
        loop {
            let event = cursor.one_of(Event::WORDS)?;
            events.push(event);
            if event == Event::Update && cursor.take("of") {
                self.columns = Expect::Is(cursor.words_parted_by(",", "column")?.into());
            }
            if !cursor.take("or") {
                break;
            }
        }
        self.events = Expect::Is(events);
        Ok(())
    }

    fn read_transition_tables(&mut self, cursor: &mut Cursor<'_>) -> Result<(), String> {
        while cursor.sees("old") || cursor.sees("new") {
            let old = cursor.take("old") || !cursor.take("new");
            cursor.once(if old { "old table" } else { "new table" })?;
            cursor.expect("table")?;
            cursor.take("as");
            let name = Expect::Is(Some(cursor.word("name")?));
            *(if old { &mut self.old_table } else { &mut self.new_table }) = name;
        }
        Ok(())
    }
}
