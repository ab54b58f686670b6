//! Text to words: small letters without accents, split where a script has no spaces.

use std::ops::Range;

use super::concepts::{Concepts, is_light, phrase};
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
    /// Where it stands in the text, in bytes.
    pub(super) place: Range<usize>,
}

/// The longest word of a script without spaces that concepts know, in characters.
const DENSE_CHARS_MAX: usize = 8;
/// What one character of Chinese says beside its pairs.
const SINGLE_WEIGHT: f32 = 0.3;
/// How many words a phrase may be apart, if those between say nothing: "send it all back".
const PHRASE_WORDS_MAX: usize = 4;
/// Words that wait for what is done to a thing until it was named: "send my boots back", "pick a parcel up".
const LATE: [&str; 2] = ["back", "up"];

/// The words of a text, in order. A phrase stands in front of its last word.
pub(super) fn split(text: &str, concepts: &Concepts) -> Vec<Token> {
    let mut splitter =
        Splitter { concepts, out: Vec::new(), word: String::new(), start: 0, recent: Vec::new() };
    // Where the run of a script without spaces began.
    let mut run: Option<usize> = None;
    let mut after_apostrophe = false;
    for (at, c) in text.char_indices() {
        if is_dense(c) {
            splitter.flush(at, false);
            run.get_or_insert(at);
            continue;
        }
        if let Some(start) = run.take() {
            splitter.dense(&text[start..at], start);
        }
        match plain(c) {
            Some(letter) => {
                if splitter.word.is_empty() {
                    splitter.start = at;
                }
                if splitter.word.len() < WORD_BYTES_MAX {
                    splitter.word.push(letter);
                }
            }
            None if is_mark(c) => {}
            None => {
                splitter.flush(at, after_apostrophe);
                after_apostrophe = matches!(c, '\'' | '\u{2019}');
            }
        }
    }
    if let Some(start) = run {
        splitter.dense(&text[start..], start);
    }
    splitter.flush(text.len(), after_apostrophe);
    splitter.out
}

/// Words as they are read.
struct Splitter<'a> {
    concepts: &'a Concepts,
    out: Vec<Token>,
    word: String,
    start: usize,
    /// The words before, nearest last: their stems, whether they are light, and where they start.
    recent: Vec<(u32, bool, usize)>,
}

impl Splitter<'_> {
    /// Ends a word here.
    fn flush(&mut self, end: usize, after_apostrophe: bool) {
        if self.word.is_empty() {
            return;
        }
        let mut text = std::mem::take(&mut self.word);
        if after_apostrophe && matches!(text.as_str(), "s" | "t" | "ll" | "ve" | "re" | "d" | "m") {
            // What an apostrophe cuts off says nothing; "don't" means "not".
            match self.out.last_mut() {
                Some(before) if text == "t" && before.text.ends_with('n') => text = "not".to_owned(),
                _ => return,
            }
            self.start = self.out.pop().map_or(self.start, |before| before.place.start);
            self.recent.pop();
        } else if self.concepts.is_not(&text) {
            text = "not".to_owned();
        }
        let weight = self.concepts.weight(&text);
        let own = stem(text.as_bytes());
        let place = self.start..end;
        let late = LATE.contains(&text.as_str());
        for &(before, light, start) in self.recent.iter().rev().take(PHRASE_WORDS_MAX) {
            let both = phrase(before, own);
            if self.concepts.is_phrase(both) {
                self.push(String::new(), both, 1.0, start..end);
                break;
            }
            if !light && !late {
                break;
            }
        }
        // "Not" is light and stands for itself in phrases, however many light words follow.
        self.recent.push((own, is_light(weight), self.start));
        self.push(text, own, weight, place);
    }

    fn push(&mut self, text: String, stem: u32, weight: f32, place: Range<usize>) {
        self.out.push(Token { text, stem, weight, dense: false, place });
    }

    /// A run of a script without spaces: each pair of characters, and the words in it that concepts know.
    fn dense(&mut self, run: &str, start: usize) {
        self.recent.clear();
        let mut before: Option<char> = None;
        for (at, c) in run.char_indices() {
            let rest = &run[at..];
            let lone = before.is_none() && rest.len() == c.len_utf8();
            for (count, (length, last)) in rest.char_indices().enumerate().take(DENSE_CHARS_MAX) {
                let text = &rest[..length + last.len_utf8()];
                let stem = hash(0, text.as_bytes());
                let weight = match count {
                    // A word that is known says something, whatever its characters say elsewhere: "不要".
                    1.. if self.concepts.knows(stem) => 1.0,
                    0 if lone => worth(text, 1.0),
                    0 if is_han(c) => worth(text, SINGLE_WEIGHT),
                    1 => worth(text, 1.0),
                    _ => continue,
                };
                let place = start + at..start + at + text.len();
                self.out.push(Token { text: text.to_owned(), stem, weight, dense: true, place });
            }
            before = Some(c);
        }
    }
}

/// What a piece of a script without spaces says, which is less where its characters are in every sentence.
fn worth(text: &str, whole: f32) -> f32 {
    text.chars().fold(whole, |weight, c| if LIGHT.contains(c) { weight * 0.25 } else { weight })
}

/// Scripts that are written without spaces: Thai, Lao, Burmese, Khmer, kana, Han; and Hangul, whose words take many
/// endings.
pub(super) fn is_dense(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{20000}'..='\u{3ffff}')
}

/// Characters of Chinese, which are words of a kind.
pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}')
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

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let tokens = split(text, &Concepts::new());
        let words = tokens.iter().map(|token| if token.text.is_empty() { "*" } else { token.text.as_str() });
        assert_eq!(words.collect::<Vec<_>>().join(" "), expected, "{text}");
        for token in tokens.iter().filter(|token| token.dense) {
            assert_eq!(text[token.place.clone()], token.text);
        }
    }

    #[test]
    fn words_of_spaced_scripts() {
        check("", "");
        check(" - ?", "");
        check("Where's my parcel?", "where * my parcel");
        check("It doesn't, I don’t, we cannot", "it not i not we not");
        check("rock'n'roll 5's", "rock n roll 5");
        check("Carry-out BAGGAGE", "carry out baggage");
        check("Café über naïve Łódź", "cafe uber naive lodz");
        check("cafe\u{301}", "cafe");
        check("Ελλάδα Москва ЁЖ", "ελλάδα москва ёж");
        check("B2 1,000 £3.95", "b2 1 000 3 95");
        check("Ｆｕｌｌ１", "full1");
        check("a🙂b", "a b");
    }

    #[test]
    fn phrases_stand_in_front() {
        check("money back", "money * back");
        check("Check-in now", "check * in now");
        check("is it sold out?", "is it sold * out");
        check("send it back", "send it * back");
        check("send the red boots back", "send the red boots * back");
        check("sold red it out", "sold red it out");
        check("It has never yet arrived", "it has not yet * arrived");
    }

    #[test]
    fn dense_scripts_in_pairs() {
        check("退货", "退 退货 货");
        check("我要退货", "我 我要 要 要退 退 退货 货");
        check("退", "退");
        check("退货return退款", "退 退货 货 return 退 退款 款");
        check("返品したい", "返 返品 品 品し した たい");
        check("キャンセル", "キャ キャンセル ャン ンセ セル");
        check("คืน", "คื คืน ืน");
        check("반품", "반품");
        check("你好，世界", "你 你好 好 世 世界 界");
    }

    #[test]
    fn a_word_has_an_end() {
        check(&"x".repeat(100), &"x".repeat(WORD_BYTES_MAX));
        check(&"é".repeat(100), &"e".repeat(WORD_BYTES_MAX));
    }

    #[track_caller]
    fn check_weight(word: &str, expected: f32) {
        assert_eq!(split(word, &Concepts::new())[0].weight, expected, "{word}");
    }

    #[test]
    fn weights() {
        check_weight("the", 0.05);
        check_weight("how", 0.25);
        check_weight("100", 0.25);
        check_weight("refund", 1.0);
        check_weight("don't", 0.05);
        check_weight("退", 1.0);
        check_weight("退货", 0.3);
        check_weight("我要", 0.075);
        let tokens = split("不要", &Concepts::new());
        assert_eq!(tokens.iter().find(|token| token.text == "不要").map(|token| token.weight), Some(1.0));
    }
}
