//! schemavet tells whether a PostgreSQL database is what its specification says.
//!
//! A [`Spec`](spec::Spec) says what is expected, a [`Reading`](source::Reading) what is there;
//! [`check`](check::check) compares the two and gives a [`Report`](check::Report), which a [`Format`](report::Format)
//! writes. `docs/architecture.md` says how it is built.
//!
//! ```
//! use schemavet::check::{Options, Outcome, check};
//! use schemavet::finding::Level;
//! use schemavet::source::Reading;
//! use schemavet::spec::Spec;
//!
//! let users = |id: &str| {
//!     let text = format!("spec: 1\nschemas:\n  public:\n    tables:\n      users:\n        columns:\n          id: {id}\n");
//!     Spec::parse(vec![("spec.yaml".to_owned(), text)])
//! };
//! let spec = users("bigint not null")?;
//! let stored = Reading::stored(users("integer not null")?.database, "stored.yaml".to_owned());
//!
//! let options = Options { strict: false, fail_on: Level::Error, allow_undecided: false, require_coverage: false };
//! // What two texts mean a server would tell; here is none to be asked.
//! let checked = check(&spec, &stored, options, async |_| Ok(()));
//! let report = tokio::runtime::Builder::new_current_thread().build().expect("a runtime").block_on(checked)?;
//!
//! assert_eq!(report.outcome(), Outcome::Drift);
//! assert_eq!(report.findings[0].rule.to_string(), "column.type");
//! assert_eq!(report.findings[0].location.as_ref().map(|place| (place.line, place.column)), Some((7, 11)));
//! # Ok::<(), schemavet::error::Error>(())
//! ```

pub mod check;
pub mod cli;
pub mod compare;
pub mod equivalence;
pub mod error;
mod file_name;
pub mod finding;
mod masked;
pub mod model;
pub mod report;
pub mod source;
pub mod spec;
pub mod sql;
pub mod value;
mod visible;
