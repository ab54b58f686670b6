//! Along the list and into an answer, by a press or by a link, and "Did this answer it?". None of it needs the search.

use super::{Action, Answers, Helpful, Source, Way};
use crate::limits;
use crate::message::{Message, MessageKey, whole};
use crate::session::{Ctx, Effect, Field, Focus, HostEvent, Session, bounded};
use crate::submission::{Body, Kind, Signal, SubmissionId};
use crate::view::View;

impl Answers {
    /// Shows that nothing was found, if nothing was, now that its customer rests.
    pub(super) fn rest(&mut self) {
        if std::mem::take(&mut self.nothing) {
            self.found.clear();
            self.searched = true;
        }
    }

    /// Where a key leads.
    pub(super) fn go(&self, from: Option<usize>, way: Way) -> Focus {
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
    /// Opens the entry of this id. Where there is none, its words are searched for: a link leads somewhere in any case.
    pub(super) fn follow(&mut self, cx: &Ctx<'_>, id: &str, out: &mut Vec<Effect>) {
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
                out.push(Effect::LookFor(words));
                out.push(Effect::MoveFocus(Focus::Field(Field::Search)));
            }
        }
    }

    pub(super) fn open_article(&mut self, at: usize, out: &mut Vec<Effect>) {
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

    pub(super) fn mark_helpful(&mut self, cx: &Ctx<'_>, helpful: Helpful, out: &mut Vec<Effect>) {
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
                self.step_answers(cx, Action::ComplaintChosen, out);
                Message::plain(MessageKey::AnswersTold)
            }
        };
        out.push(Effect::Announce(message));
    }

    pub(super) fn send_signal(
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

    pub(super) fn announce_count(&self, out: &mut Vec<Effect>) {
        let count = self.answers.found.len();
        let key = match count {
            0 => MessageKey::AnswersCountNone,
            1 => MessageKey::AnswersCountOne,
            _ => MessageKey::AnswersCountOther,
        };
        out.push(Effect::Announce(Message { key, args: vec![("count", whole(count as u64))] }));
    }
}
