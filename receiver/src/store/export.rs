//! The register as CSV or JSON lines, for spreadsheets and other programs. Reads row by row: any size fits.

use std::io::{self, Write};

use domain::calendar::Timestamp;
use domain::submission::Kind;
use serde_json::Value;

use super::database::{self, Database, Fault};
use super::opening::{OpenError, Target};
use super::{postgres, sqlite};

/// How it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One line per submission, for spreadsheets.
    Csv,
    /// One JSON object per line, everything as it arrived.
    JsonLines,
}

/// Why the export ended early.
#[derive(Debug)]
pub enum ExportError {
    /// The database does not open.
    Open(OpenError),
    /// It does not read.
    Read(Fault),
    /// The output does not take it.
    Write(io::Error),
}

impl std::fmt::Display for ExportError {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Open(error) => error.fmt(formatter),
            Self::Read(error) => write!(formatter, "the database does not read: {error}"),
            Self::Write(error) => write!(formatter, "the output does not take it: {error}"),
        }
    }
}

impl std::error::Error for ExportError {}

/// One row as it is read.
struct Row {
    seq: i64,
    received_at: Timestamp,
    body: Value,
    reference: Option<String>,
    state: Option<String>,
    owner: Option<String>,
    reply_by: Option<i64>,
    apart: Option<String>,
}

const ROWS: &str = "SELECT s.seq, s.received_ms, s.body, c.reference, c.state, c.owner, c.reply_by_ms, q.reasons \
                    FROM submissions s LEFT JOIN complaints c ON c.seq = s.seq \
                    LEFT JOIN quarantine q ON q.submission_seq = s.seq AND q.released_ms IS NULL \
                    WHERE ($1 = '' OR s.kind = $1) AND s.erased_ms IS NULL ORDER BY s.seq";

/// Writes every submission, or those of one kind, in the order of arrival. Answers how many there were.
pub fn export(
    target: impl Into<Target>,
    format: Format,
    kind: Option<Kind>,
    out: &mut dyn Write,
) -> Result<u64, ExportError> {
    let mut database = open(&target.into()).map_err(ExportError::Open)?;
    if format == Format::Csv {
        write_line(out, &COLUMNS.map(str::to_owned)).map_err(ExportError::Write)?;
    }
    rows(database.as_mut(), kind, |row| match format {
        Format::Csv => write_line(out, &cells(row)),
        Format::JsonLines => write_json(out, row),
    })
}

/// A connection for the command line, to a database that is there.
pub(super) fn open(target: &Target) -> Result<Box<dyn Database>, OpenError> {
    Ok(match target {
        Target::File(path) => {
            if !path.exists() {
                let missing = io::Error::new(io::ErrorKind::NotFound, "there is no such file");
                return Err(OpenError::File(path.clone(), missing));
            }
            Box::new(sqlite::open(path, 0)?)
        }
        Target::Server(url) => {
            let mut database = postgres::open(url)?;
            // Reading everything takes as long as it takes.
            let patient = database.execute("SET statement_timeout = 0", &[]);
            patient.map_err(|fault| OpenError::Refused(target.clone(), fault.to_string()))?;
            Box::new(database)
        }
    })
}

fn rows(
    database: &mut dyn Database,
    kind: Option<Kind>,
    mut each: impl FnMut(&Row) -> io::Result<()>,
) -> Result<u64, ExportError> {
    let mut count = 0;
    let mut outcome = Ok(());
    let kind = kind.map_or("", Kind::as_str);
    let read = database.each(ROWS, &[kind.into()], &mut |row| {
        outcome =
            read_row(&row).map_err(ExportError::Read).and_then(|row| each(&row).map_err(ExportError::Write));
        count += 1;
        outcome.is_ok()
    });
    read.map_err(ExportError::Read)?;
    outcome.map(|()| count)
}

fn read_row(row: &database::Row) -> Result<Row, Fault> {
    Ok(Row {
        seq: row.int(0)?,
        received_at: Timestamp(row.int(1)?),
        body: serde_json::from_slice(&row.bytes(2)?).unwrap_or_default(),
        reference: row.maybe_text(3)?,
        state: row.maybe_text(4)?,
        owner: row.maybe_text(5)?,
        reply_by: row.maybe_int(6)?,
        apart: row.maybe_text(7)?,
    })
}

/// What the register knows of a row, without the secret of its status address.
fn write_json(out: &mut dyn Write, row: &Row) -> io::Result<()> {
    let mut line = serde_json::json!({
        "seq": row.seq,
        "received_at": row.received_at.to_rfc3339(),
        "submission": row.body,
    });
    if let (Some(reference), Some(state), Some(reply_by)) = (&row.reference, &row.state, row.reply_by) {
        line["case"] = serde_json::json!({
            "reference": reference,
            "state": state,
            "owner": row.owner,
            "reply_by": Timestamp(reply_by).to_rfc3339(),
        });
    }
    if let Some(reasons) = &row.apart {
        line["waits_apart"] = reasons.as_str().into();
    }
    serde_json::to_writer(&mut *out, &line)?;
    out.write_all(b"\n")
}

/// New ones stand at the end, so that sheets made for earlier exports still fit.
const COLUMNS: [&str; 35] = [
    "id",
    "kind",
    "received_at",
    "created_at",
    "site",
    "locale",
    "page",
    "name",
    "email",
    "phone",
    "context",
    "reference",
    "state",
    "owner",
    "reply_by",
    "survey",
    "answers",
    "text",
    "topic",
    "order",
    "product",
    "outcomes",
    "supersedes",
    "complete",
    "effect",
    "outcome_text",
    "since",
    "urgent",
    "on_behalf",
    "contact_by",
    "promise_kept",
    "put_right",
    "helpful",
    "attachments",
    "waits_apart",
];

fn cells(row: &Row) -> [String; 35] {
    let body = &row.body;
    let said = &body[body["kind"].as_str().unwrap_or_default()];
    let first =
        |values: [&Value; 3]| values.into_iter().map(plain).find(|text| !text.is_empty()).unwrap_or_default();
    let own = |known: &Option<String>, value: &Value| known.clone().unwrap_or_else(|| plain(value));
    [
        plain(&body["id"]),
        plain(&body["kind"]),
        row.received_at.to_rfc3339(),
        plain(&body["created_at"]),
        plain(&body["site"]),
        plain(&body["locale"]),
        plain(&body["page"]["url"]),
        plain(&body["customer"]["name"]),
        plain(&body["customer"]["email"]),
        plain(&body["customer"]["phone"]),
        plain(&body["context"]),
        own(&row.reference, &said["reference"]),
        row.state.clone().unwrap_or_default(),
        row.owner.clone().unwrap_or_default(),
        row.reply_by.map(|at| Timestamp(at).to_rfc3339()).unwrap_or_default(),
        plain(&said["survey"]),
        answers(&said["answers"]),
        first([&said["text"], &said["query"], &said["name"]]),
        plain(&said["topic"]),
        first([&said["order"], &body["context"]["order"], &Value::Null]),
        first([&said["product"], &body["context"]["product"], &Value::Null]),
        plain(&said["outcomes"]),
        plain(&body["supersedes"]),
        plain(&said["complete"]),
        plain(&said["effect"]),
        plain(&said["outcome_text"]),
        plain(&said["since"]),
        plain(&said["urgent"]),
        plain(&said["on_behalf"]),
        plain(&body["customer"]["contact_by"]),
        plain(&said["promise_kept"]),
        plain(&said["put_right"]),
        plain(&said["helpful"]),
        names(&said["attachments"]),
        row.apart.clone().unwrap_or_default(),
    ]
}

/// A value in one cell.
fn plain(value: &Value) -> String {
    let joined = |parts: Vec<String>| parts.join("; ");
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Bool(_) | Value::Number(_) => value.to_string(),
        Value::Array(list) => joined(list.iter().map(plain).collect()),
        Value::Object(map) => {
            joined(map.iter().map(|(key, value)| format!("{key}: {}", plain(value))).collect())
        }
    }
}

/// The names of files; the files themselves are in the register.
fn names(value: &Value) -> String {
    let list = value.as_array().map(Vec::as_slice).unwrap_or_default();
    list.iter().map(|file| plain(&file["name"])).collect::<Vec<_>>().join("; ")
}

fn answers(value: &Value) -> String {
    let list = value.as_array().map(Vec::as_slice).unwrap_or_default();
    let each = |answer: &Value| format!("{}: {}", plain(&answer["question"]), plain(&answer["value"]));
    list.iter().map(each).collect::<Vec<_>>().join("; ")
}

/// A line for spreadsheets.
fn write_line(out: &mut dyn Write, cells: &[String]) -> io::Result<()> {
    out.write_all(wire::csv::line(cells).as_bytes())
}
