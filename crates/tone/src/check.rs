//! The check: sentences, guards, rules, and which finding wins.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use crate::family::{Family, Level};
use crate::matching::{Captures, Sentence};
use crate::pack::{Guard, Pack, Place, Rule};
use crate::rewrite::{self, Suggestion};
use crate::script;
use crate::token::{Token, tokens};
use crate::vocabulary::Known;

/// Who speaks in a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Voice {
    /// The company: answers, labels, replies.
    #[default]
    Service,
    /// The customer: questions of an FAQ, categories of a complaint. Only what is rude is found.
    Customer,
}

/// A wording that a rule has found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule, with its language: `en.refusal.late`.
    pub rule: String,
    /// What kind of wording it is.
    pub family: Family,
    /// How firmly it is meant.
    pub level: Level,
    /// Its sentence goes on with what is possible, so that this is a note and the sentence can stay.
    pub open: bool,
    /// The words in question, as bytes of the text.
    pub span: Range<usize>,
    /// Their sentence.
    pub sentence: Range<usize>,
    /// What is said to the author.
    pub why: String,
    /// What could stand in the place of the sentence, best first.
    pub suggestions: Vec<Suggestion>,
}

/// A match of a rule in a sentence, in tokens.
pub(crate) struct Hit<'a> {
    pub rule: &'a Rule,
    pub level: Level,
    pub open: bool,
    /// Its replacement may say something else than the sentence did.
    pub unsure: bool,
    pub range: Range<usize>,
    pub captures: Captures,
}

/// A checker for one language.
#[derive(Debug)]
pub struct Checker {
    pub(crate) pack: Pack,
    pub(crate) locale: &'static str,
    pub(crate) spaced: bool,
    /// Words that were met before, and texts of suggestions that were judged before.
    pub(crate) seen: RefCell<HashMap<String, Arc<Known>>>,
    pub(crate) judged: RefCell<HashMap<String, bool>>,
}

/// How many tokens a condition has, with its conjunction, before another clause can follow it.
const CONDITION_MIN: usize = 3;

/// How many tokens a sentence has. What goes on without an end is cut there, and looked at piece by piece.
const SENTENCE_MAX: usize = 300;

/// How many findings in one sentence are told.
const TOLD_MAX: usize = 24;

/// How many words and texts are kept for the next sentence.
const SEEN_MAX: usize = 20_000;

/// A sentence with what the rules found in it.
pub(crate) struct Judged<'a> {
    pub tokens: Vec<Token>,
    pub span: Range<usize>,
    pub hits: Vec<Hit<'a>>,
}

impl Checker {
    /// The language of the pack.
    #[must_use]
    pub fn locale(&self) -> &'static str {
        self.locale
    }

    /// The rules, for a listing and for the tests of a pack.
    #[must_use]
    pub fn rules(&self) -> &[Rule] {
        &self.pack.rules
    }

    /// Every finding in a text, in its order, with what could be said instead.
    #[must_use]
    pub fn check(&self, text: &str, voice: Voice) -> Vec<Finding> {
        let mut findings = Vec::new();
        for judged in self.judge(text, voice) {
            let suggestions =
                if judged.hits.is_empty() { Vec::new() } else { rewrite::suggestions(self, text, &judged) };
            for hit in &judged.hits {
                let spans = &judged.tokens[hit.range.clone()];
                findings.push(Finding {
                    rule: format!("{}.{}", self.locale, hit.rule.id),
                    family: hit.rule.family,
                    level: hit.level,
                    open: hit.open,
                    span: spans[0].span.start..spans[spans.len() - 1].span.end,
                    sentence: judged.span.clone(),
                    why: self.why(hit.rule),
                    suggestions: suggestions.clone(),
                });
            }
        }
        findings
    }

    /// The text with every sentence in question said anew, best first.
    #[must_use]
    pub fn rewrites(text: &str, findings: &[Finding]) -> Vec<String> {
        rewrite::whole(text, findings)
    }

    /// Whether nothing is found.
    #[must_use]
    pub fn is_clean(&self, text: &str, voice: Voice) -> bool {
        self.judge(text, voice).iter().all(|judged| judged.hits.is_empty())
    }

    fn know(&self, token: &Token) -> Arc<Known> {
        if token.mark || token.literal {
            return Arc::new(self.pack.vocabulary.know(token));
        }
        let mut seen = self.seen.borrow_mut();
        if let Some(known) = seen.get(&token.word) {
            return Arc::clone(known);
        }
        if seen.len() >= SEEN_MAX {
            seen.clear();
        }
        let known = Arc::new(self.pack.vocabulary.know(token));
        seen.insert(token.word.clone(), Arc::clone(&known));
        known
    }

    /// Whether a replacement opens with a request, which cannot go on what `binds` has begun: *because please sign*.
    pub(crate) fn asks(&self, new: &str) -> bool {
        let first =
            tokens(new, self.spaced, &|rest| self.pack.vocabulary.known_length(rest)).into_iter().next();
        first.is_some_and(|token| self.belongs(&token, "ASK"))
    }

    /// Whether a word makes what follows it a clause of its sentence.
    pub(crate) fn binds(&self, token: &Token) -> bool {
        self.belongs(token, "BOUND")
    }

    /// Whether the pack has such a class of words.
    pub(crate) fn knows_class(&self, class: &str) -> bool {
        self.pack.vocabulary.set_of(class).is_some()
    }

    /// Whether a word belongs to a class.
    pub(crate) fn belongs(&self, token: &Token, class: &str) -> bool {
        self.pack.vocabulary.set_of(class).is_some_and(|set| self.know(token).has(set))
    }

    /// Whether a suggestion may be offered: nothing is found in it.
    pub(crate) fn may_say(&self, text: &str) -> bool {
        if let Some(clean) = self.judged.borrow().get(text) {
            return *clean;
        }
        let clean = self.is_clean(text, Voice::Service);
        let mut judged = self.judged.borrow_mut();
        if judged.len() >= SEEN_MAX {
            judged.clear();
        }
        judged.insert(text.to_owned(), clean);
        clean
    }

    fn why(&self, rule: &Rule) -> String {
        let default = self.pack.defaults.get(&rule.family);
        if rule.why.is_empty() {
            default.map(|default| default.why.clone()).unwrap_or_default()
        } else {
            rule.why.clone()
        }
    }

    /// The sentences of a text, judged.
    pub(crate) fn judge(&self, text: &str, voice: Voice) -> Vec<Judged<'_>> {
        let tokens = tokens(text, self.spaced, &|rest| self.pack.vocabulary.known_length(rest));
        let known: Vec<Arc<Known>> = tokens.iter().map(|token| self.know(token)).collect();
        let joins = self.pack.vocabulary.set_of("JOIN");
        let mut judged: Vec<Judged<'_>> = Vec::new();
        let ranges = sentences(&tokens);
        for (number, range) in ranges.iter().enumerate() {
            let range = range.clone();
            let place = Sentence { tokens: &tokens[range.clone()], known: &known[range.clone()], joins };
            let mut hits = self.hits(&place, voice);
            if hits.iter().any(softens) {
                let both = range.start..ranges.get(number + 1).map_or(range.end, |next| next.end);
                let place = Sentence { tokens: &tokens[both.clone()], known: &known[both], joins };
                self.soften(&mut hits, &place, range.len());
            }
            let sentence = tokens[range].to_vec();
            let Some((first, last)) = sentence.first().zip(sentence.last()) else { continue };
            let span = first.span.start..last.span.end;
            judged.push(Judged { span, hits, tokens: sentence });
        }
        judged
    }

    /// A finding weighs less where its sentence, or the next one, says what is possible. Ways are looked for once, and
    /// not anew for every finding: a sentence that goes on and on has many of both.
    fn soften(&self, hits: &mut [Hit<'_>], place: &Sentence<'_>, length: usize) {
        let first = hits.iter().filter(|hit| softens(hit)).map(|hit| hit.range.end).min().unwrap_or(length);
        let opens = |at: &usize| self.pack.pivots.iter().any(|nodes| place.matches(nodes, *at).is_some());
        let ways: Vec<usize> = (first..length).filter(opens).collect();
        for hit in hits.iter_mut().filter(|hit| softens(hit)) {
            match ways.iter().find(|at| **at >= hit.range.end) {
                Some(at) if at + 1 < length => {
                    hit.open = true;
                    hit.level = Level::Hint;
                }
                Some(_) => hit.level = hit.level.lower(),
                None => {}
            }
        }
    }

    fn hits(&self, place: &Sentence<'_>, voice: Voice) -> Vec<Hit<'_>> {
        let (mut masks, mut hits, mut stops) = (Vec::new(), Vec::new(), Vec::new());
        let index = &self.pack.index;
        let mut whole = Known::default();
        place.known.iter().for_each(|known| whole.join(known));
        let mut look = |number: usize, at: usize| {
            let candidate = &index.all[number];
            if !candidate.needs.iter().all(|set| whole.has(*set)) {
                return;
            }
            match candidate.place {
                Place::Guard(guard, one) => {
                    let guard = &self.pack.guards[guard];
                    if let Some(end) = place.covers(&guard.masks[one], at) {
                        let stop = self.stopped(place, guard, at, end);
                        if stop < end {
                            stops.push((at..stop, &guard.name));
                        }
                        masks.push((at..stop, guard));
                    }
                }
                Place::Rule(rule, one) => {
                    let rule = &self.pack.rules[rule];
                    if (voice == Voice::Service || rule.family == Family::Dismissive)
                        && let Some((end, captures)) = place.matches(&rule.matches[one], at)
                        && end > at
                    {
                        hits.push(Hit {
                            rule,
                            level: rule.level,
                            open: false,
                            unsure: false,
                            range: at..end,
                            captures,
                        });
                    }
                }
            }
        };
        index.at_start.iter().for_each(|number| look(*number, 0));
        for (set, numbers) in index.by_set.iter().filter(|(set, _)| whole.has(*set)) {
            for (at, _) in place.known.iter().enumerate().filter(|(_, known)| known.has(*set)) {
                numbers.iter().for_each(|number| look(*number, at));
            }
        }
        for at in 0..place.known.len() {
            index.anywhere.iter().for_each(|number| look(*number, at));
        }
        shorten(&mut masks, &stops);
        let mut fitting: HashMap<&str, bool> = HashMap::new();
        hits.retain(|hit| {
            let bit = hit.rule.family.bit();
            let masked = masks.iter().any(|(mask, guard)| {
                let through = hit.rule.through.iter().any(|name| guard.name.starts_with(name.as_str()));
                guard.families & bit != 0 && !through && overlap(mask, &hit.range)
            });
            !masked && *fitting.entry(hit.rule.id.as_str()).or_insert_with(|| fits(hit.rule, place))
        });
        for hit in &mut hits {
            hit.unsure = hit.rule.unsure.iter().any(|nodes| place.holds(nodes));
        }
        resolve(hits)
    }

    /// Where a condition ends that opens a sentence without a comma: before the first clause that a guard stops at.
    /// *When the offer ends we won't extend it* has its main clause there.
    fn stopped(&self, place: &Sentence<'_>, guard: &Guard, at: usize, end: usize) -> usize {
        let opens =
            || place.starts_clause(at) || at.checked_sub(1).is_some_and(|at| self.binds(&place.tokens[at]));
        if guard.stops.is_empty() || !place.is_ended(end) || !opens() {
            return end;
        }
        let stop = |at: &usize| guard.stops.iter().any(|nodes| place.matches(nodes, *at).is_some());
        (at + CONDITION_MIN..end).find(stop).unwrap_or(end)
    }
}

/// Whether a way that is named after it takes weight from a finding.
fn softens(hit: &Hit<'_>) -> bool {
    matches!(hit.rule.family, Family::Refusal | Family::Unavailable | Family::NotKnowing)
}

/// What begins inside a condition that was stopped does not reach beyond it either.
fn shorten(masks: &mut [(Range<usize>, &Guard)], stops: &[(Range<usize>, &String)]) {
    for (mask, guard) in masks {
        for (inside, name) in stops {
            if **name == guard.name && inside.contains(&mask.start) {
                mask.end = mask.end.min(inside.end);
            }
        }
    }
}

/// Whether a sentence has what a rule needs, and nothing that speaks against it.
fn fits(rule: &Rule, place: &Sentence<'_>) -> bool {
    !rule.unless.iter().any(|nodes| place.holds(nodes))
        && (rule.need.is_empty() || rule.need.iter().any(|nodes| place.holds(nodes)))
}

fn overlap(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}

/// Of findings on the same words the family that comes first stays, in it the rule that has a replacement, then the longest.
fn resolve(mut hits: Vec<Hit<'_>>) -> Vec<Hit<'_>> {
    let general = |hit: &Hit<'_>| hit.rule.fixes.is_empty();
    hits.sort_by_key(|hit| {
        (hit.rule.family, general(hit), std::cmp::Reverse(hit.range.len()), hit.range.start)
    });
    let mut kept: Vec<Hit<'_>> = Vec::new();
    for hit in hits {
        if kept.iter().all(|other| !overlap(&other.range, &hit.range)) {
            kept.push(hit);
        }
    }
    kept.sort_by_key(|hit| hit.range.start);
    kept.truncate(TOLD_MAX);
    kept
}

/// Whether a token and the next one are halves of one word.
fn joined(tokens: &[Token], at: usize) -> bool {
    tokens.get(at + 1).is_some_and(|next| next.span == tokens[at].span)
}

/// Ranges of tokens, each with the mark that ends it.
fn sentences(tokens: &[Token]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, token) in tokens.iter().enumerate() {
        let last = token.mark && script::ends_sentence(&token.word);
        let more = tokens.get(at + 1).is_some_and(|next| next.mark && script::ends_sentence(&next.word));
        let long = at + 1 - start >= SENTENCE_MAX && !joined(tokens, at);
        if last && !more || long {
            if at > start {
                found.push(start..at + 1);
            }
            start = at + 1;
        }
    }
    if start < tokens.len() {
        found.push(start..tokens.len());
    }
    found
}
