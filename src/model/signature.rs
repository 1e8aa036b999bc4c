//! The keys of functions, procedures and aggregates: a name, mostly with the types of the arguments.

use super::Meaning;
use super::argument::Arguments;
use crate::sql;
use crate::value::Signature;

/// Whether the key of a function is a name, or that and the types of its arguments, with or without their names.
///
/// # Errors
/// It is not.
pub(super) fn is_signature_key(key: &str) -> Result<(), String> {
    if key.contains('(') && !key.trim_end().ends_with(')') {
        return Err(format!("`{key}` lacks the `)` behind the types of the arguments"));
    }
    if arguments(key).is_some_and(|arguments| arguments.say_more_than_types()) {
        return Err(format!(
            "`{key}` says more than the types of the arguments: write it under `arguments`"
        ));
    }
    Ok(())
}

/// The name in a signature.
pub(super) fn name(signature: &str) -> &str {
    signature.split('(').next().unwrap_or_default().trim()
}

/// Whether `written`, inside of `schema`, is the signature `actual` or its name alone.
pub(super) fn is_signature(written: &str, actual: &str, schema: &str, names: &Meaning<'_>) -> bool {
    if name(written) != name(actual) {
        return false;
    }
    // So CREATE AGGREGATE says that there are none.
    let none = written.strip_suffix("(*)").map(|name| format!("{name}()"));
    let written = none.as_deref().unwrap_or(written);
    let written = written.parse().ok().or_else(|| signature_with_names(written));
    let (Some(written), Ok(actual)) = (written, actual.parse::<Signature>()) else {
        return false;
    };
    written.name == actual.name
        && match (written.arguments, actual.arguments) {
            (Some(written), Some(actual)) => names.same_types(&written, &actual, schema),
            _ => true,
        }
}

/// A signature with the names of the arguments, as in `CREATE FUNCTION`.
fn signature_with_names(text: &str) -> Option<Signature> {
    let types = arguments(text)?.into_types();
    Some(Signature { name: sql::as_kept(name(text)).to_owned(), arguments: Some(types) })
}

/// What stands behind the name, where it can be read as in `CREATE FUNCTION`.
fn arguments(key: &str) -> Option<Arguments> {
    let (_, arguments) = key.split_once('(')?;
    format!("({arguments}").parse().ok()
}
