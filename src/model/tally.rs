//! What a comparison counts.

/// How many objects of one kind were compared, and how that went.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Objects that the spec names, or describes by a shape.
    pub expected: usize,
    /// Of those, how many are as expected.
    pub matched: usize,
    /// Of those, how many are not there.
    pub missing: usize,
    /// Objects that are there and should not be.
    pub unexpected: usize,
    /// Objects that are there and differ.
    pub different: usize,
    /// Objects that are there and about which the spec has no opinion.
    pub no_opinion: usize,
}

impl Tally {
    /// Adds what was counted elsewhere.
    pub(super) fn add(&mut self, other: Self) {
        let Self { expected, matched, missing, unexpected, different, no_opinion } = other;
        self.expected += expected;
        self.matched += matched;
        self.missing += missing;
        self.unexpected += unexpected;
        self.different += different;
        self.no_opinion += no_opinion;
    }
}
