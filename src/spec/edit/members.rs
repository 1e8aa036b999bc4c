//! Objects that come and go.

use super::{LOSES_COMMENTS, Members, Named, Place, Plan, Said, attributes};
use crate::error::Result;
use crate::finding::Path;
use crate::model::{Kind, Object, escape, unescaped};
use crate::spec::positions::{Form, Key};
use crate::spec::splice::{
    Splice, Value, blank_above, column, comments_above, end_of, flow_key, line_start, next_line,
    replace, start_of,
};

/// What is new in a collection.
type New = Vec<(String, Value)>;

impl Plan<'_> {
    pub(super) fn change_members(&mut self) -> Result<()> {
        let spec = self.spec;
        for (place, members) in std::mem::take(&mut self.members) {
            let (number, collection) = &place;
            let file = &spec.files[*number];
            let way = file.positions().way(collection);
            let missing = collection.len() + 1 - way.len();
            let Some(key) = way.last() else { continue };
            let is_flow = way[..way.len() - 1].iter().any(|key| key.form.is_flow());
            let splices = match (missing, key.form) {
                (0, _) => {
                    let new = self.written(&members, key)?;
                    change(&file.text, key, is_flow, &self.order(&place), &members, &new)?
                }
                (1, Form::Mapping { .. }) => {
                    let Some((name, above)) = collection.split_last() else { continue };
                    let value = Value::mapping(&self.written(&members, key)?)?;
                    let altered = self.objects.entry((*number, above.to_vec())).or_default();
                    altered.collections.push((name.clone(), value));
                    altered.of_collections.extend(&members.insert);
                    continue;
                }
                (1, _) => {
                    let above = collection[..collection.len() - 1].to_vec();
                    let altered = self.objects.entry((*number, above)).or_default();
                    altered.whole = true;
                    altered.findings.extend(&members.insert);
                    continue;
                }
                _ => {
                    self.leave(&members.insert, "the spec does not write what it is in");
                    continue;
                }
            };
            // With all that goes, what is said of it goes, too; not where something else comes in its place.
            let some_stay = key.inside().iter().any(|(name, _)| !members.removes(name));
            let some_come = !members.insert.is_empty();
            let is_lost = |splice: &Splice| {
                (some_stay || some_come)
                    && !splice.text.is_empty()
                    && splice.loses_any(file.comments(), &file.text)
            };
            let reason = match splices {
                Some(splices) if !splices.iter().any(is_lost) => {
                    self.splices[*number].extend(splices);
                    continue;
                }
                Some(_) => LOSES_COMMENTS,
                None => "it shares its line with something else",
            };
            let findings = [&members.insert[..], &members.remove[..]].concat();
            self.leave(&findings, reason);
        }
        Ok(())
    }

    /// What comes into a collection, as it is written there, in the order of the database.
    fn written(&mut self, members: &Members<'_>, key: &Key) -> Result<New> {
        let by_shape = matches!(key.form, Form::List { .. } | Form::Scalar);
        let mut new = New::new();
        for finding in &members.insert {
            let value = if by_shape {
                self.in_short(&finding.path, Said { attributes: &[], text: "" })?
            } else {
                self.object(&finding.path, None).transpose()?
            };
            match value {
                Some(value) => new.push((escape(finding.path.name()).into_owned(), value)),
                None => self.leave(&[*finding], "the database does not say what it is"),
            }
        }
        Ok(new)
    }

    /// In which order the objects of a collection stand.
    fn order(&self, (_, collection): &Place) -> Order {
        let above = Path(collection.clone());
        let Some((name, parent)) = collection.split_last() else { return Order::Any };
        let children = attributes(parent);
        let child = children.iter().find(|(key, _)| key == name).and_then(|(_, kind)| *kind);
        if child.and_then(Kind::named).is_some_and(|kind| kind.order.is_some()) {
            return Order::Of(self.actual.find(&above.0, Named).unwrap_or_default());
        }
        Order::Any
    }
}

/// Where a new key goes among others.
enum Order {
    /// Behind the last of those that precede it here; what is not named precedes everything.
    Of(Vec<String>),
    /// By its name, if those there are in that order; otherwise to the end.
    Any,
}

/// Changes a collection that is written; `None` where its lines are not its own.
fn change(
    text: &str,
    key: &Key,
    is_flow: bool,
    order: &Order,
    members: &Members<'_>,
    new: &[(String, Value)],
) -> Result<Option<Vec<Splice>>> {
    let inside = key.inside();
    let is_list = matches!(key.form, Form::List { .. });
    let is_one = members
        .insert
        .iter()
        .chain(&members.remove)
        .any(|finding| Kind::named(finding.rule.kind).is_some_and(|kind| kind.list_is_one));
    if is_one && !matches!(key.form, Form::Mapping { .. }) {
        let value = match new {
            [] => Value::none(false),
            [(name, value), ..] => value.clone().in_place_of_all(name)?,
        };
        return Ok(Some(vec![replace(text, key, &value, is_flow)]));
    }
    if inside.iter().all(|(name, _)| members.removes(name)) {
        let value = match new {
            [] => Value::none(is_list),
            new if is_list => {
                Value::list(&new.iter().map(|(_, value)| value.clone()).collect::<Vec<_>>())
            }
            new => Value::mapping(new)?,
        };
        return Ok(Some(vec![replace(text, key, &value, is_flow)]));
    }
    if key.form.is_flow() {
        let mut parts: Vec<String> = Vec::new();
        for (_, one) in inside.iter().filter(|(name, _)| !members.removes(name)) {
            parts.push(text[one.extent()].to_owned());
        }
        for (name, value) in new {
            let flow = value.flow();
            parts.push(if is_list { flow } else { format!("{}: {flow}", flow_key(name)?) });
        }
        let start = inside.first().map_or(key.value.start, |(_, first)| first.text.start);
        let end = match inside.last() {
            Some((name, last)) => {
                let end = last.extent().end;
                // What is said of one that goes must not come to stand behind the one before.
                let says = members.removes(name)
                    && text[end..].trim_start_matches([' ', ',']).starts_with('#');
                if says { next_line(text, end) } else { end }
            }
            None => key.value.end,
        };
        return Ok(Some(vec![Splice { range: start..end, text: parts.join(", ") }]));
    }
    let mut splices = Vec::new();
    for (at, (name, one)) in inside.iter().enumerate() {
        if !members.removes(name) {
            continue;
        }
        let next = inside.get(at + 1).map(|(_, next)| *next);
        let Some(splice) = remove(text, one, next) else { return Ok(None) };
        splices.push(splice);
    }
    let Some(added) = add(text, key, is_flow, order, new)? else { return Ok(None) };
    splices.extend(added);
    Ok(Some(splices))
}

/// Takes a key or item with its lines out. The comments above it go, too, unless they may be about the next one as well.
fn remove(text: &str, key: &Key, next: Option<&Key>) -> Option<Splice> {
    let start = line_start(text, key.text.start);
    let before = text[start..key.text.start].trim();
    if !(before.is_empty() || before == "-" && key.text.is_empty()) {
        return None;
    }
    let shared = next.is_some_and(|next| {
        let line = line_start(text, next.text.start);
        start_of(text, next) == line && !blank_above(text, line)
    });
    let mut start = if shared { start } else { start_of(text, key) };
    let end = end_of(text, key);
    let blank_below = text[end..].lines().next().is_none_or(|line| line.trim().is_empty());
    while blank_below && blank_above(text, start) {
        start = line_start(text, start - 1);
    }
    Some(Splice { range: start..end, text: String::new() })
}

/// Puts keys of an object into its mapping, by `order`; `None` where there is no line for them.
pub(super) fn add_keys(
    text: &str,
    key: &Key,
    is_flow: bool,
    order: Vec<String>,
    new: &[(String, Value)],
) -> Result<Option<Vec<Splice>>> {
    add(text, key, is_flow, &Order::Of(order), new)
}

/// Puts new keys or items into a mapping or list. An empty one gets lines of its own, unless it `is_flow`: within another
/// one that has none.
fn add(
    text: &str,
    key: &Key,
    is_flow: bool,
    order: &Order,
    new: &[(String, Value)],
) -> Result<Option<Vec<Splice>>> {
    let inside = key.inside();
    let rank = |order: &[String], name: &str| order.iter().position(|one| one == name);
    let mut new: Vec<(String, Value)> = new.to_vec();
    if let Order::Of(order) = order {
        new.sort_by_key(|(name, _)| rank(order, &unescaped(name)));
    }
    if inside.is_empty() && !is_flow {
        return Ok(Some(vec![replace(text, key, &Value::mapping(&new)?, false)]));
    }
    if key.form.is_flow() {
        let mut splice = String::new();
        for (name, value) in &new {
            let comma = if inside.is_empty() && splice.is_empty() { "" } else { ", " };
            splice += &format!("{comma}{}: {}", flow_key(name)?, value.flow());
        }
        let end = inside.last().map_or(key.value.start + 1, |(_, last)| last.extent().end);
        return Ok(Some(vec![Splice::insert(end, splice)]));
    }
    let is_list = matches!(key.form, Form::List { .. });
    let Some((_, first)) = inside.first() else { return Ok(None) };
    let start = line_start(text, first.text.start);
    let before = &text[start..first.text.start];
    let indent = if is_list { before.find('-') } else { Some(column(text, first)) };
    let Some(indent) = indent else { return Ok(None) };
    let gaps = inside[1..].iter().filter(|(_, one)| blank_above(text, comments_above(text, one)));
    let apart = inside.len() > 1 && 2 * gaps.count() >= inside.len() - 1;
    let named: Vec<&(&str, &Key)> = inside.iter().filter(|(_, one)| !one.pattern).collect();
    let by_name = named.len() > 1 && named.is_sorted_by_key(|(name, _)| *name);
    let mut splices: Vec<Splice> = Vec::new();
    for (name, value) in &new {
        let behind = if is_list {
            inside.last()
        } else {
            match order {
                Order::Of(order) => {
                    let own = rank(order, &unescaped(name));
                    let precedes = |one: &str| rank(order, one).is_none_or(|at| Some(at) < own);
                    inside.iter().rev().find(|(one, _)| precedes(one))
                }
                Order::Any if by_name => {
                    named.iter().rev().find(|(one, _)| *one < name.as_str()).copied()
                }
                Order::Any => named.last().copied().or(inside.last()),
            }
        };
        let lines = if is_list { value.item(indent) } else { value.entry(name, indent)? };
        splices.push(match behind {
            Some((_, one)) => {
                let at = end_of(text, one);
                let open_end = if text[..at].ends_with('\n') { "" } else { "\n" };
                let gap = if apart { "\n" } else { "" };
                Splice::insert(at, format!("{open_end}{gap}{lines}\n"))
            }
            None if before.trim().is_empty() => {
                let gap = if apart { "\n" } else { "" };
                Splice::insert(start_of(text, first), format!("{lines}\n{gap}"))
            }
            None => return Ok(None),
        });
    }
    Ok(Some(splices))
}
