//! Names of locales.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::Encoding;

/// The name of a locale, as it is stored.
///
/// PostgreSQL 16 made language tags of the names that ICU took before: `en@colNumeric=yes` became `en-u-kn-true`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Locale(String);

impl fmt::Display for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Keywords of ICU with the keys of language tags for them (Unicode Technical Standard #35, part 5, collation settings).
const KEYS: &[(&str, &str)] = &[
    ("collation", "co"),
    ("colalternate", "ka"),
    ("colbackwards", "kb"),
    ("colcasefirst", "kf"),
    ("colcaselevel", "kc"),
    ("colhiraganaquaternary", "kh"),
    ("colnormalization", "kk"),
    ("colnumeric", "kn"),
    ("colreorder", "kr"),
    ("colstrength", "ks"),
];

/// Their values with those of language tags; `true` is the same as none.
const VALUES: &[(&str, &str)] = &[
    ("dictionary", "dict"),
    ("gb2312han", "gb2312"),
    ("identical", "identic"),
    ("no", "false"),
    ("non-ignorable", "noignore"),
    ("phonebook", "phonebk"),
    ("primary", "level1"),
    ("quaternary", "level4"),
    ("secondary", "level2"),
    ("tertiary", "level3"),
    ("traditional", "trad"),
    ("true", ""),
    ("yes", ""),
];

fn now(names: &[(&str, &'static str)], name: &str) -> String {
    let newer = names.iter().find(|(old, _)| *old == name).map(|(_, new)| *new);
    newer.unwrap_or(name).to_owned()
}

impl Locale {
    /// Whether both are names of one locale.
    pub fn is(&self, other: &Self) -> bool {
        self == other
            || match (self.of_the_system(), other.of_the_system()) {
                (Some(one), Some(another)) => one == another,
                (None, None) => self.parts() == other.parts(),
                (Some(system), None) => other.is_tag_of(system),
                (None, Some(system)) => self.is_tag_of(system),
            }
    }

    /// One of the operating system's, with a character set behind it: `en_US.UTF-8`. That has several spellings, too.
    fn of_the_system(&self) -> Option<(&str, Encoding, &str)> {
        let (language, rest) = self.0.split_once('.')?;
        let (encoding, variant) = rest.split_once('@').unwrap_or((rest, ""));
        Some((language, Encoding(encoding.to_owned()), variant))
    }

    /// Whether it is the language tag that ICU makes of a name of the operating system's, whatever the character set.
    fn is_tag_of(&self, (language, _, variant): (&str, Encoding, &str)) -> bool {
        let keywords = if variant.is_empty() { String::new() } else { format!("@{variant}") };
        self.0.contains('-') && Self(format!("{language}{keywords}")).parts() == self.parts()
    }

    /// The language with script and region, and the settings.
    fn parts(&self) -> (String, BTreeMap<String, String>) {
        let text = self.0.to_lowercase();
        let (tag, keywords) = text.split_once('@').unwrap_or((&text, ""));
        let tag = tag.replace('_', "-");
        let (language, extension) = tag.split_once("-u-").unwrap_or((&tag, ""));
        let mut settings: BTreeMap<String, String> = BTreeMap::new();
        let mut key = "";
        for subtag in extension.split('-').filter(|subtag| !subtag.is_empty()) {
            if subtag.len() == 2 {
                key = subtag;
            }
            let value = settings.entry(key.to_owned()).or_default();
            if subtag != key {
                *value += if value.is_empty() { "" } else { "-" };
                *value += subtag;
            }
        }
        for keyword in keywords.split(';').filter(|keyword| !keyword.is_empty()) {
            // Without a value it is a variant of the operating system's, such as `de_DE@euro`.
            let (key, value) = keyword.split_once('=').unwrap_or((keyword, ""));
            settings.insert(now(KEYS, key), value.to_owned());
        }
        for value in settings.values_mut() {
            *value = now(VALUES, value);
        }
        let language = if matches!(language, "" | "root") { "und" } else { language };
        (language.to_owned(), settings)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn language_tags_are_names_of_older_locales() {
        let is = |one: &str, other: &str| {
            let (one, other) = (Locale(one.to_owned()), Locale(other.to_owned()));
            assert_eq!(one.is(&other), other.is(&one));
            one.is(&other)
        };
        for (old, new) in [
            ("en@colNumeric=yes", "en-u-kn-true"),
            ("en@colNumeric=yes", "en-u-kn"),
            ("de_AT@collation=phonebook", "de-AT-u-co-phonebk"),
            ("@colStrength=secondary;colCaseLevel=no", "und-u-kc-false-ks-level2"),
            ("@colReorder=grek-latn", "und-u-kr-grek-latn"),
            ("en_US", "en-US"),
            ("en_US.UTF-8", "en_US.utf8"),
            ("C.UTF8", "C.UTF-8"),
            ("de_DE.ISO8859-15@euro", "de_DE.iso885915@euro"),
            ("ru_RU.utf8", "ru-RU"),
            ("sv_SE.UTF-8@collation=phonebook", "sv-SE-u-co-phonebk"),
        ] {
            assert!(is(old, new), "{old} {new}");
        }
        for (one, other) in [
            ("en-u-kn-true", "en-u-kn-false"),
            ("de", "de-AT"),
            ("und-u-ks-level1", "und-u-ks-level2"),
            ("en_US.utf8", "en_US"),
            ("en_US.utf8", "en-GB"),
            ("de_DE.utf8@euro", "de-DE"),
            ("de_DE@euro", "de_DE"),
            ("sr_RS@latin", "sr_RS"),
            ("en-u-some-kn", "en-u-kn"),
            ("C", "POSIX"),
            ("en_US.utf8", "en_US.latin1"),
            ("en_US.utf8", "en_GB.utf8"),
            ("de_DE.utf8", "de_DE.utf8@euro"),
        ] {
            assert!(!is(one, other), "{one} {other}");
        }
    }
}
