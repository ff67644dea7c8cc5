//! Enums that are kept as small integers.

/// Declares an enum that is kept as a small integer, with its word in JSON and addresses.
macro_rules! kept_as_integer {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $number:literal $word:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$variant_doc])* $variant = $number),* }

        impl $name {
            /// All of them.
            pub const ALL: &[$name] = &[$($name::$variant),*];

            /// Its word in addresses and forms.
            pub fn word(self) -> &'static str {
                match self { $($name::$variant => $word),* }
            }
        }
        impl std::str::FromStr for $name {
            type Err = ();
            fn from_str(text: &str) -> std::result::Result<Self, ()> {
                match text { $($word => Ok($name::$variant),)* _ => Err(()) }
            }
        }
        impl From<$name> for base::db::Value {
            fn from(value: $name) -> Self {
                base::db::Value::Int(value as i64)
            }
        }
        impl base::db::FromValue for $name {
            fn from_value(value: base::db::Value) -> std::result::Result<Self, base::db::DbError> {
                match <i64 as base::db::FromValue>::from_value(value)? {
                    $($number => Ok($name::$variant),)*
                    other => Err(base::db::DbError::Internal(format!("{other} is no {}", stringify!($name)))),
                }
            }
        }
    };
}
