//! Columns.

use std::borrow::Cow;

use super::default::Default as DefaultValue;
use super::identity_sequence::{Parameters, SequenceName};
use super::merged::Merged;
use super::not_null::NotNull;
use super::reference::CollationName;
use super::storage::Storage;
use super::{Database, Expect, Object, Special, Walk, object, usual, word_value};
use crate::sql::Cursor;
use crate::value::{DataType, Expression, ForeignOptions, Grants, Name, Settings, words};

words! {
    /// When an identity column takes a value that is given to it.
    pub enum Identity {
        /// Only with `OVERRIDING SYSTEM VALUE`.
        Always = "always",
        /// Whenever one is given.
        ByDefault = "by default",
    }
}

words! {
    /// When a generated column is computed.
    pub enum Generation {
        /// When the row is written.
        Stored = "stored",
        /// When it is read (PostgreSQL 18).
        Virtual = "virtual",
        /// As the server has it where neither is said: when it is read, before PostgreSQL 18 when the row is written.
        Usual = "usual",
    }
}

word_value!(@ Identity {
    /// To servers from 17 on, a partition's column is one where that of the table above is one, whoever says so.
    fn may_be_unset(&self, walk: &Walk<'_>) -> bool {
        let [_, schema, _, table, _, column] = walk.path().0.as_slice() else { return false };
        if walk.version().is_none_or(|version| version < 17) {
            return false;
        }
        let table = Name::new(schema, table);
        let is_above = |database: &Database| {
            let above = database.partition_parent(&table);
            let above = above.and_then(|above| database.column(&above, column));
            above.is_some_and(|above| above.identity == Expect::Is(Some(*self)))
        };
        [walk.expected(), walk.actual()].into_iter().any(is_above)
    }
});
word_value!(Generation where Usual is Stored before 18 and Virtual since);

object! {
    /// A column of a table or foreign table.
    pub struct Column: "column" {
        /// Data type, under any of its names.
        r#type: Expect<DataType>,
        /// Whether it accepts `NULL`.
        nullable: Expect<bool> = true,
        /// What is unusual about its not-null constraint (PostgreSQL 18): a name, as SQL writes it, that is neither
        /// `<table>_<column>_not_null` (with a number behind it, as where that was taken) nor that of the one it is inherited
        /// from (partitions have theirs from above, under whatever name), `no inherit`, `not valid`, and `also inherited`
        /// where a table that is no partition declares it itself, though it inherits it too, from one that is valid.
        not_null_constraint: Expect<NotNull> = NotNull::default(),
        /// The comment on its not-null constraint (PostgreSQL 18).
        not_null_comment: Expect<Option<String>> = None,
        /// Default expression; `serial` stands for the next value of the column's own sequence.
        default: Expect<Option<DefaultValue>> = None,
        /// Whether it is an identity column: `always` or `by default`. From PostgreSQL 17 on, a partition's is that of the table
        /// above.
        identity: Expect<Option<Identity>> = None,
        /// The expression that it is generated from.
        generated: Expect<Option<Expression>> = None,
        /// When a generated column is computed: `stored`, `virtual`, or as is `usual` for the server.
        generation: Expect<Option<Generation>> = None,
        /// Collation, where it is not that of the data type.
        collation: Expect<Option<CollationName>> = None,
        /// Parameters of an identity column's sequence, as a sequence has them: `start 100`; unset for the usual ones.
        identity_options: Expect<Option<Parameters>> = None,
        /// The name of an identity column's sequence, where it is not `<table>_<column>_seq`; where that is taken, a number
        /// behind it is as usual, too.
        identity_sequence: Expect<Option<SequenceName>> = None,
        /// Privileges of roles on an identity column's sequence beyond what PostgreSQL gives by itself.
        identity_grants: Expect<Grants> = Grants::default(),
        /// The comment on an identity column's sequence.
        identity_comment: Expect<Option<String>> = None,
        /// How large values are stored, where it is not as usual for the type: `plain`, `external`, `extended`, `main`.
        storage: Expect<Option<Storage>> = None,
        /// How large values are compressed, where it is said (PostgreSQL 14): `pglz` or `lz4`.
        compression: Expect<Option<String>> = None,
        /// The statistics target, where it is said.
        statistics: Expect<Option<i64>> = None,
        /// Options such as `n_distinct`.
        options: Expect<Settings> = Settings::default(),
        /// Options for the foreign-data wrapper of a foreign table, such as `column_name`; the value of one that holds a
        /// password reads `(hidden)`.
        fdw_options: Expect<ForeignOptions> = ForeignOptions::default(),
        /// Privileges of roles on this column alone.
        grants: Expect<Grants> = Grants::default(),
        /// Whether the table declares it itself, though it inherits it too.
        merged: Expect<Merged> = Merged::default(),
        /// Its comment.
        comment: Expect<Option<String>> = None,
    }
}

const AFTER_TYPE: &[&str] = &[
    "not null",
    "null",
    "default",
    "generated always",
    "generated by default",
    "collate",
    "constraint",
    "storage",
    "compression",
    "check",
    "references",
    "unique",
    "primary key",
];

impl Special for Column {
    const ORDER: Option<&'static str> = Some("column_order");
    const BESIDE_SHORT: &'static [&'static str] = &[
        "not_null_comment",
        "identity_sequence",
        "identity_grants",
        "identity_comment",
        "storage",
        "compression",
        "statistics",
        "options",
        "fdw_options",
        "merged",
    ];

    fn value_type(&self) -> Option<&DataType> {
        self.r#type.said()
    }

    /// With an identity its sequence goes, with an expression the time at which it is computed, with the type what another one
    /// cannot have, and so on. Whoever says only that there are no nulls says nothing of a name, but that there are none in any
    /// row, and in no table that inherits.
    fn in_terms_of(&self, actual: &Self, _name: &str) -> Option<Self> {
        let mut column = Cow::Borrowed(self);
        if self.identity.parts_from(&actual.identity, Option::is_some) {
            let column = column.to_mut();
            column.identity_options = actual.identity_options.clone();
            column.identity_sequence = actual.identity_sequence.clone();
            column.identity_grants = actual.identity_grants.clone();
            column.identity_comment = actual.identity_comment.clone();
        }
        if self.parts_in_type_from(actual, usual::is_stored_in_one_way) {
            let column = column.to_mut();
            column.storage = actual.storage.clone();
            column.compression = actual.compression.clone();
        }
        if self.parts_in_type_from(actual, usual::has_no_collation) {
            column.to_mut().collation = actual.collation.clone();
        }
        // A strict spec that gives the expression alone says that nothing else is unusual.
        if self.generation == Expect::Is(None) && matches!(self.generated.said(), Some(Some(_))) {
            column.to_mut().generation = Expect::Is(Some(Generation::Usual));
        }
        if self.generated.parts_from(&actual.generated, Option::is_some) {
            column.to_mut().generation = actual.generation.clone();
        }
        if self.nullable.parts_from(&actual.nullable, |nullable| *nullable) {
            let column = column.to_mut();
            column.not_null_constraint = actual.not_null_constraint.clone();
            column.not_null_comment = actual.not_null_comment.clone();
        }
        if let Some(unlimited) = self.unlimited(actual) {
            column.to_mut().not_null_constraint = Expect::Is(unlimited);
        }
        match column {
            Cow::Borrowed(_) => None,
            Cow::Owned(column) => Some(column),
        }
    }

    fn conclude(&mut self) {
        if let Some(serial) = self.r#type.said().and_then(serial) {
            self.r#type = Expect::Unsaid;
            self.adopt(serial);
        }
        usual::leave_out(&mut self.statistics, |said| *said == -1);
        usual::fold_said(&mut self.compression);
        usual::leave_out(&mut self.compression, |said| said == "default");
        usual::leave_out_collation(&mut self.collation, &self.r#type);
        usual::leave_out_storage(&mut self.storage, &self.r#type);
    }

    fn from_short(text: &str) -> Result<Self, String> {
        let mut cursor = Cursor::new(text)?;
        // Whoever writes `not null` says nothing of its constraint.
        let mut column = Self { not_null_constraint: Expect::Unsaid, ..Self::plain() };
        let (data_type, used) = DataType::parse(cursor.rest())?;
        cursor.skip(used);
        match serial(&data_type) {
            Some(mut serial) => {
                serial.adopt(column);
                column = serial;
            }
            None => column.r#type = Expect::Is(data_type),
        }
        while !cursor.at_end() {
            if cursor.take("not null") {
                cursor.once("null")?;
                column.nullable = Expect::Is(false);
                column.not_null_constraint = NotNull::read(None, &mut cursor);
            } else if cursor.take("constraint") {
                let name = cursor.word("name")?;
                if let Some(key) = elsewhere(&cursor) {
                    return Err(in_the_table(key));
                }
                cursor.expect("not null")?;
                cursor.once("null")?;
                column.nullable = Expect::Is(false);
                column.not_null_constraint = NotNull::read(Some(&name), &mut cursor);
            } else if cursor.take("null") {
                cursor.once("null")?;
                column.nullable = Expect::Is(true);
            } else if cursor.take("collate") {
                cursor.once("collate")?;
                column.collation = Expect::Is(Some(CollationName::read(&mut cursor)?));
            } else if cursor.take("default") {
                cursor.once("default")?;
                column.default = Expect::Is(Some(cursor.until(AFTER_TYPE).parse()?));
            } else if cursor.take("generated always as identity") {
                cursor.once("generated")?;
                column.identify(Identity::Always, &mut cursor)?;
            } else if cursor.take("generated by default as identity") {
                cursor.once("generated")?;
                column.identify(Identity::ByDefault, &mut cursor)?;
            } else if cursor.take("generated always as") {
                cursor.once("generated")?;
                column.generated = Expect::Is(Some(cursor.group("expression")?.parse()?));
                let generation = match () {
                    () if cursor.take("stored") => Generation::Stored,
                    () if cursor.take("virtual") => Generation::Virtual,
                    () => Generation::Usual,
                };
                column.generation = Expect::Is(Some(generation));
            } else if cursor.take("storage default") {
                cursor.once("storage")?;
            } else if cursor.take("storage") {
                cursor.once("storage")?;
                let storage = cursor.one_of(Storage::WORDS)?;
                column.storage = Expect::Is(Some(storage));
            } else if cursor.take("compression") {
                cursor.once("compression")?;
                column.compression = Expect::Is(Some(cursor.word("compression")?));
            } else if let Some(key) = elsewhere(&cursor) {
                return Err(in_the_table(key));
            } else {
                cursor.finish()?;
            }
        }
        Ok(column)
    }

    fn short(&self) -> Option<String> {
        let data_type = self.r#type.said()?;
        let default = self.default.said().and_then(Option::as_ref);
        // `serial` says `not null`, too.
        let serial_type = default
            .filter(|default| default.is_serial() && self.nullable == Expect::Is(false))
            .and_then(|_| serial_name(data_type));
        let mut text = serial_type.map_or_else(|| data_type.short(), str::to_owned);
        if let Some(Some(collation)) = self.collation.said() {
            text += &format!(" collate {collation}");
        }
        let identity = self.identity.said().copied().flatten();
        if self.nullable == Expect::Is(false) && serial_type.is_none() && identity.is_none() {
            text += " ";
            text += &match self.not_null_constraint.said() {
                Some(constraint) => constraint.write(),
                None => "not null".to_owned(),
            };
        }
        if let (Some(default), None) = (default, serial_type) {
            text += &default_clause(default);
        }
        if let Some(identity) = identity {
            text += &format!(" generated {identity} as identity");
            if let Some(Some(parameters)) = self.identity_options.said() {
                text += &format!(" ({parameters})");
            }
        }
        if let Some(Some(expression)) = self.generated.said() {
            text += &format!(" generated always as ({expression})");
            let generation = self.generation.said().copied().flatten();
            if let Some(generation) = generation.filter(|said| *said != Generation::Usual) {
                text += &format!(" {generation}");
            }
        }
        Some(text)
    }
}

impl Column {
    /// Whether the type is told, and one of the two is like this.
    fn parts_in_type_from(&self, actual: &Self, is_so: fn(&DataType) -> bool) -> bool {
        self.r#type.parts_from(&actual.r#type, Clone::clone)
            && [self, actual].iter().any(|side| side.r#type.said().is_some_and(is_so))
    }

    /// The not-null constraint that whoever says only that there are no nulls speaks of, where that of `actual` has limits.
    fn unlimited(&self, actual: &Self) -> Option<NotNull> {
        let forbids_nulls = |column: &Self| column.nullable == Expect::Is(false);
        let says_no_more = self.not_null_constraint == Expect::Unsaid;
        let is_meant = says_no_more && forbids_nulls(self) && forbids_nulls(actual);
        actual.not_null_constraint.said().filter(|_| is_meant)?.unlimited()
    }

    /// Makes it an identity column, with the parameters of its sequence where they come next.
    fn identify(&mut self, identity: Identity, cursor: &mut Cursor<'_>) -> Result<(), String> {
        self.identity = Expect::Is(Some(identity));
        self.nullable = Expect::Is(false);
        if cursor.sees_group() {
            let mut parameters = Cursor::new(cursor.group("parameters")?)?;
            if parameters.take("sequence name") {
                let sequence = Name::read(&mut parameters)?;
                self.identity_sequence =
                    Expect::Is(Some(SequenceName::written(sequence.name.into())));
            }
            self.identity_options = Expect::Is(Some(parameters.until(&[]).parse()?));
        }
        Ok(())
    }
}

/// ` default …`, in parentheses where words in it would be taken for what stands behind it.
pub(super) fn default_clause(default: &DefaultValue) -> String {
    let text = default.to_string();
    let is_whole = Cursor::new(&text).is_ok_and(|mut cursor| {
        cursor.until(AFTER_TYPE);
        cursor.at_end()
    });
    if is_whole { format!(" default {text}") } else { format!(" default ({text})") }
}

/// The three things that whoever says `serial` says of a column.
fn serial(data_type: &DataType) -> Option<Column> {
    let integer = match data_type.name.name.as_str() {
        _ if data_type.built_in || data_type.array || data_type.name.schema.is_some() => {
            return None;
        }
        "serial" | "serial4" => "integer",
        "bigserial" | "serial8" => "bigint",
        "smallserial" | "serial2" => "smallint",
        _ => return None,
    };
    Some(Column {
        r#type: Expect::Is(integer.parse().ok()?),
        nullable: Expect::Is(false),
        default: Expect::Is(Some(DefaultValue::serial())),
        ..Column::default()
    })
}

fn serial_name(data_type: &DataType) -> Option<&'static str> {
    match data_type.name.name.as_str() {
        "integer" => Some("serial"),
        "bigint" => Some("bigserial"),
        "smallint" => Some("smallserial"),
        _ => None,
    }
}

fn in_the_table(key: &str) -> String {
    format!("a constraint has a key of its own: write it under `{key}`")
}

fn elsewhere(cursor: &Cursor<'_>) -> Option<&'static str> {
    [
        ("primary key", "primary_key"),
        ("unique", "unique"),
        ("references", "foreign_keys"),
        ("check", "checks"),
    ]
    .into_iter()
    .find(|(phrase, _)| cursor.sees(phrase))
    .map(|(_, key)| key)
}
