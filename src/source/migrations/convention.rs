//! The conventions, and how a folder is told to follow one. What fits none is an error, not a guess.

use super::listing::Listing;
use super::{flyway, marked, nested, numbered, own_tool};
use crate::error::{Error, Result};
use crate::file_name::in_full;

/// A way to name and order migrations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Convention {
    /// Files without numbers.
    Plain,
    /// `<number>_<what>.sql`, as sqlx has it.
    Numbered,
    /// `<number>_<what>.up.sql` with its `.down.sql`, as golang-migrate and sqlx have it.
    UpDown,
    /// `<name>/migration.sql`.
    Prisma,
    /// Files in the order of `meta/_journal.json`, or `<name>/migration.sql` beside `snapshot.json`.
    Drizzle,
    /// `<name>/up.sql` with its `down.sql`.
    Diesel,
    /// `V<version>__<what>.sql`, `R__<what>.sql`.
    Flyway,
    /// `-- migrate:up`.
    Dbmate,
    /// `-- +goose Up`.
    Goose,
    /// `<number>_<what>.sql` in `supabase/migrations`.
    Supabase,
}

impl Convention {
    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Numbered => "numbered",
            Self::UpDown => "up and down",
            Self::Prisma => "Prisma",
            Self::Drizzle => "Drizzle",
            Self::Diesel => "Diesel",
            Self::Flyway => "Flyway",
            Self::Dbmate => "dbmate",
            Self::Goose => "goose",
            Self::Supabase => "Supabase",
        }
    }

    /// In which order its files run.
    pub fn order(self) -> &'static str {
        match self {
            Self::Plain | Self::Dbmate | Self::Supabase => "names",
            Self::Prisma | Self::Diesel => "names of folders",
            Self::Numbered | Self::UpDown | Self::Goose => "numbers",
            Self::Drizzle => "journal, or names of folders",
            Self::Flyway => "versions, repeatable migrations last",
        }
    }

    /// What one of its files is called.
    pub(super) fn noun(self) -> &'static str {
        if self == Self::Plain { "file" } else { "migration" }
    }

    /// What of the text of a file its tool applies, every part in its place.
    ///
    /// # Errors
    /// Bad input: only the tool itself can tell.
    pub(super) fn applied(self, name: &str, text: &str) -> Result<String> {
        match self {
            Self::Dbmate => marked::DBMATE.up(name, text),
            Self::Goose => marked::GOOSE.up(name, text),
            Self::Drizzle => Ok(nested::parted(text)),
            Self::Flyway => flyway::without_placeholders(name, text),
            _ => Ok(text.to_owned()),
        }
    }

    /// Whether its migrations stand on what Supabase brings.
    pub(crate) fn needs_supabase(self) -> bool {
        self == Self::Supabase
    }
}

/// Whose migrations these are, and those that run, in their order.
pub(super) fn recognize(listing: &Listing) -> Result<(Convention, Vec<String>)> {
    own_tool::nothing_orders_it(listing)?;
    own_tool::is_named_sql(listing)?;
    if listing.has("meta/_journal.json") {
        return Ok((Convention::Drizzle, nested::journal(listing)?));
    }
    if listing.is_nested() || listing.has("migration_lock.toml") {
        return nested::recognize(listing);
    }
    if listing.sql.is_empty() {
        let folder = listing.path.display();
        let below = listing.with_sql()?;
        if !below.is_empty() {
            let below = below.join(", ");
            return Err(Error::input(format!(
                "the SQL of `{folder}` is in folders of it: {below}"
            ))
            .help("name one of them, or one file: what comes first is not known"));
        }
        return Err(Error::input(format!("no *.sql file in the folder `{folder}` or below it"))
            .help(
                "name the folder that holds the migrations, or a spec's folder with .yaml files",
            ));
    }
    let found = if flyway::is(listing) {
        (Convention::Flyway, flyway::files(listing)?)
    } else if let Some(convention) = marked::recognize(listing)? {
        let files = match convention {
            Convention::Goose => numbered::sorted(listing, &listing.sql)?,
            _ => listing.sql.clone(),
        };
        (convention, files)
    } else if numbered::is_up_and_down(listing) {
        (Convention::UpDown, numbered::up(listing)?)
    } else if is_supabase(listing) {
        (Convention::Supabase, numbered::checked(listing)?)
    } else if listing.sql.iter().any(|name| numbered::number(name).is_some()) {
        (Convention::Numbered, numbered::sorted(listing, &listing.sql)?)
    } else {
        (Convention::Plain, listing.sql.clone())
    };
    own_tool::is_all_sql(listing)?;
    own_tool::is_all_of_postgresql(listing)?;
    Ok(found)
}

/// The folder's own name and place: its files look like everybody's.
fn is_supabase(listing: &Listing) -> bool {
    let path = in_full(&listing.path);
    path.ends_with("supabase/migrations")
        || (path.ends_with("migrations")
            && path.parent().is_some_and(|above| {
                std::fs::read_to_string(above.join("config.toml"))
                    .is_ok_and(|text| text.contains("project_id"))
            }))
}

/// The folder breaks the convention that it seems to follow.
pub(super) fn unfit(listing: &Listing, why: &str) -> Error {
    Error::input(format!(
        "the folder `{}` fits no convention of migrations: {why}",
        listing.path.display()
    ))
    .help(
        "move files that are no migrations (seeds, dumps) to a folder of their own, which is not read; or name \
         single files: --database first.sql --apply second.sql",
    )
}
