//! What the search knows of language: words that say little, and words that customers use for one another.
//! General words of shops, banks, travel and services; a company's own words belong into its entries' tags, or are
//! given to the index as groups of their own.

use super::stem::stem;
use super::tables::{Ids, Lists, go_on, hash};

/// First line: words that turn a meaning round. Then words in every sentence.
const LIGHT: &str = include_str!("words/light.txt");
/// Words that say a little: question words, for "how long" is not "where"; times, numbers and feelings, of which
/// complaints are full.
const FAINT: &str = include_str!("words/faint.txt");
/// A concept on each line: words that customers use for one another, with semicolons between them if they are kinds of
/// one thing; and behind a colon words that come to mind with them. Two words that stand for one are joined by `_`.
const ALIKE: &str = include_str!("words/alike.txt");
/// The same of scripts without spaces, in pairs of characters.
const DENSE: &str = include_str!("words/dense.txt");

/// What a word in every sentence weighs.
const LIGHT_WEIGHT: f32 = 0.05;
/// What a word that says a little weighs.
const FAINT_WEIGHT: f32 = 0.25;
/// What a word of the same concept is worth.
pub(super) const SAME: f32 = 0.85;
/// What a word for another kind of the same thing is worth: found as the same is, yet another thing to a reader.
const KIND: f32 = 0.7;
/// What a word that only comes to mind is worth.
const NEAR: f32 = 0.5;

/// The lists above, ready to be asked.
#[derive(Debug)]
pub(super) struct Concepts {
    weak: Ids,
    nots: u32,
    light: u32,
    /// Stems of the words in concepts, each leading to its concepts.
    stems: Ids,
    concepts_by_stem: Lists,
    /// Each concept's stems: their hashes with their worth.
    stems_by_concept: Lists,
    concepts: u32,
    phrases: Ids,
}

impl Concepts {
    pub(super) fn new() -> Self {
        let mut out = Self {
            weak: Ids::default(),
            nots: 0,
            light: 0,
            stems: Ids::default(),
            concepts_by_stem: Lists::default(),
            stems_by_concept: Lists::default(),
            concepts: 0,
            phrases: Ids::default(),
        };
        let mut ends = [0; 2];
        let mut lines = 0;
        each(LIGHT, &mut |word, end| {
            out.weak.add(hash(0, word));
            if end == b'\n' {
                ends[lines] = out.weak.len() as u32;
                lines += 1;
            }
        });
        each(FAINT, &mut |word, _| {
            out.weak.add(hash(0, word));
        });
        [out.nots, out.light] = ends;
        for list in [ALIKE, DENSE] {
            let mut worth = SAME;
            each(list, &mut |word, end| {
                if end == b';' {
                    worth = KIND;
                }
                out.add(word, worth);
                match end {
                    b':' => worth = NEAR,
                    b'\n' => {
                        worth = SAME;
                        out.concepts += 1;
                    }
                    _ => {}
                }
            });
        }
        out
    }

    /// Adds a concept of words that mean the same. Words joined by `_` are a phrase of two.
    pub(super) fn add_synonyms<'a>(&mut self, words: impl Iterator<Item = &'a str>) {
        for word in words {
            self.add(word.as_bytes(), SAME);
        }
        self.concepts += 1;
    }

    /// Adds a word to the concept that is being read.
    fn add(&mut self, word: &[u8], worth: f32) {
        let mut own = stem(word);
        if let Some(place) = word.iter().position(|byte| *byte == b'_') {
            own = phrase(stem(&word[..place]), stem(&word[place + 1..]));
            self.phrases.add(own);
        }
        let id = self.stems.add(own);
        self.concepts_by_stem.push(id, self.concepts, worth);
        self.stems_by_concept.push(self.concepts, own, worth);
    }

    /// Hands over the stems alike in meaning to this one, each with its worth. Some come twice.
    pub(super) fn each_alike(&self, stem: u32, take: &mut dyn FnMut(u32, f32)) {
        let Some(id) = self.stems.get(stem) else { return };
        for (concept, own) in self.concepts_by_stem.of(id) {
            for (other, worth) in self.stems_by_concept.of(concept) {
                // Two words that come to mind with a third need not have to do with each other.
                if other != stem && own + worth > 2.0 * NEAR {
                    take(other, own.min(worth));
                }
            }
        }
    }

    /// Whether this stem is one that customers' requests are made of.
    pub(super) fn knows(&self, stem: u32) -> bool {
        self.stems.get(stem).is_some()
    }

    /// How much a word says.
    pub(super) fn weight(&self, word: &str) -> f32 {
        if word.bytes().all(|byte| byte.is_ascii_digit()) {
            return FAINT_WEIGHT;
        }
        match self.weak.get(hash(0, word.as_bytes())) {
            None => 1.0,
            Some(id) if id < self.light => LIGHT_WEIGHT,
            Some(_) => FAINT_WEIGHT,
        }
    }

    /// Whether a word turns the meaning round.
    pub(super) fn is_not(&self, word: &str) -> bool {
        self.weak.get(hash(0, word.as_bytes())).is_some_and(|id| id < self.nots)
    }

    /// Whether a phrase stands for one word.
    pub(super) fn is_phrase(&self, phrase: u32) -> bool {
        self.phrases.get(phrase).is_some()
    }
}

/// Each word of the concepts; phrases are among them.
pub(super) fn each_word(take: &mut dyn FnMut(&[u8])) {
    each(ALIKE, &mut |word, _| take(word));
}

/// Each word of a list, with the sign behind it.
fn each(list: &str, take: &mut dyn FnMut(&[u8], u8)) {
    let list = list.as_bytes();
    let mut start = 0;
    for (at, &byte) in list.iter().enumerate() {
        if matches!(byte, b' ' | b';' | b':' | b'\n') {
            take(&list[start..at], byte);
            start = at + 1;
        }
    }
}

/// Whether a word that weighs this much is in every sentence.
pub(super) fn is_light(weight: f32) -> bool {
    weight <= LIGHT_WEIGHT
}

/// The stem of two words that stand for one, from theirs.
pub(super) fn phrase(first: u32, second: u32) -> u32 {
    hash(go_on(first), &second.to_le_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(one: &str, other: &str, expected: f32) {
        let mut best = 0.0_f32;
        Concepts::new().each_alike(stem(one.as_bytes()), &mut |alike, worth| {
            if alike == stem(other.as_bytes()) {
                best = best.max(worth);
            }
        });
        assert_eq!(best, expected, "{one}, {other}");
    }

    #[test]
    fn words_lead_to_words() {
        check("refund", "reimbursement", SAME);
        check("reimbursed", "refund", SAME);
        check("refund", "returns", NEAR);
        check("returns", "refund", NEAR);
        check("refund", "refund", 0.0);
        check("refund", "pool", 0.0);
        check("zzz", "refund", 0.0);
        check("boots", "coats", KIND);
        check("boots", "shoe", SAME);
    }

    #[test]
    fn words_that_come_to_mind_with_a_third_are_strangers() {
        let mut concepts = Concepts::new();
        for (word, worth) in [("aaa", SAME), ("bbb", NEAR), ("ccc", NEAR)] {
            concepts.add(word.as_bytes(), worth);
        }
        let mut found = Vec::new();
        concepts.each_alike(stem(b"bbb"), &mut |alike, worth| found.push((alike, worth)));
        assert_eq!(found, [(stem(b"aaa"), NEAR)]);
    }

    #[test]
    fn the_lists_hold_what_can_be_found() {
        for line in ALIKE.lines().chain(DENSE.lines()) {
            let words = line.split([' ', ';', ':']).count();
            assert!(words > 1, "{line:?} leads nowhere");
            // A stem that comes twice in a row would count double.
            let mut stems: Vec<Vec<u32>> = Vec::new();
            for word in line.split([' ', ';', ':']) {
                stems.push(word.split('_').map(|part| stem(part.as_bytes())).collect());
            }
            let twice = stems.windows(2).find(|pair| pair[0] == pair[1]);
            assert!(twice.is_none(), "{line:?}: the same twice");
            assert!(line.split([' ', ';', ':']).all(|word| !word.is_empty()), "{line:?}");
            assert!(
                line.split([' ', ';', ':']).all(|word| word.matches('_').count() < 2),
                "{line:?}: of three words"
            );
        }
        assert!(
            [LIGHT, FAINT, ALIKE, DENSE].iter().all(|list| list.ends_with('\n')),
            "a word without an end"
        );
        for word in LIGHT.split_ascii_whitespace().chain(FAINT.split_ascii_whitespace()) {
            assert!(word.bytes().all(|byte| byte.is_ascii_lowercase()), "{word}");
        }
    }
}
