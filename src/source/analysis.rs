//! Has a live server analyse statements without planning or executing them, and reads the trees from its notices.
//!
//! From PostgreSQL 15 on, a statement is the inside of `PREPARE … AS …`, sent as one extended-protocol message through
//! the unnamed statement: a second command is refused by the server, and executing `PREPARE` only analyses. Before 15,
//! `PREPARE` tells no tree; there the statement is prepared by the protocol and closed at once, in the same
//! transaction. Either way nothing is left behind, also where a pooler hands the session on after the transaction.

use std::collections::{BTreeMap, BTreeSet};

use futures_util::future::join_all;
use tokio_postgres::error::{DbError, ErrorPosition, SqlState};
use tokio_postgres::types::Type;

use super::connection::{Connection, describe_error};
use crate::equivalence::{Analyser, Analysis, Catalog, Function, Oids, Operator, Statement};
use crate::sql::identifier;

/// An [`Analyser`] over a connection inside of a running transaction, which it leaves as it was.
#[expect(missing_debug_implementations, reason = "a session has nothing to show")]
pub struct ServerAnalysis<'a> {
    connection: &'a mut Connection,
    /// Whether the trees can be kept out of the server's log; not known before the first try.
    quiet: Option<bool>,
}

/// `PREPARE` tells how it understands its statement.
const PREPARE_TELLS: u32 = 150_000;

/// The limits of time are those of the transaction. Trees are printed in the one form that is read here, and
/// strings are read as the lexer of this program reads them. A time without a zone is one of where the database is: where
/// the role has a time zone of its own, the server's tells nobody, and that of its log stands for it.
const BEGIN: &str = "SAVEPOINT schemavet_analysis; \
    SET LOCAL debug_print_parse = off; \
    SET LOCAL debug_print_rewritten = off; \
    SET LOCAL debug_print_plan = off; \
    SET LOCAL debug_pretty_print = off; \
    SET LOCAL client_min_messages = log; \
    SET LOCAL standard_conforming_strings = on; \
    SET LOCAL escape_string_warning = off; \
    SET LOCAL timezone TO DEFAULT; \
    SELECT pg_catalog.set_config('timezone', coalesce( \
            (SELECT pg_catalog.split_part(own, '=', 2) \
               FROM pg_catalog.pg_db_role_setting s, pg_catalog.unnest(s.setconfig) own \
              WHERE s.setrole OPERATOR(pg_catalog.=) 0 \
                AND s.setdatabase OPERATOR(pg_catalog.=) (SELECT oid FROM pg_catalog.pg_database \
                    WHERE datname OPERATOR(pg_catalog.=) pg_catalog.current_database()) \
                AND own OPERATOR(pg_catalog.~~*) 'timezone=%'), \
            pg_catalog.current_setting('log_timezone')), true) \
        FROM pg_catalog.pg_settings WHERE name OPERATOR(pg_catalog.=) 'TimeZone' \
         AND source OPERATOR(pg_catalog.=) ANY (ARRAY['user', 'database user']); \
    SET LOCAL transform_null_equals = off";
const END: &str = "ROLLBACK TO SAVEPOINT schemavet_analysis; RELEASE SAVEPOINT schemavet_analysis";
const QUIET: &str = "SAVEPOINT schemavet_quiet; SET LOCAL log_min_messages = panic";
const NOT_QUIET: &str = "ROLLBACK TO SAVEPOINT schemavet_quiet";
const DONE: &str =
    "ROLLBACK TO SAVEPOINT schemavet_statement; RELEASE SAVEPOINT schemavet_statement";

/// What a statement fails with that names something which is not there.
const NOT_FOUND: [SqlState; 3] =
    [SqlState::UNDEFINED_TABLE, SqlState::UNDEFINED_FUNCTION, SqlState::UNDEFINED_OBJECT];
/// The schemas in which nothing can be looked up.
const CLOSED: &str = "SELECT nspname::text FROM pg_catalog.pg_namespace \
    WHERE NOT pg_catalog.has_schema_privilege(oid, 'usage')";

impl<'a> ServerAnalysis<'a> {
    /// Asks the server of `connection`, which must be inside of a transaction.
    #[must_use]
    pub fn new(connection: &'a mut Connection) -> Self {
        Self { connection, quiet: None }
    }

    /// Whether the trees were kept out of the server's log; `None` before anything was asked.
    #[must_use]
    pub fn is_quiet(&self) -> Option<bool> {
        self.quiet
    }

    async fn begin(&mut self) -> Result<(), tokio_postgres::Error> {
        let client = &self.connection.client;
        client.batch_execute(BEGIN).await?;
        if self.quiet != Some(false) {
            let refused = client.batch_execute(QUIET).await.is_err();
            if refused {
                client.batch_execute(NOT_QUIET).await?;
            }
            self.quiet = Some(!refused);
        }
        Ok(())
    }

    /// What stands before a statement when it is sent.
    fn prefix(&self, statement: &Statement) -> String {
        if self.connection.server_version() >= PREPARE_TELLS {
            format!("PREPARE {} AS ", statement.tag)
        } else {
            String::new()
        }
    }

    /// Sends one statement between its savepoint and the way back: all three messages leave at once. Also tells
    /// whether there is something to deallocate now.
    async fn send(&self, statement: &Statement) -> (bool, Result<(), tokio_postgres::Error>) {
        let client = &self.connection.client;
        let path: Vec<String> =
            statement.search_path.iter().map(|schema| identifier(schema)).collect();
        let path = if path.is_empty() { "''".to_owned() } else { path.join(", ") };
        let begin = format!(
            "SAVEPOINT schemavet_statement; SET LOCAL search_path = {path}; SET LOCAL debug_print_parse = on"
        );
        let prefix = self.prefix(statement);
        let text = format!("{prefix}{}", statement.text);
        let analyse = async {
            if prefix.is_empty() {
                // Dropping it closes it.
                client.prepare(&text).await.map(drop)
            } else {
                client.query_typed(&text, &[]).await.map(drop)
            }
        };
        let (before, analysed, after) =
            tokio::join!(biased; client.batch_execute(&begin), analyse, client.batch_execute(DONE));
        (analysed.is_ok() && !prefix.is_empty(), before.and(analysed).and(after))
    }

    async fn analyse_all(
        &mut self,
        statements: &[Statement],
    ) -> Result<Vec<Analysis>, tokio_postgres::Error> {
        self.begin().await?;
        self.connection.drain_notices();
        let results = join_all(statements.iter().map(|statement| self.send(statement))).await;
        let mut trees = trees(&self.connection.drain_notices(), statements);
        // First the way back, which also works where the transaction has failed.
        let mut end = END.to_owned();
        for (statement, (prepared, _)) in statements.iter().zip(&results) {
            if *prepared {
                end.push_str("; DEALLOCATE ");
                end.push_str(&statement.tag);
            }
        }
        self.connection.client.batch_execute(&end).await?;
        self.connection.drain_notices();
        let answers = statements.iter().zip(results).map(|(statement, (_, result))| {
            let offset = self.prefix(statement).len();
            match (trees.remove(&statement.tag), result) {
                // An error after the tree is the rewriter's, and no concern of ours.
                (Some(text), _) => Analysis::Tree { text, offset },
                (None, Ok(())) => Analysis::Silent,
                (None, Err(error)) => failed(&error, offset),
            }
        });
        let mut answers: Vec<Analysis> = answers.collect();
        self.excuse(statements, &mut answers).await?;
        Ok(answers)
    }

    /// Names that were not found may be in a schema that the search path passed over for want of a right.
    async fn excuse(
        &self,
        statements: &[Statement],
        answers: &mut [Analysis],
    ) -> Result<(), tokio_postgres::Error> {
        let failures = statements.iter().zip(answers).filter_map(|(statement, answer)| {
            let Analysis::Failed { code, words, .. } = answer else { return None };
            let is_lost = NOT_FOUND.iter().any(|state| state.code() == code);
            is_lost.then_some((statement, code, words))
        });
        let mut failures = failures.peekable();
        if failures.peek().is_none() {
            return Ok(());
        }
        let closed = self.connection.client.query_typed(CLOSED, &[]).await?;
        let closed: BTreeSet<&str> =
            closed.iter().map(|row| row.try_get(0)).collect::<Result<_, _>>()?;
        for (statement, code, words) in failures {
            let passed_over = statement.search_path.iter().find(|name| closed.contains(&***name));
            if let Some(schema) = passed_over {
                SqlState::INSUFFICIENT_PRIVILEGE.code().clone_into(code);
                *words = format!("permission denied for schema {schema}");
            }
        }
        Ok(())
    }
}

impl Analyser for ServerAnalysis<'_> {
    async fn analyse(&mut self, statements: &[Statement]) -> Vec<Analysis> {
        match self.analyse_all(statements).await {
            Ok(analyses) => analyses,
            Err(error) => vec![failed(&error, 0); statements.len()],
        }
    }

    async fn look_up(&mut self, wanted: &Oids) -> Catalog {
        let list = |set: &BTreeSet<u32>| set.iter().copied().collect::<Vec<u32>>();
        let lists = [
            &wanted.operators,
            &wanted.functions,
            &wanted.types,
            &wanted.collations,
            &wanted.relations,
        ]
        .map(list);
        let [operators, functions, types, collations, relations] = &lists;
        let parameters: [(&(dyn tokio_postgres::types::ToSql + Sync), Type); 5] = [
            (operators, Type::OID_ARRAY),
            (functions, Type::OID_ARRAY),
            (types, Type::OID_ARRAY),
            (collations, Type::OID_ARRAY),
            (relations, Type::OID_ARRAY),
        ];
        // Without them, messages name less and fewer pairs are called equivalent: nothing is called the same.
        let rows =
            self.connection.client.query_typed(LOOK_UP, &parameters).await.unwrap_or_default();
        let mut catalog = Catalog::default();
        for row in &rows {
            // A row that does not read as expected is left out.
            drop(add(&mut catalog, row));
        }
        catalog
    }
}

/// Names are as they must be written outside of every schema, whatever the search path.
const LOOK_UP: &str = include_str!("analysis.sql");

fn add(catalog: &mut Catalog, row: &tokio_postgres::Row) -> Result<(), tokio_postgres::Error> {
    let (kind, oid): (&str, u32) = (row.try_get(0)?, row.try_get(1)?);
    let (name, signature): (String, String) = (row.try_get(2)?, row.try_get(3)?);
    let volatile: bool = row.try_get(6)?;
    match kind {
        "operator" => {
            let (commutator, negator): (Option<u32>, Option<u32>) =
                (row.try_get(4)?, row.try_get(5)?);
            let operator = Operator { name, signature, commutator, negator, volatile };
            catalog.operators.insert(oid, operator);
        }
        "function" => {
            catalog.functions.insert(oid, Function { signature, volatile });
        }
        "type" => drop(catalog.types.insert(oid, name)),
        "collation" => drop(catalog.collations.insert(oid, name)),
        _ => drop(catalog.relations.insert(oid, name)),
    }
    Ok(())
}

/// The first tree of each statement, known by its tag.
fn trees(notices: &[DbError], statements: &[Statement]) -> BTreeMap<String, String> {
    let tags: BTreeSet<&str> = statements.iter().map(|statement| statement.tag.as_str()).collect();
    let mut trees = BTreeMap::new();
    for notice in notices.iter().filter(|notice| notice.message() == "parse tree:") {
        let Some(tree) = notice.detail() else { continue };
        // `PREPARE` itself comes first, as a command of another type.
        if !tree.starts_with("{QUERY :commandType 1 ")
            && !tree.starts_with("{QUERY\n:commandType 1 ")
        {
            continue;
        }
        let mut words = tree.split([' ', '\n']).skip_while(|word| *word != ":aliasname");
        if let Some(tag) = words.nth(1).filter(|word| tags.contains(word)) {
            trees.entry(tag.to_owned()).or_insert_with(|| tree.to_owned());
        }
    }
    trees
}

fn failed(error: &tokio_postgres::Error, offset: usize) -> Analysis {
    let Some(said) = error.as_db_error() else {
        return Analysis::Failed {
            code: String::new(),
            words: describe_error(error),
            position: None,
        };
    };
    let hint = said.hint().map(|hint| format!(" ({hint})"));
    let words = format!("{}{}", said.message(), hint.unwrap_or_default());
    let position = match said.position() {
        Some(ErrorPosition::Original(position)) => {
            usize::try_from(*position).ok().and_then(|position| position.checked_sub(offset + 1))
        }
        _ => None,
    };
    Analysis::Failed { code: said.code().code().to_owned(), words, position }
}
