//! The sets: an FAQ each, with queries and what they should find.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use domain::faq::Entry;
use serde_json::Value;

/// The sets of the repository, in the order of the report.
pub const NAMES: [&str; 6] = ["bank", "shop", "hotel", "zh", "ja", "th"];

/// A second bank, shop and hotel, written without having read the word lists, before the first measurement with them.
pub const SECOND: [&str; 3] = ["bank2", "shop2", "hotel2"];

/// Sets of other trades, written after the search; their misses are not printed.
pub const TRADES: [&str; 3] = ["library", "airline", "utility"];

/// Trades that no word list was made for, written at the very end and measured once.
pub const LAST: [&str; 2] = ["insurer", "clinic"];

/// What stands for "no answer" in a list of ids.
pub const NONE: &str = "-";

/// A query and the entries that answer it.
#[derive(Debug)]
pub struct Query {
    pub text: String,
    pub ids: Vec<String>,
    pub kind: String,
    /// `open` may be looked at while the search is worked on; `kept` is only counted.
    pub half: String,
}

/// An FAQ with its queries.
#[derive(Debug)]
pub struct Set {
    pub name: String,
    pub entries: Vec<Entry>,
    pub queries: Vec<Query>,
}

/// Reads one of the sets of the repository.
pub fn read(folder: &Path, name: &str) -> Result<Set> {
    read_files(name, &folder.join(format!("{name}.json")), &folder.join(format!("{name}.tsv")))
}

/// Reads a set from any two files of this form.
pub fn read_files(name: &str, faq: &Path, queries: &Path) -> Result<Set> {
    let entries = read_entries(faq)?;
    let table = text(queries)?;
    let mut lines = table.lines();
    let head: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    let mut rows = Vec::new();
    for line in lines.filter(|line| !line.is_empty()) {
        let cells: Vec<&str> = line.split('\t').collect();
        let cell = |name: &str| {
            let place = head.iter().position(|title| *title == name);
            place.and_then(|place| cells.get(place)).map_or(String::new(), |cell| (*cell).to_owned())
        };
        let ids: Vec<String> = cell("ids").split(',').map(str::to_owned).collect();
        if ids.iter().any(String::is_empty) {
            bail!("{}: no id in {line:?}", queries.display());
        }
        rows.push(Query { text: cell("query"), ids, kind: cell("kind"), half: cell("half") });
    }
    Ok(Set { name: name.to_owned(), entries, queries: rows })
}

/// The entries of a file.
pub fn read_entries(path: &Path) -> Result<Vec<Entry>> {
    let faq: Value = serde_json::from_str(&text(path)?).with_context(|| path.display().to_string())?;
    Ok(faq["entries"].as_array().context("no list `entries`")?.iter().map(entry).collect())
}

/// The file of an FAQ. Those of the demonstration are read where they are.
pub fn file(folder: &Path, set: &str) -> PathBuf {
    match set {
        "demo" => folder.join("../../demo/faq.json"),
        "demo-zh" => folder.join("../../demo/faq.zh-Hans.json"),
        own => folder.join(format!("sets/{own}.json")),
    }
}

/// The language of an FAQ, in tables.
pub fn language(set: &str) -> &'static str {
    match set {
        "demo-zh" | "zh" => "Chinese",
        "ja" => "Japanese",
        "th" => "Thai",
        _ => "English",
    }
}

/// A file of the sets.
pub fn text(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))
}

fn entry(value: &Value) -> Entry {
    let text = |key: &str| value[key].as_str().unwrap_or_default().to_owned();
    let tags = value["tags"].as_array().into_iter().flatten();
    Entry {
        id: text("id"),
        question: text("question"),
        answer: text("answer"),
        category: text("category"),
        tags: tags.filter_map(|tag| tag.as_str().map(str::to_owned)).collect(),
        ..Entry::default()
    }
}

/// Several sets as one, as of a company that does all of this at once: more entries to be mistaken for one another.
pub fn together(sets: &[Set]) -> Set {
    let mut out = Set { name: "together".to_owned(), entries: Vec::new(), queries: Vec::new() };
    for set in sets {
        let name = |id: &str| format!("{}-{id}", set.name);
        out.entries.extend(set.entries.iter().map(|entry| Entry { id: name(&entry.id), ..entry.clone() }));
        out.queries.extend(set.queries.iter().map(|query| Query {
            text: query.text.clone(),
            ids: query.ids.iter().map(|id| name(id)).collect(),
            kind: query.kind.clone(),
            half: query.half.clone(),
        }));
    }
    out
}
