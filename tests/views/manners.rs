//! Screens that say what has been heard meanwhile, and the copy that its customer keeps.

use domain::complaint::Action as Complaint;
use domain::delivery::DeliveryState;
use domain::session::{Action, CustomerField};
use domain::status::{Action as Status, Report, State, Update};
use domain::submission::{AnswerValue, Receipt};
use domain::survey::Action as Survey;
use domain::view::View;

use crate::cases::{file, known, listen, rate};
use crate::files::choose;
use crate::world::{World, at, catalog};

/// What the list has heard of the first two of three.
pub fn news(world: &mut World) {
    let mut listed = known();
    for (at, known) in listed.iter_mut().enumerate() {
        known.status_url = Some(format!("/v1/status/{at}"));
    }
    world.act(Action::ViewChosen(View::Status)).act(Action::KnownLoaded(listed));
    heard(world, "/v1/status/0", &[State::Received, State::Decided]);
    heard(world, "/v1/status/1", &[State::Received]);
}

fn heard(world: &mut World, url: &str, states: &[State]) {
    let times =
        ["2026-11-20T09:00:00Z", "2026-11-20T09:20:00Z", "2026-11-20T15:00:00Z", "2026-11-21T09:00:00Z"];
    let update = |(state, time): (&State, &&str)| Update { at: at(time), state: *state, note: String::new() };
    let report = Report {
        reference: "FW-7F3K-9Q2M".to_owned(),
        state: states.last().copied(),
        received_at: Some(at("2026-11-20T09:00:00Z")),
        reply_by: Some(at("2026-11-24T16:00:00Z")),
        owner: Some("Maya Okafor".to_owned()),
        updates: states.iter().zip(&times).map(update).collect(),
    };
    world.act(Action::StatusLoaded(url.to_owned(), Ok(report)));
}

/// A complaint that was answered, and taken up again.
pub fn reopened(world: &mut World) {
    news(world);
    world.act(Action::Status(Status::KnownChosen(0)));
    heard(world, "/v1/status/0", &[State::Received, State::Assigned, State::Decided, State::Received]);
}

/// Read back, with the low rating that it came out of.
pub fn rated(world: &mut World) {
    rate(world, None, 2);
    world
        .act(Action::Survey(Survey::Answered(1, AnswerValue::Text("The sole came off.".to_owned()))))
        .act(Action::Survey(Survey::ComplaintChosen))
        .act(Action::Complaint(Complaint::Told));
}

#[test]
fn the_copy_holds_what_was_said_and_how_to_look_it_up() {
    let mut world = World::new();
    for score in 1..=4 {
        // The ids of the files below are those of what was handed in first.
        rate(&mut world, None, score);
    }
    choose(&mut world);
    world
        .act(Action::CustomerChanged(CustomerField::Name, "Ada Byron".to_owned()))
        .act(Action::Complaint(Complaint::UrgentSet(true)))
        .act(Action::Complaint(Complaint::OnBehalfSet(true)));
    let receipt = Receipt {
        received_at: Some(at("2026-11-21T10:04:02Z")),
        status_url: Some("https://fernway.example/v1/status/AE-1?secret=K3Y".to_owned()),
        ..Receipt::default()
    };
    file(&mut world, DeliveryState::Sent, Some(receipt));
    let catalog = catalog("en");
    let copy = world.scene(&catalog, all_ears::views::keepsake_text);
    for part in [
        "sole.jpg\nthe whole boot",
        "invoice.pdf",
        "Urgent\nyes",
        "Written for\nsomeone else",
        "Since\n",
        "Name\nAda Byron",
        "E-mail\nada@example.org",
        "Phone\n+44 7700 900123",
        "any device\nK3Y",
        "open https://fernway.example/boots, choose “Check on a complaint”, and enter the reference and the key.",
    ] {
        assert!(copy.contains(part), "{part:?} is missing in {copy}");
    }
}

#[test]
fn before_it_has_arrived_the_copy_promises_no_key() {
    let mut world = World::new();
    listen(&mut world);
    file(&mut world, DeliveryState::Stored, None);
    let copy = world.scene(&catalog("en"), all_ears::views::keepsake_text);
    assert!(copy.contains("in the same browser"), "{copy}");
    assert!(!copy.contains("enter the reference and the key"), "{copy}");
}
