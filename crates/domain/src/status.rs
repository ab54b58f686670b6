//! What became of a complaint: the ones this device knows, look-up by reference, and "Was it put right?".

use crate::calendar::Timestamp;
use crate::delivery::{Deliveries, Delivery};
use crate::kept::{self, Shelf};
use crate::limits;
use crate::message::{self, Message, MessageKey, fill};
use crate::session::{Ctx, Effect, Field, Focus, Session, bounded};
use crate::submission::{Body, FollowUp, Reference, SubmissionId};

/// A complaint that was received, and that this device remembers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Known {
    /// What the customer quotes.
    pub reference: String,
    /// When it was received.
    pub received_at: Option<Timestamp>,
    /// When the answer was promised.
    pub reply_by: Option<Timestamp>,
    /// Who looks after it.
    pub owner: Option<String>,
    /// Where to look it up.
    pub status_url: Option<String>,
}

/// How far a complaint is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It arrived.
    Received,
    /// Somebody has it.
    Assigned,
    /// It is being looked into.
    Investigating,
    /// The company waits for the customer.
    WaitingForYou,
    /// There is an answer.
    Decided,
    /// It is done.
    Closed,
}

impl State {
    /// In the order of a complaint's life.
    pub const ALL: [Self; 6] = [
        Self::Received,
        Self::Assigned,
        Self::Investigating,
        Self::WaitingForYou,
        Self::Decided,
        Self::Closed,
    ];

    /// The word on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Assigned => "assigned",
            Self::Investigating => "investigating",
            Self::WaitingForYou => "waiting_for_you",
            Self::Decided => "decided",
            Self::Closed => "closed",
        }
    }

    /// The state of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == name)
    }

    /// Whether the company has given its answer.
    pub fn answered(self) -> bool {
        match self {
            Self::Decided | Self::Closed => true,
            Self::Received | Self::Assigned | Self::Investigating | Self::WaitingForYou => false,
        }
    }
}

/// A change in a complaint's life.
#[derive(Clone, Debug, PartialEq)]
pub struct Update {
    /// When.
    pub at: Timestamp,
    /// The state from then on.
    pub state: State,
    /// What the company says about it; empty when nothing.
    pub note: String,
}

/// What can be said about a complaint.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// What the customer quotes.
    pub reference: String,
    /// How far it is; `None` when only this device is asked and knows no more than that it was sent.
    pub state: Option<State>,
    /// When it was received.
    pub received_at: Option<Timestamp>,
    /// When the answer was promised.
    pub reply_by: Option<Timestamp>,
    /// Who looks after it.
    pub owner: Option<String>,
    /// Its life so far, oldest first.
    pub updates: Vec<Update>,
}

impl Report {
    /// What is said of the state that it is in, or was in at an update: a complaint that comes back after its answer is no
    /// new one. `None` where only this device was asked.
    pub fn says(&self, at: Option<usize>) -> Option<MessageKey> {
        let before = &self.updates[..at.unwrap_or(self.updates.len())];
        let answered = before.iter().any(|update| update.state.answered());
        Some(match at.map_or(self.state, |at| self.updates.get(at).map(|update| update.state))? {
            State::Received if answered => MessageKey::StatusStateAgain,
            State::Received => MessageKey::StatusStateReceived,
            State::Assigned => MessageKey::StatusStateAssigned,
            State::Investigating => MessageKey::StatusStateInvestigating,
            State::WaitingForYou => MessageKey::StatusStateWaitingForYou,
            State::Decided => MessageKey::StatusStateDecided,
            State::Closed => MessageKey::StatusStateClosed,
        })
    }
}

/// What an address was asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct News {
    /// The address.
    pub url: String,
    /// What it said; `None` while it has not.
    pub report: Option<Report>,
}

/// Why there is no report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The reference is unfinished.
    ReferenceUnclear,
    /// This device does not know it: the key from the customer's copy is wanted.
    KeyWanted,
    /// The endpoint knows no such reference and key.
    Unknown,
    /// The endpoint is out of reach; what the device knows is shown.
    OutOfReach,
}

/// The status screen.
#[derive(Debug, Default)]
pub struct Status {
    /// What this device keeps and nobody has received.
    pub kept: Shelf,
    /// Complaints of this device that were received, newest first.
    pub known: Vec<Known>,
    /// What was asked about them.
    pub news: Vec<News>,
    /// Whether the screen was opened since they were asked about.
    pub(crate) fresh: bool,
    /// The reference as typed.
    pub typed: String,
    /// The key as typed.
    pub key: String,
    /// Whether an answer is awaited.
    pub loading: bool,
    /// The address of the report; empty where only this device was asked.
    pub asked: String,
    /// What was found.
    pub report: Option<Report>,
    /// What stands in the way.
    pub trouble: Option<Trouble>,
    /// Whether it was put right, once said.
    pub put_right: Option<Said>,
    /// Whether the promise was kept, once said.
    pub promise_kept: Option<Said>,
}

/// What the customer said of an answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    /// Yes, or not yet.
    pub yes: bool,
    /// What it was handed in as.
    pub id: SubmissionId,
}

impl Said {
    /// Where it is; `None` once its customer has deleted it, and the question is open again.
    pub fn delivery<'d>(&self, deliveries: &'d Deliveries) -> Option<&'d Delivery> {
        deliveries.of(&self.id)
    }
}

/// What the customer does.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Types the reference.
    ReferenceChanged(String),
    /// Types the key.
    KeyChanged(String),
    /// Looks it up.
    LookUpPressed,
    /// Chooses one that the device knows.
    KnownChosen(usize),
    /// Says whether the answer came in time.
    PromiseKeptSaid(bool),
    /// Says whether it was put right.
    PutRightSaid(bool),
    /// Sees to what this device keeps.
    Kept(kept::Action),
}

impl Status {
    /// Whether anything that was said of the answer lies on the device.
    pub fn keeps_said(&self, deliveries: &Deliveries) -> bool {
        let mut said = self.put_right.iter().chain(&self.promise_kept);
        said.any(|said| said.delivery(deliveries).is_some_and(|delivery| delivery.state.is_kept()))
    }

    /// What is known of a complaint of this device beyond what the device knows.
    pub fn news_of(&self, known: &Known) -> Option<&Report> {
        let url = known.status_url.as_ref()?;
        self.news.iter().find(|news| news.url == *url)?.report.as_ref()
    }

    /// Whether a report was open, or one of what the device keeps.
    pub(crate) fn close_report(&mut self) -> bool {
        let looked_at = self.kept.close();
        self.asked.clear();
        (self.loading, self.trouble) = (false, None);
        (self.put_right, self.promise_kept) = (None, None);
        self.report.take().is_some() || looked_at
    }
}

impl Session {
    /// Applies what the customer does.
    pub fn step_status(&mut self, cx: &Ctx<'_>, action: Action, out: &mut Vec<Effect>) {
        match action {
            Action::ReferenceChanged(text) => {
                self.status.typed = bounded(&text, limits::FIELD_CHARS_MAX);
                self.status.trouble = None;
            }
            Action::KeyChanged(text) => {
                self.status.key = bounded(&text, limits::FIELD_CHARS_MAX);
                self.status.trouble.take_if(|trouble| *trouble != Trouble::ReferenceUnclear);
            }
            Action::LookUpPressed => self.look_up(cx, out),
            Action::KnownChosen(at) => {
                if let Some(known) = self.status.known.get(at).cloned() {
                    self.look_up_known(known, out);
                }
            }
            Action::PromiseKeptSaid(yes) => {
                let said = FollowUp { promise_kept: Some(yes), ..FollowUp::default() };
                self.status.promise_kept = self.follow_up(cx, yes, said, out);
                out.push(Effect::MoveFocus(Focus::Field(Field::PromiseKept)));
            }
            Action::PutRightSaid(yes) => {
                let said = FollowUp { put_right: Some(yes), ..FollowUp::default() };
                self.status.put_right = self.follow_up(cx, yes, said, out);
                out.push(Effect::MoveFocus(Focus::Field(Field::PutRight)));
            }
            Action::Kept(action) => self.step_kept(action, out),
        }
    }

    fn follow_up(&mut self, cx: &Ctx<'_>, yes: bool, said: FollowUp, out: &mut Vec<Effect>) -> Option<Said> {
        let report = self.status.report.as_ref()?;
        let secret = message::key(&self.status.asked).to_owned();
        let body = Body::FollowUp(FollowUp { reference: report.reference.clone(), secret, ..said });
        let id = (cx.fresh_id)();
        self.hand_in(cx, id.clone(), body, None, out);
        Some(Said { yes, id })
    }

    fn look_up(&mut self, cx: &Ctx<'_>, out: &mut Vec<Effect>) {
        self.status.close_report();
        let Some(reference) = Reference::parse(&self.status.typed) else {
            return self.status_trouble(Trouble::ReferenceUnclear, out);
        };
        let same = self.status.known.iter().find(|known| known.reference == reference.as_str());
        if let Some(known) = same.cloned() {
            return self.look_up_known(known, out);
        }
        if self.look_at_kept(reference.as_str(), out) {
            return;
        }
        let template = &cx.config.complaint.status_url;
        // Keys are read aloud and copied by hand: spaces and dashes in them mean nothing.
        let key: String = self.status.key.chars().filter(char::is_ascii_alphanumeric).collect();
        if template.is_empty() {
            self.status_trouble(Trouble::Unknown, out);
        } else if key.is_empty() {
            self.status_trouble(Trouble::KeyWanted, out);
        } else {
            let url = fill(template, &[("reference", reference.as_str()), ("secret", &key)]);
            self.fetch_status(url, out);
        }
    }

    fn fetch_status(&mut self, url: String, out: &mut Vec<Effect>) {
        self.status.loading = true;
        self.status.asked.clone_from(&url);
        // The list may have asked already.
        if !self.status.news.iter().any(|news| news.url == url && news.report.is_none()) {
            out.push(Effect::FetchStatus(url));
        }
    }

    /// The complaints of this device were read. As the list of them opens, the newest are asked about, each once: a list
    /// that waits to be pressed hides an answer that is there.
    pub fn known_loaded(&mut self, _cx: &Ctx<'_>, known: Vec<Known>, out: &mut Vec<Effect>) {
        self.status.known = known;
        let fresh = std::mem::take(&mut self.status.fresh);
        let Status { known, news, .. } = &mut self.status;
        let mut left = limits::STATUS_ASKED_MAX;
        for url in known.iter().filter_map(|known| known.status_url.as_ref()) {
            let before = news.iter().find(|news| news.url == *url);
            let state = before.and_then(|news| news.report.as_ref()?.state);
            if state == Some(State::Closed) || left == 0 {
                continue;
            }
            left -= 1;
            let asked = before.is_some_and(|news| news.report.is_none() || !fresh);
            if !asked {
                out.push(Effect::FetchStatus(url.clone()));
            }
            if before.is_none() {
                news.push(News { url: url.clone(), report: None });
            }
        }
    }

    /// Shows at once what the device knows, and asks the endpoint for more.
    fn look_up_known(&mut self, known: Known, out: &mut Vec<Effect>) {
        self.status.close_report();
        let news = self.status.news_of(&known).cloned();
        self.status.report = Some(news.unwrap_or(Report {
            reference: known.reference,
            // It may have been answered long since.
            state: None,
            received_at: known.received_at,
            reply_by: known.reply_by,
            owner: known.owner,
            updates: Vec::new(),
        }));
        if let Some(url) = known.status_url {
            self.fetch_status(url, out);
        }
        out.push(Effect::MoveFocus(Focus::Title));
    }

    fn status_trouble(&mut self, trouble: Trouble, out: &mut Vec<Effect>) {
        self.status.trouble = Some(trouble);
        let (field, key) = match trouble {
            Trouble::ReferenceUnclear => (Some(Field::Reference), MessageKey::StatusReferenceUnclear),
            Trouble::KeyWanted => (Some(Field::Key), MessageKey::StatusKeyWanted),
            Trouble::Unknown => (Some(Field::Reference), MessageKey::StatusUnknown),
            Trouble::OutOfReach => (None, MessageKey::StatusOutOfReach),
        };
        if let Some(field) = field {
            out.push(Effect::MoveFocus(Focus::Field(field)));
        }
        out.push(Effect::Announce(Message::plain(key)));
    }

    /// Takes what came from an address.
    pub fn status_loaded(
        &mut self,
        _cx: &Ctx<'_>,
        (url, result): (String, Result<Report, Trouble>),
        out: &mut Vec<Effect>,
    ) {
        match (&result, self.status.news.iter_mut().find(|news| news.url == url)) {
            (Ok(report), Some(news)) => {
                let first = news.report.replace(report.clone()).is_none();
                let listed = self.status.report.is_none() && self.status.kept.opened.is_none();
                if first && listed && report.state == Some(State::Decided) {
                    out.push(Effect::Announce(Message::plain(MessageKey::StatusStateDecided)));
                }
            }
            // Asked again when it is opened.
            (Err(_), _) => self.status.news.retain(|news| news.url != url || news.report.is_some()),
            (Ok(_), None) => {}
        }
        // A slow answer may be about another complaint.
        if self.status.asked != url || !std::mem::take(&mut self.status.loading) {
            return;
        }
        match result {
            Ok(report) => {
                if self.status.report.replace(report).is_none() {
                    out.push(Effect::MoveFocus(Focus::Title));
                }
            }
            Err(trouble) => self.status_trouble(trouble, out),
        }
    }
}
