//! What only the tool can run that the migrations were written for: an order kept elsewhere, code, SQL of another database.

use super::convention::unfit;
use super::listing::Listing;
use crate::error::{Error, Result};
use crate::file_name::in_full;

/// The folder holds what only the tool that the migrations were written for can run.
pub(super) fn for_its_own_tool(listing: &Listing, why: &str) -> Error {
    unfit(listing, why).help(
        "run the migrations with their own tool, and name the database, a dump of it, or \
         exec:COMMAND with a command that prints SQL",
    )
}

/// Some tools keep the order of files in a plan, or in which folder a file stands; and an extension's scripts lead from one
/// version to another.
pub(super) fn nothing_orders_it(listing: &Listing) -> Result<()> {
    let plan = "sqitch.plan";
    let path = in_full(&listing.path);
    let is_below = path.ends_with("deploy") && path.with_file_name(plan).is_file();
    if is_below || listing.has(plan) {
        return Err(for_its_own_tool(listing, &format!("their order stands in {plan}")));
    }
    if listing.has("current.sql") && listing.folders.iter().any(|folder| folder == "committed") {
        let why = "current.sql comes after what stands in the folder committed, as graphile-migrate has it";
        return Err(unfit(listing, why)
            .help("name the folder committed, with --apply current.sql where it is wanted"));
    }
    if let Some(name) = listing.sql.iter().find(|name| is_update_of_an_extension(name)) {
        let why = format!("{name} leads from one version of an extension to another");
        return Err(unfit(listing, &why).help(
            "name the script of the version that is wanted, or a database that has the extension",
        ));
    }
    Ok(())
}

/// `name--1.0--1.1.sql`, as `alter extension` looks for it.
fn is_update_of_an_extension(name: &str) -> bool {
    let is_version = |part: &str| part.starts_with(|c: char| c.is_ascii_digit());
    match name.split("--").collect::<Vec<_>>()[..] {
        [name, from, to] => !is_version(name) && is_version(from) && is_version(to),
        _ => false,
    }
}

/// SQL under another name is not run, and must not be passed over.
pub(super) fn is_named_sql(listing: &Listing) -> Result<()> {
    match listing.named_otherwise() {
        Some(name) => {
            let why = format!("{name} is SQL by its name, and only *.sql is run");
            Err(unfit(listing, &why).help("rename it, or put it into another folder"))
        }
        None => Ok(()),
    }
}

/// A migration that is no SQL cannot be run, and must not be passed over.
pub(super) fn is_all_sql(listing: &Listing) -> Result<()> {
    /// What stands beside migrations and is none.
    const HARMLESS: &[&str] = &[
        "md", "txt", "rst", "adoc", "html", "pdf", "docx", "xlsx", "png", "jpg", "jpeg", "gif",
        "svg", "webp", "drawio", "puml", "mmd", "dbml", "csv", "tsv", "conf", "log", "sum", "lock",
        "md5", "sha1", "sha256", "sha512", "asc", "sig", "orig", "rej", "patch", "diff", "bak",
        "old", "off", "skip", "disabled", "example", "swp", "tmp",
    ];
    let is = |name: &&String| {
        let end = name.rsplit_once('.').map_or("", |(_, end)| end).to_ascii_lowercase();
        let version = name.strip_prefix('V').unwrap_or(name);
        let is_named_so =
            version.starts_with(|c: char| c.is_ascii_digit()) || name.contains(".sql.");
        is_named_so && name.contains('.') && !name.ends_with('~') && !HARMLESS.contains(&&*end)
    };
    match listing.others.iter().find(is) {
        Some(name) => {
            Err(for_its_own_tool(listing, &format!("{name} is a migration that is no SQL")))
        }
        None => Ok(()),
    }
}

/// A migration for another database must not run, and its tool knows which one stands in its place.
pub(super) fn is_all_of_postgresql(listing: &Listing) -> Result<()> {
    const OTHERS: &[&str] = &[
        "mysql",
        "mariadb",
        "sqlite",
        "sqlite3",
        "mssql",
        "sqlserver",
        "oracle",
        "cockroach",
        "cockroachdb",
        "clickhouse",
        "spanner",
        "h2",
    ];
    const OURS: &[&str] = &["postgres", "postgresql", "pgsql", "psql", "pg"];
    let names: Vec<String> = listing.sql.iter().map(|name| name.to_ascii_lowercase()).collect();
    let there = |name: &str| names.iter().position(|one| one == name).map(|at| &listing.sql[at]);
    for (name, lower) in listing.sql.iter().zip(&names) {
        let mut start = 0;
        for part in lower.split(['.', '_', '-']) {
            let (before, after) = (&lower[..start], &lower[start + part.len()..]);
            start += part.len() + 1;
            let is_mark = |mark: &str| OTHERS.contains(&mark);
            if !is_mark(part) && !is_mark(part.trim_end_matches(|c: char| c.is_ascii_digit())) {
                continue;
            }
            let is_numbered = name.starts_with(|c: char| c.is_ascii_digit());
            let stands_apart =
                after.starts_with('.') && (before.is_empty() || before.ends_with('.'));
            // A table may be called so, too, where files are named by tables.
            let without = format!("{}{}", before, after.trim_start_matches('.'));
            let in_its_place = OURS
                .iter()
                .find_map(|ours| there(&format!("{before}{ours}{after}")))
                .or_else(|| there(&without).filter(|_| stands_apart));
            let why = format!("{name} is for another database");
            match in_its_place {
                _ if is_numbered && (stands_apart || in_its_place.is_some()) => {
                    return Err(for_its_own_tool(listing, &why));
                }
                Some(ours) => {
                    let help = format!("name {ours}, or a folder without what is for others");
                    return Err(unfit(listing, &why).help(help));
                }
                None => {}
            }
        }
    }
    Ok(())
}
