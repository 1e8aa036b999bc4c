//! `object!`, which declares a kind: from its list of fields everything else is expanded.

/// An identifier without the `r#` that keeps it from being a keyword.
pub(super) const fn unraw(raw: &'static str) -> &'static str {
    match raw.as_bytes() {
        [b'r', b'#', ..] => raw.split_at(2).1,
        _ => raw,
    }
}

/// The name of a field as a spec writes it.
macro_rules! key {
    ($field:ident) => {
        const { $crate::model::declare::unraw(stringify!($field)) }
    };
}
pub(super) use key;

/// Declares a kind: a struct with its documentation, its name in rules, and its fields, each with what PostgreSQL makes
/// of it when nothing is said.
macro_rules! object {
    ($(#[doc = $doc:literal])+ pub struct $name:ident: $kind:literal {
        $($(#[doc = $field_doc:literal])+ $field:ident: $type:ty $(= $plain:expr)?,)*
    }) => {
        $(#[doc = $doc])+
        #[derive(Debug, Clone, PartialEq, Default)]
        pub struct $name {
            $($(#[doc = $field_doc])+ pub $field: $type,)*
        }

        impl $crate::model::Object for $name {
            const KIND: &'static str = $kind;
            const DOC: &'static str = concat!($($doc, "\n"),+);
            const ATTRIBUTES: &'static [$crate::model::Attribute] = &[$($crate::model::Attribute {
                name: $crate::model::declare::key!($field),
                doc: concat!($($field_doc, "\n"),+),
                child: <$type as $crate::model::Field>::CHILD,
                holds_sql: <$type as $crate::model::Field>::HOLDS_SQL,
            }),*];

            const FIELD_NAMES: &'static [&'static str] = &[$($crate::model::declare::key!($field)),*];
            const KEYS: &'static [&'static str] =
                &[$crate::model::forms::DEFINITION, $($crate::model::declare::key!($field)),*];

            fn plain() -> Self {
                Self { $($field: $crate::model::declare::plain!($type $(, $plain)?),)* }
            }

            fn field_schemas(definitions: &mut $crate::model::Definitions) -> Vec<serde_json::Value> {
                vec![$(<$type as $crate::model::Field>::schema(definitions)),*]
            }

            fn is_met_by(&self, actual: &Self) -> bool {
                $($crate::model::Field::is_met_by(&self.$field, &actual.$field))&&*
                    && $crate::model::Special::in_terms_of(self, actual, "").is_none()
            }

            fn compare(&self, actual: &Self, walk: &mut $crate::model::Walk<'_>) {
                $($crate::model::Field::compare(
                    &self.$field,
                    &actual.$field,
                    $crate::model::declare::key!($field),
                    walk,
                );)*
            }

            fn complete(&mut self, pass: &mut $crate::model::Pass) {
                let plain = Self::plain();
                $($crate::model::Field::complete(&mut self.$field, plain.$field, pass);)*
                $crate::model::Special::conclude(self);
            }

            fn close(&mut self) {
                $($crate::model::Field::close(&mut self.$field);)*
            }

            fn prune(
                &mut self,
                path: &mut $crate::finding::Path,
                hidden: &dyn Fn(&'static str, &$crate::finding::Path) -> bool,
            ) {
                $($crate::model::Field::prune(
                    &mut self.$field,
                    $crate::model::declare::key!($field),
                    path,
                    hidden,
                );)*
            }

            fn place<'de, D: serde::Deserializer<'de>>(
                &mut self,
                steps: $crate::model::Steps<'_>,
                object: $crate::model::Row<'_, D>,
            ) -> Result<bool, D::Error> {
                let Some((&(key, name), below)) = steps.split_first() else {
                    let read = $crate::model::forms::read(object.attributes, object.known)?;
                    let before = std::mem::replace(self, read);
                    self.adopt(before);
                    return Ok(true);
                };
                $(if key == $crate::model::declare::key!($field) {
                    return $crate::model::Field::place(&mut self.$field, name, below, object);
                })*
                Err(serde::de::Error::unknown_field(key, Self::FIELD_NAMES))
            }

            fn leave_tacit(&mut self) {
                $($crate::model::Field::leave_tacit(&mut self.$field);)*
            }

            fn visit_objects(
                &self,
                path: &mut $crate::finding::Path,
                visit: $crate::model::VisitObjects<'_>,
            ) {
                $($crate::model::Field::visit_objects(
                    &self.$field,
                    $crate::model::declare::key!($field),
                    path,
                    visit,
                );)*
            }

            fn silence(
                &mut self,
                off: &dyn Fn(&'static str, &'static str) -> bool,
                pass: &mut $crate::model::Pass,
            ) {
                $($crate::model::Field::silence(
                    &mut self.$field,
                    ($kind, $crate::model::declare::key!($field)),
                    off,
                    pass,
                );)*
            }

            fn find<F: $crate::model::Found>(&self, path: &[String], found: F) -> Option<F::Out> {
                let Some((key, rest)) = path.split_first() else {
                    return Some(found.object(self));
                };
                $(if key == $crate::model::declare::key!($field) {
                    return $crate::model::Field::find(&self.$field, rest, found);
                })*
                None
            }

            fn hollow(&mut self) {
                let plain = Self::plain();
                $($crate::model::Field::hollow(&mut self.$field, plain.$field);)*
            }

            fn has_children(&self) -> bool {
                $($crate::model::Field::has_objects(&self.$field))||*
            }

            fn adopt(&mut self, other: Self) {
                $(if $crate::model::Field::is_unsaid(&self.$field) {
                    self.$field = other.$field;
                })*
            }

            fn merge(&mut self, other: Self, path: &mut Vec<String>) -> Result<(), $crate::model::Clash> {
                $(
                    path.push($crate::model::declare::key!($field).to_owned());
                    $crate::model::Field::merge(&mut self.$field, other.$field, path)?;
                    path.pop();
                )*
                $crate::model::Special::conclude(self);
                Ok(())
            }

            fn relative_to(&mut self, home: &$crate::value::Home<'_>, pass: &mut $crate::model::Pass) {
                $($crate::model::Field::relative_to(&mut self.$field, home, pass);)*
            }

            fn visit_types<'a>(
                &'a self,
                path: &mut Vec<std::borrow::Cow<'a, str>>,
                visit: &mut dyn FnMut(&[std::borrow::Cow<'a, str>], &$crate::value::DataType),
            ) {
                $($crate::model::Field::visit_types(
                    &self.$field,
                    $crate::model::declare::key!($field),
                    path,
                    visit,
                );)*
            }

            fn read_field<'de, A: serde::de::MapAccess<'de>>(
                &mut self,
                field: usize,
                map: &mut A,
                known: &mut $crate::model::Known,
            ) -> Result<(), A::Error> {
                $(if field == $crate::model::declare::place!($field) {
                    self.$field = map.next_value_seed($crate::model::sharing::Reading::with(known))?;
                })*
                Ok(())
            }

            fn unsay(&mut self, fields: $crate::model::Fields) {
                $(if fields.has($crate::model::declare::place!($field)) {
                    self.$field = Default::default();
                })*
            }

            fn said_otherwise(&self, other: &Self) -> $crate::model::Fields {
                let mut fields = $crate::model::Fields::NONE;
                $(if !$crate::model::Field::is_unsaid(&self.$field) && self.$field != other.$field {
                    fields = fields.with($crate::model::declare::place!($field));
                })*
                fields
            }

            fn write_fields<M: serde::ser::SerializeMap>(
                &self,
                fields: $crate::model::Fields,
                map: &mut M,
            ) -> Result<(), M::Error> {
                $(if fields.has($crate::model::declare::place!($field))
                    && $crate::model::Field::is_written(&self.$field)
                {
                    map.serialize_entry($crate::model::declare::key!($field), &self.$field)?;
                })*
                Ok(())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::model::forms::read(deserializer, &mut $crate::model::Known::default())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::model::forms::write(self, serializer)
            }
        }
    };
}
pub(crate) use object;

/// The place of a field among those of its kind.
macro_rules! place {
    ($field:ident) => {
        const {
            let name = $crate::model::declare::key!($field);
            $crate::model::fields::position(Self::FIELD_NAMES, name).expect("a field of its kind")
        }
    };
}
pub(super) use place;

/// The plain value of a field: the one declared, none for a collection, unsaid otherwise.
macro_rules! plain {
    ($type:ty) => {
        <$type as Default>::default()
    };
    ($type:ty, $plain:expr) => {
        <$type>::from($plain)
    };
}
pub(super) use plain;
