//! When an answer is due, as people say it: `2 days late`, `in 7 hours`, `tomorrow`. The date stands beside it, once.

use domain::calendar::{MINUTE_MS, Timestamp, Zone, local};

use super::html::Html;
use super::layout::time;
use super::texts::count;
use crate::NamedZone;

const HOUR_MINUTES: i64 = 60;
const DAY_MINUTES: i64 = 24 * HOUR_MINUTES;

/// Shows it. What is urgent waits for no date.
pub fn due(out: &mut Html, zone: &NamedZone, reply_by: Timestamp, now: Timestamp, is_urgent: bool) {
    let waits = is_urgent && now <= reply_by;
    let said = if waits { "Please look now".to_owned() } else { words(zone, reply_by, now) };
    out.raw("<span class=\"due\"><strong>").text(&said);
    out.raw("</strong><span>Answer by ");
    time(out, zone, reply_by);
    out.raw("</span></span>");
}

/// In words, by the company's clocks.
fn words(zone: &dyn Zone, reply_by: Timestamp, now: Timestamp) -> String {
    if now > reply_by {
        let minutes = (now.0 - reply_by.0) / MINUTE_MS;
        return format!("{} late", span(minutes));
    }
    let ((today, _), (day, _)) = (local(now, zone), local(reply_by, zone));
    match day.days() - today.days() {
        0 => format!("In {}", span((reply_by.0 - now.0) / MINUTE_MS)),
        1 => "Tomorrow".to_owned(),
        days => format!("In {}", count(i64::from(days), "day", "days")),
    }
}

fn span(minutes: i64) -> String {
    if minutes < HOUR_MINUTES {
        return count(minutes.max(1), "minute", "minutes");
    }
    if minutes < DAY_MINUTES {
        return count(minutes / HOUR_MINUTES, "hour", "hours");
    }
    count(minutes / DAY_MINUTES, "day", "days")
}

#[cfg(test)]
mod tests {
    use super::{NamedZone, Timestamp, words};

    #[track_caller]
    fn check(now: &str, expected: &str) {
        let time = |text| Timestamp::parse_rfc3339(text).expect("a time");
        let zone = NamedZone::named("Europe/London").expect("a zone");
        assert_eq!(words(&zone, time("2026-11-24T17:00:00Z"), time(now)), expected);
    }

    #[test]
    fn due_dates_are_said_as_people_say_them() {
        check("2026-11-10T09:00:00Z", "In 14 days");
        check("2026-11-17T09:00:00Z", "In 7 days");
        check("2026-11-18T09:00:00Z", "In 6 days");
        check("2026-11-23T23:59:00Z", "Tomorrow");
        check("2026-11-24T00:00:00Z", "In 17 hours");
        check("2026-11-24T15:30:00Z", "In 1 hour");
        check("2026-11-24T16:58:59Z", "In 1 minute");
        check("2026-11-24T17:00:00Z", "In 1 minute");
        check("2026-11-24T17:00:30Z", "1 minute late");
        check("2026-11-24T17:45:00Z", "45 minutes late");
        check("2026-11-24T19:00:00Z", "2 hours late");
        check("2026-11-25T18:00:00Z", "1 day late");
        check("2026-12-04T18:00:00Z", "10 days late");
    }
}
