//! What of the words of a command can be told from those of another one, though a server prints them otherwise.

use std::collections::BTreeSet;

use super::{is_qualifier, word};
use crate::sql::{self, Kind, Token};
use crate::value::{BUILT_IN_TYPES, DataType, TYPE_ALIASES};

/// Whether the written command has something that a server would print as it is, and the stored one has it not: a name, a
/// comparison, a whole number or a plain text.
pub(super) fn tells_them_apart(written: &[Token<'_>], stored: &[Token<'_>]) -> bool {
    let stored_words: BTreeSet<String> = stored.iter().map(word).collect();
    let is_constant = |token: &&Token<'_>| matches!(token.kind, Kind::String | Kind::Number);
    let constants: Vec<&str> = stored.iter().filter(is_constant).map(|token| token.text).collect();
    let is_in_a_constant = |text: &str| constants.iter().any(|constant| constant.contains(text));
    // A column's number behind `ORDER BY` is printed as what the column is.
    let may_be_of_a_column = written.iter().any(|token| token.is_word("by"));
    let is_told = written.iter().enumerate().any(|(at, token)| match token.kind {
        // `EXTRACT(year …)` and `extract('year' …)` are one: a name may have become a text, and a text a name.
        _ if is_name(written, at) => {
            let name = word(token);
            !stored_words.contains(&name) && !is_in_a_constant(&name)
        }
        Kind::Operator if COMPARISONS.contains(&token.text) => !stored_words.contains(token.text),
        Kind::Number if token.text.bytes().all(|byte| byte.is_ascii_digit()) => {
            !may_be_of_a_column && !is_in_a_constant(token.text.trim_start_matches('0'))
        }
        _ => false,
    });
    is_told || has_another_text(written, stored, &stored_words)
}

/// Whether the written command has more plain texts that are not in the stored one than can be there as something else.
fn has_another_text(
    written: &[Token<'_>],
    stored: &[Token<'_>],
    stored_words: &BTreeSet<String>,
) -> bool {
    let (here, there) = (texts(written), texts(stored));
    let is_there = |text: &str| {
        stored_words.contains(&sql::string(text).to_lowercase())
            || there.iter().any(|(_, stored)| may_be(text, stored))
    };
    let lacking = here.iter().filter(|(at, text)| is_plain_text(written, *at) && !is_there(text));
    let may_be_another = |(at, text): &&(usize, &str)| {
        !is_printed_as_written(stored, *at) && !here.iter().any(|(_, written)| written == text)
    };
    lacking.count() > there.iter().filter(may_be_another).count()
}

/// The text constants of a command, with their places.
fn texts<'t>(words: &[Token<'t>]) -> Vec<(usize, &'t str)> {
    let texts = words.iter().enumerate().filter(|(_, token)| token.kind == Kind::String);
    texts.map(|(at, token)| (at, token.text)).collect()
}

/// Whether the first of two constants may be printed as the second: a relation has its schema before it then.
fn may_be(written: &str, stored: &str) -> bool {
    let [written, stored] = [written, stored].map(sql::string);
    let (_, name) = stored.rsplit_once('.').unwrap_or_default();
    written == stored || written.to_lowercase() == sql::unquote(name)
}

/// The comparisons that are printed as they are; `=` may become `IN`.
const COMPARISONS: [&str; 5] = ["<", ">", "<=", ">=", "<>"];

/// Whether the word at this place is the name of something that is there under no other: no key word, type or schema, and
/// nothing that a command gives a name.
fn is_name(words: &[Token<'_>], at: usize) -> bool {
    let is_plain = |token: &Token<'_>| {
        token.is_name() && !(token.kind == Kind::Word && KEY_WORDS.contains(&&*word(token)))
    };
    let name = word(&words[at]);
    let is_type = BUILT_IN_TYPES.contains(&&*name)
        || TYPE_ALIASES.contains(&&*name)
        || words.get(at + 1).is_some_and(|next| next.kind == Kind::String);
    let is_given = at.checked_sub(1).is_some_and(|before| {
        let before = &words[before];
        before.is("::") || before.is_word("as") || before.is(")") || is_plain(before)
    });
    is_plain(&words[at]) && !is_type && !is_given && !is_qualifier(words, at)
}

/// Whether the constant at this place is of letters that no boolean is read from, and all of its text.
fn is_plain_text(words: &[Token<'_>], at: usize) -> bool {
    let text = sql::string(words[at].text).to_lowercase();
    let is = |beside: Option<&Token<'_>>, kinds: &[Kind]| {
        beside.is_some_and(|beside| kinds.contains(&beside.kind))
    };
    let may_be_a_boolean = BOOLEANS.iter().any(|word| word.starts_with(&*text));
    words[at].text.starts_with('\'')
        && !is(words[..at].last(), &[Kind::Word, Kind::String])
        && !is(words.get(at + 1), &[Kind::String])
        && text.chars().all(|letter| letter.is_alphabetic() || letter == '_')
        && !may_be_a_boolean
}

/// Words that booleans are read from, whole or cut off.
const BOOLEANS: [&str; 6] = ["true", "false", "yes", "no", "on", "off"];

/// Whether the text at this place of a stored command is of a type that prints it as it was written: one of PostgreSQL's own may
/// not.
fn is_printed_as_written(stored: &[Token<'_>], at: usize) -> bool {
    let [cast, data_type @ ..] = stored.get(at + 1..).unwrap_or_default() else { return true };
    let data_type = DataType::parse(data_type).ok().filter(|_| cast.is("::"));
    data_type.is_none_or(|(data_type, _)| {
        !data_type.built_in || AS_WRITTEN.iter().any(|name| data_type.is_built_in(name))
    })
}

/// Types of PostgreSQL's own that print letters as they were written, but for a schema before a name.
const AS_WRITTEN: [&str; 6] =
    ["bpchar", "character", "character varying", "json", "regclass", "text"];

/// Key words that may stand as names (`pg_get_keywords()`, 13 to 18).
#[rustfmt::skip]
const KEY_WORDS: &[&str] = &[
    "abort", "absent", "absolute", "access", "action", "add", "admin", "after", "aggregate",
    "also", "alter", "always", "asensitive", "assertion", "assignment", "at", "atomic", "attach",
    "attribute", "authorization", "backward", "before", "begin", "between", "bigint", "binary",
    "bit", "boolean", "breadth", "by", "cache", "call", "called", "cascade", "cascaded",
    "catalog", "chain", "char", "character", "characteristics", "checkpoint", "class", "close",
    "cluster", "coalesce", "collation", "columns", "comment", "comments", "commit", "committed",
    "compression", "concurrently", "conditional", "configuration", "conflict", "connection",
    "constraints", "content", "continue", "conversion", "copy", "cost", "cross", "csv", "cube",
    "current", "current_schema", "cursor", "cycle", "data", "database", "day", "deallocate",
    "dec", "decimal", "declare", "defaults", "deferred", "definer", "delete", "delimiter",
    "delimiters", "depends", "depth", "detach", "dictionary", "disable", "discard", "document",
    "domain", "double", "drop", "each", "empty", "enable", "encoding", "encrypted", "enforced",
    "enum", "error", "escape", "event", "exclude", "excluding", "exclusive", "execute", "exists",
    "explain", "expression", "extension", "external", "extract", "family", "filter", "finalize",
    "first", "float", "following", "force", "format", "forward", "freeze", "full", "function",
    "functions", "generated", "global", "granted", "greatest", "grouping", "groups", "handler",
    "header", "hold", "hour", "identity", "if", "ilike", "immediate", "immutable", "implicit",
    "import", "include", "including", "increment", "indent", "index", "indexes", "inherit",
    "inherits", "inline", "inner", "inout", "input", "insensitive", "insert", "instead", "int",
    "integer", "interval", "invoker", "is", "isnull", "isolation", "join", "json", "json_array",
    "json_arrayagg", "json_exists", "json_object", "json_objectagg", "json_query", "json_scalar",
    "json_serialize", "json_table", "json_value", "keep", "key", "keys", "label", "language",
    "large", "last", "leakproof", "least", "left", "level", "like", "listen", "load", "local",
    "location", "lock", "locked", "logged", "mapping", "match", "matched", "materialized",
    "maxvalue", "merge", "merge_action", "method", "minute", "minvalue", "mode", "month", "move",
    "name", "names", "national", "natural", "nchar", "nested", "new", "next", "nfc", "nfd",
    "nfkc", "nfkd", "no", "none", "normalize", "normalized", "nothing", "notify", "notnull",
    "nowait", "nullif", "nulls", "numeric", "object", "objects", "of", "off", "oids", "old",
    "omit", "operator", "option", "options", "ordinality", "others", "out", "outer", "over",
    "overlaps", "overlay", "overriding", "owned", "owner", "parallel", "parameter", "parser",
    "partial", "partition", "passing", "password", "path", "period", "plan", "plans", "policy",
    "position", "preceding", "precision", "prepare", "prepared", "preserve", "prior",
    "privileges", "procedural", "procedure", "procedures", "program", "publication", "quote",
    "quotes", "range", "read", "real", "reassign", "recheck", "recursive", "ref", "referencing",
    "refresh", "reindex", "relative", "release", "rename", "repeatable", "replace", "replica",
    "reset", "restart", "restrict", "return", "returns", "revoke", "right", "role", "rollback",
    "rollup", "routine", "routines", "row", "rows", "rule", "savepoint", "scalar", "schema",
    "schemas", "scroll", "search", "second", "security", "sequence", "sequences", "serializable",
    "server", "session", "set", "setof", "sets", "share", "show", "similar", "simple", "skip",
    "smallint", "snapshot", "source", "sql", "stable", "standalone", "start", "statement",
    "statistics", "stdin", "stdout", "storage", "stored", "strict", "string", "strip",
    "subscription", "substring", "support", "sysid", "system", "tables", "tablesample",
    "tablespace", "target", "temp", "template", "temporary", "text", "ties", "time", "timestamp",
    "transaction", "transform", "treat", "trigger", "trim", "truncate", "trusted", "type",
    "types", "uescape", "unbounded", "uncommitted", "unconditional", "unencrypted", "unknown",
    "unlisten", "unlogged", "until", "update", "vacuum", "valid", "validate", "validator",
    "value", "values", "varchar", "varying", "verbose", "version", "view", "views", "virtual",
    "volatile", "whitespace", "within", "without", "work", "wrapper", "write", "xml",
    "xmlattributes", "xmlconcat", "xmlelement", "xmlexists", "xmlforest", "xmlnamespaces",
    "xmlparse", "xmlpi", "xmlroot", "xmlserialize", "xmltable", "year", "yes", "zone",
];
