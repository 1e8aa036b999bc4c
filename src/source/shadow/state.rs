//! What a database is beside its objects, to be put back, and what is on its server.

use std::collections::BTreeSet;

use tokio_postgres::{Client, Error};

const SETTINGS: &str = include_str!("settings.sql");
/// Takes from every role what was set for its sessions in this database.
const RESET_EACH_ROLE: &str = "do $$ declare of_role text; begin \
     for of_role in select pg_catalog.quote_ident(r.rolname) from pg_catalog.pg_db_role_setting s \
       join pg_catalog.pg_roles r on r.oid = s.setrole join pg_catalog.pg_database d on d.oid = s.setdatabase \
      where d.datname = pg_catalog.current_database() \
     loop execute pg_catalog.format('alter role %s in database %I reset all', of_role, pg_catalog.current_database()); \
     end loop; end $$";
const SHARED: &str = "select 'role ' || pg_catalog.quote_ident(rolname), rolname::text from pg_catalog.pg_roles \
     union all select 'database ' || pg_catalog.quote_ident(datname), datname::text from pg_catalog.pg_database \
     union all select 'tablespace ' || pg_catalog.quote_ident(spcname), spcname::text from pg_catalog.pg_tablespace";

/// Taken before the scripts run, and after.
#[derive(Debug)]
pub(super) struct State {
    subjects: Vec<Subject>,
    /// Roles, databases and tablespaces of the server, as a statement names them, with their bare names.
    pub(super) shared: BTreeSet<(String, String)>,
}

/// The database, or its schema `public`.
#[derive(Debug)]
struct Subject {
    what: String,
    owner: String,
    comment: Option<String>,
    settings: Option<String>,
    /// Each with whom it was granted to, and what stands behind that: ` with grant option`, or nothing.
    privileges: BTreeSet<(String, String, String)>,
}

impl State {
    pub(super) async fn of(client: &Client) -> Result<Self, Error> {
        let mut subjects = Vec::new();
        for row in client.query_typed(SETTINGS, &[]).await? {
            let (privileges, grantees, options): (Vec<String>, Vec<String>, Vec<String>) =
                (row.try_get("privileges")?, row.try_get("grantees")?, row.try_get("options")?);
            subjects.push(Subject {
                what: row.try_get("what")?,
                owner: row.try_get("owner")?,
                comment: row.try_get("comment")?,
                settings: row.try_get("settings")?,
                privileges: privileges
                    .into_iter()
                    .zip(grantees)
                    .zip(options)
                    .map(|((privilege, grantee), option)| (privilege, grantee, option))
                    .collect(),
            });
        }
        let mut shared = BTreeSet::new();
        for row in client.query_typed(SHARED, &[]).await? {
            shared.insert((row.try_get(0)?, row.try_get(1)?));
        }
        Ok(Self { subjects, shared })
    }

    /// Whether the schema `public` was there.
    pub(super) fn has_public(&self) -> bool {
        self.subjects.iter().any(|subject| subject.what == "schema public")
    }

    /// The database's comment.
    pub(super) fn comment(&self) -> Option<&str> {
        self.database()?.comment.as_deref()
    }

    /// `database NAME`, as a statement says it.
    pub(super) fn what(&self) -> Option<&str> {
        Some(&self.database()?.what)
    }

    fn database(&self) -> Option<&Subject> {
        self.subjects.iter().find(|subject| subject.what != "schema public")
    }

    /// The statements that lead from `now` back to this, and what no statement brings back.
    pub(super) fn back_from(&self, now: &Self) -> (Vec<String>, Vec<String>) {
        let (mut statements, mut lost) = (Vec::new(), Vec::new());
        for then in &self.subjects {
            let what = &then.what;
            let Some(now) = now.subjects.iter().find(|subject| subject.what == *what) else {
                lost.push(format!("{what}, which the SQL dropped"));
                continue;
            };
            if now.owner != then.owner {
                statements.push(format!("alter {what} owner to {}", then.owner));
            }
            for (privilege, grantee, _) in now.privileges.difference(&then.privileges) {
                statements.push(format!("revoke {privilege} on {what} from {grantee} cascade"));
            }
            for (privilege, grantee, option) in then.privileges.difference(&now.privileges) {
                statements.push(format!("grant {privilege} on {what} to {grantee}{option}"));
            }
            if now.comment != then.comment {
                let comment = then.comment.as_deref().map_or("null".to_owned(), literal);
                statements.push(format!("comment on {what} is {comment}"));
            }
            if now.settings != then.settings && then.settings.is_none() {
                statements.push(format!("alter {what} reset all"));
                statements.push(RESET_EACH_ROLE.to_owned());
            } else if now.settings != then.settings {
                lost.push(format!("settings of {what}, which the SQL altered"));
            }
        }
        (statements, lost)
    }
}

/// Text as a constant, whatever `standard_conforming_strings` says.
pub(super) fn literal(text: &str) -> String {
    format!("E'{}'", text.replace('\\', "\\\\").replace('\'', "''"))
}
