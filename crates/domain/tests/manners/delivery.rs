//! What is said aloud of something that was handed in is true, also while there is no line.

use domain::delivery::{Change, DeliveryState};
use domain::feedback;
use domain::kept;
use domain::message::MessageKey;
use domain::session::Action;
use domain::status;
use domain::submission::SubmissionId;
use domain::view::View;

use super::{Desk, said};

fn told(desk: &mut Desk) -> SubmissionId {
    desk.step(Action::Opened(Some(View::Feedback)));
    desk.step(Action::Feedback(feedback::Action::TextChanged("Boots for dogs.".to_owned())));
    desk.step(Action::Feedback(feedback::Action::SendPressed));
    desk.session.feedback.sent.clone().expect("it was handed in")
}

#[test]
fn what_another_page_deleted_is_not_left_said_to_be_saved() {
    let mut desk = Desk::default();
    let id = told(&mut desk);
    for state in [DeliveryState::Stored, DeliveryState::Sending, DeliveryState::Stored] {
        desk.step(Action::DeliveryChanged(Change { id: id.clone(), state, receipt: None }));
    }
    let deleted = || Action::Status(status::Action::Kept(kept::Action::Deleted(Some(id.clone()), true)));
    assert_eq!(said(&desk.step(deleted())), [MessageKey::KeptDeleted]);
    assert_eq!(said(&desk.step(deleted())), [], "once");
}

#[test]
fn offline_the_voice_does_not_stay_at_sending() {
    let mut desk = Desk::default();
    let id = told(&mut desk);
    let mut change =
        |state| said(&desk.step(Action::DeliveryChanged(Change { id: id.clone(), state, receipt: None })));
    assert_eq!(change(DeliveryState::Stored), [], "it goes out in the same breath");
    assert_eq!(change(DeliveryState::Sending), [MessageKey::SendingSending]);
    assert_eq!(change(DeliveryState::Stored), [MessageKey::SendingSaved]);
    assert_eq!(change(DeliveryState::Sending), [MessageKey::SendingSending]);
    assert_eq!(change(DeliveryState::Sent), [MessageKey::SendingSent]);
}
