//! The judged pairs: what PostgreSQL stored against what a person wrote.

use std::collections::BTreeMap;
use std::time::Instant;

use schemavet::equivalence::{Equivalence, Question, Scope, Verdict};
use schemavet::source::connection::Connection;
use schemavet::value::Name;
use serde::Deserialize;

use super::{Outcome, PAIRS, Server, question, settle};

#[derive(Debug, Deserialize)]
pub(crate) struct Pair {
    id: u32,
    kind: String,
    variant: String,
    pub(crate) table_ddl: String,
    table: String,
    column_type: Option<String>,
    handwritten: String,
    stored_qualified: String,
}

impl Pair {
    fn ask(&self, text: &str) -> Question {
        let table = Name::new("public", &self.table);
        let kind = self.column_type.clone();
        let scope = match self.kind.as_str() {
            "trigger_when" => Scope::OldAndNew(table),
            "domain_check" => Scope::Value(kind.clone().unwrap_or_default()),
            _ => Scope::Relation(table),
        };
        let assigned = matches!(self.kind.as_str(), "default" | "generated");
        Question { assigned_to: kind.filter(|_| assigned), ..question(scope, text) }
    }

    fn verdict(&self, equivalence: &mut Equivalence) -> Verdict {
        let verbatim = self.kind == "index_expr";
        equivalence.verdict(
            &self.ask(&self.handwritten),
            &self.ask(&self.stored_qualified),
            verbatim,
        )
    }
}

#[tokio::test]
async fn the_judged_pairs() -> Outcome {
    let server = Server::start().await?;
    let mut session = server.session().await?;
    judge(&server, &mut session).await
}

pub(crate) async fn judge(server: &Server, session: &mut Connection) -> Outcome {
    let mut pairs: Vec<Pair> = serde_json::from_str(PAIRS)?;
    if server.cluster.version() < 140_000 {
        // What a later server stored, 13 reads otherwise: EXTRACT was double precision, jsonb had no subscripts.
        pairs.retain(|pair| {
            !pair.stored_qualified.contains("EXTRACT(") && !pair.handwritten.starts_with("meta['")
        });
    }
    let pairs = pairs;
    let mut equivalence = Equivalence::new(vec!["public".to_owned()]);
    for pair in &pairs {
        pair.verdict(&mut equivalence);
    }
    let start = Instant::now();
    settle(&mut equivalence, session).await;
    let took = start.elapsed();
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for pair in &pairs {
        let verdict = pair.verdict(&mut equivalence);
        let word = match (&verdict, pair.variant.as_str()) {
            (Verdict::Same, "near-miss" | "as-written" | "restored" | "rephrased") => "same",
            (Verdict::Equivalent(_), _) => "equivalent",
            (Verdict::Different(hint), _) => {
                if hint.is_none() || pair.variant != "near-miss" {
                    println!(
                        "{}: {} | {} | {verdict:?}",
                        pair.id, pair.handwritten, pair.stored_qualified
                    );
                }
                "different"
            }
            _ => {
                println!(
                    "{}: {} | {} | {verdict:?}",
                    pair.id, pair.handwritten, pair.stored_qualified
                );
                "undecided"
            }
        };
        *counts.entry((&pair.variant, word)).or_default() += 1;
        if std::env::var_os("SCHEMAVET_TEST_SHOW").is_some() && word != "same" {
            println!("{} | {} | {verdict:?}", pair.handwritten, pair.stored_qualified);
        }
    }
    let sent = equivalence.statements();
    println!("PostgreSQL {}: {counts:?}, {sent} statements, {took:?}", server.cluster.version());
    let count = |variant, word| counts.get(&(variant, word)).copied().unwrap_or(0);
    let all = |variant: &str| pairs.iter().filter(|pair| pair.variant == variant).count();
    assert!(pairs.len() >= 685, "{} pairs", pairs.len());
    assert_eq!(count("near-miss", "different"), all("near-miss"));
    assert_eq!(count("as-written", "same"), all("as-written"));
    assert_eq!(count("restored", "same"), all("restored"));
    assert!(count("rephrased", "same") + count("rephrased", "equivalent") >= all("rephrased") - 6);
    assert!(sent <= 20, "{sent} statements");

    // What is known is not asked again, and a second session asks nothing at all.
    assert!(!equivalence.has_questions());
    settle(&mut equivalence, session).await;
    assert_eq!(equivalence.statements(), sent);
    Ok(())
}
