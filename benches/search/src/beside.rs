//! What is offered beside a complaint while it is written: of that, how much fits, and how often something that fits is
//! offered. Who wrote the texts also said what fits each of them, before anything was offered.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result};
use domain::faq::Index;
use domain::limits::SUGGESTIONS_MAX;

use crate::sets::{self, NONE};

/// Counts over some texts.
#[derive(Clone, Copy, Debug, Default)]
pub struct Offers {
    pub texts: u32,
    /// Texts that some answer fits.
    pub answerable: u32,
    /// Answers offered in all.
    pub offered: u32,
    /// Of those, answers that fit.
    pub fitting: u32,
    /// Texts beside which one that fits was offered.
    pub helped: u32,
    /// Texts beside which nothing that fits was offered, yet something else.
    pub misled: u32,
}

impl Offers {
    /// The share of what is offered that fits.
    pub fn precision(&self) -> f64 {
        f64::from(self.fitting) / f64::from(self.offered.max(1))
    }

    fn add(&mut self, offered: &[&str], right: &[&str]) {
        let fitting = offered.iter().filter(|id| right.contains(id)).count() as u32;
        self.texts += 1;
        self.answerable += u32::from(!right.is_empty());
        self.offered += offered.len() as u32;
        self.fitting += fitting;
        self.helped += u32::from(fitting > 0);
        self.misled += u32::from(fitting == 0 && !offered.is_empty());
    }
}

/// Who is told of a text: its half, the text, what was offered, what fits.
pub type Told<'a> = &'a mut dyn FnMut(&str, &str, &[&str], &[&str]);

/// By half, and by half and FAQ. `told` hears of each text that something was offered beside.
pub fn measure(folder: &Path, told: Told<'_>) -> Result<BTreeMap<String, Offers>> {
    let table = sets::text(&folder.join("sets/beside.tsv"))?;
    let mut out: BTreeMap<String, Offers> = BTreeMap::new();
    let mut faqs = BTreeMap::new();
    for line in table.lines().skip(1) {
        let [set, text, ids, half] = line.split('\t').collect::<Vec<_>>()[..] else {
            anyhow::bail!("beside.tsv: four cells in {line:?}")
        };
        if !faqs.contains_key(set) {
            let entries = sets::read_entries(&sets::file(folder, set))?;
            let index = Index::new(&entries);
            faqs.insert(set.to_owned(), (entries, index));
        }
        let (entries, index) = faqs.get(set).context("read above")?;
        let right: Vec<&str> = ids.split(',').filter(|id| *id != NONE).collect();
        for id in &right {
            entries.iter().find(|entry| entry.id == *id).with_context(|| format!("no {id} in {set}"))?;
        }
        let offered: Vec<&str> =
            index.fitting(text, SUGGESTIONS_MAX).into_iter().map(|at| entries[at].id.as_str()).collect();
        let language = sets::language(set);
        for row in [format!("{language}, {half}"), format!("{language}, {half}, {set}")] {
            out.entry(row).or_default().add(&offered, &right);
        }
        if !offered.is_empty() {
            told(half, text, &offered, &right);
        }
    }
    Ok(out)
}

/// Prints it.
pub fn print(rows: &BTreeMap<String, Offers>) {
    println!(
        "\n| beside a complaint | texts | that an answer fits | offered | of it, fits | helped | misled |"
    );
    println!("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
    for (row, found) in rows {
        println!(
            "| {row} | {} | {} | {} | {} ({:.2}) | {} | {} |",
            found.texts,
            found.answerable,
            found.offered,
            found.fitting,
            found.precision(),
            found.helped,
            found.misled
        );
    }
}
