//! Words that only one entry of an FAQ has: who types such a word has named the entry. Found by their first four
//! letters, so that no form of the word stands elsewhere.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::Result;
use domain::faq::{Entry, Index};

use crate::sets;

/// The FAQs with spaces between words.
const SETS: [&str; 7] = ["bank", "shop", "hotel", "demo", "library", "airline", "utility"];
/// So many letters tell words apart.
const LETTERS: usize = 4;
/// Where a right answer should be.
const FIRST: usize = 3;

/// How the entries with such words are found by them.
#[derive(Clone, Copy, Debug, Default)]
pub struct Single {
    pub words: u32,
    /// Those that find their entry first.
    pub first: u32,
    /// Those that find it among the first three.
    pub among_three: u32,
}

/// By FAQ. `told` hears of each word whose entry is not among the first three.
pub fn measure(folder: &Path, told: &mut dyn FnMut(&str, &str)) -> Result<BTreeMap<String, Single>> {
    let mut out: BTreeMap<String, Single> = BTreeMap::new();
    for set in SETS {
        let entries = sets::read_entries(&sets::file(folder, set))?;
        let index = Index::new(&entries);
        for (word, own) in words(&entries) {
            let place = index.search(&word, FIRST).iter().position(|hit| hit.entry == own);
            for row in [set, "all"] {
                let row = out.entry(row.to_owned()).or_default();
                row.words += 1;
                row.first += u32::from(place == Some(0));
                row.among_three += u32::from(place.is_some());
            }
            if place.is_none() {
                told(set, &word);
            }
        }
    }
    Ok(out)
}

/// The words whose first letters stand in one entry only, with its place.
fn words(entries: &[Entry]) -> BTreeMap<String, usize> {
    let mut places: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    let mut words = BTreeMap::new();
    for (at, entry) in entries.iter().enumerate() {
        let text = [&entry.question, &entry.answer, &entry.category, &entry.tags.join(" ")]
            .map(|text| text.to_lowercase())
            .join(" ");
        for word in text.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| word.len() >= LETTERS) {
            places.entry(word[..LETTERS].to_owned()).or_default().insert(at);
            words.insert(word.to_owned(), at);
        }
    }
    words.retain(|word, _| places[&word[..LETTERS]].len() == 1);
    words
}

/// Prints it.
pub fn print(rows: &BTreeMap<String, Single>) {
    println!("\n| words of one entry only | words | it comes first | among the first three |");
    println!("| --- | ---: | ---: | ---: |");
    for (name, row) in rows {
        let part = |count: u32| f64::from(count) * 100.0 / f64::from(row.words.max(1));
        println!(
            "| {name} | {} | {} ({:.1} %) | {} ({:.1} %) |",
            row.words,
            row.first,
            part(row.first),
            row.among_three,
            part(row.among_three)
        );
    }
}
