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

/// How many words of a text are written in Latin letters, how many characters are ideographs, and how many words are
/// in yet another script.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Words {
    pub latin: usize,
    pub ideographs: usize,
    pub other: usize,
}

/// Counts them. A syllable of a script without spaces counts as a word.
#[must_use]
pub fn words(text: &str) -> Words {
    let mut count = Words::default();
    let mut before = false;
    for letter in text.chars() {
        let syllable = matches!(u32::from(letter), 0x3040..=0x30FF | 0xAC00..=0xD7A3);
        let first = !before || syllable;
        before = letter.is_alphabetic() && !is_ideograph(letter) || before && matches!(letter, '\'' | '’');
        if is_ideograph(letter) {
            count.ideographs += 1;
        } else if letter.is_alphabetic() && first {
            let latin = matches!(u32::from(letter), 0..=0x24F | 0x1E00..=0x1EFF);
            *(if latin { &mut count.latin } else { &mut count.other }) += 1;
        }
    }
    count
}
