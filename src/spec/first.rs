//! The first spec of a system: what is there, with what a person should know of it.

use indexmap::IndexMap;

use super::splice::Value;
use super::{Platform, VERSION, bookkeeping::bookkeeping, yaml};
use crate::error::Result;
use crate::model::{Children, Database, Object, Pass, covers, covers_object, escape, unescaped};

/// The rules of the attributes in which environments differ while the schema is the same.
const OF_ENVIRONMENTS: &[&str] = &["*.owner", "*grants"];

/// The file beside a spec by which editors check and complete it.
pub const SCHEMA_FILE: &str = "schemavet.schema.json";

/// A first spec: the text of its main file, and of one for each schema by name.
#[derive(Debug)]
pub struct First {
    /// The file with all that is not in one of the others.
    pub main: String,
    /// The files of schemas.
    pub schemas: Vec<(String, String)>,
    /// What is not looked at because a tool keeps it for itself, with the tool.
    pub ignored: Vec<(String, String)>,
}

impl First {
    /// Writes what `database` has; names in it are relative to their schemas. What a platform owns must have been left out
    /// of it. Each schema gets a file of its own where it is to be `split`.
    ///
    /// # Errors
    /// Something cannot be written as YAML.
    pub fn of(
        name: &str,
        platform: Option<&Platform>,
        mut database: Database,
        split: bool,
    ) -> Result<Self> {
        let ignored = bookkeeping(&database)?;
        let globs: Vec<String> =
            ignored.iter().map(|(name, _)| escape(name).into_owned()).collect();
        database.prune(&mut crate::finding::Path::default(), &|kind, path| {
            globs.iter().any(|glob| covers_object(glob, kind, path))
        });
        let off = |kind: &str, attribute: &str| {
            let rule = format!("{kind}.{attribute}");
            OF_ENVIRONMENTS.iter().any(|pattern| covers(pattern, &rule))
        };
        database.silence(&off, &mut Pass::default());
        let mut schemas = Vec::new();
        if split {
            let taken = std::mem::take(&mut database.schemas);
            let Children::Named(entries) = taken else {
                return Self::of(name, platform, database, false);
            };
            for (schema, entry) in entries {
                let body = IndexMap::from([(schema.as_str(), entry)]);
                let only = IndexMap::from([("schemas", body)]);
                let text = format!("{}spec: {VERSION}\n{}", for_editors(), yaml::write(&only)?);
                schemas.push((unescaped(&schema).into_owned(), text));
            }
        }
        let mut main = head(name, platform)?;
        if !globs.is_empty() {
            main += "\n# What tools keep for themselves.\nignore:\n";
            for (glob, (_, tool)) in globs.iter().zip(&ignored) {
                main += &format!("{}  # {tool}\n", Value::of(glob)?.item(2));
            }
        }
        let body = yaml::write(&database)?;
        if body.trim() != "{}" {
            main += &format!("\n{body}");
        }
        Ok(Self { main, schemas, ignored })
    }
}

/// The line by which editors find the JSON Schema: <https://github.com/redhat-developer/yaml-language-server>.
fn for_editors() -> String {
    format!("# yaml-language-server: $schema=./{SCHEMA_FILE}\n")
}

fn head(name: &str, platform: Option<&Platform>) -> Result<String> {
    let mut text = for_editors();
    text += &format!(
        "# What this database has to be. `schemavet validate` holds one against it; `schemavet snapshot --update` writes\n\
         # back into it what has changed, and leaves comments and everything else as they are.\n\
         spec: {VERSION}\n{}\n\
         # What is not written is not there.\n\
         strict: true\n",
        Value::of(&name)?.entry("name", 0)?
    );
    if let Some(platform) = platform {
        text += &format!(
            "# What the platform sets up is its own business.\n{}\n",
            Value::of(&platform.name)?.entry("platform", 0)?
        );
    }
    text += "\n# Environments differ in who owns things and who may do what. To compare that too, take these lines out; then\n\
             # `schemavet snapshot --update` writes it down.\n\
             levels:\n";
    for pattern in OF_ENVIRONMENTS {
        text += &format!("  \"{pattern}\": off\n");
    }
    Ok(text)
}
