//! Questions of one scope as one statement: how it is built, what its answer means, how it is split.

use super::analyser::{Analysis, Statement};
use super::canonical::{canonical, column_names};
use super::label::Source;
use super::shape::{inner_query, is_plain};
use super::tree::Node;
use super::{Answer, Question, Scope, guard};
use crate::sql::{Cursor, identifier};

/// A select list holds at most 1,664 items.
const MOST: usize = 1600;
/// And a statement should stay easy to send, to log and to print.
const LONGEST: usize = 1_000_000;

/// Questions that one statement can ask: of one scope and schema.
#[derive(Debug, Clone)]
pub(super) struct Batch {
    pub(super) questions: Vec<Question>,
}

/// What became of a batch.
pub(super) enum Outcome {
    /// One answer for each question.
    Answers(Vec<Answer>),
    /// One of the questions is to blame, perhaps the one at that index.
    Split(Option<usize>),
}

impl Batch {
    /// Parts questions into batches; those of one scope and schema must follow one another.
    pub(super) fn collect(questions: impl IntoIterator<Item = Question>) -> Vec<Self> {
        let mut batches: Vec<Self> = Vec::new();
        let mut length = 0;
        for question in questions {
            let fits = |batch: &Self| {
                let like = |first: &Question| {
                    first.scope == question.scope && first.schema == question.schema
                };
                batch.questions.first().is_some_and(like)
                    && question.scope != Scope::Query
                    && batch.questions.len() < MOST
                    && length + question.text.len() < LONGEST
            };
            if let Some(batch) = batches.last_mut().filter(|batch| fits(batch)) {
                length += question.text.len();
                batch.questions.push(question);
            } else {
                length = question.text.len();
                batches.push(Self { questions: vec![question] });
            }
        }
        batches
    }

    /// The statement, and where each question's text ends in it, in bytes. `tag` is its alias.
    pub(super) fn statement(&self, tag: &str, tail: &[String]) -> Option<(Statement, Vec<usize>)> {
        let first = self.questions.first()?;
        let mut text = String::from("SELECT FROM (");
        let mut ends = Vec::with_capacity(self.questions.len());
        for question in &self.questions {
            text.push_str(if ends.is_empty() { "" } else { "," });
            text.push_str(&item(question, ends.is_empty()));
            ends.push(text.len());
        }
        text.push_str(&from(&first.scope));
        text.push_str(") AS ");
        text.push_str(tag);
        let mut search_path = vec![first.schema.clone()];
        search_path.extend(tail.iter().filter(|schema| **schema != first.schema).cloned());
        Some((Statement { tag: tag.to_owned(), search_path, text }, ends))
    }

    /// What the server's answer means for the questions.
    pub(super) fn outcome(&self, sent: &Statement, ends: &[usize], analysis: &Analysis) -> Outcome {
        let all = |answer: Answer| Outcome::Answers(vec![answer; self.questions.len()]);
        match analysis {
            Analysis::Silent => all(Answer::Undecided(
                "this server does not tell how it understands an expression".to_owned(),
            )),
            Analysis::Tree { text, offset } => {
                let source = Source { text: &sent.text, offset: *offset };
                match self.read(text, &sent.tag, &source) {
                    Ok(trees) => Outcome::Answers(trees.into_iter().map(Answer::Tree).collect()),
                    Err(answer) if self.questions.len() == 1 => all(answer),
                    Err(_) => Outcome::Split(None),
                }
            }
            Analysis::Failed { code, words, position } => match blame(code) {
                Blame::Circumstances => all(Answer::Undecided(words.clone())),
                Blame::Rights if self.questions.len() == 1 => all(Answer::Undecided(words.clone())),
                Blame::Text if self.questions.len() == 1 => all(Answer::Meaningless(words.clone())),
                Blame::Rights | Blame::Text => {
                    let at = position.and_then(|position| sent.text.char_indices().nth(position));
                    let culprit = at.map(|(at, _)| ends.partition_point(|end| *end <= at));
                    Outcome::Split(culprit.filter(|culprit| *culprit < self.questions.len()))
                }
            },
        }
    }

    /// The one to blame by itself, and the others in two halves.
    pub(super) fn split(mut self, culprit: Option<usize>) -> Vec<Self> {
        let alone = culprit.map(|culprit| Self { questions: vec![self.questions.remove(culprit)] });
        let rest = self.questions.split_off(self.questions.len().div_ceil(2));
        let parts = [alone, Some(self), Some(Self { questions: rest })];
        parts.into_iter().flatten().filter(|part| !part.questions.is_empty()).collect()
    }

    /// The canonical tree of each question, if the statement kept the shape that it was given.
    fn read(&self, tree: &str, tag: &str, source: &Source<'_>) -> Result<Vec<Node>, Answer> {
        let tree = Node::read(tree).map_err(Answer::Undecided)?;
        let escaped = || {
            let what = if self.is_query() { "a query" } else { "an expression" };
            Answer::Meaningless(format!("it does not stand by itself as {what}"))
        };
        let inner = inner_query(&tree, tag).ok_or_else(escaped)?;
        if self.is_query() {
            let mut names = column_names(inner);
            let given = self.questions.first().map(|question| named_query(&question.text).0);
            let given = given.unwrap_or_default();
            if given.len() > names.len() {
                return Err(Answer::Meaningless(
                    "it has fewer columns than names for them".to_owned(),
                ));
            }
            names.splice(..given.len(), given);
            let names = names.into_iter().map(Node::Atom).collect();
            let query = canonical(&Node::Record(inner.clone()), source, &[]);
            return Ok(vec![Node::List(vec![Node::List(names), query])]);
        }
        let kinds: &[&str] = match self.questions.first().map(|question| &question.scope) {
            Some(Scope::Relation(_) | Scope::Old(_) | Scope::New(_)) => &["0"],
            Some(Scope::OldAndNew(_)) => &["0", "0"],
            Some(Scope::Value(_) | Scope::Arguments(..)) => &["3"],
            _ => &[],
        };
        let ranges = inner.items("rtable");
        let targets = inner.items("targetList");
        let as_given = is_plain(inner, kinds) && targets.len() == self.questions.len();
        let expressions: Option<Vec<&Node>> =
            targets.iter().map(|target| target.of_kind("TARGETENTRY")?.get("expr")).collect();
        let expressions = expressions.filter(|_| as_given).ok_or_else(escaped)?;
        Ok(expressions
            .into_iter()
            .map(|expression| canonical(expression, source, ranges))
            .collect())
    }

    fn is_query(&self) -> bool {
        self.questions.first().is_some_and(|question| question.scope == Scope::Query)
    }
}

/// A text in its place. The line break ends a comment at its end.
fn item(question: &Question, first: bool) -> String {
    let text = &question.text;
    let select = if first { "SELECT " } else { "" };
    match (&question.scope, &question.assigned_to) {
        (Scope::Query, _) => format!("\n{}\n", named_query(text).1),
        (_, Some(kind)) => format!("{select}CAST(({text}\n) AS {kind}\n)"),
        (_, None) => format!("{select}({text}\n)"),
    }
}

/// The FROM list that gives an expression its columns.
fn from(scope: &Scope) -> String {
    match scope {
        Scope::Relation(name) => format!(" FROM {}", quoted(name)),
        Scope::OldAndNew(name) => format!(" FROM {0} old, {0} new", quoted(name)),
        Scope::Old(name) => format!(" FROM {} old", quoted(name)),
        Scope::New(name) => format!(" FROM {} new", quoted(name)),
        Scope::Value(kind) => record("d", &format!("value {kind}\n")),
        Scope::Arguments(function, arguments) => {
            let columns =
                arguments.iter().map(|(name, kind)| format!("{} {kind}\n", identifier(name)));
            record(&identifier(function), &columns.collect::<Vec<_>>().join(","))
        }
        Scope::Nothing | Scope::Query => String::new(),
    }
}

/// One row of these columns, called `name`.
fn record(name: &str, columns: &str) -> String {
    format!(" FROM pg_catalog.json_to_record('{{}}'::pg_catalog.json) AS {name}({columns})")
}

/// What a failed statement says about its texts.
enum Blame {
    /// One of them is wrong.
    Text,
    /// One of them needs a right.
    Rights,
    /// Nothing: another time, all may be well.
    Circumstances,
}

fn blame(code: &str) -> Blame {
    match code {
        "42501" => Blame::Rights,
        "" => Blame::Circumstances,
        // Whole classes: connection, state of the transaction, serialization, resources, limits, locks, the operator, the system.
        _ if ["08", "25", "40", "53", "54", "55", "57", "58"]
            .iter()
            .any(|class| code.starts_with(class)) =>
        {
            Blame::Circumstances
        }
        _ => Blame::Text,
    }
}

/// Whether a question may be sent at all, otherwise why not.
pub(super) fn admit(question: &Question) -> Result<(), String> {
    guard::name(&question.schema)?;
    match &question.scope {
        Scope::Query => return guard::query(named_query(&question.text).1),
        Scope::Value(kind) => guard::data_type(kind)?,
        Scope::Arguments(function, arguments) => {
            guard::name(function)?;
            for (name, kind) in arguments {
                guard::name(name)?;
                guard::data_type(kind)?;
            }
        }
        Scope::Relation(name) | Scope::OldAndNew(name) | Scope::Old(name) | Scope::New(name) => {
            name.schema.iter().try_for_each(|schema| guard::name(schema))?;
            guard::name(&name.name)?;
        }
        Scope::Nothing => {}
    }
    if let Some(kind) = &question.assigned_to {
        guard::data_type(kind)?;
    }
    guard::expression(&question.text)
}

/// A query, and the names that a list before it gives its columns, as in `CREATE VIEW`: `(a, b) as select …`.
fn named_query(text: &str) -> (Vec<String>, &str) {
    let text = text.trim_end().trim_end_matches(';');
    let named = || {
        let mut cursor = Cursor::new(text).ok().filter(Cursor::sees_group)?;
        let names = cursor.names("columns").ok()?;
        let query = cursor.take("as").then(|| cursor.peek()).flatten()?;
        Some((names, &text[query.start..]))
    };
    named().unwrap_or((Vec::new(), text))
}

fn quoted(name: &crate::value::Name) -> String {
    let schema = name.schema.iter().map(|schema| identifier(schema) + ".");
    schema.collect::<String>() + &identifier(&name.name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Name;

    fn question(scope: Scope, text: &str) -> Question {
        Question { scope, schema: "app".to_owned(), assigned_to: None, text: text.to_owned() }
    }

    fn statement(questions: Vec<Question>) -> String {
        let batch = Batch { questions };
        let tail = ["app".to_owned(), "public".to_owned()];
        let (statement, ends) = batch.statement("x1", &tail).expect("a statement");
        assert_eq!(statement.search_path, ["app", "public"]);
        assert_eq!(ends.len(), batch.questions.len());
        statement.text
    }

    #[test]
    fn every_scope_has_its_from_list() {
        let table = || Name::new("app", "a\"b");
        let one = statement(vec![
            question(Scope::Relation(table()), "a -- b"),
            question(Scope::Relation(table()), "c"),
        ]);
        assert_eq!(one, "SELECT FROM (SELECT (a -- b\n),(c\n) FROM \"app\".\"a\"\"b\") AS x1");
        let two = statement(vec![question(Scope::OldAndNew(table()), "a")]);
        assert!(
            two.ends_with(" FROM \"app\".\"a\"\"b\" old, \"app\".\"a\"\"b\" new) AS x1"),
            "{two}"
        );
        let three = statement(vec![question(Scope::Value("int".to_owned()), "value > 0")]);
        assert!(three.contains(" AS d(value int\n)"), "{three}");
        let four = statement(vec![question(Scope::Query, " SELECT 1; ")]);
        assert_eq!(four, "SELECT FROM (\n SELECT 1\n) AS x1");
        let assigned = Question {
            assigned_to: Some("char(3)[]".to_owned()),
            ..question(Scope::Nothing, "'a'")
        };
        assert_eq!(
            statement(vec![assigned]),
            "SELECT FROM (SELECT CAST(('a'\n) AS char(3)[]\n)) AS x1"
        );
    }

    #[test]
    fn a_batch_is_split_around_the_culprit() {
        let questions = (0..5).map(|number| question(Scope::Nothing, &number.to_string()));
        let batch = Batch { questions: questions.collect() };
        let texts = |parts: Vec<Batch>| -> Vec<String> {
            let joined = |part: Batch| {
                part.questions.iter().map(|one| one.text.as_str()).collect::<String>()
            };
            parts.into_iter().map(joined).collect()
        };
        assert_eq!(texts(batch.clone().split(Some(2))), ["2", "01", "34"]);
        assert_eq!(texts(batch.split(None)), ["012", "34"]);
    }

    #[test]
    fn one_scope_is_one_batch_and_every_query_its_own() {
        let questions = vec![
            question(Scope::Nothing, "1"),
            question(Scope::Nothing, "2"),
            question(Scope::Query, "select 1"),
            question(Scope::Query, "select 2"),
        ];
        assert_eq!(Batch::collect(questions).len(), 3);
    }
}
