//! Texts as a person sees them.

use std::borrow::Cow;

/// Text from a database or a spec, with characters made visible that are not seen: a name cannot move the cursor, set
/// colours or look like another.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    let hidden = |c: char| {
        c != '\n' && c != ' ' && (c.is_control() || c.is_whitespace() || is_formatting(c))
    };
    if !text.contains(hidden) {
        return Cow::Borrowed(text);
    }
    text.chars()
        .map(|c| if hidden(c) { c.escape_default().to_string() } else { c.to_string() })
        .collect()
}

/// Whether a character has no form of its own: soft hyphen, joiners, marks of direction, byte order mark
/// (`Default_Ignorable_Code_Point` of the Unicode character database, those that are in use in texts), and what is none.
fn is_formatting(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'
    )
}
