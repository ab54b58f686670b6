//! How well the right entries are found: MRR@10, Hit@3 and nDCG@10, by kind of query.

use std::collections::BTreeMap;

use crate::sets::Set;

/// Ranks beyond this one count as not found.
const DEPTH: usize = 10;

/// Sums over some queries.
#[derive(Clone, Copy, Debug, Default)]
pub struct Quality {
    pub queries: f64,
    reciprocal: f64,
    among_three: f64,
    gain: f64,
}

impl Quality {
    /// The mean of 1/rank of the first right entry.
    pub fn mrr(&self) -> f64 {
        self.reciprocal / self.queries
    }

    /// The share of queries with a right entry among the first three.
    pub fn hit3(&self) -> f64 {
        self.among_three / self.queries
    }

    /// The discounted gain of all right entries, as part of the best there could be.
    pub fn ndcg(&self) -> f64 {
        self.gain / self.queries
    }

    /// Adds a query: what was found, best first, and what is right.
    pub fn add(&mut self, found: &[String], right: &[String]) {
        let found = &found[..found.len().min(DEPTH)];
        let place = found.iter().position(|id| right.contains(id));
        let discount = |place: usize| 1.0 / (place as f64 + 2.0).log2();
        let places = found.iter().enumerate().filter(|(_, id)| right.contains(id));
        let best: f64 = (0..right.len().min(DEPTH)).map(discount).sum();
        self.queries += 1.0;
        self.reciprocal += place.map_or(0.0, |place| 1.0 / (place as f64 + 1.0));
        self.among_three += place.map_or(0.0, |place| if place < 3 { 1.0 } else { 0.0 });
        self.gain += places.map(|(place, _)| discount(place)).sum::<f64>() / best;
    }
}

/// By `all`, `kind:…` and `set:…`.
pub type Table = BTreeMap<String, Quality>;

/// Adds a set's results (a list of ids for each query) to a table; only queries of this half, all when it is empty.
pub fn add(table: &mut Table, set: &Set, found: &[Vec<String>], half: &str) {
    let dense = matches!(set.name.as_str(), "zh" | "ja" | "th");
    for (query, found) in set.queries.iter().zip(found) {
        if !half.is_empty() && query.half != half {
            continue;
        }
        // Languages without spaces are counted by themselves, for there are too few of each kind, and so is the large
        // FAQ, for its queries are those of the others.
        let rows = match (set.name.as_str(), dense) {
            ("together", _) => vec!["together".to_owned(), format!("together, {}", query.kind)],
            (name, true) => vec![format!("set:{name}"), "kind:no spaces".to_owned()],
            (name, false) => vec![format!("set:{name}"), format!("kind:{}", query.kind), "all".to_owned()],
        };
        for row in rows {
            table.entry(row).or_default().add(found, &query.ids);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(line: &str) -> Vec<String> {
        line.split_whitespace().map(str::to_owned).collect()
    }

    #[track_caller]
    fn check(found: &str, right: &str, expected: [f64; 3]) {
        let mut quality = Quality::default();
        quality.add(&ids(found), &ids(right));
        let real = [quality.mrr(), quality.hit3(), quality.ndcg()];
        assert!(real.iter().zip(expected).all(|(real, wanted)| (real - wanted).abs() < 0.001), "{real:?}");
    }

    #[test]
    fn ranks_count() {
        check("a b c", "a", [1.0, 1.0, 1.0]);
        check("b a c", "a", [0.5, 1.0, 0.631]);
        check("b c d a", "a", [0.25, 0.0, 0.431]);
        check("", "a", [0.0, 0.0, 0.0]);
        check("b c d e f g h i j k a", "a", [0.0, 0.0, 0.0]);
        check("a b c", "c a", [1.0, 1.0, 0.920]);
    }
}
