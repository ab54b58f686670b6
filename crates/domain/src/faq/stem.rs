//! Word forms of English: what is left of a word when its endings are taken off. Not a linguist's stem: two words only
//! have to end up alike when customers mean the same by them.

use super::tables::{go_on, hash};

/// Endings, longer before shorter, each with how many letters have to be left at least.
const ENDINGS: [(&str, usize); 23] = [
    ("ization", 4),
    ("ation", 4),
    ("ition", 4),
    ("ement", 4),
    ("ment", 3),
    ("ance", 4),
    ("ence", 4),
    ("able", 4),
    ("ible", 4),
    ("ness", 4),
    ("less", 4),
    ("ing", 3),
    ("ion", 4),
    ("ity", 4),
    ("ate", 4),
    ("ful", 4),
    ("ed", 3),
    ("er", 4),
    ("or", 5),
    ("al", 5),
    ("ly", 4),
    ("y", 4),
    ("i", 4),
];

/// The hash of the stem of a word in small letters. Words of other scripts and words with digits are their own stems.
pub(super) fn stem(word: &[u8]) -> u32 {
    if word.len() < 4 || !word.iter().all(u8::is_ascii_lowercase) {
        return hash(0, word);
    }
    let mut stem = word;
    if stem.ends_with(b"ies") {
        // "cities" and "city" both end up as "citi".
        stem = &stem[..stem.len() - 2];
    } else if let [start @ .., before, b's'] = word
        && !matches!(before, b's' | b'u' | b'i')
    {
        stem = &word[..start.len() + 1];
    }
    // Twice: "reservations" loses its ending in one step, "helpfully" in two.
    for _ in 0..2 {
        for (ending, left) in ENDINGS {
            let kept = stem.len().saturating_sub(ending.len());
            if kept >= left
                && stem.ends_with(ending.as_bytes())
                && stem[..kept].iter().any(|byte| b"aeiouy".contains(byte))
            {
                stem = &stem[..kept];
                break;
            }
        }
    }
    match stem {
        [start @ .., b'e'] if start.len() > 2 => stem = start,
        _ => {}
    }
    match stem {
        [start @ .., b'y'] => hash(go_on(hash(0, start)), b"i"),
        [start @ .., before, last] if before == last && start.len() > 1 => hash(0, &stem[..stem.len() - 1]),
        _ => hash(0, stem),
    }
}
