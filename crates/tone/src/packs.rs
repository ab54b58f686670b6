//! The packs that ship with it, and which one speaks for a language tag.

use std::cell::RefCell;

use crate::check::Checker;
use crate::pack::{Pack, PackError};

/// The files of the English pack, in the order in which they build on each other.
const EN: [&str; 16] = [
    include_str!("../packs/en/classes.tone"),
    include_str!("../packs/en/guards.tone"),
    include_str!("../packs/en/sayings.tone"),
    include_str!("../packs/en/passes.tone"),
    include_str!("../packs/en/refusal.tone"),
    include_str!("../packs/en/unavailable.tone"),
    include_str!("../packs/en/blame.tone"),
    include_str!("../packs/en/sending.tone"),
    include_str!("../packs/en/apology.tone"),
    include_str!("../packs/en/demand.tone"),
    include_str!("../packs/en/dismissive.tone"),
    include_str!("../packs/en/guess.tone"),
    include_str!("../packs/en/threat.tone"),
    include_str!("../packs/en/limits.tone"),
    include_str!("../packs/en/rewrites.tone"),
    include_str!("../packs/en/requests.tone"),
];

/// The files of the pack for simplified Chinese.
const ZH_HANS: [&str; 6] = [
    include_str!("../packs/zh-Hans/words.tone"),
    include_str!("../packs/zh-Hans/guards.tone"),
    include_str!("../packs/zh-Hans/rules.tone"),
    include_str!("../packs/zh-Hans/attitude.tone"),
    include_str!("../packs/zh-Hans/limits.tone"),
    include_str!("../packs/zh-Hans/rewrites.tone"),
];

/// Locales that have a pack.
pub const LOCALES: [&str; 2] = ["en", "zh-Hans"];

impl Checker {
    /// The checker for a language tag: `en-GB` is read by `en`. Nothing for a language without a pack: rules of another
    /// language are never applied.
    #[must_use]
    pub fn for_locale(tag: &str) -> Option<Self> {
        let lower = tag.to_ascii_lowercase().replace('_', "-");
        let mut parts = lower.split('-');
        let (locale, spaced, files): (_, _, &[&str]) = match parts.next()? {
            "en" => (LOCALES[0], true, &EN),
            "zh" if !parts.any(|part| matches!(part, "hant" | "tw" | "hk" | "mo")) => {
                (LOCALES[1], false, &ZH_HANS)
            }
            _ => return None,
        };
        Self::of(locale, spaced, files).ok()
    }

    pub(crate) fn of(locale: &'static str, spaced: bool, files: &[&str]) -> Result<Self, PackError> {
        let mut pack = Pack::default();
        for file in files {
            pack.read(file)?;
        }
        Ok(Self { pack, locale, spaced, seen: RefCell::default(), judged: RefCell::default() })
    }

    /// Lays a company's own file over the pack: accepted phrases, further rules, levels, rules switched off.
    pub fn overlay(&mut self, text: &str) -> Result<(), PackError> {
        self.seen.borrow_mut().clear();
        self.judged.borrow_mut().clear();
        self.pack.read(text)
    }
}

#[cfg(test)]
mod tests {
    use super::{EN, LOCALES, ZH_HANS};
    use crate::check::Checker;
    use crate::pack::Pack;

    #[test]
    fn every_pack_can_be_read() {
        let mut pack = Pack::default();
        for (at, file) in EN.iter().enumerate() {
            assert_eq!(pack.read(file), Ok(()), "en, file {at}");
        }
        let mut pack = Pack::default();
        for (at, file) in ZH_HANS.iter().enumerate() {
            assert_eq!(pack.read(file), Ok(()), "zh-Hans, file {at}");
        }
        for locale in LOCALES {
            assert!(Checker::for_locale(locale).is_some(), "{locale}");
        }
    }
}
