//! The values that attributes hold: newtypes that normalize what is read, so that two spellings become one.

mod arguments;
mod by_text;
mod cast;
mod data_type;
mod encoding;
mod estimate;
mod foreign_options;
mod grantors;
mod grants;
mod listed;
mod locale;
mod memberships;
mod moment;
mod name;
mod number;
mod parameter;
mod privilege;
mod secret;
mod settings;
mod text;
mod word;

pub(crate) use by_text::ByText;
pub use cast::uncast;
pub use data_type::DataType;
pub(crate) use data_type::{ALIASES as TYPE_ALIASES, BUILT_IN as BUILT_IN_TYPES};
pub use encoding::Encoding;
pub use estimate::Estimate;
pub use foreign_options::ForeignOptions;
pub use grantors::Objection;
pub use grants::Grants;
pub(crate) use listed::Listed;
pub use locale::Locale;
pub use memberships::{MembershipOption, Memberships};
pub use moment::Moment;
pub use name::{Home, Name, NameSet, Signature};
pub use number::Number;
/// A list that YAML writes on one line: `[a, b]`. Other formats write it as any list.
pub(crate) use serde_yaml::FlowSeq as FlowList;
pub use settings::Settings;
pub use text::{Body, Definition, Expression, Query, StandardBody};
pub(crate) use word::{is_the_word, words};

/// Implements serde for a newtype that is written as one string: `FromStr` reads it, `Display` writes it.
macro_rules! serde_by_text {
    ($type:ty, $what:literal) => {
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text =
                    $crate::value::ByText { what: $what, read: |text: &str| text.parse::<$type>() };
                serde::de::DeserializeSeed::deserialize(text, deserializer)
            }
        }
    };
}
pub(crate) use serde_by_text;
