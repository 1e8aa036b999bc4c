//! What is special about a kind.

use super::Database;
use super::meaning::Meaning;
use super::walk::Walk;
use crate::equivalence::Scope;
use crate::finding::Path;
use crate::value::{DataType, Name};

/// How kinds answer that have no short form, or no list in place of it.
pub(super) const MAPPING_ONLY: &str = "expected a mapping";

/// What is special about a kind. Everything has a default; most kinds need little of it.
pub trait Special: Sized {
    /// Whether a list in place of a mapping is one object's own list (`primary_key: [id]`), not a list of objects.
    const LIST_IS_ONE: bool = false;
    /// Whether a list may hold what such objects are, under whatever name: a name of theirs says little. It does of a table.
    const LIST_HOLDS_SHAPES: bool = false;
    /// The attribute of the parent that says whether the order of these objects matters. They then stand in the order
    /// in which they were read; otherwise they go by name.
    const ORDER: Option<&'static str> = None;

    /// Whether these objects belong to the whole server, not to the database: where a spec does not write them, it has
    /// nothing to do with them.
    const OF_THE_SERVER: bool = false;

    /// The one of these objects that every new database has.
    const IN_EVERY_NEW_DATABASE: Option<&'static str> = None;

    /// Attributes that the short form cannot say, and about which it says nothing.
    const BESIDE_SHORT: &'static [&'static str] = &[];

    /// How many characters a short form may have that a snapshot writes; a longer one, or one of several lines, is written as
    /// keys.
    const LONGEST_SHORT: Option<usize> = None;

    /// Reads the short form, which is complete: what it leaves out is as if SQL had left it out.
    ///
    /// # Errors
    /// What is wrong with the text, as a lower-case fragment.
    fn from_short(text: &str) -> Result<Self, String> {
        Err(format!("{MAPPING_ONLY}, found `{text}`"))
    }

    /// Reads a list of names in place of the short form.
    ///
    /// # Errors
    /// What is wrong with the list.
    fn from_list(_items: Vec<String>) -> Result<Self, String> {
        Err(format!("{MAPPING_ONLY}, found a list"))
    }

    /// Writes the short form, when it holds all that is said.
    fn short(&self) -> Option<String> {
        None
    }

    /// What a finding shows of one that is missing or unexpected.
    fn in_a_finding(&self) -> Option<String> {
        self.short()
    }

    /// Writes a list in place of the short form, when it holds all that is said.
    fn list(&self) -> Option<Vec<String>> {
        None
    }

    /// Which columns the expressions in it see; `None` where that is as above it.
    fn scope(&self, _path: &Path) -> Option<Scope> {
        None
    }

    /// The type of the value that it holds, to which the expressions of its attributes are converted.
    fn value_type(&self) -> Option<&DataType> {
        None
    }

    /// Makes sure that the key of such an object, where it has to say more than a name, says that.
    ///
    /// # Errors
    /// What it lacks.
    fn check_key(_key: &str) -> Result<(), String> {
        Ok(())
    }

    /// Whether a name that a spec writes is the name `actual`, though it is not written so.
    fn is_named(_written: &str, _actual: &str, _schema: &str, _names: &Meaning<'_>) -> bool {
        false
    }

    /// Says what follows from all that is said, and leaves out what goes without saying.
    fn conclude(&mut self) {}

    /// The same, said as `actual` says it, where it can be said in several ways; and without what follows from another
    /// difference, which is told. `name` is that of `actual`.
    fn in_terms_of(&self, _actual: &Self, _name: &str) -> Option<Self> {
        None
    }

    /// Whether another object brings it along, so that a snapshot leaves it to that one.
    fn comes_with_another(&self) -> bool {
        false
    }

    /// Whether it is there by itself, so that no spec need mention it: in every new database, or with another object.
    fn goes_without_saying(&self, _name: &str, _walk: &Walk<'_>) -> bool {
        false
    }

    /// The same as it is where another object of a database brings it along and nobody has changed it since; `None` where it
    /// goes without saying anyway, or never does.
    fn as_it_comes(&self, _database: &Database, _walk: &Walk<'_>) -> Option<Self> {
        None
    }

    /// Whether a shape of a spec is met by an object of another kind, where none of its own kind meets it.
    fn is_met_by_another(&self, _walk: &Walk<'_>) -> bool {
        false
    }

    /// The index of a partitioned table above that it, or its index, is a part of.
    fn part_of(&self) -> Option<&Name> {
        None
    }

    /// Whether it is dropped with another object that is expected and missing too, so that the finding about that one
    /// tells of both.
    fn is_dropped_with_another(&self, _name: &str, _walk: &Walk<'_>) -> bool {
        false
    }

    /// The same of what is made with another object that is unexpected, too.
    fn is_made_with_another(&self, _name: &str, _walk: &Walk<'_>) -> bool {
        false
    }
}
