//! The texts of the widget by their key, as the locale files have them: journeys name keys, so a reworded sentence
//! breaks no journey.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::{Failure, Outcome, workspace};

/// The texts of one locale.
pub struct Texts(BTreeMap<String, String>);

impl Texts {
    /// Reads `locales/<tag>/messages.json`.
    pub fn read(tag: &str) -> Outcome<Self> {
        let file = workspace().join("locales").join(tag).join("messages.json");
        let bytes = std::fs::read(&file).map_err(|error| Failure(format!("{}: {error}", file.display())))?;
        let value: Value = serde_json::from_slice(&bytes)?;
        let entries = value.as_object().into_iter().flatten();
        let texts = entries.filter_map(|(key, text)| Some((key.clone(), text.as_str()?.to_owned())));
        Ok(Self(texts.collect()))
    }

    /// The text of a key; what is no key stands for itself. A mistyped key is an error, not a text.
    pub fn resolve(&self, name: &str) -> Outcome<String> {
        if let Some(text) = self.0.get(name) {
            return Ok(text.clone());
        }
        let like_a_key = name.contains('.')
            && !name.ends_with('.')
            && name.chars().all(|letter| {
                letter.is_ascii_lowercase() || letter.is_ascii_digit() || "._-".contains(letter)
            });
        if like_a_key { Err(Failure(format!("no text has the key {name}"))) } else { Ok(name.to_owned()) }
    }
}
