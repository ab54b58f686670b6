//! Entries to tables, once. Which fields count how much is decided here.

use super::english::{self, English};
use super::tables::{Ids, Lists, hash};
use super::words::{Token, split};
use super::{Entry, Index, Word};
use crate::markup;

/// Hashed in front of a beginning of a word, so that it is no pair of letters.
const BEGINNING: u32 = 0x5EED;
/// Hashed in front of a pair of letters.
const PAIR: u32 = 0xFACE;
/// Longer beginnings are not kept: so much of a word is typed when the word is found otherwise.
const BEGINNING_BYTES_MAX: usize = 14;

/// How much a field counts, and how long it is on average, in words that say something.
struct Field {
    weight: f32,
    words: f32,
}

const QUESTION: Field = Field { weight: 3.0, words: 4.0 };
const TAGS: Field = Field { weight: 2.5, words: 4.0 };
const ANSWER: Field = Field { weight: 0.6, words: 16.0 };
const CATEGORY: Field = Field { weight: 0.5, words: 2.0 };
/// How much a longer field's words are held to count less: 0 not at all, 1 in full.
const LENGTH: f32 = 0.5;

/// The rows that become tables.
#[derive(Default)]
struct Rows {
    names: Ids,
    words: Vec<Word>,
    letters: String,
    grams: Ids,
    words_by_gram: Vec<(u32, u32, f32)>,
    terms: Ids,
    entries_by_term: Vec<(u32, u32, f32)>,
}

impl Index {
    /// Reads the entries. Later searches name them by their place in this slice.
    pub fn new(entries: &[Entry]) -> Self {
        let english = English::new();
        let mut rows = Rows::default();
        for (at, entry) in entries.iter().enumerate() {
            let mut tags = String::new();
            for tag in &entry.tags {
                tags.push_str(tag);
                tags.push('\n');
            }
            let answer = markup::plain(&entry.answer);
            let fields = [
                (&entry.question, &QUESTION),
                (&tags, &TAGS),
                (&entry.category, &CATEGORY),
                (&answer, &ANSWER),
            ];
            for (text, field) in fields {
                rows.add(at as u32, &split(text, &english), field);
            }
        }
        let entries_by_term = Lists::new(rows.terms.len(), &rows.entries_by_term);
        let within = |term| entries_in(entries_by_term.of(term as u32));
        let rarity = (0..rows.terms.len()).map(|term| rarity(entries.len(), within(term)));
        let (alike, terms_by_alike) = alike(&rows.terms);
        Self {
            entries: entries.len(),
            english,
            rarity: rarity.collect(),
            words_by_gram: Lists::new(rows.grams.len(), &rows.words_by_gram),
            words: rows.words,
            letters: rows.letters,
            grams: rows.grams,
            terms: rows.terms,
            entries_by_term,
            alike,
            terms_by_alike,
        }
    }
}

impl Rows {
    /// Adds the words of one field.
    fn add(&mut self, entry: u32, tokens: &[Token], field: &Field) {
        let length: f32 = tokens.iter().map(|token| token.weight).sum();
        let weight = field.weight / (1.0 - LENGTH + LENGTH * length / field.words);
        for token in tokens {
            let term = self.terms.add(token.stem);
            self.entries_by_term.push((term, entry, weight));
            let word = self.names.add(hash(0, token.text.as_bytes()));
            if word as usize == self.words.len() {
                self.letters.push_str(&token.text);
                self.words.push(Word { term, end: self.letters.len() as u32 });
                let mut grams = if token.dense { Vec::new() } else { pairs(&token.text) };
                for (start, c) in token.text.char_indices() {
                    if start < BEGINNING_BYTES_MAX {
                        grams.push(beginning(&token.text[..start + c.len_utf8()]));
                    }
                }
                for gram in grams {
                    self.words_by_gram.push((self.grams.add(gram), word, 0.0));
                }
            }
        }
    }
}

/// The hash under which words with this beginning are found.
pub(super) fn beginning(text: &str) -> u32 {
    hash(BEGINNING, text.as_bytes())
}

/// The hashes of a word's pairs of letters (bytes, to be exact), its edges among them; each pair once.
pub(super) fn pairs(word: &str) -> Vec<u32> {
    let mut out = Vec::with_capacity(word.len() + 1);
    let mut before = b' ';
    for &byte in word.as_bytes().iter().chain(b" ") {
        let gram = hash(PAIR, &[before, byte]);
        if !out.contains(&gram) {
            out.push(gram);
        }
        before = byte;
    }
    out
}

/// How much a word tells entries apart: the fewer it is in, the more (BM25's idf, by a logarithm of our own, which is
/// the same on every machine).
pub(super) fn rarity(entries: usize, within: usize) -> f32 {
    let (all, within) = (entries as f32, within as f32);
    logarithm(1.0 + (all - within + 0.5) / (within + 0.5))
}

/// How many entries there are in a term's list, where an entry stands once for each time.
fn entries_in(list: &[(u32, f32)]) -> usize {
    let mut within = 0;
    let mut last = u32::MAX;
    for &(entry, _) in list {
        within += usize::from(entry != last);
        last = entry;
    }
    within
}

/// A logarithm to base 2, within a hundredth, for numbers of at least 1.
fn logarithm(number: f32) -> f32 {
    let bits = number.to_bits();
    let exponent = (bits >> 23) as f32 - 127.0;
    let mantissa = f32::from_bits((bits & 0x007F_FFFF) | 0x3F80_0000);
    exponent + (mantissa - 1.0) * (1.345 - 0.345 * (mantissa - 1.0))
}

/// Words alike in meaning: stems, and for each the terms of the FAQ in its groups.
fn alike(terms: &Ids) -> (Ids, Lists) {
    let mut ids = Ids::default();
    let mut rows = Vec::new();
    english::each_group(&mut |stems| {
        for own in stems {
            let id = ids.add(*own);
            for other in stems {
                if let Some(term) = terms.get(*other).filter(|_| own != other) {
                    rows.push((id, term, 0.0));
                }
            }
        }
    });
    let lists = Lists::new(ids.len(), &rows);
    (ids, lists)
}
