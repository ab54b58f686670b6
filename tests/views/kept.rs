//! A device that keeps something of every kind, for the snapshots.

use domain::delivery::DeliveryState;
use domain::kept::{Action as Act, Kept};
use domain::session::Action;
use domain::status::Action as Status;
use domain::submission::{Kind, SubmissionId};
use domain::view::View;

use crate::cases::{WORDS, known};
use crate::files::named;
use crate::world::{World, at};

/// What it keeps, newest first.
pub fn kept() -> Vec<Kept> {
    let one = |serial: u8, kind, state, time: &str, reference: &str, words: &str| Kept {
        id: SubmissionId::v7(at(time), [serial; 10]),
        kind,
        reference: reference.to_owned(),
        written_at: at(time),
        state,
        words: words.to_owned(),
        file: String::new(),
    };
    let photo = |serial, state| one(serial, Kind::Complaint, state, "2026-11-18T17:20:00Z", "", "");
    let idea = "Sell the laces on their own, too.";
    vec![
        one(1, Kind::Feedback, DeliveryState::Stored, "2026-11-21T09:58:00Z", "", idea),
        one(2, Kind::Complaint, DeliveryState::Rejected, "2026-11-20T18:30:00Z", "FW-9H1J-K3VW", WORDS),
        one(3, Kind::Feedback, DeliveryState::Expired, "2026-11-12T08:12:00Z", "", idea),
        one(4, Kind::Rating, DeliveryState::Sending, "2026-11-20T18:28:00Z", "", "★★"),
        one(5, Kind::FollowUp, DeliveryState::Held, "2026-11-19T07:05:00Z", "FW-2B8D-X4TN", ""),
        one(6, Kind::Signal, DeliveryState::Unsaved, "2026-11-19T07:01:00Z", "", "laces"),
        named("sole.jpg", photo(7, DeliveryState::Stored)),
        named("the whole boot in the evening light.png", photo(8, DeliveryState::Rejected)),
    ]
}

/// At the status screen of a device that keeps something.
pub fn device(world: &mut World) {
    world
        .act(Action::ViewChosen(View::Status))
        .act(Action::KeptLoaded(kept()))
        .act(Action::KnownLoaded(known()));
}

impl World {
    pub fn keep(&mut self, action: Act) -> &mut Self {
        self.act(Action::Status(Status::Kept(action)))
    }
}

/// Looks at one of what is kept.
pub fn look(world: &mut World, place: usize) {
    device(world);
    world.keep(Act::Chosen(place));
}
