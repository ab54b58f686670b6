//! Which terms of the FAQ a word of a query may mean. How near a word has to be, and what nearness is worth, is decided
//! here.

use super::Index;
use super::build::{beginning, pairs};
use super::concepts::{SAME, each_word};
use super::stem::stem;
use super::tables::hash;
use super::words::Token;
use crate::spelling;

/// What a completed word is worth, when hardly begun and when almost whole.
const COMPLETED: (f32, f32) = (0.4, 0.95);
/// What a completed word is worth that is not the last one.
const COMPLETED_INSIDE: f32 = 0.7;
/// Words shorter than this are not corrected, and no parts of others.
const CHARS_MIN: usize = 4;
/// What a word is worth that is a part of another one.
const PART: f32 = 0.6;
/// What is left of a word's worth when it is reached over a word that the FAQ does not hold.
const DETOUR: f32 = 0.8;

/// What is left of a guess's worth when an ending was taken off for it.
const FORM: f32 = 0.9;
/// Endings that are taken off for it.
const ENDINGS: [&str; 3] = ["s", "ed", "ing"];
/// A word that so few entries have names them.
const NAMED_MAX: usize = 2;
/// What is left of the worth of words alike in meaning beside a word that names its entry.
const BESIDE_NAME: f32 = 0.5;
/// The same where a few other words tell too which entry is meant.
const BESIDE_NAME_AMONG_FEW: f32 = 0.7;
/// What a guess is worth in a story: among so many words some look like words of the FAQ and are others.
const GUESSED: f32 = 0.5;
/// Who writes this much tells a story.
const STORY_BYTES_MIN: usize = 100;

/// Whether a query tells a story, of which most is in no FAQ.
pub(super) fn is_story(query: &str) -> bool {
    query.len() >= STORY_BYTES_MIN
}

/// A term that may be meant by a word of the query.
pub(super) struct Near {
    pub(super) term: u32,
    /// How near it is: 1 is the word itself.
    pub(super) worth: f32,
    /// It counts as at most so rare.
    pub(super) rarity: f32,
    /// Whether a reader sees in it what was asked for.
    pub(super) seen: bool,
}

impl Index {
    /// The terms that may be meant by a word of this query; the last one may be half-typed.
    pub(super) fn near(&self, token: &Token, last: bool, query: &str) -> Vec<Near> {
        let mut out = Vec::new();
        let (mut rarity, mut alike) = (f32::MAX, 1.0);
        let known = self.terms.get(token.stem);
        if let Some(term) = known {
            let within = self.entries_by_term.count(term);
            rarity = self.rarity(within);
            // A form that no entry has names none, and pieces of scripts without spaces are no words.
            if !token.dense && within <= NAMED_MAX && self.names.get(hash(0, token.text.as_bytes())).is_some()
            {
                let among_few = query.trim().contains(' ') && !is_story(query);
                alike = if among_few { BESIDE_NAME_AMONG_FEW } else { BESIDE_NAME };
            }
            out.push(Near { term, worth: 1.0, rarity, seen: true });
        }
        self.alike(token.stem, alike, rarity, &mut out);
        let chars = token.text.chars().count();
        if chars > 0 && (last || chars >= CHARS_MIN) {
            self.complete(token, chars, if last { 1.0 } else { COMPLETED_INSIDE }, &mut out);
        }
        if chars >= CHARS_MIN && known.is_none() && !token.dense {
            let trust = if is_story(query) && self.knows_language() { GUESSED } else { 1.0 };
            self.correct(&token.text, chars, trust, &mut out);
            // "Praking" is nearer to "park" than it looks.
            if let Some(start) = token.text.strip_suffix("ing").filter(|start| start.len() >= CHARS_MIN) {
                self.correct(start, chars - 3, trust * FORM, &mut out);
            }
            if trust == 1.0 && !self.concepts.knows(token.stem) {
                let begun = last && out.is_empty();
                self.detour(&token.text, chars, 1.0, begun, &mut out);
                // The lists hold "park" alone, and "parrking" is none of its forms.
                for ending in ENDINGS {
                    let start = token.text.strip_suffix(ending).filter(|start| start.len() >= CHARS_MIN);
                    if let Some(start) = start {
                        self.detour(start, chars - ending.len(), FORM, false, &mut out);
                    }
                }
            }
        }
        out
    }

    /// Words alike in meaning.
    fn alike(&self, stem: u32, worth: f32, rarity: f32, out: &mut Vec<Near>) {
        self.concepts.each_alike(stem, &mut |other, near| {
            if let Some(term) = self.terms.get(other) {
                out.push(Near { term, worth: worth * near, rarity, seen: near >= SAME });
            }
        });
    }

    /// Words that begin with this one. They count as one word: one that many entries complete differently says little.
    fn complete(&self, token: &Token, chars: usize, worth: f32, out: &mut Vec<Near>) {
        let Some(gram) = self.grams.get(beginning(&token.text)) else { return };
        let words = self.words_by_gram.of(gram);
        let terms = words.map(|(word, _)| self.words[word as usize].term);
        let rarity = self.rarity(terms.map(|term| self.entries_by_term.count(term)).sum());
        for (word, _) in self.words_by_gram.of(gram) {
            let whole = self.letters_of(word).chars().count();
            let part = chars as f32 / whole as f32;
            let worth = worth * (COMPLETED.0 + (COMPLETED.1 - COMPLETED.0) * part);
            out.push(Near { term: self.words[word as usize].term, worth, rarity, seen: true });
        }
    }

    /// Words that share most pairs of letters with this one, are a slip or two away, or are its parts.
    fn correct(&self, text: &str, chars: usize, trust: f32, out: &mut Vec<Near>) {
        let mut shared = vec![0_u8; self.words.len()];
        let own = pairs(text);
        for pair in &own {
            let Some(gram) = self.grams.get(*pair) else { continue };
            for (word, _) in self.words_by_gram.of(gram) {
                shared[word as usize] = shared[word as usize].saturating_add(1);
            }
        }
        for (word, &count) in shared.iter().enumerate() {
            // Most words share next to nothing.
            if usize::from(count) * 3 < own.len() {
                continue;
            }
            let letters = self.letters_of(word as u32);
            let alike = 2.0 * f32::from(count) / (own.len() + letters.chars().count() + 1) as f32;
            let worth = match slips(text.as_bytes(), chars, letters.as_bytes()) {
                Some(worth) => worth,
                None if letters.len() >= CHARS_MIN
                    && (text.starts_with(letters) || text.ends_with(letters)) =>
                {
                    PART
                }
                None if letters.len() >= CHARS_MIN && alike >= 0.6 => alike * 0.7,
                None => continue,
            };
            out.push(Near {
                term: self.words[word].term,
                worth: worth * trust,
                rarity: f32::MAX,
                seen: true,
            });
        }
    }

    /// What was probably meant and words alike in meaning to it, when the word is none that the search knows.
    fn detour(&self, text: &str, chars: usize, trust: f32, begun: bool, out: &mut Vec<Near>) {
        let own = text.as_bytes();
        each_word(&mut |word| {
            // Hardly anybody mistypes the first letter, and most words are passed over by it.
            if word.first() == own.first() {
                let worth =
                    if begun && word.starts_with(own) { Some(DETOUR) } else { slips(own, chars, word) };
                if let Some(worth) = worth {
                    let (stem, worth) = (stem(word), worth * trust * DETOUR);
                    if let Some(term) = self.terms.get(stem) {
                        out.push(Near { term, worth: worth * SAME, rarity: f32::MAX, seen: true });
                    }
                    self.alike(stem, worth, f32::MAX, out);
                }
            }
        });
    }
}

/// What a word is worth that is a slip or two away from another one.
fn slips(word: &[u8], chars: usize, other: &[u8]) -> Option<f32> {
    let slips_max = if chars < 7 { 1 } else { 2 };
    let slips = spelling::distance(word, other, slips_max)?;
    (other.len() >= CHARS_MIN).then_some(0.9 - 0.15 * slips as f32)
}
