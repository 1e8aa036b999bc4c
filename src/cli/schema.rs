//! `schemavet schema`.

use clap::Args;

use crate::error::{Error, Result};

/// Print the JSON Schema of specs, by which editors check and complete them.
#[derive(Debug, Args)]
pub(super) struct Schema {}

impl Schema {
    #[expect(clippy::unused_self, reason = "as of every command")]
    pub(super) fn run(&self, color: anstream::ColorChoice) -> Result<u8> {
        super::print(&text()?, color)?;
        Ok(0)
    }
}

/// The JSON Schema of specs, as text.
pub(super) fn text() -> Result<Vec<u8>> {
    let mut text = serde_json::to_vec_pretty(&crate::spec::schema())
        .map_err(|error| Error::unavailable("cannot write the schema").because(error))?;
    text.push(b'\n');
    Ok(text)
}
