//! Operator classes that types of PostgreSQL's own have by default.

use crate::value::{DataType, Name};

/// Those of `pg_catalog`, by their access method (`select amname, opcname from pg_opclass join pg_am on pg_am.oid = opcmethod where
/// opcdefault`, 13 to 18).
#[rustfmt::skip]
const DEFAULT_OPERATOR_CLASSES: &[(&str, &[&str])] = &[
    ("brin", &[
        "bit_minmax_ops", "box_inclusion_ops", "bpchar_minmax_ops", "bytea_minmax_ops", "char_minmax_ops",
        "date_minmax_ops", "float4_minmax_ops", "float8_minmax_ops", "inet_inclusion_ops", "int2_minmax_ops",
        "int4_minmax_ops", "int8_minmax_ops", "interval_minmax_ops", "macaddr8_minmax_ops",
        "macaddr_minmax_ops", "name_minmax_ops", "numeric_minmax_ops", "oid_minmax_ops", "pg_lsn_minmax_ops",
        "range_inclusion_ops", "text_minmax_ops", "tid_minmax_ops", "time_minmax_ops", "timestamp_minmax_ops",
        "timestamptz_minmax_ops", "timetz_minmax_ops", "uuid_minmax_ops", "varbit_minmax_ops",
    ]),
    ("btree", &[
        "array_ops", "bit_ops", "bool_ops", "bpchar_ops", "bytea_ops", "char_ops", "date_ops", "enum_ops",
        "float4_ops", "float8_ops", "inet_ops", "int2_ops", "int4_ops", "int8_ops", "interval_ops", "jsonb_ops",
        "macaddr8_ops", "macaddr_ops", "money_ops", "multirange_ops", "name_ops", "numeric_ops", "oid_ops",
        "oidvector_ops", "pg_lsn_ops", "range_ops", "record_ops", "text_ops", "tid_ops", "time_ops",
        "timestamp_ops", "timestamptz_ops", "timetz_ops", "tsquery_ops", "tsvector_ops", "uuid_ops",
        "varbit_ops", "xid8_ops",
    ]),
    ("gin", &[
        "array_ops", "jsonb_ops", "tsvector_ops",
    ]),
    ("gist", &[
        "box_ops", "circle_ops", "multirange_ops", "point_ops", "poly_ops", "range_ops", "tsquery_ops",
        "tsvector_ops",
    ]),
    ("hash", &[
        "aclitem_ops", "array_ops", "bool_ops", "bpchar_ops", "bytea_ops", "char_ops", "cid_ops", "date_ops",
        "enum_ops", "float4_ops", "float8_ops", "inet_ops", "int2_ops", "int4_ops", "int8_ops", "interval_ops",
        "jsonb_ops", "macaddr8_ops", "macaddr_ops", "multirange_ops", "name_ops", "numeric_ops", "oid_ops",
        "oidvector_ops", "pg_lsn_ops", "range_ops", "record_ops", "text_ops", "tid_ops", "time_ops",
        "timestamp_ops", "timestamptz_ops", "timetz_ops", "uuid_ops", "xid8_ops", "xid_ops",
    ]),
    ("spgist", &[
        "box_ops", "inet_ops", "poly_ops", "quad_point_ops", "range_ops", "text_ops",
    ]),
];

/// Whether an operator class of `pg_catalog` is that of some type by default, with this access method.
pub(super) fn is_default(class: &str, method: &str) -> bool {
    let of_method = DEFAULT_OPERATOR_CLASSES.iter().find(|(name, _)| *name == method);
    of_method.is_some_and(|(_, classes)| classes.contains(&class))
}

/// The same with any access method.
pub(super) fn is_default_anywhere(class: &str) -> bool {
    DEFAULT_OPERATOR_CLASSES.iter().any(|(_, classes)| classes.contains(&class))
}

/// Built-in types with an operator class of their own, and whose they could have (`pg_cast` where `castmethod = 'b'`).
const STORED_ALIKE: [(&str, &str); 6] = [
    ("bit", "varbit"),
    ("bit varying", "bit"),
    ("integer", "oid"),
    ("oid", "int4"),
    ("text", "bpchar"),
    ("character varying", "bpchar"),
];

fn is_called_after(class: &Name, data_type: &str) -> bool {
    class.name.split('_').next() == Some(data_type)
}

/// Whether this operator class is that of another type than `own`, which is stored like that and has one of its own.
pub(super) fn is_of_another(class: &Name, own: &DataType) -> bool {
    STORED_ALIKE.iter().any(|(of, other)| is_called_after(class, other) && own.is_built_in(of))
}

/// Whether it may be that, by its name.
pub(super) fn may_be_of_another(class: &Name) -> bool {
    STORED_ALIKE.iter().any(|(_, other)| is_called_after(class, other))
}
