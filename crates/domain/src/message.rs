//! Messages by key, and filling their placeholders. The sentences themselves are in `locales/`.

pub use crate::message_keys::{MESSAGE_COUNT, MessageKey};

/// A message with what goes into its placeholders.
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    /// Which sentence.
    pub key: MessageKey,
    /// `(placeholder, value)`.
    pub args: Vec<(&'static str, String)>,
}

impl Message {
    /// A message without placeholders.
    pub fn plain(key: MessageKey) -> Self {
        Self { key, args: Vec::new() }
    }
}

/// Fills `{name}` in a template; an unknown placeholder is left as it stands, so that a test sees it.
pub fn fill(template: &str, args: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(template.len() + 16);
    let mut rest = template;
    while let Some((before, inner)) = cut(rest, "{") {
        out.push_str(before);
        let found = cut(inner, "}").and_then(|(own, after)| {
            let (_, value) = args.iter().find(|(name, _)| *name == own)?;
            Some((*value, after))
        });
        match found {
            Some((value, after)) => {
                out.push_str(value);
                rest = after;
            }
            None => {
                out.push('{');
                rest = inner;
            }
        }
    }
    out.push_str(rest);
    out
}

/// What stands before and after the first occurrence of a mark. Marks are a few letters, so they are looked for letter by
/// letter: the search of `std` is made for long texts, and weighs more than everything here.
pub fn cut<'t>(text: &'t str, mark: &str) -> Option<(&'t str, &'t str)> {
    let at = text.as_bytes().windows(mark.len()).position(|there| there == mark.as_bytes())?;
    Some((&text[..at], &text[at + mark.len()..]))
}

/// What stands before the first occurrence of a mark; the whole text where there is none.
pub fn until<'t>(text: &'t str, mark: &str) -> &'t str {
    cut(text, mark).map_or(text, |(before, _)| before)
}

/// The customer's key in the address of a status; empty where there is none.
pub fn key(url: &str) -> &str {
    cut(url, "secret=").map_or("", |(_, key)| until(key, "&"))
}

/// What stands between the occurrences of a mark, one after the other.
pub fn pieces<'t>(text: &'t str, mark: &'static str) -> impl Iterator<Item = &'t str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let whole = rest?;
        let (piece, after) = cut(whole, mark).map_or((whole, None), |(piece, after)| (piece, Some(after)));
        rest = after;
        Some(piece)
    })
}

/// Appends a whole number in digits, without the code that formats numbers of all kinds.
pub fn push_whole(out: &mut String, number: u64) {
    if number >= 10 {
        push_whole(out, number / 10);
    }
    out.push((b'0' + (number % 10) as u8) as char);
}

/// A whole number in digits.
pub fn whole(number: u64) -> String {
    let mut out = String::new();
    push_whole(&mut out, number);
    out
}

#[cfg(test)]
mod tests {
    use super::{cut, fill, pieces, until, whole};

    #[test]
    fn a_text_is_cut_at_the_first_mark() {
        assert_eq!(cut("a=1&b=2&b=3", "b="), Some(("a=1&", "2&b=3")));
        assert_eq!(cut("ä=ö", "ö"), Some(("ä=", "")));
        assert_eq!(cut("{{x", "{{x"), Some(("", "")));
        assert_eq!(cut("ab", "abc"), None);
    }

    #[test]
    fn a_text_falls_into_pieces() {
        assert_eq!(pieces("a\nb\n", "\n").collect::<Vec<_>>(), ["a", "b", ""]);
        assert_eq!(pieces("", ",").collect::<Vec<_>>(), [""]);
        assert_eq!([until("zh-Hans-CN", "-"), until("en", "-"), until("-", "-")], ["zh", "en", ""]);
    }

    #[test]
    fn placeholders_are_filled() {
        let args = [("name", "Ann"), ("n", "2")];
        assert_eq!(fill("Hi {name}, {n} of {m} {", &args), "Hi Ann, 2 of {m} {");
        assert_eq!(fill("{{n}}", &args), "{2}");
    }

    #[test]
    fn numbers_are_written_in_full() {
        assert_eq!(
            [whole(0), whole(9), whole(10), whole(u64::MAX)],
            ["0", "9", "10", "18446744073709551615"]
        );
    }
}
