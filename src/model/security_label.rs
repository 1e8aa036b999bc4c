//! Security labels.

use super::{Expect, Special, object};

object! {
    /// What a security provider is told about an object, those of roles apart, which have them themselves. Its key is the
    /// provider and the object as the server names it: `anon on table column public.people.email`, `selinux on database`.
    pub struct SecurityLabel: "security_label" {
        /// The label.
        label: Expect<String>,
    }
}

impl Special for SecurityLabel {
    fn from_short(text: &str) -> Result<Self, String> {
        Ok(Self { label: Expect::Is(text.to_owned()) })
    }

    fn short(&self) -> Option<String> {
        self.label.said().cloned()
    }
}
