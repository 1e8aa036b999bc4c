//! Where the statements of an SQL file begin and end, by psql's rules.

use crate::sql::{Kind, Token, tokens, words};

/// One statement of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// Its text without the closing semicolon, and without comments before it.
    pub text: String,
    /// Byte offset of `text` in the file.
    pub start: usize,
}

/// Why a file cannot be split.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsplit {
    /// What is wrong, as a lower-case fragment.
    pub message: String,
    /// Byte offset of what is wrong.
    pub at: usize,
    /// What to do, as an imperative.
    pub help: &'static str,
}

/// The statements of `text`. Empty ones, psql's own commands (`\connect`, `\restrict`, `\set` …) and the
/// data of `COPY … FROM stdin` are left out, and all that is behind `\q`.
///
/// # Errors
/// A string or comment that does not end, and commands of psql that change which SQL is run.
pub fn split(text: &str) -> Result<Vec<Statement>, Unsplit> {
    let mut splitter =
        Splitter { text, statements: Vec::new(), current: Current::default(), database: None };
    // Where psql's own syntax begins, SQL's lexer must start afresh behind it.
    let mut at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    while let Some(next) = splitter.run(at)? {
        at = next;
    }
    splitter.finish(text.len());
    Ok(splitter.statements)
}

struct Splitter<'a> {
    text: &'a str,
    statements: Vec<Statement>,
    current: Current<'a>,
    /// What the first `\connect` names.
    database: Option<&'a str>,
}

/// The statement being read.
#[derive(Default)]
struct Current<'a> {
    start: Option<usize>,
    parentheses: usize,
    /// Open `BEGIN ATOMIC` and `CASE` of a function's body.
    blocks: usize,
    /// The first words: they tell functions and COPY.
    head: Vec<&'a str>,
    from_stdin: bool,
    last: Option<Token<'a>>,
}

impl Splitter<'_> {
    /// Reads on from the byte `from`; returns where to start the lexer afresh, `None` at the end.
    fn run(&mut self, from: usize) -> Result<Option<usize>, Unsplit> {
        for mut token in tokens(&self.text[from..]) {
            token.start += from;
            match token.kind {
                Kind::Blank => continue,
                Kind::Unterminated => return Err(unterminated(&token)),
                _ => {}
            }
            if token.text == "\\" {
                let goes_on = self.meta_command(token.start)?;
                return Ok(goes_on.then(|| self.next_line(token.start)));
            }
            if token.is(";") && self.current.parentheses == 0 && self.current.blocks == 0 {
                let data = self.current.from_stdin;
                self.finish(token.start);
                if data {
                    self.nothing_behind(token.end())?;
                    return Ok(Some(self.after_data(token.end())));
                }
            } else {
                self.current.add(token);
            }
        }
        Ok(None)
    }

    fn finish(&mut self, end: usize) {
        let current = std::mem::take(&mut self.current);
        let Some(start) = current.start else { return };
        // Data is not run, and neither is the COPY that would wait for it.
        if !current.from_stdin {
            let text = self.text[start..end].trim_end().to_owned();
            self.statements.push(Statement { text, start });
        }
    }

    /// Whether a `\connect` leads to another database than the first one did.
    fn elsewhere(&mut self, at: usize) -> bool {
        let line = self.text[at..].lines().next().unwrap_or_default();
        connected(line).is_some_and(|name| *self.database.get_or_insert(name) != name)
    }

    fn next_line(&self, at: usize) -> usize {
        self.text[at..].find('\n').map_or(self.text.len(), |newline| at + newline + 1)
    }

    /// The byte behind the line `\.`, or the end of the file, which ends the data, too.
    fn after_data(&self, at: usize) -> usize {
        let mut at = self.next_line(at);
        while at < self.text.len() {
            let next = self.next_line(at);
            if self.text[at..next].trim_end() == "\\." {
                return next;
            }
            at = next;
        }
        at
    }

    /// Behind `COPY … FROM stdin;` the data begin on the next line.
    fn nothing_behind(&self, at: usize) -> Result<(), Unsplit> {
        let line = &self.text[at..self.next_line(at)];
        let Some(token) = words(line).first().copied() else { return Ok(()) };
        Err(Unsplit {
            message: "this stands between `COPY … FROM stdin` and its data".to_owned(),
            at: at + token.start,
            help: "put it on a line of its own behind the data",
        })
    }

    /// Passes over a command of psql's; whether the script goes on behind it.
    fn meta_command(&mut self, at: usize) -> Result<bool, Unsplit> {
        let name: &str =
            self.text[at + 1..].split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or("");
        let line = self.text[..at].rfind('\n').map_or(0, |newline| newline + 1);
        let alone = self.text[line..at].trim_matches(['\u{feff}', ' ', '\t']).is_empty();
        let refuse = |help| {
            Err(Unsplit {
                message: format!("psql's command `\\{name}` is not supported"),
                at,
                help,
            })
        };
        let rest = &self.text[at + 1..self.next_line(at)];
        if rest.split('\'').step_by(2).any(|outside| outside.contains("\\\\")) {
            return refuse(r"write what stands behind `\\` on a line of its own");
        }
        match name {
            "" if rest.starts_with(';') => refuse("write `;` alone"),
            "i" | "ir" | "include" | "include_relative" => {
                refuse("name the included file itself; a folder is read in the order of file names")
            }
            "if" | "elif" | "else" | "endif" => refuse("write the file without conditions"),
            "g" | "gx" | "gexec" | "gset" | "gdesc" | "crosstabview" | "watch" | "bind"
            | "parse" => refuse("end the statement with `;`"),
            "c" | "connect" if alone && self.elsewhere(at) => refuse(
                "this is SQL for several databases: dump one with `pg_dump`, not all with `pg_dumpall`",
            ),
            "c" | "connect" if alone && is_of_another_user(rest) => {
                refuse("write `set role` in place of it")
            }
            "set" if turns_autocommit_off(rest) => {
                refuse("write `begin` where a transaction begins")
            }
            _ if alone && self.current.start.is_none() => Ok(!matches!(name, "q" | "quit")),
            _ => refuse("write psql's commands on lines of their own, between statements"),
        }
    }
}

impl<'a> Current<'a> {
    fn add(&mut self, token: Token<'a>) {
        self.start.get_or_insert(token.start);
        match token.text {
            "(" if token.kind == Kind::Punctuation => self.parentheses += 1,
            ")" if token.kind == Kind::Punctuation => {
                self.parentheses = self.parentheses.saturating_sub(1);
            }
            _ => {}
        }
        if token.kind == Kind::Word && self.parentheses == 0 {
            if self.head.len() < 4 {
                self.head.push(token.text);
            }
            self.block(&token);
            let after_from = self.last.is_some_and(|last| last.is_word("from"));
            if self.is_head(0, "copy") && after_from && token.is_word("stdin") {
                self.from_stdin = true;
            }
        }
        self.last = Some(token);
    }

    /// Semicolons inside `BEGIN ATOMIC … END` belong to the function; CASE has an END of its own.
    fn block(&mut self, token: &Token<'_>) {
        if token.is_word("atomic")
            && self.last.is_some_and(|last| last.is_word("begin"))
            && self.is_routine()
        {
            self.blocks += 1;
        } else if self.blocks > 0 && !self.last.is_some_and(|last| last.is(".")) {
            if token.is_word("case") {
                self.blocks += 1;
            } else if token.is_word("end") {
                self.blocks -= 1;
            }
        }
    }

    fn is_head(&self, index: usize, word: &str) -> bool {
        self.head.get(index).is_some_and(|head| head.eq_ignore_ascii_case(word))
    }

    fn is_routine(&self) -> bool {
        makes_routine(|at, word| self.is_head(at, word))
    }
}

/// Whether a statement makes a function or procedure, where `is` tells its words.
pub(in crate::source) fn makes_routine(is: impl Fn(usize, &str) -> bool) -> bool {
    let kind = if is(1, "or") { 3 } else { 1 };
    is(0, "create") && (is(kind, "function") || is(kind, "procedure"))
}

/// The database that a `\connect` names.
pub(super) fn connected(line: &str) -> Option<&str> {
    let in_a_string = line.split_once("dbname='").and_then(|(_, rest)| rest.split('\'').next());
    let mut names = line.split_whitespace().skip(1).filter(|name| !name.starts_with('-'));
    in_a_string.or_else(|| names.next())
}

/// Whether a `\connect` names a user. A connection string is in quotes, maybe with blanks in it.
fn is_of_another_user(line: &str) -> bool {
    if line.contains("dbname=") {
        return line.contains("user=");
    }
    let mut words = line.split_whitespace().skip(1).filter(|word| !word.starts_with("-reuse"));
    words.nth(1).is_some_and(|user| user != "-")
}

/// Whether a `\set` makes psql begin a transaction by itself.
fn turns_autocommit_off(line: &str) -> bool {
    let mut words = line.split_whitespace().skip(1);
    words.next() == Some("AUTOCOMMIT")
        && !words.next().is_some_and(|value| ["on", "1", "true"].contains(&&*value.to_lowercase()))
}

fn unterminated(token: &Token<'_>) -> Unsplit {
    let (what, help) = match token.text.chars().next() {
        Some('"') => ("a quoted name", "close it with `\"`"),
        Some('/') => ("a comment", "close it with `*/`"),
        Some('$') => ("a dollar-quoted string", "close it with the same tag"),
        _ => ("a string", "close it with `'`"),
    };
    Unsplit { message: format!("{what} does not end"), at: token.start, help }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        split(text).expect("splits").into_iter().map(|statement| statement.text).collect()
    }

    #[test]
    fn semicolons_inside_do_not_split() {
        let text = "select ';' ; /* ; */ create rule r as on insert to t do (select 1; select 2);\n\
                    do $$ begin; end $$;; -- ;\n select \"a;b\" -- last\n";
        assert_eq!(
            texts(text),
            [
                "select ';'",
                "create rule r as on insert to t do (select 1; select 2)",
                "do $$ begin; end $$",
                "select \"a;b\" -- last"
            ]
        );
    }

    #[test]
    fn atomic_bodies_stay_whole() {
        let body = "create or replace function f(a int) returns int language sql begin atomic \
                    select case when a > 1 then (case when true then 1 end) else 2 end; select 1; end";
        assert_eq!(
            texts(&format!("{body}; begin; select 1; end;")),
            [body, "begin", "select 1", "end"]
        );
        let procedure = "CREATE PROCEDURE p() BEGIN ATOMIC INSERT INTO t VALUES (1); END";
        assert_eq!(texts(&format!("{procedure};\nselect 2")), [procedure, "select 2"]);
    }

    #[test]
    fn psql_commands_and_data_are_left_out() {
        let text = "\\restrict it's\n\\connect app\nselect 1;\nCOPY public.t (a, \"from\") FROM stdin;\n\
                    1\tit's; a\n\\N\tb\n\\.\n\nselect 2;\n\\unrestrict x";
        assert_eq!(texts(text), ["select 1", "select 2"]);
        let unfinished = "copy t from stdin with (format csv);\n1;2\n";
        assert!(texts(unfinished).is_empty());
        for end in ["\\q", "\\quit -- here"] {
            assert_eq!(texts(&format!("select 1;\n{end}\nselect 2;\n\\if x")), ["select 1"]);
        }
        assert_eq!(texts("copy (select 1) to stdout; select 3").len(), 2);
    }

    #[test]
    fn offsets_are_those_of_the_file() {
        let text = "\u{feff}-- é\nselect 1;\n\n\n  select\n 2;";
        let statements = split(text).expect("splits");
        assert_eq!(statements.len(), 2);
        for statement in &statements {
            assert!(text[statement.start..].starts_with(&statement.text));
        }
    }

    #[test]
    fn what_cannot_be_run_is_said() {
        let said = |text: &str| split(text).expect_err(text).message;
        assert_eq!(said("\\i other.sql"), "psql's command `\\i` is not supported");
        assert_eq!(said("select 1 \\gexec"), "psql's command `\\gexec` is not supported");
        assert_eq!(said("\\connect - me"), "psql's command `\\connect` is not supported");
        assert_eq!(said("\\set AUTOCOMMIT off"), "psql's command `\\set` is not supported");
        assert_eq!(said(r"\set x 1 \\ select 1;"), "psql's command `\\set` is not supported");
        assert_eq!(said(r"select 1 \; select 2;"), "psql's command `\\` is not supported");
        let behind = said("copy t from stdin; select 1;\n\\.\n");
        assert_eq!(behind, "this stands between `COPY … FROM stdin` and its data");
        assert_eq!(said("\\if :x"), "psql's command `\\if` is not supported");
        assert_eq!(said("select 1; select 'a"), "a string does not end");
        assert_eq!(split("a;\n /* b").expect_err("open").at, 4);
    }
}
