//! What many findings say alike is said once.

use indexmap::IndexMap;

use crate::finding::{Change, Finding, Rule};

/// From how many objects on. What is true of a few is easier to find at each of them.
const MANY: usize = 5;

/// For each finding the others that it stands for; `None` where another one stands for it.
pub(super) fn stand_for(findings: &[Finding]) -> Vec<Option<Vec<&Finding>>> {
    let mut alike: IndexMap<Said<'_>, Vec<usize>> = IndexMap::new();
    for (at, finding) in findings.iter().enumerate() {
        if let Some(said) = Said::by(finding) {
            alike.entry(said).or_default().push(at);
        }
    }
    let mut stand_for = vec![Some(Vec::new()); findings.len()];
    for (said, group) in &alike {
        let many = if said.change.is_some() { MANY } else { 2 };
        let Some((first, others)) = group.split_first().filter(|_| group.len() >= many) else {
            continue;
        };
        for at in others {
            stand_for[*at] = None;
        }
        stand_for[*first] = Some(others.iter().map(|at| &findings[*at]).collect());
    }
    stand_for
}

/// What a finding says, whatever object of a schema it says it of.
#[derive(PartialEq, Eq, Hash)]
struct Said<'f> {
    rule: Rule,
    /// The way from that object to the one that it is about.
    below: &'f [String],
    /// None where the server cannot tell: of one object no more than of another.
    change: Option<&'f Change>,
}

impl<'f> Said<'f> {
    fn by(finding: &'f Finding) -> Option<Self> {
        let rule = finding.rule;
        let below = finding.path.below_owner();
        match &finding.change {
            Change::Unknown { .. } => Some(Self { rule, below: &[], change: None }),
            // Each has a name of its own.
            Change::Missing { .. } | Change::Unexpected { .. } | Change::Forbidden { .. }
                if below.is_empty() =>
            {
                None
            }
            change => Some(Self { rule, below, change: Some(change) }),
        }
    }
}
