//! Random changes of one expression: found where what the server stores changes, and only there.

use std::fmt::Write as _;

use schemavet::check::{self, Report};
use schemavet::equivalence::Equivalence;
use schemavet::finding::Change;
use schemavet::source::connection::Connection;
use schemavet::source::{self, ServerAnalysis};
use schemavet::spec::Spec;

use super::common::{self, Outcome};
use super::positions::POSITIONS;
use super::random::{Maker, Random};

const SCHEMA: &str = "create table accounts (id int, age int, lvl int, kind text, email text);
    create function touch() returns trigger language plpgsql as $$ begin return new; end $$;\n";

/// Rows to evaluate expressions on.
const SAMPLES: &str = "create table samples (like accounts);
    insert into samples select n, nullif(n % 7, 3) * 15, nullif(n % 5, 2) * 20, 'v' || nullif(n % 91, 4),
      nullif('v' || n * 3 % 90, 'v60') from generate_series(1, 300) as n;";

const SEEDS: u64 = 8;
const CHANGES: usize = 6;

async fn check(
    spec: &str,
    connection: &mut Connection,
    reading: &source::Reading,
) -> Outcome<Report> {
    let spec = Spec::parse(vec![("spec.yaml".to_owned(), spec.to_owned())])?;
    let settle = async |equivalence: &mut Equivalence| {
        equivalence.settle(&mut ServerAnalysis::new(connection)).await;
        Ok(())
    };
    Ok(check::check(&spec, reading, common::CHECK, settle).await?)
}

#[tokio::test]
async fn what_changes_is_found_and_what_does_not_is_not() -> Outcome {
    let first: u64 = std::env::var("SCHEMAVET_TEST_SEED").map_or(Ok(1), |seed| seed.parse())?;
    let (mut same, mut changed, mut equivalent) = (0, 0, 0);
    for seed in first..first + SEEDS {
        let mut random = Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        let mut schema = SCHEMA.to_owned();
        let mut exprs = Vec::new();
        for position in POSITIONS {
            let mut maker = Maker { random, place: position.place };
            let expr = if position.boolean { maker.boolean(2) } else { maker.number(2) };
            let text = maker.spell(&expr);
            writeln!(
                schema,
                "{};",
                position.create.replace('@', position.name()).replace("{}", &text)
            )?;
            exprs.push((expr, text));
            random = maker.random;
        }
        let name = common::database(&schema).await?;
        let scratch = common::connect(&common::copy(&name).await?).await?;
        scratch.client.batch_execute(SAMPLES).await?;
        let mut connection = common::connect(&name).await?;
        let reading = source::read(&connection).await?;
        for (position, (expr, text)) in POSITIONS.iter().zip(&exprs) {
            for number in 0..CHANGES {
                let mut maker = Maker { random, place: position.place };
                let mut other = expr.clone();
                // Every other one is only spelled anew.
                if number % 2 == 1 {
                    let at = maker.random.below(8);
                    if !maker.change(&mut other, &mut { at }) {
                        maker.change(&mut other, &mut 0);
                    }
                }
                let written = maker.spell(&other);
                random = maker.random;
                let case = format!("seed {seed}, {}:\n  {text}\n  {written}", position.rule);
                let report = check(&position.spec(&written), &mut connection, &reading).await?;
                let found: Vec<_> = report.findings.iter().collect();
                let judged = (
                    position.judge(&scratch, text).await,
                    position.judge(&scratch, &written).await,
                );
                let (Ok(before), Ok(after)) = &judged else {
                    return Err(format!("{case}: {judged:?}").into());
                };
                if before == after {
                    assert!(found.is_empty(), "{case}\n{}", common::details(&report));
                    same += 1;
                    continue;
                }
                let expected = format!("{} public.{}", position.rule, position.object);
                assert_eq!(common::names(&report), [expected], "{case}\n{before}\n{after}");
                match &found[0].change {
                    Change::Differs { .. } => changed += 1,
                    Change::Equivalent { .. } => {
                        assert_ne!(position.rule, "index.keys", "{case}");
                        if position.rule != "view.definition" {
                            let rows = position.difference(&scratch, text, &written).await;
                            assert_eq!(rows, 0, "{case}");
                        }
                        equivalent += 1;
                    }
                    other => return Err(format!("{case}: {other:?}").into()),
                }
            }
        }
    }
    println!("{same} same, {changed} different, {equivalent} equivalent");
    assert!(same > 100 && changed > 100 && equivalent > 0, "the cases are one-sided");
    Ok(())
}
