//! Tables in which tools keep account of themselves: no part of what a system is.

use indexmap::IndexMap;

use super::yaml;
use crate::error::Result;
use crate::model::{Database, Table};

const TOOLS: &str = include_str!("bookkeeping.yaml");

/// The dotted names of what tools keep for themselves in `database`, each with the tool.
///
/// # Errors
/// None: the list is part of the program.
pub(super) fn bookkeeping(database: &Database) -> Result<Vec<(String, String)>> {
    let tools: IndexMap<String, Vec<String>> = yaml::read(&"bookkeeping.yaml".into(), TOOLS)?;
    let mut found: Vec<(String, String)> = Vec::new();
    for (schema, body) in database.schemas.bodies() {
        let tool = tools.iter().find(|(_, marks)| marks.contains(&format!("{schema}.")));
        if let Some((tool, _)) = tool {
            found.push((schema.into_owned(), tool.clone()));
            continue;
        }
        for (name, table) in body.tables.bodies() {
            // The one that says most of the table.
            let fits = tools.iter().filter_map(|(tool, marks)| {
                marks.iter().filter_map(|mark| fit(mark, &name, table)).max().map(|fit| (fit, tool))
            });
            let best = fits.reduce(|best, next| if next.0 > best.0 { next } else { best });
            if let Some((_, tool)) = best {
                found.push((format!("{schema}.{name}"), tool.clone()));
            }
        }
    }
    Ok(found)
}

/// How many columns a mark names, if it is about this table.
fn fit(mark: &str, name: &str, table: &Table) -> Option<usize> {
    let (marked, columns) = mark.trim_end_matches(')').split_once('(').unwrap_or((mark, ""));
    let mut columns = columns.split(", ").filter(|column| !column.is_empty());
    let there = |column: &str| table.columns.body(column).is_some();
    let count = columns.clone().count();
    (marked == name && columns.all(there)).then_some(count)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::Spec;

    #[test]
    fn a_tool_is_told_by_its_table_and_a_common_name_by_its_columns() {
        let text = "
spec: 1
schemas:
  drizzle: {tables: {__drizzle_migrations: {}}}
  app:
    tables:
      schema_migrations: {columns: {version: bigint not null, dirty: boolean not null}}
      migrations: {columns: {id: integer, from: text, to: text}}
      _prisma_migrations: {}
      users: {}
  rails: {tables: {schema_migrations: {columns: {version: varchar not null}}}}
";
        let spec = Spec::parse(vec![("s.yaml".to_owned(), text.to_owned())]).expect("a spec");
        let found = bookkeeping(&spec.database).expect("the list");
        let found: Vec<(&str, &str)> = found.iter().map(|(a, b)| (&**a, &**b)).collect();
        assert_eq!(
            found,
            [
                ("drizzle", "Drizzle"),
                ("app.schema_migrations", "golang-migrate"),
                ("app._prisma_migrations", "Prisma"),
                ("rails.schema_migrations", "Rails"),
            ]
        );
    }
}
