//! A specification: YAML files in, one [`Database`] with levels, ignores and positions out; and a database written as
//! YAML.

mod bookkeeping;
mod comments;
mod document;
mod edit;
mod every_error;
mod first;
mod joined;
mod platform;
mod positions;
mod schema;
mod splice;
mod unknown_key;
mod yaml;

use std::collections::BTreeSet;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

pub use document::LevelRule;
use document::{Document, Strict};
pub use edit::Update;
pub use first::{First, SCHEMA_FILE};
pub use platform::Platform;
use positions::{Positions, Wanted};
pub use schema::schema;
pub(crate) use unknown_key::{nearest, nearest_rule};

use crate::error::{Error, Result};
use crate::file_name::{in_full, is_sql, is_yaml};
use crate::finding::{self, Location};
use crate::model::{Database, Object, Pass, Written};

/// The version of the language that specs are written in, which they say as `spec: 1`.
pub const VERSION: i64 = 1;

/// What a database should be.
#[derive(Debug)]
pub struct Spec {
    /// What the specified system is called.
    pub name: Option<String>,
    /// Whether every key that is not written means "none", where that is said.
    strict: Option<bool>,
    /// Levels by rule, in the order of the files; a later one wins.
    pub levels: Vec<LevelRule>,
    /// Globs of dotted names of objects that are not looked at.
    pub ignore: Vec<String>,
    /// The platform that the database stands on.
    pub platform: Option<Platform>,
    /// What is expected; where `strict`, with everything said.
    pub database: Database,
    /// The place of the database that stands in for a spec, where it is one.
    pub place: Option<String>,
    files: Vec<File>,
}

#[derive(Debug)]
struct File {
    name: Arc<str>,
    text: String,
    /// Found when they are first asked for.
    positions: OnceLock<Positions>,
    /// Likewise, in bytes.
    comments: OnceLock<Vec<Range<usize>>>,
}

impl File {
    fn positions(&self) -> &Positions {
        self.positions.get_or_init(|| Positions::of(&self.name, &self.text, &Wanted::every_key()))
    }

    fn comments(&self) -> &[Range<usize>] {
        self.comments.get_or_init(|| comments::find(&self.text))
    }

    /// The nearest place to each of these paths, with how much of the path it is.
    fn nearest_to_each(&self, paths: &[&finding::Path]) -> Vec<Option<(usize, Location)>> {
        let nearest = |positions: &Positions| {
            paths.iter().map(|path| positions.depth_and_place(path)).collect()
        };
        match self.positions.get() {
            Some(positions) => nearest(positions),
            None => nearest(&Positions::of(&self.name, &self.text, &Wanted::on_the_way(paths))),
        }
    }
}

impl Spec {
    /// Reads and merges files and folders of files (`*.yaml` and `*.yml`, those of folders in them too, hidden ones apart).
    ///
    /// # Errors
    /// A file is missing, or some are broken, with all that is wrong in them, or two contradict each other: bad input.
    pub fn read(paths: &[PathBuf]) -> Result<Self> {
        let mut files = Vec::new();
        for path in paths {
            files.extend(files_in(path)?);
        }
        // One that is named twice says nothing more.
        let mut known = BTreeSet::new();
        files.retain(|file| known.insert(in_full(file)));
        // Where a report is read, another machine's folders mean nothing.
        let here = std::env::current_dir().unwrap_or_default();
        let texts = files.into_iter().map(|path| {
            let name = path.strip_prefix(&here).unwrap_or(&path);
            let name = name.strip_prefix(".").unwrap_or(name).to_str().ok_or_else(|| {
                Error::input(format!("the name of the spec {} is not UTF-8", path.display()))
                    .help("rename the file")
            })?;
            let text = std::fs::read_to_string(&path).map_err(|error| unreadable(&path, &error))?;
            Ok((name.to_owned(), text))
        });
        Self::parse(texts.collect::<Result<_>>()?)
    }

    /// The same from texts, each with the name that positions in it give.
    ///
    /// # Errors
    /// As [`Spec::read`].
    pub fn parse(texts: Vec<(String, String)>) -> Result<Self> {
        let mut spec = Self {
            name: None,
            strict: None,
            levels: Vec::new(),
            ignore: Vec::new(),
            platform: None,
            database: Database::default(),
            place: None,
            files: Vec::new(),
        };
        let (mut read, mut wrong) = (Vec::new(), Vec::new());
        for (name, text) in texts {
            let name = name.into();
            match every_error::read(&name, &text) {
                Ok(document) => read.push((name, text, document)),
                Err(error) => wrong.push(error),
            }
        }
        let mut wrong = wrong.into_iter();
        if let Some(first) = wrong.next() {
            return Err(first.beside(wrong));
        }
        for (name, text, document) in read {
            spec.add(name, text, document)?;
        }
        if spec.is_strict() {
            spec.database.complete(&mut Pass::default());
        }
        Ok(spec)
    }

    /// A database in the place of a spec: everything is said. `platform` is what it stands on.
    pub fn of(mut database: Database, platform: Option<Platform>, place: String) -> Self {
        database.leave_tacit();
        database.leave_out_the_server(false);
        database.complete(&mut Pass::default());
        Self {
            name: None,
            strict: Some(true),
            levels: Vec::new(),
            ignore: Vec::new(),
            platform,
            database,
            place: Some(place),
            files: Vec::new(),
        }
    }

    /// Whether every key that is not written means "none".
    pub fn is_strict(&self) -> bool {
        self.strict == Some(true)
    }

    /// The first entry that says what may be there rather than what is there: no database can be made of it.
    pub fn vague(&self) -> Option<finding::Path> {
        let mut first = None;
        self.database.visit_objects(&mut finding::Path::default(), &mut |_, path, written| {
            // What an extension brought where a stub stood in for it is not known, and a snapshot says so.
            let is_of_an_extension = path.0.first().is_some_and(|first| first == "extensions");
            if written == Written::Vaguely && !is_of_an_extension && first.is_none() {
                first = Some(path.clone());
            }
        });
        first
    }

    /// The paths of the objects that it names.
    pub fn objects(&self) -> BTreeSet<finding::Path> {
        let mut objects = BTreeSet::new();
        self.database.visit_objects(&mut finding::Path::default(), &mut |_, path, written| {
            if written == Written::Whole {
                objects.insert(path.clone());
            }
        });
        objects
    }

    fn add(&mut self, name: Arc<str>, text: String, document: Document) -> Result<()> {
        joined::nothing_is_swallowed(&name, &text)?;
        let file = File { name, text, positions: OnceLock::new(), comments: OnceLock::new() };
        let mut path = Vec::new();
        if self.database.merge(document.database, &mut path).is_err() {
            return Err(self.clash(&file, path));
        }
        for (key, differs) in [
            ("name", differ(self.name.as_ref(), document.name.as_ref())),
            ("platform", differ(self.platform.as_ref(), document.platform.as_ref())),
            ("strict", differ(self.strict.as_ref(), document.strict.as_ref())),
        ] {
            if differs {
                return Err(self.clash(&file, vec![key.to_owned()]));
            }
        }
        let is_said_otherwise = |one: &&LevelRule| {
            let mut others = self.levels.iter().filter(|other| other.rule == one.rule);
            others.any(|other| other.level != one.level)
        };
        if let Some(level) = document.levels.iter().find(is_said_otherwise) {
            return Err(self.clash(&file, vec!["levels".to_owned(), level.rule.clone()]));
        }
        self.name = self.name.take().or(document.name);
        self.strict = self.strict.or(document.strict);
        self.platform = self.platform.take().or(document.platform);
        for level in document.levels {
            // What is said already keeps its place among those that may say otherwise.
            if !self.levels.contains(&level) {
                self.levels.push(level);
            }
        }
        self.ignore.extend(document.ignore);
        self.files.push(file);
        Ok(())
    }

    fn clash(&self, file: &File, path: Vec<String>) -> Error {
        let path = finding::Path(path);
        let here = file.positions().nearest(&path);
        let there = self
            .locate(&path)
            .map_or_else(String::new, |there| format!(", and otherwise at {there}"));
        let key = path.name().to_owned();
        let error = Error::input(format!("`{key}` is written twice: here{there}"))
            .help("say it in one file only, or say the same in both");
        match here {
            Some(here) => {
                let line = file.text.lines().nth(here.line - 1);
                error.at(here, line)
            }
            None => error,
        }
    }

    /// Where the spec writes what `path` leads to; the nearest place above it, where it is not written.
    pub fn locate(&self, path: &finding::Path) -> Option<Location> {
        self.locate_each(&[path]).pop().flatten()
    }

    /// The same for each of these paths: the files are gone through once.
    pub fn locate_each(&self, paths: &[&finding::Path]) -> Vec<Option<Location>> {
        let mut best = vec![None; paths.len()];
        for file in self.files.iter().filter(|_| !paths.is_empty()) {
            for (best, next) in best.iter_mut().zip(file.nearest_to_each(paths)) {
                if next.as_ref().map(|(depth, _)| depth) > best.as_ref().map(|(depth, _)| depth) {
                    *best = next;
                }
            }
        }
        best.into_iter().map(|best| best.map(|(_, place)| place)).collect()
    }

    /// Whether a finding is about what the platform owns and the spec does not speak of.
    pub fn leaves_to_platform(&self, finding: &finding::Finding) -> bool {
        // Of a database in the place of a spec it was left out before.
        self.place.is_none()
            && self.platform.as_ref().is_some_and(|platform| {
                platform.owns(finding.rule.kind, &finding.path) && !self.writes(&finding.spec_path)
            })
    }

    /// Whether `path` is written: by its own key, or in the short form of the object that it is an attribute of.
    fn writes(&self, path: &finding::Path) -> bool {
        self.files.iter().any(|file| file.positions().writes(path))
    }

    /// The text of the line that a location points at.
    pub fn line(&self, location: &Location) -> Option<&str> {
        let file = self.files.iter().find(|file| file.name == location.file)?;
        file.text.lines().nth(location.line - 1)
    }
}

/// Writes `database` as a strict spec: every key that is not written means "none". What a platform owns must have been
/// left out of it.
///
/// # Errors
/// Something cannot be written as YAML.
pub fn write(name: &str, platform: Option<&Platform>, database: &Database) -> Result<String> {
    yaml::write(&Strict { name, platform, database })
}

fn files_in(path: &Path) -> Result<Vec<PathBuf>> {
    let help =
        format!("to hold a database against SQL: `schemavet diff {} <DATABASE>`", path.display());
    if !path.is_dir() {
        if is_sql(path) && path.exists() {
            let message = format!("{} is SQL; a spec is YAML", path.display());
            return Err(Error::input(message).help(help));
        }
        return Ok(vec![path.to_owned()]);
    }
    let mut files = Vec::new();
    add_files_in(path, &mut files, MOST_FOLDERS)?;
    files.sort();
    if files.is_empty() {
        let error = Error::input(format!("{} holds no .yaml file", path.display()));
        let mut inside = path.read_dir().into_iter().flatten().flatten();
        let holds_sql = inside.any(|entry| is_sql(&entry.path()));
        return Err(if holds_sql { error.help(help) } else { error });
    }
    Ok(files)
}

/// How many folders may stand one in another: more of them are a link that leads back.
const MOST_FOLDERS: usize = 16;

fn add_files_in(folder: &Path, files: &mut Vec<PathBuf>, most_folders: usize) -> Result<()> {
    if most_folders == 0 {
        let error = format!("there are too many folders one in another: {}", folder.display());
        return Err(Error::input(error).help("look for a link that leads back"));
    }
    for entry in std::fs::read_dir(folder).map_err(|error| unreadable(folder, &error))? {
        let file = entry.map_err(|error| unreadable(folder, &error))?.path();
        let is_hidden =
            file.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
        if is_hidden {
            continue;
        }
        if file.is_dir() {
            add_files_in(&file, files, most_folders - 1)?;
        } else if is_yaml(&file) {
            files.push(file);
        }
    }
    Ok(())
}

/// Whether both are said, and not the same.
fn differ<T: PartialEq>(one: Option<&T>, other: Option<&T>) -> bool {
    one.zip(other).is_some_and(|(one, other)| one != other)
}

fn unreadable(path: &Path, error: &std::io::Error) -> Error {
    let name = path.display().to_string();
    let unreadable = Error::input(format!("cannot read the spec {name}: {error}"));
    let may_be_a_database = name.contains("://") || name.contains('=') && !is_yaml(path);
    if may_be_a_database {
        unreadable.help("a database goes behind --database")
    } else {
        unreadable
    }
}
