//! Nothing that a customer typed is lost, mixed up or replaced: drafts, words carried from screen to screen, surveys.

mod desk;

use domain::answers;
use domain::calendar::Timestamp;
use domain::complaint::{self, Step};
use domain::config::Endpoint;
use domain::delivery::{Change, Deliveries, DeliveryState};
use domain::faq::Entry;
use domain::feedback;
use domain::message::MessageKey;
use domain::session::{Action, CustomerField, DraftContent, DraftKey, Effect, Timer};
use domain::status::{self, Known, Report};
use domain::submission::{AnswerValue, Body, Scalar};
use domain::survey;
use domain::view::View;

use desk::{Desk, NOW};

impl Desk {
    fn at(&mut self, ms: i64) -> &mut Self {
        self.now = Timestamp(ms);
        self
    }

    fn complain(&mut self, action: complaint::Action) -> Vec<Effect> {
        self.step(Action::Complaint(action))
    }

    fn write(&mut self, text: &str) -> Vec<Effect> {
        self.step(Action::Feedback(feedback::Action::TextChanged(text.to_owned())))
    }

    fn answer(&mut self, at: usize, text: &str) -> Vec<Effect> {
        self.step(Action::Survey(survey::Action::Answered(at, AnswerValue::Text(text.to_owned()))))
    }

    fn remembered(&mut self, words: &str) -> Vec<Effect> {
        let draft = complaint::Draft {
            words: words.to_owned(),
            step: Step::Resolve,
            effect: "Wet feet".to_owned(),
            ..complaint::Draft::default()
        };
        self.step(Action::DraftLoaded(DraftContent::Complaint(Box::new(draft)), NOW))
    }
}

#[test]
fn two_drafts_of_one_moment_are_both_saved() {
    let mut desk = Desk::default();
    desk.step(Action::Opened(Some(View::Complaint)));
    desk.complain(complaint::Action::WordsChanged("The sole came off.".to_owned()));
    desk.step(Action::ViewChosen(View::Feedback));
    desk.write("Nice boots otherwise.");
    for key in [DraftKey::Complaint, DraftKey::Feedback] {
        let effects = desk.step(Action::TimerFired(Timer::SaveDraft(key)));
        assert!(matches!(effects[..], [Effect::SaveDraft(_)]), "{key:?}: {effects:?}");
        assert_eq!(desk.step(Action::TimerFired(Timer::SaveDraft(key))), [], "{key:?} is saved");
    }
}

fn saves(effects: &[Effect], key: DraftKey) -> bool {
    effects.iter().any(|effect| matches!(effect, Effect::StartTimer(Timer::SaveDraft(own), _) if *own == key))
}

#[test]
fn words_said_elsewhere_join_the_complaint_on_the_device() {
    let mut desk = Desk::default();
    desk.step(Action::Opened(Some(View::Feedback)));
    desk.write("The laces broke");
    let effects = desk.step(Action::Feedback(feedback::Action::ComplaintChosen));
    assert!(
        effects.contains(&Effect::LoadDraft(DraftKey::Complaint)),
        "the draft was left to be written over"
    );
    let effects = desk.remembered("The sole came off");
    assert_eq!(desk.session.complaint.words, "The sole came off\n\nThe laces broke");
    assert_eq!(desk.session.complaint.effect, "Wet feet");
    assert_eq!(desk.session.complaint.step, Step::Listen, "what is new was not read back yet");
    assert!(saves(&effects, DraftKey::Complaint));
    // Once is enough: what this page holds is newer than the device.
    desk.step(Action::BackPressed);
    let effects = desk.step(Action::ViewChosen(View::Complaint));
    assert!(!effects.contains(&Effect::LoadDraft(DraftKey::Complaint)));
}

#[test]
fn a_draft_comes_back_as_it_was_and_what_it_lacks_stays() {
    let mut desk = Desk::default();
    desk.step(Action::Opened(Some(View::Complaint)));
    desk.complain(complaint::Action::OrderChanged("A-1001".to_owned()));
    desk.remembered("The sole came off");
    let draft = &desk.session.complaint;
    assert_eq!((draft.words.as_str(), draft.step), ("The sole came off", Step::Resolve));
    assert_eq!((draft.order.as_str(), draft.restored), ("A-1001", true));
}

#[test]
fn a_query_joins_the_feedback_on_the_device() {
    let mut desk = Desk::default();
    desk.step(Action::Opened(Some(View::Answers)));
    desk.step(Action::Answers(answers::Action::QueryChanged("wide shoes".to_owned())));
    let effects = desk.step(Action::Answers(answers::Action::PersonWanted));
    assert!(effects.contains(&Effect::LoadDraft(DraftKey::Feedback)));
    let draft = feedback::Draft { text: "Sell laces".to_owned(), ..feedback::Draft::default() };
    desk.step(Action::DraftLoaded(DraftContent::Feedback(draft), NOW));
    assert_eq!(desk.session.feedback.text, "Sell laces\n\nwide shoes");
}

#[test]
fn feedback_joins_the_words_of_a_complaint() {
    let mut desk = Desk::default();
    desk.step(Action::Opened(Some(View::Complaint)));
    desk.complain(complaint::Action::WordsChanged("The sole came off".to_owned()));
    desk.complain(complaint::Action::Told);
    desk.complain(complaint::Action::Confirmed);
    desk.step(Action::ViewChosen(View::Feedback));
    desk.write("The laces broke");
    let effects = desk.step(Action::Feedback(feedback::Action::ComplaintChosen));
    assert_eq!(desk.session.complaint.words, "The sole came off\n\nThe laces broke");
    assert_eq!(desk.session.complaint.step, Step::Listen);
    assert_eq!(desk.session.feedback.text, "");
    let order: Vec<&Effect> = effects
        .iter()
        .filter(|effect| matches!(effect, Effect::StartTimer(Timer::SaveDraft(_), _)))
        .collect();
    assert!(
        matches!(order.last(), Some(Effect::StartTimer(Timer::SaveDraft(DraftKey::Feedback), _))),
        "the box is emptied on the device only after the complaint is saved"
    );
}

#[test]
fn who_types_without_a_pause_loses_two_seconds_at_most() {
    let mut desk = Desk::default();
    let mut longest = 0;
    let mut fires: Option<i64> = None;
    let mut saved = NOW.0;
    desk.step(Action::ViewChosen(View::Complaint));
    for at in (NOW.0..NOW.0 + 10_000).step_by(100) {
        if fires.is_some_and(|due| due <= at) {
            fires = None;
            saved = at;
            desk.at(at).step(Action::TimerFired(Timer::SaveDraft(DraftKey::Complaint)));
        }
        let words = format!("The sole came off {at}");
        for effect in desk.at(at).complain(complaint::Action::WordsChanged(words)) {
            if let Effect::StartTimer(Timer::SaveDraft(DraftKey::Complaint), delay) = effect {
                fires = Some(at + i64::from(delay));
            }
        }
        longest = longest.max(at - saved);
    }
    assert!((500..=2_200).contains(&longest), "{longest} ms were not saved");
}

#[test]
fn words_that_find_no_room_stay_where_they_are() {
    let mut desk = Desk::default();
    desk.step(Action::Opened(Some(View::Complaint)));
    desk.complain(complaint::Action::WordsChanged("long ".repeat(1_000)));
    desk.step(Action::ViewChosen(View::Feedback));
    desk.write("The laces broke");
    desk.step(Action::Feedback(feedback::Action::ComplaintChosen));
    assert_eq!(desk.session.feedback.text, "The laces broke");
}

#[test]
fn all_that_was_said_in_a_survey_comes_along() {
    let mut desk = Desk::default();
    desk.config.surveys.list = survey::Survey::template("service-strategy").into_iter().collect();
    desk.step(Action::SurveyAsked(None, Vec::new()));
    desk.answer(1, "Dry feet, all year");
    desk.answer(2, "Boots");
    let effects = desk.step(Action::Survey(survey::Action::ComplaintChosen));
    assert_eq!(desk.session.complaint.words, "Dry feet, all year\n\nBoots");
    assert!(saves(&effects, DraftKey::Complaint));
}

#[test]
fn what_a_page_fills_in_never_replaces_what_was_typed() {
    let mut desk = Desk::default();
    let fill =
        |words: &str, order: &str| Action::Prefilled(words.to_owned(), order.to_owned(), String::new());
    desk.step(Action::ContextGiven(vec![("order".to_owned(), Scalar::Text("A-1".to_owned()))]));
    desk.step(Action::Opened(Some(View::Complaint)));
    desk.step(fill("It leaks", "A-2"));
    let draft = &desk.session.complaint;
    assert_eq!(
        (draft.words.as_str(), draft.order.as_str()),
        ("It leaks", "A-2"),
        "the page fills in at first"
    );
    desk.complain(complaint::Action::WordsChanged("It leaks at the toe".to_owned()));
    desk.complain(complaint::Action::OrderChanged("A-3".to_owned()));
    desk.step(Action::Opened(Some(View::Complaint)));
    let effects = desk.step(fill("It leaks", "A-2"));
    let draft = &desk.session.complaint;
    assert_eq!((draft.words.as_str(), draft.order.as_str()), ("It leaks at the toe", "A-3"));
    assert_eq!(effects, [], "nothing to save: the customer said nothing");
    desk.step(Action::Opened(Some(View::Feedback)));
    desk.write("Thanks");
    desk.step(fill("Nice", ""));
    assert_eq!(desk.session.feedback.text, "Thanks");
    assert_eq!(desk.session.complaint.order, "A-3");
}

#[test]
fn a_survey_interrupts_nobody() {
    for view in [View::Complaint, View::Feedback, View::Answers, View::Status] {
        let mut desk = Desk::default();
        desk.step(Action::Opened(Some(view)));
        let context = vec![("order".to_owned(), Scalar::Text("B".to_owned()))];
        assert_eq!(desk.step(Action::SurveyAsked(None, context)), [], "torn out of {view:?}");
        assert_eq!((desk.session.view(), desk.session.context.len()), (view, 0));
    }
    let mut desk = Desk::default();
    desk.step(Action::SurveyAsked(None, Vec::new()));
    desk.answer(1, "Warm feet");
    desk.config.surveys.list.extend(survey::Survey::template("nps"));
    assert_eq!(desk.step(Action::SurveyAsked(Some("nps".to_owned()), Vec::new())), []);
    desk.step(Action::Closed);
    desk.step(Action::SurveyAsked(Some("nps".to_owned()), Vec::new()));
    assert_eq!(desk.session.survey.as_ref().map(|run| run.survey.id.as_str()), Some("nps"));
}

#[test]
fn another_purchase_is_another_rating() {
    let mut desk = Desk::default();
    let about = |order: &str| {
        let context = vec![("order".to_owned(), Scalar::Text(order.to_owned()))];
        Action::SurveyAsked(None, context)
    };
    desk.step(about("A"));
    desk.answer(1, "Warm feet");
    desk.step(Action::ViewChosen(View::Menu));
    let effects = desk.step(about("B"));
    let Some(Effect::HandToSender(handed)) =
        effects.iter().find(|effect| matches!(effect, Effect::HandToSender(_)))
    else {
        panic!("the comment was dropped")
    };
    assert!(matches!(&handed.body, Body::Rating(rating) if rating.answers.len() == 1));
    assert_eq!(complaint::context_text(&handed.context, "order"), "A");
    let run = desk.session.survey.as_ref().expect("a survey");
    assert_eq!((run.answers.len(), &run.sent), (0, &None), "the old run went on under the new order");
    desk.answer(1, "Cold feet");
    desk.step(Action::ViewChosen(View::Menu));
    desk.step(about("B"));
    assert_eq!(desk.session.survey.as_ref().map(|run| run.answers.len()), Some(1), "the same one goes on");
}

#[test]
fn a_survey_of_no_known_name_opens_nothing() {
    let mut desk = Desk::default();
    let ask = || Action::SurveyAsked(Some("no-such".to_owned()), Vec::new());
    assert_eq!(desk.step(ask()), [Effect::HidePanel], "an empty panel has no reason to stand there");
    assert_eq!((desk.session.view, desk.session.survey.is_none()), (None, true));
    desk.step(Action::Opened(None));
    assert_eq!(desk.step(ask()), []);
}

#[test]
fn an_answer_is_noted_once_it_is() {
    let said = |effects: &[Effect]| {
        effects.iter().any(
            |effect| matches!(effect, Effect::Announce(message) if message.key == MessageKey::SurveyKept),
        )
    };
    let mut desk = Desk::default();
    desk.step(Action::SurveyAsked(None, Vec::new()));
    let effects = desk.step(Action::Survey(survey::Action::Answered(0, AnswerValue::Score(5))));
    assert!(!said(&effects), "nobody has it yet");
    desk.step(Action::TimerFired(Timer::SettleRating));
    let id = desk.session.survey.as_ref().and_then(|run| run.sent.clone()).expect("handed in");
    let change = |state| Action::DeliveryChanged(Change { id: id.clone(), state, receipt: None });
    assert!(!said(&desk.step(change(DeliveryState::Unsaved))));
    assert!(said(&desk.step(change(DeliveryState::Stored))));
    assert!(!said(&desk.step(change(DeliveryState::Sent))), "once");
}

#[test]
fn an_endpoint_that_says_nothing_makes_the_promise_firm_when_it_takes_the_complaint() {
    let mut desk = Desk::default();
    desk.step(Action::Opened(Some(View::Complaint)));
    desk.complain(complaint::Action::WordsChanged("It leaks".to_owned()));
    for action in [
        complaint::Action::Told,
        complaint::Action::Confirmed,
        complaint::Action::ApologyRead,
        complaint::Action::SendPressed,
    ] {
        desk.complain(action);
    }
    let filed = desk.session.complaint.filed.as_mut().expect("filed");
    let (id, first) = (filed.id.clone(), filed.reply_by);
    // It waited for the network since last week.
    filed.reply_by = Timestamp(first.0 - 7 * 86_400_000);
    desk.step(Action::DeliveryChanged(Change { id, state: DeliveryState::Sent, receipt: None }));
    let filed = desk.session.complaint.filed.as_ref().expect("filed");
    assert_eq!((filed.received_at, filed.reply_by), (Some(NOW), first));
}

#[test]
fn a_slow_answer_lands_nowhere_else() {
    let mut desk = Desk::default();
    let known = |name: &str| Known {
        reference: name.to_owned(),
        status_url: Some(format!("/v1/status/{name}")),
        ..Known::default()
    };
    desk.step(Action::KnownLoaded(vec![known("A"), known("B")]));
    desk.step(Action::Status(status::Action::KnownChosen(0)));
    desk.step(Action::Status(status::Action::KnownChosen(1)));
    let late =
        Report { owner: Some("Maya".to_owned()), ..desk.session.status.report.clone().expect("a report") };
    desk.step(Action::StatusLoaded("/v1/status/A".to_owned(), Ok(late.clone())));
    let shown = desk.session.status.report.as_ref();
    assert_eq!(shown.map(|report| (report.reference.as_str(), &report.owner)), Some(("B", &None)));
    desk.step(Action::StatusLoaded("/v1/status/B".to_owned(), Ok(late)));
    assert!(desk.session.status.report.as_ref().is_some_and(|report| report.owner.is_some()));
}

fn entry(id: &str) -> Entry {
    Entry { id: id.to_owned(), question: id.to_owned(), answer: "Yes.".to_owned(), ..Entry::default() }
}

#[test]
fn entries_of_config_and_file_stand_together_in_one_language() {
    let mut desk = Desk::default();
    desk.config.faq.entries = vec![entry("own"), entry("both")];
    desk.config.faq.urls = vec![("*".to_owned(), "/faq.json".to_owned())];
    desk.step(Action::Opened(Some(View::Answers)));
    desk.step(Action::FaqLoaded("de".to_owned(), Some(vec![entry("alt")]), None));
    assert!(desk.session.answers.entries.is_empty(), "that was for the language before");
    desk.step(Action::FaqLoaded("en".to_owned(), Some(vec![entry("both"), entry("file")]), None));
    let ids: Vec<&str> = desk.session.answers.entries.iter().map(|entry| entry.id.as_str()).collect();
    assert_eq!(ids, ["own", "both", "file"]);
    desk.step(Action::LocaleChanged);
    desk.step(Action::FaqLoaded("en".to_owned(), None, None));
    assert_eq!(desk.session.answers.entries.len(), 2, "the inline ones stand when the file is out of reach");
}

#[test]
fn a_signal_holds_nobody() {
    let mut desk = Desk::default();
    desk.config.faq.entries = vec![entry("own")];
    desk.step(Action::Opened(Some(View::Answers)));
    desk.step(Action::FaqLoaded("en".to_owned(), None, None));
    desk.step(Action::Answers(answers::Action::ArticleOpened(0)));
    let helpful = || Action::Answers(answers::Action::HelpfulMarked(answers::Helpful::Yes));
    desk.step(helpful());
    assert_eq!(desk.session.deliveries, Deliveries::default(), "there is nowhere to send it to");
    desk.config.endpoint.default = Some(Endpoint { url: "/v1".to_owned(), ..Endpoint::default() });
    desk.session.answers.helpful = None;
    let effects = desk.step(helpful());
    let Some(Effect::HandToSender(signal)) =
        effects.iter().find(|effect| matches!(effect, Effect::HandToSender(_)))
    else {
        panic!("a signal")
    };
    let lost = Change { id: signal.id.clone(), state: DeliveryState::Unsaved, receipt: None };
    assert_eq!(desk.step(Action::DeliveryChanged(lost)), [Effect::KeepPageOpen(false)]);
}

#[test]
fn a_survey_may_begin_with_the_contact() {
    let mut desk = Desk::default();
    desk.config.surveys.list[0].questions[0].kind = survey::QuestionKind::Contact;
    desk.step(Action::SurveyAsked(None, Vec::new()));
    assert!(!desk.session.survey.as_ref().is_some_and(survey::Run::begun));
    desk.step(Action::CustomerChanged(CustomerField::Phone, "1".to_owned()));
    assert!(desk.session.survey.as_ref().is_some_and(survey::Run::begun), "nothing else is ever asked");
    let effects = desk.step(Action::Closed);
    let handed = effects
        .iter()
        .any(|effect| matches!(effect, Effect::HandToSender(submission) if submission.customer.phone == "1"));
    assert!(handed, "who said only how to be reached is lost");
}
