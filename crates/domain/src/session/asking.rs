//! Surveys that the page asks for: by itself, beside whatever its customer does, or because its customer pressed for one.

use super::{Ctx, Effect, Session, Timer};
use crate::limits;
use crate::message::{Message, MessageKey};
use crate::submission::Context;
use crate::survey::Run;
use crate::view::View;

impl Session {
    /// Shows a survey that the page asks for, unless there is none of this name, or the customer is busy here. Whoever is
    /// asked was busy with something else: the focus stays there, and a voice says that we are here.
    pub(super) fn survey_asked(
        &mut self,
        cx: &Ctx<'_>,
        id: Option<&str>,
        context: Context,
        out: &mut Vec<Effect>,
    ) {
        let busy = match self.view() {
            View::Menu => false,
            View::Rating => self.survey.as_ref().is_some_and(Run::is_unsent),
            View::Feedback | View::Answers | View::Complaint | View::Status => true,
        };
        if (busy && self.open) || !self.show_survey(cx, id, context, out) {
            return;
        }
        out.retain(|effect| !matches!(effect, Effect::MoveFocus(_)));
        // What stands in a live region as it appears is passed over by some screen readers.
        out.push(Effect::StartTimer(Timer::SayAsked, limits::SAY_ASKED_MS));
    }

    /// Shows a survey that the customer pressed for, whatever they were at: they wait for it.
    pub(super) fn survey_pressed(
        &mut self,
        cx: &Ctx<'_>,
        id: Option<&str>,
        context: Context,
        out: &mut Vec<Effect>,
    ) {
        self.show_survey(cx, id, context, out);
        self.want_rating(cx, out);
    }

    /// Whether there is one to show.
    fn show_survey(
        &mut self,
        cx: &Ctx<'_>,
        id: Option<&str>,
        context: Context,
        out: &mut Vec<Effect>,
    ) -> bool {
        if id.is_some_and(|id| cx.config.surveys.of(id).is_none()) {
            if !self.open {
                // The loader opened for it.
                out.push(Effect::HidePanel);
            }
            return false;
        }
        // What was said so far belongs to the purchase that it was said about.
        self.settle_rating(cx, out);
        self.add_context(context);
        self.leave_purchase(cx, out);
        self.start_survey(cx, id);
        self.opened(cx, Some(View::Rating), out);
        true
    }

    /// Says that we ask, unless its customer has gone on since.
    pub(super) fn say_asked(&self, out: &mut Vec<Effect>) {
        let waits = self.view() == View::Rating && self.survey.as_ref().is_some_and(|run| !run.begun());
        if self.open && waits {
            out.push(Effect::Announce(Message::plain(MessageKey::SurveyAsked)));
        }
    }
}
