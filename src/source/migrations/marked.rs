//! Files that hold both ways, parted by comments: dbmate's `-- migrate:up`, goose's `-- +goose Up`.

use super::convention::{Convention, unfit};
use super::listing::Listing;
use super::numbered;
use super::own_tool::for_its_own_tool;
use crate::error::{Error, Result};
use crate::finding::Location;
use crate::source::script::line_at;
use crate::sql::{self, Kind};

/// The comments of a tool.
#[derive(Debug)]
pub(super) struct Markers {
    convention: Convention,
    /// What stands behind `--` and blanks, before the word.
    prefix: &'static str,
    /// Whether a comment of the tool may be indented.
    indented: bool,
    /// Words of the tool that bear on how a migration runs elsewhere, and not on what it comes to.
    others: &'static [&'static str],
}

pub(super) static DBMATE: Markers =
    Markers { convention: Convention::Dbmate, prefix: "migrate:", indented: false, others: &[] };
pub(super) static GOOSE: Markers = Markers {
    convention: Convention::Goose,
    prefix: "+goose",
    indented: true,
    others: &["statementbegin", "statementend", "no"],
};

impl Markers {
    /// The word of a line that is one of the tool's comments, in lower case.
    fn word(&self, line: &str) -> Option<String> {
        let line = line.trim_start_matches('\u{feff}');
        let rest = if self.indented { line.trim_start() } else { line };
        let rest = rest.strip_prefix("--")?.trim_start();
        let head = rest.get(..self.prefix.len())?;
        let rest = rest.get(self.prefix.len()..)?;
        head.eq_ignore_ascii_case(self.prefix)
            .then(|| rest.split_whitespace().next().unwrap_or_default().to_ascii_lowercase())
    }

    fn marks(&self, text: &str) -> bool {
        text.lines().any(|line| self.word(line).as_deref() == Some("up"))
    }

    /// The part of a file that leads up, with every other line left empty: places in it stay true.
    pub(super) fn up(&self, name: &str, text: &str) -> Result<String> {
        let mut kept = String::with_capacity(text.len());
        if text.contains('\r') && !text.contains('\n') {
            return Err(Error::input(format!(
                "the lines of `{name}` end in carriage returns alone"
            ))
            .help("end them in line feeds, as its tool wants it"));
        }
        self.nothing_before(name, text)?;
        let mut part = Part::Before;
        for (index, line) in text.split_inclusive('\n').enumerate() {
            let wrong = |message: String| {
                let place = Location { file: name.into(), line: index + 1, column: 1 };
                Error::input(message).at(place, Some(line.trim_end()))
            };
            match self.word(line).as_deref() {
                Some("up") if part == Part::Before => part = Part::Up,
                Some("down") if part == Part::Up => part = Part::Down,
                Some(word @ ("up" | "down")) => {
                    let said = format!(
                        "there is one part that leads up, and one behind it that leads down: this `{word}` begins neither"
                    );
                    return Err(wrong(said).help("put what leads up before all that leads down"));
                }
                // It ends a statement.
                Some("statementend") if part == Part::Up => kept.push(';'),
                Some(word) if self.others.contains(&word) => {}
                Some(word) => {
                    let said =
                        format!("schemavet does not know {} `{word}`", self.convention.name());
                    return Err(
                        wrong(said).help("name a database that the tool itself has migrated")
                    );
                }
                None if part == Part::Up => {
                    kept += line;
                    continue;
                }
                None => {}
            }
            if line.ends_with('\n') {
                kept.push('\n');
            }
        }
        Ok(kept)
    }

    /// The tools pass over SQL that stands before their first comment, or refuse it.
    fn nothing_before(&self, name: &str, text: &str) -> Result<()> {
        let marked =
            |line: &&str| self.word(line).is_some_and(|word| word == "up" || word == "down");
        let before: usize =
            text.split_inclusive('\n').take_while(|line| !marked(line)).map(str::len).sum();
        let before = text[..before].trim_start_matches('\u{feff}');
        let Some(token) = sql::words(before).first().copied() else { return Ok(()) };
        Err(Error::input("this stands before the part that leads up")
            .at(Location::of_byte(name, before, token.start), line_at(before, token.start))
            .help("move it below the comment that begins that part"))
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Before,
    Up,
    Down,
}

/// The tool whose comments every file has.
pub(super) fn recognize(listing: &Listing) -> Result<Option<Convention>> {
    let mut texts = Vec::with_capacity(listing.sql.len());
    for name in &listing.sql {
        let bytes = std::fs::read(listing.path.join(name)).map_err(|error| {
            Error::input(format!("cannot read `{}`", listing.path.join(name).display()))
                .because(error)
        })?;
        texts.push((name, String::from_utf8_lossy(&bytes).into_owned()));
    }
    for markers in [&DBMATE, &GOOSE] {
        if texts.iter().any(|(_, text)| markers.marks(text)) {
            if let Some((name, _)) = texts.iter().find(|(_, text)| !markers.marks(text)) {
                let why = format!(
                    "{name} lacks the comment of {} that begins the part that leads up, others have it",
                    markers.convention.name()
                );
                return Err(unfit(listing, &why));
            }
            return Ok(Some(markers.convention));
        }
    }
    // What leads down must not run, nor what is for other databases.
    let runs = |name: &str| !name.to_ascii_lowercase().ends_with(numbered::DOWN);
    let wrong = texts.iter().filter(|(name, _)| runs(name)).find_map(|(name, text)| {
        let tool = text.lines().find_map(leads_down).or_else(|| parts_by_words(text));
        let why = tool.map(|tool| format!("{name} has a part that leads down, as {tool} has it"));
        why.or_else(|| is_conditional(text).then(|| format!("{name} has conditions of Liquibase")))
    });
    wrong.map_or(Ok(None), |why| Err(for_its_own_tool(listing, &why)))
}

/// The tool of which this line is the comment that begins what leads down.
fn leads_down(line: &str) -> Option<&'static str> {
    const DOWN: &[(&str, &str)] = &[
        ("+migrate down", "sql-migrate"),
        ("+micrate down", "micrate"),
        ("down migration", "node-pg-migrate"),
        ("rambler down", "rambler"),
        ("create above / drop below", "tern"),
        ("!downs", "Play"),
        ("//@undo", "MyBatis"),
        ("@undo", "dbdeploy"),
    ];
    if !line.starts_with(['-', '#']) {
        return None;
    }
    let line = line.trim_matches(['-', '#', ' ', '\t', '\r']).to_ascii_lowercase();
    // Of words that people use, too, nothing else may stand there.
    let is_mark = |mark: &str| line == mark || mark.starts_with('+') && line.starts_with(mark);
    DOWN.iter().find(|(mark, _)| is_mark(mark)).map(|(_, tool)| *tool)
}

/// The tools that part their files by comments which are nothing but such words, up before down: shmig and its like. Below
/// the second people also write down, as comments, how to go back.
fn parts_by_words(text: &str) -> Option<&'static str> {
    const UP: [&str; 3] = ["up", "do", "migration_up"];
    const DOWN: [&str; 5] = ["down", "undo", "rollback", "revert", "migration_down"];
    let is_mark = |line: &str, words: &[&str]| {
        let line = line.trim();
        let comment = line.strip_prefix("/*").and_then(|line| line.strip_suffix("*/"));
        let comment = comment.or_else(|| line.strip_prefix("--"));
        let word = |text: &str| {
            text.trim_matches(|c: char| c.is_whitespace() || "-=@:+".contains(c))
                .to_ascii_lowercase()
        };
        comment.is_some_and(|comment| words.contains(&&*word(comment)))
    };
    let (mut leads_up, mut leads_down) = (false, false);
    for token in sql::tokens(text) {
        match token.kind {
            Kind::Blank => {
                // Of a comment over several lines, none is one.
                let lines = || {
                    token
                        .text
                        .lines()
                        .filter(|line| !token.text.contains("/*") || line.contains("/*"))
                };
                leads_down |= leads_up && lines().any(|line| is_mark(line, &DOWN));
                leads_up |= lines().any(|line| is_mark(line, &UP));
            }
            _ if leads_down => return Some("shmig"),
            _ => {}
        }
    }
    None
}

/// Whether Liquibase would run some of it only under conditions.
fn is_conditional(text: &str) -> bool {
    const CONDITIONS: [&str; 5] =
        ["context:", "contextfilter:", "labels:", "runwith:", "ignore:true"];
    let comment =
        |line: &str| Some(line.trim_start().strip_prefix("--")?.trim_start().to_ascii_lowercase());
    let mut comments = text.trim_start_matches('\u{feff}').lines().filter_map(comment);
    let is_liquibase =
        comments.next().is_some_and(|first| first.starts_with("liquibase formatted sql"));
    let is_one = |word: &str| {
        let names_it = word.contains("postgresql") && !word.contains("!postgresql");
        let is_for_others = word.starts_with("dbms:") && !names_it;
        is_for_others || CONDITIONS.iter().any(|condition| word.starts_with(condition))
    };
    is_liquibase
        && comments.any(|line| {
            let mut words = line.split_whitespace();
            match words.next() {
                Some("changeset") => words.any(is_one),
                Some("preconditions") => words.next().is_none_or(|next| next.starts_with("on")),
                _ => false,
            }
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_leads_up_is_kept_in_its_place() {
        let text = "-- a\n-- migrate:up transaction:false\ncreate table a ();\n\n-- migrate:down\ndrop table a;\n";
        assert_eq!(DBMATE.up("f", text).expect("parts"), "\n\ncreate table a ();\n\n\n\n");
        let text = "-- +goose NO TRANSACTION\n--+goose up\n-- +goose StatementBegin\nselect 1;\n-- +goose StatementEnd\n\
                    -- +goose Down\ndrop";
        assert_eq!(GOOSE.up("f", text).expect("parts"), "\n\n\nselect 1;\n;\n\n");
        for twice in [
            "-- migrate:up\na;\n-- migrate:down\n-- migrate:up\nb;\n",
            "-- migrate:down\n-- migrate:up\n",
        ] {
            DBMATE.up("f", twice).expect_err(twice);
        }
        let indented = "-- migrate:up\na;\n  -- migrate:down\nb;\n";
        assert_eq!(DBMATE.up("f", indented).expect("parts"), "\na;\n  -- migrate:down\nb;\n");
        let said =
            GOOSE.up("f", "select 1;\n-- +goose Up\n").expect_err("before").report().to_string();
        assert!(said.contains("f:1:1"), "{said}");
        let said = GOOSE.up("f", "-- +goose ENVSUB ON\n").expect_err("envsub").to_string();
        assert!(said.contains("envsub"), "{said}");
    }
}
