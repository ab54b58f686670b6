//! The whole widget as one state machine: facts in, orders out. Each screen keeps its own state and its own rules
//! in its own file; this one only routes.

mod action;
mod asking;
mod contact;
mod drafts;
mod effect;
mod rules;

pub use action::{Action, CustomerField};
pub use drafts::Unsaved;
pub use effect::{CopyForm, DraftContent, DraftKey, Effect, Field, Focus, HostEvent, Timer};
pub use rules::{FaqFile, Rule, Rules};

use crate::answers::Answers;
use crate::attachment::Upload;
use crate::calendar::{Timestamp, Zone};
use crate::complaint;
use crate::config::Config;
use crate::delivery::{Change, Deliveries, DeliveryState};
use crate::feedback;
use crate::limits;
use crate::status::Status;
use crate::submission::{Body, Context, Customer, Kind, Page, Submission, SubmissionId};
use crate::survey::Run;
use crate::view::View;

/// What a step may know besides the state. Built by the shell for each step, never stored.
pub struct Ctx<'a> {
    /// The time.
    pub now: Timestamp,
    /// Makes an id.
    pub fresh_id: &'a dyn Fn() -> SubmissionId,
    /// The company's time zone.
    pub zone: &'a dyn Zone,
    /// What the company chose.
    pub config: &'a Config,
    /// Language of the widget.
    pub locale: &'a str,
    /// Origin of the page.
    pub site: &'a str,
    /// The page.
    pub page: &'a Page,
    /// The rules of the screens.
    pub rules: &'a Rules,
}

/// Everything the widget knows.
#[derive(Debug, Default)]
pub struct Session {
    /// Whether the panel stands open (an inline widget always does).
    pub open: bool,
    /// The screen.
    pub view: Option<View>,
    /// The survey that is being answered.
    pub survey: Option<Run>,
    /// Praise, idea or question.
    pub feedback: feedback::Draft,
    /// The FAQ.
    pub answers: Answers,
    /// The complaint.
    pub complaint: complaint::Draft,
    /// Complaints from before.
    pub status: Status,
    /// What the page says it is about.
    pub context: Context,
    /// What is known of the customer.
    pub customer: Customer,
    /// What was handed in.
    pub deliveries: Deliveries,
    /// The files that went along.
    pub uploads: Vec<Upload>,
    /// Since when each draft is other than the device has it.
    pub unsaved_since: Unsaved,
    /// The draft that another page has saved since, until it is read.
    pub renewed: Option<DraftKey>,
}

impl Session {
    /// The screen that shows.
    pub fn view(&self) -> View {
        self.view.unwrap_or(View::Menu)
    }

    /// Applies one fact and returns what the shell must do, in order.
    pub fn step(&mut self, cx: &Ctx<'_>, action: Action) -> Vec<Effect> {
        let mut out = Vec::new();
        match action {
            Action::Opened(view) => {
                self.opened(cx, view, &mut out);
                self.want_rating(cx, &mut out);
            }
            Action::Closed => self.closed(cx, &mut out),
            Action::ClosePressed => {
                out.push(Effect::HidePanel);
                self.closed(cx, &mut out);
            }
            Action::BackPressed => self.back(cx, &mut out),
            Action::ViewChosen(View::Menu) => self.show_menu(cx, &mut out),
            Action::ViewChosen(view) => {
                self.show(cx, view, &mut out);
                self.want_rating(cx, &mut out);
            }
            Action::ViewPlaced(view) => {
                self.show(cx, view, &mut out);
                out.retain(|effect| !matches!(effect, Effect::MoveFocus(_)));
            }
            Action::SurveyAsked(id, context) => self.survey_asked(cx, id.as_deref(), context, &mut out),
            Action::SurveyPressed(id, context) => self.survey_pressed(cx, id.as_deref(), context, &mut out),
            Action::ContextGiven(context) => {
                self.add_context(context);
                self.rate_this(cx, &mut out);
            }
            Action::Identified(customer) => self.identify(customer),
            Action::Prefilled(words, order, product) => self.prefill(words, order, product),
            Action::CustomerChanged(field, value) => self.change_customer(field, &value),
            Action::ContactByChosen(way) => {
                self.customer.contact_by = Some(way);
                self.contact_said();
            }
            Action::Survey(action) => (cx.rules.survey)(self, cx, action, &mut out),
            Action::Feedback(action) => (cx.rules.feedback)(self, cx, action, &mut out),
            Action::Answers(action) => (cx.rules.answers)(self, cx, action, &mut out),
            Action::Complaint(action) => (cx.rules.complaint)(self, cx, action, &mut out),
            Action::Files(action) => (cx.rules.files)(self, cx, action, &mut out),
            Action::Status(action) => (cx.rules.status)(self, cx, action, &mut out),
            Action::DeliveryChanged(change) => self.delivery_changed(cx, &change, &mut out),
            Action::DraftLoaded(content, saved_at) => self.draft_loaded(cx, content, saved_at, &mut out),
            Action::DraftMet(content, saved_at) => self.draft_met(cx, content, saved_at, &mut out),
            Action::DraftGone(key) => self.draft_gone(key),
            Action::DraftElsewhere(key) => self.draft_elsewhere(cx, key, &mut out),
            Action::KnownLoaded(known) if self.view() == View::Status => {
                (cx.rules.known)(self, cx, known, &mut out);
            }
            Action::KnownLoaded(known) => self.status.known = known,
            Action::KeptLoaded(kept) => self.kept_loaded(kept, &mut out),
            Action::FaqLoaded(locale, entries, fills) => {
                if locale == cx.locale {
                    (cx.rules.faq)(self, cx, (entries, fills), &mut out);
                }
            }
            Action::StatusLoaded(url, result) => (cx.rules.report)(self, cx, (url, result), &mut out),
            Action::TimerFired(timer) => self.timer_fired(cx, timer, &mut out),
            Action::CopyDone(done) => self.complaint.copied = Some(done),
            Action::LocaleChanged => self.change_faq(&mut out),
            Action::ForgetAsked => (cx.rules.forget)(self, cx, (), &mut out),
        }
        out
    }

    pub(crate) fn opened(&mut self, cx: &Ctx<'_>, view: Option<View>, out: &mut Vec<Effect>) {
        self.open = true;
        let view = view.or(self.view).unwrap_or(View::Menu);
        self.show(cx, view, out);
        if view != View::Status {
            out.push(Effect::LoadKnown); // Read ahead: a list that arrives late would move what is there.
        }
    }

    fn closed(&mut self, cx: &Ctx<'_>, out: &mut Vec<Effect>) {
        if !self.open {
            return;
        }
        self.settle_rating(cx, out);
        self.open = false;
        self.leave_finished();
    }

    /// What is finished does not greet the customer at the next opening.
    fn leave_finished(&mut self) {
        let finished = match self.view() {
            View::Rating => self.survey.as_ref().is_some_and(|run| run.done),
            View::Feedback => self.feedback.sent.is_some(),
            View::Complaint => self.complaint.step == complaint::Step::Promise,
            View::Menu | View::Answers | View::Status => false,
        };
        if finished {
            self.view = Some(View::Menu);
        }
    }

    fn back(&mut self, cx: &Ctx<'_>, out: &mut Vec<Effect>) {
        let inside = match self.view() {
            View::Complaint => self.complaint_back(),
            View::Answers => match self.answers.close_article() {
                Some(focus) => {
                    if focus == Focus::Field(Field::Words) {
                        self.show(cx, View::Complaint, out);
                    }
                    return out.push(Effect::MoveFocus(focus));
                }
                None => false,
            },
            View::Status => self.status.close_report(),
            View::Menu | View::Rating | View::Feedback => false,
        };
        if inside {
            out.push(Effect::MoveFocus(Focus::Title));
        } else {
            self.settle_rating(cx, out);
            self.show_menu(cx, out);
        }
    }

    /// What came back meanwhile is said there.
    fn show_menu(&mut self, cx: &Ctx<'_>, out: &mut Vec<Effect>) {
        self.show(cx, View::Menu, out);
        out.push(Effect::LoadKnown);
    }

    /// Shows a screen, and starts afresh what was finished there.
    pub(crate) fn show(&mut self, cx: &Ctx<'_>, view: View, out: &mut Vec<Effect>) {
        if view != View::Answers {
            // Who comes back looks for something else, and the way back is another one.
            let _focus = self.answers.close_article();
        }
        if self.view() == View::Status {
            self.status.kept.look();
        }
        match view {
            View::Menu => {}
            View::Rating => {
                let survey = self.survey.as_ref().map(|run| run.survey.id.clone());
                self.leave_purchase(cx, out);
                self.start_survey(cx, survey.as_deref());
            }
            View::Feedback => {
                if self.feedback.sent.is_some() {
                    self.feedback = feedback::Draft::default();
                }
                if cx.config.privacy.drafts && (!self.feedback.asked || self.feedback.text.is_empty()) {
                    self.feedback.asked = true;
                    out.push(Effect::LoadDraft(DraftKey::Feedback));
                }
            }
            View::Answers => self.want_faq(out),
            View::Complaint => self.show_complaint(cx, out),
            View::Status => {
                self.status.close_report();
                self.status.fresh = true;
                out.push(Effect::LoadKnown);
            }
        }
        self.view = Some(view);
        out.push(Effect::Emit(HostEvent::View(view)));
        out.push(Effect::MoveFocus(Focus::Title));
    }

    pub(crate) fn add_context(&mut self, context: Context) {
        for (key, value) in context {
            if let Some(known) = self.context.iter_mut().find(|(name, _)| *name == key) {
                known.1 = value;
            } else if self.context.len() < limits::CONTEXT_ENTRIES_MAX {
                self.context.push((key, value));
            }
        }
    }

    /// Makes a submission and hands it in.
    pub(crate) fn hand_in(
        &mut self,
        cx: &Ctx<'_>,
        id: SubmissionId,
        body: Body,
        supersedes: Option<SubmissionId>,
        out: &mut Vec<Effect>,
    ) {
        let kind = body.kind();
        let reference = match &body {
            Body::Complaint(complaint) => complaint.reference.clone(),
            Body::Rating(_) | Body::Feedback(_) | Body::FollowUp(_) | Body::Signal(_) => String::new(),
        };
        let customer = match kind {
            // A signal is about an article, and says nothing of who read it.
            Kind::Signal => Customer::default(),
            Kind::Rating | Kind::Feedback | Kind::Complaint | Kind::FollowUp => self.customer.clone(),
        };
        self.deliveries.add(id.clone(), kind, reference);
        let submission = Submission {
            id: id.clone(),
            created_at: cx.now,
            locale: cx.locale.to_owned(),
            site: cx.site.to_owned(),
            page: cx.page.clone(),
            context: self.context.clone(),
            customer,
            supersedes,
            body,
        };
        out.push(Effect::HandToSender(Box::new(submission)));
        out.push(Effect::Emit(HostEvent::Submit(kind, id)));
    }

    fn delivery_changed(&mut self, cx: &Ctx<'_>, change: &Change, out: &mut Vec<Effect>) {
        if self.view() == View::Status {
            (cx.rules.kept)(self, cx, change.clone(), out);
        } else {
            self.kept_noted(change, out);
        }
        let sending = self.deliveries.of(&change.id).is_some_and(|own| own.state == DeliveryState::Sending);
        let Some(delivery) = self.delivery_of(cx, change, out) else { return };
        let (kind, id) = (delivery.kind, delivery.id.clone());
        if kind == Kind::Complaint {
            self.complaint_delivered(cx, change);
        }
        if matches!(delivery.state, DeliveryState::Stored | DeliveryState::Sent) {
            self.rating_safe(&id, out);
        }
        match delivery.state {
            DeliveryState::Stored => {
                self.drop_draft_of(&id, out);
                out.push(Effect::Emit(HostEvent::Stored(kind, id)));
            }
            DeliveryState::Sent => {
                self.drop_draft_of(&id, out);
                out.push(Effect::Emit(HostEvent::Delivered(kind, id)));
            }
            DeliveryState::Rejected => out.push(Effect::Emit(HostEvent::Refused(kind, id))),
            DeliveryState::Pending
            | DeliveryState::Unsaved
            | DeliveryState::Sending
            | DeliveryState::Held
            | DeliveryState::Expired => {}
        }
        // Signals are sent in passing, and ratings say thank you: a voice for each of their states would only interrupt.
        let quiet = match kind {
            Kind::Signal => true,
            Kind::Rating => delivery.state != DeliveryState::Unsaved,
            // It is sent in the same breath; where that came to nothing, that it is saved is the news.
            Kind::Feedback | Kind::Complaint | Kind::FollowUp => {
                delivery.state == DeliveryState::Stored && !sending
            }
        };
        if !quiet {
            out.push(Effect::Announce(delivery.sentence()));
        }
        out.push(Effect::KeepPageOpen(self.any_unsaved()));
    }

    fn timer_fired(&mut self, cx: &Ctx<'_>, timer: Timer, out: &mut Vec<Effect>) {
        // What it was to save was deleted or handed in meanwhile.
        if let Timer::SaveDraft(key) = timer {
            // Another purchase is rated by now, and waits for a timer of its own.
            let gone =
                matches!(key, DraftKey::Rating(_)) && self.survey.as_ref().is_none_or(|run| run.key() != key);
            if gone || self.unsaved_since.of(key).take().is_none() {
                return;
            }
        }
        match timer {
            Timer::SaveDraft(key) => (cx.rules.save)(self, cx, key, out),
            Timer::SettleRating => self.settle_rating(cx, out),
            Timer::SayAsked => self.say_asked(out),
            Timer::AnnounceResults => (cx.rules.answers)(self, cx, crate::answers::Action::Paused, out),
            Timer::Suggest => out.push(Effect::OfferSearch),
            // A search has begun to read the entries.
            Timer::ReadAnswers => (cx.rules.search)(self, cx, (), out),
        }
    }

    /// Forgets the customer, and has this browser forget.
    pub fn forget(&mut self, _cx: &Ctx<'_>, _fact: (), out: &mut Vec<Effect>) {
        self.empty(out);
        out.push(Effect::EraseDevice);
    }
}

/// The first `chars_max` characters of a text, without NUL, which no storage takes well.
pub(crate) fn bounded(text: &str, chars_max: usize) -> String {
    text.chars().filter(|character| *character != '\0').take(chars_max).collect()
}
