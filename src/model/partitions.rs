//! Partitions that nobody lists, because a program makes them: each is held against its parent.

use std::collections::BTreeMap;
use std::fmt;
use std::rc::Rc;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::bound_value::Key;
use super::database::at_home;
use super::field::Field;
use super::object::{Definitions, Object};
use super::partition::{PartitionOf, gap};
use super::{Children, Column, Database, Entry, Expect, Fields, Table, Walk};
use crate::equivalence::Verdict;
use crate::value::Name;

/// What is expected of the partitions of a table, of those that the spec does not list as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Partitions {
    /// Nothing.
    #[default]
    Unsaid,
    /// `{like: parent}`: each has the columns, constraints, indexes, row security, policies, triggers, owner and privileges
    /// of the table that it is a partition of, and their bounds leave no gap.
    LikeParent,
}

impl fmt::Display for Partitions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unsaid => "",
            Self::LikeParent => "like their parent, without a gap",
        })
    }
}

/// How a spec writes it.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    like: String,
}

impl Serialize for Partitions {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Unsaid => serializer.serialize_none(),
            Self::LikeParent => Written { like: "parent".to_owned() }.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Partitions {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Written::deserialize(deserializer)?.like.as_str() {
            "parent" => Ok(Self::LikeParent),
            other => Err(D::Error::custom(format!("expected `like: parent`, found `{other}`"))),
        }
    }
}

impl Field for Partitions {
    fn is_unsaid(&self) -> bool {
        *self == Self::Unsaid
    }

    fn schema(_definitions: &mut Definitions) -> serde_json::Value {
        serde_json::json!({
            "type": "object",
            "properties": { "like": { "const": "parent" } },
            "required": ["like"],
            "additionalProperties": false,
        })
    }

    fn compare(&self, _actual: &Self, attribute: &'static str, walk: &mut Walk<'_>) {
        if let ([_, schema, _, table], Self::LikeParent) = (walk.path().0.clone().as_slice(), self)
        {
            let name = Name::new(schema, table);
            if let Some(whole) = walk.actual().table(&name) {
                let actual = walk.actual();
                let all = Rc::clone(walk.partitions.get_or_init(|| Rc::new(partitions(actual))));
                below(attribute, &name, whole, &all, walk);
            }
        }
    }
}

/// A partition that is there.
#[derive(Debug)]
pub(super) struct Partition<'a> {
    /// With its schema.
    name: Name,
    of: &'a PartitionOf,
    /// None of a foreign table, which has little in common with its parent but what PostgreSQL sees to.
    table: Option<&'a Table>,
}

/// Those of each table.
pub(super) type ByParent<'a> = BTreeMap<Name, Vec<Partition<'a>>>;

/// Every partition of `database`.
fn partitions<'a>(database: &'a Database) -> ByParent<'a> {
    let mut all = ByParent::new();
    let mut add = |schema: &str, name: &str, of: &'a Expect<Option<PartitionOf>>, table| {
        if let Some(Some(of)) = of.said() {
            let name = Name::new(schema, name);
            all.entry(at_home(of.parent(), &name)).or_default().push(Partition { name, of, table });
        }
    };
    for (schema, body) in database.schemas.bodies() {
        for (name, table) in body.tables.bodies() {
            add(&schema, &name, &table.partition_of, Some(table));
        }
        for (name, table) in body.foreign_tables.bodies() {
            add(&schema, &name, &table.partition_of, None);
        }
    }
    all
}

/// Holds the partitions of `whole`, or of one of its partitions, against that, and theirs against them.
fn below(
    attribute: &'static str,
    parent: &Name,
    whole: &Table,
    all: &ByParent<'_>,
    walk: &mut Walk<'_>,
) {
    let Some(table) = walk.actual().table(parent) else { return };
    let partitions = all.get(parent).map_or(&[][..], Vec::as_slice);
    let bounds: Vec<&PartitionOf> = partitions.iter().map(|partition| partition.of).collect();
    let wrong = match table.partition_by.said() {
        Some(Some(_)) if bounds.is_empty() => Some("no partition".to_owned()),
        Some(Some(_)) => gap(&bounds, &Key::all_of(parent, walk)),
        _ => Some("not a partitioned table".to_owned()),
    };
    if let Some(mut wrong) = wrong {
        if walk.path().name() != parent.name {
            wrong = format!("{wrong} in {parent}");
        }
        let verdict = Verdict::Different(None);
        walk.judge(attribute, verdict, (Partitions::LikeParent.to_string(), wrong));
    }
    let template = template(table, whole);
    for Partition { name, table, .. } in partitions {
        let Some(table) = table else { continue };
        let schema = name.schema.as_deref().unwrap_or_default();
        walk.beside((schema, &name.name), attribute, &template, *table);
        if matches!(table.partition_by.said(), Some(Some(_))) {
            below(attribute, name, whole, all, walk);
        }
    }
}

/// What a partition has in common with its parent, and with the table that is the `whole`, of which no partition inherits
/// privileges and the like. Names of constraints and indexes are its own.
fn template(parent: &Table, whole: &Table) -> Table {
    let mut columns = parent.columns.clone();
    for column in columns.bodies_mut() {
        column.unsay(Fields::of::<Column>(&[
            "identity",
            "identity_options",
            "identity_sequence",
            "identity_grants",
            "identity_comment",
            "merged",
            "not_null_constraint",
            "not_null_comment",
            "comment",
            "statistics",
            "options",
        ]));
    }
    let mut policies = whole.policies.clone();
    policies.bodies_mut().for_each(|policy| policy.comment = Expect::Unsaid);
    let mut triggers = parent.triggers.clone();
    if let Some(entries) = triggers.entries_mut() {
        // Triggers for each statement fire for the table that is named in it.
        let for_rows = Expect::Is(super::trigger::Level::Row);
        entries
            .retain(|_, entry| matches!(entry, Entry::Body(trigger) if trigger.level == for_rows));
    }
    triggers.bodies_mut().for_each(|trigger| trigger.comment = Expect::Unsaid);
    let beside = ["options", "tablespace", "partition_of", "clustered", "index_comment", "comment"];
    Table {
        row_security: whole.row_security.clone(),
        persistence: whole.persistence.clone(),
        owner: whole.owner.clone(),
        grants: whole.grants.clone(),
        primary_key: valid(shapes(&parent.primary_key, &beside), |key| &mut key.valid),
        unique: valid(shapes(&parent.unique, &beside), |key| &mut key.valid),
        checks: shapes(&parent.checks, &["merged", "comment"]),
        exclusions: valid(shapes(&parent.exclusions, &beside), |exclusion| &mut exclusion.valid),
        indexes: valid(shapes(&parent.indexes, &beside), |index| &mut index.valid),
        // Those of the parent come along.
        foreign_keys: Children::none(),
        columns,
        policies,
        // A rule is for the table that is named in it.
        rules: Children::none(),
        triggers,
        ..Table::default()
    }
}

/// The same, and valid: an index of the parent is not for as long as one of its partitions lacks its part.
fn valid<T: Object>(
    mut objects: Children<T>,
    attribute: fn(&mut T) -> &mut Expect<bool>,
) -> Children<T> {
    if let Children::Shapes(shapes) = &mut objects {
        for object in shapes {
            *attribute(object) = Expect::Is(true);
        }
    }
    objects
}

/// The same objects under whatever names, without a word about some attributes.
fn shapes<T: Object>(children: &Children<T>, unsaid: &[&str]) -> Children<T> {
    let shape = |(_, body): (std::borrow::Cow<'_, str>, &T)| {
        let mut body = body.clone();
        body.unsay(Fields::of::<T>(unsaid));
        body
    };
    Children::Shapes(children.bodies().map(shape).collect())
}
