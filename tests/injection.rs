//! Texts of a spec that try to be more than they are, in every place that a spec has for a text. `validate` then changes
//! nothing, runs nothing, does not fall over, and never says that the database matches.
#![cfg(unix)]
#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test fails by panicking"
)]

#[path = "equivalence/attacks.rs"]
mod attacks;
mod common;

use std::process::Stdio;

use attacks::{TEXTS, VICTIM};
use common::Outcome;
use schemavet::check;
use schemavet::equivalence::Equivalence;
use schemavet::model::KINDS;
use schemavet::source::connection::Connection;
use schemavet::source::ephemeral::Cluster;
use schemavet::source::{self, Reading, ServerAnalysis};
use schemavet::spec::Spec;
use serde_json::{Value, json};

/// One object of every kind. No text of `TEXTS` describes what is here.
const SCHEMA: &str = "
create table public.accounts (id serial primary key, age int default 7, kind text, twice int generated always as (age * 2) stored,
  constraint accounts_age_check check (age > 7), constraint accounts_kind_key unique (kind),
  constraint accounts_id_excl exclude using btree ((age + 7) with =) where (age > 7),
  constraint accounts_age_fkey foreign key (age) references public.accounts (id));
create index accounts_idx on public.accounts ((age + 8), kind collate \"C\" text_pattern_ops) where age > 8;
create statistics public.accounts_stats on id, age from public.accounts;
create function public.touch() returns trigger language plpgsql as $$ begin return new; end $$;
do $$ declare body text = 'return a + 7';
begin
  if current_setting('server_version_num')::int < 140000 then body = 'as ''select 7'''; end if;
  execute 'create function public.f(a int default 7) returns int language sql ' || body;
end $$;
create procedure public.p(a int default 7) language sql as 'select 7';
create aggregate public.total(int) (sfunc = int4pl, stype = int, initcond = '7');
create trigger accounts_touch before update on public.accounts for each row when (old.age > 7) execute function public.touch();
create rule accounts_rule as on delete to public.accounts where old.age > 7 do also select 7;
create policy accounts_policy on public.accounts using (age > 7) with check (age > 8);
create view public.v as select id from public.accounts where age > 7;
create materialized view public.m as select id from public.accounts where age > 7;
create type public.mood as enum ('good');
create domain public.d as text default 'seven' constraint d_check check (value <> 'seven');
create type public.pair as (one int);
create type public.span as range (subtype = float8);
create collation public.c (lc_collate = 'C', lc_ctype = 'C');
create table public.parts (id int) partition by range ((id + 7));
create table public.part partition of public.parts for values from (7) to (8);
create publication pub for table public.accounts;
do $$ begin
  if current_setting('server_version_num')::int >= 150000 then
    execute 'alter publication pub set table public.accounts where (age > 7)';
  end if;
end $$;
create subscription sub connection '' publication pub with (connect = false, slot_name = none);
create function public.l() returns language_handler language c as '$libdir/plpgsql', 'plpgsql_call_handler';
create language l handler public.l;
create foreign data wrapper w;
create server s foreign data wrapper w;
create user mapping for public server s;
create foreign table public.far (id int default 7 check (id > 7)) server s;
create role r;
create function public.event() returns event_trigger language plpgsql as $$ begin end $$;
create event trigger ddl on sql_drop when tag in ('DROP SERVER') execute function public.event();
create type public.later;
create type public.base;
create function public.base_in(cstring) returns public.base language internal immutable strict as 'textin';
create function public.base_out(public.base) returns cstring language internal immutable strict as 'textout';
create type public.base (input = public.base_in, output = public.base_out, default = 'seven');
create function public.same(public.base, public.base) returns boolean language internal immutable strict as 'texteq';
create operator public.=== (leftarg = public.base, rightarg = public.base, function = public.same);
create operator family public.ops using btree;
create operator class public.ops for type public.base using btree family public.ops as operator 3 public.===;
create conversion public.latin for 'LATIN1' to 'UTF8' from iso8859_1_to_utf8;
create text search parser public.parts (start = prsd_start, gettoken = prsd_nexttoken, end = prsd_end, lextypes = prsd_lextype);
create text search template public.tmpl (lexize = dsimple_lexize, init = dsimple_init);
create text search dictionary public.words (template = public.tmpl, accept = true);
create text search configuration public.speech (copy = pg_catalog.simple);
create cast (public.mood as int) with inout;
create function public.inner(internal) returns internal language internal immutable strict as 'textout';
create transform for public.base language sql (from sql with function public.inner(internal));
create access method heaped type table handler heap_tableam_handler;
create role guest;
alter default privileges grant select on tables to guest;
";

/// Where the one object of a kind stands.
fn place(kind: &str) -> Vec<&'static str> {
    let of_table =
        |collection, name| vec!["schemas", "public", "tables", "accounts", collection, name];
    let of_schema = |collection, name| vec!["schemas", "public", collection, name];
    match kind {
        "extension" => vec!["extensions", "plpgsql"],
        "extension_object" => vec![
            "extensions",
            "pg_stat_statements",
            "objects",
            "rule r on public.pg_stat_statements",
        ],
        "parameter" => vec!["parameters", "work_mem"],
        "changed_privileges" => vec!["changed_privileges", "function public.similarity(text,text)"],
        "security_label" => vec!["security_labels", "anon on table public.accounts"],
        "schema" => vec!["schemas", "public"],
        "enum" => of_schema("enums", "mood"),
        "domain" => of_schema("domains", "d"),
        "composite_type" => of_schema("composite_types", "pair"),
        "attribute" => [of_schema("composite_types", "pair"), vec!["attributes", "one"]].concat(),
        "range_type" => of_schema("range_types", "span"),
        "collation" => of_schema("collations", "c"),
        "sequence" => of_schema("sequences", "accounts_id_seq"),
        "table" => of_schema("tables", "accounts"),
        "view" => of_schema("views", "v"),
        "materialized_view" => of_schema("materialized_views", "m"),
        "column" => of_table("columns", "age"),
        "primary_key" => of_table("primary_key", "accounts_pkey"),
        "unique" => of_table("unique", "accounts_kind_key"),
        "foreign_key" => of_table("foreign_keys", "accounts_age_fkey"),
        "check" => of_table("checks", "accounts_age_check"),
        "exclusion" => of_table("exclusions", "accounts_id_excl"),
        "index" => of_table("indexes", "accounts_idx"),
        "statistics" => of_schema("statistics", "accounts_stats"),
        "trigger" => of_table("triggers", "accounts_touch"),
        "rule" => of_table("rules", "accounts_rule"),
        "policy" => of_table("policies", "accounts_policy"),
        "function" => of_schema("functions", "f(integer)"),
        "procedure" => of_schema("procedures", "p(integer)"),
        "aggregate" => of_schema("aggregates", "total(integer)"),
        "base_type" => of_schema("base_types", "base"),
        "shell_type" => of_schema("shell_types", "later"),
        "conversion" => of_schema("conversions", "latin"),
        "operator" => of_schema("operators", "=== (base, base)"),
        "operator_family" => of_schema("operator_families", "ops using btree"),
        "operator_class" => of_schema("operator_classes", "ops using btree"),
        "text_search_parser" => of_schema("text_search_parsers", "parts"),
        "text_search_template" => of_schema("text_search_templates", "tmpl"),
        "text_search_dictionary" => of_schema("text_search_dictionaries", "words"),
        "text_search_configuration" => of_schema("text_search_configurations", "speech"),
        "cast" => vec!["casts", "(mood as int)"],
        "transform" => vec!["transforms", "base language sql"],
        "access_method" => vec!["access_methods", "heaped"],
        "event_trigger" => vec!["event_triggers", "ddl"],
        "publication" => vec!["publications", "pub"],
        "database" => vec![],
        "role" => vec!["roles", "r"],
        "foreign_table" => of_schema("foreign_tables", "far"),
        "subscription" => vec!["subscriptions", "sub"],
        "language" => vec!["languages", "l"],
        "foreign_data_wrapper" => vec!["foreign_data_wrappers", "w"],
        "server" => vec!["servers", "s"],
        "user_mapping" => vec!["servers", "s", "user_mappings", "public"],
        "default_privileges" => vec!["default_privileges", "postgres on tables"],
        other => panic!("say where the {other} stands"),
    }
}

/// Places within the short forms: `{}` is where the text goes.
const SHORT: &[(&str, &[&str])] = &[
    (
        "column",
        &[
            "int default {}",
            "int default ({})",
            "int generated always as ({}) stored",
            "int collate {}",
            "{} default 7",
            "int {}",
        ],
    ),
    ("domain", &["text default {}", "{} default 'seven'", "text collate {}"]),
    ("check", &["({})", "check ({}) no inherit", "check (age > 7) {}"]),
    (
        "index",
        &[
            "({})",
            "(({}))",
            "((age + {}))",
            "(age {})",
            "(age collate {})",
            "(age desc {})",
            "using {} (age)",
            "(age) where {}",
            "(age) include ({})",
            "(age) with (fillfactor = {})",
        ],
    ),
    (
        "exclusion",
        &[
            "using btree (({}) with =)",
            "using btree (age with {})",
            "using btree ((age + 7) with =) where ({})",
        ],
    ),
    (
        "foreign_key",
        &[
            "({}) references accounts (id)",
            "(age) references {} (id)",
            "(age) references accounts (id) on delete {}",
        ],
    ),
    (
        "trigger",
        &[
            "before update for each row when ({}) execute function touch()",
            "before update for each row execute function touch({})",
            "before update for each row execute function {}()",
            "before update of {} for each row execute function touch()",
        ],
    ),
    (
        "view",
        &[
            "select {}",
            "select id from accounts where {}",
            "select id from {}",
            "select id from accounts order by {}",
        ],
    ),
    ("materialized_view", &["select id from accounts where {}"]),
    (
        "rule",
        &[
            "on delete where ({}) do also select 7",
            "on delete do also {}",
            "on delete to {} do nothing",
        ],
    ),
    ("statistics", &["on id, ({}) from accounts", "({}) on id, age from accounts"]),
];

/// The same within attributes.
const ATTRIBUTES: &[(&str, &str, &[&str])] = &[
    ("function", "arguments", &["a int default {}", "a {} default 7", "{} int"]),
    ("procedure", "arguments", &["a int default {}"]),
    ("function", "returns", &["setof {}", "table (a {})"]),
    ("function", "body", &["return {}", "return a + ({})", "begin atomic {}; end"]),
    ("table", "partition_by", &["range (({}))", "range (id {})"]),
    (
        "table",
        "partition_of",
        &["parts for values from ({}) to (8)", "{} for values from (7) to (8)"],
    ),
    (
        "publication",
        "tables",
        &["public.accounts where ({})", "accounts ({})", "{} where (id > 1)"],
    ),
    ("index", "predicate", &["age > 8 and ({})", "age > ({})"]),
    ("policy", "using", &["age > 7 or ({})", "exists (select from accounts where {})"]),
];

fn at(path: &[&str], value: Value) -> Value {
    path.iter().rev().fold(value, |inner, step| json!({ *step: inner }))
}

fn spec(path: &[&str], value: Value) -> String {
    let mut spec = at(path, value);
    spec["spec"] = json!(1);
    spec.to_string()
}

/// Specs that hold `text` in every place that a spec has for it.
fn specs(text: &str) -> Vec<String> {
    let mut specs = Vec::new();
    for kind in KINDS {
        let place = place(kind.name);
        for attribute in kind.attributes {
            let of_it = [place.clone(), vec![attribute.name]].concat();
            specs.push(spec(&of_it, json!([text])));
            if attribute.child.is_some() {
                specs.push(spec(&of_it, json!({ text: null })));
            } else {
                specs.push(spec(&of_it, json!({ text: text })));
                specs.push(spec(&of_it, json!(text)));
            }
        }
        // The database itself is the whole spec.
        if !place.is_empty() {
            specs.push(spec(&place, json!(text)));
            specs.push(spec(&place, json!([text])));
            specs.push(spec(&place, json!({ "definition": text })));
        }
    }
    for (kind, forms) in SHORT {
        for form in *forms {
            specs.push(spec(&place(kind), json!(form.replace("{}", text))));
        }
    }
    for (kind, attribute, forms) in ATTRIBUTES {
        for form in *forms {
            let place = [place(kind), vec![*attribute]].concat();
            specs.push(spec(&place, json!(form.replace("{}", text))));
        }
    }
    specs
}

/// All that anyone could have done: rows, relations, locks that outlive a rollback, and the number of the next
/// transaction that writes.
const STATE: &str = "select concat_ws(' ',
    (select string_agg(id::text, ',') from public.victim),
    (select count(*) from pg_class),
    (select count(*) from pg_locks where locktype = 'advisory'),
    (select is_called from public.accounts_id_seq),
    (select count(*) from pg_prepared_statements),
    txid_snapshot_xmax(txid_current_snapshot()))";

async fn state(observer: &Connection) -> Outcome<String> {
    let rows = observer.client.query_typed(STATE, &[]).await?;
    Ok(rows.first().map(|row| row.get(0)).expect("a row"))
}

/// What the exit code of `validate` would be; `None` where a server so old cannot know the attribute, which is said.
async fn code(text: &str, reading: &Reading, connection: &mut Connection) -> Option<u8> {
    let spec = match Spec::parse(vec![("spec.yaml".to_owned(), text.to_owned())]) {
        Ok(spec) => spec,
        Err(error) => return Some(error.exit_code()),
    };
    let settle = async |equivalence: &mut Equivalence| {
        equivalence.settle(&mut ServerAnalysis::new(connection)).await;
        Ok(())
    };
    match check::check(&spec, reading, common::CHECK, settle).await {
        Ok(report) if report.findings.iter().any(|finding| finding.change.word() == "unknown") => {
            None
        }
        Ok(report) => Some(report.outcome().exit_code()),
        Err(error) => Some(error.exit_code()),
    }
}

/// A server of its own: nobody else writes there.
async fn server() -> Outcome<(Cluster, Connection)> {
    let cluster = Cluster::start().await?;
    let owner = Connection::open(&cluster.settings("postgres")).await?;
    owner.client.batch_execute(&format!("{VICTIM};\n{SCHEMA}")).await?;
    Ok((cluster, owner))
}

#[tokio::test]
async fn no_text_in_any_place_does_anything() -> Outcome {
    let (cluster, observer) = server().await?;
    let before = state(&observer).await?;
    assert!(before.starts_with("1 "), "{before}");
    let (mut tried, mut asked) = (0, 0);
    for text in TEXTS.iter().filter(|text| !text.is_empty()) {
        let mut connection = Connection::open(&cluster.settings("postgres")).await?;
        let reading = source::read(&connection).await?;
        for spec in specs(text) {
            let code = code(&spec, &reading, &mut connection).await;
            assert_ne!(code, Some(0), "{spec}");
            tried += 1;
            asked += u32::from(code == Some(1));
        }
        // Still inside of the one transaction, which can be ended as usual.
        connection.client.batch_execute("commit").await?;
        assert_eq!(state(&observer).await?, before, "{text:?}");
        let left = connection.client.query_typed("select from pg_prepared_statements", &[]).await?;
        assert!(left.is_empty(), "{text:?}");
    }
    println!("{tried} specs, {asked} of them compared");
    assert!(asked > 1000, "{asked}");
    Ok(())
}

/// The whole program, with a spec in which every expression is such a text.
#[tokio::test]
async fn the_program_does_nothing_either() -> Outcome {
    let (cluster, observer) = server().await?;
    let before = state(&observer).await?;
    let data = cluster.data();
    let socket = data.parent().ok_or("no directory")?.display();
    let conninfo = format!("host={socket} user=postgres dbname=postgres");
    let directory = tempfile::tempdir()?;
    for (at, text) in TEXTS.iter().filter(|text| !text.is_empty()).enumerate() {
        let table = json!({
            "columns": { "age": { "default": text }, "twice": { "generated": text }, "*": "any" },
            "checks": { "accounts_age_check": { "expression": text } },
            "exclusions": { "accounts_id_excl": { "predicate": text } },
            "indexes": { "accounts_idx": { "predicate": text } },
            "triggers": { "accounts_touch": { "condition": text } },
            "policies": { "accounts_policy": { "using": text, "with_check": text } },
        });
        let schema = json!({
            "tables": { "accounts": table, "*": "any" },
            "views": { "v": { "definition": text } },
            "materialized_views": { "m": { "definition": text } },
            "domains": { "d": { "default": text, "checks": { "d_check": { "expression": text } } } },
        });
        let file = directory.path().join(format!("{at}.yaml"));
        std::fs::write(&file, spec(&["schemas", "public"], schema))?;
        let output = common::schemavet()
            .args(["validate", "--database", &conninfo])
            .arg(&file)
            .stdin(Stdio::null())
            .output()?;
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(matches!(output.status.code(), Some(1..=3)), "{text:?}: {said}");
        assert!(!said.contains("panicked"), "{text:?}: {said}");
        assert_eq!(state(&observer).await?, before, "{text:?}");
    }
    Ok(())
}
