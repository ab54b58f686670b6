//! Findings as JSON, with places as a text area counts them. Knows nothing of a browser.

use std::fmt::Write;
use std::ops::Range;

use tone::{Checker, Finding, Voice};

/// The findings in a text as a JSON list. Each line is a text of its own, so that a heading without a full stop is no
/// part of the sentence below it.
pub(crate) fn json(checker: &Checker, text: &str, voice: Voice) -> String {
    let mut out = Vec::new();
    let mut before = 0;
    for line in text.split('\n') {
        let units = Units { line, before };
        out.extend(checker.check(line, voice).iter().map(|finding| entry(finding, &units)));
        before += line.encode_utf16().count() + 1;
    }
    format!("[{}]", out.join(","))
}

/// Bytes of a line to UTF-16 units of the whole text.
struct Units<'a> {
    line: &'a str,
    before: usize,
}

impl Units<'_> {
    fn range(&self, bytes: &Range<usize>) -> String {
        let unit = |byte: usize| self.before + self.line[..byte].encode_utf16().count();
        format!("\"start\":{},\"end\":{}", unit(bytes.start), unit(bytes.end))
    }
}

fn entry(finding: &Finding, units: &Units<'_>) -> String {
    let suggestions: Vec<String> = finding
        .suggestions
        .iter()
        .map(|one| format!("{{\"text\":{},\"safe\":{}}}", quoted(&one.text), one.safe))
        .collect();
    format!(
        "{{\"rule\":{},\"family\":{},\"level\":{},\"open\":{},{},\"sentence\":{{{}}},\"why\":{},\"suggestions\":[{}]}}",
        quoted(&finding.rule),
        quoted(finding.family.name()),
        quoted(finding.level.name()),
        finding.open,
        units.range(&finding.span),
        units.range(&finding.sentence),
        quoted(&finding.why),
        suggestions.join(",")
    )
}

fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            letter if letter.is_control() => {
                let _ = write!(out, "\\u{:04x}", u32::from(letter));
            }
            letter => out.push(letter),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::{json, quoted};
    use tone::{Checker, Voice};

    #[test]
    fn places_count_utf16_units_over_lines() {
        let checker = Checker::for_locale("en").unwrap();
        let found = json(&checker, "Hello 😀\nWe say “hi”. You must sign here.\n", Voice::Service);
        // 😀 is two units, each quotation mark one.
        assert!(found.contains("\"start\":22,\"end\":30,\"sentence\":{\"start\":22,\"end\":41}"), "{found}");
        assert!(found.contains("\"text\":\"Please sign here.\",\"safe\":true"), "{found}");
        assert_eq!(json(&checker, "Hello", Voice::Service), "[]");
    }

    #[test]
    fn what_json_reserves_is_escaped() {
        assert_eq!(quoted("a \"b\" \\ \u{1}"), r#""a \"b\" \\ \u0001""#);
    }
}
