//! The walk that holds a spec against a database. It knows no kind by name.

mod presence;
mod texts;

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use compact_str::CompactString;

use super::owning_column::ByOwner;
use super::partitions::ByParent;
use super::sharing::Met;
use super::{Attribute, Database, Kind, Meaning, Names, Object, Tally};
use crate::equivalence::{Equivalence, Scope, Verdict};
use crate::finding::{Change, Finding, Path, Rule};
use crate::value::DataType;

/// One comparison under way.
#[derive(Debug)]
pub struct Walk<'a> {
    /// What names mean.
    pub names: Meaning<'a>,
    pub(super) equivalence: &'a mut Equivalence,
    actual: &'a Database,
    path: Path,
    spec_path: Path,
    kinds: Vec<&'static str>,
    scopes: Vec<Scope>,
    value_type: Option<DataType>,
    expected_value_type: Option<DataType>,
    /// Whether something else has an opinion on what the walk is in.
    pub(super) spoken_for: bool,
    /// Whether the order of the next collection of ordered objects matters.
    pub(super) order_matters: bool,
    /// Tables that were held against another one, so that no entry need name them.
    pub(super) spoken_for_elsewhere: Vec<Path>,
    /// What was found to be met so far.
    pub(super) met: Met,
    /// The server's version; zero where there is none.
    version: u32,
    pub(super) findings: Vec<Finding>,
    pub(super) tallies: BTreeMap<&'static str, Tally>,
    /// The patterns that demand something, by their paths in the spec: whether they cover anything.
    demands: BTreeMap<Path, bool>,
    /// Whether something is tried out, of which nothing is to stay.
    is_trial: bool,
    /// The partitions that are there, once somebody has asked for them.
    pub(super) partitions: OnceCell<Rc<ByParent<'a>>>,
    /// Likewise the sequences that columns own, as expected and as there.
    pub(super) sequences: [OnceCell<ByOwner<'a>>; 2],
    /// Likewise the names of what is built in that others have, too.
    built_in: OnceCell<BTreeSet<CompactString>>,
}

/// What a walk comes to.
#[derive(Debug)]
pub struct Walked {
    /// In the order of the spec.
    pub findings: Vec<Finding>,
    /// The count of each kind.
    pub tallies: BTreeMap<&'static str, Tally>,
    /// The patterns that demand something and cover nothing, by their paths in the spec.
    pub idle_patterns: Vec<Path>,
}

impl<'a> Walk<'a> {
    /// A walk from the tops of `expected` and of `actual`, which has these names. `of_a_database`: what is expected was read
    /// from a server, too, rather than written by somebody.
    pub fn new(
        (expected, of_a_database): (&'a Database, bool),
        (actual, names): (&'a Database, &'a Names),
        equivalence: &'a mut Equivalence,
    ) -> Self {
        Self {
            names: Meaning::new(names, expected, of_a_database),
            equivalence,
            actual,
            path: Path::default(),
            spec_path: Path::default(),
            kinds: vec![Database::KIND],
            scopes: vec![Scope::Nothing],
            value_type: None,
            expected_value_type: None,
            spoken_for: false,
            order_matters: false,
            spoken_for_elsewhere: Vec::new(),
            met: Met::default(),
            version: 0,
            findings: Vec::new(),
            tallies: BTreeMap::new(),
            demands: BTreeMap::new(),
            is_trial: false,
            partitions: OnceCell::new(),
            sequences: [OnceCell::new(), OnceCell::new()],
            built_in: OnceCell::new(),
        }
    }

    /// On a server of this version, such as 150018: it does not know the attributes of newer ones.
    #[must_use]
    pub fn on_server(self, version: u32) -> Self {
        Self { version, ..self }
    }

    /// Whether what is there was stored, rather than read from a server.
    pub(super) fn is_stored(&self) -> bool {
        self.version == 0
    }

    /// What it comes to.
    pub fn finish(mut self) -> Walked {
        let elsewhere = BTreeSet::from_iter(self.spoken_for_elsewhere);
        self.findings.retain(|finding| {
            let named_elsewhere = matches!(finding.change, Change::Unexpected { .. })
                && elsewhere.contains(&finding.path);
            if named_elsewhere && let Some(tally) = self.tallies.get_mut(finding.rule.kind) {
                tally.unexpected -= 1;
                tally.expected += 1;
                tally.matched += 1;
            }
            !named_elsewhere
        });
        let idle = self.demands.into_iter().filter(|(_, covers_any)| !covers_any);
        let idle_patterns = idle.map(|(path, _)| path).collect();
        Walked { findings: self.findings, tallies: self.tallies, idle_patterns }
    }

    /// Notes that a pattern demands something, and whether it covers anything here.
    pub(super) fn demands(&mut self, attribute: &str, pattern: &str, covers_any: bool) {
        if self.is_trial {
            return;
        }
        let mut path = self.spec_path.clone();
        path.0.extend([attribute.to_owned(), pattern.to_owned()]);
        *self.demands.entry(path).or_default() |= covers_any;
    }

    /// Everything that is expected.
    pub fn expected(&self) -> &'a Database {
        self.names.declared
    }

    /// Everything that is there.
    pub fn actual(&self) -> &'a Database {
        self.actual
    }

    /// The kind of the object that the walk is in.
    pub fn kind(&self) -> &'static str {
        self.kinds.last().copied().unwrap_or_default()
    }

    /// Where the walk stands.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Compares a table with what is expected of it because of an attribute of the one that the walk is in.
    pub(super) fn beside<T: Object>(
        &mut self,
        (schema, name): (&str, &str),
        attribute: &str,
        expected: &T,
        actual: &T,
    ) {
        let collection = self.path.0.get(2).cloned().unwrap_or_default();
        let mut path = Path(vec!["schemas".to_owned(), schema.to_owned()]);
        std::mem::swap(&mut self.path, &mut path);
        let before = self.findings.len();
        self.object(&collection, (name, name), expected, actual);
        std::mem::swap(&mut self.path, &mut path);
        let mut written = self.spec_path.clone();
        written.0.push(attribute.to_owned());
        for finding in &mut self.findings[before..] {
            finding.spec_path = written.clone();
        }
        path.0.extend([collection, name.to_owned()]);
        self.spoken_for_elsewhere.push(path);
    }

    /// The schema that the walk is in; empty outside of any.
    pub fn schema(&self) -> &str {
        if self.path.0.first().is_some_and(|first| first == "schemas") {
            self.path.0.get(1).map_or("", String::as_str)
        } else {
            ""
        }
    }

    /// The names of what is built in that others have, too.
    pub(super) fn built_in(&self) -> &BTreeSet<CompactString> {
        self.built_in.get_or_init(|| self.names.of_built_in())
    }

    /// What expressions see where the walk stands.
    pub fn scope(&self) -> Option<&Scope> {
        self.scopes.last()
    }

    /// The type of the column or domain that the walk is in.
    pub fn value_type(&self) -> Option<&DataType> {
        self.value_type.as_ref()
    }

    /// The type that it should have.
    pub fn expected_value_type(&self) -> Option<&DataType> {
        self.expected_value_type.as_ref()
    }

    /// Notes what a verdict on an attribute comes to; shows what was expected, and what is there.
    pub fn judge(
        &mut self,
        attribute: &'static str,
        verdict: Verdict,
        (expected, actual): (String, String),
    ) {
        self.note(
            attribute,
            match verdict {
                Verdict::Same => return,
                Verdict::Equivalent(because) => Change::Equivalent { expected, actual, because },
                Verdict::Unknown => Change::Unknown { expected },
                Verdict::Different(_) if self.is_too_old_for(attribute) => {
                    Change::Unknown { expected }
                }
                Verdict::Different(hint) => Change::Differs { expected, actual, hint },
                Verdict::Undecided(reason) => Change::Undecided { expected, actual, reason },
                Verdict::Invalid(reason) => Change::Invalid { expected, actual, reason },
            },
        );
    }

    /// Whether the server is older than an attribute of the kind that the walk is in.
    fn is_too_old_for(&self, attribute: &str) -> bool {
        let kind = self.kinds.last().and_then(|kind| Kind::named(kind));
        let attribute =
            kind.and_then(|kind| kind.attributes.iter().find(|known| known.name == attribute));
        let since = attribute.map(Attribute::since);
        self.version().zip(since).is_some_and(|(version, since)| since > version)
    }

    /// The server's version, such as 15; none where there is no server.
    pub fn version(&self) -> Option<u32> {
        (self.version > 0).then_some(self.version / 10_000)
    }

    /// Notes that the database cannot tell what an attribute is.
    pub fn unknown(&mut self, attribute: &'static str, expected: String) {
        self.note(attribute, Change::Unknown { expected });
    }

    pub(super) fn note(&mut self, aspect: &'static str, change: Change) {
        let kind = self.kind();
        let mut spec_path = self.spec_path.clone();
        if !matches!(
            change,
            Change::Missing { .. } | Change::Unexpected { .. } | Change::Forbidden { .. }
        ) {
            spec_path.0.push(aspect.to_owned());
        }
        let rule = Rule { kind, aspect };
        self.findings.push(Finding::new(rule, self.path.clone(), spec_path, change));
    }

    /// Does `act`, and gives what it found as if it had never been done.
    pub(super) fn on_trial<R>(&mut self, act: impl FnOnce(&mut Self) -> R) -> Vec<Finding> {
        let (before, elsewhere) = (self.findings.len(), self.spoken_for_elsewhere.len());
        let (tallies, is_trial) =
            (self.tallies.clone(), std::mem::replace(&mut self.is_trial, true));
        let _ = act(self);
        (self.tallies, self.is_trial) = (tallies, is_trial);
        self.spoken_for_elsewhere.truncate(elsewhere);
        self.findings.split_off(before)
    }

    /// Counts objects about which the spec has no opinion.
    pub fn no_opinion(&mut self, kind: &'static str, count: usize) {
        if !self.spoken_for {
            self.tallies.entry(kind).or_default().no_opinion += count;
        }
    }

    pub(super) fn tally<T: Object>(&mut self) -> &mut Tally {
        self.tallies.entry(T::KIND).or_default()
    }

    /// Does `act` one step further down.
    fn within<R>(
        &mut self,
        kind: &'static str,
        attribute: &str,
        (name, spec_name): (&str, &str),
        act: impl FnOnce(&mut Self) -> R,
    ) -> R {
        self.kinds.push(kind);
        self.path.0.extend([attribute.to_owned(), name.to_owned()]);
        self.spec_path.0.extend([attribute.to_owned(), spec_name.to_owned()]);
        let result = act(self);
        self.path.0.truncate(self.path.0.len() - 2);
        self.spec_path.0.truncate(self.spec_path.0.len() - 2);
        self.kinds.pop();
        result
    }

    /// Compares one object; whether it differs in itself, its children apart.
    pub(super) fn object<T: Object>(
        &mut self,
        attribute: &str,
        names: (&str, &str),
        expected: &T,
        actual: &T,
    ) -> bool {
        self.within(T::KIND, attribute, names, |walk| {
            let scope = actual.scope(&walk.path);
            let scoped = scope.is_some();
            walk.scopes.extend(scope);
            walk.value_type = actual.value_type().cloned();
            walk.expected_value_type = expected.value_type().cloned();
            let order_matters = std::mem::take(&mut walk.order_matters);
            let (before, depth) = (walk.findings.len(), walk.path.0.len());
            expected
                .in_terms_of(actual, walk.path.name())
                .as_ref()
                .unwrap_or(expected)
                .compare(actual, walk);
            if scoped {
                walk.scopes.pop();
            }
            walk.order_matters = order_matters;
            walk.findings[before..]
                .iter()
                .any(|finding| finding.path.0.len() == depth && differs(finding))
        })
    }
}

pub(super) fn differs(finding: &Finding) -> bool {
    !matches!(
        finding.change,
        Change::Equivalent { .. } | Change::Unknown { .. } | Change::Undecided { .. }
    )
}
