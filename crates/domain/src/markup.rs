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
    for line in text.lines() {
        let line = line.trim();
        if let Some((ordered, rest)) = list_item(line) {
            flush_paragraph(&mut blocks, &mut paragraph);
            if list.as_ref().is_some_and(|open| open.0 != ordered) {
                flush_list(&mut blocks, &mut list);
            }
            list.get_or_insert_with(|| (ordered, Vec::new()))
                .1
                .push(rest.to_owned());
        } else if let Some(title) = heading(line) {
            flush_paragraph(&mut blocks, &mut paragraph);
            flush_list(&mut blocks, &mut list);
            blocks.push(Block::Paragraph(vec![Inline::Strong(inlines(title, 1))]));
        } else if line.is_empty() {
            flush_paragraph(&mut blocks, &mut paragraph);
            flush_list(&mut blocks, &mut list);
        } else {
            // A line goes on with the item or the paragraph before it.
            let open = list
                .as_mut()
                .and_then(|(_, items)| items.last_mut())
                .unwrap_or(&mut paragraph);
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
    out.truncate(out.trim_end().len());
    out
}

/// Whether a link may lead there: `https:`, `mailto:`, `tel:`, a path of the same origin, or a place on this page.
pub fn is_safe_url(url: &str) -> bool {
    let invisible = |c: char| matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    let forbidden = |c: char| {
        c.is_control() || c.is_whitespace() || invisible(c) || matches!(c, '\\' | '<' | '>' | '"')
    };
    if url.chars().any(forbidden) {
        return false;
    }
    let bytes = url.as_bytes();
    match bytes {
        [b'/', b'/', ..] => false,
        [b'/' | b'#', ..] => true,
        _ => ["https://", "mailto:", "tel:"].iter().any(|scheme| {
            bytes
                .get(..scheme.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(scheme.as_bytes()))
                && bytes
                    .get(scheme.len())
                    .is_some_and(|next| !matches!(next, b'/' | b':' | b'@' | b'?' | b'#'))
        }),
    }
}

fn flush_paragraph(blocks: &mut Vec<Block>, paragraph: &mut String) {
    if !paragraph.is_empty() {
        blocks.push(Block::Paragraph(inlines(paragraph, 0)));
        paragraph.clear();
    }
}

fn flush_list(blocks: &mut Vec<Block>, list: &mut Option<(bool, Vec<String>)>) {
    if let Some((ordered, items)) = list.take() {
        blocks.push(Block::List {
            ordered,
            items: items.iter().map(|item| inlines(item, 0)).collect(),
        });
    }
}

/// `- item`, `* item`, `+ item`, `1. item`, `1) item`: whether numbered, and the item.
fn list_item(line: &str) -> Option<(bool, &str)> {
    let (mark, rest) = line.split_once(' ')?;
    let ordered = match mark {
        "-" | "*" | "+" | "•" => false,
        _ => {
            let digits = mark.strip_suffix('.').or(mark.strip_suffix(')'))?;
            if digits.is_empty()
                || digits.len() > 3
                || !digits.bytes().all(|byte| byte.is_ascii_digit())
            {
                return None;
            }
            true
        }
    };
    Some((ordered, rest.trim_start()))
}

/// `# heading`, up to six deep.
fn heading(line: &str) -> Option<&str> {
    let rest = line.trim_start_matches('#');
    let depth = line.len() - rest.len();
    if (1..=6).contains(&depth) {
        rest.strip_prefix(' ').map(str::trim)
    } else {
        None
    }
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
    let mut plain = String::new();
    let mut at = 0;
    while let Some(next) = text[at..].chars().next() {
        if let Some((inline, after)) = special(text, at, depth) {
            flush_text(&mut out, &mut plain);
            out.push(inline);
            at = after;
            continue;
        }
        // A backslash takes the meaning from the mark after it.
        let escaped = text[at + next.len_utf8()..]
            .chars()
            .next()
            .filter(|mark| next == '\\' && mark.is_ascii_punctuation());
        let shown = escaped.unwrap_or(next);
        plain.push(shown);
        at += next.len_utf8() + usize::from(escaped.is_some());
    }
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
            if bytes.get(close + 1) != Some(&b'(') || shown.contains('[') {
                return None;
            }
            let end = find(bytes, start, b")")?;
            link(shown, &text[start..end], end + 1)
        }
        b'<' => {
            let end = find(bytes, at + 1, b">")?;
            let url = &text[at + 1..end];
            let shown = url
                .strip_prefix("mailto:")
                .or(url.strip_prefix("tel:"))
                .unwrap_or(url);
            // A scheme is needed here: `</b>` is no path.
            if url.contains(':') && !url.starts_with(['/', '#']) {
                link(shown, url, end + 1)
            } else {
                None
            }
        }
        mark @ (b'*' | b'_') if depth < DEPTH_MAX => {
            let double = [mark, mark];
            let marks: &[u8] = if mark == b'*' && bytes.get(at + 1) == Some(&mark) {
                &double
            } else {
                &double[..1]
            };
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
    let link = Inline::Link {
        text: shown.trim().to_owned(),
        url: url.to_owned(),
    };
    (!text.trim().is_empty()).then_some((link, after))
}

/// Emphasis between these marks.
fn emphasis(text: &str, at: usize, marks: &[u8], depth: u32) -> Option<(Inline, usize)> {
    let start = at + marks.len();
    let opens = text[start..]
        .chars()
        .next()
        .is_some_and(|c| !c.is_whitespace() && c != '*' && c != '_');
    let in_word = |side: Option<char>| marks[0] == b'_' && side.is_some_and(char::is_alphanumeric);
    if !opens || in_word(text[..at].chars().next_back()) {
        return None;
    }
    let mut from = start;
    loop {
        let end = find(text.as_bytes(), from, marks)?;
        let mut after = end + marks.len();
        let before = text[..end].chars().next_back();
        let doubled = marks.len() == 1 && text.as_bytes().get(after) == Some(&marks[0]);
        if before.is_none_or(char::is_whitespace)
            || doubled
            || in_word(text[after..].chars().next())
        {
            // Not an end; two marks together belong to something inside.
            after += usize::from(doubled);
            if after - start > INLINE_BYTES_MAX {
                return None;
            }
            from = after;
            continue;
        }
        let inner = inlines(&text[start..end], depth + 1);
        let inline = if marks.len() == 2 {
            Inline::Strong(inner)
        } else {
            Inline::Emphasis(inner)
        };
        return Some((inline, after));
    }
}

/// Where these marks stand next, not behind a backslash. Marks are ASCII, so the place is between characters.
fn find(bytes: &[u8], from: usize, marks: &[u8]) -> Option<usize> {
    let end = bytes.len().min(from + INLINE_BYTES_MAX);
    let here = |&at: &usize| {
        bytes[at] == marks[0] && bytes[at..].starts_with(marks) && bytes[at - 1] != b'\\'
    };
    (from..end).find(here)
}

#[cfg(test)]
#[path = "markup_tests.rs"]
mod tests;
