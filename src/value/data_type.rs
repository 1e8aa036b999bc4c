//! Data types, under all the names that SQL has for one.

use std::fmt;
use std::str::FromStr;

use super::{Home, Name, serde_by_text};
use crate::sql::{self, Kind, Token};

/// A data type: every alias of a built-in type reads as the one spelling that `format_type` prints.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataType {
    /// The type's name; built-in types have no schema.
    pub name: Name,
    /// Whether it is a type of `pg_catalog`.
    pub built_in: bool,
    /// Modifiers with their parentheses, such as `(12,2)`, or empty. Those of `interval` include its fields.
    pub modifiers: String,
    /// Whether it is an array; PostgreSQL does not tell arrays of more dimensions apart.
    pub array: bool,
}

serde_by_text!(DataType, "a data type");

impl DataType {
    /// Reads a type from the front of `tokens` and says how many tokens it took.
    ///
    /// # Errors
    /// There is none.
    pub fn parse(tokens: &[Token<'_>]) -> Result<(Self, usize), String> {
        let mut reader = Reader { tokens, at: 0 };
        let mut data_type = reader.base()?;
        data_type.array |= reader.array()?;
        Ok((data_type, reader.at))
    }

    /// The type of a sequence about which nothing is said.
    pub fn bigint() -> Self {
        Self::built_in("bigint", String::new())
    }

    /// The type without its length, precision or fields: what a value is converted to without being cut. `bpchar` is what is
    /// left of `character`, and `"bit"` of `bit`.
    #[must_use]
    pub fn without_modifiers(&self) -> Self {
        let mut plain = Self { modifiers: String::new(), ..self.clone() };
        match plain.name.name.as_str() {
            "bpchar" if plain.built_in => plain.name.name = "character".into(),
            BIT_OF_ANY_LENGTH if plain.built_in => plain.name.name = "bit".into(),
            _ => {}
        }
        plain
    }

    /// Whether it is the type of `pg_catalog` of this name, whatever its modifiers; not an array of it.
    pub fn is_built_in(&self, name: &str) -> bool {
        self.built_in && !self.array && self.name.name == name
    }

    /// Whether its values are integers.
    pub fn is_integer(&self) -> bool {
        ["smallint", "integer", "bigint"].iter().any(|name| self.is_built_in(name))
    }

    /// As a person would write it: `timestamptz`, `varchar(20)`.
    pub fn short(&self) -> String {
        let modifiers = &self.modifiers;
        let base = match (self.built_in, self.name.name.as_str()) {
            (true, "timestamp with time zone") => format!("timestamptz{modifiers}"),
            (true, "timestamp without time zone") => format!("timestamp{modifiers}"),
            (true, "time with time zone") => format!("timetz{modifiers}"),
            (true, "time without time zone") => format!("time{modifiers}"),
            (true, "character varying") => format!("varchar{modifiers}"),
            (true, "character") => format!("char{modifiers}"),
            _ => return self.to_string(),
        };
        if self.array { base + "[]" } else { base }
    }

    fn built_in(name: &str, modifiers: String) -> Self {
        let name = Name { schema: None, name: name.into() };
        Self { name, built_in: true, modifiers, array: false }
    }
}

impl FromStr for DataType {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let tokens = sql::words(text);
        match Self::parse(&tokens)? {
            (data_type, used) if used == tokens.len() => Ok(data_type),
            (_, used) => {
                Err(format!("unexpected `{}` after the data type in `{text}`", tokens[used].text))
            }
        }
    }
}

impl DataType {
    /// Drops its schema when it is `home`, unless what stays would be read as another type.
    pub fn relative_to(&mut self, home: &Home<'_>) {
        let mut plain = self.clone();
        plain.name.relative_to(home);
        // What a function returns is a set of something where it begins so.
        let reads_otherwise = plain.name.name == "setof" || ALIASES.contains(&&*plain.name.name);
        if !reads_otherwise && plain.to_string().parse().as_ref() == Ok(&plain) {
            *self = plain;
        }
    }
}

impl fmt::Display for DataType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let modifiers = &self.modifiers;
        match (self.built_in, self.name.name.as_str()) {
            (
                true,
                name @ ("timestamp with time zone"
                | "timestamp without time zone"
                | "time with time zone"
                | "time without time zone"),
            ) => {
                let (word, zone) = name.split_once(' ').unwrap_or((name, ""));
                write!(f, "{word}{modifiers} {zone}")?;
            }
            (true, "interval") if modifiers.starts_with(|c: char| c.is_alphabetic()) => {
                write!(f, "interval {modifiers}")?;
            }
            (true, name) => write!(f, "{name}{modifiers}")?,
            (false, _) => write!(f, "{}{modifiers}", self.name)?,
        }
        if self.array { f.write_str("[]") } else { Ok(()) }
    }
}

/// The name without quotes is that of a single bit.
const BIT_OF_ANY_LENGTH: &str = "\"bit\"";

struct Reader<'a> {
    tokens: &'a [Token<'a>],
    at: usize,
}

impl Reader<'_> {
    fn take(&mut self, word: &str) -> bool {
        let found = self.tokens.get(self.at).is_some_and(|token| token.is_word(word));
        self.at += usize::from(found);
        found
    }

    fn sees(&self, mark: &str) -> bool {
        self.tokens.get(self.at).is_some_and(|token| token.is(mark))
    }

    fn take_all(&mut self, words: &[&str]) -> bool {
        let found = words
            .iter()
            .enumerate()
            .all(|(i, word)| self.tokens.get(self.at + i).is_some_and(|token| token.is_word(word)));
        self.at += if found { words.len() } else { 0 };
        found
    }

    fn base(&mut self) -> Result<DataType, String> {
        let quoted = self.tokens.first().is_some_and(|token| token.kind == Kind::Quoted);
        let (name, used) =
            Name::parse(self.tokens).map_err(|error| format!("no data type: {error}"))?;
        self.at = used;
        let in_catalog = name.schema.as_deref() == Some("pg_catalog");
        if name.schema.is_some() && !in_catalog {
            return self.named(name);
        }
        let quoted = quoted || self.tokens[used - 1].kind == Kind::Quoted;
        if quoted && name.name == "char" {
            return Ok(DataType::built_in("\"char\"", String::new()));
        }
        if (quoted || in_catalog) && name.name == "bit" {
            let modifiers = self.modifiers()?;
            let name = if modifiers.is_empty() { BIT_OF_ANY_LENGTH } else { "bit" };
            return Ok(DataType::built_in(name, modifiers));
        }
        let is_own = |name: &str| BUILT_IN.contains(&name) || OWN_NAMES.contains(&name);
        if let Some(element) = name.name.strip_prefix('_').filter(|element| is_own(element)) {
            let element = self.word(Name { schema: None, name: element.into() })?;
            return Ok(DataType { array: true, ..element });
        }
        if quoted && !in_catalog && !is_own(&name.name) {
            return self.named(name);
        }
        self.word(name)
    }

    fn named(&mut self, name: Name) -> Result<DataType, String> {
        Ok(DataType { name, built_in: false, modifiers: self.modifiers()?, array: false })
    }

    /// An unquoted word without a schema, which may be the first of several.
    fn word(&mut self, name: Name) -> Result<DataType, String> {
        let plain = match name.name.as_str() {
            "int" | "int4" | "integer" => "integer",
            "int2" | "smallint" => "smallint",
            "int8" | "bigint" => "bigint",
            "bool" | "boolean" => "boolean",
            "float4" | "real" => "real",
            "float8" => "double precision",
            "double" if self.take("precision") => "double precision",
            "float" => return self.float(),
            "numeric" | "decimal" | "dec" => return self.numeric(),
            "varchar" => return self.with_modifiers("character varying"),
            "char" | "character" | "nchar" => return self.character(),
            "national" if self.take("character") || self.take("char") => return self.character(),
            "bit" => return self.bit(),
            "bpchar" if self.sees("(") => return self.character(),
            "varbit" => return self.with_modifiers("bit varying"),
            "timestamptz" => return self.with_modifiers("timestamp with time zone"),
            "timetz" => return self.with_modifiers("time with time zone"),
            "timestamp" | "time" => return self.time(&name.name),
            "interval" => return self.interval(),
            other if BUILT_IN.contains(&other) => other,
            _ => return self.named(name),
        };
        Ok(DataType::built_in(plain, String::new()))
    }

    fn with_modifiers(&mut self, name: &str) -> Result<DataType, String> {
        Ok(DataType::built_in(name, self.modifiers()?))
    }

    fn float(&mut self) -> Result<DataType, String> {
        let modifiers = self.modifiers()?;
        let digits = modifiers.trim_matches(['(', ')']).parse::<u32>().unwrap_or(53);
        Ok(DataType::built_in(
            if digits <= 24 { "real" } else { "double precision" },
            String::new(),
        ))
    }

    fn numeric(&mut self) -> Result<DataType, String> {
        let modifiers = self.modifiers()?;
        let scaled = modifiers.is_empty() || modifiers.contains(',');
        let modifiers = if scaled { modifiers } else { modifiers.replace(')', ",0)") };
        Ok(DataType::built_in("numeric", modifiers))
    }

    fn character(&mut self) -> Result<DataType, String> {
        if self.take("varying") {
            return self.with_modifiers("character varying");
        }
        let modifiers = self.modifiers()?;
        let modifiers = if modifiers.is_empty() { "(1)".to_owned() } else { modifiers };
        Ok(DataType::built_in("character", modifiers))
    }

    fn bit(&mut self) -> Result<DataType, String> {
        if self.take("varying") {
            return self.with_modifiers("bit varying");
        }
        let modifiers = self.modifiers()?;
        Ok(DataType::built_in(
            "bit",
            if modifiers.is_empty() { "(1)".to_owned() } else { modifiers },
        ))
    }

    fn time(&mut self, word: &str) -> Result<DataType, String> {
        let modifiers = self.modifiers()?;
        let zone = if self.take_all(&["with", "time", "zone"]) {
            "with time zone"
        } else {
            self.take_all(&["without", "time", "zone"]);
            "without time zone"
        };
        Ok(DataType::built_in(&format!("{word} {zone}"), modifiers))
    }

    fn interval(&mut self) -> Result<DataType, String> {
        let fields = ["year", "month", "day", "hour", "minute", "second"];
        let mut words = Vec::new();
        while let Some(token) = self.tokens.get(self.at) {
            let word = token.text.to_lowercase();
            let ends = words.len() == 1 || words.len() == 3;
            let fits = if ends {
                word == "to" && words.len() == 1
            } else {
                fields.contains(&word.as_str())
            };
            if token.kind != Kind::Word || !fits {
                break;
            }
            words.push(word);
            self.at += 1;
        }
        let modifiers = words.join(" ") + &self.modifiers()?;
        Ok(DataType::built_in("interval", modifiers))
    }

    /// `(…)` with its white space taken out.
    fn modifiers(&mut self) -> Result<String, String> {
        if !self.sees("(") {
            return Ok(String::new());
        }
        let mut text = String::new();
        for token in &self.tokens[self.at..] {
            self.at += 1;
            text.push_str(token.text);
            if token.is(")") {
                return Ok(text);
            }
        }
        Err("a `(` after the data type is not closed".to_owned())
    }

    fn array(&mut self) -> Result<bool, String> {
        let mut array = self.take("array");
        while self.sees("[") {
            array = true;
            self.at += 1;
            if self.tokens.get(self.at).is_some_and(|token| token.kind == Kind::Number) {
                self.at += 1;
            }
            if !self.sees("]") {
                return Err("a `[` after the data type is not closed".to_owned());
            }
            self.at += 1;
        }
        Ok(array)
    }
}

/// Names of types that [`DataType`] reads as another one, or as one of several words.
#[rustfmt::skip]
pub(crate) const ALIASES: &[&str] = &[
    "bigint", "bigserial", "bit", "bool", "boolean", "char", "character", "decimal",
    "double precision", "float", "float4", "float8", "int", "int2", "int4", "int8", "integer",
    "interval", "numeric", "real", "serial", "serial2", "serial4", "serial8", "smallint",
    "smallserial", "time", "timestamp", "timestamptz", "timetz", "varbit", "varchar",
];

/// What the catalog itself calls types that SQL has other names for. Quoted, or as an array with `_` before it, a type goes by
/// that name alone.
#[rustfmt::skip]
const OWN_NAMES: &[&str] = &[
    "bool", "float4", "float8", "int2", "int4", "int8", "interval", "numeric", "time", "timestamp",
    "timestamptz", "timetz", "varbit", "varchar",
];

/// Types of `pg_catalog` of one word that have no other name (`select typname from pg_type`, 13 to 18).
#[rustfmt::skip]
pub(crate) const BUILT_IN: &[&str] = &[
    "aclitem", "any", "anyarray", "anycompatible", "anycompatiblearray",
    "anycompatiblemultirange", "anycompatiblenonarray", "anycompatiblerange", "anyelement",
    "anyenum", "anymultirange", "anynonarray", "anyrange", "box", "bpchar", "bytea", "cid",
    "cidr", "circle", "cstring", "date", "datemultirange", "daterange", "event_trigger",
    "fdw_handler", "gtsvector", "index_am_handler", "inet", "int2vector", "int4multirange",
    "int4range", "int8multirange", "int8range", "internal", "json", "jsonb", "jsonpath",
    "language_handler", "line", "lseg", "macaddr", "macaddr8", "money", "name", "nummultirange",
    "numrange", "oid", "oidvector", "path", "pg_ddl_command", "pg_lsn", "pg_node_tree",
    "pg_snapshot", "point", "polygon", "record", "refcursor", "regclass", "regcollation",
    "regconfig", "regdictionary", "regnamespace", "regoper", "regoperator", "regproc",
    "regprocedure", "regrole", "regtype", "table_am_handler", "text", "tid", "trigger",
    "tsm_handler", "tsmultirange", "tsquery", "tsrange", "tstzmultirange", "tstzrange",
    "tsvector", "txid_snapshot", "unknown", "uuid", "void", "xid", "xid8", "xml",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_alias_reads_as_what_format_type_prints() {
        for (written, printed) in [
            ("int", "integer"),
            ("INT4[]", "integer[]"),
            ("int[3][3]", "integer[]"),
            ("pg_catalog.int8", "bigint"),
            ("varchar(255)", "character varying(255)"),
            ("char", "character(1)"),
            ("\"char\"", "\"char\""),
            ("bpchar", "bpchar"),
            ("bpchar(5)", "character(5)"),
            ("\"text\"", "text"),
            ("\"varchar\"(20)", "character varying(20)"),
            ("\"timestamptz\"[]", "timestamp with time zone[]"),
            ("_int4", "integer[]"),
            ("pg_catalog._text", "text[]"),
            ("_mood", "_mood"),
            ("timestamptz(3)", "timestamp(3) with time zone"),
            ("timestamp", "timestamp without time zone"),
            ("timestamp (3) without time zone[]", "timestamp(3) without time zone[]"),
            ("numeric(12)", "numeric(12,0)"),
            ("decimal ( 12 , 2 )", "numeric(12,2)"),
            ("float(24)", "real"),
            ("float", "double precision"),
            ("interval day to second(3)", "interval day to second(3)"),
            ("interval (3)", "interval(3)"),
            ("national character varying(3)", "character varying(3)"),
            ("bit varying(5)", "bit varying(5)"),
            ("public.\"Mood\"", "public.\"Mood\""),
            ("vector(3)", "vector(3)"),
        ] {
            let data_type: DataType = written.parse().expect(written);
            assert_eq!(data_type.to_string(), printed);
            assert_eq!(printed.parse::<DataType>().expect(printed), data_type, "{printed}");
            assert_eq!(
                data_type.short().parse::<DataType>().expect(printed),
                data_type,
                "{printed}"
            );
        }
    }

    #[test]
    fn what_is_no_type_is_refused() {
        for text in ["", "(3)", "int[", "numeric(3", "text text"] {
            assert!(text.parse::<DataType>().is_err(), "{text}");
        }
    }
}
