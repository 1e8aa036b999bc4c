//! Brings a spec up to date: findings become changes of its texts, which otherwise stay as they are.

mod members;
mod objects;

use indexmap::IndexMap;

use super::Spec;
use super::positions::Form;
use super::splice::{Splice, Value, apply};
use crate::error::Result;
use crate::finding::{Change, Finding, Path};
use crate::model::{
    Children, Database, Found, Kind, Object, Pass, Redefined, covers, covers_object, is_in_short,
    only_short, redefined,
};

/// What an update comes to.
#[derive(Debug)]
pub struct Update {
    /// The texts of the spec as they are then, by the names of their files.
    pub texts: Vec<(String, String)>,
    /// What could not be written, with the reason.
    pub left: Vec<(Finding, String)>,
}

/// A collection or an object that is written in a file: the file's number, and the way to it.
type Place = (usize, Vec<String>);

/// Whether privileges, as they are shown, say who granted them: `app: select by owner`, roles in quotes where they need them.
fn names_grantors(shown: &str) -> bool {
    shown.split('"').step_by(2).any(|outside| outside.contains(" by "))
}

/// Why something is left to its author.
const LOSES_COMMENTS: &str = "comments among its lines would be lost";

/// What changes in one collection.
#[derive(Debug, Default)]
struct Members<'a> {
    remove: Vec<&'a Finding>,
    insert: Vec<&'a Finding>,
}

impl Members<'_> {
    /// Whether the entry of this name goes.
    fn removes(&self, name: &str) -> bool {
        self.remove.iter().any(|finding| finding.spec_path.name() == name)
    }
}

/// What changes in one object.
#[derive(Debug, Default)]
struct Altered<'a> {
    findings: Vec<&'a Finding>,
    /// Collections that it does not write yet, with what is new in them.
    collections: Vec<(String, Value)>,
    /// What is said of the objects in those.
    of_collections: Vec<&'a Finding>,
    /// Whether it is to be written as a whole.
    whole: bool,
}

/// All changes, by where they are made.
struct Plan<'a> {
    spec: &'a Spec,
    actual: &'a Database,
    untold: &'a [Finding],
    members: IndexMap<Place, Members<'a>>,
    objects: IndexMap<Place, Altered<'a>>,
    splices: Vec<Vec<Splice>>,
    left: Vec<(Finding, String)>,
}

impl Spec {
    /// Makes the spec say what `actual` has, where `findings` say that it does not; what `actual` cannot tell, as `untold` says,
    /// stays. Names in `actual` are relative to their schemas. Findings about what is inside of something else that changes wait
    /// for the next update.
    ///
    /// # Errors
    /// Something cannot be written as YAML.
    pub fn updated(
        &self,
        findings: &[Finding],
        untold: &[Finding],
        actual: &Database,
    ) -> Result<Update> {
        let mut plan = Plan {
            spec: self,
            actual,
            untold,
            members: IndexMap::new(),
            objects: IndexMap::new(),
            splices: self.files.iter().map(|_| Vec::new()).collect(),
            left: Vec::new(),
        };
        for finding in findings {
            if let Err(reason) = plan.place(finding) {
                plan.left.push((finding.clone(), reason));
            }
        }
        plan.change_members()?;
        plan.change_objects()?;
        let texts = self.files.iter().zip(plan.splices);
        let texts =
            texts.map(|(file, splices)| (file.name.to_string(), apply(&file.text, splices)));
        Ok(Update { texts: texts.collect(), left: plan.left })
    }

    /// The names and texts of its files.
    pub fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|file| (&*file.name, file.text.as_str()))
    }
}

impl<'a> Plan<'a> {
    /// Finds where a finding is to be dealt with.
    fn place(&mut self, finding: &'a Finding) -> Result<(), String> {
        let (steps, path) = (&finding.spec_path.0, &finding.path.0);
        let aligned = |steps: &[String]| {
            steps.len() == path.len() && steps.iter().zip(path).step_by(2).all(|(a, b)| a == b)
        };
        match &finding.change {
            Change::Equivalent { .. } | Change::Unknown { .. } => Ok(()),
            Change::Undecided { reason, .. } => {
                Err(format!("whether it differs could not be decided: {reason}"))
            }
            Change::Forbidden { .. } => Err("the spec says `absent`".to_owned()),
            Change::Differs { expected, .. }
                if finding.rule.aspect.ends_with("grants") && names_grantors(expected) =>
            {
                Err("who granted what would be lost".to_owned())
            }
            Change::Missing { .. } if aligned(steps) => self.missing(finding),
            Change::Unexpected { .. } if aligned(steps) => {
                let collection = &steps[..steps.len() - 1];
                let file = self.file_of(collection)?;
                let place = (file, collection.to_vec());
                self.members.entry(place).or_default().insert.push(finding);
                Ok(())
            }
            Change::Differs { .. } | Change::Invalid { .. }
                if steps.last().is_some_and(|step| step == finding.rule.aspect)
                    && aligned(&steps[..steps.len() - 1]) =>
            {
                self.is_of_one(steps, path)?;
                for file in self.files_of(steps)? {
                    let place = (file, steps[..steps.len() - 1].to_vec());
                    self.objects.entry(place).or_default().findings.push(finding);
                }
                Ok(())
            }
            _ => {
                let what = steps.last().map_or("", String::as_str);
                Err(format!("it comes of `{what}` of something else"))
            }
        }
    }

    /// Whether each name on the way is that of one object: a function's may be that of several.
    fn is_of_one(&self, steps: &[String], path: &[String]) -> Result<(), String> {
        for (at, name) in steps.iter().enumerate().skip(1).step_by(2) {
            let prefix = format!("{name}(");
            let is_called_so = |other: &String| other.starts_with(&prefix);
            let all = || self.actual.find(&path[..at], Named).unwrap_or_default();
            if path.get(at).is_some_and(is_called_so)
                && all().iter().filter(|name| is_called_so(name)).count() > 1
            {
                return Err(format!(
                    "`{name}` is the name of several: write the arguments of each in its key"
                ));
            }
        }
        Ok(())
    }

    /// The files that write `path` itself; where none does, the one that says most on the way to it.
    fn files_of(&self, path: &[String]) -> Result<Vec<usize>, String> {
        let best = self.file_of(path)?;
        let files = self.spec.files.iter().enumerate();
        let writing = files.filter(|(_, file)| {
            let way = file.positions().way(path);
            // The short form of an object says all of its attributes.
            let is_short = way.last().is_some_and(|key| !matches!(key.form, Form::Mapping { .. }));
            way.len() > path.len() || way.len() == path.len() && is_short
        });
        let writing: Vec<usize> = writing.map(|(number, _)| number).collect();
        Ok(if writing.is_empty() { vec![best] } else { writing })
    }

    /// Every file that names the object is rid of it.
    fn missing(&mut self, finding: &'a Finding) -> Result<(), String> {
        let steps = &finding.spec_path.0;
        self.file_of(steps)?;
        let collection = &steps[..steps.len() - 1];
        let is_one = Kind::named(finding.rule.kind).is_some_and(|kind| kind.list_is_one);
        let mut written = false;
        for (number, file) in self.spec.files.iter().enumerate() {
            let depth = file.positions().way(steps).len();
            if depth == steps.len() + 1 || (depth == steps.len() && is_one) {
                written = true;
                let place = (number, collection.to_vec());
                self.members.entry(place).or_default().remove.push(finding);
            }
        }
        if written { Ok(()) } else { Err("no key of its own says so".to_owned()) }
    }

    /// The file that says most on the way to `path`.
    fn file_of(&self, path: &[String]) -> Result<usize, String> {
        let ways = self.spec.files.iter().map(|file| file.positions().way(path));
        let best = ways.enumerate().reduce(
            |best, next| {
                if next.1.len() > best.1.len() { next } else { best }
            },
        );
        let Some((file, way)) = best else { return Err("the spec has no file".to_owned()) };
        // The names on the way, at every other step.
        let pattern = way.iter().skip(1).zip(path).find(|(key, _)| key.pattern);
        match pattern {
            Some((_, pattern)) => {
                Err(format!("the pattern `{pattern}` says so of everything that it matches"))
            }
            None => Ok(file),
        }
    }

    fn leave(&mut self, findings: &[&Finding], reason: &str) {
        self.left.extend(findings.iter().map(|finding| ((*finding).clone(), reason.to_owned())));
    }

    /// How an object of the database is written.
    fn object(&self, path: &Path, short_of: Option<Said<'_>>) -> Option<Result<Value>> {
        self.actual.find(&path.0, Written { spec: self.spec, path, short_of }).flatten()
    }
}

/// The keys of the kind of object that `path` leads to, in order, each with the kind of the objects in it.
fn attributes(path: &[String]) -> Vec<(&'static str, Option<&'static str>)> {
    let mut attributes = Database::ATTRIBUTES;
    for key in path.iter().step_by(2) {
        let child = attributes.iter().find(|attribute| attribute.name == key);
        let child = child.and_then(|attribute| attribute.child).and_then(Kind::named);
        attributes = child.map_or(&[], |kind| kind.attributes);
    }
    attributes.iter().map(|attribute| (attribute.name, attribute.child)).collect()
}

/// What a short form says of an object, and which of its attributes are otherwise.
#[derive(Debug, Clone, Copy)]
struct Said<'a> {
    attributes: &'a [&'a str],
    text: &'a str,
}

/// Writes what a path leads to.
struct Written<'a> {
    spec: &'a Spec,
    path: &'a Path,
    /// Only what is said of it, if that is all of these attributes.
    short_of: Option<Said<'a>>,
}

impl Found for Written<'_> {
    type Out = Option<Result<Value>>;

    fn object<T: Object>(self, object: &T) -> Option<Result<Value>> {
        let short = self.short_of.and_then(|said| only_short(object, said.attributes, said.text));
        if let Some(value) = short.as_ref().map(Value::of)
            && !value.as_ref().is_ok_and(Value::is_block)
        {
            return Some(value);
        }
        let mut object = short.unwrap_or_else(|| object.clone());
        object.prune(&mut self.path.clone(), &|kind, path| self.spec.leaves_out(kind, path));
        object.silence(
            &|kind, attribute| self.spec.is_off(&format!("{kind}.{attribute}")),
            &mut Pass::default(),
        );
        Some(Value::of(&object))
    }

    fn collection<T: Object>(self, objects: &Children<T>) -> Option<Result<Value>> {
        Some(Value::of(objects))
    }

    fn value<V: serde::Serialize>(self, value: &V) -> Option<Result<Value>> {
        Some(Value::of(value))
    }
}

/// What takes the place of the definition of an object, if it says these attributes as they are.
struct Definition<'a>(Said<'a>);

impl Found for Definition<'_> {
    type Out = Option<Redefined>;

    fn object<T: Object>(self, object: &T) -> Option<Redefined> {
        redefined(object, self.0.attributes, self.0.text)
    }
}

/// Whether this attribute is one that each short form of an object says.
struct IsInShort<'a>(&'a str);

impl Found for IsInShort<'_> {
    type Out = bool;

    fn object<T: Object>(self, _object: &T) -> bool {
        is_in_short::<T>(self.0)
    }
}

/// The names in a collection, in its order.
struct Named;

impl Found for Named {
    type Out = Vec<String>;

    fn collection<T: Object>(self, objects: &Children<T>) -> Vec<String> {
        objects.bodies().map(|(name, _)| name.into_owned()).collect()
    }
}

impl Spec {
    /// Whether a finding is not told: its object is not looked at, or its rule is switched off.
    pub fn passes_over(&self, finding: &Finding) -> bool {
        self.leaves_out(finding.rule.kind, &finding.path) || self.is_off(&finding.rule.to_string())
    }

    /// Whether an object is not looked at, because of `ignore` or because it is the platform's.
    fn leaves_out(&self, kind: &str, path: &Path) -> bool {
        self.ignore.iter().any(|glob| covers_object(glob, kind, path))
            || self.platform.as_ref().is_some_and(|platform| platform.owns(kind, path))
    }

    /// Whether a rule is switched off.
    fn is_off(&self, rule: &str) -> bool {
        let set = self.levels.iter().rev().find(|level| covers(&level.rule, rule));
        set.is_some_and(|level| level.level.is_none())
    }
}
