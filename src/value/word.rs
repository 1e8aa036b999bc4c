//! Attributes that take one of a few words.

/// Declares an enum whose variants are written as words, as PostgreSQL writes them; others that mean the same may be read.
///
/// Reading ignores case and takes `_` for a space; a wrong word is answered with the list of the right ones.
macro_rules! words {
    ($(#[$meta:meta])* pub enum $name:ident { $($(#[$variant_meta:meta])* $variant:ident = $word:literal $(| $other:literal)*,)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $name {
            $($(#[$variant_meta])* $variant,)+
        }

        impl $name {
            /// Every word, in the order of declaration.
            pub const WORDS: &'static [&'static str] = &[$($word),+];

            /// Others that are read as one of those.
            pub(crate) const OTHERS: &'static [&'static str] = &[$($($other,)*)+];

            /// The word itself.
            pub fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.word())
            }
        }

        impl std::str::FromStr for $name {
            type Err = String;

            fn from_str(text: &str) -> Result<Self, String> {
                let plain = text.trim().to_lowercase().replace('_', " ");
                match plain.as_str() {
                    $(word if [$word $(, $other)*].iter().any(|one| $crate::value::is_the_word(word, one)) => {
                        Ok(Self::$variant)
                    })+
                    _ => Err(format!("`{text}` is none of {}", Self::WORDS.join(", "))),
                }
            }
        }

        $crate::value::serde_by_text!($name, "one of a few words");
    };
}
pub(crate) use words;

/// Whether `plain`, which has spaces in place of underscores, is this word.
pub(crate) fn is_the_word(plain: &str, word: &str) -> bool {
    plain.len() == word.len()
        && plain
            .bytes()
            .zip(word.bytes())
            .all(|(one, other)| one == other || (one, other) == (b' ', b'_'))
}
