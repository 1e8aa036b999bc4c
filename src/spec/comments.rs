//! Where the comments of a YAML file stand.

use std::ops::Range;

use serde_yaml::granit_parser::{Event, Parser};

/// Every comment of `text`, in bytes: what begins with `#` behind white space, outside of keys and values.
pub(super) fn find(text: &str) -> Vec<Range<usize>> {
    let (mut found, mut at) = (Vec::new(), 0);
    for (event, span) in Parser::new_from_str(text).map_while(Result::ok) {
        if let Event::Scalar(..) = event
            && let (Some(start), Some(end)) = (span.start.byte_offset(), span.end.byte_offset())
            && at <= start
        {
            found.extend(between(text, at..start));
            at = end;
        }
    }
    found.extend(between(text, at..text.len()));
    found
}

/// Those in a part of `text` that holds no keys and values.
fn between(text: &str, part: Range<usize>) -> Vec<Range<usize>> {
    let (mut found, mut at) = (Vec::new(), part.start);
    while let Some(mark) = text.get(at..part.end).and_then(|rest| rest.find('#')) {
        let start = at + mark;
        let end = text[start..].find(['\n', '\r']).map_or(text.len(), |length| start + length);
        let begins = text[..start].chars().next_back().is_none_or(char::is_whitespace);
        if begins {
            found.push(start..start + text[start..end].trim_end().len());
        }
        at = if begins { end } else { start + 1 };
    }
    found
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn a_comment_stands_outside_of_keys_and_values() {
        let text = "# one\na: 'x # y' # two\nb: | # three\n  # a line\nc: rock 'n roll # four  \nd: [e#f, \"#\"] # five\r\n";
        let found: Vec<&str> = find(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, ["# one", "# two", "# three", "# four", "# five"]);
    }
}
