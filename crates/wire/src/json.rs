//! Small helpers to build JSON text and to walk a value, by hand and without derive: the widget carries
//! this code. Knows no contract.

pub use domain::message::push_whole;

use crate::value::Value;

/// Builds JSON text in the order of the calls. Absent means absent: an empty text is not written.
#[derive(Debug, Default)]
pub struct Writer {
    out: String,
}

impl Writer {
    /// An empty text.
    pub fn new() -> Self {
        Self::default()
    }

    /// The finished text.
    pub fn finish(self) -> String {
        self.out
    }

    /// A comma, unless this is the first entry of its object or list.
    fn separate(&mut self) {
        if !matches!(self.out.as_bytes().last(), None | Some(b'{' | b'[' | b':')) {
            self.out.push(',');
        }
    }

    /// Begins an object: the whole text, or an entry of a list.
    pub fn open(&mut self) {
        self.separate();
        self.out.push('{');
    }

    /// Ends an object.
    pub fn close(&mut self) {
        self.out.push('}');
    }

    /// Begins a list: the whole text, or an entry of a list.
    pub fn open_list(&mut self) {
        self.separate();
        self.out.push('[');
    }

    /// Ends a list.
    pub fn close_list(&mut self) {
        self.out.push(']');
    }

    /// The key of what is written next.
    pub fn key(&mut self, key: &str) {
        self.separate();
        push_quoted(&mut self.out, key);
        self.out.push(':');
    }

    /// A text, empty or not.
    pub fn value(&mut self, text: &str) {
        self.separate();
        push_quoted(&mut self.out, text);
    }

    /// A key with a text; nothing when the text is empty.
    pub fn text(&mut self, key: &str, text: &str) {
        if !text.is_empty() {
            self.key(key);
            push_quoted(&mut self.out, text);
        }
    }

    /// A key with yes or no; nothing when unknown.
    pub fn flag(&mut self, key: &str, flag: Option<bool>) {
        if let Some(flag) = flag {
            self.key(key);
            self.out.push_str(if flag { "true" } else { "false" });
        }
    }

    /// A key with a whole number.
    pub fn whole(&mut self, key: &str, number: u64) {
        self.key(key);
        push_whole(&mut self.out, number);
    }

    /// A key with any finite number; nothing for the others, which JSON lacks.
    pub fn number(&mut self, key: &str, number: f64) {
        if number.is_finite() {
            self.key(key);
            push_number(&mut self.out, number);
        }
    }

    /// A key with something that is JSON already.
    #[cfg(feature = "server")]
    pub fn raw(&mut self, key: &str, json: &str) {
        self.key(key);
        self.out.push_str(json);
    }

    /// Opens an object under a key, fills it, and takes it back if nothing was written.
    pub fn object(&mut self, key: &str, fill: impl FnOnce(&mut Self)) {
        let before = self.out.len();
        self.key(key);
        self.out.push('{');
        let empty = self.out.len();
        fill(self);
        if self.out.len() == empty {
            self.out.truncate(before);
        } else {
            self.out.push('}');
        }
    }
}

/// Appends a number with at most six decimals, without the code for floating-point formatting.
fn push_number(out: &mut String, number: f64) {
    const SCALE: u64 = 1_000_000;
    let size = number.abs();
    let mut whole = size as u64;
    let mut rest = ((size - whole as f64) * SCALE as f64 + 0.5) as u64;
    if rest >= SCALE {
        whole = whole.saturating_add(1);
        rest = 0;
    }
    if number < 0.0 && (whole, rest) != (0, 0) {
        out.push('-');
    }
    push_whole(out, whole);
    if rest > 0 {
        out.push('.');
        let mut unit = SCALE / 10;
        while rest > 0 {
            out.push((b'0' + (rest / unit) as u8) as char);
            rest %= unit;
            unit = (unit / 10).max(1);
        }
    }
}

/// Appends a JSON string.
fn push_quoted(out: &mut String, text: &str) {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\u{0}'..='\u{1f}' => {
                out.push_str("\\u00");
                out.push(HEX[(character as usize) >> 4] as char);
                out.push(HEX[(character as usize) & 15] as char);
            }
            other => out.push(other),
        }
    }
    out.push('"');
}

/// The text under a key; empty when it is absent or something else.
pub fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// The text under a key, if it is there and says something.
pub fn optional_text(value: &Value, key: &str) -> Option<String> {
    let found = text(value, key);
    (!found.is_empty()).then(|| found.to_owned())
}

/// What the entries of a list say, without those that say nothing; empty when there is no list. A plain loop: the
/// widget carries one for each kind of entry.
pub fn gather<T>(list: Option<&Value>, read: fn(&Value) -> Option<T>) -> Vec<T> {
    let mut all = Vec::new();
    for entry in list.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default() {
        if let Some(one) = read(entry) {
            all.push(one);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::Writer;

    #[track_caller]
    fn check_number(number: f64, expected: &str) {
        let mut writer = Writer::new();
        writer.open();
        writer.number("n", number);
        writer.close();
        assert_eq!(writer.finish(), expected);
    }

    #[test]
    fn numbers_are_written_shortly_and_exactly() {
        check_number(0.0, r#"{"n":0}"#);
        check_number(-0.0, r#"{"n":0}"#);
        check_number(12.5, r#"{"n":12.5}"#);
        check_number(-119.99, r#"{"n":-119.99}"#);
        check_number(0.1 + 0.2, r#"{"n":0.3}"#);
        check_number(0.000_001, r#"{"n":0.000001}"#);
        check_number(0.999_999_9, r#"{"n":1}"#);
        check_number(9_007_199_254_740_991.0, r#"{"n":9007199254740991}"#);
        check_number(f64::NAN, "{}");
    }

    #[test]
    fn hostile_texts_survive() {
        let hostile = "\u{0}\u{1f}\"\\\n\r\t\u{2028}</script>🧡\u{202e}";
        let mut writer = Writer::new();
        writer.open();
        writer.text(hostile, hostile);
        writer.close();
        let text = writer.finish();
        let value: serde_json::Value = serde_json::from_str(&text).expect("valid JSON");
        assert_eq!(value[hostile], hostile);
    }

    #[test]
    fn what_is_empty_is_absent() {
        let mut writer = Writer::new();
        writer.open();
        writer.text("a", "");
        writer.object("b", |inner| inner.text("c", ""));
        writer.object("d", |inner| inner.flag("e", Some(false)));
        writer.flag("f", None);
        writer.close();
        assert_eq!(writer.finish(), r#"{"d":{"e":false}}"#);
    }
}
