//! Foreign keys.

use std::collections::BTreeSet;
use std::iter::zip;

use super::constraint::{Deferrability, Tail, column_list, without_name};
use super::trigger::Enabled;
use super::{Database, Expect, Object, Special, Value, Walk, object, word_value};
use crate::equivalence::Verdict;
use crate::sql::{self, Cursor, quote};
use crate::value::{Home, Name, NameSet, words};

words! {
    /// What happens to the referencing rows.
    pub enum Action {
        /// An error, at the end of the statement or later.
        NoAction = "no action",
        /// An error, at once.
        Restrict = "restrict",
        /// They go, or change, too.
        Cascade = "cascade",
        /// Their columns become null.
        SetNull = "set null",
        /// Their columns take their defaults.
        SetDefault = "set default",
    }
}

words! {
    /// Which of several columns may be null.
    pub enum Match {
        /// One null column satisfies the constraint.
        Simple = "simple",
        /// All or none.
        Full = "full",
        /// Not implemented by PostgreSQL.
        Partial = "partial",
    }
}

word_value!(Action, Match);

/// A relation that a foreign key points at, with the columns where they are said; otherwise they are its primary key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    table: Name,
    columns: Vec<String>,
}

crate::value::serde_by_text!(Target, "a table and its columns, such as users (id)");

impl std::str::FromStr for Target {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut cursor = Cursor::new(text)?;
        let (target, _) = Self::read(&mut cursor)?;
        cursor.finish()?;
        Ok(target)
    }
}

impl std::fmt::Display for Target {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.table)?;
        if self.columns.is_empty() { Ok(()) } else { write!(f, " {}", column_list(&self.columns)) }
    }
}

impl Target {
    /// Gives, too, whether the last column is a period, where columns are said.
    fn read(cursor: &mut Cursor<'_>) -> Result<(Self, Option<bool>), String> {
        let table = Name::read(cursor)?;
        if !cursor.sees_group() {
            return Ok((Self { table, columns: Vec::new() }, None));
        }
        let (columns, is_period) = columns(cursor)?;
        Ok((Self { table, columns }, Some(is_period)))
    }
}

impl Value for Target {
    const HOLDS_SQL: bool = true;

    fn agrees(&self, actual: &Self, walk: &mut Walk<'_>) -> Verdict {
        let key = || walk.names.primary_key(&actual.table, walk.schema()).unwrap_or_default();
        let same_columns = match (self.columns.as_slice(), actual.columns.as_slice()) {
            ([], []) => true,
            (own, []) => own == key(),
            ([], there) => key() == there,
            (own, there) => own == there,
        };
        match self.table.agrees(&actual.table, walk) {
            Verdict::Same => Verdict::of(same_columns),
            other => other,
        }
    }

    fn show(&self) -> String {
        self.to_string()
    }

    fn relative_to(&mut self, home: &Home<'_>) {
        self.table.relative_to(home);
    }
}

object! {
    /// A foreign key.
    pub struct ForeignKey: "foreign_key" {
        /// Its columns, each at the place of the one that it points at.
        columns: Expect<Vec<String>>,
        /// The table and columns that it points at; without columns, the table's primary key.
        references: Expect<Target>,
        /// What a deletion does to the rows that point at it.
        on_delete: Expect<Action> = Action::NoAction,
        /// The columns that `on delete set null` or `set default` sets, in any order; empty for all (PostgreSQL 15).
        on_delete_columns: Expect<NameSet> = NameSet::default(),
        /// What an update of the key does to the rows that point at it.
        on_update: Expect<Action> = Action::NoAction,
        /// Whether one null column is enough: `simple` or `full`.
        r#match: Expect<Match> = Match::Simple,
        /// When it is checked: `not deferrable`, `initially immediate` or `initially deferred`.
        deferrability: Expect<Deferrability> = Deferrability::NotDeferrable,
        /// Whether the rows that were there before it have been checked.
        valid: Expect<bool> = true,
        /// Whether it is enforced (PostgreSQL 18).
        enforced: Expect<bool> = true,
        /// Whether the last columns are ranges that must be covered (PostgreSQL 18).
        period: Expect<bool> = false,
        /// In which sessions it is checked: `origin` (as usual), `replica`, `always`, or `disabled`, as `ALTER TABLE … DISABLE
        /// TRIGGER ALL` on its own table leaves it; `mixed` where its triggers there do not agree.
        enabled: Expect<Enabled> = Enabled::Origin,
        /// In which sessions the rows that point at a row keep it, or go or change with it; as before, but for the table that
        /// it points at.
        actions_enabled: Expect<Enabled> = Enabled::Origin,
        /// Whether it comes from the table that this one is a partition of, under whatever name, and is as there: valid or
        /// not, and checked in the same sessions; `false` where it comes from there and is not.
        inherited: Expect<bool>,
        /// Its comment.
        comment: Expect<Option<String>> = None,
    }
}

impl ForeignKey {
    /// With its columns in the order of `actual`, where the pairs are the same: they have no order, but the last one may be
    /// the period.
    fn with_pairs_of(&self, actual: &Self) -> Option<Self> {
        let (columns, there) = (self.columns.said()?, actual.columns.said()?);
        if columns == there {
            return None;
        }
        let (own, target) = (self.references.said()?, actual.references.said()?);
        let is_period_moved = self.period == Expect::Is(true) && columns.last() != there.last();
        let are_the_same =
            [columns, there, &target.columns].iter().all(|names| names.len() == own.columns.len())
                && zip(columns, &own.columns).collect::<BTreeSet<_>>()
                    == zip(there, &target.columns).collect();
        if is_period_moved || !are_the_same {
            return None;
        }
        let references = Target { table: own.table.clone(), columns: target.columns.clone() };
        Some(Self {
            columns: actual.columns.clone(),
            references: Expect::Is(references),
            ..self.clone()
        })
    }
}

impl Special for ForeignKey {
    const LIST_HOLDS_SHAPES: bool = true;

    /// Nothing is known of rows for which it is not enforced; and whether one is as that of the table above shows in both.
    fn in_terms_of(&self, actual: &Self, _name: &str) -> Option<Self> {
        let has_no_rows = self.enforced.parts_from(&actual.enforced, |enforced| *enforced);
        let is_told = self.inherited.parts_from(&actual.inherited, |inherited| *inherited)
            && (self.valid.said().is_some() || self.enabled.said().is_some());
        let of = |is_as_there: bool| if is_as_there { actual } else { self };
        let told = (has_no_rows || is_told).then(|| Self {
            valid: of(has_no_rows).valid.clone(),
            inherited: of(is_told).inherited.clone(),
            ..self.clone()
        });
        told.as_ref().unwrap_or(self).with_pairs_of(actual).or(told)
    }

    /// What is not enforced is not valid.
    fn conclude(&mut self) {
        if self.enforced == Expect::Is(false) {
            self.valid = Expect::Is(false);
        }
    }

    /// One of a partition is valid and checked as that of the nearest table above is that says so.
    fn as_it_comes(&self, database: &Database, walk: &Walk<'_>) -> Option<Self> {
        let [_, schema, _, table] = walk.path().0.as_slice() else { return None };
        if self.inherited != Expect::Is(false) {
            return None;
        }
        let table = Name::new(schema, table);
        let target = |key: &Self| {
            key.references.said().map(|target| (target.table.name.clone(), target.columns.clone()))
        };
        let find = |all: &Database, table: &Name| {
            let mut keys = all.table(table)?.foreign_keys.bodies().map(|(_, key)| key.clone());
            keys.find(|key| key.columns == self.columns && target(key) == target(self))
        };
        let actual = walk.actual();
        let [above, above_there] = [database, actual].map(|all| all.ancestors(&table));
        let here = above.iter().chain(&above_there).find_map(|table| find(database, table));
        let key = here.or_else(|| above_there.iter().find_map(|table| find(actual, table)))?;
        Some(Self { enabled: key.enabled, valid: key.valid, ..self.clone() })
    }

    fn comes_with_another(&self) -> bool {
        self.inherited == Expect::Is(true)
    }

    fn goes_without_saying(&self, _name: &str, _walk: &Walk<'_>) -> bool {
        self.comes_with_another()
    }

    fn from_short(text: &str) -> Result<Self, String> {
        let mut cursor = Cursor::new(text)?;
        let mut key = Self::plain();
        without_name(&mut cursor)?;
        cursor.take("foreign key");
        let (columns, is_period) = columns(&mut cursor)?;
        (key.columns, key.period) = (Expect::Is(columns), Expect::Is(is_period));
        cursor.expect("references")?;
        let (references, is_period_there) = Target::read(&mut cursor)?;
        if is_period_there.is_some_and(|there| there != is_period) {
            return Err("`period` stands on both sides of a foreign key or on none".to_owned());
        }
        key.references = Expect::Is(references);
        loop {
            if cursor.take("match") {
                cursor.once("match")?;
                key.r#match = Expect::Is(cursor.word("full")?.parse()?);
            } else if cursor.take("on delete") {
                cursor.once("on delete")?;
                key.on_delete = Expect::Is(cursor.one_of(Action::WORDS)?);
                if cursor.sees_group() {
                    key.on_delete_columns = Expect::Is(cursor.names("columns")?.into());
                }
            } else if cursor.take("on update") {
                cursor.once("on update")?;
                key.on_update = Expect::Is(cursor.one_of(Action::WORDS)?);
            } else {
                break;
            }
        }
        let tail = Tail::read(&mut cursor)?;
        if tail.no_inherit {
            return Err("a foreign key cannot be `no inherit`".to_owned());
        }
        key.deferrability = Expect::Is(tail.deferrability);
        key.valid = Expect::Is(tail.valid);
        key.enforced = Expect::Is(tail.enforced);
        Ok(key)
    }

    fn short(&self) -> Option<String> {
        let Target { table, columns } = self.references.said()?;
        let list = |columns: &[String]| match (columns, &self.period) {
            ([others @ .., last], Expect::Is(true)) => {
                let others: String = others.iter().map(|name| quote(name) + ", ").collect();
                format!("({others}period {})", quote(last))
            }
            _ => column_list(columns),
        };
        let mut text = format!("{} references {table}", list(self.columns.said()?));
        if !columns.is_empty() {
            text += &format!(" {}", list(columns));
        }
        if let Some(r#match) = self.r#match.said().filter(|r#match| **r#match != Match::Simple) {
            text += &format!(" match {match}");
        }
        if let Some(action) = self.on_delete.said().filter(|action| **action != Action::NoAction) {
            text += &format!(" on delete {action}");
            if let Some(columns) = self
                .on_delete_columns
                .said()
                .map(NameSet::names)
                .filter(|columns| !columns.is_empty())
            {
                text += &format!(" {}", column_list(columns));
            }
        }
        if let Some(action) = self.on_update.said().filter(|action| **action != Action::NoAction) {
            text += &format!(" on update {action}");
        }
        text += self.deferrability.said().map_or("", |deferrability| deferrability.suffix());
        if self.enforced == Expect::Is(false) {
            text += " not enforced";
        } else if self.valid == Expect::Is(false) {
            text += " not valid";
        }
        Some(text)
    }
}

/// Reads `(a, b)`, or `(a, PERIOD b)` (PostgreSQL 18); gives the names, and whether the last is the period.
fn columns(cursor: &mut Cursor<'_>) -> Result<(Vec<String>, bool), String> {
    let mut ahead = cursor.clone();
    let inner = ahead.group("columns")?;
    let tokens = sql::words(inner);
    let period = match tokens.as_slice() {
        [.., comma, period, _] if comma.is(",") && period.is_word("period") => period,
        _ => return Ok((cursor.names("columns")?, false)),
    };
    *cursor = ahead;
    let list = format!("({}{})", &inner[..period.start], &inner[period.end()..]);
    Ok((Cursor::new(&list)?.names("columns")?, true))
}
