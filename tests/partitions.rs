//! `partitions: {like: parent}`: partitions that no spec lists are held against the table that they are part of.
#![cfg(unix)]
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

mod common;

const SPEC: &str = "spec: 1\nschemas:\n  public:\n    tables:\n      visits:\n        partitions: {like: parent}\n";

const VISITS: &str = "
    create table visits (day date not null, country text constraint odd not null check (country <> ''), hits integer default 0)
        partition by range (day);
    create index on visits (country);
    alter table visits add primary key (day, country), enable row level security;
    create policy readers on visits for select using (hits > 0);
    create function touch() returns trigger language plpgsql as 'begin return new; end';
    create trigger touched before update on visits for each row execute function touch();
    create trigger emptied after truncate on visits for each statement execute function touch();
    create table visits_2024 partition of visits for values from ('2024-01-01') to ('2025-01-01');
    create table visits_2025 partition of visits for values from ('2025-01-01') to ('2026-01-01');
    alter table visits_2024 enable row level security; alter table visits_2025 enable row level security;
    create policy readers on visits_2024 for select using (hits > 0);
    create policy readers on visits_2025 for select using ((hits) > 0);
";

/// The lines of findings in the report on `VISITS` and `more`.
fn findings(spec: &str, more: &str) -> (Option<i32>, Vec<String>) {
    let folder = tempfile::tempdir().expect("a folder");
    let (database, spec_file) = (folder.path().join("db.sql"), folder.path().join("spec.yaml"));
    std::fs::write(&database, format!("{VISITS}{more}")).expect("written");
    std::fs::write(&spec_file, spec).expect("written");
    let mut command = common::schemavet();
    command.arg("validate").arg(spec_file).arg("--database").arg(database);
    let output = command.output().expect("it runs");
    let text = String::from_utf8([output.stdout, output.stderr].concat()).expect("UTF-8");
    let lines =
        text.lines().filter(|line| line.starts_with("  error") || line.contains("+ actual"));
    let lines = lines.map(|line| line.split("  /").next().unwrap_or(line).trim().to_owned());
    (output.status.code(), lines.collect())
}

#[track_caller]
fn finds(more: &str, expected: &[&str]) {
    let (code, found) = findings(SPEC, more);
    assert_eq!((code, found), (Some(i32::from(!expected.is_empty())), strings(expected)));
}

fn strings(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|&text| text.to_owned()).collect()
}

#[test]
fn partitions_like_their_parent_are_not_unexpected() {
    finds("", &[]);
    let (code, found) = findings(
        &SPEC.replace("        partitions: {like: parent}\n", "        row_security: enabled\n"),
        "",
    );
    assert_eq!((code, found.len()), (Some(1), 2), "{found:?}");
}

#[test]
fn what_a_partition_lacks_or_has_beside_is_found() {
    finds(
        "alter table visits_2024 disable row level security",
        &["error table.row_security  row security differs", "+ actual   disabled"],
    );
    finds(
        "drop policy readers on visits_2025; create policy readers on visits_2025 for select using (hits > 1)",
        &["error policy.using  policy readers: using differs", "+ actual   hits > 1"],
    );
    finds(
        "create index mine on visits_2024 (hits); alter table visits_2025 alter hits drop default",
        &[
            "error index.unexpected  index mine: is not in the spec",
            "+ actual (hits)",
            "error column.default  column hits: default differs",
            "+ actual   none",
        ],
    );
    finds(
        "update pg_index set indisvalid = false where indexrelid = 'visits_2024_country_idx'::regclass",
        &["error index.valid  index visits_2024_country_idx: valid differs", "+ actual   false"],
    );
    finds(
        "create table hosts (name text primary key); alter table visits add foreign key (country) references hosts;
         alter table visits_2024 disable trigger all; alter table visits_2024 enable trigger user",
        &[
            "error foreign_key.enabled  foreign key visits_country_fkey: enabled differs",
            "+ actual   disabled",
            "error table.unexpected  is not in the spec",
        ],
    );
    finds(
        "create rule mine as on delete to visits_2024 do instead nothing",
        &[
            "error rule.unexpected  rule mine: is not in the spec",
            "+ actual ON DELETE TO public.visits_2024 DO INSTEAD NOTHING",
        ],
    );
    finds(
        "create index later on only visits (hits); grant select on visits to public",
        &[
            "error table.grants  grants differ",
            "+ actual   none",
            "error index.missing  index (hits): is missing",
            "error table.grants  grants differ",
            "+ actual   none",
            "error index.missing  index (hits): is missing",
        ],
    );
}

#[test]
fn gaps_between_bounds_are_found() {
    let later = "create table visits_2027 partition of visits for values from ('2027-01-01') to ('2028-01-01');
                 alter table visits_2027 enable row level security;
                 create policy readers on visits_2027 for select using (hits > 0);";
    finds(
        later,
        &[
            "error table.partitions  partitions differ",
            "+ actual   no partition for values from ('2026-01-01') to ('2027-01-01')",
        ],
    );
    let hash = "create table shards (id bigint) partition by hash (id);
                create table shards_0 partition of shards for values with (modulus 4, remainder 0);
                create table shards_1 partition of shards for values with (modulus 2, remainder 1);";
    let spec = SPEC.to_owned() + "      shards: {partitions: {like: parent}}\n";
    let (_, found) = findings(&spec, hash);
    let expected = [
        "error table.partitions  partitions differ",
        "+ actual   1 of 4 remainders without a partition",
    ];
    assert_eq!(found, strings(&expected));
    let amounts = "create table amounts (of numeric) partition by range (of);
                   create table amounts_0 partition of amounts for values from (0) to (1.0);
                   create table amounts_1 partition of amounts for values from (1) to (2);";
    let spec = SPEC.to_owned() + "      amounts: {partitions: {like: parent}}\n";
    assert_eq!(findings(&spec, amounts), (Some(0), Vec::new()));
    let texts = "create table amounts (of text) partition by range (of);
                 create table amounts_0 partition of amounts for values from ('0') to ('1');
                 create table amounts_1 partition of amounts for values from ('1.0') to ('2');";
    assert_eq!(findings(&spec, texts).0, Some(1));
    let amounts = amounts.replace("from (1)", "from (1.5)")
        + "create table amounts_more partition of amounts default;";
    let (_, found) = findings(&spec, &amounts);
    let expected = [
        "error table.partitions  partitions differ",
        "+ actual   no partition but the default one for values from (1.0) to (1.5)",
    ];
    assert_eq!(found, strings(&expected));
}

#[test]
fn parts_of_parts_are_held_against_theirs() {
    let deeper = "create table visits_2026 partition of visits for values from ('2026-01-01') to ('2027-01-01')
                      partition by list (country);
                  alter table visits_2026 enable row level security;
                  create policy readers on visits_2026 for select using (hits > 0);
                  create table visits_2026_de partition of visits_2026 for values in ('de');
                  alter table visits_2026_de enable row level security;
                  create policy readers on visits_2026_de for select using (hits > 0);";
    finds(deeper, &[]);
    finds(
        &format!("{deeper} alter table visits_2026_de disable row level security"),
        &["error table.row_security  row security differs", "+ actual   disabled"],
    );
    finds(
        &format!("{deeper} drop table visits_2026_de"),
        &[
            "error table.partitions  partitions differ",
            "+ actual   no partition in public.visits_2026",
        ],
    );
}

/// A part of a part has the privileges of the table, whatever the part between them has.
#[test]
fn what_no_partition_inherits_is_that_of_the_whole() {
    let parted = "create role partitions_reader;
        create table visits_old partition of visits for values from (minvalue) to ('2024-01-01') partition by range (day);
        create table visits_older partition of visits_old default;
        alter table visits_old enable row level security; alter table visits_older enable row level security;
        create policy readers on visits_old for select using (hits > 0);
        create policy readers on visits_older for select using (hits > 0);
        grant select on visits, visits_2024, visits_2025, visits_old, visits_older to partitions_reader;";
    finds(parted, &[]);
    for table in ["visits_old", "visits_older"] {
        let (code, found) =
            findings(SPEC, &format!("{parted} revoke select on {table} from partitions_reader;"));
        let expected = strings(&["error table.grants  grants differ", "+ actual   none"]);
        assert_eq!((code, found), (Some(1), expected), "{table}");
    }
}

#[test]
fn a_table_without_partitions_is_none_that_is_partitioned() {
    let spec = SPEC.to_owned()
        + "      plain: {partitions: {like: parent}}\n      bare: {partitions: {like: parent}}\n";
    let (_, found) = findings(
        &spec,
        "create table plain (a integer); create table bare (a integer) partition by list (a);",
    );
    let expected = [
        "error table.partitions  partitions differ",
        "+ actual   not a partitioned table",
        "error table.partitions  partitions differ",
        "+ actual   no partition",
    ];
    assert_eq!(found, strings(&expected));
    let (code, _) = findings(&SPEC.replace("parent", "brother"), "");
    assert_eq!(code, Some(2));
}

/// A partition's column is an identity column from 17 on, and none before: where it is one, whoever says so or not means the same.
#[tokio::test]
async fn an_identity_of_a_partition_is_that_of_its_parent() -> common::Outcome {
    let spec = |above: &str, below: &str| {
        common::spec(&format!(
            "spec: 1
schemas:
  public:
    tables:
      p: {{partition_by: list (a), columns: {{a: int, b: bigint not null{above}}}}}
      q: {{partition_of: p default, columns: {{a: int, b: bigint not null{below}}}}}
"
        ))
    };
    let sql = "create table p (a int, b bigint generated always as identity) partition by list (a);
        create table q partition of p default";
    let (always, by_default) =
        (" generated always as identity", " generated by default as identity");
    let database = common::database(sql).await?;
    // One before says so of none, and may have one that is the partition's own.
    let differs = vec!["column.identity public.q.b"];
    let of_always = if common::cluster().version() < 170_000 { &differs } else { &vec![] };
    for (below, findings) in [("", &vec![]), (always, of_always), (by_default, &differs)] {
        let report = common::validate(&spec(always, below)?, &database, common::STRICT).await?;
        assert_eq!(&common::names(&report), findings, "{below}");
    }
    let report = common::validate(&spec("", "")?, &database, common::STRICT).await?;
    assert_eq!(common::names(&report), ["column.identity public.p.b"]);
    Ok(())
}

/// So no server says so of a partition to one that is older, or of another that it is moved to.
#[tokio::test]
async fn an_identity_of_a_partition_is_not_written() -> common::Outcome {
    let sql = "create table p (a int, b bigint generated always as identity) partition by list (a);
        create table q partition of p default";
    let text = common::snapshot(&common::database(sql).await?).await?;
    assert_eq!(text.matches("generated always as identity").count(), 1, "{text}");
    Ok(())
}
