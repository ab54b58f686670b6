//! What was said in a survey and not handed in yet, on the device: it comes back in the same survey about the same purchase.

use super::Run;
use crate::complaint::context_text;
use crate::session::{Ctx, DraftContent, DraftKey, Effect, Session};
use crate::submission::{Answer, SubmissionId};
use crate::view::View;

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

impl Draft {
    /// Names the draft of a survey about a purchase: FNV-1a, never 0.
    pub fn key(survey: &str, about: &[String; 2]) -> DraftKey {
        let mut hash = 0x811c_9dc5_u32;
        for text in &[survey, &about[0], &about[1]] {
            for byte in text.bytes() {
                hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
            }
            hash = hash.wrapping_mul(0x0100_0193);
        }
        DraftKey::Rating(hash.max(1))
    }
}

impl Run {
    pub(crate) fn key(&self) -> DraftKey {
        Draft::key(&self.survey.id, &self.about)
    }
}

impl Session {
    /// What the page says was bought: order and product.
    pub(super) fn purchase(&self) -> [String; 2] {
        [context_text(&self.context, "order"), context_text(&self.context, "product")]
    }

    /// The page may say what it is about after the survey was opened. What was said already stays with what it was said about.
    pub(crate) fn rate_this(&mut self, cx: &Ctx<'_>, out: &mut Vec<Effect>) {
        let about = self.purchase();
        if let Some(run) = self.survey.as_mut().filter(|run| !run.begun() && run.about != about) {
            run.about = about;
            if std::mem::take(&mut run.asked) {
                self.want_rating(cx, out);
            }
        }
    }

    /// Asks the device for what was said before, once in a run: as its customer opens it, or with the first answer to one that
    /// the page shows by itself.
    pub(crate) fn want_rating(&mut self, cx: &Ctx<'_>, out: &mut Vec<Effect>) {
        let shown = cx.config.privacy.drafts && self.view() == View::Rating;
        if let Some(run) = self.survey.as_mut().filter(|run| shown && !run.asked && !run.done) {
            run.asked = true;
            out.push(Effect::LoadDraft(run.key()));
        }
    }

    /// A draft from the device, and below it what was said here before it came.
    pub fn restore_rating(&mut self, cx: &Ctx<'_>, (draft, met): (Draft, bool), out: &mut Vec<Effect>) {
        let fits = |run: &&mut Run| !run.done && run.survey.id == draft.survey && run.about == draft.about;
        let Some(run) = self.survey.as_mut().filter(fits) else { return };
        let (key, unsent) = (run.key(), run.unsent);
        run.drafted = true;
        if run.sent.is_none() {
            // Else the stars would count twice.
            (run.sent, run.kept) = (draft.sent, draft.kept);
        }
        let mut new = false;
        for answer in draft.answers {
            new |= run.take_in(answer);
        }
        // It is handed in when its customer says so, or goes on with it.
        run.unsent = unsent || (met && new);
        if !new {
            return;
        }
        run.restored = true;
        if met {
            self.say_met(cx, key, out);
        } else if unsent {
            Self::save_later(&mut self.unsaved_since, cx, key, out);
        }
    }

    /// Has the device keep it, while something of it was not handed in. Not where an address was given: it would come back
    /// without that, and take the place of what has it.
    pub fn save_rating(&mut self, _cx: &Ctx<'_>, _fact: (), out: &mut Vec<Effect>) {
        let Some(run) = self.survey.as_mut().filter(|run| !run.done && run.unsent && !run.contact) else {
            return;
        };
        run.drafted = true;
        out.push(Effect::SaveDraft(DraftContent::Rating(Draft {
            survey: run.survey.id.clone(),
            about: run.about.clone(),
            answers: run.answers.clone(),
            sent: run.sent.clone(),
            kept: run.kept,
        })));
    }

    /// Once what was handed in is safe, its draft goes, unless more was said since.
    pub(crate) fn drop_rating_draft(&mut self, id: &SubmissionId, out: &mut Vec<Effect>) {
        let Some(key) = self.deliveries.of(id).and_then(|delivery| delivery.draft) else { return };
        if let Some(run) = self.survey.as_mut().filter(|run| run.key() == key) {
            if run.unsent || run.sent.as_ref() != Some(id) {
                return;
            }
            run.drafted = false;
        }
        out.push(Effect::DropDraft(key));
    }
}
