//! One query over the tables: what each word of it is worth in each entry, and which entries come first.

use super::cut::Said;
use super::near::Near;
use super::tables::Ids;
use super::words::{Token, plain, split};
use super::{Hit, Index};

/// The rest of a longer query is not read.
const QUERY_BYTES_MAX: usize = 4_000;
/// Where more of the same word in an entry stops to count (BM25's k1).
const SATURATION: f32 = 1.5;
/// Entries that fit less than this part of the best one are left out.
const FIT_MIN: f32 = 0.1;
/// So many of the best entries are looked at again, to see how much of their question is met.
const CANDIDATES: usize = 32;
/// How much an entry gains whose question is met in full.
const COVERED: f32 = 0.6;

/// Entries that have to do with a query, best first.
pub(super) struct Ranked {
    pub(super) hits: Vec<Hit>,
    /// The part of what the query says that no entry holds at all.
    pub(super) lacks: f32,
}

impl Index {
    /// The entries that answer this best, best first, at most so many; none where none answers it. The last word may
    /// be half-typed.
    pub fn search(&self, query: &str, limit: usize) -> Vec<Hit> {
        let mut hits = self.cut(query, self.rank(query, limit.max(CANDIDATES)));
        hits.truncate(limit);
        hits
    }

    /// The entries that have to do with this, best first, at most so many.
    pub(super) fn rank(&self, query: &str, limit: usize) -> Ranked {
        let mut scores = vec![0.0_f32; self.len()];
        let mut best = vec![0.0_f32; self.len()];
        let mut touched: Vec<u32> = Vec::new();
        let mut met = vec![0.0_f32; self.terms.len()];
        let mut possible = 0.0;
        let (mut said, rare) = (Said::default(), self.rarity(1));
        for (token, last) in self.read(query) {
            let mut says = 0.0_f32;
            for near in self.near(&token, last, query) {
                let own = &mut met[near.term as usize];
                *own = own.max(near.worth);
                let full = self.says(&near);
                // What is half said or meant by another word counts for as much as it is near.
                says = says.max(full * near.worth);
                self.keep_best(near.term, full * near.worth, &mut best, &mut touched);
            }
            let mut most = 0.0_f32;
            for entry in touched.drain(..) {
                let entry = entry as usize;
                scores[entry] += token.weight * best[entry];
                most = most.max(best[entry]);
                best[entry] = 0.0;
            }
            possible += token.weight * most;
            said.take(&token, says, rare, query.len());
        }
        let (said, lacks) = said.all(rare);
        let hit = |(entry, &score): (usize, &f32)| Hit { entry, score, told: 0.0, share: 0.0, covered: 0.0 };
        let mut hits = top(scores.iter().enumerate().map(hit), limit.max(CANDIDATES));
        for hit in &mut hits {
            hit.told = hit.score / said;
            hit.share = hit.score / possible;
            hit.covered = self.covered(hit.entry, &met);
            hit.score *= 1.0 + COVERED * hit.covered;
        }
        let mut hits = top(hits.into_iter(), limit);
        let least = hits.first().map_or(0.0, |first| first.score * FIT_MIN);
        hits.retain(|hit| hit.score > least);
        Ranked { hits, lacks }
    }

    /// The words of a query, each once, and whether it may be half-typed.
    pub(super) fn read(&self, query: &str) -> impl Iterator<Item = (Token, bool)> {
        let query = bounded(query);
        let open = query.chars().next_back().is_some_and(|c| plain(c).is_some());
        let mut tokens = split(query, &self.concepts);
        let last = tokens.last().filter(|_| open).map_or(0, |token| token.stem);
        let mut seen = Ids::default();
        tokens.retain(|token| {
            let known = seen.len();
            seen.add(token.stem) as usize == known
        });
        tokens.into_iter().map(move |token| {
            let half = token.stem == last;
            (token, half)
        })
    }

    /// What a term says where it is the word itself: the rarer, the more.
    fn says(&self, near: &Near) -> f32 {
        near.rarity.min(self.rarity(self.entries_by_term.count(near.term)))
    }

    /// Raises each entry's best match to what this term is worth there.
    fn keep_best(&self, term: u32, worth: f32, best: &mut [f32], touched: &mut Vec<u32>) {
        for (entry, weight) in self.entries_by_term.of(term) {
            let own = &mut best[entry as usize];
            if *own == 0.0 {
                touched.push(entry);
            }
            *own = own.max(worth * weight / (weight + SATURATION));
        }
    }

    /// How much of an entry's question is met: 1 is all that it says.
    fn covered(&self, entry: usize, met: &[f32]) -> f32 {
        let (mut whole, mut part) = (0.0, 0.0);
        for &(term, weight) in self.question(entry) {
            let says = weight * self.rarity(self.entries_by_term.count(term));
            whole += says;
            part += says * met[term as usize];
        }
        if whole > 0.0 { part / whole } else { 0.0 }
    }
}

/// As much of a query as is read.
fn bounded(query: &str) -> &str {
    let mut end = query.len().min(QUERY_BYTES_MAX);
    while !query.is_char_boundary(end) {
        end -= 1;
    }
    &query[..end]
}

/// The best scores above 0, best first; of equals, the one that comes first.
fn top(hits: impl Iterator<Item = Hit>, limit: usize) -> Vec<Hit> {
    let mut out: Vec<Hit> = Vec::new();
    for one in hits {
        let least = if out.len() < limit { 0.0 } else { out.last().map_or(f32::MAX, |last| last.score) };
        if one.score > least {
            let place = out.iter().position(|hit| hit.score < one.score).unwrap_or(out.len());
            out.insert(place, one);
            out.truncate(limit);
        }
    }
    out
}
