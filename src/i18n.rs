//! The texts of one language: message keys in, sentences out. Knows neither where the texts come from nor how dates
//! are worded: both are handed in.

use std::rc::Rc;

use domain::calendar::Timestamp;
use domain::message::{MESSAGE_COUNT, Message, MessageKey, cut, fill, pieces, until};
use yew::AttrValue;

/// How an instant is worded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateStyle {
    /// Weekday, day, month and time on the customer's own clock: "Tuesday 24 November at 16:00".
    Moment,
    /// Weekday, day and month on the customer's own calendar: "Tuesday 24 November".
    Day,
    /// A civil date that was given as midnight UTC, so it is worded in UTC: "14 November 2026".
    Date,
}

/// Words an instant in the language of the catalog. The browser's `Intl` stands behind it.
pub type DateWords = Rc<dyn Fn(Timestamp, DateStyle) -> String>;

/// Every sentence of one language.
#[derive(Clone)]
pub struct Catalog {
    locale: AttrValue,
    texts: Vec<AttrValue>,
    dates: DateWords,
}

impl Catalog {
    /// Reads a locale file: line n is message n, and `\n` in it stands for a line break. What a short file lacks is
    /// empty.
    pub fn new(locale: &str, file: &str, dates: DateWords) -> Self {
        let mut lines = pieces(file, "\n");
        let mut texts = Vec::new();
        for _ in 0..MESSAGE_COUNT {
            texts.push(read(lines.next().unwrap_or_default()));
        }
        Self { locale: AttrValue::from(locale.to_owned()), texts, dates }
    }

    /// Puts the company's own words in place of a message. `keys` are the dotted keys, one a line, in the order of the
    /// messages; a key that is not there is ignored (the config's reader has reported it).
    pub fn replace(&mut self, keys: &str, key: &str, text: &str) {
        let place = pieces(keys, "\n").position(|line| line == key);
        if let Some(slot) = place.and_then(|at| self.texts.get_mut(at)) {
            *slot = AttrValue::from(text.to_owned());
        }
    }

    /// The language, a BCP 47 tag.
    pub fn locale(&self) -> AttrValue {
        self.locale.clone()
    }

    /// Which way the language is written, for `dir`.
    pub fn direction(&self) -> &'static str {
        if matches!(until(&self.locale, "-"), "ar" | "fa" | "he" | "ur") { "rtl" } else { "ltr" }
    }

    /// A sentence without placeholders.
    pub fn text(&self, key: MessageKey) -> AttrValue {
        self.texts.get(key as usize).cloned().unwrap_or_default()
    }

    /// A sentence with its placeholders filled.
    pub fn with(&self, key: MessageKey, args: &[(&str, &str)]) -> AttrValue {
        AttrValue::from(fill(&self.text(key), args))
    }

    /// A sentence that the domain chose.
    pub fn message(&self, message: &Message) -> AttrValue {
        let mut args: Vec<(&str, &str)> = Vec::new();
        for (name, value) in &message.args {
            args.push((name, value));
        }
        self.with(message.key, &args)
    }

    /// An instant in words.
    pub fn date(&self, at: Timestamp, style: DateStyle) -> AttrValue {
        AttrValue::from((self.dates)(at, style))
    }
}

fn read(line: &str) -> AttrValue {
    let (mut out, mut rest) = (String::new(), line);
    while let Some((before, after)) = cut(rest, "\\n") {
        out.push_str(before);
        out.push('\n');
        rest = after;
    }
    out.push_str(rest);
    AttrValue::from(out)
}

#[cfg(test)]
mod tests {
    use super::{Catalog, DateStyle};
    use domain::calendar::Timestamp;
    use domain::message::MessageKey;
    use std::rc::Rc;

    fn catalog(file: &str) -> Catalog {
        Catalog::new("en", file, Rc::new(|at, style| format!("{}/{style:?}", at.0)))
    }

    #[test]
    fn a_line_is_a_message_and_a_short_file_leaves_the_rest_empty() {
        let catalog = catalog("first\\nsecond");
        assert_eq!(catalog.texts[0].as_str(), "first\nsecond");
        assert_eq!(catalog.texts[1].as_str(), "");
    }

    #[test]
    fn own_words_replace_a_message_and_unknown_keys_are_ignored() {
        let mut catalog = catalog("one\ntwo");
        catalog.replace("a.one\na.two", "a.two", "our two");
        catalog.replace("a.one\na.two", "a.three", "nothing");
        assert_eq!(catalog.texts[0].as_str(), "one");
        assert_eq!(catalog.texts[1].as_str(), "our two");
    }

    #[test]
    fn a_language_knows_its_direction() {
        let direction = |locale| Catalog::new(locale, "", Rc::new(|_, _| String::new())).direction();
        assert_eq!(
            [direction("en"), direction("zh-Hans"), direction("ar-EG"), direction("he")],
            ["ltr", "ltr", "rtl", "rtl"]
        );
    }

    #[test]
    fn dates_come_from_outside() {
        assert_eq!(catalog("").date(Timestamp(5), DateStyle::Day).as_str(), "5/Day");
        assert_eq!(catalog("").text(MessageKey::PanelClose).as_str(), "");
    }
}
