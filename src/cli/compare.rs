//! `schemavet compare`.

use clap::Args;
use futures_util::future::join_all;

use super::checking::CheckArguments;
use super::reading::ServerArguments;
use super::side::{self, Role, Side};
use crate::check;
use crate::compare::{Compared, Looked, Pairs};
use crate::equivalence::Equivalence;
use crate::error::{Error, Result};
use crate::report::ComparisonFormat;
use crate::source::Source;
use crate::source::connection::is_conninfo;
use crate::spec::LevelRule;

/// Compare several databases: which object is the same, differs or is missing where.
#[derive(Debug, Args)]
pub(super) struct Compare {
    /// Two or more databases: each a SOURCE (see `schemavet help sources`), or NAME=SOURCE to give it a name.
    #[arg(required = true, num_args = 2.., value_name = "SOURCE")]
    sources: Vec<String>,
    /// The one that is right, by its name or as it is written among the sources; otherwise most of them are.
    #[arg(long, value_name = "NAME")]
    reference: Option<String>,
    #[command(flatten)]
    server: ServerArguments,
    /// Output format.
    #[arg(long, short, value_enum, default_value_t = ComparisonFormat::Text)]
    format: ComparisonFormat,
    #[command(flatten)]
    check: CheckArguments,
}

/// The name before a source, where there is one. `host=…` and `service=…` are sources.
fn named(text: &str) -> (Option<&str>, &str) {
    let is_name = |name: &str| {
        !name.is_empty()
            && name.chars().all(|c| c.is_alphanumeric() || "_-.".contains(c))
            && !is_conninfo(&format!("{name}=x"))
    };
    match text.split_once('=') {
        Some((name, source)) if is_name(name) => (Some(name), source),
        _ => (None, text),
    }
}

impl Compare {
    pub(super) async fn run(&self, color: anstream::ColorChoice) -> Result<u8> {
        let (given, texts): (Vec<Option<&str>>, Vec<&str>) =
            self.sources.iter().map(|text| named(text)).unzip();
        let sources: Vec<Source> =
            texts.iter().map(|text| self.server.source(text)).collect::<Result<_>>()?;
        self.server.bear_on(&sources)?;
        side::share_no_shadow(&sources)?;
        let names = names(
            given
                .into_iter()
                .zip(&sources)
                .map(|(given, source)| given.map_or_else(|| source.name(), str::to_owned)),
        );
        let reference = self.reference(&names, &texts)?;
        let mut sides: Vec<Side> = Vec::new();
        for side in join_all(sources.iter().map(|source| Side::read(source, Role::Either))).await {
            sides.push(side?);
        }
        share(&mut sides);
        let whole: Vec<bool> = sides.iter().map(Side::is_whole).collect();
        if let Some((second, _)) = whole.iter().enumerate().filter(|(_, whole)| !**whole).nth(1) {
            return Err(sides[second].not_whole("compare at most one spec that is no snapshot"));
        }
        let pairs = self.pairs(&mut sides, &whole, reference.unwrap_or(0)).await?;
        let looked: Vec<Looked> = sides
            .iter()
            .zip(names)
            .zip(whole)
            .map(|((side, name), is_whole)| Looked {
                compared: Compared {
                    name,
                    place: side.reading.place.clone(),
                    version: side.reading.version,
                },
                objects: side.spec.objects(),
                is_whole,
            })
            .collect();
        let comparison = pairs.picture(&looked, reference);
        let mut text = Vec::new();
        self.format
            .write(&comparison, &mut text)
            .map_err(|error| Error::unavailable("cannot write the report").because(error))?;
        super::print(&text, color)?;
        Ok(comparison.outcome.exit_code())
    }

    fn reference(&self, names: &[String], texts: &[&str]) -> Result<Option<usize>> {
        let Some(wanted) = &self.reference else { return Ok(None) };
        let by_name = names.iter().position(|name| name == wanted);
        let found = by_name.or_else(|| texts.iter().position(|text| text == wanted));
        found.map(Some).ok_or_else(|| {
            // It may be a URL with a password.
            Error::input("--reference names none of the sources")
                .help(format!("name one of {}", names.join(", ")))
        })
    }

    /// Compares every database with the first, or the reference, and then those with each other that differ from it.
    async fn pairs(&self, sides: &mut [Side], whole: &[bool], base: usize) -> Result<Pairs> {
        let mut pairs = Pairs::of(sides.len());
        let mut order: Vec<usize> = vec![base];
        order.extend((0..sides.len()).filter(|at| *at != base));
        for (at, one) in order.iter().enumerate() {
            for other in &order[at + 1..] {
                if pairs.know(*one, *other) {
                    continue;
                }
                let (expected, actual) =
                    if whole[*other] { (*one, *other) } else { (*other, *one) };
                let report = self.pair(sides, expected, actual).await?;
                // Of two versions one has no word for something that others have.
                let [one, other] = [expected, actual].map(|at| sides[at].reading.version / 10_000);
                pairs.add(expected, actual, report, whole[expected] && one == other);
            }
        }
        Ok(pairs)
    }

    async fn pair(&self, sides: &mut [Side], a: usize, b: usize) -> Result<check::Report> {
        let (mut of_a, mut of_b) = (sides[a].server.take(), sides[b].server.take());
        let settle = async |equivalence: &mut Equivalence| {
            self.check.settle(equivalence, of_b.as_mut(), of_a.as_mut()).await
        };
        let (expected, actual) = (&sides[a], &sides[b]);
        let options = self.check.options(true);
        let report = check::check(&expected.spec, &actual.reading, options, settle).await;
        let mut report = report?;
        side::complete(&mut report, &expected.reading);
        (sides[a].server, sides[b].server) = (of_a, of_b);
        Ok(report)
    }
}

/// What one spec says of levels, of what to ignore, and of the platform holds for every pair.
fn share(sides: &mut [Side]) {
    let levels: Vec<LevelRule> =
        sides.iter().flat_map(|side| side.spec.levels.iter().cloned()).collect();
    let ignore: Vec<String> =
        sides.iter().flat_map(|side| side.spec.ignore.iter().cloned()).collect();
    let platform = sides.iter().find_map(|side| side.spec.platform.clone());
    for side in sides {
        side.spec.levels.clone_from(&levels);
        side.spec.ignore.clone_from(&ignore);
        if side.is_whole() {
            side.leave_to(platform.as_ref());
        } else {
            side.spec.platform.clone_from(&platform);
        }
    }
}

/// The names of columns: each its own.
fn names(names: impl Iterator<Item = String>) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for name in names {
        let numbered = (2..).map(|number| format!("{name} ({number})"));
        let free = std::iter::once(name.clone()).chain(numbered).find(|name| !all.contains(name));
        all.extend(free);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn a_name_comes_before_a_source_that_may_hold_the_sign_too() {
        for (text, name, source) in [
            (
                "live=postgres://h/db?sslmode=disable",
                Some("live"),
                "postgres://h/db?sslmode=disable",
            ),
            ("postgres://h/db?sslmode=disable", None, "postgres://h/db?sslmode=disable"),
            ("host=/run dbname=x", None, "host=/run dbname=x"),
            ("service=app", None, "service=app"),
            ("on-call.1=host=/run dbname=x", Some("on-call.1"), "host=/run dbname=x"),
            ("exec:show --as=sql", None, "exec:show --as=sql"),
            ("sql=exec:show --as=sql", Some("sql"), "exec:show --as=sql"),
            ("dir/a=b.sql", None, "dir/a=b.sql"),
            ("=x", None, "=x"),
        ] {
            assert_eq!(named(text), (name, source), "{text}");
        }
    }
}
