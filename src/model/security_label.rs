//! Security labels.

use super::identity::{has_kind, is_identity};
use super::{Expect, Meaning, Special, object};

object! {
    /// What a security provider is told about an object, those of roles apart, which have them themselves. Its key is the
    /// provider, and the kind and the name of the object: `anon on column public.people.email`, `selinux on database`.
    pub struct SecurityLabel: "security_label" {
        /// The label.
        label: Expect<String>,
    }
}

impl Special for SecurityLabel {
    fn check_key(key: &str) -> Result<(), String> {
        match key.split_once(" on ") {
            Some((_, object)) => has_kind(object),
            None => {
                Err(format!("`{key}` lacks the object, as in anon on column public.people.email"))
            }
        }
    }

    fn is_named(written: &str, actual: &str, _schema: &str, names: &Meaning<'_>) -> bool {
        match (written.split_once(" on "), actual.split_once(" on ")) {
            (Some((provider, written)), Some((other, actual))) => {
                provider == other && is_identity(written, actual, names)
            }
            _ => false,
        }
    }

    fn from_short(text: &str) -> Result<Self, String> {
        Ok(Self { label: Expect::Is(text.to_owned()) })
    }

    fn short(&self) -> Option<String> {
        self.label.said().cloned()
    }
}
