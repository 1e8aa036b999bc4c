//! Objects that are otherwise.

use super::{Altered, Definition, IsInShort, LOSES_COMMENTS, Named, Place, Plan, Said, attributes};
use crate::error::Result;
use crate::finding::Path;
use crate::model::{DEFINITION, Kind, Object, Redefined, escape};
use crate::spec::positions::{Form, Key};
use crate::spec::splice::{Splice, Value, end_of, line_start, replace, start_of};

impl Plan<'_> {
    pub(super) fn change_objects(&mut self) -> Result<()> {
        for (place, altered) in std::mem::take(&mut self.objects) {
            let file = &self.spec.files[place.0];
            let changes = self.alter(&place, &altered)?.and_then(|splices| {
                let lost = splices.iter().any(|one| one.loses_any(file.comments(), &file.text));
                if lost { Err(LOSES_COMMENTS.to_owned()) } else { Ok(splices) }
            });
            match changes {
                Ok(splices) => self.splices[place.0].extend(splices),
                Err(reason) => {
                    let findings = [&altered.findings[..], &altered.of_collections[..]].concat();
                    self.leave(&findings, &reason);
                }
            }
        }
        Ok(())
    }

    /// Changes one object; the inner error says why it cannot be done.
    fn alter(
        &self,
        (number, steps): &Place,
        altered: &Altered<'_>,
    ) -> Result<Result<Vec<Splice>, String>> {
        let file = &self.spec.files[*number];
        let way = file.positions().way(steps);
        let finding = altered.findings.first();
        let of = finding.and_then(|finding| Kind::named(finding.rule.kind));
        let Some(finding) = finding.or(altered.of_collections.first()) else {
            return Ok(Ok(Vec::new()));
        };
        let path = Path(finding.path.0[..steps.len()].to_vec());
        // The only one of its collection may be written in place of it.
        let is_one = of.is_some_and(|kind| kind.list_is_one)
            && way
                .get(steps.len() - 1)
                .is_some_and(|key| !matches!(key.form, Form::Mapping { .. }));
        let depth = if is_one { steps.len() - 1 } else { steps.len() };
        let Some(key) = way.get(depth) else {
            return Ok(Err("the spec does not write it under a key of its own".to_owned()));
        };
        let is_flow = way[..depth].iter().any(|key| key.form.is_flow());
        // What the short form says is written as a whole.
        let is_untold = self.untold.iter().any(|untold| {
            let of = untold.spec_path.0.split_last();
            of.is_some_and(|(aspect, of)| of == steps && key.get(aspect).is_none())
        });
        if is_untold {
            return Ok(Err("it says something that this database cannot tell".to_owned()));
        }
        let aspects: Vec<&str> =
            altered.findings.iter().map(|finding| finding.rule.aspect).collect();
        if !matches!(key.form, Form::Mapping { .. }) || altered.whole {
            let text = match key.form {
                Form::Scalar => key.scalar(&file.text),
                _ => Some(String::new()),
            };
            let Some(text) = text else { return Ok(Err(elsewhere())) };
            let value = if altered.whole {
                self.object(&path, None).transpose()?
            } else if self.says_nothing_of(&path, &aspects, &text) {
                Some(self.defined(&path, Value::of(&text)?, &aspects)?)
            } else {
                self.in_short(&path, Said { attributes: &aspects, text: &text })?
            };
            let Some(mut value) = value else { return Ok(Err(unknown())) };
            if is_one {
                value = value.in_place_of_all(&escape(path.name()))?;
            }
            return Ok(Ok(vec![replace(&file.text, key, &value, is_flow)]));
        }
        let added = altered.collections.clone();
        self.alter_keys(&file.text, key, &path, &aspects, added, is_flow)
    }

    /// Whether there is a short form, and it says nothing of any of these attributes.
    fn says_nothing_of(&self, path: &Path, aspects: &[&str], text: &str) -> bool {
        let is_said = |aspect: &&str| {
            let said = Said { attributes: &[aspect], text };
            self.is_in_short(path, aspect) || self.redefined(path, said).is_some()
        };
        !text.is_empty() && !aspects.iter().any(is_said)
    }

    fn is_in_short(&self, path: &Path, aspect: &str) -> bool {
        self.actual.find(&path.0, IsInShort(aspect)) == Some(true)
    }

    fn redefined(&self, path: &Path, said: Said<'_>) -> Option<Redefined> {
        self.actual.find(&path.0, Definition(said)).flatten()
    }

    /// A short form in place of another one, and what has to be said beside it; a list in place of one.
    pub(super) fn in_short(&self, path: &Path, said: Said<'_>) -> Result<Option<Value>> {
        let written = || self.object(path, Some(said)).transpose();
        if said.text.is_empty()
            && let Some(value) = written()?.filter(|value| !value.is_block())
        {
            return Ok(Some(value));
        }
        match self.redefined(path, said) {
            Some(Redefined { short: Some(short), beside }) => {
                self.defined(path, Value::of(&short)?, &beside).map(Some)
            }
            _ => written(),
        }
    }

    /// A definition, and attributes beside it, if there are any.
    fn defined(&self, path: &Path, definition: Value, attributes: &[&str]) -> Result<Value> {
        if attributes.is_empty() {
            return Ok(definition);
        }
        let mut entries = vec![(DEFINITION.to_owned(), definition)];
        for name in attributes {
            let value = self.object(&path.join(name), None).transpose()?;
            entries.extend(value.map(|value| ((*name).to_owned(), value)));
        }
        Value::mapping(&entries)
    }

    /// Changes the keys of an object that is written as a mapping, and adds those of `added`.
    fn alter_keys(
        &self,
        text: &str,
        key: &Key,
        path: &Path,
        aspects: &[&str],
        mut added: Vec<(String, Value)>,
        within_flow: bool,
    ) -> Result<Result<Vec<Splice>, String>> {
        let is_flow = within_flow || key.form.is_flow();
        let value_of = |name: &str| self.object(&path.join(name), None).transpose();
        let mut splices = Vec::new();
        let mut is_defined = false;
        for aspect in aspects {
            if let Some(collection) = ordered_by(path, aspect) {
                let names = self.actual.find(&path.join(collection).0, Named).unwrap_or_default();
                match key.get(collection).and_then(|key| reorder(text, key, &names)) {
                    Some(splice) => splices.push(splice),
                    None => return Ok(Err("their lines cannot be put in order".to_owned())),
                }
                continue;
            }
            let own = key.get(aspect);
            let definition = key.get(DEFINITION).filter(|_| own.is_none() || *aspect == DEFINITION);
            let said = definition.map(|definition| definition.scalar(text));
            if said == Some(None) {
                return Ok(Err(elsewhere()));
            }
            let other = said
                .flatten()
                .and_then(|said| self.redefined(path, Said { attributes: &[aspect], text: &said }));
            if let (Some(definition), Some(other)) = (definition, other) {
                if std::mem::replace(&mut is_defined, true) {
                    continue;
                }
                let value = match other.short {
                    Some(short) => Some(Value::of(&short)?),
                    None => value_of(DEFINITION)?,
                };
                let Some(value) = value else { return Ok(Err(unknown())) };
                splices.push(replace(text, definition, &value, is_flow));
                for name in other.beside.into_iter().filter(|name| key.get(name).is_none()) {
                    added.extend(value_of(name)?.map(|value| (name.to_owned(), value)));
                }
                continue;
            }
            if own.is_none() && definition.is_some() && self.is_in_short(path, aspect) {
                return Ok(Err("its definition cannot say so".to_owned()));
            }
            let Some(value) = value_of(aspect)? else { return Ok(Err(unknown())) };
            match own {
                Some(own) => splices.push(replace(text, own, &value, is_flow)),
                None => added.push(((*aspect).to_owned(), value)),
            }
        }
        if !added.is_empty() {
            let order = attributes(&path.0).into_iter().map(|(name, _)| name.to_owned());
            let order = std::iter::once(DEFINITION.to_owned()).chain(order).collect();
            match super::members::add_keys(text, key, within_flow, order, &added)? {
                Some(more) => splices.extend(more),
                None => return Ok(Err("there is no line for a new key".to_owned())),
            }
        }
        Ok(Ok(splices))
    }
}

fn elsewhere() -> String {
    "what it says is written elsewhere".to_owned()
}

fn unknown() -> String {
    "the database does not say what it is".to_owned()
}

/// The collection of the object at `path` whose order an attribute is about.
fn ordered_by(path: &Path, aspect: &str) -> Option<&'static str> {
    let children = attributes(&path.0).into_iter();
    let mut ordered = children.filter(|(_, child)| {
        child.and_then(Kind::named).is_some_and(|kind| kind.order == Some(aspect))
    });
    ordered.next().map(|(name, _)| name)
}

/// Puts keys into the order of `names`, each with the lines above it that are not another's; those that are not named stay
/// where they are.
fn reorder(text: &str, key: &Key, names: &[String]) -> Option<Splice> {
    let inside = key.inside();
    let (_, first) = inside.first()?;
    let rank = |name: &str| names.iter().position(|one| one == name);
    let mut order: Vec<usize> =
        (0..inside.len()).filter(|at| rank(inside[*at].0).is_some()).collect();
    order.sort_by_key(|at| rank(inside[*at].0));
    let mut order = order.into_iter();
    let places = inside.iter().enumerate().map(|(at, (name, _))| match rank(name) {
        Some(_) => order.next(),
        None => Some(at),
    });
    let places: Vec<usize> = places.collect::<Option<_>>()?;
    if key.form.is_flow() {
        let part = |at: &usize| {
            let one = inside[*at].1;
            text[one.extent()].to_owned()
        };
        let parts: Vec<String> = places.iter().map(part).collect();
        let end = inside.last().map(|(_, last)| last.extent().end)?;
        return Some(Splice { range: first.text.start..end, text: parts.join(", ") });
    }
    if !text[line_start(text, first.text.start)..first.text.start].trim().is_empty() {
        return None;
    }
    let start = start_of(text, first);
    let mut from = start;
    let mut chunks = Vec::new();
    for (_, one) in &inside {
        let end = end_of(text, one);
        chunks.push(&text[from..end]);
        from = end;
    }
    let mut sorted = String::new();
    for at in places {
        sorted += chunks[at];
        if !sorted.ends_with('\n') {
            sorted.push('\n');
        }
    }
    Some(Splice { range: start..from, text: sorted })
}
