//! Answers as blocks and inlines: a small, safe part of Markdown. Whatever is not understood stays text, so nothing
//! that is written gets lost, and nothing but the addresses allowed here ever becomes a link.

/// How far ahead the end of an emphasis or a link is looked for, in bytes.
const INLINE_BYTES_MAX: usize = 1_000;
/// How deep emphasis may be nested.
const DEPTH_MAX: u32 = 3;

/// A part of an answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// Running text.
    Paragraph(Vec<Inline>),
    /// A list.
    List {
        /// Whether its items are numbered.
        ordered: bool,
        /// The items.
        items: Vec<Vec<Inline>>,
    },
}

/// A part of running text.
#[derive(Clone, Debug, PartialEq)]
pub enum Inline {
    /// Text as it is.
    Text(String),
    /// `**strong**`
    Strong(Vec<Inline>),
    /// `*emphasis*` or `_emphasis_`
    Emphasis(Vec<Inline>),
    /// `[text](url)` or `<url>`, with an address that is safe to follow.
    Link {
        /// What is read.
        text: String,
        /// Where it leads.
        url: String,
    },
}

/// Reads an answer: paragraphs, `-`, `*` and `1.` lists, headings as strong paragraphs.
pub fn parse(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut paragraph = String::new();
    // The open list: whether it is numbered, and its items so far.
    let mut list: Option<(bool, Vec<String>)> = None;
    for line in text.split('\n') {
        let line = line.trim_ascii();
        if let Some((ordered, rest)) = list_item(line) {
            flush_paragraph(&mut blocks, &mut paragraph);
            if list.as_ref().is_some_and(|open| open.0 != ordered) {
                flush_list(&mut blocks, &mut list);
            }
            list.get_or_insert_with(|| (ordered, Vec::new())).1.push(rest.to_owned());
        } else if let Some(title) = heading(line) {
            flush_paragraph(&mut blocks, &mut paragraph);
            flush_list(&mut blocks, &mut list);
            blocks.push(Block::Paragraph(vec![Inline::Strong(inlines(title, 1))]));
        } else if line.is_empty() {
            flush_paragraph(&mut blocks, &mut paragraph);
            flush_list(&mut blocks, &mut list);
        } else {
            // A line goes on with the item or the paragraph before it.
            let open = list.as_mut().and_then(|(_, items)| items.last_mut()).unwrap_or(&mut paragraph);
            if !open.is_empty() {
                open.push(' ');
            }
            open.push_str(line);
        }
    }
    flush_paragraph(&mut blocks, &mut paragraph);
    flush_list(&mut blocks, &mut list);
    blocks
}

/// The words of an answer without its marks, for the search and for the first lines of a result.
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for block in parse(text) {
        let rows = match block {
            Block::Paragraph(inner) => vec![inner],
            Block::List { items, .. } => items,
        };
        for row in &rows {
            push_plain(&mut out, row);
            out.push(' ');
        }
    }
    out.pop();
    out
}

/// Whether a link may lead there: `https:`, `mailto:`, `tel:`, a path of the same origin, or a place on this page.
pub fn is_safe_url(url: &str) -> bool {
    if url.chars().any(is_suspicious) {
        return false;
    }
    match url.as_bytes() {
        [b'/', b'/', ..] => false,
        [b'/' | b'#', ..] => true,
        bytes => ["https://", "mailto:", "tel:"].iter().any(|scheme| {
            let (start, rest) = bytes.split_at(scheme.len().min(bytes.len()));
            let goes_on = rest.first().is_some_and(|next| !b"/:@?#".contains(next));
            goes_on && start.eq_ignore_ascii_case(scheme.as_bytes())
        }),
    }
}

/// Control characters, spaces, what nobody sees or what turns the direction of a line, and what ends an address early.
fn is_suspicious(c: char) -> bool {
    matches!(c, '\0'..=' ' | '\u{7f}'..='\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200f}' | '\u{2028}'..='\u{202f}'
        | '\u{205f}'..='\u{206f}' | '\u{3000}' | '\u{feff}' | '\\' | '<' | '>' | '"')
}

fn flush_paragraph(blocks: &mut Vec<Block>, paragraph: &mut String) {
    if !paragraph.is_empty() {
        blocks.push(Block::Paragraph(inlines(paragraph, 0)));
        paragraph.clear();
    }
}

fn flush_list(blocks: &mut Vec<Block>, list: &mut Option<(bool, Vec<String>)>) {
    if let Some((ordered, items)) = list.take() {
        blocks.push(Block::List { ordered, items: items.iter().map(|item| inlines(item, 0)).collect() });
    }
}

/// `- item`, `* item`, `+ item`, `1. item`, `1) item`: whether numbered, and the item.
fn list_item(line: &str) -> Option<(bool, &str)> {
    let bytes = line.as_bytes();
    let digits = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let mark = match (digits, bytes.get(digits)?) {
        (0, b'-' | b'*' | b'+') | (1..4, b'.' | b')') => digits + 1,
        (0, _) if line.starts_with('•') => '•'.len_utf8(),
        _ => return None,
    };
    (bytes.get(mark) == Some(&b' ')).then(|| (digits > 0, line[mark..].trim_ascii()))
}

/// `# heading`, up to six deep.
fn heading(line: &str) -> Option<&str> {
    let depth = line.bytes().take_while(|byte| *byte == b'#').count();
    let marked = (1..=6).contains(&depth) && line.as_bytes().get(depth) == Some(&b' ');
    marked.then(|| line[depth..].trim_ascii())
}

fn push_plain(out: &mut String, inner: &[Inline]) {
    for inline in inner {
        match inline {
            Inline::Text(text) | Inline::Link { text, .. } => out.push_str(text),
            Inline::Strong(inner) | Inline::Emphasis(inner) => push_plain(out, inner),
        }
    }
}

/// Reads running text.
fn inlines(text: &str, depth: u32) -> Vec<Inline> {
    let mut out = Vec::new();
    let bytes = text.as_bytes();
    // Text that is not in `out` yet starts here.
    let mut start = 0;
    let mut at = 0;
    let mut plain = String::new();
    while at < bytes.len() {
        // Marks are ASCII, so none of these places is inside a character.
        if bytes[at] == b'\\' && bytes.get(at + 1).is_some_and(u8::is_ascii_punctuation) {
            plain.push_str(&text[start..at]);
            start = at + 1;
            at += 2;
        } else if let Some((inline, after)) = special(text, at, depth) {
            plain.push_str(&text[start..at]);
            flush_text(&mut out, &mut plain);
            out.push(inline);
            start = after;
            at = after;
        } else {
            at += 1;
        }
    }
    plain.push_str(&text[start..]);
    flush_text(&mut out, &mut plain);
    out
}

fn flush_text(out: &mut Vec<Inline>, plain: &mut String) {
    if !plain.is_empty() {
        out.push(Inline::Text(std::mem::take(plain)));
    }
}

/// Emphasis or a link that starts here, and where the text goes on after it.
fn special(text: &str, at: usize, depth: u32) -> Option<(Inline, usize)> {
    let bytes = text.as_bytes();
    match bytes[at] {
        b'[' => {
            let close = find(bytes, at + 1, b"]")?;
            let shown = &text[at + 1..close];
            let start = close + 2;
            if bytes.get(close + 1) != Some(&b'(')
                || find(bytes, at + 1, b"[").is_some_and(|inner| inner < close)
            {
                return None;
            }
            let end = find(bytes, start, b")")?;
            link(shown, &text[start..end], end + 1)
        }
        b'<' => {
            let end = find(bytes, at + 1, b">")?;
            let url = &text[at + 1..end];
            let shown = url.strip_prefix("mailto:").or(url.strip_prefix("tel:")).unwrap_or(url);
            // A scheme is needed here: `</b>` is no path.
            if matches!(bytes[at + 1], b'/' | b'#') { None } else { link(shown, url, end + 1) }
        }
        mark @ (b'*' | b'_') if depth < DEPTH_MAX => {
            let double = [mark, mark];
            let marks: &[u8] =
                if mark == b'*' && bytes.get(at + 1) == Some(&mark) { &double } else { &double[..1] };
            emphasis(text, at, marks, depth)
        }
        _ => None,
    }
}

fn link(text: &str, url: &str, after: usize) -> Option<(Inline, usize)> {
    if !is_safe_url(url) {
        return None;
    }
    // Emphasis within the text of a link is read and dropped.
    let mut shown = String::new();
    push_plain(&mut shown, &inlines(text, 1));
    let link = Inline::Link { text: shown.trim().to_owned(), url: url.to_owned() };
    (!text.trim().is_empty()).then_some((link, after))
}

/// Emphasis between these marks.
fn emphasis(text: &str, at: usize, marks: &[u8], depth: u32) -> Option<(Inline, usize)> {
    let bytes = text.as_bytes();
    let start = at + marks.len();
    let in_word = |at: usize| {
        marks[0] == b'_' && bytes.get(at).is_some_and(|byte| byte.is_ascii_alphanumeric() || !byte.is_ascii())
    };
    let opens = bytes.get(start).is_some_and(|byte| !matches!(byte, b' ' | b'*' | b'_'));
    if !opens || in_word(at.wrapping_sub(1)) {
        return None;
    }
    let mut from = start;
    loop {
        let end = find(bytes, from, marks)?;
        let after = end + marks.len();
        let doubled = marks.len() == 1 && bytes.get(after) == Some(&marks[0]);
        if bytes[end - 1] != b' ' && !doubled && !in_word(after) {
            let inner = inlines(&text[start..end], depth + 1);
            let inline = if marks.len() == 2 { Inline::Strong(inner) } else { Inline::Emphasis(inner) };
            return Some((inline, after));
        }
        // Not an end; two marks together belong to something inside.
        from = after + usize::from(doubled);
        if from - start > INLINE_BYTES_MAX {
            return None;
        }
    }
}

/// Where these marks stand next, not behind a backslash. Marks are ASCII, so the place is between characters.
fn find(bytes: &[u8], from: usize, marks: &[u8]) -> Option<usize> {
    let end = bytes.len().min(from + INLINE_BYTES_MAX);
    let here =
        |&at: &usize| bytes[at] == marks[0] && bytes[at..].starts_with(marks) && bytes[at - 1] != b'\\';
    (from..end).find(here)
}

#[cfg(test)]
#[path = "markup_tests.rs"]
mod tests;
