//! From the reports of pairs to one picture of them all.

use std::collections::{BTreeMap, BTreeSet};

use super::{Cell, Comparison, Difference, Group, Looked, Notes, PRESENCE, Row};
use crate::check::{Outcome, Report};
use crate::finding::{Change, Finding, Level, Path};

/// The pairs that were compared, and who stands for whom.
#[derive(Debug)]
pub struct Pairs {
    count: usize,
    /// Who is the same as an earlier database in everything, and as which.
    stands: Vec<usize>,
    reports: BTreeMap<(usize, usize), Report>,
    /// Where in the report of a pair those findings are that matter.
    places: BTreeMap<(usize, usize), BTreeMap<Key, Vec<usize>>>,
}

/// An object, by path and kind, and an attribute of it.
type Key = (Path, &'static str, &'static str);

impl Pairs {
    /// None yet, of so many databases.
    pub fn of(count: usize) -> Self {
        let (reports, places) = (BTreeMap::new(), BTreeMap::new());
        Self { count, stands: (0..count).collect(), reports, places }
    }

    /// Notes a report. With `interchangeable`, a database that equals the expected one needs no further comparison.
    pub fn add(&mut self, expected: usize, actual: usize, report: Report, interchangeable: bool) {
        let equal = report.findings.iter().all(|finding| !matters(finding))
            && report.ignored + report.switched_off + report.of_the_platform == 0
            && !report.findings.iter().any(is_unknown);
        if equal && interchangeable && self.stands[actual] == actual {
            self.stands[actual] = self.stands[expected];
        }
        let mut places: BTreeMap<Key, Vec<usize>> = BTreeMap::new();
        for (at, finding) in report.findings.iter().enumerate().filter(|(_, one)| matters(one)) {
            places.entry(key(finding)).or_default().push(at);
        }
        self.places.insert((expected, actual), places);
        self.reports.insert((expected, actual), report);
    }

    /// Whether the two need not be compared, because of what is known.
    pub fn know(&self, one: usize, other: usize) -> bool {
        self.stands[one] == self.stands[other]
            || self.stands[one] != one
            || self.stands[other] != other
            || self.reports.contains_key(&(one, other))
            || self.reports.contains_key(&(other, one))
    }

    /// The finding about a key, from the side of `one`; with whether `one` is the expected side.
    fn finding(&self, one: usize, other: usize, key: &Key) -> Option<(&Finding, bool)> {
        let (one, other) = (self.stands[one], self.stands[other]);
        let expected = self.about((one, other), key).next().map(|finding| (finding, true));
        expected.or_else(|| self.about((other, one), key).next().map(|finding| (finding, false)))
    }

    /// The findings about a key, of those of a pair that matter.
    fn about(&self, pair: (usize, usize), key: &Key) -> impl Iterator<Item = &Finding> {
        let places = self.places.get(&pair).and_then(|places| places.get(key));
        let findings = self.reports.get(&pair).map_or(&[][..], |report| &report.findings);
        places.into_iter().flatten().filter_map(|at| findings.get(*at))
    }

    /// One picture of all pairs.
    pub fn picture(&self, sources: &[Looked], reference: Option<usize>) -> Comparison {
        let findings = || self.reports.values().flat_map(|report| &report.findings);
        let keys: BTreeSet<&Key> = self.places.values().flat_map(BTreeMap::keys).collect();
        let unknown: BTreeSet<Key> =
            findings().filter(|finding| is_unknown(finding)).map(key).collect();
        let mut rows: BTreeMap<Path, Row> = BTreeMap::new();
        for key in keys {
            let (path, kind, aspect) = key;
            let there: Vec<Option<bool>> =
                (0..sources.len()).map(|at| self.there(at, key, &sources[at])).collect();
            let Some(difference) = self.difference(key, &there, sources, reference) else {
                continue;
            };
            let cell = |there: &Option<bool>| match there {
                Some(true) => Cell::Same,
                Some(false) => Cell::Missing,
                None => Cell::NoOpinion,
            };
            let row = rows.entry(path.clone()).or_insert_with(|| Row {
                kind,
                path: path.clone(),
                cells: there.iter().map(cell).collect(),
                differences: Vec::new(),
            });
            mark(&mut row.cells, &difference, *aspect == PRESENCE);
            row.differences.push(difference);
        }
        Comparison {
            sources: sources.iter().map(|source| source.compared.clone()).collect(),
            reference,
            equal: self.equal(sources, &rows),
            rows: rows.into_values().collect(),
            unknown: unknown.len(),
            outcome: self.outcome(reference),
            notes: self.notes(),
        }
    }

    /// The worst outcome of the pairs; where one database is right by definition, of those with it.
    fn outcome(&self, reference: Option<usize>) -> Outcome {
        let counts = |(one, other): &(usize, usize)| {
            reference.is_none_or(|reference| [*one, *other].contains(&reference))
        };
        let reports = self.reports.iter().filter(|(pair, _)| counts(pair));
        let outcomes: Vec<Outcome> = reports.map(|(_, report)| report.outcome()).collect();
        let worst = [Outcome::Drift, Outcome::Undecided, Outcome::Incomplete];
        worst.into_iter().find(|worst| outcomes.contains(worst)).unwrap_or(Outcome::Match)
    }

    /// How many objects are in every database, and the same.
    fn equal(&self, sources: &[Looked], rows: &BTreeMap<Path, Row>) -> usize {
        if let Some(vague) = sources.iter().position(|source| !source.is_whole) {
            // What it says nothing of is not compared.
            let with_it = self.reports.iter().filter(|((expected, _), _)| *expected == vague);
            let matched = |report: &Report| report.tallies.values().map(|one| one.matched).sum();
            return with_it.map(|(_, report)| matched(report)).min().unwrap_or_default();
        }
        let Some((first, others)) = sources.split_first() else { return 0 };
        let same = |path: &&Path| !rows.contains_key(*path);
        let everywhere = |path: &&Path| others.iter().all(|other| other.objects.contains(*path));
        first.objects.iter().filter(same).filter(everywhere).count()
    }

    fn notes(&self) -> Notes {
        let mut notes = Notes::default();
        for report in self.reports.values() {
            let no_opinion = report.tallies.values().map(|tally| tally.no_opinion).sum();
            notes.no_opinion = notes.no_opinion.max(no_opinion);
            for (kind, count) in &report.not_modelled {
                let most = notes.not_modelled.entry(kind.clone()).or_default();
                *most = (*most).max(*count);
            }
            for stub in &report.origin.stubs {
                if !notes.stubs.contains(stub) {
                    notes.stubs.push(stub.clone());
                }
            }
            for migrations in &report.origin.migrations {
                for folder in &migrations.apart {
                    let folder = migrations.folder.join(folder).display().to_string();
                    if !notes.not_applied.contains(&folder) {
                        notes.not_applied.push(folder);
                    }
                }
            }
            notes.platform = notes.platform.or(report.platform);
            notes.ignored += report.ignored;
            let is_remark = |finding: &&Finding| {
                finding.level == Level::Info && !matches!(finding.change, Change::Equivalent { .. })
            };
            notes.switched_off +=
                report.switched_off + report.findings.iter().filter(is_remark).count();
        }
        notes
    }

    /// Whether a database has the object; none where it has no opinion.
    fn there(&self, at: usize, key: &Key, source: &Looked) -> Option<bool> {
        let (path, kind, aspect) = key;
        let others = || (0..self.count).filter(|other| *other != at);
        let presence = (path.clone(), *kind, PRESENCE);
        let told = others().find_map(|other| {
            let (finding, expected) = self.finding(at, other, &presence)?;
            Some(matches!(finding.change, Change::Missing { .. }) == expected)
        });
        let speaks = || others().any(|other| self.finding(at, other, key).is_some());
        told.or_else(|| (*aspect != PRESENCE && speaks()).then_some(true))
            .or_else(|| source.is_whole.then(|| source.objects.contains(path)))
    }

    fn difference(
        &self,
        key: &Key,
        there: &[Option<bool>],
        sources: &[Looked],
        reference: Option<usize>,
    ) -> Option<Difference> {
        let (_, _, aspect) = key;
        let groups = if *aspect == PRESENCE {
            self.by_presence(key, there)
        } else {
            self.by_value(key, there, sources)
        };
        if groups.len() < 2 {
            return None;
        }
        let right = match reference {
            // Where the reference has no opinion, nothing is wrong.
            Some(reference) => {
                Some(groups.iter().position(|group| group.members.contains(&reference))?)
            }
            None => majority(&groups),
        };
        Some(Difference { aspect, groups, right, undecided: self.undecided(key) })
    }

    fn by_presence(&self, key: &Key, there: &[Option<bool>]) -> Vec<Group> {
        let group = |wanted: bool| {
            let members: Vec<usize> =
                (0..self.count).filter(|at| there[*at] == Some(wanted)).collect();
            let value = members.iter().find_map(|at| self.value(*at, key)).filter(|_| wanted);
            Group { members, value, there: wanted }
        };
        let mut groups = vec![group(true), group(false)];
        groups.retain(|group| !group.members.is_empty());
        groups.sort_by_key(|group| group.members.first().copied());
        groups
    }

    fn by_value(&self, key: &Key, there: &[Option<bool>], sources: &[Looked]) -> Vec<Group> {
        let mut groups: Vec<Group> = Vec::new();
        let differs = |one: usize, other: usize| self.finding(one, other, key).is_some();
        for at in (0..self.count).filter(|at| there[*at] == Some(true)) {
            // One that says what is right rather than what is there may say nothing of it.
            if !sources[at].is_whole && !(0..self.count).any(|other| differs(at, other)) {
                continue;
            }
            let is_home =
                |group: &&mut Group| !group.members.iter().any(|member| differs(*member, at));
            match groups.iter_mut().find(is_home) {
                Some(home) => home.members.push(at),
                None => groups.push(Group { members: vec![at], value: None, there: true }),
            }
        }
        for group in &mut groups {
            group.value = group.members.iter().find_map(|at| self.value(*at, key));
        }
        groups
    }

    /// Why nothing is certain about a key, where that is so.
    fn undecided(&self, key: &Key) -> Option<String> {
        let about = self.reports.keys().flat_map(|pair| self.about(*pair, key));
        let reasons: Option<Vec<&str>> = about
            .map(|finding| match &finding.change {
                Change::Undecided { reason, .. } => Some(reason.as_str()),
                _ => None,
            })
            .collect();
        reasons?.first().map(|reason| (*reason).to_owned())
    }

    /// What a database says about a key, where a finding shows it.
    fn value(&self, at: usize, key: &Key) -> Option<String> {
        let others = (0..self.count).filter(|other| *other != at);
        others.into_iter().find_map(|other| {
            let (finding, expected) = self.finding(at, other, key)?;
            let value = if expected { finding.change.expected() } else { finding.change.actual() };
            value.map(str::to_owned)
        })
    }
}

/// The largest group, where no other is as large.
fn majority(groups: &[Group]) -> Option<usize> {
    let most = groups.iter().map(|group| group.members.len()).max()?;
    let mut largest = groups.iter().enumerate().filter(|(_, group)| group.members.len() == most);
    let (at, _) = largest.next()?;
    largest.next().is_none().then_some(at)
}

fn mark(cells: &mut [Cell], difference: &Difference, is_presence: bool) {
    for (number, group) in difference.groups.iter().enumerate() {
        for member in &group.members {
            let cell = &mut cells[*member];
            let right = difference.right.map(|right| right == number);
            *cell = match (*cell, right) {
                (Cell::Missing, _) => Cell::Missing,
                (cell, Some(true)) => cell,
                (_, Some(false)) if is_presence => Cell::Extra,
                (_, None) if is_presence => Cell::There,
                (Cell::Same | Cell::Undecided, _) if difference.undecided.is_none() => {
                    Cell::Differs
                }
                (Cell::Same, _) => Cell::Undecided,
                (cell, _) => cell,
            };
        }
    }
}

/// Whether a finding is a difference, or might be one.
fn matters(finding: &Finding) -> bool {
    finding.level > Level::Info && !is_unknown(finding)
}

fn is_unknown(finding: &Finding) -> bool {
    matches!(finding.change, Change::Unknown { .. })
}

fn key(finding: &Finding) -> Key {
    let aspect = match finding.change {
        Change::Missing { .. } | Change::Unexpected { .. } | Change::Forbidden { .. } => PRESENCE,
        _ => finding.rule.aspect,
    };
    (finding.path.clone(), finding.rule.kind, aspect)
}
