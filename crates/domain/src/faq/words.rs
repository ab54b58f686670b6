//! Text to words: small letters without accents, split where a script has no spaces.

use super::english::English;
use super::stem::stem;
use super::tables::hash;

/// Longer words are cut: no customer types one, and no index should hold one.
const WORD_BYTES_MAX: usize = 60;
/// Letters without their accents for U+00C0 to U+017F; a space where there is none.
const PLAIN: &[u8; 192] = b"aaaaaaaceeeeiiiidnooooo ouuuuypsaaaaaaaceeeeiiiidnooooo ouuuuypy\
aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll\
lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
/// Characters of Chinese that carry little: particles, pronouns, "please", "how".
const LIGHT: &str = "的了我吗呢吧啊你您是在有和就都把被给怎么什请想要可以这那个们也很还不没能会之";

/// A word of a text.
#[derive(Debug)]
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
        match plain(c) {
            Some(letter) if word.len() < WORD_BYTES_MAX => word.push(letter),
            Some(_) => {}
            None if is_mark(c) => {}
            None => flush(&mut out, &mut word, english),
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
    let mut text = String::new();
    let mut weight = 1.0;
    for &c in pair {
        text.push(c);
        if LIGHT.chars().any(|light| light == c) {
            weight *= 0.25;
        }
    }
    out.push(Token { stem: hash(0, text.as_bytes()), text, weight, dense: true });
}

/// A letter or digit, small and without its accent; `None` for everything between words. Written out for the scripts
/// that have capitals, because the tables for all of Unicode weigh more than this whole search.
pub(super) fn plain(c: char) -> Option<char> {
    let code = u32::from(c);
    let shifted = |by: u32| char::from_u32(code + by);
    match code {
        0x30..=0x39 | 0x61..=0x7A => Some(c),
        0x41..=0x5A | 0x391..=0x3A9 | 0x410..=0x42F => shifted(32),
        0x400..=0x40F => shifted(80),
        0xC0..=0x17F => {
            PLAIN.get(code as usize - 0xC0).map(|letter| char::from(*letter)).filter(|letter| *letter != ' ')
        }
        // Latin-1 and general punctuation, symbols, CJK punctuation, full-width marks, emoji.
        0..=0xBF | 0x300..=0x36F | 0x2000..=0x2BFF | 0x3000..=0x303F | 0xFE00..=0xFF0F | 0xFF1A..=0xFF20 => {
            None
        }
        0x1F000..=0x1FFFF | 0xE0000.. => None,
        // Full-width letters and digits.
        0xFF10..=0xFF19 | 0xFF41..=0xFF5A => char::from_u32(code - 0xFEE0),
        0xFF21..=0xFF3A => char::from_u32(code - 0xFEC0),
        0xFF3B..=0xFF65 | 0xFFE0..=0xFFFF => None,
        _ => Some(c),
    }
}

/// Whether a character only changes the letter before it, as accents of their own do.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200d}' | '\u{ad}')
}

fn flush(out: &mut Vec<Token>, word: &mut String, english: &English) {
    if word.is_empty() {
        return;
    }
    let text = std::mem::take(word);
    if let Some(before) = out.last() {
        let mut joined = before.text.clone();
        joined.push('_');
        joined.push_str(&text);
        let stem = hash(0, joined.as_bytes());
        if english.is_phrase(stem) {
            // In front of the word before, so that the next word still finds its neighbour last.
            out.insert(out.len() - 1, Token { stem, text: joined, weight: 1.0, dense: false });
        }
    }
    let weight = english.weight(&text);
    out.push(Token { stem: stem(text.as_bytes()), text, weight, dense: false });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let tokens = split(text, &English::new());
        let words: Vec<&str> = tokens.iter().map(|token| token.text.as_str()).collect();
        assert_eq!(words.join(" "), expected);
    }

    #[test]
    fn words_of_spaced_scripts() {
        check("", "");
        check(" - ?", "");
        check("Where's my parcel?", "where s my parcel");
        check("Carry-on BAGGAGE", "carry on baggage");
        check("Café über naïve Łódź", "cafe uber naive lodz");
        check("cafe\u{301}", "cafe");
        check("Ελλάδα Москва ЁЖ", "ελλάδα москва ёж");
        check("B2 1,000 £3.95", "b2 1 000 3 95");
        check("Ｆｕｌｌ１", "full1");
        check("a🙂b", "a b");
    }

    #[test]
    fn phrases_stand_in_front() {
        check("money back", "money_back money back");
        check("Check-in now", "check_in check in now");
        check("is it sold out?", "is it sold_out sold out");
    }

    #[test]
    fn dense_scripts_in_pairs() {
        check("退货", "退货");
        check("我要退货", "我要 要退 退货");
        check("退", "退");
        check("退货return退款", "退货 return 退款");
        check("返品したい", "返品 品し した たい");
        check("คืน", "คื ืน");
        check("반품", "반품");
        check("你好，世界", "你好 世界");
    }

    #[test]
    fn a_word_has_an_end() {
        check(&"x".repeat(100), &"x".repeat(WORD_BYTES_MAX));
        check(&"é".repeat(100), &"e".repeat(WORD_BYTES_MAX));
    }

    #[track_caller]
    fn check_weight(word: &str, expected: f32) {
        assert_eq!(split(word, &English::new())[0].weight, expected, "{word}");
    }

    #[test]
    fn weights() {
        check_weight("the", 0.05);
        check_weight("how", 0.25);
        check_weight("100", 0.25);
        check_weight("refund", 1.0);
        check_weight("退货", 1.0);
        check_weight("我要", 0.0625);
    }
}
