//! Files of answers: read in any of their forms, written in the one that the widget or search engines read.

use std::path::Path;
use std::process::ExitCode;

use domain::faq::Entry;
use wire::faq_sources::{self, Found};

use crate::arguments::FaqFiles;
use crate::files;

/// Writes the file that the widget reads. Fails when there is no answer; what was left out is named and does no harm.
pub fn build(faq: &FaqFiles) -> Result<ExitCode, String> {
    let entries = read_all(faq)?;
    write(faq, &faq_sources::write(&entries, &faq.language), entries.len())
}

/// Writes the answers for search engines.
pub fn json_ld(faq: &FaqFiles) -> Result<ExitCode, String> {
    let entries = read_all(faq)?;
    write(faq, &faq_sources::to_json_ld(&entries), entries.len())
}

fn write(faq: &FaqFiles, text: &str, count: usize) -> Result<ExitCode, String> {
    match &faq.out {
        None => print!("{text}"),
        Some(path) => {
            std::fs::write(path, text)
                .map_err(|error| format!("{} cannot be written: {error}", path.display()))?;
            eprintln!("{count} answers in {}", path.display());
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The answers of all files, in order, each with an id of its own.
fn read_all(faq: &FaqFiles) -> Result<Vec<Entry>, String> {
    let mut entries = Vec::new();
    for path in &faq.files {
        let text = files::read(path)?;
        let (found, notes) = read(path, &text)?;
        for note in notes {
            eprintln!("{}: {note}", path.display());
        }
        entries.extend(found);
    }
    if entries.is_empty() {
        return Err("no question with an answer was found".to_owned());
    }
    faq_sources::name(&mut entries);
    Ok(entries)
}

/// A file by the ending of its name.
fn read(path: &Path, text: &str) -> Result<Found, String> {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    match ending.as_deref().unwrap_or_default() {
        "md" | "markdown" => Ok(faq_sources::read_markdown(text)),
        "csv" | "tsv" => Ok(faq_sources::read_csv(text)),
        "html" | "htm" => Ok(faq_sources::from_html(text)),
        "jsonld" => Ok(faq_sources::from_json_ld(text)),
        // JSON-LD often comes under this name too.
        "json" if text.contains("\"FAQPage\"") => Ok(faq_sources::from_json_ld(text)),
        "json" => {
            let (entries, issues) = wire::faq_file::read(text);
            Ok((entries, issues.iter().map(ToString::to_string).collect()))
        }
        other => Err(format!(
            "{}: a file of answers ends in .json, .md, .csv, .html or .jsonld, found {other:?}",
            path.display()
        )),
    }
}
