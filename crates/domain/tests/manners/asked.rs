//! Surveys that the page asks for: by itself, or because its customer pressed for one.

use domain::message::MessageKey;
use domain::session::{Action, Effect, Focus, Timer};
use domain::submission::AnswerValue;
use domain::survey;
use domain::view::View;

use super::{Desk, focus, said};

#[test]
fn who_is_asked_keeps_the_focus_and_hears_of_it_once_the_panel_stands() {
    let mut desk = Desk::default();
    let effects = desk.step(Action::SurveyAsked(None, Vec::new()));
    assert_eq!((focus(&effects), said(&effects)), (vec![], vec![]));
    assert!(effects.iter().any(|effect| matches!(effect, Effect::StartTimer(Timer::SayAsked, 1_000))));
    let effects = desk.step(Action::TimerFired(Timer::SayAsked));
    assert_eq!((focus(&effects), said(&effects)), (vec![], vec![MessageKey::SurveyAsked]));
}

#[test]
fn who_has_answered_or_gone_on_is_not_told_that_we_ask() {
    let mut desk = Desk::default();
    desk.step(Action::SurveyAsked(None, Vec::new()));
    desk.step(Action::Survey(survey::Action::Answered(0, AnswerValue::Score(4))));
    assert_eq!(said(&desk.step(Action::TimerFired(Timer::SayAsked))), []);
    let mut desk = Desk::default();
    desk.step(Action::SurveyAsked(None, Vec::new()));
    desk.step(Action::ViewChosen(View::Menu));
    assert_eq!(said(&desk.step(Action::TimerFired(Timer::SayAsked))), []);
    let mut desk = Desk::default();
    desk.step(Action::SurveyAsked(None, Vec::new()));
    desk.step(Action::Closed);
    assert_eq!(said(&desk.step(Action::TimerFired(Timer::SayAsked))), []);
}

#[test]
fn who_pressed_for_a_survey_is_taken_to_it() {
    let mut desk = Desk::default();
    let effects = desk.step(Action::SurveyPressed(None, Vec::new()));
    assert_eq!(focus(&effects), [Focus::Title]);
    assert_eq!(said(&effects), [], "the heading says where they are");
    assert_eq!(desk.session.view(), View::Rating);
}

#[test]
fn a_press_counts_whatever_its_customer_was_at() {
    for view in [View::Complaint, View::Feedback, View::Answers, View::Status] {
        let mut desk = Desk::default();
        desk.step(Action::Opened(Some(view)));
        let effects = desk.step(Action::SurveyPressed(None, Vec::new()));
        assert_eq!((desk.session.view(), focus(&effects)), (View::Rating, vec![Focus::Title]));
    }
}

#[test]
fn a_press_for_a_survey_of_no_known_name_closes_what_opened_for_it() {
    let mut desk = Desk::default();
    let ask = || Action::SurveyPressed(Some("no-such".to_owned()), Vec::new());
    assert_eq!(desk.step(ask()), [Effect::HidePanel]);
    desk.step(Action::Opened(None));
    assert_eq!(desk.step(ask()), []);
}
