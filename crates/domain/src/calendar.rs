//! Civil dates and clock times, and the one question asked of a time zone.
//! Knows nothing of the browser or of a time-zone database.

/// Milliseconds in a minute.
pub const MINUTE_MS: i64 = 60_000;
/// Milliseconds in a day of 24 hours.
pub const DAY_MS: i64 = 1_440 * MINUTE_MS;
/// 0000-01-01T00:00:00.000Z; an earlier instant is written as this one.
const FIRST_MS: i64 = -62_167_219_200_000;
/// 9999-12-31T23:59:59.999Z; a later instant is written as this one.
const LAST_MS: i64 = 253_402_300_799_999;

/// An instant: milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Timestamp(pub i64);

/// What a time zone has to answer. The browser asks `Intl`, the receiver its tz database, tests a table.
pub trait Zone {
    /// Minutes that local clocks are ahead of UTC at this instant (negative in the Americas).
    fn offset_minutes(&self, at: Timestamp) -> i32;
}

/// UTC itself, for tests and as a fallback.
#[derive(Debug)]
pub struct Utc;

impl Zone for Utc {
    fn offset_minutes(&self, _at: Timestamp) -> i32 {
        0
    }
}

/// A day in the proleptic Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CivilDate {
    /// Year, such as 2026.
    pub year: i32,
    /// Month, 1 to 12.
    pub month: u8,
    /// Day of the month, 1 to 31.
    pub day: u8,
}

impl CivilDate {
    /// The day of this year, month and day, if there is one.
    pub fn new(year: i32, month: u8, day: u8) -> Option<Self> {
        let date = Self { year, month, day };
        let real =
            (1..=12).contains(&month) && (1..=31).contains(&day) && Self::from_days(date.days()) == date;
        real.then_some(date)
    }

    /// Days since 1970-01-01, negative before it (Hinnant's `days_from_civil`).
    pub fn days(self) -> i32 {
        // The year starts in March here, so that the leap day is its last one.
        let month = i32::from(self.month);
        let year = if month <= 2 { self.year - 1 } else { self.year };
        let era = year.div_euclid(400);
        let year_of_era = year.rem_euclid(400);
        let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + i32::from(self.day) - 1;
        era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
    }

    /// The day that is so many days after 1970-01-01 (Hinnant's `civil_from_days`).
    pub fn from_days(days: i32) -> Self {
        let shifted = days + 719_468;
        let era = shifted.div_euclid(146_097);
        let day_of_era = shifted.rem_euclid(146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted_month = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
        let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
        let year = year_of_era + era * 400 + i32::from(month <= 2);
        Self { year, month: month as u8, day: day as u8 }
    }

    /// The day so many days later (earlier, if negative).
    pub fn plus_days(self, days: i32) -> Self {
        Self::from_days(self.days() + days)
    }

    /// The weekday: 0 is Monday, 6 is Sunday.
    pub fn weekday(self) -> usize {
        (self.days() + 3).rem_euclid(7) as usize
    }

    /// Reads `2026-11-21`, exactly so.
    pub fn parse_iso(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        if bytes.len() == 10 { parse_date(bytes) } else { None }
    }

    /// Writes `2026-11-21`. Years are of four digits: 0 to 9999.
    pub fn to_iso(self) -> String {
        let mut out = String::with_capacity(10);
        push_date(&mut out, self);
        out
    }
}

impl Timestamp {
    /// Reads an RFC 3339 time: `2026-11-21T10:04:05.120Z`, seconds and offset included. Digits
    /// after the milliseconds are dropped; a leap second counts as the second after it.
    pub fn parse_rfc3339(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let date = parse_date(bytes)?;
        if !matches!(bytes.get(10)?, b'T' | b't' | b' ') || *bytes.get(13)? != b':' || *bytes.get(16)? != b':'
        {
            return None;
        }
        let (hour, minute, second) = (number(bytes, 11, 2)?, number(bytes, 14, 2)?, number(bytes, 17, 2)?);
        if hour > 23 || minute > 59 || second > 60 {
            return None;
        }
        let mut at = 19;
        let mut milliseconds = 0;
        if bytes.get(at) == Some(&b'.') {
            at += 1;
            let mut weight = 100;
            let first = at;
            while let Some(digit) = bytes.get(at).filter(|byte| byte.is_ascii_digit()) {
                milliseconds += i32::from(digit - b'0') * weight;
                weight /= 10;
                at += 1;
            }
            if at == first {
                return None;
            }
        }
        let offset = parse_offset(bytes.get(at..)?)?;
        let minutes = i64::from(date.days()) * 1_440 + i64::from(hour * 60 + minute - offset);
        Some(Self(minutes * MINUTE_MS + i64::from(second * 1_000 + milliseconds)))
    }

    /// Writes `2026-11-21T10:04:05.120Z`: always UTC, always milliseconds.
    pub fn to_rfc3339(self) -> String {
        let at = self.0.clamp(FIRST_MS, LAST_MS);
        let rest = at.rem_euclid(DAY_MS) as u32;
        let mut out = String::with_capacity(24);
        push_date(&mut out, CivilDate::from_days(at.div_euclid(DAY_MS) as i32));
        for (mark, value, width) in [
            ('T', rest / 3_600_000, 2),
            (':', rest / 60_000 % 60, 2),
            (':', rest / 1_000 % 60, 2),
            ('.', rest % 1_000, 3),
        ] {
            out.push(mark);
            push_padded(&mut out, value, width);
        }
        out.push('Z');
        out
    }

    /// So many minutes later.
    pub fn plus_minutes(self, minutes: i64) -> Self {
        Self(self.0 + minutes * MINUTE_MS)
    }
}

/// What local clocks and calendars say at this instant: the day, and the minute since its midnight.
pub fn local(at: Timestamp, zone: &dyn Zone) -> (CivilDate, u16) {
    let minutes = at.0.clamp(FIRST_MS, LAST_MS).div_euclid(MINUTE_MS) + i64::from(zone.offset_minutes(at));
    (CivilDate::from_days(minutes.div_euclid(1_440) as i32), minutes.rem_euclid(1_440) as u16)
}

/// The instant at which local clocks say this. Minute 1440 is the midnight that ends the day.
/// Where clocks go back and the time comes twice, it is the first; where they go forward and it is left out, it is
/// as long after the jump as it would have been without it.
pub fn instant(date: CivilDate, minute: u16, zone: &dyn Zone) -> Timestamp {
    let as_utc = Timestamp(i64::from(date.days()) * DAY_MS).plus_minutes(i64::from(minute));
    // No zone changes its clocks twice within two days: these are the only offsets in question.
    let before = zone.offset_minutes(Timestamp(as_utc.0 - DAY_MS));
    let after = zone.offset_minutes(Timestamp(as_utc.0 + DAY_MS));
    let first = as_utc.plus_minutes(-i64::from(before));
    let second = as_utc.plus_minutes(-i64::from(after));
    let second_holds = zone.offset_minutes(second) == after;
    if zone.offset_minutes(first) == before || !second_holds { first } else { second }
}

/// `±hh:mm`, `Z` or `z`, and nothing after it: minutes ahead of UTC.
fn parse_offset(bytes: &[u8]) -> Option<i32> {
    let sign = match bytes {
        [b'Z' | b'z'] => return Some(0),
        [b'+', _, _, b':', _, _] => 1,
        [b'-', _, _, b':', _, _] => -1,
        _ => return None,
    };
    let (hours, minutes) = (number(bytes, 1, 2)?, number(bytes, 4, 2)?);
    (hours <= 23 && minutes <= 59).then_some(sign * (hours * 60 + minutes))
}

/// The date in the first ten bytes.
fn parse_date(bytes: &[u8]) -> Option<CivilDate> {
    if *bytes.get(4)? != b'-' || *bytes.get(7)? != b'-' {
        return None;
    }
    CivilDate::new(number(bytes, 0, 4)?, number(bytes, 5, 2)? as u8, number(bytes, 8, 2)? as u8)
}

/// The number in so many digits.
fn number(bytes: &[u8], at: usize, digits: usize) -> Option<i32> {
    let mut value = 0;
    for byte in bytes.get(at..at + digits)? {
        if !byte.is_ascii_digit() {
            return None;
        }
        value = value * 10 + i32::from(byte - b'0');
    }
    Some(value)
}

fn push_date(out: &mut String, date: CivilDate) {
    push_padded(out, date.year.clamp(0, 9_999) as u32, 4);
    out.push('-');
    push_padded(out, u32::from(date.month), 2);
    out.push('-');
    push_padded(out, u32::from(date.day), 2);
}

/// Writes a number in so many digits, with zeros in front.
fn push_padded(out: &mut String, value: u32, width: u32) {
    let mut unit = 10_u32.pow(width - 1);
    while unit > 0 {
        out.push(char::from(b'0' + (value / unit % 10) as u8));
        unit /= 10;
    }
}

#[cfg(test)]
#[path = "calendar_tests.rs"]
pub(crate) mod tests;
