//! JSON as the widget reads it: a small value type and its reader, instead of `serde_json`, whose tables for exact
//! floating point, maps and error positions a visitor would download and nobody there needs. The receiver reads
//! strictly, by `strict`; what comes from there is converted.

/// A JSON value.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Value {
    /// `null`, and whatever could not be read.
    #[default]
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number. Up to 15 digits are exact; more are rounded, not always to the nearest.
    Number(f64),
    /// A text.
    String(String),
    /// A list.
    Array(Vec<Value>),
    /// An object.
    Object(Map),
}

/// The members of an object in their order. Of a key that stands twice the last value counts, as in JavaScript.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Map {
    entries: Vec<(String, Value)>,
}

/// Lists and objects within each other. What is deeper is no JSON here.
const DEPTH_MAX: usize = 32;

impl Value {
    /// Reads a JSON text (RFC 8259). `None` when it is none.
    pub fn parse(text: &str) -> Option<Self> {
        let mut reader = Reader { text, at: 0 };
        let value = reader.value(0)?;
        reader.peek().is_none().then_some(value)
    }

    /// The line, from 1, in which a text stops being JSON, and what stands there: a character, or nothing where the
    /// text ends too early. `None` for a text that is JSON.
    pub fn torn(text: &str) -> Option<(usize, Option<char>)> {
        let mut reader = Reader { text, at: 0 };
        if reader.value(0).is_some() && reader.peek().is_none() {
            return None;
        }
        let at = (0..=reader.at.min(text.len())).rev().find(|at| text.is_char_boundary(*at))?;
        let before = &text[..at];
        Some((before.matches('\n').count() + 1, text[at..].chars().next()))
    }

    /// A member of an object.
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.as_object().and_then(|map| map.get(key))
    }

    /// The text, if it is one.
    pub fn as_str(&self) -> Option<&str> {
        if let Self::String(text) = self { Some(text) } else { None }
    }

    /// The number, if it is one.
    pub fn as_f64(&self) -> Option<f64> {
        if let Self::Number(number) = self { Some(*number) } else { None }
    }

    /// The number, if it is a whole one that a count could be.
    pub fn as_u64(&self) -> Option<u64> {
        self.as_f64()
            .filter(|number| (0.0..9e15).contains(number) && *number as u64 as f64 == *number)
            .map(|number| number as u64)
    }

    /// Yes or no, if it is one.
    pub fn as_bool(&self) -> Option<bool> {
        if let Self::Bool(flag) = self { Some(*flag) } else { None }
    }

    /// The list, if it is one.
    pub fn as_array(&self) -> Option<&Vec<Self>> {
        if let Self::Array(list) = self { Some(list) } else { None }
    }

    /// The object, if it is one.
    pub fn as_object(&self) -> Option<&Map> {
        if let Self::Object(map) = self { Some(map) } else { None }
    }

    /// The object, if it is one, to change it.
    pub fn as_object_mut(&mut self) -> Option<&mut Map> {
        if let Self::Object(map) = self { Some(map) } else { None }
    }

    /// Whether it is `null`.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// Whether it is a list.
    pub fn is_array(&self) -> bool {
        matches!(self, Self::Array(_))
    }

    /// Whether it is an object.
    pub fn is_object(&self) -> bool {
        matches!(self, Self::Object(_))
    }
}

impl Map {
    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.entries.iter().rev().find(|(own, _)| own == key).map(|(_, value)| value)
    }

    /// The value of a key, put there as `null` if it is absent.
    pub fn at(&mut self, key: &str) -> Option<&mut Value> {
        if self.get(key).is_none() {
            self.entries.push((key.to_owned(), Value::Null));
        }
        self.entries.iter_mut().rev().find(|(own, _)| own == key).map(|(_, value)| value)
    }

    /// How many members there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Keys and values, in their order.
    pub fn iter(&self) -> impl Iterator<Item = (&String, &Value)> {
        self.entries.iter().map(|(key, value)| (key, value))
    }

    /// The keys, in their order.
    pub fn keys(&self) -> impl Iterator<Item = &String> {
        self.entries.iter().map(|(key, _)| key)
    }
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl Reader<'_> {
    /// The next byte that is no white space.
    fn peek(&mut self) -> Option<u8> {
        loop {
            let byte = *self.text.as_bytes().get(self.at)?;
            if !matches!(byte, b' ' | b'\t' | b'\n' | b'\r') {
                return Some(byte);
            }
            self.at += 1;
        }
    }

    /// Takes the next byte if it is this one.
    fn eat(&mut self, byte: u8) -> bool {
        let there = self.peek() == Some(byte);
        if there {
            self.at += 1;
        }
        there
    }

    fn word(&mut self, word: &str, value: Value) -> Option<Value> {
        self.text[self.at..].starts_with(word).then(|| {
            self.at += word.len();
            value
        })
    }

    fn value(&mut self, depth: usize) -> Option<Value> {
        if depth > DEPTH_MAX {
            return None;
        }
        match self.peek()? {
            b'{' => self.object(depth),
            b'[' => self.list(depth),
            b'"' => self.string().map(Value::String),
            b't' => self.word("true", Value::Bool(true)),
            b'f' => self.word("false", Value::Bool(false)),
            b'n' => self.word("null", Value::Null),
            _ => self.number(),
        }
    }

    fn list(&mut self, depth: usize) -> Option<Value> {
        self.at += 1;
        let mut list = Vec::new();
        if !self.eat(b']') {
            loop {
                list.push(self.value(depth + 1)?);
                if self.eat(b']') {
                    break;
                }
                self.eat(b',').then_some(())?;
            }
        }
        Some(Value::Array(list))
    }

    fn object(&mut self, depth: usize) -> Option<Value> {
        self.at += 1;
        let mut entries = Vec::new();
        if !self.eat(b'}') {
            loop {
                (self.peek() == Some(b'"')).then_some(())?;
                let key = self.string()?;
                self.eat(b':').then_some(())?;
                entries.push((key, self.value(depth + 1)?));
                if self.eat(b'}') {
                    break;
                }
                self.eat(b',').then_some(())?;
            }
        }
        Some(Value::Object(Map { entries }))
    }

    /// A text; `at` stands on its first quote.
    fn string(&mut self) -> Option<String> {
        let mut out = String::new();
        self.at += 1;
        loop {
            let rest = &self.text[self.at..];
            let plain = rest.bytes().position(|byte| byte == b'"' || byte == b'\\' || byte < b' ')?;
            out.push_str(&rest[..plain]);
            self.at += plain + 1;
            match rest.as_bytes()[plain] {
                b'"' => return Some(out),
                b'\\' => out.push(self.escape()?),
                _ => return None,
            }
        }
    }

    /// What stands behind a backslash.
    fn escape(&mut self) -> Option<char> {
        let byte = *self.text.as_bytes().get(self.at)?;
        self.at += 1;
        Some(match byte {
            b'"' | b'\\' | b'/' => byte as char,
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let first = self.unit()?;
                let pair = (0xd800..0xdc00).contains(&first) && self.text[self.at..].starts_with("\\u");
                if !pair {
                    return Some(char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER));
                }
                self.at += 2;
                let second = self.unit()?.wrapping_sub(0xdc00);
                let whole = 0x1_0000 + ((first - 0xd800) << 10) + second;
                let fits = second < 0x400;
                char::from_u32(whole).filter(|_| fits).unwrap_or(char::REPLACEMENT_CHARACTER)
            }
            _ => return None,
        })
    }

    /// Four hexadecimal digits.
    fn unit(&mut self) -> Option<u32> {
        let mut unit = 0;
        for _ in 0..4 {
            let digit = (*self.text.as_bytes().get(self.at)? as char).to_digit(16)?;
            unit = unit * 16 + digit;
            self.at += 1;
        }
        Some(unit)
    }

    /// Digits, taken into a number; returns how many there were.
    fn digits(&mut self, number: &mut f64) -> i32 {
        let mut count = 0;
        while let Some(byte) = self.text.as_bytes().get(self.at).filter(|byte| byte.is_ascii_digit()) {
            *number = *number * 10.0 + f64::from(byte - b'0');
            self.at += 1;
            count += 1;
        }
        count
    }

    fn number(&mut self) -> Option<Value> {
        let negative = self.eat(b'-');
        let bytes = self.text.as_bytes();
        let mut number = 0.0;
        let zero = bytes.get(self.at) == Some(&b'0');
        let whole = self.digits(&mut number);
        if whole == 0 || (zero && whole > 1) {
            return None;
        }
        let mut power = 0;
        if bytes.get(self.at) == Some(&b'.') {
            self.at += 1;
            power = -self.digits(&mut number);
            (power < 0).then_some(())?;
        }
        if matches!(bytes.get(self.at), Some(b'e' | b'E')) {
            self.at += 1;
            let down = bytes.get(self.at) == Some(&b'-');
            if down || bytes.get(self.at) == Some(&b'+') {
                self.at += 1;
            }
            let mut exponent = 0.0;
            (self.digits(&mut exponent) > 0).then_some(())?;
            let exponent = if exponent > 400.0 { 400 } else { exponent as i32 };
            power += if down { -exponent } else { exponent };
        }
        let mut scale = 1.0;
        for _ in 0..power.unsigned_abs() {
            scale *= 10.0;
        }
        let number = if power < 0 { number / scale } else { number * scale };
        number.is_finite().then_some(Value::Number(if negative { -number } else { number }))
    }
}

#[cfg(feature = "server")]
impl From<&serde_json::Value> for Value {
    fn from(value: &serde_json::Value) -> Self {
        match value {
            serde_json::Value::Null => Self::Null,
            serde_json::Value::Bool(flag) => Self::Bool(*flag),
            serde_json::Value::Number(number) => Self::Number(number.as_f64().unwrap_or_default()),
            serde_json::Value::String(text) => Self::String(text.clone()),
            serde_json::Value::Array(list) => Self::Array(list.iter().map(Self::from).collect()),
            serde_json::Value::Object(map) => {
                let entries = map.iter().map(|(key, value)| (key.clone(), Self::from(value))).collect();
                Self::Object(Map { entries })
            }
        }
    }
}

#[cfg(all(test, feature = "server"))]
#[path = "value_tests.rs"]
mod tests;
