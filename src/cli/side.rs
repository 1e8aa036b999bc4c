//! A source as either side of a comparison: as what is expected, and as what is there.

use std::path::PathBuf;

use super::reading::{self, ServerArguments};
use crate::error::{Error, Result};
use crate::source::{Reading, Server, Source};
use crate::spec::{Platform, Spec};

/// A source that was read.
pub(super) struct Side {
    /// What it expects of others.
    pub spec: Spec,
    /// What is there.
    pub reading: Reading,
    /// Who can say what expressions in it mean.
    pub server: Option<Server>,
}

/// Reads files and folders of a spec.
pub(super) async fn spec(paths: Vec<PathBuf>) -> Result<Spec> {
    let read = tokio::task::spawn_blocking(move || Spec::read(&paths)).await;
    read.unwrap_or_else(|error| Err(Error::unavailable("cannot read the spec").because(error)))
}

/// The sources of these names.
pub(super) fn sources(texts: &[&str], arguments: &ServerArguments) -> Result<Vec<Source>> {
    let sources: Vec<Source> =
        texts.iter().map(|text| arguments.source(text)).collect::<Result<_>>()?;
    let in_shadow = |source: &&Source| matches!(source, Source::Sql(sql) if sql.shadow.is_some());
    if sources.iter().filter(in_shadow).count() > 1 {
        return Err(Error::input("--shadow is one database, and more than one source is SQL")
            .help(
                "leave --shadow out: each source of SQL then has a throw-away server of its own",
            ));
    }
    Ok(sources)
}

impl Side {
    pub(super) async fn read(source: &Source) -> Result<Self> {
        if let Source::Yaml(path) = source {
            let spec = self::spec(vec![path.clone()]).await?;
            let reading = Reading::stored(spec.database.clone(), path.display().to_string());
            return Ok(Self { spec, reading, server: None });
        }
        let (reading, server) = Box::pin(reading::read(source)).await?;
        let spec = Spec::of(reading.database.clone(), reading.place.clone());
        Ok(Self { spec, reading, server })
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
        self.spec.place.is_some() || self.spec.vague().is_none()
    }

    /// Why it cannot be held against anything.
    pub(super) fn not_whole(&self, help: &str) -> Error {
        let vague = self.spec.vague().unwrap_or_default();
        let error = Error::input(format!(
            "{} is no snapshot: `{}` says what may be there, not what is there",
            self.reading.place,
            vague.name()
        ));
        let error = error.help(help.to_owned());
        match self.spec.locate(&vague) {
            Some(place) => {
                let line = self.spec.line(&place).map(str::to_owned);
                error.at(place, line.as_deref())
            }
            None => error,
        }
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
