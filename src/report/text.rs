//! The report for people: findings grouped by object, a table of counts, and a last line with the verdict.

use std::borrow::Cow;
use std::io::{self, Write};

use comfy_table::{Cell, CellAlignment, Table, presets};
use owo_colors::{OwoColorize, Style};
use similar::{ChangeTag, TextDiff};

use super::words::{counted, heading, noun};
use super::{alike, words};
use crate::check::{Outcome, Report};
use crate::finding::{Change, Finding, Level};
use crate::model::Tally;
use crate::visible::visible;

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
        self::finding(finding, report, out)?;
        if !others.is_empty() {
            writeln!(out, "      {} {}", "note:".bold(), where_else(finding, &others))?;
        }
    }
    if !report.findings.is_empty() {
        writeln!(out)?;
    }
    counts(report, out)?;
    for line in words::not_compared(report) {
        writeln!(out, "{line}")?;
    }
    let (sign, style) = match report.outcome() {
        Outcome::Match => ("✓", Style::new().green()),
        Outcome::Drift => ("✗", Style::new().red()),
        Outcome::Undecided | Outcome::Incomplete => ("?", Style::new().magenta()),
    };
    writeln!(out, "{} {}", sign.style(style.bold()), words::verdict(report))
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

fn finding(finding: &Finding, report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let style = match (&finding.change, finding.level) {
        (Change::Undecided { .. }, _) => Style::new().magenta(),
        (_, Level::Error) => Style::new().red(),
        (_, Level::Warning) => Style::new().yellow(),
        (_, Level::Info) => Style::new().cyan(),
    };
    let level = if finding.change.is_undecided() { "undecided" } else { finding.level.word() };
    let place = finding.location.as_ref().map_or_else(String::new, ToString::to_string);
    writeln!(
        out,
        "  {} {}  {}  {}",
        level.style(style.bold()),
        finding.rule.style(style),
        sentence(finding, report),
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
fn sentence(finding: &Finding, report: &Report) -> String {
    let words = words::happened(finding, report);
    if finding.path.below_owner().is_empty() {
        return words;
    }
    let name = visible(finding.path.name());
    format!("{} {}: {words}", noun(finding.rule.kind), name.bold())
}

/// How much of two lines is alike at least, of 1, where marks in them help.
const RELATED: f32 = 0.3;

/// From how many bytes on a line is shown only around what differs in it.
const LONG: usize = 240;

/// How many words, and blanks between them, are shown on either side of what differs in a long line.
const AROUND: usize = 4;

/// Both values below each other, with what differs in long ones marked.
fn difference(expected: &str, actual: &str, out: &mut dyn Write) -> io::Result<()> {
    if expected.contains('\n') || actual.contains('\n') {
        return lines([("expected", &visible(expected)), ("actual", &visible(actual))], out);
    }
    let [expected, actual] = match around_differences(&visible(expected), &visible(actual)) {
        Some(shorter) => shorter,
        None => [expected, actual].map(|text| with_its_ends(text).into_owned()),
    };
    let (old, new) = (Style::new().green(), Style::new().red());
    let diff = TextDiff::from_words(&*expected, &*actual);
    let related = diff.ratio() >= RELATED;
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

/// Both lines without most of what is alike in them, where they are long.
fn around_differences(expected: &str, actual: &str) -> Option<[String; 2]> {
    if expected.len().max(actual.len()) < LONG {
        return None;
    }
    let diff = TextDiff::from_words(expected, actual);
    if diff.ratio() < RELATED {
        return None;
    }
    let groups = diff.grouped_ops(AROUND);
    let begins = groups.first()?.first()?.old_range().start == 0;
    let ends = groups.last()?.last()?.old_range().end == diff.old_len();
    let sides = [ChangeTag::Insert, ChangeTag::Delete].map(|of_the_other| {
        let pieces = groups.iter().map(|group| {
            let changes = group.iter().flat_map(|operation| diff.iter_changes(operation));
            let own = changes.filter(|change| change.tag() != of_the_other);
            own.map(|change| change.value()).collect::<String>().trim().to_owned()
        });
        let pieces = pieces.collect::<Vec<_>>().join(" … ");
        format!("{}{pieces}{}", if begins { "" } else { "… " }, if ends { "" } else { " …" })
    });
    // Blanks at an end are not seen there.
    (sides[0] != sides[1]).then_some(sides)
}

/// A line between quotes where blanks at its ends would not be seen.
fn with_its_ends(text: &str) -> Cow<'_, str> {
    let text = visible(text);
    if text.trim_matches(' ') == text { text } else { Cow::Owned(format!("\"{text}\"")) }
}

/// A diff by lines, with three lines of context, of two texts, each with what says so.
pub(super) fn lines(
    [(one, text), (other, other_text)]: [(&str, &str); 2],
    out: &mut dyn Write,
) -> io::Result<()> {
    let (old, new) = (Style::new().green(), Style::new().red());
    writeln!(out, "    {} {}", format!("- {one}").style(old), format!("+ {other}").style(new))?;
    let diff = TextDiff::from_lines(text, other_text);
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
