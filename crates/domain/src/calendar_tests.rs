//! Tests of `calendar`, and the table zones that other tests use too.

use super::*;

/// A zone whose clocks change at listed instants.
#[derive(Debug)]
pub(crate) struct TableZone {
    /// Offset before the first change.
    pub first: i32,
    /// `(instant, offset from then on)`.
    pub changes: Vec<(Timestamp, i32)>,
}

impl Zone for TableZone {
    fn offset_minutes(&self, at: Timestamp) -> i32 {
        self.changes.iter().rev().find(|change| change.0 <= at).map_or(self.first, |change| change.1)
    }
}

fn table(first: i32, changes: &[(&str, i32)]) -> TableZone {
    let changes =
        changes.iter().map(|&(at, offset)| (Timestamp::parse_rfc3339(at).unwrap(), offset)).collect();
    TableZone { first, changes }
}

pub(crate) fn london() -> TableZone {
    table(
        0,
        &[
            ("2026-03-29T01:00:00Z", 60),
            ("2026-10-25T01:00:00Z", 0),
            ("2027-03-28T01:00:00Z", 60),
            ("2027-10-31T01:00:00Z", 0),
        ],
    )
}

pub(crate) fn new_york() -> TableZone {
    table(
        -300,
        &[
            ("2026-03-08T07:00:00Z", -240),
            ("2026-11-01T06:00:00Z", -300),
            ("2027-03-14T07:00:00Z", -240),
            ("2027-11-07T06:00:00Z", -300),
        ],
    )
}

pub(crate) fn fixed(offset: i32) -> TableZone {
    table(offset, &[])
}

#[track_caller]
fn check_date(text: &str, days: i32, weekday: usize) {
    let date = CivilDate::parse_iso(text).unwrap();
    assert_eq!((date.days(), date.weekday()), (days, weekday));
    assert_eq!(CivilDate::from_days(days), date);
    assert_eq!(date.to_iso(), text);
}

#[test]
fn dates_count_days() {
    check_date("1970-01-01", 0, 3);
    check_date("1969-12-31", -1, 2);
    check_date("1904-01-01", -24_107, 4);
    check_date("2000-02-29", 11_016, 1);
    check_date("2000-03-01", 11_017, 2);
    check_date("2024-02-29", 19_782, 3);
    check_date("2026-11-21", 20_778, 5);
    check_date("2100-03-01", 47_541, 0);
    check_date("0000-01-01", -719_528, 5);
    check_date("9999-12-31", 2_932_896, 4);
}

#[test]
fn every_day_of_eight_centuries_follows_the_one_before() {
    let mut previous = CivilDate::from_days(-150_000);
    for days in -149_999..150_000 {
        let date = CivilDate::from_days(days);
        assert!(date > previous);
        assert_eq!(date.days(), days);
        assert_eq!(date.weekday(), (previous.weekday() + 1) % 7);
        assert_eq!(previous.plus_days(1), date);
        previous = date;
    }
}

#[test]
fn dates_that_are_none() {
    for text in [
        "",
        "2026",
        "2026-11",
        "2026-11-31",
        "2026-02-29",
        "2100-02-29",
        "2026-13-01",
        "2026-00-10",
        "2026-01-00",
        "2026-1-1",
        "2026/11/21",
        "2026-11-21T",
        " 2026-11-21",
        "+026-11-21",
        "2026-11-2é",
        "２026-11-1",
        "2026-11-99",
    ] {
        assert_eq!(CivilDate::parse_iso(text), None, "{text}");
    }
}

#[track_caller]
fn check_time(text: &str, expected: &str) {
    assert_eq!(Timestamp::parse_rfc3339(text).unwrap().to_rfc3339(), expected);
}

#[test]
fn times_are_read_and_written() {
    check_time("2026-11-21T10:04:05.120Z", "2026-11-21T10:04:05.120Z");
    check_time("2026-11-21T10:04:05Z", "2026-11-21T10:04:05.000Z");
    check_time("2026-11-21t10:04:05.1z", "2026-11-21T10:04:05.100Z");
    check_time("2026-11-21 10:04:05.123456789Z", "2026-11-21T10:04:05.123Z");
    check_time("2026-11-21T10:04:05+05:30", "2026-11-21T04:34:05.000Z");
    check_time("2026-11-21T23:30:00-05:00", "2026-11-22T04:30:00.000Z");
    check_time("2026-01-01T00:15:00+05:45", "2025-12-31T18:30:00.000Z");
    check_time("2026-11-21T10:04:05-00:00", "2026-11-21T10:04:05.000Z");
    check_time("2016-12-31T23:59:60Z", "2017-01-01T00:00:00.000Z");
    check_time("1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z");
    check_time("2024-02-29T12:00:00Z", "2024-02-29T12:00:00.000Z");
    assert_eq!(Timestamp(0).to_rfc3339(), "1970-01-01T00:00:00.000Z");
    assert_eq!(Timestamp(-1).to_rfc3339(), "1969-12-31T23:59:59.999Z");
    assert_eq!(Timestamp(i64::MIN).to_rfc3339(), "0000-01-01T00:00:00.000Z");
    assert_eq!(Timestamp(i64::MAX).to_rfc3339(), "9999-12-31T23:59:59.999Z");
}

#[test]
fn times_that_are_none() {
    for text in [
        "",
        "2026-11-21",
        "2026-11-21T10:04:05",
        "2026-11-21T10:04Z",
        "2026-11-21T24:00:00Z",
        "2026-11-21T10:60:00Z",
        "2026-11-21T10:04:61Z",
        "2026-11-21T10:04:05.Z",
        "2026-11-21T10:04:05+0530",
        "2026-11-21T10:04:05+24:00",
        "2026-11-21T10:04:05Z ",
        "2026-11-21T10:04:05+05:30x",
        "2026-02-30T10:04:05Z",
        "2026-11-21X10:04:05Z",
        "2026-11-21T1a:04:05Z",
        "2026-11-21T10-04-05Z",
        "2026-11-21T10:04:0é",
    ] {
        assert_eq!(Timestamp::parse_rfc3339(text), None, "{text}");
    }
}

#[track_caller]
fn check_local(zone: &TableZone, at: &str, date: &str, minute: u16) {
    let (day, own) = local(Timestamp::parse_rfc3339(at).unwrap(), zone);
    assert_eq!((day.to_iso().as_str(), own), (date, minute));
}

#[test]
fn local_time() {
    check_local(&london(), "2026-03-29T00:59:59Z", "2026-03-29", 59);
    check_local(&london(), "2026-03-29T01:00:00Z", "2026-03-29", 120);
    check_local(&london(), "2026-06-30T23:30:00Z", "2026-07-01", 30);
    check_local(&new_york(), "2026-01-01T04:59:59Z", "2025-12-31", 1439);
    check_local(&new_york(), "2026-11-01T05:30:00Z", "2026-11-01", 90);
    check_local(&new_york(), "2026-11-01T06:30:00Z", "2026-11-01", 90);
    check_local(&fixed(330), "2026-11-21T18:30:00Z", "2026-11-22", 0);
    check_local(&fixed(-210), "2026-11-21T03:00:00Z", "2026-11-20", 1410);
    check_local(&fixed(345), "2026-11-21T00:00:00Z", "2026-11-21", 345);
}

#[track_caller]
fn check_instant(zone: &dyn Zone, date: &str, minute: u16, expected: &str) {
    let at = instant(CivilDate::parse_iso(date).unwrap(), minute, zone);
    assert_eq!(at.to_rfc3339().strip_suffix(":00.000Z"), Some(expected));
}

#[test]
fn instants() {
    let london = london();
    check_instant(&london, "2026-03-28", 9 * 60, "2026-03-28T09:00");
    check_instant(&london, "2026-03-29", 59, "2026-03-29T00:59");
    check_instant(&london, "2026-03-29", 60, "2026-03-29T01:00"); // left out: 01:00 is 02:00
    check_instant(&london, "2026-03-29", 90, "2026-03-29T01:30"); // left out: 01:30 is 02:30
    check_instant(&london, "2026-03-29", 120, "2026-03-29T01:00");
    check_instant(&london, "2026-03-29", 9 * 60, "2026-03-29T08:00");
    check_instant(&london, "2026-10-25", 59, "2026-10-24T23:59");
    check_instant(&london, "2026-10-25", 60, "2026-10-25T00:00"); // twice: the first
    check_instant(&london, "2026-10-25", 119, "2026-10-25T00:59");
    check_instant(&london, "2026-10-25", 120, "2026-10-25T02:00");
    check_instant(&london, "2026-10-24", 1440, "2026-10-24T23:00");
    let new_york = new_york();
    check_instant(&new_york, "2026-03-08", 119, "2026-03-08T06:59");
    check_instant(&new_york, "2026-03-08", 150, "2026-03-08T07:30"); // left out: 02:30 is 03:30
    check_instant(&new_york, "2026-03-08", 180, "2026-03-08T07:00");
    check_instant(&new_york, "2026-11-01", 60, "2026-11-01T05:00"); // twice: the first
    check_instant(&new_york, "2026-11-01", 120, "2026-11-01T07:00");
    check_instant(&new_york, "2026-12-31", 1440, "2027-01-01T05:00");
    check_instant(&fixed(330), "2026-11-21", 0, "2026-11-20T18:30");
    check_instant(&fixed(-210), "2026-11-21", 600, "2026-11-21T13:30");
    check_instant(&Utc, "2026-11-21", 600, "2026-11-21T10:00");
}

#[test]
fn instant_undoes_local() {
    for zone in [london(), new_york(), fixed(345), fixed(-720), fixed(840)] {
        let mut at = Timestamp::parse_rfc3339("2026-02-20T00:00:00Z").unwrap();
        for _ in 0..9_000 {
            let (date, minute) = local(at, &zone);
            let back = instant(date, minute, &zone);
            // The hour that comes twice answers with its first pass.
            assert!(back == at || back.plus_minutes(60) == at, "{}", at.to_rfc3339());
            assert_eq!(local(back, &zone), (date, minute));
            at = at.plus_minutes(47);
        }
    }
}
