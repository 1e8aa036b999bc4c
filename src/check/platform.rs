//! What users hung on the objects of a platform that the spec does not speak of.

use std::cell::RefCell;

use crate::finding::{Change, Finding, Path, Rule};
use crate::model::{Database, Found, Object};
use crate::spec::Platform;

/// A finding for each object that is in the one that `finding` calls unexpected and is not the platform's own.
pub(super) fn users_own(
    platform: &Platform,
    database: &Database,
    finding: &Finding,
) -> Vec<Finding> {
    let path = &finding.path;
    let found = database.find(&path.0, Within { platform, path });
    let unexpected = |(kind, own): (&'static str, Path)| Finding {
        rule: Rule { kind, aspect: "unexpected" },
        spec_path: Path([&finding.spec_path.0[..], &own.0[path.0.len()..]].concat()),
        change: Change::Unexpected { actual: database.find(&own.0, Shown).flatten(), hint: None },
        path: own,
        ..finding.clone()
    };
    found.into_iter().flatten().map(unexpected).collect()
}

/// Collects the users' own objects in another one.
struct Within<'a> {
    platform: &'a Platform,
    path: &'a Path,
}

impl Found for Within<'_> {
    type Out = Vec<(&'static str, Path)>;

    fn object<T: Object>(self, object: &T) -> Self::Out {
        let own = RefCell::new(Vec::<(&'static str, Path)>::new());
        let look = |kind: &'static str, path: &Path| {
            let mut own = own.borrow_mut();
            let is_in_one = |(_, above): &(&str, Path)| path.0.starts_with(&above.0);
            if !self.platform.owns(kind, path) && !own.iter().any(is_in_one) {
                own.push((kind, path.clone()));
            }
            false
        };
        object.clone().prune(&mut self.path.clone(), &look);
        own.into_inner()
    }
}

/// What a finding shows of an object.
struct Shown;

impl Found for Shown {
    type Out = Option<String>;

    fn object<T: Object>(self, object: &T) -> Option<String> {
        object.in_a_finding()
    }
}
