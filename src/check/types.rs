//! Data types of a spec that nobody knows.

use std::cell::LazyCell;
use std::collections::BTreeMap;

use crate::error::Error;
use crate::finding::{Change, Finding, Path};
use crate::model::{Children, Class, Database, Entry, Field, Names, Object, is_pattern};
use crate::source::Reading;
use crate::spec::{Spec, nearest};
use crate::value::{BUILT_IN_TYPES, DataType, TYPE_ALIASES};

/// A data type that is neither built in, nor declared in the spec, nor in the database.
pub(super) struct Unknown {
    /// The attribute that names it.
    path: Path,
    data_type: DataType,
    /// What may be meant.
    near: Option<String>,
}

impl Unknown {
    fn words(&self) -> String {
        let data_type = &self.data_type;
        format!("there is no data type `{data_type}`: not in PostgreSQL, the spec or the database")
    }

    fn guess(&self) -> Option<String> {
        self.near.as_ref().map(|near| format!("did you mean `{near}`?"))
    }

    fn in_one_line(&self) -> String {
        let guess = self.guess().map_or_else(String::new, |guess| format!("; {guess}"));
        self.words() + &guess
    }

    /// The error that it is where no finding is about it.
    pub(super) fn error(&self, spec: &Spec) -> Error {
        let mut error = Error::input(self.words());
        if let Some(guess) = self.guess() {
            error = error.help(guess);
        }
        match spec.locate(&self.path) {
            Some(place) => {
                let line = spec.line(&place).map(str::to_owned);
                error.at(place, line.as_deref())
            }
            None => error,
        }
    }
}

/// Says of the findings about these types that nobody knows the type: it may be misspelled, or be what the database lost.
/// The first type that no finding is about is the error.
pub(super) fn tell<'u>(
    unknown: &'u [Unknown],
    findings: &mut [Finding],
) -> Result<(), &'u Unknown> {
    if unknown.is_empty() {
        return Ok(());
    }
    let mut about: BTreeMap<Vec<String>, Vec<usize>> = BTreeMap::new();
    for (index, finding) in findings.iter().enumerate() {
        if matches!(finding.change, Change::Missing { .. } | Change::Differs { .. }) {
            about.entry(finding.spec_path.0.clone()).or_default().push(index);
        }
    }
    for unknown in unknown {
        let Path(path) = &unknown.path;
        let told = (0..=path.len()).rev().find_map(|length| about.get(path.get(..length)?));
        for index in told.ok_or(unknown)? {
            if let Some(finding) = findings.get_mut(*index) {
                finding.change.hint_at(unknown.in_one_line());
            }
        }
    }
    Ok(())
}

/// Every one of `spec`, in its order.
pub(super) fn unknown(spec: &Spec, reading: &Reading) -> Vec<Unknown> {
    // A server knows its own types, of whatever kind.
    if spec.place.is_some() || may_be_of_an_extension(&spec.database, reading) {
        return Vec::new();
    }
    // Mostly the database knows them all.
    let declared = LazyCell::new(|| {
        let mut declared = Names::with_path(reading.names.path().iter().cloned());
        declared.learn(&spec.database);
        declared
    });
    let mut unknown = Vec::new();
    let mut near: BTreeMap<String, Option<String>> = BTreeMap::new();
    spec.database.visit_types(&mut Vec::new(), &mut |path, data_type| {
        let schema = path.get(1).map_or("", |schema| &**schema);
        // Which schemas a pattern stands for is not known here; a type that there is none of differs anyway.
        if is_pattern(schema) {
            return;
        }
        if reading.names.has_type(data_type, schema) || declared.has_type(data_type, schema) {
            return;
        }
        let name = &*data_type.name.name;
        let nearest_to_it = || {
            let known = BUILT_IN_TYPES
                .iter()
                .chain(TYPE_ALIASES)
                .copied()
                .chain(declared.all(Class::Type))
                .chain(reading.names.all(Class::Type))
                .filter(|known| *known != name);
            nearest(name, known).map(str::to_owned)
        };
        unknown.push(Unknown {
            path: Path(path.iter().map(|step| step.clone().into_owned()).collect()),
            data_type: data_type.clone(),
            near: near.entry(name.to_owned()).or_insert_with(nearest_to_it).clone(),
        });
    });
    unknown
}

/// Whether a type may be one of an extension's that nobody tells of: the spec demands an extension that is not there or is
/// in another schema, which is a finding, or one that is in a stored snapshot, which does not say what it has.
fn may_be_of_an_extension(expected: &Database, actual: &Reading) -> bool {
    let stored = actual.version == 0;
    let Children::Named(entries) = &expected.extensions else { return false };
    entries.iter().any(|(name, entry)| {
        let there = actual.database.extensions.body(name);
        let is_elsewhere = there
            .zip(expected.extensions.body(name))
            .is_some_and(|(there, said)| !said.schema.is_met_by(&there.schema));
        // It has no types.
        let tells = there.is_some() && !is_elsewhere && (!stored || name == "plpgsql");
        matches!(entry, Entry::Exists | Entry::Body(_)) && !tells
    })
}
