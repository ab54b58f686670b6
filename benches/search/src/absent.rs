//! What is shown for what an FAQ does not answer: other goods, other matters, no words at all. Beside them stand
//! questions of the same form that it does answer, and all queries of the sets as somebody types them, letter by letter.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Result, bail};
use domain::faq::{Entry, Index};

use crate::sets::{self, NONE, Set};

/// What a list of answers shows.
const SHOWN_MAX: usize = 10;
/// Where a right answer should be.
const FIRST: usize = 3;

/// Counts over some queries.
#[derive(Clone, Copy, Debug, Default)]
pub struct Silence {
    /// Queries that no entry answers.
    pub absent: u32,
    /// Of those, the ones for which nothing was shown.
    pub silent: u32,
    /// What was shown for all of them.
    pub shown: u32,
    /// Queries that an entry answers.
    pub there: u32,
    /// Of those, the ones with it among the first three.
    pub found: u32,
}

impl Silence {
    /// The share of what is not answered for which nothing was shown.
    pub fn silence(&self) -> f64 {
        f64::from(self.silent) / f64::from(self.absent.max(1))
    }
}

/// By half, and by half and language. `told` hears of each query that something was shown for, or nothing right.
pub fn measure(
    folder: &Path,
    told: &mut dyn FnMut(&str, &str, &[&str]),
) -> Result<BTreeMap<String, Silence>> {
    let table = sets::text(&folder.join("sets/absent.tsv"))?;
    let mut out: BTreeMap<String, Silence> = BTreeMap::new();
    let mut faqs: BTreeMap<String, (Vec<Entry>, Index)> = BTreeMap::new();
    for line in table.lines().skip(1) {
        let [set, query, right, _kind, half] = line.split('\t').collect::<Vec<_>>()[..] else {
            bail!("absent.tsv: five cells in {line:?}")
        };
        if !faqs.contains_key(set) {
            let entries = sets::read_entries(&sets::file(folder, set))?;
            let index = Index::new(&entries);
            faqs.insert(set.to_owned(), (entries, index));
        }
        let (entries, index) = &faqs[set];
        if right != NONE && entries.iter().all(|entry| entry.id != right) {
            bail!("no {right} in {set}");
        }
        let found: Vec<&str> =
            index.search(query, SHOWN_MAX).iter().map(|hit| entries[hit.entry].id.as_str()).collect();
        let hit = found.iter().take(FIRST).any(|id| *id == right);
        let language = sets::language(set);
        for row in [half.to_owned(), format!("{half}, {language}")] {
            let row = out.entry(row).or_default();
            if right == NONE {
                row.absent += 1;
                row.silent += u32::from(found.is_empty());
                row.shown += found.len() as u32;
            } else {
                row.there += 1;
                row.found += u32::from(hit);
            }
        }
        if !hit && (right != NONE || !found.is_empty()) {
            told(half, &format!("{set} {query} ({right})"), &found);
        }
    }
    Ok(out)
}

/// Of all moments at which a query of a set is half-typed, those at which nothing is shown.
pub fn while_typing(all: &[Set]) -> (u32, u32) {
    let (mut moments, mut bare) = (0, 0);
    for set in all {
        let index = Index::new(&set.entries);
        for query in set.queries.iter().filter(|query| query.kind != "complaint") {
            for (end, _) in query.text.char_indices().skip(1) {
                moments += 1;
                bare += u32::from(index.search(&query.text[..end], 1).is_empty());
            }
        }
    }
    (moments, bare)
}

/// Prints it.
pub fn print(rows: &BTreeMap<String, Silence>, typing: (u32, u32)) {
    println!(
        "\n| not in the FAQ | queries | nothing shown | shown on average | in the FAQ | among the first three |"
    );
    println!("| --- | ---: | ---: | ---: | ---: | ---: |");
    for (row, found) in rows {
        println!(
            "| {row} | {} | {} ({:.0} %) | {:.1} | {} | {} |",
            found.absent,
            found.silent,
            found.silence() * 100.0,
            f64::from(found.shown) / f64::from(found.absent.max(1)),
            found.there,
            found.found
        );
    }
    println!("\nOf {} moments of typing the sets' queries, nothing is shown at {}.", typing.0, typing.1);
}
