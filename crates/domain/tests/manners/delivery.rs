//! What is said aloud of something that was handed in is true, also while there is no line.

use domain::delivery::{Change, DeliveryState};
use domain::feedback;
use domain::message::MessageKey;
use domain::session::Action;
use domain::view::View;

use super::{Desk, said};

#[test]
fn offline_the_voice_does_not_stay_at_sending() {
    let mut desk = Desk::default();
    desk.step(Action::Opened(Some(View::Feedback)));
    desk.step(Action::Feedback(feedback::Action::TextChanged("Boots for dogs.".to_owned())));
    desk.step(Action::Feedback(feedback::Action::SendPressed));
    let id = desk.session.feedback.sent.clone().expect("it was handed in");
    let mut change =
        |state| said(&desk.step(Action::DeliveryChanged(Change { id: id.clone(), state, receipt: None })));
    assert_eq!(change(DeliveryState::Stored), [], "it goes out in the same breath");
    assert_eq!(change(DeliveryState::Sending), [MessageKey::SendingSending]);
    assert_eq!(change(DeliveryState::Stored), [MessageKey::SendingSaved]);
    assert_eq!(change(DeliveryState::Sending), [MessageKey::SendingSending]);
    assert_eq!(change(DeliveryState::Sent), [MessageKey::SendingSent]);
}
