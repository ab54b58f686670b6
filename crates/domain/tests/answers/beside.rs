//! Answers beside a complaint that is being written: after a rest, never in the way.

use domain::answers::{ARTICLE_KEY, Action as Answers, Helpful, QUERY_KEY};
use domain::complaint;
use domain::session::{Action, Effect, Field, Focus, Timer};
use domain::submission::Scalar;
use domain::view::View;

use crate::{Desk, focus, many, waits_for};

/// A complaint that is being written, up to the rest.
fn write(desk: &mut Desk, words: &str) -> Vec<Effect> {
    desk.step(Action::Opened(Some(View::Complaint)));
    let effects = desk.step(Action::Complaint(complaint::Action::WordsChanged(words.to_owned())));
    if !waits_for(&effects, Timer::Suggest) {
        return effects;
    }
    assert_eq!(desk.step(Action::TimerFired(Timer::Suggest)), [Effect::OfferSearch]);
    desk.answers(Answers::Rested)
}

#[test]
fn after_a_rest_answers_lie_beside_the_complaint() {
    let mut desk = Desk::shop();
    let effects = write(&mut desk, "The label to send it back is missing");
    assert_eq!(desk.session.answers.beside, [0]);
    assert_eq!(focus(&effects), Some(Focus::Here), "the focus stays, and what has it stays in sight");
    assert_eq!(effects.iter().filter(|effect| matches!(effect, Effect::Announce(_))).count(), 1);
    let effects = write(&mut desk, "The label to send my boots back is missing, and nobody waxed them");
    assert_eq!(effects.iter().filter(|effect| matches!(effect, Effect::Announce(_))).count(), 0, "said once");
    assert_eq!(focus(&effects), None, "they lie there already");
    assert_eq!(desk.session.view(), View::Complaint);
}

#[test]
fn nothing_lies_beside_a_few_letters_or_what_no_answer_is_about() {
    let mut desk = Desk::shop();
    write(&mut desk, "wax");
    assert!(desk.session.answers.beside.is_empty());
    write(&mut desk, "The assistant laughed at my accent yesterday");
    assert!(desk.session.answers.beside.is_empty(), "{:?}", desk.listed());
}

#[test]
fn where_there_are_no_answers_nothing_is_looked_for() {
    let mut desk = Desk::new(Vec::new());
    let effects = write(&mut desk, "The label to send it back is missing");
    assert!(!waits_for(&effects, Timer::Suggest));
    desk.config.faq.urls = vec![("*".to_owned(), "/faq.json".to_owned())];
    let effects = write(&mut desk, "The label to send it back is missing.");
    assert!(effects.contains(&Effect::FetchFaq), "only now, after the rest");
    desk.step(Action::FaqLoaded("en".to_owned(), None, None));
    assert!(desk.session.answers.beside.is_empty(), "what stays away leaves no trace");
}

#[test]
fn who_looks_into_an_answer_finds_the_complaint_as_it_was() {
    let mut desk = Desk::shop();
    let words = "The label to send it back is missing";
    write(&mut desk, words);
    let opened = desk.answers(Answers::ArticleOpened(0));
    assert_eq!((desk.session.view(), focus(&opened)), (View::Answers, Some(Focus::Title)));
    let back = desk.step(Action::BackPressed);
    assert_eq!((desk.session.view(), focus(&back)), (View::Complaint, Some(Focus::Field(Field::Words))));
    assert_eq!(desk.session.complaint.words, words);
    assert_eq!(desk.session.answers.beside, [0]);
    // From the answers themselves the way back leads to the answers.
    desk.step(Action::ViewChosen(View::Answers));
    desk.answers(Answers::ArticleOpened(0));
    desk.step(Action::BackPressed);
    assert_eq!(desk.session.view(), View::Answers);
}

#[test]
fn who_goes_on_from_an_answer_beside_a_complaint_comes_back_to_the_search() {
    let leave: [fn(&mut Desk); 3] = [
        |desk| drop(desk.answers(Answers::ComplaintChosen)),
        |desk| drop(desk.answers(Answers::HelpfulMarked(Helpful::No))),
        |desk| drop(desk.step(Action::Opened(Some(View::Complaint)))),
    ];
    for (at, leave) in leave.into_iter().enumerate() {
        let mut desk = Desk::shop();
        write(&mut desk, "The label to send it back is missing");
        desk.answers(Answers::ArticleOpened(0));
        leave(&mut desk);
        assert_eq!(desk.session.view(), View::Complaint, "{at}");
        assert_eq!(
            desk.session.answers.carried,
            (at < 2).then_some(0),
            "{at}: taken along only where it was said"
        );
        desk.step(Action::ViewChosen(View::Answers));
        assert_eq!((desk.session.answers.article, desk.session.answers.helpful), (None, None), "{at}");
        desk.answers(Answers::ArticleOpened(2));
        desk.step(Action::BackPressed);
        assert_eq!(desk.session.view(), View::Answers, "{at}: the way back leads to where it was opened");
    }
}

#[test]
fn an_article_goes_along_under_a_name_of_ours() {
    let mut desk = Desk::shop();
    let own = ("article".to_owned(), Scalar::Text("SKU 4711".to_owned()));
    desk.step(Action::ContextGiven(vec![own.clone()]));
    desk.answers(Answers::Asked("wax".to_owned()));
    desk.answers(Answers::ComplaintChosen);
    let ours = (ARTICLE_KEY.to_owned(), Scalar::Text("wax".to_owned()));
    assert_eq!(desk.session.context, [own.clone(), ours]);
    desk.step(Action::Complaint(complaint::Action::StartAfresh));
    assert_eq!(desk.session.context, [own], "what the page said stays");
}

#[test]
fn an_article_stays_with_the_complaint_that_it_was_about() {
    let mut desk = Desk::shop();
    desk.answers(Answers::Asked("wax".to_owned()));
    desk.answers(Answers::ComplaintChosen);
    desk.step(Action::Complaint(complaint::Action::WordsChanged("It came off.".to_owned())));
    for action in [complaint::Action::Told, complaint::Action::Confirmed, complaint::Action::ApologyRead] {
        desk.step(Action::Complaint(action));
    }
    desk.step(Action::Complaint(complaint::Action::SendPressed));
    assert!(desk.session.complaint.filed.is_some());
    // From the list, with what was looked for and without an article.
    desk.step(Action::ViewChosen(View::Answers));
    desk.search("parcel");
    desk.answers(Answers::ComplaintChosen);
    assert_eq!(desk.session.answers.carried, None);
    let along = (QUERY_KEY.to_owned(), Scalar::Text("parcel".to_owned()));
    assert_eq!(desk.session.context, [along], "the article stays with the other");
}

#[test]
fn beside_a_complaint_a_large_faq_is_read_a_part_at_a_time_too() {
    let mut desk = Desk::new(many());
    let mut effects = write(&mut desk, "I lost my hat where the zeppelin is");
    while waits_for(&effects, Timer::ReadAnswers) {
        assert!(desk.session.answers.beside.is_empty());
        effects = desk.step(Action::TimerFired(Timer::ReadAnswers));
    }
    assert_eq!(desk.session.answers.beside, [200]);
    assert!(desk.session.answers.query.is_empty() && !desk.session.answers.searched);
}
