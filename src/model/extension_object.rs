//! What was put on the tables of an extension.

use super::identity::{has_kind, is_identity};
use super::trigger::Enabled;
use super::{Expect, Meaning, Special, object};
use crate::value::Definition;

object! {
    /// A trigger, policy, rule or index on a table that belongs to an extension, whether somebody put it there or the
    /// extension did: the server does not remember. Its key is the kind and the name of the object: `trigger t on cron.job`,
    /// `index public.spatial_ref_sys_srtext_idx`.
    pub struct ExtensionObject: "extension_object" {
        /// What it is, as the server writes it.
        definition: Expect<Definition>,
        /// In which sessions a trigger or rule fires: `origin` (as usual), `replica`, `always` or `disabled`.
        enabled: Expect<Enabled> = Enabled::Origin,
    }
}

impl Special for ExtensionObject {
    fn check_key(key: &str) -> Result<(), String> {
        has_kind(key)
    }

    fn is_named(written: &str, actual: &str, _schema: &str, names: &Meaning<'_>) -> bool {
        is_identity(written, actual, names)
    }

    fn from_short(text: &str) -> Result<Self, String> {
        Ok(Self { definition: Expect::Is(text.parse()?), ..super::Object::plain() })
    }

    fn short(&self) -> Option<String> {
        self.definition.said().map(ToString::to_string)
    }
}
