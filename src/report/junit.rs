//! The XML of JUnit, which most CI systems read: a test for each finding, and one that
//! passes where the run does.
//!
//! <https://github.com/testmoapp/junitxml>

use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::words;
use crate::check::{Outcome, Report};
use crate::finding::Location;
use crate::visible::visible;

/// A test.
struct Case<'a> {
    class: &'a str,
    name: String,
    place: Option<&'a Location>,
    came_to: CameTo,
    /// What it says: in one line, and in whole.
    says: (String, String),
}

/// How a test ended.
#[derive(Clone, Copy, PartialEq, Eq)]
enum CameTo {
    Pass,
    Failure,
    /// It could not be told.
    Error,
}

pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let cases = cases(report);
    let count = |came_to| cases.iter().filter(|case| case.came_to == came_to).count().to_string();
    let counts = [
        ("tests", cases.len().to_string()),
        ("failures", count(CameTo::Failure)),
        ("errors", count(CameTo::Error)),
    ];
    let counts = || counts.iter().map(|(name, count)| (*name, count.as_str()));
    let mut writer = Writer::new_with_indent(&mut *out, b' ', 2);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    writer
        .create_element("testsuites")
        .with_attribute(("name", "schemavet"))
        .with_attributes(counts())
        .write_inner_content(|writer| {
            writer
                .create_element("testsuite")
                .with_attribute(("name", &*visible(&report.database)))
                .with_attributes(counts())
                .write_inner_content(|writer| {
                    cases.iter().try_for_each(|case| case.write(writer))
                })?;
            Ok(())
        })?;
    writeln!(out)
}

fn cases(report: &Report) -> Vec<Case<'_>> {
    let findings = report.findings.iter().map(|finding| {
        let message = words::message(finding, report);
        Case {
            class: finding.rule.kind,
            name: visible(&words::fingerprint(finding)).into_owned(),
            place: finding.location.as_ref(),
            came_to: match () {
                () if report.is_drift(finding) => CameTo::Failure,
                () if finding.change.is_undecided() && !report.allow_undecided => CameTo::Error,
                () => CameTo::Pass,
            },
            says: (message.lines().next().unwrap_or_default().to_owned(), message),
        }
    });
    let verdict = words::verdict(report);
    let of_all = Case {
        class: "schemavet",
        name: "all is as expected".to_owned(),
        place: None,
        came_to: match report.outcome() {
            Outcome::Match => CameTo::Pass,
            Outcome::Drift => CameTo::Failure,
            Outcome::Undecided | Outcome::Incomplete => CameTo::Error,
        },
        says: (verdict.clone(), [vec![verdict], words::not_compared(report)].concat().join("\n")),
    };
    findings.chain([of_all]).collect()
}

impl Case<'_> {
    fn write<W: Write>(&self, writer: &mut Writer<W>) -> io::Result<()> {
        let mut element = writer
            .create_element("testcase")
            .with_attribute(("classname", self.class))
            .with_attribute(("name", self.name.as_str()));
        if let Some(place) = self.place {
            element = element
                .with_attribute(("file", &*place.file))
                .with_attribute(("line", place.line.to_string().as_str()));
        }
        let (line, whole) = &self.says;
        element.write_inner_content(|writer| {
            let tag = match self.came_to {
                CameTo::Pass => "system-out",
                CameTo::Failure => "failure",
                CameTo::Error => "error",
            };
            let mut said = writer.create_element(tag);
            if self.came_to != CameTo::Pass {
                said = said.with_attribute(("message", line.as_str()));
            }
            said.write_text_content(BytesText::new(whole))?;
            Ok(())
        })?;
        Ok(())
    }
}
