//! What could be said instead. A suggestion is offered only if the checker itself lets it pass.

use crate::check::{Checker, Finding, Hit, Judged};
use crate::token::Token;

/// A text that could take the place of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// The whole sentence, said anew. A `[slot]` is for the author to fill: facts are never made up.
    pub text: String,
    /// It says what the sentence said, so that it can be put in its place unseen.
    pub safe: bool,
}

/// How many are offered for one sentence.
const OFFERED_MAX: usize = 3;

/// How many findings of a sentence are asked for their templates: a text that is one long sentence has many.
const ASKED_MAX: usize = 8;

/// In a template: the words of the finding that the class `KEPT` names, such as *always*.
const KEPT: &str = "kept";

/// The text with every sentence in question said anew, best first; empty when one of them has no suggestion.
pub(crate) fn whole(text: &str, findings: &[Finding]) -> Vec<String> {
    let mut sentences: Vec<&Finding> = Vec::new();
    for finding in findings {
        if sentences.last().is_none_or(|last| last.sentence != finding.sentence) {
            sentences.push(finding);
        }
    }
    let mut found: Vec<String> = Vec::new();
    for choice in 0..OFFERED_MAX {
        let mut out = text.to_owned();
        let mut said: Vec<&str> = Vec::new();
        for finding in sentences.iter().rev() {
            let offered = &finding.suggestions;
            let wanted = offered.get(choice).into_iter().chain(offered);
            // Two sentences of one text are not answered with the same words, as long as there are others.
            let fresh = wanted.clone().find(|one| !said.contains(&one.text.as_str()));
            let Some(best) = fresh.or_else(|| wanted.clone().next()) else { return Vec::new() };
            said.push(&best.text);
            out.replace_range(finding.sentence.clone(), &best.text);
        }
        if !sentences.is_empty() && !found.contains(&out) {
            found.push(out);
        }
    }
    found
}

/// The suggestions for a sentence, best first.
pub(crate) fn suggestions(checker: &Checker, text: &str, judged: &Judged<'_>) -> Vec<Suggestion> {
    let mut found: Vec<Suggestion> = Vec::new();
    let mut offer = |candidate: Option<String>, safe: bool| {
        let Some(candidate) = candidate else { return };
        let new = found.iter().all(|other| other.text != candidate) && candidate != text[judged.span.clone()];
        if found.len() < OFFERED_MAX && new && checker.may_say(&candidate) {
            let safe = safe && !candidate.contains('[');
            found.push(Suggestion { text: candidate, safe });
        }
    };
    if let Some((candidate, safe)) = fixed(checker, text, judged) {
        offer(Some(candidate), safe);
    }
    let mut order: Vec<&Hit<'_>> = judged.hits.iter().take(ASKED_MAX).collect();
    order.sort_by_key(|hit| hit.rule.family);
    for hit in &order {
        for template in &hit.rule.says {
            offer(fill(checker, template, text, judged, hit), false);
        }
    }
    for hit in &order {
        let default = checker.pack.defaults.get(&hit.rule.family);
        for template in default.iter().flat_map(|default| &default.says) {
            offer(fill(checker, template, text, judged, hit), false);
        }
    }
    found
}

/// The sentence with every finding replaced by what its rule puts there, and whether it says what was said; nothing if
/// one of them has no replacement.
fn fixed(checker: &Checker, text: &str, judged: &Judged<'_>) -> Option<(String, bool)> {
    if judged.hits.len() > ASKED_MAX {
        return None;
    }
    let mut sentence = text[judged.span.clone()].to_owned();
    let mut safe = true;
    for hit in judged.hits.iter().rev() {
        let tokens = &judged.tokens[hit.range.clone()];
        let whole = tokens.first()?.span.start..tokens.last()?.span.end;
        let span = whole.start - judged.span.start..whole.end - judged.span.start;
        let filled = hit
            .rule
            .fixes
            .iter()
            .find_map(|template| Some((template, filled(checker, template, text, judged, hit, false)?)));
        let (template, new) = filled?;
        if checker.asks(&new) && !may_ask(checker, template, judged, hit) {
            return None;
        }
        safe &= !hit.unsure && keeps_all(checker, template, judged, hit);
        let new = format!("{}{new}", halved(judged, hit.range.start));
        let capital = is_capital(&text[whole], hit.range.start == 0);
        if new == "-" {
            let after = &sentence[span.end..];
            let rest = after.trim_start_matches([',', ' ', ':', '，', '：', '、']).to_owned();
            let between = after.starts_with(',');
            sentence.truncate(span.start);
            if between && sentence.ends_with(", ") {
                sentence.truncate(sentence.len() - 2);
                sentence.push(' ');
            }
            sentence.push_str(&if capital { capitalised(&rest) } else { rest });
        } else {
            sentence.replace_range(span, &if capital { capitalised(&new) } else { new });
        }
    }
    let tidy = sentence.replace(" ,", ",").replace(" .", ".").replace("  ", " ").replace(",.", ".");
    (tidy.trim().chars().count() > 3).then(|| (tidy.trim().to_owned(), safe))
}

/// Whether a text begins with a capital, other than that of *I* in the middle of a sentence.
fn is_capital(text: &str, at_start: bool) -> bool {
    let mut letters = text.chars();
    let first = letters.next().is_some_and(char::is_uppercase);
    first
        && (at_start
            || text.starts_with('I') && letters.next().is_some_and(char::is_alphabetic)
            || !text.starts_with('I'))
}

/// Whether a request can stand where the finding stood: no word before it makes it a part of another sentence, nothing in it is over, and
/// where the template leaves the verb to what follows, a word follows.
fn may_ask(checker: &Checker, template: &str, judged: &Judged<'_>, hit: &Hit<'_>) -> bool {
    let bound = hit.range.start.checked_sub(1).is_some_and(|at| checker.binds(&judged.tokens[at]));
    let bare =
        template.trim_end_matches(|letter: char| letter == '}' || letter == '{' || letter.is_alphabetic());
    let open = template.ends_with(&format!("{{{KEPT}}}")) || bare.is_empty();
    let follows = judged.tokens.get(hit.range.end).is_some_and(|next| !next.mark && !next.literal);
    let past = judged.tokens.iter().any(|token| checker.belongs(token, "PAST"));
    !bound && !past && (!open || follows)
}

/// Whether the replacement holds every word of the finding that says something: what a template captures or keeps, and
/// what the pack's class `LOST` names may go.
fn keeps_all(checker: &Checker, template: &str, judged: &Judged<'_>, hit: &Hit<'_>) -> bool {
    if template == "-" || !checker.knows_class("LOST") {
        return true;
    }
    hit.range.clone().all(|at| {
        let token = &judged.tokens[at];
        let captured = hit
            .captures
            .iter()
            .any(|(name, range)| range.contains(&at) && template.contains(&format!("{{{name}}}")));
        let kept = checker.belongs(token, "KEPT");
        captured || token.mark || if kept { template.contains(KEPT) } else { checker.belongs(token, "LOST") }
    })
}

/// What stands before a finding in the same contraction: the *we* of *we're closed*. It is no part of the finding.
fn halved(judged: &Judged<'_>, start: usize) -> String {
    let before = start.checked_sub(1).map(|at| &judged.tokens[at]);
    before
        .filter(|before| before.span == judged.tokens[start].span)
        .map_or_else(String::new, |before| format!("{} ", before.word))
}

/// In a template: the sentence without what was found.
const REST: &str = "rest";

/// The sentence without what was found in it, and without the mark that followed it.
fn without(text: &str, judged: &Judged<'_>, hit: &Hit<'_>) -> String {
    let sentence = &text[judged.span.clone()];
    let tokens = &judged.tokens[hit.range.clone()];
    let (start, end) =
        (tokens[0].span.start - judged.span.start, tokens[tokens.len() - 1].span.end - judged.span.start);
    let rest = sentence[end..].trim_start_matches([',', ' ', ':', '，', '：', '、']);
    let before = sentence[..start].trim_end_matches([',', ' ']);
    let whole = if before.is_empty() { capitalised(rest) } else { format!("{before} {rest}") };
    let whole = whole.replace(" .", ".").trim().to_owned();
    if whole.ends_with(['.', '!', '?']) { whole } else { format!("{whole}.") }
}

/// A template for a whole sentence with its captures filled in; nothing if one of them is missing.
fn fill(checker: &Checker, template: &str, text: &str, judged: &Judged<'_>, hit: &Hit<'_>) -> Option<String> {
    filled(checker, template, text, judged, hit, true)
}

/// The same; where it is no `whole` sentence, what it opens with is written as it stood.
fn filled(
    checker: &Checker,
    template: &str,
    text: &str,
    judged: &Judged<'_>,
    hit: &Hit<'_>,
    whole: bool,
) -> Option<String> {
    let mut out = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}')?;
        out.push_str(before);
        if name == REST {
            out.push_str(&without(text, judged, hit));
            rest = after;
            continue;
        }
        rest = after;
        if name == KEPT {
            let kept: Vec<&str> = judged.tokens[hit.range.clone()]
                .iter()
                .filter(|token| checker.belongs(token, "KEPT"))
                .map(|token| token.word.as_str())
                .collect();
            out.push_str(&kept.join(" "));
            continue;
        }
        let (_, range) = hit.captures.iter().find(|(known, range)| known == name && !range.is_empty())?;
        let words = passage(text, &judged.tokens, range.start, range.end);
        let opens = out.trim_end().ends_with(['.', '?', '!', ':']) || whole && out.is_empty();
        let as_it_is = out.is_empty() && !whole;
        out.push_str(&if opens {
            capitalised(&words)
        } else if as_it_is {
            words
        } else {
            uncapitalised(&words, range.start == 0)
        });
    }
    out.push_str(rest);
    let out = out.trim_end().to_owned();
    Some(if whole { capitalised(&out) } else { out })
}

/// The source of some tokens. Half a contraction is written out as the word that it stands for.
fn passage(text: &str, tokens: &[Token], from: usize, to: usize) -> String {
    let mut out = String::new();
    let mut end = None;
    for at in from..to {
        let token = &tokens[at];
        let twin = |other: Option<&Token>| other.is_some_and(|other| other.span == token.span);
        let second = at > 0 && twin(tokens.get(at - 1));
        if second && at > from {
            continue;
        }
        let first = twin(tokens.get(at + 1));
        if let Some(end) = end {
            out.push_str(&text[end..token.span.start.max(end)]);
        }
        let half = second || first && at + 1 >= to;
        out.push_str(if half { &token.word } else { &text[token.span.clone()] });
        end = Some(token.span.end);
    }
    out
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// In the middle of a sentence its first word is written small, unless it is *I* or an abbreviation.
fn uncapitalised(text: &str, was_first: bool) -> String {
    let mut letters = text.chars();
    let Some(first) = letters.next() else { return String::new() };
    let second = letters.clone().next().unwrap_or(' ');
    if !was_first || second.is_uppercase() || first == 'I' && !second.is_alphanumeric() {
        return text.to_owned();
    }
    first.to_lowercase().chain(letters).collect()
}
