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
