//! The language checker: finds wording that refuses, blames, excuses or sends customers away, and proposes what to say
//! instead. For authors: the command line and continuous integration use it; nothing of it reaches a visitor.
//!
//! A text goes to tokens ([`token`]), tokens to sentences; guards mark what is fine, rules find the rest
//! ([`Checker::check`]). Classes, guards and rules are data, one folder a language, with their own tests inside
//! ([`pack`]). Nothing here knows of files, formats of reports or the widget.

mod check;
pub mod document;
mod family;
mod json;
pub mod languages;
mod markdown;
mod matching;
pub mod pack;
mod packs;
mod pattern;
mod rewrite;
mod script;
pub mod token;
mod vocabulary;

pub use check::{Checker, Finding, Voice};
pub use family::{FAMILIES, Family, Level};
pub use packs::LOCALES;
pub use rewrite::Suggestion;
