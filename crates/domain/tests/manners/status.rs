//! What the list of complaints says: nothing that only a look-up can know, and an answer as soon as there is one.

use domain::calendar::Timestamp;
use domain::message::MessageKey;
use domain::session::{Action, Effect, Field, Focus};
use domain::status::{Action as Act, Known, Report, State, Trouble, Update};
use domain::submission::Body;
use domain::view::View;

use super::{Desk, NOW, focus, said};

fn url(name: &str) -> String {
    format!("/v1/status/{name}")
}

fn known(names: &[&str]) -> Vec<Known> {
    let one = |name: &&str| Known {
        reference: (*name).to_owned(),
        received_at: Some(NOW),
        reply_by: Some(Timestamp(NOW.0 + 86_400_000)),
        status_url: Some(url(name)),
        ..Known::default()
    };
    names.iter().map(one).collect()
}

fn report(name: &str, states: &[State]) -> Report {
    let update = |state: &State| Update { at: NOW, state: *state, note: String::new() };
    Report {
        reference: name.to_owned(),
        state: states.last().copied(),
        received_at: Some(NOW),
        reply_by: None,
        owner: None,
        updates: states.iter().map(update).collect(),
    }
}

fn asked(effects: &[Effect]) -> Vec<&str> {
    let mut urls = Vec::new();
    for effect in effects {
        if let Effect::FetchStatus(url) = effect {
            urls.push(url.as_str());
        }
    }
    urls
}

impl Desk {
    fn status(&mut self, action: Act) -> Vec<Effect> {
        self.step(Action::Status(action))
    }

    fn answer(&mut self, name: &str, states: &[State]) -> Vec<Effect> {
        self.step(Action::StatusLoaded(url(name), Ok(report(name, states))))
    }
}

#[test]
fn the_newest_five_are_asked_about_as_the_list_opens() {
    let all = known(&["A", "B", "C", "D", "E", "F"]);
    let mut desk = Desk::default();
    desk.step(Action::Opened(None));
    assert_eq!(asked(&desk.step(Action::KnownLoaded(all.clone()))), [""; 0], "nobody looks at them yet");
    desk.step(Action::ViewChosen(View::Status));
    let effects = desk.step(Action::KnownLoaded(all.clone()));
    let first = ["A", "B", "C", "D", "E"].map(url);
    assert_eq!(asked(&effects), first);
    // Read again because something was received meanwhile: nobody is asked twice.
    assert_eq!(asked(&desk.step(Action::KnownLoaded(all.clone()))), [""; 0]);
    // Opened anew, what is closed stays closed, and makes room.
    desk.answer("A", &[State::Closed]);
    desk.answer("B", &[State::Decided]);
    let effects = desk.step(Action::KnownLoaded(all.clone()));
    assert_eq!(asked(&effects), [url("F")], "B has said what it knows, for as long as the list stands");
    desk.step(Action::StatusLoaded(url("C"), Err(Trouble::OutOfReach)));
    desk.step(Action::ViewChosen(View::Menu));
    desk.step(Action::ViewChosen(View::Status));
    let effects = desk.step(Action::KnownLoaded(all));
    assert_eq!(asked(&effects), ["B", "C"].map(url), "D, E and F are on their way");
}

#[test]
fn without_an_address_nobody_is_asked() {
    let mut desk = Desk::default();
    desk.step(Action::Opened(Some(View::Status)));
    let mut bare = known(&["A"]);
    bare[0].status_url = None;
    assert_eq!(asked(&desk.step(Action::KnownLoaded(bare))), [""; 0]);
}

#[test]
fn an_answer_that_waits_is_said_once_and_stands_in_the_list() {
    let mut desk = Desk::default();
    desk.step(Action::Opened(Some(View::Status)));
    desk.step(Action::KnownLoaded(known(&["A", "B"])));
    assert_eq!(desk.session.status.news_of(&known(&["A"])[0]), None);
    let effects = desk.answer("A", &[State::Received, State::Decided]);
    assert_eq!((said(&effects), focus(&effects)), (vec![MessageKey::StatusStateDecided], vec![]));
    let news = desk.session.status.news_of(&known(&["A"])[0]).and_then(|report| report.says(None));
    assert_eq!(news, Some(MessageKey::StatusStateDecided));
    assert!(desk.session.status.report.is_none(), "nobody opened it");
    assert_eq!(said(&desk.answer("A", &[State::Decided])), []);
    assert_eq!(said(&desk.answer("B", &[State::Received])), []);
    // Out of reach, the list says what it said.
    let effects = desk.step(Action::StatusLoaded(url("B"), Err(Trouble::OutOfReach)));
    assert_eq!((said(&effects), desk.session.status.trouble), (vec![], None));
}

#[test]
fn one_that_is_opened_shows_what_was_heard_and_asks_once() {
    let mut desk = Desk::default();
    desk.step(Action::Opened(Some(View::Status)));
    desk.step(Action::KnownLoaded(known(&["A", "B"])));
    desk.answer("A", &[State::Decided]);
    let effects = desk.status(Act::KnownChosen(0));
    assert_eq!(desk.session.status.report.as_ref().and_then(|report| report.state), Some(State::Decided));
    assert_eq!(asked(&effects), [url("A")], "it may have gone on since");
    desk.step(Action::BackPressed);
    let effects = desk.status(Act::KnownChosen(1));
    assert_eq!(asked(&effects), [""; 0], "the list has asked, and the answer is on its way");
    assert!(desk.session.status.loading);
    desk.answer("B", &[State::Assigned]);
    assert_eq!(desk.session.status.report.as_ref().and_then(|report| report.state), Some(State::Assigned));
    assert!(!desk.session.status.loading);
}

#[test]
fn only_what_was_looked_up_has_a_state() {
    let mut desk = Desk::default();
    desk.step(Action::Opened(Some(View::Status)));
    desk.step(Action::KnownLoaded(known(&["A"])));
    desk.status(Act::KnownChosen(0));
    assert_eq!(desk.session.status.report.as_ref().map(|report| report.says(None)), Some(None));
}

#[test]
fn what_was_taken_up_again_is_no_new_complaint() {
    use State::{Assigned, Decided, Received};
    let life = report("A", &[Received, Assigned, Decided, Received]);
    let lines: Vec<_> = (0..4).map(|at| life.says(Some(at))).collect();
    let key = MessageKey::StatusStateAgain;
    assert_eq!(lines[0], Some(MessageKey::StatusStateReceived));
    assert_eq!((lines[3], life.says(None)), (Some(key), Some(key)));
}

#[test]
fn whoever_answers_a_question_is_taken_to_the_thanks() {
    for (act, field) in
        [(Act::PutRightSaid(false), Field::PutRight), (Act::PromiseKeptSaid(true), Field::PromiseKept)]
    {
        let mut desk = Desk::default();
        desk.step(Action::Opened(Some(View::Status)));
        desk.step(Action::KnownLoaded(known(&["A"])));
        desk.status(Act::KnownChosen(0));
        desk.answer("A", &[State::Decided]);
        assert_eq!(focus(&desk.status(act)), [Focus::Field(field)]);
    }
}

#[test]
fn a_follow_up_goes_with_the_key_of_its_own_complaint() {
    let mut desk = Desk::default();
    desk.step(Action::Opened(Some(View::Status)));
    let mut known = known(&["AE-7F3K-9Q2M?secret=K3Y&lang=en", "AE-1111-2222"]);
    known[1].status_url = None;
    desk.step(Action::KnownLoaded(known));
    for (at, key) in [(0, "K3Y"), (1, ""), (0, "K3Y")] {
        desk.step(Action::Status(Act::KnownChosen(at)));
        let effects = desk.step(Action::Status(Act::PutRightSaid(false)));
        let handed = effects.iter().find_map(|effect| {
            if let Effect::HandToSender(submission) = effect { Some(&submission.body) } else { None }
        });
        let Some(Body::FollowUp(follow_up)) = handed else { panic!("a follow-up") };
        assert_eq!(follow_up.secret, key, "{}", follow_up.reference);
    }
}
