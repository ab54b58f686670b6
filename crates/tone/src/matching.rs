//! Runs a pattern over the tokens of one sentence.

use std::ops::Range;

use crate::pattern::Node;
use crate::script;
use crate::token::Token;
use crate::vocabulary::Known;

/// The words of one sentence, and what is known of each.
pub(crate) struct Sentence<'a> {
    pub tokens: &'a [Token],
    pub known: &'a [std::sync::Arc<Known>],
    /// The set of words that open a clause after them: and, but, because.
    pub joins: Option<usize>,
}

/// Captured passages, as ranges of tokens.
pub(crate) type Captures = Vec<(String, Range<usize>)>;

/// What happens after a part has matched, given where it ended.
type Then<'a> = &'a mut dyn FnMut(usize, &mut Captures) -> bool;

/// How many tokens a look behind can reach back.
const BEHIND_MAX: usize = 6;

impl Sentence<'_> {
    /// The end of a match that begins at `at`, with what it captured.
    pub fn matches(&self, nodes: &[Node], at: usize) -> Option<(usize, Captures)> {
        let mut captures = Captures::new();
        let mut end = None;
        let mut kept = Captures::new();
        self.run(nodes, at, &mut captures, &mut |stop, captures| {
            end = Some(stop);
            kept = captures.clone();
            true
        });
        end.map(|stop| (stop, kept))
    }

    /// The end of a passage that a guard covers: a gap that ends its pattern takes all that it may.
    pub fn covers(&self, nodes: &[Node], at: usize) -> Option<usize> {
        let (mut end, _) = self.matches(nodes, at)?;
        if let Some(Node::Gap { most, marks }) = nodes.last() {
            let open = |token: &&Token| *marks || !token.mark;
            end += self.tokens[end..].iter().take(*most).take_while(open).count();
        }
        Some(end)
    }

    /// Whether it is found anywhere.
    pub fn holds(&self, nodes: &[Node]) -> bool {
        (0..self.tokens.len()).any(|at| self.matches(nodes, at).is_some())
    }

    fn run(&self, nodes: &[Node], at: usize, captures: &mut Captures, then: Then<'_>) -> bool {
        let Some((node, rest)) = nodes.split_first() else { return then(at, captures) };
        match node {
            Node::Set(set) => {
                self.known.get(at).is_some_and(|known| known.has(*set))
                    && self.run(rest, at + 1, captures, then)
            }
            Node::Any => {
                self.tokens.get(at).is_some_and(|token| !token.mark) && self.run(rest, at + 1, captures, then)
            }
            Node::Alternatives { opening: Some(set), .. }
                if !self.known.get(at).is_some_and(|known| known.has(*set)) =>
            {
                false
            }
            Node::Alternatives { all, .. } => all.iter().any(|one| {
                self.run(one, at, captures, &mut |stop, captures| self.run(rest, stop, captures, then))
            }),
            Node::Optional(inner) => {
                self.run(inner, at, captures, &mut |stop, captures| self.run(rest, stop, captures, then))
                    || self.run(rest, at, captures, then)
            }
            Node::Gap { most, marks } => self.gap(*most, *marks, rest, at, captures, then),
            Node::Capture(name, inner) => self.run(inner, at, captures, &mut |stop, captures| {
                captures.push((name.clone(), at..stop));
                let found = self.run(rest, stop, captures, then);
                if !found {
                    captures.pop();
                }
                found
            }),
            Node::Ahead { wanted, inner } => {
                let found = inner.iter().any(|one| self.run(one, at, &mut Captures::new(), &mut |_, _| true));
                found == *wanted && self.run(rest, at, captures, then)
            }
            Node::Behind { wanted, inner } => {
                let found = inner.iter().any(|one| self.behind(one, at));
                found == *wanted && self.run(rest, at, captures, then)
            }
            Node::Start => at == 0 && self.run(rest, at, captures, then),
            Node::ClauseStart => self.starts_clause(at) && self.run(rest, at, captures, then),
            Node::ClauseEnd => self.ends_clause(at) && self.run(rest, at, captures, then),
            Node::Unended => at == self.tokens.len() && self.run(rest, at, captures, then),
            Node::End => self.ends(at) && self.run(rest, at, captures, then),
        }
    }

    /// Tries the shortest gap first.
    fn gap(
        &self,
        most: usize,
        marks: bool,
        rest: &[Node],
        at: usize,
        captures: &mut Captures,
        then: Then<'_>,
    ) -> bool {
        for skipped in 0..=most {
            if skipped > 0 && !self.tokens.get(at + skipped - 1).is_some_and(|token| marks || !token.mark) {
                return false;
            }
            if self.run(rest, at + skipped, captures, then) {
                return true;
            }
        }
        false
    }

    /// Whether it matches so that it ends right before `at`.
    fn behind(&self, nodes: &[Node], at: usize) -> bool {
        (at.saturating_sub(BEHIND_MAX)..=at)
            .any(|start| self.run(nodes, start, &mut Captures::new(), &mut |stop, _| stop == at))
    }

    /// Whether a clause begins there.
    pub fn starts_clause(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return true };
        self.tokens.get(before).is_some_and(|token| token.mark && script::ends_clause(&token.word))
            || self.joins.is_some_and(|joins| self.known[before].has(joins))
    }

    fn ends_clause(&self, at: usize) -> bool {
        self.tokens.get(at).is_none_or(|token| token.mark && script::ends_clause(&token.word))
            || self.joins.is_some_and(|joins| self.known[at].has(joins))
    }

    /// Whether the sentence ends there with a full stop: a label or a heading has none.
    pub fn is_ended(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| matches!(token.word.as_str(), "." | "!")) && self.ends(at)
    }

    fn ends(&self, at: usize) -> bool {
        self.tokens[at.min(self.tokens.len())..]
            .iter()
            .all(|token| token.mark && script::ends_clause(&token.word))
    }
}

#[cfg(test)]
mod tests {
    use super::Sentence;
    use crate::pattern::parse;
    use crate::token::tokens;
    use crate::vocabulary::Vocabulary;

    /// The words that a pattern covers in a sentence, and its captures.
    fn covered(pattern: &str, sentence: &str) -> Option<(String, Vec<(String, String)>)> {
        let mut names = Vocabulary::default();
        names.extend("JOIN", &["and", "but"], parse).unwrap();
        names.extend("WE", &["we", "i", "our team"], parse).unwrap();
        let nodes = parse(pattern, &mut names).unwrap();
        let words = tokens(sentence, true, &|_| None);
        let known: Vec<_> = words.iter().map(|token| std::sync::Arc::new(names.know(token))).collect();
        let joins = names.set_of("JOIN");
        let place = Sentence { tokens: &words, known: &known, joins };
        let text = |range: std::ops::Range<usize>| {
            words[range].iter().map(|token| token.word.as_str()).collect::<Vec<_>>().join(" ")
        };
        (0..words.len()).find_map(|at| {
            let (end, captures) = place.matches(&nodes, at)?;
            let captures = captures.into_iter().map(|(name, range)| (name, text(range))).collect();
            Some((text(at..end), captures))
        })
    }

    fn found(pattern: &str, sentence: &str) -> Option<String> {
        covered(pattern, sentence).map(|(words, _)| words)
    }

    #[test]
    fn words_classes_gaps_and_alternatives() {
        assert_eq!(
            found("WE ~1 (can|do) not", "Now our team really can't say").as_deref(),
            Some("our team really can not")
        );
        assert_eq!(found("WE ~1 can not", "We, he said, can't"), None, "a gap stays in its clause");
        assert_eq!(found("WE ~~4 can not", "We, he said, can't").as_deref(), Some("we , he said , can not"));
        assert_eq!(found("no refund*", "There are no refunds").as_deref(), Some("no refunds"));
        assert_eq!(found("so? it is", "it is").as_deref(), Some("it is"));
    }

    #[test]
    fn what_stands_around_counts_and_is_no_part() {
        assert_eq!(found("not =(until)", "not until nine").as_deref(), Some("not"));
        assert_eq!(found("not !(until)", "not until nine"), None);
        assert_eq!(found("!<(do|will) not", "do not"), None);
        assert_eq!(found("=<(you will) not", "you will not").as_deref(), Some("not"));
    }

    #[test]
    fn places() {
        assert_eq!(found("^ no", "well, no"), None);
        assert_eq!(found("@clause no", "well, no").as_deref(), Some("no"));
        assert_eq!(found("@clause no", "yes and no").as_deref(), Some("no"));
        assert_eq!(found("closed @end", "we are closed.").as_deref(), Some("closed"));
        assert_eq!(found("closed @end", "closed doors"), None);
    }

    #[test]
    fn captures_reach_as_far_as_they_must() {
        let (_, captures) = covered("please <v: ~8> @cend", "Please bring your card, and wait").unwrap();
        assert_eq!(captures, [("v".to_owned(), "bring your card".to_owned())]);
    }
}
