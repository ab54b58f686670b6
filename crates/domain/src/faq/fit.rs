//! Which entries fit what somebody wrote without asking for any: few and sure ones, for a wrong one offered to an angry
//! customer is worse than none. The figures behind the rule are in `docs/answers.md`.

use super::search::Ranked;
use super::words::is_dense;
use super::{Hit, Index};

/// A lead beyond this counts as this: an entry that stands alone is not surer than its own words make it.
const LEAD_MAX: f32 = 3.0;
/// Half of the pairs of characters in a question stand across the end of a word, and nobody says them elsewhere.
const WORDS_IN_PAIRS: f32 = 0.5;
/// How surely an entry has to fit: 1 is a rare word, with nothing else in text or question that points elsewhere.
const SURE_MIN: f32 = 1.0;

impl Index {
    /// The entries that surely fit a text, best first, at most so many; often none.
    pub fn fitting(&self, text: &str, limit: usize) -> Vec<usize> {
        let Ranked { hits, lacks } = self.rank(text, limit + 1);
        // A small FAQ has no rare words: what a word of one entry weighs is the measure.
        let rare = self.rarity(1);
        let words = if text.chars().any(is_dense) { WORDS_IN_PAIRS } else { 1.0 };
        let sure = |at: usize, hit: &Hit| {
            let rival = hits.get(usize::from(at == 0)).map_or(0.0, |rival| rival.score);
            let lead = (hit.score / rival).min(LEAD_MAX);
            let strong = hit.score / rare * lead * (1.0 - lacks);
            // That nothing points elsewhere is half as sure a sign as that much points here.
            let pure = hit.share * (hit.covered / words).min(1.0);
            strong * strong * pure >= SURE_MIN
        };
        let mut out = Vec::new();
        for (at, hit) in hits.iter().enumerate().take(limit) {
            if sure(at, hit) {
                out.push(hit.entry);
            }
        }
        out
    }
}
