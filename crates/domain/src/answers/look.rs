//! Looking for an answer: what comes with the search itself.

use super::{Action, Answers, Found, Source};
use crate::faq::{Entry, Index};
use crate::limits;
use crate::markup;
use crate::session::{Ctx, Effect, Session, Timer, bounded};
use crate::submission::Signal;
use crate::view::View;

/// Milliseconds without a keystroke after which the number of answers is said.
const ANNOUNCE_DELAY_MS: u32 = 700;

impl Session {
    /// Reads a part of the entries, if any are left, and says whether all are read.
    pub(super) fn read_answers(&mut self, cx: &Ctx<'_>, out: &mut Vec<Effect>) -> bool {
        let Answers { index, entries, .. } = &mut self.answers;
        let index = index.get_or_insert_with(|| {
            let mut index = Index::default();
            for group in &cx.config.faq.synonyms {
                index.add_group(group);
            }
            index
        });
        let read = index.build_some(entries, limits::INDEX_STEP_BYTES);
        if !read {
            out.push(Effect::StartTimer(Timer::ReadAnswers, 0));
        }
        read
    }

    /// Searches for what is typed. The first search reads the entries, a part at a time, so that no frame is late.
    pub fn search_answers(&mut self, cx: &Ctx<'_>, _fact: (), out: &mut Vec<Effect>) {
        if !self.read_answers(cx, out) {
            return;
        }
        if self.answers.suggesting {
            self.suggest(cx, out);
        }
        let Answers { index: Some(index), entries, query, found, searched, nothing, .. } = &mut self.answers
        else {
            return;
        };
        if query.trim().is_empty() {
            return;
        }
        let hits = index.search(query, limits::SEARCH_RESULTS_MAX);
        *nothing = hits.is_empty();
        if *nothing {
            return;
        }
        let marks = index.marks(query);
        found.clear();
        for hit in hits {
            let Entry { question, answer, .. } = &entries[hit.entry];
            found.push(Found {
                entry: hit.entry,
                question: marks.mark(question),
                snippet: marks.snippet(&markup::plain(answer), limits::SNIPPET_BYTES_MAX),
            });
        }
        *searched = true;
    }

    /// Applies what the customer looks for.
    pub fn look_into_answers(&mut self, cx: &Ctx<'_>, action: Action, out: &mut Vec<Effect>) {
        match action {
            Action::QueryChanged(query) => {
                self.answers.query = bounded(&query, limits::QUERY_CHARS_MAX);
                self.look(cx, out);
            }
            Action::Paused => self.announce_results(cx, out),
            Action::Rested => {
                // Words may have been there before the search. Who has gone on from them comes back to them first.
                let Answers { query, searched, source, article, .. } = &self.answers;
                let shown = self.view() == View::Answers && article.is_none();
                if shown && !searched && !query.is_empty() && *source == Source::Ready {
                    self.look(cx, out);
                }
                self.suggest(cx, out);
            }
            Action::Left(_)
            | Action::QueryEntered
            | Action::Moved(..)
            | Action::CategoryChosen(_)
            | Action::Asked(_)
            | Action::ArticleOpened(_)
            | Action::HelpfulMarked(_)
            | Action::PersonWanted
            | Action::ComplaintChosen => {}
        }
    }

    /// Lists what is asked for, and says how much that is once its customer rests.
    fn look(&mut self, cx: &Ctx<'_>, out: &mut Vec<Effect>) {
        if self.answers.query.trim().is_empty() {
            self.answers.browse(&cx.page.url);
        } else {
            self.search_answers(cx, (), out);
        }
        out.push(Effect::StartTimer(Timer::AnnounceResults, ANNOUNCE_DELAY_MS));
    }

    fn announce_results(&mut self, cx: &Ctx<'_>, out: &mut Vec<Effect>) {
        let query = self.answers.query.trim().to_owned();
        if query.is_empty() || self.answers.source != Source::Ready {
            return;
        }
        self.answers.rest();
        if !self.answers.searched {
            // Where the search came after its customer had gone, nobody has searched yet, nor reads.
            let Answers { index, entries, .. } = &self.answers;
            if index.as_ref().is_none_or(|index| index.len() >= entries.len()) {
                self.search_answers(cx, (), out);
            }
            return out.push(Effect::StartTimer(Timer::AnnounceResults, ANNOUNCE_DELAY_MS));
        }
        self.announce_count(out);
        if self.answers.found.is_empty() && self.answers.signalled != query {
            self.answers.signalled.clone_from(&query);
            let signal = Signal { name: "search_empty".to_owned(), query, ..Signal::default() };
            self.send_signal(cx, signal, None, out);
        }
    }
}
