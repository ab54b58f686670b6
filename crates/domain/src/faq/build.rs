//! Entries to tables, one after the other. Which fields count how much is decided here.

use super::concepts::{Concepts, is_light};
use super::tables::{Ids, Lists, hash};
use super::words::{Token, plain, split};
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
const ANSWER: Field = Field { weight: 0.7, words: 16.0 };
const CATEGORY: Field = Field { weight: 0.5, words: 2.0 };
/// How much a longer field's words are held to count less: 0 not at all, 1 in full.
const LENGTH: f32 = 0.5;
/// So many times as long as usual, and no longer: a word of a very long answer is still worth finding.
const LENGTH_MAX: f32 = 8.0;

/// One word of so many is known to be in every sentence, at least, where a language is known.
const LIGHT_ONE_OF: u32 = 4;

impl Default for Index {
    fn default() -> Self {
        Self {
            concepts: Concepts::new(),
            names: Ids::default(),
            words: Vec::new(),
            letters: String::new(),
            grams: Ids::default(),
            words_by_gram: Lists::default(),
            terms: Ids::default(),
            entries_by_term: Lists::default(),
            questions: Vec::new(),
            question_ends: Vec::new(),
            read: 0,
            read_light: 0,
        }
    }
}

impl Index {
    /// Reads the entries. Searches name them by their place in this slice.
    pub fn new(entries: &[Entry]) -> Self {
        let mut index = Self::default();
        index.build_some(entries, usize::MAX);
        index
    }

    /// Adds words that a company's customers use for one another. Entries that are read later take them in.
    pub fn add_synonyms<'a>(&mut self, words: impl Iterator<Item = &'a str>) {
        self.concepts.add_synonyms(words);
    }

    /// The same of a group as a person writes it: commas between the words, of which two may stand together.
    pub fn add_group(&mut self, group: &str) {
        let (mut words, mut word, mut gap) = (Vec::new(), String::new(), false);
        for c in group.chars().chain([',']) {
            if let Some(c) = plain(c) {
                if gap && !word.is_empty() {
                    word.push('_');
                }
                word.push(c);
                gap = false;
            } else {
                gap = true;
                if matches!(c, ',' | '，' | '、') && !word.is_empty() {
                    words.push(std::mem::take(&mut word));
                }
            }
        }
        self.add_synonyms(words.iter().map(String::as_str));
    }

    /// Goes on reading these entries where it stopped, for about so many bytes of text, and says whether all are read.
    /// A budget of 0 reads one entry. What is read so far can be searched.
    pub fn build_some(&mut self, entries: &[Entry], budget: usize) -> bool {
        let mut read = 0;
        while let Some(entry) = entries.get(self.len()) {
            self.add(entry);
            read += entry.question.len() + entry.answer.len();
            if read >= budget {
                break;
            }
        }
        self.len() >= entries.len()
    }

    /// How many entries have been read.
    pub fn len(&self) -> usize {
        self.question_ends.len()
    }

    /// Whether nothing has been read.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn add(&mut self, entry: &Entry) {
        let at = self.len() as u32;
        let question = split(&entry.question, &self.concepts);
        self.add_field(at, &question, &QUESTION);
        for token in &question {
            let term = self.terms.add(token.stem);
            self.questions.push((term, token.weight));
        }
        self.question_ends.push(self.questions.len() as u32);
        let mut tags = String::new();
        for tag in &entry.tags {
            tags.push_str(tag);
            tags.push('\n');
        }
        let answer = markup::plain(&entry.answer);
        for (text, field) in [(&tags, &TAGS), (&entry.category, &CATEGORY), (&answer, &ANSWER)] {
            let tokens = split(text, &self.concepts);
            self.add_field(at, &tokens, field);
        }
    }

    /// Adds the words of one field.
    fn add_field(&mut self, entry: u32, tokens: &[Token], field: &Field) {
        let length: f32 = tokens.iter().map(|token| token.weight).sum();
        let length = (length / field.words).min(LENGTH_MAX);
        let weight = field.weight / (1.0 - LENGTH + LENGTH * length);
        for token in tokens {
            let term = self.terms.add(token.stem);
            self.entries_by_term.push(term, entry, weight);
            // A phrase has no letters of its own.
            if !token.text.is_empty() {
                self.read += 1;
                self.read_light += u32::from(token.dense || is_light(token.weight));
                self.add_word(token, term);
            }
        }
    }

    /// Adds a word as it is written, with all that leads to it.
    fn add_word(&mut self, token: &Token, term: u32) {
        let word = self.names.add(hash(0, token.text.as_bytes()));
        if (word as usize) < self.words.len() {
            return;
        }
        self.letters.push_str(&token.text);
        self.words.push(Word { term, end: self.letters.len() as u32 });
        let mut grams = if token.dense { Vec::new() } else { pairs(&token.text) };
        for (start, c) in token.text.char_indices() {
            if start < BEGINNING_BYTES_MAX {
                grams.push(beginning(&token.text[..start + c.len_utf8()]));
            }
        }
        for gram in grams {
            let gram = self.grams.add(gram);
            self.words_by_gram.push(gram, word, 0.0);
        }
    }

    /// Whether the entries are in a language whose words are known here, by those that are in every sentence: more than
    /// two of five in English, hardly any in German. In a script without spaces they are.
    pub(super) fn knows_language(&self) -> bool {
        self.read_light * LIGHT_ONE_OF >= self.read
    }

    /// The terms of an entry's question, in order, with what they say.
    pub(super) fn question(&self, entry: usize) -> &[(u32, f32)] {
        let start = if entry == 0 { 0 } else { self.question_ends[entry - 1] as usize };
        &self.questions[start..self.question_ends[entry] as usize]
    }

    /// The letters of a word.
    pub(super) fn letters_of(&self, word: u32) -> &str {
        let word = word as usize;
        let start = if word == 0 { 0 } else { self.words[word - 1].end as usize };
        &self.letters[start..self.words[word].end as usize]
    }

    /// How much a word in so many entries tells them apart: the fewer, the more (BM25's idf, by a logarithm of our own,
    /// which is the same on every machine).
    pub(super) fn rarity(&self, within: usize) -> f32 {
        let all = self.len() as f32;
        let within = (within as f32).min(all);
        logarithm(1.0 + (all - within + 0.5) / (within + 0.5))
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

/// A logarithm to base 2, within a hundredth, for numbers of at least 1.
fn logarithm(number: f32) -> f32 {
    let bits = number.to_bits();
    let exponent = (bits >> 23) as f32 - 127.0;
    let mantissa = f32::from_bits((bits & 0x007F_FFFF) | 0x3F80_0000);
    exponent + (mantissa - 1.0) * (1.345 - 0.345 * (mantissa - 1.0))
}
