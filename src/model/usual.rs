//! What goes without saying, such as what a column has by its data type alone: a spec may say it all the same.

use super::Expect;
use super::reference::CollationName;
use super::storage::Storage;
use crate::value::DataType;

/// Names that PostgreSQL gives itself, which an author may write in capitals; a name of somebody's own may have some.
const WITHOUT_CASE: &[&str] = &[
    "btree", "hash", "gist", "gin", "spgist", "brin", "heap", "list", "range", "pglz", "lz4",
    "default",
];

/// Writes such a name in small letters.
pub(super) fn fold(name: &mut Expect<String>) {
    if let Expect::Is(name) = name {
        fold_name(name);
    }
}

/// The same where it may be unset.
pub(super) fn fold_said(name: &mut Expect<Option<String>>) {
    if let Expect::Is(Some(name)) = name {
        fold_name(name);
    }
}

fn fold_name(name: &mut str) {
    if WITHOUT_CASE.iter().any(|known| known.eq_ignore_ascii_case(name)) {
        name.make_ascii_lowercase();
    }
}

/// The type alone, where PostgreSQL keeps no length of it.
pub(super) fn leave_out_modifiers(data_type: &mut Expect<DataType>) {
    if let Expect::Is(said) = data_type {
        *said = said.without_modifiers();
    }
}

/// The same where it may be unset.
pub(super) fn leave_out_modifiers_said(data_type: &mut Expect<Option<DataType>>) {
    if let Expect::Is(Some(said)) = data_type {
        *said = said.without_modifiers();
    }
}

/// Makes nothing of what is usual.
pub(super) fn leave_out<V>(field: &mut Expect<Option<V>>, is_usual: impl FnOnce(&V) -> bool) {
    if field.said().and_then(Option::as_ref).is_some_and(is_usual) {
        *field = Expect::Is(None);
    }
}

/// The same of a collation that the data type has anyway (`pg_type.typcollation`).
pub(super) fn leave_out_collation(
    collation: &mut Expect<Option<CollationName>>,
    data_type: &Expect<DataType>,
) {
    leave_out(collation, |said| is_usual_collation(said, data_type));
}

/// Whether the data type has this collation anyway.
pub(super) fn is_usual_collation(said: &CollationName, data_type: &Expect<DataType>) -> bool {
    let usual = data_type.said().and_then(usual_collation);
    usual.is_some_and(|usual| said.is_built_in(usual))
}

/// The same of how its large values are stored (`pg_type.typstorage`).
pub(super) fn leave_out_storage(
    storage: &mut Expect<Option<Storage>>,
    data_type: &Expect<DataType>,
) {
    let usual = data_type.said().and_then(usual_storage);
    leave_out(storage, |said| Some(*said) == usual);
}

/// Whether values of the type are stored in one way only, and are not compressed.
pub(super) fn is_stored_in_one_way(data_type: &DataType) -> bool {
    usual_storage(data_type) == Some(Storage::Plain)
}

/// Whether the type has no collation.
pub(super) fn has_no_collation(data_type: &DataType) -> bool {
    data_type.built_in && usual_collation(data_type).is_none()
}

/// Of built-in types with a collation, and of arrays of them.
fn usual_collation(data_type: &DataType) -> Option<&'static str> {
    match data_type.name.name.as_str() {
        _ if !data_type.built_in => None,
        "text" | "character varying" | "character" | "bpchar" => Some("default"),
        "name" => Some("C"),
        _ => None,
    }
}

/// Of built-in types whose values can be large, and of arrays.
fn usual_storage(data_type: &DataType) -> Option<Storage> {
    match data_type.name.name.as_str() {
        _ if data_type.array => Some(Storage::Extended),
        _ if !data_type.built_in => None,
        "numeric" | "inet" | "cidr" => Some(Storage::Main),
        "text" | "character varying" | "character" | "bpchar" | "bytea" | "bit" | "\"bit\""
        | "bit varying" | "json" | "jsonb" | "jsonpath" | "xml" | "tsvector" | "path"
        | "polygon" | "int4range" | "int8range" | "numrange" | "daterange" | "tsrange"
        | "tstzrange" | "int4multirange" | "int8multirange" | "nummultirange"
        | "datemultirange" | "tsmultirange" | "tstzmultirange" | "txid_snapshot"
        | "pg_snapshot" | "refcursor" => Some(Storage::Extended),
        _ => Some(Storage::Plain),
    }
}
