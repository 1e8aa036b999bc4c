//! What the standard's own views tell of a database, and `pg_indexes` of its indexes, and what schemavet read of it, are
//! the same: both ways, for everything that the views can tell.
#![cfg(unix)]
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

mod common;

use std::collections::BTreeSet;

use common::Outcome;
use schemavet::model::constraint::Deferrability;
use schemavet::model::{Children, Column, Database, Expect, ForeignTable, Index, Table, Value};
use schemavet::sql::without_outer_parentheses;
use schemavet::value::{DataType, ForeignOptions, Name};

/// Facts, one a line.
type Facts = BTreeSet<String>;

/// Leaves out what every database has.
const OURS: &str = "not like 'pg\\_%' and $ <> 'information_schema'";

fn ours(column: &str) -> String {
    format!("{column} {}", OURS.replace('$', column))
}

/// Fixtures and zoo, each with what schemavet read of it.
async fn everything() -> Outcome<Vec<(String, String, Database)>> {
    let mut all = Vec::new();
    for name in common::fixtures() {
        let database = common::database_of(&common::root().join("fixtures").join(&name)).await?;
        let read = common::read(&database).await?.database;
        all.push((name, database, read));
    }
    let zoo = common::database(&common::zoo()).await?;
    // The standard's views do not tell what belongs to an extension.
    common::execute(&zoo, "drop extension pg_stat_statements cascade").await?;
    let read = common::read(&zoo).await?.database;
    all.push(("zoo".to_owned(), zoo, read));
    Ok(all)
}

/// Holds the rows of a query, joined by `|`, against facts about what was read.
async fn agree(sql: &str, facts: impl Fn(&Database) -> Facts) -> Outcome {
    for (name, database, read) in everything().await? {
        let theirs: Facts =
            common::rows(&database, sql).await?.into_iter().map(|row| row.join("|")).collect();
        let read = facts(&read);
        let only_theirs: Vec<&String> = theirs.difference(&read).collect();
        let only_ours: Vec<&String> = read.difference(&theirs).collect();
        assert!(
            only_theirs.is_empty() && only_ours.is_empty(),
            "{name}: only there: {only_theirs:#?}\nonly read: {only_ours:#?}"
        );
        assert!(name != "zoo" || !theirs.is_empty(), "the query tells nothing");
    }
    Ok(())
}

fn tables(database: &Database) -> Vec<(String, String, &Table)> {
    let schemas = database.schemas.bodies();
    let tables = schemas.flat_map(|(schema, body)| {
        body.tables
            .bodies()
            .map(move |(name, table)| (schema.to_string(), name.into_owned(), table))
    });
    tables.collect()
}

/// `schema|table|` and more of every object of a kind of child.
fn children<'a, T: 'a>(
    database: &'a Database,
    children: impl Fn(&'a Table) -> &'a Children<T>,
    fact: impl Fn(&str, &'a T) -> Vec<String>,
) -> Facts {
    let mut facts = Facts::new();
    for (schema, table, body) in tables(database) {
        for (name, child) in children(body).bodies() {
            facts.extend(fact(&name, child).iter().map(|fact| format!("{schema}|{table}|{fact}")));
        }
    }
    facts
}

fn said<T>(value: &Expect<T>) -> &T {
    value.said().expect("a server says everything")
}

fn shown<V: Value>(value: Option<&V>) -> String {
    value.map_or_else(|| "~".to_owned(), Value::show)
}

fn yes(value: bool) -> &'static str {
    if value { "YES" } else { "NO" }
}

#[tokio::test]
async fn tables_and_views() -> Outcome {
    let sql = format!(
        "select table_schema::text, table_name::text, table_type::text from information_schema.tables
          where table_type in ('BASE TABLE', 'VIEW') and {}",
        ours("table_schema")
    );
    agree(&sql, |database| {
        let mut facts = Facts::new();
        for (schema, body) in database.schemas.bodies() {
            facts.extend(
                body.tables.bodies().map(|(name, _)| format!("{schema}|{name}|BASE TABLE")),
            );
            facts.extend(body.views.bodies().map(|(name, _)| format!("{schema}|{name}|VIEW")));
        }
        facts
    })
    .await?;

    let sql = format!(
        "select table_schema::text, table_name::text, view_definition::text, check_option::text
           from information_schema.views where {}",
        ours("table_schema")
    );
    agree(&sql, |database| {
        let mut facts = Facts::new();
        for (schema, body) in database.schemas.bodies() {
            for (name, view) in body.views.bodies() {
                let option = said(&view.options).iter().find(|(name, _)| *name == "check_option");
                let option = option.map_or("NONE".to_owned(), |(_, option)| option.to_uppercase());
                facts.insert(format!("{schema}|{name}| {};|{option}", said(&view.definition)));
            }
        }
        facts
    })
    .await
}

/// The columns of tables, each with its type as the standard takes it apart, and its default without the parentheses
/// that hold all of it.
const COLUMNS: &str = "
    select c.table_schema::text, c.table_name::text, c.column_name::text, c.is_nullable::text,
           c.identity_generation::text, c.is_generated::text, c.generation_expression::text,
           case when c.data_type <> 'name' then c.collation_schema || '.' || c.collation_name end,
           coalesce(c.domain_schema || '.' || c.domain_name,
                    case c.data_type
                    when 'ARRAY' then (
                        select case when e.data_type = 'USER-DEFINED' then e.udt_schema || '.' || e.udt_name
                                    else e.data_type end || '[]'
                          from information_schema.element_types e
                         where e.object_schema = c.table_schema and e.object_name = c.table_name
                           and e.object_type = 'TABLE' and e.collection_type_identifier = c.dtd_identifier)
                    when 'USER-DEFINED' then c.udt_schema || '.' || c.udt_name
                    when 'numeric' then 'numeric' || coalesce('(' || c.numeric_precision || ',' || c.numeric_scale || ')', '')
                    when 'interval' then 'interval' || coalesce(' ' || lower(c.interval_type), '')
                    else c.data_type || case
                        when c.character_maximum_length is not null then '(' || c.character_maximum_length || ')'
                        when c.datetime_precision not in (0, 6) or c.datetime_precision = 0 and c.data_type <> 'date'
                        then '(' || c.datetime_precision || ')' else '' end
                    end),
           case when c.column_default like 'NULL::%' or c.is_generated = 'ALWAYS' then null
                else regexp_replace(c.column_default::text, '^\\((.*)\\)$', '\\1') end
      from information_schema.columns c
      join information_schema.tables t using (table_schema, table_name)
     where t.table_type = 'BASE TABLE'";

#[tokio::test]
async fn columns() -> Outcome {
    let sql = format!("{COLUMNS} and {}", ours("table_schema"));
    agree(&sql, |database| {
        children(
            database,
            |table| &table.columns,
            |name, column| {
                let collation = said(&column.collation).as_ref().map(|name| {
                    let name = name.to_string().parse::<Name>().expect("a name");
                    format!("{}.{}", name.schema.as_deref().unwrap_or("pg_catalog"), name.name)
                });
                vec![format!(
                    "{name}|{}|{}|{}|{}|{}|{}|{}",
                    yes(*said(&column.nullable)),
                    shown(said(&column.identity).as_ref()).to_uppercase(),
                    if said(&column.generated).is_some() { "ALWAYS" } else { "NEVER" },
                    shown_expression(column),
                    collation.unwrap_or("~".to_owned()),
                    standard_type(said(&column.r#type)),
                    shown(said(&column.default).as_ref()),
                )]
            },
        )
    })
    .await
}

/// The standard's views keep the parentheses that we take off.
fn shown_expression(column: &Column) -> String {
    match said(&column.generated) {
        Some(expression) => format!("({expression})"),
        None => "~".to_owned(),
    }
}

fn standard_type(data_type: &DataType) -> String {
    let name = match &data_type.name.schema {
        Some(schema) => format!("{schema}.{}", data_type.name.name),
        None => data_type.name.name.to_string(),
    };
    // The standard tells of no modifiers of an array's elements or of users' types, and sets the fields of an interval
    // apart.
    match (data_type.array, name.as_str(), data_type.modifiers.as_str()) {
        (true, name, _) => format!("{name}[]"),
        (false, name, _) if !data_type.built_in => name.to_owned(),
        (false, "interval", fields) if !fields.is_empty() => format!("interval {fields}"),
        (false, name, modifiers) => format!("{name}{modifiers}"),
    }
}

fn deferrability(value: Deferrability) -> &'static str {
    match value {
        Deferrability::NotDeferrable => "NO|NO",
        Deferrability::InitiallyImmediate => "YES|NO",
        Deferrability::InitiallyDeferred => "YES|YES",
    }
}

/// Leaves out what the views make up (a check for each `not null`) and what comes with partitions.
const REAL: &str = "exists (
    select from pg_catalog.pg_constraint k
      join pg_catalog.pg_class r on r.oid = k.conrelid
      join pg_catalog.pg_namespace n on n.oid = r.relnamespace
     where n.nspname = c.table_schema and r.relname = c.table_name and k.conname = c.constraint_name and k.contype <> 'n'
       and not exists (select from pg_catalog.pg_constraint p where p.oid = k.conparentid and p.conrelid = k.conrelid))";

#[tokio::test]
async fn constraints() -> Outcome {
    let sql = format!(
        "select c.table_schema::text, c.table_name::text, c.constraint_name::text, c.constraint_type::text,
                c.is_deferrable::text, c.initially_deferred::text
           from information_schema.table_constraints c where {} and {REAL}",
        ours("c.table_schema")
    );
    agree(&sql, |database| {
        let fact = |name: &str, kind: &str, when: &Expect<Deferrability>| {
            vec![format!("{name}|{kind}|{}", deferrability(*said(when)))]
        };
        let mut facts = children(
            database,
            |table| &table.primary_key,
            |name, key| fact(name, "PRIMARY KEY", &key.deferrability),
        );
        facts.extend(children(
            database,
            |table| &table.unique,
            |name, key| fact(name, "UNIQUE", &key.deferrability),
        ));
        facts.extend(children(
            database,
            |table| &table.foreign_keys,
            |name, key| fact(name, "FOREIGN KEY", &key.deferrability),
        ));
        facts.extend(children(
            database,
            |table| &table.checks,
            |name, _| vec![format!("{name}|CHECK|NO|NO")],
        ));
        facts
    })
    .await?;

    let sql = format!(
        "select c.table_schema::text, c.table_name::text, c.constraint_name::text, c.ordinal_position::text, c.column_name::text
           from information_schema.key_column_usage c where {} and {REAL}",
        ours("c.table_schema")
    );
    agree(&sql, |database| {
        let fact = |name: &str, columns: &Expect<Vec<String>>| {
            let columns = said(columns).iter().enumerate();
            columns.map(|(at, column)| format!("{name}|{}|{column}", at + 1)).collect()
        };
        let mut facts =
            children(database, |table| &table.primary_key, |name, key| fact(name, &key.columns));
        facts.extend(children(
            database,
            |table| &table.unique,
            |name, key| fact(name, &key.columns),
        ));
        facts.extend(children(
            database,
            |table| &table.foreign_keys,
            |name, key| fact(name, &key.columns),
        ));
        facts
    })
    .await
}

/// Constraint names are unique in a table only, but the views join by them: a name that occurs twice in a schema is left
/// out, and there must be few of them.
const ONCE: &str = "(select count(*) from pg_catalog.pg_constraint k
    join pg_catalog.pg_namespace n on n.oid = k.connamespace
   where n.nspname = c.constraint_schema and k.conname = c.constraint_name) = 1";

#[tokio::test]
async fn foreign_keys() -> Outcome {
    let sql = format!(
        "select f.table_schema::text, f.table_name::text, c.constraint_name::text, c.match_option::text, c.update_rule::text,
                c.delete_rule::text, u.table_schema::text, u.table_name::text,
                (select string_agg(t.column_name, ',' order by k.ordinal_position)
                   from information_schema.key_column_usage k
                   join information_schema.key_column_usage t
                     on t.constraint_schema = u.constraint_schema and t.constraint_name = u.constraint_name
                        and t.table_name = u.table_name and t.ordinal_position = k.position_in_unique_constraint
                  where k.constraint_schema = c.constraint_schema and k.constraint_name = c.constraint_name)
           from information_schema.referential_constraints c
           join information_schema.table_constraints f
             on f.constraint_schema = c.constraint_schema and f.constraint_name = c.constraint_name
           join information_schema.table_constraints u
             on u.constraint_schema = c.unique_constraint_schema and u.constraint_name = c.unique_constraint_name
          where {} and {ONCE} and {}",
        ours("c.constraint_schema"),
        REAL.replace("= c.", "= f.")
    );
    agree(&sql, |database| {
        let mut names: Vec<(String, String)> = Vec::new();
        for (schema, _, table) in tables(database) {
            names.extend(
                table.foreign_keys.bodies().map(|(name, _)| (schema.clone(), name.to_string())),
            );
        }
        let mut facts = Facts::new();
        for (schema, table, body) in tables(database) {
            for (name, key) in body.foreign_keys.bodies() {
                let own = (schema.clone(), name.to_string());
                if names.iter().filter(|name| **name == own).count() > 1 {
                    continue;
                }
                let matching = match said(&key.r#match).word() {
                    "simple" => "NONE".to_owned(),
                    word => word.to_uppercase(),
                };
                let target = said(&key.references).to_string();
                facts.insert(format!(
                    "{schema}|{table}|{name}|{matching}|{}|{}|{}",
                    said(&key.on_update).word().to_uppercase(),
                    said(&key.on_delete).word().to_uppercase(),
                    unquoted(&target)
                ));
            }
        }
        facts
    })
    .await
}

/// `"Odd"."T" (a, "B")` as `Odd|T|a,B`.
fn unquoted(target: &str) -> String {
    let words = schemavet::sql::words(target);
    let open = words.iter().rposition(|word| word.is("(")).expect("columns");
    let names = |words: &[schemavet::sql::Token<'_>]| -> Vec<String> {
        let names = words.iter().filter(|word| ![".", ",", ")"].iter().any(|sign| word.is(sign)));
        names.map(|word| schemavet::sql::unquote(word.text)).collect()
    };
    format!("{}|{}", names(&words[..open]).join("|"), names(&words[open + 1..]).join(","))
}

#[tokio::test]
async fn checks() -> Outcome {
    let sql = format!(
        "select t.table_schema::text, t.table_name::text, c.constraint_name::text, c.check_clause::text
           from information_schema.check_constraints c
           join information_schema.table_constraints t using (constraint_schema, constraint_name)
          where {} and {ONCE} and not exists (
                select from pg_catalog.pg_constraint k where k.conname = c.constraint_name and k.contype = 'n')",
        ours("c.constraint_schema")
    );
    // The views say `(clause) NOT VALID` up to some version and `clause` in others: the clause itself is held.
    for (name, database, read) in everything().await? {
        let mut times = std::collections::BTreeMap::<(String, String), usize>::new();
        for (schema, _, table) in tables(&read) {
            for (check, _) in table.checks.bodies() {
                *times.entry((schema.clone(), check.to_string())).or_default() += 1;
            }
        }
        let theirs: Facts = common::rows(&database, &sql)
            .await?
            .into_iter()
            .map(|row| {
                let clause = row[3].trim_end_matches(" NOT VALID").trim_end_matches(" NO INHERIT");
                let clause = clause.trim_end_matches(" NOT ENFORCED");
                format!("{}|{}|{}|{}", row[0], row[1], row[2], without_outer_parentheses(clause))
            })
            .collect();
        let mut ours = Facts::new();
        for (schema, table, body) in tables(&read) {
            for (check, object) in body.checks.bodies() {
                if times[&(schema.clone(), check.to_string())] == 1 {
                    ours.insert(format!("{schema}|{table}|{check}|{}", said(&object.expression)));
                }
            }
        }
        assert_eq!(theirs, ours, "{name}");
        assert!(name != "zoo" || !theirs.is_empty(), "the query tells nothing");
    }
    Ok(())
}

#[tokio::test]
async fn triggers() -> Outcome {
    let sql = format!(
        "select event_object_schema::text, event_object_table::text, trigger_name::text, event_manipulation::text,
                action_condition::text, action_statement::text, action_orientation::text, action_timing::text,
                action_reference_old_table::text, action_reference_new_table::text
           from information_schema.triggers where {}",
        ours("event_object_schema")
    );
    agree(&sql, |database| {
        let mut facts = Facts::new();
        for (schema, body) in database.schemas.bodies() {
            let tables = body.tables.bodies().map(|(name, table)| (name, &table.triggers));
            let views = body.views.bodies().map(|(name, view)| (name, &view.triggers));
            let far = body.foreign_tables.bodies().map(|(name, table)| (name, &table.triggers));
            for (relation, triggers) in tables.chain(views).chain(far) {
                for (name, trigger) in triggers.bodies() {
                    let condition = said(&trigger.condition).as_ref();
                    let condition =
                        condition.map_or("~".to_owned(), |condition| format!("({condition})"));
                    let call = said(&trigger.function).to_string();
                    for event in said(&trigger.events).iter().filter(|event| event.word() != "truncate") {
                        facts.insert(format!(
                            "{schema}|{relation}|{name}|{}|{condition}|EXECUTE FUNCTION {call}|{}|{}|{}|{}",
                            event.word().to_uppercase(),
                            said(&trigger.level).word().to_uppercase(),
                            said(&trigger.timing).word().to_uppercase(),
                            shown(said(&trigger.old_table).as_ref()),
                            shown(said(&trigger.new_table).as_ref()),
                        ));
                    }
                }
            }
        }
        facts
    })
    .await?;

    let sql = format!(
        "select event_object_schema::text, event_object_table::text, trigger_name::text, event_object_column::text
           from information_schema.triggered_update_columns where {}",
        ours("event_object_schema")
    );
    agree(&sql, |database| {
        children(
            database,
            |table| &table.triggers,
            |name, trigger| {
                said(&trigger.columns)
                    .names()
                    .iter()
                    .map(|column| format!("{name}|{column}"))
                    .collect()
            },
        )
    })
    .await
}

#[tokio::test]
async fn foreign_tables() -> Outcome {
    let sql = format!(
        "select foreign_table_schema::text, foreign_table_name::text, foreign_server_name::text
           from information_schema.foreign_tables where {}",
        ours("foreign_table_schema")
    );
    let far = |database: &Database, fact: &dyn Fn(&ForeignTable) -> Vec<String>| {
        let mut facts = Facts::new();
        for (schema, body) in database.schemas.bodies() {
            for (name, table) in body.foreign_tables.bodies() {
                facts.extend(fact(table).iter().map(|fact| format!("{schema}|{name}|{fact}")));
            }
        }
        facts
    };
    let options = |options: &Expect<ForeignOptions>| -> Vec<String> {
        said(options).iter().map(|(name, value)| format!("{name}|{value}")).collect()
    };
    agree(&sql, |database| far(database, &|table| vec![said(&table.server).clone()])).await?;

    let sql = "select foreign_table_schema::text, foreign_table_name::text, option_name::text, option_value::text
                 from information_schema.foreign_table_options";
    agree(sql, |database| far(database, &|table| options(&table.options))).await?;

    let sql = "select table_schema::text, table_name::text, column_name::text, option_name::text, option_value::text
                 from information_schema.column_options";
    agree(sql, |database| {
        far(database, &|table| {
            let columns = table.columns.bodies().flat_map(|(name, column)| {
                options(&column.fdw_options)
                    .into_iter()
                    .map(move |option| format!("{name}|{option}"))
            });
            columns.collect()
        })
    })
    .await?;

    let sql = "select foreign_server_name::text, foreign_data_wrapper_name::text, foreign_server_type::text,
                      foreign_server_version::text from information_schema.foreign_servers";
    agree(sql, |database| {
        let servers = database.servers.bodies().map(|(name, server)| {
            let (kind, version) = (said(&server.r#type), said(&server.version));
            let wrapper = said(&server.wrapper);
            format!("{name}|{wrapper}|{}|{}", shown(kind.as_ref()), shown(version.as_ref()))
        });
        servers.collect()
    })
    .await?;

    // Passwords are theirs alone.
    let sql = "select foreign_server_name::text, authorization_identifier::text, option_name::text,
                      case option_name when 'password' then '(hidden)' else option_value end::text
                 from information_schema.user_mapping_options
                union all
               select foreign_server_name::text, null, option_name::text,
                      case option_name when 'password' then '(hidden)' else option_value end::text
                 from information_schema.foreign_server_options";
    agree(sql, |database| {
        let mut facts = Facts::new();
        for (name, server) in database.servers.bodies() {
            facts
                .extend(options(&server.options).iter().map(|option| format!("{name}|~|{option}")));
            for (role, mapping) in server.user_mappings.bodies() {
                let role = if role == "public" { "PUBLIC" } else { &role };
                let options = options(&mapping.options);
                facts.extend(options.iter().map(|option| format!("{name}|{role}|{option}")));
            }
        }
        facts
    })
    .await
}

#[tokio::test]
async fn policies() -> Outcome {
    let sql = "select schemaname::text, tablename::text, policyname::text, permissive,
                      (select string_agg(role, ',' order by role collate \"C\") from unnest(roles::text[]) as role), cmd,
                      regexp_replace(qual, '^\\((.*)\\)$', '\\1'), regexp_replace(with_check, '^\\((.*)\\)$', '\\1')
                 from pg_catalog.pg_policies";
    agree(sql, |database| {
        children(
            database,
            |table| &table.policies,
            |name, policy| {
                let roles = said(&policy.to).show();
                let expression = |text: &Option<schemavet::value::Expression>| {
                    text.as_ref().map_or("~".to_owned(), |text| text.0.clone())
                };
                vec![format!(
                    "{name}|{}|{}|{}|{}|{}",
                    said(&policy.r#as).word().to_uppercase(),
                    roles.trim_matches(['[', ']']).replace(", ", ","),
                    said(&policy.r#for).word().to_uppercase(),
                    expression(said(&policy.using)),
                    expression(said(&policy.with_check)),
                )]
            },
        )
    })
    .await?;

    // Row security itself is in no view of the standard, but pg_tables tells of it.
    let sql = format!(
        "select schemaname::text, tablename::text, rowsecurity::text from pg_catalog.pg_tables where {}",
        ours("schemaname")
    );
    agree(&sql, |database| {
        let fact = |(schema, table, body): (String, String, &Table)| {
            let on = matches!(said(&body.row_security).word(), "enabled" | "forced");
            format!("{schema}|{table}|{on}")
        };
        tables(database).into_iter().map(fact).collect()
    })
    .await
}

#[tokio::test]
async fn sequences_and_functions() -> Outcome {
    let sql = format!(
        "select sequence_schema::text, sequence_name::text, data_type::text, increment::text, cycle_option::text
           from information_schema.sequences where {}",
        ours("sequence_schema")
    );
    agree(&sql, |database| {
        let mut facts = Facts::new();
        for (schema, body) in database.schemas.bodies() {
            for (name, sequence) in body.sequences.bodies() {
                facts.insert(format!(
                    "{schema}|{name}|{}|{}|{}",
                    said(&sequence.r#type),
                    said(&sequence.increment),
                    yes(*said(&sequence.cycle))
                ));
            }
        }
        facts
    })
    .await?;

    let sql = format!(
        "select routine_schema::text, routine_name::text, lower(external_language), is_deterministic::text, security_type::text
           from information_schema.routines r
          where routine_type = 'FUNCTION' and {} and not exists (
                select from pg_catalog.pg_depend d where d.deptype in ('e', 'i') and d.classid = 'pg_catalog.pg_proc'::regclass
                   and d.objid = substring(specific_name from '_([0-9]+)$')::oid)",
        ours("routine_schema")
    );
    agree(&sql, |database| {
        let mut facts = Facts::new();
        for (schema, body) in database.schemas.bodies() {
            // The standard knows no window functions.
            let functions = body.functions.bodies().filter(|(_, function)| !said(&function.window));
            for (signature, function) in functions {
                let name = signature.rsplit_once('(').map_or(&*signature, |(name, _)| name);
                facts.insert(format!(
                    "{schema}|{name}|{}|{}|{}",
                    said(&function.language),
                    yes(said(&function.volatility).word() == "immutable"),
                    said(&function.security).word().to_uppercase()
                ));
            }
        }
        facts
    })
    .await
}

/// Keys that look alike: what is usual for one is unusual for another.
const KEYS: &str = "
    create extension citext;
    create type mood as enum ('sad', 'glad');
    create type hue as enum ('red', 'blue');
    create type pair as (a int, b int);
    create domain word as text;
    create domain feeling as mood;
    create collation odd (provider = icu, locale = 'und');
    create function hue_cmp(hue, hue) returns int language sql immutable as 'select enum_cmp($1, $2)';
    create function hue_lt(hue, hue) returns boolean language sql immutable as 'select enum_lt($1, $2)';
    create operator < (leftarg = hue, rightarg = hue, function = hue_lt);
    create operator class hues default for type hue using btree as operator 1 <, function 1 hue_cmp(hue, hue);
    create table keys (
      \"Odd one\" int, v varchar(20), c char(3), t text, o text collate odd, e mood, h hue, w word, f feeling, x citext,
      n name, a int[], r int4range, p pair, i inet, d cidr, j jsonb, gone int, b boolean);
    alter table keys drop column gone;
    create index on keys (\"Odd one\" desc, t nulls first, v desc nulls last, c);
    create index on keys (v varchar_ops);
    create index on keys (v varchar_pattern_ops, t text_pattern_ops);
    create index on keys (t collate odd);
    create index on keys (o);
    create index on keys (o collate \"default\");
    create index on keys (o collate \"C\");
    create index on keys (e, w, f, x, n);
    create index on keys (h);
    create index on keys (h enum_ops);
    create index on keys (a, r, p, i, d, j);
    create index on keys (b) where t <> 'x' and \"Odd one\" > 0;
    create index on keys (lower(t), b);
    create index on keys (t, (\"Odd one\" + 1));
    create unique index on keys (t) include (v);
    create unique index on keys (v, b) where b;
    create index on keys (t) with (fillfactor = 70);
    create index on keys using hash (t);
    create index on keys using gin (a, j);
    create index on keys using brin (\"Odd one\", t);
    create index on keys using gist (r);
    create index on keys using spgist (t);
    create table parts (id int, at date) partition by range (at);
    create index on parts (at desc);
    create index on only parts (id);
    create table part partition of parts for values from ('2026-01-01') to ('2027-01-01');
    create materialized view seen as select t, b from keys;
    create unique index on seen (t, b desc);
";

#[tokio::test]
async fn indexes() -> Outcome {
    let mut all = everything().await?;
    let keys = common::database(KEYS).await?;
    all.push(("keys".to_owned(), keys.clone(), common::read(&keys).await?.database));
    let sql = format!(
        "select schemaname::text, tablename::text, indexname::text, indexdef from pg_indexes where {}",
        ours("schemaname")
    );
    for (name, database, read) in all {
        let theirs = common::rows(&database, &sql).await?;
        let mut held = 0;
        for (schema, body) in read.schemas.bodies() {
            let tables = body.tables.bodies().map(|(name, table)| (name, &table.indexes));
            let views = body.materialized_views.bodies().map(|(name, view)| (name, &view.indexes));
            for (table, indexes) in tables.chain(views) {
                for (index, ours) in indexes.bodies() {
                    let row = theirs
                        .iter()
                        .find(|row| row[0] == schema && row[1] == table && row[2] == index);
                    let definition =
                        row.map(|row| row[3].as_str()).expect("an index that there is");
                    let theirs: Index = serde_json::from_value(definition.into())?;
                    let parts = |index: &Index| {
                        let Index { keys, unique, method, include, .. } = index.clone();
                        (
                            keys,
                            unique,
                            method,
                            include,
                            index.predicate.clone(),
                            index.options.clone(),
                        )
                    };
                    assert_eq!(parts(ours), parts(&theirs), "{name}: {definition}");
                    held += 1;
                }
            }
        }
        assert!(!["zoo", "keys"].contains(&name.as_str()) || held > 10, "{name}: {held} indexes");
    }
    Ok(())
}
