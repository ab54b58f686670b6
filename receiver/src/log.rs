//! The log of a server is its standard error: a JSON object a line. No request and no customer is ever named in it.

use std::fmt::Display;
use std::io::Write as _;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use domain::calendar::Timestamp;

/// Milliseconds between two faults that are noted. A fault rarely comes alone, and a full disk needs no full log.
const FAULT_PAUSE_MS: i64 = 1_000;
/// When a fault was noted last, and how many have not been since.
static LAST_MS: AtomicI64 = AtomicI64::new(0);
static UNNOTED: AtomicU64 = AtomicU64::new(0);

/// Notes a fault of ours, at most one a second.
pub fn fault(error: &dyn Display) {
    let now = crate::now().0;
    let last = LAST_MS.load(Ordering::Relaxed);
    let quiet = (0..FAULT_PAUSE_MS).contains(&(now - last));
    if quiet || LAST_MS.compare_exchange(last, now, Ordering::Relaxed, Ordering::Relaxed).is_err() {
        UNNOTED.fetch_add(1, Ordering::Relaxed);
        return;
    }
    let more = UNNOTED.swap(0, Ordering::Relaxed).to_string();
    write("error", "fault", &[("detail", &error.to_string()), ("more_before", &more)]);
}

/// Notes what the receiver does.
pub fn event(name: &str, facts: &[(&str, &str)]) {
    write("info", name, facts);
}

fn write(level: &str, name: &str, facts: &[(&str, &str)]) {
    let line = line(crate::now(), level, name, facts);
    let _ = std::io::stderr().write_all(line.as_bytes());
}

fn line(at: Timestamp, level: &str, name: &str, facts: &[(&str, &str)]) -> String {
    let mut told = serde_json::Map::new();
    told.insert("at".to_owned(), at.to_rfc3339().into());
    told.insert("level".to_owned(), level.into());
    told.insert("event".to_owned(), name.into());
    for (key, value) in facts {
        told.insert((*key).to_owned(), (*value).into());
    }
    // One write a line, so that lines of several threads never mix.
    format!("{}\n", serde_json::Value::Object(told))
}

#[cfg(test)]
mod tests {
    use super::{Timestamp, line};

    #[test]
    fn a_line_is_one_object() {
        let line = line(Timestamp(0), "error", "fault", &[("detail", "disk\n\"full\"")]);
        assert_eq!(line.matches('\n').count(), 1);
        let read: serde_json::Value = serde_json::from_str(&line).expect("JSON");
        assert_eq!(read["at"], "1970-01-01T00:00:00.000Z");
        assert_eq!(read["detail"], "disk\n\"full\"");
    }
}
