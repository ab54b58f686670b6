//! Opening hours: `{"mon-fri": "09:00-12:30, 13:30-17:00", "sat": ["10:00-16:00"], "sun": "closed"}`.

use domain::config::Span;
use domain::message::{cut, pieces};

use super::form::Form;
use super::issue::{self, ConfigIssue};
use super::leaf::Leaf;
use super::notes::Notes;
use super::reader::Reader;

/// The days by name, Monday first.
pub(crate) const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
/// Opening spans of one day. More are no usable day.
const SPANS_MAX: usize = 6;

/// Reads the week that stands here. A day that is not named is closed, as soon as one is named.
pub(super) fn week(reader: &mut Reader<'_, impl Notes>, week: &mut [Vec<Span>; 7]) {
    let mut own: [Vec<Span>; 7] = Default::default();
    let mut named = false;
    reader.free(20, "<mon | tue | … | mon-fri>", &mut |reader, key| {
        named = true;
        let text = day(reader);
        match (range(key), spans(&text)) {
            (None, _) => reader.tell(|path| {
                let mut hint = issue::did_you_mean(key.get(..3).unwrap_or(key), &DAYS);
                if hint.is_empty() {
                    hint.push_str("days are mon to sun, or a range such as \"mon-fri\"");
                }
                ConfigIssue::remark(path, "unknown day", &hint)
            }),
            (Some((first, last)), Some(spans)) => {
                for day in &mut own[first..=last] {
                    day.clone_from(&spans);
                }
            }
            (Some(_), None) => {}
        }
    });
    if own.iter().any(|day| !day.is_empty()) {
        *week = own;
    } else if named {
        reader.note("no opening hours", "using the default ones");
    }
}

/// The hours of a day: one text, or a list of them.
fn day(reader: &mut Reader<'_, impl Notes>) -> String {
    let mut text = String::new();
    if reader.instead(Leaf::Form(Form::Spans, &mut text)) {
        return text;
    }
    if !reader.outlining() && !reader.value().is_some_and(crate::value::Value::is_array) {
        reader.leaf(Leaf::Form(Form::Spans, &mut text));
        return text;
    }
    reader.items(SPANS_MAX, &mut |reader| {
        let mut part = String::new();
        reader.leaf(Leaf::Form(Form::Spans, &mut part));
        if !text.is_empty() && !part.is_empty() {
            text.push(',');
        }
        text.push_str(&part);
    });
    text
}

/// `wed` or `mon-fri`, as indexes.
fn range(key: &str) -> Option<(usize, usize)> {
    let day = |name: &str| DAYS.iter().position(|day| day.eq_ignore_ascii_case(name.trim()));
    let (first, last) = cut(key, "-").unwrap_or((key, key));
    let (first, last) = (day(first)?, day(last)?);
    (first <= last).then_some((first, last))
}

/// `09:00-12:30, 13:30-17:00` in minutes since midnight, in order; `closed` and an empty text are no span at all.
pub(crate) fn spans(text: &str) -> Option<Vec<Span>> {
    let mut spans = Vec::new();
    if text.is_empty() || text.eq_ignore_ascii_case("closed") {
        return Some(spans);
    }
    for part in pieces(text, ",") {
        let (start, end) = cut(part, "-").or_else(|| cut(part, "–"))?;
        let span = (minutes(start)?, minutes(end)?);
        let after_last = spans.last().is_none_or(|last: &Span| last.1 <= span.0);
        if span.0 >= span.1 || !after_last || spans.len() == SPANS_MAX {
            return None;
        }
        spans.push(span);
    }
    Some(spans)
}

/// `09:30` or `9:30` in minutes; `24:00` is the end of the day.
fn minutes(text: &str) -> Option<u16> {
    let (hour, minute) = cut(text.trim(), ":")?;
    let number = |digits: &str| -> Option<u16> {
        let good = (1..=2).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
        good.then(|| digits.bytes().fold(0, |sum, byte| sum * 10 + u16::from(byte - b'0')))
    };
    let (hour, minute) = (number(hour)?, number(minute).filter(|_| minute.len() == 2)?);
    (minute < 60 && hour * 60 + minute <= 1_440).then_some(hour * 60 + minute)
}
