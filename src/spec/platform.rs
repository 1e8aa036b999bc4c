//! Platforms that run PostgreSQL for others: what they set up in a database is theirs, and drifts with their releases.

use serde::Deserialize;

use super::yaml;
use crate::finding::Path;
use crate::model::{Database, Object, covers_object};

/// What a platform owns in each database, as its file under `platforms/` says.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Platform {
    /// What specs call it.
    #[serde(skip)]
    pub name: &'static str,
    /// A schema by whose name and owner the platform is recognized.
    #[serde(default)]
    recognized_by: Vec<Mark>,
    /// Objects that are its own: schemas with what is in them, and, after its kind, any one object. In the dotted names `*`
    /// stands for any text.
    owns: Vec<String>,
    /// Kinds of objects that are the users' own inside of those, unless named by their kind in `owns`.
    users_own: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Mark {
    schema: String,
    owners: Vec<String>,
}

macro_rules! platforms {
    ($($name:literal),+) => {
        /// Every platform by name, with its file.
        const PLATFORMS: &[(&str, &str)] =
            &[$(($name, include_str!(concat!("platforms/", $name, ".yaml")))),+];
    };
}
platforms!("supabase", "heroku", "rds", "cloudsql", "azure", "neon");

impl Platform {
    /// The names of all.
    pub fn names() -> impl Iterator<Item = &'static str> {
        PLATFORMS.iter().map(|(name, _)| *name)
    }

    /// The platform of this name.
    pub fn named(name: &str) -> Option<Self> {
        PLATFORMS.iter().find(|(known, _)| *known == name).and_then(|entry| Self::read(entry).ok())
    }

    /// The platform on which `database` stands, where that shows.
    pub fn of(database: &Database) -> Option<Self> {
        PLATFORMS.iter().filter_map(|entry| Self::read(entry).ok()).find(|platform| {
            platform.recognized_by.iter().any(|mark| {
                let schema = database.schemas.body(&mark.schema);
                let owner = schema.and_then(|schema| schema.owner.said()?.as_ref());
                owner.is_some_and(|owner| mark.owners.iter().any(|role| role == owner.role()))
            })
        })
    }

    fn read((name, text): &(&'static str, &str)) -> crate::error::Result<Self> {
        let platform: Self = yaml::read(&format!("{name}.yaml").into(), text)?;
        Ok(Self { name, ..platform })
    }

    /// Whether an object is the platform's own.
    pub fn owns(&self, kind: &str, path: &Path) -> bool {
        let is_in_a_schema = path.0.first().is_some_and(|first| first == "schemas");
        let may_be_its_own = is_in_a_schema && !self.users_own.iter().any(|own| own == kind);
        self.owns.iter().any(|glob| {
            let by_kind = glob.strip_prefix(kind).is_some_and(|rest| rest.starts_with(' '));
            (by_kind || may_be_its_own) && covers_object(glob, kind, path)
        })
    }

    /// Leaves out what is the platform's own. Of what holds users' own objects only the name stays.
    pub fn prune(&self, database: &mut Database) {
        database.prune(&mut Path::default(), &|kind, path| self.owns(kind, path));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_platform_can_be_read_and_names_kinds_that_exist() {
        for entry in PLATFORMS {
            let platform = Platform::read(entry).expect(entry.0);
            let known = |kind: &str| crate::model::KINDS.iter().any(|known| known.name == kind);
            assert!(platform.users_own.iter().all(|kind| known(kind)), "{}", entry.0);
            let of_a_kind = platform.owns.iter().filter_map(|glob| glob.split_once(' '));
            assert!(of_a_kind.into_iter().all(|(kind, _)| known(kind)), "{}", entry.0);
        }
    }

    fn path(path: &str) -> Path {
        Path(path.split('/').map(str::to_owned).collect())
    }

    #[test]
    fn users_triggers_stay_in_what_a_platform_owns() {
        let supabase = Platform::named("supabase").expect("there");
        let users = "schemas/auth/tables/users";
        assert!(supabase.owns("table", &path(users)));
        assert!(supabase.owns("column", &path(&format!("{users}/columns/id"))));
        assert!(!supabase.owns("trigger", &path(&format!("{users}/triggers/on_sign_up"))));
        let theirs = "schemas/storage/tables/objects/triggers/update_objects_updated_at";
        assert!(supabase.owns("trigger", &path(theirs)));
        assert!(!supabase.owns("table", &path("schemas/public/tables/users")));
        let changed = |object: &str| {
            let key = format!("function {object}(bytea)");
            let steps = ["extensions", "pgcrypto", "changed_privileges", &key];
            supabase.owns("changed_privileges", &Path(steps.map(str::to_owned).to_vec()))
        };
        assert!(changed("extensions.armor") && !changed("public.armor"));
        for (kind, name) in [
            ("publication", "publications/realtime"),
            ("event_trigger", "event_triggers/net"),
            ("server", "servers/storage"),
        ] {
            assert!(!supabase.owns(kind, &path(name)), "{kind}");
        }
    }
}
