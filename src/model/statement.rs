//! Whole statements in a spec: the names in one are those of the place where it stands.

use compact_str::CompactString;

use super::pattern::{literal, matches};
use crate::sql::Cursor;
use crate::value::Name;

/// Whether `text`, at the end of these keys, is a statement that makes another object or makes it elsewhere: `CREATE … kind
/// name … ON [ONLY] table`, of which a trigger may leave out what stands before its timing. Keys that are patterns are of
/// any name that they match.
///
/// # Errors
/// What it makes, and where it stands.
pub(super) fn is_at_home(kind: &str, text: &str, place: &[CompactString]) -> Result<(), String> {
    let [above @ .., key] = place else { return Ok(()) };
    let Some((name, table)) = names(kind, text) else { return Ok(()) };
    let is_key = |key: &CompactString, name: &str| match literal(key) {
        Some(known) => known == name,
        None => matches(key, name),
    };
    let is_table = match above {
        [.., schema, key] => {
            is_key(key, &table.name)
                && table.schema.as_ref().is_none_or(|name| is_key(schema, name))
        }
        _ => true,
    };
    let name = name.as_deref().unwrap_or(key);
    if is_key(key, name) && is_table {
        return Ok(());
    }
    let of = above.last().map(|table| format!(" of `{table}`")).unwrap_or_default();
    Err(format!("the statement makes `{name}` on `{table}`, and stands under `{key}`{of}"))
}

/// What the statement makes, where it is said, and on which table.
fn names(kind: &str, text: &str) -> Option<(Option<String>, Name)> {
    if !["index", "policy", "trigger"].contains(&kind) {
        return None;
    }
    let is_whole =
        text.trim_start().get(..6).is_some_and(|word| word.eq_ignore_ascii_case("create"));
    let may_name_a_table = is_whole
        || kind == "trigger"
            && text.split_ascii_whitespace().any(|word| word.eq_ignore_ascii_case("on"));
    if !may_name_a_table {
        return None;
    }
    let mut cursor = Cursor::new(text).ok()?;
    let mut name = None;
    if is_whole {
        skip_past(&mut cursor, kind)?;
        cursor.take("concurrently");
        cursor.take("if not exists");
        name = Some(cursor.word("name").ok()?);
    }
    skip_past(&mut cursor, "on")?;
    cursor.take("only");
    Some((name, Name::read(&mut cursor).ok()?))
}

/// Goes on behind this word, which stands before anything is executed.
fn skip_past(cursor: &mut Cursor<'_>, word: &str) -> Option<()> {
    while !cursor.take(word) {
        cursor.peek().filter(|token| !token.is_word("execute"))?;
        cursor.skip(1);
    }
    Some(())
}
