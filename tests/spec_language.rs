//! The spec language, sentence by sentence (docs/spec.md). Offline: each test holds a spec against a stored snapshot.
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

mod common;

use common::{CHECK, Outcome, STRICT, names};
use schemavet::check::{Options, Report};
use schemavet::error::Error;
use schemavet::report::Format;
use schemavet::spec::Spec;

/// A database with a little of everything that these tests are about.
const DATABASE: &str = "
spec: 1
extensions: {pgcrypto: {version: '1.3', schema: public}, plpgsql: {}}
schemas:
  public:
    enums: {mood: [sad, ok]}
    tables:
      users:
        row_security: enabled
        grants: {app: [select]}
        columns:
          id: bigint not null
          email: varchar(255) not null default 'x'
          at: timestamptz
          mood: mood
        primary_key: {users_pkey: [id]}
        unique: {users_email_key: [email]}
        checks: {email_check: length(email) > 3, id_check: id > 0}
        indexes: {users_at_idx: (at), users_low_idx: unique (lower(email)) where id > 1}
        policies: {own: {for: select, to: [app, web], using: id > 0}}
        triggers: {t: before update for each row execute function touch()}
      orders:
        columns: {id: 'integer not null default serial', user_id: bigint}
        foreign_keys: {orders_user_fk: (user_id) references users (id) on delete cascade}
      kysely_migration: {columns: {name: text}}
    functions:
      touch(): {arguments: '', returns: trigger, language: plpgsql, body: begin end}
      add(integer, text): {arguments: 'a integer, b text', returns: integer, language: sql, body: select 1}
  audit: {tables: {log: {columns: {id: bigint}}}}
";

fn validate_as(spec: &str, options: Options) -> Report {
    let spec = common::spec(&format!("spec: 1\n{spec}")).expect("a spec");
    common::validate_stored(&spec, DATABASE, options)
}

fn validate(spec: &str) -> Report {
    validate_as(spec, CHECK)
}

/// A spec that speaks of `users` alone, with `body` below it.
fn users(body: &str) -> String {
    let body = body.trim_matches('\n').replace('\n', "\n        ");
    format!(
        "schemas:\n  '*': any\n  public:\n    tables:\n      '*': any\n      users:\n        {body}\n"
    )
}

#[track_caller]
fn finds(report: &Report, expected: &[&str]) {
    assert_eq!(names(report), expected, "{}", common::details(report));
}

#[test]
fn a_key_that_is_written_is_exhaustive() {
    finds(
        &validate(&users("columns: {id: bigint not null, name: text}")),
        &[
            "column.missing public.users.name",
            "column.unexpected public.users.email",
            "column.unexpected public.users.at",
            "column.unexpected public.users.mood",
        ],
    );
    for none in ["indexes: {}", "indexes: []"] {
        finds(
            &validate(&users(none)),
            &[
                "index.unexpected public.users.users_at_idx",
                "index.unexpected public.users.users_low_idx",
            ],
        );
    }
    finds(&validate(&users("primary_key: ~")), &["primary_key.unexpected public.users.users_pkey"]);
    finds(&validate("schemas: {}"), &["schema.unexpected audit", "schema.unexpected public"]);
}

#[test]
fn a_key_that_is_not_written_is_no_opinion_and_is_counted() {
    let report = validate("");
    finds(&report, &[]);
    let count =
        |report: &Report, kind: &str| report.tallies.get(kind).map(|tally| tally.no_opinion);
    assert_eq!((count(&report, "schema"), count(&report, "extension")), (Some(2), Some(2)));

    let report = validate(&users("columns: {id: bigint not null, '*': any}"));
    finds(&report, &[]);
    assert_eq!(count(&report, "column"), Some(3));
    assert_eq!((count(&report, "check"), count(&report, "trigger")), (Some(2), Some(1)));
    assert_eq!((count(&report, "table"), count(&report, "index")), (Some(2), Some(2)));
}

#[test]
fn strict_takes_an_unwritten_key_for_none() {
    let spec =
        "schemas: {public: {tables: {orders: {}, '*': any}}, '*': any}\nextensions: {'*': any}";
    let expected = [
        "column.unexpected public.orders.id",
        "column.unexpected public.orders.user_id",
        "foreign_key.unexpected public.orders.orders_user_fk",
        "enum.unexpected public.mood",
        "function.unexpected public.add(integer, text)",
        "function.unexpected public.touch()",
    ];
    let sorted = |report: &Report| {
        let mut names = names(report);
        names.sort();
        names
    };
    let mut wanted = expected.map(str::to_owned);
    wanted.sort();
    finds(&validate(spec), &[]);
    assert_eq!(sorted(&validate_as(spec, STRICT)), wanted);
    assert_eq!(sorted(&validate(&format!("strict: true\n{spec}"))), wanted);

    // Attributes are as PostgreSQL makes them; patterns and bare names stay as they are.
    let spec = users("columns: {email: {type: varchar(255)}, id: , '*': any}\n'*': any")
        .replace("'*': any\n        '*'", "'*'");
    let spec = spec.replace("\n        '*': any", "");
    let found = names(&validate_as(&format!("extensions: {{'*': any}}\n{spec}"), STRICT));
    for rule in [
        "column.nullable public.users.email",
        "column.default public.users.email",
        "table.row_security public.users",
    ] {
        assert!(found.iter().any(|name| name == rule), "{rule} in {found:#?}");
    }
    assert!(
        !found.iter().any(|name| name.contains("users.id") && name.starts_with("column")),
        "{found:#?}"
    );
}

#[test]
fn the_key_of_a_function_says_its_types() {
    let spec = |arguments: &str| {
        format!(
            "schemas: {{'*': any, public: {{functions: {{'*': any, 'add(integer, text)': {{{arguments}returns: integer}}}}}}}}"
        )
    };
    let found = |arguments: &str| names(&validate_as(&spec(arguments), STRICT));
    let arguments = "function.arguments public.add(integer, text)".to_owned();
    assert!(!found("").contains(&arguments));
    assert!(found("arguments: 'a integer, c text', ").contains(&arguments));
}

#[test]
fn a_pattern_lets_be_forbids_or_demands() {
    let tables =
        |text: &str| validate(&format!("schemas: {{'*': any, public: {{tables: {{{text}}}}}}}"));
    finds(&tables("users: , orders: , 'kysely_*': any"), &[]);
    finds(&tables("users: , orders: "), &["table.unexpected public.kysely_migration"]);
    finds(&tables("'kysely_*': absent, '*': any"), &["table.forbidden public.kysely_migration"]);
    // Of what must not be there nothing else is said.
    for forbids in [
        "'*': {row_security: enabled}, 'k*': absent, 'kysely_*': {comment: x}",
        "'*': {row_security: enabled}, kysely_migration: absent",
    ] {
        let found = ["table.row_security public.orders", "table.forbidden public.kysely_migration"];
        let mut report =
            validate(&format!("schemas: {{'*': any, public: {{tables: {{{forbids}}}}}}}"));
        report.findings.sort_by_key(|finding| finding.rule.aspect == "forbidden");
        finds(&report, &found);
    }
    finds(
        &tables("kysely_migration: absent, '*': any"),
        &["table.forbidden public.kysely_migration"],
    );
    finds(&tables("old: absent, 'tmp_*': absent, '*': any"), &[]);
    finds(
        &tables("'*': {row_security: enabled}"),
        &["table.row_security public.kysely_migration", "table.row_security public.orders"],
    );
    finds(
        &tables("'*': {columns: {created_at: , '*': any}}, '*s': any"),
        &[
            "column.missing public.kysely_migration.created_at",
            "column.missing public.orders.created_at",
            "column.missing public.users.created_at",
        ],
    );
    // An escaped star is a star.
    finds(&tables("'\\*': any, users: , orders: , kysely_migration: "), &[]);
    finds(&tables("'user\\*': , '*': any"), &["table.missing public.user*"]);
}

#[test]
fn an_object_is_held_against_its_own_entry_and_every_pattern() {
    let spec = "schemas: {'*': any, public: {tables: {
        users: {row_security: forced}, 'us*': {row_security: disabled}, '*': {row_security: enabled},
        orders: any, 'kysely_*': any}}}";
    finds(
        &validate(spec),
        &[
            "table.row_security public.users",
            "table.row_security public.kysely_migration",
            "table.row_security public.orders",
            "table.row_security public.users",
        ],
    );
}

/// What several patterns demand, and one object is not, is told once.
#[test]
fn what_patterns_demand_alike_is_told_once() {
    let enabled = "{row_security: enabled}";
    let spec = format!(
        "schemas: {{'*': any, public: {{tables: {{orders: {enabled}, 'or*': {enabled}, '*': {{}}}}}}}}"
    );
    finds(&validate(&spec), &["table.row_security public.orders"]);
    for (tables, expected, unexpected, different) in [
        ("{'o*': absent, '*s': absent, '*': any}", 0, 2, 0),
        ("{orders: any, '*': {row_security: disabled}}", 3, 0, 1),
    ] {
        let report = validate(&format!("schemas: {{'*': any, public: {{tables: {tables}}}}}"));
        let tally = report.tallies["table"];
        assert_eq!(
            (tally.expected, tally.unexpected, tally.different),
            (expected, unexpected, different),
            "{tables}"
        );
        let findings = report.findings.iter().filter(|one| one.rule.kind == "table").count();
        assert_eq!(findings, unexpected + different, "{tables}");
    }
}

/// Two items of a list that read alike are two objects.
#[test]
fn items_of_a_list_that_are_missing_are_told_each() {
    let report = validate(&users("checks: [mood = 'ok', mood = 'ok', length(email) > 3, id > 0]"));
    finds(&report, &["check.missing public.users.mood = 'ok'"; 2]);
    let report = validate(&users("indexes: [(mood), {definition: (mood), comment: x}]"));
    let missing = report.findings.iter().filter(|finding| finding.rule.aspect == "missing");
    assert_eq!(missing.count(), report.tallies["index"].missing);
}

/// A type that stands below a pattern may be of any schema that the pattern covers.
#[test]
fn a_pattern_of_schemas_knows_the_types_of_each() {
    let tables = "tables: {users: {columns: {mood: mood, '*': any}}, '*': any}";
    let report = validate(&format!("schemas: {{'pub*': {{{tables}}}, '*': any}}"));
    finds(&report, &[]);
}

/// What is not enforced is not valid either, however it is written.
#[test]
fn what_is_not_enforced_is_not_valid() {
    let checked = |check: &str| {
        format!(
            "spec: 1\nschemas: {{public: {{tables: {{t: {{columns: {{a: int}}, checks: {{c: {check}}}}}}}}}}}\n"
        )
    };
    let stored = checked("check (a > 0) not enforced");
    for check in ["check (a > 0) not enforced", "{expression: a > 0, enforced: false}"] {
        let spec = common::spec(&checked(check)).expect("a spec");
        assert_eq!(names(&common::validate_stored(&spec, &stored, STRICT)), [""; 0], "{check}");
    }
}

#[test]
fn a_list_matches_by_shape_a_mapping_by_name() {
    for same in [
        "checks: [id > 0, length(email) > 3]",
        "checks: {id_check: id > 0, email_check: length(email) > 3}",
        "unique: [[email]]",
        "unique: [(email)]",
        "unique: {users_email_key: (email)}",
        "primary_key: [id]",
        "primary_key: id",
        "primary_key: {users_pkey: [id]}",
        "indexes: [unique (lower(email)) where id > 1, (at)]",
        "indexes: [(at), {unique: true, keys: [lower(email)]}]",
    ] {
        finds(&validate(&users(same)), &[]);
    }
    finds(
        &validate(&users("indexes: {other_idx: (at), users_low_idx: }")),
        &["index.missing public.users.other_idx", "index.unexpected public.users.users_at_idx"],
    );
    finds(
        &validate(&users("primary_key: {users_id_pk: [id]}")),
        &[
            "primary_key.missing public.users.users_id_pk",
            "primary_key.unexpected public.users.users_pkey",
        ],
    );
    // What differs in lesser attributes only is that difference; else it is missing and unexpected.
    finds(
        &validate(&users("indexes: [(at), (lower(email)) where id > 1]")),
        &["index.unique public.users.users_low_idx"],
    );
    finds(
        &validate(&users("indexes: [(id), (lower(email)) where id > 1]")),
        &[
            "index.unique public.users.users_low_idx",
            "index.missing public.users.(id)",
            "index.unexpected public.users.users_at_idx",
        ],
    );
    // What is missing is told by its words, however it was written.
    finds(
        &validate(&users(
            "policies: [{for: insert, with_check: id > 1}, {for: delete, to: app}]\n\
             foreign_keys: ['(id, PERIOD \"At\") references t (id, period at)', {columns: [id], references: t}]",
        )),
        &[
            "foreign_key.missing public.users.(id, period \"At\") references t (id, period at)",
            "foreign_key.missing public.users.(id) references t",
            "policy.missing public.users.for insert with check (id > 1)",
            "policy.missing public.users.for delete to app",
            "policy.unexpected public.users.own",
        ],
    );
    let error = common::spec(&format!(
        "spec: 1\n{}",
        users("foreign_keys: ['(id, at) references t (id, period at)']")
    ));
    assert!(error.expect_err("one side").to_string().contains("on both sides"));
    // Each object answers to one shape.
    finds(
        &validate(&users("unique: [[email], [email]]")),
        &["unique.missing public.users.(email)"],
    );
}

#[test]
fn a_string_is_complete_a_mapping_partial() {
    finds(
        &validate(&users("columns: {email: varchar(255), '*': any}")),
        &["column.nullable public.users.email", "column.default public.users.email"],
    );
    finds(&validate(&users("columns: {email: {type: varchar(255)}, '*': any}")), &[]);
    finds(&validate(&users("columns: {email: {nullable: false}, '*': any}")), &[]);
    finds(
        &validate(&users(
            "columns: {email: {definition: varchar(255) not null default 'x', comment: hi}, '*': any}",
        )),
        &["column.comment public.users.email"],
    );
    finds(&validate(&users("columns: {email: , '*': any}")), &[]);
    finds(&validate(&users("columns: {gone: , '*': any}")), &["column.missing public.users.gone"]);
}

#[test]
fn a_list_of_one_need_not_be_one() {
    finds(
        &validate(&users(
            "indexes: {users_at_idx: {keys: at, include: []}, users_low_idx: {keys: lower(email)}}",
        )),
        &[],
    );
    finds(&validate(&users("policies: {own: {to: app}}")), &["policy.to public.users.own"]);
    finds(&validate(&users("triggers: {t: {events: insert}}")), &["trigger.events public.users.t"]);
    finds(&validate(&users("grants: {app: select}")), &[]);
    finds(&validate(&users("grants: {app: 'select, insert'}")), &["table.grants public.users"]);
}

/// YAML has a word for them, which is no text.
#[test]
fn a_check_may_be_true_or_false() {
    let found = validate(&users("checks: {email_check: false, id_check: true}"));
    finds(
        &found,
        &["check.expression public.users.email_check", "check.expression public.users.id_check"],
    );
    let shown: Vec<_> = found.findings.iter().filter_map(|one| one.change.expected()).collect();
    assert_eq!(shown, ["false", "true"]);
    let found = validate(&users("checks: [false, length(email) > 3, id > 0]"));
    finds(&found, &["check.missing public.users.false"]);
}

#[test]
fn a_tilde_demands_that_an_attribute_is_unset() {
    finds(
        &validate(&users("columns: {email: {default: ~}, '*': any}")),
        &["column.default public.users.email"],
    );
    finds(&validate(&users("columns: {at: {default: ~}, '*': any}")), &[]);
    finds(&validate(&users("policies: {own: {using: ~}}")), &["policy.using public.users.own"]);
    finds(&validate(&users("policies: {own: {with_check: ~}}")), &[]);
    finds(&validate(&users("policies: {own: {to: [web, app]}}")), &[]);
}

#[test]
fn what_is_usual_anyway_may_be_said() {
    finds(&validate(&users("columns: {email: {statistics: -1}, '*': any}")), &[]);
    let function = |body: &str| {
        validate(&format!(
            "schemas: {{'*': any, public: {{functions: {{'add(integer, text)': {{{body}}}, '*': any}}}}}}"
        ))
    };
    finds(&function("language: SQL, cost: 100, rows: 1000"), &[]);
    finds(&function("language: sql, cost: 1"), &["function.cost public.add(integer, text)"]);
    finds(&function("language: C"), &["function.language public.add(integer, text)"]);
}

/// As it stands in a migration.
#[test]
fn a_short_form_may_end_as_a_command() {
    let body = "checks: {id_check: 'check (id > 0); -- positive; as ids are', '*': any}\n\
                indexes: {users_at_idx: CREATE INDEX IF NOT EXISTS users_at_idx ON public.users (at);, '*': any}";
    finds(&validate(&users(body)), &[]);
    finds(&validate(&users("indexes: {users_at_idx: create index on users (at), '*': any}")), &[]);
    for key in [
        "primary_key: {k: CONSTRAINT k PRIMARY KEY (id)}",
        "checks: {k: constraint k check (id > 0)}",
    ] {
        let error = common::spec(&format!("spec: 1\n{}", users(key))).expect_err("a name");
        assert!(error.report().to_string().contains("is its key here: write `k: "), "{key}");
    }
}

#[test]
fn a_policy_may_read_as_it_was_created() {
    let policy = |text: &str| validate(&users(&format!("policies: {{own: '{text}'}}")));
    for same in [
        "for select to app, web using (id > 0)",
        "as permissive for select to web, \"app\" using ((id > 0))",
        "CREATE POLICY own ON public.users FOR SELECT TO web, app USING (id > 0)",
    ] {
        finds(&policy(same), &[]);
    }
    finds(
        &policy("for select using (id > 0) with check (id > 0)"),
        &["policy.to public.users.own", "policy.with_check public.users.own"],
    );
    finds(
        &policy("as restrictive to app, web using (id > 0)"),
        &["policy.for public.users.own", "policy.as public.users.own"],
    );
    for (wrong, message) in [
        (
            "for truncate",
            "expected `all` or `select` or `insert` or `update` or `delete`, found `truncate`",
        ),
        ("to app using id > 0", "expected `(expression)`, found `id`"),
        ("for all where (id > 0)", "`where` is not understood here"),
    ] {
        let spec = format!("spec: 1\n{}", users(&format!("policies: {{own: '{wrong}'}}")));
        let error = common::spec(&spec).expect_err("it is refused").to_string();
        assert!(error.contains(message), "{error}");
    }
}

#[test]
fn absent_demands_that_an_object_is_not_there() {
    let [none, absent] =
        ["~", "absent"].map(|word| validate(&users(&format!("primary_key: {word}"))));
    assert_eq!(common::names(&none), common::names(&absent));
    finds(
        &validate("extensions: {'*': any, pgcrypto: absent, hstore: absent}"),
        &["extension.forbidden pgcrypto"],
    );
    finds(&validate("schemas: {'*': any, audit: absent}"), &["schema.forbidden audit"]);
    finds(&validate(&users("triggers: {t: absent}")), &["trigger.forbidden public.users.t"]);
}

#[test]
fn who_granted_a_privilege_counts_where_it_is_written() {
    let grants = |words: &str| validate(&users(&format!("grants: {{app: [{words}]}}")));
    finds(&grants("select"), &[]);
    finds(&grants("insert by boss"), &["table.grants public.users"]);
    let untold = common::details(&grants("select by boss"));
    assert!(untold.contains("undecided table.grants public.users"), "{untold}");
}

#[test]
fn ignore_leaves_out_objects_with_all_that_is_in_them() {
    let spec = |ignore: &str| {
        format!("ignore: [{ignore}]\n{}", users("columns: {id: text}\nindexes: {}\ntriggers: {}"))
    };
    let all = names(&validate(&spec(""))).len();
    assert_eq!(all, 8);
    let ignored = |glob: &str| {
        let report = validate(&spec(glob));
        assert_eq!(report.ignored + report.findings.len(), all, "{glob}");
        report.ignored
    };
    for (glob, count) in [
        ("public.users", all),
        ("public.*", all),
        ("'*.users.id'", 2),
        ("public.users.users_*", 2),
        ("index public.users.*", 2),
        ("'column public.users.*'", 5),
        ("public.user", 0),
        ("users", 0),
    ] {
        assert_eq!(ignored(glob), count, "{glob}");
    }
}

#[test]
fn levels_weigh_rules_and_the_last_that_matches_wins() {
    let spec = |levels: &str| format!("levels: {{{levels}}}\n{}", users("indexes: {}\nunique: {}"));
    let levels = |text: &str| -> Vec<String> {
        let report = validate(&spec(text));
        let lines =
            report.findings.iter().map(|finding| format!("{} {}", finding.rule, finding.level));
        lines
            .chain((report.switched_off > 0).then(|| format!("off {}", report.switched_off)))
            .collect()
    };
    assert_eq!(
        levels(""),
        ["unique.unexpected error", "index.unexpected error", "index.unexpected error"]
    );
    assert_eq!(
        levels("index.unexpected: warning")[1..],
        ["index.unexpected warning", "index.unexpected warning"]
    );
    assert_eq!(levels("'*.unexpected': info")[0], "unique.unexpected info");
    assert_eq!(levels("'*': warning, 'index.*': off"), ["unique.unexpected warning", "off 2"]);
    assert_eq!(levels("'index.*': off, '*': warning").len(), 3);
}

#[test]
fn columns_have_an_order_where_it_means_something() {
    let of = |body: &str| {
        let table = body.trim_matches('\n').replace('\n', "\n        ");
        format!("spec: 1\nschemas:\n  public:\n    tables:\n      t:\n        {table}\n")
    };
    for (one, other, found) in [
        (
            "foreign_keys: {f: '(a, b) references u (x, y)'}",
            "foreign_keys: {f: '(b, a) references u (y, x)'}",
            "",
        ),
        (
            "foreign_keys: {f: '(a, b) references u (x, y)'}",
            "foreign_keys: {f: '(b, a) references u (x, y)'}",
            "foreign_key.columns public.t.f",
        ),
        (
            "foreign_keys: {f: '(a, period b) references u (x, period y)'}",
            "foreign_keys: {f: '(b, period a) references u (y, period x)'}",
            "foreign_key.columns public.t.f, foreign_key.references public.t.f",
        ),
        (
            "foreign_keys: {f: '(a, b) references u (x, y) on delete set null (a, b)'}",
            "foreign_keys: {f: '(a, b) references u (x, y) on delete set null (b, a)'}",
            "",
        ),
        (
            "triggers: {g: 'before update of a, b for each row execute function touch()'}",
            "triggers: {g: 'before update of b, a for each row execute function touch()'}",
            "",
        ),
        ("unique: {k: [a, b]}", "unique: {k: [b, a]}", "unique.columns public.t.k"),
    ] {
        for (one, other) in [(one, other), (other, one)] {
            let spec = common::spec(&of(one)).expect("a spec");
            let report = common::validate_stored(&spec, &of(other), CHECK);
            assert_eq!(names(&report).join(", "), found, "{one}: {}", common::details(&report));
        }
    }
}

/// The server cuts a name after 63 bytes, in whole characters.
/// The order of one table's columns says nothing of another's.
#[test]
fn an_order_is_that_of_its_own_table() {
    finds(
        &validate(
            "schemas: {'*': any, public: {tables: {orders: {column_order: exact}, users: {columns: {email: any, id: bigint not null, '*': any}}, '*': any}}}",
        ),
        &[],
    );
}

#[test]
fn a_name_may_be_as_long_as_it_was_written() {
    let (kept, wide) = ("x".repeat(63), "x".repeat(62));
    let of = |name: &str, column: &str| {
        format!(
            "spec: 1\nschemas: {{public: {{tables: {{t: {{indexes: {{{name}: ({column})}}}}}}}}}}\n"
        )
    };
    let stored = [of(&kept, "a"), of(&wide, "a")];
    let written = [format!("{kept}_idx"), format!("{wide}ä_idx")];
    for (stored, name) in stored.iter().zip(&written) {
        for (column, found) in [("a", 0), ("b", 1)] {
            let spec = common::spec(&of(name, column)).expect("a spec");
            let report = common::validate_stored(&spec, stored, CHECK);
            let rules = report.findings.iter().filter(|it| it.rule.to_string() == "index.keys");
            assert_eq!((report.findings.len(), rules.count()), (found, found), "{name}");
        }
    }
}

#[test]
fn types_have_many_names() {
    for (column, types) in [
        ("id", ["bigint not null", "int8 not null", "pg_catalog.int8 not null", "BIGINT NOT NULL"]),
        (
            "at",
            [
                "timestamptz",
                "timestamp with time zone",
                "TIMESTAMP WITH TIME ZONE",
                "{type: timestamptz}",
            ],
        ),
        ("mood", ["mood", "public.mood", "'\"mood\"'", "{type: public.mood}"]),
        (
            "email",
            [
                "varchar(255) not null default 'x'",
                "character varying(255) default 'x' not null",
                "character varying ( 255 ) not null default ('x')",
                "{type: varchar(255)}",
            ],
        ),
    ] {
        for text in types {
            finds(&validate(&users(&format!("columns:\n  {column}: {text}\n  '*': any"))), &[]);
        }
    }
    for text in
        ["serial", "serial4", "integer not null default serial", "int4 not null default serial"]
    {
        let spec = format!(
            "schemas: {{'*': any, public: {{tables: {{'*': any, orders: {{columns: {{id: {text}, '*': any}}}}}}}}}}"
        );
        finds(&validate(&spec), &[]);
    }
    finds(
        &validate(&users("columns: {email: text not null default 'x', '*': any}")),
        &["column.type public.users.email"],
    );
}

#[test]
fn names_resolve_as_in_sql() {
    let orders = |key: &str| {
        validate(&format!(
            "schemas: {{'*': any, public: {{tables: {{'*': any, orders: {{foreign_keys: {{orders_user_fk: \"{key}\"}}}}}}}}}}"
        ))
    };
    for same in [
        "(user_id) references users (id) on delete cascade",
        "(user_id) references public.users (id) on delete cascade",
        "(user_id) references users on delete cascade",
        "FOREIGN KEY (USER_ID) REFERENCES Users(ID) ON DELETE CASCADE",
    ] {
        finds(&orders(same), &[]);
    }
    for other in [
        "(user_id) references audit.users (id) on delete cascade",
        "(user_id) references \\\"Users\\\" (id) on delete cascade",
    ] {
        finds(&orders(other), &["foreign_key.references public.orders.orders_user_fk"]);
    }
    let trigger = |call: &str| {
        validate(&users(&format!(
            "triggers: {{t: before update for each row execute function {call}}}"
        )))
    };
    finds(&trigger("touch()"), &[]);
    finds(&trigger("public.touch()"), &[]);
    finds(&trigger("audit.touch()"), &["trigger.function public.users.t"]);
    for (key, found) in
        [("add", 0), ("'add(int, text)'", 0), ("'add(int4,text)'", 0), ("'add(text)'", 2)]
    {
        let report = validate(&format!(
            "schemas: {{'*': any, public: {{functions: {{{key}: , 'touch()': }}}}}}"
        ));
        assert_eq!(report.findings.len(), found, "{key}: {}", common::details(&report));
    }
}

fn merge(first: &str, second: &str) -> Result<Spec, Error> {
    let file = |name: &str, text: &str| (name.to_owned(), format!("spec: 1\n{text}"));
    Spec::parse(vec![file("a.yaml", first), file("b.yaml", second)])
}

#[test]
fn files_are_merged() {
    let spec = merge(
        "schemas: {'*': any, public: {tables: {users: {columns: {id: bigint not null}}}}}",
        "ignore: [public.kysely_*]\nschemas: {public: {tables: {users: {columns: {'*': any}, indexes: {}}, orders: }}}",
    )
    .expect("merged");
    let report = common::validate_stored(&spec, DATABASE, CHECK);
    finds(
        &report,
        &[
            "index.unexpected public.users.users_at_idx",
            "index.unexpected public.users.users_low_idx",
        ],
    );
    let place = report.findings[0].location.as_ref().expect("a place");
    assert_eq!(place.to_string(), "b.yaml:3:58");
    // To say the same twice is no clash.
    merge("schemas: {a: any, b: {tables: {t: }}}", "schemas: {a: any, b: {tables: {t: }}}")
        .expect("the same");
    let list = "schemas: {a: {tables: {t: {checks: [a > 0]}}}}";
    merge(list, list).expect("the same list");
}

#[test]
fn a_clash_shows_both_places() {
    let error = merge(
        "schemas:\n  public:\n    tables: {users: {columns: {id: bigint}}}",
        "schemas:\n  public:\n    tables:\n      users: {columns: {id: integer}}",
    )
    .expect_err("a clash");
    let story = error.report().to_string();
    assert_eq!(error.exit_code(), 2);
    assert!(story.contains("--> b.yaml:5:25"), "{story}");
    assert!(story.contains("a.yaml:4:32"), "{story}");
    assert!(story.contains("      users: {columns: {id: integer}}"), "{story}");
    merge("schemas: {a: any}", "schemas: {a: absent}").expect_err("a clash");
    merge("platform: rds", "platform: rds").expect("the same");
    for (key, first, second) in
        [("platform", "rds", "supabase"), ("name", "one", "two"), ("strict", "true", "false")]
    {
        let error = merge(&format!("{key}: {first}"), &format!("{key}: {second}"));
        let error = error.expect_err("a clash");
        assert!(error.message.contains(&format!("`{key}` is written twice")), "{error}");
    }
    let levels = |level| format!("levels: {{\"*.owner\": {level}}}");
    merge(&levels("off"), &levels("off")).expect("the same");
    let error = merge(&levels("off"), &levels("warning")).expect_err("a clash");
    assert!(error.message.contains("`*.owner` is written twice"), "{error}");
    merge(
        "schemas: {a: {tables: {t: {checks: [a > 0]}}}}",
        "schemas: {a: {tables: {t: {checks: [b > 0]}}}}",
    )
    .expect_err("two lists");
}

/// What is wrong, where (line and column), and what is said about it.
#[test]
fn errors_show_the_place_and_the_line() {
    for (text, place, said) in [
        (
            "schemas:\n  public:\n    tabels: {}",
            "4:5",
            "unknown key `tabels`|did you mean `tables`",
        ),
        ("schema: {}", "2:1", "unknown key `schema`|did you mean `schemas`"),
        (&users("columnz: {}"), "8:9", "unknown key `columnz`|did you mean `columns`"),
        (&users("columns:\n  id: {typ: text}"), "9:16", "unknown key `typ`|did you mean `type`"),
        (&users("rls: enabled"), "8:9", "unknown key `rls`|did you mean `row_security`"),
        ("tables: {}", "2:1", "unknown key `tables`|further in: `schemas: {…: {tables: …}}`"),
        (
            "schemas: {a: {indexes: {}}}",
            "2:15",
            "unknown key `indexes`|further in: `tables: {…: {indexes: …}}`",
        ),
        (&users("columns: [{name: id}]"), "8:18", "each column has a name"),
        (&users("checks: [{name: c}]"), "8:19", "unknown key `name`|a name is a key"),
        ("schemas: {public: {views: [v]}}", "2:27", "each view has a name"),
        ("extensions: {citext: 1.6}", "2:14", "found floating point `1.6`|put quotes around it"),
        ("schemas: {a: {tables: {*_log: any}}}", "2:24", "begins an alias|put quotes around it"),
        ("schemas:\n\tpublic: {}\n", "3:2", "indent by blanks"),
        ("name: \"abc\nschemas: {}\n", "2:7", "end it as it begins"),
        ("schemas:\n  a: {}\n   b: {}\n", "4:", "in one column"),
        ("schemas: {a: &a {comment: x}, b: {tables: *a}}", "2:", "found `x`"),
        (&users("columns:\n  a: 'citext' not null"), "9:", "put quotes around the whole"),
        ("settings: [x]", "2:", "found a list"),
        ("schemas: 5", "2:", "expected a mapping by name of each schema"),
        ("surely: 1", "2:1", "unknown key `surely`|known here: spec, name, strict"),
        ("schemas:\n  a: any\n  a: any", "4:3", "a"),
        (&users("columns:\n  id: int\n  id: text"), "10:11", "id"),
        (&users("policies: any"), "8:", "leave it out"),
        (&users("primary_key: any"), "8:", "leave it out"),
        (&users("options: any"), "8:", "leave the key out"),
        ("schemas: [a, b]", "2:10", "each schema has a name"),
        (
            "schemas:\n  a:\n    aggregates:\n      a: any\n      b(variadic int[]): any",
            "6:7",
            "says more than the types",
        ),
        ("strict: 3", "2:9", ""),
        ("schemas: {a: {tables: {t: {columns: {c: {nullable: maybe}}}}}}", "2:52", ""),
        ("schemas: {a: {tables: {t: {row_security: on}}}}", "2:42", "enabled, forced, disabled"),
        (&users("columns:\n  id: bigint nott null"), "9:15", "nott"),
        (&users("columns:\n  id: bigint primary key"), "9:15", "primary_key"),
        (&users("indexes:\n  i: (a"), "9:14", ""),
        (&users("triggers:\n  t: before updat execute function f()"), "9:14", "updat"),
        (&users("foreign_keys:\n  - (a) reference b"), "9:13", "references"),
        (
            "levels: {index.unexpectd: off}",
            "2:",
            "no rule matches `index.unexpectd`: did you mean `index.unexpected`?",
        ),
        ("levels: {index.unexpected: on}", "2:", "error, warning, info, off"),
        ("schemas:\n  public: [\n", "", ""),
        ("a: b: c", "2:", ""),
        ("schemas:\n\tpublic: any", "3:", ""),
        ("---\nspec: 1", "3:1", "more than one document|a file of its own"),
        ("schemas:\n  a: &a {tables: {}}\n  b:\n    <<: *a", "5:5", "`<<` is not understood"),
        ("schemas: &a {a: {tables: *a}}", "2:", "inside of what it is an alias of"),
        ("name:", "2:", "nothing is written here"),
        (&users("columns: true"), "8:", "a mapping by name of each column"),
        ("levels: [error]", "2:9", "expected a mapping"),
        (&users("composite: true"), "8:9", "unknown key `composite`"),
        (
            "schemas: {a: {composite_types: {c: {attributes: {x: int not null}}}}}",
            "2:",
            "a type and a collation only",
        ),
        ("schemas: {a: {views: {v: ' '}}}", "2:", "a query cannot be empty"),
        (
            "roles: {a: {member_of: {b: [inherit, no inherit]}}}",
            "2:",
            "both `inherit` and `no inherit`",
        ),
        (
            &users("columns:\n  id: int constraint c check (id > 0)"),
            "9:",
            "write it under `checks`",
        ),
        (&users("indexes:\n  i: (a desc, lower(b) c d)"), "9:", ""),
        ("indexes", "", ""),
    ] {
        let text = format!("spec: 1\n{text}");
        let error = common::spec(&text).expect_err(&text);
        let story = error.report().to_string();
        assert_eq!(error.exit_code(), 2, "{story}");
        assert!(story.contains(&format!("spec.yaml:{place}")), "{place} for {text}:\n{story}");
        for part in said.split('|') {
            assert!(story.contains(part), "{part} in {story}");
        }
        let location = error.location.as_ref().expect("a place");
        let line = text.lines().nth(location.line - 1).unwrap_or_default();
        assert!(line.is_empty() || story.contains(line), "{line} in {story}");
        assert!(!story.contains("panicked"));
        assert!(error.others.is_empty(), "one mistake is one error: {story}");
    }
}

/// The line of each error; 0 where it has none.
fn lines_of(error: &Error) -> Vec<usize> {
    error.each().map(|one| one.location.as_ref().map_or(0, |place| place.line)).collect()
}

/// What is wrong in several places is told of each, and of nothing else.
#[test]
fn errors_are_told_all_at_once() {
    let text = r#"spec: 1
name: {a: b, c: d}
levels: {"colum.*": error, "index.*": warning}
schemas:
  public:
    tables:
      t:
        columns:
          id: {type: int, type: text}
          é: {typ: text, default: "é"}
          a: {type: text}
          d: text nut null
          a: text
          e:
            nullable: maybe
        indexes:
        foreign_keys: [x]
        checks: {c: a > 0}
      u: 3
      v: {columns: {a: int, b: {typo: x}}}
      w:
        - a
        - b
      x:
        columns: {a: int}
    tabels: {}
    views:
      v: select 1
"#;
    let error = common::spec(text).expect_err("much is wrong");
    let lines = lines_of(&error);
    let story = error.report().to_string();
    assert_eq!(lines, [2, 3, 9, 10, 12, 13, 15, 16, 17, 19, 20, 22, 26], "{story}");
    assert_eq!(story.matches("error: ").count(), lines.len(), "{story}");
    for line in lines {
        assert!(story.contains(text.lines().nth(line - 1).unwrap_or_default()), "{line}: {story}");
    }
    // In lists and braces, too; of many in one mapping, three.
    let text = r"spec: 1
ignore:
  - [a]
strict: maybe
schemas:
  public:
    tables:
      t:
        checks:
          - - a > 0
        columns:
          {a: text nut, b: {typ: int},
           c: {nullable: may, bogus: 1}}
        policies:
          p: {expresion: a && b}
      u:
        columns:
          a: {typ: int}
          b:
            typ: int
            nullable: maybe
      public2:
        a: {x: y}
        b: {x: y}
        c: {x: y}
        d: {x: y}
    views: []
  other:
    tables:
      a: 3
      b: 3
      c: {foreign_keys: [(a) references, (b) references, (c) references d (e)]}
";
    let error = common::spec(text).expect_err("much is wrong");
    let expected = [3, 4, 10, 12, 12, 13, 13, 15, 18, 20, 21, 23, 24, 25, 30, 31, 32, 32, 0];
    assert_eq!(lines_of(&error), expected, "{}", error.report());
    let aliases = "spec: 1\nschemas: {public: {tables: {t: {x: &q {a: int}}, u: {columns: *q}}}}\n";
    assert!(common::spec(aliases).expect_err("one").others.is_empty());
    let tables: Vec<_> = (0..30).map(|n| format!("      t{n}: {{x: y}}\n")).collect();
    let many = "spec: 1\nschemas:\n  public:\n    tables:\n".to_owned() + &tables.concat();
    let error = common::spec(&many);
    let error = error.expect_err("very much is wrong");
    assert_eq!(error.each().count(), 21);
    assert!(error.report().to_string().ends_with("there may be more that is wrong in spec.yaml"));
    let broken = |name: &str| (name.to_owned(), "spec: 1\nsurely: 1\n".to_owned());
    let error = Spec::parse(vec![broken("a.yaml"), broken("b.yaml")]).expect_err("two files");
    let files: Vec<_> = error.each().map(|one| one.location.as_ref().map(|at| &*at.file)).collect();
    assert_eq!(files, [Some("a.yaml"), Some("b.yaml")]);
}

#[test]
fn privileges_that_are_wrong_are_told_where_they_stand() {
    let text = r"spec: 1
schemas:
  public:
    grants:
      a: [usage]
      b:
        - create
        - usag
      c: usage, -usage
      d: {usage: true}
      e: [create, -create]
";
    let error = common::spec(text).expect_err("privileges are wrong");
    assert_eq!(lines_of(&error), [8, 9, 10, 0], "{}", error.report());
}

/// A rule of the house with a slip of the pen would hold of nothing, and never be broken.
#[test]
fn a_pattern_that_demands_something_of_nothing_is_told() {
    let report = validate(
        "schemas:\n  '*': any\n  public:\n    tables:\n      '*': {policies: {'own_*': {for: select}, '*': any}}\n      \
         'usr*': {row_security: enabled}\n      'tmp_*': absent\n      'old_*': any\n",
    );
    let idle: Vec<&str> =
        report.idle_patterns.iter().map(|(pattern, _)| pattern.as_str()).collect();
    assert_eq!(idle, ["own_*", "usr*"]);
    let place = report.idle_patterns[1].1.as_ref().expect("a place");
    assert_eq!((place.line, place.column), (7, 7));
    let mut text = Vec::new();
    Format::Text.write(&report, &mut text).expect("written");
    let text = String::from_utf8(text).expect("UTF-8");
    assert!(
        text.contains("cover nothing: `own_*` (spec.yaml:6:24), `usr*` (spec.yaml:7:7)"),
        "{text}"
    );
}

/// What is tried out leaves nothing behind: a table that might be another one, renamed, is not looked at.
#[test]
fn a_table_that_is_not_there_demands_nothing_of_its_columns() {
    let database =
        "spec: 1\nschemas: {public: {tables: {accounts: {columns: {id: integer, name: text}}}}}";
    let spec = "spec: 1\nschemas: {public: {tables: {users: {columns: {id: integer, name: text, '*_at': timestamptz}}}}}";
    let report = common::validate_stored(&common::spec(spec).expect("a spec"), database, CHECK);
    finds(&report, &["table.missing public.users", "table.unexpected public.accounts"]);
    assert!(report.idle_patterns.is_empty(), "{:?}", report.idle_patterns);
}

/// Without columns, a foreign key points at the primary key, whoever says so.
#[test]
fn the_columns_of_a_primary_key_need_not_be_said() {
    let keys = |of: &str, more: &str| {
        format!(
            "spec: 1\nschemas: {{public: {{tables: {{t: {{columns: {{id: integer}}, primary_key: {{p: [id]}}}}, \
             u: {{columns: {{t: integer}}, foreign_keys: {{k: (t) references {of}{more}}}}}}}}}}}\n"
        )
    };
    for (own, there) in [("t", "t (id)"), ("t (id)", "t"), ("t", "t")] {
        for (more, found) in
            [("", &[][..]), (" on delete cascade", &["foreign_key.on_delete public.u.k"])]
        {
            let spec = common::spec(&keys(own, more)).expect("a spec");
            let report = common::validate_stored(&spec, &keys(there, ""), CHECK);
            finds(&report, found);
        }
    }
}

/// PostgreSQL takes the names of its parameters in any case, so that one may be said but once.
#[test]
fn a_parameter_has_no_case() {
    let settings = |settings: &str| format!("spec: 1\nsettings: {settings}\n");
    for one in ["{Work_Mem: 4MB, timezone: UTC}", "'Work_Mem = 4MB, TIMEZONE = UTC'"] {
        let one = common::spec(&settings(one)).expect("a spec");
        let there = settings("{work_mem: 4MB, TimeZone: UTC}");
        finds(&common::validate_stored(&one, &there, CHECK), &[]);
    }
    for twice in ["{Work_Mem: 4MB, work_mem: 8MB}", "'Work_Mem = 4MB, work_mem = 8MB'"] {
        let error = common::spec(&settings(twice)).expect_err(twice);
        assert!(error.to_string().contains("is said twice"), "{error}");
    }
    let parameters =
        |name: &str| format!("spec: 1\nparameters: {{{name}: {{grants: {{app: [set]}}}}}}\n");
    let spec = common::spec(&parameters("Work_Mem")).expect("a spec");
    finds(&common::validate_stored(&spec, &parameters("work_mem"), CHECK), &[]);
}

/// What a stored snapshot does not tell is not decided: an extension may have brought it.
#[test]
fn an_operator_class_may_be_an_extensions() {
    let index = |keys: &str| {
        format!(
            "spec: 1\nschemas: {{public: {{tables: {{t: {{columns: {{a: integer}}, indexes: {{i: {keys}}}}}}}}}}}\n"
        )
    };
    for (own, code) in
        [("using gin (a int4_ops)", 3), ("using gin (a my_ops)", 1), ("using gin (a)", 0)]
    {
        let spec = common::spec(&index(own)).expect("a spec");
        let report = common::validate_stored(&spec, &index("using gin (a)"), CHECK);
        assert_eq!(report.outcome().exit_code(), code, "{own}: {}", common::details(&report));
    }
}

/// A comment of SQL ends with its line, which YAML may not keep.
#[test]
fn no_comment_swallows_what_stands_below_it() {
    let policy = |mark: &str| {
        users(&format!("policies:\n  p: {mark}for select -- to read\n    using (true)"))
    };
    for mark in [">\n    ", ">-\n    ", "", "'"] {
        let end = if mark == "'" { "'" } else { "" };
        let text = format!("spec: 1\n{}{end}", policy(mark));
        let error = common::spec(&text).expect_err(&text);
        let place = error.location.as_ref().expect("a place");
        let line = text.lines().nth(place.line - 1).expect("a line");
        assert!(line[place.column - 1..].starts_with("-- to read"), "{line}");
        assert!(error.report().to_string().contains("help: begin the text with `|`"), "{error}");
    }
    for text in [
        "schemas:\n  comments:\n    tables:\n      comments:\n        checks:\n          - a > 0 -- one\n            and a < 9",
        "schemas:\n  a:\n    views:\n      v: select 1 ||\n        2 as a -- one\n        , 3 as b",
        "schemas: {a: {views: {v: {column_defaults: {a: now() -- x\n + interval '1 day'}}}}}",
        "publications: {p: {tables: {t: {where: a > 1 -- x\n and a < 2}}}}",
        &users("columns: {id: {identity_options: start with 5 -- x\n increment by 7}}"),
        &users("columns: {id: {type: numeric -- x\n (10, 2)}}"),
        &users("triggers: {t: {function: f('x') -- x\n ('y')}}"),
    ] {
        common::spec(&format!("spec: 1\n{text}")).expect_err(text);
    }
    for fine in [
        policy("|\n    "),
        users("policies:\n  p: >\n    for select\n    using (true) -- to read\n  # -- to write"),
        users("comment: >\n  users -- people\n  and others"),
        users("policies: {p: 'using (a = ''--'')'}"),
        users("policies:\n  p: 'using (a = ''b -- c''\n    or a = ''d'')'"),
        users("policies:\n  p: \"using ( -- one\\n\\\n    \\  a = 1)\""),
        users("policies:\n  p: >\n    for select -- to read\n\n    using (true)"),
        "name: a spec -- for\n  us all".to_owned(),
        "schemas: {a: {enums: {e: [a --\n b]}, tables: {t: {options: {a: \"b --\n c\"}}}}}"
            .to_owned(),
    ] {
        common::spec(&format!("spec: 1\n{fine}")).expect(&fine);
    }
}

#[test]
fn a_spec_says_its_version() {
    for text in ["schemas: {}", "spec: 2\nschemas: {}", "", "spec: one"] {
        let error = common::spec(text).expect_err(text);
        assert_eq!(error.exit_code(), 2, "{text}");
    }
    assert!(common::spec("spec: 2").expect_err("2").to_string().contains("spec 1"));
}

#[test]
fn an_unknown_type_is_said_of_the_finding_about_it() {
    let report = validate(&users(
        "columns:\n  id: integer not null\n  email: any\n  at: timestampz\n  mood: mood\n  tail: tale[]",
    ));
    finds(
        &report,
        &[
            "column.type public.users.id",
            "column.type public.users.at",
            "column.missing public.users.tail",
        ],
    );
    let notes: Vec<_> = report.findings.iter().map(|finding| finding.change.reason()).collect();
    let unknown = "not in PostgreSQL, the spec or the database";
    let [None, Some(at), Some(tail)] = *notes else { panic!("{notes:?}") };
    assert_eq!(
        at,
        format!("there is no data type `timestampz`: {unknown}; did you mean `timestamptz`?")
    );
    assert!(tail.starts_with(&format!("there is no data type `tale[]`: {unknown}")), "{tail}");
}

#[test]
fn an_unknown_type_is_said_once_of_a_table() {
    let report = validate(
        "schemas: {'*': any, public: {tables: {'*': any, gone: {columns: {a: tale, b: tale, c: tall}}}}}",
    );
    finds(&report, &["table.missing public.gone"]);
    let note = report.findings[0].change.reason().expect("a note");
    assert_eq!(["`tale`", "`tall`"].map(|name| note.matches(name).count()), [1, 1], "{note}");
}

#[test]
fn an_unknown_type_that_no_finding_is_about_is_an_error_of_the_spec() {
    let spec =
        common::spec(&format!("spec: 1\n{}", users("columns:\n  '*': any\n  '*_at': timestampz")))
            .expect("a spec");
    let reading = common::stored_reading(DATABASE);
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    let checked = schemavet::check::check(&spec, &reading, CHECK, async |_| Ok(()));
    let error = runtime.block_on(checked).expect_err("no such type");
    let story = error.report().to_string();
    assert_eq!(error.exit_code(), 2);
    for part in [
        "timestampz",
        "spec.yaml:10:11",
        "          '*_at': timestampz",
        "did you mean `timestamptz`",
    ] {
        assert!(story.contains(part), "{part} in {story}");
    }
}

#[test]
fn a_folder_is_read_with_those_in_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, text).expect("written");
    };
    write("a.yaml", "spec: 1\nschemas: {public: {tables: {one: any}}}\n");
    write("auth/more/b.yml", "spec: 1\nschemas: {auth: {tables: {two: any}}}\n");
    write(".hidden/c.yaml", "no spec");
    write(".d.yaml", "no spec");
    let spec = Spec::read(&[folder.path().to_owned()]).expect("a spec");
    let schemas: Vec<_> = spec.database.schemas.bodies().map(|(name, _)| name).collect();
    assert_eq!(schemas, ["public", "auth"]);
}

/// What is there is shown as the spec has it: without the schema, unless it then meant something else.
#[tokio::test]
async fn what_is_there_is_shown_as_the_spec_would_say_it() -> Outcome {
    let database = common::database(
        "create type mood as enum ('a'); create type feeling as enum ('a'); create type \"text\" as enum ('a');
         create function int4pl(int, int) returns int language sql as 'select 1';
         create table t (a mood, b \"public\".\"text\", c mood, d mood);
         create table u (id int primary key); create table v (id int references u);
         create aggregate ag(int) (sfunc = public.int4pl, stype = int)",
    )
    .await?;
    let spec = common::spec(
        "spec: 1
schemas:
  public:
    tables:
      t: {columns: {a: feeling, b: feeling, c: public.feeling, d: mood}}
      v: {columns: {id: int}, foreign_keys: {v_id_fkey: (id) references t (id)}}
    aggregates: {ag(int): {state_function: int4mi}}
",
    )?;
    let report = common::validate(&spec, &database, CHECK).await?;
    let shown: Vec<_> = report
        .findings
        .iter()
        .filter_map(|finding| Some((finding.change.expected()?, finding.change.actual()?)))
        .collect();
    let expected = [
        ("feeling", "mood"),
        ("feeling", "public.text"),
        ("public.feeling", "public.mood"),
        ("t (id)", "u (id)"),
        ("int4mi", "public.int4pl"),
    ];
    assert_eq!(shown, expected);
    Ok(())
}
