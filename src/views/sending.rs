//! What the screen says about something that was handed in: the true sentences of `domain::delivery`, and what helps
//! where it has not arrived.

use domain::delivery::{Delivery, DeliveryState};
use domain::message::{Message, MessageKey};
use yew::Html;

use super::{Scene, trouble};
use crate::components::node::none;
use crate::components::{Tone, notice};

/// Shows the sentence; `words` are laid out for copying where they are not safe yet.
pub fn view(scene: &Scene<'_>, delivery: &Delivery, words: &str) -> Html {
    show(scene, delivery, &delivery.sentence(), words)
}

/// Thanks once it has arrived; until then the sentence, in the same place.
pub fn thanks(scene: &Scene<'_>, delivery: &Delivery, thanks: MessageKey) -> Html {
    show(scene, delivery, &delivery.thanks(thanks), "")
}

fn show(scene: &Scene<'_>, delivery: &Delivery, sentence: &Message, words: &str) -> Html {
    let (tone, below) = match delivery.state {
        DeliveryState::Sent => (Tone::Good, none()),
        DeliveryState::Pending | DeliveryState::Sending | DeliveryState::Stored | DeliveryState::Held => {
            (Tone::Plain, none())
        }
        DeliveryState::Unsaved | DeliveryState::Rejected | DeliveryState::Expired => {
            (Tone::Care, trouble::help(scene, words))
        }
    };
    notice(tone, scene.catalog.message(sentence), below)
}

/// The sentence, where there is more to say than thank you.
pub fn unless_sent(scene: &Scene<'_>, delivery: &Delivery) -> Html {
    match delivery.state {
        DeliveryState::Sent | DeliveryState::Pending | DeliveryState::Sending => none(),
        DeliveryState::Unsaved
        | DeliveryState::Stored
        | DeliveryState::Held
        | DeliveryState::Rejected
        | DeliveryState::Expired => view(scene, delivery, ""),
    }
}
