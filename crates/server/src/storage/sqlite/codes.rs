//! How single values are written into columns and read back.

use crate::storage::{Part, Standing, StorageError};
use drempel_domain::space::{Regime, Role, SpaceKind};
use drempel_domain::sync_log::{Digest, Eff, Resolution, Seq, Share, Verdict};
use drempel_domain::time::Moment;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

/// A value as it stands in a column.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column<T>(pub T);

/// A type that has a form in a column.
pub(super) trait InColumn: Sized {
    /// Its form.
    fn write(&self) -> ToSqlOutput<'static>;

    /// From its form.
    fn read(value: ValueRef<'_>) -> FromSqlResult<Self>;
}

impl<T: InColumn> ToSql for Column<T> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.0.write())
    }
}

impl<T: InColumn> FromSql for Column<T> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        T::read(value).map(Self)
    }
}

macro_rules! as_uuid {
    ($($id:ident),*) => {
        $(impl InColumn for drempel_domain::id::$id {
            fn write(&self) -> ToSqlOutput<'static> {
                ToSqlOutput::from(self.uuid().as_bytes().to_vec())
            }

            fn read(value: ValueRef<'_>) -> FromSqlResult<Self> {
                Uuid::column_result(value).map(Self::new)
            }
        })*
    };
}

as_uuid!(RecordId, SpaceId, UserId, DeviceId, EpochId);

macro_rules! as_number {
    ($($type:ident: $write:expr, $read:expr;)*) => {
        $(impl InColumn for $type {
            fn write(&self) -> ToSqlOutput<'static> {
                let write: fn(&$type) -> i64 = $write;
                ToSqlOutput::from(write(self))
            }

            fn read(value: ValueRef<'_>) -> FromSqlResult<Self> {
                let read: fn(i64) -> $type = $read;
                i64::column_result(value).map(read)
            }
        })*
    };
}

as_number! {
    Moment: |moment| moment.millis(), Moment::from_millis;
    Eff: |eff| eff.bits().cast_signed(), |bits| Eff::from_bits(bits.cast_unsigned());
    Seq: |seq| seq.0.cast_signed(), |number| Seq(number.cast_unsigned());
    u64: |number| number.cast_signed(), i64::cast_unsigned;
}

macro_rules! as_bytes {
    ($($type:ident),*) => {
        $(impl InColumn for $type {
            fn write(&self) -> ToSqlOutput<'static> {
                ToSqlOutput::from(self.to_bytes().to_vec())
            }

            fn read(value: ValueRef<'_>) -> FromSqlResult<Self> {
                <[u8; 16]>::column_result(value).map(Self::from_bytes)
            }
        })*
    };
}

as_bytes!(Share, Digest);

/// The word that a serialisable enum without content has in JSON.
fn word<T: Serialize>(value: &T) -> ToSqlOutput<'static> {
    let quoted = serde_json::to_string(value).unwrap_or_default();
    ToSqlOutput::from(quoted.trim_matches('"').to_owned())
}

fn from_word<T: DeserializeOwned>(value: ValueRef<'_>) -> FromSqlResult<T> {
    serde_json::from_value(serde_json::Value::from(value.as_str()?)).map_err(|_| FromSqlError::InvalidType)
}

macro_rules! as_word {
    ($($type:ident),*) => {
        $(impl InColumn for $type {
            fn write(&self) -> ToSqlOutput<'static> {
                word(self)
            }

            fn read(value: ValueRef<'_>) -> FromSqlResult<Self> {
                from_word(value)
            }
        })*
    };
}

as_word!(Verdict, Resolution, Role, Regime, SpaceKind, Part);

impl InColumn for Standing {
    fn write(&self) -> ToSqlOutput<'static> {
        ToSqlOutput::from(
            match self {
                Standing::Live => "live",
                Standing::Aged => "aged",
                Standing::Erased => "erased",
            }
            .to_owned(),
        )
    }

    fn read(value: ValueRef<'_>) -> FromSqlResult<Self> {
        match value.as_str()? {
            "live" => Ok(Standing::Live),
            "aged" => Ok(Standing::Aged),
            "erased" => Ok(Standing::Erased),
            _ => Err(FromSqlError::InvalidType),
        }
    }
}

/// The JSON text of something that is kept as such.
pub(super) fn to_text(value: &impl Serialize, what: &'static str) -> Result<String, StorageError> {
    serde_json::to_string(value).map_err(|_| StorageError::Unreadable(what))
}

/// Something that is kept as JSON text.
pub(super) fn from_text<T: DeserializeOwned>(text: &str, what: &'static str) -> Result<T, StorageError> {
    serde_json::from_str(text).map_err(|_| StorageError::Unreadable(what))
}
