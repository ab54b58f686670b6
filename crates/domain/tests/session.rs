//! The rules of each screen, one case a line: what is sent, what is said, where the focus goes.

mod desk;

use domain::answers;
use domain::calendar::Timestamp;
use domain::complaint::{self, FieldError, Step, context_text};
use domain::config::{Config, Endpoint};
use domain::delivery::{Change, DeliveryState};
use domain::faq::Entry;
use domain::feedback;
use domain::message::MessageKey;
use domain::session::{Action, CustomerField, Effect, Field, Focus};
use domain::status::{self, Known, Report, State, Trouble};
use domain::submission::{
    AnswerValue, Body, Customer, Kind, Receipt, Reference, Scalar, SubmissionId, Topic,
};
use domain::survey;
use domain::view::View;

use desk::{Desk, NOW, id};

impl Desk {
    fn new() -> Self {
        let mut config = Config::default();
        config.faq.entries = vec![Entry {
            id: "returns".to_owned(),
            question: "How do I return something?".to_owned(),
            answer: "Within 60 days.".to_owned(),
            popular: true,
            ..Entry::default()
        }];
        config.endpoint.default = Some(Endpoint { url: "/v1/submissions".to_owned(), ..Endpoint::default() });
        Self { config, ..Self::default() }
    }

    fn complain(&mut self, action: complaint::Action) -> Vec<Effect> {
        self.step(Action::Complaint(action))
    }
}

fn bodies(effects: &[Effect]) -> Vec<&Body> {
    let handed = effects.iter().filter_map(|effect| {
        if let Effect::HandToSender(submission) = effect { Some(&submission.body) } else { None }
    });
    handed.collect()
}

fn said(effects: &[Effect]) -> Vec<MessageKey> {
    let messages = effects
        .iter()
        .filter_map(|effect| if let Effect::Announce(message) = effect { Some(message.key) } else { None });
    messages.collect()
}

#[test]
fn an_id_is_a_version_7_uuid_and_makes_a_reference() {
    let made = SubmissionId::v7(Timestamp(1_795_255_445_120), [0xff; 10]);
    assert_eq!(made.as_str(), "01a1fd90-2680-7fff-bfff-ffffffffffff");
    assert_eq!(SubmissionId::parse(made.as_str()), Some(made.clone()));
    assert_eq!(made.reference("AE").as_str(), "AE-ZZZZ-ZZZZ");
    assert_eq!(id(0).reference("FERN").as_str(), "FERN-0000-0000");
}

#[track_caller]
fn check_reference(typed: &str, expected: Option<&str>) {
    assert_eq!(Reference::parse(typed).as_ref().map(Reference::as_str), expected, "{typed:?}");
}

#[test]
fn a_reference_is_read_as_people_write_it() {
    check_reference("AE-7F3K-9Q2M", Some("AE-7F3K-9Q2M"));
    check_reference(" ae 7f3k 9q2m ", Some("AE-7F3K-9Q2M"));
    check_reference("ae7f3k9q2m", Some("AE-7F3K-9Q2M"));
    check_reference("AE-7F3K-9QOM", Some("AE-7F3K-9Q0M"));
    check_reference("AE-7F3K-9QIL", Some("AE-7F3K-9Q11"));
    check_reference("AE-7F3K-9Q2U", None);
    check_reference("7F3K-9Q2M", None);
    check_reference("", None);
}

#[track_caller]
fn check_email(email: &str, expected: bool) {
    let mut desk = Desk::new();
    desk.step(Action::Opened(Some(View::Feedback)));
    desk.step(Action::Feedback(feedback::Action::TextChanged("hello".to_owned())));
    desk.step(Action::CustomerChanged(CustomerField::Email, email.to_owned()));
    let effects = desk.step(Action::Feedback(feedback::Action::SendPressed));
    assert_eq!(bodies(&effects).len() == 1, expected, "{email:?}");
}

#[test]
fn an_address_may_be_empty_and_is_otherwise_whole() {
    check_email("", true);
    check_email("sam@example.org", true);
    check_email(" sam@example.org ", true);
    check_email("sam", false);
    check_email("sam@", false);
    check_email("@example.org", false);
    check_email("sam@example", false);
    check_email("sam@.org", false);
    check_email("sam and @example.org", false);
}

#[test]
fn the_way_back_out_of_a_correction_is_no_way_past_the_checks() {
    let mut desk = Desk::new();
    desk.step(Action::Opened(Some(View::Complaint)));
    desk.complain(complaint::Action::WordsChanged("The sole came off".to_owned()));
    desk.complain(complaint::Action::Told);
    desk.complain(complaint::Action::CorrectPressed);
    desk.complain(complaint::Action::SinceChanged("2031-05-05".to_owned()));
    desk.step(Action::BackPressed);
    let effects = desk.complain(complaint::Action::Confirmed);
    assert_eq!((desk.session.complaint.step, desk.session.complaint.correcting), (Step::Recap, true));
    assert!(effects.contains(&Effect::MoveFocus(Focus::Field(Field::Since))));
    assert_eq!(said(&effects), [MessageKey::ComplaintSinceUnclear]);
    desk.complain(complaint::Action::SinceChanged("2026-11-14".to_owned()));
    desk.complain(complaint::Action::Corrected);
    desk.complain(complaint::Action::Confirmed);
    assert_eq!(desk.session.complaint.step, Step::Apologise);
}

#[test]
fn words_are_all_that_a_complaint_needs() {
    let mut desk = Desk::new();
    desk.step(Action::Opened(Some(View::Complaint)));
    let effects = desk.complain(complaint::Action::Told);
    assert_eq!(desk.session.complaint.errors, [FieldError::WordsMissing]);
    assert!(effects.contains(&Effect::MoveFocus(Focus::Field(Field::Words))));
    assert_eq!(said(&effects), [MessageKey::ComplaintWordsMissing]);
    desk.complain(complaint::Action::WordsChanged("The sole came off".to_owned()));
    assert!(desk.session.complaint.errors.is_empty(), "an error goes as soon as it is mended");
    for action in [complaint::Action::Told, complaint::Action::Confirmed, complaint::Action::ApologyRead] {
        desk.complain(action);
    }
    let effects = desk.complain(complaint::Action::SendPressed);
    let [Body::Complaint(complaint)] = bodies(&effects)[..] else { panic!("one complaint") };
    assert_eq!(complaint.text, "The sole came off");
    assert_eq!(complaint.reference, id(desk.serial).reference("AE").as_str());
    assert!(complaint.reply_by > Some(NOW));
    assert_eq!(desk.session.complaint.step, Step::Promise);
}

#[test]
fn a_day_that_lies_ahead_is_asked_again() {
    let mut desk = Desk::new();
    desk.step(Action::Opened(Some(View::Complaint)));
    desk.complain(complaint::Action::WordsChanged("late".to_owned()));
    desk.complain(complaint::Action::SinceChanged("2027-01-01".to_owned()));
    let effects = desk.complain(complaint::Action::Told);
    assert_eq!(desk.session.complaint.errors, [FieldError::SinceUnclear]);
    assert!(effects.contains(&Effect::MoveFocus(Focus::Field(Field::Since))));
    desk.complain(complaint::Action::SinceChanged("2026-11-14".to_owned()));
    desk.complain(complaint::Action::Told);
    assert_eq!(desk.session.complaint.step, Step::Recap);
}

#[test]
fn the_recap_can_be_corrected_in_place_and_nothing_is_lost_by_going_back() {
    let mut desk = Desk::new();
    desk.step(Action::Opened(Some(View::Complaint)));
    desk.complain(complaint::Action::WordsChanged("The left sole came off".to_owned()));
    desk.complain(complaint::Action::Told);
    desk.complain(complaint::Action::CorrectPressed);
    desk.complain(complaint::Action::WordsChanged("The right sole came off".to_owned()));
    desk.complain(complaint::Action::Corrected);
    desk.complain(complaint::Action::Confirmed);
    desk.complain(complaint::Action::ApologyRead);
    desk.complain(complaint::Action::OutcomeToggled("repair".to_owned()));
    for _ in 0..3 {
        desk.step(Action::BackPressed);
    }
    assert_eq!(desk.session.complaint.step, Step::Listen);
    assert_eq!(desk.session.complaint.words, "The right sole came off");
    assert_eq!(desk.session.complaint.outcomes, ["repair"]);
    assert_eq!(desk.session.complaint.corrections, 1);
}

#[test]
fn the_endpoint_has_the_last_word_on_the_promise() {
    let mut desk = Desk::new();
    desk.step(Action::Opened(Some(View::Complaint)));
    desk.complain(complaint::Action::WordsChanged("late".to_owned()));
    for action in [
        complaint::Action::Told,
        complaint::Action::Confirmed,
        complaint::Action::ApologyRead,
        complaint::Action::SendPressed,
    ] {
        desk.complain(action);
    }
    let id = desk.session.complaint.filed.as_ref().map(|filed| filed.id.clone()).expect("filed");
    let receipt = Receipt {
        id: id.as_str().to_owned(),
        reference: Some("FW-1".to_owned()),
        received_at: Some(NOW),
        reply_by: Some(Timestamp(NOW.0 + 1)),
        owner: Some("Maya".to_owned()),
        ..Receipt::default()
    };
    let change = |state| Change { id: id.clone(), state, receipt: Some(receipt.clone()) };
    desk.step(Action::DeliveryChanged(change(DeliveryState::Stored)));
    assert!(desk.session.complaint.filed.as_ref().is_some_and(|filed| filed.received_at.is_none()));
    let effects = desk.step(Action::DeliveryChanged(change(DeliveryState::Sent)));
    assert_eq!(said(&effects), [MessageKey::SendingSentReference]);
    let filed = desk.session.complaint.filed.as_ref().expect("filed");
    assert_eq!(filed.reference, "FW-1");
    assert_eq!(filed.reply_by, Timestamp(NOW.0 + 1));
    assert_eq!(filed.owner.as_deref(), Some("Maya"));
    desk.step(Action::DeliveryChanged(change(DeliveryState::Stored)));
    let delivery = desk.session.deliveries.of(&id).expect("known");
    assert_eq!(delivery.state, DeliveryState::Sent, "what was received stays received");
}

#[test]
fn an_unsaved_submission_holds_the_page_open_until_it_is_safe() {
    let mut desk = Desk::new();
    desk.step(Action::Opened(Some(View::Feedback)));
    desk.step(Action::Feedback(feedback::Action::TextChanged("hello".to_owned())));
    desk.step(Action::Feedback(feedback::Action::SendPressed));
    let id = desk.session.feedback.sent.clone().expect("handed in");
    let change = |state| Action::DeliveryChanged(Change { id: id.clone(), state, receipt: None });
    let effects = desk.step(change(DeliveryState::Unsaved));
    assert!(effects.contains(&Effect::KeepPageOpen(true)));
    assert_eq!(said(&effects), [MessageKey::SendingUnsaved]);
    let effects = desk.step(change(DeliveryState::Sent));
    assert!(effects.contains(&Effect::KeepPageOpen(false)));
}

#[test]
fn a_low_rating_carries_order_and_comment_to_listen() {
    let mut desk = Desk::new();
    let context = vec![
        ("order".to_owned(), Scalar::Text("A-1001".to_owned())),
        ("product".to_owned(), Scalar::Text("Trail boots".to_owned())),
    ];
    desk.step(Action::SurveyAsked(None, context));
    desk.step(Action::Survey(survey::Action::Answered(0, AnswerValue::Score(2))));
    desk.step(Action::Survey(survey::Action::Answered(1, AnswerValue::Text("The sole came off".to_owned()))));
    assert!(desk.session.survey.as_ref().is_some_and(survey::Run::is_low));
    let effects = desk.step(Action::Survey(survey::Action::ComplaintChosen));
    assert_eq!(bodies(&effects).len(), 1, "the rating counts all the same");
    assert_eq!(desk.session.view(), View::Complaint);
    assert_eq!(desk.session.complaint.words, "The sole came off");
    assert_eq!(desk.session.complaint.order, "A-1001");
    assert_eq!(desk.session.complaint.product, "Trail boots");
}

#[track_caller]
fn check_low(kind: survey::QuestionKind, score: u8, expected: bool) {
    let mut desk = Desk::new();
    desk.config.surveys.list[0].questions[0].kind = kind;
    desk.step(Action::SurveyAsked(None, Vec::new()));
    desk.step(Action::Survey(survey::Action::Answered(0, AnswerValue::Score(score))));
    assert_eq!(desk.session.survey.as_ref().is_some_and(survey::Run::is_low), expected, "{kind:?} {score}");
}

#[test]
fn low_means_the_lower_part_of_a_scale() {
    check_low(survey::QuestionKind::Stars, 1, true);
    check_low(survey::QuestionKind::Stars, 3, true);
    check_low(survey::QuestionKind::Stars, 4, false);
    check_low(survey::QuestionKind::Nps, 6, true);
    check_low(survey::QuestionKind::Nps, 7, false);
    check_low(survey::QuestionKind::Thumbs, 0, true);
    check_low(survey::QuestionKind::Thumbs, 1, false);
    check_low(survey::QuestionKind::Ces, 4, true);
    check_low(survey::QuestionKind::Ces, 6, false);
}

#[test]
fn a_search_without_an_answer_is_said_once_and_leads_to_a_person() {
    let mut desk = Desk::new();
    desk.step(Action::Opened(Some(View::Answers)));
    assert_eq!(desk.session.answers.found[0].entry, 0, "popular entries before anything is typed");
    desk.step(Action::Answers(answers::Action::QueryChanged("zzzz qqqq".to_owned())));
    let timer = || Action::TimerFired(domain::session::Timer::AnnounceResults);
    let effects = desk.step(timer());
    assert_eq!(said(&effects), [MessageKey::AnswersCountNone]);
    assert_eq!(bodies(&effects).len(), 1);
    assert!(bodies(&desk.step(timer())).is_empty(), "one signal a query");
    desk.step(Action::Answers(answers::Action::PersonWanted));
    assert_eq!(desk.session.view(), View::Feedback);
    assert_eq!(desk.session.feedback.text, "zzzz qqqq");
    assert_eq!(desk.session.feedback.topic, Some(Topic::Question));
}

#[test]
fn signals_need_leave_and_name_nobody() {
    let mut desk = Desk::new();
    desk.step(Action::Identified(Customer { email: "sam@example.org".to_owned(), ..Customer::default() }));
    desk.step(Action::Opened(Some(View::Answers)));
    desk.step(Action::Answers(answers::Action::ArticleOpened(0)));
    let effects = desk.step(Action::Answers(answers::Action::HelpfulMarked(answers::Helpful::Yes)));
    let Some(Effect::HandToSender(submission)) =
        effects.iter().find(|effect| matches!(effect, Effect::HandToSender(_)))
    else {
        panic!("a signal")
    };
    assert_eq!(submission.body.kind(), Kind::Signal);
    assert_eq!(submission.customer, Customer::default());
    desk.config.privacy.signals = false;
    let effects = desk.step(Action::Answers(answers::Action::HelpfulMarked(answers::Helpful::No)));
    assert!(bodies(&effects).is_empty());
}

#[test]
fn an_article_that_did_not_help_travels_with_the_complaint() {
    let mut desk = Desk::new();
    desk.step(Action::Opened(Some(View::Answers)));
    desk.step(Action::Answers(answers::Action::ArticleOpened(0)));
    desk.step(Action::Answers(answers::Action::ComplaintChosen));
    assert_eq!(context_text(&desk.session.context, answers::ARTICLE_KEY), "returns");
    assert_eq!(desk.session.view(), View::Complaint);
}

#[test]
fn a_complaint_of_this_device_is_shown_at_once_and_asked_for() {
    let mut desk = Desk::new();
    desk.step(Action::Opened(Some(View::Status)));
    let url = "https://shop.example/v1/status/AE-7F3K-9Q2M?secret=K".to_owned();
    let known =
        Known { reference: "AE-7F3K-9Q2M".to_owned(), status_url: Some(url.clone()), ..Known::default() };
    let effects = desk.step(Action::KnownLoaded(vec![known]));
    assert_eq!(effects, [Effect::FetchStatus(url.clone())]);
    desk.step(Action::Status(status::Action::ReferenceChanged("ae 7f3k 9q2m".to_owned())));
    desk.step(Action::Status(status::Action::LookUpPressed));
    assert!(desk.session.status.report.is_some());
    let effects = desk.step(Action::StatusLoaded(url, Err(Trouble::OutOfReach)));
    assert_eq!(said(&effects), [MessageKey::StatusOutOfReach]);
    assert!(desk.session.status.report.is_some(), "what the device knows stays");
    let effects = desk.step(Action::Status(status::Action::PutRightSaid(false)));
    let [Body::FollowUp(follow_up)] = bodies(&effects)[..] else { panic!("a follow-up") };
    assert_eq!((follow_up.reference.as_str(), follow_up.put_right), ("AE-7F3K-9Q2M", Some(false)));
    assert_eq!(follow_up.secret, "K");
}

#[test]
fn the_list_of_complaints_follows_a_late_delivery() {
    let mut desk = Desk::new();
    desk.step(Action::Opened(Some(View::Status)));
    let change = Change { id: SubmissionId::v7(NOW, [9; 10]), state: DeliveryState::Sent, receipt: None };
    assert_eq!(desk.step(Action::DeliveryChanged(change)), [Effect::LoadKnown]);
}

#[test]
fn a_complaint_of_another_device_wants_its_key() {
    let mut desk = Desk::new();
    desk.config.complaint.status_url = "/v1/status/{reference}?secret={secret}".to_owned();
    desk.step(Action::Opened(Some(View::Status)));
    desk.step(Action::Status(status::Action::ReferenceChanged("AE-7F3K-9Q2M".to_owned())));
    let effects = desk.step(Action::Status(status::Action::LookUpPressed));
    assert_eq!(desk.session.status.trouble, Some(Trouble::KeyWanted));
    assert!(effects.contains(&Effect::MoveFocus(Focus::Field(Field::Key))));
    desk.step(Action::Status(status::Action::KeyChanged("abcd-efgh & more".to_owned())));
    assert_eq!(desk.session.status.trouble, None, "it is being mended");
    let effects = desk.step(Action::Status(status::Action::LookUpPressed));
    let url = "/v1/status/AE-7F3K-9Q2M?secret=abcdefghmore".to_owned();
    assert!(effects.contains(&Effect::FetchStatus(url.clone())));
    let report = Report {
        reference: "AE-7F3K-9Q2M".to_owned(),
        state: Some(State::Decided),
        received_at: None,
        reply_by: None,
        owner: None,
        updates: Vec::new(),
    };
    desk.step(Action::StatusLoaded(url, Ok(report)));
    let effects = desk.step(Action::Status(status::Action::PutRightSaid(false)));
    let [Body::FollowUp(follow_up)] = bodies(&effects)[..] else { panic!("a follow-up") };
    assert_eq!(follow_up.secret, "abcdefghmore", "as the status was asked for");
}

#[test]
fn what_the_page_knows_never_replaces_what_was_typed() {
    let mut desk = Desk::new();
    desk.step(Action::CustomerChanged(CustomerField::Name, "Sam".to_owned()));
    let page = Customer { name: "Samuel".to_owned(), phone: "1".to_owned(), ..Customer::default() };
    desk.step(Action::Identified(page));
    assert_eq!((desk.session.customer.name.as_str(), desk.session.customer.phone.as_str()), ("Sam", "1"));
}

#[test]
fn a_screen_that_the_page_places_leaves_the_focus_alone() {
    let mut desk = Desk::new();
    let effects = desk.step(Action::ViewPlaced(View::Answers));
    assert_eq!(desk.session.view(), View::Answers);
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::MoveFocus(_))));
}
