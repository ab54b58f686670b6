//! The company's time zone, by the tz database that is built in.

use domain::calendar::{Timestamp, Zone};
use jiff::tz::TimeZone;

/// A zone by its IANA name.
#[derive(Clone, Debug)]
pub struct NamedZone(TimeZone);

impl NamedZone {
    /// `Europe/London`; `None` when there is no such zone.
    pub fn named(name: &str) -> Option<Self> {
        TimeZone::get(name).ok().map(Self)
    }

    /// `Tue 24 Nov 2026, 16:00`, by this zone's clocks.
    pub fn words(&self, at: Timestamp) -> String {
        match jiff::Timestamp::from_millisecond(at.0) {
            Ok(at) => at.to_zoned(self.0.clone()).strftime("%a %-d %b %Y, %H:%M").to_string(),
            Err(_) => at.to_rfc3339(),
        }
    }

    /// `Tue 24 Nov 2026`, by this zone's clocks.
    pub fn day(&self, at: Timestamp) -> String {
        self.words(at).split(',').next().unwrap_or_default().to_owned()
    }

    /// UTC.
    pub fn utc() -> Self {
        Self(TimeZone::UTC)
    }
}

impl Zone for NamedZone {
    fn offset_minutes(&self, at: Timestamp) -> i32 {
        match jiff::Timestamp::from_millisecond(at.0) {
            Ok(at) => self.0.to_offset(at).seconds().div_euclid(60),
            Err(_) => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{NamedZone, Timestamp, Zone};

    #[track_caller]
    fn check(zone: &str, at: &str, expected: i32) {
        let at = Timestamp::parse_rfc3339(at).expect("a time");
        assert_eq!(NamedZone::named(zone).expect("a zone").offset_minutes(at), expected);
    }

    #[test]
    fn offsets_follow_the_clocks() {
        check("Europe/London", "2026-03-29T00:59:59Z", 0);
        check("Europe/London", "2026-03-29T01:00:00Z", 60);
        check("America/New_York", "2026-11-01T05:59:59Z", -240);
        check("America/New_York", "2026-11-01T06:00:00Z", -300);
        check("Asia/Kathmandu", "2026-01-01T00:00:00Z", 345);
        check("Asia/Shanghai", "2026-07-01T00:00:00Z", 480);
        assert!(NamedZone::named("Middle/Earth").is_none());
    }
}
