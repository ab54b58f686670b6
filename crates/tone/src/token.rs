//! Text to tokens: words in a form that rules can name, each with its place in the source.
//!
//! What somebody else said (in quotation marks), code, addresses and placeholders become one token that no rule names,
//! so that nothing inside them is ever found.

use std::ops::Range;

use crate::script;

/// One word, mark or literal of the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Lower case, with straight apostrophes; contractions are taken apart (`won't` is `will` and `not`).
    pub word: String,
    /// Where it stands in the source. Both halves of a contraction have the whole.
    pub span: Range<usize>,
    /// A mark such as a comma.
    pub mark: bool,
    /// Quoted, or a placeholder, an address, code: not the service's own words.
    pub literal: bool,
}

/// The word of a literal token; rules may name it, to see that something stands there.
pub const LITERAL: &str = "<literal>";

/// The tokens of a text, in order. `spaced` is false for scripts without spaces, where each character stands alone
/// unless `known` says how long a word begins there.
#[must_use]
pub fn tokens(text: &str, spaced: bool, known: &dyn Fn(&str) -> Option<usize>) -> Vec<Token> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let rest = &text[at..];
        let length = if first.is_whitespace() {
            if first == '\n' {
                push(&mut found, "\n", at..at + 1, true, false);
            }
            first.len_utf8()
        } else if let Some(length) = literal(text, at) {
            push(&mut found, LITERAL, at..at + length, false, true);
            length
        } else if script::is_ideograph(first) && !spaced {
            let length = known(rest).unwrap_or(first.len_utf8());
            push(&mut found, &rest[..length], at..at + length, false, false);
            length
        } else if is_word(first) {
            let length = word_length(rest);
            word(&mut found, &rest[..length], at);
            length
        } else {
            let run = || rest.find(|other: char| other != first).unwrap_or(rest.len());
            let length = if first == '.' || first == '-' { run() } else { first.len_utf8() };
            push(&mut found, mark(&rest[..length]), at..at + length, true, false);
            length
        };
        at += length;
    }
    found
}

fn push(found: &mut Vec<Token>, word: &str, span: Range<usize>, mark: bool, literal: bool) {
    found.push(Token { word: word.to_owned(), span, mark, literal });
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '£' | '€' | '$' | '%' | '&' | '@')
}

fn is_apostrophe(letter: char) -> bool {
    matches!(letter, '\'' | '’' | 'ʼ' | '`')
}

/// Letters and digits, with apostrophes, full stops, commas and hyphens between them (`e.g.`, `9.30`, `non-refundable`).
fn word_length(rest: &str) -> usize {
    let mut end = 0;
    let mut letters = rest.char_indices().peekable();
    let mut before = ' ';
    while let Some((at, letter)) = letters.next() {
        let next = letters.peek().map_or(' ', |(_, next)| *next);
        let inside = is_word(letter) && !script::is_ideograph(letter)
            || (is_apostrophe(letter) || letter == '-') && next.is_alphanumeric()
            || matches!(letter, '.' | ',' | ':') && before.is_ascii_digit() && next.is_ascii_digit()
            || letter == '.' && next.is_ascii_lowercase() && before.is_ascii_lowercase();
        if !inside {
            break;
        }
        before = letter;
        end = at + letter.len_utf8();
    }
    end.max(rest.chars().next().map_or(1, char::len_utf8))
}

/// Marks that mean the same are one.
fn mark(seen: &str) -> &str {
    match seen {
        "，" | "、" => ",",
        "。" | "．" => ".",
        "！" => "!",
        "？" => "?",
        "；" => ";",
        "：" => ":",
        "–" | "—" | "--" | "---" => "-",
        "..." | "……" => "…",
        "（" => "(",
        "）" => ")",
        other => other,
    }
}

/// Endings that stand for a word of their own, where the word before them allows it.
const ENDINGS: [(&str, &str); 5] =
    [("'ll", "will"), ("'re", "are"), ("'ve", "have"), ("'m", "am"), ("'d", "would")];

/// Words after which `'s` is *is* and no possessive.
const BEFORE_IS: [&str; 19] = [
    "it",
    "that",
    "there",
    "here",
    "what",
    "who",
    "where",
    "how",
    "he",
    "she",
    "this",
    "which",
    "everything",
    "something",
    "nothing",
    "everyone",
    "everybody",
    "somebody",
    "nobody",
];

/// Contractions as people type them without an apostrophe.
const BARE: [(&str, &str); 14] = [
    ("cannot", "can"),
    ("cant", "can"),
    ("dont", "do"),
    ("doesnt", "does"),
    ("didnt", "did"),
    ("isnt", "is"),
    ("arent", "are"),
    ("wasnt", "was"),
    ("couldnt", "could"),
    ("wouldnt", "would"),
    ("shouldnt", "should"),
    ("havent", "have"),
    ("hasnt", "has"),
    ("werent", "were"),
];

fn word(found: &mut Vec<Token>, seen: &str, at: usize) {
    let span = at..at + seen.len();
    let lower: String = seen
        .chars()
        .map(|letter| if is_apostrophe(letter) { '\'' } else { letter })
        .flat_map(char::to_lowercase)
        .collect();
    let mut both = |first: &str, second: &str| {
        push(found, first, span.clone(), false, false);
        push(found, second, span.clone(), false, false);
    };
    if let Some((_, verb)) = BARE.iter().find(|(bare, _)| *bare == lower) {
        return both(verb, "not");
    }
    match lower.as_str() {
        "won't" => return both("will", "not"),
        "can't" => return both("can", "not"),
        "shan't" => return both("shall", "not"),
        "ain't" => return both("is", "not"),
        "let's" => return both("let", "us"),
        _ => {}
    }
    if let Some(verb) = lower.strip_suffix("n't") {
        return both(verb, "not");
    }
    for (ending, verb) in ENDINGS {
        if let Some(stem) = lower.strip_suffix(ending) {
            return both(stem, verb);
        }
    }
    if let Some(stem) = lower.strip_suffix("'s")
        && BEFORE_IS.contains(&stem)
    {
        return both(stem, "is");
    }
    push(found, &lower, span, false, false);
}

/// Quotation marks that open, with those that close them.
const QUOTES: [(char, char); 8] =
    [('"', '"'), ('“', '”'), ('„', '“'), ('«', '»'), ('「', '」'), ('『', '』'), ('‘', '’'), ('\'', '\'')];

/// The longest passage that is taken for a quotation, in bytes: beyond it the mark was something else.
const QUOTE_BYTES_MAX: usize = 400;

/// How far the end of a literal is looked for, in bytes.
const LITERAL_BYTES_MAX: usize = 2_000;

/// How many bytes from `at` on are no words of the service: a quotation, code, a placeholder, a tag or an address.
fn literal(text: &str, at: usize) -> Option<usize> {
    let rest = &text[at..];
    let before = text[..at].chars().next_back();
    let first = rest.chars().next()?;
    let near = &rest[..rest.floor_char_boundary(LITERAL_BYTES_MAX)];
    let between = |open: usize, close: &str| near[open..].find(close).map(|end| open + end + close.len());
    match first {
        '`' => between(1, "`"),
        '{' => between(1, "}").map(|end| {
            if rest.starts_with("{{") { end + usize::from(rest[end..].starts_with('}')) } else { end }
        }),
        '<' if rest[1..]
            .starts_with(|next: char| next.is_ascii_alphabetic() || next == '/' || next == '!') =>
        {
            between(1, ">")
        }
        'h' | 'H' | 'm' | 'w' if is_address(rest) => {
            let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
            Some(rest[..end].trim_end_matches(['.', ',', ')', '?', '!', ';']).len())
        }
        _ if before.is_some_and(char::is_alphanumeric) && first != '「' && first != '『' && first != '“' => {
            None
        }
        _ => quotation(near, first),
    }
}

fn is_address(rest: &str) -> bool {
    ["http://", "https://", "mailto:", "www."].iter().any(|start| rest.starts_with(start))
}

fn quotation(rest: &str, open: char) -> Option<usize> {
    let (_, close) = QUOTES.iter().find(|(known, _)| *known == open)?;
    let start = open.len_utf8();
    let mut from = start;
    loop {
        let end = from + rest[from..].find(*close)?;
        let after = end + close.len_utf8();
        let inside = is_apostrophe(*close) && rest[after..].starts_with(char::is_alphanumeric);
        if inside {
            from = after;
            continue;
        }
        return (end > start && after <= QUOTE_BYTES_MAX && !rest[..end].contains('\n')).then_some(after);
    }
}

#[cfg(test)]
mod tests {
    use super::{LITERAL, tokens};

    fn words(text: &str) -> Vec<String> {
        tokens(text, true, &|_| None).into_iter().map(|token| token.word).collect()
    }

    #[test]
    fn contractions_come_apart() {
        assert_eq!(
            words("We can’t, won't & it's"),
            ["we", "can", "not", ",", "will", "not", "&", "it", "is"]
        );
        assert_eq!(words("You'd the company's"), ["you", "would", "the", "company's"]);
        assert_eq!(words("Cannot dont"), ["can", "not", "do", "not"]);
    }

    #[test]
    fn what_others_say_is_one_literal() {
        assert_eq!(words("She said \"I can't get in\"."), ["she", "said", LITERAL, "."]);
        assert_eq!(words("You said 'it doesn't open'."), ["you", "said", LITERAL, "."]);
        assert_eq!(words("see {date} at https://a.example/no."), ["see", LITERAL, "at", LITERAL, "."]);
        assert_eq!(words("the guests' rooms"), ["the", "guests", "'", "rooms"]);
        assert_eq!(words("run `cannot` now"), ["run", LITERAL, "now"]);
    }

    #[test]
    fn numbers_times_and_hyphens_stay_whole() {
        assert_eq!(words("at 9.30, non-refundable. 5"), ["at", "9.30", ",", "non-refundable", ".", "5"]);
        assert_eq!(words("a – b"), ["a", "-", "b"]);
    }

    #[test]
    fn without_spaces_each_character_stands_alone_or_as_a_known_word() {
        let known = |rest: &str| rest.starts_with("不用").then_some("不用".len());
        let found: Vec<_> =
            tokens("您不用来，OK！", false, &known).into_iter().map(|token| token.word).collect();
        assert_eq!(found, ["您", "不用", "来", ",", "ok", "!"]);
    }

    #[test]
    fn spans_lead_back_to_the_source() {
        let text = "We “see” that it won’t do.";
        for token in tokens(text, true, &|_| None) {
            assert!(text.is_char_boundary(token.span.start) && text.is_char_boundary(token.span.end));
            assert!(!token.span.is_empty());
        }
    }
}
