//! How long the widget's own search takes, and what it holds in memory, natively.

use std::fs;
use std::hint::black_box;
use std::time::{Duration, Instant};

use domain::faq::{Entry, Index};
use serde_json::{Value, json};

/// What one call of the builder reads, in bytes: what a slow phone reads in a few milliseconds.
const BUDGET: usize = 8_192;
/// So many indexes are built to see what one takes.
const COPIES: usize = 4;
/// Builds; the fastest is reported, as for the others.
const BUILDS: usize = 5;

/// Measures one size. Run it in a process of its own: the memory is what the process grew by.
pub fn measure(entries: &[Entry], queries: &[String]) -> Value {
    let index = Index::new(entries);
    // The first one fills what reading the file left free; the next ones show what one takes.
    let before = resident();
    let more = [(); COPIES].map(|()| Index::new(entries));
    let grown = resident().zip(before).map(|(after, before)| after.saturating_sub(before) / COPIES as u64);
    drop(more);
    let mut fastest = Duration::MAX;
    let mut longest_step = Duration::ZERO;
    for _ in 0..BUILDS {
        let start = Instant::now();
        let mut index = Index::default();
        let mut step = Instant::now();
        let mut longest = Duration::ZERO;
        while !index.build_some(entries, BUDGET) {
            longest = longest.max(step.elapsed());
            step = Instant::now();
        }
        let spent = start.elapsed();
        if spent < fastest {
            (fastest, longest_step) = (spent, longest.max(step.elapsed()));
        }
        black_box(index);
    }
    let mut worst = Duration::ZERO;
    let start = Instant::now();
    for query in queries {
        let from = Instant::now();
        black_box(index.search(query, 10));
        worst = worst.max(from.elapsed());
    }
    let spent = start.elapsed();
    json!({
        "index_ms": fastest.as_secs_f64() * 1e3,
        "longest_step_ms": longest_step.as_secs_f64() * 1e3,
        "query_us": spent.as_secs_f64() * 1e6 / queries.len().max(1) as f64,
        "worst_us": worst.as_secs_f64() * 1e6,
        "heap_mb": grown.map(|bytes| bytes as f64 / 1_048_576.0),
    })
}

/// The memory of this process in bytes, where the system says so.
fn resident() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes * 1_024)
}
