//! What lies on this device and was never received: what waits, what was sent back, what is past its age. Its customer
//! reads it, copies it, has it sent, deletes one of it, or deletes everything.

use crate::attachment::whereabouts;
use crate::calendar::Timestamp;
use crate::complaint;
use crate::delivery::{Change, DeliveryState, sentence};
use crate::feedback;
use crate::message::{Message, MessageKey};
use crate::session::{self, Ctx, DraftKey, Effect, Field, Focus, Session, Unsaved};
use crate::status;
use crate::submission::{Kind, SubmissionId};
use crate::view::View;

/// Something that was handed in and not received, perhaps by an earlier page view.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    /// Which.
    pub id: SubmissionId,
    /// Of what kind.
    pub kind: Kind,
    /// The complaint's reference, or that of the complaint it is about; empty for the others.
    pub reference: String,
    /// When it was handed in.
    pub written_at: Timestamp,
    /// Where it is.
    pub state: DeliveryState,
    /// The customer's own words; empty when a tap said it all.
    pub words: String,
    /// The name of a file that goes with a complaint; empty for all else.
    pub file: String,
}

/// What the screen shows of it.
#[derive(Debug, Default)]
pub struct Shelf {
    /// All of it, newest first.
    pub items: Vec<Kept>,
    /// The one that is looked at. It stays here when it was received meanwhile, so that the screen can say so.
    pub opened: Option<Kept>,
    /// Whether the question stands there that comes before deleting: the one that is looked at, else everything.
    pub question: bool,
    /// Whether the customer asked to send it and nothing has come of it yet.
    pub pressed: bool,
    /// Whether the words were copied, once that was tried.
    pub copied: Option<bool>,
    /// What came of deleting.
    pub said: Option<MessageKey>,
    /// What had come back when its customer looked.
    seen: Vec<SubmissionId>,
    /// Whether the menu has said aloud that something came back.
    told: bool,
}

/// What the customer does, and what the device answers.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Looks at one.
    Chosen(usize),
    /// Wants it sent now.
    SendPressed,
    /// Wants the words.
    CopyPressed,
    /// The words were copied, or the browser would not.
    CopyDone(bool),
    /// Wants it deleted, or everything.
    DeletePressed,
    /// Would rather keep it.
    DeleteDeclined,
    /// Means it.
    DeleteConfirmed,
    /// The browser deleted it (`None`: everything), or would not.
    Deleted(Option<SubmissionId>, bool),
}

impl Kept {
    /// Whether nobody sends it unless its customer asks.
    pub fn is_given_back(&self) -> bool {
        self.state.is_given_back()
    }

    /// The sentence for the screen. On the customer's own screens it says more of what was given back than beside the
    /// form, which lays out the words and the ways to a person itself.
    pub fn sentence(&self) -> Message {
        if !self.file.is_empty() {
            return whereabouts(self.state, &self.file);
        }
        match self.state {
            DeliveryState::Rejected => Message::plain(MessageKey::KeptRefused),
            DeliveryState::Expired => Message::plain(MessageKey::KeptExpired),
            DeliveryState::Pending
            | DeliveryState::Unsaved
            | DeliveryState::Stored
            | DeliveryState::Sending
            | DeliveryState::Sent
            | DeliveryState::Held => sentence(self.state, &self.reference),
        }
    }

    /// What a press on the way to send it is answered with.
    fn asked(&self) -> Message {
        if self.file.is_empty() {
            return Message::plain(MessageKey::KeptAsked);
        }
        // What no store would take is still the page's alone.
        let state = if self.state == DeliveryState::Unsaved { self.state } else { DeliveryState::Stored };
        whereabouts(state, &self.file)
    }
}

impl Shelf {
    /// Leaves the one that is looked at. Whether there was one.
    pub(crate) fn close(&mut self) -> bool {
        let (items, seen) = (std::mem::take(&mut self.items), std::mem::take(&mut self.seen));
        let opened = self.opened.is_some();
        *self = Self { items, seen, told: self.told, ..Self::default() };
        opened
    }

    /// Whether something came back since its customer looked. What was sent in passing is missed by nobody.
    pub fn has_news(&self) -> bool {
        let is_news =
            |item: &Kept| item.is_given_back() && item.kind != Kind::Signal && !self.seen.contains(&item.id);
        self.items.iter().any(is_news)
    }

    /// Its customer has seen what is here.
    pub(crate) fn look(&mut self) {
        self.seen.clear();
        for item in &self.items {
            if item.is_given_back() {
                self.seen.push(item.id.clone());
            }
        }
    }

    /// Looks at one.
    pub(crate) fn open(&mut self, item: Kept, out: &mut Vec<Effect>) {
        self.close();
        self.opened = Some(item);
        out.push(Effect::MoveFocus(Focus::Title));
    }

    /// The sentence for the one that is looked at: a press is answered at once, and truly.
    pub fn sentence(&self, item: &Kept) -> Message {
        let waits = item.state != DeliveryState::Sending && item.state != DeliveryState::Sent;
        if self.pressed && waits { item.asked() } else { item.sentence() }
    }

    /// What the question before deleting says: it is true of the state it is asked in.
    pub fn question_key(&self) -> MessageKey {
        match &self.opened {
            None => MessageKey::KeptDeleteAllSure,
            Some(item) if item.state == DeliveryState::Sending => MessageKey::KeptDeleteSending,
            Some(_) => MessageKey::KeptDeleteSure,
        }
    }
}

fn announce(key: MessageKey) -> Effect {
    Effect::Announce(Message::plain(key))
}

impl Session {
    #[inline(never)]
    pub(crate) fn step_kept(&mut self, action: Action, out: &mut Vec<Effect>) {
        let shelf = &mut self.status.kept;
        match action {
            Action::Chosen(at) => {
                if let Some(item) = shelf.items.get(at).cloned() {
                    shelf.open(item, out);
                }
            }
            Action::SendPressed => {
                if let Some(item) = &shelf.opened {
                    shelf.pressed = true;
                    out.push(Effect::SendNow(item.id.clone()));
                    out.push(Effect::Announce(item.asked()));
                }
            }
            Action::CopyPressed => {
                if let Some(item) = &shelf.opened {
                    out.push(Effect::CopyWords(item.words.clone()));
                }
            }
            Action::CopyDone(done) => {
                shelf.copied = Some(done);
                out.push(announce(if done {
                    MessageKey::ComplaintPromiseCopied
                } else {
                    MessageKey::ComplaintPromiseCopyYourself
                }));
            }
            Action::DeletePressed => {
                shelf.question = true;
                out.push(Effect::MoveFocus(Focus::Field(Field::DeleteQuestion)));
            }
            Action::DeleteDeclined => {
                shelf.question = false;
                shelf.said = None;
                out.push(Effect::MoveFocus(Focus::Field(Field::Delete)));
            }
            Action::DeleteConfirmed => out.push(match &shelf.opened {
                Some(item) => Effect::Remove(item.id.clone()),
                None => {
                    // Nothing that was typed just now is saved behind it.
                    self.unsaved_since = Unsaved::default();
                    Effect::EraseDevice
                }
            }),
            Action::Deleted(id, done) => self.deleted(id.as_ref(), done, out),
        }
    }

    /// Whether a report of the sender concerns anything that is here: others tell of what they deleted.
    pub fn heeds(&self, report: &session::Action) -> bool {
        let session::Action::Status(status::Action::Kept(Action::Deleted(Some(id), true))) = report else {
            return true;
        };
        let shelf = &self.status.kept;
        self.deliveries.of(id).is_some()
            || self.uploads.iter().any(|upload| upload.file.id == *id)
            || self.survey.as_ref().is_some_and(|run| run.sent.as_ref() == Some(id))
            || shelf.items.iter().chain(&shelf.opened).any(|item| item.id == *id)
    }

    /// The question stands until the browser has answered, and again if it would not.
    fn deleted(&mut self, id: Option<&SubmissionId>, done: bool, out: &mut Vec<Effect>) {
        let shelf = &mut self.status.kept;
        let looked_at = shelf.opened.as_ref().map(|item| &item.id) == id;
        // Another tab may have deleted the one that is looked at.
        let seen = done && id.is_some() && self.view == Some(View::Status);
        let asked = looked_at && (shelf.question || seen);
        if done {
            match id {
                Some(id) => {
                    if !asked && self.deliveries.of(id).is_some() {
                        // What was said of it last, that it is saved, is true no more.
                        out.push(announce(MessageKey::KeptDeleted));
                    }
                    self.leave_no_trace(id, out);
                }
                // The page may have asked for it while the customer is at another screen.
                None if asked => self.empty(out),
                None => {}
            }
        }
        if !asked {
            return;
        }
        let shelf = &mut self.status.kept;
        if done {
            shelf.close();
            self.view = Some(View::Status);
            out.push(Effect::MoveFocus(Focus::Title));
        }
        let said = if done { MessageKey::KeptDeleted } else { MessageKey::KeptHeldOn };
        self.status.kept.said = Some(said);
        out.push(announce(said));
    }

    /// No screen speaks any more of what was deleted, and its draft does not come back.
    fn leave_no_trace(&mut self, id: &SubmissionId, out: &mut Vec<Effect>) {
        let shelf = &mut self.status.kept;
        shelf.items.retain(|item| item.id != *id);
        if shelf.opened.as_ref().is_some_and(|item| item.id == *id) {
            shelf.close();
        }
        out.extend(self.deliveries.of(id).and_then(|own| own.draft).map(Effect::DropDraft));
        self.deliveries.forget(id);
        // A complaint takes its files along.
        self.uploads.retain(|upload| upload.file.id != *id && upload.of != *id);
        if self.feedback.sent.as_ref() == Some(id) {
            self.feedback = feedback::Draft::default();
            self.drop_draft(DraftKey::Feedback, out);
        }
        if self.complaint.filed.as_ref().is_some_and(|filed| filed.id == *id) {
            self.complaint = complaint::Draft::default();
            self.drop_draft(DraftKey::Complaint, out);
        }
        if let Some(run) = self.survey.take_if(|run| run.sent.as_ref() == Some(id))
            && run.drafted
        {
            self.drop_draft(run.key(), out);
        }
        out.push(Effect::KeepPageOpen(self.any_unsaved()));
    }

    /// Forgets what the customer said and is; what the page says it is about stays.
    pub(crate) fn empty(&mut self, out: &mut Vec<Effect>) {
        let open = self.open;
        let context = std::mem::take(&mut self.context);
        *self = Self { open, context, ..Self::default() };
        out.push(Effect::KeepPageOpen(false));
    }

    /// A complaint that this device keeps is looked at instead of looked up.
    pub(crate) fn look_at_kept(&mut self, reference: &str, out: &mut Vec<Effect>) -> bool {
        let shelf = &mut self.status.kept;
        let found =
            shelf.items.iter().find(|item| item.kind == Kind::Complaint && item.reference == reference);
        match found.cloned() {
            Some(item) => {
                shelf.open(item, out);
                true
            }
            None => false,
        }
    }

    /// What lies on this device was read.
    pub(crate) fn kept_loaded(&mut self, items: Vec<Kept>, out: &mut Vec<Effect>) {
        let Shelf { items: before, seen, .. } = &mut self.status.kept;
        // What comes back once more is news once more.
        seen.retain(|id| items.iter().any(|item| item.id == *id && item.is_given_back()));
        *before = items;
        self.tell_news(out);
    }

    /// Any screen but the one that shows it only notes what the sender reports, for the menu to be true.
    pub(crate) fn kept_noted(&mut self, change: &Change, out: &mut Vec<Effect>) {
        let menu = self.view() == View::Menu;
        let shelf = &mut self.status.kept;
        match shelf.items.iter_mut().find(|item| item.id == change.id) {
            Some(item) if item.state != change.state => {
                item.state = change.state;
                shelf.seen.retain(|id| *id != change.id);
            }
            None if menu && change.state.is_given_back() => out.push(Effect::LoadKnown),
            Some(_) | None => {}
        }
        self.tell_news(out);
    }

    /// A voice says it once, where the menu says it.
    fn tell_news(&mut self, out: &mut Vec<Effect>) {
        let shown = self.open && self.view() == View::Menu;
        let shelf = &mut self.status.kept;
        let news = shelf.has_news();
        if news && shown && !shelf.told {
            out.push(announce(MessageKey::MenuReturned));
        }
        shelf.told = news && (shown || shelf.told);
    }

    /// The status screen, where it shows, follows what the sender reports, also of what an earlier page view handed in.
    pub fn kept_changed(&mut self, _cx: &Ctx<'_>, change: Change, out: &mut Vec<Effect>) {
        let shelf = &mut self.status.kept;
        // What was said at a report just now is to be in the list that lies behind it.
        if change.state == DeliveryState::Sent || !shelf.items.iter().any(|item| item.id == change.id) {
            out.push(Effect::LoadKnown);
        }
        let mut said = None;
        for item in shelf.items.iter_mut().chain(&mut shelf.opened) {
            if item.id != change.id || item.state == change.state {
                continue;
            }
            // A try has ended: from here on the sentence of the state is the answer to the press.
            let ended = item.state == DeliveryState::Sending;
            item.state = change.state;
            if let Some(reference) = change.receipt.as_ref().and_then(|receipt| receipt.reference.as_ref()) {
                item.reference.clone_from(reference);
            }
            said = Some((item.sentence(), ended));
        }
        let Some((sentence, ended)) = said else { return };
        let looked_at = shelf.opened.as_ref().is_some_and(|item| item.id == change.id);
        if looked_at && ended {
            shelf.pressed = false;
        }
        if looked_at && change.state == DeliveryState::Sent && std::mem::take(&mut shelf.question) {
            // Whoever was about to answer the question finds it gone: there is nothing left here to delete.
            out.push(Effect::MoveFocus(Focus::Title));
        }
        if looked_at || change.state == DeliveryState::Sent {
            out.push(Effect::Announce(sentence));
        }
    }
}
