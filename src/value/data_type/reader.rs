//! How data types are written in SQL.

use super::DataType;
use super::names::{BIT_OF_ANY_LENGTH, BUILT_IN, OWN_NAMES};
use crate::sql::{Kind, Token};
use crate::value::Name;

/// Reads one type from the front of tokens.
pub(super) struct Reader<'a> {
    tokens: &'a [Token<'a>],
    at: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn of(tokens: &'a [Token<'a>]) -> Self {
        Self { tokens, at: 0 }
    }

    /// How many tokens it took.
    pub(super) fn taken(&self) -> usize {
        self.at
    }

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

    /// A type without the marks of an array.
    pub(super) fn base(&mut self) -> Result<DataType, String> {
        let first = self.tokens.first();
        if let Some(word) = first.filter(|token| token.kind == Kind::Word && !token.is_name())
            && !BUILT_IN.contains(&word.text.to_lowercase().as_str())
        {
            return Err(format!("no data type: `{}` is a key word", word.text));
        }
        let quoted = first.is_some_and(|token| token.kind == Kind::Quoted);
        let (name, used) =
            Name::parse(self.tokens).map_err(|error| format!("no data type: {error}"))?;
        self.at = used;
        let in_catalog = name.schema.as_deref() == Some("pg_catalog");
        if name.schema.is_some() && !in_catalog {
            return self.named(name);
        }
        let quoted = quoted || self.tokens[used - 1].kind == Kind::Quoted;
        if (quoted || in_catalog) && name.name == "char" {
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

    /// `array` or brackets.
    pub(super) fn array(&mut self) -> Result<bool, String> {
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
