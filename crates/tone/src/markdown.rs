//! The passages of a Markdown file: paragraphs, headings, list items and cells, without their marks.
//!
//! Marks become spaces, so that every byte of a passage stands where it stood. `<!-- all-ears-ignore -->` leaves the
//! block after it alone, or its own block where it stands beside text, `<!-- all-ears-ignore demand, policy -->` some
//! rules or families in it, and `<!-- all-ears-off -->` everything up to `<!-- all-ears-on -->`.

use crate::check::Voice;
use crate::document::Passage;

/// What a comment asks for.
enum Wish {
    Ignore(Vec<String>),
    Off,
    On,
}

/// A block that is being read.
struct Block {
    text: String,
    start: usize,
    heading: bool,
    ignored: Vec<String>,
}

/// The passages, in order.
pub(crate) fn passages(source: &str) -> Vec<Passage> {
    let mut reader = Reader::default();
    let mut at = before_text(source);
    for line in source[at..].split_inclusive('\n') {
        reader.line(line, at);
        at += line.len();
    }
    reader.close();
    reader.found
}

/// Where the text begins: after the mark of the encoding, and after what programs read at the head of a page.
fn before_text(source: &str) -> usize {
    let start = source.len() - source.trim_start_matches('\u{feff}').len();
    let mut lines = source[start..].split_inclusive('\n');
    if lines.next().is_none_or(|first| first.trim_end() != "---") {
        return start;
    }
    let (mut at, mut keys) = (start + source[start..].find('\n').map_or(0, |end| end + 1), false);
    for line in lines {
        let bare = line.trim_end();
        if bare == "---" || bare == "..." {
            return if keys { at + line.len() } else { start };
        }
        let key = bare.split_once(':').is_some_and(|(key, _)| !key.is_empty() && !key.contains(' '));
        if !keys && !key && !bare.starts_with('#') {
            return start;
        }
        keys |= key;
        at += line.len();
    }
    start
}

/// Reads line by line.
#[derive(Default)]
struct Reader {
    found: Vec<Passage>,
    block: Option<Block>,
    fence: Option<&'static str>,
    off: bool,
    /// What the next block is to be spared.
    ignored: Vec<String>,
}

impl Reader {
    fn line(&mut self, line: &str, at: usize) {
        let bare = line.trim();
        let mark = ["```", "~~~"].into_iter().find(|mark| bare.starts_with(mark));
        let inside = self.fence.is_some();
        if mark.is_some() && (self.fence.is_none() || self.fence == mark) {
            self.fence = if inside { None } else { mark };
        }
        let alone = wish(bare);
        let beside = if alone.is_none() { beside(bare) } else { None };
        let tag = bare.starts_with('<') && beside.is_none();
        let text = !inside && mark.is_none() && alone.is_none() && !bare.is_empty() && !tag && !self.off;
        if !text || opens(bare) {
            self.close();
        }
        match alone {
            Some(Wish::Ignore(rules)) if !inside => self.ignored = rules,
            Some(Wish::Off) if !inside => self.off = true,
            Some(Wish::On) if !inside => self.off = false,
            Some(Wish::Ignore(_) | Wish::Off | Wish::On) | None => {}
        }
        if text {
            let heading = bare.starts_with('#');
            let ignored = &mut self.ignored;
            let block = self.block.get_or_insert_with(|| Block {
                text: String::new(),
                start: at,
                heading,
                ignored: std::mem::take(ignored),
            });
            block.text.push_str(&plain(line));
            block.ignored.extend(beside.unwrap_or_default());
            if bare.starts_with(['#', '|']) {
                self.close();
            }
        }
    }

    fn close(&mut self) {
        let Some(block) = self.block.take() else { return };
        if block.text.trim().is_empty() {
            return;
        }
        let mut passage = Passage::plain(block.text, block.start);
        passage.ignored = block.ignored;
        passage.heading = block.heading;
        // A heading that asks is a question of an FAQ: the customer's words. So is a question that stands alone; a
        // paragraph that only ends with one is ours.
        if is_question(&passage.text) && (block.heading || is_one_sentence(&passage.text)) {
            passage.voice = Voice::Customer;
        }
        self.found.push(passage);
    }
}

fn is_question(text: &str) -> bool {
    text.trim_end().ends_with(['?', '？'])
}

/// Whether nothing before its end ends a sentence.
fn is_one_sentence(text: &str) -> bool {
    let body = text.trim().trim_end_matches(['?', '？', '!', '！']);
    let mut letters = body.chars().peekable();
    while let Some(letter) = letters.next() {
        let last = letters.peek().is_none_or(|next| !next.is_alphanumeric());
        if matches!(letter, '。' | '？' | '！' | '…' | '\n') || matches!(letter, '.' | '?' | '!') && last
        {
            return false;
        }
    }
    true
}

/// What a comment that is the whole line asks for.
fn wish(line: &str) -> Option<Wish> {
    let inner = line.strip_prefix("<!--")?.strip_suffix("-->")?.trim();
    let (name, rest) = inner.split_once(char::is_whitespace).unwrap_or((inner, ""));
    match name {
        "all-ears-off" => Some(Wish::Off),
        "all-ears-on" => Some(Wish::On),
        "all-ears-ignore" => Some(Wish::Ignore(names(rest))),
        _ => None,
    }
}

/// The rules that a comment beside text leaves alone in the block of that text. In code it is only shown.
fn beside(line: &str) -> Option<Vec<String>> {
    let at = line.find("<!-- all-ears-ignore")?;
    let end = at + line[at..].find("-->")?;
    let shown = line[..at].matches('`').count() % 2 == 1;
    (!shown).then(|| names(&line[at + "<!-- all-ears-ignore".len()..end]))
}

/// Names of rules and families, with spaces or commas between them; none are all.
pub(crate) fn names(text: &str) -> Vec<String> {
    let names: Vec<String> = text
        .split(|letter: char| letter.is_whitespace() || letter == ',')
        .filter(|name| !name.is_empty())
        .map(|name| if name == "ignore" { "*" } else { name }.to_owned())
        .collect();
    if names.is_empty() { vec!["*".to_owned()] } else { names }
}

/// Whether a line begins a block of its own: a heading, an item of a list, a row, a quotation.
fn opens(line: &str) -> bool {
    let numbered = line.trim_start_matches(|digit: char| digit.is_ascii_digit());
    let item = ["- ", "* ", "+ "].iter().any(|mark| line.starts_with(mark))
        || numbered.len() < line.len() && (numbered.starts_with(". ") || numbered.starts_with(") "));
    item || line.starts_with(['#', '|', '>'])
}

/// A line with its marks as spaces, byte for byte. Ends of lines inside a block are spaces too, ends of cells full
/// stops, so that no sentence runs on into the next cell.
fn plain(line: &str) -> String {
    let start = line.len() - line.trim_start().len();
    let body = &line[start..];
    let marks = body.find(|letter: char| !"#>-*+ \t".contains(letter)).unwrap_or(body.len());
    let digits = body.len() - body.trim_start_matches(|digit: char| digit.is_ascii_digit()).len();
    let numbered = digits > 0 && (body[digits..].starts_with(". ") || body[digits..].starts_with(") "));
    let skip = start
        + if numbered {
            digits + 1
        } else if marks > 0 && opens(body) {
            marks
        } else {
            0
        };
    let mut out = " ".repeat(skip);
    let mut rest = &line[skip..];
    let table = body.starts_with('|');
    while let Some(first) = rest.chars().next() {
        let end = match first {
            '`' => rest[1..].find('`').map(|end| end + 2),
            ']' if rest.starts_with("](") => rest.find(')').map(|end| end + 1),
            '<' => rest.find('>').map(|end| end + 1).filter(|_| {
                rest[1..].starts_with(|next: char| next.is_ascii_alphabetic() || "/!".contains(next))
            }),
            _ => None,
        };
        let length = end.unwrap_or(first.len_utf8());
        match first {
            '`' if end.is_some() => out.push_str(&rest[..length]),
            _ if end.is_some() => out.push_str(&" ".repeat(length)),
            '|' if table => out.push('\n'),
            '*' | '[' | ']' | '_' | '\n' | '\r' => out.push(' '),
            _ => out.push(first),
        }
        rest = &rest[length..];
    }
    out
}

#[cfg(test)]
mod tests {
    use super::passages;
    use crate::check::Voice;

    #[test]
    fn blocks_come_without_marks_and_stand_where_they_stood() {
        let source = "# A *title*\n\nOne line\nand [another](x.md) `code`.\n\n- first\n- second\n\n```\nYou must not\n```\n| a | b |\n";
        let found = passages(source);
        let texts: Vec<&str> = found.iter().map(|passage| passage.text.trim()).collect();
        assert_eq!(texts.len(), 5, "{texts:?}");
        assert_eq!(texts[0], "A  title");
        assert!(texts[1].starts_with("One line and  another"));
        assert_eq!((texts[2], texts[3]), ("first", "second"));
        for passage in &found {
            for (at, word) in passage.text.match_indices("another") {
                assert_eq!(&source[passage.places[at]..][..word.len()], "another");
            }
            assert_eq!(passage.places.len(), passage.text.len() + 1);
        }
    }

    #[test]
    fn comments_leave_blocks_alone() {
        let source = "<!-- all-ears-ignore -->\nYou must go.\n\nYou must stay.\n\n<!-- all-ears-off -->\nYou must.\n\n<!-- all-ears-on -->\n<!-- all-ears-ignore demand -->\n- You must.\n";
        let found = passages(source);
        let told: Vec<_> =
            found.iter().map(|passage| (passage.text.trim(), passage.ignored.join(" "))).collect();
        assert_eq!(
            told,
            [
                ("You must go.", "*".to_owned()),
                ("You must stay.", String::new()),
                ("You must.", "demand".to_owned())
            ]
        );
    }

    fn voices(source: &str) -> Vec<Voice> {
        passages(source).iter().map(|passage| passage.voice).collect()
    }

    #[test]
    fn a_question_is_the_customers() {
        assert_eq!(voices("## Why can't I pay?\nBecause."), [Voice::Customer, Voice::Service]);
        assert_eq!(voices("## It failed. And now?"), [Voice::Customer]);
        assert_eq!(voices("- Why can't I pay?\n- 为什么用不了？"), [Voice::Customer, Voice::Customer]);
    }

    #[test]
    fn a_paragraph_that_ends_with_a_question_is_ours() {
        let ours = [
            "You can't. You must sign. Anything else?",
            "We can't.\nOk?",
            "不能退。还有问题吗？",
            "No! Why?",
        ];
        for source in ours {
            assert_eq!(voices(source), [Voice::Service], "{source}");
        }
    }

    #[test]
    fn what_programs_read_at_the_head_of_a_page_is_no_text() {
        let texts = |source: &str| -> Vec<String> {
            passages(source).iter().map(|passage| passage.text.trim().to_owned()).collect()
        };
        assert_eq!(texts("---\ntitle: You must sign\ntags:\n  - must\n---\n\nHello.\n"), ["Hello."]);
        assert_eq!(texts("\u{feff}---\r\ntitle: No\r\n---\r\nHello.\r\n"), ["Hello."]);
        assert_eq!(texts("---\n\nHello.\n\n---\n\nBye.\n").len(), texts("Hello.\n\nBye.\n").len() + 2);
        assert_eq!(texts("---\ntitle: open\n").len(), 1, "without an end it is text");
        let marked = passages("\u{feff}You must sign.");
        assert_eq!((marked[0].text.as_str(), marked[0].places[0]), ("You must sign.", 3));
    }

    #[test]
    fn a_comment_beside_text_leaves_its_block_alone() {
        let told = |source: &str| -> Vec<String> {
            passages(source).iter().map(|passage| passage.ignored.join(" ")).collect()
        };
        assert_eq!(told("You must go. <!-- all-ears-ignore -->\n\nYou must stay."), ["*", ""]);
        assert_eq!(told("<!-- all-ears-ignore demand, policy --> You must go."), ["demand policy"]);
        assert_eq!(told("<!-- all-ears-ignore demand,policy -->\nYou must go."), ["demand policy"]);
        assert_eq!(told("Write `<!-- all-ears-ignore -->` before it."), [""]);
        assert_eq!(told("```\n<!-- all-ears-off -->\n```\nYou must go."), [""]);
    }
}
