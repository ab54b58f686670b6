//! What of an entry is shown for a query: its text with the words marked that were found, and of a long one the part
//! that holds most of them. Decides nothing about order.

use std::ops::Range;

use super::Index;
use super::words::split;

/// Words that are less near than this are found, yet not marked: a reader would not see why. Nor are those that only
/// come to mind with what was asked for, or are another kind of it. A word for the same thing is marked, also beside
/// a word that names its entry.
const MARKED: f32 = 0.425;
/// A word that says less than this is not marked.
const SAYS_MIN: f32 = 0.2;
/// How much of a snippet may stand before the first word that was found, as a part of all.
const LEAD: usize = 3;

/// What ends a sentence in scripts without spaces.
const ENDS: [&str; 3] = ["。", "！", "？"];

/// A part of a text, in order.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    /// The text as it is.
    pub text: String,
    /// Whether it is what was asked for.
    pub marked: bool,
}

/// What a query finds, read once and marked in as many texts as are shown for it.
pub struct Marks<'a> {
    index: &'a Index,
    /// What each term of the FAQ is worth to the query.
    met: Vec<f32>,
}

impl Index {
    /// What this query finds.
    pub fn marks(&self, query: &str) -> Marks<'_> {
        let mut met = vec![0.0_f32; self.terms.len()];
        for (token, last) in self.read(query).filter(|(token, _)| token.weight > SAYS_MIN) {
            for near in self.near(&token, last, query).into_iter().filter(|near| near.seen) {
                let own = &mut met[near.term as usize];
                *own = own.max(near.worth);
            }
        }
        Marks { index: self, met }
    }
}

impl Marks<'_> {
    /// A text in pieces, with the words marked that the query finds.
    pub fn mark(&self, text: &str) -> Vec<Piece> {
        pieces(text, 0..text.len(), &self.places(text))
    }

    /// The part of a text that says most about the query, of at most about so many bytes, in pieces. What is left out
    /// before or behind it stands as an ellipsis.
    pub fn snippet(&self, text: &str, bytes_max: usize) -> Vec<Piece> {
        let marks = self.places(text);
        let part = best_part(text, &marks, bytes_max);
        let mut out = pieces(text, part.clone(), &marks);
        let ellipsis = || Piece { text: "…".to_owned(), marked: false };
        if part.start > 0 {
            out.insert(0, ellipsis());
        }
        if part.end < text.len() {
            out.push(ellipsis());
        }
        out
    }

    /// Where the words of the query are in a text, in order and apart.
    fn places(&self, text: &str) -> Vec<Range<usize>> {
        let mut marks: Vec<Range<usize>> = Vec::new();
        for token in split(text, &self.index.concepts) {
            let worth = self.index.terms.get(token.stem).map_or(0.0, |term| self.met[term as usize]);
            if worth < MARKED || token.weight <= SAYS_MIN {
                continue;
            }
            // Pairs of characters overlap, and a phrase stands where its last word does.
            match marks.last_mut() {
                Some(before) if token.place.start <= before.end => {
                    before.start = before.start.min(token.place.start);
                    before.end = before.end.max(token.place.end);
                }
                _ => marks.push(token.place),
            }
        }
        marks
    }
}

/// The part of a text with the most marks; of equals, the first.
fn best_part(text: &str, marks: &[Range<usize>], bytes_max: usize) -> Range<usize> {
    if text.len() <= bytes_max {
        return 0..text.len();
    }
    let mut best = (0, 0);
    for (at, mark) in marks.iter().enumerate() {
        let start = if mark.end <= bytes_max { 0 } else { lead(text, mark.start, bytes_max / LEAD) };
        let count = marks[at..].iter().take_while(|other| other.end <= start + bytes_max).count();
        let before = marks[..at].iter().filter(|other| other.start >= start).count();
        if count + before > best.1 {
            best = (start, count + before);
        }
    }
    let start = best.0;
    if text.len() - start <= bytes_max {
        return start..text.len();
    }
    let mut end = start + bytes_max;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    // Between words, where the script has spaces between them.
    let spaces = text.as_bytes()[start..end].iter().rposition(|byte| *byte == b' ');
    let whole = spaces.map_or(end, |space| start + space);
    start..if (end - whole) * 2 < end - start { whole } else { end }
}

/// Where to begin so that a word has something before it: at the start of its sentence if that is near, or at a word's.
fn lead(text: &str, at: usize, bytes_max: usize) -> usize {
    let mut from = at.saturating_sub(bytes_max);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let (bytes, mut sentence, mut word) = (text.as_bytes(), None, None);
    for place in from..at {
        match bytes[place] {
            b' ' if place > 0 && b".!?".contains(&bytes[place - 1]) => sentence = Some(place + 1),
            b' ' if word.is_none() => word = Some(place + 1),
            // The last byte of "。", "！" and "？".
            0x82 | 0x81 | 0x9F if ENDS.iter().any(|end| bytes[..=place].ends_with(end.as_bytes())) => {
                sentence = Some(place + 1);
            }
            _ => {}
        }
    }
    let start = if from == 0 { Some(0) } else { word };
    sentence.or(start).unwrap_or(from)
}

/// A part of a text, cut at the marks.
fn pieces(text: &str, part: Range<usize>, marks: &[Range<usize>]) -> Vec<Piece> {
    let mut out = Vec::new();
    let mut push = |range: Range<usize>, marked: bool| {
        if let Some(text) = text.get(range).filter(|text| !text.is_empty()) {
            out.push(Piece { text: text.to_owned(), marked });
        }
    };
    let mut at = part.start;
    for mark in marks.iter().filter(|mark| mark.start >= part.start && mark.end <= part.end) {
        push(at..mark.start, false);
        push(mark.clone(), true);
        at = mark.end;
    }
    push(at..part.end, false);
    out
}
