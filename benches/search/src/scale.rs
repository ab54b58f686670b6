//! Larger FAQs, made of the sets' entries with a product's name of their own each, so that the vocabulary grows with
//! the number of entries as it does in real ones. The same numbers always give the same FAQ.

use domain::faq::Entry;
use serde_json::{Value, json};

/// How many entries are measured.
pub const SIZES: [usize; 3] = [200, 2_000, 20_000];

/// So many entries, made of these.
pub fn grow(from: &[Entry], count: usize) -> Vec<Entry> {
    let mut out = Vec::with_capacity(count);
    for at in 0..count {
        let base = &from[at % from.len()];
        let other = &from[(at * 7 + 3) % from.len()];
        let name = product(at / from.len());
        let sentence = other.answer.split_inclusive(". ").next().unwrap_or_default();
        out.push(Entry {
            id: format!("{}-{at}", base.id),
            question: format!("{} {name}", base.question),
            answer: format!("{} {sentence} {name} {}", base.answer, product(at)),
            ..Entry::default()
        });
    }
    out
}

/// An invented name: three syllables for each number below 27,000.
fn product(number: usize) -> String {
    const FIRST: [&str; 30] = [
        "ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "na", "pe", "qui", "ro", "su", "ta",
        "ve", "wi", "xo", "zu", "bra", "cle", "dri", "flo", "gru", "pla", "tre", "sti", "spo", "blu",
    ];
    let syllable = |place: usize| FIRST[place % FIRST.len()];
    format!("{}{}{}", syllable(number), syllable(number / 30 + 7), syllable(number / 900 + number * 11))
}

/// The entries as a file that other programs read.
pub fn to_json(entries: &[Entry]) -> Value {
    let rows = entries
        .iter()
        .map(|entry| json!({"id": entry.id, "question": entry.question, "answer": entry.answer}));
    json!({ "entries": rows.collect::<Vec<_>>() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn entries_differ_and_come_out_alike() {
        let from = [Entry {
            id: "a".into(),
            question: "Why?".into(),
            answer: "So. Or so.".into(),
            ..Entry::default()
        }];
        let grown = grow(&from, 500);
        assert_eq!(grown, grow(&from, 500));
        let questions: BTreeSet<&str> = grown.iter().map(|entry| entry.question.as_str()).collect();
        let ids: BTreeSet<&str> = grown.iter().map(|entry| entry.id.as_str()).collect();
        assert_eq!(ids.len(), 500);
        assert!(questions.len() > 450, "{}", questions.len());
    }
}
