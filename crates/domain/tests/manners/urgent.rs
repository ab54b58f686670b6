//! Something is at risk right now: what opens comes into sight, and tells a number only when it is answered.

use domain::calendar::{Timestamp, Utc};
use domain::complaint::urgent::{Call, call};
use domain::complaint::{Action as Act, Step};
use domain::config::{Company, Promise};
use domain::message::MessageKey;
use domain::session::{Action, Field, Focus};
use domain::submission::AnswerValue;
use domain::survey;
use domain::view::View;

use super::{Desk, focus, said};

fn time(text: &str) -> Timestamp {
    Timestamp::parse_rfc3339(text).expect("a test's own instant")
}

#[track_caller]
fn check(urgent_phone: &str, phone: &str, now: &str, expected: Call<'_>) {
    let company = Company { phone: phone.to_owned(), ..Company::default() };
    let hours = Promise { week: std::array::from_fn(|_| vec![(540, 1_050)]), ..Promise::default() };
    assert_eq!(call(urgent_phone, &company, &hours, &Utc, time(now)), expected);
}

#[test]
fn a_phone_is_to_be_called_now_while_it_is_answered() {
    check("", "1", "2026-11-23T10:00:00Z", Call::Now("1"));
    check("", "1", "2026-11-23T20:00:00Z", Call::From("1", time("2026-11-24T09:00:00Z")));
    check("1", "1", "2026-11-23T20:00:00Z", Call::From("1", time("2026-11-24T09:00:00Z")));
    check("999", "1", "2026-11-23T20:00:00Z", Call::Now("999"));
    check("999", "", "2026-11-23T20:00:00Z", Call::Now("999"));
    check("", "", "2026-11-23T10:00:00Z", Call::Elsewhere);
}

#[test]
fn what_it_opens_comes_into_sight_and_is_said() {
    let mut desk = Desk::default();
    desk.step(Action::Opened(Some(View::Complaint)));
    let effects = desk.step(Action::Complaint(Act::UrgentSet(true)));
    assert_eq!(focus(&effects), [Focus::Sight(Field::Urgent)]);
    assert_eq!(said(&effects), [MessageKey::ComplaintUrgentSaid]);
    let effects = desk.step(Action::Complaint(Act::UrgentSet(false)));
    assert_eq!((focus(&effects), said(&effects)), (vec![], vec![]));
}

#[test]
fn a_low_rating_stands_in_the_recap_of_what_came_out_of_it() {
    let mut desk = Desk::default();
    desk.step(Action::SurveyPressed(None, Vec::new()));
    desk.step(Action::Survey(survey::Action::Answered(0, AnswerValue::Score(2))));
    desk.step(Action::Survey(survey::Action::Answered(1, AnswerValue::Text("It leaks".to_owned()))));
    desk.step(Action::Survey(survey::Action::ComplaintChosen));
    assert_eq!((desk.session.complaint.step, desk.session.complaint.rated), (Step::Listen, Some((2, 5))));
    desk.step(Action::Complaint(Act::StartAfresh));
    assert_eq!(desk.session.complaint.rated, None, "another matter");
}
