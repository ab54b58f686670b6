//! The nearest known name to one that is not known, for the "did you mean" of config messages.

/// A longer name is not compared: nobody mistypes one of these.
const NAME_BYTES_MAX: usize = 64;

/// The known name that was probably meant: the same but for case, dashes and underscores, or few typing slips away
/// (a third of the letters, at least one). The first of equals. `None` when nothing is near.
pub fn nearest<'a>(word: &str, candidates: &[&'a str]) -> Option<&'a str> {
    let word = folded(word);
    let mut best = None;
    // A name of one letter has no near ones but itself.
    let mut bound = (word.len() / 3).max(1).min(word.len().saturating_sub(1));
    for &candidate in candidates {
        let Some(found) = distance(&word, &folded(candidate), bound) else {
            continue;
        };
        if found == 0 {
            return Some(candidate);
        }
        if best.is_none() || found < bound {
            (best, bound) = (Some(candidate), found);
        }
    }
    best
}

/// How many slips apart two names are: a letter more, less, another, or two in the wrong order. `None` above the bound.
#[inline(always)] // It goes with each part that compares: one for all of them would come with every screen.
pub fn distance(left: &[u8], right: &[u8], bound: usize) -> Option<usize> {
    if left.len().abs_diff(right.len()) > bound || left.len().max(right.len()) > NAME_BYTES_MAX {
        return None;
    }
    // Three rows of the table are enough: this one, the one above, and the one above that for swapped letters.
    let mut rows = [[0_usize; NAME_BYTES_MAX + 1]; 3];
    for (column, cell) in rows[0].iter_mut().enumerate() {
        *cell = column;
    }
    for i in 1..=left.len() {
        let (now, above, higher) = (i % 3, (i + 2) % 3, (i + 1) % 3);
        rows[now][0] = i;
        for j in 1..=right.len() {
            let other = usize::from(left[i - 1] != right[j - 1]);
            let mut least = (rows[above][j - 1] + other).min(rows[above][j] + 1).min(rows[now][j - 1] + 1);
            if i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1] {
                least = least.min(rows[higher][j - 2] + 1);
            }
            rows[now][j] = least;
        }
    }
    let found = rows[left.len() % 3][right.len()];
    (found <= bound).then_some(found)
}

/// Small letters without what is between the words of a name.
fn folded(name: &str) -> Vec<u8> {
    let mut letters = Vec::new();
    for byte in name.bytes() {
        if !matches!(byte, b'_' | b'-' | b' ' | b'.') {
            letters.push(byte.to_ascii_lowercase());
        }
    }
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEYS: [&str; 9] =
        ["company", "endpoint", "locale", "texts", "theme", "surveys", "respond_within", "faq", "email"];

    #[track_caller]
    fn check(word: &str, expected: Option<&str>) {
        assert_eq!(nearest(word, &KEYS), expected, "{word}");
    }

    #[test]
    fn names_that_were_meant() {
        check("endpont", Some("endpoint"));
        check("endpiont", Some("endpoint"));
        check("end-point", Some("endpoint"));
        check("EndPoint", Some("endpoint"));
        check("lcoale", Some("locale"));
        check("locales", Some("locale"));
        check("respondWithin", Some("respond_within"));
        check("respond-whitin", Some("respond_within"));
        check("fqa", Some("faq"));
        check("faqs", Some("faq"));
        check("e_mail", Some("email"));
        check("thme", Some("theme"));
        check("survey", Some("surveys"));
        check("compagnie", Some("company"));
    }

    #[test]
    fn names_that_are_far() {
        check("", None);
        check("x", None);
        check("launcher", None);
        check("color", None);
        check("语言", None);
        check(&"endpoint".repeat(20), None);
    }

    #[track_caller]
    fn check_distance(left: &str, right: &str, expected: Option<usize>) {
        assert_eq!(distance(left.as_bytes(), right.as_bytes(), 3), expected);
        assert_eq!(distance(right.as_bytes(), left.as_bytes(), 3), expected);
    }

    #[test]
    fn distances() {
        check_distance("", "", Some(0));
        check_distance("", "abc", Some(3));
        check_distance("abc", "abc", Some(0));
        check_distance("abc", "acb", Some(1));
        check_distance("abcd", "badc", Some(2));
        check_distance("kitten", "sitting", Some(3));
        check_distance("kitten", "knitted", Some(2));
        check_distance("kitten", "mitigate", None);
        check_distance(&"a".repeat(64), &"a".repeat(64), Some(0));
        check_distance(&"a".repeat(65), &"a".repeat(65), None);
    }
}
