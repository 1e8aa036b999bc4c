//! How a table is partitioned, and which part of another one a partition is.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::fmt;
use std::iter::zip;
use std::str::FromStr;

use super::bound_value::{Key, plain_values, same_value};
use super::index_key::IndexKey;
use super::{Value, Walk};
use crate::equivalence::Verdict;
use crate::sql::{Cursor, split_list};
use crate::value::{Home, Name, serde_by_text};

/// `RANGE (created_at)`, `LIST (lower(country))`, `HASH (id)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartitionKey {
    strategy: String,
    /// Columns or expressions, with collation and operator class where they are not as usual.
    keys: Vec<IndexKey>,
}

serde_by_text!(PartitionKey, "a partition key, such as range (created_at)");

impl PartitionKey {
    /// That by which its keys are told apart.
    pub(super) fn access_method(&self) -> &'static str {
        if self.strategy == "hash" { "hash" } else { "btree" }
    }

    /// The columns or expressions alone, as SQL.
    pub fn subjects(&self) -> Vec<String> {
        self.keys.iter().map(IndexKey::subject_text).collect()
    }
}

impl FromStr for PartitionKey {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut cursor = Cursor::new(text)?;
        cursor.take("partition by");
        let strategy = cursor.word("range, list or hash")?;
        if !["range", "list", "hash"].contains(&strategy.as_str()) {
            return Err(format!("`{strategy}` is none of range, list, hash"));
        }
        let keys = IndexKey::list(cursor.group("keys")?)?;
        cursor.finish()?;
        Ok(Self { strategy, keys })
    }
}

impl fmt::Display for PartitionKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.strategy, IndexKey::join(&self.keys))
    }
}

impl Value for PartitionKey {
    const HOLDS_SQL: bool = true;

    fn agrees(&self, actual: &Self, walk: &mut Walk<'_>) -> Verdict {
        match Verdict::of(self.strategy == actual.strategy) {
            Verdict::Same => self.keys.agrees(&actual.keys, walk),
            other => other,
        }
    }

    fn show(&self) -> String {
        self.to_string()
    }
}

/// `measurements for values from ('2024-01-01') to ('2025-01-01')`, `orders for values in ('de', 'at')`,
/// `items for values with (modulus 4, remainder 0)`, `measurements default`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartitionOf {
    parent: Name,
    bound: Bound,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Bound {
    Default,
    /// One value for each key, or `MINVALUE`, `MAXVALUE`.
    Range(Vec<String>, Vec<String>),
    List(Vec<String>),
    /// Modulus and remainder.
    Hash(i64, i64),
}

serde_by_text!(PartitionOf, "a table and the values of the partition");

impl FromStr for PartitionOf {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut cursor = Cursor::new(text)?;
        cursor.take("partition of");
        let parent = Name::read(&mut cursor)?;
        let values = |text: &str| {
            split_list(text).map(|items| items.into_iter().map(str::to_owned).collect::<Vec<_>>())
        };
        let bound = if cursor.take("default") {
            Bound::Default
        } else {
            cursor.expect("for values")?;
            if cursor.take("from") {
                let from = values(cursor.group("values")?)?;
                cursor.expect("to")?;
                Bound::Range(from, values(cursor.group("values")?)?)
            } else if cursor.take("in") {
                Bound::List(values(cursor.group("values")?)?)
            } else {
                cursor.expect("with")?;
                let mut inner = Cursor::new(cursor.group("modulus and remainder")?)?;
                let (mut modulus, mut remainder) = (None, None);
                while modulus.is_none() || remainder.is_none() {
                    let part = if inner.take("remainder") {
                        &mut remainder
                    } else {
                        inner.expect("modulus")?;
                        &mut modulus
                    };
                    *part = Some(inner.number()?);
                    inner.take_symbol(",");
                }
                inner.finish()?;
                Bound::Hash(modulus.unwrap_or_default(), remainder.unwrap_or_default())
            }
        };
        cursor.finish()?;
        Ok(Self { parent, bound })
    }
}

impl fmt::Display for PartitionOf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ", self.parent)?;
        match &self.bound {
            Bound::Default => f.write_str("default"),
            Bound::Range(from, to) => {
                write!(f, "for values from ({}) to ({})", from.join(", "), to.join(", "))
            }
            Bound::List(values) => write!(f, "for values in ({})", values.join(", ")),
            Bound::Hash(modulus, remainder) => {
                write!(f, "for values with (modulus {modulus}, remainder {remainder})")
            }
        }
    }
}

impl PartitionOf {
    /// The table that it is a partition of.
    pub fn parent(&self) -> &Name {
        &self.parent
    }
}

/// What the bounds of all partitions of one table, which is partitioned by `keys`, leave out between them, in words.
pub(super) fn gap(partitions: &[&PartitionOf], keys: &[Key<'_>]) -> Option<String> {
    let moduli = partitions.iter().filter_map(|of| match of.bound {
        Bound::Hash(modulus, _) => u64::try_from(modulus).ok(),
        _ => None,
    });
    let moduli: Vec<u64> = moduli.collect();
    if let Some(most) = moduli.iter().copied().max() {
        // Every modulus divides the next larger one.
        let covered: u64 = moduli.iter().map(|modulus| most / modulus.max(&1)).sum();
        let lacking = most.saturating_sub(covered);
        return (lacking > 0)
            .then(|| format!("{lacking} of {most} remainders without a partition"));
    }
    let ranges = partitions.iter().filter_map(|of| match &of.bound {
        Bound::Range(from, to) => Some((from, to)),
        _ => None,
    });
    let (starts, ends): (Vec<_>, Vec<_>) = ranges.unzip();
    // Partitions do not overlap, so that one which does not start where another ends starts the table, or ends a gap.
    let without = |these: &[&Vec<String>], those: &[&Vec<String>]| {
        let those: BTreeSet<&Vec<String>> = those.iter().copied().collect();
        let left = these.iter().filter(|value| !those.contains(*value));
        let mut left: Vec<Vec<String>> = left.map(|value| (*value).clone()).collect();
        left.sort_by(|a, b| in_order(a, b));
        left
    };
    let (starts, ends) = (without(&starts, &ends), without(&ends, &starts));
    let gaps: Vec<String> = zip(&ends, starts.iter().skip(1))
        .filter(|(end, start)| !is_same(end, start, keys))
        .map(|(end, start)| format!("from ({}) to ({})", end.join(", "), start.join(", ")))
        .collect();
    let has_default = partitions.iter().any(|of| of.bound == Bound::Default);
    let but = if has_default { " but the default one" } else { "" };
    (!gaps.is_empty()).then(|| format!("no partition{but} for values {}", gaps.join(", ")))
}

/// Whether two bounds are one: `1` is `1.0`, where they are numbers.
fn is_same(one: &[String], other: &[String], keys: &[Key<'_>]) -> bool {
    let values = zip(one, other).enumerate();
    let mut values = values.map(|(at, (one, other))| {
        one == other || keys.get(at).is_some_and(|key| key.has_one_value_for(one, other))
    });
    one.len() == other.len() && values.all(|is_same| is_same)
}

/// Values as numbers where they are such, as text otherwise, which orders dates and times too.
fn in_order(a: &[String], b: &[String]) -> Ordering {
    let number = |text: &str| text.trim_matches('\'').parse::<f64>().ok();
    let compare = |a: &String, b: &String| match (number(a), number(b)) {
        (Some(a), Some(b)) => a.total_cmp(&b),
        _ if a == b => Ordering::Equal,
        _ if a == "MINVALUE" || b == "MAXVALUE" => Ordering::Less,
        _ if a == "MAXVALUE" || b == "MINVALUE" => Ordering::Greater,
        _ => a.cmp(b),
    };
    let compared = a.iter().zip(b).map(|(a, b)| compare(a, b));
    compared.fold(Ordering::Equal, Ordering::then)
}

impl Value for PartitionOf {
    const HOLDS_SQL: bool = true;

    fn agrees(&self, actual: &Self, walk: &mut Walk<'_>) -> Verdict {
        let mut verdicts = vec![self.parent.agrees(&actual.parent, walk)];
        let keys = Key::all_of(&actual.parent, walk);
        match (&self.bound, &actual.bound) {
            (Bound::Range(from, to), Bound::Range(actual_from, actual_to)) => {
                for (expected, actual) in [(from, actual_from), (to, actual_to)] {
                    verdicts.push(Verdict::of(expected.len() == actual.len()));
                    for (i, (expected, actual)) in expected.iter().zip(actual).enumerate() {
                        verdicts.push(same_value(keys.get(i), expected, actual, walk));
                    }
                }
            }
            (Bound::List(expected), Bound::List(actual)) => {
                let [expected, actual] = [expected, actual].map(|values| plain_values(values));
                verdicts.push(Verdict::of_any_order(&expected, &actual, |expected, actual| {
                    same_value(keys.first(), expected, actual, walk)
                }));
            }
            (expected, actual) => verdicts.push(Verdict::of(expected == actual)),
        }
        Verdict::all(verdicts)
    }

    fn show(&self) -> String {
        self.to_string()
    }

    fn relative_to(&mut self, home: &Home<'_>) {
        self.parent.relative_to(home);
    }
}
