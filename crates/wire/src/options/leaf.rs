//! Single values: what each must look like, how it is taken, and how it is described when it is wrong.

use super::form::Form;
use super::issue::{self, ConfigIssue};
use crate::json::push_whole;
use crate::value::Value;

/// A single value, and where it goes. What stands there before is the default.
pub(crate) enum Leaf<'a> {
    /// Any text up to so many characters.
    Text(usize, &'a mut String),
    /// A text of a form.
    Form(Form, &'a mut String),
    /// A whole number from and up to.
    Number(u32, u32, &'a mut u32),
    /// Yes or no.
    Flag(&'a mut bool),
    /// One of some words, by its index; an index past the end is none yet.
    Word(&'a [&'a str], &'a mut usize),
}

impl Leaf<'_> {
    /// Takes the value if it is right.
    pub(super) fn take(&mut self, value: &Value) -> bool {
        match self {
            Self::Text(chars_max, slot) => match value.as_str().map(str::trim) {
                Some(text) if text.len() <= *chars_max || text.chars().count() <= *chars_max => {
                    **slot = text.to_owned();
                    true
                }
                _ => false,
            },
            Self::Form(form, slot) => match value.as_str().map(str::trim) {
                // Said to be empty is not said.
                Some("") => true,
                Some(text) if form.fits(text) => {
                    **slot = text.to_owned();
                    true
                }
                _ => false,
            },
            Self::Number(least, most, slot) => match whole(value) {
                Some(number) if number >= u64::from(*least) && number <= u64::from(*most) => {
                    **slot = number as u32;
                    true
                }
                _ => false,
            },
            Self::Flag(slot) => match value.as_bool() {
                Some(flag) => {
                    **slot = flag;
                    true
                }
                None => false,
            },
            Self::Word(words, slot) => {
                match value.as_str().and_then(|text| words.iter().position(|word| *word == text)) {
                    Some(index) => {
                        **slot = index;
                        true
                    }
                    None => false,
                }
            }
        }
    }

    /// What is wrong with a value that was not taken.
    pub(super) fn issue(&self, path: String, value: &Value) -> ConfigIssue {
        let (expected, hint) = (self.expected(), self.hint(value));
        ConfigIssue { path, expected, found: issue::describe(value), hint }
    }

    /// What would be right.
    fn expected(&self) -> String {
        let mut out = String::new();
        match self {
            Self::Text(chars_max, _) => {
                out.push_str("text of at most ");
                push_whole(&mut out, *chars_max as u64);
                out.push_str(" characters");
            }
            Self::Form(form, _) => out.push_str(form.expected()),
            Self::Number(least, most, _) => {
                out.push_str("a number from ");
                push_whole(&mut out, u64::from(*least));
                out.push_str(" to ");
                push_whole(&mut out, u64::from(*most));
            }
            Self::Flag(_) => out.push_str("true or false"),
            Self::Word(words, _) => out = issue::either(words),
        }
        out
    }

    /// What holds without a usable value, as JSON; empty for nothing.
    pub(crate) fn current(&self) -> String {
        let mut out = String::new();
        match self {
            Self::Text(_, slot) | Self::Form(_, slot) => {
                if !slot.is_empty() {
                    issue::push_shown(&mut out, slot);
                }
            }
            Self::Number(_, _, slot) => push_whole(&mut out, u64::from(**slot)),
            Self::Flag(slot) => out.push_str(if **slot { "true" } else { "false" }),
            Self::Word(words, slot) => {
                if let Some(word) = words.get(**slot) {
                    issue::push_shown(&mut out, word);
                }
            }
        }
        out
    }

    /// What is used instead, and the nearest word.
    fn hint(&self, value: &Value) -> String {
        let mut hint = "using ".to_owned();
        let current = self.current();
        if current.is_empty() {
            hint = "left out".to_owned();
        }
        hint.push_str(&current);
        if let (Self::Word(words, _), Some(text)) = (self, value.as_str()) {
            let near = issue::did_you_mean(text, words);
            if !near.is_empty() {
                hint.push_str("; ");
                hint.push_str(&near);
            }
        }
        hint
    }
}

/// A whole number, also when it was written as `15.0`.
fn whole(value: &Value) -> Option<u64> {
    let rounded = |number: f64| {
        ((0.0..1e9).contains(&number) && number as u64 as f64 == number).then_some(number as u64)
    };
    value.as_u64().or_else(|| value.as_f64().and_then(rounded))
}
