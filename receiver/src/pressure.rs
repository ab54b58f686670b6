//! How many submissions may be under way at once, so that each is answered soon. Where every core or the disk is busy,
//! work waits unseen: in a connection's buffer, in line for a thread, before the writer. So the time that answers take
//! is what counts: when too many are late, fewer are let in, and those beyond are turned away at once, which costs
//! little. Whoever was turned away keeps their words and comes again.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;

use tokio::time::Instant;

use crate::Store;

/// How long a submission may be under way before it counts as late, beyond the two flushes that nobody can spare it: the
/// one that goes on when it comes, and its own. The rest of the quarter of a second that is the aim goes by before
/// anybody sees it, and after its answer has left.
const LATE: Duration = Duration::from_millis(80);
/// How long a task may wait for its turn, with the same right. Beyond, nobody is let in.
const LAG_US_MAX: u64 = 50_000;
/// Submissions under way. More than the most never wait, also where all are quick; fewer than the least are never let
/// in, also where all are late: from them it is learned that it goes better.
const UNDER_WAY_MAX: usize = 1_024;
const UNDER_WAY_MIN: usize = 64;
/// How often somebody looks at the lag, and how many looks make up a judgement.
const PAUSE: Duration = Duration::from_millis(5);
const LOOKS: u32 = 20;
/// The same while nobody is under way: a receiver that waits for customers leaves the processor alone.
const QUIET_PAUSE: Duration = Duration::from_millis(100);

/// What is known of it all.
#[derive(Debug)]
pub struct Pressure {
    /// The last that was seen, and what counts of it.
    last_lag_us: AtomicU64,
    lag_us: AtomicU64,
    under_way: AtomicUsize,
    limit: AtomicUsize,
    /// From when on an answer is late.
    late_us: AtomicU64,
    /// Since the last judgement: answers, late ones among them, and the most that were under way.
    answered: AtomicUsize,
    late: AtomicUsize,
    most: AtomicUsize,
}

impl Default for Pressure {
    fn default() -> Self {
        let [under_way, answered, late, most] = [0; 4].map(AtomicUsize::new);
        let [last_lag_us, lag_us, late_us] = [0, 0, us(LATE)].map(AtomicU64::new);
        let limit = AtomicUsize::new(UNDER_WAY_MAX);
        Self { last_lag_us, lag_us, under_way, limit, late_us, answered, late, most }
    }
}

/// A submission that is under way until this is dropped.
#[derive(Debug)]
pub struct UnderWay {
    since: Instant,
    pressure: Arc<Pressure>,
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        let pressure = &self.pressure;
        pressure.under_way.fetch_sub(1, Ordering::Relaxed);
        pressure.answered.fetch_add(1, Ordering::Relaxed);
        let late = us(self.since.elapsed()) > pressure.late_us.load(Ordering::Relaxed);
        pressure.late.fetch_add(usize::from(late), Ordering::Relaxed);
    }
}

impl Pressure {
    /// Lets a submission in, or not.
    pub fn enter(self: &Arc<Self>) -> Option<UnderWay> {
        let now = self.under_way.fetch_add(1, Ordering::Relaxed) + 1;
        let crowded = now > self.limit() || (self.lag_us() > LAG_US_MAX && now > UNDER_WAY_MIN);
        self.most.fetch_max(now, Ordering::Relaxed);
        if crowded {
            self.under_way.fetch_sub(1, Ordering::Relaxed);
            return None;
        }
        Some(UnderWay { since: Instant::now(), pressure: Arc::clone(self) })
    }

    /// Microseconds that a task waits for its turn.
    pub fn lag_us(&self) -> u64 {
        self.lag_us.load(Ordering::Relaxed)
    }

    /// Submissions that may be under way.
    pub fn limit(&self) -> usize {
        self.limit.load(Ordering::Relaxed)
    }

    /// Stands in line like every request, again and again, and judges now and then.
    pub async fn watch(&self, store: &Store) {
        loop {
            let began = Instant::now();
            for _ in 0..LOOKS {
                let quiet = self.under_way.load(Ordering::Relaxed) == 0;
                let due = Instant::now() + if quiet { QUIET_PAUSE } else { PAUSE };
                tokio::time::sleep_until(due).await;
                tokio::task::yield_now().await;
                self.note_lag(us(due.elapsed()));
            }
            self.judge(began.elapsed());
            // A slow disk is no reason to send people away: the more of them share its flush, the better.
            self.late_us.store(us(LATE + store.flush_time() * 2), Ordering::Relaxed);
        }
    }

    /// Once is a moment in which others had the processor, and it has passed. Twice is a line.
    fn note_lag(&self, now_us: u64) {
        let before = self.last_lag_us.swap(now_us, Ordering::Relaxed);
        self.lag_us.store(now_us.min(before), Ordering::Relaxed);
    }

    /// One late answer in fifty is too many.
    fn judge(&self, spent: Duration) {
        let [answered, late, most] =
            [&self.answered, &self.late, &self.most].map(|count| count.swap(0, Ordering::Relaxed));
        let next = next_limit(self.limit(), answered, late, most, in_time(answered, spent));
        self.limit.store(next, Ordering::Relaxed);
    }
}

fn us(time: Duration) -> u64 {
    u64::try_from(time.as_micros()).unwrap_or(u64::MAX)
}

/// How many would have been answered in the time of one that is not late yet: so many may be under way at this pace, and
/// each is in time. Who is late all the same waits for something else than for others: for a processor, say, that does
/// other work. To send people away would cost more of it.
fn in_time(answered: usize, spent: Duration) -> usize {
    let share = LATE.as_secs_f64() / spent.as_secs_f64().max(LATE.as_secs_f64() / 16.0);
    (answered as f64 * share) as usize
}

/// A quarter less when too many were late, though never fewer than are answered in time at this pace; an eighth more when
/// there were few and the room was used.
fn next_limit(limit: usize, answered: usize, late: usize, most: usize, in_time: usize) -> usize {
    let next = if late * 50 > answered {
        (limit.min(most) * 3 / 4).max(in_time.min(limit))
    } else if most > limit / 2 {
        limit + limit / 8
    } else {
        limit
    };
    next.clamp(UNDER_WAY_MIN, UNDER_WAY_MAX)
}

#[cfg(test)]
mod tests {
    use super::{Arc, Duration, Pressure, in_time, next_limit};

    #[test]
    fn late_answers_let_fewer_in() {
        assert_eq!(next_limit(1_024, 1_000, 0, 900, 0), 1_024, "the most");
        assert_eq!(
            next_limit(1_024, 1_000, 21, 900, 0),
            675,
            "from what was there, not from what might have been"
        );
        assert_eq!(next_limit(1_024, 1_000, 20, 900, 0), 1_024, "a few may be late");
        assert_eq!(next_limit(400, 1_000, 0, 300, 0), 450);
        assert_eq!(next_limit(400, 10, 0, 3, 0), 400, "nobody knows whether more would do");
        assert_eq!(next_limit(70, 4, 4, 70, 0), 64, "the least");
        assert_eq!(next_limit(64, 40, 0, 64, 0), 72);
    }

    #[test]
    fn nobody_is_sent_away_for_what_others_do_to_the_processor() {
        // 800 in a tenth of a second are 640 in the time of one: a crowd of 256 is not what makes any of them late.
        assert_eq!(in_time(800, Duration::from_millis(100)), 640);
        assert_eq!(next_limit(1_024, 800, 80, 256, 640), 640);
        assert_eq!(next_limit(640, 800, 80, 256, 640), 640);
        // At a fourth of that pace there are more under way than can be answered in time.
        assert_eq!(in_time(200, Duration::from_millis(100)), 160);
        assert_eq!(next_limit(256, 200, 20, 256, 160), 192);
        assert_eq!(next_limit(192, 200, 20, 192, 160), 160);
        assert_eq!(in_time(50, Duration::ZERO), 800, "however short, it is no infinity");
    }

    #[test]
    fn one_hiccup_sends_nobody_away_and_a_line_does() {
        let pressure = Arc::new(Pressure::default());
        let _all: Vec<_> = (0..=super::UNDER_WAY_MIN).map(|_| pressure.enter().expect("room")).collect();
        let lag = super::LAG_US_MAX + 1;
        pressure.note_lag(lag);
        assert!(pressure.enter().is_some(), "once");
        pressure.note_lag(lag);
        assert!(pressure.enter().is_none(), "twice");
        pressure.note_lag(100);
        assert!(pressure.enter().is_some(), "over");
    }

    #[test]
    fn whoever_leaves_makes_room() {
        let pressure = Arc::new(Pressure::default());
        pressure.limit.store(2, super::Ordering::Relaxed);
        let first = pressure.enter().expect("room");
        let _second = pressure.enter().expect("room");
        assert!(pressure.enter().is_none());
        drop(first);
        assert!(pressure.enter().is_some(), "and whoever was turned away takes no room");
    }
}
