//! Reads foreign JSON as the receiver must: bounded, without duplicate keys, with the place of a fault. Server only.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

/// Levels of nesting. Deeper text is refused.
pub const DEPTH_MAX: usize = 16;
/// Keys of one object. More are refused.
pub const KEYS_MAX: usize = 64;
/// Entries of one list. More are refused.
pub const ENTRIES_MAX: usize = 256;
/// Characters of one string. A longer one is refused.
pub const STRING_CHARS_MAX: usize = 20_000;

/// Why a text is no JSON for us.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong, for developers.
    pub reason: String,
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1, in bytes.
    pub column: usize,
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} at line {}, column {}", self.reason, self.line, self.column)
    }
}

/// Reads one JSON document.
pub fn parse(text: &str) -> Result<Value, Fault> {
    let mut reader = serde_json::Deserializer::from_str(text);
    Level(DEPTH_MAX).deserialize(&mut reader).and_then(|value| reader.end().map(|()| value)).map_err(
        |error| {
            let full = error.to_string();
            let reason = full.split(" at line ").next().unwrap_or_default().to_owned();
            Fault { reason, line: error.line(), column: error.column() }
        },
    )
}

/// How many levels may still open.
#[derive(Clone, Copy)]
struct Level(usize);

impl Level {
    fn below<E: serde::de::Error>(self) -> Result<Self, E> {
        match self.0.checked_sub(1) {
            Some(left) => Ok(Self(left)),
            None => Err(E::custom(format_args!("more than {DEPTH_MAX} levels of nesting"))),
        }
    }
}

impl<'de> DeserializeSeed<'de> for Level {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

fn bounded<E: serde::de::Error>(text: &str) -> Result<(), E> {
    if text.len() > STRING_CHARS_MAX && text.chars().count() > STRING_CHARS_MAX {
        return Err(E::custom(format_args!("a string of more than {STRING_CHARS_MAX} characters")));
    }
    Ok(())
}

impl<'de> Visitor<'de> for Level {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Value, E> {
        Ok(Value::Bool(flag))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(Value::from(number))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(Value::from(number))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(Value::from(number))
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Value, E> {
        bounded(text)?;
        Ok(Value::String(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let level = self.below()?;
        let mut entries = Vec::new();
        while let Some(entry) = list.next_element_seed(level)? {
            if entries.len() == ENTRIES_MAX {
                return Err(A::Error::custom(format_args!("a list of more than {ENTRIES_MAX} entries")));
            }
            entries.push(entry);
        }
        Ok(Value::Array(entries))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let level = self.below()?;
        let mut object = Map::new();
        while let Some(key) = map.next_key::<String>()? {
            bounded(&key)?;
            if object.contains_key(&key) {
                return Err(A::Error::custom(format_args!("duplicate key {key:?}")));
            }
            if object.len() == KEYS_MAX {
                return Err(A::Error::custom(format_args!("an object of more than {KEYS_MAX} keys")));
            }
            object.insert(key, map.next_value_seed(level)?);
        }
        Ok(Value::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use super::{DEPTH_MAX, parse};

    #[track_caller]
    fn refused(text: &str, expected: &str) {
        let fault = parse(text).expect_err("must be refused");
        assert_eq!(fault.to_string(), expected);
    }

    #[test]
    fn faults_have_a_reason_and_a_place() {
        refused("", "EOF while parsing a value at line 1, column 0");
        refused("{\n \"a\": 1,\n \"a\": 2}", "duplicate key \"a\" at line 3, column 4");
        refused(r#"{"a":1,"\u0061":2}"#, "duplicate key \"a\" at line 1, column 15");
        refused(r#"{"a":{"b":[{"c":1,"c":1}]}}"#, "duplicate key \"c\" at line 1, column 21");
        refused("{} {}", "trailing characters at line 1, column 4");
        refused(r#"{"a": nul}"#, "expected ident at line 1, column 10");
        refused("\"\\ud800\"", "unexpected end of hex escape at line 1, column 8");
    }

    #[test]
    fn bounds_hold() {
        let deep = |levels: usize| "[".repeat(levels) + &"]".repeat(levels);
        assert!(parse(&deep(DEPTH_MAX)).is_ok());
        refused(&deep(DEPTH_MAX + 1), "more than 16 levels of nesting at line 1, column 18");
        assert!(parse(&deep(100_000)).is_err());
        assert!(parse(&format!("[{}1]", "1,".repeat(256))).is_err());
        assert!(parse(&format!("\"{}\"", "ü".repeat(20_000))).is_ok());
        assert!(parse(&format!("\"{}\"", "ü".repeat(20_001))).is_err());
        let keys: Vec<String> = (0..65).map(|n| format!("\"k{n}\":1")).collect();
        assert!(parse(&format!("{{{}}}", keys.join(","))).is_err());
    }
}
