//! When an answer is promised: working minutes counted through opening spans, and whether a promise stands.
//! Both the widget and the receiver ask here, so that both say the same time.

use crate::calendar::{CivilDate, MINUTE_MS, Timestamp, Zone, instant, local};
use crate::config::{Promise, Span};

/// How many days ahead working time is looked for.
const DAYS_AHEAD_MAX: i32 = 400;
/// A promised time is a multiple of this: nobody promises 16:03.
const STEP_MS: i64 = 5 * MINUTE_MS;

/// Where a promise stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Due on a later day.
    OnTrack,
    /// Due later on this day, in the company's time zone.
    Today,
    /// The time has passed.
    Late,
}

/// When the answer to something received at this instant is promised: so many working minutes later, rounded up to
/// five minutes, never past the end of the span it falls into. Without enough working time within 400 days every
/// minute counts.
pub fn reply_by(promise: &Promise, zone: &dyn Zone, received: Timestamp) -> Timestamp {
    let mut left = i64::from(promise.respond_within_minutes) * MINUTE_MS;
    let without_hours = Timestamp(round_up(received.0 + left));
    let mut counted_to = received;
    let mut date = local(received, zone).0;
    for _ in 0..DAYS_AHEAD_MAX {
        for &(opens, closes) in spans(promise, date) {
            let end = instant(date, closes, zone);
            let start = instant(date, opens, zone).max(counted_to);
            if end <= start {
                continue;
            }
            if start.0 + left <= end.0 {
                return Timestamp(round_up(start.0 + left)).min(end);
            }
            left -= end.0 - start.0;
            counted_to = end;
        }
        date = date.plus_days(1);
    }
    without_hours.max(counted_to)
}

/// Where a promise stands at this instant. At the promised minute itself it is not late yet.
pub fn standing(reply_by: Timestamp, now: Timestamp, zone: &dyn Zone) -> Standing {
    if now > reply_by {
        Standing::Late
    } else if local(now, zone).0 == local(reply_by, zone).0 {
        Standing::Today
    } else {
        Standing::OnTrack
    }
}

/// Whether somebody works at this instant. The opening minute counts, the closing minute does not.
pub fn open_now(promise: &Promise, zone: &dyn Zone, now: Timestamp) -> bool {
    let (date, minute) = local(now, zone);
    spans(promise, date).iter().any(|&(opens, closes)| opens <= minute && minute < closes)
}

/// When somebody works next: `None` while somebody does, and where nobody ever does.
pub fn open_next(promise: &Promise, zone: &dyn Zone, now: Timestamp) -> Option<Timestamp> {
    if open_now(promise, zone, now) {
        return None;
    }
    let today = local(now, zone).0;
    for day in 0..DAYS_AHEAD_MAX {
        let date = today.plus_days(day);
        for &(opens, closes) in spans(promise, date) {
            let start = instant(date, opens, zone);
            if opens < closes && start > now {
                return Some(start);
            }
        }
    }
    None
}

/// The opening spans of a day, in their order; none on a holiday.
fn spans(promise: &Promise, date: CivilDate) -> &[Span] {
    if promise.holidays.contains(&date) { &[] } else { &promise.week[date.weekday()] }
}

fn round_up(at: i64) -> i64 {
    (at + STEP_MS - 1).div_euclid(STEP_MS) * STEP_MS
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Utc;
    use crate::calendar::tests::{TableZone, fixed, london, new_york};

    fn time(text: &str) -> Timestamp {
        Timestamp::parse_rfc3339(text).unwrap()
    }

    /// Monday to Friday 9:00–12:30 and 13:30–17:30, Saturday 10:00–16:00, two days of eight hours.
    fn shop() -> Promise {
        let day = || vec![(540, 750), (810, 1_050)];
        Promise {
            time_zone: "Europe/London".to_owned(),
            week: [day(), day(), day(), day(), day(), vec![(600, 960)], Vec::new()],
            holidays: vec![CivilDate::new(2026, 12, 25).unwrap(), CivilDate::new(2026, 12, 28).unwrap()],
            respond_within_minutes: 960,
        }
    }

    #[track_caller]
    fn check(minutes: u32, zone: &TableZone, received: &str, expected: &str) {
        let promise = Promise { respond_within_minutes: minutes, ..shop() };
        let reply = reply_by(&promise, zone, time(received));
        assert_eq!(reply.to_rfc3339().strip_suffix(":00.000Z"), Some(expected));
    }

    #[test]
    fn working_minutes_are_counted() {
        let zone = london();
        check(60, &zone, "2026-11-23T09:00:00Z", "2026-11-23T10:00");
        check(60, &zone, "2026-11-23T12:00:00Z", "2026-11-23T14:00"); // over lunch
        check(60, &zone, "2026-11-23T13:00:00Z", "2026-11-23T14:30"); // at lunch
        check(60, &zone, "2026-11-23T06:00:00Z", "2026-11-23T10:00"); // before opening
        check(60, &zone, "2026-11-23T17:00:00Z", "2026-11-24T09:30"); // over night
        check(60, &zone, "2026-11-23T23:59:00Z", "2026-11-24T10:00");
        check(450, &zone, "2026-11-23T09:00:00Z", "2026-11-23T17:30"); // to the last minute
        check(451, &zone, "2026-11-23T09:00:00Z", "2026-11-24T09:05"); // one more
        check(60, &zone, "2026-11-21T15:30:00Z", "2026-11-23T09:30"); // over Sunday
        check(960, &zone, "2026-11-21T10:04:05.120Z", "2026-11-24T11:35"); // 356 + 450 + 154 minutes
        check(60, &zone, "2026-12-24T17:00:00Z", "2026-12-26T10:30"); // over Christmas Day
        check(360, &zone, "2026-12-26T10:30:00Z", "2026-12-29T09:30"); // over Sunday and a Monday holiday
        check(0, &zone, "2026-11-23T10:00:00Z", "2026-11-23T10:00");
        check(0, &zone, "2026-11-22T10:00:00Z", "2026-11-23T09:00");
    }

    #[test]
    fn times_are_rounded_up_within_the_span() {
        let zone = london();
        check(10, &zone, "2026-11-23T10:00:00.001Z", "2026-11-23T10:15");
        check(10, &zone, "2026-11-23T10:01:00Z", "2026-11-23T10:15");
        check(10, &zone, "2026-11-23T10:05:00Z", "2026-11-23T10:15");
        let odd =
            Promise { week: std::array::from_fn(|_| vec![(540, 603)]), respond_within_minutes: 62, ..shop() };
        assert_eq!(reply_by(&odd, &zone, time("2026-11-23T08:00:00Z")), time("2026-11-23T10:03:00Z"));
    }

    #[test]
    fn clocks_may_change_on_the_way() {
        check(300, &london(), "2026-03-28T14:00:00Z", "2026-03-30T11:00"); // 2 h Saturday, 3 h Monday from 08:00Z
        check(300, &london(), "2026-10-24T13:00:00Z", "2026-10-26T12:00");
        check(60, &new_york(), "2026-11-02T13:00:00Z", "2026-11-02T15:00");
        check(60, &fixed(330), "2026-11-23T00:00:00Z", "2026-11-23T04:30");
        let always = Promise {
            week: std::array::from_fn(|_| vec![(0, 1_440)]),
            respond_within_minutes: 1_440,
            ..shop()
        };
        assert_eq!(reply_by(&always, &london(), time("2026-03-28T12:00:00Z")), time("2026-03-29T12:00:00Z"));
    }

    #[test]
    fn without_working_time_every_minute_counts() {
        let closed = Promise { week: Default::default(), ..shop() };
        assert_eq!(reply_by(&closed, &Utc, time("2026-11-23T10:01:00Z")), time("2026-11-24T02:05:00Z"));
        let backwards = Promise { week: std::array::from_fn(|_| vec![(900, 600), (600, 600)]), ..shop() };
        assert_eq!(reply_by(&backwards, &Utc, time("2026-11-23T10:00:00Z")), time("2026-11-24T02:00:00Z"));
        let seldom = Promise {
            week: std::array::from_fn(|_| vec![(600, 601)]),
            respond_within_minutes: 500,
            ..shop()
        };
        let reply = reply_by(&seldom, &Utc, time("2026-11-23T10:00:00Z"));
        assert!(reply > time("2027-12-01T00:00:00Z"));
    }

    #[track_caller]
    fn check_standing(now: &str, expected: Standing) {
        assert_eq!(standing(time("2026-11-24T16:00:00Z"), time(now), &new_york()), expected);
    }

    #[test]
    fn promises_stand() {
        check_standing("2026-11-23T16:00:00Z", Standing::OnTrack);
        check_standing("2026-11-24T04:59:59Z", Standing::OnTrack); // still the 23rd in New York
        check_standing("2026-11-24T05:00:00Z", Standing::Today);
        check_standing("2026-11-24T16:00:00Z", Standing::Today);
        check_standing("2026-11-24T16:00:00.001Z", Standing::Late);
        check_standing("2027-11-24T16:00:00Z", Standing::Late);
    }

    #[track_caller]
    fn check_open(now: &str, expected: bool) {
        assert_eq!(open_now(&shop(), &london(), time(now)), expected, "{now}");
    }

    #[test]
    fn opening_hours() {
        check_open("2026-11-23T08:59:59Z", false);
        check_open("2026-11-23T09:00:00Z", true);
        check_open("2026-11-23T12:30:00Z", false);
        check_open("2026-11-23T13:30:00Z", true);
        check_open("2026-11-23T17:30:00Z", false);
        check_open("2026-11-22T12:00:00Z", false);
        check_open("2026-12-25T10:00:00Z", false);
        check_open("2026-07-06T08:00:00Z", true); // summer time
    }

    #[track_caller]
    fn check_next(now: &str, expected: Option<&str>) {
        let next = open_next(&shop(), &london(), time(now)).map(Timestamp::to_rfc3339);
        assert_eq!(next.as_deref().and_then(|at| at.strip_suffix(":00.000Z")), expected, "{now}");
    }

    #[test]
    fn the_next_opening() {
        check_next("2026-11-23T10:00:00Z", None);
        check_next("2026-11-23T08:59:59Z", Some("2026-11-23T09:00"));
        check_next("2026-11-23T12:30:00Z", Some("2026-11-23T13:30")); // at lunch
        check_next("2026-11-23T17:30:00Z", Some("2026-11-24T09:00")); // over night
        check_next("2026-11-21T16:00:00Z", Some("2026-11-23T09:00")); // over Sunday
        check_next("2026-12-24T20:00:00Z", Some("2026-12-26T10:00")); // over Christmas Day
        check_next("2026-03-28T20:00:00Z", Some("2026-03-30T08:00")); // into summer time
        let closed = Promise { week: Default::default(), ..shop() };
        assert_eq!(open_next(&closed, &Utc, time("2026-11-23T10:00:00Z")), None);
        let backwards = Promise { week: std::array::from_fn(|_| vec![(900, 600)]), ..shop() };
        assert_eq!(open_next(&backwards, &Utc, time("2026-11-23T07:00:00Z")), None);
    }

    /// A small generator: the same walk for the same seed.
    struct Seeded(u64);

    impl Seeded {
        fn below(&mut self, bound: u64) -> u64 {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            self.0 % bound
        }
    }

    fn random_promise(random: &mut Seeded) -> Promise {
        let mut promise = Promise { respond_within_minutes: random.below(3_000) as u32, ..shop() };
        for day in &mut promise.week {
            day.clear();
            let mut from = random.below(700) as u16;
            for _ in 0..random.below(4) {
                let to = (from + 1 + random.below(400) as u16).min(1_440);
                day.push((from, to));
                from = (to + 1 + random.below(120) as u16).min(1_439);
                if to >= 1_400 {
                    break;
                }
            }
        }
        let first = CivilDate::new(2026, 2, 1).unwrap();
        promise.holidays = (0..random.below(20)).map(|_| first.plus_days(random.below(400) as i32)).collect();
        promise
    }

    #[track_caller]
    fn check_holds(seed: u64, promise: &Promise, zone: &TableZone, received: Timestamp) -> Timestamp {
        let reply = reply_by(promise, zone, received);
        let told = |what: &str| format!("{what}: seed {seed}, received {}", received.to_rfc3339());
        assert!(reply >= received, "{}", told("before it was received"));
        if promise.week.iter().all(Vec::is_empty) {
            return reply;
        }
        // Inside a span, or at its end.
        let inside = open_now(promise, zone, reply) || open_now(promise, zone, Timestamp(reply.0 - 1));
        assert!(inside, "{}", told("outside opening hours"));
        let worked = worked_minutes(promise, zone, received, reply);
        let wanted = promise.respond_within_minutes;
        assert!(worked >= wanted && worked <= wanted + 5, "{}: {worked} for {wanted}", told("miscounted"));
        reply
    }

    /// Counts open minutes one by one, the slow and plain way.
    fn worked_minutes(promise: &Promise, zone: &TableZone, from: Timestamp, to: Timestamp) -> u32 {
        let mut at = from;
        let mut worked = 0;
        while at < to {
            worked += u32::from(open_now(promise, zone, at));
            at = at.plus_minutes(1);
        }
        worked
    }

    #[test]
    fn promises_hold_for_random_hours() {
        for seed in 1..40 {
            let mut random = Seeded(0x9E37_79B9_7F4A_7C15_u64.wrapping_mul(seed));
            let promise = random_promise(&mut random);
            let zone = [london(), new_york(), fixed(330), fixed(0)]
                .into_iter()
                .nth(random.below(4) as usize)
                .unwrap();
            let mut received = time("2026-03-01T00:00:00Z").plus_minutes(random.below(400_000) as i64);
            let mut last = received;
            for _ in 0..3 {
                let reply = check_holds(seed, &promise, &zone, received);
                assert!(reply >= last, "seed {seed}: a later complaint is promised an earlier answer");
                last = reply;
                received = received.plus_minutes(random.below(900) as i64);
            }
        }
    }
}
