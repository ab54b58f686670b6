//! The libraries from npm, run by `peers.mjs`.

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use serde_json::Value;

/// The libraries, by their names on npm, in the order of the report.
pub const NAMES: [&str; 5] = ["minisearch", "fuse.js", "lunr", "flexsearch", "orama"];

/// What each library finds: `{library: {set: [[id, …] per query]}}`.
pub fn quality(folder: &Path, sets: &[&str]) -> Result<Value> {
    let sets = sets.iter().map(|name| format!("sets/{name}"));
    node(folder, std::iter::once("quality".to_owned()).chain(sets))
}

/// How fast a library is over a file of entries and one of queries.
pub fn speed(folder: &Path, name: &str, faq: &Path, queries: &Path) -> Result<Value> {
    let files = [faq, queries].map(|path| path.display().to_string());
    node(folder, ["speed".to_owned(), name.to_owned()].into_iter().chain(files))
}

fn node(folder: &Path, words: impl Iterator<Item = String>) -> Result<Value> {
    let output = Command::new("node")
        .current_dir(folder)
        .args(["--expose-gc", "peers.mjs"])
        .args(words)
        .stderr(Stdio::inherit())
        .output()
        .context("`node` does not answer")?;
    if !output.status.success() {
        bail!("peers.mjs failed ({})", output.status);
    }
    serde_json::from_slice(&output.stdout).context("peers.mjs printed no JSON")
}
