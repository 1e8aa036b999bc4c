//! How verdicts on parts make one on the whole.

use std::collections::BTreeSet;

use super::Verdict;

impl Verdict {
    /// `Same` or `Different`.
    pub fn of(same: bool) -> Self {
        if same { Self::Same } else { Self::Different(None) }
    }

    /// How much it weighs beside others.
    pub fn weight(&self) -> u8 {
        match self {
            Self::Same => 0,
            Self::Equivalent(_) => 1,
            Self::Unknown => 2,
            Self::Undecided(_) => 3,
            Self::Different(_) => 4,
            Self::Invalid(_) => 5,
        }
    }

    /// The verdict on two lists whose order and repetitions do not matter: each text has to be in the other list, maybe in
    /// another spelling, which `same` is asked about.
    pub fn of_any_order(
        expected: &BTreeSet<String>,
        actual: &BTreeSet<String>,
        mut same: impl FnMut(&str, &str) -> Self,
    ) -> Self {
        let (missing, unexpected) = (expected - actual, actual - expected);
        // What is there in the same spelling is only looked at where nothing else is left.
        let left_of_expected = if missing.is_empty() { expected } else { &missing };
        let left_of_actual = if unexpected.is_empty() { actual } else { &unexpected };
        let mut verdicts = Vec::with_capacity(missing.len() + unexpected.len());
        for one in &missing {
            let found = left_of_actual.iter().map(|other| same(one, other));
            verdicts.push(found.min_by_key(Self::weight));
        }
        for other in &unexpected {
            let found = left_of_expected.iter().map(|one| same(one, other));
            verdicts.push(found.min_by_key(Self::weight));
        }
        Self::all(verdicts.into_iter().map(|best| best.unwrap_or(Self::Different(None))))
    }

    /// The verdict on a whole whose parts have these verdicts: the first of the heaviest.
    pub fn all(verdicts: impl IntoIterator<Item = Self>) -> Self {
        verdicts.into_iter().fold(Self::Same, |heaviest, next| {
            if next.weight() > heaviest.weight() { next } else { heaviest }
        })
    }
}
