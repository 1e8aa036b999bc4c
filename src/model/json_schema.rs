//! What a spec may say, as JSON Schema, from the declarations of the kinds alone.

use serde_json::{Map, Value, json};

use super::forms;
use super::object::{Definitions, Object};
use super::paragraph;

/// One word or number: YAML reads `5432` and `true` as no strings, and every text that is read may look like that.
pub(super) fn scalar() -> Value {
    json!({ "type": ["string", "number", "boolean"] })
}

/// One of a few words, in any case and with `_` for a space, or one of `others` that mean the same as one of them.
pub(crate) fn words(words: &[&str], others: &[&str]) -> Value {
    let letter = |c: char| match c {
        ' ' => "[ _]".to_owned(),
        c if c.is_ascii_alphabetic() => {
            format!("[{}{}]", c.to_ascii_lowercase(), c.to_ascii_uppercase())
        }
        c if c.is_ascii_alphanumeric() => c.to_string(),
        c => format!("[{c}]"),
    };
    let forms = words.iter().chain(others).map(|word| word.chars().map(letter).collect());
    let forms: Vec<String> = forms.collect();
    // The words as they are, for those who complete them, and whatever else is read as one.
    json!({ "anyOf": [{ "enum": words }, { "pattern": format!("^({})$", forms.join("|")), "type": "string" }] })
}

/// What may stand for the objects of one kind below one parent.
pub(super) fn collection<T: Object>(definitions: &mut Definitions) -> Value {
    let one = object::<T>(definitions);
    let presence = json!({ "enum": ["any", "absent", null] });
    let entry = json!({ "anyOf": [one, presence] });
    let mut forms = vec![json!({ "type": "object", "additionalProperties": entry })];
    if T::LIST_IS_ONE {
        forms.push(json!({ "type": ["string", "null"] }));
        forms.push(json!({ "type": "array", "items": scalar() }));
    } else if T::LIST_HOLDS_SHAPES {
        forms.push(json!({ "type": "array", "items": one }));
    }
    json!({ "anyOf": forms })
}

/// A reference to what may be written for an object of one kind.
fn object<T: Object>(definitions: &mut Definitions) -> Value {
    if !definitions.contains_key(T::KIND) {
        // A kind may be found again inside of itself.
        definitions.insert(T::KIND, Value::Null);
        let mut properties = properties::<T>(definitions);
        let is_short = forms::has_short::<T>();
        let is_list = forms::has_list::<T>();
        if is_short {
            // Unless the kind has an attribute of that name.
            properties.entry(forms::DEFINITION).or_insert(json!({ "type": "string" }));
        }
        let mut forms = vec![json!({
            "type": "object",
            "properties": properties,
            "additionalProperties": false,
        })];
        if is_short {
            forms.push(scalar());
        }
        if is_list {
            forms.push(json!({ "type": "array", "items": scalar() }));
        }
        let doc = paragraph(T::DOC);
        definitions.insert(T::KIND, json!({ "description": doc, "anyOf": forms }));
    }
    json!({ "$ref": format!("#/$defs/{}", T::KIND) })
}

/// What may be written under each key of a kind.
pub(crate) fn properties<T: Object>(definitions: &mut Definitions) -> Map<String, Value> {
    let schemas = T::field_schemas(definitions);
    let fields = T::ATTRIBUTES.iter().zip(schemas);
    fields
        .map(|(attribute, mut schema)| {
            if let Value::Object(schema) = &mut schema {
                schema.insert("description".to_owned(), paragraph(attribute.doc).into());
            }
            (attribute.name.to_owned(), schema)
        })
        .collect()
}
