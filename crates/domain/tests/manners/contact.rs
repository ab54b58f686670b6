//! How to reach the customer goes with what they write: a reply that was asked for must not come to nothing.

use domain::complaint;
use domain::limits;
use domain::session::{Action, CustomerField, DraftContent, DraftKey, Effect, Timer};
use domain::submission::Customer;
use domain::view::View;

use super::{Desk, NOW};

/// What is saved of how to reach the customer, if anything is.
fn contact(desk: &mut Desk) -> Option<Customer> {
    let effects = desk.step(Action::TimerFired(Timer::SaveDraft(DraftKey::Complaint)));
    effects.into_iter().find_map(|effect| {
        if let Effect::SaveDraft(DraftContent::Complaint(draft)) = effect {
            Some(draft.contact)
        } else {
            None
        }
    })
}

#[test]
fn how_to_be_reached_is_kept_with_the_words_and_comes_back() {
    let mut desk = Desk::default();
    desk.step(Action::Opened(Some(View::Complaint)));
    desk.write("The sole came off.");
    contact(&mut desk);
    let typed = Action::CustomerChanged(CustomerField::Email, "rosa@mail.example".to_owned());
    let saves = Effect::StartTimer(Timer::SaveDraft(DraftKey::Complaint), limits::DRAFT_DELAY_MS);
    assert!(desk.step(typed).contains(&saves));
    let kept = contact(&mut desk).unwrap_or_default();
    assert_eq!(kept.email, "rosa@mail.example");

    let mut desk = Desk::default();
    desk.step(Action::Opened(Some(View::Complaint)));
    let draft = complaint::Draft {
        words: "The sole came off.".to_owned(),
        contact: kept,
        ..complaint::Draft::default()
    };
    desk.step(Action::DraftLoaded(DraftContent::Complaint(Box::new(draft)), NOW));
    assert_eq!(desk.session.customer.email, "rosa@mail.example");
    assert_eq!(desk.session.complaint.contact, Default::default(), "it stands in one place");
    // It goes on being kept.
    desk.write("The sole came off again.");
    assert_eq!(contact(&mut desk).map(|kept| kept.email).as_deref(), Some("rosa@mail.example"));
}

#[test]
fn what_the_page_alone_knows_of_a_customer_is_in_no_draft_and_gives_way_to_nobody() {
    let rosa =
        Customer { email: "rosa@mail.example".to_owned(), token: "signed".to_owned(), ..Default::default() };
    let mut desk = Desk::default();
    desk.step(Action::Opened(Some(View::Complaint)));
    desk.step(Action::Identified(rosa.clone()));
    desk.write("The sole came off.");
    assert_eq!(contact(&mut desk), Some(Customer::default()));
    desk.step(Action::CustomerChanged(CustomerField::Phone, "0123".to_owned()));
    assert_eq!(
        contact(&mut desk).map(|kept| kept.token).as_deref(),
        Some(""),
        "a token is for the server alone"
    );
    // Somebody else is there by now.
    let draft = complaint::Draft {
        words: "The laces broke.".to_owned(),
        contact: Customer { email: "sam@mail.example".to_owned(), ..Default::default() },
        ..complaint::Draft::default()
    };
    let mut desk = Desk::default();
    desk.step(Action::Identified(rosa));
    desk.step(Action::Opened(Some(View::Complaint)));
    desk.step(Action::DraftLoaded(DraftContent::Complaint(Box::new(draft)), NOW));
    assert_eq!(desk.session.customer.email, "rosa@mail.example");
}
