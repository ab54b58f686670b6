//! Looking for an answer and into it: search, list, article, "Did this answer it?". Comes with the search itself.

use super::{Action, Answers, Found, Helpful, Source, Way};
use crate::faq::{Entry, Index};
use crate::limits;
use crate::markup;
use crate::message::{Message, MessageKey, whole};
use crate::session::{Ctx, Effect, Field, Focus, HostEvent, Session, Timer, bounded};
use crate::submission::{Body, Kind, Signal, SubmissionId};
use crate::view::View;

/// Milliseconds without a keystroke after which the number of answers is said.
const ANNOUNCE_DELAY_MS: u32 = 700;

impl Answers {
    /// Where a key leads.
    fn go(&self, from: Option<usize>, way: Way) -> Focus {
        let field = Focus::Field(Field::Search);
        let Some(last) = self.found.len().checked_sub(1) else { return field };
        Focus::Result(match (way, from) {
            (Way::Out, _) | (Way::Previous, None | Some(0)) => return field,
            (Way::Next, Some(at)) => (at + 1).min(last),
            (Way::Previous, Some(at)) => at - 1,
            (Way::Next, None) | (Way::First, _) => 0,
            (Way::Last, _) => last,
        })
    }
}

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
        let Answers { index: Some(index), entries, query, found, searched, .. } = &mut self.answers else {
            return;
        };
        if query.trim().is_empty() {
            return;
        }
        let marks = index.marks(query);
        found.clear();
        for hit in index.search(query, limits::SEARCH_RESULTS_MAX) {
            let Entry { question, answer, .. } = &entries[hit.entry];
            found.push(Found {
                entry: hit.entry,
                question: marks.mark(question),
                snippet: marks.snippet(&markup::plain(answer), limits::SNIPPET_BYTES_MAX),
            });
        }
        *searched = true;
    }

    /// Applies what the customer looks for, and what they say of what they read.
    pub fn look_into_answers(&mut self, cx: &Ctx<'_>, action: Action, out: &mut Vec<Effect>) {
        match action {
            Action::QueryChanged(query) => {
                self.answers.query = bounded(&query, limits::QUERY_CHARS_MAX);
                self.find(cx, out);
                out.push(Effect::StartTimer(Timer::AnnounceResults, ANNOUNCE_DELAY_MS));
            }
            Action::QueryEntered => {
                if let Some(best) = self.answers.found.first().filter(|_| self.answers.searched) {
                    let entry = best.entry;
                    self.open_article(entry, out);
                }
            }
            Action::Moved(from, way) => {
                if way == Way::Out {
                    self.answers.query.clear();
                    self.find(cx, out);
                }
                out.push(Effect::MoveFocus(self.answers.go(from, way)));
            }
            Action::Paused => self.announce_results(cx, out),
            Action::CategoryChosen(category) => {
                self.answers.category = category.filter(|at| *at < self.answers.categories.len());
                self.find(cx, out);
                self.announce_count(out);
            }
            Action::Rested => self.suggest(cx, out),
            Action::Asked(id) => self.follow(cx, &id, out),
            Action::ArticleOpened(at) => self.open_article(at, out),
            Action::HelpfulMarked(helpful) => self.mark_helpful(cx, helpful, out),
            Action::Left(_) | Action::PersonWanted | Action::ComplaintChosen => {}
        }
    }

    /// Opens the entry of this id. Where there is none, its words are searched for: a link leads somewhere in any case.
    fn follow(&mut self, cx: &Ctx<'_>, id: &str, out: &mut Vec<Effect>) {
        if !self.open || self.view() != View::Answers {
            self.opened(cx, Some(View::Answers), out);
        }
        let id = bounded(id.trim(), limits::QUERY_CHARS_MAX);
        if self.answers.source != Source::Ready {
            self.answers.wanted = id;
            return;
        }
        self.answers.article = None;
        let known = self.answers.entries.iter().position(|entry| entry.id.eq_ignore_ascii_case(&id));
        match known {
            Some(at) => self.open_article(at, out),
            None => {
                let words = id.chars().map(|c| if matches!(c, '-' | '_') { ' ' } else { c }).collect();
                self.look_into_answers(cx, Action::QueryChanged(words), out);
                out.push(Effect::MoveFocus(Focus::Field(Field::Search)));
            }
        }
    }

    fn open_article(&mut self, at: usize, out: &mut Vec<Effect>) {
        if at < self.answers.entries.len() {
            self.answers.article = Some(at);
            self.answers.from_complaint = self.view() == View::Complaint;
            if self.answers.from_complaint {
                self.view = Some(View::Answers);
                out.push(Effect::Emit(HostEvent::View(View::Answers)));
            }
            (self.answers.helpful, self.answers.marked) = (None, None);
            out.push(Effect::MoveFocus(Focus::Title));
        }
    }

    fn mark_helpful(&mut self, cx: &Ctx<'_>, helpful: Helpful, out: &mut Vec<Effect>) {
        let Some(entry) = self.answers.article.and_then(|at| self.answers.entries.get(at)) else { return };
        let signal = Signal {
            name: "answer_helpful".to_owned(),
            query: self.answers.query.trim().to_owned(),
            article: entry.id.clone(),
            helpful: Some(helpful == Helpful::Yes),
            partly: helpful == Helpful::Partly,
        };
        if self.answers.helpful != Some(helpful) {
            self.answers.helpful = Some(helpful);
            let before = self.answers.marked.take();
            self.answers.marked = self.send_signal(cx, signal, before, out);
        }
        let message = match helpful {
            Helpful::Yes => Message::plain(MessageKey::AnswersGlad),
            Helpful::Partly => Message::plain(MessageKey::AnswersNext),
            Helpful::No => {
                (cx.rules.answers)(self, cx, Action::ComplaintChosen, out);
                Message::plain(MessageKey::AnswersTold)
            }
        };
        out.push(Effect::Announce(message));
    }

    fn send_signal(
        &mut self,
        cx: &Ctx<'_>,
        signal: Signal,
        before: Option<SubmissionId>,
        out: &mut Vec<Effect>,
    ) -> Option<SubmissionId> {
        let allowed = cx.config.privacy.signals && cx.config.endpoint.of(Kind::Signal).is_some();
        let id = allowed.then(|| (cx.fresh_id)())?;
        self.hand_in(cx, id.clone(), Body::Signal(signal), before, out);
        Some(id)
    }

    fn announce_results(&mut self, cx: &Ctx<'_>, out: &mut Vec<Effect>) {
        let query = self.answers.query.trim().to_owned();
        if query.is_empty() || self.answers.source != Source::Ready {
            return;
        }
        if !self.answers.searched {
            // Where the search came after its customer had gone, nobody has searched yet, nor reads.
            let Answers { index, entries, .. } = &self.answers;
            if index.as_ref().is_none_or(|index| index.len() >= entries.len()) {
                self.find(cx, out);
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

    fn announce_count(&self, out: &mut Vec<Effect>) {
        let count = self.answers.found.len();
        let key = match count {
            0 => MessageKey::AnswersCountNone,
            1 => MessageKey::AnswersCountOne,
            _ => MessageKey::AnswersCountOther,
        };
        out.push(Effect::Announce(Message { key, args: vec![("count", whole(count as u64))] }));
    }
}
