//! What the company does not have: nothing found, said once its customer rests, and told to the company.

use domain::answers::{Action as Answers, Way};
use domain::message::MessageKey;
use domain::session::{Action, Effect, Field, Focus, Timer};
use domain::view::View;

use crate::{Desk, focus, signals, waits_for};

fn says(effects: &[Effect], key: MessageKey) -> bool {
    effects.iter().any(|effect| matches!(effect, Effect::Announce(message) if message.key == key))
}

#[test]
fn what_the_company_does_not_have_leads_to_a_person_and_is_told_to_the_company() {
    let mut desk = Desk::shop();
    desk.step(Action::Opened(Some(View::Answers)));
    // "60 days" stands in an answer, yet what is asked for is nowhere.
    let effects = desk.search("zeppelin flights within 60 days");
    assert!(waits_for(&effects, Timer::AnnounceResults));
    let effects = desk.step(Action::TimerFired(Timer::AnnounceResults));
    assert_eq!((desk.listed(), desk.session.answers.searched), (vec![], true));
    assert!(says(&effects, MessageKey::AnswersCountNone));
    let [(signal, false)] = &signals(&effects)[..] else { panic!("one signal: {effects:?}") };
    assert_eq!(
        (signal.name.as_str(), signal.query.as_str()),
        ("search_empty", "zeppelin flights within 60 days")
    );
    let again = desk.step(Action::TimerFired(Timer::AnnounceResults));
    assert!(signals(&again).is_empty(), "a search is told once");
}

#[test]
fn nothing_is_said_to_be_missing_while_a_word_is_typed() {
    let mut desk = Desk::shop();
    desk.step(Action::Opened(Some(View::Answers)));
    let whole = "quick way to wax my boots";
    for end in 1..=whole.len() {
        let effects = desk.search(&whole[..end]);
        assert!(!desk.listed().is_empty(), "{}", &whole[..end]);
        assert!(signals(&effects).is_empty());
    }
    assert_eq!(desk.listed()[0], "wax");
    desk.search("wax");
    desk.search("zeppelin flights within 60 days");
    assert_eq!(desk.listed(), ["wax"], "what stood there stays until its customer rests");
    desk.answers(Answers::QueryEntered);
    assert_eq!(
        (desk.session.answers.article, desk.listed()),
        (None, vec![]),
        "no answer to something else opens"
    );
    desk.search("wax");
    assert_eq!(desk.listed(), ["wax"]);
    desk.search("zzzzzzzz");
    desk.search("");
    desk.step(Action::TimerFired(Timer::AnnounceResults));
    assert_eq!(desk.listed(), ["returns", "resole", "wax"], "an emptied field asks for nothing");
}

#[test]
fn where_nothing_is_listed_the_focus_stays_in_the_field() {
    let mut desk = Desk::shop();
    desk.step(Action::Opened(Some(View::Answers)));
    desk.search("zzzz");
    desk.answers(Answers::Paused);
    assert_eq!(focus(&desk.answers(Answers::Moved(None, Way::Next))), Some(Focus::Field(Field::Search)));
}
