//! Locale files: from `locales/<tag>/messages.json` to one line per message, in the order of the English keys.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};

use crate::project::Project;

/// The messages of one locale in the order of the file; a key stands there once.
pub struct Messages(Vec<(String, String)>);

impl Messages {
    /// Key and text, in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(key, text)| (key.as_str(), text.as_str()))
    }

    /// How many messages there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The text of a key.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.iter().find(|(name, _)| *name == key).map(|(_, text)| text)
    }
}

impl<'de> Deserialize<'de> for Messages {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'de> Visitor<'de> for InOrder {
            type Value = Messages;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object of texts")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Messages, A::Error> {
                let mut found: Vec<(String, String)> = Vec::new();
                while let Some((key, text)) = map.next_entry::<String, String>()? {
                    if found.iter().any(|(other, _)| *other == key) {
                        return Err(A::Error::custom(format_args!("the key `{key}` stands there twice")));
                    }
                    found.push((key, text));
                }
                Ok(Messages(found))
            }
        }
        source.deserialize_map(InOrder)
    }
}

/// The locales of the checkout, sorted.
pub fn tags(project: &Project) -> Result<Vec<String>> {
    let mut tags = Vec::new();
    for entry in fs::read_dir(project.root.join("locales")).context("reading locales/")? {
        let entry = entry?;
        if entry.path().join("messages.json").is_file() {
            tags.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    tags.sort();
    Ok(tags)
}

/// Where the messages of a locale are.
pub fn path(project: &Project, tag: &str) -> PathBuf {
    project.root.join("locales").join(tag).join("messages.json")
}

/// Reads the messages of a locale.
pub fn read(project: &Project, tag: &str) -> Result<Messages> {
    let path = path(project, tag);
    let text = fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
    serde_json::from_str(&text).with_context(|| format!("in {}", path.display()))
}

/// The file that the browser gets: line n is message n; a text that is not translated yet is the English one.
pub fn lines(english: &Messages, translated: &Messages) -> String {
    let by_key: BTreeMap<&str, &str> = translated.iter().collect();
    let mut text = String::new();
    for (key, fallback) in english.iter() {
        let message = by_key.get(key).copied().unwrap_or(fallback);
        text.push_str(&message.replace('\n', "\\n"));
        text.push('\n');
    }
    text
}

/// The keys, one per line, for pages that override texts.
pub fn key_lines(english: &Messages) -> String {
    let mut text = String::new();
    for (key, _) in english.iter() {
        text.push_str(key);
        text.push('\n');
    }
    text
}

/// Compares each locale with English: the same keys, the same placeholders, no text left empty.
pub fn check(project: &Project) -> Result<()> {
    let english = read(project, "en")?;
    let mut findings = Vec::new();
    for tag in tags(project)? {
        findings.extend(compare(&tag, &english, &read(project, &tag)?));
    }
    if !findings.is_empty() {
        bail!("{}", findings.join("\n"));
    }
    Ok(())
}

fn compare(tag: &str, english: &Messages, translated: &Messages) -> Vec<String> {
    let mut findings = Vec::new();
    for (key, text) in english.iter() {
        match translated.get(key) {
            None => findings.push(format!("{tag}: `{key}` is missing")),
            Some(other) if other.trim().is_empty() && !text.trim().is_empty() => {
                findings.push(format!("{tag}: `{key}` is empty"));
            }
            Some(other) if placeholders(other) != placeholders(text) => findings.push(format!(
                "{tag}: `{key}` has the placeholders {:?}, English has {:?}",
                placeholders(other),
                placeholders(text)
            )),
            Some(_) => {}
        }
    }
    for (key, _) in translated.iter() {
        if english.get(key).is_none() {
            findings.push(format!("{tag}: `{key}` is not a key of the English file"));
        }
    }
    findings
}

/// The distinct names in braces, sorted.
fn placeholders(text: &str) -> Vec<&str> {
    let mut names: Vec<&str> =
        text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect();
    names.sort_unstable();
    names.dedup();
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn messages(text: &str) -> Messages {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn a_file_keeps_its_order_and_refuses_doubles() {
        let keys: Vec<String> =
            messages(r#"{"b":"1","a":"2"}"#).iter().map(|(key, _)| key.to_owned()).collect();
        assert_eq!(keys, ["b", "a"]);
        assert!(serde_json::from_str::<Messages>(r#"{"a":"1","a":"2"}"#).is_err());
    }

    #[test]
    fn lines_follow_english_and_stay_single() {
        let english = messages(r#"{"b":"One","a":"Two\nlines"}"#);
        assert_eq!(lines(&english, &messages(r#"{"b":"一"}"#)), "一\nTwo\\nlines\n");
        assert_eq!(key_lines(&english), "b\na\n");
    }

    #[test]
    fn a_locale_is_compared_with_english() {
        let english = messages(r#"{"a":"Hello {name}","b":"Bye"}"#);
        let findings = compare("xx", &english, &messages(r#"{"a":"Hallo","c":"?"}"#));
        assert_eq!(
            findings,
            [
                r#"xx: `a` has the placeholders [], English has ["name"]"#,
                "xx: `b` is missing",
                "xx: `c` is not a key of the English file",
            ]
        );
    }
}
