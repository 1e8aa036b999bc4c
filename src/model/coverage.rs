//! What is read, of which servers, and what is not, and why.

use super::Kind;
use super::object::Attribute;

/// The oldest major version of PostgreSQL that is supported.
pub const OLDEST: u32 = 13;

/// The newest major version that the tests run against.
pub const NEWEST: u32 = 18;

impl Attribute {
    /// The major version from which on servers know it, as its documentation says: `(PostgreSQL 15)`.
    pub fn since(&self) -> u32 {
        let stated = self.doc.split_once("(PostgreSQL ").and_then(|(_, rest)| rest.split_once(')'));
        stated.and_then(|(number, _)| number.parse().ok()).unwrap_or(OLDEST)
    }
}

/// Whether a server of this version, such as 150018, has nothing in the place of an attribute: it has no names of not-null
/// constraints before 18. Of everything else that is new, an older server has what is usual.
pub(crate) fn is_nowhere(kind: &str, attribute: &str, version: u32) -> bool {
    let known = Kind::named(kind).map_or(&[][..], |kind| kind.attributes);
    attribute == "not_null_constraint"
        && known.iter().any(|one| one.name == attribute && one.since() > version / 10_000)
}

/// Why nothing is said of these but how many there are, as part of a sentence.
pub const NOT_READ: &str = "schemavet does not read it (docs/coverage.md says why)";

/// What every report counts where there is any, and does not compare; each as `not_modelled.sql` names it, and why.
pub const COUNTED: &[(&str, &str)] = &[
    ("large object", "it is data; no more than 10,000 are looked at"),
    ("granted large object", "it is data; no more than 10,000 are looked at"),
    (
        "shell operator",
        "it has no function and holds the place of a commutator or negator; pg_dump leaves it out too",
    ),
    (
        "built-in operator family member",
        "the family that it was added to is PostgreSQL's own and is not read",
    ),
    (
        "object in pg_catalog",
        "that schema is PostgreSQL's own and is not read; functions, operators and types there are looked for, and pg_dump leaves them out too",
    ),
    (
        "object in information_schema",
        "that schema is PostgreSQL's own and is not read; tables, views, sequences, functions and types there are looked for",
    ),
];

/// What is neither compared nor counted, and why.
pub const LEFT_OUT: &[(&str, &str)] = &[
    ("rows, statistics, and whether a materialized view has been filled", "they are data"),
    (
        "passwords in any form, and the connection strings of subscriptions",
        "they must not show up in a spec or a report",
    ),
    (
        "what initdb made, and what belongs to an extension",
        "the server's version and the extension say what that is",
    ),
    (
        "foreign keys that a partition has from the table above it, unless they are valid or checked otherwise than there",
        "the table above has them",
    ),
    ("privileges in the schema information_schema", "pg_dump leaves them out too"),
    (
        "privileges and comments of the types of rows and arrays, comments on the rule `_RETURN` of a view and on the constraint of a constraint trigger, the owner of an extension",
        "pg_dump leaves them out too",
    ),
    (
        "the versions of collations that a database remembers, settings of all roles in all databases",
        "they belong to the server and its libraries",
    ),
    (
        "how often a column or constraint is inherited, beyond whether it is and whether the table has it itself",
        "the table above says so; only a catalog that was changed by hand says otherwise",
    ),
    (
        "privileges on the parts of an identity's sequence, such as `last_value`",
        "they say nothing of its column; those on the whole sequence are read",
    ),
    (
        "privileges that nobody but `public` and PostgreSQL's own roles have on a system column, such as `ctid`",
        "to find them, every column would have to be looked at",
    ),
    (
        "the functions that come with a range type, the owner and the privileges of a multirange type",
        "the range type says that they are there",
    ),
    (
        "columns, constraints, defaults and row security that somebody added to a table of an extension",
        "the server does not say who made them; triggers, policies, rules, indexes and privileges there are read",
    ),
    (
        "members that were added to an operator family of an extension, user mappings of a server that belongs to an extension",
        "the family and the server are the extension's",
    ),
    (
        "whether a function or operator that something refers to without a schema is PostgreSQL's or one of the same name in its own schema",
        "a spec writes both alike",
    ),
    (
        "tablespaces, replication slots and settings of the server",
        "they belong to the server, not to a database",
    ),
];

#[cfg(test)]
mod tests {
    use super::is_nowhere;

    #[test]
    fn an_older_server_has_no_names_of_not_null_constraints() {
        for (kind, attribute, version, expected) in [
            ("column", "not_null_constraint", 150_018, true),
            ("column", "not_null_constraint", 180_004, false),
            ("domain", "not_null_constraint", 160_000, true),
            ("domain", "not_null_constraint", 170_000, false),
            ("column", "compression", 130_000, false),
        ] {
            assert_eq!(is_nowhere(kind, attribute, version), expected, "{kind} {attribute}");
        }
    }
}
