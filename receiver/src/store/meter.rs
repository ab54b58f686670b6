//! What is counted of times: how long a transaction takes until it is flushed, and how long an answer takes.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Upper bounds of the classes of time, in microseconds.
pub const BOUNDS_US: [u64; 12] =
    [250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 2_500_000];

/// Times by their class, all rising.
#[derive(Debug, Default)]
pub struct Times {
    /// How many there were in each class by itself; the last holds the longest.
    pub classes: [AtomicU64; BOUNDS_US.len() + 1],
    /// All the time together.
    pub spent_us: AtomicU64,
}

impl Times {
    /// Notes one.
    pub fn note(&self, spent: Duration) {
        let us = u64::try_from(spent.as_micros()).unwrap_or(u64::MAX);
        let class = BOUNDS_US.iter().position(|bound| us <= *bound).unwrap_or(BOUNDS_US.len());
        self.classes[class].fetch_add(1, Ordering::Relaxed);
        self.spent_us.fetch_add(us, Ordering::Relaxed);
    }
}

/// Counters of the store, all rising.
#[derive(Debug, Default)]
pub struct Meter {
    /// Transactions by their time.
    pub transactions: Times,
    /// Jobs of all transactions.
    pub jobs: AtomicU64,
    /// Transactions that were not kept.
    pub failures: AtomicU64,
}

impl Meter {
    pub(super) fn batch(&self, jobs: usize, spent: Duration) {
        self.transactions.note(spent);
        self.jobs.fetch_add(jobs as u64, Ordering::Relaxed);
    }

    pub(super) fn committed(&self, kept: bool) {
        if !kept {
            self.failures.fetch_add(1, Ordering::Relaxed);
        }
    }
}
