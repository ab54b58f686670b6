//! Text to words: small letters without accents, split where a script has no spaces.

use super::english::English;
use super::stem::stem;
use super::tables::hash;

/// Longer words are cut: no customer types one, and no index should hold one.
const WORD_BYTES_MAX: usize = 60;
/// Letters without their accents for U+00C0 to U+00FF; a space where there is none.
const PLAIN: &[u8; 64] = b"aaaaaa ceeeeiiii nooooo ouuuuy saaaaaa ceeeeiiii nooooo ouuuuy y";
/// Characters of Chinese that carry little: particles, pronouns, "please", "how".
const LIGHT: &str = "的了我吗呢吧啊你您是在有和就都把被给怎么什请想要可以这那个们也很还不没能会之";

/// A word of a text.
#[derive(Clone, Debug)]
pub(super) struct Token {
    /// The word in small letters.
    pub(super) text: String,
    /// Hash of its stem.
    pub(super) stem: u32,
    /// How much it says: 1 for most words, little for those in every sentence.
    pub(super) weight: f32,
    /// Whether it is a piece of a script without spaces.
    pub(super) dense: bool,
}

/// The words of a text, in order.
pub(super) fn split(text: &str, english: &English) -> Vec<Token> {
    let mut out = Vec::new();
    let mut word = String::new();
    let mut previous: Option<char> = None;
    // Whether the pair before ended in `previous`.
    let mut paired = false;
    for c in text.chars() {
        if is_dense(c) {
            flush(&mut out, &mut word, english);
            if let Some(before) = previous {
                push_dense(&mut out, &[before, c]);
            }
            paired = previous.is_some();
            previous = Some(c);
            continue;
        }
        flush_dense(&mut out, &mut previous, paired);
        if c.is_alphanumeric() {
            push_plain(&mut word, c);
        } else if !matches!(c, '\u{300}'..='\u{36f}') {
            flush(&mut out, &mut word, english);
        }
    }
    flush_dense(&mut out, &mut previous, paired);
    flush(&mut out, &mut word, english);
    out
}

/// Scripts that are written without spaces: Thai, Lao, Burmese, Khmer, kana, Han; and Hangul, whose words take many
/// endings.
fn is_dense(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{20000}'..='\u{3ffff}')
}

/// A letter that stands alone is a word; one that ended a pair is in that pair already.
fn flush_dense(out: &mut Vec<Token>, previous: &mut Option<char>, paired: bool) {
    if let Some(c) = previous.take()
        && !paired
    {
        push_dense(out, &[c]);
    }
}

fn push_dense(out: &mut Vec<Token>, pair: &[char]) {
    let light = pair.iter().filter(|c| LIGHT.contains(**c)).count();
    let weight = [1.0, 0.25, 0.05][light];
    let text: String = pair.iter().collect();
    out.push(Token { stem: hash(0, text.as_bytes()), text, weight, dense: true });
}

fn push_plain(word: &mut String, c: char) {
    if word.len() > WORD_BYTES_MAX {
        return;
    }
    let plain = (c as usize).checked_sub(0xC0).and_then(|at| PLAIN.get(at));
    match plain {
        Some(&letter) if letter != b' ' => word.push(char::from(letter)),
        _ => word.extend(c.to_lowercase()),
    }
    if c == 'ß' {
        word.push('s');
    }
}

fn flush(out: &mut Vec<Token>, word: &mut String, english: &English) {
    if word.is_empty() {
        return;
    }
    let text = std::mem::take(word);
    let joined = out.last().map(|before| [before.text.as_str(), text.as_str()].join("_"));
    let weight = english.weight(&text);
    out.push(Token { stem: hash(0, stem(&text).as_bytes()), text, weight, dense: false });
    if let Some(text) = joined.filter(|joined| english.is_phrase(joined)) {
        // In front, so that the next word still finds its neighbour last.
        let at = out.len() - 1;
        out.insert(at, Token { stem: hash(0, text.as_bytes()), text, weight: 1.0, dense: false });
    }
}
