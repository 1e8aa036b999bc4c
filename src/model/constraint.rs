//! What the short forms of constraints have in common.

use super::tablespace::Tablespace;
use super::word_value;
use crate::sql::{Cursor, quote};
use crate::value::{Settings, words};

words! {
    /// When a constraint is checked.
    pub enum Deferrability {
        /// After every statement, always.
        NotDeferrable = "not deferrable" | "not deferrable initially immediate",
        /// After every statement, unless a transaction says otherwise.
        InitiallyImmediate = "initially immediate" | "deferrable" | "deferrable initially immediate",
        /// At the end of the transaction, unless it says otherwise.
        InitiallyDeferred = "initially deferred" | "deferrable initially deferred",
    }
}

word_value!(Deferrability);

impl Deferrability {
    /// Whether any word about it comes next.
    pub(super) fn is_next(cursor: &Cursor<'_>) -> bool {
        ["deferrable", "not deferrable", "initially"].iter().any(|phrase| cursor.sees(phrase))
    }

    /// Reads `[[not] deferrable] [initially immediate|deferred]`, in either order, where this was said before.
    ///
    /// # Errors
    /// It is said twice, or it cannot be.
    pub(super) fn read(self, cursor: &mut Cursor<'_>) -> Result<Self, String> {
        let (mut deferrable, mut deferred) = (None, None);
        while Self::is_next(cursor) {
            if cursor.take("initially deferred") {
                cursor.once("initially")?;
                deferred = Some(true);
            } else if cursor.take("initially") {
                cursor.once("initially")?;
                cursor.expect("immediate")?;
                deferred = Some(false);
            } else {
                cursor.once("deferrable")?;
                deferrable = Some(!cursor.take("not"));
                cursor.expect("deferrable")?;
            }
        }
        match (deferrable, deferred) {
            (Some(false), Some(true)) => {
                Err("what is not deferrable cannot be initially deferred".to_owned())
            }
            (_, Some(true)) => Ok(Self::InitiallyDeferred),
            (Some(true), _) if self == Self::NotDeferrable => Ok(Self::InitiallyImmediate),
            _ => Ok(self),
        }
    }

    /// As it stands at the end of a constraint's definition, with a space before it.
    pub(super) fn suffix(self) -> &'static str {
        match self {
            Self::NotDeferrable => "",
            Self::InitiallyImmediate => " deferrable",
            Self::InitiallyDeferred => " deferrable initially deferred",
        }
    }
}

/// What stands beside the short form of a constraint that has an index: what is told of that.
pub(super) const OF_ITS_INDEX: &[&str] =
    &["tablespace", "replica_identity", "clustered", "statistics", "partition_of", "index_comment"];

/// What can stand at the end of the definition of a foreign key or a check constraint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tail {
    pub deferrability: Deferrability,
    pub valid: bool,
    pub enforced: bool,
    pub no_inherit: bool,
}

impl Tail {
    /// Reads all that is left.
    pub(super) fn read(cursor: &mut Cursor<'_>) -> Result<Self, String> {
        let mut tail = Self {
            deferrability: Deferrability::NotDeferrable,
            valid: true,
            enforced: true,
            no_inherit: false,
        };
        while !cursor.at_end() {
            if Deferrability::is_next(cursor) {
                tail.deferrability = tail.deferrability.read(cursor)?;
            } else if cursor.take("enforced") {
                // What holds when nothing is said.
                cursor.once("enforced")?;
            } else if cursor.take("not valid") {
                tail.valid = false;
            } else if cursor.take("not enforced") {
                cursor.once("enforced")?;
                (tail.enforced, tail.valid) = (false, false);
            } else if cursor.take("no inherit") {
                tail.no_inherit = true;
            } else {
                cursor.finish()?;
            }
        }
        Ok(tail)
    }
}

/// `("a", b)`.
pub(super) fn column_list(columns: &[String]) -> String {
    let columns: Vec<_> = columns.iter().map(|column| quote(column)).collect();
    format!("({})", columns.join(", "))
}

/// Refuses `CONSTRAINT name` before a definition: a spec has the name as the key.
pub(super) fn without_name(cursor: &mut Cursor<'_>) -> Result<(), String> {
    if !cursor.take("constraint") {
        return Ok(());
    }
    let name = cursor.word("name")?;
    Err(format!(
        "the name of a constraint is its key here: write `{}: {}`",
        quote(&name),
        cursor.until(&[])
    ))
}

/// What the definitions of primary keys and unique constraints hold.
#[derive(Debug)]
pub(super) struct KeyDefinition {
    pub columns: Vec<String>,
    pub without_overlaps: bool,
    pub include: Vec<String>,
    pub nulls_not_distinct: bool,
    /// The storage options of its index, and the tablespace, where they are said.
    pub options: Settings,
    pub tablespace: Option<Tablespace>,
    pub deferrability: Deferrability,
}

impl KeyDefinition {
    /// Reads `[PRIMARY KEY | UNIQUE] [NULLS NOT DISTINCT] (columns) [INCLUDE (columns)] [WITH (options)]
    /// [USING INDEX TABLESPACE name] [DEFERRABLE …]`, or the name of a single column. `kind` is the word that may stand before.
    pub(super) fn read(text: &str, kind: &str) -> Result<Self, String> {
        let mut cursor = Cursor::new(text)?;
        without_name(&mut cursor)?;
        let keyed = cursor.take(kind);
        let mut nulls_not_distinct = are_nulls_not_distinct(&mut cursor);
        let (columns, without_overlaps) = if cursor.sees_group() || keyed {
            let mut clone = cursor.clone();
            match clone.group("columns")?.to_lowercase().strip_suffix(" without overlaps") {
                Some(_) => {
                    let inner = cursor.group("columns")?;
                    let list = format!("({})", &inner[..inner.len() - " without overlaps".len()]);
                    (Cursor::new(&list)?.names("columns")?, true)
                }
                None => (cursor.names("columns")?, false),
            }
        } else {
            (vec![cursor.word("columns in parentheses")?], false)
        };
        nulls_not_distinct |= are_nulls_not_distinct(&mut cursor);
        let include = if cursor.take("include") { cursor.names("columns")? } else { Vec::new() };
        nulls_not_distinct |= are_nulls_not_distinct(&mut cursor);
        let (options, tablespace) = storage(&mut cursor)?;
        let deferrability = Deferrability::NotDeferrable.read(&mut cursor)?;
        cursor.finish()?;
        Ok(Self {
            columns,
            without_overlaps,
            include,
            nulls_not_distinct,
            options,
            tablespace,
            deferrability,
        })
    }

    /// Writes what [`KeyDefinition::read`] reads, but for how its index is stored.
    pub(super) fn short(&self) -> String {
        let mut text = column_list(&self.columns);
        if self.without_overlaps {
            text.truncate(text.len() - 1);
            text += " without overlaps)";
        }
        if !self.include.is_empty() {
            text += &format!(" include {}", column_list(&self.include));
        }
        if self.nulls_not_distinct {
            text += " nulls not distinct";
        }
        text + self.deferrability.suffix()
    }

    /// Whether its columns are all there is to it.
    pub(super) fn is_plain(&self) -> bool {
        self.short() == column_list(&self.columns)
    }
}

/// Reads `[NULLS [NOT] DISTINCT]`.
fn are_nulls_not_distinct(cursor: &mut Cursor<'_>) -> bool {
    !cursor.take("nulls distinct") && cursor.take("nulls not distinct")
}

/// Reads `[WITH (options)] [USING INDEX TABLESPACE name]`.
pub(super) fn storage(cursor: &mut Cursor<'_>) -> Result<(Settings, Option<Tablespace>), String> {
    let with = cursor.take("with").then(|| Settings::parse(cursor.group("options")?));
    let options = with.transpose()?.unwrap_or_default();
    let tablespace = cursor.take("using index tablespace").then(|| cursor.word("tablespace"));
    Ok((options, tablespace.transpose()?.map(Tablespace)))
}
