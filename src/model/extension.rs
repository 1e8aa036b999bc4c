//! Extensions. What belongs to one is left out everywhere else.

use super::identity::Identities;
use super::pattern::is_pattern;
use super::{
    ChangedPrivileges, Children, Database, Entry, Expect, ExtensionObject, Field, Special, Walk,
    object,
};

object! {
    /// An installed extension.
    pub struct Extension: "extension" {
        /// Its installed version.
        version: Expect<String>,
        /// The schema that holds its objects.
        schema: Expect<String>,
        /// Its comment.
        comment: Expect<Option<String>>,
        /// What is dropped with it though it is none of its own (`ALTER … DEPENDS ON EXTENSION`), each by its kind and
        /// name, in any order: `index public.titles_trgm_idx`.
        dependents: Expect<Identities> = Identities::default(),
        /// What was put on its tables: triggers, policies, rules and indexes, its own among them.
        objects: Children<ExtensionObject> = (),
        /// Privileges on what belongs to it, where they are not those that it came with.
        changed_privileges: Children<ChangedPrivileges> = (),
    }
}

impl Extension {
    /// Leaves unsaid what a stub, which has no version, cannot tell.
    pub fn unsay_what_a_stub_hides(&mut self) {
        if self.version.said().is_none() {
            self.objects = Children::Unsaid;
            self.changed_privileges = Children::Unsaid;
        }
    }

    /// Takes whatever there may be for right where it could not be told.
    pub(super) fn leave_open_what_is_unsaid(&mut self) {
        if self.objects.is_unsaid() {
            self.objects = Children::whatever();
        }
        if self.changed_privileges.is_unsaid() {
            self.changed_privileges = Children::whatever();
        }
    }
}

impl Database {
    /// An extension that a stored snapshot names and says nothing of is there.
    pub fn name_extensions(&mut self) {
        for (key, entry) in self.extensions.entries_mut().into_iter().flatten() {
            if matches!(entry, Entry::Exists) && !is_pattern(key) {
                *entry = Entry::Body(Extension::default().into());
            }
        }
    }
}

impl Special for Extension {
    const IN_EVERY_NEW_DATABASE: Option<&'static str> = Some("plpgsql");

    fn goes_without_saying(&self, name: &str, _walk: &Walk<'_>) -> bool {
        Self::IN_EVERY_NEW_DATABASE == Some(name)
    }
}
