//! Walks one object of a foreign document strictly: notes what is missing, wrong or unknown, with its path. Server only.

use std::cell::RefCell;

use serde_json::{Map, Value};

use crate::problem::Fault;

/// What was noticed on the way.
#[derive(Default)]
pub struct Notes(RefCell<(Vec<Fault>, Map<String, Value>)>);

impl Notes {
    /// Notes a wrong value.
    pub fn fault(&self, path: &str, expected: &str, found: &Value) {
        self.push(path, expected, describe(found));
    }

    /// Notes a value that has to be there and is not.
    pub fn missing(&self, path: &str, expected: &str) {
        self.push(path, expected, "nothing".to_owned());
    }

    fn push(&self, path: &str, expected: &str, found: String) {
        let fault = Fault { path: path.to_owned(), expected: expected.to_owned(), found };
        self.0.borrow_mut().0.push(fault);
    }

    /// Everything noticed: the faults, and the unknown values by path.
    pub fn take(self) -> (Vec<Fault>, Map<String, Value>) {
        self.0.into_inner()
    }
}

/// A value in few words: itself when it is short, its type otherwise.
pub fn describe(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(_) | Value::Number(_) => value.to_string(),
        Value::String(text) if text.chars().count() <= 60 => format!("{text:?}"),
        Value::String(_) => "a long text".to_owned(),
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "an object".to_owned(),
    }
}

/// One object being read.
pub struct Part<'a> {
    path: String,
    map: &'a Map<String, Value>,
    asked: Vec<String>,
    /// Where faults go.
    pub notes: &'a Notes,
}

impl<'a> Part<'a> {
    /// Begins to read an object.
    pub fn new(path: &str, map: &'a Map<String, Value>, notes: &'a Notes) -> Self {
        Self { path: path.to_owned(), map, asked: Vec::new(), notes }
    }

    /// The full path of a key.
    pub fn path(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    /// Whether the key is there.
    pub fn has(&self, key: &str) -> bool {
        self.map.contains_key(key)
    }

    /// The value of a key, whatever it is.
    pub fn value(&mut self, key: &str) -> Option<&'a Value> {
        self.asked.push(key.to_owned());
        self.map.get(key)
    }

    /// A key that is known and only kept.
    pub fn leave_aside(&mut self, key: &str) {
        self.asked.push(key.to_owned());
    }

    fn typed<T>(
        &mut self,
        key: &str,
        expected: &str,
        read: impl FnOnce(&'a Value) -> Option<T>,
    ) -> Option<T> {
        let found = self.value(key)?;
        let value = read(found);
        if value.is_none() {
            self.notes.fault(&self.path(key), expected, found);
        }
        value
    }

    /// Text, empty when absent.
    pub fn text(&mut self, key: &str) -> String {
        self.typed(key, "text; left out when unknown", Value::as_str).unwrap_or_default().to_owned()
    }

    /// Text that has to say something.
    pub fn required(&mut self, key: &str, expected: &str) -> String {
        let filled = |text: &str| (!text.trim().is_empty()).then(|| text.to_owned());
        self.parsed(key, expected, filled).unwrap_or_default()
    }

    /// Text of a certain form that has to be there.
    pub fn parsed<T>(
        &mut self,
        key: &str,
        expected: &str,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        if !self.has(key) {
            self.asked.push(key.to_owned());
            self.notes.missing(&self.path(key), expected);
            return None;
        }
        self.typed(key, expected, |value| value.as_str().and_then(parse))
    }

    /// Text of a certain form, if it is there and not empty.
    pub fn optional<T>(
        &mut self,
        key: &str,
        expected: &str,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        if self.map.get(key).and_then(Value::as_str) == Some("") {
            self.leave_aside(key);
            return None;
        }
        self.typed(key, expected, |value| value.as_str().and_then(parse))
    }

    /// One of these words, which has to be there; answers its place.
    pub fn one_of(&mut self, key: &str, words: &[&str]) -> Option<usize> {
        self.parsed(key, &words.join(", "), |found| words.iter().position(|word| *word == found))
    }

    /// One of these words, if it is there.
    pub fn choice(&mut self, key: &str, words: &[&str]) -> Option<usize> {
        self.optional(key, &words.join(", "), |found| words.iter().position(|word| *word == found))
    }

    /// Yes or no.
    pub fn flag(&mut self, key: &str) -> Option<bool> {
        self.typed(key, "true or false; left out when unknown", Value::as_bool)
    }

    /// A whole number.
    pub fn whole(&mut self, key: &str) -> Option<u64> {
        self.typed(key, "a whole number", Value::as_u64)
    }

    /// An object with keys of the sender's own.
    pub fn map(&mut self, key: &str) -> Option<&'a Map<String, Value>> {
        self.typed(key, "an object", Value::as_object)
    }

    /// An object with known keys.
    pub fn part<T>(&mut self, key: &str, read: impl FnOnce(&mut Part<'a>) -> T) -> Option<T> {
        let map = self.map(key)?;
        let mut part = Part::new(&self.path(key), map, self.notes);
        let value = read(&mut part);
        part.finish();
        Some(value)
    }

    /// A list of objects with known keys, empty when absent. Entries with faults are left out and noted.
    pub fn list<T>(&mut self, key: &str, mut read: impl FnMut(&mut Part<'a>) -> Option<T>) -> Vec<T> {
        let mut list = Vec::new();
        let entries = self.typed(key, "a list", Value::as_array).map(Vec::as_slice).unwrap_or_default();
        for (at, entry) in entries.iter().enumerate() {
            let path = format!("{}[{at}]", self.path(key));
            let Some(map) = entry.as_object() else {
                self.notes.fault(&path, "an object", entry);
                continue;
            };
            let mut part = Part::new(&path, map, self.notes);
            list.extend(read(&mut part));
            part.finish();
        }
        list
    }

    /// Notes every key that nobody asked for.
    pub fn finish(self) {
        for (key, value) in self.map {
            if !self.asked.iter().any(|asked| asked == key) {
                self.notes.0.borrow_mut().1.insert(self.path(key), value.clone());
            }
        }
    }
}
