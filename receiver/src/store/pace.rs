//! How long the line before the writer takes, by what jobs and flushes took lately. Knows no clock: it is told times.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Jobs of one transaction. More wait for the next one.
pub const BATCH_JOBS_MAX: usize = 256;
/// Microseconds that the line may take. Beyond, whoever comes is turned away at once, so that what is accepted is
/// answered soon: this is its part of the quarter of a second that the whole way may take.
const LINE_US_MAX: u64 = 60_000;
/// Jobs are counted in such parts, so that few of them wane as well.
const SCALE: u128 = 16;
/// Jobs that may always wait, however slow the last ones were: from them the pace is learned anew.
const WAITING_MIN: usize = 32;
/// How much of what is known each transaction takes away: one in so many parts.
const PARTS: u64 = 8;

/// What one job and one flush take, as of late.
#[derive(Debug, Default)]
pub struct Pace {
    /// Nanoseconds of late jobs without their flush, and how many these were, in sixteenths: by their sums, one that came
    /// alone in a bad moment counts for no more than one of a crowd.
    work_ns: AtomicU64,
    jobs: AtomicU64,
    /// Microseconds of one flush.
    flush_us: AtomicU64,
}

impl Pace {
    /// Learns from a transaction: its jobs, what they took together, and what its flush took.
    pub fn learn(&self, jobs: usize, work: Duration, flush: Duration) {
        if jobs > 0 {
            add(&self.work_ns, work.as_nanos());
            add(&self.jobs, jobs as u128 * SCALE);
        }
        mix(&self.flush_us, flush.as_micros());
    }

    /// Microseconds that one flush took lately.
    pub fn flush_us(&self) -> u64 {
        self.flush_us.load(Ordering::Relaxed)
    }

    /// Microseconds until so many jobs are done, from the moment that the transaction before them is over. Their last
    /// flush is left out: no line, however short, is without it.
    pub fn line_us(&self, waiting: usize) -> u64 {
        let known = self.jobs.load(Ordering::Relaxed).max(1);
        let work = u128::from(self.work_ns.load(Ordering::Relaxed)) * SCALE / u128::from(known);
        let jobs = u64::try_from(waiting as u128 * work / 1_000).unwrap_or(u64::MAX);
        let flushes = (waiting / BATCH_JOBS_MAX) as u64;
        jobs.saturating_add(flushes.saturating_mul(self.flush_us.load(Ordering::Relaxed)))
    }

    /// Whether one more may join so many.
    pub fn has_room(&self, waiting: usize) -> bool {
        waiting < WAITING_MIN || self.line_us(waiting) <= LINE_US_MAX
    }
}

/// A sum that wanes.
fn add(known: &AtomicU64, new: u128) {
    let before = known.load(Ordering::Relaxed);
    let new = u64::try_from(new).unwrap_or(u64::MAX);
    known.store((before - before / PARTS).saturating_add(new), Ordering::Relaxed);
}

/// The first value counts whole, each later one as a part, so that one hiccup says little and a change soon all.
fn mix(known: &AtomicU64, new: u128) {
    let new = u64::try_from(new).unwrap_or(u64::MAX);
    let before = known.load(Ordering::Relaxed);
    let after = if before == 0 { new } else { before - before / PARTS + new / PARTS };
    known.store(after, Ordering::Relaxed);
}

#[cfg(test)]
mod tests {
    use super::{Duration, Pace};

    fn pace(jobs: usize, work_ms: u64, flush_ms: u64) -> Pace {
        let pace = Pace::default();
        pace.learn(jobs, Duration::from_millis(work_ms), Duration::from_millis(flush_ms));
        pace
    }

    /// How many may wait at this pace.
    #[track_caller]
    fn check(pace: &Pace, expected: usize) {
        let room = (0..5_000).take_while(|waiting| pace.has_room(*waiting)).count();
        assert_eq!(room, expected);
    }

    #[test]
    fn the_line_is_as_long_as_it_is_quick() {
        // A tenth of a millisecond each: two transactions' flushes of 1 ms stand between.
        check(&pace(100, 10, 1), 581);
        // A slow processor: 1 ms each.
        check(&pace(10, 10, 1), 61);
        // A slow disk holds nobody back who can still go with the first transaction.
        check(&pace(100, 10, 500), 256);
        // So slow that all would be too many: some pass nevertheless.
        check(&pace(1, 1_000, 1_000), 32);
        assert!(Pace::default().has_room(5_000), "nothing is known yet");
    }

    #[test]
    fn a_flush_without_jobs_says_nothing_of_jobs() {
        let pace = pace(100, 10, 1);
        for _ in 0..40 {
            pace.learn(0, Duration::from_millis(30), Duration::from_millis(1));
        }
        assert_eq!(pace.line_us(100), 10_000);
    }

    #[test]
    fn one_hiccup_says_little_and_a_change_soon_all() {
        let pace = pace(100, 10, 1);
        pace.learn(1, Duration::from_millis(20), Duration::from_millis(1));
        assert!((32_000..33_000).contains(&pace.line_us(100)), "a lone one: {}", pace.line_us(100));
        for _ in 0..80 {
            pace.learn(10, Duration::from_millis(10), Duration::from_millis(1));
        }
        assert!((99_000..=100_000).contains(&pace.line_us(100)), "{}", pace.line_us(100));
        for _ in 0..80 {
            pace.learn(100, Duration::from_millis(10), Duration::from_millis(1));
        }
        assert!((10_000..=10_100).contains(&pace.line_us(100)), "{}", pace.line_us(100));
    }
}
