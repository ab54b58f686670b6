//! A pack: the classes, guards and rules of one language, as text. A company's own file has the same form and is laid
//! over it.
//!
//! ```text
//! class STAFF = agent | driver | our team      words and phrases; `class STAFF += …` adds some
//! guard refusal.idiom                          passages that are fine as they are
//!   mask can not wait to
//!   stop (we|it) can not                       a mask that runs to the end of its sentence stops before this
//!   for refusal unavailable                    or: except threat
//! rule refusal.late warn                       family, name and level
//!   why …                                      said to the author
//!   match it is too <w: late> to               what is found; several are allowed
//!   need …  /  unless …                        what must or must not stand elsewhere in the sentence
//!   through condition                          guards that do not hold it back, by name
//!   fix There is still time to                 takes the place of the match, safe to apply; `{kept}` is what KEPT names
//!   unsure (yesterday|ago)                     sentences in which that is not safe
//!   say You can … [until when].                takes the place of the sentence; [slots] are for the author
//!   flag It is too late to change it.          tests of this rule
//!   pass It is never too late to join.
//! default refusal                              what a rule of the family says when it says nothing itself
//!   why …
//!   say …
//! word 不但 不仅                                words of a script without spaces, so that 不 is not found in them
//! pivot (";" | and) you can                     the way that is open: what says so after a finding turns it into a note
//! accept no strings attached                   company vocabulary: never found
//! off refusal.late                             switches a rule off
//! level refusal.late hint
//! ```

use std::collections::{BTreeMap, HashMap};

use crate::family::{FAMILIES, Family, Level};
use crate::pattern::{Node, firsts, needs, parse};
use crate::vocabulary::Vocabulary;

/// A rule, as its pack has it.
#[derive(Debug)]
pub struct Rule {
    /// Family and name: `refusal.late`.
    pub id: String,
    /// What it finds.
    pub family: Family,
    /// How firmly.
    pub level: Level,
    /// What is said to the author.
    pub why: String,
    /// Sentences that it must find.
    pub flag: Vec<String>,
    /// Sentences that the whole pack must let pass.
    pub pass: Vec<String>,
    pub(crate) fixes: Vec<String>,
    pub(crate) says: Vec<String>,
    pub(crate) matches: Vec<Vec<Node>>,
    pub(crate) unless: Vec<Vec<Node>>,
    pub(crate) need: Vec<Vec<Node>>,
    /// Where one of these is in the sentence, `fix` is a proposal and not safe.
    pub(crate) unsure: Vec<Vec<Node>>,
    /// Guards that do not hold this rule back, by the start of their names.
    pub(crate) through: Vec<String>,
    pub(crate) off: bool,
}

/// Passages that are fine, and for which families.
#[derive(Debug)]
pub(crate) struct Guard {
    pub name: String,
    pub families: u16,
    pub masks: Vec<Vec<Node>>,
    /// What a mask that runs to the end of its sentence does not run over.
    pub stops: Vec<Vec<Node>>,
}

/// What a family says when a rule says nothing itself.
#[derive(Debug, Default)]
pub(crate) struct Fallback {
    pub why: String,
    pub says: Vec<String>,
}

/// Where a pattern stands: a rule or guard, and which of its patterns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Rule(usize, usize),
    Guard(usize, usize),
}

/// Where a pattern stands, and of which sets a sentence must hold a word for it.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    pub place: Place,
    pub needs: Vec<usize>,
}

/// Patterns by what they can begin with.
#[derive(Debug, Default)]
pub(crate) struct Index {
    /// A set, and the patterns that can begin with a word of it.
    pub by_set: Vec<(usize, Vec<usize>)>,
    /// Patterns that can begin with any word.
    pub anywhere: Vec<usize>,
    /// Patterns that begin where the sentence does.
    pub at_start: Vec<usize>,
    pub all: Vec<Candidate>,
}

/// The classes, guards and rules of a language.
#[derive(Debug, Default)]
pub struct Pack {
    pub(crate) vocabulary: Vocabulary,
    pub(crate) rules: Vec<Rule>,
    pub(crate) guards: Vec<Guard>,
    pub(crate) pivots: Vec<Vec<Node>>,
    pub(crate) defaults: HashMap<Family, Fallback>,
    pub(crate) index: Index,
}

/// What is wrong with a pack, with the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackError {
    /// Counted from one.
    pub line: usize,
    /// What it is.
    pub what: String,
}

impl std::fmt::Display for PackError {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(to, "line {}: {}", self.line, self.what)
    }
}

/// What the indented lines belong to.
enum Open {
    Nothing,
    Rule,
    Guard,
    Family(Family),
}

const ALL: u16 = (1 << FAMILIES.len()) - 1;

impl Pack {
    /// Reads one more file of the pack, or a company's own.
    pub fn read(&mut self, text: &str) -> Result<(), PackError> {
        let mut open = Open::Nothing;
        let mut lines = text.lines().enumerate().peekable();
        while let Some((number, line)) = lines.next() {
            let mut whole = line.trim_end().to_owned();
            while let Some((_, next)) = lines.next_if(|(_, next)| next.trim_start().starts_with('|')) {
                whole.push(' ');
                whole.push_str(next.trim());
            }
            if whole.trim().is_empty() || whole.trim_start().starts_with('#') {
                continue;
            }
            let inner = whole.starts_with(' ');
            let (key, value) = whole.trim().split_once(' ').unwrap_or((whole.trim(), ""));
            let outcome = if inner {
                self.inside(&open, key, value.trim())
            } else {
                self.begin(&mut open, key, value.trim())
            };
            outcome.map_err(|what| PackError { line: number + 1, what })?;
        }
        self.reindex();
        Ok(())
    }

    fn begin(&mut self, open: &mut Open, key: &str, value: &str) -> Result<(), String> {
        *open = Open::Nothing;
        match key {
            "class" => self.class(value)?,
            "guard" => {
                self.guards.push(Guard {
                    name: value.to_owned(),
                    families: ALL,
                    masks: Vec::new(),
                    stops: Vec::new(),
                });
                *open = Open::Guard;
            }
            "rule" => {
                self.rule(value)?;
                *open = Open::Rule;
            }
            "default" => {
                let family = Family::named(value).ok_or_else(|| format!("`{value}` is no family"))?;
                self.defaults.insert(family, Fallback::default());
                *open = Open::Family(family);
            }
            "pivot" => {
                let nodes = parse(value, &mut self.vocabulary)?;
                self.pivots.push(nodes);
            }
            "word" => value
                .split(['|', ' '])
                .filter(|word| !word.is_empty())
                .for_each(|word| self.vocabulary.long_word(word)),
            "accept" => self.accept(value)?,
            "off" => self.named(value)?.off = true,
            "level" => {
                let (id, level) = value.split_once(' ').ok_or("a rule and its level are wanted")?;
                let level = Level::named(level.trim()).ok_or_else(|| format!("`{level}` is no level"))?;
                self.named(id)?.level = level;
            }
            other => return Err(format!("`{other}` begins nothing")),
        }
        Ok(())
    }

    fn class(&mut self, value: &str) -> Result<(), String> {
        let (name, words) = value.split_once('=').ok_or("a class is written NAME = word | word")?;
        let name = name.trim().trim_end_matches('+').trim();
        if !name.starts_with(|first: char| first.is_ascii_uppercase()) {
            return Err(format!("a class begins with a capital letter, `{name}` does not"));
        }
        let mut alternatives = split_outside_groups(words);
        alternatives.retain(|one| !one.is_empty());
        self.vocabulary.extend(name, &alternatives, parse)
    }

    fn rule(&mut self, value: &str) -> Result<(), String> {
        let (id, level) = value.split_once(' ').ok_or("a rule is written family.name level")?;
        let (family, _) = id.split_once('.').ok_or("a rule is named family.name")?;
        let rule = Rule {
            id: id.to_owned(),
            family: Family::named(family).ok_or_else(|| format!("`{family}` is no family"))?,
            level: Level::named(level.trim()).ok_or_else(|| format!("`{level}` is no level"))?,
            why: String::new(),
            flag: Vec::new(),
            pass: Vec::new(),
            fixes: Vec::new(),
            says: Vec::new(),
            matches: Vec::new(),
            unless: Vec::new(),
            need: Vec::new(),
            unsure: Vec::new(),
            through: Vec::new(),
            off: false,
        };
        if self.rules.iter().any(|known| known.id == rule.id) {
            return Err(format!("there is a rule `{id}` already"));
        }
        self.rules.push(rule);
        Ok(())
    }

    fn accept(&mut self, phrase: &str) -> Result<(), String> {
        let spaced = !phrase.contains(crate::script::is_ideograph);
        let tokens = crate::token::tokens(phrase, spaced, &|rest| self.vocabulary.known_length(rest));
        let nodes: Vec<Node> = tokens.iter().map(|token| self.vocabulary.word(&token.word)).collect();
        if nodes.is_empty() {
            return Err("a phrase is wanted".to_owned());
        }
        self.guards.push(Guard {
            name: "accept".to_owned(),
            families: ALL,
            masks: vec![nodes],
            stops: Vec::new(),
        });
        Ok(())
    }

    fn named(&mut self, id: &str) -> Result<&mut Rule, String> {
        self.rules.iter_mut().find(|rule| rule.id == id).ok_or_else(|| format!("there is no rule `{id}`"))
    }

    fn inside(&mut self, open: &Open, key: &str, value: &str) -> Result<(), String> {
        if value.is_empty() {
            return Err(format!("`{key}` says nothing"));
        }
        match open {
            Open::Nothing => Err("an indented line belongs to a rule, a guard or a default".to_owned()),
            Open::Family(family) => {
                let Some(default) = self.defaults.get_mut(family) else { return Ok(()) };
                match key {
                    "why" => value.clone_into(&mut default.why),
                    "say" => default.says.push(value.to_owned()),
                    other => return Err(format!("a default has no `{other}`")),
                }
                Ok(())
            }
            Open::Guard => self.inside_guard(key, value),
            Open::Rule => self.inside_rule(key, value),
        }
    }

    fn inside_guard(&mut self, key: &str, value: &str) -> Result<(), String> {
        let Some(guard) = self.guards.last_mut() else { return Ok(()) };
        let families = |value: &str| {
            value.split_whitespace().try_fold(0, |sum, name| {
                Family::named(name)
                    .map(|family| sum | family.bit())
                    .ok_or_else(|| format!("`{name}` is no family"))
            })
        };
        match key {
            "mask" => guard.masks.push(parse(value, &mut self.vocabulary)?),
            "stop" => guard.stops.push(parse(value, &mut self.vocabulary)?),
            "for" => guard.families = families(value)?,
            "except" => guard.families = ALL & !families(value)?,
            other => return Err(format!("a guard has no `{other}`")),
        }
        Ok(())
    }

    fn inside_rule(&mut self, key: &str, value: &str) -> Result<(), String> {
        let Some(rule) = self.rules.last_mut() else { return Ok(()) };
        match key {
            "why" => value.clone_into(&mut rule.why),
            "match" => rule.matches.push(parse(value, &mut self.vocabulary)?),
            "unless" => rule.unless.push(parse(value, &mut self.vocabulary)?),
            "need" => rule.need.push(parse(value, &mut self.vocabulary)?),
            "unsure" => rule.unsure.push(parse(value, &mut self.vocabulary)?),
            "fix" => rule.fixes.push(value.to_owned()),
            "say" => rule.says.push(value.to_owned()),
            "through" => rule.through.extend(value.split_whitespace().map(str::to_owned)),
            "flag" => rule.flag.push(value.to_owned()),
            "pass" => rule.pass.push(value.to_owned()),
            other => return Err(format!("a rule has no `{other}`")),
        }
        Ok(())
    }

    fn reindex(&mut self) {
        let guards = self.guards.iter().enumerate().flat_map(|(at, guard)| {
            guard.masks.iter().enumerate().map(move |(one, nodes)| (Place::Guard(at, one), nodes))
        });
        let rules = self.rules.iter().enumerate().filter(|(_, rule)| !rule.off).flat_map(|(at, rule)| {
            rule.matches.iter().enumerate().map(move |(one, nodes)| (Place::Rule(at, one), nodes))
        });
        let mut index = Index::default();
        let mut by_set: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (place, nodes) in guards.chain(rules) {
            let number = index.all.len();
            index.all.push(Candidate { place, needs: needs(nodes) });
            match firsts(nodes) {
                _ if nodes.first() == Some(&Node::Start) => index.at_start.push(number),
                None => index.anywhere.push(number),
                Some(sets) => sets.into_iter().for_each(|set| by_set.entry(set).or_default().push(number)),
            }
        }
        index.by_set = by_set.into_iter().collect();
        self.index = index;
    }
}

/// The alternatives of a class, split at bars that stand in no group.
fn split_outside_groups(words: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut depth, mut start) = (0_usize, 0);
    for (at, letter) in words.char_indices() {
        match letter {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            '|' if depth == 0 => {
                parts.push(words[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(words[start..].trim());
    parts
}
