//! `schemavet explain`: what every rule means, from the documentation of the model itself.

use std::fmt::Write as _;

use clap::Args;

use crate::error::{Error, Result};
use crate::model::{COUNTED, KINDS, LEFT_OUT, NEWEST, OLDEST, PRESENCE, covers, paragraph, rules};

/// Say what a rule means; without one, list every rule.
#[derive(Debug, Args)]
pub(super) struct Explain {
    /// A rule, such as column.type, or a pattern, such as "policy.*".
    rule: Option<String>,
    /// Write the whole list as Markdown.
    #[arg(long, hide = true)]
    markdown: bool,
    /// Write as Markdown what is read, and what is not.
    #[arg(long, hide = true)]
    coverage: bool,
}

impl Explain {
    pub(super) fn run(&self, color: anstream::ColorChoice) -> Result<u8> {
        let text = match &self.rule {
            _ if self.markdown => markdown(),
            _ if self.coverage => coverage(),
            Some(rule) => explain(rule)?,
            None => list("*"),
        };
        super::print(text.as_bytes(), color)?;
        Ok(0)
    }
}

fn list(pattern: &str) -> String {
    let mut text = String::new();
    for (rule, doc) in rules().filter(|(rule, _)| covers(pattern, rule)) {
        let _ = writeln!(text, "{rule:<32} {}", paragraph(doc));
    }
    text
}

fn explain(rule: &str) -> Result<String> {
    let text = list(rule);
    if text.is_empty() {
        let error = Error::input(format!("there is no rule `{rule}`"));
        return Err(match crate::spec::nearest_rule(rule) {
            Some(near) => error.help(format!("did you mean `{near}`?")),
            None => error.help("`schemavet explain` lists every rule"),
        });
    }
    Ok(text)
}

fn markdown() -> String {
    let mut text = String::from(
        "# Rules\n\nEvery rule is a kind of object and what can be found about it. A rule's level is set under `levels:` \
         of a spec. This page is written by `make docs` from the documentation of the model.\n\nEvery kind but the \
         database has three rules of presence:\n\n",
    );
    for (aspect, doc) in PRESENCE {
        let _ = writeln!(text, "- `*.{aspect}`: {doc}");
    }
    for kind in KINDS {
        let _ = write!(text, "\n## {}\n\n{}\n\n", kind.name, paragraph(kind.doc));
        if kind.own_attributes().next().is_none() {
            text += "It has no attributes of its own.\n";
            continue;
        }
        text += "| rule | what is compared |\n|---|---|\n";
        for attribute in kind.own_attributes() {
            let doc = paragraph(attribute.doc).replace('|', "\\|");
            let _ = writeln!(text, "| `{}.{}` | {doc} |", kind.name, attribute.name);
        }
    }
    text
}

/// What is read of which server, and what is not.
fn coverage() -> String {
    let mut text = format!(
        "# Coverage\n\nA drift checker that does not look at a thing says \"no drift\" about it. This page says what \
         schemavet looks at, on PostgreSQL {OLDEST} to {NEWEST}. It is written by `make docs` from the model itself; \
         [the rules](rules.md) say what each attribute means.\n\n\
         `tests/one_change.rs` changes every attribute of every kind alone and fails for one that has no such change; \
         `tests/information_schema.rs` holds what was read against the views of the standard; \
         `make regression-database` holds the laws against PostgreSQL's own regression database.\n\n\
         ## Compared\n\nAn attribute that a server is too old for is no drift; a spec that demands it is told that it is \
         unknown there. `diff` and `compare` say nothing of the names of not-null constraints where the expected server \
         has none.\n\n| kind | attributes, with the version from which on servers know them, where not all do |\n|---|---|\n"
    );
    for kind in KINDS {
        let named = kind.own_attributes().map(|attribute| match attribute.since() {
            OLDEST => attribute.name.to_owned(),
            since => format!("{} ({since})", attribute.name),
        });
        let named: Vec<String> = named.collect();
        let named = if named.is_empty() { "that it is there".to_owned() } else { named.join(", ") };
        let _ = writeln!(text, "| {} | {named} |", kind.name);
    }
    text += "\nRoles, and of the database its encoding, locale, limit of sessions, privileges and comment, are compared only \
             where a spec writes them, also in a strict one: they belong to the server, or differ from server to server.\n";
    text += "\n## Counted, not compared\n\nEvery report counts what a database has of these; `--require-coverage` fails on \
             them.\n\n| what | why it is not compared |\n|---|---|\n";
    for (what, why) in COUNTED {
        let _ = writeln!(text, "| {what} | {why} |");
    }
    text += "\n## Left out\n\n| what | why |\n|---|---|\n";
    for (what, why) in LEFT_OUT {
        let _ = writeln!(text, "| {what} | {why} |");
    }
    text
}
