//! What became of what was handed in is said where its customer is, in the words that are true of it: below the question
//! whether it was put right, and in the menu when something came back.

#![expect(clippy::expect_used, reason = "a test stops hard where its own steps are amiss")]

mod desk;

use domain::delivery::{Change, DeliveryState};
use domain::kept::{Action as Act, Kept};
use domain::message::MessageKey;
use domain::session::{Action, Effect};
use domain::status::{self, Known, Said};
use domain::submission::{Kind, SubmissionId};
use domain::view::View;

use desk::{Desk, NOW, id};

impl Desk {
    fn change(&mut self, id: &SubmissionId, state: DeliveryState) -> Vec<Effect> {
        self.step(Action::DeliveryChanged(Change { id: id.clone(), state, receipt: None }))
    }

    /// Looks at a complaint that this device knows.
    fn at_report() -> Self {
        let mut desk = Self::default();
        desk.step(Action::Opened(Some(View::Status)));
        let known = Known { reference: "AE-7F3K-9Q2M".to_owned(), ..Known::default() };
        desk.step(Action::KnownLoaded(vec![known]));
        desk.step(Action::Status(status::Action::KnownChosen(0)));
        desk
    }

    /// Says that it was put right, or not yet; gives what that was handed in as.
    fn say(&mut self, yes: bool) -> SubmissionId {
        self.step(Action::Status(status::Action::PutRightSaid(yes)));
        self.session.status.put_right.as_ref().expect("it was said").id.clone()
    }

    /// What stands below the question now.
    fn shown(&self, said: Option<&Said>) -> Option<MessageKey> {
        let delivery = said?.delivery(&self.session.deliveries)?;
        Some(delivery.thanks(MessageKey::StatusPutRightAgain).key)
    }
}

#[test]
fn a_word_on_the_answer_is_thanked_for_once_it_has_arrived() {
    #[track_caller]
    fn check(state: DeliveryState, shown: MessageKey, kept: bool) {
        let mut desk = Desk::at_report();
        let said = desk.say(false);
        desk.change(&said, state);
        let status = &desk.session.status;
        assert_eq!(desk.shown(status.put_right.as_ref()), Some(shown), "{state:?}");
        assert_eq!(status.keeps_said(&desk.session.deliveries), kept, "{state:?}");
    }
    check(DeliveryState::Pending, MessageKey::SendingSending, false);
    check(DeliveryState::Unsaved, MessageKey::SendingUnsaved, false);
    check(DeliveryState::Stored, MessageKey::SendingSaved, true);
    check(DeliveryState::Sending, MessageKey::SendingSending, true);
    check(DeliveryState::Held, MessageKey::SendingHeld, true);
    check(DeliveryState::Rejected, MessageKey::SendingRejected, true);
    check(DeliveryState::Expired, MessageKey::SendingRejected, true);
    check(DeliveryState::Sent, MessageKey::StatusPutRightAgain, false);
}

#[test]
fn both_questions_speak_for_themselves() {
    let mut desk = Desk::at_report();
    let right = desk.say(true);
    desk.change(&right, DeliveryState::Sent);
    desk.step(Action::Status(status::Action::PromiseKeptSaid(false)));
    let kept = desk.session.status.promise_kept.clone().expect("it was said");
    desk.change(&kept.id, DeliveryState::Stored);
    let status = &desk.session.status;
    assert_eq!(desk.shown(status.put_right.as_ref()), Some(MessageKey::StatusPutRightAgain));
    assert_eq!(desk.shown(status.promise_kept.as_ref()), Some(MessageKey::SendingSaved));
    assert_eq!((status.put_right.as_ref().map(|said| said.yes), kept.yes), (Some(true), false));
    assert!(status.keeps_said(&desk.session.deliveries));
}

#[test]
fn a_word_that_was_deleted_may_be_said_again() {
    let mut desk = Desk::at_report();
    let said = desk.say(false);
    desk.change(&said, DeliveryState::Rejected);
    desk.step(Action::Status(status::Action::Kept(Act::Deleted(Some(said), true))));
    assert_eq!(desk.shown(desk.session.status.put_right.as_ref()), None, "the question is open again");
}

#[test]
fn the_list_behind_a_report_has_what_was_said_there() {
    let mut desk = Desk::at_report();
    let said = desk.say(false);
    assert!(desk.change(&said, DeliveryState::Stored).contains(&Effect::LoadKnown));
    desk.step(Action::KeptLoaded(vec![kept(Kind::FollowUp, &said, DeliveryState::Stored)]));
    assert!(!desk.change(&said, DeliveryState::Sending).contains(&Effect::LoadKnown), "it is there already");
    desk.change(&said, DeliveryState::Rejected);
    desk.step(Action::BackPressed);
    let states: Vec<DeliveryState> = desk.session.status.kept.items.iter().map(|item| item.state).collect();
    assert_eq!(states, [DeliveryState::Rejected]);
}

fn kept(kind: Kind, id: &SubmissionId, state: DeliveryState) -> Kept {
    Kept {
        id: id.clone(),
        kind,
        reference: String::new(),
        written_at: NOW,
        state,
        words: "Boots for dogs.".to_owned(),
        file: String::new(),
    }
}

/// What the screen says aloud.
fn said(effects: &[Effect]) -> Vec<MessageKey> {
    let key = |effect: &Effect| if let Effect::Announce(message) = effect { Some(message.key) } else { None };
    effects.iter().filter_map(key).collect()
}

impl Desk {
    /// Opened at the menu, on a device that keeps these.
    fn with(items: &[Kept]) -> (Self, Vec<Effect>) {
        let mut desk = Self::default();
        assert!(desk.step(Action::Opened(None)).contains(&Effect::LoadKnown));
        let effects = desk.step(Action::KeptLoaded(items.to_vec()));
        (desk, effects)
    }

    fn has_news(&self) -> bool {
        self.session.status.kept.has_news()
    }
}

#[test]
fn the_menu_says_what_came_back_and_nothing_else() {
    #[track_caller]
    fn check(kind: Kind, state: DeliveryState, news: bool) {
        let (desk, effects) = Desk::with(&[kept(kind, &id(9), state)]);
        assert_eq!(desk.has_news(), news, "{kind:?} {state:?}");
        let aloud = if news { vec![MessageKey::MenuReturned] } else { Vec::new() };
        assert_eq!(said(&effects), aloud, "{kind:?} {state:?}");
    }
    for kind in [Kind::Complaint, Kind::Feedback, Kind::Rating, Kind::FollowUp] {
        check(kind, DeliveryState::Rejected, true);
        check(kind, DeliveryState::Expired, true);
    }
    for state in [DeliveryState::Rejected, DeliveryState::Expired] {
        // A search or a press on a face is sent in passing.
        check(Kind::Signal, state, false);
    }
    for state in [
        DeliveryState::Pending,
        DeliveryState::Unsaved,
        DeliveryState::Stored,
        DeliveryState::Sending,
        DeliveryState::Held,
        DeliveryState::Sent,
    ] {
        check(Kind::Complaint, state, false);
    }
    assert_eq!(Desk::with(&[]).1, []);
}

#[test]
fn what_came_back_is_said_aloud_once_and_until_it_was_looked_at() {
    let back = [kept(Kind::Feedback, &id(90), DeliveryState::Rejected)];
    let (mut desk, _) = Desk::with(&back);
    desk.step(Action::ViewChosen(View::Feedback));
    let effects = desk.step(Action::BackPressed);
    assert!(effects.contains(&Effect::LoadKnown), "what came back meanwhile is said in the menu");
    assert_eq!(said(&desk.step(Action::KeptLoaded(back.to_vec()))), [], "a voice says it once");
    assert!(desk.has_news(), "it still stands there");

    desk.step(Action::ViewChosen(View::Status));
    desk.step(Action::KeptLoaded(back.to_vec()));
    desk.step(Action::BackPressed);
    assert_eq!(said(&desk.step(Action::KeptLoaded(back.to_vec()))), []);
    assert!(!desk.has_news(), "it was looked at");

    // Another one is news, and so is the same one when it comes back once more.
    let both = [back[0].clone(), kept(Kind::Rating, &id(91), DeliveryState::Expired)];
    assert_eq!(said(&desk.step(Action::KeptLoaded(both.to_vec()))), [MessageKey::MenuReturned]);
    desk.step(Action::ViewChosen(View::Status));
    desk.step(Action::ViewChosen(View::Menu));
    assert!(!desk.has_news());
    desk.step(Action::KeptLoaded(vec![kept(Kind::Feedback, &id(90), DeliveryState::Stored)]));
    assert_eq!(said(&desk.step(Action::KeptLoaded(back.to_vec()))), [MessageKey::MenuReturned]);
}

#[test]
fn the_menu_follows_what_the_sender_reports() {
    let (mut desk, _) = Desk::with(&[kept(Kind::Feedback, &id(90), DeliveryState::Stored)]);
    assert_eq!(said(&desk.change(&id(90), DeliveryState::Rejected)), [MessageKey::MenuReturned]);
    assert!(desk.has_news());
    // Another tab sends it once more.
    assert_eq!(said(&desk.change(&id(90), DeliveryState::Sending)), []);
    assert!(!desk.has_news());
    // What this page has not read about yet, it reads about.
    assert_eq!(desk.change(&id(91), DeliveryState::Expired), [Effect::LoadKnown]);
    assert_eq!(desk.change(&id(92), DeliveryState::Sent), []);
    let gone = Action::Status(status::Action::Kept(Act::Deleted(Some(id(90)), true)));
    desk.change(&id(90), DeliveryState::Rejected);
    assert!(
        desk.has_news() && desk.session.heeds(&gone),
        "what another tab deletes is called kept no longer"
    );
    desk.step(gone);
    assert!(!desk.has_news());
}

#[test]
fn a_voice_waits_until_the_menu_shows() {
    let back = [kept(Kind::Complaint, &id(90), DeliveryState::Rejected)];
    let mut desk = Desk::default();
    desk.step(Action::Opened(Some(View::Feedback)));
    assert_eq!(said(&desk.step(Action::KeptLoaded(back.to_vec()))), [], "somebody is at another screen");
    desk.step(Action::BackPressed);
    assert_eq!(said(&desk.step(Action::KeptLoaded(back.to_vec()))), [MessageKey::MenuReturned]);
    // The panel closed before the device was read.
    let mut desk = Desk::default();
    desk.step(Action::Opened(None));
    desk.step(Action::Closed);
    assert_eq!(said(&desk.step(Action::KeptLoaded(back.to_vec()))), []);
    desk.step(Action::Opened(None));
    assert_eq!(said(&desk.step(Action::KeptLoaded(back.to_vec()))), [MessageKey::MenuReturned]);
}

#[test]
fn a_menu_that_the_page_placed_reads_nothing() {
    let mut desk = Desk::default();
    assert!(!desk.step(Action::ViewPlaced(View::Menu)).contains(&Effect::LoadKnown));
}
