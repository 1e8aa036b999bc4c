//! Every output format renders the same report: none loses a finding, breaks at odd text, or moves a position.
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};

use clap::ValueEnum;
use roxmltree::Document;
use schemavet::check::Report;
use schemavet::finding::{Change, Finding, Level, Location, Path, Rule};
use schemavet::model::{Column, Object, Tally};
use schemavet::report::Format;
use schemavet::source::Origin;

const ODD: &[&str] = &[
    "plain, but that {0} is no placeholder, \u{fffe} and \u{ffff} no characters",
    "two\nlines, and\n\nmore\n",
    "'single' \"double\" `back` \\ slash",
    "<b>&amp;]]></b> --> %0A ::error::",
    "emoji 🐘, combining e\u{301}, 日本, right-to-left \u{5d0}",
    "tab\tand\rreturn and bell\u{7} and escape\u{1b}[31m",
    "",
];

/// Every change with every odd text, with a place and without.
fn sample() -> Report {
    let text = |at: usize| ODD[at % ODD.len()].to_owned();
    let mut findings = Vec::new();
    for at in 0..ODD.len() * 8 {
        let (expected, actual, more) = (text(at), text(at + 1), text(at + 2));
        let change = match at % 8 {
            0 => Change::Missing { expected: Some(expected), hint: None },
            1 => Change::Unexpected { actual: Some(actual), hint: None },
            2 => Change::Forbidden { actual: None },
            3 => Change::Differs { expected, actual, hint: Some(more) },
            4 => Change::Equivalent { expected, actual, because: more },
            5 => Change::Undecided { expected, actual, reason: more },
            6 => Change::Invalid { expected, actual, reason: more },
            _ => Change::Unknown { expected },
        };
        let level = [Level::Error, Level::Warning, Level::Info][at % 3];
        let steps = [
            "schemas",
            "public",
            "tables",
            &format!("marker{at:03} {}", text(at)),
            "columns",
            &text(at),
        ];
        let path = Path(steps.iter().map(|step| (*step).to_owned()).collect());
        let location = (at % 4 > 0).then(|| Location {
            file: "specs/übung <1>.yaml".into(),
            line: 1000 + at,
            column: 7,
        });
        // What cannot be told is said once for each attribute.
        let unknown = matches!(change, Change::Unknown { .. });
        let aspect = if unknown { Column::ATTRIBUTES[at / 8].name } else { "type" };
        let rule = Rule { kind: "column", aspect };
        findings.push(Finding { rule, level, spec_path: path.clone(), path, change, location });
    }
    Report {
        name: Some("\"<System>\" 🐘".to_owned()),
        database: "db:5432/app as me".to_owned(),
        expected: None,
        platform: None,
        server_version: 150_018,
        findings,
        tallies: BTreeMap::from([(
            "column",
            Tally { expected: 3, matched: 1, ..Tally::default() },
        )]),
        not_modelled: BTreeMap::from([("operator".to_owned(), 2)]),
        origin: Origin { stubs: vec!["vector".to_owned()], ..Origin::default() },
        ignored: 1,
        of_the_platform: 1,
        switched_off: 1,
        idle_patterns: vec![("projct_*".to_owned(), None)],
        fail_on: Level::Error,
        allow_undecided: false,
        require_coverage: false,
    }
}

fn render(format: Format, report: &Report) -> String {
    let mut out = Vec::new();
    format.write(report, &mut out).expect("written");
    String::from_utf8(out).expect("UTF-8")
}

#[test]
fn no_format_loses_a_finding() {
    let report = sample();
    for format in Format::value_variants() {
        let text = render(*format, &report);
        for at in 0..report.findings.len() {
            assert!(text.contains(&format!("marker{at:03}")), "{format:?} loses finding {at}");
        }
        // A new format says here how it is counted.
        let count = match format {
            Format::Text => {
                let levels = ["error", "warning", "info", "undecided"];
                let plain = anstream::adapter::strip_str(&text).to_string();
                let begins = |line: &&str| {
                    let mut words = line.split(' ').skip_while(|word| word.is_empty());
                    words.next().is_some_and(|word| levels.contains(&word))
                        && words.next().is_some_and(|rule| rule.starts_with("column."))
                };
                plain.lines().filter(begins).count()
            }
            Format::Json => {
                let document: serde_json::Value = serde_json::from_str(&text).expect("JSON");
                document["findings"].as_array().expect("a list").len()
            }
            Format::Github => text.lines().filter(|line| line.starts_with("::")).count(),
            Format::Gitlab => {
                let items: Vec<serde_json::Value> = serde_json::from_str(&text).expect("JSON");
                let fingerprints = items.iter().map(|item| item["fingerprint"].to_string());
                fingerprints.collect::<BTreeSet<_>>().len()
            }
            Format::Sarif => {
                let log: serde_json::Value = serde_json::from_str(&text).expect("JSON");
                log["runs"][0]["results"].as_array().expect("a list").len()
            }
            Format::Junit => {
                let document = Document::parse(&text).expect("XML");
                let tests = document.descendants().filter(|node| node.has_tag_name("testcase"));
                // The last one is about the whole run.
                tests.count() - 1
            }
        };
        assert_eq!(count, report.findings.len(), "{format:?}");
        assert!(text.ends_with('\n'), "{format:?} ends in the middle of a line");
    }
}

#[test]
fn what_cannot_be_told_of_many_is_said_once() {
    let mut report = sample();
    report.findings.retain(|finding| matches!(finding.change, Change::Unknown { .. }));
    let count = report.findings.len();
    for finding in &mut report.findings {
        finding.rule.aspect = "compression";
    }
    let text = render(Format::Text, &report);
    assert_eq!(text.matches("column.compression").count(), 1, "{text}");
    assert!(text.contains(&format!("nor of {} objects more", count - 1)), "{text}");
}

#[test]
fn what_is_true_of_many_is_said_once_of_all_of_them() {
    let differs = |table: &str, actual: &str| Finding {
        path: Path(
            ["schemas", "public", "tables", table, "columns", "id"].map(str::to_owned).to_vec(),
        ),
        change: Change::Differs {
            expected: "integer".to_owned(),
            actual: actual.to_owned(),
            hint: None,
        },
        ..sample().findings.remove(0)
    };
    let tables = ["events", "p1", "p2", "p3", "p4"];
    let mut report = sample();
    report.findings = tables.map(|table| differs(table, "bigint")).to_vec();
    report.findings.push(differs("other", "text"));
    let text = render(Format::Text, &report);
    assert_eq!(text.matches("bigint").count(), 1, "{text}");
    assert_eq!(text.matches("text").count(), 1, "{text}");
    assert!(
        text.contains("the same in 4 objects more: public.p1, public.p2, public.p3, public.p4\n"),
        "{text}"
    );
    assert!(text.contains(&format!("({} errors", tables.len() + 1)), "{text}");
    // A few are said each at its own place.
    report.findings.remove(0);
    let text = render(Format::Text, &report);
    assert_eq!(text.matches("bigint").count(), 4, "{text}");
}

#[test]
fn every_format_says_the_place_as_an_editor_does() {
    let mut report = sample();
    report.findings.truncate(2);
    report.findings.remove(0);
    report.findings[0].location = Some(Location { file: "spec.yaml".into(), line: 14, column: 7 });
    for format in Format::value_variants() {
        let text = render(*format, &report);
        let place = match format {
            Format::Text => "spec.yaml:14:7",
            Format::Json => "\"file\": \"spec.yaml\",\n      \"line\": 14,\n      \"column\": 7",
            Format::Github => "file=spec.yaml,line=14,col=7::",
            Format::Gitlab => "\"begin\": 14\n      },\n      \"path\": \"spec.yaml\"",
            Format::Sarif => "\"startColumn\": 7,\n                  \"startLine\": 14",
            Format::Junit => "file=\"spec.yaml\" line=\"14\"",
        };
        assert!(text.contains(place), "{format:?}: {text}");
    }
}

#[test]
fn json_keeps_every_text_as_it_is() {
    let report = sample();
    let document: serde_json::Value =
        serde_json::from_str(&render(Format::Json, &report)).expect("JSON");
    assert_eq!(document["version"], 1);
    for (item, finding) in
        document["findings"].as_array().expect("a list").iter().zip(&report.findings)
    {
        let text = |key: &str| item[key].as_str();
        assert_eq!(text("rule"), Some(finding.rule.to_string().as_str()));
        assert_eq!(text("change"), Some(finding.change.word()));
        assert_eq!(text("level"), Some(finding.level.word()));
        assert_eq!(text("expected"), finding.change.expected());
        assert_eq!(text("actual"), finding.change.actual());
        assert_eq!(text("reason"), finding.change.reason());
        assert_eq!(text("object"), Some(finding.path.dotted().as_str()));
        assert_eq!(item["line"].as_u64().is_some(), finding.location.is_some());
    }
}

#[test]
fn every_format_stands_an_empty_report() {
    let mut report = sample();
    report.findings.clear();
    report.name = None;
    report.tallies.clear();
    for format in Format::value_variants() {
        let text = render(*format, &report);
        // GitLab has no place for what is not a finding.
        assert!(text.contains("match") || text == "[]\n", "{format:?}");
    }
}

/// What comes out of a database cannot take over the terminal.
#[test]
fn text_lets_no_control_characters_through() {
    let text = render(Format::Text, &sample());
    let own = anstream::adapter::strip_str(&text).to_string();
    assert!(!own.contains('\u{7}'), "a bell rings");
    assert!(!text.contains("escape\u{1b}[31m"), "a name sets the colour");
}

/// One label of many is not looked for in a line of all of them.
#[test]
fn text_shows_a_long_line_around_what_differs() {
    let labels = |other: &str| {
        let label = |at| if at == 30 { other.to_owned() } else { format!("label_{at}") };
        (0..60).map(label).collect::<Vec<_>>().join(", ")
    };
    let (expected, actual) = (labels("paid"), labels("settled"));
    let text = with_one_change(Change::Differs { expected, actual, hint: None });
    let around = |label| format!("… label_28, label_29, {label}, label_31, label_32, …");
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    assert!(lines.contains(&&*format!("- expected {}", around("paid"))), "{text}");
    assert!(lines.contains(&&*format!("+ actual   {}", around("settled"))), "{text}");
}

/// The text of a report with one finding.
fn with_one_change(change: Change) -> String {
    let mut report = sample();
    report.findings.truncate(1);
    report.findings[0].change = change;
    anstream::adapter::strip_str(&render(Format::Text, &report)).to_string()
}

/// Two texts that look alike do not in a report: the reader sees what differs.
#[test]
fn text_shows_what_is_not_seen() {
    for (actual, shown) in [
        ("paid ", "\"paid \""),
        (" paid", "\" paid\""),
        ("pa\u{200b}id", "pa\\u{200b}id"),
        ("\u{202e}paid", "\\u{202e}paid"),
        ("paid\u{a0}", "paid\\u{a0}"),
    ] {
        let (expected, actual) = ("paid".to_owned(), actual.to_owned());
        let text = with_one_change(Change::Differs { expected, actual, hint: None });
        let lines: Vec<&str> = text.lines().map(str::trim).collect();
        assert!(lines.contains(&"- expected paid"), "{text}");
        assert!(lines.contains(&&*format!("+ actual   {shown}")), "{text}");
    }
}

/// A number in braces stands for an argument there (section 3.11.5 of the standard), and there are none.
#[test]
fn sarif_has_no_placeholders() {
    let text = render(Format::Sarif, &sample());
    let log: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let results = log["runs"][0]["results"].as_array().expect("results");
    let messages: Vec<&str> =
        results.iter().filter_map(|result| result["message"]["text"].as_str()).collect();
    assert!(messages.iter().any(|message| message.contains("{{0}}")));
    assert!(!messages.iter().any(|message| message.replace("{{", "").contains('{')));
}

/// A test that fails is a finding that fails the run; the last one is the run itself.
#[test]
fn junit_fails_where_the_run_does() {
    for (fail_on, allow_undecided) in
        [(Level::Error, false), (Level::Info, true), (Level::Warning, false)]
    {
        let report = Report { fail_on, allow_undecided, ..sample() };
        let text = render(Format::Junit, &report);
        let document = Document::parse(&text).expect("XML");
        let suite = document.descendants().find(|node| node.has_tag_name("testsuite"));
        let suite = suite.expect("a suite");
        let tests: Vec<_> = suite.children().filter(roxmltree::Node::is_element).collect();
        let with = |tag: &str| {
            let has = |test: &&roxmltree::Node<'_, '_>| {
                test.first_element_child().is_some_and(|child| child.has_tag_name(tag))
            };
            tests.iter().filter(has).count()
        };
        let drift = report.findings.iter().filter(|finding| report.is_drift(finding)).count();
        let undecided = if allow_undecided { 0 } else { report.undecided() };
        assert_eq!((with("failure"), with("error")), (drift + 1, undecided));
        for (key, count) in [("tests", tests.len()), ("failures", drift + 1), ("errors", undecided)]
        {
            assert_eq!(suite.attribute(key), Some(count.to_string().as_str()), "{key}");
        }
    }
}

/// What comes out of a database is no command to whoever reads the log.
#[test]
fn annotations_are_the_only_commands() {
    let mut report = sample();
    for name in [&mut report.database, report.name.get_or_insert_default()] {
        *name = "x\n::stop-commands::x".to_owned();
    }
    report.not_modelled = BTreeMap::from([("y\n::error::y".to_owned(), 1)]);
    let text = render(Format::Github, &report);
    let (commands, others): (Vec<_>, Vec<_>) =
        text.lines().partition(|line| line.trim_start().starts_with("::"));
    assert_eq!(commands.len(), report.findings.len());
    assert!(others.iter().all(|line| line.starts_with("schemavet: ")), "{others:?}");
}
