//! Beside a complaint: answers that fit what is being written, offered after a rest and never in the way (listen-first).
//! Nothing is asked of the customer, and nothing of it leaves the page.

use super::Source;
use crate::complaint::Step;
use crate::limits;
use crate::message::{Message, MessageKey};
use crate::session::{Ctx, Effect, Focus, Session, Timer};
use crate::view::View;

impl Session {
    /// The customer writes: a rest may come, if there are answers at all.
    pub(crate) fn suggest_later(cx: &Ctx<'_>, out: &mut Vec<Effect>) {
        if !cx.config.faq.urls.is_empty() || !cx.config.faq.entries.is_empty() {
            out.push(Effect::StartTimer(Timer::Suggest, limits::SUGGEST_DELAY_MS));
        }
    }

    /// The customer rests, and the search is here. What is missing yet is waited for, and what stays away leaves no trace.
    pub(super) fn suggest(&mut self, cx: &Ctx<'_>, out: &mut Vec<Effect>) {
        let writes = self.view() == View::Complaint && self.complaint.step == Step::Listen;
        self.answers.suggesting = writes;
        match self.answers.source {
            Source::Unasked if writes => self.want_faq(out),
            Source::Ready if writes => {
                if self.read_answers(cx, out) {
                    self.lay_beside(out);
                }
            }
            Source::Unasked | Source::Loading | Source::Ready | Source::Missing => {}
        }
    }

    fn lay_beside(&mut self, out: &mut Vec<Effect>) {
        let answers = &mut self.answers;
        answers.suggesting = false;
        let bare = answers.beside.is_empty();
        answers.beside.clear();
        let words = self.complaint.words.trim();
        if let Some(index) = answers.index.as_ref().filter(|_| words.len() >= limits::SUGGEST_BYTES_MIN) {
            answers.beside = index.fitting(words, limits::SUGGESTIONS_MAX);
        }
        if bare && !answers.beside.is_empty() {
            // On a small screen they take the room of the last lines.
            out.push(Effect::MoveFocus(Focus::Here));
        }
        if !answers.beside.is_empty() && !answers.beside_said {
            answers.beside_said = true;
            out.push(Effect::Announce(Message::plain(MessageKey::AnswersBesideSaid)));
        }
    }
}
