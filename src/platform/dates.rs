//! Time zones and dates in words, both from the browser's `Intl`, so that no zone table is downloaded.

use domain::calendar::{CivilDate, Timestamp, Zone};
use js_sys::{Array, Date, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use super::js;

/// How an instant is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Weekday, day, month and time, on the device's clock.
    Moment,
    /// Weekday, day and month, on the device's calendar.
    Day,
    /// Day, month and year of a civil date that was given as midnight UTC.
    Date,
}

fn formatter(locale: &str, options: &[(&str, &str)]) -> Option<JsValue> {
    let intl = js::get(&js::global(), "Intl")?;
    let constructor = js::get(&intl, "DateTimeFormat")?;
    let object = Object::new();
    for (name, value) in options {
        js::set(&object, name, &(*value).into());
    }
    Reflect::construct(constructor.unchecked_ref::<js_sys::Function>(), &Array::of2(&locale.into(), &object))
        .ok()
}

fn format(formatter: &JsValue, at: Timestamp) -> Option<String> {
    let date = Date::new(&JsValue::from_f64(at.0 as f64));
    js::call(formatter, "format", &[date.into()]).ok()?.as_string()
}

/// An instant in the words of a language.
pub fn in_words(locale: &str, at: Timestamp, style: Style) -> String {
    let moment = [
        ("weekday", "long"),
        ("day", "numeric"),
        ("month", "long"),
        ("hour", "numeric"),
        ("minute", "2-digit"),
    ];
    let date = [("day", "numeric"), ("month", "long"), ("year", "numeric"), ("timeZone", "UTC")];
    let options: &[(&str, &str)] = match style {
        Style::Moment => &moment,
        Style::Day => &moment[..3],
        Style::Date => &date,
    };
    formatter(locale, options).and_then(|formatter| format(&formatter, at)).unwrap_or_else(|| at.to_rfc3339())
}

/// A time zone by its IANA name, as the browser knows it. An unknown name is read as UTC, which `all-ears check` reports.
pub struct IntlZone {
    formatter: Option<JsValue>,
}

impl IntlZone {
    /// The zone of this name.
    pub fn new(name: &str) -> Self {
        let options = [
            ("timeZone", name),
            ("hourCycle", "h23"),
            ("year", "numeric"),
            ("month", "2-digit"),
            ("day", "2-digit"),
            ("hour", "2-digit"),
            ("minute", "2-digit"),
        ];
        Self { formatter: formatter("en-US", &options) }
    }
}

impl Zone for IntlZone {
    /// Formats the instant in the zone, `11/21/2026, 10:04`, and compares with UTC.
    fn offset_minutes(&self, at: Timestamp) -> i32 {
        let shown = self.formatter.as_ref().and_then(|formatter| format(formatter, at)).unwrap_or_default();
        let mut numbers = Vec::new();
        let mut before = false;
        for byte in shown.bytes() {
            let digit = byte.is_ascii_digit();
            if digit && !before {
                numbers.push(0);
            }
            if let (true, Some(number)) = (digit, numbers.last_mut()) {
                *number = *number * 10 + i32::from(byte - b'0');
            }
            before = digit;
        }
        let [month, day, year, hour, minute] = numbers[..] else { return 0 };
        let date = CivilDate { year, month: month as u8, day: day as u8 };
        let local = i64::from(date.days()) * 1440 + i64::from(hour * 60 + minute);
        (local - at.0.div_euclid(60_000)) as i32
    }
}
