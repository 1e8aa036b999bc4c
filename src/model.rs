//! One struct per kind of object, for both sides of a comparison: what a spec says and what a database has.
//!
//! A kind is a `.rs` file with its fields and a `.sql` file that reads them; [`KINDS`] is the only list of kinds.

use std::borrow::Cow;

mod bound_value;
mod children;
mod collections;
mod command;
mod consequences;
mod coverage;
mod declare;
mod entries;
mod expect;
mod field;
mod fields;
mod forms;
mod function_body;
mod identity;
mod json_schema;
mod meaning;
mod names;
mod object;
mod pattern;
mod renamed;
mod shapes;
mod sharing;
mod signature;
mod special;
mod statement;
mod tally;
mod usual;
mod value;
mod walk;

pub mod by_name;
pub mod constraint;
pub mod default;
mod default_classes;
pub mod function_call;
pub mod identity_sequence;
pub mod index_key;
pub mod members;
pub mod merged;
pub mod not_null;
pub mod order;
pub mod owner;
pub mod owning_column;
pub mod partition;
pub mod partitions;
pub mod reference;
pub mod rule_action;
pub mod storage;
pub mod tablespace;

pub mod access_method;
pub mod aggregate;
pub mod argument;
pub mod base_type;
pub mod cast;
pub mod changed_privileges;
pub mod check;
pub mod collation;
pub mod column;
pub mod composite_type;
pub mod conversion;
pub mod database;
pub mod default_privileges;
pub mod domain;
pub mod r#enum;
pub mod event_trigger;
pub mod exclusion;
pub mod extension;
pub mod extension_object;
pub mod foreign_data_wrapper;
pub mod foreign_key;
pub mod foreign_table;
pub mod function;
pub mod index;
pub mod language;
pub mod materialized_view;
pub mod operator;
pub mod operator_class;
pub mod operator_family;
pub mod parameter;
pub mod policy;
pub mod primary_key;
pub mod procedure;
pub mod publication;
pub mod range_type;
pub mod role;
pub mod rule;
pub mod schema;
pub mod security_label;
pub mod sequence;
pub mod server;
pub mod shell_type;
pub mod statistics;
pub mod subscription;
pub mod table;
pub mod text_search_configuration;
pub mod text_search_dictionary;
pub mod text_search_parser;
pub mod text_search_template;
pub mod transform;
pub mod trigger;
pub mod type_attribute;
pub mod unique;
pub mod user_mapping;
pub mod view;

pub use access_method::AccessMethod;
pub use aggregate::Aggregate;
pub use base_type::BaseType;
pub use cast::Cast;
pub use changed_privileges::ChangedPrivileges;
pub use check::Check;
pub use children::{Children, Entries, Entry};
pub use collation::Collation;
pub use column::Column;
pub use composite_type::CompositeType;
pub use constraint::Deferrability;
pub use conversion::Conversion;
pub(crate) use coverage::is_nowhere;
pub use coverage::{COUNTED, LEFT_OUT, NEWEST, NOT_READ, OLDEST};
pub use database::Database;
pub(crate) use declare::object;
pub use default_privileges::DefaultPrivileges;
pub use domain::Domain;
pub use r#enum::Enum;
pub use event_trigger::EventTrigger;
pub use exclusion::Exclusion;
pub use expect::Expect;
pub use extension::Extension;
pub use extension_object::ExtensionObject;
pub use field::Field;
pub use fields::Fields;
pub use foreign_data_wrapper::ForeignDataWrapper;
pub use foreign_key::ForeignKey;
pub use foreign_table::ForeignTable;
pub(crate) use forms::{DEFINITION, Redefined, is_in_short, only_short, redefined};
pub use function::Function;
pub use index::Index;
pub(crate) use json_schema::{properties, words as schema_of_words};
pub use language::Language;
pub use materialized_view::MaterializedView;
pub use meaning::Meaning;
pub use names::{Class, Names};
pub use object::{Attribute, Clash, Definitions, Found, Object, Row, Steps, VisitObjects, Written};
pub use operator::Operator;
pub use operator_class::OperatorClass;
pub use operator_family::OperatorFamily;
pub use order::Order;
pub use owner::Owner;
pub use parameter::Parameter;
pub(crate) use pattern::{covers_object, escape, is_pattern, matches as covers, unescaped};
pub use policy::Policy;
pub use primary_key::PrimaryKey;
pub use procedure::Procedure;
pub use publication::Publication;
pub use range_type::RangeType;
pub use role::Role;
pub use rule::Rule;
pub use schema::Schema;
pub use security_label::SecurityLabel;
pub use sequence::Sequence;
pub use server::Server;
pub use sharing::{Known, Pass, Shared};
pub use shell_type::ShellType;
pub use special::Special;
pub use statistics::Statistics;
pub use subscription::Subscription;
pub use table::Table;
pub use tally::Tally;
pub use text_search_configuration::TextSearchConfiguration;
pub use text_search_dictionary::TextSearchDictionary;
pub use text_search_parser::TextSearchParser;
pub use text_search_template::TextSearchTemplate;
pub use transform::Transform;
pub use trigger::Trigger;
pub use type_attribute::TypeAttribute;
pub use unique::Unique;
pub use user_mapping::UserMapping;
pub use value::Value;
pub(crate) use value::word_value;
pub use view::View;
pub use walk::{Walk, Walked};

/// A kind of object, as lists of rules, documentation and the reader of catalogs see it.
#[derive(Debug, Clone, Copy)]
pub struct Kind {
    /// Its name in rules.
    pub name: &'static str,
    /// What it is.
    pub doc: &'static str,
    /// Its fields.
    pub attributes: &'static [Attribute],
    /// Whether a list in place of its collection is one object's own list.
    pub list_is_one: bool,
    /// The attribute of the parent that says whether the order of these objects matters.
    pub order: Option<&'static str>,
    /// The query that reads every object of the kind: its path, then its attributes by name.
    pub sql: &'static str,
}

macro_rules! kinds {
    ($($type:ident from $file:literal,)+) => {
        /// Every kind, parents before their children.
        pub const KINDS: &[Kind] = &[$(Kind {
            name: <$type as Object>::KIND,
            doc: <$type as Object>::DOC,
            attributes: <$type as Object>::ATTRIBUTES,
            list_is_one: <$type as Special>::LIST_IS_ONE,
            order: <$type as Special>::ORDER,
            sql: include_str!(concat!("model/", $file, ".sql")),
        }),+];
    };
}

kinds! {
    Database from "database",
    Role from "role",
    Parameter from "parameter",
    Extension from "extension",
    ExtensionObject from "extension_object",
    Schema from "schema",
    Enum from "enum",
    Domain from "domain",
    CompositeType from "composite_type",
    TypeAttribute from "type_attribute",
    RangeType from "range_type",
    BaseType from "base_type",
    ShellType from "shell_type",
    Collation from "collation",
    Conversion from "conversion",
    Sequence from "sequence",
    Table from "table",
    ForeignTable from "foreign_table",
    View from "view",
    MaterializedView from "materialized_view",
    Column from "column",
    PrimaryKey from "primary_key",
    Unique from "unique",
    ForeignKey from "foreign_key",
    Check from "check",
    Exclusion from "exclusion",
    Index from "index",
    Statistics from "statistics",
    Trigger from "trigger",
    Rule from "rule",
    Policy from "policy",
    Function from "function",
    Procedure from "procedure",
    Aggregate from "aggregate",
    Operator from "operator",
    OperatorFamily from "operator_family",
    OperatorClass from "operator_class",
    TextSearchParser from "text_search_parser",
    TextSearchTemplate from "text_search_template",
    TextSearchDictionary from "text_search_dictionary",
    TextSearchConfiguration from "text_search_configuration",
    Cast from "cast",
    Transform from "transform",
    AccessMethod from "access_method",
    EventTrigger from "event_trigger",
    Publication from "publication",
    Subscription from "subscription",
    Language from "language",
    ForeignDataWrapper from "foreign_data_wrapper",
    Server from "server",
    UserMapping from "user_mapping",
    DefaultPrivileges from "default_privileges",
    ChangedPrivileges from "changed_privileges",
    SecurityLabel from "security_label",
}

impl Kind {
    /// The one of that name.
    pub fn named(name: &str) -> Option<&'static Self> {
        KINDS.iter().find(|kind| kind.name == name)
    }

    /// What rules say of it: a rule's second half, and what it means. First whether it is there, as a database always is.
    pub fn aspects(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let presence = if self.name == Database::KIND { &[] } else { PRESENCE };
        let attributes = self.own_attributes().map(|attribute| (attribute.name, attribute.doc));
        presence.iter().copied().chain(attributes)
    }

    /// Its attributes that are no collections of other objects.
    pub fn own_attributes(&self) -> impl Iterator<Item = &'static Attribute> {
        self.attributes.iter().filter(|attribute| attribute.child.is_none())
    }

    /// Every rule of it, with what it means.
    pub fn rules(&self) -> impl Iterator<Item = (String, &'static str)> {
        self.aspects().map(|(aspect, doc)| (format!("{}.{aspect}", self.name), doc))
    }

    /// Whether its query has the server open every table, to name the columns in expressions: much of what a run costs.
    pub fn opens_tables(&self) -> bool {
        head(self.sql).any(|line| line == "-- opens tables")
    }

    /// Whether most databases have none of it, so that it is worth asking first.
    pub fn is_rare(&self) -> bool {
        has_needs(self.sql)
    }

    /// Its query for a server of this version, such as 150018.
    pub fn sql_for(&self, version: u32) -> Cow<'static, str> {
        sql_for(self.sql, version)
    }
}

/// Where a catalog has a row for which `condition` holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Need<'a> {
    /// The catalog's name.
    pub catalog: &'a str,
    /// What stands behind `where`.
    pub condition: &'a str,
}

const ONLY_WHERE_EXISTS: &str = "-- only where exists: ";

/// Where any of these is met, a query may find something on a server of this version. They stand in the first lines of its
/// file, and cost the server less than to plan it.
pub(crate) fn needs(sql: &str, version: u32) -> impl Iterator<Item = Need<'_>> {
    let needs = head(sql).filter(move |line| holds(line, version));
    let needs = needs.filter_map(|line| line.strip_prefix(ONLY_WHERE_EXISTS));
    needs.filter_map(|line| line.split(" -- ").next()).map(|need| {
        let (catalog, condition) = need.split_once(" where ").unwrap_or((need, "true"));
        Need { catalog, condition }
    })
}

/// Whether a query needs something to be there.
pub(crate) fn has_needs(sql: &str) -> bool {
    head(sql).any(|line| line.starts_with(ONLY_WHERE_EXISTS))
}

/// The comment that a query begins with.
fn head(sql: &str) -> impl Iterator<Item = &str> {
    sql.lines().take_while(|line| line.starts_with("--"))
}

/// A query without the lines that do not hold for a server of this version: those that end in `-- since 14` or
/// `-- before 14`.
pub(crate) fn sql_for(sql: &'static str, version: u32) -> Cow<'static, str> {
    if sql.lines().all(|line| holds(line, version)) {
        return Cow::Borrowed(sql);
    }
    Cow::Owned(sql.lines().filter(|line| holds(line, version)).collect::<Vec<_>>().join("\n"))
}

/// Whether a line holds for a server of this version, as a mark at its end says.
fn holds(line: &str, version: u32) -> bool {
    if !line.ends_with(|c: char| c.is_ascii_digit()) {
        return true;
    }
    let mark = line.rsplit_once("-- ").and_then(|(_, mark)| mark.split_once(' '));
    match mark.map(|(word, number)| (word, number.parse::<u32>())) {
        Some(("since", Ok(number))) => version / 10_000 >= number,
        Some(("before", Ok(number))) => version / 10_000 < number,
        _ => true,
    }
}

/// What a rule can say of any object but the database, beside its attributes.
pub const PRESENCE: &[(&str, &str)] = &[
    ("missing", "The spec expects it; the database lacks it."),
    ("unexpected", "The database has it; nothing in the spec matches it."),
    ("forbidden", "The database has it; the spec says `absent`."),
];

/// Every rule, with what it means.
pub fn rules() -> impl Iterator<Item = (String, &'static str)> {
    KINDS.iter().flat_map(Kind::rules)
}

/// Whether a rule, in which `*` stands for any text, matches any.
pub fn rule_exists(pattern: &str) -> bool {
    rules().any(|(rule, _)| covers(pattern, &rule))
}

/// A doc comment as one paragraph.
pub fn paragraph(doc: &str) -> String {
    doc.split_whitespace().collect::<Vec<_>>().join(" ")
}
