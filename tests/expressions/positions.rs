//! The places for an expression in a schema, with the independent judge: what the server stores there.

use schemavet::source::connection::Connection;
use serde_json::{Value, json};

use super::random::Place;

/// A place for an expression in the schema, and in its spec.
pub(crate) struct Position {
    pub(crate) place: Place,
    pub(crate) boolean: bool,
    /// Makes it, with `{}` for the expression and `@` for the name of what holds it.
    pub(crate) create: &'static str,
    /// What the server stores of it, in the same way.
    stored: &'static str,
    /// Where its columns come from, for evaluating it.
    from: &'static str,
    /// The finding that a change must bring.
    pub(crate) rule: &'static str,
    pub(crate) object: &'static str,
    spec: fn(&str) -> Value,
}

const TABLE: Place = Place { numbers: &["age", "lvl"], texts: &["kind", "email"] };
pub(crate) const POSITIONS: &[Position] = &[
    Position {
        place: TABLE,
        boolean: true,
        create: "alter table accounts add constraint @ check ({})",
        stored: "select pg_get_expr(conbin, conrelid) from pg_constraint where conname = '@'",
        from: "samples",
        rule: "check.expression",
        object: "accounts.c",
        spec: |text| json!({ "checks": { "c": { "expression": text } } }),
    },
    Position {
        place: TABLE,
        boolean: true,
        create: "create policy @ on accounts using ({})",
        stored: "select pg_get_expr(polqual, polrelid) from pg_policy where polname = '@'",
        from: "samples",
        rule: "policy.using",
        object: "accounts.p",
        spec: |text| json!({ "policies": { "p": { "using": text }, "*": "any" } }),
    },
    Position {
        place: TABLE,
        boolean: true,
        create: "create policy @ on accounts with check ({})",
        stored: "select pg_get_expr(polwithcheck, polrelid) from pg_policy where polname = '@'",
        from: "samples",
        rule: "policy.with_check",
        object: "accounts.w",
        spec: |text| json!({ "policies": { "w": { "with_check": text }, "*": "any" } }),
    },
    Position {
        place: Place { numbers: &[], texts: &[] },
        boolean: false,
        create: "alter table accounts add column @ int default {}",
        stored: "select pg_get_expr(adbin, adrelid) from pg_attrdef
            join pg_attribute on attrelid = adrelid and attnum = adnum where attname = '@'",
        from: "(select) as nothing",
        rule: "column.default",
        object: "accounts.d",
        spec: |text| json!({ "columns": { "d": { "default": text }, "*": "any" } }),
    },
    Position {
        place: TABLE,
        boolean: false,
        // What is assigned to the column is converted, said or not; what is stored tells it only where it is said.
        create: "alter table accounts add column @ bigint generated always as (cast({} as bigint)) stored",
        stored: "select pg_get_expr(adbin, adrelid) from pg_attrdef
            join pg_attribute on attrelid = adrelid and attnum = adnum where attname = '@'",
        from: "samples",
        rule: "column.generated",
        object: "accounts.g",
        spec: |text| json!({ "columns": { "g": { "generated": text }, "*": "any" } }),
    },
    Position {
        place: TABLE,
        boolean: false,
        create: "create index @ on accounts (({}))",
        stored: "select coalesce(pg_get_expr(indexprs, indrelid), pg_get_indexdef(indexrelid, 1, false)) from pg_index where indexrelid = '@'::regclass",
        from: "samples",
        rule: "index.keys",
        object: "accounts.i",
        spec: |text| json!({ "indexes": { "i": { "keys": [format!("({text})")] }, "*": "any" } }),
    },
    Position {
        place: TABLE,
        boolean: true,
        create: "create index @ on accounts (id) where {}",
        stored: "select pg_get_expr(indpred, indrelid) from pg_index where indexrelid = '@'::regclass",
        from: "samples",
        rule: "index.predicate",
        object: "accounts.j",
        spec: |text| json!({ "indexes": { "j": { "predicate": text }, "*": "any" } }),
    },
    Position {
        place: Place { numbers: &["new.age", "old.age"], texts: &["old.kind", "new.kind"] },
        boolean: true,
        create: "create trigger @ before update on accounts for each row when ({}) execute function touch()",
        stored: "select replace(pg_get_triggerdef(oid), '@', '') from pg_trigger where tgname = '@'",
        from: "(select * from samples limit 40) as old, (select * from samples limit 40) as new",
        rule: "trigger.condition",
        object: "accounts.t",
        spec: |text| json!({ "triggers": { "t": { "condition": text } } }),
    },
    Position {
        place: TABLE,
        boolean: true,
        create: "create view @ as select id from accounts where {}",
        stored: "select pg_get_viewdef('@'::regclass)",
        from: "samples",
        rule: "view.definition",
        object: "v",
        spec: |text| json!({ "v": { "definition": format!("select id from accounts where {text}") } }),
    },
    Position {
        place: Place { numbers: &[], texts: &["value"] },
        boolean: true,
        create: "create domain @ as text constraint n check ({})",
        stored: "select pg_get_expr(conbin, 0) from pg_constraint where contypid = '@'::regtype",
        from: "(select kind as value from samples) as domain",
        rule: "check.expression",
        object: "o.n",
        spec: |text| json!({ "o": { "checks": { "n": { "expression": text } } } }),
    },
];

impl Position {
    /// The name of what holds it.
    pub(crate) fn name(&self) -> &'static str {
        let name = self.object.trim_start_matches("accounts.");
        name.split('.').next().unwrap_or(name)
    }

    /// A spec that says this and nothing else.
    pub(crate) fn spec(&self, text: &str) -> String {
        let inner = (self.spec)(text);
        let schema = match self.object {
            "v" => json!({ "views": inner }),
            "o.n" => json!({ "domains": inner }),
            _ => json!({ "tables": { "accounts": inner } }),
        };
        json!({ "spec": 1, "schemas": { "public": schema } }).to_string()
    }

    /// What the server stores of a text, and again of what it stored; the refusal, where it refuses.
    pub(crate) async fn judge(&self, scratch: &Connection, text: &str) -> Result<String, String> {
        let mut text = text.to_owned();
        let mut stored = String::new();
        for _ in 0..2 {
            let create = self.create.replace('@', "probe").replace("{}", &text);
            let begin = format!(
                "begin; set local search_path = public; {create}; set local search_path = ''"
            );
            if let Err(error) = scratch.client.batch_execute(&begin).await {
                scratch.client.batch_execute("rollback").await.expect("rolled back");
                return Err(error.to_string());
            }
            let read = self.stored.replace("'@'::", "'public.probe'::").replace('@', "probe");
            let rows = scratch.client.query_typed(&read, &[]).await.expect("read");
            stored = rows.first().map(|row| row.get(0)).expect("stored");
            scratch.client.batch_execute("rollback").await.expect("rolled back");
            match self.rule {
                // Their texts are whole statements; those take no second trip.
                "trigger.condition" | "view.definition" => break,
                _ => text.clone_from(&stored),
            }
        }
        Ok(stored)
    }

    /// On how many rows two expressions have different values.
    pub(crate) async fn difference(&self, scratch: &Connection, one: &str, other: &str) -> i64 {
        let query = format!(
            "select count(*) from {} where ({one}\n) is distinct from ({other}\n)",
            self.from
        );
        let rows = scratch.client.query_typed(&query, &[]).await.expect("evaluated");
        rows.first().map(|row| row.get(0)).expect("a row")
    }
}
