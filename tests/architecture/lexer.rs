//! Rust text as tokens, as far as the rules need them: words, literals, signs, comments, each with its line.

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An identifier, a keyword, a number or a lifetime.
    Word,
    /// A string literal of any form; `text` holds its inside.
    Text,
    /// One sign.
    Sign,
    /// A comment with its slashes.
    Comment,
}

/// A piece of source text.
#[derive(Clone, Copy, Debug)]
pub struct Token<'a> {
    pub kind: Kind,
    pub text: &'a str,
    /// Counted from 1.
    pub line: usize,
}

impl Token<'_> {
    /// Whether it is this sign.
    pub fn is(&self, sign: &str) -> bool {
        self.kind == Kind::Sign && self.text == sign
    }

    /// Whether it is this word.
    pub fn word(&self, word: &str) -> bool {
        self.kind == Kind::Word && self.text == word
    }
}

/// All tokens, comments among them.
pub fn tokens(source: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let (mut at, mut line) = (0, 1);
    while let Some(first) = source[at..].chars().next() {
        let rest = &source[at..];
        let (length, kind) = if first.is_whitespace() {
            (first.len_utf8(), None)
        } else {
            let (length, kind) = measure(rest, first);
            (length, Some(kind))
        };
        if let Some(kind) = kind {
            let text = if kind == Kind::Text { inside(&rest[..length]) } else { &rest[..length] };
            found.push(Token { kind, text, line });
        }
        line += rest[..length].matches('\n').count();
        at += length;
    }
    found
}

/// The tokens that are neither comments nor tests.
pub fn product_code(source: &str) -> Vec<Token<'_>> {
    let code: Vec<Token<'_>> =
        tokens(source).into_iter().filter(|token| token.kind != Kind::Comment).collect();
    let mut kept = Vec::new();
    let mut at = 0;
    while at < code.len() {
        if is_test_attribute(&code[at..]) {
            at = end_of_item(&code, at);
        } else {
            kept.push(code[at]);
            at += 1;
        }
    }
    kept
}

/// The place of the brace that closes the one at `open`; the end when there is none.
pub fn closing(code: &[Token<'_>], open: usize) -> usize {
    let mut depth = 0_usize;
    for (at, token) in code.iter().enumerate().skip(open) {
        if ["{", "(", "["].iter().any(|sign| token.is(sign)) {
            depth += 1;
        } else if ["}", ")", "]"].iter().any(|sign| token.is(sign)) {
            depth = depth.saturating_sub(1);
            if depth == 0 {
                return at;
            }
        }
    }
    code.len().saturating_sub(1)
}

fn is_test_attribute(code: &[Token<'_>]) -> bool {
    let start = ["#", "[", "cfg", "(", "test", ")", "]"];
    code.len() > start.len() && start.iter().zip(code).all(|(text, token)| token.text == *text)
}

/// The place after the item that starts at `at` with its attributes.
fn end_of_item(code: &[Token<'_>], at: usize) -> usize {
    let mut at = at;
    while at < code.len() {
        if code[at].is("#") {
            at = closing(code, at + 1) + 1;
        } else if code[at].is("(") || code[at].is("[") {
            at = closing(code, at) + 1;
        } else if code[at].is("{") {
            return closing(code, at) + 1;
        } else if code[at].is(";") {
            return at + 1;
        } else {
            at += 1;
        }
    }
    at
}

fn measure(rest: &str, first: char) -> (usize, Kind) {
    if rest.starts_with("//") {
        return (rest.find('\n').unwrap_or(rest.len()), Kind::Comment);
    }
    if rest.starts_with("/*") {
        return (block_comment(rest), Kind::Comment);
    }
    if let Some(length) = string(rest) {
        return (length, Kind::Text);
    }
    if first == '\'' {
        return quote(rest);
    }
    if is_word(first) {
        return (rest.find(|letter| !is_word(letter)).unwrap_or(rest.len()), Kind::Word);
    }
    (first.len_utf8(), Kind::Sign)
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

fn block_comment(rest: &str) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while at < rest.len() {
        if rest[at..].starts_with("/*") {
            depth += 1;
            at += 2;
        } else if rest[at..].starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += rest[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    rest.len()
}

/// The length of a string literal, plain or raw, with its prefix.
fn string(rest: &str) -> Option<usize> {
    let prefix = rest.find(|letter| !matches!(letter, 'b' | 'c' | 'r'))?;
    let raw = rest[..prefix].contains('r');
    let body = &rest[prefix..];
    let hashes = body.len() - body.trim_start_matches('#').len();
    if !body[hashes..].starts_with('"') || (hashes > 0 && !raw) || prefix > 2 {
        return None;
    }
    let start = prefix + hashes + 1;
    if raw {
        let end = format!("\"{}", "#".repeat(hashes));
        return Some(rest[start..].find(&end).map_or(rest.len(), |at| start + at + end.len()));
    }
    let mut escaped = false;
    for (at, letter) in rest[start..].char_indices() {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return Some(start + at + 1),
            _ => {}
        }
    }
    Some(rest.len())
}

/// What starts with a quote is a character or a lifetime.
fn quote(rest: &str) -> (usize, Kind) {
    let mut letters = rest.char_indices().skip(1);
    match letters.next() {
        Some((_, '\\')) => {
            letters.next();
            (letters.find(|(_, letter)| *letter == '\'').map_or(rest.len(), |(at, _)| at + 1), Kind::Word)
        }
        Some(_) => match letters.next() {
            Some((at, '\'')) => (at + 1, Kind::Word),
            _ => (1 + rest[1..].find(|letter| !is_word(letter)).unwrap_or(rest.len() - 1), Kind::Word),
        },
        None => (rest.len(), Kind::Word),
    }
}

fn inside(literal: &str) -> &str {
    let start = literal.find('"').map_or(0, |at| at + 1);
    let end = literal.rfind('"').filter(|end| *end >= start).unwrap_or(literal.len());
    &literal[start..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_know_strings_comments_and_lifetimes() {
        let source = "fn a<'x>() { // say \"no\"\n let c = '\"'; r#\"a \"q\" b\"#; \"\\\"\" /* /* */ */ }";
        let texts: Vec<(Kind, &str, usize)> = tokens(source)
            .into_iter()
            .filter(|token| token.kind != Kind::Sign)
            .map(|token| (token.kind, token.text, token.line))
            .collect();
        let expected = [
            (Kind::Word, "fn", 1),
            (Kind::Word, "a", 1),
            (Kind::Word, "'x", 1),
            (Kind::Comment, "// say \"no\"", 1),
            (Kind::Word, "let", 2),
            (Kind::Word, "c", 2),
            (Kind::Word, "'\"'", 2),
            (Kind::Text, "a \"q\" b", 2),
            (Kind::Text, "\\\"", 2),
            (Kind::Comment, "/* /* */ */", 2),
        ];
        assert_eq!(texts, expected);
    }

    #[test]
    fn tests_are_no_product_code() {
        let source = "use a::b; #[cfg(test)] #[path = \"x\"] mod tests { fn hidden() { {} } } fn shown() {}";
        let words: Vec<&str> = product_code(source).iter().map(|token| token.text).collect();
        assert_eq!(words.concat(), "usea::b;fnshown(){}");
    }
}
