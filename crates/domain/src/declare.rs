//! How kinds of record, their lists of codes and their groups are declared, each in one place.

/// Declares a kind of record: a struct, its collection, and the way between both.
///
/// A macro, because no function can make one list of fields into a struct and into a table.
macro_rules! record {
    (
        $(#[$doc:meta])*
        $name:ident in $collection:literal, search [$($search:literal),*] $(, rule $rule:path)? {
            $($(#[$field_doc:meta])* $field:ident: $type:ty,)*
        }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct $name {
            $($(#[$field_doc])* pub $field: $type,)*
        }

        impl $crate::record::Named for $name {
            const NAME: &'static str = $collection;
        }

        impl $crate::record::Record for $name {
            fn collection() -> &'static $crate::schema::Collection {
                static COLLECTION: $crate::schema::Collection = $crate::schema::Collection {
                    name: $collection,
                    fields: &[$($crate::schema::Field {
                        name: stringify!($field),
                        holds: <$type as $crate::record::FieldType>::HOLDS,
                    },)*],
                    search: &[$($search),*],
                    rule: $crate::declare::first!($($rule,)? $crate::schema::no_rule),
                };
                &COLLECTION
            }

            fn to_fields(&self) -> $crate::sync_log::Fields {
                let mut fields = $crate::sync_log::Fields::new();
                $($crate::record::FieldType::put(&self.$field, stringify!($field), &mut fields);)*
                fields
            }

            fn from_fields(fields: &$crate::sync_log::Fields) -> Self {
                Self {
                    $($field: $crate::record::FieldType::take(stringify!($field), fields),)*
                }
            }
        }
    };
}

/// The first of one or two.
macro_rules! first {
    ($only:path) => {
        $only
    };
    ($first:path, $second:path) => {
        $first
    };
}

/// Declares lists of codes that a municipality configures.
macro_rules! lists {
    ($($(#[$doc:meta])* $name:ident = $list:literal,)*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
            pub enum $name {}

            impl $crate::record::List for $name {
                const NAME: &'static str = $list;
            }
        )*
    };
}

/// Declares a list whose codes have a meaning in the rules; codes of newer versions are kept.
macro_rules! codes {
    ($(#[$doc:meta])* $name:ident in $list:literal { $($(#[$code_doc:meta])* $variant:ident = $code:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $name {
            $($(#[$code_doc])* $variant,)*
            /// A code of a newer version, kept and shown as it is.
            Unknown(String),
        }

        impl $name {
            /// The code on the wire.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $code,)*
                    Self::Unknown(code) => code,
                }
            }
        }

        impl From<&str> for $name {
            fn from(code: &str) -> Self {
                match code {
                    $($code => Self::$variant,)*
                    other => Self::Unknown(other.to_owned()),
                }
            }
        }

        impl $crate::record::Scalar for $name {
            const KIND: $crate::schema::Kind = $crate::schema::Kind::Code($list);

            fn write(&self) -> $crate::value::Value {
                $crate::value::Value::from(self.as_str())
            }

            fn read(value: &$crate::value::Value) -> Option<Self> {
                value.as_text().map(Self::from)
            }
        }
    };
}

/// Declares values that move together: one field with one version.
macro_rules! group {
    ($(#[$doc:meta])* $name:ident { $($(#[$member_doc:meta])* $member:ident: $type:ty,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Eq)]
        pub struct $name {
            $($(#[$member_doc])* pub $member: Option<$type>,)*
        }

        impl $crate::record::FieldType for Option<$name> {
            const HOLDS: $crate::schema::Holds = $crate::schema::Holds::Group(&[
                $((stringify!($member), <$type as $crate::record::Scalar>::KIND),)*
            ]);

            fn put(&self, name: &str, fields: &mut $crate::sync_log::Fields) {
                let (Some(group), Ok(name)) = (self, $crate::sync_log::FieldName::new(name)) else {
                    return;
                };
                let mut map = std::collections::BTreeMap::new();
                $(if let Some(value) = &group.$member {
                    map.insert(stringify!($member).to_owned(), $crate::record::Scalar::write(value));
                })*
                fields.insert(name, $crate::value::Value::Map(map));
            }

            fn take(name: &str, fields: &$crate::sync_log::Fields) -> Self {
                let value = fields.get(name)?;
                matches!(value, $crate::value::Value::Map(_)).then(|| $name {
                    $($member: value
                        .member(stringify!($member))
                        .and_then($crate::record::Scalar::read),)*
                })
            }
        }
    };
}

pub(crate) use {codes, first, group, lists, record};
