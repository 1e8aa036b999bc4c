//! What reports say in words, whatever their format.

use crate::check::{Outcome, Report};
use crate::finding::{Change, Finding, Level};
use crate::model::{KINDS, NOT_READ};
use crate::source::migrations::Migrations;
use crate::visible::visible;

/// What the database was held against.
fn spec(report: &Report) -> &str {
    report.expected.as_deref().unwrap_or("the spec")
}

/// `table public.users`: the schema-level object that a finding is about or within.
pub(super) fn heading(finding: &Finding) -> String {
    let owner = finding.path.owner();
    let collection =
        owner.0.len().checked_sub(2).and_then(|at| owner.0.get(at)).map_or("", String::as_str);
    if collection.is_empty() {
        return "the database".to_owned();
    }
    let kind = KINDS
        .iter()
        .flat_map(|kind| kind.attributes)
        .find_map(|attribute| attribute.child.filter(|_| attribute.name == collection));
    let kind = kind.unwrap_or(collection);
    format!("{} {}", kind.replace('_', " "), owner.dotted())
}

/// What happened to an object, in words: `is missing`, `type differs`.
pub(super) fn happened(finding: &Finding, report: &Report) -> String {
    let aspect = finding.rule.aspect.replace('_', " ");
    match &finding.change {
        Change::Missing { .. } => "is missing".to_owned(),
        Change::Unexpected { .. } => format!("is not in {}", spec(report)),
        Change::Forbidden { .. } => "must not be there".to_owned(),
        Change::Differs { .. } if aspect.ends_with('s') && aspect != "as" => {
            format!("{aspect} differ")
        }
        Change::Differs { .. } => format!("{aspect} differs"),
        Change::Equivalent { .. } => format!("{aspect} is written differently and means the same"),
        Change::Undecided { .. } => format!("{aspect} could not be decided"),
        Change::Invalid { .. } => format!("{aspect} means nothing in this database"),
        Change::Unknown { .. } => format!("{aspect} cannot be read from this source"),
    }
}

/// All that is said of a finding but its rule and place, as plain text: `column public.users.email: type differs`, and in lines
/// of their own what was expected, what is there, and why.
pub(super) fn message(finding: &Finding, report: &Report) -> String {
    let heading = heading(finding);
    let object = match finding.path.below_owner() {
        [] => heading,
        _ => format!("{} {}", noun(finding.rule.kind), finding.path.dotted()),
    };
    let mut message = format!("{object}: {}", happened(finding, report));
    let change = &finding.change;
    for (what, text) in
        [("expected", change.expected()), ("actual", change.actual()), ("note", change.reason())]
    {
        if let Some(text) = text {
            message += &format!("\n{what}: {}", text.trim_end());
        }
    }
    visible(&message).into_owned()
}

/// What the same finding has in the next report, too, whatever the lines of the spec are then.
pub(super) fn fingerprint(finding: &Finding) -> String {
    format!("{} {}", finding.rule, finding.path)
}

/// What was not compared, a line each.
pub(super) fn not_compared(report: &Report) -> Vec<String> {
    let mut lines = Vec::new();
    let silent: Vec<String> = report
        .tallies
        .iter()
        .filter(|(_, tally)| tally.no_opinion > 0)
        .map(|(kind, tally)| counted(tally.no_opinion as u64, &noun(kind)))
        .collect();
    if !silent.is_empty() {
        lines.push(format!("no opinion in the spec on: {}", silent.join(", ")));
    }
    let idle = report.idle_patterns.iter().map(|(pattern, place)| {
        let place = place.as_ref().map_or_else(String::new, |place| format!(" ({place})"));
        format!("`{pattern}`{place}")
    });
    let idle: Vec<String> = idle.collect();
    if !idle.is_empty() {
        lines
            .push(format!("patterns that demand something and cover nothing: {}", idle.join(", ")));
    }
    let missed: Vec<String> =
        report.not_modelled.iter().map(|(kind, count)| counted(*count, kind)).collect();
    if !missed.is_empty() {
        lines.push(format!("not checked, because {NOT_READ}: {}", missed.join(", ")));
    }
    if !report.origin.stubs.is_empty() {
        lines.push(format!(
            "not checked, because the server that the SQL was applied to lacks the extension and a stub stands in: {}",
            report.origin.stubs.join(", ")
        ));
    }
    lines.extend(report.origin.migrations.iter().filter_map(Migrations::not_applied));
    let findings = |count: usize| counted(count as u64, "finding");
    if report.ignored > 0 {
        lines.push(format!("ignored as the spec says: {}", findings(report.ignored)));
    }
    if report.of_the_platform > 0 {
        let count = findings(report.of_the_platform);
        lines.push(format!("left to the platform, which owns what they are about: {count}"));
    }
    if let (Some(platform), Some(_)) = (report.platform, &report.expected) {
        lines.push(format!("left out, because the platform owns it: what is {platform}'s"));
    }
    if report.switched_off > 0 {
        let count = findings(report.switched_off);
        lines.push(format!("switched off by levels of the spec: {count}"));
    }
    lines.iter().map(|line| on_one_line(line)).collect()
}

/// What a report comes to, in one line.
pub(super) fn verdict(report: &Report) -> String {
    let name = report.name.as_deref().map_or_else(String::new, |name| format!("{name}: "));
    let (database, spec) = (&report.database, spec(report));
    let words = match report.outcome() {
        Outcome::Match => {
            let tallies = report.tallies.values();
            let checked: usize = tallies.map(|tally| tally.matched + tally.different).sum();
            let checked = counted(checked as u64, "object");
            format!("{name}{database} matches {spec}: {checked} checked")
        }
        Outcome::Drift if report.expected.is_some() => format!("{database} differs from {spec}"),
        Outcome::Drift => format!("{name}schema drift in {database}"),
        Outcome::Incomplete => format!(
            "{name}no drift found in {database}, but not all that is there is read, and --require-coverage wants it"
        ),
        Outcome::Undecided => {
            format!("{name}no drift found in {database}, but not all could be decided")
        }
    };
    on_one_line(&format!("{words}{}", counts(report)))
}

/// ` (1 error, 2 warnings)`; nothing where nothing was found.
fn counts(report: &Report) -> String {
    let mut counts = Vec::new();
    for (level, word) in [(Level::Error, "error"), (Level::Warning, "warning")] {
        let count = report.count(level);
        if count > 0 {
            counts.push(counted(count as u64, word));
        }
    }
    if report.undecided() > 0 {
        counts.push(format!("{} undecided", report.undecided()));
    }
    let infos = report.count(Level::Info);
    if infos > 0 {
        counts.push(counted(infos as u64, "remark"));
    }
    if counts.is_empty() { String::new() } else { format!(" ({})", counts.join(", ")) }
}

/// The same, where a name cannot begin another line either.
fn on_one_line(text: &str) -> String {
    visible(text).replace('\n', "\\n")
}

/// What people call a kind.
pub(super) fn noun(kind: &str) -> String {
    match kind {
        "unique" | "check" | "exclusion" => format!("{kind} constraint"),
        other => other.replace('_', " "),
    }
}

/// `1 index`, `2 policies`.
pub(super) fn counted(count: u64, noun: &str) -> String {
    if count == 1 {
        return format!("1 {noun}");
    }
    let plural = match noun.split_once(" in ") {
        Some((noun, place)) => format!("{} in {place}", plural(noun)),
        None => plural(noun),
    };
    format!("{count} {plural}")
}

fn plural(noun: &str) -> String {
    if noun == "statistics" || noun.ends_with("privileges") {
        return noun.to_owned();
    }
    if noun.ends_with(['x', 's']) {
        return format!("{noun}es");
    }
    match noun.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o']) => format!("{stem}ies"),
        _ => format!("{noun}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_of_a_kind_have_a_plural() {
        for (noun, several) in [
            ("index", "2 indexes"),
            ("policy", "2 policies"),
            ("foreign key", "2 foreign keys"),
            ("alias", "2 aliases"),
            ("changed privileges", "2 changed privileges"),
            ("statistics", "2 statistics"),
            ("object in pg_catalog", "2 objects in pg_catalog"),
        ] {
            assert_eq!(
                (counted(1, noun), counted(2, noun)),
                (format!("1 {noun}"), several.to_owned())
            );
        }
    }
}
