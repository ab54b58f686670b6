//! Files to passages: what in them is read by people, in whose voice, and where it stands.

use std::ops::Range;

use crate::check::{Checker, Finding, Voice};
use crate::{json, markdown};

/// What kind of file it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// CommonMark.
    Markdown,
    /// Answers, a config, or the texts of a locale.
    Json,
}

impl Kind {
    /// By the ending of a file's name.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        let lower = name.to_ascii_lowercase();
        if lower.ends_with(".json") {
            Some(Self::Json)
        } else if [".md", ".markdown", ".txt"].iter().any(|ending| lower.ends_with(ending)) {
            Some(Self::Markdown)
        } else {
            None
        }
    }
}

/// A piece of text that people read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// The text, without the marks of its format.
    pub text: String,
    /// Where each byte of the text stands in the file, and where it ends.
    pub places: Vec<usize>,
    /// Who speaks.
    pub voice: Voice,
    /// Where it is in a JSON file: `entries[3].answer`. Empty in others.
    pub path: String,
    /// Rules that are not to be applied; `*` is all of them.
    pub ignored: Vec<String>,
    /// The language, where the file itself tells it.
    pub locale: Option<String>,
    /// It is a heading.
    pub heading: bool,
}

impl Passage {
    /// A passage that stands in the file as it is.
    pub(crate) fn plain(text: String, start: usize) -> Self {
        let places = (start..=start + text.len()).collect();
        let (voice, path, ignored) = (Voice::Service, String::new(), Vec::new());
        Self { text, places, voice, path, ignored, locale: None, heading: false }
    }

    /// A range of the text as a range of the file.
    #[must_use]
    pub fn place(&self, range: &Range<usize>) -> Range<usize> {
        let end = range.end.checked_sub(1).map_or(self.places[0], |last| self.places[last]);
        // The last byte of the text may be written with several in the file (an escape).
        self.places[range.start]..self.places.get(range.end).copied().unwrap_or(end + 1)
    }
}

/// A finding in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// What was found, with ranges of the passage.
    pub finding: Finding,
    /// The words in question, as bytes of the file.
    pub span: Range<usize>,
    /// Their sentence, as bytes of the file.
    pub sentence: Range<usize>,
    /// Where it is in a JSON file.
    pub path: String,
    /// The number of its passage.
    pub passage: usize,
}

/// The passages of a file. `Err` says what is wrong with it.
pub fn passages(kind: Kind, source: &str) -> Result<Vec<Passage>, String> {
    match kind {
        Kind::Markdown => Ok(markdown::passages(source)),
        Kind::Json => json::passages(source),
    }
}

impl Checker {
    /// Every finding in the passages of a file, in their order.
    #[must_use]
    pub fn check_passages(&self, passages: &[Passage]) -> Vec<Found> {
        passages
            .iter()
            .enumerate()
            .flat_map(|(number, passage)| self.check_passage(number, passage))
            .collect()
    }

    /// Every finding in a passage, with its number.
    pub(crate) fn check_passage(&self, number: usize, passage: &Passage) -> Vec<Found> {
        let mut found = Vec::new();
        for finding in self.check(&passage.text, passage.voice) {
            let bare = finding.rule.split_once('.').map_or("", |(_, rest)| rest);
            let family = finding.family.name();
            let spared =
                |name: &String| *name == "*" || *name == finding.rule || name == bare || name == family;
            if passage.ignored.iter().any(spared) {
                continue;
            }
            found.push(Found {
                span: passage.place(&finding.span),
                sentence: passage.place(&finding.sentence),
                path: passage.path.clone(),
                passage: number,
                finding,
            });
        }
        found
    }
}

/// Takes its safety from every suggestion for a sentence that is written with marks inside, such as a link: it would
/// lose them.
pub fn spare_marks(source: &str, passages: &[Passage], found: &mut [Found]) {
    for one in found {
        let sentence = &passages[one.passage].text[one.finding.sentence.clone()];
        let plain = source.get(one.sentence.clone()) == Some(sentence);
        one.finding.suggestions.iter_mut().for_each(|suggestion| suggestion.safe &= plain);
    }
}

/// The source with every safe suggestion in the place of its sentence, and how many there were. A sentence is left
/// alone where marks of the format stand inside it, since a suggestion would lose them.
#[must_use]
pub fn fix(kind: Kind, source: &str, passages: &[Passage], found: &[Found]) -> (String, usize) {
    let mut out = source.to_owned();
    let mut fixed = 0;
    let mut before = usize::MAX;
    for one in found.iter().rev() {
        let Some(best) = one.finding.suggestions.first().filter(|best| best.safe) else { continue };
        let sentence = &passages[one.passage].text[one.finding.sentence.clone()];
        let untouched = source.get(one.sentence.clone()) == Some(sentence);
        if untouched && one.sentence.end <= before {
            let new = match kind {
                Kind::Markdown => best.text.clone(),
                Kind::Json => json::escaped(&best.text),
            };
            out.replace_range(one.sentence.clone(), &new);
            before = one.sentence.start;
            fixed += 1;
        }
    }
    (out, fixed)
}

#[cfg(test)]
mod tests {
    use super::{Kind, fix, passages, spare_marks};
    use crate::check::Checker;

    fn fixed(kind: Kind, source: &str) -> (String, usize) {
        let checker = Checker::for_locale("en").unwrap();
        let passages = passages(kind, source).unwrap();
        let found = checker.check_passages(&passages);
        fix(kind, source, &passages, &found)
    }

    #[test]
    fn safe_suggestions_take_the_place_of_their_sentences() {
        let (text, count) = fixed(
            Kind::Markdown,
            "Hello.\nYou must sign here. We don't take coins.\n\nYou have to **ring** first.",
        );
        assert_eq!(count, 1, "{text}");
        assert_eq!(text, "Hello.\nPlease sign here. We don't take coins.\n\nYou have to **ring** first.");
        let (text, count) =
            fixed(Kind::Json, r#"{"entries":[{"question":"You must pay","answer":"You must send “now”."}]}"#);
        assert_eq!(count, 1);
        assert_eq!(text, r#"{"entries":[{"question":"You must pay","answer":"Please send “now”."}]}"#);
    }

    #[test]
    fn what_would_lose_a_link_is_not_called_safe() {
        let source = "You must sign [the form](form.md) first.\n\nYou must sign.";
        let checker = Checker::for_locale("en").unwrap();
        let passages = passages(Kind::Markdown, source).unwrap();
        let mut found = checker.check_passages(&passages);
        spare_marks(source, &passages, &mut found);
        let safe: Vec<bool> = found.iter().map(|one| one.finding.suggestions[0].safe).collect();
        assert_eq!(safe, [false, true]);
    }

    #[test]
    fn what_a_fix_writes_passes() {
        let (text, _) =
            fixed(Kind::Markdown, "You forgot to sign the form.\n\nWe can't ship it before Monday.\n");
        assert_eq!(text, "Please sign the form.\n\nWe can ship it from Monday.\n");
        assert_eq!(fixed(Kind::Markdown, &text), (text.clone(), 0));
    }
}
