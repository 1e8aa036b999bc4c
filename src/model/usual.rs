//! What a column has by its data type alone: a spec may say it all the same.

use super::Expect;
use super::reference::CollationName;
use crate::value::DataType;

/// Makes nothing of a collation that the data type has anyway (`pg_type.typcollation`).
pub(super) fn leave_out_collation(
    collation: &mut Expect<Option<CollationName>>,
    data_type: &Expect<DataType>,
) {
    let usual = data_type.said().and_then(usual_collation);
    if let (Some(Some(said)), Some(usual)) = (collation.said(), usual)
        && said.is_built_in(usual)
    {
        *collation = Expect::Is(None);
    }
}

/// The same of how its large values are stored (`pg_type.typstorage`).
pub(super) fn leave_out_storage(
    storage: &mut Expect<Option<String>>,
    data_type: &Expect<DataType>,
) {
    let usual = data_type.said().and_then(usual_storage);
    if let (Some(Some(said)), Some(usual)) = (storage.said(), usual)
        && said.eq_ignore_ascii_case(usual)
    {
        *storage = Expect::Is(None);
    }
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
fn usual_storage(data_type: &DataType) -> Option<&'static str> {
    match data_type.name.name.as_str() {
        _ if data_type.array => Some("extended"),
        _ if !data_type.built_in => None,
        "numeric" | "inet" | "cidr" => Some("main"),
        "text" | "character varying" | "character" | "bpchar" | "bytea" | "bit" | "\"bit\""
        | "bit varying" | "json" | "jsonb" | "jsonpath" | "xml" | "tsvector" | "path"
        | "polygon" | "int4range" | "int8range" | "numrange" | "daterange" | "tsrange"
        | "tstzrange" | "int4multirange" | "int8multirange" | "nummultirange"
        | "datemultirange" | "tsmultirange" | "tstzmultirange" | "txid_snapshot"
        | "pg_snapshot" | "refcursor" => Some("extended"),
        _ => Some("plain"),
    }
}
