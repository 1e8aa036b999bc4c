//! Fields of a kind by their place in its declaration: names are compared once, and mostly by the compiler.

use super::Object;

/// A set of fields of one kind, a bit for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fields(u64);

impl Fields {
    /// No field.
    pub(super) const NONE: Self = Self(0);
    /// Every field.
    pub const ALL: Self = Self(u64::MAX);

    /// The fields of a kind that have one of these names.
    pub fn of<T: Object>(names: &[&str]) -> Self {
        Self::named(T::FIELD_NAMES, names)
    }

    /// Those of `all` that have one of these names.
    pub(super) const fn named(all: &[&str], names: &[&str]) -> Self {
        assert!(
            all.len() <= u64::BITS as usize,
            "a kind has more fields than a set of them can hold"
        );
        let (mut fields, mut at) = (0, 0);
        while at < names.len() {
            if let Some(field) = position(all, names[at]) {
                fields |= 1 << field;
            }
            at += 1;
        }
        Self(fields)
    }

    /// These and others.
    #[must_use]
    pub(super) const fn and(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    /// These but for others.
    #[must_use]
    pub(super) const fn without(self, others: Self) -> Self {
        Self(self.0 & !others.0)
    }

    /// Those of these that others have, too.
    #[must_use]
    pub(super) const fn in_common(self, others: Self) -> Self {
        Self(self.0 & others.0)
    }

    /// These and the field at this place.
    #[must_use]
    pub(super) const fn with(self, field: usize) -> Self {
        Self(self.0 | 1 << field)
    }

    /// Whether it has any field that `others` has.
    pub(super) const fn meets(self, others: Self) -> bool {
        self.0 & others.0 != 0
    }

    /// Whether the field at this place is among them.
    pub(super) const fn has(self, field: usize) -> bool {
        self.0 & (1 << field) != 0
    }
}

/// Where in `all` a name stands.
pub(super) const fn position(all: &[&str], name: &str) -> Option<usize> {
    let mut at = 0;
    while at < all.len() {
        if is_same(all[at].as_bytes(), name.as_bytes()) {
            return Some(at);
        }
        at += 1;
    }
    None
}

/// As `==`, for the compiler too.
const fn is_same(one: &[u8], other: &[u8]) -> bool {
    let mut same = one.len() == other.len();
    let mut at = 0;
    while same && at < one.len() {
        same = one[at] == other[at];
        at += 1;
    }
    same
}
