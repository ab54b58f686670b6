//! The passages of a Markdown file: paragraphs, headings, list items and cells, without their marks.
//!
//! Marks become spaces, so that every byte of a passage stands where it stood. `<!-- all-ears-ignore -->` leaves the
//! block after it alone, `<!-- all-ears-ignore en.refusal.cannot demand -->` some rules or families in it, and
//! `<!-- all-ears-off -->` everything up to `<!-- all-ears-on -->`.

use crate::check::Voice;
use crate::document::Passage;

/// What a comment asks for.
enum Wish {
    Ignore(Vec<String>),
    Off,
    On,
}

/// The passages, in order.
pub(crate) fn passages(source: &str) -> Vec<Passage> {
    let mut found: Vec<Passage> = Vec::new();
    let mut block: Option<(String, usize)> = None;
    let (mut fence, mut off, mut ignored) = (None, false, Vec::new());
    let mut at = 0;
    for line in source.split_inclusive('\n') {
        let bare = line.trim();
        let mark = ["```", "~~~"].into_iter().find(|mark| bare.starts_with(mark));
        let inside = fence.is_some();
        if mark.is_some() && (fence.is_none() || fence == mark) {
            fence = if inside { None } else { mark };
        }
        let wish = wish(bare);
        let text =
            !inside && mark.is_none() && wish.is_none() && !bare.is_empty() && !bare.starts_with('<') && !off;
        if !text || opens(bare) {
            close(&mut found, &mut block, &mut ignored);
        }
        match wish {
            Some(Wish::Ignore(rules)) => ignored = rules,
            Some(Wish::Off) => off = true,
            Some(Wish::On) => off = false,
            None => {}
        }
        if text {
            let (body, _) = block.get_or_insert_with(|| (String::new(), at));
            body.push_str(&plain(line));
            if bare.starts_with(['#', '|']) {
                close(&mut found, &mut block, &mut ignored);
            }
        }
        at += line.len();
    }
    close(&mut found, &mut block, &mut ignored);
    found
}

fn close(found: &mut Vec<Passage>, block: &mut Option<(String, usize)>, ignored: &mut Vec<String>) {
    let Some((body, start)) = block.take() else { return };
    if body.trim().is_empty() {
        return;
    }
    let mut passage = Passage::plain(body, start);
    passage.ignored = std::mem::take(ignored);
    // A heading that asks is a question of an FAQ: the customer's words.
    if passage.text.trim_end().ends_with('?') {
        passage.voice = Voice::Customer;
    }
    found.push(passage);
}

fn wish(line: &str) -> Option<Wish> {
    let inner = line.strip_prefix("<!--")?.strip_suffix("-->")?.trim();
    let mut words = inner.split_whitespace();
    match words.next()? {
        "all-ears-off" => Some(Wish::Off),
        "all-ears-on" => Some(Wish::On),
        "all-ears-ignore" => {
            let rules: Vec<String> = words.map(str::to_owned).collect();
            Some(Wish::Ignore(if rules.is_empty() { vec!["*".to_owned()] } else { rules }))
        }
        _ => None,
    }
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

    #[test]
    fn a_question_is_the_customers() {
        assert_eq!(passages("## Why can't I pay?\nBecause.")[0].voice, Voice::Customer);
    }
}
