//! What the benches share: generated schemas, processes that are measured, tables that are printed.
#![allow(dead_code, reason = "each bench leaves other parts of this unused")]

pub(crate) mod generator;
pub(crate) mod measure;

/// The outcome of a bench.
pub(crate) type Outcome<T = ()> = Result<T, Box<dyn std::error::Error>>;

/// The middle one.
pub(crate) fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}

/// A table in Markdown.
pub(crate) fn table(head: &[&str], rows: &[Vec<String>]) -> String {
    let line = |cells: &mut dyn Iterator<Item = String>| {
        format!("| {} |\n", cells.collect::<Vec<_>>().join(" | "))
    };
    let mut text = line(&mut head.iter().map(ToString::to_string));
    text += &line(
        &mut head.iter().enumerate().map(
            |(at, _)| {
                if at == 0 { "---".to_owned() } else { "--:".to_owned() }
            },
        ),
    );
    for row in rows {
        text += &line(&mut row.iter().cloned());
    }
    text
}
