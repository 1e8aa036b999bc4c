//! What the server prints reads otherwise once it was dumped and restored: the same, in another form.

use super::{Kind, Token, unquote, words};

/// The tokens of a text that the server printed, in the form that they have after a dump and a restore, blanks left out:
/// of an `AND` inside of an `AND`, or an `OR` inside of an `OR`, no parentheses are left, and of a constant no name that
/// is that of its type.
pub fn restored(text: &str) -> Vec<Token<'_>> {
    let words = words(text);
    let mut kept = vec![true; words.len()];
    let mut open: Vec<Group> = Vec::new();
    for (at, word) in words.iter().enumerate() {
        if word.is("(") {
            open.push(Group { start: at, joined_by: None, is_more: false });
        } else if word.is(")") {
            let Some(group) = open.pop() else { break };
            if group.is_inside_of_its_like(&words, at) {
                kept[group.start] = false;
                kept[at] = false;
            }
        } else if let Some(group) = open.last_mut() {
            group.add(word);
        }
        if let [.., constant, cast, r#type, r#as, name] = &words[..=at]
            && is_constant(constant)
            && cast.is("::")
            && r#as.is_word("as")
            && unquote(name.text) == name_in_the_catalog(&unquote(r#type.text))
        {
            kept[at - 1..=at].fill(false);
        }
    }
    words.into_iter().zip(kept).filter_map(|(word, is_kept)| is_kept.then_some(word)).collect()
}

/// Whether a value has no name of its own that its column would get.
fn is_constant(token: &Token<'_>) -> bool {
    matches!(token.kind, Kind::String | Kind::Number)
        || ["null", "true", "false"].iter().any(|word| token.is_word(word))
}

/// What the catalog calls a type that SQL calls so in one word.
fn name_in_the_catalog(name: &str) -> &str {
    match name {
        "bigint" => "int8",
        "boolean" => "bool",
        "integer" => "int4",
        "real" => "float4",
        "smallint" => "int2",
        _ => name,
    }
}

const JOINING: [&str; 2] = ["and", "or"];

/// Words with which a group is more than operands and what joins them.
const MORE: [&str; 7] = ["between", "case", "order", "partition", "select", "values", "where"];

/// What stands between parentheses.
struct Group {
    start: usize,
    joined_by: Option<&'static str>,
    /// Whether it is not joined by one thing alone.
    is_more: bool,
}

impl Group {
    /// Another word of it, outside of the groups in it.
    fn add(&mut self, word: &Token<'_>) {
        let joining = JOINING.into_iter().find(|joining| word.is_word(joining));
        self.is_more |= word.is(",") || MORE.iter().any(|more| word.is_word(more));
        self.is_more |= joining.is_some() && self.joined_by.is_some_and(|by| joining != Some(by));
        self.joined_by = self.joined_by.or(joining);
    }

    /// Whether what stands around it, up to where it ends, is joined by the same.
    fn is_inside_of_its_like(&self, words: &[Token<'_>], end: usize) -> bool {
        let Some(by) = self.joined_by.filter(|_| !self.is_more) else { return false };
        let before = self.start.checked_sub(1).and_then(|before| words.get(before));
        let (Some(before), Some(after)) = (before, words.get(end + 1)) else { return false };
        match (before.is_word(by), after.is_word(by)) {
            (true, true) => true,
            (true, false) => after.is(")"),
            (false, true) => before.is("("),
            (false, false) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        let words: Vec<&str> = restored(text).iter().map(|word| word.text).collect();
        words.join(" ")
    }

    #[test]
    fn what_is_inside_of_its_like_is_flat() {
        assert_eq!(read("(((a) AND (b)) AND (c))"), "( ( a ) AND ( b ) AND ( c ) )");
        assert_eq!(read("(a OR (b OR (c OR d)))"), "( a OR b OR c OR d )");
    }

    #[test]
    fn what_means_something_else_stays() {
        for text in [
            "( ( a AND b ) OR c )",
            "( NOT ( a AND b ) AND c )",
            "( ( a AND b ) = c )",
            "f ( ( a AND b ) , c )",
            "( ( ROWS BETWEEN 1 AND 2 ) AND c )",
            "( ( a AND b OR c ) AND d )",
            "( ( SELECT a AND b ) AND c )",
        ] {
            assert_eq!(read(text), text);
        }
    }

    #[test]
    fn a_constant_has_no_name_of_its_type() {
        assert_eq!(read("SELECT 'x'::text AS text"), "SELECT 'x' :: text");
        assert_eq!(read("SELECT '4'::numeric AS \"numeric\""), "SELECT '4' :: numeric");
        assert_eq!(read("SELECT NULL::text AS text"), "SELECT NULL :: text");
        assert_eq!(read("SELECT NULL::boolean AS bool"), "SELECT NULL :: boolean");
        assert_eq!(read("SELECT '5'::bigint AS bigint"), "SELECT '5' :: bigint AS bigint");
        assert_eq!(read("SELECT 'x'::text AS a"), "SELECT 'x' :: text AS a");
        assert_eq!(read("SELECT x::text AS text"), "SELECT x :: text AS text");
    }
}
