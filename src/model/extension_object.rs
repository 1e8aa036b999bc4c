//! What was put on the tables of an extension.

use super::trigger::Enabled;
use super::{Expect, Special, object};
use crate::value::Definition;

object! {
    /// A trigger, policy, rule or index on a table that belongs to an extension, whether somebody put it there or the
    /// extension did: the server does not remember. Its key is the object as the server names it: `trigger t on cron.job`,
    /// `index public.spatial_ref_sys_srtext_idx`.
    pub struct ExtensionObject: "extension_object" {
        /// What it is, as the server writes it.
        definition: Expect<Definition>,
        /// In which sessions a trigger or rule fires: `origin` (as usual), `replica`, `always` or `disabled`.
        enabled: Expect<Enabled> = Enabled::Origin,
    }
}

impl Special for ExtensionObject {
    fn from_short(text: &str) -> Result<Self, String> {
        Ok(Self { definition: Expect::Is(text.parse()?), ..super::Object::plain() })
    }

    fn short(&self) -> Option<String> {
        self.definition.said().map(ToString::to_string)
    }
}
