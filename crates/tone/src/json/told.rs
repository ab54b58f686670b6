//! What a JSON file says of its own strings: their language, and what is to be left alone in them.

use std::collections::HashMap;

use super::{Step, key};
use crate::markdown;

/// What a file says of its own strings, by the object in which it says so.
#[derive(Default)]
pub(super) struct Told<'a> {
    ignored: HashMap<&'a [Step], Vec<String>>,
    locales: HashMap<&'a [Step], &'a str>,
}

/// Families that a law may speak in.
const LAWFUL: [&str; 4] = ["demand", "refusal", "policy", "threat"];

impl<'a> Told<'a> {
    pub(super) fn of(found: &'a [(Vec<Step>, String, Vec<usize>)], lawful: &'a [Vec<Step>]) -> Self {
        let mut told = Self::default();
        for (path, text, _) in found {
            let Some((last, parent)) = path.split_last() else { continue };
            let listed = parent.split_last().filter(|(list, _)| key(list) == Some("lint"));
            match (last, listed) {
                (Step::Key(name), _) if name == "lint" => {
                    told.ignored.entry(parent).or_default().extend(markdown::names(text));
                }
                (Step::Item(_), Some((_, owner))) => {
                    told.ignored.entry(owner).or_default().extend(markdown::names(text));
                }
                (Step::Key(name), _) if name == "language" || name == "locale" => {
                    told.locales.insert(parent, text);
                }
                (Step::Key(_) | Step::Item(_), _) => {}
            }
        }
        for path in lawful {
            let owner = path.split_last().map_or(&[][..], |(_, owner)| owner);
            told.ignored.entry(owner).or_default().extend(LAWFUL.map(str::to_owned));
        }
        told
    }

    /// What `"lint": "ignore"`, the names of rules there, or `"legal": true` beside a string leaves alone.
    pub(super) fn ignored(&self, path: &[Step]) -> Vec<String> {
        let owner = path.split_last().map(|(_, owner)| owner);
        owner.and_then(|owner| self.ignored.get(owner)).cloned().unwrap_or_default()
    }

    /// The language of a string: `texts.<tag>`, or what the nearest object around it says.
    pub(super) fn locale(&self, path: &[Step]) -> Option<String> {
        if let [Step::Key(texts), Step::Key(tag), _, ..] = path
            && texts == "texts"
            && tag != "*"
        {
            return Some(tag.clone());
        }
        let told = (0..path.len()).rev().find_map(|end| self.locales.get(&path[..end]))?;
        Some((*told).to_owned()).filter(|tag| !tag.is_empty() && tag != "*")
    }
}
