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
    while let Some(open) = rest.find('{') {
        out.push_str(&rest[..open]);
        let inner = &rest[open + 1..];
        let found = inner.find('}').and_then(|close| {
            let (_, value) = args.iter().find(|(name, _)| *name == &inner[..close])?;
            Some((close, *value))
        });
        match found {
            Some((close, value)) => {
                out.push_str(value);
                rest = &inner[close + 1..];
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
    use super::{cut, whole};

    #[test]
    fn a_text_is_cut_at_the_first_mark() {
        assert_eq!(cut("a=1&b=2&b=3", "b="), Some(("a=1&", "2&b=3")));
        assert_eq!(cut("ä=ö", "ö"), Some(("ä=", "")));
        assert_eq!(cut("{{x", "{{x"), Some(("", "")));
        assert_eq!(cut("ab", "abc"), None);
    }

    #[test]
    fn numbers_are_written_in_full() {
        assert_eq!(
            [whole(0), whole(9), whole(10), whole(u64::MAX)],
            ["0", "9", "10", "18446744073709551615"]
        );
    }
}
