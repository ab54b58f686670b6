//! Every view in its states, each reached as a customer reaches it.

use domain::answers::{Action as Answers, Helpful};
use domain::complaint::{self, Action as Complaint};
use domain::delivery::{Change, DeliveryState};
use domain::feedback::Action as Feedback;
use domain::kept::Action as Act;
use domain::session::{Action, CustomerField, DraftContent, Timer};
use domain::status::{Action as Status, Known, Report, State, Trouble, Update};
use domain::submission::{AnswerValue, ContactBy, Receipt, SubmissionId, Topic};
use domain::survey::Action as Survey;
use domain::view::View;

use crate::files::{choose, follow};
use crate::kept::{device, kept, look};
use crate::manners::{news, rated, reopened};
use crate::world::{World, at};

/// A snapshot: its name, and the way there.
pub type Case = (&'static str, fn(&mut World));

/// Every snapshot.
pub const CASES: &[Case] = &[
    ("menu", |_| {}),
    ("menu-order", |world| {
        world.with_order();
    }),
    ("menu-inline", |world| world.inline = true),
    ("menu-returned", |world| {
        world.act(Action::KeptLoaded(kept()));
    }),
    ("rating", |world| {
        world.with_order().act(Action::SurveyAsked(None, Vec::new()));
    }),
    ("rating-high", |world| rate(world, None, 5)),
    ("rating-low", |world| rate(world, None, 2)),
    ("rating-unsaved", |world| {
        rate(world, None, 5);
        world.act(Action::Survey(Survey::Answered(0, AnswerValue::Score(4))));
        settle(world, DeliveryState::Unsaved);
    }),
    ("rating-soon", |world| {
        world
            .act(Action::SurveyAsked(None, Vec::new()))
            .act(Action::Survey(Survey::Answered(0, AnswerValue::Score(5))));
    }),
    ("rating-nps", |world| rate(world, Some("nps"), 9)),
    ("rating-strategy", |world| rate(world, Some("service-strategy"), 4)),
    ("rating-faces", |world| rate(world, Some("after-complaint"), 3)),
    ("rating-thanks", |world| {
        rate(world, None, 5);
        world.act(Action::Survey(Survey::FinishPressed));
    }),
    ("feedback", |world| {
        world.act(Action::ViewChosen(View::Feedback));
    }),
    ("feedback-idea", |world| {
        tell(world);
    }),
    ("feedback-missing", |world| {
        world.act(Action::ViewChosen(View::Feedback)).act(Action::Feedback(Feedback::SendPressed));
    }),
    ("feedback-sent", |world| {
        tell(world);
        world.act(Action::Feedback(Feedback::SendPressed));
        arrive(world, DeliveryState::Sent, None);
    }),
    ("feedback-saved", |world| {
        tell(world);
        world.act(Action::Feedback(Feedback::SendPressed));
        arrive(world, DeliveryState::Stored, None);
    }),
    ("feedback-unsaved", |world| {
        tell(world);
        world.act(Action::Feedback(Feedback::SendPressed));
        arrive(world, DeliveryState::Unsaved, None);
    }),
    ("answers", |world| {
        world.act(Action::ViewChosen(View::Answers));
    }),
    ("answers-found", |world| ask(world, "boot size")),
    ("answers-none", |world| ask(world, "zzqx")),
    ("article", read),
    ("article-partly", |world| {
        read(world);
        world.act(Action::Answers(Answers::HelpfulMarked(Helpful::Partly)));
    }),
    ("listen-carried", |world| {
        world
            .act(Action::ViewChosen(View::Answers))
            .act(Action::Answers(Answers::QueryChanged("boot size".to_owned())))
            .act(Action::Answers(Answers::QueryEntered))
            .act(Action::Answers(Answers::HelpfulMarked(Helpful::No)));
    }),
    ("listen", |world| {
        world.with_order().act(Action::ViewChosen(View::Complaint));
    }),
    ("listen-missing", |world| {
        world.act(Action::ViewChosen(View::Complaint)).complain(Complaint::Told);
    }),
    ("listen-urgent", |world| {
        world.act(Action::ViewChosen(View::Complaint)).complain(Complaint::UrgentSet(true));
    }),
    ("listen-restored", |world| {
        let draft = complaint::Draft { words: WORDS.to_owned(), ..complaint::Draft::default() };
        world
            .act(Action::ViewChosen(View::Complaint))
            .act(Action::DraftLoaded(DraftContent::Complaint(Box::new(draft)), at(crate::world::NOW)));
    }),
    ("listen-files", choose),
    ("listen-files-again", |world| {
        world.config.complaint.attachments = 3;
        let mut draft = complaint::Draft { words: WORDS.to_owned(), ..complaint::Draft::default() };
        draft.tray.left_behind = true;
        world
            .act(Action::ViewChosen(View::Complaint))
            .act(Action::DraftLoaded(DraftContent::Complaint(Box::new(draft)), at(crate::world::NOW)));
    }),
    ("recap-files", |world| {
        choose(world);
        listen(world);
    }),
    ("listen-beside", |world| {
        world
            .act(Action::ViewChosen(View::Complaint))
            .complain(Complaint::WordsChanged("The Ridgeway boots are not waterproof.".to_owned()))
            .act(Action::Answers(Answers::Rested));
    }),
    ("recap", |world| listen(world)),
    ("recap-rated", rated),
    ("recap-correcting", |world| {
        listen(world);
        world.complain(Complaint::CorrectPressed);
    }),
    ("apologise", |world| {
        listen(world);
        world.complain(Complaint::Confirmed);
    }),
    ("resolve", |world| resolve(world)),
    ("resolve-contact", |world| contact(world)),
    ("promise-sending", |world| file(world, DeliveryState::Sending, None)),
    ("promise-saved", |world| file(world, DeliveryState::Stored, None)),
    ("promise-unsaved", |world| file(world, DeliveryState::Unsaved, None)),
    ("promise-rejected", |world| file(world, DeliveryState::Rejected, None)),
    ("promise", |world| {
        let received_at = Some(at("2026-11-21T10:04:02Z"));
        let reply_by = Some(at("2026-11-24T16:00:00Z"));
        let receipt = Receipt { received_at, reply_by, ..Receipt::default() };
        file(world, DeliveryState::Sent, Some(receipt));
        world.act(Action::CopyDone(true));
    }),
    ("promise-files", |world| {
        choose(world);
        file(world, DeliveryState::Sent, None);
        follow(world, [DeliveryState::Sent, DeliveryState::Sending, DeliveryState::Rejected]);
    }),
    ("promise-files-saved", |world| {
        choose(world);
        file(world, DeliveryState::Stored, None);
        follow(world, [DeliveryState::Pending, DeliveryState::Stored, DeliveryState::Unsaved]);
    }),
    ("promise-ask", |world| {
        world.config.complaint.status_url.clear();
        resolve(world);
        world.complain(Complaint::SendPressed);
        arrive(world, DeliveryState::Sent, None);
    }),
    ("status", |world| {
        world.act(Action::ViewChosen(View::Status)).act(Action::KnownLoaded(known()));
    }),
    ("status-empty", |world| {
        world.act(Action::ViewChosen(View::Status));
    }),
    ("status-unclear", |world| {
        world
            .act(Action::ViewChosen(View::Status))
            .act(Action::Status(Status::ReferenceChanged("AE-7".to_owned())))
            .act(Action::Status(Status::LookUpPressed));
    }),
    ("status-news", news),
    ("status-kept", device),
    ("status-delete", |world| {
        device(world);
        world.keep(Act::DeletePressed);
    }),
    ("status-deleted", |world| {
        look(world, 0);
        let id = kept()[0].id.clone();
        world.keep(Act::DeletePressed).keep(Act::Deleted(Some(id), true));
    }),
    ("kept", |world| look(world, 0)),
    ("kept-asked", |world| {
        look(world, 0);
        world.keep(Act::SendPressed).keep(Act::CopyDone(true));
    }),
    ("kept-delete", |world| {
        look(world, 0);
        world.keep(Act::DeletePressed);
    }),
    ("kept-held-on", |world| {
        look(world, 3);
        let id = kept()[3].id.clone();
        world.keep(Act::DeletePressed).keep(Act::Deleted(Some(id), false));
    }),
    ("kept-sent", |world| {
        look(world, 0);
        let id = kept()[0].id.clone();
        world.act(Action::DeliveryChanged(Change { id, state: DeliveryState::Sent, receipt: None }));
    }),
    ("kept-refused", |world| look(world, 1)),
    ("kept-photo", |world| look(world, 7)),
    ("kept-expired", |world| look(world, 2)),
    ("kept-wordless", |world| look(world, 4)),
    ("kept-unsaved", |world| look(world, 5)),
    ("report", |world| report(world, State::Investigating)),
    ("report-reopened", |world| reopened(world)),
    ("report-late", |world| {
        report(world, State::Investigating);
        if let Some(report) = &mut world.session.status.report {
            report.reply_by = Some(at("2026-11-20T16:00:00Z"));
        }
    }),
    ("report-remembered", |world| {
        world
            .act(Action::ViewChosen(View::Status))
            .act(Action::KnownLoaded(known()))
            .act(Action::Status(Status::KnownChosen(2)))
            .act(Action::StatusLoaded("/v1/status".to_owned(), Err(Trouble::OutOfReach)));
    }),
    ("report-answered", |world| report(world, State::Decided)),
    ("report-again", |world| again(world, DeliveryState::Sent)),
    ("report-again-saved", |world| again(world, DeliveryState::Stored)),
    ("report-again-unsaved", |world| again(world, DeliveryState::Unsaved)),
    ("report-again-refused", |world| again(world, DeliveryState::Rejected)),
];

pub const WORDS: &str = "The left boot let water in on its first walk, after two hours of light rain.\n\nI had cleaned and \
                     waxed it as the leaflet says.";

impl World {
    fn complain(&mut self, action: Complaint) -> &mut Self {
        self.act(Action::Complaint(action))
    }
}

pub fn rate(world: &mut World, survey: Option<&str>, score: u8) {
    world
        .with_order()
        .act(Action::SurveyAsked(survey.map(str::to_owned), Vec::new()))
        .act(Action::Survey(Survey::Answered(0, AnswerValue::Score(score))));
    settle(world, DeliveryState::Stored);
}

fn settle(world: &mut World, state: DeliveryState) {
    world.act(Action::TimerFired(Timer::SettleRating));
    let id = world.session.survey.as_ref().and_then(|run| run.sent.clone()).expect("a rating was handed in");
    world.act(Action::DeliveryChanged(Change { id, state, receipt: None }));
}

fn tell(world: &mut World) {
    world
        .act(Action::ViewChosen(View::Feedback))
        .act(Action::Feedback(Feedback::TopicChosen(Topic::Idea)))
        .act(Action::Feedback(Feedback::TextChanged("Sell the laces on their own, too.".to_owned())));
}

fn arrive(world: &mut World, state: DeliveryState, receipt: Option<Receipt>) {
    let filed = world.session.complaint.filed.as_ref().map(|filed| filed.id.clone());
    let id: Option<SubmissionId> = filed.or(world.session.feedback.sent.clone());
    let id = id.expect("something was handed in");
    world.act(Action::DeliveryChanged(Change { id, state, receipt }));
}

/// Looks for an answer and rests.
fn ask(world: &mut World, query: &str) {
    world.act(Action::ViewChosen(View::Answers));
    world.act(Action::Answers(Answers::QueryChanged(query.to_owned())));
    world.act(Action::Answers(Answers::Paused));
}

fn read(world: &mut World) {
    world.act(Action::ViewChosen(View::Answers)).act(Action::Answers(Answers::ArticleOpened(0)));
}

pub fn listen(world: &mut World) {
    world
        .with_order()
        .act(Action::ViewChosen(View::Complaint))
        .complain(Complaint::WordsChanged(WORDS.to_owned()))
        .complain(Complaint::SinceChanged("2026-11-14".to_owned()))
        .complain(Complaint::EffectChanged("A cold, wet day and a cut-short trip.".to_owned()))
        .complain(Complaint::Told);
}

fn resolve(world: &mut World) {
    listen(world);
    world.complain(Complaint::Confirmed).complain(Complaint::ApologyRead);
}

fn contact(world: &mut World) {
    resolve(world);
    world
        .complain(Complaint::OutcomeToggled("replacement".to_owned()))
        .act(Action::CustomerChanged(CustomerField::Name, "Ada Byron".to_owned()))
        .act(Action::CustomerChanged(CustomerField::Email, "ada@example".to_owned()))
        .act(Action::CustomerChanged(CustomerField::Phone, "+44 7700 900123".to_owned()))
        .act(Action::ContactByChosen(ContactBy::Phone))
        .complain(Complaint::SendPressed);
}

pub fn file(world: &mut World, state: DeliveryState, receipt: Option<Receipt>) {
    contact(world);
    world
        .act(Action::CustomerChanged(CustomerField::Email, "ada@example.org".to_owned()))
        .complain(Complaint::SendPressed);
    arrive(world, state, receipt);
}

pub fn known() -> Vec<Known> {
    let one = |reference: &str, received: &str, reply_by: &str| Known {
        reference: reference.to_owned(),
        received_at: Some(at(received)),
        reply_by: Some(at(reply_by)),
        owner: Some("Maya Okafor".to_owned()),
        status_url: Some("/v1/status".to_owned()),
    };
    vec![
        one("FW-7F3K-9Q2M", "2026-11-21T09:00:00Z", "2026-11-24T16:00:00Z"),
        one("FW-2B8D-X4TN", "2026-11-19T09:00:00Z", "2026-11-21T15:00:00Z"),
        one("FW-5C6R-M0PA", "2026-11-10T09:00:00Z", "2026-11-12T12:00:00Z"),
    ]
}

fn report(world: &mut World, state: State) {
    let update = |state, time: &str, note: &str| Update { at: at(time), state, note: note.to_owned() };
    world
        .act(Action::ViewChosen(View::Status))
        .act(Action::KnownLoaded(known()))
        .act(Action::Status(Status::KnownChosen(0)))
        .act(Action::StatusLoaded(
            "/v1/status".to_owned(),
            Ok(Report {
                reference: "FW-7F3K-9Q2M".to_owned(),
                state: Some(state),
                received_at: Some(at("2026-11-21T09:00:00Z")),
                reply_by: Some(at("2026-11-24T16:00:00Z")),
                owner: Some("Maya Okafor".to_owned()),
                updates: vec![
                    update(State::Received, "2026-11-21T09:00:00Z", ""),
                    update(State::Assigned, "2026-11-21T09:20:00Z", "Maya has read your complaint."),
                    update(
                        state,
                        "2026-11-21T09:50:00Z",
                        "The workshop is looking at a boot of the same batch.",
                    ),
                ],
            }),
        ));
}

/// Says of an answer that it is not put right yet.
fn again(world: &mut World, state: DeliveryState) {
    report(world, State::Decided);
    world.act(Action::Status(Status::PutRightSaid(false)));
    let id = world.session.status.put_right.as_ref().expect("it was said").id.clone();
    world.act(Action::DeliveryChanged(Change { id, state, receipt: None }));
}
