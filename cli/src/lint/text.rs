//! Findings for people: the sentence with the words underlined, why, and what could be said instead.

use std::fmt::Write;

use tone::document::Found;

use super::Linted;

/// Line and column of a place, counted from one; columns in characters.
pub fn position(source: &str, at: usize) -> (usize, usize) {
    let before = &source[..at];
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    (before.matches('\n').count() + 1, before[start..].chars().count() + 1)
}

/// One finding on one line.
pub fn line(file: &Linted, found: &Found) -> String {
    let (line, column) = position(&file.source, found.span.start);
    let place = if found.path.is_empty() { String::new() } else { format!(" {}", found.path) };
    let finding = &found.finding;
    let words = &file.source[found.span.clone()];
    let instead = finding.suggestions.first().map(|one| format!(" -> {}", one.text)).unwrap_or_default();
    format!(
        "{}:{line}:{column}:{place} {}[{}] {words:?}{instead}",
        file.path.display(),
        finding.level,
        finding.rule
    )
}

/// What was left out of a file, a line for each reason, and what was to be left alone and is called by no rule.
pub fn notes(file: &Linted) -> Vec<String> {
    let note = |(why, (count, place)): (&tone::languages::Why, &(usize, usize))| {
        let (line, column) = position(&file.source, *place);
        let texts = if *count == 1 { "1 text is".to_owned() } else { format!("{count} texts are") };
        format!("note: {}:{line}:{column}: {texts} left out from here on: {why}", file.path.display())
    };
    let unknown = |(name, place): &(String, usize)| {
        let (line, column) = position(&file.source, *place);
        format!("note: {}:{line}:{column}: no rule or family is called {name:?}", file.path.display())
    };
    file.left_out.iter().map(note).chain(file.unknown.iter().map(unknown)).collect()
}

/// All findings, and how many there are.
pub fn report(files: &[Linted], fixed: usize) -> String {
    let mut out = String::new();
    let mut count = 0;
    for file in files {
        for found in &file.found {
            one(&mut out, file, found);
            count += 1;
        }
    }
    if fixed > 0 {
        let _ = writeln!(out, "{fixed} said anew");
    }
    let _ = match (count, files.len()) {
        (0, 1) => writeln!(out, "well said: 1 file"),
        (0, files) => writeln!(out, "well said: {files} files"),
        (1, _) => writeln!(out, "1 finding"),
        (count, _) => writeln!(out, "{count} findings"),
    };
    out
}

fn one(out: &mut String, file: &Linted, found: &Found) {
    let finding = &found.finding;
    let (line, column) = position(&file.source, found.span.start);
    let place = if found.path.is_empty() { String::new() } else { format!(" ({})", found.path) };
    let _ = writeln!(out, "{}[{}]: {}", finding.level, finding.rule, finding.why);
    let _ = writeln!(out, "  --> {}:{line}:{column}{place}", file.path.display());
    let clean = |text: &str| text.replace('\n', " ");
    let before = clean(&file.source[found.sentence.start..found.span.start.max(found.sentence.start)]);
    let words = clean(&file.source[found.span.clone()]);
    let after = clean(&file.source[found.span.end..found.sentence.end.max(found.span.end)]);
    let _ = writeln!(out, "   | {before}{words}{after}");
    let _ = writeln!(out, "   | {}{}", " ".repeat(width(&before)), "^".repeat(width(&words).max(1)));
    for suggestion in &finding.suggestions {
        let safe = if suggestion.safe { " (--fix)" } else { "" };
        let _ = writeln!(out, "   = {}{safe}", suggestion.text);
    }
    let _ = writeln!(out);
}

/// How many columns a text takes: characters of East Asian scripts take two.
fn width(text: &str) -> usize {
    text.chars().map(|letter| if u32::from(letter) >= 0x2E80 { 2 } else { 1 }).sum()
}
