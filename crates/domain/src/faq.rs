//! Answers: entries and the search over them.
//!
//! The search understands customers, not only keywords: each word of a query finds the words of the FAQ that are the
//! same, of the same stem, completed, misspelt or alike in meaning, each as far as it is near; an entry's score is the
//! sum over the query's words of their best match in it (BM25F: question before tags before answer, rare words before
//! common ones), and more the fuller its question is met. Scripts without spaces are read as pairs of characters.
//! Everything is computed with the same plain arithmetic everywhere, so the browser and the command line give the same
//! order. The index grows entry by entry and can be searched at any time.

mod build;
mod concepts;
mod cut;
mod fit;
mod near;
mod search;
mod snippet;
mod stem;
mod tables;
mod words;

pub use snippet::{Marks, Piece};

use concepts::Concepts;
use tables::{Ids, Lists};

/// One question and its answer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entry {
    /// Id, unique in the file.
    pub id: String,
    /// The question in customers' words.
    pub question: String,
    /// The answer: a small Markdown subset (paragraphs, lists, emphasis, links), see [`crate::markup`].
    pub answer: String,
    /// Where it belongs; empty when nowhere.
    pub category: String,
    /// More words that customers use for it.
    pub tags: Vec<String>,
    /// Shown before anything is typed.
    pub popular: bool,
    /// Paths of pages on which it is shown first, each for all below it; `/` for the front page alone.
    pub pages: Vec<String>,
    /// Its language where that is not the one of the screen; empty otherwise.
    pub lang: String,
}

/// An entry that was found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    /// Its place among the entries that were indexed.
    pub entry: usize,
    /// How well it fits; only to be compared within one search.
    pub score: f32,
    /// How much of what the query says this entry holds; of a long one no more than a few words count.
    pub told: f32,
    /// How much of what the query's words could find at best, each where it fits best, this entry holds alone: up to 1.
    pub share: f32,
    /// How much of its question the query says, from nothing, 0, to all of it, 1.
    pub covered: f32,
}

/// A word of the FAQ as it is written there.
#[derive(Debug)]
struct Word {
    /// The term (stem) that it belongs to.
    term: u32,
    /// Where its letters end in `Index::letters`; they start where those of the word before end.
    end: u32,
}

/// Entries, ready to be searched.
#[derive(Debug)]
pub struct Index {
    concepts: Concepts,
    /// Every word as written, by its hash, each with its letters in `letters`.
    names: Ids,
    words: Vec<Word>,
    letters: String,
    /// Beginnings and pairs of letters, each leading to words.
    grams: Ids,
    words_by_gram: Lists,
    /// Stems, each leading to the entries it is in, with its weight there.
    terms: Ids,
    entries_by_term: Lists,
    /// The terms of each entry's question, in order, with what they say; each question starts where the one before ends.
    questions: Vec<(u32, f32)>,
    question_ends: Vec<u32>,
    /// How many words have been read, and how many of them are known to be in every sentence.
    read: u32,
    read_light: u32,
}
