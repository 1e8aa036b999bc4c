//! `schemavet explain`: what every rule means, from the documentation of the model itself.

use std::fmt::Write as _;

use clap::Args;

use crate::error::{Error, Result};
use crate::model::{Attribute, KINDS, Kind, PRESENCE, covers};

/// Say what a rule means; without one, list every rule.
#[derive(Debug, Args)]
pub(super) struct Explain {
    /// A rule, such as column.type, or a pattern, such as "policy.*".
    rule: Option<String>,
    /// Write the whole list as Markdown.
    #[arg(long, hide = true)]
    markdown: bool,
}

impl Explain {
    pub(super) fn run(&self, color: anstream::ColorChoice) -> Result<u8> {
        let text = match &self.rule {
            _ if self.markdown => markdown(),
            Some(rule) => explain(rule)?,
            None => list("*"),
        };
        super::print(text.as_bytes(), color)?;
        Ok(0)
    }
}

/// The attributes of a kind that are no collections of other objects.
fn attributes(kind: &Kind) -> impl Iterator<Item = &'static Attribute> {
    kind.attributes.iter().filter(|attribute| attribute.child.is_none())
}

/// Every rule of a kind, with its meaning.
fn rules(kind: &Kind) -> impl Iterator<Item = (String, String)> {
    let name = kind.name;
    let presence = kind.presence().iter().map(|(aspect, doc)| (*aspect, (*doc).to_owned()));
    let attributes = attributes(kind).map(|attribute| (attribute.name, paragraph(attribute.doc)));
    presence.chain(attributes).map(move |(aspect, doc)| (format!("{name}.{aspect}"), doc))
}

/// A doc comment as one paragraph.
fn paragraph(doc: &str) -> String {
    doc.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn list(pattern: &str) -> String {
    let mut text = String::new();
    for (rule, doc) in KINDS.iter().flat_map(rules).filter(|(rule, _)| covers(pattern, rule)) {
        let _ = writeln!(text, "{rule:<32} {doc}");
    }
    text
}

fn explain(rule: &str) -> Result<String> {
    let text = list(rule);
    if text.is_empty() {
        let known: Vec<String> = KINDS.iter().flat_map(rules).map(|(rule, _)| rule).collect();
        let error = Error::input(format!("there is no rule `{rule}`"));
        return Err(match crate::spec::nearest(rule, known.iter().map(String::as_str)) {
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
        if attributes(kind).next().is_none() {
            text += "It has no attributes of its own.\n";
            continue;
        }
        text += "| rule | what is compared |\n|---|---|\n";
        for attribute in attributes(kind) {
            let doc = paragraph(attribute.doc).replace('|', "\\|");
            let _ = writeln!(text, "| `{}.{}` | {doc} |", kind.name, attribute.name);
        }
    }
    text
}
