//! Drafts on the device: kept a moment after the last keystroke, offered for a day, gone once what they became is safe.

use super::{Ctx, DraftContent, DraftKey, Effect, Session, Timer};
use crate::calendar::Timestamp;
use crate::limits;
use crate::message::{Message, MessageKey};
use crate::submission::SubmissionId;
use crate::survey::Run;

/// Since when each draft is other than the device has it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Unsaved {
    complaint: Option<Timestamp>,
    feedback: Option<Timestamp>,
    rating: Option<Timestamp>,
}

impl Unsaved {
    pub(crate) fn of(&mut self, key: DraftKey) -> &mut Option<Timestamp> {
        match key {
            DraftKey::Complaint => &mut self.complaint,
            DraftKey::Feedback => &mut self.feedback,
            DraftKey::Rating(_) => &mut self.rating,
        }
    }
}

/// Whether it is past the time for which drafts are offered.
fn is_old(cx: &Ctx<'_>, saved_at: Timestamp) -> bool {
    cx.now.0.saturating_sub(saved_at.0) > limits::DRAFT_HOURS_MAX * 3_600_000
}

impl Session {
    /// A draft goes only when its submission is safe.
    pub(super) fn drop_draft_of(&mut self, id: &SubmissionId, out: &mut Vec<Effect>) {
        if self.complaint.filed.as_ref().is_some_and(|filed| filed.id == *id) {
            self.drop_draft(DraftKey::Complaint, out);
        }
        if self.feedback.sent.as_ref() == Some(id) {
            self.drop_draft(DraftKey::Feedback, out);
        }
        self.drop_rating_draft(id, out);
    }

    /// It goes from the device, and what was about to be saved of it does not follow.
    pub(crate) fn drop_draft(&mut self, key: DraftKey, out: &mut Vec<Effect>) {
        *self.unsaved_since.of(key) = None;
        out.push(Effect::DropDraft(key));
    }

    pub(super) fn draft_loaded(
        &mut self,
        cx: &Ctx<'_>,
        content: DraftContent,
        saved_at: Timestamp,
        out: &mut Vec<Effect>,
    ) {
        let key = match &content {
            DraftContent::Complaint(_) => DraftKey::Complaint,
            DraftContent::Feedback(_) => DraftKey::Feedback,
            DraftContent::Rating(draft) => DraftKey::Rating(draft.key),
        };
        if is_old(cx, saved_at) {
            out.push(Effect::DropDraft(key));
            return;
        }
        if self.renewed.take_if(|own| *own == key).is_some() && self.is_saved(key) {
            // It is the same draft, written on elsewhere: what stands here has become part of it.
            self.unwrite(key);
        }
        (cx.rules.restore)(self, cx, (content, false), out);
    }

    /// Has the device keep a draft as it stands.
    pub(super) fn save_draft(&mut self, cx: &Ctx<'_>, key: DraftKey, out: &mut Vec<Effect>) {
        match key {
            DraftKey::Complaint => self.save_complaint(cx, (), out),
            DraftKey::Feedback => self.save_feedback(cx, (), out),
            DraftKey::Rating(_) => self.save_rating(cx, (), out),
        }
    }

    /// Takes in a draft that was read from the device (`false`) or met there.
    pub(super) fn restore_draft(
        &mut self,
        cx: &Ctx<'_>,
        (content, met): (DraftContent, bool),
        out: &mut Vec<Effect>,
    ) {
        match content {
            DraftContent::Complaint(draft) => self.restore_complaint(cx, (*draft, met), out),
            DraftContent::Feedback(draft) => self.restore_feedback(cx, (draft, met), out),
            DraftContent::Rating(draft) => self.restore_rating(cx, (draft, met), out),
        }
    }

    /// Another page of the site goes on with a draft. Where nothing was written here since it was saved, this one follows; else
    /// its words meet those of the other once they are saved.
    pub(super) fn draft_elsewhere(&mut self, cx: &Ctx<'_>, key: DraftKey, out: &mut Vec<Effect>) {
        let shown = match key {
            DraftKey::Complaint => self.complaint.asked,
            DraftKey::Feedback => self.feedback.asked,
            // Words of both pages meet when this one is saved.
            DraftKey::Rating(_) => false,
        };
        if shown && cx.config.privacy.drafts && self.is_saved(key) {
            self.renewed = Some(key);
            out.push(Effect::LoadDraft(key));
        }
    }

    /// What another page handed in or deleted is neither offered again here nor saved again, unless it was written on.
    pub(super) fn draft_gone(&mut self, key: DraftKey) {
        if self.is_saved(key) {
            self.unwrite(key);
        }
    }

    fn unwrite(&mut self, key: DraftKey) {
        match key {
            DraftKey::Complaint => self.complaint.unwrite(),
            DraftKey::Feedback if self.feedback.sent.is_none() => self.feedback.text.clear(),
            DraftKey::Feedback => {}
            DraftKey::Rating(which) => {
                let same = |run: &&mut Run| {
                    run.drafted && !run.done && (which == 0 || run.key() == DraftKey::Rating(which))
                };
                if let Some(run) = self.survey.as_mut().filter(same) {
                    run.begin_again();
                }
            }
        }
    }

    /// What another page had written is gone from the device: its words come to stand above these.
    pub(super) fn draft_met(
        &mut self,
        cx: &Ctx<'_>,
        content: DraftContent,
        saved_at: Timestamp,
        out: &mut Vec<Effect>,
    ) {
        if !is_old(cx, saved_at) {
            (cx.rules.restore)(self, cx, (content, true), out);
        }
    }

    /// Says that words of another page have come to stand here, and has both kept.
    pub(crate) fn say_met(&mut self, cx: &Ctx<'_>, key: DraftKey, out: &mut Vec<Effect>) {
        out.push(Effect::Announce(Message::plain(MessageKey::ComplaintRestored)));
        Self::save_later(&mut self.unsaved_since, cx, key, out);
    }

    fn is_saved(&mut self, key: DraftKey) -> bool {
        self.unsaved_since.of(key).is_none()
    }

    /// Saves at the next pause; who types on without one has lost two seconds at most when the page goes.
    pub(crate) fn save_later(
        unsaved_since: &mut Unsaved,
        cx: &Ctx<'_>,
        key: DraftKey,
        out: &mut Vec<Effect>,
    ) {
        if !cx.config.privacy.drafts {
            return;
        }
        let since = unsaved_since.of(key).get_or_insert(cx.now);
        let late = cx.now.0.saturating_sub(since.0) >= limits::DRAFT_WAIT_MS_MAX;
        let delay_ms = if late { 0 } else { limits::DRAFT_DELAY_MS };
        out.push(Effect::StartTimer(Timer::SaveDraft(key), delay_ms));
    }
}
