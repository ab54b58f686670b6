//! What is done while the search is not here: an answer opens all the same, and words wait for it.

use domain::answers::{Action as Answers, Helpful, Way};
use domain::session::{Action, Effect, Rules, Timer};
use domain::view::View;

use crate::{Desk, waits_for};

#[test]
fn a_query_that_was_left_goes_along_and_is_searched_for_by_who_comes_back() {
    let mut desk = Desk::shop();
    desk.step(Action::Opened(Some(View::Answers)));
    desk.answers(Answers::Left(Some("boots".to_owned())));
    desk.answers(Answers::ComplaintChosen);
    assert_eq!(desk.session.answers.looked_for, "boots");
    let effects = desk.step(Action::ViewChosen(View::Answers));
    assert!(waits_for(&effects, Timer::AnnounceResults));
    let effects = desk.step(Action::TimerFired(Timer::AnnounceResults));
    assert!(effects.contains(&Effect::OfferSearch));
    assert_eq!(desk.listed(), ["returns", "resole", "wax"], "nobody waits for the search");
    let effects = desk.answers(Answers::Rested);
    assert_eq!(desk.listed(), ["resole", "wax"]);
    assert!(waits_for(&effects, Timer::AnnounceResults));
}

/// Who writes a complaint meanwhile hears nothing of what was looked for before.
#[test]
fn a_query_that_was_left_is_not_searched_for_while_its_customer_is_elsewhere() {
    let mut desk = Desk::shop();
    desk.step(Action::Opened(Some(View::Answers)));
    desk.answers(Answers::Left(Some("boots".to_owned())));
    desk.answers(Answers::ComplaintChosen);
    let effects = desk.answers(Answers::Rested);
    assert!(!waits_for(&effects, Timer::AnnounceResults));
    assert!(!desk.session.answers.searched);
}

#[test]
fn an_answer_is_opened_and_said_to_help_without_the_search() {
    let mut desk = Desk::shop();
    let no_search: Rules = Rules {
        look: |_, _, action, _| panic!("{action:?} asked for the search"),
        search: |_, _, (), _| panic!("the search was asked for"),
        ..Rules::ALL
    };
    desk.rules = no_search;
    desk.answers(Answers::Asked("returns".to_owned()));
    assert_eq!(desk.session.answers.article, Some(0));
    desk.answers(Answers::HelpfulMarked(Helpful::Yes));
    assert_eq!(desk.session.answers.helpful, Some(Helpful::Yes));
    desk.step(Action::BackPressed);
    desk.answers(Answers::Moved(None, Way::Next));
    desk.answers(Answers::CategoryChosen(None));
    desk.answers(Answers::ArticleOpened(1));
    desk.answers(Answers::HelpfulMarked(Helpful::No));
    assert_eq!(desk.session.answers.carried, Some(1));
    let effects = desk.told(Action::Answers(Answers::Asked("boot-soles".to_owned())));
    assert!(effects.contains(&Effect::LookFor("boot soles".to_owned())));
}
