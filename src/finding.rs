//! What a check found: one type for every kind of object and every output format.

use std::fmt;
use std::sync::Arc;

/// A place in a text file. Line and column count from one; columns count characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Location {
    /// The file, as it was named on the command line.
    pub file: Arc<str>,
    /// Line, from one.
    pub line: usize,
    /// Column in characters, from one.
    pub column: usize,
}

impl Location {
    /// That of the byte `at` of `text`, which is the beginning of `file` at least.
    pub(crate) fn of_byte(file: impl Into<Arc<str>>, text: &str, at: usize) -> Self {
        let before = text.get(..at).unwrap_or(text);
        let start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Self {
            file: file.into(),
            line: before.matches('\n').count() + 1,
            column: before[start..].chars().count() + 1,
        }
    }

    /// The byte of the text of its file that stands there.
    pub(crate) fn byte_in(&self, text: &str) -> usize {
        let line: usize = text.split_inclusive('\n').take(self.line - 1).map(str::len).sum();
        let mut bytes = text[line..].char_indices().map(|(at, _)| line + at);
        bytes.nth(self.column - 1).unwrap_or(text.len())
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

/// What kind of thing was found: a kind of object, and which of its attributes, or that it is missing, unexpected …
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rule {
    /// The kind of object, such as `column`.
    pub kind: &'static str,
    /// `missing`, `unexpected`, `forbidden`, or the name of an attribute.
    pub aspect: &'static str,
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.kind, self.aspect)
    }
}

/// How much a finding weighs. `Error` is the heaviest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Worth knowing, no drift.
    Info,
    /// Drift that does not fail a run by default.
    Warning,
    /// Drift.
    Error,
}

impl Level {
    /// The word that specs, flags and reports use.
    pub fn word(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// The way to an object through a spec, which is the way through the catalogs too: keys of collections and names by
/// turns, such as `schemas`, `public`, `tables`, `users`, `columns`, `email`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Path(pub Vec<String>);

/// How many steps lead to an object of a schema.
const OWNER: usize = 4;

impl Path {
    /// The names alone, with dots between them: `public.users.email`.
    pub fn dotted(&self) -> String {
        let names: Vec<&str> = self.0.iter().skip(1).step_by(2).map(String::as_str).collect();
        names.join(".")
    }

    /// The path of the schema-level object that this one is or belongs to: the table of a column.
    #[must_use]
    pub fn owner(&self) -> Self {
        Self(self.0.iter().take(OWNER).cloned().collect())
    }

    /// The way from there to this one.
    pub fn below_owner(&self) -> &[String] {
        self.0.get(OWNER..).unwrap_or_default()
    }

    /// The way to what has this name in what this one leads to.
    #[must_use]
    pub fn join(&self, name: &str) -> Self {
        Self(self.0.iter().cloned().chain([name.to_owned()]).collect())
    }

    /// The name of the object itself.
    pub fn name(&self) -> &str {
        self.0.last().map_or("", String::as_str)
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.dotted())
    }
}

/// How the database differs from the spec. Values are spelled as a spec would spell them.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Change {
    /// The spec expects the object; the database lacks it.
    Missing {
        /// The object in short, where it has a short form.
        expected: Option<String>,
        /// What it may be called now, when that is known.
        hint: Option<String>,
    },
    /// The database has the object; nothing in the spec matches it.
    Unexpected {
        /// The object in short, where it has a short form.
        actual: Option<String>,
        /// What it may have been called before, when that is known.
        hint: Option<String>,
    },
    /// The database has the object; the spec says `absent`.
    Forbidden {
        /// The object in short, where it has a short form.
        actual: Option<String>,
    },
    /// An attribute has another value.
    Differs {
        /// What the spec says.
        expected: String,
        /// What the database has.
        actual: String,
        /// Where two long values part, when that is known.
        hint: Option<String>,
    },
    /// Two expressions are written differently and mean the same: no drift.
    Equivalent {
        /// What the spec says.
        expected: String,
        /// What the database has.
        actual: String,
        /// What makes them the same.
        because: String,
    },
    /// Whether the two differ could not be decided.
    Undecided {
        /// What the spec says.
        expected: String,
        /// What the database has.
        actual: String,
        /// Why not.
        reason: String,
    },
    /// The spec's expression means nothing in this database.
    Invalid {
        /// What the spec says.
        expected: String,
        /// What the database has.
        actual: String,
        /// The server's words.
        reason: String,
    },
    /// The source cannot tell what the attribute is.
    Unknown {
        /// What the spec says.
        expected: String,
    },
}

impl Change {
    /// One word for it, as the JSON report has it.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Missing { .. } => "missing",
            Self::Unexpected { .. } => "unexpected",
            Self::Forbidden { .. } => "forbidden",
            Self::Differs { .. } => "differs",
            Self::Equivalent { .. } => "equivalent",
            Self::Undecided { .. } => "undecided",
            Self::Invalid { .. } => "invalid",
            Self::Unknown { .. } => "unknown",
        }
    }

    /// Whether it could not be told if the two differ.
    pub fn is_undecided(&self) -> bool {
        matches!(self, Self::Undecided { .. })
    }

    /// What the spec says, where it says something.
    pub fn expected(&self) -> Option<&str> {
        match self {
            Self::Missing { expected, .. } => expected.as_deref(),
            Self::Differs { expected, .. }
            | Self::Equivalent { expected, .. }
            | Self::Undecided { expected, .. }
            | Self::Invalid { expected, .. }
            | Self::Unknown { expected } => Some(expected),
            Self::Unexpected { .. } | Self::Forbidden { .. } => None,
        }
    }

    /// What the database has, where it has something.
    pub fn actual(&self) -> Option<&str> {
        match self {
            Self::Unexpected { actual, .. } | Self::Forbidden { actual } => actual.as_deref(),
            Self::Differs { actual, .. }
            | Self::Equivalent { actual, .. }
            | Self::Undecided { actual, .. }
            | Self::Invalid { actual, .. } => Some(actual),
            Self::Missing { .. } | Self::Unknown { .. } => None,
        }
    }

    /// Why it is so, where there is more to say.
    pub fn reason(&self) -> Option<&str> {
        match self {
            Self::Equivalent { because, .. } => Some(because),
            Self::Undecided { reason, .. } | Self::Invalid { reason, .. } => Some(reason),
            Self::Differs { hint, .. }
            | Self::Missing { hint, .. }
            | Self::Unexpected { hint, .. } => hint.as_deref(),
            _ => None,
        }
    }

    /// Says more of why, once, where a change has room for it.
    pub(crate) fn hint_at(&mut self, words: String) {
        if let Self::Differs { hint, .. }
        | Self::Missing { hint, .. }
        | Self::Unexpected { hint, .. } = self
        {
            *hint = Some(match hint.take() {
                Some(said) if said.contains(&words) => said,
                Some(said) => format!("{said}; {words}"),
                None => words,
            });
        }
    }

    /// The level it has when nobody says otherwise.
    pub fn level(&self) -> Level {
        match self {
            Self::Equivalent { .. } => Level::Info,
            Self::Unknown { .. } | Self::Undecided { .. } => Level::Warning,
            _ => Level::Error,
        }
    }
}

/// One difference, or one thing that could not be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What kind of thing it is.
    pub rule: Rule,
    /// How much it weighs.
    pub level: Level,
    /// The object it is about.
    pub path: Path,
    /// The way to what was expected, as the spec writes it: with the pattern or the list index that matched.
    pub spec_path: Path,
    /// How the two differ.
    pub change: Change,
    /// Where the spec says what was expected; for an unexpected object, the nearest place above it.
    pub location: Option<Location>,
}

impl Finding {
    /// One of the level that its change has when nobody says otherwise; where the spec writes it is not known yet.
    pub fn new(rule: Rule, path: Path, spec_path: Path, change: Change) -> Self {
        Self { rule, level: change.level(), path, spec_path, change, location: None }
    }
}
