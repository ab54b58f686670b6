//! The complaint on the device, until it is handed in.

use super::{Draft, Step};
use crate::feedback::{above, join, keep};
use crate::session::{Ctx, DraftContent, DraftKey, Effect, Session};

impl Draft {
    /// Lets go of what was written, which has become part of another page's draft.
    pub(crate) fn unwrite(&mut self) {
        if self.filed.is_none() {
            let (tray, rated) = (std::mem::take(&mut self.tray), self.rated);
            *self = Self { asked: true, tray, rated, ..Self::default() };
        }
    }

    /// Takes in what another page had written about it, above what stands here. Whether there was anything new.
    pub(crate) fn meet(&mut self, other: Self) -> bool {
        let words = self.filed.is_none() && above(&mut self.words, other.words);
        let effect = self.filed.is_none() && above(&mut self.effect, other.effect);
        if words || effect {
            // What was read back is no longer all of it.
            (self.step, self.correcting, self.restored) = (Step::Listen, false, true);
        }
        words || effect
    }
}

impl Session {
    /// Has the device keep it, until it is handed in.
    pub fn save_complaint(&mut self, _cx: &Ctx<'_>, _fact: (), out: &mut Vec<Effect>) {
        if self.complaint.filed.is_none() {
            out.push(Effect::SaveDraft(DraftContent::Complaint(Box::new(self.complaint.clone()))));
        }
    }

    /// A draft from the device, and below it what was said here before it came. One that was met there comes to stand above.
    pub fn restore_complaint(
        &mut self,
        cx: &Ctx<'_>,
        (mut draft, met): (Draft, bool),
        out: &mut Vec<Effect>,
    ) {
        if met {
            if self.complaint.meet(draft) {
                self.say_met(cx, DraftKey::Complaint, out);
            }
            return;
        }
        if self.complaint.filed.is_some() || draft.words.is_empty() || draft.step == Step::Promise {
            return;
        }
        let here = &mut self.complaint;
        if join(&mut draft.words, &here.words) {
            draft.step = Step::Listen;
            Self::save_later(&mut self.unsaved_since, cx, DraftKey::Complaint, out);
        }
        join(&mut draft.effect, &here.effect);
        keep(&mut draft.order, std::mem::take(&mut here.order));
        keep(&mut draft.product, std::mem::take(&mut here.product));
        if !here.tray.files.is_empty() || here.tray.reading {
            draft.tray = std::mem::take(&mut here.tray);
        }
        draft.rated = here.rated.or(draft.rated);
        *here = Draft { restored: true, asked: true, errors: Vec::new(), filed: None, ..draft };
    }
}
