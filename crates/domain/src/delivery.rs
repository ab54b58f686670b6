//! What the screen may say about something that was handed in. Four sentences, each true at its moment.

use crate::limits;
use crate::message::{Message, MessageKey};
use crate::session::DraftKey;
use crate::submission::{Kind, Receipt, SubmissionId};

/// Where a submission is, as the sender last reported it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeliveryState {
    /// Handed to the sender, which has not answered yet.
    Pending,
    /// Neither stored nor received: the page has to stay open.
    Unsaved,
    /// Stored durably in this browser.
    Stored,
    /// On its way.
    Sending,
    /// Received.
    Sent,
    /// Stored; the endpoint does not take it at the moment.
    Held,
    /// The endpoint refused it; the text is kept.
    Rejected,
    /// Too old to be sent; the text is kept.
    Expired,
}

impl DeliveryState {
    /// Whether it is neither safe nor on its way.
    pub fn is_trouble(self) -> bool {
        match self {
            Self::Unsaved | Self::Rejected | Self::Expired => true,
            Self::Pending | Self::Stored | Self::Sending | Self::Sent | Self::Held => false,
        }
    }

    /// Whether nobody sends it unless its customer asks.
    pub fn is_given_back(self) -> bool {
        match self {
            Self::Rejected | Self::Expired => true,
            Self::Pending | Self::Unsaved | Self::Stored | Self::Sending | Self::Sent | Self::Held => false,
        }
    }

    /// Whether it lies on the device, where its customer can look at it.
    pub fn is_kept(self) -> bool {
        match self {
            Self::Stored | Self::Sending | Self::Held | Self::Rejected | Self::Expired => true,
            Self::Pending | Self::Unsaved | Self::Sent => false,
        }
    }
}

/// A change that the sender reports.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// Which submission.
    pub id: SubmissionId,
    /// Where it is now.
    pub state: DeliveryState,
    /// What the endpoint answered, once it did.
    pub receipt: Option<Receipt>,
}

/// One submission of this page view.
#[derive(Clone, Debug, PartialEq)]
pub struct Delivery {
    /// Which.
    pub id: SubmissionId,
    /// Of what kind.
    pub kind: Kind,
    /// Where it is.
    pub state: DeliveryState,
    /// The reference to show: the receipt's, else the one made from the id (complaints only).
    pub reference: String,
    /// It is in this page alone, whatever was answered: it goes when the page does.
    pub fleeting: bool,
    /// The draft on the device that goes as soon as it is safe.
    pub draft: Option<DraftKey>,
}

/// The submissions of this page view, oldest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Deliveries {
    list: Vec<Delivery>,
}

impl Deliveries {
    /// The delivery of this id.
    pub fn of(&self, id: &SubmissionId) -> Option<&Delivery> {
        self.list.iter().find(|delivery| delivery.id == *id)
    }

    /// Whether anything would be lost if the page closed now.
    pub fn any_unsaved(&self) -> bool {
        self.list.iter().any(Delivery::is_lost_with_the_page)
    }

    pub(crate) fn add(&mut self, id: SubmissionId, kind: Kind, reference: String) {
        if self.list.len() >= limits::DELIVERIES_MAX {
            let oldest = self.list.iter().position(|delivery| !delivery.is_lost_with_the_page());
            self.list.remove(oldest.unwrap_or_default());
        }
        let state = DeliveryState::Pending;
        self.list.push(Delivery { id, kind, state, reference, fleeting: false, draft: None });
    }

    /// What was added last is all that this draft says.
    pub(crate) fn ends(&mut self, draft: DraftKey) {
        if let Some(delivery) = self.list.last_mut() {
            delivery.draft = Some(draft);
        }
    }

    /// Its customer deleted it.
    pub(crate) fn forget(&mut self, id: &SubmissionId) {
        self.list.retain(|delivery| delivery.id != *id);
    }

    /// Takes a report over. A received submission stays received, whatever another tab says later.
    pub(crate) fn apply(&mut self, change: &Change) -> Option<Delivery> {
        let delivery = self.list.iter_mut().find(|delivery| delivery.id == change.id)?;
        if delivery.state == DeliveryState::Sent || delivery.state == change.state {
            return None;
        }
        delivery.state = change.state;
        delivery.fleeting = match change.state {
            DeliveryState::Unsaved => true,
            DeliveryState::Stored | DeliveryState::Sent => false,
            // Of what is in no store, the sender says these two as well.
            DeliveryState::Pending
            | DeliveryState::Sending
            | DeliveryState::Held
            | DeliveryState::Rejected
            | DeliveryState::Expired => delivery.fleeting,
        };
        if let Some(reference) = change.receipt.as_ref().and_then(|receipt| receipt.reference.clone()) {
            delivery.reference = reference;
        }
        Some(delivery.clone())
    }
}

impl Delivery {
    fn is_lost_with_the_page(&self) -> bool {
        self.fleeting && self.kind != Kind::Signal
    }

    /// The sentence for the screen.
    pub fn sentence(&self) -> Message {
        sentence(self.state, &self.reference)
    }

    /// The thanks where they say what we make of it: true once it has arrived, and until then it is said where it is.
    pub fn thanks(&self, thanks: MessageKey) -> Message {
        if self.state == DeliveryState::Sent { Message::plain(thanks) } else { self.sentence() }
    }
}

/// The sentence that is true of a state.
pub(crate) fn sentence(state: DeliveryState, reference: &str) -> Message {
    let key = match state {
        DeliveryState::Pending | DeliveryState::Sending => MessageKey::SendingSending,
        DeliveryState::Unsaved => MessageKey::SendingUnsaved,
        DeliveryState::Stored => MessageKey::SendingSaved,
        DeliveryState::Held => MessageKey::SendingHeld,
        DeliveryState::Rejected | DeliveryState::Expired => MessageKey::SendingRejected,
        DeliveryState::Sent if reference.is_empty() => MessageKey::SendingSent,
        DeliveryState::Sent => {
            return Message {
                key: MessageKey::SendingSentReference,
                args: vec![("reference", reference.to_owned())],
            };
        }
    };
    Message::plain(key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Timestamp;

    fn id(number: u8) -> SubmissionId {
        SubmissionId::v7(Timestamp(1), [number; 10])
    }

    fn after(states: &[DeliveryState]) -> Deliveries {
        let mut all = Deliveries::default();
        all.add(id(0), Kind::Complaint, String::new());
        for state in states {
            all.apply(&Change { id: id(0), state: *state, receipt: None });
        }
        all
    }

    #[test]
    fn what_is_refused_before_it_was_saved_is_still_lost_with_the_page() {
        use DeliveryState::{Expired, Rejected, Sent, Stored, Unsaved};
        for states in [&[Unsaved][..], &[Unsaved, Rejected], &[Unsaved, Expired]] {
            assert!(after(states).any_unsaved(), "{states:?}");
        }
        for states in [&[Stored][..], &[Rejected], &[Unsaved, Stored, Rejected], &[Unsaved, Sent]] {
            assert!(!after(states).any_unsaved(), "{states:?}");
        }
    }

    #[test]
    fn much_that_comes_later_does_not_push_out_what_is_not_saved() {
        let mut all = after(&[DeliveryState::Unsaved]);
        for number in 1..=100 {
            all.add(id(number), Kind::Signal, String::new());
        }
        assert!(all.of(&id(0)).is_some() && all.any_unsaved() && all.of(&id(100)).is_some());
        assert_eq!(all.list.len(), limits::DELIVERIES_MAX);
    }
}
