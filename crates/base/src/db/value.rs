//! Values as they go into and come out of either engine. Rows are fetched untyped and decoded after, so that no code is
//! made twice for two drivers.

use super::DbError;
use jiff::Timestamp;
use tokio_postgres::types::{IsNull, ToSql, Type, to_sql_checked};
use uuid::Uuid;

/// One value of a row or of a parameter list.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// SQL's NULL.
    Null,
    /// True or false; an integer on SQLite.
    Bool(bool),
    /// Any integer column, and times as microseconds UTC.
    Int(i64),
    /// A floating point number.
    Real(f64),
    /// Text, and JSON as text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
    /// An id: `uuid` on PostgreSQL, sixteen bytes on SQLite.
    Uuid(Uuid),
}

macro_rules! from {
    ($($type:ty => |$x:ident| $value:expr;)*) => { $(impl From<$type> for Value { fn from($x: $type) -> Self { $value } })* };
}
from! {
    bool => |x| Value::Bool(x);
    i64 => |x| Value::Int(x);
    i32 => |x| Value::Int(x.into());
    i16 => |x| Value::Int(x.into());
    u32 => |x| Value::Int(x.into());
    f64 => |x| Value::Real(x);
    &str => |x| Value::Text(x.to_owned());
    &String => |x| Value::Text(x.clone());
    String => |x| Value::Text(x);
    Vec<u8> => |x| Value::Bytes(x);
    &[u8] => |x| Value::Bytes(x.to_vec());
    Uuid => |x| Value::Uuid(x);
    Timestamp => |x| Value::Int(x.as_microsecond());
    &Timestamp => |x| Value::Int(x.as_microsecond());
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Value::Null, Into::into)
    }
}

/// A type that can be read from a [`Value`].
pub trait FromValue: Sized {
    /// Decodes one value.
    ///
    /// # Errors
    /// [`DbError::Internal`] when the column holds another type.
    fn from_value(value: Value) -> Result<Self, DbError>;
}

fn mismatch<T>(value: &Value) -> DbError {
    DbError::Internal(format!("a column holds {value:?} where {} was expected", std::any::type_name::<T>()))
}

impl FromValue for i64 {
    fn from_value(value: Value) -> Result<Self, DbError> {
        match value {
            Value::Int(n) => Ok(n),
            Value::Bool(b) => Ok(b.into()),
            other => Err(mismatch::<Self>(&other)),
        }
    }
}

macro_rules! narrow {
    ($($type:ty),*) => { $(impl FromValue for $type {
        fn from_value(value: Value) -> Result<Self, DbError> {
            let n = i64::from_value(value)?;
            <$type>::try_from(n).map_err(|_| mismatch::<$type>(&Value::Int(n)))
        }
    })* };
}
narrow!(i16, i32, u32, usize);

impl FromValue for bool {
    fn from_value(value: Value) -> Result<Self, DbError> {
        i64::from_value(value).map(|n| n != 0)
    }
}

impl FromValue for f64 {
    fn from_value(value: Value) -> Result<Self, DbError> {
        match value {
            Value::Real(x) => Ok(x),
            Value::Int(n) => Ok(n as f64),
            other => Err(mismatch::<Self>(&other)),
        }
    }
}

impl FromValue for String {
    fn from_value(value: Value) -> Result<Self, DbError> {
        match value {
            Value::Text(text) => Ok(text),
            other => Err(mismatch::<Self>(&other)),
        }
    }
}

impl FromValue for Vec<u8> {
    fn from_value(value: Value) -> Result<Self, DbError> {
        match value {
            Value::Bytes(bytes) => Ok(bytes),
            other => Err(mismatch::<Self>(&other)),
        }
    }
}

impl FromValue for Uuid {
    fn from_value(value: Value) -> Result<Self, DbError> {
        match value {
            Value::Uuid(id) => Ok(id),
            Value::Bytes(bytes) => Uuid::from_slice(&bytes).map_err(|_| mismatch::<Self>(&Value::Bytes(bytes))),
            other => Err(mismatch::<Self>(&other)),
        }
    }
}

impl FromValue for Timestamp {
    fn from_value(value: Value) -> Result<Self, DbError> {
        let micros = i64::from_value(value)?;
        Timestamp::from_microsecond(micros).map_err(|_| mismatch::<Self>(&Value::Int(micros)))
    }
}

impl<T: FromValue> FromValue for Option<T> {
    fn from_value(value: Value) -> Result<Self, DbError> {
        match value {
            Value::Null => Ok(None),
            value => T::from_value(value).map(Some),
        }
    }
}

impl rusqlite::ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
        use rusqlite::types::{ToSqlOutput::Borrowed, ValueRef};
        Ok(Borrowed(match self {
            Value::Null => ValueRef::Null,
            Value::Bool(b) => ValueRef::Integer((*b).into()),
            Value::Int(n) => ValueRef::Integer(*n),
            Value::Real(x) => ValueRef::Real(*x),
            Value::Text(text) => ValueRef::Text(text.as_bytes()),
            Value::Bytes(bytes) => ValueRef::Blob(bytes),
            Value::Uuid(id) => ValueRef::Blob(id.as_bytes()),
        }))
    }
}

impl rusqlite::types::FromSql for Value {
    fn column_result(value: rusqlite::types::ValueRef<'_>) -> rusqlite::types::FromSqlResult<Self> {
        use rusqlite::types::ValueRef;
        Ok(match value {
            ValueRef::Null => Value::Null,
            ValueRef::Integer(n) => Value::Int(n),
            ValueRef::Real(x) => Value::Real(x),
            ValueRef::Text(text) => Value::Text(String::from_utf8_lossy(text).into_owned()),
            ValueRef::Blob(bytes) => Value::Bytes(bytes.to_vec()),
        })
    }
}

impl ToSql for Value {
    fn to_sql(&self, ty: &Type, out: &mut bytes::BytesMut) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self {
            Value::Null => Ok(IsNull::Yes),
            Value::Bool(b) => b.to_sql(ty, out),
            Value::Int(n) if *ty == Type::INT4 => i32::try_from(*n)?.to_sql(ty, out),
            Value::Int(n) if *ty == Type::INT2 => i16::try_from(*n)?.to_sql(ty, out),
            Value::Int(n) if *ty == Type::INT8 => n.to_sql(ty, out),
            Value::Int(n) => Err(format!("integer {n} given for a parameter of type {ty}").into()),
            Value::Real(x) => x.to_sql(ty, out),
            // PostgreSQL's text cannot hold NUL; it is shown as the replacement character.
            Value::Text(text) if text.contains('\0') => text.replace('\0', "\u{FFFD}").to_sql(ty, out),
            Value::Text(text) => text.to_sql(ty, out),
            Value::Bytes(bytes) => bytes.to_sql(ty, out),
            Value::Uuid(id) => {
                if *ty != Type::UUID {
                    return Err(format!("an id given for a parameter of type {ty}").into());
                }
                out.extend_from_slice(id.as_bytes());
                Ok(IsNull::No)
            }
        }
    }
    fn accepts(_: &Type) -> bool {
        true
    }
    to_sql_checked!();
}

struct RawUuid(Uuid);

impl<'a> tokio_postgres::types::FromSql<'a> for RawUuid {
    fn from_sql(_: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn std::error::Error + Sync + Send>> {
        Ok(RawUuid(Uuid::from_slice(raw)?))
    }
    fn accepts(ty: &Type) -> bool {
        *ty == Type::UUID
    }
}

impl Value {
    pub(super) fn from_postgres(row: &tokio_postgres::Row, index: usize) -> Result<Self, DbError> {
        let ty = row.columns()[index].type_();
        macro_rules! get {
            ($type:ty, $make:expr) => {
                row.try_get::<_, Option<$type>>(index)?.map_or(Value::Null, $make)
            };
        }
        Ok(match *ty {
            Type::BOOL => get!(bool, Value::Bool),
            Type::INT2 => get!(i16, |n| Value::Int(n.into())),
            Type::INT4 => get!(i32, |n| Value::Int(n.into())),
            Type::INT8 => get!(i64, Value::Int),
            Type::FLOAT4 => get!(f32, |x| Value::Real(x.into())),
            Type::FLOAT8 => get!(f64, Value::Real),
            Type::TEXT | Type::VARCHAR | Type::NAME | Type::BPCHAR => get!(String, Value::Text),
            Type::BYTEA => get!(Vec<u8>, Value::Bytes),
            Type::UUID => get!(RawUuid, |id| Value::Uuid(id.0)),
            Type::VOID => Value::Null,
            _ => return Err(DbError::Internal(format!("a column of type {ty} is not mapped"))),
        })
    }
}
