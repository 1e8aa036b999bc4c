//! The names of data types.

/// The name without quotes is that of a single bit.
pub(super) const BIT_OF_ANY_LENGTH: &str = "\"bit\"";

/// Names of types that [`DataType`] reads as another one, or as one of several words.
#[rustfmt::skip]
pub(crate) const ALIASES: &[&str] = &[
    "bigint", "bigserial", "bit", "bool", "boolean", "char", "character", "decimal",
    "double precision", "float", "float4", "float8", "int", "int2", "int4", "int8", "integer",
    "interval", "numeric", "real", "serial", "serial2", "serial4", "serial8", "smallint",
    "smallserial", "time", "timestamp", "timestamptz", "timetz", "varbit", "varchar",
];

/// What the catalog itself calls types that SQL has other names for. Quoted, or as an array with `_` before it, a type goes by
/// that name alone.
#[rustfmt::skip]
pub(super) const OWN_NAMES: &[&str] = &[
    "bool", "float4", "float8", "int2", "int4", "int8", "interval", "numeric", "time", "timestamp",
    "timestamptz", "timetz", "varbit", "varchar",
];

/// Types of `pg_catalog` of one word that have no other name (`select typname from pg_type`, 13 to 18).
#[rustfmt::skip]
pub(crate) const BUILT_IN: &[&str] = &[
    "aclitem", "any", "anyarray", "anycompatible", "anycompatiblearray",
    "anycompatiblemultirange", "anycompatiblenonarray", "anycompatiblerange", "anyelement",
    "anyenum", "anymultirange", "anynonarray", "anyrange", "box", "bpchar", "bytea", "cid",
    "cidr", "circle", "cstring", "date", "datemultirange", "daterange", "event_trigger",
    "fdw_handler", "gtsvector", "index_am_handler", "inet", "int2vector", "int4multirange",
    "int4range", "int8multirange", "int8range", "internal", "json", "jsonb", "jsonpath",
    "language_handler", "line", "lseg", "macaddr", "macaddr8", "money", "name", "nummultirange",
    "numrange", "oid", "oidvector", "path", "pg_ddl_command", "pg_lsn", "pg_node_tree",
    "pg_snapshot", "point", "polygon", "record", "refcursor", "regclass", "regcollation",
    "regconfig", "regdictionary", "regnamespace", "regoper", "regoperator", "regproc",
    "regprocedure", "regrole", "regtype", "table_am_handler", "text", "tid", "trigger",
    "tsm_handler", "tsmultirange", "tsquery", "tsrange", "tstzmultirange", "tstzrange",
    "tsvector", "txid_snapshot", "unknown", "uuid", "void", "xid", "xid8", "xml",
];
