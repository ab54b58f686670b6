//! What the screen may say about something that was handed in. Four sentences, each true at its moment.

use crate::limits;
use crate::message::{Message, MessageKey};
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
        let lost =
            |delivery: &Delivery| delivery.state == DeliveryState::Unsaved && delivery.kind != Kind::Signal;
        self.list.iter().any(lost)
    }

    pub(crate) fn add(&mut self, id: SubmissionId, kind: Kind, reference: String) {
        if self.list.len() >= limits::DELIVERIES_MAX {
            self.list.remove(0);
        }
        self.list.push(Delivery { id, kind, state: DeliveryState::Pending, reference });
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
        if let Some(reference) = change.receipt.as_ref().and_then(|receipt| receipt.reference.clone()) {
            delivery.reference = reference;
        }
        Some(delivery.clone())
    }
}

impl Delivery {
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
