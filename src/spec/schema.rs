//! The JSON Schema of specs, for editors; written from the declarations of the model.

use serde_json::{Value, json};

use super::{Platform, VERSION};
use crate::model::{Database, Definitions, properties, rules};

/// The JSON Schema of a file of a spec.
pub fn schema() -> Value {
    let mut definitions = Definitions::new();
    let mut keys = properties::<Database>(&mut definitions);
    let own = [
        ("spec", json!({ "description": "The version of the language.", "const": VERSION })),
        ("name", json!({ "description": "What the system is called.", "type": "string" })),
        (
            "strict",
            json!({ "description": "Whether every key that is not written means \"none\".", "type": "boolean" }),
        ),
        (
            "levels",
            json!({
                "description": "How much a finding weighs, by rule, in which * stands for any text; the last one wins.",
                "type": "object",
                "propertyNames": { "anyOf": [{ "enum": rules().map(|(rule, _)| rule).collect::<Vec<_>>() }, { "pattern": "[*]" }] },
                "additionalProperties": { "enum": ["error", "warning", "info", "off"] },
            }),
        ),
        (
            "ignore",
            json!({
                "description": "Objects that are not looked at: dotted names in which * stands for any text.",
                "type": "array",
                "items": { "type": "string" },
            }),
        ),
        (
            "platform",
            json!({
                "description": "The platform that the database stands on, which owns what it sets up.",
                "enum": Platform::names().collect::<Vec<_>>(),
            }),
        ),
    ];
    keys.extend(own.map(|(key, schema)| (key.to_owned(), schema)));
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A specification of a PostgreSQL database, for schemavet",
        "type": "object",
        "required": ["spec"],
        "properties": keys,
        "additionalProperties": false,
        "$defs": definitions,
    })
}
