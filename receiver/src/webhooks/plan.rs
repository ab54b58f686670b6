//! When a webhook is tried again, and when an endpoint is left in peace. Pure: times and chance are handed in.

use domain::calendar::Timestamp;

const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;

/// Milliseconds to wait after the first try, the second, and so on; after the last of them for good. Standard Webhooks
/// proposes these: three days and some hours in all.
const WAITS_MS: [i64; 9] =
    [5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR];
/// Nothing is given up earlier than this, however often it was tried.
const AGE_MS_MIN: i64 = 72 * HOUR;
/// A wait is up to this much longer, in percent, so that not everything comes back at the same moment.
const SPREAD_PERCENT: i64 = 8;
/// The longest wait that an endpoint may ask for.
const ASKED_MS_MAX: i64 = 24 * HOUR;
/// Failures in a row from which on an endpoint counts as out: then one try at a time shows whether it is back.
const FAILURES_OUT: u32 = 5;
/// How long it is left in peace then: doubling, up to the longest.
const PEACE_MS_MIN: i64 = SECOND;
const PEACE_MS_MAX: i64 = MINUTE;

/// What a try came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// A 2xx.
    Told,
    /// Anything else, an answer or none, in words; and how long the endpoint asks to be left in peace.
    Failed(String, Option<i64>),
    /// 410: the endpoint is gone and wants nothing any more.
    Gone,
}

/// Reads an answer. `asked_ms` is its `Retry-After`, which counts where the endpoint says that it is too much.
pub fn outcome(status: u16, asked_ms: Option<i64>) -> Outcome {
    match status {
        200..=299 => Outcome::Told,
        410 => Outcome::Gone,
        300..=399 => Outcome::Failed(format!("{status}, a redirect, which is not followed"), None),
        429 | 500..=599 => Outcome::Failed(status.to_string(), asked_ms),
        _ => Outcome::Failed(status.to_string(), None),
    }
}

/// Milliseconds that a `Retry-After` asks for: whole seconds, or a time, which is read by the endpoint's own clock where
/// it tells it.
pub fn asked_ms(retry_after: &str, date: Option<&str>, now: Timestamp) -> Option<i64> {
    let text = retry_after.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        // More digits than fit are a long time.
        let seconds = text.parse::<i64>().unwrap_or(i64::MAX);
        return Some(seconds.saturating_mul(SECOND).min(ASKED_MS_MAX));
    }
    let read = |text: &str| {
        let since = httpdate::parse_http_date(text).ok()?.duration_since(std::time::UNIX_EPOCH).ok()?;
        i64::try_from(since.as_millis()).ok()
    };
    let until = read(text)?;
    let from = date.and_then(read).unwrap_or(now.0);
    Some((until - from).clamp(0, ASKED_MS_MAX))
}

/// The plan, at the speed at which its time passes: 1, and more only where a test has no three days.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    speed: i64,
}

impl Plan {
    /// At the speed of all clocks.
    pub fn new() -> Self {
        Self { speed: speed_of_a_test().max(1) }
    }

    /// When something is tried again that has failed so many times; `None` when it is given up. `chance` is any number.
    pub fn next_try(self, attempts: i64, since: Timestamp, now: Timestamp, chance: u64) -> Option<Timestamp> {
        let last = WAITS_MS.len() - 1;
        let at = usize::try_from(attempts - 1).unwrap_or(0);
        if at > last && (now.0 - since.0).saturating_mul(self.speed) >= AGE_MS_MIN {
            return None;
        }
        let wait = WAITS_MS[at.min(last)];
        let spread = wait * SPREAD_PERCENT / 100;
        let more = i64::try_from(chance % u64::try_from(spread + 1).unwrap_or(1)).unwrap_or(0);
        Some(Timestamp(now.0 + (wait + more) / self.speed))
    }

    /// How long an endpoint is left in peace that has failed so often in a row.
    fn peace_ms(self, failures: u32) -> i64 {
        let more = failures.checked_sub(FAILURES_OUT);
        more.map_or(0, |more| (PEACE_MS_MIN << more.min(16)).min(PEACE_MS_MAX) / self.speed)
    }
}

#[cfg(debug_assertions)]
fn speed_of_a_test() -> i64 {
    std::env::var("ALL_EARS_TEST_WEBHOOK_SPEED").ok().and_then(|speed| speed.parse().ok()).unwrap_or(1)
}

#[cfg(not(debug_assertions))]
fn speed_of_a_test() -> i64 {
    1
}

/// How an endpoint is doing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gate {
    failures: u32,
    shut_until_ms: i64,
    gone: bool,
}

impl Gate {
    /// Tries that may be under way, out of so many.
    pub fn room(&self, most: usize) -> usize {
        if self.gone {
            0
        } else if self.failures >= FAILURES_OUT {
            1
        } else {
            most
        }
    }

    /// Milliseconds that it is left in peace from now on.
    pub fn shut_ms(&self, now: Timestamp) -> i64 {
        // A clock that jumped back would keep it shut for as long.
        (self.shut_until_ms - now.0).clamp(0, ASKED_MS_MAX)
    }

    /// Notes a try; true when the endpoint was out and is back.
    pub fn note(&mut self, outcome: &Outcome, now: Timestamp, plan: Plan) -> bool {
        match outcome {
            Outcome::Told => {
                let back = self.failures >= FAILURES_OUT;
                *self = Self::default();
                back
            }
            Outcome::Gone => {
                self.gone = true;
                false
            }
            Outcome::Failed(_, asked_ms) => {
                self.failures = self.failures.saturating_add(1);
                let peace = asked_ms.unwrap_or(0).max(plan.peace_ms(self.failures));
                self.shut_until_ms = self.shut_until_ms.max(now.0 + peace);
                false
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Gate, HOUR, MINUTE, Outcome, Plan, SECOND, Timestamp, asked_ms, outcome};

    const PLAN: Plan = Plan { speed: 1 };
    const NOW: Timestamp = Timestamp(1_795_000_000_000);

    #[test]
    fn the_schedule_is_that_of_standard_webhooks() {
        let hours = [2, 5, 10, 14, 20, 24].map(|hours| hours * HOUR);
        let expected = [5 * SECOND, 5 * MINUTE, 30 * MINUTE].into_iter().chain(hours);
        let (mut now, mut attempts) = (NOW, 0);
        for expected in expected {
            attempts += 1;
            for chance in [0, 1, 77, u64::MAX] {
                let wait = PLAN.next_try(attempts, NOW, now, chance).expect("a next try").0 - now.0;
                assert!((expected..=expected * 108 / 100).contains(&wait), "{attempts}: {wait}");
            }
            now = Timestamp(now.0 + expected);
        }
        assert_eq!(PLAN.next_try(10, NOW, now, 0), None, "after {} hours", (now.0 - NOW.0) / HOUR);
        // Many quick tries are no reason to give up early.
        let early = Timestamp(NOW.0 + HOUR);
        assert_eq!(PLAN.next_try(40, NOW, early, 0), Some(Timestamp(early.0 + 24 * HOUR)));
    }

    #[test]
    fn an_answer_is_one_of_three() {
        let failed = |text: &str, asked| Outcome::Failed(text.to_owned(), asked);
        for (status, expected) in [
            (200, Outcome::Told),
            (204, Outcome::Told),
            (302, failed("302, a redirect, which is not followed", None)),
            (400, failed("400", None)),
            (410, Outcome::Gone),
            (429, failed("429", Some(7))),
            (503, failed("503", Some(7))),
        ] {
            assert_eq!(outcome(status, Some(7)), expected);
        }
    }

    #[track_caller]
    fn check(retry_after: &str, date: Option<&str>, expected: Option<i64>) {
        let now = Timestamp::parse_rfc3339("2026-11-22T10:00:00Z").expect("a time");
        assert_eq!(asked_ms(retry_after, date, now), expected);
    }

    #[test]
    fn a_retry_after_has_two_forms() {
        check("7", None, Some(7 * SECOND));
        check(" 0 ", None, Some(0));
        check("99999999999999999999999", None, Some(24 * HOUR));
        check("Sun, 22 Nov 2026 10:00:30 GMT", None, Some(30 * SECOND));
        check("Sun, 22 Nov 2026 09:00:30 GMT", None, Some(0));
        check("Sun, 22 Nov 2026 09:00:30 GMT", Some("Sun, 22 Nov 2026 09:00:00 GMT"), Some(30 * SECOND));
        for odd in ["", "-5", "soon", "1.5"] {
            check(odd, None, None);
        }
    }

    #[test]
    fn an_endpoint_that_is_out_is_left_in_peace() {
        let mut gate = Gate::default();
        let failed = Outcome::Failed("no answer".to_owned(), None);
        for _ in 0..4 {
            assert!(!gate.note(&failed, NOW, PLAN));
        }
        assert_eq!((gate.room(4), gate.shut_ms(NOW)), (4, 0));
        gate.note(&failed, NOW, PLAN);
        assert_eq!((gate.room(4), gate.shut_ms(NOW)), (1, SECOND));
        for _ in 0..60 {
            gate.note(&failed, NOW, PLAN);
        }
        assert_eq!(gate.shut_ms(NOW), MINUTE);
        assert_eq!(gate.shut_ms(Timestamp(0)), 24 * HOUR, "however wrong the clock");
        assert!(gate.note(&Outcome::Told, NOW, PLAN), "it is back");
        assert!(!gate.note(&Outcome::Told, NOW, PLAN));
        assert_eq!((gate.room(4), gate.shut_ms(NOW)), (4, 0));
        gate.note(&Outcome::Failed("429".to_owned(), Some(9 * SECOND)), NOW, PLAN);
        gate.note(&failed, NOW, PLAN);
        assert_eq!(gate.shut_ms(NOW), 9 * SECOND, "what it asked for holds");
        gate.note(&Outcome::Gone, NOW, PLAN);
        assert_eq!(gate.room(4), 0);
    }
}
