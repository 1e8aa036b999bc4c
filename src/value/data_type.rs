//! Data types, under all the names that SQL has for one.

mod names;
mod reader;

use std::fmt;
use std::str::FromStr;

use self::names::BIT_OF_ANY_LENGTH;
pub(crate) use self::names::{ALIASES, BUILT_IN};
use self::reader::Reader;
use super::{Home, Name, serde_by_text};
use crate::sql::{self, Token};

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
        let mut reader = Reader::of(tokens);
        let mut data_type = reader.base()?;
        data_type.array |= reader.array()?;
        Ok((data_type, reader.taken()))
    }

    /// Reads a list of types, in which lengths, precisions and fields mean nothing to PostgreSQL: they are left out.
    ///
    /// # Errors
    /// One of them is no type.
    pub fn parse_list(list: &str) -> Result<Vec<Self>, String> {
        let types = sql::split_list(list)?.into_iter().map(str::parse::<Self>);
        types.map(|data_type| Ok(data_type?.without_modifiers())).collect()
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

    /// Whether its modifiers are those of `other`. The server reads a word among them in lower case, in whichever case it
    /// prints it then, such as `geometry(Point,4326)`; a constant it reads as it stands.
    pub fn has_modifiers_of(&self, other: &Self) -> bool {
        let (one, another) = (&self.modifiers, &other.modifiers);
        one == another || !one.contains(['\'', '"']) && one.eq_ignore_ascii_case(another)
    }

    /// Whether it is the type of `pg_catalog` of this name, whatever its modifiers; not an array of it.
    pub fn is_built_in(&self, name: &str) -> bool {
        self.built_in && !self.array && self.name.name == name
    }

    /// Whether its values are integers.
    pub fn is_integer(&self) -> bool {
        self.limits().is_some()
    }

    /// The smallest and the largest of its values, where these are integers.
    pub fn limits(&self) -> Option<(i64, i64)> {
        match self.name.name.as_str() {
            _ if !self.built_in || self.array => None,
            "smallint" => Some((i16::MIN.into(), i16::MAX.into())),
            "integer" => Some((i32::MIN.into(), i32::MAX.into())),
            "bigint" => Some((i64::MIN, i64::MAX)),
            _ => None,
        }
    }

    /// What a value is cast to that is assigned to it. A cast cuts texts and bits off where an assignment refuses them, so
    /// that it is one to any length. (`character` alone would be `character(1)`, and `bit` would be `bit(1)`.)
    pub fn assigned(&self) -> String {
        let uncut = match self.name.name.as_str() {
            "character" if self.cuts_off() => "bpchar",
            "bit" if self.cuts_off() => BIT_OF_ANY_LENGTH,
            name if self.cuts_off() => name,
            _ => return self.to_string(),
        };
        Self { array: self.array, ..Self::built_in(uncut, String::new()) }.to_string()
    }

    /// Whether a cast to it cuts off what is too long.
    fn cuts_off(&self) -> bool {
        let name = self.name.name.as_str();
        self.built_in && ["character", "character varying", "bit", "bit varying"].contains(&name)
    }

    /// Whether a column of the type `own` has the same value for a constant, given without its quotes, and for that cast to
    /// this type.
    pub fn keeps(&self, constant: &str, own: &Self) -> bool {
        let length = self.modifiers.trim_matches(['(', ')']).parse().unwrap_or(0);
        match self.name.name.as_str() {
            _ if self.modifiers.is_empty() => true,
            _ if !self.cuts_off() => self == own,
            _ if self.array => {
                let one = Self { array: false, ..self.clone() };
                let is_kept =
                    |each: &&str| each.eq_ignore_ascii_case("null") || one.keeps(each, own);
                plain_elements(constant).is_some_and(|elements| elements.iter().all(is_kept))
            }
            "bit" => bits(constant) == Some(length),
            "bit varying" => bits(constant).is_some_and(|bits| bits <= length),
            _ => constant.chars().count() <= length,
        }
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

/// The elements of a constant array of one dimension, none of which is quoted.
fn plain_elements(constant: &str) -> Option<Vec<&str>> {
    let inside = constant.strip_prefix('{')?.strip_suffix('}')?;
    let is_plain = !inside.contains(['{', '}', '"', '\\']);
    is_plain.then(|| inside.split_terminator(',').map(sql::trim).collect())
}

/// How many bits a constant has: `101`, `B'101'`, `X1F`, `X'1F'`, given without the quotes of a text.
fn bits(constant: &str) -> Option<usize> {
    let (of_each, digits) = match constant.strip_prefix(['x', 'X']) {
        Some(digits) => (4, digits),
        None => (1, constant.strip_prefix(['b', 'B']).unwrap_or(constant)),
    };
    let digits = digits.trim_matches('\'');
    let radix = if of_each == 4 { 16 } else { 2 };
    digits.chars().all(|digit| digit.is_digit(radix)).then_some(digits.len() * of_each)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cast_of_an_array_keeps_what_it_keeps_of_each_element() {
        let array: DataType = "varchar(3)[]".parse().expect("a type");
        for (constant, is_kept) in [
            ("{}", true),
            ("{abc, d,NULL}", true),
            ("{abcd}", false),
            // White space of another script is a letter.
            ("{abc\u{a0}}", false),
            ("{{a},{b}}", false),
        ] {
            assert_eq!(array.keeps(constant, &array), is_kept, "{constant}");
        }
    }

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
    fn words_among_the_modifiers_have_no_case() {
        let data_type = |text: &str| text.parse::<DataType>().expect(text);
        let stored = data_type("geometry(Point,4326)");
        assert!(data_type("geometry( point, 4326 )").has_modifiers_of(&stored));
        for other in ["geometry(pointz,4326)", "geometry('point',4326)", "geometry"] {
            assert!(!data_type(other).has_modifiers_of(&stored), "{other}");
        }
    }

    #[test]
    fn what_is_no_type_is_refused() {
        for text in ["", "(3)", "int[", "numeric(3", "text text"] {
            assert!(text.parse::<DataType>().is_err(), "{text}");
        }
    }
}
