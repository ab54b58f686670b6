//! One query over the tables. How near a word has to be, and what nearness is worth, is decided here.

use super::build::{beginning, pairs, rarity};
use super::words::{Token, plain, split};
use super::{Hit, Index};
use crate::spelling;

/// The rest of a longer query is not read.
const QUERY_BYTES_MAX: usize = 4_000;
/// Where more of the same word in an entry stops to count (BM25's k1).
const SATURATION: f32 = 1.8;
/// Entries that fit less than this part of the best one are left out.
const FIT_MIN: f32 = 0.1;
/// What a word alike in meaning is worth.
const ALIKE: f32 = 0.7;
/// What a completed word is worth, when hardly begun and when almost whole.
const COMPLETED: (f32, f32) = (0.4, 0.95);
/// What a completed word is worth that is not the last one.
const COMPLETED_INSIDE: f32 = 0.7;
/// Words shorter than this are not corrected.
const CORRECTED_CHARS_MIN: usize = 4;

/// A term that may be meant by a word of the query.
struct Near {
    term: u32,
    /// How near it is: 1 is the word itself.
    worth: f32,
    /// It counts as at most so rare.
    rarity: f32,
}

impl Index {
    /// The entries that answer this best, best first, at most so many. The last word may be half-typed.
    pub fn search(&self, query: &str, limit: usize) -> Vec<Hit> {
        let mut scores = vec![0.0_f32; self.entries];
        let mut best = vec![0.0_f32; self.entries];
        let mut end = query.len().min(QUERY_BYTES_MAX);
        while !query.is_char_boundary(end) {
            end -= 1;
        }
        let query = &query[..end];
        let tokens = split(query, &self.english);
        let open = query.chars().next_back().is_some_and(|c| plain(c).is_some());
        for (at, token) in tokens.iter().enumerate() {
            if tokens[..at].iter().any(|earlier| earlier.stem == token.stem) {
                continue;
            }
            let last = open && at + 1 == tokens.len();
            for near in self.near(token, last) {
                self.keep_best(&near, &mut best);
            }
            for (score, own) in scores.iter_mut().zip(&mut best) {
                *score += token.weight * *own;
                *own = 0.0;
            }
        }
        top(&mut scores, limit)
    }

    /// Raises each entry's best match to what this term is worth there.
    fn keep_best(&self, near: &Near, best: &mut [f32]) {
        let worth = near.worth * near.rarity.min(self.rarity[near.term as usize]);
        // An entry stands in the list once for each time that the term is in it.
        let mut entry = u32::MAX;
        let mut total = 0.0;
        for &(next, weight) in self.entries_by_term.of(near.term) {
            total = if next == entry { total + weight } else { weight };
            entry = next;
            let own = &mut best[entry as usize];
            *own = own.max(worth * total / (total + SATURATION));
        }
    }

    /// The terms that may be meant by a word.
    fn near(&self, token: &Token, last: bool) -> Vec<Near> {
        let mut out = Vec::new();
        let mut rarity = f32::MAX;
        let known = self.terms.get(token.stem);
        if let Some(term) = known {
            rarity = self.rarity[term as usize];
            out.push(Near { term, worth: 1.0, rarity });
        }
        if let Some(id) = self.alike.get(token.stem) {
            let alike = self.terms_by_alike.of(id).iter();
            out.extend(alike.map(|&(term, _)| Near { term, worth: ALIKE, rarity }));
        }
        let chars = token.text.chars().count();
        if last || chars >= CORRECTED_CHARS_MIN {
            self.complete(token, chars, if last { 1.0 } else { COMPLETED_INSIDE }, &mut out);
        }
        if known.is_none() && chars >= CORRECTED_CHARS_MIN && !token.dense {
            self.correct(token, chars, &mut out);
        }
        out
    }

    /// Words that begin with this one. They count as one word: one that many entries complete differently says little.
    fn complete(&self, token: &Token, chars: usize, worth: f32, out: &mut Vec<Near>) {
        let Some(gram) = self.grams.get(beginning(&token.text)) else { return };
        let words = self.words_by_gram.of(gram);
        let terms = words.iter().map(|&(word, _)| self.words[word as usize].term);
        let within: usize = terms.map(|term| self.entries_by_term.of(term).len()).sum();
        let rarity = rarity(self.entries, within.min(self.entries));
        for &(word, _) in words {
            let whole = self.letters_of(word).chars().count();
            let part = chars as f32 / whole as f32;
            let worth = worth * (COMPLETED.0 + (COMPLETED.1 - COMPLETED.0) * part);
            out.push(Near { term: self.words[word as usize].term, worth, rarity });
        }
    }

    /// Words that share most pairs of letters with this one, or are a slip or two away.
    fn correct(&self, token: &Token, chars: usize, out: &mut Vec<Near>) {
        let mut shared = vec![0_u8; self.words.len()];
        let own = pairs(&token.text);
        for pair in &own {
            let list = self.grams.get(*pair).map_or(&[][..], |gram| self.words_by_gram.of(gram));
            for &(word, _) in list {
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
            let slips_max = if chars < 7 { 1 } else { 2 };
            let slips = spelling::distance(token.text.as_bytes(), letters.as_bytes(), slips_max);
            let worth = match slips {
                Some(slips) if letters.len() >= CORRECTED_CHARS_MIN => 0.9 - 0.15 * slips as f32,
                _ if alike >= 0.6 => alike * 0.7,
                _ => continue,
            };
            out.push(Near { term: self.words[word].term, worth, rarity: f32::MAX });
        }
    }

    /// The letters of a word.
    fn letters_of(&self, word: u32) -> &str {
        let word = word as usize;
        let start = if word == 0 { 0 } else { self.words[word - 1].end as usize };
        &self.letters[start..self.words[word].end as usize]
    }
}

/// The best scores, best first; of equals, the earlier entry.
fn top(scores: &mut [f32], limit: usize) -> Vec<Hit> {
    let mut out: Vec<Hit> = Vec::new();
    while out.len() < limit {
        let mut found = Hit { entry: 0, score: 0.0 };
        for (entry, &score) in scores.iter().enumerate() {
            if score > found.score {
                found = Hit { entry, score };
            }
        }
        let least = out.first().map_or(0.0, |first| first.score * FIT_MIN);
        if found.score <= least {
            break;
        }
        scores[found.entry] = 0.0;
        out.push(found);
    }
    out
}
