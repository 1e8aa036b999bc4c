//! Are two expressions the same? Decided rung by rung: by their text here, then by the server's own analysis.
//!
//! A comparison asks and gets a verdict at once. What text cannot decide is noted as a [`Question`] and answered
//! "same" for the time being; the questions are settled in one batch, and the comparison is made again.

mod analyser;
mod array;
mod batch;
mod canonical;
mod coercion;
mod datum;
mod guard;
mod label;
mod minus;
mod names;
mod parting;
mod shape;
mod targets;
mod tolerant;
mod tree;
mod ungrouped;
mod values;
mod verdicts;

use std::collections::{BTreeMap, BTreeSet};
use std::iter::zip;
use std::time::{SystemTime, UNIX_EPOCH};

pub use self::analyser::{Analyser, Analysis, Catalog, Function, Oids, Operator, Statement};
use self::batch::{Batch, Outcome};
use self::tree::Node;
use crate::sql::{self, Kind, Token};
use crate::value::Name;

/// Where an expression stands: which columns it sees.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// The columns of a table or view: checks, policies, indexes, defaults, generated columns.
    Relation(Name),
    /// The columns of `old` and `new` of a table: the condition of a trigger, or of a rule on update.
    OldAndNew(Name),
    /// Those of `old` alone: the condition of a rule on delete.
    Old(Name),
    /// Those of `new` alone: the condition of a rule on insert.
    New(Name),
    /// `value`, of this type and maybe of a collation: a check of a domain.
    Value(String),
    /// The arguments of a function of this name, each with its type: a body that is an expression.
    Arguments(String, Vec<(String, String)>),
    /// Nothing: default values of functions.
    Nothing,
    /// It is no expression but a whole query.
    Query,
}

/// An expression to be analysed where it stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Question {
    /// Which columns it sees.
    pub scope: Scope,
    /// The schema that unqualified names are looked up in first: the object's own.
    pub schema: String,
    /// What it is cast to, which is what it is assigned to.
    pub assigned_to: Option<String>,
    /// Its text.
    pub text: String,
}

/// What two texts are to one another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// The same thing.
    Same,
    /// Different trees that mean the same; says by what rule.
    Equivalent(String),
    /// Different; says where they part, when that is known.
    Different(Option<String>),
    /// The server is too old to have what is expected.
    Unknown,
    /// Not decided; says why.
    Undecided(String),
    /// The expected text means nothing here; the server's words.
    Invalid(String),
}

/// What is known about one text.
#[derive(Debug, Clone)]
enum Answer {
    /// What it means, in canonical form.
    Tree(Node),
    /// It means nothing; the server's words.
    Meaningless(String),
    /// That could not be found out; says why.
    Undecided(String),
}

/// A written and a stored text that were asked for, and whether they must be alike to the letter of their trees.
type Pair = (Question, Question, bool);

/// How many statements go out at once.
const AT_ONCE: usize = 64;

/// Decides whether expressions are the same, and remembers.
#[derive(Debug, Default)]
pub struct Equivalence {
    search_path_tail: Vec<String>,
    pairs: BTreeMap<Pair, Option<Verdict>>,
    answers: BTreeMap<Question, Answer>,
    catalog: Catalog,
    statements: usize,
    /// Whether who answers has the written expressions rather than the stored ones.
    has_the_written: bool,
    /// Whether texts alone decide for now.
    asks_nothing: bool,
}

impl Equivalence {
    /// Knows nothing yet. Unqualified names are looked up in the object's own schema, then in `search_path_tail`.
    #[must_use]
    pub fn new(search_path_tail: Vec<String>) -> Self {
        Self { search_path_tail, ..Self::default() }
    }

    /// What `written` and `stored` are to one another; *same* for the time being where that is not known yet.
    ///
    /// With `verbatim`, different trees of one meaning are different: an index serves only its own expression.
    pub fn verdict(&mut self, written: &Question, stored: &Question, verbatim: bool) -> Verdict {
        if is_same_text(&written.text, &stored.text) {
            return Verdict::Same;
        }
        if self.asks_nothing {
            return Verdict::Different(None);
        }
        let pair = (written.clone(), stored.clone(), verbatim);
        self.pairs.entry(pair).or_insert(None).clone().unwrap_or(Verdict::Same)
    }

    /// Whether something waits for [`Equivalence::settle`].
    #[must_use]
    pub fn has_questions(&self) -> bool {
        self.pairs.values().any(Option::is_none)
    }

    /// How many statements were analysed so far.
    #[must_use]
    pub fn statements(&self) -> usize {
        self.statements
    }

    /// Leaves everything that is open undecided, for this reason.
    pub fn refuse(&mut self, reason: &str) {
        for verdict in self.pairs.values_mut().filter(|verdict| verdict.is_none()) {
            *verdict = Some(Verdict::Undecided(reason.to_owned()));
        }
    }

    /// Whether texts alone decide from now on: what is written otherwise is different. Gives what held before.
    pub(crate) fn ask_nothing(&mut self, nothing: bool) -> bool {
        std::mem::replace(&mut self.asks_nothing, nothing)
    }

    /// From now on the server that has the expected expressions is asked: the other side is a stored snapshot.
    pub fn ask_the_expected(&mut self) {
        self.has_the_written = true;
    }

    /// Decides everything that is open, by what the server says.
    pub async fn settle<A: Analyser>(&mut self, analyser: &mut A) {
        self.analyse(analyser).await;
        self.look_up(analyser).await;
        let open = self.pairs.iter().filter(|(_, verdict)| verdict.is_none());
        let decided: Vec<(Pair, Verdict)> =
            open.map(|(pair, _)| (pair.clone(), self.decide(pair))).collect();
        self.pairs.extend(decided.into_iter().map(|(pair, verdict)| (pair, Some(verdict))));
    }

    /// Asks for every text that is not known yet.
    async fn analyse<A: Analyser>(&mut self, analyser: &mut A) {
        let open = self.pairs.iter().filter(|(_, verdict)| verdict.is_none());
        let texts = open.flat_map(|((written, stored, _), _)| [written, stored]);
        let unknown: BTreeSet<Question> =
            texts.filter(|question| !self.answers.contains_key(question)).cloned().collect();
        let mut admitted = Vec::with_capacity(unknown.len());
        for question in unknown {
            match batch::admit(&question) {
                Ok(()) => admitted.push(question),
                Err(why) => drop(self.answers.insert(question, Answer::Meaningless(why))),
            }
        }
        let mut batches = Batch::collect(admitted);
        while !batches.is_empty() {
            let later = batches.split_off(batches.len().min(AT_ONCE));
            let again = self.send(analyser, batches).await;
            batches = again;
            batches.extend(later);
        }
    }

    /// Sends batches; returns what must be sent again, in smaller parts.
    async fn send<A: Analyser>(&mut self, analyser: &mut A, batches: Vec<Batch>) -> Vec<Batch> {
        let mut asked = Vec::with_capacity(batches.len());
        let mut statements = Vec::with_capacity(batches.len());
        for batch in batches {
            let tag = tag(self.statements);
            if let Some((statement, ends)) = batch.statement(&tag, &self.search_path_tail) {
                self.statements += 1;
                statements.push(statement);
                asked.push((batch, ends));
            }
        }
        let mut told = analyser.analyse(&statements).await;
        told.resize(statements.len(), Analysis::Silent);
        let mut again = Vec::new();
        for (((batch, ends), statement), analysis) in asked.into_iter().zip(&statements).zip(&told)
        {
            match batch.outcome(statement, &ends, analysis) {
                Outcome::Answers(answers) => {
                    self.answers.extend(batch.questions.into_iter().zip(answers));
                }
                Outcome::Split(culprit) => again.extend(batch.split(culprit)),
            }
        }
        again
    }

    /// Learns the objects in trees that differ: the tolerant rules and the messages need them.
    async fn look_up<A: Analyser>(&mut self, analyser: &mut A) {
        let mut wanted = Oids::default();
        for ((written, stored, _), _) in self.pairs.iter().filter(|(_, verdict)| verdict.is_none())
        {
            if let (Some(Answer::Tree(one)), Some(Answer::Tree(other))) =
                (self.answers.get(written), self.answers.get(stored))
                && one != other
            {
                parting::named(one, &mut wanted);
                parting::named(other, &mut wanted);
            }
        }
        if !wanted.is_empty() {
            let found = analyser.look_up(&wanted).await;
            self.catalog.extend(found);
        }
    }

    fn decide(&self, (written, stored, verbatim): &Pair) -> Verdict {
        match (self.answers.get(written), self.answers.get(stored)) {
            (Some(Answer::Meaningless(words)), _) if self.has_the_written => unreadable(words),
            (_, Some(Answer::Meaningless(words))) if self.has_the_written => Verdict::Different(
                Some(format!("where the other is from, this means nothing: {words}")),
            ),
            (Some(Answer::Meaningless(words)), _) => Verdict::Invalid(words.clone()),
            (_, Some(Answer::Meaningless(words))) => unreadable(words),
            (Some(Answer::Undecided(why)), _) | (_, Some(Answer::Undecided(why))) => {
                Verdict::Undecided(why.clone())
            }
            (Some(Answer::Tree(one)), Some(Answer::Tree(other))) if one == other => Verdict::Same,
            (Some(Answer::Tree(one)), Some(Answer::Tree(other))) => {
                let equivalent = || tolerant::why_equivalent(one, other, &self.catalog);
                let because = if *verbatim { None } else { equivalent() };
                match because {
                    Some(because) => Verdict::Equivalent(because),
                    None => Verdict::Different(parting::parting(one, other, &self.catalog)),
                }
            }
            (None, _) | (_, None) => Verdict::Undecided("the server was not asked".to_owned()),
        }
    }
}

fn unreadable(words: &str) -> Verdict {
    Verdict::Undecided(format!("the server cannot read back what it stored: {words}"))
}

/// The same words in the same order, which have no case without quotes; and without parentheses around all of them.
fn is_same_text(one: &str, other: &str) -> bool {
    let words = |text| sql::words(sql::without_outer_parentheses(text));
    let is_same = |(one, other): (Token<'_>, Token<'_>)| {
        let has_no_case = one.kind == Kind::Word && one.text.eq_ignore_ascii_case(other.text);
        one.kind == other.kind && (has_no_case || one.text == other.text)
    };
    if one == other {
        return true;
    }
    let (one, other) = (words(one), words(other));
    one.len() == other.len() && zip(one, other).all(is_same)
}

/// No two statements have the same tag, not those of other runs either: a pooler may answer a statement that it has
/// seen before without asking the server.
fn tag(number: usize) -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_nanos());
    format!("schemavet_{now:x}_{number}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(text: &str) -> Question {
        Question {
            scope: Scope::Nothing,
            schema: "public".to_owned(),
            assigned_to: None,
            text: text.to_owned(),
        }
    }

    #[test]
    fn text_decides_what_it_can() {
        let mut equivalence = Equivalence::new(Vec::new());
        for (one, other) in
            [("now( )", "(now())"), ("a>1 -- x", "((a  >  1))"), ("not A", "(NOT a)")]
        {
            assert_eq!(equivalence.verdict(&question(one), &question(other), false), Verdict::Same);
        }
        assert!(!equivalence.has_questions());
        equivalence.verdict(&question("'A'"), &question("'a'"), false);
        assert!(equivalence.has_questions());
    }

    #[test]
    fn what_is_refused_stays_undecided() {
        let mut equivalence = Equivalence::new(Vec::new());
        let (one, other) = (question("1"), question("2"));
        assert_eq!(equivalence.verdict(&one, &other, false), Verdict::Same);
        equivalence.refuse("turned off");
        assert_eq!(
            equivalence.verdict(&one, &other, false),
            Verdict::Undecided("turned off".to_owned())
        );
        assert!(!equivalence.has_questions());
    }
}
