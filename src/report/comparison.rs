//! The report on several databases: a table of objects by database, what differs in each, and a last line; or JSON.

use std::collections::BTreeMap;
use std::io::{self, Write};

use comfy_table::{Cell as TableCell, Color, Table, presets};
use owo_colors::{OwoColorize, Style};
use serde::Serialize;

use super::text::lines;
use super::words::{counted, noun};
use crate::check::Outcome;
use crate::compare::{Cell, Comparison, Difference, Group, Row};
use crate::model::NOT_READ;
use crate::visible::visible;

/// Writes the report for people.
pub(super) fn text(comparison: &Comparison, out: &mut dyn Write) -> io::Result<()> {
    let width = comparison.sources.iter().map(|source| source.name.chars().count()).max();
    for (at, source) in comparison.sources.iter().enumerate() {
        let mark = if comparison.reference == Some(at) { "  (the reference)" } else { "" };
        let name = format!("{:width$}", source.name, width = width.unwrap_or_default());
        writeln!(out, "{}  {}{mark}", visible(&name).bold(), visible(&source.place))?;
    }
    writeln!(out)?;
    if !comparison.rows.is_empty() {
        writeln!(out, "{}", table(comparison))?;
        for row in &comparison.rows {
            details(comparison, row, out)?;
        }
        writeln!(out)?;
    }
    notes(comparison, out)?;
    verdict(comparison, out)
}

fn object(row: &Row) -> String {
    visible(format!("{} {}", noun(row.kind), row.path.dotted()).trim_end()).into_owned()
}

fn table(comparison: &Comparison) -> Table {
    let mut table = Table::new();
    table.load_style(presets::UTF8_FULL_CONDENSED);
    let names = comparison.sources.iter().map(|source| visible(&source.name).into_owned());
    table.set_header(std::iter::once("object".to_owned()).chain(names));
    for row in &comparison.rows {
        let cells = row.cells.iter().map(|cell| {
            let shown = TableCell::new(cell.word());
            match cell {
                Cell::Same => shown.fg(Color::Green),
                Cell::Differs | Cell::Missing | Cell::Extra => shown.fg(Color::Red),
                Cell::There | Cell::Undecided => shown.fg(Color::Magenta),
                Cell::NoOpinion => shown,
            }
        });
        table.add_row(std::iter::once(TableCell::new(object(row))).chain(cells));
    }
    table
}

/// The attributes that differ, each with who says what. A row that only says who has the object is all in the table.
fn details(comparison: &Comparison, row: &Row, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\n{}", object(row).bold())?;
    for difference in &row.differences {
        let wrong = verdict_on(comparison, difference);
        writeln!(out, "  {}{}", difference.aspect.replace('_', " "), wrong.dimmed())?;
        for (number, group) in difference.groups.iter().enumerate() {
            value(comparison, difference, (number, group), out)?;
        }
        if let Some(reason) = &difference.undecided {
            writeln!(out, "    {} {}", "note:".bold(), visible(reason))?;
        }
    }
    Ok(())
}

fn value(
    comparison: &Comparison,
    difference: &Difference,
    (number, group): (usize, &Group),
    out: &mut dyn Write,
) -> io::Result<()> {
    let style = match difference.right {
        _ if difference.undecided.is_some() => Style::new().magenta(),
        Some(right) if right == number => Style::new().green(),
        Some(_) => Style::new().red(),
        None => Style::new(),
    };
    let of = |group: &Group| visible(&names(comparison, &group.members)).into_owned();
    let names = of(group);
    let value = match &group.value {
        Some(value) => visible(value.trim_end()).into_owned(),
        None if group.there => "there".to_owned(),
        None => "missing".to_owned(),
    };
    if !value.contains('\n') {
        return writeln!(out, "    {}: {}", names.style(style.bold()), value.style(style));
    }
    writeln!(out, "    {}:", names.style(style.bold()))?;
    let first = difference.groups.first().filter(|_| number > 0);
    match first.and_then(|first| Some((of(first), first.value.as_deref()?))) {
        Some((others, other)) => lines([(&others, &visible(other)), (&names, &value)], out),
        None => value.lines().try_for_each(|line| writeln!(out, "      {}", line.style(style))),
    }
}

fn names(comparison: &Comparison, members: &[usize]) -> String {
    let names: Vec<&str> =
        members.iter().map(|member| comparison.sources[*member].name.as_str()).collect();
    names.join(", ")
}

/// Who is the odd one out. Of two databases neither is.
fn verdict_on(comparison: &Comparison, difference: &Difference) -> String {
    if difference.undecided.is_some() {
        return "  could not be decided".to_owned();
    }
    let odd = difference.odd();
    let odd_names = names(comparison, &odd);
    match (difference.right, comparison.reference) {
        (Some(_), Some(_)) => format!("  not as the reference: {odd_names}"),
        (Some(_), None) if odd.len() == 1 => format!("  the odd one out: {odd_names}"),
        (Some(_), None) => format!("  the odd ones out: {odd_names}"),
        (None, _) if comparison.sources.len() > 2 => "  a tie: no majority".to_owned(),
        (None, _) => String::new(),
    }
}

fn notes(comparison: &Comparison, out: &mut dyn Write) -> io::Result<()> {
    let notes = &comparison.notes;
    let missed: Vec<String> =
        notes.not_modelled.iter().map(|(kind, count)| counted(*count, kind)).collect();
    if !missed.is_empty() {
        let missed = missed.join(", ");
        writeln!(out, "not compared, because {NOT_READ}: {missed}")?;
    }
    if !notes.stubs.is_empty() {
        let stubs = notes.stubs.join(", ");
        writeln!(
            out,
            "not compared, because a server that SQL was applied to lacks the extension and a stub stands in: {}",
            visible(&stubs)
        )?;
    }
    if !notes.not_applied.is_empty() {
        writeln!(out, "not applied: SQL in {}", visible(&notes.not_applied.join(", ")))?;
    }
    if let Some(platform) = notes.platform {
        writeln!(out, "left out, because the platform owns it: what is {platform}'s")?;
    }
    if notes.no_opinion > 0 {
        let count = counted(notes.no_opinion as u64, "object");
        writeln!(out, "no opinion in the spec on: {count}")?;
    }
    if comparison.unknown > 0 {
        let count = counted(comparison.unknown as u64, "attribute");
        writeln!(out, "not compared, because one of the sources cannot tell: {count}")?;
    }
    for (count, why) in
        [(notes.ignored, "ignored as a spec says"), (notes.switched_off, "switched off by a spec")]
    {
        if count > 0 {
            writeln!(out, "{why}: {}", counted(count as u64, "finding"))?;
        }
    }
    Ok(())
}

fn verdict(comparison: &Comparison, out: &mut dyn Write) -> io::Result<()> {
    let all: Vec<usize> = (0..comparison.sources.len()).collect();
    let all = visible(&names(comparison, &all)).into_owned();
    let equal = counted(comparison.equal as u64, "object");
    let differ = counted(comparison.rows.len() as u64, "object");
    match comparison.outcome {
        Outcome::Match if comparison.rows.is_empty() => {
            writeln!(out, "{} {all} agree: {equal} the same", "✓".green().bold())
        }
        Outcome::Match => writeln!(
            out,
            "{} {all} agree but for warnings: {differ} not the same, {equal} the same",
            "✓".green().bold()
        ),
        Outcome::Incomplete => writeln!(
            out,
            "{} no difference found between {all}, but not all that is there is read, and --require-coverage wants it",
            "?".magenta().bold()
        ),
        Outcome::Undecided => writeln!(
            out,
            "{} no difference found between {all}, but not all could be decided: {differ} open, {equal} the same",
            "?".magenta().bold()
        ),
        Outcome::Drift => {
            let (mut odd, mut ties) = (BTreeMap::<usize, usize>::new(), 0);
            for difference in comparison.rows.iter().flat_map(|row| &row.differences) {
                ties += usize::from(difference.right.is_none());
                difference.odd().into_iter().for_each(|at| *odd.entry(at).or_default() += 1);
            }
            let mut parts: Vec<String> = odd
                .iter()
                .map(|(at, count)| format!("{} {count}×", visible(&comparison.sources[*at].name)))
                .collect();
            if ties > 0 && comparison.sources.len() > 2 {
                parts.push(format!("a tie {ties}×"));
            }
            let parts = if parts.is_empty() {
                String::new()
            } else {
                format!("; out of line: {}", parts.join(", "))
            };
            writeln!(
                out,
                "{} {all} do not agree: {differ} not the same, {equal} the same{parts}",
                "✗".red().bold()
            )
        }
    }
}

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    tool: &'static str,
    tool_version: &'static str,
    sources: Vec<Source<'a>>,
    reference: Option<&'a str>,
    outcome: &'static str,
    exit_code: u8,
    equal: usize,
    objects: Vec<Item<'a>>,
    unknown: usize,
    no_opinion: usize,
    ignored: usize,
    switched_off: usize,
    platform: Option<&'static str>,
    not_modelled: &'a BTreeMap<String, u64>,
    stubs: &'a [String],
    not_applied: &'a [String],
}

#[derive(Serialize)]
struct Source<'a> {
    name: &'a str,
    database: &'a str,
    server_version: u32,
}

#[derive(Serialize)]
struct Item<'a> {
    kind: &'static str,
    object: String,
    path: &'a [String],
    sources: BTreeMap<&'a str, &'static str>,
    differences: Vec<Disagreement<'a>>,
}

#[derive(Serialize)]
struct Disagreement<'a> {
    aspect: &'static str,
    values: Vec<Said<'a>>,
    odd: Option<Vec<&'a str>>,
    undecided: Option<&'a str>,
}

#[derive(Serialize)]
struct Said<'a> {
    sources: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    there: Option<bool>,
    value: Option<&'a str>,
}

fn disagreement<'a>(comparison: &'a Comparison, difference: &'a Difference) -> Disagreement<'a> {
    let named = |members: &[usize]| {
        members.iter().map(|at| comparison.sources[*at].name.as_str()).collect::<Vec<&str>>()
    };
    let values = difference.groups.iter().map(|group| Said {
        sources: named(&group.members),
        there: difference.is_presence().then_some(group.there),
        value: group.value.as_deref(),
    });
    Disagreement {
        aspect: difference.aspect,
        values: values.collect(),
        odd: difference.right.map(|_| named(&difference.odd())),
        undecided: difference.undecided.as_deref(),
    }
}

/// Writes the report for programs; `docs/json.md` describes it.
pub(super) fn json(comparison: &Comparison, out: &mut dyn Write) -> io::Result<()> {
    let name = |at: usize| comparison.sources[at].name.as_str();
    let objects = comparison.rows.iter().map(|row| Item {
        kind: row.kind,
        object: row.path.dotted(),
        path: &row.path.0,
        sources: row.cells.iter().enumerate().map(|(at, cell)| (name(at), cell.word())).collect(),
        differences: row
            .differences
            .iter()
            .map(|difference| disagreement(comparison, difference))
            .collect(),
    });
    let sources = comparison.sources.iter().map(|source| Source {
        name: &source.name,
        database: &source.place,
        server_version: source.version,
    });
    let document = Document {
        version: super::json::VERSION,
        tool: "schemavet",
        tool_version: env!("CARGO_PKG_VERSION"),
        sources: sources.collect(),
        reference: comparison.reference.map(name),
        outcome: comparison.outcome.word(),
        exit_code: comparison.outcome.exit_code(),
        equal: comparison.equal,
        objects: objects.collect(),
        unknown: comparison.unknown,
        no_opinion: comparison.notes.no_opinion,
        ignored: comparison.notes.ignored,
        switched_off: comparison.notes.switched_off,
        platform: comparison.notes.platform,
        not_modelled: &comparison.notes.not_modelled,
        stubs: &comparison.notes.stubs,
        not_applied: &comparison.notes.not_applied,
    };
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}
