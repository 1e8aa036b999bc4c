//! Partitions that nobody lists, because a program makes them: each is held against its parent.

use std::fmt;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::bound_value::Key;
use super::field::Field;
use super::object::{Definitions, Object};
use super::partition::{PartitionOf, gap};
use super::{Children, Column, Entry, Expect, Fields, ForeignTable, Table, Walk};
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
            below(attribute, (schema, table), walk);
        }
    }
}

/// Holds the partitions of a table, or of one of its partitions, against it, and theirs against them.
fn below<'a>(attribute: &'static str, (schema, name): (&str, &str), walk: &mut Walk<'a>) {
    let all = tables(walk);
    let Some((_, _, parent)) = all.iter().find(|(s, t, _)| s == schema && t == name) else {
        return;
    };
    let is_of = |schema_of_child: &str, of: &PartitionOf| {
        let parent = of.parent();
        parent.name == name && parent.schema.as_deref().unwrap_or(schema_of_child) == schema
    };
    let partitions: Vec<_> = all
        .iter()
        .filter_map(|(schema, name, table)| Some((schema, name, table, bound(table)?)))
        .filter(|(schema, .., of)| is_of(schema, of))
        .collect();
    // Foreign tables have little in common with their parent but what PostgreSQL sees to.
    let far = walk.actual().schemas.bodies().flat_map(|(schema, body)| {
        let of = |(_, table): (_, &'a ForeignTable)| table.partition_of.said()?.as_ref();
        body.foreign_tables.bodies().filter_map(of).map(move |of| (schema.clone(), of))
    });
    let far = far.filter(|(schema, of)| is_of(schema, of)).map(|(_, of)| of);
    let bounds: Vec<&PartitionOf> = partitions.iter().map(|(.., of)| *of).chain(far).collect();
    let wrong = match parent.partition_by.said() {
        Some(Some(_)) if bounds.is_empty() => Some("no partition".to_owned()),
        Some(Some(_)) => gap(&bounds, &Key::all_of(&Name::new(schema, name), walk)),
        _ => Some("not a partitioned table".to_owned()),
    };
    if let Some(mut wrong) = wrong {
        if walk.path().name() != name {
            wrong = format!("{wrong} in {schema}.{name}");
        }
        let verdict = Verdict::Different(None);
        walk.judge(attribute, verdict, || (Partitions::LikeParent.to_string(), wrong));
    }
    let template = template(parent);
    for (schema, name, table, _) in partitions {
        walk.beside((schema, name), attribute, &template, *table);
        if matches!(table.partition_by.said(), Some(Some(_))) {
            below(attribute, (schema, name), walk);
        }
    }
}

fn bound(table: &Table) -> Option<&PartitionOf> {
    table.partition_of.said()?.as_ref()
}

/// Every table that is there, with its schema and name.
fn tables<'a>(walk: &Walk<'a>) -> Vec<(String, String, &'a Table)> {
    let schemas = walk.actual().schemas.bodies();
    schemas
        .flat_map(|(schema, body)| {
            let named = move |(name, table): (std::borrow::Cow<'_, str>, &'a Table)| {
                (schema.clone().into_owned(), name.into_owned(), table)
            };
            body.tables.bodies().map(named)
        })
        .collect()
}

/// What a partition has in common with its parent. Names of constraints and indexes are its own.
fn template(parent: &Table) -> Table {
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
    let mut policies = parent.policies.clone();
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
        row_security: parent.row_security.clone(),
        persistence: parent.persistence.clone(),
        owner: parent.owner.clone(),
        grants: parent.grants.clone(),
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
