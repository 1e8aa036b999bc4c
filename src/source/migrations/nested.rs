//! Tools that give a migration a folder to itself (Prisma, Drizzle, Diesel), and Drizzle's journal.

use serde::Deserialize;

use super::convention::{Convention, unfit};
use super::listing::{Listing, NESTED};
use crate::error::{Error, Result};

/// Folders with a file of SQL each, in the order of their names.
pub(super) fn recognize(listing: &Listing) -> Result<(Convention, Vec<String>)> {
    if let Some(name) = listing.sql.first() {
        let why = format!("{name} stands beside migrations that have folders of their own");
        return Err(unfit(listing, &why));
    }
    let has = |folder: &String, file: &str| listing.path.join(folder).join(file).is_file();
    let all: Vec<&String> =
        listing.folders.iter().filter(|name| is_migration(listing, name)).collect();
    let uses = |file: &str| all.iter().any(|folder| has(folder, file));
    let [single, up] = NESTED;
    let (convention, file) = if uses(up) && !uses(single) {
        (Convention::Diesel, up)
    } else if uses("snapshot.json") && !listing.has("migration_lock.toml") {
        (Convention::Drizzle, single)
    } else {
        (Convention::Prisma, single)
    };
    if let Some(folder) = all.iter().find(|folder| !has(folder, file)) {
        return Err(unfit(listing, &format!("the folder {folder} lacks {file}, others have it")));
    }
    if all.is_empty() {
        return Err(Error::input(format!(
            "no migration in the folder `{}`",
            listing.path.display()
        ))
        .help("make one, or name the folder that holds them"));
    }
    Ok((convention, all.into_iter().map(|folder| format!("{folder}/{file}")).collect()))
}

/// Whether a folder is a migration's: it begins with a number, as those of all three tools do, or has its file.
fn is_migration(listing: &Listing, name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_digit())
        || NESTED.iter().any(|file| listing.path.join(name).join(file).is_file())
}

#[derive(Deserialize)]
struct Journal {
    entries: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    idx: u64,
    tag: String,
}

/// The files in the order of `meta/_journal.json`.
pub(super) fn journal(listing: &Listing) -> Result<Vec<String>> {
    let path = listing.path.join("meta/_journal.json");
    let wrong = |error: Box<dyn std::error::Error + Send + Sync>| {
        Error::input(format!("cannot read Drizzle's journal `{}`", path.display())).because(error)
    };
    let text = std::fs::read_to_string(&path).map_err(|error| wrong(error.into()))?;
    let mut journal: Journal = serde_json::from_str(&text).map_err(|error| wrong(error.into()))?;
    journal.entries.sort_by_key(|entry| entry.idx);
    let files: Vec<String> =
        journal.entries.into_iter().map(|entry| format!("{}.sql", entry.tag)).collect();
    if let Some(name) = files.iter().find(|name| !listing.sql.contains(name)) {
        return Err(unfit(
            listing,
            &format!("meta/_journal.json names {name}, which is not there"),
        ));
    }
    if let Some(name) = listing.sql.iter().find(|name| !files.contains(name)) {
        return Err(unfit(listing, &format!("{name} is not in meta/_journal.json")));
    }
    Ok(files)
}

/// The comment with which Drizzle parts statements.
const BREAKPOINT: &str = "--> statement-breakpoint";

/// The text of a migration of Drizzle's, with a semicolon in the place of each comment that parts statements.
pub(super) fn parted(text: &str) -> String {
    text.replace(BREAKPOINT, &format!("{:width$}", ";", width = BREAKPOINT.len()))
}
