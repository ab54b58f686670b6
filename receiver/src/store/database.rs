//! What a database has to be able to do, and the values that go in and out. SQLite and Postgres each fill this in;
//! every statement of the store is written once, in SQL that both read (`$1`, `$2`, … in the order in which they first
//! appear).

use std::fmt;

use bytes::Bytes;

/// One value of a row. Columns that may be empty are texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Nothing.
    Null,
    /// A whole number.
    Int(i64),
    /// A text.
    Text(String),
    /// Bytes, which to hand on costs nothing.
    Bytes(Bytes),
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Int(number)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<Option<&str>> for Value {
    fn from(text: Option<&str>) -> Self {
        text.map_or(Self::Null, Self::from)
    }
}

impl From<&[u8]> for Value {
    fn from(bytes: &[u8]) -> Self {
        Self::Bytes(Bytes::copy_from_slice(bytes))
    }
}

impl From<&Vec<u8>> for Value {
    fn from(bytes: &Vec<u8>) -> Self {
        Self::Bytes(Bytes::copy_from_slice(bytes))
    }
}

impl From<&Bytes> for Value {
    fn from(bytes: &Bytes) -> Self {
        Self::Bytes(bytes.clone())
    }
}

/// What a statement answers, value by value.
#[derive(Clone, Debug)]
pub struct Row(pub Vec<Value>);

impl Row {
    /// The whole number in this column.
    pub fn int(&self, at: usize) -> Result<i64, Fault> {
        match self.0.get(at) {
            Some(Value::Int(number)) => Ok(*number),
            Some(Value::Null | Value::Text(_) | Value::Bytes(_)) | None => Err(odd(at, "a number")),
        }
    }

    /// The whole number in this column, if there is one.
    pub fn maybe_int(&self, at: usize) -> Result<Option<i64>, Fault> {
        if self.0.get(at) == Some(&Value::Null) { Ok(None) } else { self.int(at).map(Some) }
    }

    /// The text in this column.
    pub fn text(&self, at: usize) -> Result<String, Fault> {
        self.maybe_text(at)?.ok_or_else(|| odd(at, "a text"))
    }

    /// The text in this column, if there is one.
    pub fn maybe_text(&self, at: usize) -> Result<Option<String>, Fault> {
        match self.0.get(at) {
            Some(Value::Text(text)) => Ok(Some(text.clone())),
            Some(Value::Null) => Ok(None),
            Some(Value::Int(_) | Value::Bytes(_)) | None => Err(odd(at, "a text")),
        }
    }

    /// The bytes in this column; none for nothing.
    pub fn bytes(&self, at: usize) -> Result<Vec<u8>, Fault> {
        match self.0.get(at) {
            Some(Value::Bytes(bytes)) => Ok(bytes.to_vec()),
            Some(Value::Null) => Ok(Vec::new()),
            Some(Value::Int(_) | Value::Text(_)) | None => Err(odd(at, "bytes")),
        }
    }
}

fn odd(at: usize, expected: &str) -> Fault {
    Fault::Refused(format!("column {at} should hold {expected}"))
}

/// Why a statement did not do what it was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// This statement does not work; the database is well.
    Refused(String),
    /// Somebody else was in the way; the same transaction may work when it is tried again.
    Again(String),
    /// There is no room.
    Full(String),
    /// The server is out of reach. Whether a commit arrived there is unknown.
    Unreachable(String),
    /// The disk failed. What is stored is unknown until a restart has recovered it.
    Disk(String),
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(reason)
            | Self::Again(reason)
            | Self::Full(reason)
            | Self::Unreachable(reason)
            | Self::Disk(reason) => formatter.write_str(reason),
        }
    }
}

/// A connection to what holds the rows.
pub trait Database: Send {
    /// Runs a statement and reads all that it answers.
    fn query(&mut self, sql: &str, values: &[Value]) -> Result<Vec<Row>, Fault> {
        let mut rows = Vec::new();
        self.each(sql, values, &mut |row| {
            rows.push(row);
            true
        })?;
        Ok(rows)
    }

    /// Runs a statement and hands on row after row, until `false` is answered: any size fits.
    fn each(&mut self, sql: &str, values: &[Value], take: &mut dyn FnMut(Row) -> bool) -> Result<(), Fault>;

    /// Runs a statement that answers nothing.
    fn execute(&mut self, sql: &str, values: &[Value]) -> Result<(), Fault>;

    /// Begins to write. `Ok` means that the connection is there and nobody is in the way.
    fn begin(&mut self) -> Result<(), Fault>;

    /// Keeps what was written: `Ok` means that it is flushed.
    fn commit(&mut self) -> Result<(), Fault>;

    /// Forgets what was written since `begin`.
    fn rollback(&mut self);

    /// How a selection says that it locks its rows and passes over those that others hold. Nothing where there are no
    /// others.
    fn passing_over(&self) -> &'static str;

    /// How a selection says that nobody else changes its rows until the transaction ends. Nothing where a transaction that
    /// writes is alone.
    fn holding(&self) -> &'static str;

    /// Keeps others from the end of the event log until the transaction ends.
    fn hold_log(&mut self) -> Result<(), Fault>;

    /// Writes down what the connection still holds, before it ends.
    fn settle(&mut self);
}
