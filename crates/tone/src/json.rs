//! The passages of a JSON file: answers and questions of an FAQ, the texts of a config, or the messages of a locale.
//! Strings are found with their places, which a reader into values would lose.

use crate::check::Voice;
use crate::document::Passage;
use crate::markdown;

mod told;

use told::Told;

/// How deep a file may be nested.
const DEPTH_MAX: usize = 64;

/// Keys whose strings the company says.
const SAID: [&str; 7] = ["answer", "text", "label", "thank_you", "title", "description", "message"];

/// Keys whose strings are the customer's: questions, and what a customer chooses.
const ASKED: [&str; 3] = ["question", "options", "outcomes"];

/// The passages, in order. `Err` says where it is no JSON.
pub(crate) fn passages(source: &str) -> Result<Vec<Passage>, String> {
    let mut reader = Reader { source, at: 0, path: Vec::new(), found: Vec::new(), lawful: Vec::new() };
    reader.value(0)?;
    reader.skip();
    if reader.at < source.len() {
        return Err(reader.wrong("the end"));
    }
    let Reader { found, lawful, .. } = reader;
    let flat = found.iter().all(|(path, _, _)| path.len() == 1 && matches!(path[0], Step::Key(_)));
    let told = Told::of(&found, &lawful);
    let mut passages = Vec::new();
    for (path, text, places) in &found {
        let Some(voice) = (if flat { Some(Voice::Service) } else { voice(path) }) else { continue };
        let mut whole = Passage::plain(text.clone(), 0);
        whole.places.clone_from(places);
        whole.voice = voice;
        whole.path = written(path);
        whole.ignored = told.ignored(path);
        whole.locale = told.locale(path);
        if path.last().and_then(key) == Some("answer") {
            blocks(&whole, &mut passages)
        } else {
            passages.push(whole)
        }
    }
    Ok(passages)
}

/// An answer is Markdown: its blocks, each with its places in the file. What asks in it is ours, but for headings.
fn blocks(whole: &Passage, passages: &mut Vec<Passage>) {
    for mut block in markdown::passages(&whole.text) {
        block.places = block.places.iter().map(|place| whole.places[*place]).collect();
        block.path.clone_from(&whole.path);
        block.ignored.extend(whole.ignored.iter().cloned());
        block.locale.clone_from(&whole.locale);
        if !block.heading {
            block.voice = whole.voice;
        }
        passages.push(block);
    }
}

/// A string as it stands between quotation marks.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::new();
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            other if other < ' ' => out.push_str(&format!("\\u{:04x}", u32::from(other))),
            other => out.push(other),
        }
    }
    out
}

/// A key or a place in a list.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Step {
    Key(String),
    Item(usize),
}

fn key(step: &Step) -> Option<&str> {
    match step {
        Step::Key(key) => Some(key),
        Step::Item(_) => None,
    }
}

/// Who says what stands there; nothing for what nobody reads.
fn voice(path: &[Step]) -> Option<Voice> {
    let keys: Vec<&str> = path.iter().filter_map(key).collect();
    let last = *keys.last()?;
    let customers = keys.iter().any(|key| ASKED.contains(key));
    let read = SAID.contains(&last) || ASKED.contains(&last) || keys.first() == Some(&"texts");
    match (read, customers) {
        (false, _) => None,
        (true, true) => Some(Voice::Customer),
        (true, false) => Some(Voice::Service),
    }
}

fn written(path: &[Step]) -> String {
    let mut out = String::new();
    for step in path {
        match step {
            Step::Key(key) if out.is_empty() => out.push_str(key),
            Step::Key(key) => {
                out.push('.');
                out.push_str(key);
            }
            Step::Item(number) => out.push_str(&format!("[{number}]")),
        }
    }
    out
}

struct Reader<'a> {
    source: &'a str,
    at: usize,
    path: Vec<Step>,
    found: Vec<(Vec<Step>, String, Vec<usize>)>,
    /// Where `"legal": true` stands.
    lawful: Vec<Vec<Step>>,
}

impl Reader<'_> {
    fn wrong(&self, wanted: &str) -> String {
        let line = self.source[..self.at.min(self.source.len())].matches('\n').count() + 1;
        format!("line {line}: no JSON, {wanted} is expected")
    }

    fn skip(&mut self) {
        let rest = &self.source[self.at..];
        self.at += rest.len() - rest.trim_start_matches([' ', '\t', '\r', '\n', '\u{feff}']).len();
    }

    fn take(&mut self, mark: char) -> bool {
        self.skip();
        let found = self.source[self.at..].starts_with(mark);
        self.at += if found { mark.len_utf8() } else { 0 };
        found
    }

    fn value(&mut self, depth: usize) -> Result<(), String> {
        if depth > DEPTH_MAX {
            return Err(self.wrong("less nesting"));
        }
        self.skip();
        match self.source[self.at..].chars().next() {
            Some('{') => self.object(depth),
            Some('[') => self.list(depth),
            Some('"') => {
                let (text, places) = self.string()?;
                self.found.push((self.path.clone(), text, places));
                Ok(())
            }
            Some(_) => {
                let rest = &self.source[self.at..];
                let length =
                    rest.find(|letter: char| !(letter.is_ascii_alphanumeric() || "+-.".contains(letter)));
                let length = length.unwrap_or(rest.len());
                self.at += length;
                if rest.starts_with("true") && self.path.last().and_then(key) == Some("legal") {
                    self.lawful.push(self.path.clone());
                }
                if length > 0 { Ok(()) } else { Err(self.wrong("a value")) }
            }
            None => Err(self.wrong("a value")),
        }
    }

    fn object(&mut self, depth: usize) -> Result<(), String> {
        self.at += 1;
        if self.take('}') {
            return Ok(());
        }
        loop {
            self.skip();
            let (name, _) = self.string()?;
            if !self.take(':') {
                return Err(self.wrong("`:`"));
            }
            self.path.push(Step::Key(name));
            self.value(depth + 1)?;
            self.path.pop();
            if self.take('}') {
                return Ok(());
            }
            if !self.take(',') {
                return Err(self.wrong("`,` or `}`"));
            }
        }
    }

    fn list(&mut self, depth: usize) -> Result<(), String> {
        self.at += 1;
        if self.take(']') {
            return Ok(());
        }
        for number in 0.. {
            self.path.push(Step::Item(number));
            self.value(depth + 1)?;
            self.path.pop();
            if self.take(']') {
                break;
            }
            if !self.take(',') {
                return Err(self.wrong("`,` or `]`"));
            }
        }
        Ok(())
    }

    /// A string, and where each of its bytes stands.
    fn string(&mut self) -> Result<(String, Vec<usize>), String> {
        if !self.take('"') {
            return Err(self.wrong("a string"));
        }
        let (mut text, mut places) = (String::new(), Vec::new());
        loop {
            let start = self.at;
            let Some(letter) = self.source[self.at..].chars().next() else { return Err(self.wrong("`\"`")) };
            self.at += letter.len_utf8();
            let letter = match letter {
                '"' => {
                    places.push(start);
                    return Ok((text, places));
                }
                '\\' => self.escape()?,
                other => other,
            };
            text.push(letter);
            let written = self.at - start;
            places.extend((0..letter.len_utf8()).map(|byte| start + byte.min(written.saturating_sub(1))));
        }
    }

    fn escape(&mut self) -> Result<char, String> {
        let Some(letter) = self.source[self.at..].chars().next() else { return Err(self.wrong("an escape")) };
        self.at += letter.len_utf8();
        Ok(match letter {
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            'b' => '\u{8}',
            'f' => '\u{c}',
            'u' => {
                let first = self.unit()?;
                let pair = (0xD800..0xDC00).contains(&first) && self.source[self.at..].starts_with("\\u");
                let code = if pair {
                    self.at += 2;
                    let second = self.unit()?;
                    0x1_0000 + ((first - 0xD800) << 10) + (second.wrapping_sub(0xDC00) & 0x3FF)
                } else {
                    first
                };
                char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)
            }
            other => other,
        })
    }

    fn unit(&mut self) -> Result<u32, String> {
        let digits = self.source.get(self.at..self.at + 4).ok_or_else(|| self.wrong("four digits"))?;
        let unit = u32::from_str_radix(digits, 16).map_err(|_| self.wrong("four digits"))?;
        self.at += 4;
        Ok(unit)
    }
}

#[cfg(test)]
mod tests {
    use super::{escaped, passages};
    use crate::check::Voice;

    #[test]
    fn answers_are_the_companys_and_questions_the_customers() {
        let source = r#"{"entries":[{"id":"a","question":"Why?","answer":"So \u201cit\u201d is.\nYes.","tags":["x"],"lint":"demand"}],"text":"Hi"}"#;
        let found = passages(source).unwrap();
        let told: Vec<_> = found.iter().map(|passage| (passage.path.as_str(), passage.voice)).collect();
        assert_eq!(
            told,
            [
                ("entries[0].question", Voice::Customer),
                ("entries[0].answer", Voice::Service),
                ("text", Voice::Service)
            ]
        );
        assert_eq!(found[1].text, "So “it” is. Yes.");
        assert_eq!(found[1].ignored, ["demand"]);
        let at = found[1].text.find("is").unwrap();
        assert_eq!(&source[found[1].place(&(at..at + 2))], "is");
    }

    #[test]
    fn what_asks_in_an_answer_is_ours_but_for_headings() {
        let source = r###"{"entries":[{"answer":"You must sign. Anything else?\n\nYou must sign, must you?\n\n## Why can't I pay?"}]}"###;
        let voices: Vec<Voice> = passages(source).unwrap().iter().map(|passage| passage.voice).collect();
        assert_eq!(voices, [Voice::Service, Voice::Service, Voice::Customer]);
    }

    #[test]
    fn a_file_tells_the_language_of_its_strings() {
        let source = r#"{"language":"zh-Hans","entries":[{"answer":"a"},{"answer":"b","language":"en"}],
            "texts":{"de":{"menu":"c"},"*":{"menu":"d"}}}"#;
        let found = passages(source).unwrap();
        let told: Vec<_> = found.iter().map(|passage| passage.locale.as_deref().unwrap_or("")).collect();
        assert_eq!(told, ["zh-Hans", "en", "de", "zh-Hans"]);
    }

    #[test]
    fn names_beside_a_string_are_left_alone() {
        let told = |beside: &str| {
            let source = format!(r#"{{"entries":[{{"answer":"You must.",{beside}}},{{"answer":"b"}}]}}"#);
            let found = passages(&source).unwrap();
            assert!(found[1].ignored.is_empty());
            found[0].ignored.join(" ")
        };
        assert_eq!(told(r#""lint":["demand","policy"]"#), "demand policy");
        assert_eq!(told(r#""lint":"demand, policy""#), "demand policy");
        assert_eq!(told(r#""lint":"ignore""#), "*");
        assert_eq!(told(r#""legal":true"#), "demand refusal policy threat");
        assert_eq!(told(r#""legal":false"#), "");
    }

    #[test]
    fn a_flat_file_is_a_locale() {
        let found = passages(r#"{"menu.title":"Hello","menu.lead":"You must"}"#).unwrap();
        assert_eq!(found.len(), 2);
        assert_eq!(found[1].path, "menu.lead");
    }

    #[test]
    fn what_is_no_json_is_said() {
        for wrong in ["", "{", "[1,", "{\"a\":1} x", "{\"a\" 1}", "\"a", "{\"a\":\"\\u12\"}", "nul l"] {
            assert!(passages(wrong).is_err(), "{wrong}");
        }
        assert!(passages(&"[".repeat(100)).is_err());
    }

    #[test]
    fn what_is_written_can_be_read() {
        let text = "a \"b\" \\ c\nd\u{1}";
        let source = format!("{{\"text\":\"{}\"}}", escaped(text));
        assert_eq!(passages(&source).unwrap()[0].text, text);
    }
}
