//! Users of a unix system, from its user list. Not for networks' directories: who is not in the list
//! is not found.

use std::fs;

/// A user of the operating system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct User {
    /// Login name.
    pub(crate) name: String,
    /// Number of the user.
    pub(crate) uid: u32,
    /// Number of the user's first group.
    pub(crate) gid: u32,
}

impl User {
    /// The user that runs this process.
    pub(crate) fn current() -> Option<Self> {
        let uid = rustix::process::geteuid().as_raw();
        find(&list(), |user| user.uid == uid)
    }

    /// The user of that name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        find(&list(), |user| user.name == name)
    }
}

/// Whether this process may do everything.
pub(crate) fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

fn list() -> String {
    fs::read("/etc/passwd")
        .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
        .unwrap_or_default()
}

fn find(list: &str, wanted: impl Fn(&User) -> bool) -> Option<User> {
    list.lines().find_map(|line| {
        let mut fields = line.split(':');
        let name = fields.next()?.to_owned();
        let uid = fields.nth(1)?.parse().ok()?;
        let gid = fields.next()?.parse().ok()?;
        Some(User { name, uid, gid }).filter(|user| wanted(user))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_list_is_read() {
        let list = "# comment\nroot:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65533::/:/bin/false\n";
        let user = find(list, |user| user.name == "nobody").expect("found");
        assert_eq!((user.uid, user.gid), (65534, 65533));
        assert_eq!(find(list, |user| user.uid == 7), None);
    }
}
