//! Passwords in command lines, connection strings and SQL, which no message repeats.

use std::borrow::Cow;

/// What stands in the place of a password.
pub(crate) const MASK: &str = "***";

/// `text` with every password in it masked: those of URLs, and those that are named so.
pub(crate) fn masked(text: &str) -> Cow<'_, str> {
    without(text, secrets(text))
}

/// The same of connection strings alone, for any text: elsewhere, words such as `token:` are names of columns.
pub(crate) fn masked_connections(text: &str) -> Cow<'_, str> {
    let mut found = of_urls(text);
    found.extend(of_conninfo(text));
    without(text, in_order(found))
}

/// `text` with these parts of it masked.
fn without(text: &str, secrets: Vec<(usize, usize)>) -> Cow<'_, str> {
    let mut shown = String::new();
    let mut at = 0;
    for (from, to) in secrets {
        shown += &text[at..from];
        shown += MASK;
        at = to;
    }
    if at == 0 {
        return Cow::Borrowed(text);
    }
    Cow::Owned(shown + &text[at..])
}

/// Where passwords begin and end: `://user:HERE@host`, `password=HERE`, `PGPASSWORD='HERE'`, `--password HERE`,
/// `password 'HERE'`.
pub(crate) fn secrets(text: &str) -> Vec<(usize, usize)> {
    let mut found = of_urls(text);
    found.extend(of_words(text));
    in_order(found)
}

fn of_urls(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for (scheme, _) in text.match_indices("://") {
        let start = scheme + 3;
        let rest = &text[start..];
        let end = rest
            .find(|c: char| c.is_whitespace() || "'\"|;<>\u{1b}".contains(c))
            .unwrap_or(rest.len());
        // A password may hold what should be written with `%`: rather too much is masked.
        if let Some(at) = rest[..end].rfind('@')
            && let Some(colon) = rest[..at].find(':')
        {
            found.push((start + colon + 1, start + at));
        }
    }
    found
}

/// `password=HERE`, as libpq has it between other such pairs. With blanks around it, it is more likely a column.
fn of_conninfo(text: &str) -> Vec<(usize, usize)> {
    let lower = text.to_ascii_lowercase();
    let found = lower.match_indices("password=").map(|(at, word)| {
        let start = at + word.len();
        let value = &text[start..];
        let quoted = value.strip_prefix('\'').and_then(|value| Some(value.find('\'')? + 2));
        let ends = |c: char| c.is_whitespace() || "&'\"`;\u{1b}".contains(c);
        (start, start + quoted.or_else(|| value.find(ends)).unwrap_or(value.len()))
    });
    found.filter(|(start, end)| start < end).collect()
}

fn of_words(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let is_value = |rest: &&str| rest.trim_start().starts_with(':');
    let lower = text.to_ascii_lowercase();
    for word in ["password", "passwd", "pwd", "secret", "token"] {
        for (at, _) in lower.match_indices(word) {
            let after = &text[at + word.len()..];
            // `"password": "x"`
            let after = after.strip_prefix(['"', '\'']).filter(is_value).unwrap_or(after);
            let value = after.trim_start_matches([' ', '\t']);
            let Some(value) = value.strip_prefix(['=', ':']).or_else(|| {
                let is_option = value.len() < after.len() && text[..at].ends_with("--");
                (is_option || value.starts_with('\'')).then_some(value)
            }) else {
                continue;
            };
            let value = value.trim_start_matches([' ', '\t']);
            let quote = value.chars().next().filter(|c| matches!(c, '\'' | '"'));
            let value = if quote.is_some() { &value[1..] } else { value };
            let ends = |c: char| {
                quote.map_or_else(|| c.is_whitespace() || "&'\"|;".contains(c), |q| c == q)
            };
            let length = value.find(ends).unwrap_or(value.len());
            let start = text.len() - value.len();
            // `value` ends where `text` does.
            if length > 0 {
                found.push((start, start + length));
            }
        }
    }
    found
}

/// In their order, and none twice.
fn in_order(mut found: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
    found.sort_unstable();
    found.dedup_by(|next, kept| {
        let inside = next.0 < kept.1;
        if inside {
            kept.1 = kept.1.max(next.1);
        }
        inside
    });
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_masked() {
        for (text, shown) in [
            ("pg_dump -s postgres://u:s3cret@h/x | cat", "pg_dump -s postgres://u:***@h/x | cat"),
            ("a postgres://u@h/x b", "a postgres://u@h/x b"),
            ("pg_dump 'host=h password=s3cret dbname=x'", "pg_dump 'host=h password=*** dbname=x'"),
            ("PGPASSWORD='a b' pg_dump", "PGPASSWORD='***' pg_dump"),
            ("x --password s3cret y", "x --password *** y"),
            ("x postgres://u@h/d?password=s3cret&a=b", "x postgres://u@h/d?password=***&a=b"),
            ("mysql://u:p@ss@h", "mysql://u:***@h"),
            (r#"x '{"password": "s3cret", "a": 1}'"#, r#"x '{"password": "***", "a": 1}'"#),
            ("postgres://u:se#c?r/et@h/x", "postgres://u:***@h/x"),
            ("alter role a Password 's3cret' login", "alter role a Password '***' login"),
            ("pg_dump --no-password x", "pg_dump --no-password x"),
        ] {
            assert_eq!(masked(text), shown);
        }
        for (text, shown) in [
            ("cannot read postgres://u:s3cret@h/x: none", "cannot read postgres://u:***@h/x: none"),
            ("'host=h password=s3cret'", "'host=h password=***'"),
            (" 3 | token: text, password: text", " 3 | token: text, password: text"),
            ("kind in ('password', 'oauth')", "kind in ('password', 'oauth')"),
            ("using (password = a) wth check", "using (password = a) wth check"),
            ("x password='a b' y", "x password=*** y"),
            ("\u{1b}[33mpassword=s3cret\u{1b}[0m", "\u{1b}[33mpassword=***\u{1b}[0m"),
        ] {
            assert_eq!(masked_connections(text), shown);
        }
    }
}
