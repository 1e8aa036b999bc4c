//! What a configuration parameter or a storage option says: several spellings of its value mean the same.

use std::borrow::Cow;

use crate::sql;

/// Parameters whose value is a list of names (`GUC_LIST_QUOTE` in the sources): quotes around a name do not matter.
const LISTS: &[&str] = &[
    "local_preload_libraries",
    "search_path",
    "session_preload_libraries",
    "shared_preload_libraries",
    "temp_tablespaces",
    "unix_socket_directories",
];

/// Other parameters that a session may set and whose value is a text like no other. Those of names that PostgreSQL looks up
/// without regard to case are not among them: `TimeZone`, `DateStyle`, `client_encoding`.
const TEXTS: &[&str] = &[
    "application_name",
    "backtrace_functions",
    "createrole_self_grant",
    "default_table_access_method",
    "default_tablespace",
    "default_text_search_config",
    "dynamic_library_path",
    "extension_control_path",
    // Of Debian.
    "extension_destdir",
    "lc_messages",
    "lc_monetary",
    "lc_numeric",
    "lc_time",
    "restrict_nonsystem_relation_kind",
    "role",
    "session_authorization",
    "timezone_abbreviations",
    "wal_consistency_checking",
];

/// How much a number without a unit counts for (`pg_settings.unit`) in those parameters that a session may set: in bytes or
/// in milliseconds, where it is not one of them.
const COUNTED_IN: &[(f64, &[&str])] = &[
    (
        8.0 * 1024.0,
        &[
            "backend_flush_after",
            "effective_cache_size",
            "io_combine_limit",
            "min_parallel_index_scan_size",
            "min_parallel_table_scan_size",
            "temp_buffers",
        ],
    ),
    (
        1024.0,
        &[
            "gin_pending_list_limit",
            "log_temp_files",
            "logical_decoding_work_mem",
            "maintenance_work_mem",
            "max_stack_depth",
            "temp_file_limit",
            "vacuum_buffer_usage_limit",
            "wal_skip_threshold",
            "work_mem",
        ],
    ),
    (1000.0, &["post_auth_delay", "tcp_keepalives_idle", "tcp_keepalives_interval"]),
];

/// The name under which PostgreSQL keeps a parameter: it takes it in any case. One with a dot is kept as it is written.
pub(super) fn name(name: &str) -> Cow<'_, str> {
    const OF_SEVERAL_CASES: &[&str] = &["DateStyle", "IntervalStyle", "TimeZone"];
    let of_several = OF_SEVERAL_CASES.iter().find(|kept| kept.eq_ignore_ascii_case(name));
    match of_several {
        Some(kept) => Cow::Borrowed(kept),
        None if name.contains('.') => Cow::Borrowed(name),
        None => Cow::Owned(name.to_ascii_lowercase()),
    }
}

/// A value as PostgreSQL keeps it: names in a list have quotes where they need them.
pub(super) fn value(name: &str, value: &str) -> String {
    if LISTS.contains(&name) { names(value) } else { value.to_owned() }
}

/// Whether two values of a parameter or storage option mean the same: `on` and `true`, `4096kB` and `4MB`, `0.1` and
/// `0.10`. What applications make up, with a dot in its name, has one spelling.
pub(super) fn means_the_same(name: &str, one: &str, another: &str) -> bool {
    let is_a_text = LISTS.contains(&name)
        || TEXTS.contains(&name)
        || name.contains('.') && !name.starts_with("toast.");
    let words = |value: &str| value.replace(' ', "").to_ascii_lowercase();
    let alike = || {
        words(one) == words(another)
            || switch(one).is_some_and(|one| switch(another) == Some(one))
            || size(name, one).is_some_and(|one| size(name, another) == Some(one))
    };
    one == another || !is_a_text && alike()
}

/// What a word for a switch says, whole or cut off.
fn switch(word: &str) -> Option<bool> {
    let word = word.to_ascii_lowercase();
    let begins = |whole: &str| !word.is_empty() && whole.starts_with(&word);
    match word.as_str() {
        "on" | "1" => Some(true),
        "of" | "off" | "0" => Some(false),
        _ if begins("true") || begins("yes") => Some(true),
        _ if begins("false") || begins("no") => Some(false),
        _ => None,
    }
}

/// A number with its unit: in bytes, in milliseconds, or as it is.
fn size(name: &str, value: &str) -> Option<f64> {
    let value = value.trim();
    let is_exponent = |at: usize| value[at..].starts_with(['e', 'E']);
    let unit = value.char_indices().find(|(at, c)| c.is_ascii_alphabetic() && !is_exponent(*at));
    let (number, unit) = value.split_at(unit.map_or(value.len(), |(at, _)| at));
    let number = number.trim_end();
    let digits = number.trim_start_matches('-');
    let is_octal = digits.starts_with('0') && digits.len() > 1 && !digits.starts_with("0.");
    let size = match unit {
        "" => COUNTED_IN
            .iter()
            .find(|(_, names)| names.contains(&name))
            .map_or(1.0, |(size, _)| *size),
        "B" | "ms" => 1.0,
        "kB" => 1024.0,
        "MB" => f64::from(1 << 20),
        "GB" => f64::from(1 << 30),
        "TB" => 1024.0 * f64::from(1 << 30),
        "us" => 0.001,
        "s" => 1000.0,
        "min" => 60.0 * 1000.0,
        "h" => 60.0 * 60.0 * 1000.0,
        "d" => 24.0 * 60.0 * 60.0 * 1000.0,
        _ => return None,
    };
    number.parse::<f64>().ok().filter(|_| !is_octal).map(|number| number * size)
}

/// A list of names or string constants, each with quotes where it needs them; a list of one empty name is empty.
fn names(list: &str) -> String {
    let name = |item: &str| match sql::words(item)[..] {
        [token] if token.kind == sql::Kind::String => sql::string(item).into_owned(),
        _ => sql::unquote(item),
    };
    let names = sql::split_list(list).unwrap_or_else(|_| vec![list]);
    let names: Vec<String> =
        names.into_iter().map(|item| sql::quote(&name(item)).into_owned()).collect();
    if names == ["\"\""] { String::new() } else { names.join(", ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_value() {
        for (name, one, another, same) in [
            ("work_mem", "4096", "4MB", true),
            ("work_mem", "4096", "4096kB", true),
            ("work_mem", "1.5GB", "1536 MB", true),
            ("work_mem", "4096", "4096MB", false),
            ("temp_buffers", "1024", "8MB", true),
            ("statement_timeout", "90000", "1.5min", true),
            ("statement_timeout", "5000", "5s", true),
            ("statement_timeout", "0", "0s", true),
            ("tcp_keepalives_idle", "60", "1min", true),
            ("statement_timeout", "010", "10", false),
            ("random_page_cost", "1.10", "1.1", true),
            ("random_page_cost", "1", "1.0", true),
            ("random_page_cost", "0.1", "1e-1", true),
            ("DateStyle", "ISO,DMY", "iso, dmy", true),
            ("random_page_cost", "1.1", "1.01", false),
            ("autovacuum_enabled", "off", "false", true),
            ("autovacuum_enabled", "off", "true", false),
            ("enable_seqscan", "off", "f", true),
            ("enable_seqscan", "on", "o", false),
            ("enable_seqscan", "tr", "y", true),
            ("toast.autovacuum_enabled", "off", "0", true),
            ("app.flag", "off", "false", false),
            ("application_name", "1", "1.0", false),
            ("log_statement", "DDL", "ddl", true),
            ("TimeZone", "utc", "UTC", true),
        ] {
            assert_eq!(means_the_same(name, one, another), same, "{name}: {one}, {another}");
        }
    }
}
