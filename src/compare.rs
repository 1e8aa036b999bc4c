//! One picture of several databases: which of them say what about which object.

mod pairs;

use std::collections::{BTreeMap, BTreeSet};

pub use pairs::Pairs;

use crate::check::Outcome;
use crate::finding::Path;

/// Several databases held against each other.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// The databases, in the order in which they were named.
    pub sources: Vec<Compared>,
    /// The one that is right by definition, where one is named.
    pub reference: Option<usize>,
    /// The objects about which not all of them agree, by path.
    pub rows: Vec<Row>,
    /// How many objects are the same in all of them.
    pub equal: usize,
    /// Attributes that one of a pair cannot tell.
    pub unknown: usize,
    /// What it comes to.
    pub outcome: Outcome,
    /// Remarks on what was not compared.
    pub notes: Notes,
}

/// One of the databases.
#[derive(Debug, Clone)]
pub struct Compared {
    /// What its column is called.
    pub name: String,
    /// Where it was read from.
    pub place: String,
    /// The server's version, such as 150018; zero for a source that is no server.
    pub version: u32,
}

/// One of the databases, with what is in it.
#[derive(Debug, Clone)]
pub struct Looked {
    /// How it is shown.
    pub compared: Compared,
    /// The paths of the objects in it.
    pub objects: BTreeSet<Path>,
    /// Whether it says all that is there, rather than what is right.
    pub is_whole: bool,
}

/// What was not compared, and why.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Notes {
    /// Objects of kinds that are not read, by kind.
    pub not_modelled: BTreeMap<String, u64>,
    /// Extensions for which stubs stand in.
    pub stubs: Vec<String>,
    /// Folders beside migrations, the SQL of which was not applied.
    pub not_applied: Vec<String>,
    /// The platform whose own objects were left out.
    pub platform: Option<&'static str>,
    /// Objects about which a spec that is not whole says nothing.
    pub no_opinion: usize,
    /// Findings that `ignore` of a spec leaves out.
    pub ignored: usize,
    /// Findings that levels of a spec switch off or make remarks.
    pub switched_off: usize,
}

/// An object about which the databases do not agree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The kind of object.
    pub kind: &'static str,
    /// The way to it.
    pub path: Path,
    /// What it is in each database.
    pub cells: Vec<Cell>,
    /// On what they do not agree.
    pub differences: Vec<Difference>,
}

/// What an object is in one database, beside what most of them, or the reference, have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell {
    /// As it should be, or as in most.
    Same,
    /// It is there and differs; where no side has a majority, every side does.
    Differs,
    /// It is not there.
    Missing,
    /// It is there, and most do not have it.
    Extra,
    /// It is there, and in as many databases it is not.
    There,
    /// Whether it differs could not be decided.
    Undecided,
    /// It is a spec that says nothing of it.
    NoOpinion,
}

impl Cell {
    /// One word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Differs => "differs",
            Self::Missing => "missing",
            Self::Extra => "extra",
            Self::There => "there",
            Self::Undecided => "undecided",
            Self::NoOpinion => "no opinion",
        }
    }
}

/// What the databases say about one attribute of an object, or about its being there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The attribute, or `presence`.
    pub aspect: &'static str,
    /// Databases that say the same, the first database's first.
    pub groups: Vec<Group>,
    /// Which group is right: that of the reference, or of the most. None where no side has a majority.
    pub right: Option<usize>,
    /// Why it could not be decided, where it could not.
    pub undecided: Option<String>,
}

/// Databases that say the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Their places in the list.
    pub members: Vec<usize>,
    /// What they say, as a spec would write it; none where there is no short form of it.
    pub value: Option<String>,
    /// Whether the object is there.
    pub there: bool,
}

/// The aspect that says whether an object is there.
const PRESENCE: &str = "presence";

impl Difference {
    /// Whether it is about the object's being there.
    pub fn is_presence(&self) -> bool {
        self.aspect == PRESENCE
    }

    /// The databases that are not as they should be, or as most are.
    pub fn odd(&self) -> Vec<usize> {
        let Some(right) = self.right else { return Vec::new() };
        let others = self.groups.iter().enumerate().filter(|(at, _)| *at != right);
        let mut odd: Vec<usize> = others.flat_map(|(_, group)| group.members.clone()).collect();
        odd.sort_unstable();
        odd
    }
}
