//! Attributes of composite types.

use super::reference::CollationName;
use super::{Column, Expect, Object, Special, object, usual};
use crate::value::DataType;

object! {
    /// An attribute of a composite type.
    pub struct TypeAttribute: "attribute" {
        /// Data type, under any of its names.
        r#type: Expect<DataType>,
        /// Collation, where it is not that of the data type.
        collation: Expect<Option<CollationName>> = None,
        /// Its comment.
        comment: Expect<Option<String>> = None,
    }
}

impl Special for TypeAttribute {
    const ORDER: Option<&'static str> = Some("attribute_order");

    fn conclude(&mut self) {
        usual::leave_out_collation(&mut self.collation, &self.r#type);
    }

    /// `type [collate name]`.
    fn from_short(text: &str) -> Result<Self, String> {
        let column = Column::from_short(text)?;
        let plain = Column {
            r#type: column.r#type.clone(),
            collation: column.collation.clone(),
            not_null_constraint: Expect::Unsaid,
            ..Column::plain()
        };
        if plain != column {
            return Err(format!("an attribute has a type and a collation only: `{text}`"));
        }
        Ok(Self { r#type: column.r#type, collation: column.collation, ..Self::plain() })
    }

    fn short(&self) -> Option<String> {
        let mut text = self.r#type.said()?.short();
        if let Some(Some(collation)) = self.collation.said() {
            text += &format!(" collate {collation}");
        }
        Some(text)
    }
}
