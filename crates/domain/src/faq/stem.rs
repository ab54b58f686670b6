//! Word forms of English: what is left of a word when its endings are taken off. Not a linguist's stem: two words only
//! have to end up alike when customers mean the same by them.

/// Endings, longer before shorter, each with how many letters have to be left at least.
const ENDINGS: [(&str, usize); 22] = [
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
];

/// The stem of a word in small letters. Words of other scripts and words with digits stay as they are.
pub(super) fn stem(word: &str) -> String {
    let mut stem = word.to_owned();
    if word.len() < 4 || !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return stem;
    }
    if stem.ends_with("ies") {
        stem.truncate(stem.len() - 3);
        stem.push('y');
    } else if stem.ends_with('s') && !stem.ends_with("ss") && !stem.ends_with("us") && !stem.ends_with("is") {
        stem.pop();
    }
    // Twice: a reservation's "reserv" in one step, "deliveries" and "helpfully" in two.
    for _ in 0..2 {
        for (ending, left) in ENDINGS {
            let kept = stem.len().saturating_sub(ending.len());
            if kept >= left && stem.ends_with(ending) && stem[..kept].contains(['a', 'e', 'i', 'o', 'u', 'y'])
            {
                stem.truncate(kept);
                break;
            }
        }
    }
    if stem.len() > 3 && stem.ends_with('e') {
        stem.pop();
    }
    let bytes = stem.as_bytes();
    if let [.., before, last] = bytes
        && before == last
        && stem.len() > 3
    {
        stem.pop();
    }
    if stem.ends_with('y') {
        stem.pop();
        stem.push('i');
    }
    stem
}
