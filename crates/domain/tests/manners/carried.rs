//! Who says that an answer did not help is listened to: told why the screen stands there, and left to say it in their words.

use domain::answers::{ARTICLE_KEY, Action as Act, Helpful, QUERY_KEY};
use domain::complaint::{self, context_text};
use domain::faq::Entry;
use domain::message::MessageKey;
use domain::session::{Action, Effect};
use domain::view::View;

use super::{Desk, said};

fn reading(query: &str) -> Desk {
    let mut desk = Desk::default();
    desk.config.faq.entries = vec![Entry {
        id: "returns".to_owned(),
        question: "How do I return something?".to_owned(),
        answer: "Within 60 days.".to_owned(),
        popular: true,
        ..Entry::default()
    }];
    desk.step(Action::Opened(Some(View::Answers)));
    desk.step(Action::FaqLoaded("en".to_owned(), None, None));
    desk.step(Action::Answers(Act::QueryChanged(query.to_owned())));
    desk.step(Action::Answers(Act::ArticleOpened(0)));
    desk
}

#[test]
fn what_was_looked_for_goes_along_and_is_not_put_into_anybodys_mouth() {
    let mut desk = reading("return boots");
    let effects = desk.step(Action::Answers(Act::HelpfulMarked(Helpful::No)));
    assert_eq!(said(&effects), [MessageKey::AnswersTold]);
    assert_eq!((desk.session.view(), desk.session.complaint.words.as_str()), (View::Complaint, ""));
    let answers = &desk.session.answers;
    assert_eq!(
        (answers.carried, answers.looked_for.as_str(), answers.unhelped),
        (Some(0), "return boots", true)
    );
    assert_eq!(context_text(&desk.session.context, ARTICLE_KEY), "returns");
    assert_eq!(context_text(&desk.session.context, QUERY_KEY), "return boots");
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::StartTimer(..))), "nothing to save yet");
}

#[test]
fn the_way_back_leads_to_what_was_found() {
    let mut desk = reading("return boots");
    desk.step(Action::Answers(Act::HelpfulMarked(Helpful::No)));
    desk.step(Action::ViewChosen(View::Answers));
    assert_eq!((desk.session.view(), desk.session.answers.query.as_str()), (View::Answers, "return boots"));
    assert_eq!(desk.session.answers.article, None);
}

#[test]
fn who_chose_to_complain_has_not_said_that_an_answer_was_no_help() {
    let mut desk = reading("return boots");
    desk.step(Action::Answers(Act::ComplaintChosen));
    assert!(!desk.session.answers.unhelped);
    assert_eq!(desk.session.answers.looked_for, "return boots");
}

#[test]
fn the_next_complaint_is_about_something_else() {
    let mut desk = reading("return boots");
    desk.step(Action::Answers(Act::HelpfulMarked(Helpful::No)));
    desk.step(Action::Complaint(complaint::Action::StartAfresh));
    let answers = &desk.session.answers;
    assert_eq!((answers.carried, answers.looked_for.as_str(), answers.unhelped), (None, "", false));
    assert_eq!(context_text(&desk.session.context, QUERY_KEY), "");
}
