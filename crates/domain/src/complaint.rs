//! The complaint: Listen, Recap, Apologise, Resolve, and the promise at the end. Only the words are needed.

mod draft;
mod filing;
pub mod urgent;

pub use filing::Filed;

use crate::attachment::Tray;
use crate::calendar::CivilDate;
use crate::feedback::{join, keep};
use crate::limits;
use crate::message::{Message, MessageKey, push_whole};
use crate::session::{Ctx, DraftKey, Effect, Field, Focus, Session, bounded};
use crate::submission::{Context, Scalar};
use crate::survey::toggle;

/// Where the customer is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Step {
    /// Say what happened, uninterrupted (listen-first).
    #[default]
    Listen,
    /// Read it back, correct it in place (recap).
    Recap,
    /// One sentence in the owner's name (apologise).
    Apologise,
    /// What would put it right, and how to reach the customer (resolve).
    Resolve,
    /// Reference, owner, promised date, copy (keep-promises).
    Promise,
}

impl Step {
    /// In order.
    pub const ALL: [Self; 5] = [Self::Listen, Self::Recap, Self::Apologise, Self::Resolve, Self::Promise];
}

/// What has to be looked at again before it goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldError {
    /// There are no words yet.
    WordsMissing,
    /// The e-mail address is unfinished.
    EmailUnclear,
    /// The day lies ahead or is no day.
    SinceUnclear,
    /// The browser is still reading what was chosen.
    FilesReading,
}

/// A complaint in the making.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draft {
    /// Where the customer is.
    pub step: Step,
    /// The customer's own words.
    pub words: String,
    /// Order, empty when unknown.
    pub order: String,
    /// Product, empty when unknown.
    pub product: String,
    /// Since when, `2026-11-14` as a date field gives it; empty when unsaid.
    pub since: String,
    /// What it caused.
    pub effect: String,
    /// Safety, money or health is at risk now.
    pub urgent: bool,
    /// Written for somebody else.
    pub on_behalf: bool,
    /// Whether the recap is being corrected.
    pub correcting: bool,
    /// How often it was corrected.
    pub corrections: u32,
    /// Ids of chosen outcomes.
    pub outcomes: Vec<String>,
    /// An outcome in the customer's own words.
    pub outcome_text: String,
    /// What has to be looked at again.
    pub errors: Vec<FieldError>,
    /// Whether this came back from the device.
    pub restored: bool,
    /// Whether the device was asked for a draft since this began.
    pub asked: bool,
    /// The low rating that it came out of: the score, and the highest there is.
    pub rated: Option<(u8, u8)>,
    /// Set once it was handed in.
    pub filed: Option<Filed>,
    /// The files that go along.
    pub tray: Tray,
    /// Whether the copy was made; `None` before it was asked for.
    pub copied: Option<bool>,
}

/// What the customer does.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Types the words.
    WordsChanged(String),
    /// Types the order.
    OrderChanged(String),
    /// Types the product.
    ProductChanged(String),
    /// Chooses since when.
    SinceChanged(String),
    /// Types what it caused.
    EffectChanged(String),
    /// Says whether somebody or something is at risk.
    UrgentSet(bool),
    /// Says whether it is for somebody else.
    OnBehalfSet(bool),
    /// Is done telling.
    Told,
    /// "Yes, that's right."
    Confirmed,
    /// "Let me correct it."
    CorrectPressed,
    /// The correction is done.
    Corrected,
    /// Goes on from the apology.
    ApologyRead,
    /// Chooses an outcome, or takes it back.
    OutcomeToggled(String),
    /// Types an own outcome.
    OutcomeTextChanged(String),
    /// Hands it in.
    SendPressed,
    /// Starts a new one.
    StartAfresh,
    /// Asks for a copy.
    CopyPressed(crate::session::CopyForm),
}

impl Draft {
    /// Whether it is being told, or corrected.
    pub(crate) fn is_told(&self) -> bool {
        self.step == Step::Listen || (self.step == Step::Recap && self.correcting)
    }

    /// Each action belongs to its step; a late one (a double click, a slow render) changes nothing. What was handed in
    /// stays as it was handed in.
    fn takes(&self, action: &Action) -> bool {
        let telling = self.is_told();
        match action {
            Action::WordsChanged(_)
            | Action::OrderChanged(_)
            | Action::ProductChanged(_)
            | Action::SinceChanged(_)
            | Action::EffectChanged(_)
            | Action::UrgentSet(_)
            | Action::OnBehalfSet(_) => telling,
            Action::Told => self.step == Step::Listen,
            Action::Confirmed | Action::CorrectPressed => self.step == Step::Recap && !self.correcting,
            Action::Corrected => self.correcting,
            Action::ApologyRead => self.step == Step::Apologise,
            Action::OutcomeToggled(_) | Action::OutcomeTextChanged(_) | Action::SendPressed => {
                self.step == Step::Resolve
            }
            Action::StartAfresh => true,
            Action::CopyPressed(_) => self.step == Step::Promise,
        }
    }
}

impl Session {
    /// Applies what the customer does.
    pub fn step_complaint(&mut self, cx: &Ctx<'_>, action: Action, out: &mut Vec<Effect>) {
        if !self.complaint.takes(&action) {
            return;
        }
        let draft = &mut self.complaint;
        match action {
            Action::WordsChanged(text) => {
                draft.words = bounded(&text, limits::TEXT_CHARS_MAX);
                draft.errors.retain(|error| *error != FieldError::WordsMissing);
                Self::suggest_later(cx, out);
            }
            Action::OrderChanged(text) => draft.order = bounded(&text, limits::FIELD_CHARS_MAX),
            Action::ProductChanged(text) => draft.product = bounded(&text, limits::FIELD_CHARS_MAX),
            Action::SinceChanged(text) => {
                draft.since = bounded(&text, 10);
                draft.errors.retain(|error| *error != FieldError::SinceUnclear);
            }
            Action::EffectChanged(text) => draft.effect = bounded(&text, limits::TEXT_CHARS_MAX),
            Action::UrgentSet(urgent) => {
                draft.urgent = urgent;
                if urgent {
                    // What it opens may lie below the edge; the focus stays where the next press is.
                    out.push(Effect::MoveFocus(Focus::Sight(Field::Urgent)));
                    out.push(Effect::Announce(Message::plain(MessageKey::ComplaintUrgentSaid)));
                }
            }
            Action::OnBehalfSet(on_behalf) => draft.on_behalf = on_behalf,
            Action::OutcomeToggled(id) => toggle(&mut draft.outcomes, id),
            Action::OutcomeTextChanged(text) => draft.outcome_text = bounded(&text, limits::TEXT_CHARS_MAX),
            Action::Told => self.told(cx, out),
            Action::Confirmed => self.confirmed(cx, out),
            Action::CorrectPressed => {
                draft.correcting = true;
                out.push(Effect::MoveFocus(Focus::Field(Field::Words)));
            }
            Action::Corrected => self.corrected(cx, out),
            Action::ApologyRead => self.go(Step::Resolve, out),
            Action::SendPressed => self.file(cx, out),
            Action::StartAfresh => self.start_complaint(out),
            Action::CopyPressed(form) => out.push(Effect::KeepCopy(form)),
        }
        if self.complaint.filed.is_none() {
            Self::save_later(&mut self.unsaved_since, cx, DraftKey::Complaint, out);
        }
    }

    fn go(&mut self, step: Step, out: &mut Vec<Effect>) {
        self.complaint.step = step;
        out.push(Effect::MoveFocus(Focus::Title));
    }

    fn told(&mut self, cx: &Ctx<'_>, out: &mut Vec<Effect>) {
        if self.check_story(cx, out) {
            self.go(Step::Recap, out);
        }
    }

    /// Who left a correction by the way back may have left something unclear in it.
    fn confirmed(&mut self, cx: &Ctx<'_>, out: &mut Vec<Effect>) {
        if self.check_story(cx, out) {
            self.go(Step::Apologise, out);
        } else {
            self.complaint.correcting = true;
        }
    }

    fn corrected(&mut self, cx: &Ctx<'_>, out: &mut Vec<Effect>) {
        if self.check_story(cx, out) {
            self.complaint.correcting = false;
            self.complaint.corrections += 1;
            out.push(Effect::MoveFocus(Focus::Title));
        }
    }

    /// Checks what was told; on an error the focus goes to the first field that wants a look.
    fn check_story(&mut self, cx: &Ctx<'_>, out: &mut Vec<Effect>) -> bool {
        let draft = &mut self.complaint;
        draft.errors.clear();
        if draft.words.trim().is_empty() {
            draft.errors.push(FieldError::WordsMissing);
        }
        if !draft.since.is_empty() {
            let today = crate::calendar::local(cx.now, cx.zone).0;
            // A customer east of the company may already live tomorrow.
            let reachable = CivilDate::parse_iso(&draft.since).is_some_and(|day| day <= today.plus_days(1));
            if !reachable {
                draft.errors.push(FieldError::SinceUnclear);
            }
        }
        if draft.tray.reading {
            draft.errors.push(FieldError::FilesReading);
        }
        self.report_errors(out)
    }

    fn report_errors(&self, out: &mut Vec<Effect>) -> bool {
        let Some(first) = self.complaint.errors.first() else { return true };
        let (field, key) = match first {
            FieldError::WordsMissing => (Field::Words, MessageKey::ComplaintWordsMissing),
            FieldError::EmailUnclear => (Field::Email, MessageKey::ContactEmailUnclear),
            FieldError::SinceUnclear => (Field::Since, MessageKey::ComplaintSinceUnclear),
            FieldError::FilesReading => (Field::Files, MessageKey::ComplaintFilesReading),
        };
        out.push(Effect::MoveFocus(Focus::Field(field)));
        out.push(Effect::Announce(Message::plain(key)));
        false
    }

    /// Whether there was a step to go back to. Nothing is lost by going back.
    pub(crate) fn complaint_back(&mut self) -> bool {
        let draft = &mut self.complaint;
        if draft.correcting {
            draft.correcting = false;
            if draft.words.trim().is_empty() {
                draft.step = Step::Listen;
            }
            return true;
        }
        draft.step = match draft.step {
            Step::Listen | Step::Promise => return false,
            Step::Recap => Step::Listen,
            Step::Apologise => Step::Recap,
            Step::Resolve => Step::Apologise,
        };
        true
    }

    pub(crate) fn show_complaint(&mut self, cx: &Ctx<'_>, out: &mut Vec<Effect>) {
        self.leave_filed();
        self.prefill_complaint();
        if cx.config.privacy.drafts && (!self.complaint.asked || self.complaint.words.is_empty()) {
            self.complaint.asked = true;
            out.push(Effect::LoadDraft(DraftKey::Complaint));
        }
    }

    /// What was handed in is done with: the next complaint is about something else.
    fn leave_filed(&mut self) {
        if self.complaint.filed.is_some() {
            self.complaint = Draft::default();
            self.detach_article();
        }
    }

    fn start_complaint(&mut self, out: &mut Vec<Effect>) {
        for file in std::mem::take(&mut self.complaint.tray.files) {
            out.push(Effect::DropFile(file.id));
        }
        self.complaint = Draft { asked: true, ..Draft::default() };
        self.detach_article();
        self.prefill_complaint();
        self.drop_draft(DraftKey::Complaint, out);
        out.push(Effect::MoveFocus(Focus::Field(Field::Words)));
    }

    /// Never ask for what is known (easy-to-do-business).
    fn prefill_complaint(&mut self) {
        keep(&mut self.complaint.order, context_text(&self.context, "order"));
        keep(&mut self.complaint.product, context_text(&self.context, "product"));
    }

    /// Opens Listen with what was said elsewhere, so that nothing is typed twice.
    pub(crate) fn carry_to_complaint(&mut self, cx: &Ctx<'_>, words: &str, out: &mut Vec<Effect>) {
        self.leave_filed();
        let draft = &mut self.complaint;
        if join(&mut draft.words, words) {
            (draft.step, draft.correcting) = (Step::Listen, false);
            Self::save_later(&mut self.unsaved_since, cx, DraftKey::Complaint, out);
        }
        self.show(cx, crate::view::View::Complaint, out);
    }
}

/// A value of the page's context as text; empty when there is none.
pub fn context_text(context: &Context, name: &str) -> String {
    let value = context.iter().find(|(key, _)| key == name).map(|(_, value)| value);
    match value {
        Some(Scalar::Text(text)) => bounded(text, limits::FIELD_CHARS_MAX),
        Some(Scalar::Number(number)) if number.trunc() == *number && number.abs() < 9e15 => {
            let mut out = String::from(if *number < 0.0 { "-" } else { "" });
            push_whole(&mut out, (*number as i64).unsigned_abs());
            out
        }
        Some(Scalar::Number(_) | Scalar::Flag(_)) | None => String::new(),
    }
}
