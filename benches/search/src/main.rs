//! `cargo xtask bench search`: how well and how fast answers are found.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command line talks to its user")]

mod quality;
mod sets;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use domain::faq::Index;

fn main() -> Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let option = |name: &str| {
        let at = words.iter().position(|w| w == name)?;
        words.get(at + 1).cloned()
    };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("sets");
    let mut all = Vec::new();
    match option("--faq") {
        Some(faq) => {
            let queries = option("--queries").context("--queries")?;
            all.push(sets::read_files("given", &PathBuf::from(faq), &PathBuf::from(queries))?);
        }
        None => {
            for name in sets::NAMES {
                all.push(sets::read(&folder, name)?);
            }
        }
    }
    let mut tables = [quality::Table::new(), quality::Table::new()];
    let misses = words.iter().any(|w| w == "--misses");
    for set in &all {
        let index = Index::new(&set.entries);
        let found: Vec<Vec<String>> = set
            .queries
            .iter()
            .map(|q| index.search(&q.text, 10).iter().map(|hit| set.entries[hit.entry].id.clone()).collect())
            .collect();
        quality::add(&mut tables[0], set, &found, "open");
        quality::add(&mut tables[1], set, &found, if set.name == "given" { "" } else { "kept" });
        if misses {
            for (q, f) in set.queries.iter().zip(&found) {
                if q.half != "kept" && !f.iter().take(3).any(|x| q.ids.contains(x)) {
                    println!(
                        "{} {} [{}] {} -> {}",
                        set.name,
                        q.kind,
                        q.ids.join(","),
                        q.text,
                        f[..f.len().min(4)].join(",")
                    );
                }
            }
        }
    }
    println!(
        "{:<20} {:>5} {:>6} {:>6} {:>6}   {:>5} {:>6} {:>6} {:>6}",
        "", "open", "MRR", "Hit3", "nDCG", "kept", "MRR", "Hit3", "nDCG"
    );
    for row in tables[1].keys() {
        let a = tables[0].get(row).copied().unwrap_or_default();
        let b = tables[1][row];
        println!(
            "{row:<20} {:>5} {:>6.3} {:>6.3} {:>6.3}   {:>5} {:>6.3} {:>6.3} {:>6.3}",
            a.queries,
            a.mrr(),
            a.hit3(),
            a.ndcg(),
            b.queries,
            b.mrr(),
            b.hit3(),
            b.ndcg()
        );
    }
    Ok(())
}
