//! The twelve families of wording that cost goodwill, and how firmly a finding is meant.

use std::fmt;

/// What is wrong with a wording. In the order in which they win where two findings cover the same words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// Talks down to the customer, or closes the door.
    Dismissive,
    /// Says that the customer did wrong.
    Blame,
    /// Sends the customer to somebody else.
    PassingBuck,
    /// Puts a rule in place of an answer.
    Policy,
    /// Explains inside an apology, or apologises under a condition.
    ExcuseApology,
    /// Names what is taken away.
    Threat,
    /// Takes the warm first half back.
    ButNegator,
    /// Orders the customer about.
    Demand,
    /// Says what is gone or shut.
    Unavailable,
    /// Says what can't be done.
    Refusal,
    /// Opens with bad news.
    Unfortunately,
    /// Leaves the customer with a guess.
    NotKnowing,
}

/// Every family with its name, in the order of [`Family`].
pub const FAMILIES: [(Family, &str); 12] = [
    (Family::Dismissive, "dismissive"),
    (Family::Blame, "blame"),
    (Family::PassingBuck, "passing_buck"),
    (Family::Policy, "policy"),
    (Family::ExcuseApology, "excuse_apology"),
    (Family::Threat, "threat"),
    (Family::ButNegator, "but_negator"),
    (Family::Demand, "demand"),
    (Family::Unavailable, "unavailable"),
    (Family::Refusal, "refusal"),
    (Family::Unfortunately, "unfortunately"),
    (Family::NotKnowing, "not_knowing"),
];

impl Family {
    /// The name as rules and reports write it: `passing_buck`.
    #[must_use]
    pub fn name(self) -> &'static str {
        FAMILIES[self as usize].1
    }

    /// The family of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        FAMILIES.iter().find(|(_, known)| *known == name).map(|(family, _)| *family)
    }

    /// Its place in a set of families.
    pub(crate) const fn bit(self) -> u16 {
        1 << self as u16
    }
}

impl fmt::Display for Family {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(self.name())
    }
}

/// How firmly a finding is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Worth a second look.
    Hint,
    /// Better said another way.
    Warn,
    /// Never to be shown to a customer.
    Error,
}

impl Level {
    /// The name as rules and reports write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Hint => "hint",
            Self::Warn => "warn",
            Self::Error => "error",
        }
    }

    /// One level down; a hint stays a hint.
    #[must_use]
    pub fn lower(self) -> Self {
        match self {
            Self::Hint | Self::Warn => Self::Hint,
            Self::Error => Self::Warn,
        }
    }

    /// The level of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        [Self::Hint, Self::Warn, Self::Error].into_iter().find(|level| level.name() == name)
    }
}

impl fmt::Display for Level {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::{FAMILIES, Family, Level};

    #[test]
    fn names_lead_back_to_their_families_and_levels() {
        for (place, (family, name)) in FAMILIES.into_iter().enumerate() {
            assert_eq!(family as usize, place);
            assert_eq!(Family::named(name), Some(family));
            assert_eq!(family.to_string(), name);
        }
        assert_eq!(Family::named("rude"), None);
        assert_eq!(Level::named("warn"), Some(Level::Warn));
        assert!(Level::Error > Level::Warn && Level::Warn > Level::Hint);
        assert_eq!(Level::Error.lower().lower().lower(), Level::Hint);
    }
}
