//! Word forms of English: what is left of a word when its endings are taken off. Not a linguist's stem: two words only
//! have to end up alike when customers mean the same by them.

use super::tables::{go_on, hash};

/// Endings, longer before shorter, each with how many letters have to be left at least.
const ENDINGS: [(&str, usize); 24] = [
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
    ("est", 4),
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
    if !word.iter().all(u8::is_ascii_lowercase) {
        return hash(0, word);
    }
    let mut stem = word;
    if word.len() < 4 {
        // "bus" and "gas" are whole.
    } else if stem.ends_with(b"ies") {
        // "cities" and "city" both end up as "citi".
        stem = &stem[..stem.len() - 2];
    } else if let [start @ .., before, b's'] = word
        && !matches!(before, b's' | b'u' | b'i')
    {
        stem = &word[..start.len() + 1];
    }
    // Twice: "reservations" loses its ending in one step, "helpfully" in two, "transferred" becomes "transfer" between.
    for _ in 0..2 {
        for (ending, left) in ENDINGS {
            let kept = stem.len().saturating_sub(ending.len());
            let sounds = |start: &[u8]| start.iter().any(|byte| b"aeiouy".contains(byte));
            if kept >= left && stem.ends_with(ending.as_bytes()) && sounds(&stem[..kept]) {
                stem = &stem[..kept];
                break;
            }
        }
        if let [start @ .., b'e'] = stem
            && start.len() > 2
        {
            stem = start;
        }
        if let [start @ .., before, last] = stem
            && before == last
            && start.len() > 1
        {
            stem = &stem[..stem.len() - 1];
        }
    }
    match stem {
        [start @ .., b'y'] => hash(go_on(hash(0, start)), b"i"),
        _ => hash(0, stem),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(one: &str, other: &str, alike: bool) {
        assert_eq!(stem(one.as_bytes()) == stem(other.as_bytes()), alike, "{one}, {other}");
    }

    #[test]
    fn forms_of_a_word_meet() {
        check("cancel", "cancelling", true);
        check("cancelled", "cancellation", true);
        check("reserve", "reservations", true);
        check("delivery", "deliveries", true);
        check("deliver", "delivered", true);
        check("city", "cities", true);
        check("company", "companies", true);
        check("refund", "refundable", true);
        check("pay", "payment", true);
        check("buy", "buying", true);
        check("fee", "fees", true);
        check("replace", "replacements", true);
        check("transfer", "transferred", true);
        check("expire", "expiration", true);
        check("refuse", "refusal", true);
        check("charge", "charging", true);
        check("address", "addresses", true);
        check("box", "boxes", true);
        check("expire", "expired", true);
        check("bill", "billing", true);
        check("insurance", "insure", true);
    }

    #[test]
    fn other_words_do_not() {
        check("card", "care", false);
        check("order", "border", false);
        check("bus", "bu", false);
        check("ring", "r", false);
        check("退货", "退款", false);
        check("b2", "b2s", false);
        check("", "s", false);
    }
}
