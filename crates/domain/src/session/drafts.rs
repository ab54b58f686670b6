//! Drafts on the device: kept a moment after the last keystroke, offered for a day, gone once what they became is safe.

use super::{Ctx, DraftContent, DraftKey, Effect, Session, Timer};
use crate::calendar::Timestamp;
use crate::limits;
use crate::submission::SubmissionId;

impl Session {
    /// A draft goes only when its submission is safe.
    pub(super) fn drop_draft_of(&self, id: &SubmissionId, out: &mut Vec<Effect>) {
        if self.complaint.filed.as_ref().is_some_and(|filed| filed.id == *id) {
            out.push(Effect::DropDraft(DraftKey::Complaint));
        }
        if self.feedback.sent.as_ref() == Some(id) {
            out.push(Effect::DropDraft(DraftKey::Feedback));
        }
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
        };
        if cx.now.0.saturating_sub(saved_at.0) > limits::DRAFT_HOURS_MAX * 3_600_000 {
            out.push(Effect::DropDraft(key));
            return;
        }
        match content {
            DraftContent::Complaint(draft) => self.restore_complaint(cx, *draft, out),
            DraftContent::Feedback(draft) => self.restore_feedback(cx, draft, out),
        }
    }

    /// Saves at the next pause; who types on without one has lost two seconds at most when the page goes.
    pub(crate) fn save_later(
        unsaved_since: &mut Option<(DraftKey, Timestamp)>,
        cx: &Ctx<'_>,
        key: DraftKey,
        out: &mut Vec<Effect>,
    ) {
        if !cx.config.privacy.drafts {
            return;
        }
        let since = unsaved_since.filter(|(own, _)| *own == key).map_or(cx.now, |(_, at)| at);
        *unsaved_since = Some((key, since));
        let late = cx.now.0.saturating_sub(since.0) >= limits::DRAFT_WAIT_MS_MAX;
        let delay_ms = if late { 0 } else { limits::DRAFT_DELAY_MS };
        out.push(Effect::StartTimer(Timer::SaveDraft(key), delay_ms));
    }
}
