//! Sequences.

use std::collections::BTreeSet;
use std::iter::{once, zip};

use super::by_name::ByName;
use super::default::Default as DefaultValue;
use super::owning_column::OwningColumn;
use super::pattern::escape;
use super::table::Persistence;
use super::{
    Column, Database, Entry, Expect, Field, Object, Owner, Schema, Special, Walk, object, usual,
};
use crate::finding::Path;
use crate::sql::Cursor;
use crate::value::{DataType, Grants};

object! {
    /// A sequence. One that an identity column brings with it belongs to the column.
    pub struct Sequence: "sequence" {
        /// Its data type.
        r#type: Expect<DataType> = DataType::bigint(),
        /// Its first value; unset for the smallest of an ascending, the largest of a descending one.
        start: Expect<Option<i64>> = None,
        /// What is added each time.
        increment: Expect<i64> = 1,
        /// Its smallest value; unset for what its type and direction make of it.
        minimum: Expect<Option<i64>> = None,
        /// Its largest value; unset for what its type and direction make of it.
        maximum: Expect<Option<i64>> = None,
        /// How many values a session takes at once.
        cache: Expect<i64> = 1,
        /// Whether it begins anew at its end.
        cycle: Expect<bool> = false,
        /// The column that it is dropped with: `table.column`.
        owned_by: Expect<Option<OwningColumn>> = None,
        /// Whether it survives a crash, where that is not as for the table that it belongs to (PostgreSQL 15): `permanent` or
        /// `unlogged`.
        persistence: Expect<Option<Persistence>> = None,
        /// Its owner, where it is not the owner of the database. One that a column owns has the owner of the column's table.
        owner: Expect<Option<Owner>> = None,
        /// Privileges of roles beyond what PostgreSQL gives by itself (all to the owner); `-usage` is one of those that was taken away.
        grants: Expect<Grants> = Grants::default(),
        /// Its comment.
        comment: Expect<Option<String>> = None,
        /// Privileges of roles on what it consists of: `last_value: {app: [select]}`.
        column_grants: Expect<ByName<Grants>> = ByName::default(),
    }
}

impl Special for Sequence {
    const BESIDE_SHORT: &'static [&'static str] = &["column_grants"];

    /// What is said and usual goes: `start 1 minvalue 1` says no more than nothing. The catalogs say everything.
    fn conclude(&mut self) {
        let usual = self.usual_numbers();
        for (number, usual) in self.numbers_mut().into_iter().zip(usual) {
            usual::leave_out(number, |said| Some(*said) == usual);
        }
    }

    /// What is usual for one increment, type and range is not for another, though it is the same number; and with a column that
    /// owns it comes the owner of its table. One of no table is permanent as usual.
    fn in_terms_of(&self, actual: &Self, _name: &str) -> Option<Self> {
        let comes_to_a_column =
            self.owned_by == Expect::Is(None) && matches!(actual.owned_by, Expect::Is(Some(_)));
        let is_permanent_anyway = actual.owned_by == Expect::Is(None)
            && self.persistence == Expect::Is(Some(Persistence::Permanent));
        let counts_otherwise = self.increment != actual.increment
            || self.r#type != actual.r#type
            || self.minimum != actual.minimum
            || self.maximum != actual.maximum;
        if !(comes_to_a_column || is_permanent_anyway || counts_otherwise) {
            return None;
        }
        let mut same = self.clone();
        if comes_to_a_column {
            same.owner = actual.owner.clone();
        }
        if is_permanent_anyway {
            same.persistence = Expect::Is(None);
        }
        if !counts_otherwise {
            return Some(same);
        }
        let whole =
            |number: &Expect<Option<i64>>, usual| number.said().and_then(|number| number.or(usual));
        let own = zip(same.numbers_mut(), self.usual_numbers());
        let there = zip([&actual.start, &actual.minimum, &actual.maximum], actual.usual_numbers());
        for ((number, usual), (actual, usual_there)) in zip(own, there) {
            let here = whole(number, usual);
            if here.is_some() && here == whole(actual, usual_there) {
                *number = actual.clone();
            }
        }
        Some(same)
    }

    fn from_short(text: &str) -> Result<Self, String> {
        let mut cursor = Cursor::new(text)?;
        let mut sequence = Self::plain();
        while !cursor.at_end() {
            if cursor.take("as") {
                cursor.once("as")?;
                let (data_type, used) = DataType::parse(cursor.rest())?;
                cursor.skip(used);
                sequence.r#type = Expect::Is(data_type);
            } else if cursor.take("start with") || cursor.take("start") {
                cursor.once("start")?;
                sequence.start = Expect::Is(Some(cursor.number()?));
            } else if cursor.take("increment by") || cursor.take("increment") {
                cursor.once("increment")?;
                sequence.increment = Expect::Is(cursor.number()?);
            } else if cursor.take("minvalue") {
                cursor.once("minvalue")?;
                sequence.minimum = Expect::Is(Some(cursor.number()?));
            } else if cursor.take("maxvalue") {
                cursor.once("maxvalue")?;
                sequence.maximum = Expect::Is(Some(cursor.number()?));
            } else if cursor.take("cache") {
                cursor.once("cache")?;
                sequence.cache = Expect::Is(cursor.number()?);
            } else if cursor.take("cycle") {
                cursor.once("cycle")?;
                sequence.cycle = Expect::Is(true);
            } else if cursor.take("no minvalue") {
                cursor.once("minvalue")?;
                sequence.minimum = Expect::Is(None);
            } else if cursor.take("no maxvalue") {
                cursor.once("maxvalue")?;
                sequence.maximum = Expect::Is(None);
            } else if cursor.take("no cycle") {
                cursor.once("cycle")?;
                sequence.cycle = Expect::Is(false);
            } else if cursor.take("unlogged") {
                cursor.once("unlogged")?;
                sequence.persistence = Expect::Is(Some(Persistence::Unlogged));
            } else if cursor.take("logged") {
                cursor.once("unlogged")?;
                sequence.persistence = Expect::Is(Some(Persistence::Permanent));
            } else if cursor.take("owned by") {
                cursor.once("owned by")?;
                sequence.owned_by = Expect::Is(OwningColumn::read(&mut cursor)?);
            } else {
                cursor.finish()?;
            }
        }
        sequence.conclude();
        Ok(sequence)
    }

    fn short(&self) -> Option<String> {
        let mut words = vec![format!("as {}", self.r#type.said()?.short())];
        words.extend(self.parameters());
        Some(words.join(" "))
    }

    /// That of a `serial` column is said with the column, and is not there where the column is not. Where another one is
    /// expected in its place, it is in its own right.
    fn goes_without_saying(&self, name: &str, walk: &Walk<'_>) -> bool {
        let Some(Some(owner)) = self.owned_by.said() else { return false };
        let (schema, actual) = (walk.schema(), walk.actual());
        let plain =
            Self { r#type: self.r#type.clone(), owned_by: self.owned_by.clone(), ..Self::plain() };
        if *self != plain || owner.is_of_a_view(schema, actual) {
            return false;
        }
        let Some(column) = owner.find(schema, actual) else { return true };
        let last = |of: &Expect<DataType>| Some(of.said()?.limits()?.1);
        let ends_early =
            last(&self.r#type).zip(last(&column.r#type)).is_some_and(|(own, whole)| own < whole);
        let is_in = |database: &Database, name: &str| {
            database.schemas.body(schema).is_some_and(|s| s.sequences.body(name).is_some())
        };
        let [expected, its_own] = walk.sequences_of(owner);
        let replaces_another = || {
            expected.iter().any(|other| {
                other != name && (!its_own.contains(other) || *other == owner.usual_sequence())
            })
        };
        let is_replaced = || {
            !is_in(actual, name)
                && its_own.iter().any(|other| other != name && !is_in(walk.expected(), other))
        };
        matches!(column.default.said(), Some(Some(default)) if default.draws_from(schema, name))
            && !ends_early
            && !replaces_another()
            && !is_replaced()
    }

    /// The column that owns it, or all of its table.
    fn is_dropped_with_another(&self, _name: &str, walk: &Walk<'_>) -> bool {
        let Some(Some(owner)) = self.owned_by.said() else { return false };
        let column = |database| owner.find(walk.schema(), database);
        match (column(walk.expected()), column(walk.actual())) {
            (Some(_), None) => true,
            (Some(expected), Some(actual)) => is_serial(expected) && !is_serial(actual),
            (None, _) => false,
        }
    }

    fn is_made_with_another(&self, _name: &str, walk: &Walk<'_>) -> bool {
        let Some(Some(owner)) = self.owned_by.said() else { return false };
        if owner.is_of_a_view(walk.schema(), walk.actual()) {
            return false;
        }
        walk.expected().schemas.body(walk.schema()).is_some_and(|schema| {
            let table = schema.tables.body(&owner.table);
            schema.tables.forbids(&owner.table)
                && schema.foreign_tables.body(&owner.table).is_none()
                || table.is_some_and(|table| table.columns.forbids(&owner.column))
        })
    }
}

/// Whether a sequence comes with the column.
fn is_serial(column: &Column) -> bool {
    column.default.said().and_then(Option::as_ref).is_some_and(DefaultValue::is_serial)
}

impl Sequence {
    /// Its first, smallest and largest value.
    fn numbers_mut(&mut self) -> [&mut Expect<Option<i64>>; 3] {
        [&mut self.start, &mut self.minimum, &mut self.maximum]
    }

    /// Those that follow from its type and direction, where these tell.
    fn usual_numbers(&self) -> [Option<i64>; 3] {
        let limits = self.r#type.said().and_then(DataType::limits);
        let ascending = self.increment.said().is_none_or(|increment| *increment > 0);
        let said = |bound: &Expect<Option<i64>>| bound.said().copied().flatten();
        let (lowest, highest) = if ascending {
            (Some(1), limits.map(|(_, highest)| highest))
        } else {
            (limits.map(|(lowest, _)| lowest), Some(-1))
        };
        let first = if ascending {
            said(&self.minimum).or(lowest)
        } else {
            said(&self.maximum).or(highest)
        };
        [first, lowest, highest]
    }

    /// What is not usual about it, its type apart.
    pub(super) fn parameters(&self) -> Vec<String> {
        let numbers = [
            ("start", self.start.said().copied().flatten()),
            ("increment", self.increment.said().copied().filter(|increment| *increment != 1)),
            ("minvalue", self.minimum.said().copied().flatten()),
            ("maxvalue", self.maximum.said().copied().flatten()),
            ("cache", self.cache.said().copied().filter(|cache| *cache != 1)),
        ];
        let numbers =
            numbers.into_iter().filter_map(|(word, number)| Some(format!("{word} {}", number?)));
        let mut words: Vec<String> = numbers.collect();
        if self.cycle == Expect::Is(true) {
            words.push("cycle".to_owned());
        }
        match self.persistence.said() {
            Some(Some(Persistence::Unlogged)) => words.push("unlogged".to_owned()),
            Some(Some(Persistence::Permanent)) => words.push("logged".to_owned()),
            _ => {}
        }
        if let Some(Some(column)) = self.owned_by.said() {
            words.push(format!("owned by {column}"));
        }
        words
    }
}

/// Whether this role owns the table with the column that owns the sequence, on either side, where the walk is at one.
pub(super) fn is_owner_by_column(owner: &Owner, walk: &Walk<'_>) -> bool {
    [walk.expected(), walk.actual()].iter().any(|side| owner_by_column(side, walk) == Some(owner))
}

fn owner_by_column<'a>(side: &'a Database, walk: &Walk<'_>) -> Option<&'a Owner> {
    let [_, _, kind, name] = walk.path().0.as_slice() else { return None };
    let schema = side.schemas.body(walk.schema()).filter(|_| kind == "sequences")?;
    let column = schema.sequences.body(name)?.owned_by.said()?.as_ref()?;
    let table = schema.tables.body(&column.table).map(|table| &table.owner);
    let foreign = || schema.foreign_tables.body(&column.table).map(|table| &table.owner);
    table.or_else(foreign)?.said()?.as_ref()
}

impl Database {
    /// Gives each `serial` column that owns no sequence the one that comes with it: what is written by hand need not say it.
    pub fn supply_sequences(&mut self) {
        for schema in self.schemas.bodies_mut() {
            let lacking = lacking(schema);
            let Some(entries) = schema.sequences.entries_mut() else { continue };
            for (usual, sequence) in lacking {
                let numbered = (1..).map(|number| format!("{usual}{number}"));
                let mut names =
                    once(usual.clone()).chain(numbered).map(|name| escape(&name).into());
                let free = names.find(|name| !entries.contains_key(name));
                entries.extend(free.map(|name| (name, Entry::Body(sequence.into()))));
            }
            schema.sequences.close();
        }
    }
}

impl Database {
    /// Where the sequences stand that `said` neither names nor allows although it has their columns, as far as these or their
    /// tables are among `paths`, and the sequences are not those that come with `serial`.
    pub fn sequences_unlike(&self, said: &Self, paths: &BTreeSet<Path>) -> Vec<Path> {
        let mut unlike = Vec::new();
        if paths.is_empty() {
            return unlike;
        }
        let mut whole = said.clone();
        whole.supply_sequences();
        for (schema, body) in self.schemas.bodies() {
            let here = said.schemas.body(&schema);
            let Some((here, whole)) = here.zip(whole.schemas.body(&schema)) else { continue };
            for (name, sequence) in body.sequences.bodies() {
                let owner = sequence.owned_by.said().and_then(Option::as_ref);
                let is_meant = owner.is_some_and(|owner| {
                    owner.is_at_any(&schema, paths) && owner.find(&schema, said).is_some()
                });
                // Its owner is that of the table.
                let comes_along = whole.sequences.body(&name).is_some_and(|usual| {
                    sequence.is_met_by(&Sequence { owner: sequence.owner.clone(), ..usual.clone() })
                });
                if is_meant && here.sequences.forbids(&name) && !comes_along {
                    let home = Path::default().join("schemas").join(&schema);
                    unlike.push(home.join("sequences").join(&name));
                }
            }
        }
        unlike
    }
}

/// The sequences that come with the `serial` columns of a schema and that it does not say, by their usual names.
fn lacking(schema: &Schema) -> Vec<(String, Sequence)> {
    let said = schema.sequences.bodies();
    let said: BTreeSet<_> =
        said.filter_map(|(_, sequence)| sequence.owned_by.said().cloned().flatten()).collect();
    let tables = schema.tables.bodies();
    let tables = tables.map(|(name, table)| (name, &table.columns, &table.owner));
    let foreign = schema.foreign_tables.bodies();
    let foreign = foreign.map(|(name, table)| (name, &table.columns, &table.owner));
    let mut lacking = Vec::new();
    for (table, columns, owner) in tables.chain(foreign) {
        for (name, column) in columns.bodies().filter(|(_, column)| is_serial(column)) {
            let owning = OwningColumn::new(&table, &name);
            if !said.contains(&owning) {
                let usual = owning.usual_sequence();
                let sequence = Sequence {
                    r#type: of_its_own(&column.r#type),
                    owner: owner.clone(),
                    owned_by: Expect::Is(Some(owning)),
                    ..Sequence::plain()
                };
                lacking.push((usual, sequence));
            }
        }
    }
    lacking
}

/// The type of a sequence that feeds a column of this type.
fn of_its_own(column: &Expect<DataType>) -> Expect<DataType> {
    match column {
        Expect::Is(data_type) if !data_type.is_integer() => Expect::Is(DataType::bigint()),
        other => other.clone(),
    }
}
