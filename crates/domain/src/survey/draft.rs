//! What was said in a survey and not handed in yet, on the device: it comes back in the same survey about the same purchase.

use super::Run;
use crate::complaint::context_text;
use crate::session::{Ctx, DraftContent, DraftKey, Effect, Session};
use crate::submission::{Answer, Context, SubmissionId};
use crate::view::View;

/// What the device keeps of a run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draft {
    /// Which survey about what, by [`Draft::key_of`].
    pub key: u32,
    /// Id of the survey.
    pub survey: String,
    /// In the order of the questions.
    pub answers: Vec<Answer>,
    /// The last submission of it, which the next one supersedes.
    pub sent: Option<SubmissionId>,
    /// Whether that is safe.
    pub kept: bool,
}

impl Draft {
    /// Names the draft of a survey in what the page says it is about, in whatever order it says so: sums of FNV-1a, never 0.
    pub fn key_of(survey: &str, about: &Context) -> u32 {
        let hash = |text: &str, start: u32| {
            text.bytes().fold(start, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
        };
        let mut sum = hash(survey, 0x811c_9dc5);
        for (name, _) in about {
            sum = sum.wrapping_add(hash(&context_text(about, name), hash(name, 0x050c_5d1f)));
        }
        sum.max(1)
    }
}

impl Run {
    pub(crate) fn key(&self) -> DraftKey {
        DraftKey::Rating(self.key)
    }

    /// Whether the page is still about what it was about when this began; it may have said more since.
    pub(crate) fn is_about(&self, context: &Context) -> bool {
        self.about.iter().all(|pair| context.contains(pair))
    }
}

impl Session {
    /// The page says what it is about. A survey that nothing was said in yet is about that.
    pub(crate) fn rate_this(&mut self, cx: &Ctx<'_>, out: &mut Vec<Effect>) {
        let fresh = |run: &&Run| {
            !run.begun()
                && !run.done
                && run.about != self.context
                && (run.sent.is_none() || !run.is_about(&self.context))
        };
        let Some(run) = self.survey.as_ref().filter(fresh) else { return };
        let (survey, asked) = (run.survey.clone(), run.asked);
        self.settle_rating(cx, out);
        self.survey = Some(Run::new(survey, self.context.clone()));
        if asked {
            self.want_rating(cx, out);
        }
    }

    /// What was said about one purchase is not said about the next.
    pub(crate) fn leave_purchase(&mut self, cx: &Ctx<'_>, out: &mut Vec<Effect>) {
        if self.survey.as_ref().is_some_and(|run| !run.is_about(&self.context)) {
            self.settle_rating(cx, out);
            self.survey = None;
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
        let fits = |run: &&mut Run| !run.done && run.survey.id == draft.survey && run.key == draft.key;
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
            key: run.key,
            survey: run.survey.id.clone(),
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
