//! The report for people: findings grouped by object, a table of counts, and a last line with the verdict.

use std::borrow::Cow;
use std::io::{self, Write};

use comfy_table::{Cell, CellAlignment, Table, presets};
use owo_colors::{OwoColorize, Style};
use similar::{ChangeTag, TextDiff};

use super::alike;
use crate::check::{Outcome, Report};
use crate::finding::{Change, Finding, Level};
use crate::model::{KINDS, Tally};

pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let mut owner = None;
    for (finding, others) in report.findings.iter().zip(alike::stand_for(&report.findings)) {
        let Some(others) = others else { continue };
        if owner.as_ref() != Some(&finding.path.owner()) {
            if owner.is_some() {
                writeln!(out)?;
            }
            let heading = heading(finding);
            writeln!(out, "{}", visible(&heading).bold())?;
            owner = Some(finding.path.owner());
        }
        self::finding(finding, spec(report), out)?;
        if !others.is_empty() {
            writeln!(out, "      {} {}", "note:".bold(), where_else(finding, &others))?;
        }
    }
    if !report.findings.is_empty() {
        writeln!(out)?;
    }
    counts(report, out)?;
    notes(report, out)?;
    verdict(report, out)
}

/// Of what other objects a finding is true.
fn where_else(finding: &Finding, others: &[&Finding]) -> String {
    let count = counted(others.len() as u64, "object");
    if matches!(finding.change, Change::Unknown { .. }) {
        return format!("nor of {count} more");
    }
    let names: Vec<String> = others.iter().map(|other| other.path.owner().dotted()).collect();
    format!("the same in {count} more: {}", visible(&names.join(", ")))
}

/// What the database was held against.
fn spec(report: &Report) -> &str {
    report.expected.as_deref().unwrap_or("the spec")
}

/// `table public.users`: the schema-level object that a finding is about or within.
fn heading(finding: &Finding) -> String {
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

fn finding(finding: &Finding, spec: &str, out: &mut dyn Write) -> io::Result<()> {
    let style = match (&finding.change, finding.level) {
        (Change::Undecided { .. }, _) => Style::new().magenta(),
        (_, Level::Error) => Style::new().red(),
        (_, Level::Warning) => Style::new().yellow(),
        (_, Level::Info) => Style::new().cyan(),
    };
    let level = if matches!(finding.change, Change::Undecided { .. }) {
        "undecided"
    } else {
        finding.level.word()
    };
    let place = finding.location.as_ref().map_or_else(String::new, ToString::to_string);
    writeln!(
        out,
        "  {} {}  {}  {}",
        level.style(style.bold()),
        finding.rule.style(style),
        sentence(finding, spec),
        place.dimmed()
    )?;
    match &finding.change {
        Change::Differs { expected, actual, .. }
        | Change::Equivalent { expected, actual, .. }
        | Change::Undecided { expected, actual, .. }
        | Change::Invalid { expected, actual, .. } => difference(expected, actual, out)?,
        Change::Missing { expected: Some(text), .. } => {
            side("-", "expected", text, Style::new().green(), out)?;
        }
        Change::Unexpected { actual: Some(text), .. }
        | Change::Forbidden { actual: Some(text) } => {
            side("+", "actual", text, Style::new().red(), out)?;
        }
        Change::Unknown { expected } => side("-", "expected", expected, Style::new().green(), out)?,
        Change::Missing { .. } | Change::Unexpected { .. } | Change::Forbidden { .. } => {}
    }
    if let Some(reason) = finding.change.reason() {
        writeln!(out, "      {} {}", "note:".bold(), visible(reason))?;
    }
    Ok(())
}

/// What happened to which object, in words.
fn sentence(finding: &Finding, spec: &str) -> String {
    let kind = noun(finding.rule.kind);
    let own = finding.path == finding.path.owner();
    let object =
        if own { String::new() } else { format!("{kind} {}", visible(finding.path.name()).bold()) };
    let aspect = finding.rule.aspect.replace('_', " ");
    let words = match &finding.change {
        Change::Missing { .. } => "is missing".to_owned(),
        Change::Unexpected { .. } => format!("is not in {spec}"),
        Change::Forbidden { .. } => "must not be there".to_owned(),
        Change::Differs { .. } if aspect.ends_with('s') && aspect != "as" => {
            format!("{aspect} differ")
        }
        Change::Differs { .. } => format!("{aspect} differs"),
        Change::Equivalent { .. } => format!("{aspect} is written differently and means the same"),
        Change::Undecided { .. } => format!("{aspect} could not be decided"),
        Change::Invalid { .. } => format!("{aspect} means nothing in this database"),
        Change::Unknown { .. } => format!("{aspect} cannot be read from this source"),
    };
    if own { words } else { format!("{object}: {words}") }
}

/// Both values below each other, with what differs in long ones marked.
fn difference(expected: &str, actual: &str, out: &mut dyn Write) -> io::Result<()> {
    let (expected, actual) = (&*visible(expected), &*visible(actual));
    let (old, new) = (Style::new().green(), Style::new().red());
    if expected.contains('\n') || actual.contains('\n') {
        return lines(expected, actual, out);
    }
    let diff = TextDiff::from_words(expected, actual);
    let related = diff.ratio() >= 0.3;
    for (tag, sign, label, style) in
        [(ChangeTag::Delete, "-", "expected", old), (ChangeTag::Insert, "+", "actual  ", new)]
    {
        write!(out, "    {} {} ", sign.style(style), label.style(style.dimmed()))?;
        for change in diff.iter_all_changes() {
            if change.tag() == tag && related {
                write!(out, "{}", change.value().style(style.bold().underline()))?;
            } else if change.tag() == tag || change.tag() == ChangeTag::Equal {
                write!(out, "{}", change.value().style(style))?;
            }
        }
        writeln!(out)?;
    }
    Ok(())
}

/// A diff by lines, with three lines of context.
pub(super) fn lines(expected: &str, actual: &str, out: &mut dyn Write) -> io::Result<()> {
    let (old, new) = (Style::new().green(), Style::new().red());
    writeln!(out, "    {} {}", "- expected".style(old), "+ actual".style(new))?;
    let diff = TextDiff::from_lines(expected, actual);
    for group in diff.grouped_ops(3) {
        for change in group.iter().flat_map(|operation| diff.iter_inline_changes(operation)) {
            let (sign, style) = match change.tag() {
                ChangeTag::Delete => ("-", old),
                ChangeTag::Insert => ("+", new),
                ChangeTag::Equal => (" ", Style::new()),
            };
            write!(out, "    {} ", sign.style(style))?;
            for (emphasized, text) in change.iter_strings_lossy() {
                let style = if emphasized { style.bold().underline() } else { style };
                write!(out, "{}", text.trim_end_matches('\n').style(style))?;
            }
            writeln!(out)?;
        }
    }
    Ok(())
}

fn side(sign: &str, label: &str, text: &str, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let indented = visible(text.trim_end()).replace('\n', "\n        ");
    writeln!(
        out,
        "    {} {} {}",
        sign.style(style),
        label.style(style.dimmed()),
        indented.style(style)
    )
}

fn counts(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let mut table = Table::new();
    table.load_style(presets::UTF8_FULL_CONDENSED);
    table.set_header([
        "kind",
        "expected",
        "matched",
        "missing",
        "unexpected",
        "different",
        "no opinion",
    ]);
    for (kind, tally) in report.tallies.iter().filter(|(_, tally)| **tally != Tally::default()) {
        let counts = [
            tally.expected,
            tally.matched,
            tally.missing,
            tally.unexpected,
            tally.different,
            tally.no_opinion,
        ];
        let cells = counts.iter().map(|count| Cell::new(count).set_alignment(CellAlignment::Right));
        table.add_row(std::iter::once(Cell::new(noun(kind))).chain(cells));
    }
    writeln!(out, "{table}")
}

/// What was not compared.
fn notes(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let silent: Vec<String> = report
        .tallies
        .iter()
        .filter(|(_, tally)| tally.no_opinion > 0)
        .map(|(kind, tally)| counted(tally.no_opinion as u64, &noun(kind)))
        .collect();
    if !silent.is_empty() {
        writeln!(out, "no opinion in the spec on: {}", silent.join(", "))?;
    }
    let missed: Vec<String> =
        report.not_modelled.iter().map(|(kind, count)| counted(*count, kind)).collect();
    if !missed.is_empty() {
        writeln!(
            out,
            "not checked, because schemavet does not read it yet: {}",
            missed.join(", ")
        )?;
    }
    if !report.origin.stubs.is_empty() {
        writeln!(
            out,
            "not checked, because the server that the SQL was applied to lacks the extension and a stub stands in: {}",
            visible(&report.origin.stubs.join(", "))
        )?;
    }
    for migrations in report.origin.migrations.iter().filter(|one| !one.apart.is_empty()) {
        writeln!(
            out,
            "not applied: SQL in folders of {}: {}",
            visible(&migrations.folder.display().to_string()),
            visible(&migrations.apart.join(", "))
        )?;
    }
    if report.ignored > 0 {
        writeln!(out, "ignored as the spec says: {}", counted(report.ignored as u64, "finding"))?;
    }
    if report.of_the_platform > 0 {
        let count = counted(report.of_the_platform as u64, "finding");
        writeln!(out, "left to the platform, which owns what they are about: {count}")?;
    }
    if let (Some(platform), Some(_)) = (report.platform, &report.expected) {
        writeln!(out, "left out, because the platform owns it: what is {platform}'s")?;
    }
    if report.switched_off > 0 {
        writeln!(
            out,
            "switched off by levels of the spec: {}",
            counted(report.switched_off as u64, "finding")
        )?;
    }
    Ok(())
}

fn verdict(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let name = report.name.as_deref().map_or_else(String::new, |name| format!("{name}: "));
    let [errors, warnings, infos] =
        [Level::Error, Level::Warning, Level::Info].map(|level| report.count(level));
    let undecided = report.undecided();
    let mut parts = Vec::new();
    for (count, word) in [(errors, "error"), (warnings, "warning")] {
        if count > 0 {
            parts.push(counted(count as u64, word));
        }
    }
    if undecided > 0 {
        parts.push(format!("{undecided} undecided"));
    }
    if infos > 0 {
        parts.push(counted(infos as u64, "remark"));
    }
    let parts = if parts.is_empty() { String::new() } else { format!(" ({})", parts.join(", ")) };
    match report.outcome() {
        Outcome::Match => {
            let checked: usize =
                report.tallies.values().map(|tally| tally.matched + tally.different).sum();
            let checked = counted(checked as u64, "object");
            writeln!(
                out,
                "{} {name}{} matches {}: {checked} checked{parts}",
                "✓".green().bold(),
                report.database,
                spec(report)
            )
        }
        Outcome::Drift if report.expected.is_some() => writeln!(
            out,
            "{} {} differs from {}{parts}",
            "✗".red().bold(),
            report.database,
            spec(report)
        ),
        Outcome::Drift => {
            writeln!(out, "{} {name}schema drift in {}{parts}", "✗".red().bold(), report.database)
        }
        Outcome::Incomplete => {
            writeln!(
                out,
                "{} {name}no drift found in {}, but not all that is there is read, and --require-coverage wants it{parts}",
                "?".magenta().bold(),
                report.database
            )
        }
        Outcome::Undecided => {
            writeln!(
                out,
                "{} {name}no drift found in {}, but not all could be decided{parts}",
                "?".magenta().bold(),
                report.database
            )
        }
    }
}

/// Text from a database or a spec, with control characters made visible: a name cannot move the cursor or set colours.
pub(super) fn visible(text: &str) -> Cow<'_, str> {
    let hidden = |c: char| c.is_control() && c != '\n';
    if !text.contains(hidden) {
        return Cow::Borrowed(text);
    }
    text.chars()
        .map(|c| if hidden(c) { c.escape_default().to_string() } else { c.to_string() })
        .collect()
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
    let plural = match noun {
        "statistics" | "default privileges" | "extended statistics" => noun.to_owned(),
        _ if noun.ends_with(['x', 's']) => format!("{noun}es"),
        _ => match noun.strip_suffix('y') {
            Some(stem) if !stem.ends_with(['a', 'e', 'o']) => format!("{stem}ies"),
            _ => format!("{noun}s"),
        },
    };
    format!("{count} {plural}")
}
