//! Which of the entries that have to do with a query are shown for it. An entry that holds "sell" alone is no answer to
//! "do you sell parrots", and where nothing is one, a person is. The figures behind the rule are in `docs/answers.md`.

use std::ops::Range;

use super::near::is_story;
use super::search::Ranked;
use super::words::{Token, is_han};
use super::{Hit, Index};

/// Less than this of what is asked for is nothing.
const TOLD_MIN: f32 = 0.08;
/// So much of it an entry has to hold where the FAQ holds nothing of what matters in it.
const SURE_MIN: f32 = 0.22;
/// The same of a sentence, which is in words of the customer's own, of which an FAQ lacks most.
const SURE_SENTENCE_MIN: f32 = 0.12;
/// Who writes this much writes a sentence.
const SENTENCE_BYTES_MIN: usize = 36;
/// So much of what is asked for is missing in the FAQ where what matters is.
const LACKS: f32 = 0.4;
/// Of what is asked for, so many rare words count: an entry that holds one of ten in full holds enough.
const WORDS_COUNTED: f32 = 2.5;
/// Before so many letters are typed nobody knows what a word becomes.
const CHARS_MIN: usize = 4;

impl Index {
    /// Leaves out what does not hold enough of the query. For a story the nearest ones are shown whatever they hold. So they
    /// are where the language is not known: there a word that is missing may be there under another name.
    pub(super) fn cut(&self, query: &str, ranked: Ranked) -> Vec<Hit> {
        let Ranked { mut hits, lacks } = ranked;
        if self.knows_language() && !is_story(query) {
            let sure = if query.len() < SENTENCE_BYTES_MIN { SURE_MIN } else { SURE_SENTENCE_MIN };
            let least = if lacks < LACKS { TOLD_MIN } else { sure };
            hits.retain(|hit| hit.told >= least);
        }
        hits
    }
}

/// What a query says, read word by word, whether the FAQ holds it or not.
#[derive(Default)]
pub(super) struct Said {
    held: f32,
    lacking: f32,
    /// Where the last word ends that the FAQ holds.
    held_end: usize,
    /// What is lacking since then, as long as what follows may show that it was no word.
    open: f32,
    place: Range<usize>,
}

impl Said {
    /// Goes on to a word: what it says in full where the FAQ holds it, what a rare one says, and where the query ends.
    pub(super) fn take(&mut self, token: &Token, says: f32, rare: f32, end: usize) {
        let place = token.place.clone();
        if says > 0.0 {
            self.held += token.weight * says;
            // A word of a phrase and a pair of characters across the end of a word say nothing by themselves. One
            // Chinese character is no word, mostly, and two letters are none.
            let word = !token.dense || token.text.chars().count() > if han(token) { 1 } else { 2 };
            if word {
                if place.start < self.place.end {
                    self.open = 0.0;
                }
                self.held_end = self.held_end.max(place.end);
            }
            return;
        }
        let begun = place.end == end && (token.dense || token.text.chars().count() < CHARS_MIN);
        if begun || token.text.is_empty() || place.start < self.held_end {
            return;
        }
        if place.start != self.place.start {
            self.lacking += std::mem::take(&mut self.open);
        }
        self.open += token.weight * rare;
        self.place = place;
    }

    /// How much it says in all, of what a rare word says at most so many, and the part of it that the FAQ lacks.
    pub(super) fn all(&self, rare: f32) -> (f32, f32) {
        let lacking = self.lacking + self.open;
        let all = self.held + lacking;
        (all.min(rare * WORDS_COUNTED), lacking / all)
    }
}

/// Whether a piece of a script without spaces is one of characters, not of letters.
fn han(token: &Token) -> bool {
    token.text.chars().all(is_han)
}
