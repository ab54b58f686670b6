//! What a script is like: whether it is written without spaces, and where its sentences end.

/// A character that is a word, or a part of one, without spaces around it.
#[must_use]
pub fn is_ideograph(letter: char) -> bool {
    matches!(u32::from(letter), 0x3400..=0x9FFF | 0xF900..=0xFAFF | 0x2_0000..=0x3_FFFF)
}

/// Marks that end a sentence.
#[must_use]
pub fn ends_sentence(mark: &str) -> bool {
    matches!(mark, "." | "!" | "?" | "…" | "\n")
}

/// Marks that end a clause, those of a sentence included.
#[must_use]
pub fn ends_clause(mark: &str) -> bool {
    ends_sentence(mark) || matches!(mark, "," | ";" | ":" | "-" | "(" | ")")
}
