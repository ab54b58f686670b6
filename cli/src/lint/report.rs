//! Findings for programs: JSON, SARIF 2.1.0, and the annotations of a pull request.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde_json::{Value, json};
use tone::Level;

use super::Linted;
use super::text::position;

/// A list of files with their findings.
pub fn json(files: &[Linted]) -> String {
    let files: Vec<Value> = files
        .iter()
        .map(|file| {
            let findings: Vec<Value> = file.found.iter().map(|found| {
                let (line, column) = position(&file.source, found.span.start);
                let finding = &found.finding;
                let suggestions: Vec<Value> =
                    finding.suggestions.iter().map(|one| json!({"text": one.text, "safe": one.safe})).collect();
                json!({
                    "rule": finding.rule, "family": finding.family.name(), "level": finding.level.name(),
                    "path": found.path, "line": line, "column": column,
                    "start": found.span.start, "end": found.span.end,
                    "words": &file.source[found.span.clone()], "sentence": &file.source[found.sentence.clone()],
                    "why": finding.why, "suggestions": suggestions,
                })
            }).collect();
            let left_out: Vec<Value> = file
                .left_out
                .iter()
                .map(|(why, (count, _))| json!({"why": why.to_string(), "texts": count}))
                .collect();
            json!({"file": file.path.to_string_lossy(), "findings": findings, "left_out": left_out})
        })
        .collect();
    format!("{:#}\n", json!({"files": files}))
}

/// For code scanning.
pub fn sarif(files: &[Linted]) -> String {
    let mut rules: BTreeMap<&str, &str> = BTreeMap::new();
    let mut results = Vec::new();
    for file in files {
        for found in &file.found {
            let finding = &found.finding;
            rules.insert(&finding.rule, &finding.why);
            let (line, column) = position(&file.source, found.span.start);
            let (end_line, end_column) = position(&file.source, found.span.end);
            results.push(json!({
                "ruleId": finding.rule,
                "level": match finding.level { Level::Error => "error", Level::Warn => "warning", Level::Hint => "note" },
                "message": {"text": message(found)},
                "locations": [{"physicalLocation": {
                    "artifactLocation": {"uri": uri(&file.path.to_string_lossy())},
                    "region": {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column},
                }}],
            }));
        }
    }
    let rules: Vec<Value> =
        rules.into_iter().map(|(id, why)| json!({"id": id, "shortDescription": {"text": why}})).collect();
    let driver = json!({
        "name": "all-ears lint", "version": env!("CARGO_PKG_VERSION"), "rules": rules,
    });
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}],
    });
    format!("{log:#}\n")
}

/// A path as a reference of a URI.
fn uri(path: &str) -> String {
    let mut out = String::new();
    for byte in path.replace('\\', "/").bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// Workflow commands that GitHub turns into annotations.
pub fn github(files: &[Linted]) -> String {
    let mut out = String::new();
    for file in files {
        for found in &file.found {
            let (line, column) = position(&file.source, found.span.start);
            let kind = match found.finding.level {
                Level::Error => "error",
                Level::Warn => "warning",
                Level::Hint => "notice",
            };
            let file = property(&file.path.to_string_lossy());
            let title = property(&found.finding.rule);
            let _ = writeln!(
                out,
                "::{kind} file={file},line={line},col={column},title={title}::{}",
                data(&message(found))
            );
        }
    }
    out
}

fn message(found: &tone::document::Found) -> String {
    let finding = &found.finding;
    match finding.suggestions.first() {
        Some(best) => format!("{} Instead: {}", finding.why, best.text),
        None => finding.why.clone(),
    }
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
