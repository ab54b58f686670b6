//! What was said in a survey and not handed in yet, on the device: it comes back in the same survey about the same purchase.

use super::Run;
use crate::complaint::context_text;
use crate::session::{Ctx, DraftContent, DraftKey, Effect, Session};
use crate::submission::{Answer, SubmissionId};

/// What the device keeps of a run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draft {
    /// Id of the survey.
    pub survey: String,
    /// What was bought, as the page says: order and product.
    pub about: [String; 2],
    /// In the order of the questions.
    pub answers: Vec<Answer>,
    /// The last submission of it, which the next one supersedes.
    pub sent: Option<SubmissionId>,
    /// Whether that is safe.
    pub kept: bool,
}

impl Session {
    fn rated_purchase(&self) -> [String; 2] {
        ["order", "product"].map(|name| context_text(&self.context, name))
    }

    /// Asks the device for what was said before, once in a run.
    pub(super) fn want_rating(&mut self, cx: &Ctx<'_>, out: &mut Vec<Effect>) {
        if let Some(run) = self.survey.as_mut().filter(|run| cx.config.privacy.drafts && !run.asked) {
            run.asked = true;
            out.push(Effect::LoadDraft(DraftKey::Rating));
        }
    }

    /// A draft from the device, and below it what was said here before it came.
    pub fn restore_rating(&mut self, cx: &Ctx<'_>, (draft, met): (Draft, bool), out: &mut Vec<Effect>) {
        let about = self.rated_purchase();
        let fits = |run: &&mut Run| !run.done && run.survey.id == draft.survey && about == draft.about;
        let Some(run) = self.survey.as_mut().filter(fits) else { return };
        let unsent = run.unsent;
        let mut new = false;
        for answer in draft.answers {
            new |= run.take_in(answer);
        }
        if !new {
            return;
        }
        // It goes when its customer says so, or goes on with it.
        run.unsent = unsent;
        (run.restored, run.drafted) = (true, true);
        if run.sent.is_none() {
            (run.sent, run.kept) = (draft.sent, draft.kept);
        }
        if met {
            self.say_met(cx, DraftKey::Rating, out);
        } else if unsent {
            Self::save_later(&mut self.unsaved_since, cx, DraftKey::Rating, out);
        }
    }

    /// Has the device keep it, while it is being answered.
    pub fn save_rating(&mut self, _cx: &Ctx<'_>, _fact: (), out: &mut Vec<Effect>) {
        let about = self.rated_purchase();
        let Some(run) = self.survey.as_mut().filter(|run| !run.done) else { return };
        run.drafted = true;
        self.rating_drafted = None;
        out.push(Effect::SaveDraft(DraftContent::Rating(Draft {
            survey: run.survey.id.clone(),
            about,
            answers: run.answers.clone(),
            sent: run.sent.clone(),
            kept: run.kept,
        })));
    }

    /// Once what was handed in is safe, its draft goes, unless more was said since.
    pub(crate) fn drop_rating_draft(&mut self, id: &SubmissionId, out: &mut Vec<Effect>) {
        if self.rating_drafted.as_ref() == Some(id) && !self.survey.as_ref().is_some_and(Run::is_unsent) {
            self.rating_drafted = None;
            if let Some(run) = &mut self.survey {
                run.drafted = false;
            }
            self.drop_draft(DraftKey::Rating, out);
        }
    }
}
