//! Schemas of any size that look like those of real applications.

use std::fmt::Write as _;

/// How many tables one transaction makes: each holds locks to its end.
const AT_ONCE: usize = 100;

/// The statements that make a schema of so many tables, in parts that are each one transaction. Per table: 12 columns
/// of mixed types, a primary key, 2 foreign keys, 3 indexes of which one partial and one on an expression, 2 checks,
/// 1 trigger, row security with 2 policies, comments, grants; and for some of them enums, functions, views.
pub(crate) fn schema(tables: usize) -> Vec<String> {
    let enums = (tables / 50).max(1);
    let mut parts = Vec::new();
    let mut part = "create function touch() returns trigger language plpgsql as
        $$ begin new.updated_at = now(); return new; end $$;\n"
        .to_owned();
    for number in 0..enums {
        writes(
            &mut part,
            format_args!("create type status_{number} as enum ('new', 'active', 'done');"),
        );
        writes(
            &mut part,
            format_args!(
                "create function tenant_{number}(name text, fallback uuid default null) returns uuid language sql stable
                 as $$ select coalesce(nullif(current_setting('app.' || name, true), '')::uuid, fallback) $$;
                 comment on function tenant_{number} is 'the tenant of the session';"
            ),
        );
    }
    parts.push(part);
    for first in (0..tables).step_by(AT_ONCE) {
        let mut part = String::new();
        for number in first..tables.min(first + AT_ONCE) {
            table(&mut part, number, number % enums);
        }
        parts.push(part);
    }
    for first in (0..tables).step_by(AT_ONCE) {
        let mut part = String::new();
        for number in first..tables.min(first + AT_ONCE) {
            let (parent, other) = ((number * 7 + 1) % tables, (number * 3 + 2) % tables);
            writes(
                &mut part,
                format_args!(
                    "alter table t_{number}
                       add constraint t_{number}_parent_fk foreign key (parent_id) references t_{parent} (id) on delete cascade,
                       add constraint t_{number}_other_fk foreign key (other_id) references t_{other} (id);"
                ),
            );
            if number % 20 == 0 {
                writes(
                    &mut part,
                    format_args!(
                        "create view v_{number} as select a.id, a.name, a.status, b.name as parent
                           from t_{number} a left join t_{parent} b on b.id = a.parent_id where a.amount > 0;"
                    ),
                );
            }
        }
        parts.push(part);
    }
    parts
}

fn table(part: &mut String, number: usize, status: usize) {
    writes(
        part,
        format_args!(
            "create table t_{number} (
               id bigint generated always as identity primary key, tenant_id uuid not null default gen_random_uuid(),
               parent_id bigint, other_id bigint, name varchar(200) not null, email text,
               status status_{status} not null default 'new', amount numeric(12,2) not null default 0,
               tags text[] not null default '{{}}', meta jsonb, created_at timestamptz not null default now(),
               updated_at timestamptz not null default now(),
               constraint t_{number}_amount_check check (amount >= 0),
               constraint t_{number}_name_check check (length(name) > 0 and name <> 'x'));
             create index t_{number}_tenant_idx on t_{number} (tenant_id, created_at desc);
             create unique index t_{number}_email_idx on t_{number} (lower(email)) where email is not null;
             create index t_{number}_status_idx on t_{number} (status) where status <> 'done';
             create trigger touch before update on t_{number} for each row execute function touch();
             alter table t_{number} enable row level security;
             create policy p_read on t_{number} for select to app_ro
               using (tenant_id = current_setting('app.tenant')::uuid);
             create policy p_write on t_{number} to app_rw
               using (tenant_id = current_setting('app.tenant')::uuid) with check (status <> 'done');
             comment on table t_{number} is 'table {number}';
             comment on column t_{number}.name is 'its name';
             grant select on t_{number} to app_ro;
             grant select, insert, update, delete on t_{number} to app_rw;"
        ),
    );
}

/// A change to a schema, and what has to be found then.
pub(crate) struct Change {
    /// The statement.
    pub(crate) sql: String,
    /// The rule that finds it, and the object's dotted name.
    pub(crate) found: (&'static str, String),
}

/// So many changes to a schema of so many tables, each to another table or of another sort.
pub(crate) fn changes(tables: usize, count: usize) -> Vec<Change> {
    let all = CHANGES.iter().cycle().take(count).enumerate();
    all.map(|(number, (sql, rule, object))| {
        // As far from each other as there are tables: 7 has no factor in common with their numbers.
        let table = (number * 7 % tables).to_string();
        let object = format!("public.t_{{n}}{object}");
        Change { sql: sql.replace("{n}", &table), found: (rule, object.replace("{n}", &table)) }
    })
    .collect()
}

/// What is done to a table, with the rule that finds it and the object inside of the table, if it is one.
const CHANGES: &[(&str, &str, &str)] = &[
    ("alter table t_{n} alter column tags drop not null", "column.nullable", ".tags"),
    ("alter table t_{n} drop column meta", "column.missing", ".meta"),
    ("alter table t_{n} alter column amount type numeric(14,2)", "column.type", ".amount"),
    (
        "alter table t_{n} alter column created_at set default 'now'",
        "column.default",
        ".created_at",
    ),
    ("drop index t_{n}_tenant_idx", "index.missing", ".t_{n}_tenant_idx"),
    (
        "alter table t_{n} drop constraint t_{n}_name_check, add constraint t_{n}_name_check check (length(name) > 1)",
        "check.expression",
        ".t_{n}_name_check",
    ),
    ("alter table t_{n} disable row level security", "table.row_security", ""),
    ("drop policy p_read on t_{n}", "policy.missing", ".p_read"),
    ("alter policy p_write on t_{n} using (true)", "policy.using", ".p_write"),
    ("revoke insert on t_{n} from app_rw", "table.grants", ""),
    ("comment on column t_{n}.name is 'another'", "column.comment", ".name"),
    (
        "alter table t_{n} drop constraint t_{n}_parent_fk",
        "foreign_key.missing",
        ".t_{n}_parent_fk",
    ),
    ("alter table t_{n} add column extra text", "column.unexpected", ".extra"),
    ("create index t_{n}_extra_idx on t_{n} (updated_at)", "index.unexpected", ".t_{n}_extra_idx"),
    ("alter table t_{n} disable trigger touch", "trigger.enabled", ".touch"),
    ("alter table t_{n} set (fillfactor = 70)", "table.options", ""),
    ("comment on table t_{n} is 'another'", "table.comment", ""),
];

/// The roles that the schema needs.
pub(crate) const ROLES: &str = "create role app_rw; create role app_ro;";

fn writes(part: &mut String, text: std::fmt::Arguments<'_>) {
    let _ = writeln!(part, "{text}");
}
