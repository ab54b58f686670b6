//! Which rules a passage is read by: those of its own language, or none. Rules of another language are never applied.

use crate::check::Checker;
use crate::document::{Found, Passage};
use crate::family::Family;
use crate::packs::LOCALES;
use crate::script;

/// Why a passage was left out.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// There are no rules for its language.
    NoRules(String),
    /// It is written in another script than its language.
    Script(String),
}

impl std::fmt::Display for Why {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NoRules(tag) => write!(to, "there are no rules for {tag:?}"),
            Self::Script(tag) => write!(to, "it is not written in the script of {tag:?}"),
        }
    }
}

/// A passage that nothing was looked for in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Its number.
    pub passage: usize,
    /// Why.
    pub why: Why,
}

/// The checkers of a run, made when the first passage asks for them.
pub trait Checkers {
    /// The checker for a language tag; nothing for a language without rules.
    fn for_tag(&mut self, tag: &str) -> Option<&Checker>;
}

/// Every finding in the passages of a file, in their order, each by the rules of its own language, and what was left
/// out. `tag` is the language of those that do not tell theirs.
pub fn check(passages: &[Passage], tag: &str, checkers: &mut dyn Checkers) -> (Vec<Found>, Vec<LeftOut>) {
    let (mut found, mut left_out) = (Vec::new(), Vec::new());
    for (number, passage) in passages.iter().enumerate() {
        let tag = passage.locale.as_deref().unwrap_or(tag);
        let why = match checkers.for_tag(tag) {
            None => Why::NoRules(tag.to_owned()),
            Some(checker) if checker.fits(&passage.text) => {
                found.extend(checker.check_passage(number, passage));
                continue;
            }
            Some(_) => Why::Script(tag.to_owned()),
        };
        left_out.push(LeftOut { passage: number, why });
    }
    (found, left_out)
}

/// A name that is to be left alone beside a passage, and that no rule and no family has: it does nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown {
    /// The number of the first passage beside it.
    pub passage: usize,
    /// The name as it is written.
    pub name: String,
}

/// The names beside passages that nothing is called by, each once. What another language calls a rule is known too: the
/// answers of several languages can share a key.
pub fn unknown(passages: &[Passage], tag: &str, checkers: &mut dyn Checkers) -> Vec<Unknown> {
    let mut found: Vec<Unknown> = Vec::new();
    for (number, passage) in passages.iter().enumerate() {
        for name in &passage.ignored {
            let own = passage.locale.as_deref().unwrap_or(tag);
            let mut tags = std::iter::once(own).chain(LOCALES);
            let known = found.iter().any(|one| one.name == *name)
                || tags.any(|tag| checkers.for_tag(tag).is_some_and(|checker| checker.has(name)));
            if !known {
                found.push(Unknown { passage: number, name: name.clone() });
            }
        }
    }
    found
}

/// Words in another script than this are a text of another language, from this many on.
const FOREIGN_MIN: usize = 4;

impl Checker {
    /// Whether a name is that of a family, of a rule, with or without its language, or of all.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        let bare = name.strip_prefix(self.locale()).and_then(|rest| rest.strip_prefix('.')).unwrap_or(name);
        name == "*" || Family::named(name).is_some() || self.rules().iter().any(|rule| rule.id == bare)
    }

    /// Whether a text is written in the script of these rules. A name or a word of another one does not count.
    #[must_use]
    pub fn fits(&self, text: &str) -> bool {
        let count = script::words(text);
        if self.spaced {
            count.other + count.ideographs <= count.latin
        } else {
            count.other <= count.ideographs && (count.ideographs > 0 || count.latin < FOREIGN_MIN)
        }
    }
}

/// Languages in which sites are often written: what a file's name or folder can tell. A folder `js` tells none.
const LANGUAGES: [&str; 44] = [
    "ar", "bg", "bn", "ca", "cs", "cy", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr", "ga", "he",
    "hi", "hr", "hu", "id", "is", "it", "ja", "ko", "lt", "lv", "ms", "nb", "nl", "pl", "pt", "ro", "ru",
    "sk", "sl", "sr", "sv", "th", "tr", "uk", "ur", "vi", "zh",
];

/// Whether a part of a name is a language tag: a language, perhaps with a script or a region.
#[must_use]
pub fn is_tag(part: &str) -> bool {
    let mut pieces = part.split(['-', '_']);
    let language = pieces.next().is_some_and(|first| LANGUAGES.contains(&first));
    let rest = |piece: &str| {
        let letters = piece.bytes().all(|byte| byte.is_ascii_alphabetic());
        let capital = piece.starts_with(|first: char| first.is_ascii_uppercase());
        match piece.len() {
            2 => letters,
            3 => piece.bytes().all(|byte| byte.is_ascii_digit()),
            4 => letters && capital,
            _ => false,
        }
    };
    language && pieces.all(rest)
}

/// The language that the path of a file tells: `faq.zh-Hans.json`, `zh-Hans.md`, `locales/en/messages.json`.
#[must_use]
pub fn told_by(path: &str) -> Option<&str> {
    let mut parts = path.rsplit(['/', '\\']);
    let name = parts.next()?;
    let pieces: Vec<&str> = name.split('.').collect();
    let stem = &pieces[..pieces.len().saturating_sub(1)];
    stem.iter().rev().copied().chain(parts.next()).find(|part| is_tag(part))
}

#[cfg(test)]
mod tests {
    use super::{Checkers, Why, check, told_by, unknown};
    use crate::check::Checker;
    use crate::document::{Kind, passages};

    struct Both(Vec<Checker>);

    impl Checkers for Both {
        fn for_tag(&mut self, tag: &str) -> Option<&Checker> {
            let wanted = Checker::for_locale(tag)?.locale();
            self.0.iter().find(|checker| checker.locale() == wanted)
        }
    }

    /// The rules that are found, and how many passages were left out for which reason.
    fn looked(kind: Kind, source: &str, tag: &str) -> (Vec<String>, Vec<Why>) {
        let mut both = Both(["en", "zh-Hans"].map(|tag| Checker::for_locale(tag).unwrap()).into());
        let (found, left) = check(&passages(kind, source).unwrap(), tag, &mut both);
        let rules = found.into_iter().map(|one| one.finding.rule).collect();
        (rules, left.into_iter().map(|one| one.why).collect())
    }

    #[test]
    fn each_passage_is_read_by_the_rules_of_its_own_language() {
        let source = r#"{"language":"zh-Hans","entries":[{"answer":"我们不能给您改签。"},{"answer":"You must sign.","language":"en"}]}"#;
        let (rules, left) = looked(Kind::Json, source, "en");
        assert_eq!(rules, ["zh-Hans.refusal.cannot", "en.demand.you-must"]);
        assert!(left.is_empty());
        let source = r#"{"texts":{"zh-Hans":{"menu.lead":"我们不能给您改签。"},"en":{"menu.lead":"You must sign."},"de":{"menu.lead":"You must sign."}}}"#;
        let (rules, left) = looked(Kind::Json, source, "en");
        assert_eq!(rules, ["zh-Hans.refusal.cannot", "en.demand.you-must"]);
        assert_eq!(left, [Why::NoRules("de".to_owned())]);
    }

    #[test]
    fn a_name_that_nothing_has_is_told_once() {
        let source = r#"{"entries":[{"question":"Why?","answer":"Yes.\\n\\nYes.","lint":"demnad, demand, en.demand.you-must, unavailable.opens-at"},{"answer":"No.","lint":["demnad","demand.you-must","*"]}]}"#;
        let passages = passages(Kind::Json, source).unwrap();
        let mut both = Both(["en", "zh-Hans"].map(|tag| Checker::for_locale(tag).unwrap()).into());
        let names: Vec<_> = unknown(&passages, "en", &mut both).into_iter().map(|one| one.name).collect();
        assert_eq!(names, ["demnad"]);
    }

    #[test]
    fn another_script_is_said_and_never_read_by_the_wrong_rules() {
        let script = |tag: &str| vec![Why::Script(tag.to_owned())];
        for text in
            ["我们不能给您改签。", "用 WeChat Pay 付款即可。", "Вы должны подписать.", "サインしてください。"]
        {
            assert_eq!(looked(Kind::Markdown, text, "en"), (Vec::new(), script("en")), "{text}");
        }
        assert_eq!(looked(Kind::Markdown, "You must sign here.", "zh-Hans"), (Vec::new(), script("zh-Hans")));
        assert_eq!(
            looked(Kind::Markdown, "サインしてください。", "zh-Hans"),
            (Vec::new(), script("zh-Hans"))
        );
        for (text, tag) in
            [("Type 你好 to begin.", "en"), ("WeChat Pay", "zh-Hans"), ("Café 24/7", "en"), ("42", "en")]
        {
            assert!(looked(Kind::Markdown, text, tag).1.is_empty(), "{text}");
        }
    }

    #[test]
    fn names_and_folders_tell_a_language_and_other_short_names_none() {
        let told = [
            ("faq.zh-Hans.json", Some("zh-Hans")),
            ("help/zh-Hans.md", Some("zh-Hans")),
            ("en.json", Some("en")),
            ("locales/pt-BR/messages.json", Some("pt-BR")),
            ("docs/de/a.md", Some("de")),
            ("docs/js/a.md", None),
            ("docs/md/it.works.md", Some("it")),
            ("src/go/readme.md", None),
            ("en-route/a.md", None),
            ("zh", None),
        ];
        for (path, tag) in told {
            assert_eq!(told_by(path), tag, "{path}");
        }
    }
}
