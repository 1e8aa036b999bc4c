//! What stopped schemavet: bad input, or a database that could not be read. Never what a check found.

use std::fmt;

use crate::finding::Location;
use crate::masked::masked_connections;
use crate::visible::visible;

/// Which of the two failing exit codes an error ends in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// The spec or the command line is wrong: exit code 2.
    Input,
    /// The check could not be made (connection, privilege, timeout, a missing program): exit code 3.
    Unavailable,
}

/// A failed run: what happened, where, and what to do about it.
///
/// `Display` prints the message alone; the place, the cause chain and the help are printed by [`Error::report`].
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct Error {
    /// Decides the exit code.
    pub cause: Cause,
    /// What happened, as a lower-case fragment.
    pub message: String,
    /// Where it happened, when it has a place in a file.
    pub location: Option<Location>,
    /// The line of the file that `location` points at.
    pub line: Option<String>,
    /// What to do, as an imperative.
    pub help: Option<String>,
    /// What lies beneath.
    #[source]
    pub source: Option<Box<dyn std::error::Error + Send + Sync>>,
    /// What else is wrong of the same input, each with its place.
    pub others: Vec<Error>,
}

/// Tells a person something on standard error, but no password of a connection. Where that cannot be written, nobody reads
/// it.
pub fn to_stderr(words: impl fmt::Display) {
    use std::io::Write;
    // Tabs stay: a caret stands below a line that has some.
    let words = words.to_string();
    let words = masked_connections(&words);
    let words: Vec<_> = words.split('\t').map(visible).collect();
    drop(writeln!(anstream::stderr(), "{}", words.join("\t")));
}

/// The same with the arguments of `format!`.
macro_rules! tell {
    ($($words:tt)*) => {
        $crate::error::to_stderr(format_args!($($words)*))
    };
}
pub(crate) use tell;

/// Shorthand for results of this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// The spec or the command line is wrong.
    pub fn input(message: impl Into<String>) -> Self {
        Self::new(Cause::Input, message.into())
    }

    /// The check could not be made.
    pub fn unavailable(message: impl Into<String>) -> Self {
        Self::new(Cause::Unavailable, message.into())
    }

    fn new(cause: Cause, message: String) -> Self {
        Self {
            cause,
            message,
            location: None,
            line: None,
            help: None,
            source: None,
            others: Vec::new(),
        }
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Says where it happened; `line` is the text of that line.
    #[must_use]
    pub fn at(mut self, location: Location, line: Option<&str>) -> Self {
        self.location = Some(location);
        self.line = line.map(str::to_owned);
        self
    }

    /// Keeps what lies beneath.
    #[must_use]
    pub fn because(mut self, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// Says what else is wrong.
    #[must_use]
    pub fn beside(mut self, others: impl IntoIterator<Item = Self>) -> Self {
        self.others.extend(others);
        self
    }

    /// This one and the others beside it, and those beside them.
    pub fn each(&self) -> Box<dyn Iterator<Item = &Self> + '_> {
        Box::new(std::iter::once(self).chain(self.others.iter().flat_map(Self::each)))
    }

    /// The process exit code: 2 for bad input, 3 for a check that could not be made.
    pub fn exit_code(&self) -> u8 {
        match self.cause {
            Cause::Input => 2,
            Cause::Unavailable => 3,
        }
    }

    /// What lies beneath, and beneath that.
    pub fn causes(&self) -> impl Iterator<Item = &dyn std::error::Error> {
        std::iter::successors(std::error::Error::source(self), |cause| cause.source())
    }

    /// The whole story on several lines: place, message, source line with a caret, causes, help; then that of each other.
    pub fn report(&self) -> impl fmt::Display + '_ {
        Story(self)
    }
}

struct Story<'a>(&'a Error);

impl fmt::Display for Story<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, error) in self.0.each().enumerate() {
            if at > 0 {
                writeln!(f)?;
            }
            Self::one(error, f)?;
        }
        Ok(())
    }
}

impl Story<'_> {
    fn one(error: &Error, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "error: {error}")?;
        for cause in error.causes() {
            write!(f, "\n  caused by: {cause}")?;
        }
        if let Some(location) = &error.location {
            write!(f, "\n  --> {location}")?;
            if let Some(line) = &error.line {
                let number = location.line.to_string();
                let margin = " ".repeat(number.len());
                let indent: String = line
                    .chars()
                    .take(location.column.saturating_sub(1))
                    .map(|c| if c == '\t' { '\t' } else { ' ' })
                    .collect();
                write!(f, "\n {margin} |\n {number} | {line}\n {margin} | {indent}^")?;
            }
        }
        if let Some(help) = &error.help {
            write!(f, "\n  help: {help}")?;
        }
        Ok(())
    }
}
