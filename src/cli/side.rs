//! A source as either side of a comparison: as what is expected, and as what is there.

use super::reading;
use crate::error::{Error, Result};
use crate::finding;
use crate::model::{Database, Object, Pass, is_nowhere};
use crate::source::{Reading, Server, Source};
use crate::spec::{Platform, Spec};

/// A source that was read.
pub(super) struct Side {
    /// What it expects of others; of one that is only there, no objects.
    pub spec: Spec,
    /// What is there; of one that only expects, no objects.
    pub reading: Reading,
    /// Who can say what expressions in it mean.
    pub server: Option<Server>,
    /// What it says may be there, rather than what is there.
    vague: Option<finding::Path>,
}

/// Which side of a comparison a source is to be.
#[derive(Debug, Clone, Copy)]
pub(super) enum Role {
    /// What is right.
    Expected,
    /// What is there.
    Actual,
    /// Now the one, now the other.
    Either,
}

impl Role {
    /// What is expected of others, and what is there.
    fn split(self, database: Database) -> (Database, Database) {
        match self {
            Self::Expected => (database, Database::default()),
            Self::Actual => (Database::default(), database),
            Self::Either => (database.clone(), database),
        }
    }
}

/// Refuses two sources of SQL for the one `--shadow`.
pub(super) fn share_no_shadow(sources: &[Source]) -> Result<()> {
    let in_shadow = |source: &&Source| matches!(source, Source::Sql(sql) if sql.shadow.is_some());
    if sources.iter().filter(in_shadow).count() > 1 {
        return Err(Error::input("--shadow is one database, and more than one source is SQL")
            .help(
                "leave --shadow out: each source of SQL then has a throw-away server of its own",
            ));
    }
    Ok(())
}

impl Side {
    pub(super) async fn read(source: &Source, role: Role) -> Result<Self> {
        if let Source::Yaml(path) = source {
            let mut spec = reading::spec(vec![path.clone()]).await?;
            let vague = spec.vague();
            let (expected, actual) = role.split(std::mem::take(&mut spec.database));
            spec.database = expected;
            let reading = Reading::stored(actual, path.display().to_string());
            return Ok(Self { spec, reading, server: None, vague });
        }
        let (mut reading, server) = Box::pin(reading::read(source)).await?;
        let platform = reading::platform(&reading);
        let (expected, actual) = role.split(std::mem::take(&mut reading.database));
        reading.database = actual;
        let mut spec = Spec::of(expected, platform, reading.place.clone());
        let is_nowhere = |kind, attribute| is_nowhere(kind, attribute, reading.version);
        spec.database.silence(&is_nowhere, &mut Pass::default());
        Ok(Self { spec, reading, server, vague: None })
    }

    /// Leaves out what the platform owns, as a snapshot does.
    pub(super) fn leave_to(&mut self, platform: Option<&Platform>) {
        if let Some(platform) = platform {
            platform.prune(&mut self.spec.database);
            platform.prune(&mut self.reading.database);
        }
        self.spec.platform = platform.cloned();
    }

    /// Whether it says what is there, rather than only what is right.
    pub(super) fn is_whole(&self) -> bool {
        self.vague.is_none()
    }

    /// Why it cannot be held against anything.
    pub(super) fn not_whole(&self, help: &str) -> Error {
        let vague = self.vague.clone().unwrap_or_default();
        reading::not_whole(&self.spec, &self.reading.place, &vague, help)
    }
}

/// What is true of both sides of a report: what neither reads, what stands in for something.
pub(super) fn complete(report: &mut crate::check::Report, expected: &Reading) {
    for (kind, count) in &expected.not_modelled {
        let both = report.not_modelled.entry(kind.clone()).or_default();
        *both = (*both).max(*count);
    }
    let (origin, other) = (&mut report.origin, &expected.origin);
    origin.migrations.splice(0..0, other.migrations.iter().cloned());
    for (all, more) in [(&mut origin.preludes, &other.preludes), (&mut origin.stubs, &other.stubs)]
    {
        for one in more {
            if !all.contains(one) {
                all.push(one.clone());
            }
        }
    }
}
