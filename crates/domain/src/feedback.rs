//! Praise, an idea, a question: words, and if wanted a topic and a way back.

use crate::complaint::context_text;
use crate::limits;
use crate::message::{Message, MessageKey, cut};
use crate::session::{Ctx, DraftContent, DraftKey, Effect, Field, Focus, Session, bounded};
use crate::submission::{Body, Feedback, SubmissionId, Topic};
use crate::view::View;

/// Feedback in the making.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draft {
    /// What it is.
    pub topic: Option<Topic>,
    /// The words.
    pub text: String,
    /// Whether it was to be sent without words.
    pub text_missing: bool,
    /// Whether the e-mail address is unfinished.
    pub email_unclear: bool,
    /// Whether this came back from the device.
    pub restored: bool,
    /// Whether the device was asked for a draft since this began.
    pub asked: bool,
    /// Set once it was handed in.
    pub sent: Option<SubmissionId>,
}

/// What the customer does.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Chooses a topic.
    TopicChosen(Topic),
    /// Types.
    TextChanged(String),
    /// Hands it in.
    SendPressed,
    /// Says something more.
    StartAfresh,
    /// Would rather make it a complaint; the words come along.
    ComplaintChosen,
}

impl Draft {
    /// Takes in what another page had written, above what stands here. Whether there was anything new.
    pub(crate) fn meet(&mut self, other: &str) -> bool {
        let new = self.sent.is_none() && above(&mut self.text, other.to_owned());
        self.restored |= new;
        new
    }
}

impl Session {
    /// Fills in what the page knows, over what its context said before, and never over what the customer typed.
    pub(crate) fn prefill(&mut self, words: String, order: String, product: String) {
        let draft = &mut self.complaint;
        if draft.filed.is_none() {
            for (name, mine, theirs) in
                [("order", &mut draft.order, order), ("product", &mut draft.product, product)]
            {
                if mine.is_empty() || (!theirs.is_empty() && *mine == context_text(&self.context, name)) {
                    *mine = theirs;
                }
            }
        }
        let complaining = self.view == Some(View::Complaint);
        keep(if complaining { &mut self.complaint.words } else { &mut self.feedback.text }, words);
    }

    /// Has the device keep it, until it is handed in.
    pub fn save_feedback(&mut self, _cx: &Ctx<'_>, _fact: (), out: &mut Vec<Effect>) {
        if self.feedback.sent.is_none() {
            out.push(Effect::SaveDraft(DraftContent::Feedback(self.feedback.clone())));
        }
    }

    /// A draft from the device, and below it what was said here before it came. One that was met there comes to stand above.
    pub fn restore_feedback(&mut self, cx: &Ctx<'_>, (mut draft, met): (Draft, bool), out: &mut Vec<Effect>) {
        if met {
            if self.feedback.meet(&draft.text) {
                self.say_met(cx, DraftKey::Feedback, out);
            }
            return;
        }
        if self.feedback.sent.is_some() || draft.text.is_empty() {
            return;
        }
        let here = &mut self.feedback;
        if join(&mut draft.text, &here.text) {
            Self::save_later(&mut self.unsaved_since, cx, DraftKey::Feedback, out);
        }
        *here = Draft { restored: true, asked: true, sent: None, topic: here.topic.or(draft.topic), ..draft };
    }

    /// Applies what the customer does.
    pub fn step_feedback(&mut self, cx: &Ctx<'_>, action: Action, out: &mut Vec<Effect>) {
        match action {
            Action::TopicChosen(topic) => self.feedback.topic = Some(topic),
            Action::TextChanged(text) => {
                self.feedback.text = bounded(&text, limits::TEXT_CHARS_MAX);
                self.feedback.text_missing = false;
                Self::save_later(&mut self.unsaved_since, cx, DraftKey::Feedback, out);
            }
            Action::SendPressed => self.send_feedback(cx, out),
            Action::StartAfresh => {
                self.feedback = Draft { asked: true, ..Draft::default() };
                self.drop_draft(DraftKey::Feedback, out);
                out.push(Effect::MoveFocus(Focus::Field(Field::FeedbackText)));
            }
            Action::ComplaintChosen => {
                let words = self.feedback.text.clone();
                self.carry_to_complaint(cx, &words, out);
                if said(&self.complaint.words, words.trim()) {
                    self.feedback.text.clear();
                    // After the complaint's, so that the device holds the words all the while.
                    Self::save_later(&mut self.unsaved_since, cx, DraftKey::Feedback, out);
                }
            }
        }
    }

    fn send_feedback(&mut self, cx: &Ctx<'_>, out: &mut Vec<Effect>) {
        if self.feedback.sent.is_some() {
            return;
        }
        self.feedback.text_missing = self.feedback.text.trim().is_empty();
        self.feedback.email_unclear = !email_fits(&self.customer.email);
        let wanting = if self.feedback.text_missing {
            Some((Field::FeedbackText, MessageKey::FeedbackTextMissing))
        } else if self.feedback.email_unclear {
            Some((Field::Email, MessageKey::ContactEmailUnclear))
        } else {
            None
        };
        if let Some((field, key)) = wanting {
            out.push(Effect::MoveFocus(Focus::Field(field)));
            out.push(Effect::Announce(Message::plain(key)));
            return;
        }
        let id = (cx.fresh_id)();
        let body = Body::Feedback(Feedback {
            text: self.feedback.text.trim().to_owned(),
            topic: self.feedback.topic,
        });
        self.hand_in(cx, id.clone(), body, None, out);
        self.feedback.sent = Some(id);
        out.push(Effect::MoveFocus(Focus::Title));
    }
}

/// Adds words to what stands there, up to the bound. What is said there already is not said twice. Whether it changed.
pub(crate) fn join(words: &mut String, more: &str) -> bool {
    let more = more.trim();
    if said(words, more) {
        return false;
    }
    if !words.is_empty() {
        words.push_str("\n\n");
    }
    words.push_str(more);
    *words = bounded(words, limits::TEXT_CHARS_MAX);
    true
}

/// Puts words above what stands there, where whoever is typing goes on. What is said there already is not said twice.
pub(crate) fn above(words: &mut String, mut other: String) -> bool {
    if said(words, other.trim()) {
        return false;
    }
    join(&mut other, words);
    *words = other;
    true
}

/// Whether words say this already.
fn said(words: &str, more: &str) -> bool {
    more.is_empty() || cut(words, more).is_some()
}

/// Fills an empty field; what stands in it is never overwritten.
pub(crate) fn keep(mine: &mut String, theirs: String) {
    if mine.is_empty() {
        *mine = theirs;
    }
}

/// An address is left empty or has something on both sides of its at sign. More is for the mail server to say.
pub(crate) fn email_fits(email: &str) -> bool {
    let email = email.trim();
    email.is_empty()
        || cut(email, "@").is_some_and(|(name, host)| {
            !name.is_empty()
                && cut(host, ".").is_some_and(|(before, _)| !before.is_empty())
                && !host.ends_with(".")
                && cut(email, " ").is_none()
        })
}
